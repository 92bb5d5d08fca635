// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that free, and what the documents say of them: who may free what, and which event
 * tells of the others.
 */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#include "kunit/model/model.h"

bool model_wrong;

struct free_job {
	enum model_free call;
	void *ext;
	void *address;
	/* Arguments of common buffers */
	void *dma;
	size_t size;
	PHYSICAL_ADDRESS logical;
	bool cached;
	VP_STATUS status;
};

static void job_do(void *data)
{
	struct free_job *job = data;

	switch (job->call) {
	case MODEL_FREE_POOL:
		VideoPortFreePool(job->ext, job->address);
		break;
	case MODEL_RELEASE_BUFFER:
		VideoPortReleaseBuffer(job->ext, job->address);
		break;
	case MODEL_RELEASE_COMMON:
		VideoPortReleaseCommonBuffer(job->ext, job->dma, job->size, job->logical,
					     job->address, job->cached);
		break;
	case MODEL_FREE_COMMON:
		VideoPortFreeCommonBuffer(job->ext, job->size, job->address, job->logical,
					  job->cached);
		break;
	case MODEL_FREE_CONTIG:
		VideoPortFreeContiguousMemory(job->ext, job->address);
		break;
	case MODEL_MM_FREE_CONTIG:
		MmFreeContiguousMemory(job->address);
		break;
	case MODEL_UNLOCK_BUFFER:
		VideoPortUnlockBuffer(job->ext, job->address);
		break;
	case MODEL_DELETE_LOCK:
		job->status = VideoPortDeleteSpinLock(job->ext, job->address);
		break;
	case MODEL_DELETE_EVENT:
		job->status = VideoPortDeleteEvent(job->ext, job->address);
		break;
	default:
		VideoPortPutDmaAdapter(job->ext, job->address);
	}
}

/* Name of each call, and the kinds that it frees */
static const struct {
	const char *name;
	u32 kinds;
} frees[MODEL_FREES] = {
	[MODEL_FREE_POOL] = { "VideoPortFreePool", BIT(MODEL_NONPAGED) | BIT(MODEL_PAGED) },
	[MODEL_RELEASE_BUFFER] = { "VideoPortReleaseBuffer", BIT(MODEL_BUFFER) },
	[MODEL_RELEASE_COMMON] = { "VideoPortReleaseCommonBuffer", BIT(MODEL_COMMON) },
	[MODEL_FREE_COMMON] = { "VideoPortFreeCommonBuffer", BIT(MODEL_COMMON) },
	[MODEL_FREE_CONTIG] = { "VideoPortFreeContiguousMemory", BIT(MODEL_CONTIG) },
	[MODEL_MM_FREE_CONTIG] = { "MmFreeContiguousMemory", BIT(MODEL_CONTIG) },
	[MODEL_UNLOCK_BUFFER] = { "VideoPortUnlockBuffer", BIT(MODEL_LOCKED) },
	[MODEL_DELETE_LOCK] = { "VideoPortDeleteSpinLock", BIT(MODEL_LOCK) },
	[MODEL_DELETE_EVENT] = { "VideoPortDeleteEvent", BIT(MODEL_EVENT) },
	[MODEL_PUT_DMA] = { "VideoPortPutDmaAdapter", BIT(MODEL_DMA) },
};

/*
 * Expectations of the documents
 */

/* Tell whether a call has other arguments than the common buffer was allocated with. */
static bool differs(const struct free_job *job, const struct model_object *object)
{
	const void *dma = object->dma ? object->dma->address : world.dma[object->adapter];

	if (object->kind != MODEL_COMMON)
		return false;
	return job->logical.QuadPart != object->logical.QuadPart || job->size != object->size ||
	       job->cached != object->cached ||
	       (job->call == MODEL_RELEASE_COMMON && job->dma != dma);
}

static u32 faults_of_live(const struct free_job *job, unsigned int adapter,
			  const struct model_object *object)
{
	bool pairs = frees[job->call].kinds & BIT(object->kind);
	bool owns = job->call == MODEL_MM_FREE_CONTIG || object->adapter == adapter;
	u32 faults = model_bit(!pairs, EV_WRONG_PAIRING) | model_bit(!owns, EV_WRONG_ADAPTER);

	/*
	 * DMA adapters are in a list of their own, and the others in none of theirs; where one
	 * is, an object may have been before.
	 */
	if (!pairs && job->call == MODEL_PUT_DMA)
		faults |= BIT(EV_BAD_POINTER);
	if (faults && object->kind == MODEL_DMA)
		faults |= BIT(EV_BAD_POINTER) | BIT(EV_DOUBLE_FREE);
	return faults | model_bit(pairs && differs(job, object), EV_MISMATCH) |
	       model_bit(pairs && object->users, EV_BUSY);
}

/* Find out whether an address was one of an object that is freed. */
static bool was_freed(const void *address)
{
	unsigned int i;

	for (i = 0; i < MODEL_OBJECTS; i++)
		if (world.object[i].state == MODEL_FREED && world.object[i].address == address)
			return true;
	return false;
}

static u32 faults(const struct free_job *job, unsigned int adapter,
		  const struct vt_context *context, const struct model_object *object)
{
	u32 faults;

	if (!job->address)
		return BIT(model_wrong ? EV_DOUBLE_FREE : EV_NULL_FREE);
	if (!object && was_freed(job->address))
		faults = BIT(EV_DOUBLE_FREE) | BIT(EV_BAD_POINTER);
	else if (!object || object->address != job->address)
		faults = BIT(EV_BAD_POINTER);
	else
		faults = faults_of_live(job, adapter, object);
	if (model_is_nmi(context) || (job->call == MODEL_PUT_DMA && context->atomic))
		faults |= BIT(EV_BAD_CONTEXT);
	return faults;
}

static struct model_expect expect_of(const struct free_job *job, unsigned int adapter,
				     const struct vt_context *context,
				     const struct model_object *object)
{
	struct model_expect expect = { .where = adapter };

	if (job->call == MODEL_MM_FREE_CONTIG)
		expect.where = MODEL_ANYWHERE;
	else if (adapter >= MODEL_ADAPTERS)
		return (struct model_expect){ .refused = true, .where = MODEL_STRAY,
					      .one_of = BIT(EV_NO_ADAPTER) };
	expect.one_of = faults(job, adapter, context, object);
	expect.refused = expect.one_of;
	/* Paged memory is freed anyway. */
	if (!expect.refused && context->atomic &&
	    (object->kind == MODEL_PAGED || object->kind == MODEL_BUFFER))
		expect.all_of |= BIT(EV_BAD_CONTEXT);
	return expect;
}

/*
 * Making the call
 */

static void say(const struct free_job *job, unsigned int adapter,
		const struct vt_context *context, const struct model_object *object)
{
	model_say("%s(%s, %p) in %s; %s", frees[job->call].name,
		  adapter == 0 ? "A" : adapter == 1 ? "B" : "no adapter", job->address,
		  context->name, object ? object->address == job->address ?
		  "live" : "inside a live block" : "not live");
}

static bool free_run(struct free_job *job, unsigned int adapter,
		     const struct vt_context *context, struct model_object *object)
{
	struct model_expect expect = expect_of(job, adapter, context, object);

	say(job, adapter, context, object);
	if (object && !world_contents_are_right(object))
		return false;
	world_events_before();
	context->run(job_do, job);
	if (!world_events_are(&expect))
		return false;
	if ((job->call == MODEL_DELETE_LOCK || job->call == MODEL_DELETE_EVENT) &&
	    !job->status != !expect.refused)
		return model_fail("the call returns %d", job->status);
	if (expect.refused)
		model_stats.refused++;
	else
		world_freed(object);
	return true;
}

/* Fill in the call that frees an object, and its arguments. */
static void job_fill(struct free_job *job, const struct model_object *object)
{
	static const enum model_free calls[MODEL_KINDS] = {
		[MODEL_NONPAGED] = MODEL_FREE_POOL,
		[MODEL_PAGED] = MODEL_FREE_POOL,
		[MODEL_BUFFER] = MODEL_RELEASE_BUFFER,
		[MODEL_COMMON] = MODEL_RELEASE_COMMON,
		[MODEL_CONTIG] = MODEL_FREE_CONTIG,
		[MODEL_LOCKED] = MODEL_UNLOCK_BUFFER,
		[MODEL_LOCK] = MODEL_DELETE_LOCK,
		[MODEL_EVENT] = MODEL_DELETE_EVENT,
		[MODEL_DMA] = MODEL_PUT_DMA,
	};

	job->call = calls[object->kind];
	job->address = object->address;
	job->ext = world.ext[object->adapter];
	job->size = object->size;
	job->logical = object->logical;
	job->cached = object->cached;
	job->dma = object->dma ? object->dma->address : world.dma[object->adapter];
}

/* Choose the other one of two calls at times. */
static void job_vary(struct free_job *job, u32 random)
{
	if (job->call == MODEL_RELEASE_COMMON && random & 1)
		job->call = MODEL_FREE_COMMON;
	if (job->call == MODEL_FREE_CONTIG && random & 1)
		job->call = MODEL_MM_FREE_CONTIG;
	if (job->call != MODEL_RELEASE_COMMON && job->call != MODEL_FREE_COMMON)
		return;
	switch (random >> 1 & 31) {
	case 0:
		job->size ^= 1;
		break;
	case 1:
		job->logical.QuadPart += PAGE_SIZE;
		break;
	case 2:
		job->cached = !job->cached;
		break;
	case 3:
		job->dma = job->ext;
		break;
	}
}

/* Return an address that no call has returned, and that is not where a block could begin. */
static void *foreign_address(u32 random)
{
	static u64 data[64];

	switch (random % 6) {
	case 0:
		return (void *)data + 10;
	case 1:
		return (void *)((unsigned long)__builtin_frame_address(0) | 10);
	case 2:
		return foreign_address;
	case 3:
		return (void *)8;
	case 4:
		return (void *)(ULONG_MAX - 21);
	default:
		return (void *)(random & ~0xfffUL) + 10;
	}
}

enum wish { LIVE, OTHER_CALL, OTHER_ADAPTER, FREED, INSIDE, FOREIGN, NOTHING, NO_ADAPTER };

static enum wish wish_of(const struct model_step *step)
{
	static const enum wish wishes[16] = {
		OTHER_CALL, OTHER_ADAPTER, FREED, INSIDE, FOREIGN, NOTHING, NO_ADAPTER,
	};

	/* Most frees are right, so that sequences get somewhere. */
	return step->choice & 3 ? LIVE : wishes[step->choice >> 4 & 7];
}

bool model_free(const struct model_step *step, const struct vt_context *context)
{
	enum wish wish = wish_of(step);
	struct model_object *object = world_pick(step->a, wish == FREED ? MODEL_FREED : MODEL_LIVE,
						 ~0U);
	unsigned int adapter = object ? object->adapter : step->b & 1;
	struct free_job job = {
		.call = step->b >> 8 & 7,
		.ext = world.ext[adapter],
		.address = foreign_address(step->b >> 3),
	};

	if (object && wish != FOREIGN) {
		job_fill(&job, object);
		job_vary(&job, step->b);
	}
	if (wish == OTHER_CALL)
		job.call = (step->b >> 8) % MODEL_FREES;
	if (wish == OTHER_ADAPTER)
		adapter = !adapter;
	if (wish == INSIDE && object && object->size > 1)
		job.address += 1 + (step->b >> 8) % (object->size - 1);
	if (wish == NOTHING)
		job.address = NULL;
	if (wish == NO_ADAPTER && job.call != MODEL_MM_FREE_CONTIG)
		adapter = MODEL_STRAY;
	job.ext = adapter < MODEL_ADAPTERS ? world.ext[adapter] : &world;
	return free_run(&job, adapter, context, world_object_at(job.address));
}

/* Free an object as it should be. */
static bool free_object(struct model_object *object)
{
	struct free_job job = {};

	job_fill(&job, object);
	return free_run(&job, object->adapter, &model_contexts[MODEL_IN_PROCESS], object);
}

/* Free all objects: DMA adapters last, because common buffers use them. */
bool model_free_all(void)
{
	struct model_object *object, *end = world.object + MODEL_OBJECTS;
	bool freed = true;
	unsigned int i;

	for (i = 0; freed && i < 2; i++)
		for (object = world.object; freed && object < end; object++)
			if (object->state == MODEL_LIVE && (i || object->kind != MODEL_DMA))
				freed = free_object(object);
	return freed;
}

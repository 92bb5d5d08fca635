// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that allocate, and what the documents say of them.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sizes.h>

#include "kunit/model/model.h"

#define SCRATCH		(16 * 4096)

/* Memory to lock, which no call has allocated */
static u8 scratch[SCRATCH] __aligned(4096);

/* Arguments and results of a call */
struct alloc_job {
	enum model_op op;
	void *ext;
	VP_POOL_TYPE type;
	size_t size;
	u32 tag;
	bool null;			/* instead of the pointer for a result */
	void *dma;
	bool cached;
	u64 limit;
	VP_LOCK_OPERATION operation;
	void *base;
	/* Results */
	void *result;
	VP_STATUS status;
	PHYSICAL_ADDRESS logical;
};

static void job_do(void *data)
{
	VP_DEVICE_DESCRIPTION usual = { .Dma32BitAddresses = true };
	struct alloc_job *job = data;
	PHYSICAL_ADDRESS *logical = job->null ? NULL : &job->logical;
	void **result = job->null ? NULL : &job->result;
	PHYSICAL_ADDRESS limit = { .QuadPart = job->limit };
	ULONG actual;

	switch (job->op) {
	case MODEL_ALLOC_POOL:
		job->result = VideoPortAllocatePool(job->ext, job->type, job->size, job->tag);
		break;
	case MODEL_ALLOC_BUFFER:
		job->status = VideoPortAllocateBuffer(job->ext, job->size, result);
		break;
	case MODEL_ALLOC_COMMON:
		job->result = VideoPortAllocateCommonBuffer(job->ext, job->dma, job->size, logical,
							    job->cached, NULL);
		break;
	case MODEL_GET_COMMON:
		job->result = VideoPortGetCommonBuffer(job->ext, job->size, 0, logical, &actual,
						       job->cached);
		break;
	case MODEL_ALLOC_CONTIG:
		job->result = VideoPortAllocateContiguousMemory(job->ext, job->size, limit);
		break;
	case MODEL_LOCK_BUFFER:
		job->result = VideoPortLockBuffer(job->ext, job->base, job->size, job->operation);
		break;
	case MODEL_CREATE_LOCK:
		job->status = VideoPortCreateSpinLock(job->ext, (PSPIN_LOCK *)result);
		break;
	case MODEL_CREATE_EVENT:
		job->status = VideoPortCreateEvent(job->ext, NOTIFICATION_EVENT, NULL,
						   (PEVENT *)result);
		break;
	default:
		job->result = VideoPortGetDmaAdapter(job->ext, job->null ? NULL : &usual);
	}
}

static const char * const names[] = {
	[MODEL_ALLOC_POOL] = "VideoPortAllocatePool",
	[MODEL_ALLOC_BUFFER] = "VideoPortAllocateBuffer",
	[MODEL_ALLOC_COMMON] = "VideoPortAllocateCommonBuffer",
	[MODEL_GET_COMMON] = "VideoPortGetCommonBuffer",
	[MODEL_ALLOC_CONTIG] = "VideoPortAllocateContiguousMemory",
	[MODEL_LOCK_BUFFER] = "VideoPortLockBuffer",
	[MODEL_CREATE_LOCK] = "VideoPortCreateSpinLock",
	[MODEL_CREATE_EVENT] = "VideoPortCreateEvent",
	[MODEL_GET_DMA] = "VideoPortGetDmaAdapter",
};

/* Choose a size: mostly a small one, at times none, or what ends at a page, or too much. */
static size_t size_of(const struct model_step *step)
{
	u32 kind = step->choice % 32, random = step->a;

	if (!kind)
		return 0;
	if (kind == 1)
		return step->op == MODEL_ALLOC_POOL ? (size_t)totalram_pages() << PAGE_SHIFT : 1;
	if (kind < 20)
		return 1 + random % 512;
	if (kind < 28)
		return 1 + random % PAGE_SIZE;
	if (kind < 30)
		return PAGE_SIZE - 64 + random % 128;
	return 1 + random % (5 * PAGE_SIZE);
}

static enum model_kind kind_of(const struct alloc_job *job)
{
	switch (job->op) {
	case MODEL_ALLOC_POOL:
		return job->type & VpPagedPool ? MODEL_PAGED : MODEL_NONPAGED;
	case MODEL_ALLOC_BUFFER:
		return MODEL_BUFFER;
	case MODEL_ALLOC_COMMON:
	case MODEL_GET_COMMON:
		return MODEL_COMMON;
	case MODEL_ALLOC_CONTIG:
		return MODEL_CONTIG;
	case MODEL_LOCK_BUFFER:
		return MODEL_LOCKED;
	case MODEL_CREATE_LOCK:
		return MODEL_LOCK;
	case MODEL_CREATE_EVENT:
		return MODEL_EVENT;
	default:
		return MODEL_DMA;
	}
}

/*
 * Expectations of the documents
 */

static u64 buffer_bytes(unsigned int adapter)
{
	const struct model_count *count = world_count(adapter, MODEL_BUFFER, 0);

	return count->bytes_in - count->bytes_out;
}

static bool exceeds_quota(const struct alloc_job *job, unsigned int adapter)
{
	unsigned long quota = world.quota[adapter];

	return job->op == MODEL_ALLOC_BUFFER && quota &&
	       buffer_bytes(adapter) + job->size > quota;
}

/* The size is refused by locks; others take zero for the smallest block, or for a page. */
static u32 size_faults(const struct alloc_job *job)
{
	return model_bit(job->op == MODEL_LOCK_BUFFER && !job->size, EV_ZERO_LENGTH) |
	       model_bit(job->size >> PAGE_SHIFT >= totalram_pages(), EV_BAD_SIZE);
}

static u32 faults(const struct alloc_job *job, const struct vt_context *context,
		  const struct model_object *dma)
{
	bool may_be_atomic = job->op == MODEL_ALLOC_POOL && !(job->type & VpPagedPool);
	bool atomic = may_be_atomic ? model_is_nmi(context) : context->atomic;

	return size_faults(job) | model_bit(atomic, EV_BAD_CONTEXT) |
	       model_bit(job->op == MODEL_ALLOC_POOL && job->type & ~5, EV_BAD_TYPE) |
	       model_bit(job->null, EV_BAD_PARAMETER) |
	       model_bit(job->op == MODEL_LOCK_BUFFER && job->operation > VpModifyAccess,
			 EV_BAD_PARAMETER) |
	       model_bit(job->op == MODEL_ALLOC_COMMON && !dma, EV_BAD_PARAMETER) |
	       model_bit(job->op == MODEL_ALLOC_CONTIG && job->limit < PAGE_SIZE, EV_BAD_LIMIT);
}

static bool takes_zero(const struct alloc_job *job)
{
	return job->op == MODEL_ALLOC_POOL || job->op == MODEL_ALLOC_BUFFER ||
	       job->op == MODEL_ALLOC_COMMON || job->op == MODEL_GET_COMMON ||
	       job->op == MODEL_ALLOC_CONTIG;
}

static struct model_expect expect_of(const struct alloc_job *job, unsigned int adapter,
				     unsigned int tag, const struct vt_context *context,
				     const struct model_object *dma)
{
	struct model_expect expect = { .where = adapter };

	if (adapter >= MODEL_ADAPTERS)
		return (struct model_expect){ .refused = true, .where = MODEL_STRAY,
					      .one_of = BIT(EV_NO_ADAPTER) };
	expect.one_of = faults(job, context, dma);
	expect.refused = expect.one_of || exceeds_quota(job, adapter);
	if (takes_zero(job) && !job->size && !expect.refused)
		expect.all_of |= BIT(EV_ZERO_LENGTH);
	else if (takes_zero(job) && !job->size)
		expect.may |= BIT(EV_ZERO_LENGTH);
	/* With a quota, a buffer may be refused for that before its size or context. */
	if (exceeds_quota(job, adapter)) {
		expect.may |= expect.one_of;
		expect.one_of = 0;
	}
	if (job->op == MODEL_ALLOC_POOL && model_tag_is_bad(tag) && !model_is_nmi(context) &&
	    !world.tag_used[adapter][MODEL_NONPAGED][tag] &&
	    !world.tag_used[adapter][MODEL_PAGED][tag])
		expect.all_of |= BIT(EV_BAD_TAG);
	return expect;
}

/*
 * Making the call
 */

static bool has_succeeded(const struct alloc_job *job)
{
	switch (job->op) {
	case MODEL_ALLOC_BUFFER:
	case MODEL_CREATE_LOCK:
	case MODEL_CREATE_EVENT:
		return !job->status;
	default:
		return job->result;
	}
}

static bool is_aligned(const struct alloc_job *job, enum model_kind kind)
{
	unsigned long address = (unsigned long)job->result;

	if (kind >= MODEL_BLOCKS)
		return true;
	if (kind > MODEL_BUFFER || job->size > PAGE_SIZE - 4 * sizeof(void *))
		return PAGE_ALIGNED(address);
	return IS_ALIGNED(address, 2 * sizeof(void *)) &&
	       offset_in_page(address) + job->size <= PAGE_SIZE;
}

/* Check what a call has returned, and add it to the world. */
static bool alloc_done(const struct alloc_job *job, unsigned int adapter, unsigned int tag,
		       struct model_object *dma)
{
	struct model_object object = {
		.address = job->result,
		.size = kind_of(job) < MODEL_BLOCKS ? job->size : 0,
		.kind = kind_of(job),
		.adapter = adapter,
		.tag = tag,
		.dma = dma,
		.logical = job->logical,
		.cached = job->cached,
	};
	struct model_count *count;

	if (!job->result)
		return model_fail("success without a result");
	if (!is_aligned(job, object.kind))
		return model_fail("%p, %zu bytes, is not aligned as it should be", job->result,
				  job->size);
	if (!world_add(&object))
		return false;
	if (dma)
		dma->users++;
	if (object.kind < MODEL_COUNTED) {
		count = world_count(adapter, object.kind, tag);
		count->allocs++;
		count->bytes_in += object.size;
	}
	return true;
}

/* Count a failure in its row, which the documents have for pool and for buffers. */
static void alloc_failed(const struct alloc_job *job, unsigned int adapter, unsigned int tag,
			 const struct model_expect *expect)
{
	if ((job->op == MODEL_ALLOC_POOL || (job->op == MODEL_ALLOC_BUFFER && !job->null)) &&
	    world.tag_used[adapter][kind_of(job)][tag])
		world_count(adapter, kind_of(job), tag)->failures++;
	if (expect->refused)
		model_stats.refused++;
	else
		model_stats.no_memory++;
}

static unsigned int adapter_of(const struct model_step *step)
{
	unsigned int nr = step->ext % 32;

	return nr < 18 ? 0 : nr < 31 ? 1 : MODEL_STRAY;
}

static struct alloc_job job_of(const struct model_step *step, struct model_object *dma)
{
	unsigned int adapter = adapter_of(step);
	struct alloc_job job = {
		.op = step->op,
		/* Not the extension of an adapter, but memory */
		.ext = adapter < MODEL_ADAPTERS ? world.ext[adapter] : scratch + SCRATCH / 2,
		.type = step->b >> 8 & 31 ? step->b >> 4 & 5 : step->b >> 4 & 15,
		.size = size_of(step),
		.tag = model_tag(step->b >> 16 & 15 ? step->a % 16 : step->b % MODEL_TAGS),
		.dma = dma ? dma->address : scratch,
		.cached = step->b & 1,
		.limit = step->b >> 13 & 31 ? U64_MAX : 100,
		.operation = step->b >> 8 & 31 ? step->b % 3 : 3,
		.base = scratch + step->a % (SCRATCH / 2),
		.status = ERROR_INVALID_FUNCTION,
	};

	/* Those which receive no pointer for a result. */
	if (step->op != MODEL_ALLOC_POOL && step->op != MODEL_ALLOC_CONTIG &&
	    step->op != MODEL_LOCK_BUFFER)
		job.null = !(step->b >> 20 & 31);
	if (step->op == MODEL_LOCK_BUFFER)
		job.size = min_t(size_t, job.size, SCRATCH / 2);
	return job;
}

static unsigned int tag_of(const struct alloc_job *job)
{
	unsigned int nr = 0;

	while (job->op == MODEL_ALLOC_POOL && model_tag(nr) != job->tag)
		nr++;
	return nr;
}

static void say(const struct alloc_job *job, unsigned int adapter,
		const struct vt_context *context)
{
	model_say("%s(%s, %zu bytes%s) in %s; type %d, tag 0x%08x, quota %lu -> %p, status %d",
		  names[job->op], adapter == 0 ? "A" : adapter == 1 ? "B" : "no adapter",
		  job->size, job->null ? ", no result" : "", context->name, job->type, job->tag,
		  adapter < MODEL_ADAPTERS ? world.quota[adapter] : 0, job->result, job->status);
}

bool model_alloc(const struct model_step *step, const struct vt_context *context)
{
	struct model_object *dma = step->op == MODEL_ALLOC_COMMON && step->b >> 25 & 15 ?
		world_pick(step->b, MODEL_LIVE, BIT(MODEL_DMA)) : NULL;
	struct alloc_job job = job_of(step, dma);
	unsigned int adapter = adapter_of(step), tag = tag_of(&job);
	struct model_expect expect;

	if (dma && dma->adapter != adapter)
		dma = NULL;
	expect = expect_of(&job, adapter, tag, context, dma);
	world_events_before();
	context->run(job_do, &job);
	say(&job, adapter, context);
	/* An NMI makes no row, and neither does a call without a place for its result. */
	if (adapter < MODEL_ADAPTERS && kind_of(&job) < MODEL_COUNTED && !model_is_nmi(context) &&
	    !(job.op == MODEL_ALLOC_BUFFER && job.null))
		world.tag_used[adapter][kind_of(&job)][tag] = true;
	if (has_succeeded(&job) && expect.refused)
		return model_fail("the call has succeeded, and should be refused");
	if (has_succeeded(&job)) {
		if (!alloc_done(&job, adapter, tag, dma))
			return false;
	} else if (adapter < MODEL_ADAPTERS) {
		alloc_failed(&job, adapter, tag, &expect);
		/* Memory may be short, or no contiguous memory within the limit. */
		if (!expect.refused)
			expect = (struct model_expect){ .where = adapter,
				.may = BIT(EV_BAD_LIMIT) | BIT(EV_ZERO_LENGTH) | BIT(EV_BAD_TAG) };
	}
	return world_events_are(&expect);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Steps of the storm: allocate a block, fill it, and free another one, after a check that
 * it is whole.
 */
#include <linux/irqflags.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "include/vpmem-port.h"
#include "kunit/lib/random.h"
#include "kunit/storm/storm.h"

struct storm storm;

#define GRANULE		(2 * sizeof(void *))
#define SMALL_MAX	(PAGE_SIZE - 2 * GRANULE)
#define LARGE_MAX	(3 * 4096)
#define WINDOW		64		/* bytes of a large block that are filled at once */
#define BATCH		48

/*
 * Size of the block that a thread is about to use on this CPU. Its interrupts mostly choose the
 * same, so that they take from the same free blocks in the middle of that.
 */
static DEFINE_PER_CPU(u16, size_in_use);

/* Start of a block, from which the storm knows it again */
struct mark {
	u16 tag;
	u16 size;
	u8 kind;
	u8 fill;
	u16 check;
};

static u16 mark_check(const struct mark *mark)
{
	return mark->tag ^ mark->size ^ mark->kind << 14 ^ mark->fill << 5 ^ 0x5aa5;
}

struct storm_actor *storm_actor_new(void)
{
	static u32 nr;
	struct storm_actor *actor = vzalloc(sizeof(*actor));

	if (actor)
		vt_random_begin(&actor->random, storm.seed, nr++);
	return actor;
}

/*
 * Contents
 */

/* Fill or check the windows of a block: all of a small one, both ends and the middle else. */
static bool windows_do(u8 *start, size_t bytes, u8 fill, bool check)
{
	const size_t at[] = { 0, bytes / 2, bytes - WINDOW };
	unsigned int i;

	if (bytes <= 3 * WINDOW) {
		if (!check)
			memset(start, fill, bytes);
		return !check || !memchr_inv(start, fill, bytes);
	}
	for (i = 0; i < ARRAY_SIZE(at); i++) {
		if (!check)
			memset(start + at[i], fill, WINDOW);
		else if (memchr_inv(start + at[i], fill, WINDOW))
			return false;
	}
	return true;
}

static bool is_placed_well(const void *block, size_t size, bool aligned)
{
	unsigned long address = (unsigned long)block;

	if (size > SMALL_MAX)
		return PAGE_ALIGNED(address);
	return IS_ALIGNED(address, aligned ? SMP_CACHE_BYTES : GRANULE) &&
	       offset_in_page(address) + size <= PAGE_SIZE;
}

/* Check a block and free it, unless its mark is no longer right. */
static void block_free(struct storm_actor *actor, unsigned int kind, void *block)
{
	const struct mark mark = *(struct mark *)block;
	struct storm_count *count;

	if (mark.check != mark_check(&mark) || mark.kind != kind || mark.tag >= STORM_TAGS) {
		actor->broken++;
		return;
	}
	if (!windows_do(block + sizeof(mark), mark.size - sizeof(mark), mark.fill, true))
		actor->broken++;
	count = &actor->count[kind][mark.tag];
	count->frees++;
	count->bytes_out += mark.size;
	WRITE_ONCE(actor->operations, actor->operations + 1);
	this_cpu_write(size_in_use, mark.size);
	if (kind == STORM_BUFFER)
		VideoPortReleaseBuffer(storm.ext, block);
	else
		VideoPortFreePool(storm.ext, block);
}

/*
 * Allocation
 */

struct wish {
	unsigned int kind;
	unsigned int tag;
	bool aligned;
	size_t size;
};

static void *wish_alloc(const struct wish *wish)
{
	VP_POOL_TYPE type = wish->kind == STORM_PAGED ? VpPagedPool : VpNonPagedPool;
	void *block = NULL;

	if (wish->kind == STORM_BUFFER) {
		VideoPortAllocateBuffer(storm.ext, wish->size, &block);
		return block;
	}
	if (wish->aligned)
		type |= VpNonPagedPoolCacheAligned;
	return VideoPortAllocatePool(storm.ext, type, wish->size, storm_tag(wish->tag));
}

/* Allocate and count. */
static void *count_alloc(struct storm_actor *actor, const struct wish *wish)
{
	struct storm_count *count = &actor->count[wish->kind][wish->tag];
	void *block = wish_alloc(wish);

	if (!block) {
		count->failures++;
		return NULL;
	}
	count->allocs++;
	count->bytes_in += wish->size;
	WRITE_ONCE(actor->operations, actor->operations + 1);
	if (!is_placed_well(block, wish->size, wish->aligned))
		actor->broken++;
	return block;
}

static void *block_alloc(struct storm_actor *actor, const struct wish *wish)
{
	struct mark *mark = count_alloc(actor, wish);

	if (!mark)
		return NULL;
	*mark = (struct mark) {
		.tag = wish->tag,
		.size = wish->size,
		.kind = wish->kind,
		.fill = storm_random(actor),
	};
	mark->check = mark_check(mark);
	windows_do((u8 *)(mark + 1), wish->size - sizeof(*mark), mark->fill, false);
	return mark;
}

/* Choose a size: often a power of two, or near one of which a page has just so many. */
static size_t wish_size(struct storm_actor *actor)
{
	u32 random = storm_random(actor), more = random >> 8;

	switch (random % 8) {
	case 0:
	case 1:
		return 8 << more % 9;
	case 2:
	case 3:
		return 8 + more % 500;
	case 4:
		return 8 + more % (SMALL_MAX - 8);
	case 5:
		return clamp_t(size_t, PAGE_SIZE / (1 + more % 64) + (more >> 8) % 33 - 16, 8,
			       LARGE_MAX);
	case 6:
		if (more % 8)
			return 4064 - more % 64;
		return SMALL_MAX + (more >> 8) % (LARGE_MAX - SMALL_MAX);
	default:
		return 8 + more % 120;
	}
}

/* Interrupts choose tags first that no thread has used. */
static void wish_choose(struct storm_actor *actor, struct wish *wish, bool may_sleep)
{
	static const u8 kinds[] = {
		STORM_NONPAGED, STORM_NONPAGED, STORM_PAGED, STORM_BUFFER,
	};
	u32 random = storm_random(actor);

	wish->kind = may_sleep ? kinds[random % ARRAY_SIZE(kinds)] : STORM_NONPAGED;
	wish->aligned = wish->kind != STORM_BUFFER && !(random >> 2 & 3);
	wish->tag = 0;
	if (wish->kind != STORM_BUFFER)
		wish->tag = (random >> 8) % min_t(unsigned int, STORM_TAGS,
						  READ_ONCE(storm.tags) + (may_sleep ? 0 : 4));
	wish->size = 0;
	if (!may_sleep && random >> 30)
		wish->size = this_cpu_read(size_in_use);
	if (!wish->size)
		wish->size = wish_size(actor);
	this_cpu_write(size_in_use, wish->size);
}

/* Allocate a block that has no room for a mark, or no bytes at all, and free it again. */
static void tiny_step(struct storm_actor *actor, struct wish *wish)
{
	u32 random = storm_random(actor);
	struct storm_count *count;
	void *block;

	wish->kind = STORM_NONPAGED;
	wish->size = random % 64 ? 1 + random % 7 : 0;
	actor->zero += !wish->size;
	block = count_alloc(actor, wish);
	if (!block)
		return;
	memset(block, random, wish->size);
	count = &actor->count[wish->kind][wish->tag];
	count->frees++;
	count->bytes_out += wish->size;
	WRITE_ONCE(actor->operations, actor->operations + 1);
	VideoPortFreePool(storm.ext, block);
}

/* Allocate a block or none, put it in a place of all actors, and free what was there. */
static void place_step(struct storm_actor *actor, const struct wish *wish)
{
	u32 random = storm_random(actor);
	void *block = random & 0x80000000 ? block_alloc(actor, wish) : NULL;

	block = xchg(&storm.place[wish->kind][random % STORM_PLACES], block);
	if (block)
		block_free(actor, wish->kind, block);
}

static void one_step(struct storm_actor *actor, bool may_sleep)
{
	struct wish wish;

	wish_choose(actor, &wish, may_sleep);
	if (storm_random(actor) % 64)
		place_step(actor, &wish);
	else
		tiny_step(actor, &wish);
}

/*
 * Invalid frees
 */

/* Choose an address in memory: it may be in a live block, a freed one, or anything else. */
static void *random_memory(struct storm_actor *actor)
{
	unsigned long page = storm_random(actor) % totalram_pages();

	return __va((phys_addr_t)page << PAGE_SHIFT) + storm_random(actor) % PAGE_SIZE;
}

/* Choose a block that a guest forgot, a pointer into it, or any pointer. */
static void *invalid_pointer(struct storm_actor *actor)
{
	u32 random = storm_random(actor);
	void *block = READ_ONCE(storm.leak[random % STORM_LEAKS]);

	switch (random >> 8 & 7) {
	case 0:
		return (void *)((unsigned long)((u64)storm_random(actor) << 32) |
				storm_random(actor));
	case 1:
		return random_memory(actor);
	case 2:
		return PTR_ALIGN_DOWN(random_memory(actor), GRANULE);
	case 3:
	case 4:
		return block ? block + (random >> 12 & 63) : NULL;
	default:
		return block;
	}
}

/* Free what is no block of the adapter: it has none. */
static void invalid_step(struct storm_actor *actor)
{
	void *pointer = invalid_pointer(actor);

	actor->invalid++;
	if (storm_random(actor) & 1)
		VideoPortFreePool(storm.stranger, pointer);
	else
		VideoPortReleaseBuffer(storm.stranger, pointer);
}

/* Make a step, in a thread sometimes in atomic context. */
void storm_step(struct storm_actor *actor, bool may_sleep)
{
	u32 random = storm_random(actor);
	unsigned long flags;

	if (may_sleep && random % 16 == 0) {
		local_irq_save(flags);
		one_step(actor, false);
		local_irq_restore(flags);
	} else if (may_sleep && random % 16 == 1) {
		preempt_disable();
		one_step(actor, false);
		preempt_enable();
	} else {
		one_step(actor, may_sleep);
	}
	/* Do so often while the guest detaches, and also later, when others may use its memory. */
	if (!(random >> 8 & (READ_ONCE(storm.detaching) ? 3 : 63)))
		invalid_step(actor);
}

/*
 * Batches: many blocks of a size that go to another CPU, which frees them in their order or
 * in the reverse one
 */

struct batch {
	unsigned int kind;
	unsigned int count;
	void *block[BATCH];
};

#define MAILBOXES	8

static struct batch *mailbox[MAILBOXES];

static void batch_free(struct storm_actor *actor, struct batch *batch, bool reverse)
{
	unsigned int i;

	if (!batch)
		return;
	for (i = 0; i < batch->count; i++)
		block_free(actor, batch->kind,
			   batch->block[reverse ? batch->count - 1 - i : i]);
	vfree(batch);
}

/* Fill a batch, and swap it for one of another CPU. For threads */
void storm_batch(struct storm_actor *actor)
{
	u32 random = storm_random(actor);
	struct batch *batch = vzalloc(sizeof(*batch));
	struct wish wish;
	void *block;

	if (!batch)
		return;
	wish_choose(actor, &wish, true);
	wish.size = min_t(size_t, wish.size, SMALL_MAX);
	batch->kind = wish.kind;
	while (batch->count < 1 + random % BATCH) {
		block = block_alloc(actor, &wish);
		if (!block)
			break;
		batch->block[batch->count++] = block;
	}
	batch = xchg(&mailbox[(random >> 8) % MAILBOXES], batch);
	batch_free(actor, batch, random >> 16 & 1);
}

/* Free what is left when all actors have ended. */
void storm_free_all(struct storm_actor *actor)
{
	unsigned int kind, i;
	void *block;

	for (i = 0; i < MAILBOXES; i++)
		batch_free(actor, xchg(&mailbox[i], NULL), false);
	for (kind = 0; kind < STORM_KINDS; kind++) {
		for (i = 0; i < STORM_PLACES; i++) {
			block = xchg(&storm.place[kind][i], NULL);
			if (block)
				block_free(actor, kind, block);
		}
	}
}

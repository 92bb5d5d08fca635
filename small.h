/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small blocks: a slab object with a header of 16 bytes in front.
 *
 * The header is sealed: the exclusive or of its words and the block's address is a
 * random cookie of the adapter and kind. So one comparison says that a pointer is
 * a live block, whose it is and what it is paired with. In a freed block it is the
 * cookie's complement, for as long as the slab has not given the memory away again.
 *
 * Everything here is on the path of every allocation: hence inlined, and hence an
 * array of caches instead of kmalloc(), which would look for its cache anew. Under
 * KASAN it is kmalloc() all the same, which knows the size to the byte.
 */
#ifndef VPMEM_SMALL_H
#define VPMEM_SMALL_H

#include <linux/slab.h>

#include "internal.h"

/* Two pointers, as on Windows: the alignment of a block and the step of sizes. */
#define SMALL_GRANULE		(2 * sizeof(void *))
#define SMALL_MAX		(PAGE_SIZE - 2 * SMALL_GRANULE)
#define SMALL_CACHE_ALIGN	max_t(size_t, SMP_CACHE_BYTES, ARCH_KMALLOC_MINALIGN)

/* The tag comes first in memory: it is what one looks for in a dump. */
struct small_header {
	u64 what;
	u64 seal;
};

#define SMALL_HEADER		sizeof(struct small_header)

/* what: tag, slot, a flag for the CacheAligned types, size */
#define SMALL_SLOT_SHIFT	32
#define SMALL_SLOT_MASK		(VPMEM_TAG_SLOTS - 1)
#define SMALL_ALIGNED		BIT_ULL(47)
#define SMALL_SIZE_SHIFT	48

static_assert(sizeof(struct small_header) == 16);

struct small_class {
	struct kmem_cache *cache;
	size_t size;
};

/* By the whole of a block and its header, in steps of 16 bytes, rounded up. */
#define SMALL_STEP		16
#define SMALL_STEPS		(PAGE_SIZE / SMALL_STEP)

extern const struct small_class *small_classes[SMALL_STEPS + 1];

int small_init(void);
void small_exit(void);
void small_leave(unsigned long blocks);
void *small_kmalloc(size_t total, size_t offset, size_t align, gfp_t gfp);
void *small_alloc_aligned(const struct vpmem_slot *slot, size_t size, gfp_t gfp);
void small_free_aligned(struct vpmem_adapter *adapter, void *block,
			struct small_header header);

static __always_inline size_t small_size(struct small_header header)
{
	return header.what >> SMALL_SIZE_SHIFT;
}

static __always_inline u32 small_tag(struct small_header header)
{
	return header.what;
}

static __always_inline struct vpmem_slot *
small_slot(const struct vpmem_adapter *adapter, struct small_header header)
{
	return vpmem_slot_by_id(&adapter->tags,
				header.what >> SMALL_SLOT_SHIFT & SMALL_SLOT_MASK);
}

/* Copies the header that a pointer would have; false if no memory is there. */
static __always_inline bool small_peek(struct small_header *header,
				       const void *block)
{
	const struct small_header *from = (const struct small_header *)block - 1;

	return vpmem_in_memory(from) && vpmem_read(&from->what, &header->what) &&
	       vpmem_read(&from->seal, &header->seal);
}

/*
 * The flag stays out of the seal, so that this never yields the cookie of a block
 * that small_free() is not for.
 */
static __always_inline u64 small_cookie(struct small_header header,
					const void *block)
{
	return header.what ^ header.seal ^ (unsigned long)block;
}

static inline u64 small_cookie_any(struct small_header header, const void *block)
{
	header.what &= ~SMALL_ALIGNED;
	return small_cookie(header, block);
}

/* Counts a block and makes its header; @flag is SMALL_ALIGNED or 0. */
static __always_inline void small_begin(const struct vpmem_slot *slot, void *block,
					size_t size, size_t charge, u64 flag)
{
	struct small_header *header = (struct small_header *)block - 1;
	u64 what = slot->what | (u64)size << SMALL_SIZE_SHIFT;

	header->what = what | flag;
	header->seal = slot->cookie ^ what ^ (unsigned long)block;
	vpmem_count_alloc(slot->counters, size, charge);
}

static __always_inline void small_end(struct vpmem_adapter *adapter, void *block,
				      struct small_header header, size_t charge)
{
	((struct small_header *)block - 1)->seal = ~header.seal;
	vpmem_count_free(small_slot(adapter, header)->counters,
			 small_size(header), charge);
}

static __always_inline const struct small_class *small_class(size_t total)
{
	return small_classes[(total + SMALL_STEP - 1) / SMALL_STEP];
}

static __always_inline void *small_alloc(const struct vpmem_slot *slot, size_t size,
					 gfp_t gfp)
{
	const struct small_class *class = small_class(SMALL_HEADER + size);
	void *memory;

	if (IS_ENABLED(CONFIG_KASAN))
		memory = small_kmalloc(SMALL_HEADER + (size ?: 1), SMALL_HEADER,
				       SMALL_GRANULE, gfp);
	else
		memory = kmem_cache_alloc(class->cache, gfp);
	if (unlikely(!memory))
		return NULL;
	small_begin(slot, memory + SMALL_HEADER, size, class->size, 0);
	return memory + SMALL_HEADER;
}

static __always_inline void small_free(struct vpmem_adapter *adapter, void *block,
				       struct small_header header)
{
	const struct small_class *class =
		small_class(SMALL_HEADER + small_size(header));

	small_end(adapter, block, header, class->size);
	if (IS_ENABLED(CONFIG_KASAN))
		kfree(block - SMALL_HEADER);
	else
		kmem_cache_free(class->cache, block - SMALL_HEADER);
}

#endif /* VPMEM_SMALL_H */

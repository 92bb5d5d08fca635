/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small blocks: a slab object with a header of 16 bytes in front.
 *
 * The header is sealed: the XOR of its words, the block's address, a secret of this load
 * and a random cookie of the adapter is the kind of the block. So one comparison verifies
 * that a pointer is a live block, of this adapter, and freed by the right call. A freed
 * block has the complement of the kind until the slab allocator reuses the memory.
 *
 * All this is the fast path of allocations: hence inlined, with an array of caches where
 * kmalloc() would look up a cache again. KASAN builds use kmalloc(), which detects
 * overruns to the byte; so do SLOB builds, whose kfree() frees nothing else.
 */
#ifndef VPMEM_SMALL_H
#define VPMEM_SMALL_H

#include <linux/slab.h>

#include "core/adapter.h"

/* Alignment of blocks and step of their sizes: two pointers, as on Windows */
#define SMALL_GRANULE		(2 * sizeof(void *))
#define SMALL_MAX		(PAGE_SIZE - 2 * SMALL_GRANULE)
#define SMALL_CACHE_ALIGN	max_t(size_t, SMP_CACHE_BYTES, ARCH_KMALLOC_MINALIGN)

/* Header of a block. The tag comes first in memory, to be found in a dump. */
struct small_header {
	u64 meta;
	u64 seal;
};

#define SMALL_HEADER		sizeof(struct small_header)

#define SMALL_BY_KMALLOC	(IS_ENABLED(CONFIG_KASAN) || IS_ENABLED(CONFIG_SLOB))

/* Fields of small_header.meta: tag, slot, a flag for CacheAligned types, size */
#define SMALL_SLOT_SHIFT	32
#define SMALL_SLOT_MASK		(VPMEM_TAG_SLOTS - 1)
#define SMALL_ALIGNED		BIT_ULL(47)
#define SMALL_SIZE_SHIFT	48

static_assert(sizeof(struct small_header) == 16);

struct small_class {
	struct kmem_cache *cache;
	size_t size;
};

/* Step of the index of caches, by the size of header and block */
#define SMALL_STEP		16
#define SMALL_STEPS		(PAGE_SIZE / SMALL_STEP)

extern const struct small_class *vpmem_small_classes[SMALL_STEPS + 1];

int vpmem_small_init(void);
void vpmem_small_exit(void);
void vpmem_small_count_leaked(unsigned long blocks);
void *vpmem_small_kmalloc(size_t total, size_t offset, size_t align, gfp_t gfp);
void *vpmem_small_alloc_aligned(const struct vpmem_slot *slot, size_t size, gfp_t gfp);
void vpmem_small_free_aligned(const struct vpmem_adapter *adapter, void *block,
			      struct small_header header);

static __always_inline size_t small_size(struct small_header header)
{
	return header.meta >> SMALL_SIZE_SHIFT;
}

static __always_inline u32 small_tag(struct small_header header)
{
	return header.meta;
}

static __always_inline struct vpmem_slot *
small_slot(const struct vpmem_adapter *adapter, struct small_header header)
{
	return vpmem_slot_by_id(&adapter->tags,
				header.meta >> SMALL_SLOT_SHIFT & SMALL_SLOT_MASK);
}

/* Copy the header in front of a pointer. Return false if no memory is there. */
static __always_inline bool small_peek(struct small_header *header,
				       const void *block)
{
	const struct small_header *from = (const struct small_header *)block - 1;

	return vpmem_in_memory(from) && vpmem_read(&from->meta, &header->meta) &&
	       vpmem_read(&from->seal, &header->seal);
}

/*
 * Return the enum vpmem_kind if this is the header of a live block of the adapter with
 * this cookie, its complement for a freed block, else any other value. The seal omits
 * SMALL_ALIGNED, so that a CacheAligned block, which small_free() cannot free, has no
 * valid kind.
 */
static __always_inline u64 small_kind(struct small_header header, const void *block,
				      u64 cookie)
{
	return header.meta ^ header.seal ^ (unsigned long)block ^ vpmem_secret ^ cookie;
}

static inline u64 small_kind_any(struct small_header header, const void *block,
				 u64 cookie)
{
	header.meta &= ~SMALL_ALIGNED;
	return small_kind(header, block, cookie);
}

/* Count a block and write its header; @flag is SMALL_ALIGNED or 0. */
static __always_inline void small_begin(const struct vpmem_slot *slot, void *block,
					size_t size, size_t charge, u64 flag)
{
	struct small_header *header = (struct small_header *)block - 1;
	u64 meta = slot->meta | (u64)size << SMALL_SIZE_SHIFT;

	header->meta = meta | flag;
	header->seal = slot->cookie ^ meta ^ (unsigned long)block;
	vpmem_count_alloc(slot->counters, size, charge);
}

/*
 * Break the seal. Of two calls that free the same block only one succeeds, and the other
 * writes nothing, because the memory may be reused by then.
 */
static __always_inline bool small_break(void *block, struct small_header header)
{
	u64 *seal = &((struct small_header *)block - 1)->seal;

	return cmpxchg64(seal, header.seal, ~header.seal) == header.seal;
}

static __always_inline void small_count_free(const struct vpmem_adapter *adapter,
					     struct small_header header, size_t charge)
{
	vpmem_count_free(small_slot(adapter, header)->counters, small_size(header),
			 charge);
}

static __always_inline const struct small_class *small_class(size_t total)
{
	return vpmem_small_classes[(total + SMALL_STEP - 1) / SMALL_STEP];
}

static __always_inline void *small_memory(size_t size, gfp_t gfp)
{
	if (SMALL_BY_KMALLOC)
		return vpmem_small_kmalloc(SMALL_HEADER + (size ?: 1), SMALL_HEADER,
					   SMALL_GRANULE, gfp);
	return kmem_cache_alloc(small_class(SMALL_HEADER + size)->cache, gfp);
}

/* Make a block of memory that small_memory() returned for the same size. */
static __always_inline void *small_block(const struct vpmem_slot *slot, void *memory,
					 size_t size)
{
	small_begin(slot, memory + SMALL_HEADER, size,
		    small_class(SMALL_HEADER + size)->size, 0);
	return memory + SMALL_HEADER;
}

static inline void *small_alloc(const struct vpmem_slot *slot, size_t size, gfp_t gfp)
{
	void *memory = small_memory(size, gfp);

	return memory ? small_block(slot, memory, size) : NULL;
}

/* Free a block, not CacheAligned, whose seal small_break() has broken. */
static __always_inline void small_free(const struct vpmem_adapter *adapter, void *block,
				       struct small_header header)
{
	small_count_free(adapter, header,
			 small_class(SMALL_HEADER + small_size(header))->size);
	kfree(block - SMALL_HEADER);
}

#endif /* VPMEM_SMALL_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small blocks: their slab caches, and the CacheAligned types.
 *
 * A block must not cross a page. Objects whose size is a power of two never do. Objects
 * of another size do not if their slab is a single page, which depends on the machine: so
 * such a cache is created, and destroyed again if its slab is larger.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/build_bug.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/tags.h"
#include "mem/small.h"

static_assert(VPMEM_TAG_SLOTS <= 1 << (47 - SMALL_SLOT_SHIFT));
static_assert(SMALL_MAX < 1 << (64 - SMALL_SIZE_SHIFT));
static_assert(SMALL_HEADER == SMALL_STEP);

#define SMALL_SMALLEST	32

static struct small_class classes[32];
static unsigned int nr_classes;

/* Leaked blocks of detached adapters */
static atomic_long_t leaked_blocks;

const struct small_class *vpmem_small_classes[SMALL_STEPS + 1] __ro_after_init;

static bool one_page_slabs(struct kmem_cache *cache)
{
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);
	bool one_page = object && !compound_order(virt_to_head_page(object));

	if (object)
		kmem_cache_free(cache, object);
	return one_page;
}

/*
 * Add a cache whose objects may be copied to user space as a whole, as those of kmalloc()
 * may. Its name differs in every load, because leaked blocks keep a cache alive.
 */
static int class_add(size_t size, u16 load)
{
	struct small_class *class = &classes[nr_classes];
	size_t align = is_power_of_2(size) ? size : SMALL_STEP;
	char name[32];

	class->size = size;
	if (SMALL_BY_KMALLOC) {
		nr_classes++;
		return 0;
	}
	snprintf(name, sizeof(name), "vpmem-%zu-%04x", size, load);
	class->cache = kmem_cache_create_usercopy(name, size, align, 0, 0, size,
						  NULL);
	if (!class->cache)
		return -ENOMEM;
	if (is_power_of_2(size) || one_page_slabs(class->cache))
		nr_classes++;
	else
		kmem_cache_destroy(class->cache);
	return 0;
}

static int classes_create(void)
{
	u16 load = get_random_u32();
	size_t size;
	int err = 0;

	for (size = SMALL_SMALLEST; size <= PAGE_SIZE && !err; size *= 2) {
		/* Add sizes of 96 and 192 bytes, as kmalloc() does, to waste less. */
		if (size == 128 || size == 256)
			err = class_add(size / 4 * 3, load);
		if (!err)
			err = class_add(size, load);
	}
	return err;
}

static void classes_index(void)
{
	unsigned int step, i = 0;

	for (step = 0; step <= SMALL_STEPS; step++) {
		while (classes[i].size < step * SMALL_STEP)
			i++;
		vpmem_small_classes[step] = &classes[i];
	}
}

int __init vpmem_small_init(void)
{
	int err = classes_create();

	if (err)
		vpmem_small_exit();
	else
		classes_index();
	return err;
}

/* Destroy the caches, unless blocks were leaked: the slab allocator would warn. */
void vpmem_small_exit(void)
{
	if (atomic_long_read(&leaked_blocks) && !SMALL_BY_KMALLOC) {
		pr_warn("%ld leaked small blocks keep their slab caches\n",
			atomic_long_read(&leaked_blocks));
		return;
	}
	while (nr_classes)
		kmem_cache_destroy(classes[--nr_classes].cache);
}

void vpmem_small_count_leaked(unsigned long blocks)
{
	atomic_long_add(blocks, &leaked_blocks);
}

static bool is_placed_well(const void *block, size_t size, size_t align)
{
	return IS_ALIGNED((unsigned long)block, align) &&
	       offset_in_page(block) + size <= PAGE_SIZE;
}

/* Allocate aligned. kmalloc() aligns to the size only if that is a power of two. */
void *vpmem_small_kmalloc(size_t total, size_t offset, size_t align, gfp_t gfp)
{
	void *memory = kmalloc(total, gfp);

	if (!memory || is_placed_well(memory + offset, total - offset, align))
		return memory;
	kfree(memory);
	return kmalloc(roundup_pow_of_two(total), gfp);
}

/*
 * CacheAligned types. The header has a cache line of its own, and the size of an object
 * is a power of two, so that it is aligned to its size.
 */

static size_t aligned_total(size_t size)
{
	return roundup_pow_of_two(SMALL_CACHE_ALIGN + (size ?: 1));
}

void *vpmem_small_alloc_aligned(const struct vpmem_slot *slot, size_t size, gfp_t gfp)
{
	const struct small_class *class = small_class(aligned_total(size));
	void *memory;

	if (SMALL_BY_KMALLOC)
		memory = vpmem_small_kmalloc(SMALL_CACHE_ALIGN + (size ?: 1),
					     SMALL_CACHE_ALIGN, SMALL_CACHE_ALIGN, gfp);
	else
		memory = kmem_cache_alloc(class->cache, gfp);
	if (!memory)
		return NULL;
	small_begin(slot, memory + SMALL_CACHE_ALIGN, size, class->size,
		    SMALL_ALIGNED);
	return memory + SMALL_CACHE_ALIGN;
}

/* Free as small_free() does, but a CacheAligned block. */
void vpmem_small_free_aligned(const struct vpmem_adapter *adapter, void *block,
			      struct small_header header)
{
	small_count_free(adapter, header,
			 small_class(aligned_total(small_size(header)))->size);
	kfree(block - SMALL_CACHE_ALIGN);
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between kernel versions. No other file tests for a version.
 */
#ifndef VPMEM_COMPAT_H
#define VPMEM_COMPAT_H

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/hrtimer.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/stacktrace.h>
#include <linux/u64_stats_sync.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 18, 0)
#include <linux/cc_platform.h>
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#error "vpmem needs Linux 5.10 or newer"
#endif
/* Go on with a newer kernel: it may work, and the compiler says what does not. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 4, 0)
#pragma message("vpmem is tested up to Linux 7.3, and this kernel is newer")
#endif

/*
 * GUP flags for pages that are only read. Before 6.2 a write to such a page may replace it
 * although it is pinned, so pin it as for writing.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
#define VPMEM_FOLL_READ FOLL_LONGTERM
#else
#define VPMEM_FOLL_READ (FOLL_LONGTERM | FOLL_WRITE | FOLL_FORCE)
#endif

/* Port I/O is available. Kernels before 6.4 have no option for that, only for mapping. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define VPMEM_HAS_PORTS IS_ENABLED(CONFIG_HAS_IOPORT)
#else
#define VPMEM_HAS_PORTS IS_ENABLED(CONFIG_HAS_IOPORT_MAP)
#endif

/*
 * String instructions can access devices. Some confidential guests of x86 cannot, and have
 * no such devices before 5.18.
 */
static __always_inline bool vpmem_string_io(void)
{
#ifndef CONFIG_X86
	return false;
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 18, 0)
	return !cc_platform_has(CC_ATTR_GUEST_UNROLL_STRING_IO);
#else
	return true;
#endif
}

/* Save an empty stack trace if the kernel has no stack traces. */
static inline unsigned int vpmem_stack_save(unsigned long *store, unsigned int size)
{
#ifdef CONFIG_STACKTRACE
	return stack_trace_save(store, size, 2);
#else
	return 0;
#endif
}

/*
 * Allocate a range of page frames, migrating what is in it. The type of the third argument
 * differs between kernels, and some cannot do it.
 */
static inline int vpmem_take_range(unsigned long first, unsigned long count)
{
#ifndef CONFIG_CONTIG_ALLOC
	return -EOPNOTSUPP;
#elif defined(ACR_FLAGS_NONE)
	return alloc_contig_range(first, first + count, ACR_FLAGS_NONE,
				  GFP_KERNEL | __GFP_NOWARN);
#else
	return alloc_contig_range(first, first + count, MIGRATE_MOVABLE,
				  GFP_KERNEL | __GFP_NOWARN);
#endif
}

static inline void vpmem_give_range(unsigned long first, unsigned long count)
{
#ifdef CONFIG_CONTIG_ALLOC
	free_contig_range(first, count);
#endif
}

/*
 * Allocate a table whose segments have at most @segment bytes. Free the
 * table also if it fails.
 */
static inline int vpmem_sg_table(struct sg_table *table, struct page **pages,
				 unsigned int count, unsigned int offset,
				 unsigned long size, unsigned int segment, gfp_t gfp)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 15, 0)
	return sg_alloc_table_from_pages_segment(table, pages, count, offset, size,
						 segment, gfp);
#else
	return PTR_ERR_OR_ZERO(__sg_alloc_table_from_pages(table, pages, count,
							   offset, size, segment,
							   NULL, 0, gfp));
#endif
}

/* Set flags of an area, which may not be written directly since 6.3. */
static inline void vpmem_vm_flags(struct vm_area_struct *vma, unsigned long set,
				  unsigned long clear)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
	vm_flags_mod(vma, set, clear);
#else
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
#endif
}

/* Read statistics that interrupts write: before 6.1 by a function of its own. */
static inline unsigned int vpmem_stats_fetch_begin(const struct u64_stats_sync *syncp)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	return u64_stats_fetch_begin(syncp);
#else
	return u64_stats_fetch_begin_irq(syncp);
#endif
}

static inline bool vpmem_stats_fetch_retry(const struct u64_stats_sync *syncp,
					   unsigned int start)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	return u64_stats_fetch_retry(syncp, start);
#else
	return u64_stats_fetch_retry_irq(syncp, start);
#endif
}

typedef unsigned long vpmem_shrink(struct shrinker *shrinker, struct shrink_control *control);

/* Register a shrinker, which the kernel allocates since 6.7. Return NULL on failure. */
static inline struct shrinker *vpmem_shrinker_register(vpmem_shrink *count, vpmem_shrink *scan)
{
	struct shrinker *shrinker;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	shrinker = shrinker_alloc(0, "vpmem");
	if (!shrinker)
		return NULL;
	shrinker->count_objects = count;
	shrinker->scan_objects = scan;
	shrinker_register(shrinker);
#else
	shrinker = kzalloc(sizeof(*shrinker), GFP_KERNEL);
	if (!shrinker)
		return NULL;
	shrinker->count_objects = count;
	shrinker->scan_objects = scan;
	shrinker->seeks = DEFAULT_SEEKS;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
	if (!register_shrinker(shrinker, "vpmem"))
		return shrinker;
#else
	if (!register_shrinker(shrinker))
		return shrinker;
#endif
	kfree(shrinker);
	shrinker = NULL;
#endif
	return shrinker;
}

/* Unregister it; NULL is ignored. */
static inline void vpmem_shrinker_free(struct shrinker *shrinker)
{
	if (!shrinker)
		return;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	shrinker_free(shrinker);
#else
	unregister_shrinker(shrinker);
	kfree(shrinker);
#endif
}

/* Before 6.13 a timer got its function apart. */
static inline void vpmem_hrtimer_setup(struct hrtimer *timer,
				       enum hrtimer_restart (*function)(struct hrtimer *),
				       clockid_t clock, enum hrtimer_mode mode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(timer, function, clock, mode);
#else
	hrtimer_init(timer, clock, mode);
	timer->function = function;
#endif
}

/* Export to tests and displays: the namespace became a string in 6.13. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
#define VPMEM_TEST_NS "VPMEM_KUNIT"
#define VPMEM_DISPLAY_NS "VPMEM_DISPLAY"
#else
#define VPMEM_TEST_NS VPMEM_KUNIT
#define VPMEM_DISPLAY_NS VPMEM_DISPLAY
#endif

#endif /* VPMEM_COMPAT_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between kernels: VPMEM_HAS_NAME is the answer of core/probes/NAME.c, which says
 * since when kernels have it. Kernels of distributions have some of it in older versions, so
 * no file tests for a version but this one, for the oldest and the newest.
 */
#ifndef VPMEM_COMPAT_H
#define VPMEM_COMPAT_H

#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/hrtimer.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/stacktrace.h>
#include <linux/u64_stats_sync.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "core/inline.h"
#include "core/probed.h"
#include "core/version.h"

#if VPMEM_HAS_CC_UNROLL_STRING_IO
#include <linux/cc_platform.h>
#endif
#ifdef CONFIG_KMSAN
#include <linux/kmsan-checks.h>
#endif

#if LINUX_VERSION_CODE < VPMEM_OLDEST_LINUX
#error "vpmem: this kernel is too old, see VPMEM_OLDEST_LINUX in core/version.h"
#endif
/* Go on with a newer kernel: it may work, and the compiler says what does not. */
#if LINUX_VERSION_CODE >> 8 > VPMEM_NEWEST_LINUX >> 8
#pragma message("vpmem: not tested with a kernel that is newer than VPMEM_NEWEST_LINUX")
#endif

/*
 * GUP flags for pages that are only read. Where a write to such a page may replace it
 * although it is pinned, pin it as for writing.
 */
#if VPMEM_HAS_LONGTERM_READ
#define VPMEM_FOLL_READ FOLL_LONGTERM
#else
#define VPMEM_FOLL_READ (FOLL_LONGTERM | FOLL_WRITE | FOLL_FORCE)
#endif

/*
 * Port I/O is available. Kernels before 6.4 have no option for that, only for mapping.
 * User-mode Linux emulates the bars of its PCI devices alone: it warns of any other port. s390
 * maps ports that it does not have.
 */
#define VPMEM_HAS_PORTS							\
	(VPMEM_HAS_PORT_FUNCTIONS && !IS_ENABLED(CONFIG_UML) &&		\
	 IO_SPACE_LIMIT != 0 &&						\
	 (IS_ENABLED(CONFIG_HAS_IOPORT) || IS_ENABLED(CONFIG_HAS_IOPORT_MAP)))

/*
 * String instructions can access devices. Some confidential guests of x86 cannot; where the
 * kernel does not tell, they have no such devices. KMSAN does not see what they write.
 */
static __vpmem_inlined bool vpmem_string_io(void)
{
#if !defined(CONFIG_X86) || defined(CONFIG_KMSAN)
	return false;
#elif VPMEM_HAS_CC_UNROLL_STRING_IO
	return !cc_platform_has(CC_ATTR_GUEST_UNROLL_STRING_IO);
#else
	return true;
#endif
}

/* Tell KMSAN that a block is uninitialised, although its memory was used before. */
static __vpmem_inlined void vpmem_mark_uninitialised(const void *block, size_t bytes, gfp_t gfp)
{
#ifdef CONFIG_KMSAN
	kmsan_poison_memory(block, bytes, gfp);
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
#if VPMEM_HAS_SG_PAGES_SEGMENT
	return sg_alloc_table_from_pages_segment(table, pages, count, offset, size,
						 segment, gfp);
#else
	return PTR_ERR_OR_ZERO(__sg_alloc_table_from_pages(table, pages, count,
							   offset, size, segment,
							   NULL, 0, gfp));
#endif
}

/* Change flags of an area, which may not be written directly where there are functions. */
static inline void vpmem_vm_flags(struct vm_area_struct *vma, unsigned long set,
				  unsigned long clear)
{
#if VPMEM_HAS_VM_FLAGS_SET
	vm_flags_set(vma, set);
	vm_flags_clear(vma, clear);
#else
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
#endif
}

/* Read statistics that interrupts write, by functions of their own where there are some. */
static inline unsigned int vpmem_stats_fetch_begin(const struct u64_stats_sync *syncp)
{
#if VPMEM_HAS_STATS_FETCH_IRQ
	return u64_stats_fetch_begin_irq(syncp);
#else
	return u64_stats_fetch_begin(syncp);
#endif
}

static inline bool vpmem_stats_fetch_retry(const struct u64_stats_sync *syncp,
					   unsigned int start)
{
#if VPMEM_HAS_STATS_FETCH_IRQ
	return u64_stats_fetch_retry_irq(syncp, start);
#else
	return u64_stats_fetch_retry(syncp, start);
#endif
}

typedef unsigned long vpmem_shrink(struct shrinker *shrinker, struct shrink_control *control);

/* Register a shrinker, which newer kernels allocate. Return NULL on failure. */
static inline struct shrinker *vpmem_shrinker_register(vpmem_shrink *count, vpmem_shrink *scan)
{
	struct shrinker *shrinker;

#if VPMEM_HAS_SHRINKER_ALLOC
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
#if VPMEM_HAS_SHRINKER_NAME
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
#if VPMEM_HAS_SHRINKER_ALLOC
	shrinker_free(shrinker);
#else
	unregister_shrinker(shrinker);
	kfree(shrinker);
#endif
}

/* Set up a timer, which gets its function apart in older kernels. */
static inline void vpmem_hrtimer_setup(struct hrtimer *timer,
				       enum hrtimer_restart (*function)(struct hrtimer *),
				       clockid_t clock, enum hrtimer_mode mode)
{
#if VPMEM_HAS_HRTIMER_SETUP
	hrtimer_setup(timer, function, clock, mode);
#else
	hrtimer_init(timer, clock, mode);
	timer->function = function;
#endif
}

/* Namespaces of exports to tests and displays: strings, or tokens in older kernels */
#if VPMEM_HAS_NAMESPACE_TOKEN
#define VPMEM_TEST_NS VPMEM_KUNIT
#define VPMEM_DISPLAY_NS VPMEM_DISPLAY
#else
#define VPMEM_TEST_NS "VPMEM_KUNIT"
#define VPMEM_DISPLAY_NS "VPMEM_DISPLAY"
#endif

/* Before 5.11, x86 alone has it for what is not atomic_t. */
#ifndef try_cmpxchg
#define try_cmpxchg(place, expected, value)				\
({									\
	typeof(place) place_ = (place), expected_ = (expected);		\
	typeof(*place_) before_ = *expected_;				\
									\
	*expected_ = cmpxchg(place_, before_, value);			\
	likely(*expected_ == before_);					\
})
#endif

/*
 * Access kernel memory that may not be there. Before 5.11, arm64 has functions for user memory
 * only, which accept other addresses as long as the limit for them is lifted.
 */
#if !defined(__get_kernel_nofault) && defined(KERNEL_DS)
#define vpmem_access_nofault(access, value, address, type, label)	\
do {									\
	mm_segment_t limit_ = get_fs();					\
	int err_;							\
									\
	set_fs(KERNEL_DS);						\
	err_ = access(value, (type __user __force *)(address));		\
	set_fs(limit_);							\
	if (unlikely(err_))						\
		goto label;						\
} while (0)
#define __get_kernel_nofault(to, from, type, label)			\
	vpmem_access_nofault(__get_user, *(type *)(to), from, type, label)
#define __put_kernel_nofault(to, from, type, label)			\
	vpmem_access_nofault(__put_user, *(const type *)(from), to, type, label)
#endif

#endif /* VPMEM_COMPAT_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of all suites: adapters of their own, the views as numbers, the contexts
 * of Linux, and failures of memory on demand.
 */
#ifndef VPMEM_KUNIT_HELPERS_H
#define VPMEM_KUNIT_HELPERS_H

#include <kunit/test.h>
#include <linux/cache.h>
#include <linux/mm.h>

#include "core/testing.h"
#include "kunit/lib/compat.h"
#include "kunit/lib/context.h"
#include "kunit/lib/view.h"
#include "vpmem.h"

struct pci_dev;

/* The alignment of a block, and the largest one that does not start a page. */
#define VT_GRANULE	(2 * sizeof(void *))
#define VT_SMALL_MAX	(PAGE_SIZE - 2 * VT_GRANULE)

/* Tag from the four characters that are shown, in their order */
static inline u32 vt_tag(const char *shown)
{
	return shown[0] | shown[1] << 8 | shown[2] << 16 | shown[3] << 24;
}

#define VT_TAG		vt_tag("Test")

#define VT_EVENTS	32
#define VT_EXTRA	4

/*
 * helpers.c: the fixture. Every test has an adapter, which is detached and must
 * then have nothing left.
 */

struct vt_events {
	unsigned int nr;
	char name[VT_EVENTS][20];
	unsigned long count[VT_EVENTS];
};

struct vt_fixture {
	struct platform_device *pdev;
	struct device *dev;
	void *ext;
	void *extra[VT_EXTRA];		/* more adapters of the same device */
	bool leaves_blocks;		/* the test does so on purpose */
	char *text;			/* the last view that was read */
	size_t room;
	/* State that vt_remember() saw */
	struct vt_events own, stray, now;
	char *tags;
	char quota[64];
	unsigned int regions;
	unsigned long regions_sum;
};

int vt_init(struct kunit *test);
void vt_exit(struct kunit *test);
void vt_need_pc(struct kunit *test);
bool vt_has_stacks(void);
void vt_need_port_range(struct kunit *test);
void vt_need_stacks(struct kunit *test);

/*
 * Ordinary memory can replace I/O memory: not where accesses to that are emulated, or take
 * instructions of their own.
 */
static inline bool vt_memory_may_be_io(void)
{
	return !IS_ENABLED(CONFIG_INDIRECT_IOMEM) && !IS_ENABLED(CONFIG_S390);
}

struct pci_dev *vt_become_vga(struct kunit *test);
void vt_attach_again(struct kunit *test);
void *vt_attach_another(struct kunit *test);
void vt_detach(struct kunit *test, void *ext);
void *vt_detached_extension(struct kunit *test);

static inline void *vt_ext(struct kunit *test)
{
	return ((struct vt_fixture *)test->priv)->ext;
}

void vt_verify(struct kunit *test, bool on);
void *vt_alloc(struct kunit *test, VP_POOL_TYPE type, size_t size);

/* Do not assert in between. */
struct mm_struct *vt_borrow_mm(struct kunit *test);
void vt_return_mm(struct mm_struct *mm);

/* vt_remember() first, then a call that is refused, then one of these. */
void vt_remember(struct kunit *test);
void vt_expect_untouched(struct kunit *test);
void vt_expect_events(struct kunit *test, const char *own, const char *stray,
		      unsigned int times);
void vt_expect_refused(struct kunit *test, const char *event);

typedef void vt_free_call(PVOID ext, PVOID block);

void vt_expect_free_refused(struct kunit *test, vt_free_call *call, void *block,
			    const char *event);

/* Sizes worth trying, in bytes, from 0 on. */
extern const size_t vt_sizes[];
extern const unsigned int vt_nr_sizes;

/* Params: the four types of pool, as struct vt_type. */
struct vt_type {
	VP_POOL_TYPE type;
	const char *name;
	const char *kind;
	bool paged;
	bool aligned;
};

VT_GENERATOR(vt_type_params);

/* Params: addresses that no allocation of this DDI ever returned. */
struct vt_foreign {
	const char *name;
	void *(*address)(struct kunit *test);
	bool memory;			/* something is there, or may be */
};

VT_GENERATOR(vt_foreign_params);

/*
 * views.c: the views as numbers
 */

struct vt_row {
	char tag[24], kind[12], hex[12], reason[16], adapter[48];
	u64 allocs, frees, diff, bytes, per_alloc, charged, failures, peak;
};

struct vt_region {
	char kind[12], tag[24], hex[12], means[12], verify[8], adapter[48];
	u64 size, charged, age, bus, physical, limit;
	unsigned long address;
	const char *line;
};

const char *vt_view(struct kunit *test, void *ext, const char *name);
bool vt_parse_row(const char *line, struct vt_row *row);
bool vt_find_row(struct kunit *test, void *ext, const char *tag, const char *kind,
		 struct vt_row *row);
bool vt_find_region(struct kunit *test, void *ext, const void *block,
		    struct vt_region *region);
unsigned int vt_count_regions(struct kunit *test, void *ext, unsigned long *sum);
void vt_expect_failures(struct kunit *test, const char *tag, const char *kind,
			unsigned int failures, const char *reason);
void vt_expect_live(struct kunit *test, const char *tag, const char *kind,
		    u64 blocks, u64 bytes);
void vt_read_events(struct kunit *test, void *ext, struct vt_events *events);
unsigned long vt_event(struct kunit *test, void *ext, const char *name);

/* The kernel's log from a mark on. */
u64 vt_log_mark(void);
unsigned int vt_log_count(u64 mark, const char *first, const char *second);
void vt_log_wait(void);

/* Read a file of sysfs. Return false if it does not exist. debugfs cannot be read. */
bool vt_file_read(const char *path, char *text, size_t size);
bool vt_file_write(const char *path, const char *text);
umode_t vt_file_mode(const char *path);

/*
 * context.c: every context of Linux
 */

extern const struct vt_context vt_softirq, vt_irqs_off, vt_preempt_off, vt_nmi;

VT_GENERATOR(vt_context_params);
VT_GENERATOR(vt_atomic_params);
VT_GENERATOR(vt_off_params);
void vt_expect_irql(struct kunit *test, const struct vt_context *context, UCHAR irql);
void vt_skip_if_hidden(struct kunit *test, const struct vt_context *context);
bool vt_falls_asleep(struct task_struct *task);
void *vt_alloc_in(const struct vt_context *context, void *ext, VP_POOL_TYPE type,
		  size_t size, u32 tag);
void vt_free_in(const struct vt_context *context, vt_free_call *call, void *ext,
		void *block);

/*
 * fault.c: memory that runs out at every place in turn
 */

struct vt_fault_site {
	/* Makes the call; true if it succeeded. Looks at nothing but its result. */
	bool (*call)(struct kunit *test, void *data);
	void (*undo)(struct kunit *test, void *data);	/* may be NULL */
	void (*failed)(struct kunit *test, void *data, unsigned int failures);
	/* Sets up what the call uses up, before memory is short; may be NULL */
	void (*prepare)(struct kunit *test, void *data);
};

/* Returns how often the call failed. */
unsigned int vt_each_fault(struct kunit *test, const struct vt_fault_site *site,
			   void *data);
void vt_out_of_memory(struct kunit *test, const struct vt_fault_site *site, void *data);
void vt_need_faults(struct kunit *test);
void vt_no_fault(void);

/*
 * The suites
 */

extern struct kunit_suite vt_memory_suite, vt_pool_suite, vt_free_suite, vt_buffer_suite;
extern struct kunit_suite vt_quota_suite, vt_small_suite, vt_tags_suite;
extern struct kunit_suite vt_many_tags_suite, vt_tag_views_suite, vt_peaks_suite;
extern struct kunit_suite vt_regions_suite, vt_rows_suite, vt_verify_suite, vt_attach_suite;
extern struct kunit_suite vt_adapters_suite, vt_nmi_suite, vt_dma_suite, vt_common_suite;
extern struct kunit_suite vt_common_release_suite, vt_contig_suite, vt_contig_free_suite;
extern struct kunit_suite vt_lock_suite, vt_pinned_suite, vt_unlock_suite, vt_packet_suite;
extern struct kunit_suite vt_start_suite, vt_complete_suite, vt_olddma_suite, vt_map_suite;
extern struct kunit_suite vt_nomap_suite, vt_unmap_suite, vt_mmap_suite, vt_rom_suite;
extern struct kunit_suite vt_int10_suite, vt_int10_references_suite, vt_block_suite;
extern struct kunit_suite vt_block_free_suite, vt_realmode_suite, vt_bios_suite;
extern struct kunit_suite vt_badhelper_suite, vt_biosdata_suite, vt_int10dev_suite, vt_io_suite;
extern struct kunit_suite vt_time_suite, vt_print_suite, vt_format_suite, vt_sync_suite;
extern struct kunit_suite vt_spinlock_suite, vt_event_suite, vt_bus_suite, vt_claims_suite;
extern struct kunit_suite vt_ranges_suite, vt_registry_suite, vt_registry_text_suite;
extern struct kunit_suite vt_system_suite, vt_ddc_suite, vt_ddc_refused_suite, vt_entry_suite;
extern struct kunit_suite vt_load_suite, vt_port_suite, vt_request_suite, vt_portfs_suite;
extern struct kunit_suite vt_framebuffer_suite, vt_frame_file_suite, vt_screen_suite;
extern struct kunit_suite vt_display_suite, vt_pixels_suite, vt_monitor_suite, vt_pointer_suite;
extern struct kunit_suite vt_children_suite;
extern struct kunit_suite vt_interrupt_suite, vt_timer_suite, vt_synchronize_suite;
extern struct kunit_suite vt_devlock_suite, vt_detach_suite, vt_detach_dpc_suite;
extern struct kunit_suite vt_executive_suite, vt_ex_free_suite, vt_ex_contiguous_suite;
extern struct kunit_suite vt_kernel_suite, vt_ke_lock_suite, vt_ke_wait_suite, vt_ke_mutex_suite;
extern struct kunit_suite vt_include_suite, vt_arith_suite, vt_park_suite;
extern struct kunit_suite vt_quarantine_suite, vt_fail_suite, vt_quiesce_suite;
extern struct kunit_suite vt_realtime_suite;

/* Cases of the suite many_tags that are in storm.c. */
void tags_20_storm(struct kunit *test);

#endif /* VPMEM_KUNIT_HELPERS_H */

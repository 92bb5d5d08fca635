/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rooms of vpmem show each other. Drivers include vpmem.h.
 */
#ifndef VPMEM_INTERNAL_H
#define VPMEM_INTERNAL_H

#include <linux/interrupt.h>
#include <linux/jump_label.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "core/compat.h"
#include "core/tags.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

struct dentry;
struct pci_dev;
struct resource;
struct seq_file;
struct vm_area_struct;
struct vpmem_adapter;
struct vpmem_port;
struct vpmem_region;

/* What is counted because a driver should not do it. */
enum vpmem_event {
	VPMEM_EV_ZERO_LENGTH,
	VPMEM_EV_NULL_FREE,
	VPMEM_EV_BAD_TAG,
	VPMEM_EV_BAD_TYPE,
	VPMEM_EV_BAD_SIZE,
	VPMEM_EV_BAD_PARAMETER,
	VPMEM_EV_BAD_CONTEXT,
	VPMEM_EV_BAD_POINTER,
	VPMEM_EV_DOUBLE_FREE,
	VPMEM_EV_WRONG_PAIRING,
	VPMEM_EV_WRONG_ADAPTER,
	VPMEM_EV_NO_ADAPTER,
	VPMEM_EV_MISMATCH,
	VPMEM_EV_BUSY,
	VPMEM_EV_BAD_MASK,
	VPMEM_EV_BAD_LIMIT,
	VPMEM_EV_BAD_RANGE,
	VPMEM_EV_FOREIGN_RANGE,
	VPMEM_EV_BIOS,
	VPMEM_EV_BAD_EDID,
	VPMEM_EV_UNSUPPORTED,
	VPMEM_EV_OVERRUN,
	VPMEM_EV_DETACH_RACE,
	VPMEM_EV_LEAK,
	VPMEM_EVENTS,
};

/* Who called which function of the DDI, for messages. */
struct vpmem_call {
	const char *name;
	unsigned long caller;
	struct vpmem_adapter *entered;	/* counted in its calls: a detach waits */
};

#define VPMEM_CALL() { .name = __func__, .caller = _RET_IP_ }

/*
 * Context (see Documentation/contexts.rst)
 */

/* Without PREEMPT_COUNT this is never true, which is the safe answer. */
static __always_inline bool vpmem_may_sleep(void)
{
	return preemptible() && !rcu_preempt_depth();
}

/* True only where it is certain; a spinlock may be invisible. */
static __always_inline bool vpmem_cannot_sleep(void)
{
	return preempt_count() || irqs_disabled() || rcu_preempt_depth();
}

/*
 * NULL is an ordinary answer in this DDI: a failure is not shouted, and no request of
 * a driver invokes the OOM killer, which __GFP_RETRY_MAYFAIL prevents at every order.
 * VPMEM_GFP_LIGHT takes what is free and is right in every context.
 */
#define VPMEM_GFP_PASSIVE	(GFP_KERNEL | __GFP_NOWARN | __GFP_RETRY_MAYFAIL)
#define VPMEM_GFP_ATOMIC	(GFP_ATOMIC | __GFP_NOWARN)
#define VPMEM_GFP_LIGHT		(GFP_NOWAIT | __GFP_NOWARN)

static __always_inline gfp_t vpmem_gfp(void)
{
	return vpmem_may_sleep() ? VPMEM_GFP_PASSIVE : VPMEM_GFP_ATOMIC;
}

/*
 * Scope around a kernel call that allocates with a GFP_KERNEL of its own, such as page
 * tables or a struct resource: those allocations fail or take a page of the reserves,
 * and the OOM killer is not invoked. Allocate something with VPMEM_GFP_PASSIVE first,
 * so that a driver in a loop is stopped at the ordinary watermark.
 */
static inline unsigned int vpmem_no_oom_begin(void)
{
	return memalloc_noreclaim_save();
}

static inline void vpmem_no_oom_end(unsigned int flags)
{
	memalloc_noreclaim_restore(flags);
}

/*
 * Reading what may not be there. Everything that is looked at through a pointer
 * of the driver's lies in the direct map; the rest of the kernel's half, device
 * registers among it, is not touched.
 */
static __always_inline bool vpmem_in_memory(const void *p)
{
	unsigned long address = (unsigned long)kasan_reset_tag(p);

	return address >= PAGE_OFFSET && address < (unsigned long)high_memory;
}

/*
 * For what begins in memory, which may have holes. User-mode Linux has none, but
 * cannot catch a fault either.
 */
static __always_inline bool vpmem_read(const u64 *from, u64 *value)
{
	u64 seen;

	if (IS_ENABLED(CONFIG_UML) && !vpmem_in_memory((const u8 *)(from + 1) - 1))
		return false;
	__get_kernel_nofault(&seen, from, u64, fault);
	*value = seen;
	return true;
fault:
	return false;
}

/*
 * nofault.c: memory whose address a driver has told
 */

size_t vpmem_copy_from_unknown(void *to, const void *from, size_t bytes);
size_t vpmem_copy_to_unknown(void *to, const void *from, size_t bytes);

/*
 * log.c: events
 */

extern atomic_long_t vpmem_stray_events[VPMEM_EVENTS];

void vpmem_log_init(void);
void vpmem_count_event(struct vpmem_adapter *adapter, enum vpmem_event event);
const char *vpmem_event_name(unsigned int event);
__printf(4, 5)
void vpmem_complain(struct vpmem_adapter *adapter, enum vpmem_event event,
		    const struct vpmem_call *call, const char *fmt, ...);

/*
 * secrecy.c: addresses in views and messages
 */

#define VPMEM_SYMBOL_TEXT	160

const char *vpmem_symbol_text(unsigned long address, char text[VPMEM_SYMBOL_TEXT]);
bool vpmem_hides_physical(void);

static inline bool vpmem_not_null(struct vpmem_adapter *adapter, const void *argument,
				  const char *name, const struct vpmem_call *call)
{
	if (!argument)
		vpmem_complain(adapter, VPMEM_EV_BAD_PARAMETER, call, "%s is NULL", name);
	return argument;
}

/*
 * vpmem.c: adapters
 */

struct vpmem_int10 {
	atomic_t references;
	void *block;
	atomic_long_t calls;
	atomic_long_t failures;
	int last_error;
	u16 last_in;			/* AX */
	u16 last_out;
};

/* Failed requests for contiguous memory, and the last of them. */
struct vpmem_contig_failures {
	spinlock_t lock;		/* for the rest of the structure */
	unsigned long count;
	u64 limit;
	u32 size;
};

/* What the driver has claimed, see claims.c. */
struct vpmem_claims {
	struct mutex lock;		/* for the list, and to request what is in it */
	struct list_head list;
};

/* The values of registry.c. */
struct vpmem_registry {
	struct mutex lock;		/* for all below; no callback is under it */
	struct list_head values;
	unsigned int count;
};

/* One at a time, with what Windows does by the level of the processor. */
struct vpmem_gate {
	spinlock_t lock;		/* of whoever is inside */
	int cpu;			/* of who is inside, or -1 */
};

struct vpmem_interrupt {
	struct vpmem_gate high;		/* the interrupt */
	struct vpmem_gate medium;	/* the DPC and the timer */
	struct mutex line_lock;		/* for what the line is, and whether it is ours */
	unsigned int irq;
	bool connected;
	bool timer_runs;
	spinlock_t over_lock;		/* for over, and to queue or start something */
	bool over;			/* nothing is connected, queued or started any more */
	unsigned char (*handler)(void *extension);
	void (*timer_routine)(void *extension);
	struct delayed_work timer;
	struct tasklet_struct dpc;
	unsigned long dpc_queued;
	void (*dpc_routine)(void *extension, void *context);
	void *dpc_context;
};

struct vpmem_device_lock {
	wait_queue_head_t queue;	/* its lock is for all below but depth */
	struct lockdep_map map;
	struct task_struct *owner;	/* a reference */
	unsigned int depth;		/* the owner's */
	unsigned int users;		/* the owner, and tasks that wait */
	bool closed;			/* given to nobody any more */
};

/* The regions of an adapter, see regions_table.c. */
struct vpmem_regions {
	spinlock_t lock;		/* for all below, and what it links */
	struct rb_root_cached tree;
	struct hlist_head kind[VPMEM_KINDS];
	u64 serial;			/* of the newest region */
};

struct vpmem_adapter {
	struct vpmem_tags tags;
	/* What the header of a small block is sealed with, see small.h. */
	u64 cookie;
	struct device *dev;
	struct list_head node;		/* in vpmem_adapters */
	u64 serial;			/* rises along that list */
	struct vpmem_regions regions;
	struct dentry *dir;
	const char *name;
	atomic_long_t events[VPMEM_EVENTS];
	atomic_long_t quota_used;
	unsigned long quota;		/* bytes; 0 sets no bound */
	struct vpmem_contig_failures contig_failures;
	struct vpmem_contig_failures common_failures;
	struct vpmem_int10 int10;
	struct vpmem_claims claims;
	struct vpmem_registry registry;
	struct vpmem_interrupt interrupt;
	struct vpmem_device_lock device_lock;
	struct vpmem_port *port;	/* the miniport, of one that port.c has made */
	struct module *module;		/* and the module that it is in */
	bool managed;			/* by devres */
	bool undoes_mappings;		/* at detach, which are then no leak */
	bool masters_again;		/* the device, right after the detach */
	bool closing;			/* a detach has begun; under vpmem_adapters_lock */
	bool waits_end;			/* under the lock of wait.c */
	/* Calls that are inside and counted, and the last one of them to enter. */
	atomic_t calls;
	const char *last_call;
	/* Says that the extension behind it is attached. */
	u64 seal;
	u8 extension[] __aligned(16) __aligned(ARCH_KMALLOC_MINALIGN);
};

extern struct list_head vpmem_adapters;		/* RCU, or the mutex */
extern struct mutex vpmem_adapters_lock;
extern u64 vpmem_secret;

struct vpmem_adapter *vpmem_enter(void *extension, struct vpmem_call *call);
bool vpmem_enter_adapter(struct vpmem_adapter *adapter, struct vpmem_call *call);
void vpmem_leave(const struct vpmem_call *call);
bool vpmem_passive(struct vpmem_adapter *adapter, const struct vpmem_call *call);
bool vpmem_freeable(struct vpmem_adapter *adapter, const void *block,
		    const struct vpmem_call *call);
static __always_inline struct vpmem_adapter *vpmem_container(void *extension)
{
	return container_of(extension, struct vpmem_adapter, extension[0]);
}

static __always_inline u64 vpmem_seal(const void *object)
{
	return vpmem_secret ^ (unsigned long)object;
}

/* Whether @seal, a member of what @object should be, says that it is. */
static __always_inline bool vpmem_sealed(const u64 *seal, const void *object)
{
	u64 seen;

	return vpmem_in_memory(seal) && vpmem_read(seal, &seen) &&
	       seen == vpmem_seal(object);
}

static __always_inline bool vpmem_attached(void *extension)
{
	return vpmem_sealed(&vpmem_container(extension)->seal, extension);
}

/* The adapter of an extension, or NULL if it is not attached. */
static inline struct vpmem_adapter *vpmem_adapter(void *extension)
{
	return vpmem_attached(extension) ? vpmem_container(extension) : NULL;
}

/*
 * callers.c: adapters of calls that name none
 */

struct vpmem_adapter *vpmem_enter_caller(struct vpmem_call *call);
void vpmem_callers_forget(void);

/*
 * pool.c: for calls that name no adapter
 */

void *vpmem_pool_alloc_light(VP_POOL_TYPE type, size_t size, u32 tag,
			     unsigned long caller);
void *vpmem_pool_alloc(struct vpmem_adapter *adapter, VP_POOL_TYPE type, size_t size,
		       u32 tag, const struct vpmem_call *call);
void vpmem_pool_free(void *block, u32 tag, struct vpmem_call *call);

/*
 * large.c: memory for large blocks and internal arrays
 */

bool vpmem_memory_left(u64 bytes);
bool vpmem_range_left(u64 bytes);
void *vpmem_kvmalloc(size_t bytes, gfp_t gfp);

/*
 * dma.c: DMA adapters
 */

/* What those who use a DMA adapter have to know of it. */
struct vpmem_dma {
	struct device *dev;
	struct dma_pool *pages;		/* of one page each; may be NULL */
	unsigned int users;		/* with this one */
	u32 maximum_length;
	bool scatter_gather;
};

bool vpmem_dma_use(struct _VP_DMA_ADAPTER *dma, const struct vpmem_adapter *adapter,
		   struct vpmem_dma *what);
void vpmem_dma_unuse(struct _VP_DMA_ADAPTER *dma);
struct device *vpmem_dma_device(const struct _VP_DMA_ADAPTER *dma);
struct dma_pool *vpmem_dma_pages(const struct _VP_DMA_ADAPTER *dma);
struct _VP_DMA_ADAPTER *vpmem_dma_any(struct vpmem_adapter *adapter,
				      const struct vpmem_call *call);
void vpmem_dma_detach(struct vpmem_adapter *adapter);

/*
 * contig.c: contiguous memory; physical.c: addresses
 */

/* Where a contiguous block may lie in physical memory. */
struct vpmem_contig_bounds {
	u64 lowest;
	u64 highest;			/* of its last byte */
	u64 boundary;			/* a power of two no byte range crosses, or 0 */
};

struct page *vpmem_kernel_page(const void *address);
void *vpmem_contig_alloc(struct vpmem_adapter *adapter, u32 size,
			 const struct vpmem_contig_bounds *bounds,
			 const struct vpmem_call *call);
void *vpmem_contig_search(size_t bytes, const struct vpmem_contig_bounds *bounds);
void vpmem_contig_search_free(void *memory, size_t bytes);
void vpmem_contig_free(struct vpmem_adapter *adapter, void *memory,
		       const struct vpmem_call *call);
bool vpmem_failures_add(struct vpmem_contig_failures *failures, u32 size, u64 limit);
void vpmem_contig_attach(struct vpmem_adapter *adapter);
void vpmem_contig_show(struct seq_file *m, struct vpmem_adapter *adapter);
void vpmem_contig_init(void);
void vpmem_contig_exit(void);

/*
 * lock.c: locked buffers
 */

struct vpmem_mdl {
	unsigned int offset;		/* in the first page */
	unsigned int count;
	bool pinned;			/* else memory of the kernel's */
	struct mm_struct *mm;		/* charged for the pages, or NULL */
	bool writable;
	struct page *pages[];
};

void *vpmem_lock(struct vpmem_adapter *adapter, void *base, u32 length,
		 VP_LOCK_OPERATION operation, const struct vpmem_call *call);
void vpmem_unlock(struct vpmem_adapter *adapter, void *mdl,
		  const struct vpmem_call *call);

/*
 * map.c: device memory; mmap.c: for processes
 */

struct vpmem_mapping {
	u64 start;			/* as the CPU sees it */
	u64 length;
	u32 flags;			/* VIDEO_MEMORY_SPACE_* */
};

void *vpmem_map(struct vpmem_adapter *adapter, const struct vpmem_mapping *mapping,
		const struct vpmem_call *call);
void vpmem_unmap(void *address, const struct vpmem_call *call);
struct vpmem_region *vpmem_map_hold(struct vpmem_adapter *adapter, const void *address,
				    struct vpmem_mapping *mapping);
bool vpmem_area_fits(struct vm_area_struct *vma, u64 length);
pgprot_t vpmem_area_protection(const struct vm_area_struct *vma, u32 flags);

/*
 * rom.c: ROM images
 */

void vpmem_rom_detach(struct vpmem_adapter *adapter, const struct vpmem_call *call);

/*
 * config.c: configuration space; bus.c: the bus
 */

u32 vpmem_config_slot(const struct pci_dev *pdev);
struct pci_dev *vpmem_bus_pci(const struct vpmem_adapter *adapter);
bool vpmem_decodes_vga(const struct vpmem_adapter *adapter);

/*
 * quiesce.c: the end of bus mastering
 */

bool vpmem_quiesce(const struct vpmem_adapter *adapter);
void vpmem_keep_memory(struct vpmem_adapter *adapter, bool quiet,
		       const struct vpmem_call *call);

/*
 * claims.c: what memory and ports are the adapter's
 */

void vpmem_claims_attach(struct vpmem_adapter *adapter);
void vpmem_claims_detach(struct vpmem_adapter *adapter);
bool vpmem_owns_range(const struct vpmem_adapter *adapter, struct resource *range);
bool vpmem_claims_range(struct vpmem_adapter *adapter, struct resource *range);

/*
 * registry.c: values by name; value.c: how they are shown
 */

void vpmem_registry_attach(struct vpmem_adapter *adapter);
void vpmem_registry_detach(struct vpmem_adapter *adapter);
int vpmem_registry_check_text(const char *text, const struct vpmem_call *call);
int vpmem_registry_set_text(struct vpmem_adapter *adapter, const char *text,
			    const struct vpmem_call *call);
void vpmem_value_show(struct seq_file *m, const u16 *name, const void *data, u32 length);

/*
 * realmode.c: the address space of the video BIOS
 */

#define VPMEM_INT10_BLOCK	0x1000

int vpmem_realmode_init(void);
void vpmem_realmode_wake_up(void);
void vpmem_realmode_exit(void);
bool vpmem_realmode_has_bios(void);
void vpmem_realmode_read(u32 linear, void *to, u32 length);
void vpmem_realmode_write(u32 linear, const void *from, u32 length);
void *vpmem_realmode_take_block(void);
void vpmem_realmode_put_block(const void *block);
u32 vpmem_realmode_linear(const void *block);
bool vpmem_realmode_has(u64 start, u64 length);
struct page *vpmem_realmode_page(u64 physical);
int vpmem_realmode_mmap(struct vm_area_struct *vma);

/*
 * biosdata.c: the interrupt table and the data of the BIOS
 */

void vpmem_biosdata_init(void *memory);
bool vpmem_biosdata_is_outdated(const void *machine);
bool vpmem_biosdata_restore(char *damage, size_t size);

/*
 * bios.c: calls of the video BIOS; int10.c: the interface to both
 */

struct vpmem_bios_report {
	/* Descriptions of what was overwritten and put back; empty if nothing was */
	char damaged_before[48];
	char damaged_after[48];
	/* Text of the helper, as it came */
	char message[VPMEM_INT10_MESSAGE];
	unsigned int message_length;
};

int vpmem_bios_init(void);
void vpmem_bios_exit(void);
void vpmem_bios_idle(void);
int vpmem_bios_call(struct vpmem_int10_registers *registers,
		    struct vpmem_bios_report *report);
bool vpmem_bios_is_absent(int err);
const char *vpmem_bios_error(int err);
void vpmem_bios_show(struct seq_file *m);
void vpmem_int10_show(struct seq_file *m, const struct vpmem_adapter *adapter);

/*
 * time.c: the time in units of Windows; event.c: events
 */

#define VPMEM_TICK_NS	100

s64 vpmem_system_time(void);

#define VPMEM_FOR_EVER	U64_MAX

u64 vpmem_wait_deadline(const union _LARGE_INTEGER *timeout);
long vpmem_wait_jiffies(u64 end);

/*
 * wait.c: waits that a detach ends
 */

struct vpmem_wait {
	struct list_head node;
	struct task_struct *task;
	const struct vpmem_adapter *adapters[3];	/* any may be NULL */
	bool over;			/* an adapter of it is being detached */
};

void vpmem_wait_begin(struct vpmem_wait *wait, struct vpmem_adapter *named,
		      struct vpmem_adapter *owner);
void vpmem_wait_end(struct vpmem_wait *wait);
void vpmem_waits_end(struct vpmem_adapter *adapter);
void vpmem_waits_allow(struct vpmem_adapter *adapter);

/*
 * print.c: messages in the formats of Windows, at a VIDEO_DEBUG_LEVEL
 */

void vpmem_print(int level, const char *format, va_list list);

/*
 * print.c: messages in the formats of Windows, at a VIDEO_DEBUG_LEVEL
 */

void vpmem_print(int level, const char *format, va_list list);

/*
 * interrupt.c: interrupts, and what is called later
 */

void vpmem_interrupt_attach(struct vpmem_adapter *adapter);
void vpmem_interrupt_detach(struct vpmem_adapter *adapter);
int vpmem_interrupt_set(struct vpmem_adapter *adapter, unsigned int irq,
			unsigned char (*handler)(void *extension));
void vpmem_timer_set(struct vpmem_adapter *adapter, void (*routine)(void *extension));

/*
 * devlock.c: the device lock
 */

void vpmem_device_lock_init(struct vpmem_adapter *adapter);
void vpmem_device_close(struct vpmem_adapter *adapter, const struct vpmem_call *call);
bool vpmem_device_lock(struct vpmem_adapter *adapter);
bool vpmem_device_unlock(struct vpmem_adapter *adapter);
unsigned int vpmem_device_depth(struct vpmem_adapter *adapter);
void vpmem_device_settle(struct vpmem_adapter *adapter, unsigned int depth,
			 const char *what);

/*
 * portfs.c: a miniport at a shell
 */

int vpmem_portfs_view(struct vpmem_adapter *adapter, const char *name,
		      struct seq_file *m);
int vpmem_portfs_write(struct vpmem_adapter *adapter, const char *name, u32 value);

/*
 * Verify mode: the guards are verify.c's (regions.h), the calls it counts vpmem.c's
 */

DECLARE_STATIC_KEY_FALSE(vpmem_verify);

void vpmem_verify_set(bool on);

/*
 * pool.c: slots by caller, so that each leak names who allocated it
 */

DECLARE_STATIC_KEY_FALSE(vpmem_callers);

void vpmem_callers_set(bool on);

/*
 * debugfs.c: the views
 */

void vpmem_debugfs_init(void);
void vpmem_debugfs_exit(void);
void vpmem_debugfs_attach(struct vpmem_adapter *adapter);
void vpmem_debugfs_detach(struct vpmem_adapter *adapter);

#endif /* VPMEM_INTERNAL_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rooms of vpmem show each other. Drivers include vpmem.h.
 */
#ifndef VPMEM_INTERNAL_H
#define VPMEM_INTERNAL_H

#include <linux/hash.h>
#include <linux/interrupt.h>
#include <linux/jump_label.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

struct dentry;
struct pci_dev;
struct resource;
struct seq_file;
struct vm_area_struct;
struct vpmem_adapter;
struct vpmem_port;

/* What a block is: the Type column of the tags view. */
enum vpmem_kind {
	VPMEM_NONPAGED,
	VPMEM_PAGED,
	VPMEM_BUFFER,
	VPMEM_SMALL_KINDS,		/* up to here blocks may have a header */
	VPMEM_COMMON = VPMEM_SMALL_KINDS,
	VPMEM_CONTIG,
	VPMEM_LOCKED,			/* may be of any of the above */
	VPMEM_SG_LIST,			/* of what is locked */
	VPMEM_MAPPED,
	VPMEM_ROM,
	VPMEM_INT10,
	VPMEM_LOCK,
	VPMEM_EVENT,
	VPMEM_KINDS,
};

/* What has no tag of its own has that of Windows's port driver: Vprt. */
#define VPMEM_OWN_TAG	0x74727056

/* Why an allocation failed. */
enum vpmem_failure {
	VPMEM_FAIL_NONE,
	VPMEM_FAIL_MEMORY,
	VPMEM_FAIL_QUOTA,
	VPMEM_FAIL_CONTEXT,
	VPMEM_FAIL_SIZE,
	VPMEM_FAIL_TYPE,
	VPMEM_FAIL_ADDRESS,
	VPMEM_FAILURES,
};

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
	struct vpmem_adapter *entered;	/* counted in its calls, in verify mode */
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

/* A NULL is an ordinary answer in this DDI, so failures are not shouted. */
#define VPMEM_GFP_PASSIVE	(GFP_KERNEL | __GFP_NOWARN)
#define VPMEM_GFP_ATOMIC	(GFP_ATOMIC | __GFP_NOWARN)

static __always_inline gfp_t vpmem_gfp(void)
{
	return vpmem_may_sleep() ? VPMEM_GFP_PASSIVE : VPMEM_GFP_ATOMIC;
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
 * tags.c: accounting per adapter, tag and kind
 */

#define VPMEM_TAG_HASH_BITS	8
#define VPMEM_CHUNK_SLOTS	64
#define VPMEM_TAG_CHUNKS	256
#define VPMEM_TAG_SLOTS		(VPMEM_CHUNK_SLOTS * VPMEM_TAG_CHUNKS)

/* One CPU's share. Nothing here ever falls, so that readers need no lock. */
struct vpmem_counters {
	u64 allocs;
	u64 frees;
	u64 bytes_in;
	u64 bytes_out;
	u64 charged_in;
	u64 charged_out;
};

struct vpmem_slot {
	struct hlist_node node;
	struct vpmem_counters __percpu *counters;
	/* What goes into the header of a small block, see small.h. */
	u64 what;
	u64 cookie;
	struct vpmem_adapter *adapter;
	u32 tag;
	u8 kind;
	bool other;		/* sums what found no slot */
	u32 regions;		/* that are left, counted at detach */
	u8 last_failure;
	atomic_t failures;
} __aligned(64);

struct vpmem_chunk {
	struct vpmem_slot slot[VPMEM_CHUNK_SLOTS];
};

struct vpmem_tags {
	struct hlist_head hash[1 << VPMEM_TAG_HASH_BITS];
	struct vpmem_chunk *chunk[VPMEM_TAG_CHUNKS];
	spinlock_t lock;	/* for all below and every change to the above */
	unsigned int chunks;
	unsigned int slots;
	struct work_struct grow;
};

int vpmem_tags_init(struct vpmem_adapter *adapter);
void vpmem_tags_destroy(struct vpmem_adapter *adapter);
struct vpmem_slot *vpmem_slot_get(struct vpmem_adapter *adapter, u32 tag,
				  enum vpmem_kind kind);
void vpmem_slot_sum(const struct vpmem_slot *slot, struct vpmem_counters *sum);
void vpmem_slot_fail(struct vpmem_slot *slot, enum vpmem_failure why);
const char *vpmem_kind_name(unsigned int kind);
const char *vpmem_failure_name(unsigned int why);

#define VPMEM_TAG_TEXT	17
const char *vpmem_tag_text(u32 tag, char text[VPMEM_TAG_TEXT]);
const char *vpmem_slot_text(const struct vpmem_slot *slot, char text[VPMEM_TAG_TEXT]);

static __always_inline struct vpmem_slot *
vpmem_slot_by_id(const struct vpmem_tags *tags, unsigned int id)
{
	return &tags->chunk[id / VPMEM_CHUNK_SLOTS]->slot[id % VPMEM_CHUNK_SLOTS];
}

static __always_inline u32 vpmem_tag_hash(u32 tag, enum vpmem_kind kind)
{
	return hash_32(tag + kind, VPMEM_TAG_HASH_BITS);
}

/* Slots live as long as their adapter, hence no RCU section. */
static __always_inline struct vpmem_slot *
vpmem_slot_find(const struct vpmem_tags *tags, u32 tag, enum vpmem_kind kind)
{
	const struct hlist_head *head = &tags->hash[vpmem_tag_hash(tag, kind)];
	struct vpmem_slot *slot;

	hlist_for_each_entry_rcu(slot, head, node, true)
		if (slot->tag == tag && slot->kind == kind)
			return slot;
	return NULL;
}

static __always_inline void
vpmem_count_alloc(struct vpmem_counters __percpu *counters, size_t size,
		  size_t charged)
{
	this_cpu_inc(counters->allocs);
	this_cpu_add(counters->bytes_in, size);
	this_cpu_add(counters->charged_in, charged);
}

static __always_inline void
vpmem_count_free(struct vpmem_counters __percpu *counters, size_t size,
		 size_t charged)
{
	smp_wmb(); /* pairs with vpmem_slot_sum(): no free is seen without its alloc */
	this_cpu_inc(counters->frees);
	this_cpu_add(counters->bytes_out, size);
	this_cpu_add(counters->charged_out, charged);
}

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
	struct mutex mutex;		/* for what is below, too */
	struct task_struct *owner;
	unsigned int depth;		/* the owner's */
};

struct vpmem_adapter {
	struct vpmem_tags tags;
	/* What the header of a small block is sealed with, see small.h. */
	u64 cookie;
	struct device *dev;
	struct list_head node;		/* in vpmem_adapters */
	struct dentry *dir;
	const char *name;
	atomic_long_t events[VPMEM_EVENTS];
	atomic_long_t quota_used;
	unsigned long quota;		/* bytes; 0 sets no bound */
	/* The last contiguous memory that was not to be had. */
	unsigned long contig_failures;
	u64 contig_failed_limit;
	u32 contig_failed_size;
	struct vpmem_int10 int10;
	struct vpmem_claims claims;
	struct vpmem_registry registry;
	struct vpmem_interrupt interrupt;
	struct vpmem_device_lock device_lock;
	struct vpmem_port *port;	/* the miniport, of one that port.c has made */
	bool managed;			/* by devres */
	/* Verify mode: calls that are inside, and the last one to enter. */
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
 * regions.c: a record for every block of a page or more
 */

struct vpmem_region;

/* A way to come by memory, and to be rid of it. */
struct vpmem_means {
	const char *name;
	bool may_sleep;			/* to put it */
	bool foreign;			/* to kmemleak, which has to be told */
	bool handle;			/* the block stands for the memory */
	void *(*get)(size_t bytes, gfp_t gfp);
	void (*put)(struct vpmem_region *region, void *memory);
};

#define VPMEM_STACK_DEPTH 16

struct vpmem_region {
	struct hlist_node node;
	unsigned long key;		/* ~address: kmemleak must not see it */
	struct vpmem_adapter *adapter;
	struct vpmem_slot *slot;
	const struct vpmem_means *means;
	size_t size;			/* as asked for */
	size_t align;
	size_t charged;			/* whole pages */
	size_t offset;			/* of the block in its pages */
	unsigned long caller;
	u64 since;			/* jiffies */
	u64 bus;			/* for the device; of a mapping, what is mapped */
	unsigned int users;		/* of a mapping; under the lock of its bucket */
	u64 limit;			/* asked for; contiguous memory only */
	struct _VP_DMA_ADAPTER *dma;	/* common buffers and lists only */
	atomic_t holders;		/* see vpmem_region_hold() */
	bool cached;			/* as asked for; common buffers only */
	bool verify;
	struct llist_node deferred;
	unsigned int stack_depth;	/* verify mode only, as what follows */
	unsigned long stack[];
};

struct vpmem_region_request {
	struct vpmem_adapter *adapter;
	struct vpmem_slot *slot;
	size_t size;
	size_t align;
	gfp_t gfp;
	bool contiguous;
	bool verify;
	const struct vpmem_call *call;
};

/* What a free names. Where @refuse tells a reason, the block stays. */
struct vpmem_region_wanted {
	struct vpmem_adapter *adapter;	/* NULL for any */
	const void *block;
	unsigned int kinds;		/* a mask */
	const char *(*refuse)(const struct vpmem_region *region, const void *data);
	const void *data;
};

/* What a visitor wants: to go on, to end here, or to end and have the region. */
enum vpmem_visit {
	VPMEM_VISIT_ON,
	VPMEM_VISIT_END,
	VPMEM_VISIT_TAKE,
};

int vpmem_regions_init(void);
void vpmem_regions_exit(void);
void vpmem_regions_flush(void);
struct vpmem_region *vpmem_region_new(const struct vpmem_region_request *request);
struct vpmem_region *vpmem_handle_new(struct vpmem_adapter *adapter,
				      enum vpmem_kind kind, u32 size, gfp_t gfp,
				      const struct vpmem_call *call);
void vpmem_region_abandon(struct vpmem_region *region);
void *vpmem_region_publish(struct vpmem_region *region, void *memory);
void *vpmem_region_make(const struct vpmem_region_request *request,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data);
void *vpmem_handle_make(struct vpmem_adapter *adapter, enum vpmem_kind kind, u32 size,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data, const struct vpmem_call *call);
struct vpmem_region *vpmem_region_take(const struct vpmem_region_wanted *wanted,
				       const char **why);
struct vpmem_region *vpmem_region_hold(const struct vpmem_region_wanted *wanted,
				       const char **why);
void vpmem_region_drop(struct vpmem_region *region);
struct vpmem_region *
vpmem_regions_visit(enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
		    void *data);
void vpmem_region_free(struct vpmem_region *region, const struct vpmem_call *call);
bool vpmem_region_was_freed(const void *block);
bool vpmem_region_give_back(const struct vpmem_region_wanted *wanted, const char **why,
			    const struct vpmem_call *call);
void vpmem_regions_tally(const struct vpmem_adapter *adapter);
void vpmem_regions_reclaim(const struct vpmem_adapter *adapter, enum vpmem_kind kind,
			   const struct vpmem_call *call);
int vpmem_regions_walk(const struct vpmem_adapter *adapter,
		       void (*show)(const struct vpmem_region *region, void *data),
		       void *data);

static __always_inline void *vpmem_region_block(const struct vpmem_region *region)
{
	return (void *)~region->key;
}

/*
 * large.c: memory of large blocks; explain.c: what is said of a wrong pointer
 */

extern const struct vpmem_means vpmem_by_pages;
extern const struct vpmem_means vpmem_by_vmalloc;

void *vpmem_region_alloc(const struct vpmem_region_request *request);
void vpmem_region_explain(struct vpmem_adapter *adapter, const void *block,
			  const struct vpmem_call *call);

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
void vpmem_dma_show(struct seq_file *m, const struct vpmem_adapter *adapter);

/*
 * contig.c: contiguous memory; physical.c: addresses
 */

struct page *vpmem_kernel_page(const void *address);
void vpmem_contig_show(struct seq_file *m, const struct vpmem_adapter *adapter);
void vpmem_contig_init(void);
void vpmem_contig_exit(void);

/*
 * lock.c: locked buffers
 */

struct vpmem_mdl {
	unsigned int offset;		/* in the first page */
	unsigned int count;
	bool pinned;			/* else memory of the kernel's */
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

bool vpmem_map_find(const struct vpmem_adapter *adapter, const void *address,
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
int vpmem_registry_set_text(struct vpmem_adapter *adapter, const char *text,
			    const struct vpmem_call *call);
int vpmem_registry_show(struct seq_file *m, struct vpmem_adapter *adapter);
void vpmem_value_show(struct seq_file *m, const u16 *name, const void *data, u32 length);

/*
 * realmode.c: the address space of the video BIOS
 */

#define VPMEM_INT10_BLOCK	0x1000

int vpmem_realmode_init(void);
void vpmem_realmode_exit(void);
bool vpmem_realmode_has_bios(void);
void vpmem_realmode_read(u32 linear, void *to, u32 length);
void vpmem_realmode_write(u32 linear, const void *from, u32 length);
void *vpmem_realmode_take_block(void);
void vpmem_realmode_put_block(const void *block);
u32 vpmem_realmode_linear(const void *block);
int vpmem_realmode_mmap(struct vm_area_struct *vma);

/*
 * bios.c: calls of the video BIOS; int10.c: the interface to both
 */

int vpmem_bios_init(void);
void vpmem_bios_exit(void);
void vpmem_bios_idle(void);
int vpmem_bios_call(struct vpmem_int10_registers *registers);
bool vpmem_bios_is_absent(int err);
const char *vpmem_bios_error(int err);
void vpmem_bios_show(struct seq_file *m);
void vpmem_int10_show(struct seq_file *m, const struct vpmem_adapter *adapter);

/*
 * time.c: the time in units of Windows; handle.c: locks and events; event.c: events
 */

#define VPMEM_TICK_NS	100

s64 vpmem_system_time(void);
VP_STATUS vpmem_handle_fault(struct vpmem_adapter *adapter, void **to,
			     enum vpmem_kind kind, const struct vpmem_call *call);
struct vpmem_region *vpmem_handle_hold(struct vpmem_adapter *adapter, const void *handle,
				       enum vpmem_kind kind,
				       const struct vpmem_call *call);
VP_STATUS vpmem_handle_delete(struct vpmem_adapter *adapter, const void *handle,
			      enum vpmem_kind kind, const struct vpmem_call *call);
void vpmem_event_detach(struct vpmem_adapter *adapter);

/*
 * interrupt.c: interrupts, and what is called later
 */

void vpmem_interrupt_attach(struct vpmem_adapter *adapter);
void vpmem_interrupt_detach(struct vpmem_adapter *adapter);
int vpmem_interrupt_set(struct vpmem_adapter *adapter, unsigned int irq,
			unsigned char (*handler)(void *extension));
void vpmem_timer_set(struct vpmem_adapter *adapter, void (*routine)(void *extension));
void vpmem_device_lock(struct vpmem_adapter *adapter);
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
 * Verify mode: the guards are in verify.c, the calls it counts in vpmem.c
 */

DECLARE_STATIC_KEY_FALSE(vpmem_verify);

void vpmem_verify_set(bool on);
void *vpmem_guard_memory(struct vpmem_region *region,
			 const struct vpmem_region_request *request);
void vpmem_guard_tail(struct vpmem_region *region, void *memory);
void vpmem_guard_check(struct vpmem_region *region, const struct vpmem_call *call);

/*
 * debugfs.c: the views
 */

void vpmem_debugfs_init(void);
void vpmem_debugfs_exit(void);
void vpmem_debugfs_attach(struct vpmem_adapter *adapter);
void vpmem_debugfs_detach(struct vpmem_adapter *adapter);

#endif /* VPMEM_INTERNAL_H */

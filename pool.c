// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pool and buffers.
 *
 * A small block lies in a page of blocks (mem/small.h); a larger block, and every block in
 * verify mode, is a region (mem/regions.c). The limit is that of Windows, with the same
 * guarantee: a small block never crosses a page, and a large one is page aligned.
 *
 * The exported functions are the fast path; everything else, and every fault, is handled
 * out of line.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/rculist.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/callers.h"
#include "core/context.h"
#include "core/fail.h"
#include "core/inline.h"
#include "core/log.h"
#include "core/nofault.h"
#include "core/tags.h"
#include "core/testing.h"
#include "core/views.h"
#include "mem/regions.h"
#include "mem/small.h"
#include "mem/pool.h"
#include "vpmem.h"

#define CREATE_TRACE_POINTS
#include "mem/pool_trace.h"

#define POOL_TYPE_PAGED		VpPagedPool
#define POOL_TYPE_ALIGNED	VpNonPagedPoolCacheAligned
#define POOL_TYPES		VpPagedPoolCacheAligned

static unsigned long buffer_quota;
module_param(buffer_quota, ulong, 0644);
MODULE_PARM_DESC(buffer_quota,
		 "Bytes that VideoPortAllocateBuffer may hold an adapter, from its attach on (0: no bound)");

/* Verify mode, callers, kmalloc() or trace events: all allocations take the slow path */
static DEFINE_STATIC_KEY_FALSE(pool_slow);

/* Verify mode or trace events: so do all frees */
static DEFINE_STATIC_KEY_FALSE(pool_slow_free);

DEFINE_STATIC_KEY_FALSE(vpmem_callers);

static DEFINE_STATIC_KEY_FALSE(pool_traced);

static DEFINE_MUTEX(mode_lock);			/* guards these keys, and the next number */
static unsigned int pool_traces;

static void key_set(struct static_key_false *key, bool on)
{
	if (on)
		static_branch_enable(key);
	else
		static_branch_disable(key);
}

/* Set a mode, and send calls to the slow path if any of them is set. */
static void pool_mode_change(struct static_key_false *key, bool on)
{
	bool slow;

	lockdep_assert_held(&mode_lock);
	key_set(key, on);
	slow = static_key_enabled(&vpmem_verify) || static_key_enabled(&pool_traced);
	key_set(&pool_slow_free, slow);
	slow |= static_key_enabled(&vpmem_callers) || static_key_enabled(&vpmem_small_kmalloc) ||
		vpmem_fail_mode();
	key_set(&pool_slow, slow);
}

static void mode_set(struct static_key_false *key, bool on)
{
	mutex_lock(&mode_lock);
	pool_mode_change(key, on);
	mutex_unlock(&mode_lock);
	/* Parked memory is mapped: a use after its free would not fault. */
	if (key == &vpmem_verify)
		vpmem_kept_drain_all();
}

void vpmem_verify_set(bool on)
{
	mode_set(&vpmem_verify, on);
}

void vpmem_callers_set(bool on)
{
	mode_set(&vpmem_callers, on);
}

/* Choose where small blocks come from. Return what was chosen before. */
bool vpmem_small_kmalloc_set(bool on)
{
	bool before = static_key_enabled(&vpmem_small_kmalloc);

	mode_set(&vpmem_small_kmalloc, on);
	return before;
}
EXPORT_SYMBOL_NS_GPL(vpmem_small_kmalloc_set, VPMEM_TEST_NS);

/* Begin a trace event of pool. Returns 0, as its caller wants it. */
int vpmem_pool_trace_begin(void)
{
	mutex_lock(&mode_lock);
	pool_mode_change(&pool_traced, ++pool_traces);
	mutex_unlock(&mode_lock);
	return 0;
}

void vpmem_pool_trace_end(void)
{
	mutex_lock(&mode_lock);
	pool_mode_change(&pool_traced, --pool_traces);
	mutex_unlock(&mode_lock);
}

/* Request for a block. Its slot has the adapter, the tag and the kind. */
struct pool_request {
	struct vpmem_slot *slot;
	size_t size;
	bool aligned;
	const struct vpmem_call *call;
};

/*
 * Allocation
 */

/* Choose the GFP flags. Paged pool may sleep by its contract. */
static gfp_t request_gfp(const struct pool_request *request)
{
	return request->slot->kind == VPMEM_NONPAGED ? vpmem_gfp() : VPMEM_GFP_PASSIVE;
}

static void *region_alloc(const struct pool_request *request, bool verify)
{
	size_t align = SMALL_GRANULE;

	if (request->size > SMALL_MAX)
		align = PAGE_SIZE;
	else if (request->aligned)
		align = SMALL_CACHE_ALIGN;
	return vpmem_region_alloc(&(struct vpmem_region_request){
		.slot = request->slot,
		.size = request->size,
		.align = align,
		.gfp = request_gfp(request),
		/* Physically contiguous, because a driver may pass it to its device. */
		.contiguous = request->aligned && request->slot->kind == VPMEM_NONPAGED,
		.verify = verify,
		.call = request->call,
	});
}

/* Allocate, and if that fails once more after freeing what the adapter has without blocks. */
static void *small_alloc(const struct pool_request *request)
{
	struct vpmem_slot *slot = request->slot;
	gfp_t gfp = request_gfp(request);
	void *block = vpmem_small_alloc(slot, request->size, request->aligned, gfp);

	if (!block && vpmem_spare_free(slot->adapter))
		block = vpmem_small_alloc(slot, request->size, request->aligned, gfp);
	return block;
}

static bool context_allows(enum vpmem_kind kind)
{
	if (in_nmi())
		return false;
	if (kind == VPMEM_NONPAGED)
		return true;
	if (vpmem_cannot_sleep())
		return false;
	might_sleep();
	return true;
}

static enum vpmem_failure request_check(const struct pool_request *request)
{
	if (!context_allows(request->slot->kind)) {
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_CONTEXT,
				  in_nmi() ? "%s pool requested in an NMI" :
					  "%sPool requested in atomic context",
				  vpmem_kind_name(request->slot->kind));
		return VPMEM_FAIL_CONTEXT;
	}
	if (request->size >> PAGE_SHIFT >= totalram_pages()) {
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_SIZE,
				  "%zu bytes exceed the memory of this machine",
				  request->size);
		return VPMEM_FAIL_SIZE;
	}
	if (!request->size)
		vpmem_warn_misuse(request->call, VPMEM_EV_ZERO_LENGTH,
				  "zero bytes requested; the smallest block is allocated");
	return VPMEM_FAIL_NONE;
}

/* Look up the slot of a request, once: all that follows counts in it. */
static struct vpmem_slot *pool_slot(u32 tag, enum vpmem_kind kind,
				    const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	if (static_branch_unlikely(&vpmem_callers))
		return vpmem_slot_of_caller(adapter, tag, kind, call->caller);
	return vpmem_slot_get(adapter, tag, kind);
}

/* Allocate a block after checks of context and size. A failure is counted in the slot. */
static void *block_alloc(const struct pool_request *request)
{
	bool verify = static_branch_unlikely(&vpmem_verify);
	struct vpmem_slot *slot = request->slot;
	enum vpmem_failure why;
	void *block;

	why = request_check(request);
	if (why) {
		vpmem_slot_fail(slot, why);
		return NULL;
	}
	if (vpmem_fail(slot, request->size))
		block = NULL;
	else if (verify || request->size > SMALL_MAX)
		block = region_alloc(request, verify);
	else
		block = small_alloc(request);
	if (block)
		trace_pool_alloc(slot, block, request->size, request->call->caller);
	else
		vpmem_slot_fail(slot, vpmem_locks_sleep() ? VPMEM_FAIL_CONTEXT :
							   VPMEM_FAIL_MEMORY);
	return block;
}

static void refuse_type(const struct pool_request *request, VP_POOL_TYPE type)
{
	vpmem_warn_misuse(request->call, VPMEM_EV_BAD_TYPE, "invalid VP_POOL_TYPE %d",
			  type);
	vpmem_slot_fail(request->slot, VPMEM_FAIL_TYPE);
}

/* Check the pool type, and allocate. */
static __vpmem_inlined void *
type_alloc(VP_POOL_TYPE type, size_t size, u32 tag, const struct vpmem_call *call)
{
	enum vpmem_kind kind = type & POOL_TYPE_PAGED ? VPMEM_PAGED : VPMEM_NONPAGED;
	const struct pool_request request = {
		.slot = pool_slot(tag, kind, call),
		.size = size,
		.aligned = type & POOL_TYPE_ALIGNED,
		.call = call,
	};

	if (!(type & ~POOL_TYPES))
		return block_alloc(&request);
	refuse_type(&request, type);
	return NULL;
}

void *vpmem_pool_alloc(VP_POOL_TYPE type, size_t size, u32 tag,
		       const struct vpmem_call *call)
{
	return type_alloc(type, size, tag, call);
}

/* Slow path: first use of a tag, large blocks, verify mode, failures */
static noinline void *pool_alloc(void *extension, VP_POOL_TYPE type, size_t size,
				 u32 tag, unsigned long caller)
{
	struct vpmem_call call = {
		.name = "VideoPortAllocatePool",
		.caller = caller,
	};
	void *block = NULL;

	if (vpmem_enter(extension, &call))
		block = type_alloc(type, size, tag, &call);
	vpmem_leave(&call);
	return block;
}

/* Tell whether the fast path may allocate a block: a valid type and size, and a context. */
static __vpmem_inlined bool is_common(unsigned int type, size_t size)
{
	return !static_branch_unlikely(&pool_slow) && !(type & ~POOL_TYPES) &&
	       size - 1 < SMALL_MAX &&
	       (type & POOL_TYPE_PAGED ? !vpmem_cannot_sleep() : !in_nmi());
}

static __vpmem_inlined const struct vpmem_slot *
pool_common_slot(const struct vpmem_adapter *adapter, u32 tag, unsigned int type)
{
	BUILD_BUG_ON((int)VPMEM_NONPAGED != (int)VpNonPagedPool ||
		     (int)VPMEM_PAGED != (int)VpPagedPool);
	return vpmem_slot_find(&adapter->tags, tag, (enum vpmem_kind)(type & POOL_TYPE_PAGED));
}

static __vpmem_inlined unsigned int common_class(unsigned int type, size_t size)
{
	return small_class_of(size, type & POOL_TYPE_ALIGNED);
}

/* Continue a common allocation whose magazine is empty. */
static noinline void *pool_refill(const struct vpmem_slot *slot, VP_POOL_TYPE type, size_t size,
				  unsigned long caller)
{
	return vpmem_small_refill(slot, size, common_class(type, size)) ?:
	       pool_alloc(slot->adapter->extension, type, size, slot->tag, caller);
}

/* The other paths are tail calls, so that this one saves few registers. */
PVOID VideoPortAllocatePool(PVOID HwDeviceExtension, VP_POOL_TYPE PoolType,
			    SIZE_T NumberOfBytes, ULONG Tag)
{
	struct vpmem_counters __percpu *counters;
	const struct vpmem_slot *slot;
	unsigned int class;
	void *block;

	if (unlikely(!is_common(PoolType, NumberOfBytes) || !vpmem_attached(HwDeviceExtension)))
		goto slow;
	slot = pool_common_slot(vpmem_container(HwDeviceExtension), Tag, PoolType);
	if (unlikely(!slot))
		goto slow;
	counters = slot->counters;
	class = common_class(PoolType, NumberOfBytes);
	if (likely(small_alloc_fast(slot, counters, NumberOfBytes, class, &block)))
		return unlikely(vpmem_above_watch(counters)) ? vpmem_peak_sample(slot, block) :
							       block;
	return pool_refill(slot, PoolType, NumberOfBytes, _RET_IP_);
slow:
	return pool_alloc(HwDeviceExtension, PoolType, NumberOfBytes, Tag, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortAllocatePool);

/*
 * Try the fast path for a call that takes no extension. Return NULL if it does not apply.
 * Disabled preemption keeps the adapter, so that the call need not be counted.
 */
void *vpmem_pool_alloc_light(VP_POOL_TYPE type, size_t size, u32 tag,
			     unsigned long caller)
{
	const struct vpmem_adapter *adapter;
	const struct vpmem_slot *slot;
	unsigned int class;
	void *block = NULL;

	if (unlikely(!is_common(type, size)))
		return NULL;
	class = common_class(type, size);
	preempt_disable();
	adapter = vpmem_caller_adapter(caller);
	slot = adapter ? pool_common_slot(adapter, tag, type) : NULL;
	if (likely(slot)) {
		if (likely(small_alloc_fast(slot, slot->counters, size, class, &block)))
			block = vpmem_peak_watch(slot, block);
		else
			block = vpmem_small_refill(slot, size, class);
	}
	preempt_enable();
	return block;
}

/*
 * Free
 */

struct pool_free {
	void *block;
	unsigned int kinds;		/* bit mask of those that this call may free */
	u32 tag;			/* expected tag, or 0 for any */
	const struct vpmem_call *call;
};

static void check_free_context(const struct pool_free *request, unsigned int kind)
{
	if (kind != VPMEM_NONPAGED && vpmem_cannot_sleep())
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_CONTEXT,
				  "a %s block is freed in atomic context; freed anyway",
				  vpmem_kind_name(kind));
}

/* Compare the tag of a free. Blocks counted in "(other)" have the tag 0, too. */
static void check_free_tag(const struct pool_free *request, u32 tag)
{
	char is[VPMEM_TAG_TEXT], said[VPMEM_TAG_TEXT];

	if (!tag || request->tag == tag)
		return;
	vpmem_warn_misuse(request->call, VPMEM_EV_MISMATCH,
			  "the tag of %p is %s, and not %s; freed anyway", request->block,
			  vpmem_tag_text(tag, is), vpmem_tag_text(request->tag, said));
}

static void check_free(const struct pool_free *request, const struct vpmem_slot *slot)
{
	check_free_context(request, slot->kind);
	if (request->tag)
		check_free_tag(request, slot->tag);
}

/* Report a fault, unless this is a live block that the call may free and that it claims. */
static bool claim_small(const struct pool_free *request, const struct small_found *found)
{
	if (!found->live || found->inside || found->adapter != request->call->adapter ||
	    !(request->kinds & BIT(found->slot->kind))) {
		vpmem_small_explain(request->block, found, request->call);
		return false;
	}
	if (vpmem_small_claim(request->block, found))
		return true;
	vpmem_warn_misuse(request->call, VPMEM_EV_DOUBLE_FREE,
			  "%p is being freed concurrently", request->block);
	return false;
}

/* Free a small block or report a fault. Return false if it is not in a page of blocks. */
static bool free_small(const struct pool_free *request)
{
	struct small_found found;
	bool known, claimed;

	rcu_read_lock();
	known = vpmem_small_find(request->block, &found);
	claimed = known && claim_small(request, &found);
	rcu_read_unlock();
	if (claimed) {
		check_free(request, found.slot);
		trace_pool_free(found.slot, request->block, found.size,
				request->call->caller);
		vpmem_small_free(request->block, &found);
	}
	return known;
}

/* Slow path of a free, and faults */
static void request_free(const struct pool_free *request)
{
	const struct vpmem_region_wanted wanted = {
		.adapter = request->call->adapter,
		.block = request->block,
		.kinds = request->kinds,
	};
	struct vpmem_region *region;
	const char *why;

	if (!vpmem_check_free(request->block, request->call))
		return;
	/* Such a block is in a table under a lock, and freed by kfree(). */
	if (static_branch_unlikely(&vpmem_small_kmalloc) && !vpmem_check_may_lock(request->call))
		return;
	region = vpmem_region_remove(&wanted, &why);
	if (region) {
		check_free(request, region->slot);
		trace_pool_free(region->slot, request->block, region->size,
				request->call->caller);
		vpmem_region_free(region, request->call);
	} else if (why) {
		vpmem_warn_misuse(request->call, VPMEM_EV_BUSY, "%p: %s; left alone",
				  request->block, why);
	} else if (!free_small(request)) {
		vpmem_region_explain(request->block, request->call);
	}
}

/* Enter the adapter of a region under the lock of the table, and refuse the removal. */
static const char *enter_region(const struct vpmem_region *region, const void *data)
{
	vpmem_enter_adapter(region->adapter, (struct vpmem_call *)data);
	return "only the adapter is looked up";
}

static bool enter_by_small(const void *block, struct vpmem_call *call)
{
	struct small_found found;
	bool entered;

	rcu_read_lock();
	entered = vpmem_small_find(block, &found) && !found.inside &&
		  vpmem_enter_adapter(found.adapter, call);
	rcu_read_unlock();
	return entered;
}

/* Enter the adapter that owns or owned the block, if that can be found out. */
static void enter_owner(const void *block, struct vpmem_call *call)
{
	const struct vpmem_region_wanted wanted = {
		.block = block,
		.kinds = ~0U,
		.refuse = enter_region,
		.data = call,
	};
	const char *why;

	if (block && !in_nmi() && !enter_by_small(block, call))
		vpmem_region_get(&wanted, &why);
}

#define POOL_KINDS	(BIT(VPMEM_NONPAGED) | BIT(VPMEM_PAGED))

/* Try the fast path of a free. */
static __vpmem_inlined bool common_free(void *block, unsigned int kinds, u32 tag,
					const struct vpmem_adapter *adapter, bool any)
{
	return !static_branch_unlikely(&pool_slow_free) &&
	       small_free_fast(block, kinds, tag, adapter, any);
}

/* Free as VideoPortFreePool() does, but a block of any adapter. */
void vpmem_pool_free(void *block, u32 tag, struct vpmem_call *call)
{
	struct pool_free request = {
		.block = block,
		.kinds = POOL_KINDS,
		.tag = tag,
		.call = call,
	};

	if (likely(common_free(block, POOL_KINDS, tag, NULL, true)))
		return;
	enter_owner(block, call);
	request_free(&request);
	vpmem_leave(call);
}

static noinline void pool_free(void *extension, void *block, unsigned long caller)
{
	struct vpmem_call call = {
		.name = "VideoPortFreePool",
		.caller = caller,
	};
	const struct pool_free request = {
		.block = block,
		.kinds = POOL_KINDS,
		.call = &call,
	};

	if (vpmem_enter(extension, &call))
		request_free(&request);
	vpmem_leave(&call);
}

/* Free a block. That its page is of the same adapter also proves the extension. */
VOID VideoPortFreePool(PVOID HwDeviceExtension, PVOID Ptr)
{
	if (unlikely(!common_free(Ptr, POOL_KINDS, 0,
				  vpmem_container(HwDeviceExtension), false)))
		pool_free(HwDeviceExtension, Ptr, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortFreePool);

/*
 * Buffers: paged pool within a quota
 */

/* Sum the bytes of the live buffers of an adapter. */
static u64 quota_used(const struct vpmem_adapter *adapter)
{
	unsigned int id, slots = vpmem_slots(&adapter->tags);
	struct vpmem_counters sum;
	u64 used = 0;

	for (id = 0; id < slots; id++) {
		const struct vpmem_slot *slot = vpmem_slot_by_id(&adapter->tags, id);

		if (slot->kind != VPMEM_BUFFER)
			continue;
		vpmem_slot_sum(slot, &sum);
		used += sum.bytes_in - sum.bytes_out;
	}
	return used;
}

/* Allocate within a quota: one buffer at a time, so that its bytes are counted before the next. */
static VP_STATUS quota_alloc(const struct pool_request *request, void **block)
{
	struct vpmem_adapter *adapter = request->slot->adapter;
	VP_STATUS status = ERROR_INSUFFICIENT_BUFFER;
	u64 quota, used;

	mutex_lock(&adapter->quota_lock);
	quota = READ_ONCE(adapter->quota);
	used = quota_used(adapter);
	if (!quota || (request->size <= quota && used <= quota - request->size)) {
		*block = block_alloc(request);
		status = *block ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
	} else {
		vpmem_slot_fail(request->slot, VPMEM_FAIL_QUOTA);
	}
	mutex_unlock(&adapter->quota_lock);
	return status;
}

static VP_STATUS buffer_alloc(const struct pool_request *request, void **block)
{
	if (READ_ONCE(request->slot->adapter->quota) && !vpmem_cannot_sleep())
		return quota_alloc(request, block);
	/* Where a buffer is refused for the context, the quota does not matter. */
	*block = block_alloc(request);
	return *block ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

static noinline VP_STATUS buffer_alloc_slow(void *extension, ULONG size, void **buffer,
					    unsigned long caller)
{
	struct vpmem_call call = {
		.name = "VideoPortAllocateBuffer",
		.caller = caller,
	};
	struct pool_request request = { .size = size, .call = &call };
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (buffer)
		*buffer = NULL;
	if (vpmem_enter(extension, &call) && vpmem_not_null(buffer, "Buffer", &call)) {
		request.slot = pool_slot(VPMEM_OWN_TAG, VPMEM_BUFFER, &call);
		/* Blocks counted by caller have other slots, and all take this path. */
		if (!request.slot->caller && !request.slot->other)
			/* Publish: the fast path follows the pointer, which orders it. */
			smp_store_release(&call.adapter->buffers, request.slot);
		status = buffer_alloc(&request, buffer);
	}
	vpmem_leave(&call);
	return status;
}

static noinline VP_STATUS buffer_sample(const struct vpmem_slot *slot)
{
	vpmem_peak_sample(slot, NULL);
	return NO_ERROR;
}

VP_STATUS VideoPortAllocateBuffer(PVOID HwDeviceExtension, ULONG Size,
				  PVOID *Buffer)
{
	const struct vpmem_adapter *adapter = vpmem_container(HwDeviceExtension);
	struct vpmem_counters __percpu *counters;
	const struct vpmem_slot *slot;
	unsigned int class;
	void *block;

	if (unlikely(!is_common(POOL_TYPE_PAGED, Size) || !vpmem_attached(HwDeviceExtension) ||
		     !Buffer || READ_ONCE(adapter->quota)))
		goto slow;
	slot = READ_ONCE(adapter->buffers);
	if (unlikely(!slot))
		goto slow;
	counters = slot->counters;
	class = small_class_of(Size, false);
	if (likely(small_alloc_fast(slot, counters, Size, class, &block))) {
		*Buffer = block;
		return unlikely(vpmem_above_watch(counters)) ? buffer_sample(slot) : NO_ERROR;
	}
slow:
	return buffer_alloc_slow(HwDeviceExtension, Size, Buffer, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortAllocateBuffer);

static noinline void buffer_free(void *extension, void *buffer, unsigned long caller)
{
	struct vpmem_call call = {
		.name = "VideoPortReleaseBuffer",
		.caller = caller,
	};
	const struct pool_free request = {
		.block = buffer,
		.kinds = BIT(VPMEM_BUFFER),
		.call = &call,
	};

	if (vpmem_enter(extension, &call))
		request_free(&request);
	vpmem_leave(&call);
}

VOID VideoPortReleaseBuffer(PVOID HwDeviceExtension, PVOID Buffer)
{
	const struct vpmem_adapter *adapter = vpmem_container(HwDeviceExtension);

	if (unlikely(!common_free(Buffer, BIT(VPMEM_BUFFER), 0, adapter, false)))
		buffer_free(HwDeviceExtension, Buffer, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseBuffer);

/*
 * Views: the quota, and the modes for blocks from then on
 */

static int quota_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	seq_printf(m, "%lu used %llu\n", READ_ONCE(adapter->quota), quota_used(adapter));
	return 0;
}

static int quota_write(struct vpmem_adapter *adapter, const char *text)
{
	unsigned long quota;
	int err = kstrtoul(text, 0, &quota);

	if (!err)
		WRITE_ONCE(adapter->quota, quota);
	return err;
}

static struct vpmem_view quota_view = {
	.name = "quota",
	.places = VPMEM_VIEW_ADAPTERS,
	.show = quota_show,
	.write = quota_write,
};

static int key_show(struct seq_file *m, struct static_key_false *key)
{
	seq_puts(m, static_key_enabled(key) ? "Y\n" : "N\n");
	return 0;
}

static int key_write(struct static_key_false *key, const char *text)
{
	bool on;
	int err = kstrtobool(text, &on);

	if (!err)
		mode_set(key, on);
	return err;
}

static int verify_mode_show(struct seq_file *m, struct vpmem_adapter *unused)
{
	return key_show(m, &vpmem_verify);
}

static int verify_mode_write(struct vpmem_adapter *unused, const char *text)
{
	return key_write(&vpmem_verify, text);
}

static struct vpmem_view verify_view = {
	.name = "verify",
	.places = VPMEM_VIEW_ALL,
	.show = verify_mode_show,
	.write = verify_mode_write,
};

static int callers_mode_show(struct seq_file *m, struct vpmem_adapter *unused)
{
	return key_show(m, &vpmem_callers);
}

static int callers_mode_write(struct vpmem_adapter *unused, const char *text)
{
	return key_write(&vpmem_callers, text);
}

static struct vpmem_view callers_view = {
	.name = "callers",
	.places = VPMEM_VIEW_ALL,
	.show = callers_mode_show,
	.write = callers_mode_write,
};

#ifdef CONFIG_FAULT_INJECTION_DEBUG_FS

static int fail_write(struct vpmem_adapter *unused, const char *text)
{
	int on = vpmem_fail_choose(text);

	if (on >= 0)
		mode_set(&vpmem_failing, on);
	return min(on, 0);
}

static struct vpmem_view fail_view = {
	.name = "fail",
	.places = VPMEM_VIEW_ALL,
	.show = vpmem_fail_show,
	.write = fail_write,
};

static void __init fail_view_init(void)
{
	vpmem_view_register(&fail_view);
	vpmem_fail_init();
}

#else

static void __init fail_view_init(void)
{
}

#endif

void vpmem_pool_attach(struct vpmem_adapter *adapter)
{
	mutex_init(&adapter->quota_lock);
	adapter->quota = READ_ONCE(buffer_quota);
}

void __init vpmem_pool_init(void)
{
	vpmem_view_register(&quota_view);
	vpmem_view_register(&verify_view);
	vpmem_view_register(&callers_view);
	fail_view_init();
}

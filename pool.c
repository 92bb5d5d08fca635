// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pool and buffers.
 *
 * A small block is a slab object with a sealed header (mem/small.h); a larger block, and
 * every block in verify mode, is a region without a header (mem/regions.c). The limit is
 * that of Windows, with the same guarantee: a small block never crosses a page, and a
 * large one is page aligned.
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
#include "core/log.h"
#include "core/nofault.h"
#include "core/tags.h"
#include "core/testing.h"
#include "core/views.h"
#include "mem/regions.h"
#include "mem/small.h"
#include "mem/pool.h"
#include "vpmem.h"

#define POOL_TYPE_PAGED		VpPagedPool
#define POOL_TYPE_ALIGNED	VpNonPagedPoolCacheAligned
#define POOL_TYPES		VpPagedPoolCacheAligned

static unsigned long buffer_quota;
module_param(buffer_quota, ulong, 0644);
MODULE_PARM_DESC(buffer_quota,
		 "Bytes that VideoPortAllocateBuffer may hold an adapter, from its attach on (0: no bound)");

/* Verify mode or callers: all allocations take the slow path */
static DEFINE_STATIC_KEY_FALSE(pool_slow);

DEFINE_STATIC_KEY_FALSE(vpmem_callers);

static DEFINE_MUTEX(mode_lock);			/* guards the three keys */

/* Set one of the two modes, and send allocations to the slow path if either is set. */
static void mode_set(struct static_key_false *key, bool on)
{
	mutex_lock(&mode_lock);
	if (on)
		static_branch_enable(key);
	else
		static_branch_disable(key);
	if (static_key_enabled(&vpmem_verify) || static_key_enabled(&vpmem_callers))
		static_branch_enable(&pool_slow);
	else
		static_branch_disable(&pool_slow);
	mutex_unlock(&mode_lock);
}

void vpmem_verify_set(bool on)
{
	mode_set(&vpmem_verify, on);
}

void vpmem_callers_set(bool on)
{
	mode_set(&vpmem_callers, on);
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

static bool request_is_small(const struct pool_request *request)
{
	if (request->aligned)
		return request->size <= PAGE_SIZE - SMALL_CACHE_ALIGN;
	return request->size <= SMALL_MAX;
}

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
	if (verify || !request_is_small(request))
		block = region_alloc(request, verify);
	else if (request->aligned)
		block = vpmem_small_alloc_aligned(slot, request->size,
						  request_gfp(request));
	else
		block = small_alloc(slot, request->size, request_gfp(request));
	if (!block)
		vpmem_slot_fail(slot, VPMEM_FAIL_MEMORY);
	return block;
}

static void refuse_type(const struct pool_request *request, VP_POOL_TYPE type)
{
	vpmem_warn_misuse(request->call, VPMEM_EV_BAD_TYPE, "invalid VP_POOL_TYPE %d",
			  type);
	vpmem_slot_fail(request->slot, VPMEM_FAIL_TYPE);
}

/* Check the pool type, and allocate. */
static __always_inline void *
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

/*
 * Second half of the fast path, in a function of its own so that the first half, which has
 * more arguments, needs no stack frame.
 */
static noinline void *common_alloc(const struct vpmem_slot *slot, size_t size)
{
	void *memory = small_memory(size, VPMEM_GFP_LIGHT);

	if (likely(memory))
		return small_block(slot, memory, size);
	return pool_alloc(slot->adapter->extension, (VP_POOL_TYPE)slot->kind, size,
			  slot->tag, _RET_IP_);
}

PVOID VideoPortAllocatePool(PVOID HwDeviceExtension, VP_POOL_TYPE PoolType,
			    SIZE_T NumberOfBytes, ULONG Tag)
{
	enum vpmem_kind kind = (enum vpmem_kind)PoolType;
	const struct vpmem_slot *slot;

	BUILD_BUG_ON((int)VPMEM_NONPAGED != (int)VpNonPagedPool ||
		     (int)VPMEM_PAGED != (int)VpPagedPool);
	if (unlikely(static_branch_unlikely(&pool_slow) ||
		     !vpmem_attached(HwDeviceExtension) ||
		     PoolType & ~POOL_TYPE_PAGED ||
		     NumberOfBytes - 1 >= SMALL_MAX || in_nmi() ||
		     (kind == VPMEM_PAGED && vpmem_cannot_sleep())))
		goto uncommon;
	slot = vpmem_slot_find(&vpmem_container(HwDeviceExtension)->tags, Tag, kind);
	if (likely(slot))
		return common_alloc(slot, NumberOfBytes);
uncommon:
	return pool_alloc(HwDeviceExtension, PoolType, NumberOfBytes, Tag, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortAllocatePool);

/*
 * Keep adapters from being freed, so that a call need not be counted. Disabled preemption
 * costs less than rcu_read_lock(), but the slab of PREEMPT_RT takes locks that sleep.
 */
static __always_inline void light_begin(void)
{
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		rcu_read_lock();
	else
		preempt_disable();
}

static __always_inline void light_end(void)
{
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		rcu_read_unlock();
	else
		preempt_enable();
}

/* Try the fast path for a call that takes no extension. Return NULL if it does not apply. */
void *vpmem_pool_alloc_light(VP_POOL_TYPE type, size_t size, u32 tag,
			     unsigned long caller)
{
	enum vpmem_kind kind = (enum vpmem_kind)type;
	const struct vpmem_adapter *adapter;
	const struct vpmem_slot *slot;
	void *block = NULL;

	if (unlikely(static_branch_unlikely(&pool_slow) || type & ~POOL_TYPE_PAGED ||
		     size - 1 >= SMALL_MAX || in_nmi() ||
		     (kind == VPMEM_PAGED && vpmem_cannot_sleep())))
		return NULL;
	light_begin();
	adapter = vpmem_caller_adapter(caller);
	slot = adapter ? vpmem_slot_find(&adapter->tags, tag, kind) : NULL;
	if (likely(slot)) {
		block = small_memory(size, VPMEM_GFP_LIGHT);
		if (likely(block))
			block = small_block(slot, block, size);
	}
	light_end();
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

/* Find the adapter, kind and state of a block by its header. Return NULL if unknown. */
static struct vpmem_adapter *header_owner(struct small_header header, const void *block,
					  u64 *kind, bool *live)
{
	struct vpmem_adapter *owner;

	list_for_each_entry_rcu(owner, &vpmem_adapters, node) {
		*kind = small_kind_any(header, block, READ_ONCE(owner->cookie));
		*live = *kind < VPMEM_SMALL_KINDS;
		if (!*live)
			*kind = ~*kind;
		if (*kind < VPMEM_SMALL_KINDS)
			return owner;
	}
	return NULL;
}

static enum vpmem_event misuse(const struct pool_free *request,
			       const struct vpmem_adapter *owner, bool live)
{
	if (!live)
		return VPMEM_EV_DOUBLE_FREE;
	return owner == request->call->adapter ? VPMEM_EV_WRONG_PAIRING :
					   VPMEM_EV_WRONG_ADAPTER;
}

/* Report a fault by the header in front of a pointer, if it has one. */
static bool explain_by_header(const struct pool_free *request)
{
	struct vpmem_adapter *owner;
	struct small_header header;
	char text[VPMEM_TAG_TEXT];
	bool live;
	u64 kind;

	if (!small_peek(&header, request->block))
		return false;
	rcu_read_lock();
	owner = header_owner(header, request->block, &kind, &live);
	if (owner)
		vpmem_warn_misuse(request->call, misuse(request, owner, live),
				  "%p %s a %s block of %s, tag %s, %zu bytes; left alone",
				  request->block, live ? "is" : "was",
				  vpmem_kind_name(kind), owner->name,
				  vpmem_tag_text(small_tag(header), text),
				  small_size(header));
	rcu_read_unlock();
	return owner;
}

/* Return the kind of a live small block of this adapter, else VPMEM_SMALL_KINDS. */
static unsigned int header_kind(const struct pool_free *request,
				struct small_header *header)
{
	u64 kind;

	if (!request->call->adapter || !small_peek(header, request->block))
		return VPMEM_SMALL_KINDS;
	kind = small_kind_any(*header, request->block, request->call->adapter->cookie);
	if (kind < VPMEM_SMALL_KINDS && request->kinds & BIT(kind))
		return kind;
	return VPMEM_SMALL_KINDS;
}

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

/*
 * Slow path of a free, and faults. Sets the size that the block was requested with.
 */
static bool request_free(const struct pool_free *request, size_t *size)
{
	struct vpmem_adapter *adapter = request->call->adapter;
	const struct vpmem_region_wanted wanted = {
		.adapter = request->call->adapter,
		.block = request->block,
		.kinds = request->kinds,
	};
	struct vpmem_region *region;
	struct small_header header;
	unsigned int kind;
	const char *why;

	if (!vpmem_check_free(request->block, request->call))
		return false;
	kind = header_kind(request, &header);
	if (kind != VPMEM_SMALL_KINDS) {
		if (!small_break(request->block, header)) {
			vpmem_warn_misuse(request->call, VPMEM_EV_DOUBLE_FREE,
					  "%p is being freed concurrently",
					  request->block);
			return false;
		}
		check_free_context(request, kind);
		if (request->tag)
			check_free_tag(request, small_tag(header));
		*size = small_size(header);
		if (header.meta & SMALL_ALIGNED)
			vpmem_small_free_aligned(adapter, request->block, header);
		else
			small_free(adapter, request->block, header);
		return true;
	}
	region = vpmem_region_remove(&wanted, &why);
	if (region) {
		check_free_context(request, region->slot->kind);
		if (request->tag)
			check_free_tag(request, region->slot->tag);
		*size = region->size;
		vpmem_region_free(region, request->call);
		return true;
	}
	if (why)
		vpmem_warn_misuse(request->call, VPMEM_EV_BUSY, "%p: %s; left alone",
				  request->block, why);
	else if (!explain_by_header(request))
		vpmem_region_explain(request->block, request->call);
	return false;
}

/* Enter the adapter of a region under the lock of the table, and refuse the removal. */
static const char *enter_region(const struct vpmem_region *region, const void *data)
{
	vpmem_enter_adapter(region->adapter, (struct vpmem_call *)data);
	return "only the adapter is looked up";
}

static bool enter_by_header(const void *block, struct vpmem_call *call)
{
	struct vpmem_adapter *owner = NULL;
	struct small_header header;
	bool live;
	u64 kind;

	rcu_read_lock();
	if (small_peek(&header, block))
		owner = header_owner(header, block, &kind, &live);
	if (owner && !vpmem_enter_adapter(owner, call))
		owner = NULL;
	rcu_read_unlock();
	return owner;
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

	if (block && !in_nmi() && !enter_by_header(block, call))
		vpmem_region_get(&wanted, &why);
}

/* Try the fast path of vpmem_pool_free(), as vpmem_pool_alloc_light() does. */
static bool free_light(void *block, u32 tag)
{
	bool may_sleep = !vpmem_cannot_sleep(), done = false;
	struct vpmem_adapter *owner;
	struct small_header header;
	u64 kind;

	if (unlikely(static_branch_unlikely(&vpmem_verify) || in_nmi() ||
		     !small_peek(&header, block) || (tag && tag != small_tag(header))))
		return false;
	light_begin();
	list_for_each_entry_rcu(owner, &vpmem_adapters, node) {
		kind = small_kind(header, block, READ_ONCE(owner->cookie));
		if (kind > VPMEM_PAGED)
			continue;
		done = (kind == VPMEM_NONPAGED || may_sleep) && small_break(block, header);
		if (likely(done))
			small_free(owner, block, header);
		break;
	}
	light_end();
	return done;
}

/* Free as VideoPortFreePool() does, but a block of any adapter. */
void vpmem_pool_free(void *block, u32 tag, struct vpmem_call *call)
{
	struct pool_free request = {
		.block = block,
		.kinds = BIT(VPMEM_NONPAGED) | BIT(VPMEM_PAGED),
		.tag = tag,
		.call = call,
	};
	size_t size;

	if (likely(free_light(block, tag)))
		return;
	enter_owner(block, call);
	request_free(&request, &size);
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
		.kinds = BIT(VPMEM_NONPAGED) | BIT(VPMEM_PAGED),
		.call = &call,
	};
	size_t size;

	if (vpmem_enter(extension, &call))
		request_free(&request, &size);
	vpmem_leave(&call);
}

/* Free paged pool, or take the slow path of VideoPortFreePool(). */
static noinline void paged_free(struct vpmem_adapter *adapter, void *block, u64 kind,
				unsigned long caller)
{
	struct small_header header;

	if (likely(kind == VPMEM_PAGED && !vpmem_cannot_sleep())) {
		header = *((struct small_header *)block - 1);
		if (likely(small_break(block, header))) {
			small_free(adapter, block, header);
			return;
		}
	}
	pool_free(adapter->extension, block, caller);
}

/*
 * Free a block. A valid kind also proves the extension: any other value in place of the
 * cookie would not match the header.
 */
VOID VideoPortFreePool(PVOID HwDeviceExtension, PVOID Ptr)
{
	struct vpmem_adapter *adapter = vpmem_container(HwDeviceExtension);
	struct small_header header;
	u64 cookie, kind = VPMEM_KINDS;

	if (likely(!static_branch_unlikely(&vpmem_verify) && !in_nmi() &&
		   vpmem_in_memory(adapter) && small_peek(&header, Ptr) &&
		   vpmem_read(&adapter->cookie, &cookie))) {
		kind = small_kind(header, Ptr, cookie);
		if (likely(kind == VPMEM_NONPAGED && small_break(Ptr, header))) {
			small_free(adapter, Ptr, header);
			return;
		}
	}
	paged_free(adapter, Ptr, kind, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortFreePool);

/*
 * Buffers: paged pool within a quota
 */

static bool quota_charge(struct vpmem_adapter *adapter, ULONG size)
{
	unsigned long quota = READ_ONCE(adapter->quota);
	long used = atomic_long_read(&adapter->quota_used);

	do {
		if (quota && (size > quota || used > quota - size))
			return false;
	} while (!atomic_long_try_cmpxchg(&adapter->quota_used, &used, used + size));
	return true;
}

static VP_STATUS buffer_alloc(const struct pool_request *request, void **block)
{
	struct vpmem_adapter *adapter = request->slot->adapter;

	if (!quota_charge(adapter, request->size)) {
		vpmem_slot_fail(request->slot, VPMEM_FAIL_QUOTA);
		return ERROR_INSUFFICIENT_BUFFER;
	}
	*block = block_alloc(request);
	if (*block)
		return NO_ERROR;
	atomic_long_sub(request->size, &adapter->quota_used);
	return ERROR_NOT_ENOUGH_MEMORY;
}

VP_STATUS VideoPortAllocateBuffer(PVOID HwDeviceExtension, ULONG Size,
				  PVOID *Buffer)
{
	struct vpmem_call call = VPMEM_CALL();
	struct pool_request request = { .size = Size, .call = &call };
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (Buffer)
		*Buffer = NULL;
	if (vpmem_enter(HwDeviceExtension, &call) && vpmem_not_null(Buffer, "Buffer", &call)) {
		request.slot = pool_slot(VPMEM_OWN_TAG, VPMEM_BUFFER, &call);
		status = buffer_alloc(&request, Buffer);
	}
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortAllocateBuffer);

VOID VideoPortReleaseBuffer(PVOID HwDeviceExtension, PVOID Buffer)
{
	struct vpmem_call call = VPMEM_CALL();
	const struct pool_free request = {
		.block = Buffer,
		.kinds = BIT(VPMEM_BUFFER),
		.call = &call,
	};
	size_t size;

	if (vpmem_enter(HwDeviceExtension, &call) && request_free(&request, &size))
		atomic_long_sub(size, &call.adapter->quota_used);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseBuffer);

/*
 * Views: the quota, and the modes for blocks from then on
 */

static int quota_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	seq_printf(m, "%lu used %lu\n", READ_ONCE(adapter->quota),
		   atomic_long_read(&adapter->quota_used));
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

void vpmem_pool_attach(struct vpmem_adapter *adapter)
{
	adapter->quota = READ_ONCE(buffer_quota);
}

void __init vpmem_pool_init(void)
{
	vpmem_view_register(&quota_view);
	vpmem_view_register(&verify_view);
	vpmem_view_register(&callers_view);
}

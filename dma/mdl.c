// SPDX-License-Identifier: GPL-2.0-only
/*
 * MDLs: locked buffers.
 *
 * An MDL is the block of a region without memory of its own, so that views, reclaim at
 * detach and diagnosis of wrong pointers work as for every block.
 */
#include <linux/capability.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/pfn.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/log.h"
#include "core/physical.h"
#include "core/tags.h"
#include "dma/mdl.h"
#include "mem/backing.h"
#include "mem/regions.h"
#include "vpmem.h"

/*
 * Charge pinned pages to the process, against RLIMIT_MEMLOCK and as VmPin. Its memory
 * control group has been charged for the pages themselves.
 */
static bool mdl_charge(struct vpmem_mdl *mdl)
{
	u64 limit = rlimit(RLIMIT_MEMLOCK) >> PAGE_SHIFT;
	struct mm_struct *mm = current->mm;
	u64 pinned = atomic64_add_return(mdl->count, &mm->pinned_vm);

	if (pinned > limit && !capable(CAP_IPC_LOCK)) {
		atomic64_sub(mdl->count, &mm->pinned_vm);
		return false;
	}
	mmgrab(mm);
	mdl->mm = mm;
	return true;
}

static void mdl_uncharge(struct vpmem_mdl *mdl)
{
	if (!mdl->mm)
		return;
	atomic64_sub(mdl->count, &mdl->mm->pinned_vm);
	mmdrop(mdl->mm);
}

static void mdl_free(struct vpmem_mdl *mdl)
{
	if (mdl->pinned)
		unpin_user_pages_dirty_lock(mdl->pages, mdl->count, mdl->writable);
	mdl_uncharge(mdl);
	kvfree(mdl);
}

static void mdl_put(struct vpmem_region *region, void *memory)
{
	mdl_free(memory);
}

static const struct vpmem_backing mdl_of_user = {
	.name = "pinned",
	.may_sleep = true,
	.handle = true,
	.put = mdl_put,
};

/* Backing of an MDL of kernel memory, whose owner keeps it in place */
static const struct vpmem_backing mdl_of_kernel = {
	.name = "kernel",
	.may_sleep = true,
	.handle = true,
	.put = mdl_put,
};

static int mdl_find_kernel(struct vpmem_mdl *mdl, const void *base)
{
	const void *address = base - mdl->offset;
	unsigned int i;

	for (i = 0; i < mdl->count; i++) {
		mdl->pages[i] = vpmem_kernel_page(address + i * PAGE_SIZE);
		if (!mdl->pages[i])
			return -EFAULT;
	}
	return 0;
}

static int mdl_pin_user(struct vpmem_mdl *mdl, const void *base)
{
	unsigned int flags = mdl->writable ? FOLL_LONGTERM | FOLL_WRITE :
					     VPMEM_FOLL_READ;
	unsigned long start = (unsigned long)base - mdl->offset;
	unsigned int pinned = 0;
	int got = 0;

	while (pinned < mdl->count) {
		got = pin_user_pages_fast(start + pinned * PAGE_SIZE,
					  mdl->count - pinned, flags,
					  mdl->pages + pinned);
		if (got <= 0)
			break;
		pinned += got;
	}
	mdl->pinned = pinned == mdl->count;
	if (mdl->pinned)
		return 0;
	unpin_user_pages(mdl->pages, pinned);
	return got ?: -EFAULT;
}

/*
 * Check whether the process has memory at an address that is the kernel's as well: on s390 and
 * User-mode Linux, addresses do not tell whose they are.
 */
static bool mdl_is_of_both(const void *base, u32 length)
{
	unsigned long start = (unsigned long)base;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	bool found;

	if (IS_ENABLED(CONFIG_ARCH_HAS_NON_OVERLAPPING_ADDRESS_SPACE) || !mm)
		return false;
	mmap_read_lock(mm);
	vma = find_vma(mm, start);
	found = vma && vma->vm_start < start + length;
	mmap_read_unlock(mm);
	return found;
}

/* Refuse an address of both: a process must not choose memory of the kernel. */
static int mdl_find(struct vpmem_mdl *mdl, const void *base, u32 length)
{
	if (vpmem_kernel_page(base))
		return mdl_is_of_both(base, length) ? -EFAULT : mdl_find_kernel(mdl, base);
	if (!current->mm || !access_ok((const void __user *)base, length))
		return -EFAULT;
	/* Check for free memory: GUP may allocate pages and page tables, with its own flags. */
	if (!vpmem_memory_left(0))
		return -ENOMEM;
	return mdl_charge(mdl) ? mdl_pin_user(mdl, base) : -EDQUOT;
}

/* Pages of devices do not count as one range: the kernel does not join all of them. */
static bool page_follows(struct page *page, struct page *previous)
{
	return page_to_pfn(page) == page_to_pfn(previous) + 1 && !is_zone_device_page(page);
}

static enum vpmem_mdl_layout pages_layout(struct page **pages, unsigned int count)
{
	unsigned int i, following = 0;

	for (i = 1; i < count; i++)
		following += page_follows(pages[i], pages[i - 1]);
	if (following == count - 1)
		return VPMEM_MDL_RANGE;
	return following ? VPMEM_MDL_MIXED : VPMEM_MDL_APART;
}

static struct vpmem_mdl *mdl_new(const void *base, u32 length, bool writable)
{
	unsigned int offset = offset_in_page(base);
	unsigned int count = PFN_UP((u64)offset + length);
	struct vpmem_mdl *mdl;
	int err;

	/* Charge the array to the control group of the process that locks its memory. */
	mdl = vpmem_kvmalloc(struct_size(mdl, pages, count), vpmem_kernel_page(base) ?
			     VPMEM_GFP_PASSIVE : VPMEM_GFP_PASSIVE | __GFP_ACCOUNT);
	if (!mdl)
		return ERR_PTR(-ENOMEM);
	mdl->mm = NULL;
	mdl->offset = offset;
	mdl->count = count;
	mdl->pinned = false;
	mdl->writable = writable;
	err = mdl_find(mdl, base, length);
	if (err) {
		mdl_free(mdl);
		return ERR_PTR(err);
	}
	mdl->layout = pages_layout(mdl->pages, count);
	return mdl;
}

static enum vpmem_failure lock_fault(const void *base, u32 length,
				     VP_LOCK_OPERATION operation,
				     const struct vpmem_call *call)
{
	unsigned long end;

	if (!vpmem_check_may_sleep(call))
		return VPMEM_FAIL_CONTEXT;
	if (operation > VpModifyAccess) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "invalid VP_LOCK_OPERATION %u", operation);
		return VPMEM_FAIL_TYPE;
	}
	if (!length) {
		vpmem_warn_misuse(call, VPMEM_EV_ZERO_LENGTH,
				  "Length is zero; nothing to lock");
		return VPMEM_FAIL_SIZE;
	}
	if (check_add_overflow((unsigned long)base, (unsigned long)length - 1, &end)) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "%u bytes at %p end beyond the last address", length,
				  base);
		return VPMEM_FAIL_SIZE;
	}
	return VPMEM_FAIL_NONE;
}

static enum vpmem_failure lock_failed(const void *base, u32 length, int err,
				      const struct vpmem_call *call)
{
	if (err == -ENOMEM)
		return VPMEM_FAIL_MEMORY;
	if (err == -EDQUOT) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "Length %u exceeds RLIMIT_MEMLOCK of the process (%lu bytes); raise it with ulimit -l",
				  length, rlimit(RLIMIT_MEMLOCK));
		return VPMEM_FAIL_QUOTA;
	}
	vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
			  "not all of the %u bytes at %p can be locked (error %d)", length,
			  base, err);
	return VPMEM_FAIL_ADDRESS;
}

static void *lock_region(struct vpmem_mdl *mdl, u32 length, const struct vpmem_call *call)
{
	struct vpmem_region *region = vpmem_handle_new(VPMEM_MDL, length,
						       VPMEM_GFP_PASSIVE, call);

	if (!region) {
		mdl_free(mdl);
		return NULL;
	}
	region->backing = mdl->pinned ? &mdl_of_user : &mdl_of_kernel;
	region->charged = (size_t)mdl->count << PAGE_SHIFT;
	return vpmem_region_publish(region, mdl);
}

void *vpmem_mdl_create(void *base, u32 length, VP_LOCK_OPERATION operation,
		       const struct vpmem_call *call)
{
	enum vpmem_failure why = lock_fault(base, length, operation, call);
	void *locked = NULL;
	struct vpmem_mdl *mdl;

	if (!why) {
		mdl = mdl_new(base, length, operation != VpReadAccess);
		if (IS_ERR(mdl))
			why = lock_failed(base, length, PTR_ERR(mdl), call);
		else
			locked = lock_region(mdl, length, call);
	}
	if (!locked)
		vpmem_slot_fail(vpmem_slot_get(call->adapter, VPMEM_OWN_TAG, VPMEM_MDL),
				why ?: VPMEM_FAIL_MEMORY);
	return locked;
}

PVOID VideoPortLockBuffer(PVOID HwDeviceExtension, PVOID BaseAddress, ULONG Length,
			  VP_LOCK_OPERATION Operation)
{
	struct vpmem_call call = VPMEM_CALL();
	void *mdl = NULL;

	if (vpmem_enter(HwDeviceExtension, &call))
		mdl = vpmem_mdl_create(BaseAddress, Length, Operation, &call);
	vpmem_leave(&call);
	return mdl;
}
EXPORT_SYMBOL_GPL(VideoPortLockBuffer);

void vpmem_mdl_destroy(void *mdl, const struct vpmem_call *call)
{
	const struct vpmem_region_wanted wanted = {
		.adapter = call->adapter,
		.block = mdl,
		.kinds = BIT(VPMEM_MDL),
	};
	const char *why;

	vpmem_region_release(&wanted, &why, call);
	if (why)
		vpmem_warn_misuse(call, VPMEM_EV_BUSY,
				  "an operation runs on MDL %p; left locked", mdl);
}

VOID VideoPortUnlockBuffer(PVOID HwDeviceExtension, PVOID Mdl)
{
	struct vpmem_call call = VPMEM_CALL();

	if (vpmem_enter(HwDeviceExtension, &call))
		vpmem_mdl_destroy(Mdl, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortUnlockBuffer);

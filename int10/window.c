// SPDX-License-Identifier: GPL-2.0-only
/*
 * Windows: memory above the first megabyte that a call of the BIOS may access, which is
 * that of the adapter's device.
 *
 * The helper maps all of it once, before it gives up its privileges. A page is mapped when
 * it is accessed, if it is in a window of the call that runs, and is unmapped when the call
 * is over. So a helper that a BIOS has taken over reaches no device but the one that the
 * BIOS belongs to, and none after the device was detached.
 */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "core/compat.h"
#include "int10/bios.h"
#include "int10/window.h"

/* Addresses that code in real mode can form, without the first megabyte */
#define WINDOWS_END	SZ_4G

static DEFINE_MUTEX(window_lock);		/* guards all below */
static struct vpmem_windows now;		/* of the call that runs */
static u64 last_closed;				/* sequence of the last call that is over */
static struct inode *mapped;			/* node with mapped pages, or NULL */

/*
 * Let the helper that has taken a request access what the request names, unless it is over:
 * the next one may have been taken meanwhile.
 */
void vpmem_windows_open(const struct vpmem_int10_request *request)
{
	mutex_lock(&window_lock);
	if (request->sequence > last_closed) {
		now.count = request->nr_windows;
		memcpy(now.window, request->windows, sizeof(now.window));
	}
	mutex_unlock(&window_lock);
}

static void unmap_pages(void)
{
	lockdep_assert_held(&window_lock);
	if (mapped) {
		unmap_mapping_range(mapped->i_mapping, VPMEM_INT10_SPACE, 0, 1);
		iput(mapped);
	}
	mapped = NULL;
}

/* Remember a node, which may be removed while pages of it are mapped. */
static void remember_node(struct inode *inode)
{
	lockdep_assert_held(&window_lock);
	if (mapped == inode)
		return;
	unmap_pages();
	ihold(inode);
	mapped = inode;
}

/* Close those of a call that is over. */
void vpmem_windows_close(u64 sequence)
{
	mutex_lock(&window_lock);
	last_closed = sequence;
	now.count = 0;
	unmap_pages();
	mutex_unlock(&window_lock);
}

/* Tell whether all of a page is in a window. A page may have other devices, too. */
static bool page_is_open(u64 address)
{
	const struct vpmem_int10_window *window = now.window;
	unsigned int i;

	for (i = 0; i < now.count; i++, window++)
		if (address >= window->start && window->length >= PAGE_SIZE &&
		    address - window->start <= window->length - PAGE_SIZE)
			return true;
	return false;
}

/* Map a page, unless the kernel has given the helper up, which may not have ended yet. */
static vm_fault_t window_fault(struct vm_fault *vmf)
{
	const struct vpmem_session *session = vmf->vma->vm_file->private_data;
	vm_fault_t fault = VM_FAULT_SIGBUS;

	mutex_lock(&window_lock);
	if (!READ_ONCE(session->given_up) && page_is_open((u64)vmf->pgoff << PAGE_SHIFT)) {
		remember_node(file_inode(vmf->vma->vm_file));
		fault = vmf_insert_pfn(vmf->vma, vmf->address, vmf->pgoff);
	}
	mutex_unlock(&window_lock);
	return fault;
}

static const struct vm_operations_struct window_vm_ops = {
	.fault = window_fault,
};

/* Map addresses from the first megabyte on, at the offset that they have. */
int vpmem_window_mmap(struct vm_area_struct *vma)
{
	unsigned long last = vma->vm_pgoff + vma_pages(vma) - 1;

	if ((vma->vm_flags & (VM_SHARED | VM_EXEC)) != VM_SHARED)
		return -EINVAL;
	if (last < vma->vm_pgoff || last > (WINDOWS_END - 1) >> PAGE_SHIFT)
		return -EINVAL;
	vpmem_vm_flags(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP | VM_DONTCOPY,
		       VM_MAYEXEC);
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	vma->vm_ops = &window_vm_ops;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frame buffer of a miniport, as a file that can be read, written and mapped (see
 * Documentation/debugfs.rst).
 *
 * It is device memory that the miniport has mapped, or memory that it has allocated. While
 * allocated memory is shown, vpmem holds a reference, so that the miniport cannot free it
 * under a process that has it mapped. The lifetime of any other memory is unknown: it
 * cannot be mapped.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/mm.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/devlock.h"
#include "core/log.h"
#include "core/nofault.h"
#include "core/physical.h"
#include "core/tags.h"
#include "core/testing.h"
#include "core/views.h"
#include "map/map.h"
#include "mem/regions.h"
#include "port/port.h"

/* Value of vpmem_screen.flags for memory that is not device memory; no flag of Windows */
#define SCREEN_IS_MEMORY	BIT(31)

/* Kinds of allocated memory that can be mapped page by page */
#define SCREEN_KINDS	(BIT(VPMEM_NONPAGED) | BIT(VPMEM_PAGED) | BIT(VPMEM_BUFFER) | \
			 BIT(VPMEM_CONTIG) | \
			 (IS_ENABLED(CONFIG_X86) ? BIT(VPMEM_COMMON) : 0))

/*
 * Memory behind the frame buffer
 */

static enum vpmem_visit visit_memory(struct vpmem_region *region, void *data)
{
	return BIT(region->slot->kind) & SCREEN_KINDS ? VPMEM_VISIT_GET : VPMEM_VISIT_ON;
}

/* Return the address in the direct map: the miniport may have mapped its memory again. */
static void *direct_address(const void *base)
{
	struct page *page = vpmem_kernel_page(base);

	return page && !PageHighMem(page) ? page_address(page) + offset_in_page(base) :
					    NULL;
}

/*
 * Get a reference to the allocated block at @base. If @base is a second mapping of the
 * block, change it to the address of the block itself: the mapping may be shorter, and
 * may be undone earlier.
 */
static struct vpmem_region *memory_get(struct vpmem_adapter *adapter, void **base,
				       u64 *length)
{
	struct vpmem_region *region;
	void *at = *base;

	region = vpmem_regions_visit_at(adapter, at, visit_memory, NULL);
	if (!region) {
		at = direct_address(at);
		region = vpmem_regions_visit_at(adapter, at, visit_memory, NULL);
	}
	if (!region)
		return NULL;
	*base = at;
	*length = region->size - (at - vpmem_region_block(region));
	return region;
}

/*
 * Clear the rest of the last page, because a process maps whole pages, and must not see
 * earlier contents. In verify mode the rest has the pattern of the guard.
 */
static void clear_tail(struct vpmem_region *region)
{
	size_t used = region->offset + region->size;
	void *memory = vpmem_region_memory(region);

	if (!region->verify && used < region->charged)
		memset(memory + used, 0, region->charged - used);
}

/* Return the bytes from @base to the end of its pages, or of its vmalloc area. */
static u64 unknown_length(const void *base, u64 wanted)
{
	u64 length = 0;
	struct page *page;

	page = vpmem_kernel_page(base);
	if (!page || PageReserved(page))
		return 0;
	if (virt_addr_valid(base)) {
		page = compound_head(page);
		return page_address(page) + page_size(page) - base;
	}
	for (; page && length < wanted; page = vpmem_kernel_page(base + length))
		length += PAGE_SIZE - offset_in_page(base + length);
	return length;
}

/* Find the memory behind the frame buffer. Return how many bytes of it exist. */
static u64 screen_find(struct vpmem_port *port, struct vpmem_screen *screen)
{
	struct vpmem_region *mapped;
	struct vpmem_mapping mapping;
	u64 there = 0;

	mapped = vpmem_map_get(port->adapter, screen->base, &mapping);
	if (mapped) {
		screen->on_device = true;
		screen->start = mapping.start;
		screen->flags = mapping.flags;
		vpmem_region_put(mapped);
		return mapping.length;
	}
	screen->flags = SCREEN_IS_MEMORY;
	screen->memory = memory_get(port->adapter, &screen->base, &there);
	if (!screen->memory)
		return unknown_length(screen->base, screen->length);
	clear_tail(screen->memory);
	return there;
}

static void screen_warn(const struct vpmem_port *port,
			const struct vpmem_screen *screen, u64 there)
{
	const struct vpmem_call call = {
		.name = "IOCTL_VIDEO_MAP_VIDEO_MEMORY",
		.adapter = port->adapter,
	};
	const void *base = port->memory.FrameBufferBase;

	if (!there)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_POINTER,
				  "FrameBufferBase %p, FrameBufferLength 0x%llx: no memory or mapping of this adapter is there; refused",
				  base, screen->length);
	else
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_RANGE,
				  "FrameBufferBase %p, FrameBufferLength 0x%llx: only 0x%llx bytes are there; cut to that",
				  base, screen->length, there);
}

static struct vpmem_screen screen_of(struct vpmem_port *port)
{
	const VIDEO_MEMORY_INFORMATION *memory = &port->memory;
	struct vpmem_screen screen = {
		.base = memory->FrameBufferBase,
		.length = memory->FrameBufferLength,
	};
	u64 there;

	if (!port->mapped || !screen.length)
		return (struct vpmem_screen){};
	there = screen_find(port, &screen);
	if (there < screen.length)
		screen_warn(port, &screen, there);
	screen.length = min(screen.length, there);
	return screen;
}

static void screen_change(struct vpmem_port *port, const struct vpmem_screen *to)
{
	mutex_lock(&port->screen_lock);
	port->screen = *to;
	mutex_unlock(&port->screen_lock);
}

void vpmem_screen_show(struct vpmem_port *port)
{
	const struct vpmem_screen screen = screen_of(port);

	screen_change(port, &screen);
}

/* Hide the frame buffer: processes that have it mapped get SIGBUS at the next access. */
void vpmem_screen_hide(struct vpmem_port *port)
{
	struct vpmem_region *memory = port->screen.memory;

	screen_change(port, &(struct vpmem_screen){});
	if (port->framebuffer)
		unmap_mapping_range(port->framebuffer->i_mapping, 0, 0, 1);
	if (memory)
		vpmem_region_put(memory);
}

/*
 * Reading and writing
 */

/* Find the port, which exists only while the caller has the file from debugfs. */
static struct vpmem_port *file_port(const struct file *file)
{
	const struct vpmem_adapter *adapter = file_inode(file)->i_private;

	return adapter->port;
}

/* Get the file from debugfs for each operation, as core/views.c explains. */
static ssize_t framebuffer_read(struct file *file, char __user *to, size_t count,
				loff_t *pos)
{
	struct dentry *dentry = file->f_path.dentry;
	ssize_t bytes = debugfs_file_get(dentry);

	if (bytes)
		return bytes;
	bytes = vpmem_screen_read(file_port(file), to, count, pos);
	debugfs_file_put(dentry);
	return bytes;
}

static ssize_t framebuffer_write(struct file *file, const char __user *from,
				 size_t count, loff_t *pos)
{
	struct dentry *dentry = file->f_path.dentry;
	ssize_t bytes = debugfs_file_get(dentry);

	if (bytes)
		return bytes;
	bytes = vpmem_screen_write(file_port(file), from, count, pos);
	debugfs_file_put(dentry);
	return bytes;
}

/*
 * Mapping
 */

/* Check for a frame buffer of whole pages that cannot be freed while it is shown. */
static bool screen_has_pages(const struct vpmem_screen *screen)
{
	return screen->length && !offset_in_page(screen->base) &&
	       (screen->on_device || screen->memory);
}

static unsigned long screen_pfn(const struct vpmem_screen *screen, u64 offset)
{
	return screen->memory ?
	       page_to_pfn(vpmem_kernel_page(screen->base + offset)) :
	       PHYS_PFN(screen->start + offset);
}

/*
 * Insert a page at a fault. mmap() could insert all pages, but before the area is in the
 * list of its file: unmap_mapping_range() would miss them when the miniport unmaps its
 * memory.
 */
static vm_fault_t screen_insert(const struct vpmem_screen *screen, struct vm_fault *vmf)
{
	u64 offset = (u64)vmf->pgoff << PAGE_SHIFT;

	/* Refuse an area that was mapped for an earlier frame buffer. */
	if (!screen_has_pages(screen) || offset >= screen->length ||
	    vmf->vma->vm_private_data != (void *)(unsigned long)screen->flags)
		return VM_FAULT_SIGBUS;
	return vmf_insert_pfn(vmf->vma, vmf->address, screen_pfn(screen, offset));
}

static vm_fault_t framebuffer_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct vpmem_port *port;
	vm_fault_t result;

	/* Fail if the file was removed: the area may outlive the adapter. */
	if (debugfs_file_get(file->f_path.dentry))
		return VM_FAULT_SIGBUS;
	port = file_port(file);
	mutex_lock(&port->screen_lock);
	result = screen_insert(&port->screen, vmf);
	mutex_unlock(&port->screen_lock);
	debugfs_file_put(file->f_path.dentry);
	return result;
}

static const struct vm_operations_struct framebuffer_vm_ops = {
	.fault = framebuffer_fault,
};

static int screen_mmap(const struct vpmem_screen *screen, struct vm_area_struct *vma)
{
	if (!screen_has_pages(screen))
		return -ENODEV;
	if (!vpmem_area_fits(vma, PAGE_ALIGN(screen->length)))
		return -EINVAL;
	if (screen->on_device)
		vma->vm_page_prot = vpmem_area_protection(vma, screen->flags);
	vpmem_vm_flags(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP, 0);
	vma->vm_private_data = (void *)(unsigned long)screen->flags;
	vma->vm_ops = &framebuffer_vm_ops;
	return 0;
}

static int framebuffer_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dentry *dentry = file->f_path.dentry;
	int err = debugfs_file_get(dentry);
	struct vpmem_port *port;

	if (err)
		return err;
	port = file_port(file);
	mutex_lock(&port->screen_lock);
	err = screen_mmap(&port->screen, vma);
	mutex_unlock(&port->screen_lock);
	debugfs_file_put(dentry);
	return err;
}

static const struct file_operations framebuffer_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = framebuffer_read,
	.write = framebuffer_write,
	.mmap = framebuffer_mmap,
	.llseek = default_llseek,
};

/*
 * View. debugfs uses the operations above; tests use those below.
 */

static int framebuffer_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	const struct vpmem_pieces pieces = {
		.piece[0] = { .iov_base = m->buf, .iov_len = m->size - 1 },
		.count = 1,
	};
	ssize_t bytes = vpmem_screen_copy(adapter->port, &pieces, 0);

	m->count = max_t(ssize_t, bytes, 0);
	return min_t(ssize_t, bytes, 0);
}

static int framebuffer_store(struct vpmem_adapter *adapter, const char *text)
{
	u32 value;
	const struct vpmem_pieces pieces = {
		.piece[0] = { .iov_base = &value, .iov_len = sizeof(value) },
		.count = 1,
		.write = true,
	};
	int err = kstrtou32(text, 0, &value);
	ssize_t bytes;

	if (err)
		return err;
	bytes = vpmem_screen_copy(adapter->port, &pieces, 0);
	return bytes ? min_t(ssize_t, bytes, 0) : -ENOSPC;
}

static const struct vpmem_view framebuffer_view = {
	.name = "framebuffer",
	.show = framebuffer_show,
	.write = framebuffer_store,
	.file = &framebuffer_fops,
};

void vpmem_screen_add(struct vpmem_port *port)
{
	struct dentry *file = vpmem_view_add(&port->framebuffer_file, port->adapter,
					     &framebuffer_view);

	if (!IS_ERR_OR_NULL(file))
		port->framebuffer = igrab(d_inode(file));
}

void vpmem_screen_remove(struct vpmem_port *port)
{
	vpmem_view_remove(&port->framebuffer_file);
	vpmem_screen_hide(port);
	iput(port->framebuffer);
	port->framebuffer = NULL;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A miniport at a shell: files of its adapter in debugfs that list its modes, set one,
 * and are its frame buffer (see Documentation/debugfs.rst).
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "port.h"

/*
 * modes
 */

static int status_errno(VP_STATUS status)
{
	switch (status) {
	case NO_ERROR:
		return 0;
	case ERROR_NOT_ENOUGH_MEMORY:
		return -ENOMEM;
	case ERROR_INVALID_PARAMETER:
		return -EINVAL;
	case ERROR_INVALID_FUNCTION:
		return -EOPNOTSUPP;
	default:
		return -EIO;
	}
}

static void mode_show(struct seq_file *m, const VIDEO_MODE_INFORMATION *mode)
{
	seq_printf(m, "%-6u %6u %6u %5u %7u %6u %5u 0x%08x 0x%08x 0x%08x 0x%x\n",
		   mode->ModeIndex, mode->VisScreenWidth, mode->VisScreenHeight,
		   mode->BitsPerPlane * max(mode->NumberOfPlanes, 1U),
		   mode->ScreenStride, mode->NumberOfPlanes, mode->Frequency,
		   mode->RedMask, mode->GreenMask, mode->BlueMask,
		   mode->AttributeFlags);
}

static int modes_show(struct seq_file *m, void *unused)
{
	VIDEO_NUM_MODES modes;
	VP_STATUS status;
	void *list;
	ULONG i;

	status = vpmem_port_modes(m->private, &modes, &list);
	if (status != NO_ERROR)
		return status_errno(status);
	seq_printf(m, "%-6s %6s %6s %5s %7s %6s %5s %-10s %-10s %-10s %s\n", "Index",
		   "Width", "Height", "Bits", "Stride", "Planes", "Hz", "Red", "Green",
		   "Blue", "Attributes");
	for (i = 0; i < modes.NumModes; i++)
		mode_show(m, list + i * modes.ModeInformationLength);
	kvfree(list);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(modes);

/*
 * mode
 */

static int mode_state_show(struct seq_file *m, void *unused)
{
	struct vpmem_port *port = m->private;

	vpmem_device_lock(port->adapter);
	if (port->mode_is_set)
		seq_printf(m, "%u\n", port->mode);
	else
		seq_puts(m, "-\n");
	vpmem_device_unlock(port->adapter);
	return 0;
}

static int mode_open(struct inode *inode, struct file *file)
{
	return single_open(file, mode_state_show, inode->i_private);
}

static ssize_t mode_write(struct file *file, const char __user *from, size_t count,
			  loff_t *pos)
{
	struct vpmem_port *port = file_inode(file)->i_private;
	VP_STATUS status;
	char text[32];
	ULONG mode;
	int err;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, count))
		return -EFAULT;
	text[count] = '\0';
	if (sysfs_streq(text, "reset")) {
		status = vpmem_port_reset(port);
	} else {
		err = kstrtou32(text, 0, &mode);
		if (err)
			return err;
		status = vpmem_port_set_mode(port, mode);
	}
	return status == NO_ERROR ? count : status_errno(status);
}

static const struct file_operations mode_fops = {
	.owner = THIS_MODULE,
	.open = mode_open,
	.read = seq_read,
	.write = mode_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/*
 * framebuffer
 */

/* A miniport may have mapped device memory for it, or allocated memory. */
static bool is_device_memory(struct vpmem_port *port, struct vpmem_mapping *mapping)
{
	return vpmem_map_find(port->adapter, port->memory.FrameBufferBase, mapping);
}

static void copy_from_screen(struct vpmem_port *port, void *to, loff_t pos, size_t bytes)
{
	void *from = port->memory.FrameBufferBase + pos;

	if (port->on_device)
		memcpy_fromio(to, (__force void __iomem *)from, bytes);
	else
		memcpy(to, from, bytes);
}

static void copy_to_screen(struct vpmem_port *port, const void *from, loff_t pos,
			   size_t bytes)
{
	void *to = port->memory.FrameBufferBase + pos;

	if (port->on_device)
		memcpy_toio((__force void __iomem *)to, from, bytes);
	else
		memcpy(to, from, bytes);
}

/*
 * As much of it as is mapped, whatever the miniport has said; what was device memory
 * and is no longer has been unmapped behind our back.
 */
static u64 screen_length(struct vpmem_port *port)
{
	u64 length = port->memory.FrameBufferLength;
	struct vpmem_mapping mapping;

	if (!port->mapped || !port->memory.FrameBufferBase)
		return 0;
	if (!port->on_device)
		return length;
	return is_device_memory(port, &mapping) ? min(mapping.length, length) : 0;
}

/* How many of @bytes the frame buffer has from @pos on; it is there while locked. */
static size_t screen_part(struct vpmem_port *port, loff_t pos, size_t bytes)
{
	u64 length = screen_length(port);

	return pos < length ? min_t(u64, bytes, length - pos) : 0;
}

static size_t screen_read(struct vpmem_port *port, void *page, loff_t pos, size_t bytes)
{
	vpmem_device_lock(port->adapter);
	bytes = screen_part(port, pos, bytes);
	if (bytes)
		copy_from_screen(port, page, pos, bytes);
	vpmem_device_unlock(port->adapter);
	return bytes;
}

static size_t screen_write(struct vpmem_port *port, const void *page, loff_t pos,
			   size_t bytes)
{
	vpmem_device_lock(port->adapter);
	bytes = screen_part(port, pos, bytes);
	if (bytes)
		copy_to_screen(port, page, pos, bytes);
	vpmem_device_unlock(port->adapter);
	return bytes;
}

/* A page at most; whoever wants more asks again. */
static ssize_t screen_copy_out(struct vpmem_port *port, char __user *to, size_t count,
			       loff_t *pos)
{
	size_t bytes;
	void *page;

	page = (void *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	bytes = screen_read(port, page, *pos, min_t(size_t, count, PAGE_SIZE));
	if (copy_to_user(to, page, bytes))
		bytes = -EFAULT;
	else
		*pos += bytes;
	free_page((unsigned long)page);
	return bytes;
}

static ssize_t screen_copy_in(struct vpmem_port *port, const char __user *from,
			      size_t count, loff_t *pos)
{
	ssize_t bytes = min_t(size_t, count, PAGE_SIZE);
	void *page;

	if (!count)
		return 0;
	page = (void *)__get_free_page(GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	if (copy_from_user(page, from, bytes)) {
		bytes = -EFAULT;
	} else {
		bytes = screen_write(port, page, *pos, bytes) ?: -ENOSPC;
		*pos += max_t(ssize_t, bytes, 0);
	}
	free_page((unsigned long)page);
	return bytes;
}

/* debugfs does not watch over this file, since then it could not be mapped. */
static ssize_t framebuffer_read(struct file *file, char __user *to, size_t count,
				loff_t *pos)
{
	struct dentry *dentry = file->f_path.dentry;
	ssize_t bytes = debugfs_file_get(dentry);

	if (bytes)
		return bytes;
	bytes = screen_copy_out(file_inode(file)->i_private, to, count, pos);
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
	bytes = screen_copy_in(file_inode(file)->i_private, from, count, pos);
	debugfs_file_put(dentry);
	return bytes;
}

/*
 * Pages come one by one, as they are touched: what was put into an area before others
 * can find it could not be taken out of it again when the miniport unmaps its memory.
 */
static vm_fault_t screen_insert(struct vpmem_screen *screen, struct vm_fault *vmf)
{
	u64 offset = (u64)vmf->pgoff << PAGE_SHIFT;
	vm_fault_t result = VM_FAULT_SIGBUS;

	mutex_lock(&screen->lock);
	if (offset < screen->mapping.length &&
	    vmf->vma->vm_private_data == (void *)(unsigned long)screen->mapping.flags)
		result = vmf_insert_pfn(vmf->vma, vmf->address,
					PHYS_PFN(screen->mapping.start + offset));
	mutex_unlock(&screen->lock);
	return result;
}

static vm_fault_t framebuffer_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct vpmem_port *port;
	vm_fault_t result;

	/* The area may outlive the adapter. */
	if (debugfs_file_get(file->f_path.dentry))
		return VM_FAULT_SIGBUS;
	port = file_inode(file)->i_private;
	result = screen_insert(&port->screen, vmf);
	debugfs_file_put(file->f_path.dentry);
	return result;
}

static const struct vm_operations_struct framebuffer_vm_ops = {
	.fault = framebuffer_fault,
};

static int screen_mmap(struct vpmem_screen *screen, struct vm_area_struct *vma)
{
	const struct vpmem_mapping *mapping = &screen->mapping;

	if (!mapping->length || offset_in_page(mapping->start))
		return -ENODEV;
	if (!vpmem_area_fits(vma, PAGE_ALIGN(mapping->length)))
		return -EINVAL;
	vma->vm_page_prot = vpmem_area_protection(vma, mapping->flags);
	vpmem_vm_flags(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP, 0);
	vma->vm_private_data = (void *)(unsigned long)mapping->flags;
	vma->vm_ops = &framebuffer_vm_ops;
	return 0;
}

static int framebuffer_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct vpmem_port *port = file_inode(file)->i_private;
	struct dentry *dentry = file->f_path.dentry;
	int err = debugfs_file_get(dentry);

	if (err)
		return err;
	mutex_lock(&port->screen.lock);
	err = screen_mmap(&port->screen, vma);
	mutex_unlock(&port->screen.lock);
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

/* Only device memory: of any other nobody knows when the miniport frees it. */
void vpmem_portfs_map(struct vpmem_port *port)
{
	struct vpmem_mapping mapping = {};

	port->on_device = port->mapped && is_device_memory(port, &mapping);
	mapping.length = min_t(u64, mapping.length, port->memory.FrameBufferLength);
	mutex_lock(&port->screen.lock);
	port->screen.mapping = mapping;
	mutex_unlock(&port->screen.lock);
}

/* Processes that have it mapped get SIGBUS where they touch it next. */
void vpmem_portfs_unmap(struct vpmem_port *port)
{
	mutex_lock(&port->screen.lock);
	port->screen.mapping.length = 0;
	mutex_unlock(&port->screen.lock);
	if (port->framebuffer)
		unmap_mapping_range(port->framebuffer->i_mapping, 0, 0, 1);
}

/*
 * For the tests, which cannot read files of debugfs
 */

int vpmem_portfs_view(struct vpmem_adapter *adapter, const char *name,
		      struct seq_file *m)
{
	struct vpmem_port *port = adapter->port;

	m->private = port;
	if (port && !strcmp(name, "modes"))
		return modes_show(m, NULL);
	if (port && !strcmp(name, "mode"))
		return mode_state_show(m, NULL);
	if (!port || strcmp(name, "framebuffer"))
		return -ENOENT;
	m->count = screen_read(port, m->buf, 0, m->size - 1);
	return 0;
}

int vpmem_portfs_write(struct vpmem_adapter *adapter, const char *name, ULONG value)
{
	struct vpmem_port *port = adapter->port;

	if (port && !strcmp(name, "mode"))
		return status_errno(vpmem_port_set_mode(port, value));
	if (port && !strcmp(name, "reset"))
		return status_errno(vpmem_port_reset(port));
	if (!port || strcmp(name, "framebuffer"))
		return -ENOENT;
	return screen_write(port, &value, 0, sizeof(value)) ? 0 : -ENOSPC;
}

/*
 * The files
 */

void vpmem_portfs_add(struct vpmem_port *port)
{
	struct dentry *dir = port->adapter->dir;

	port->file[0] = debugfs_create_file("modes", 0400, dir, port, &modes_fops);
	port->file[1] = debugfs_create_file("mode", 0600, dir, port, &mode_fops);
	port->file[2] = debugfs_create_file_unsafe("framebuffer", 0600, dir, port,
						   &framebuffer_fops);
	if (!IS_ERR_OR_NULL(port->file[2]))
		port->framebuffer = igrab(d_inode(port->file[2]));
}

/* Waits for whoever is inside. */
void vpmem_portfs_remove(struct vpmem_port *port)
{
	unsigned int i;

	for (i = 0; i < VPMEM_PORT_FILES; i++)
		debugfs_remove(port->file[i]);
	vpmem_portfs_unmap(port);
	iput(port->framebuffer);
	port->framebuffer = NULL;
}

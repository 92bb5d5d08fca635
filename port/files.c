// SPDX-License-Identifier: GPL-2.0-only
/*
 * A miniport at a shell: files of its adapter in debugfs that list its modes and set
 * one (see Documentation/debugfs.rst).
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "port/port.h"
#include "core/views.h"

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

/* The list that the miniport gives when a file is read from its beginning. */
struct modes_state {
	struct vpmem_rows_state rows;	/* the object is the port */
	VIDEO_NUM_MODES modes;
	void *list;
};

static void modes_drop(void *data)
{
	struct modes_state *state = data;

	kvfree(state->list);
	state->list = NULL;
	state->modes.NumModes = 0;
}

static void *mode_at(const struct modes_state *state, loff_t pos)
{
	return pos <= state->modes.NumModes ?
	       state->list + (pos - 1) * state->modes.ModeInformationLength : NULL;
}

static void *modes_start(struct seq_file *m, loff_t *pos)
{
	struct modes_state *state = m->private;
	VP_STATUS status;

	if (*pos)
		return mode_at(state, *pos);
	modes_drop(state);
	status = vpmem_port_modes(state->rows.object, &state->modes, &state->list);
	if (status == NO_ERROR)
		return SEQ_START_TOKEN;
	state->modes.NumModes = 0;
	state->list = NULL;
	return ERR_PTR(status_errno(status));
}

static void *modes_next(struct seq_file *m, void *row, loff_t *pos)
{
	return mode_at(m->private, ++*pos);
}

static void modes_stop(struct seq_file *m, void *row)
{
}

static int modes_show(struct seq_file *m, void *row)
{
	if (row != SEQ_START_TOKEN)
		mode_show(m, row);
	else
		seq_printf(m, "%-6s %6s %6s %5s %7s %6s %5s %-10s %-10s %-10s %s\n", "Index",
			   "Width", "Height", "Bits", "Stride", "Planes", "Hz", "Red",
			   "Green", "Blue", "Attributes");
	return 0;
}

static const struct vpmem_rows modes_rows = {
	.ops = {
		.start = modes_start,
		.next = modes_next,
		.stop = modes_stop,
		.show = modes_show,
	},
	.size = sizeof(struct modes_state),
	.release = modes_drop,
};

VPMEM_ROWS_FOPS(modes);

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
 * For the tests, which cannot read files of debugfs
 */

int vpmem_portfs_view(struct vpmem_adapter *adapter, const char *name,
		      struct seq_file *m)
{
	struct vpmem_port *port = adapter->port;

	ssize_t bytes;

	m->private = port;
	if (port && !strcmp(name, "modes"))
		return vpmem_rows_render(m, &modes_rows, port);
	if (port && !strcmp(name, "mode"))
		return mode_state_show(m, NULL);
	if (!port || strcmp(name, "framebuffer"))
		return -ENOENT;
	bytes = vpmem_screen_read(port, m->buf, 0, m->size - 1);
	m->count = max_t(ssize_t, bytes, 0);
	return min_t(ssize_t, bytes, 0);
}

int vpmem_portfs_write(struct vpmem_adapter *adapter, const char *name, ULONG value)
{
	struct vpmem_port *port = adapter->port;
	ssize_t bytes;

	if (port && !strcmp(name, "mode"))
		return status_errno(vpmem_port_set_mode(port, value));
	if (port && !strcmp(name, "reset"))
		return status_errno(vpmem_port_reset(port));
	if (!port || strcmp(name, "framebuffer"))
		return -ENOENT;
	bytes = vpmem_screen_write(port, &value, 0, sizeof(value));
	if (!bytes)
		return -ENOSPC;
	return min_t(ssize_t, bytes, 0);
}

/*
 * The files
 */

void vpmem_portfs_add(struct vpmem_port *port)
{
	struct dentry *dir = port->adapter->dir;

	port->file[0] = debugfs_create_file("modes", 0400, dir, port, &modes_fops);
	port->file[1] = debugfs_create_file("mode", 0600, dir, port, &mode_fops);
	port->file[2] = vpmem_screen_add(port);
}

/* Waits for whoever is inside. */
void vpmem_portfs_remove(struct vpmem_port *port)
{
	unsigned int i;

	for (i = 0; i < VPMEM_PORT_FILES; i++)
		debugfs_remove(port->file[i]);
	vpmem_screen_remove(port);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files "modes" and "mode" of an adapter in debugfs, which list the modes of its miniport
 * and set one (see Documentation/debugfs.rst).
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/devlock.h"
#include "core/testing.h"
#include "core/views.h"
#include "port/port.h"

/*
 * File "modes"
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

static void mode_show(struct seq_file *m, const VIDEO_MODE_INFORMATION *mode, bool is_set)
{
	seq_printf(m, "%-6u %6u %6u %5u %7u %6u %5u 0x%08x 0x%08x 0x%08x 0x%-8x %c\n",
		   mode->ModeIndex, mode->VisScreenWidth, mode->VisScreenHeight,
		   mode->BitsPerPlane * max(mode->NumberOfPlanes, 1U),
		   mode->ScreenStride, mode->NumberOfPlanes, mode->Frequency,
		   mode->RedMask, mode->GreenMask, mode->BlueMask,
		   mode->AttributeFlags, is_set ? '*' : '-');
}

/* List of modes, requested when a file is read from its beginning */
struct modes_state {
	struct vpmem_rows_state rows;
	VIDEO_NUM_MODES modes;
	void *list;
	bool is_set;
	ULONG current_mode;		/* if one is set */
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

static void current_mode_get(struct modes_state *state)
{
	struct vpmem_adapter *adapter = state->rows.adapter;

	vpmem_device_lock(adapter);
	state->is_set = adapter->port->mode_is_set;
	state->current_mode = adapter->port->mode;
	vpmem_device_unlock(adapter);
}

static void *modes_start(struct seq_file *m, loff_t *pos)
{
	struct modes_state *state = m->private;
	VP_STATUS status;

	if (*pos)
		return mode_at(state, *pos);
	modes_drop(state);
	current_mode_get(state);
	status = vpmem_port_modes(state->rows.adapter->port, &state->modes, &state->list);
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
	const struct modes_state *state = m->private;
	const VIDEO_MODE_INFORMATION *mode = row;

	if (row != SEQ_START_TOKEN)
		mode_show(m, mode, state->is_set && mode->ModeIndex == state->current_mode);
	else
		seq_printf(m, "%-6s %6s %6s %5s %7s %6s %5s %-10s %-10s %-10s %-10s %s\n", "Index",
			   "Width", "Height", "Bits", "Stride", "Planes", "Hz", "Red",
			   "Green", "Blue", "Attributes", "Set");
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

static const struct vpmem_view modes_view = {
	.name = "modes",
	.columns = 12,
	.rows = &modes_rows,
};

/*
 * File "mode"
 */

static int mode_state_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	const struct vpmem_port *port = adapter->port;

	vpmem_device_lock(adapter);
	if (port->mode_is_set)
		seq_printf(m, "%u\n", port->mode);
	else
		seq_puts(m, "-\n");
	vpmem_device_unlock(adapter);
	return 0;
}

static int mode_change(struct vpmem_port *port, const char *text)
{
	ULONG mode;
	int err;

	if (vpmem_port_is_displayed(port, IOCTL_VIDEO_SET_CURRENT_MODE))
		return -EBUSY;
	if (!strcmp(text, "reset")) {
		err = status_errno(vpmem_port_reset(port));
		/* A display driver can have the screen now. */
		vpmem_hotplug(port);
		return err;
	}
	err = kstrtou32(text, 0, &mode);
	return err ?: status_errno(vpmem_port_set_mode(port, mode));
}

static int mode_write(struct vpmem_adapter *adapter, const char *text)
{
	int err;

	vpmem_device_lock(adapter);
	err = mode_change(adapter->port, text);
	vpmem_device_unlock(adapter);
	return err;
}

static const struct vpmem_view mode_view = {
	.name = "mode",
	.show = mode_state_show,
	.write = mode_write,
};

/*
 * Files of an adapter
 */

void vpmem_portfs_add(struct vpmem_port *port)
{
	vpmem_view_add(&port->modes_file, port->adapter, &modes_view);
	vpmem_view_add(&port->mode_file, port->adapter, &mode_view);
	vpmem_screen_add(port);
}

/* Remove the files, and wait for their readers and writers. */
void vpmem_portfs_remove(struct vpmem_port *port)
{
	vpmem_view_remove(&port->modes_file);
	vpmem_view_remove(&port->mode_file);
	vpmem_screen_remove(port);
}

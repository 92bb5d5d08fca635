// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views that print row by row: a read continues where the one before has filled its
 * buffer, so that no view is ever printed as a whole, or twice.
 */
#include <linux/err.h>
#include <linux/slab.h>

#include "core/views.h"

int vpmem_rows_open(struct inode *inode, struct file *file, const struct vpmem_rows *rows)
{
	struct vpmem_rows_state *state = __seq_open_private(file, &rows->ops, rows->size);

	if (!state)
		return -ENOMEM;
	state->object = inode->i_private;
	return 0;
}

int vpmem_rows_release(struct inode *inode, struct file *file,
		       const struct vpmem_rows *rows)
{
	struct seq_file *m = file->private_data;

	if (rows->release)
		rows->release(m->private);
	return seq_release_private(inode, file);
}

static int render(struct seq_file *m, const struct seq_operations *ops)
{
	loff_t pos = 0;
	int err = 0;
	void *row;

	row = ops->start(m, &pos);
	while (!IS_ERR_OR_NULL(row) && !err && !seq_has_overflowed(m)) {
		err = ops->show(m, row);
		row = ops->next(m, row, &pos);
	}
	ops->stop(m, row);
	return err ?: PTR_ERR_OR_ZERO(row);
}

/* Prints all rows into the buffer that @m has, as a test wants them. */
int vpmem_rows_render(struct seq_file *m, const struct vpmem_rows *rows, void *object)
{
	struct vpmem_rows_state *state = kzalloc(rows->size, GFP_KERNEL);
	int err;

	if (!state)
		return -ENOMEM;
	state->object = object;
	m->private = state;
	err = render(m, &rows->ops);
	if (rows->release)
		rows->release(state);
	kfree(state);
	return err;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Views: the files of debugfs that print row by row.
 */
#ifndef VPMEM_VIEWS_H
#define VPMEM_VIEWS_H

#include <linux/fs.h>
#include <linux/seq_file.h>

struct vpmem_adapter;

/*
 * Calls that print a view into a seq_file, as often as its buffer is full. The state
 * between two calls is @private of the seq_file, @size bytes that begin as zeroes but
 * for a pointer to the object of the file.
 */
struct vpmem_rows {
	const struct seq_operations ops;
	size_t size;
	void (*release)(void *state);	/* may be NULL */
};

/* Beginning of each state. */
struct vpmem_rows_state {
	void *object;
};

int vpmem_rows_open(struct inode *inode, struct file *file, const struct vpmem_rows *rows);
int vpmem_rows_release(struct inode *inode, struct file *file,
		       const struct vpmem_rows *rows);
int vpmem_rows_render(struct seq_file *m, const struct vpmem_rows *rows, void *object);

/* File operations NAME_fops of a struct vpmem_rows NAME_rows. */
#define VPMEM_ROWS_FOPS(name)						\
static int name##_open(struct inode *inode, struct file *file)			\
{										\
	return vpmem_rows_open(inode, file, &name##_rows);			\
}										\
										\
static int name##_release(struct inode *inode, struct file *file)		\
{										\
	return vpmem_rows_release(inode, file, &name##_rows);			\
}										\
										\
static const struct file_operations name##_fops = {				\
	.owner = THIS_MODULE,							\
	.open = name##_open,							\
	.read = seq_read,							\
	.llseek = seq_lseek,							\
	.release = name##_release,						\
}

/* The object is an adapter; of the first two, NULL for all adapters. */
extern const struct vpmem_rows vpmem_regions_rows;
extern const struct vpmem_rows vpmem_tags_rows;
extern const struct vpmem_rows vpmem_registry_rows;
extern const struct vpmem_rows vpmem_dma_rows;

#endif /* VPMEM_VIEWS_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Views: the files of debugfs. The code of a view is beside the data that it shows.
 */
#ifndef VPMEM_VIEWS_H
#define VPMEM_VIEWS_H

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/seq_file.h>

struct vpmem_adapter;

/*
 * Calls that print a view into a seq_file, as often as its buffer is full. The state
 * between two calls is @private of the seq_file, @size bytes that begin as zeroes but
 * for a pointer to the adapter of the file.
 */
struct vpmem_rows {
	const struct seq_operations ops;
	size_t size;
	void (*release)(void *state);	/* may be NULL */
};

/* Beginning of each state */
struct vpmem_rows_state {
	struct vpmem_adapter *adapter;	/* NULL for all adapters */
	const struct vpmem_view *view;
	bool machine;			/* machine-readable form */
};

/* Directories that have a file of the view */
#define VPMEM_VIEW_ALL		BIT(0)	/* vpmem/, without an adapter */
#define VPMEM_VIEW_ADAPTERS	BIT(1)	/* vpmem/adapters/NAME/ of every adapter */

/* Place of a view in a directory; its owner keeps it until the view is removed */
struct vpmem_view_file {
	struct list_head node;		/* of all files */
	const struct vpmem_view *view;
	struct vpmem_adapter *adapter;	/* NULL for all adapters */
	struct dentry *dentry;
	struct dentry *machine;		/* its machine-readable form */
};

/*
 * View, a file of debugfs: printed row by row, or at once by @show. With @file, those operations
 * serve the file, whose private data is the adapter; @show and @write are for tests then. With
 * @columns, NAME.tsv beside it is the machine-readable form: what is printed, but one tab in
 * place of the spaces between two of so many columns.
 */
struct vpmem_view {
	struct list_head node;		/* of registered views */
	struct vpmem_view_file all;	/* that without an adapter */
	const char *name;
	unsigned int columns;
	const char *header;		/* of that form, if the text has none */
	unsigned int places;		/* 0: it is added by vpmem_view_add() only */
	const struct vpmem_rows *rows;
	int (*show)(struct seq_file *m, struct vpmem_adapter *adapter);
	int (*write)(struct vpmem_adapter *adapter, const char *text);
	const struct file_operations *file;
};

void vpmem_view_register(struct vpmem_view *view);
struct dentry *vpmem_view_add(struct vpmem_view_file *file, struct vpmem_adapter *adapter,
			      const struct vpmem_view *view);
void vpmem_view_remove(struct vpmem_view_file *file);
void vpmem_view_word(struct seq_file *m, const char *text);

void vpmem_views_init(void);
void vpmem_views_add(void);
void vpmem_views_exit(void);
void vpmem_views_attach(struct vpmem_adapter *adapter);
void vpmem_views_detach(struct vpmem_adapter *adapter);

#endif /* VPMEM_VIEWS_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views: vpmem/ in debugfs, for root (see Documentation/debugfs.rst).
 *
 * Rooms register their views at module init. An adapter that is attached later gets a
 * file for each of them. Failures of debugfs are ignored: no other code depends on it.
 *
 * Columns are separated by white space and have one header line, so that awk, sort and
 * column can read them. A field that may contain spaces comes last in its line. A view
 * that prints row by row continues at the row where the previous read filled its buffer,
 * so that a long view never needs a buffer for all of it, and no row is printed twice.
 *
 * NAME.tsv beside a table is its machine-readable form. It is made of the printed lines, in
 * the buffer, since it is never longer.
 */
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/testing.h"
#include "core/views.h"

/* Size of the buffer for text that is written to a view */
#define TEXT_MAX	64

static LIST_HEAD(views);		/* changed by module init only */
static LIST_HEAD(files);
static DEFINE_MUTEX(files_lock);	/* guards the list of files */
static struct dentry *root;
static struct dentry *adapters_dir;

/*
 * Machine-readable form
 */

/* Print a name as a column of that form: without spaces and control characters. */
void vpmem_view_word(struct seq_file *m, const char *text)
{
	for (; *text; text++) {
		u8 c = *text;

		if (c > ' ' && c != 0x7f && c != '\\')
			seq_putc(m, c);
		else
			seq_printf(m, "\\x%02x", c);
	}
}

/* Replace the spaces between columns by a tab, in what was printed from @start on. */
static void tabs_set(struct seq_file *m, size_t start, unsigned int columns)
{
	const char *from = m->buf + start, *end = m->buf + m->count;
	unsigned int column = 1;
	char *to = m->buf + start;

	if (seq_has_overflowed(m))
		return;
	while (from < end) {
		*to = *from++;
		if (*to == '\n') {
			column = 1;
		} else if (*to == ' ' && column < columns) {
			while (from < end && *from == ' ')
				from++;
			*to = '\t';
			column++;
		}
		to++;
	}
	m->count = to - m->buf;
}

static int show_machine(struct seq_file *m, const struct vpmem_view *view,
			struct vpmem_adapter *adapter)
{
	size_t start;
	int err;

	if (view->header)
		seq_puts(m, view->header);
	start = m->count;
	err = view->show(m, adapter);
	tabs_set(m, start, view->columns);
	return err;
}

static const struct vpmem_view *state_view(const struct seq_file *m)
{
	const struct vpmem_rows_state *state = m->private;

	return state->view;
}

static void *machine_start(struct seq_file *m, loff_t *pos)
{
	return state_view(m)->rows->ops.start(m, pos);
}

static void *machine_next(struct seq_file *m, void *row, loff_t *pos)
{
	return state_view(m)->rows->ops.next(m, row, pos);
}

static void machine_stop(struct seq_file *m, void *row)
{
	state_view(m)->rows->ops.stop(m, row);
}

static int machine_show(struct seq_file *m, void *row)
{
	const struct vpmem_view *view = state_view(m);
	size_t start = m->count;
	int err = view->rows->ops.show(m, row);

	tabs_set(m, start, view->columns);
	return err;
}

/* Calls for the rows of any view in that form */
static const struct seq_operations machine_ops = {
	.start = machine_start,
	.next = machine_next,
	.stop = machine_stop,
	.show = machine_show,
};

/*
 * Operations of a file
 */

static int view_show(struct seq_file *m, void *unused)
{
	const struct vpmem_view_file *file = m->private;

	return file->view->show(m, file->adapter);
}

static int view_show_machine(struct seq_file *m, void *unused)
{
	const struct vpmem_view_file *file = m->private;

	return show_machine(m, file->view, file->adapter);
}

static void rows_init(struct vpmem_rows_state *state, const struct vpmem_view *view,
		      struct vpmem_adapter *adapter, bool machine)
{
	state->adapter = adapter;
	state->view = view;
	state->machine = machine;
}

static int rows_open(struct file *filp, const struct vpmem_view_file *file, bool machine)
{
	const struct vpmem_rows *rows = file->view->rows;
	struct vpmem_rows_state *state;

	state = __seq_open_private(filp, machine ? &machine_ops : &rows->ops, rows->size);
	if (!state)
		return -ENOMEM;
	rows_init(state, file->view, file->adapter, machine);
	return 0;
}

static int view_open(struct inode *inode, struct file *filp)
{
	struct vpmem_view_file *file = inode->i_private;

	return file->view->rows ? rows_open(filp, file, false) :
				  single_open(filp, view_show, file);
}

static int machine_open(struct inode *inode, struct file *filp)
{
	struct vpmem_view_file *file = inode->i_private;

	return file->view->rows ? rows_open(filp, file, true) :
				  single_open(filp, view_show_machine, file);
}

/* Release the state. The file may have been removed before: use its seq_file only. */
static int view_release(struct inode *inode, struct file *filp)
{
	struct seq_file *m = filp->private_data;
	const struct vpmem_rows_state *state = m->private;
	void (*release)(void *state);

	if (m->op->show == view_show || m->op->show == view_show_machine)
		return single_release(inode, filp);
	release = state->view->rows->release;
	if (release)
		release(m->private);
	return seq_release_private(inode, filp);
}

static ssize_t view_write(struct file *filp, const char __user *from, size_t count,
			  loff_t *pos)
{
	const struct vpmem_view_file *file = file_inode(filp)->i_private;
	char text[TEXT_MAX];
	int err;

	if (!file->view->write || count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, count))
		return -EFAULT;
	text[count] = '\0';
	err = file->view->write(file->adapter, strim(text));
	return err ?: count;
}

static const struct file_operations view_fops = {
	.owner = THIS_MODULE,
	.open = view_open,
	.read = seq_read,
	.write = view_write,
	.llseek = seq_lseek,
	.release = view_release,
};

static const struct file_operations machine_fops = {
	.owner = THIS_MODULE,
	.open = machine_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = view_release,
};

/*
 * Files
 */

#define NAME_MAX_LENGTH	32
#define MACHINE_SUFFIX	".tsv"

static struct dentry *machine_create(struct vpmem_view_file *file, struct dentry *dir)
{
	char name[NAME_MAX_LENGTH];

	snprintf(name, sizeof(name), "%s" MACHINE_SUFFIX, file->view->name);
	return debugfs_create_file(name, 0400, dir, file, &machine_fops);
}

/*
 * Create a file in debugfs. A file that can be mapped has its own operations, which call
 * debugfs_file_get() themselves: the wrapper of debugfs does not support mmap().
 */
static struct dentry *view_create(struct vpmem_view_file *file, struct dentry *dir)
{
	const struct vpmem_view *view = file->view;
	umode_t mode = view->write ? 0600 : 0400;

	if (view->file)
		return debugfs_create_file_unsafe(view->name, mode, dir, file->adapter,
						  view->file);
	return debugfs_create_file(view->name, mode, dir, file, &view_fops);
}

static struct dentry *file_add(struct vpmem_view_file *file, struct vpmem_adapter *adapter,
			       const struct vpmem_view *view, struct dentry *dir)
{
	file->view = view;
	file->adapter = adapter;
	file->dentry = view_create(file, dir);
	if (view->columns)
		file->machine = machine_create(file, dir);
	mutex_lock(&files_lock);
	list_add_tail(&file->node, &files);
	mutex_unlock(&files_lock);
	return file->dentry;
}

/* Add a file of the view to an adapter. Return NULL or an error pointer on failure. */
struct dentry *vpmem_view_add(struct vpmem_view_file *file, struct vpmem_adapter *adapter,
			      const struct vpmem_view *view)
{
	return file_add(file, adapter, view, adapter->dir);
}

/* Remove the file, and wait for its readers and writers. */
void vpmem_view_remove(struct vpmem_view_file *file)
{
	mutex_lock(&files_lock);
	list_del(&file->node);
	mutex_unlock(&files_lock);
	debugfs_remove(file->machine);
	debugfs_remove(file->dentry);
}

void __init vpmem_view_register(struct vpmem_view *view)
{
	list_add_tail(&view->node, &views);
}

static struct vpmem_view_file *first_file(const struct vpmem_adapter *adapter)
{
	struct vpmem_view_file *file, *found = NULL;

	mutex_lock(&files_lock);
	list_for_each_entry(file, &files, node) {
		if (file->adapter == adapter) {
			found = file;
			break;
		}
	}
	mutex_unlock(&files_lock);
	return found;
}

static void remove_files(const struct vpmem_adapter *adapter)
{
	struct vpmem_view_file *file;

	while ((file = first_file(adapter)))
		vpmem_view_remove(file);
}

/*
 * Adapters and the module
 */

void vpmem_views_attach(struct vpmem_adapter *adapter)
{
	unsigned int flags = vpmem_no_oom_begin();
	struct vpmem_view_file *file;
	const struct vpmem_view *view;

	adapter->dir = debugfs_create_dir(adapter->name, adapters_dir);
	list_for_each_entry(view, &views, node) {
		if (!(view->places & VPMEM_VIEW_ADAPTERS))
			continue;
		file = vpmem_adapter_zalloc(adapter, sizeof(*file));
		if (file)
			vpmem_view_add(file, adapter, view);
	}
	vpmem_no_oom_end(flags);
}

void vpmem_views_detach(struct vpmem_adapter *adapter)
{
	remove_files(adapter);
	debugfs_remove(adapter->dir);
}

void __init vpmem_views_init(void)
{
	root = debugfs_create_dir("vpmem", NULL);
	adapters_dir = debugfs_create_dir("adapters", root);
}

/* Add the files that belong to no adapter, of all views that were registered. */
void __init vpmem_views_add(void)
{
	struct vpmem_view *view;

	list_for_each_entry(view, &views, node)
		if (view->places & VPMEM_VIEW_ALL)
			file_add(&view->all, NULL, view, root);
}

void vpmem_views_exit(void)
{
	remove_files(NULL);
	debugfs_remove(root);
}

/*
 * Access for KUnit tests, which cannot open files of debugfs
 */

static int rows_print(struct seq_file *m, const struct seq_operations *ops)
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

/* Print all rows into the buffer of @m. */
static int rows_render(struct seq_file *m, const struct vpmem_view *view,
		       struct vpmem_adapter *adapter, bool machine)
{
	struct vpmem_rows_state *state = kzalloc(view->rows->size, GFP_KERNEL_ACCOUNT);
	int err;

	if (!state)
		return -ENOMEM;
	rows_init(state, view, adapter, machine);
	m->private = state;
	err = rows_print(m, machine ? &machine_ops : &view->rows->ops);
	if (view->rows->release)
		view->rows->release(state);
	kfree(state);
	return err;
}

static int view_render(struct seq_file *m, const struct vpmem_view *view,
		       struct vpmem_adapter *adapter, bool machine)
{
	if (view->rows)
		return rows_render(m, view, adapter, machine);
	return machine ? show_machine(m, view, adapter) : view->show(m, adapter);
}

/* Take the suffix of the machine-readable form from a name. */
static bool machine_name(const char *name, char *base, size_t size)
{
	size_t length = strscpy(base, name, size);
	size_t suffix = strlen(MACHINE_SUFFIX);

	if (length >= size || length <= suffix ||
	    strcmp(base + length - suffix, MACHINE_SUFFIX))
		return false;
	base[length - suffix] = '\0';
	return true;
}

/* Find a registered view, also where there was no memory for its file. */
static const struct vpmem_view *registered_view(unsigned int place, const char *name)
{
	const struct vpmem_view *view;

	list_for_each_entry(view, &views, node)
		if (view->places & place && !strcmp(view->name, name))
			return view;
	return NULL;
}

static const struct vpmem_view *added_view(const struct vpmem_adapter *adapter,
					   const char *name)
{
	const struct vpmem_view *found = NULL;
	const struct vpmem_view_file *file;

	mutex_lock(&files_lock);
	list_for_each_entry(file, &files, node)
		if (file->adapter == adapter && !strcmp(file->view->name, name))
			found = file->view;
	mutex_unlock(&files_lock);
	return found;
}

static const struct vpmem_view *view_by_name(const struct vpmem_adapter *adapter,
					     const char *name)
{
	unsigned int place = adapter ? VPMEM_VIEW_ADAPTERS : VPMEM_VIEW_ALL;

	return registered_view(place, name) ?: added_view(adapter, name);
}

int vpmem_view(void *extension, const char *name, char *text, size_t size)
{
	struct vpmem_adapter *adapter = extension ? vpmem_adapter(extension) : NULL;
	struct seq_file m = { .buf = text, .size = size };
	const struct vpmem_view *view;
	char base[NAME_MAX_LENGTH];
	bool machine = machine_name(name, base, sizeof(base));
	int err;

	if (extension && !adapter)
		return -ENODEV;
	view = view_by_name(adapter, base);
	if (!view || (machine && !view->columns))
		return -ENOENT;
	err = view_render(&m, view, adapter, machine);
	if (err)
		return err;
	if (seq_has_overflowed(&m) || m.count == size)
		return -ENOSPC;
	text[m.count] = '\0';
	return m.count;
}
EXPORT_SYMBOL_NS_GPL(vpmem_view, VPMEM_TEST_NS);

int vpmem_view_write(void *extension, const char *name, const char *text)
{
	struct vpmem_adapter *adapter = extension ? vpmem_adapter(extension) : NULL;
	const struct vpmem_view *view;

	if (extension && !adapter)
		return -ENOENT;
	view = view_by_name(adapter, name);
	return view && view->write ? view->write(adapter, text) : -ENOENT;
}
EXPORT_SYMBOL_NS_GPL(vpmem_view_write, VPMEM_TEST_NS);

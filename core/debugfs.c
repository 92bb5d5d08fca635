// SPDX-License-Identifier: GPL-2.0-only
/*
 * The views: vpmem/ in debugfs, for root (see Documentation/debugfs.rst).
 *
 * Columns are separated by white space and have one header line, so that awk, sort
 * and column serve. What may hold spaces comes last in its line.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "internal.h"
#include "core/testing.h"
#include "core/views.h"

static struct dentry *root;
static struct dentry *adapters_dir;

VPMEM_ROWS_FOPS(vpmem_tags);
VPMEM_ROWS_FOPS(vpmem_regions);
VPMEM_ROWS_FOPS(vpmem_registry);
VPMEM_ROWS_FOPS(vpmem_dma);

/*
 * contig
 */

static int contig_show(struct seq_file *m, void *unused)
{
	vpmem_contig_show(m, m->private);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(contig);

/*
 * int10: of an adapter, or of all
 */

static int int10_show(struct seq_file *m, void *unused)
{
	if (m->private)
		vpmem_int10_show(m, m->private);
	else
		vpmem_bios_show(m);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(int10);

/*
 * events
 */

static int events_show(struct seq_file *m, void *unused)
{
	struct vpmem_adapter *adapter = m->private;
	const atomic_long_t *events;
	unsigned int i;

	events = adapter ? adapter->events : vpmem_stray_events;
	seq_printf(m, "%-16s %s\n", "Event", "Count");
	for (i = 0; i < VPMEM_EVENTS; i++)
		seq_printf(m, "%-16s %lu\n", vpmem_event_name(i),
			   atomic_long_read(&events[i]));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(events);

/*
 * quota: written is the bound, read are the bound and what is used of it
 */

static int quota_show(struct seq_file *m, void *unused)
{
	struct vpmem_adapter *adapter = m->private;

	seq_printf(m, "%lu used %lu\n", READ_ONCE(adapter->quota),
		   atomic_long_read(&adapter->quota_used));
	return 0;
}

static int quota_open(struct inode *inode, struct file *file)
{
	return single_open(file, quota_show, inode->i_private);
}

static ssize_t quota_write(struct file *file, const char __user *text,
			   size_t count, loff_t *pos)
{
	struct vpmem_adapter *adapter = file_inode(file)->i_private;
	unsigned long quota;
	int err = kstrtoul_from_user(text, count, 0, &quota);

	if (err)
		return err;
	WRITE_ONCE(adapter->quota, quota);
	return count;
}

static const struct file_operations quota_fops = {
	.owner = THIS_MODULE,
	.open = quota_open,
	.read = seq_read,
	.write = quota_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/*
 * verify, callers: modes for blocks from then on
 */

struct mode {
	const char *name;
	struct static_key_false *key;
	void (*set)(bool on);
};

static const struct mode modes[] = {
	{ "verify", &vpmem_verify, vpmem_verify_set },
	{ "callers", &vpmem_callers, vpmem_callers_set },
};

static ssize_t mode_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	const struct mode *mode = file_inode(file)->i_private;
	const char *text = static_key_enabled(mode->key) ? "Y\n" : "N\n";

	return simple_read_from_buffer(to, count, pos, text, 2);
}

static ssize_t mode_write(struct file *file, const char __user *text, size_t count,
			  loff_t *pos)
{
	const struct mode *mode = file_inode(file)->i_private;
	bool on;
	int err = kstrtobool_from_user(text, count, &on);

	if (err)
		return err;
	mode->set(on);
	return count;
}

static const struct file_operations mode_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.read = mode_read,
	.write = mode_write,
	.llseek = default_llseek,
};

/*
 * The tree. debugfs may be off or full: nothing depends on it.
 */

void vpmem_debugfs_attach(struct vpmem_adapter *adapter)
{
	struct dentry *dir = debugfs_create_dir(adapter->name, adapters_dir);

	debugfs_create_file("tags", 0400, dir, adapter, &vpmem_tags_fops);
	debugfs_create_file("regions", 0400, dir, adapter, &vpmem_regions_fops);
	debugfs_create_file("quota", 0600, dir, adapter, &quota_fops);
	debugfs_create_file("dma", 0400, dir, adapter, &vpmem_dma_fops);
	debugfs_create_file("contig", 0400, dir, adapter, &contig_fops);
	debugfs_create_file("int10", 0400, dir, adapter, &int10_fops);
	debugfs_create_file("registry", 0400, dir, adapter, &vpmem_registry_fops);
	debugfs_create_file("events", 0400, dir, adapter, &events_fops);
	adapter->dir = dir;
}

void vpmem_debugfs_detach(struct vpmem_adapter *adapter)
{
	debugfs_remove_recursive(adapter->dir);
}

void vpmem_debugfs_init(void)
{
	unsigned int i;

	root = debugfs_create_dir("vpmem", NULL);
	adapters_dir = debugfs_create_dir("adapters", root);
	debugfs_create_file("tags", 0400, root, NULL, &vpmem_tags_fops);
	debugfs_create_file("regions", 0400, root, NULL, &vpmem_regions_fops);
	debugfs_create_file("int10", 0400, root, NULL, &int10_fops);
	debugfs_create_file("events", 0400, root, NULL, &events_fops);
	for (i = 0; i < ARRAY_SIZE(modes); i++)
		debugfs_create_file(modes[i].name, 0600, root, (void *)&modes[i], &mode_fops);
}

void vpmem_debugfs_exit(void)
{
	debugfs_remove_recursive(root);
}

/*
 * For the tests
 */

int vpmem_view(void *extension, const char *name, char *text, size_t size)
{
	struct vpmem_adapter *adapter = extension ? vpmem_adapter(extension) : NULL;
	struct seq_file m = { .buf = text, .size = size, .private = adapter };
	int err = -ENOENT;

	if (extension && !adapter)
		return -ENODEV;
	if (!strcmp(name, "tags"))
		err = vpmem_rows_render(&m, &vpmem_tags_rows, adapter);
	else if (!strcmp(name, "regions"))
		err = vpmem_rows_render(&m, &vpmem_regions_rows, adapter);
	else if (!strcmp(name, "events"))
		err = events_show(&m, NULL);
	else if (!strcmp(name, "int10"))
		err = int10_show(&m, NULL);
	else if (!strcmp(name, "quota") && adapter)
		err = quota_show(&m, NULL);
	else if (!strcmp(name, "dma") && adapter)
		err = vpmem_rows_render(&m, &vpmem_dma_rows, adapter);
	else if (!strcmp(name, "contig") && adapter)
		err = contig_show(&m, NULL);
	else if (!strcmp(name, "registry") && adapter)
		err = vpmem_rows_render(&m, &vpmem_registry_rows, adapter);
	else if (adapter)
		err = vpmem_portfs_view(adapter, name, &m);
	if (err)
		return err;
	if (seq_has_overflowed(&m) || m.count == size)
		return -ENOSPC;
	text[m.count] = '\0';
	return m.count;
}
EXPORT_SYMBOL_NS_GPL(vpmem_view, VPMEM_TEST_NS);

int vpmem_view_write(void *extension, const char *name, unsigned long value)
{
	struct vpmem_adapter *adapter = extension ? vpmem_adapter(extension) : NULL;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!strcmp(name, modes[i].name)) {
			modes[i].set(value);
			return 0;
		}
	}
	if (!strcmp(name, "quota") && adapter)
		WRITE_ONCE(adapter->quota, value);
	else
		return adapter ? vpmem_portfs_write(adapter, name, value) : -ENOENT;
	return 0;
}
EXPORT_SYMBOL_NS_GPL(vpmem_view_write, VPMEM_TEST_NS);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The views: vpmem/ in debugfs, for root (see Documentation/debugfs.rst).
 *
 * Columns are separated by white space and have one header line, so that awk, sort
 * and column serve. What may hold spaces comes last in its line.
 */
#include <linux/debugfs.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sort.h>

#include "regions.h"
#include "testing.h"

static struct dentry *root;
static struct dentry *adapters_dir;

/*
 * tags: a snapshot, sorted by bytes
 */

struct tag_row {
	struct vpmem_counters sum;
	const struct vpmem_slot *slot;
	const char *adapter;
	u32 failures;
	u8 last_failure;
};

struct tag_table {
	struct tag_row *row;
	size_t rows;
	size_t room;
};

static u64 row_blocks(const struct tag_row *row)
{
	return row->sum.allocs - row->sum.frees;
}

static u64 row_bytes(const struct tag_row *row)
{
	return row->sum.bytes_in - row->sum.bytes_out;
}

static int row_compare(const void *a, const void *b)
{
	const struct tag_row *left = a, *right = b;
	u64 left_bytes = row_bytes(left), right_bytes = row_bytes(right);

	if (left_bytes != right_bytes)
		return left_bytes < right_bytes ? 1 : -1;
	if (left->slot->tag != right->slot->tag)
		return left->slot->tag < right->slot->tag ? -1 : 1;
	return left->slot->kind - right->slot->kind;
}

static unsigned int adapter_slots(const struct vpmem_adapter *adapter)
{
	/* Pairs with slot_take(): what is counted is whole. */
	return smp_load_acquire(&adapter->tags.slots);
}

static void table_add(struct tag_table *table,
		      const struct vpmem_adapter *adapter)
{
	unsigned int id, slots = adapter_slots(adapter);
	const struct vpmem_slot *slot;
	struct tag_row *row;

	for (id = 0; id < slots && table->rows < table->room; id++) {
		slot = vpmem_slot_by_id(&adapter->tags, id);
		row = &table->row[table->rows];
		row->slot = slot;
		row->adapter = adapter->name;
		row->failures = atomic_read(&slot->failures);
		row->last_failure = READ_ONCE(slot->last_failure);
		vpmem_slot_sum(slot, &row->sum);
		if (row->sum.allocs || row->failures)
			table->rows++;
	}
}

static size_t slots_of(struct vpmem_adapter *adapter)
{
	size_t slots = 0;

	lockdep_assert_held(&vpmem_adapters_lock);
	if (adapter)
		return adapter_slots(adapter);
	list_for_each_entry(adapter, &vpmem_adapters, node)
		slots += adapter_slots(adapter);
	return slots;
}

static int table_fill(struct tag_table *table, struct vpmem_adapter *adapter)
{
	table->rows = 0;
	table->room = slots_of(adapter);
	table->row = kvmalloc_array(table->room, sizeof(*table->row), GFP_KERNEL);
	if (!table->row)
		return -ENOMEM;
	if (adapter)
		table_add(table, adapter);
	else
		list_for_each_entry(adapter, &vpmem_adapters, node)
			table_add(table, adapter);
	sort(table->row, table->rows, sizeof(*table->row), row_compare, NULL);
	return 0;
}

static void row_show(struct seq_file *m, const struct tag_row *row)
{
	u64 blocks = row_blocks(row), bytes = row_bytes(row);
	char text[VPMEM_TAG_TEXT], hex[11];

	snprintf(hex, sizeof(hex), "0x%08x", row->slot->tag);
	seq_printf(m, "%-16s %-7s %12llu %12llu %10llu %14llu %10llu %-10s %14llu %8u %-11s %s",
		   vpmem_slot_text(row->slot, text),
		   vpmem_kind_name(row->slot->kind),
		   row->sum.allocs, row->sum.frees, blocks, bytes,
		   blocks ? div64_u64(bytes, blocks) : 0,
		   row->slot->other ? "-" : hex,
		   row->sum.charged_in - row->sum.charged_out,
		   row->failures, vpmem_failure_name(row->last_failure),
		   row->adapter);
	if (row->slot->caller)
		seq_printf(m, " %pS", (void *)row->slot->caller);
	seq_putc(m, '\n');
}

static int tags_show(struct seq_file *m, void *unused)
{
	struct tag_table table;
	size_t i;
	int err;

	seq_printf(m, "%-16s %-7s %12s %12s %10s %14s %10s %-10s %14s %8s %-11s %s\n",
		   "Tag", "Type", "Allocs", "Frees", "Diff", "Bytes", "PerAlloc",
		   "Hex", "Charged", "Failures", "LastFailure", "Adapter");
	mutex_lock(&vpmem_adapters_lock);
	err = table_fill(&table, m->private);
	for (i = 0; !err && i < table.rows; i++)
		row_show(m, &table.row[i]);
	mutex_unlock(&vpmem_adapters_lock);
	kvfree(table.row);
	return err;
}

#define TAGS_LINE 160

static int tags_open(struct inode *inode, struct file *file)
{
	size_t lines;

	mutex_lock(&vpmem_adapters_lock);
	lines = slots_of(inode->i_private) + 2;
	mutex_unlock(&vpmem_adapters_lock);
	return single_open_size(file, tags_show, inode->i_private,
				lines * TAGS_LINE);
}

static const struct file_operations tags_fops = {
	.owner = THIS_MODULE,
	.open = tags_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

/*
 * regions
 */

#define RANGE_WIDTH 37

static void range_show(struct seq_file *m, u64 start, u64 length)
{
	seq_printf(m, " 0x%016llx-0x%016llx", start, start + length - 1);
}

static void no_range_show(struct seq_file *m)
{
	seq_printf(m, " %-*s", RANGE_WIDTH, "-");
}

/* Only what is contiguous has a range in physical memory; for ports it is theirs. */
static void physical_show(struct seq_file *m, const struct vpmem_region *region)
{
	void *memory = vpmem_region_block(region) - region->offset;

	if (region->slot->kind == VPMEM_MAPPED)
		range_show(m, region->bus, region->size);
	else if (!region->means->handle && virt_addr_valid(memory))
		range_show(m, virt_to_phys(memory), region->charged);
	else
		no_range_show(m);
}

static void stack_show(struct seq_file *m, const struct vpmem_region *region)
{
	unsigned int i;

	for (i = 0; i < region->stack_depth; i++)
		seq_printf(m, " <- %pS", (void *)region->stack[i]);
}

static void region_show(const struct vpmem_region *region, void *data)
{
	u64 age = jiffies64_to_msecs(get_jiffies_64() - region->since);
	char text[VPMEM_TAG_TEXT], limit[19] = "-";
	struct seq_file *m = data;

	if (region->slot->kind == VPMEM_CONTIG)
		snprintf(limit, sizeof(limit), "0x%016llx", region->limit);
	seq_printf(m, "%-7s %-8s 0x%08x %12zu %12zu %0*lx",
		   vpmem_kind_name(region->slot->kind),
		   vpmem_slot_text(region->slot, text), region->slot->tag,
		   region->size, region->charged, (int)(2 * sizeof(void *)),
		   (unsigned long)vpmem_region_block(region));
	if (region->slot->kind == VPMEM_COMMON)
		range_show(m, region->bus, region->charged);
	else
		no_range_show(m);
	physical_show(m, region);
	seq_printf(m, " %-18s %-10s %-6s %10llu %-16s %pS", limit,
		   region->means->name, region->verify ? "yes" : "no", age,
		   region->adapter->name, (void *)region->caller);
	stack_show(m, region);
	seq_putc(m, '\n');
}

static int regions_show(struct seq_file *m, void *unused)
{
	seq_printf(m, "%-7s %-8s %-10s %12s %12s %-*s %-*s %-*s %-18s %-10s %-6s %10s %-16s %s\n",
		   "Type", "Tag", "Hex", "Size", "Charged",
		   (int)(2 * sizeof(void *)), "Virtual", RANGE_WIDTH, "Bus",
		   RANGE_WIDTH, "Physical", "Limit", "Means", "Verify", "AgeMs",
		   "Adapter", "Caller");
	return vpmem_regions_walk(m->private, region_show, m);
}
DEFINE_SHOW_ATTRIBUTE(regions);

/*
 * dma, contig
 */

static int dma_show(struct seq_file *m, void *unused)
{
	vpmem_dma_show(m, m->private);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(dma);

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
 * registry
 */

static int registry_show(struct seq_file *m, void *unused)
{
	return vpmem_registry_show(m, m->private);
}
DEFINE_SHOW_ATTRIBUTE(registry);

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

	debugfs_create_file("tags", 0400, dir, adapter, &tags_fops);
	debugfs_create_file("regions", 0400, dir, adapter, &regions_fops);
	debugfs_create_file("quota", 0600, dir, adapter, &quota_fops);
	debugfs_create_file("dma", 0400, dir, adapter, &dma_fops);
	debugfs_create_file("contig", 0400, dir, adapter, &contig_fops);
	debugfs_create_file("int10", 0400, dir, adapter, &int10_fops);
	debugfs_create_file("registry", 0400, dir, adapter, &registry_fops);
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
	debugfs_create_file("tags", 0400, root, NULL, &tags_fops);
	debugfs_create_file("regions", 0400, root, NULL, &regions_fops);
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
		err = tags_show(&m, NULL);
	else if (!strcmp(name, "regions"))
		err = regions_show(&m, NULL);
	else if (!strcmp(name, "events"))
		err = events_show(&m, NULL);
	else if (!strcmp(name, "int10"))
		err = int10_show(&m, NULL);
	else if (!strcmp(name, "quota") && adapter)
		err = quota_show(&m, NULL);
	else if (!strcmp(name, "dma") && adapter)
		err = dma_show(&m, NULL);
	else if (!strcmp(name, "contig") && adapter)
		err = contig_show(&m, NULL);
	else if (!strcmp(name, "registry") && adapter)
		err = registry_show(&m, NULL);
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

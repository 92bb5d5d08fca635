// SPDX-License-Identifier: GPL-2.0-only
/*
 * View "tags": a snapshot, taken when the file is read from its beginning and sorted by
 * bytes.
 */
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/columns.h"
#include "core/secrecy.h"
#include "core/tags.h"
#include "core/testing.h"
#include "core/views.h"

struct tag_row {
	struct vpmem_counters sum;
	u64 bytes;			/* live ones, computed once for the sort */
	u64 peak;
	const char *adapter;
	unsigned long caller;		/* 0 unless counted by caller */
	u32 tag;
	u32 failures;
	u8 kind;
	bool other;
	u8 last_failure;
};

/* Copy of an adapter's name, since the adapter may be freed before the snapshot */
struct tag_name {
	struct tag_name *next;
	char text[];
};

struct tags_state {
	struct vpmem_rows_state rows;	/* the object is the adapter, or NULL for all */
	struct tag_row *row;
	struct tag_row **sorted;	/* the rows in their order, in the same allocation */
	size_t count;
	size_t room;
	struct tag_name *names;
};

static u64 row_blocks(const struct tag_row *row)
{
	return row->sum.allocs - row->sum.frees;
}

static int row_compare(const void *a, const void *b)
{
	const struct tag_row *left = *(const struct tag_row **)a;
	const struct tag_row *right = *(const struct tag_row **)b;

	if (left->bytes != right->bytes)
		return left->bytes < right->bytes ? 1 : -1;
	if (left->tag != right->tag)
		return left->tag < right->tag ? -1 : 1;
	return left->kind - right->kind;
}

/*
 * Snapshot. The lock of the adapters is held for a few slots at a time, since attach and
 * detach wait for it.
 */

#define SLOTS_AT_ONCE	16

static size_t count_slots(const struct vpmem_adapter *adapter)
{
	size_t slots = 0;

	if (adapter)
		return vpmem_slots(&adapter->tags);
	mutex_lock(&vpmem_adapters_lock);
	list_for_each_entry(adapter, &vpmem_adapters, node)
		slots += vpmem_slots(&adapter->tags);
	mutex_unlock(&vpmem_adapters_lock);
	return slots;
}

static void add_row(struct tags_state *state, const struct vpmem_slot *slot,
		    const struct tag_name *name)
{
	struct tag_row *row = &state->row[state->count];

	row->adapter = name->text;
	row->caller = slot->caller;
	row->tag = slot->tag;
	row->kind = slot->kind;
	row->other = slot->other;
	row->failures = atomic_read(&slot->failures);
	row->last_failure = READ_ONCE(slot->last_failure);
	vpmem_slot_sum(slot, &row->sum);
	if (!row->sum.allocs && !row->failures)
		return;
	row->bytes = row->sum.bytes_in - row->sum.bytes_out;
	row->peak = vpmem_peak_read(slot, row->bytes);
	state->count++;
}

static struct tag_name *add_name(struct tags_state *state, const char *text)
{
	size_t size = strlen(text) + 1;
	struct tag_name *name = kmalloc(struct_size(name, text, size), GFP_KERNEL_ACCOUNT);

	if (!name)
		return NULL;
	memcpy(name->text, text, size);
	name->next = state->names;
	state->names = name;
	return name;
}

struct slot_cursor {
	u64 adapter;			/* its serial */
	unsigned int slot;
	struct tag_name *name;
};

/* Add the next slots of @adapter, and move the cursor behind them or to the next adapter. */
static int add_slots(struct tags_state *state, const struct vpmem_adapter *adapter,
		     struct slot_cursor *cursor)
{
	unsigned int slots = vpmem_slots(&adapter->tags);
	unsigned int end = min(slots, cursor->slot + SLOTS_AT_ONCE);

	if (!cursor->slot)
		cursor->name = add_name(state, adapter->name);
	if (!cursor->name)
		return -ENOMEM;
	while (cursor->slot < end && state->count < state->room)
		add_row(state, vpmem_slot_by_id(&adapter->tags, cursor->slot++),
			cursor->name);
	if (cursor->slot >= slots || state->count == state->room)
		*cursor = (struct slot_cursor){ .adapter = adapter->serial + 1 };
	return 0;
}

/* Return the first adapter at or after the cursor, which restarts at slot 0 if it moves. */
static const struct vpmem_adapter *cursor_adapter(const struct tags_state *state,
						  struct slot_cursor *cursor)
{
	const struct vpmem_adapter *adapter = state->rows.adapter;

	lockdep_assert_held(&vpmem_adapters_lock);
	if (adapter)
		return adapter->serial >= cursor->adapter ? adapter : NULL;
	list_for_each_entry(adapter, &vpmem_adapters, node) {
		if (adapter->serial == cursor->adapter)
			return adapter;
		if (adapter->serial < cursor->adapter)
			continue;
		*cursor = (struct slot_cursor){ .adapter = adapter->serial };
		return adapter;
	}
	return NULL;
}

static int snapshot_fill(struct tags_state *state)
{
	const struct vpmem_adapter *adapter;
	struct slot_cursor cursor = {};
	int err = 0;

	do {
		mutex_lock(&vpmem_adapters_lock);
		adapter = cursor_adapter(state, &cursor);
		if (adapter)
			err = add_slots(state, adapter, &cursor);
		mutex_unlock(&vpmem_adapters_lock);
		if (fatal_signal_pending(current))
			err = -EINTR;
		cond_resched();
	} while (adapter && !err);
	return err;
}

static void snapshot_free(void *data)
{
	struct tags_state *state = data;
	struct tag_name *name;

	while ((name = state->names)) {
		state->names = name->next;
		kfree(name);
	}
	kvfree(state->row);
	state->row = NULL;
	state->count = 0;
}

/* Sort pointers, which is cheaper than to move the rows. */
static void snapshot_sort(struct tags_state *state)
{
	size_t i;

	for (i = 0; i < state->count; i++)
		state->sorted[i] = &state->row[i];
	sort(state->sorted, state->count, sizeof(*state->sorted), row_compare, NULL);
}

static int snapshot_take(struct tags_state *state)
{
	int err;

	snapshot_free(state);
	state->room = count_slots(state->rows.adapter);
	state->row = kvmalloc_array(state->room ?: 1,
				    sizeof(*state->row) + sizeof(*state->sorted),
				    GFP_KERNEL_ACCOUNT);
	if (!state->row)
		return -ENOMEM;
	state->sorted = (struct tag_row **)&state->row[state->room];
	err = snapshot_fill(state);
	snapshot_sort(state);
	return err;
}

/*
 * Rows
 */

static void *row_at(struct tags_state *state, loff_t pos)
{
	return pos <= state->count ? state->sorted[pos - 1] : NULL;
}

static void *tags_start(struct seq_file *m, loff_t *pos)
{
	struct tags_state *state = m->private;
	int err;

	if (*pos)
		return row_at(state, *pos);
	err = snapshot_take(state);
	return err ? ERR_PTR(err) : SEQ_START_TOKEN;
}

static void *tags_next(struct seq_file *m, void *row, loff_t *pos)
{
	return row_at(m->private, ++*pos);
}

static void tags_stop(struct seq_file *m, void *row)
{
}

/*
 * Size of the columns before the name of the adapter: no column is wider than a tag or
 * a number, and a space follows each.
 */
#define ROW_COLUMNS	12
#define ROW_TEXT	(ROW_COLUMNS * (VPMEM_DIGITS + 1))

/* Format all columns but the last ones, which have no maximum size. Return their end. */
static char *row_format(char *to, const struct tag_row *row)
{
	u64 blocks = row_blocks(row), bytes = row->bytes;
	char tag[VPMEM_TAG_TEXT];

	to = vpmem_column_text(to, 16, row->other ? "(other)" :
						    vpmem_tag_text(row->tag, tag)) + 1;
	to = vpmem_column_text(to, 7, vpmem_kind_name(row->kind)) + 1;
	to = vpmem_column_number(to, 12, row->sum.allocs) + 1;
	to = vpmem_column_number(to, 12, row->sum.frees) + 1;
	to = vpmem_column_number(to, 10, blocks) + 1;
	to = vpmem_column_number(to, 14, bytes) + 1;
	to = vpmem_column_number(to, 10, blocks ? div64_u64(bytes, blocks) : 0) + 1;
	to = row->other ? vpmem_column_text(to, 10, "-") + 1 :
			  vpmem_column_hex(to, row->tag) + 1;
	to = vpmem_column_number(to, 14, row->sum.charged_in - row->sum.charged_out) + 1;
	to = vpmem_column_number(to, 8, row->failures) + 1;
	to = vpmem_column_text(to, 11, vpmem_failure_name(row->last_failure)) + 1;
	return vpmem_column_number(to, 14, row->peak) + 1;
}

/* Print the adapter and the caller, which is a column in the machine-readable form only. */
static void owner_show(struct seq_file *m, const struct tag_row *row, bool machine)
{
	char symbol[VPMEM_SYMBOL_TEXT];

	if (machine)
		vpmem_view_word(m, row->adapter);
	else
		seq_puts(m, row->adapter);
	if (row->caller)
		seq_printf(m, "%c%s", machine ? '\t' : ' ',
			   vpmem_symbol_text(row->caller, symbol));
	else if (machine)
		seq_puts(m, "\t-");
	seq_putc(m, '\n');
}

static void row_show(struct seq_file *m, const struct tag_row *row, bool machine)
{
	char text[ROW_TEXT];

	memset(text, ' ', sizeof(text));
	seq_write(m, text, row_format(text, row) - text);
	owner_show(m, row, machine);
}

static int tags_show(struct seq_file *m, void *row)
{
	const struct tags_state *state = m->private;
	bool machine = state->rows.machine;

	if (row != SEQ_START_TOKEN)
		row_show(m, row, machine);
	else
		seq_printf(m, "%-16s %-7s %12s %12s %10s %14s %10s %-10s %14s %8s %-11s %14s %s\n",
			   "Tag", "Type", "Allocs", "Frees", "Diff", "Bytes", "PerAlloc",
			   "Hex", "Charged", "Failures", "LastFailure", "Peak",
			   machine ? "Adapter\tCaller" : "Adapter");
	return 0;
}

static const struct vpmem_rows tags_rows = {
	.ops = {
		.start = tags_start,
		.next = tags_next,
		.stop = tags_stop,
		.show = tags_show,
	},
	.size = sizeof(struct tags_state),
	.release = snapshot_free,
};

static struct vpmem_view tags_view = {
	.name = "tags",
	.places = VPMEM_VIEW_ALL | VPMEM_VIEW_ADAPTERS,
	.columns = 13,
	.rows = &tags_rows,
};

void __init vpmem_tags_view_init(void)
{
	vpmem_view_register(&tags_view);
}

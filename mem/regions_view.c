// SPDX-License-Identifier: GPL-2.0-only
/*
 * View "regions". Each row is copied under the lock of the table and printed without it,
 * so that no allocation waits for the printing.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>

#include "core/adapter.h"
#include "core/secrecy.h"
#include "core/tags.h"
#include "core/testing.h"
#include "core/views.h"
#include "mem/regions.h"

struct regions_state {
	struct vpmem_rows_state rows;	/* the object is the adapter, or NULL for all */
	struct vpmem_region_cursor cursor; /* at the row that is printed next */
	bool hides;			/* physical addresses */
	unsigned long caller;		/* of the last row, whose text is below */
	char symbol[VPMEM_SYMBOL_TEXT];
	struct vpmem_region region;	/* copy, with space for its stack */
};

static void copy_region(const struct vpmem_region *region, void *data)
{
	struct regions_state *state = data;

	state->region = *region;
	memcpy(state->region.stack, region->stack,
	       array_size(region->stack_depth, sizeof(region->stack[0])));
}

/* Copy the row at the cursor, or the next one if it was freed. */
static void *current_row(struct regions_state *state)
{
	if (fatal_signal_pending(current))
		return ERR_PTR(-EINTR);
	return vpmem_region_seek(state->rows.adapter, &state->cursor, copy_region, state) ?
	       state : NULL;
}

/* Enter an RCU read section: it keeps the adapters of the copies until the stop. */
static void *regions_start(struct seq_file *m, loff_t *pos)
	__acquires(RCU)
{
	struct regions_state *state = m->private;

	if (!*pos)
		state->hides = vpmem_hides_physical();
	state->caller = 0;
	rcu_read_lock();
	if (*pos)
		return current_row(state);
	state->cursor = (struct vpmem_region_cursor){};
	return SEQ_START_TOKEN;
}

static void *regions_next(struct seq_file *m, void *row, loff_t *pos)
{
	struct regions_state *state = m->private;

	if (row != SEQ_START_TOKEN)
		state->cursor.serial++;
	++*pos;
	return current_row(state);
}

static void regions_stop(struct seq_file *m, void *row)
	__releases(RCU)
{
	rcu_read_unlock();
}

/*
 * Printing
 */

#define RANGE_WIDTH	37
#define POINTER_WIDTH	((int)(2 * sizeof(void *)))

static void range_show(struct seq_file *m, u64 start, u64 length)
{
	seq_printf(m, " 0x%016llx-0x%016llx", start, start + length - 1);
}

static void no_range_show(struct seq_file *m, const char *why)
{
	seq_printf(m, " %-*s", RANGE_WIDTH, why);
}

static void memory_range_show(struct seq_file *m, u64 start, u64 length)
{
	const struct regions_state *state = m->private;

	if (state->hides)
		no_range_show(m, "hidden");
	else
		range_show(m, start, length);
}

/* Print the physical range of contiguous memory, or the range of ports. */
static void physical_show(struct seq_file *m, const struct vpmem_region *region)
{
	void *memory = vpmem_region_memory(region);

	if (region->slot->kind == VPMEM_MAPPED && !region->backing->memory)
		range_show(m, region->bus, region->size);
	else if (region->slot->kind == VPMEM_MAPPED)
		memory_range_show(m, region->bus, region->size);
	else if (!region->backing->handle && virt_addr_valid(memory))
		memory_range_show(m, virt_to_phys(memory), region->charged);
	else
		no_range_show(m, "-");
}

static void bus_show(struct seq_file *m, const struct vpmem_region *region)
{
	if (region->slot->kind == VPMEM_COMMON)
		memory_range_show(m, region->bus, region->charged);
	else
		no_range_show(m, "-");
}

/* Print the same hash as messages do, or the number of a port. */
static void block_show(struct seq_file *m, const struct vpmem_region *region)
{
	if (region->backing->port)
		seq_printf(m, " %0*lx", POINTER_WIDTH,
			   (unsigned long)vpmem_region_block(region));
	else
		seq_printf(m, " %p", vpmem_region_block(region));
}

/* Return the symbol of the caller. Many rows in a row have the same, and a search is slow. */
static const char *caller_text(struct regions_state *state)
{
	if (state->caller != state->region.caller)
		vpmem_symbol_text(state->region.caller, state->symbol);
	state->caller = state->region.caller;
	return state->symbol;
}

static void callers_show(struct seq_file *m, struct regions_state *state)
{
	char text[VPMEM_SYMBOL_TEXT];
	unsigned int i;

	seq_putc(m, ' ');
	seq_puts(m, caller_text(state));
	for (i = 0; i < state->region.stack_depth; i++)
		seq_printf(m, " <- %s", vpmem_symbol_text(state->region.stack[i], text));
	seq_putc(m, '\n');
}

static void region_adapter_show(struct seq_file *m, const char *name, bool machine)
{
	if (machine)
		vpmem_view_word(m, name);
	else
		seq_printf(m, "%-16s", name);
}

static void region_show(struct seq_file *m, struct regions_state *state)
{
	const struct vpmem_region *region = &state->region;
	u64 age = jiffies64_to_msecs(get_jiffies_64() - region->since);
	char text[VPMEM_TAG_TEXT], limit[19] = "-";

	if (region->slot->kind == VPMEM_CONTIG)
		snprintf(limit, sizeof(limit), "0x%016llx", region->limit);
	seq_printf(m, "%-7s %-8s 0x%08x %12zu %12zu",
		   vpmem_kind_name(region->slot->kind),
		   vpmem_slot_text(region->slot, text), region->slot->tag,
		   region->size, region->charged);
	block_show(m, region);
	bus_show(m, region);
	physical_show(m, region);
	seq_printf(m, " %-18s %-10s %-6s %10llu ", limit, region->backing->name,
		   region->verify ? "yes" : "no", age);
	region_adapter_show(m, region->adapter->name, state->rows.machine);
	callers_show(m, state);
}

static int regions_show(struct seq_file *m, void *row)
{
	if (row != SEQ_START_TOKEN)
		region_show(m, row);
	else
		seq_printf(m, "%-7s %-8s %-10s %12s %12s %-*s %-*s %-*s %-18s %-10s %-6s %10s %-16s %s\n",
			   "Type", "Tag", "Hex", "Size", "Charged", POINTER_WIDTH,
			   "Virtual", RANGE_WIDTH, "Bus", RANGE_WIDTH, "Physical", "Limit",
			   "Backing", "Verify", "AgeMs", "Adapter", "Caller");
	return 0;
}

static const struct vpmem_rows regions_rows = {
	.ops = {
		.start = regions_start,
		.next = regions_next,
		.stop = regions_stop,
		.show = regions_show,
	},
	.size = sizeof(struct regions_state) + VPMEM_STACK_DEPTH * sizeof(unsigned long),
};

static struct vpmem_view regions_view = {
	.name = "regions",
	.places = VPMEM_VIEW_ALL | VPMEM_VIEW_ADAPTERS,
	.columns = 14,
	.rows = &regions_rows,
};

void __init vpmem_regions_view_init(void)
{
	vpmem_view_register(&regions_view);
}

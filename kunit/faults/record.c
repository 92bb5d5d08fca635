// SPDX-License-Identifier: GPL-2.0-only
/*
 * Record of the calls that failed: a line of debugfs for each stack, with the number of
 * failures, the function that failed, and a symbol and offset for each frame. scripts/faults
 * compares it with the calls in vpmem.ko.
 */
#include <linux/jhash.h>
#include <linux/kallsyms.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/vmalloc.h>

#include "kunit/faults/faults.h"

/* Numbers of stacks and of their frames, and bytes for their text */
#define STACKS		8192
#define FRAMES		48
#define TEXT_SIZE	(12 << 20)

struct stack {
	u64 key;
	unsigned long count;
	const char *callee;
	const char *text;
};

static DEFINE_RAW_SPINLOCK(record_lock);
/* Hash table by the addresses of the frames */
static struct stack *stacks;
static unsigned int nr_stacks;
static char *text;
static size_t text_used;
/* Failures that the table had no room for */
static unsigned long lost;
/* Number of changes of modules: another one may get the addresses of a module that is gone. */
static unsigned int epoch;
/* Frames of the failure that is recorded now */
static unsigned long frames[FRAMES];

static u64 key_of_frames(unsigned int nr)
{
	u32 words = nr * sizeof(*frames) / sizeof(u32);

	return (u64)jhash2((u32 *)frames, words, epoch) << 32 |
	       jhash2((u32 *)frames, words, ~epoch);
}

/*
 * Print the frames up to the outermost one of a module of vpmem or of its tests. Do it now,
 * because the module may go. Return NULL if there is no room.
 */
static const char *print_frames(unsigned int nr)
{
	char *start = text + text_used, *symbol = start, *end = start;
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (text + TEXT_SIZE - symbol < KSYM_SYMBOL_LEN + 2)
			return NULL;
		*symbol++ = ' ';
		symbol += sprint_symbol(symbol, frames[i]);
		if (strstr(end, "[vpmem"))
			end = symbol;
	}
	*end = '\0';
	text_used = end + 1 - text;
	return start;
}

static void count_stack(const char *callee, unsigned int nr)
{
	u64 key = key_of_frames(nr);
	struct stack *stack = &stacks[key % STACKS];

	while (stack->count && stack->key != key)
		stack = stack == stacks ? &stacks[STACKS - 1] : stack - 1;
	if (!stack->count) {
		stack->text = nr_stacks < STACKS - 1 ? print_frames(nr) : NULL;
		if (!stack->text) {
			lost++;
			return;
		}
		stack->key = key;
		stack->callee = callee;
		nr_stacks++;
	}
	stack->count++;
}

/* Record a failure of the call that returns to this address. */
void vpmem_faults_record(unsigned long address, const char *callee)
{
	unsigned int nr, first = 0;
	unsigned long flags;

	raw_spin_lock_irqsave(&record_lock, flags);
	nr = stack_trace_save(frames, FRAMES, 0);
	while (first < nr && frames[first] != address)
		first++;
	if (first < nr) {
		nr -= first;
		memmove(frames, frames + first, nr * sizeof(*frames));
	} else {
		/* This kernel cannot tell a stack exactly. */
		frames[0] = address;
		nr = 1;
	}
	count_stack(callee, nr);
	raw_spin_unlock_irqrestore(&record_lock, flags);
}

void vpmem_faults_record_epoch(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&record_lock, flags);
	epoch++;
	raw_spin_unlock_irqrestore(&record_lock, flags);
}

/*
 * File: "lost COUNT", then lines "COUNT CALLEE FRAME..."
 */

static void *record_start(struct seq_file *file, loff_t *pos)
{
	return *pos <= STACKS ? pos : NULL;
}

static void *record_next(struct seq_file *file, void *value, loff_t *pos)
{
	++*pos;
	return record_start(file, pos);
}

static void record_stop(struct seq_file *file, void *value)
{
}

static int record_show(struct seq_file *file, void *value)
{
	loff_t at = *(loff_t *)value;
	const struct stack *stack;

	if (!at) {
		seq_printf(file, "lost %lu\n", lost);
		return 0;
	}
	stack = &stacks[at - 1];
	if (stack->count)
		seq_printf(file, "%lu %s%s\n", stack->count, stack->callee, stack->text);
	return 0;
}

static const struct seq_operations vpmem_faults_record_sops = {
	.start = record_start,
	.next = record_next,
	.stop = record_stop,
	.show = record_show,
};

static int record_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &vpmem_faults_record_sops);
}

const struct file_operations vpmem_faults_record_fops = {
	.owner = THIS_MODULE,
	.open = record_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_release,
};

int vpmem_faults_record_init(void)
{
	stacks = vzalloc(array_size(STACKS, sizeof(*stacks)));
	text = vmalloc(TEXT_SIZE);
	if (stacks && text)
		return 0;
	vpmem_faults_record_exit();
	return -ENOMEM;
}

void vpmem_faults_record_exit(void)
{
	vfree(text);
	vfree(stacks);
}

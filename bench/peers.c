// SPDX-License-Identifier: GPL-2.0-only
/*
 * Other ways to keep track of blocks, over kmalloc, in a few lines each:
 *
 *	a list of all blocks under a lock;
 *	an entry in a hash table for each block;
 *	counters of each call site, as alloc_tag has them, which find no owner and no leak;
 *	an entry in a hash table and in a list with a copy of the caller's name, and totals
 *	that all CPUs write, as the debug mode of the Solaris Porting Layer has them.
 */
#include <linux/atomic.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "bench/bench.h"

static DEFINE_SPINLOCK(lock);

/*
 * List: a header in front of each block
 */

struct listed {
	struct list_head node;
	size_t size;
	ULONG tag;
} __aligned(16);

static LIST_HEAD(all);

static void *list_begin(size_t size)
{
	struct listed *header = kmalloc(sizeof(*header) + size, GFP_KERNEL);
	unsigned long flags;

	if (!header)
		return NULL;
	header->size = size;
	header->tag = bench_tag;
	spin_lock_irqsave(&lock, flags);
	list_add_tail(&header->node, &all);
	spin_unlock_irqrestore(&lock, flags);
	return header + 1;
}

static void list_end(void *block, size_t size)
{
	struct listed *header = (struct listed *)block - 1;
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	list_del(&header->node);
	spin_unlock_irqrestore(&lock, flags);
	kfree(header);
}

/*
 * Hash: an entry for each block
 */

#define HASH_BITS	10

struct entry {
	struct hlist_node node;
	struct list_head all;
	void *block;
	size_t size;
	ULONG tag;
	int line;
	char *name;
};

static struct hlist_head table[1 << HASH_BITS];

static struct hlist_head *bucket(const void *block)
{
	return &table[hash_ptr(block, HASH_BITS)];
}

static struct entry *find(const void *block)
{
	struct entry *entry;

	hlist_for_each_entry(entry, bucket(block), node)
		if (entry->block == block)
			return entry;
	return NULL;
}

static void *hash_begin(size_t size)
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	void *block = kmalloc(size, GFP_KERNEL);
	unsigned long flags;

	if (!entry || !block) {
		kfree(entry);
		kfree(block);
		return NULL;
	}
	entry->block = block;
	entry->size = size;
	entry->tag = bench_tag;
	spin_lock_irqsave(&lock, flags);
	hlist_add_head(&entry->node, bucket(block));
	spin_unlock_irqrestore(&lock, flags);
	return block;
}

static void hash_end(void *block, size_t size)
{
	struct entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	entry = find(block);
	if (entry)
		hlist_del(&entry->node);
	spin_unlock_irqrestore(&lock, flags);
	kfree(entry);
	kfree(block);
}

/*
 * Counters: a reference to them in front of each block
 */

struct counters {
	u64 bytes;
	u64 calls;
};

static DEFINE_PER_CPU(struct counters, site);

struct counted {
	struct counters __percpu *site;
} __aligned(16);

static void *counter_begin(size_t size)
{
	struct counted *header = kmalloc(sizeof(*header) + size, GFP_KERNEL);

	if (!header)
		return NULL;
	header->site = &site;
	this_cpu_add(header->site->bytes, size);
	this_cpu_inc(header->site->calls);
	return header + 1;
}

static void counter_end(void *block, size_t size)
{
	struct counted *header = (struct counted *)block - 1;

	this_cpu_sub(header->site->bytes, size);
	this_cpu_dec(header->site->calls);
	kfree(header);
}

/*
 * Full tracking
 */

#define FREED	0x5a

static atomic64_t used;
static atomic64_t most_used;

static void count_used(size_t size)
{
	s64 now = atomic64_add_return(size, &used);

	if (now > atomic64_read(&most_used))
		atomic64_set(&most_used, now);
}

static void *track_begin(size_t size)
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	char *name = kstrdup(__func__, GFP_KERNEL);
	void *block = kmalloc(size, GFP_KERNEL);
	unsigned long flags;

	if (!entry || !name || !block) {
		kfree(entry);
		kfree(name);
		kfree(block);
		return NULL;
	}
	count_used(size);
	entry->block = block;
	entry->size = size;
	entry->name = name;
	entry->line = __LINE__;
	spin_lock_irqsave(&lock, flags);
	hlist_add_head(&entry->node, bucket(block));
	list_add_tail(&entry->all, &all);
	spin_unlock_irqrestore(&lock, flags);
	return block;
}

static void track_end(void *block, size_t size)
{
	struct entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	entry = find(block);
	if (entry) {
		hlist_del(&entry->node);
		list_del(&entry->all);
	}
	spin_unlock_irqrestore(&lock, flags);
	if (!entry)
		return;
	atomic64_sub(size, &used);
	kfree(entry->name);
	memset(entry, FREED, sizeof(*entry));
	kfree(entry);
	memset(block, FREED, size);
	kfree(block);
}

static const struct bench_call peers[] = {
	{ "peer: locked list", list_begin, list_end },
	{ "peer: hash entry per block", hash_begin, hash_end },
	{ "peer: counters, as alloc_tag", counter_begin, counter_end },
	{ "peer: full tracking, as SPL", track_begin, track_end },
};

static const size_t sizes[] = { 64, 1024 };

void bench_peers(void)
{
	static const struct bench_work churn = {
		.round = bench_churn, .count = 4000, .rounds = 5, .live = 4000
	};
	struct bench_row row = { .base = &bench_kmalloc };
	char name[40];
	int i;

	for (i = 0; i < ARRAY_SIZE(peers); i++) {
		row.call = &peers[i];
		row.name = peers[i].name + strlen("peer: ");
		row.work = (struct bench_work)BENCH_PAIR(0);
		bench_rows(&row, sizes, ARRAY_SIZE(sizes));
		snprintf(name, sizeof(name), "%s, churn", row.name);
		row.name = name;
		row.work = churn;
		bench_row(&row);
	}
}

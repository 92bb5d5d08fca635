// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accounting: one slot for each (adapter, tag, kind).
 *
 * A slot's counters are per CPU and only grow; the number of live blocks is the difference
 * of two counters. So counting writes no shared cache line, and reading takes no lock.
 * Slots are allocated in chunks, found through a hash, and freed with their adapter. The
 * next chunk is allocated when the last one is half full, because the first use of a tag
 * may be in atomic context. If no slot is free, the allocation is counted in the first
 * slots, one for each kind, which have no tag.
 */
#include <linux/ctype.h>
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/log.h"
#include "core/tags.h"

static const char * const kind_names[] = {
	[VPMEM_NONPAGED] = "Nonp",
	[VPMEM_PAGED]	 = "Paged",
	[VPMEM_BUFFER]	 = "Buffer",
	[VPMEM_COMMON]	 = "Common",
	[VPMEM_CONTIG]	 = "Contig",
	[VPMEM_MDL]	 = "Locked",
	[VPMEM_SG_LIST]	 = "SGList",
	[VPMEM_MAPPED]	 = "Mapped",
	[VPMEM_ROM]	 = "Rom",
	[VPMEM_INT10]	 = "Int10",
	[VPMEM_SPINLOCK]	 = "Lock",
	[VPMEM_EVENT]	 = "Event",
};

static const char * const failure_names[] = {
	[VPMEM_FAIL_NONE]    = "-",
	[VPMEM_FAIL_MEMORY]  = "no-memory",
	[VPMEM_FAIL_QUOTA]   = "quota",
	[VPMEM_FAIL_CONTEXT] = "context",
	[VPMEM_FAIL_SIZE]    = "size",
	[VPMEM_FAIL_TYPE]    = "pool-type",
	[VPMEM_FAIL_ADDRESS] = "address",
};

const char *vpmem_kind_name(unsigned int kind)
{
	return kind_names[kind];
}

const char *vpmem_failure_name(unsigned int why)
{
	return failure_names[why];
}

/*
 * Format a tag, low byte first. Unprintable bytes are escaped. So are spaces, because they
 * separate the columns of views; trailing spaces are omitted.
 */
const char *vpmem_tag_text(u32 tag, char text[VPMEM_TAG_TEXT])
{
	char *out = text;
	int i;

	for (i = 0; i < 4; i++, tag >>= 8) {
		u8 c = tag;
		bool padding = i && tag == 0x20202020u >> (8 * i);

		if (padding)
			break;
		if (c > ' ' && c < 0x7f && c != '\\')
			*out++ = c;
		else
			out += scnprintf(out, text + VPMEM_TAG_TEXT - out, "\\x%02x", c);
	}
	*out = '\0';
	return text;
}

const char *vpmem_slot_text(const struct vpmem_slot *slot, char text[VPMEM_TAG_TEXT])
{
	return slot->other ? "(other)" : vpmem_tag_text(slot->tag, text);
}

/* Return the fault of a tag: a bug check on Windows, or forbidden by its documents. */
static const char *tag_fault(u32 tag)
{
	bool alphanumeric = false, unprintable = false;
	int i;

	if (!tag)
		return "it is zero (bug check 0xC2/0x9B)";
	if (tag == 0x00474942 || tag == 0x20474942)
		return "it is BIG (bug check 0xC2/0x9C)";
	for (i = 0; i < 4; i++) {
		u8 c = tag >> (8 * i);

		alphanumeric |= isascii(c) && isalnum(c);
		unprintable |= c && (c < 0x20 || c > 0x7e);
	}
	if (!alphanumeric)
		return "no letter or digit (bug check 0xC2/0x9D)";
	return unprintable ? "it has a byte outside 0x20..0x7E" : NULL;
}

static void tag_check(struct vpmem_adapter *adapter, u32 tag)
{
	const struct vpmem_call call = { .name = "tag", .adapter = adapter };
	const char *fault = tag_fault(tag);
	char text[VPMEM_TAG_TEXT];

	if (fault)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_TAG,
				  "%s (0x%08x) is accepted, but invalid on Windows: %s",
				  vpmem_tag_text(tag, text), tag, fault);
}

static void chunk_init_stats(struct vpmem_counters __percpu *counters)
{
	unsigned int i;
	int cpu;

	for_each_possible_cpu(cpu)
		for (i = 0; i < VPMEM_CHUNK_SLOTS; i++)
			u64_stats_init(&per_cpu_ptr(counters + i, cpu)->syncp);
}

/*
 * Allocate a chunk and its counters at once. The per-CPU allocator drops
 * __GFP_RETRY_MAYFAIL, hence the scope.
 */
static struct vpmem_chunk *chunk_alloc(gfp_t gfp)
{
	struct vpmem_chunk *chunk = kzalloc(sizeof(*chunk), gfp);
	struct vpmem_counters __percpu *counters;
	unsigned int i, flags;

	if (!chunk)
		return NULL;
	flags = vpmem_no_oom_begin();
	counters = (struct vpmem_counters __percpu *)
		__alloc_percpu_gfp(sizeof(*counters) * VPMEM_CHUNK_SLOTS,
				   __alignof__(*counters), gfp);
	vpmem_no_oom_end(flags);
	if (!counters) {
		kfree(chunk);
		return NULL;
	}
	for (i = 0; i < VPMEM_CHUNK_SLOTS; i++)
		chunk->slot[i].counters = counters + i;
	chunk_init_stats(counters);
	return chunk;
}

static void chunk_free(struct vpmem_chunk *chunk)
{
	free_percpu(chunk->slot[0].counters);
	kfree(chunk);
}

static bool tags_grow(struct vpmem_tags *tags, gfp_t gfp)
{
	struct vpmem_chunk *chunk = chunk_alloc(gfp);
	unsigned long flags;

	if (!chunk)
		return false;
	raw_spin_lock_irqsave(&tags->lock, flags);
	if (tags->chunks < VPMEM_TAG_CHUNKS) {
		tags->chunk[tags->chunks++] = chunk;
		chunk = NULL;
	}
	raw_spin_unlock_irqrestore(&tags->lock, flags);
	if (chunk)
		chunk_free(chunk);
	return !chunk;
}

/*
 * Hash table of slots
 */

static struct vpmem_tag_table *table_alloc(unsigned int bits, gfp_t gfp)
{
	struct vpmem_tag_table *table;

	table = kzalloc(struct_size(table, head, BIT(bits)), gfp);
	if (table)
		table->shift = 32 - bits;
	return table;
}

/*
 * Move all slots to a larger table. A lookup without the lock may follow a moved slot into
 * the list of another head, and miss its own.
 */
static void table_replace(struct vpmem_tags *tags, struct vpmem_tag_table *table)
{
	struct vpmem_slot *slot;
	unsigned int id;

	lockdep_assert_held(&tags->lock);
	table->replaced = tags->table;
	/* Publish the empty table. */
	smp_store_release(&tags->table, table);
	for (id = 0; id < tags->slots; id++) {
		slot = vpmem_slot_by_id(tags, id);
		if (slot->other)
			continue;
		hlist_del_rcu(&slot->node);
		hlist_add_head_rcu(&slot->node, vpmem_tag_head(tags, slot->tag, slot->kind));
	}
}

/* Replace a table that has more slots than heads. Without memory, lookups take longer. */
static void tags_rehash(struct vpmem_tags *tags)
{
	unsigned int bits = 32 - READ_ONCE(tags->table)->shift;
	struct vpmem_tag_table *table = NULL;

	if (READ_ONCE(tags->slots) > BIT(bits))
		table = table_alloc(bits + 2, VPMEM_GFP_PASSIVE);
	if (!table)
		return;
	raw_spin_lock_irq(&tags->lock);
	if (tags->table->shift == 32 - bits) {
		table_replace(tags, table);
		table = NULL;
	}
	raw_spin_unlock_irq(&tags->lock);
	kfree(table);
}

static unsigned int tags_free_slots(const struct vpmem_tags *tags)
{
	return READ_ONCE(tags->chunks) * VPMEM_CHUNK_SLOTS -
	       READ_ONCE(tags->slots);
}

static bool tags_running_low(const struct vpmem_tags *tags)
{
	return tags_free_slots(tags) < VPMEM_CHUNK_SLOTS / 2 &&
	       READ_ONCE(tags->chunks) < VPMEM_TAG_CHUNKS;
}

static void tags_grow_work(struct work_struct *work)
{
	struct vpmem_tags *tags = container_of(work, struct vpmem_tags, grow);

	tags_rehash(tags);
	while (tags_running_low(tags) && tags_grow(tags, VPMEM_GFP_PASSIVE))
		;
}

/* Allocate slots ahead, later in atomic context; at once if no slot is left. */
static void tags_refill(struct vpmem_tags *tags)
{
	if (!tags_running_low(tags))
		return;
	if (vpmem_may_sleep()) {
		tags_rehash(tags);
		tags_grow(tags, VPMEM_GFP_PASSIVE);
		return;
	}
	if (!tags_free_slots(tags) && !vpmem_locks_sleep())
		tags_grow(tags, VPMEM_GFP_ATOMIC);
	schedule_work(&tags->grow);
}

static struct vpmem_slot *slot_alloc(struct vpmem_adapter *adapter, u32 tag,
				     u8 kind, unsigned long caller)
{
	struct vpmem_tags *tags = &adapter->tags;
	unsigned int id = tags->slots;
	struct vpmem_slot *slot;

	lockdep_assert_held(&tags->lock);
	if (id == tags->chunks * VPMEM_CHUNK_SLOTS)
		return NULL;
	slot = vpmem_slot_by_id(tags, id);
	slot->word = VPMEM_WORD_LIVE | VPMEM_WORD_USED | id << VPMEM_WORD_SLOT_SHIFT;
	slot->adapter = adapter;
	slot->tag = tag;
	slot->kind = kind;
	slot->key = caller ? kind | VPMEM_KEY_CALLER : kind;
	slot->caller = caller;
	/* Publish the slot: readers use every slot below the count. */
	smp_store_release(&tags->slots, id + 1);
	return slot;
}

static bool tag_is_known(const struct vpmem_tags *tags, u32 tag)
{
	unsigned int kind;

	for (kind = 0; kind < VPMEM_KINDS; kind++)
		if (vpmem_slot_find(tags, tag, kind))
			return true;
	return false;
}

/* Find the slot of a caller, or that of all others if @caller is 0. */
static struct vpmem_slot *slot_find(const struct vpmem_tags *tags, u32 tag,
				    enum vpmem_kind kind, unsigned long caller)
{
	const struct hlist_head *head = vpmem_tag_head(tags, tag, kind);
	u8 key = caller ? kind | VPMEM_KEY_CALLER : kind;
	struct vpmem_slot *slot;

	hlist_for_each_entry_rcu(slot, head, node, true)
		if (slot->tag == tag && slot->key == key && slot->caller == caller)
			return slot;
	return NULL;
}

static struct vpmem_slot *slot_add(struct vpmem_adapter *adapter, u32 tag,
				   enum vpmem_kind kind, unsigned long caller)
{
	struct vpmem_tags *tags = &adapter->tags;
	struct vpmem_slot *slot;
	bool new_tag = false;
	unsigned long flags;

	tags_refill(tags);
	raw_spin_lock_irqsave(&tags->lock, flags);
	slot = slot_find(tags, tag, kind, caller);
	if (!slot) {
		new_tag = !tag_is_known(tags, tag);
		slot = slot_alloc(adapter, tag, kind, caller);
		if (slot)
			hlist_add_head_rcu(&slot->node, vpmem_tag_head(tags, tag, kind));
	}
	raw_spin_unlock_irqrestore(&tags->lock, flags);
	if (new_tag && slot)
		tag_check(adapter, tag);
	return slot;
}

/* Return the slot to count in, never NULL. An NMI cannot lock, so it adds no slot. */
struct vpmem_slot *vpmem_slot_get(struct vpmem_adapter *adapter, u32 tag,
				  enum vpmem_kind kind)
{
	struct vpmem_slot *slot = vpmem_slot_find(&adapter->tags, tag, kind);

	if (!slot && !in_nmi())
		slot = slot_add(adapter, tag, kind, 0);
	return slot ?: vpmem_slot_by_id(&adapter->tags, kind);
}

/*
 * Return the slot to count the blocks of one caller in. The tag gets a slot without a
 * caller, too: checking the tag is part of adding that one.
 */
struct vpmem_slot *vpmem_slot_of_caller(struct vpmem_adapter *adapter, u32 tag,
					enum vpmem_kind kind, unsigned long caller)
{
	struct vpmem_slot *slot = slot_find(&adapter->tags, tag, kind, caller);
	struct vpmem_slot *any;

	if (slot)
		return slot;
	any = vpmem_slot_get(adapter, tag, kind);
	if (!in_nmi())
		slot = slot_add(adapter, tag, kind, caller);
	return slot ?: any;
}

void vpmem_slot_fail(struct vpmem_slot *slot, enum vpmem_failure why)
{
	atomic_inc(&slot->failures);
	WRITE_ONCE(slot->last_failure, why);
}

static void add_frees(const struct vpmem_counters *counters, struct vpmem_counters *sum)
{
	u64 frees, bytes, charged;
	unsigned int start;

	do {
		start = vpmem_stats_fetch_begin(&counters->syncp);
		frees = READ_ONCE(counters->frees);
		bytes = READ_ONCE(counters->bytes_out);
		charged = READ_ONCE(counters->charged_out);
	} while (vpmem_stats_fetch_retry(&counters->syncp, start));
	sum->frees += frees;
	sum->bytes_out += bytes;
	sum->charged_out += charged;
}

static void add_allocs(const struct vpmem_counters *counters, struct vpmem_counters *sum)
{
	u64 allocs, bytes, charged;
	unsigned int start;

	do {
		start = vpmem_stats_fetch_begin(&counters->syncp);
		allocs = READ_ONCE(counters->allocs);
		bytes = READ_ONCE(counters->bytes_in);
		charged = READ_ONCE(counters->charged_in);
	} while (vpmem_stats_fetch_retry(&counters->syncp, start));
	sum->allocs += allocs;
	sum->bytes_in += bytes;
	sum->charged_in += charged;
}

/*
 * Read the frees before the allocations, so that a block that is allocated and freed
 * meanwhile cannot make the difference negative.
 */
void vpmem_slot_sum(const struct vpmem_slot *slot, struct vpmem_counters *sum)
{
	int cpu;

	memset(sum, 0, sizeof(*sum));
	for_each_possible_cpu(cpu)
		add_frees(per_cpu_ptr(slot->counters, cpu), sum);
	smp_rmb(); /* pairs with vpmem_count_free(): frees before allocations */
	for_each_possible_cpu(cpu)
		add_allocs(per_cpu_ptr(slot->counters, cpu), sum);
}

/*
 * Return the live bytes, for a peak: never too many. So read the allocations before the
 * frees.
 */
u64 vpmem_slot_live(const struct vpmem_slot *slot)
{
	struct vpmem_counters sum = {};
	int cpu;

	for_each_possible_cpu(cpu)
		add_allocs(per_cpu_ptr(slot->counters, cpu), &sum);
	smp_rmb(); /* allocations before frees */
	for_each_possible_cpu(cpu)
		add_frees(per_cpu_ptr(slot->counters, cpu), &sum);
	return sum.bytes_in > sum.bytes_out ? sum.bytes_in - sum.bytes_out : 0;
}

int vpmem_tags_attach(struct vpmem_adapter *adapter)
{
	struct vpmem_tags *tags = &adapter->tags;
	unsigned int kind;

	raw_spin_lock_init(&tags->lock);
	raw_spin_lock_init(&tags->peak_lock);
	tags->peaks_since = get_jiffies_64();
	INIT_WORK(&tags->grow, tags_grow_work);
	tags->table = table_alloc(VPMEM_TAG_HASH_BITS, VPMEM_GFP_PASSIVE);
	if (!tags->table)
		return -ENOMEM;
	if (!tags_grow(tags, VPMEM_GFP_PASSIVE)) {
		kfree(tags->table);
		return -ENOMEM;
	}
	raw_spin_lock_irq(&tags->lock);
	for (kind = 0; kind < VPMEM_KINDS; kind++)
		slot_alloc(adapter, 0, kind, 0)->other = true;
	raw_spin_unlock_irq(&tags->lock);
	return 0;
}

void vpmem_tags_detach(struct vpmem_adapter *adapter)
{
	struct vpmem_tags *tags = &adapter->tags;
	struct vpmem_tag_table *table;

	cancel_work_sync(&tags->grow);
	while (tags->chunks)
		chunk_free(tags->chunk[--tags->chunks]);
	while ((table = tags->table)) {
		tags->table = table->replaced;
		kfree(table);
	}
}

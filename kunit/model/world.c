// SPDX-License-Identifier: GPL-2.0-only
/*
 * State of the model: objects that calls have returned, what the views have to say of them, and
 * a comparison with what they say.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "core/testing.h"
#include "kunit/lib/view.h"
#include "kunit/model/model.h"

#define WINDOW		64		/* bytes at both ends of a large block that are filled */

struct model_world world;
struct model_stats model_stats;

/*
 * Tags: the last ones are invalid on Windows, and are counted as such.
 */

#define GOOD_TAGS	16

static const u32 bad_tags[MODEL_TAGS - GOOD_TAGS] = { 0, 0x20474942, 0x2e2e2e2e, 0x01646441 };

u32 model_tag(unsigned int nr)
{
	if (nr >= GOOD_TAGS)
		return bad_tags[nr - GOOD_TAGS];
	return 'M' | 'd' << 8 | 'l' << 16 | ('a' + nr) << 24;
}

bool model_tag_is_bad(unsigned int nr)
{
	return nr >= GOOD_TAGS;
}

/*
 * Events
 */

static const char * const event_names[EV_NAMES] = {
	"zero-length", "null-free", "bad-tag", "bad-pool-type", "bad-size", "bad-parameter",
	"bad-context", "bad-pointer", "double-free", "wrong-pairing", "wrong-adapter",
	"no-adapter", "mismatch", "busy", "bad-limit",
};

static unsigned int nr_events;
static unsigned int event_at[EV_NAMES];	/* place of each in the view */
static unsigned long before[MODEL_COUNTERS][MODEL_EVENTS];

/* Find the places of the events in their view. */
int model_events_init(void)
{
	char *text = vt_view_read(NULL, "events"), name[20];
	unsigned int i, found = 0;
	const char *line;

	if (!text)
		return -ENOMEM;
	for (line = vt_next_line(text); *line; line = vt_next_line(line), nr_events++)
		for (i = 0; sscanf(line, "%19s", name) == 1 && i < EV_NAMES; i++)
			if (!strcmp(name, event_names[i])) {
				event_at[i] = nr_events;
				found++;
			}
	vfree(text);
	return found == EV_NAMES && nr_events <= MODEL_EVENTS ? 0 : -EINVAL;
}

static void events_read(unsigned long counts[MODEL_COUNTERS][MODEL_EVENTS])
{
	unsigned int i;

	for (i = 0; i < MODEL_ADAPTERS; i++)
		vpmem_event_counts(world.ext[i], counts[i], MODEL_EVENTS);
	vpmem_event_counts(NULL, counts[MODEL_STRAY], MODEL_EVENTS);
}

void world_events_before(void)
{
	events_read(before);
}

static const char *event_name(unsigned int place)
{
	unsigned int i;

	for (i = 0; i < EV_NAMES; i++)
		if (event_at[i] == place)
			return event_names[i];
	return "another event";
}

/* Compare the events of one counter with a set, each once. */
static bool counter_is(unsigned int counter, const unsigned long *now,
		       const struct model_expect *expect)
{
	u32 missing = expect->all_of, one = 0;
	unsigned int place, i;
	unsigned long count;
	u32 bit;

	for (place = 0; place < nr_events; place++) {
		count = now[place] - before[counter][place];
		if (!count)
			continue;
		for (i = 0, bit = 0; i < EV_NAMES; i++)
			if (event_at[i] == place) {
				bit = BIT(i);
				model_stats.events[i]++;
			}
		if (count != 1 || !(bit & (expect->one_of | expect->all_of | expect->may)))
			return model_fail("%s counted %lu times by %u, which is not expected",
					  event_name(place), count, counter);
		missing &= ~bit;
		one += !!(bit & expect->one_of);
	}
	if (missing)
		return model_fail("%s is not counted by %u", event_names[__ffs(missing)], counter);
	if (one != !!expect->one_of)
		return model_fail("%u events of a set (0x%x: %s, ...) are counted by %u", one,
				  expect->one_of, event_names[__ffs(expect->one_of)], counter);
	return true;
}

/* Tell whether the events of the last call are as expected, and there are no others. */
bool world_events_are(const struct model_expect *expect)
{
	static const struct model_expect none;
	static unsigned long now[MODEL_COUNTERS][MODEL_EVENTS];
	unsigned int i, where = expect->where;

	events_read(now);
	/* Without an adapter in the call, the counter that has grown must be the right one. */
	for (i = 0; where == MODEL_ANYWHERE && i < MODEL_COUNTERS; i++)
		if (memcmp(now[i], before[i], nr_events * sizeof(now[i][0])))
			where = i;
	if (where == MODEL_ANYWHERE)
		where = MODEL_STRAY;
	for (i = 0; i < MODEL_COUNTERS; i++)
		if (!counter_is(i, now[i], i == where ? expect : &none))
			return false;
	return true;
}

/*
 * Objects
 */

/* Find the live object at an address or around it. */
struct model_object *world_object_at(const void *address)
{
	struct model_object *object;

	for (object = world.object; object < world.object + MODEL_OBJECTS; object++)
		if (object->state == MODEL_LIVE &&
		    (address == object->address ||
		     (address > object->address && address < object->address + object->size)))
			return object;
	return NULL;
}

/* Return the first object from some place on that has a state and one of the kinds. */
struct model_object *world_pick(unsigned int from, int state, unsigned int kinds)
{
	struct model_object *object;
	unsigned int i;

	for (i = 0; i < MODEL_OBJECTS; i++) {
		object = &world.object[(from + i) % MODEL_OBJECTS];
		if (object->state == state && kinds & BIT(object->kind))
			return object;
	}
	return NULL;
}

static size_t window(const struct model_object *object)
{
	return min_t(size_t, object->size, WINDOW);
}

static bool overlaps(const struct model_object *one, const struct model_object *other)
{
	return one->address < other->address + max_t(size_t, other->size, 1) &&
	       other->address < one->address + max_t(size_t, one->size, 1);
}

/*
 * Add an object, and fill its memory. Return NULL with a message if it is in the memory of
 * another one. What was freed there is forgotten: its address is that of a live object now.
 */
struct model_object *world_add(const struct model_object *new)
{
	struct model_object *object, *place = NULL;

	for (object = world.object; object < world.object + MODEL_OBJECTS; object++) {
		if (object->state != MODEL_UNUSED && overlaps(object, new)) {
			if (object->state == MODEL_LIVE) {
				model_fail("%p, %zu bytes, overlaps %p, %zu bytes", new->address,
					   new->size, object->address, object->size);
				return NULL;
			}
			object->state = MODEL_UNUSED;
		}
		if (!place || object->state < place->state)
			place = object->state == MODEL_LIVE ? place : object;
	}
	*place = *new;
	place->state = MODEL_LIVE;
	place->fill = ++world.fill;
	memset(place->address, place->fill, place->kind < MODEL_BLOCKS ? window(place) : 0);
	if (place->kind < MODEL_BLOCKS)
		memset(place->address + place->size - window(place), place->fill, window(place));
	return place;
}

bool world_contents_are_right(const struct model_object *object)
{
	if (object->kind >= MODEL_BLOCKS ||
	    (!memchr_inv(object->address, object->fill, window(object)) &&
	     !memchr_inv(object->address + object->size - window(object), object->fill,
			 window(object))))
		return true;
	return model_fail("%p, %zu bytes, has other contents than those it was given",
			  object->address, object->size);
}

struct model_count *world_count(unsigned int adapter, enum model_kind kind, unsigned int tag)
{
	return &world.count[adapter][kind][tag];
}

/* Note that an object is freed. */
void world_freed(struct model_object *object)
{
	struct model_count *count;

	object->state = MODEL_FREED;
	if (object->kind == MODEL_COMMON && object->dma)
		object->dma->users--;
	if (object->kind >= MODEL_COUNTED)
		return;
	count = world_count(object->adapter, object->kind, object->tag);
	count->frees++;
	count->bytes_out += object->size;
}

/*
 * Totals
 */

static const struct {
	const char *name;
	u32 tag;			/* 0 if the call has one */
} rows[MODEL_COUNTED] = {
	[MODEL_NONPAGED] = { "Nonp" },
	[MODEL_PAGED] = { "Paged" },
	[MODEL_BUFFER] = { "Buffer", 0x74727056 },
	[MODEL_COMMON] = { "Common", 0x74727056 },
	[MODEL_CONTIG] = { "Contig", 0x6d436d4d },
	[MODEL_LOCKED] = { "Locked", 0x74727056 },
	[MODEL_LOCK] = { "Lock", 0x74727056 },
	[MODEL_EVENT] = { "Event", 0x74727056 },
};

static bool row_is(unsigned int kind, unsigned int tag, u32 hex, const char *name)
{
	return !strcmp(name, rows[kind].name) &&
	       hex == (kind <= MODEL_PAGED ? model_tag(tag) : rows[kind].tag) &&
	       (kind <= MODEL_PAGED || !tag);
}

static struct model_count *row_count(unsigned int adapter, u32 hex, const char *name)
{
	unsigned int kind, tag;

	for (kind = 0; kind < MODEL_COUNTED; kind++)
		for (tag = 0; tag < MODEL_TAGS; tag++)
			if (row_is(kind, tag, hex, name))
				return world_count(adapter, kind, tag);
	return NULL;
}

/* Compare a line. The sizes of handles, and failures for arguments, are not for the model. */
static bool line_is_exact(unsigned int adapter, const char *line, u64 *live)
{
	u64 allocs, frees, diff, bytes, charged, failures;
	struct model_count *count;
	char name[12], hex[12];
	bool has_bytes, of_pool;
	u32 tag;

	if (sscanf(line, "%*s %11s %llu %llu %llu %llu %*u %11s %llu %llu", name, &allocs, &frees,
		   &diff, &bytes, hex, &charged, &failures) != 8)
		return model_fail("line that is not understood: %.60s", line);
	/* A tag that is first used in an NMI gets no row. */
	if (!strncmp(line, "(other)", 7) && !allocs)
		return true;
	count = kstrtou32(hex, 0, &tag) ? NULL : row_count(adapter, tag, name);
	if (!count)
		return model_fail("row that is not expected: %.60s", line);
	has_bytes = count < world_count(adapter, MODEL_LOCKED, 0);
	of_pool = count < world_count(adapter, MODEL_COMMON, 0);
	*live += count->allocs - count->frees;
	if (allocs == count->allocs && frees == count->frees && diff == allocs - frees &&
	    (!has_bytes || bytes == count->bytes_in - count->bytes_out) &&
	    (!of_pool || failures == count->failures))
		return true;
	return model_fail("%u: %llu allocs, %llu frees, %llu bytes, %llu failures expected: %.90s",
			  adapter, count->allocs, count->frees,
			  count->bytes_in - count->bytes_out, count->failures, line);
}

static u64 live_objects(unsigned int adapter)
{
	u64 live = 0;
	unsigned int i;

	for (i = 0; i < MODEL_OBJECTS; i++)
		live += world.object[i].state == MODEL_LIVE &&
			world.object[i].kind < MODEL_COUNTED &&
			world.object[i].adapter == adapter;
	return live;
}

bool world_totals_are_exact(void)
{
	unsigned int adapter;
	const char *line;
	bool exact = true;
	char *text;
	u64 live;

	for (adapter = 0; exact && adapter < MODEL_ADAPTERS; adapter++) {
		text = vt_view_read(world.ext[adapter], "tags");
		if (!text)
			return model_fail("no memory for the tags view");
		live = 0;
		for (line = vt_next_line(text); exact && *line; line = vt_next_line(line))
			exact = line_is_exact(adapter, line, &live);
		if (exact && live != live_objects(adapter))
			exact = model_fail("adapter %u has %llu live objects in its tags view",
					   adapter, live);
		vfree(text);
	}
	return exact;
}

/*
 * Begin and end
 */

static bool adapter_start(unsigned int nr, struct device *device)
{
	VP_DEVICE_DESCRIPTION usual = { .Dma32BitAddresses = true };
	void *ext = vpmem_attach(device, 64);

	if (IS_ERR(ext))
		return model_fail("vpmem_attach() returns %ld", PTR_ERR(ext));
	world.ext[nr] = ext;
	if (!IS_ENABLED(CONFIG_HAS_DMA))
		return true;
	world.dma[nr] = VideoPortGetDmaAdapter(ext, &usual);
	return world.dma[nr] || model_fail("no DMA adapter");
}

bool world_start(struct device *device)
{
	unsigned int i;
	bool started = true;

	memset(&world, 0, sizeof(world));
	for (i = 0; started && i < MODEL_ADAPTERS; i++)
		started = adapter_start(i, device);
	return started;
}

/* Compare the totals, unless a call has failed, and detach the adapters. */
bool world_end(bool failed)
{
	unsigned int i;

	failed |= !failed && !world_totals_are_exact();
	vpmem_view_write(NULL, "verify", "N");
	for (i = 0; i < MODEL_ADAPTERS; i++)
		if (!IS_ERR_OR_NULL(world.ext[i]))
			vpmem_detach(world.ext[i]);
	return !failed;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Saved views that vpmon reads, of any bytes. It prints no byte that a terminal takes for a
 * command, and what it has saved reads as the same sample again.
 */
#include "calls.h"
#include "input.h"
#include "vpmon.h"

#define SAMPLES_MAX	4

/* The samples come from memory. */
FILE *fuzz_fopen(const char *path, const char *mode)
{
	expect(false, "fopen(%s, %s)", path, mode);
	return NULL;
}

/* The first byte of an input chooses how the rest is read. */
#define PAGE_MASK	3
#define FORM_SHIFT	2
#define SORT_SHIFT	4

static void check_text(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		expect((text[i] >= ' ' && text[i] < 0x7f) || text[i] == '\t' || text[i] == '\n',
		       "printed %d at %zu", text[i], i);
}

/*
 * JSON, of which vpmon prints objects, lists, strings and numbers
 */

static const char *json_value(const char *at);

static const char *json_string_end(const char *at)
{
	for (at++; *at && *at != '"'; at++)
		if (*at == '\\' && *++at == 'u')
			expect(strspn(at + 1, "0123456789abcdef") >= 4, "JSON: %s", at);
	expect(*at == '"', "JSON: a string has no end");
	return at + 1;
}

static const char *json_items(const char *at, char end, bool named)
{
	if (*++at == end)
		return at + 1;
	for (;; at++) {
		if (named) {
			expect(*at == '"', "JSON: no name: %s", at);
			at = json_string_end(at);
			expect(*at++ == ':', "JSON: no colon: %s", at);
		}
		at = json_value(at);
		if (*at == end)
			return at + 1;
		expect(*at == ',', "JSON: no comma: %s", at);
	}
}

static const char *json_value(const char *at)
{
	size_t digits;

	switch (*at) {
	case '{':
		return json_items(at, '}', true);
	case '[':
		return json_items(at, ']', false);
	case '"':
		return json_string_end(at);
	default:
		at += *at == '-';
		digits = strspn(at, "0123456789.");
		expect(digits, "JSON: no value: %s", at);
		return at + digits;
	}
}

/*
 * Samples
 */

static void print(struct monitor *monitor, const struct options *options)
{
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	expect(to, "open_memstream()");
	output_sample(to, &monitor->now, &monitor->history, options);
	fclose(to);
	check_text(text, size);
	if (options->form == FORM_JSON)
		expect(!strcmp(json_value(text), "\n"), "JSON: more than a value");
	free(text);
}

static void same_tags(const struct sample *a, const struct sample *b)
{
	const struct tag_row *left = a->tags.row, *right = b->tags.row;
	size_t i;

	expect(a->tags.count == b->tags.count, "%zu tags, saved %zu", a->tags.count,
	       b->tags.count);
	for (i = 0; i < a->tags.count; i++, left++, right++)
		expect(left->other == right->other &&
		       (left->other || left->tag == right->tag) &&
		       left->allocs == right->allocs && left->frees == right->frees &&
		       left->bytes == right->bytes && left->charged == right->charged &&
		       left->failures == right->failures &&
		       !strcmp(left->adapter, right->adapter), "tag %zu is another", i);
}

static void same_events(const struct sample *a, const struct sample *b)
{
	const struct event_row *left = a->events.row, *right = b->events.row;
	size_t i;

	expect(a->events.count == b->events.count, "%zu events, saved %zu", a->events.count,
	       b->events.count);
	for (i = 0; i < a->events.count; i++, left++, right++)
		expect(left->count == right->count, "event %zu is another", i);
}

/* Read what was saved. */
static void read_again(struct monitor *monitor)
{
	const struct options options = { .form = FORM_TEXT };
	struct sample again = { 0 };
	char *text = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);

	output_sample(file, &monitor->now, &monitor->history, &options);
	fclose(file);
	file = fmemopen(text, size, "r");
	expect(file, "fmemopen()");
	parse_tables(file, &again, "-", NULL, NULL);
	fclose(file);
	expect(!again.unread, "%ju lines of what was saved cannot be read",
	       (uintmax_t)again.unread);
	same_tags(&monitor->now, &again);
	same_events(&monitor->now, &again);
	expect(monitor->now.regions.count == again.regions.count, "%zu regions, saved %zu",
	       monitor->now.regions.count, again.regions.count);
	sample_free(&again);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct monitor monitor;
	struct options options;
	int nr;

	if (size < 2)
		return 0;
	memset(&monitor, 0, sizeof(monitor));
	options = (struct options) {
		.page = data[0] & PAGE_MASK,
		.form = FORM_TEXT + (data[0] >> FORM_SHIFT & 3) % (FORM_CSV - FORM_TEXT + 1),
		.filter.sort = (data[0] >> SORT_SHIFT) % SORTS,
	};
	monitor.source.saved = true;
	monitor.source.file = fmemopen((void *)(data + 1), size - 1, "r");
	expect(monitor.source.file, "fmemopen()");
	for (nr = 0; nr < SAMPLES_MAX && monitor_next(&monitor, true); nr++) {
		print(&monitor, &options);
		read_again(&monitor);
	}
	monitor_free(&monitor);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Samples as text, JSON and CSV, and saved so that they can be read again.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vpmon.h"

const char * const page_names[PAGES] = {
	[PAGE_TAGS]	= "tags",
	[PAGE_REGIONS]	= "regions",
	[PAGE_EVENTS]	= "events",
	[PAGE_HISTORY]	= "history",
};

/*
 * JSON: an object for each sample, on a line of its own
 */

static void json_string(FILE *to, const char *name, const char *text)
{
	fprintf(to, "\"%s\":", name);
	json_text(to, text);
	putc(',', to);
}

static void json_tag(FILE *to, uint32_t tag, bool other)
{
	char text[TAG_TEXT], hex[11] = "-";

	if (!other)
		snprintf(hex, sizeof(hex), "0x%08" PRIx32, tag);
	json_string(to, "tag", tag_text(tag, other, text));
	json_string(to, "hex", hex);
}

static void json_row(FILE *to, const struct tag_row *row, double interval)
{
	putc('{', to);
	json_tag(to, row->tag, row->other);
	json_string(to, "type", row->type);
	json_string(to, "adapter", row->adapter);
	json_string(to, "caller", row->caller);
	json_string(to, "description", row->other ? "" : pooltag_find(row->tag));
	json_string(to, "last_failure", row->reason);
	fprintf(to, "\"allocs\":%" PRIu64 ",\"frees\":%" PRIu64 ",\"diff\":%" PRIu64
		",\"bytes\":%" PRIu64 ",\"per_alloc\":%" PRIu64 ",\"charged\":%" PRIu64
		",\"failures\":%" PRIu64 ",\"peak\":%" PRIu64,
		row->allocs, row->frees, tag_blocks(row), row->bytes, tag_per_alloc(row),
		row->charged, row->failures, row->peak);
	fprintf(to, ",\"allocs_delta\":%" PRId64 ",\"frees_delta\":%" PRId64
		",\"bytes_delta\":%" PRId64 ",\"rate\":%.1f}",
		row->allocs_delta, row->frees_delta, row->bytes_delta,
		tag_rate(row, interval));
}

/* Print the rows that the filter accepts, and add them up. */
static void json_rows(FILE *to, const struct sample *sample, const struct filter *filter,
		      struct totals *totals)
{
	const struct tag_row **sorted;
	size_t i, count = tags_sorted(sample, filter, &sorted);

	putc('[', to);
	for (i = 0; i < count; i++) {
		if (i)
			putc(',', to);
		json_row(to, sorted[i], sample->interval);
		totals_add(totals, sorted[i]);
	}
	putc(']', to);
	free(sorted);
}

static void json_tags(FILE *to, const struct sample *sample, const struct filter *filter)
{
	struct totals totals = {};

	fputs(",\"tags\":", to);
	json_rows(to, sample, filter, &totals);
	fprintf(to, ",\"totals\":{\"allocs\":%" PRIu64 ",\"frees\":%" PRIu64 ",\"diff\":%" PRIu64
		",\"bytes\":%" PRIu64 ",\"charged\":%" PRIu64 ",\"failures\":%" PRIu64
		",\"paged\":%" PRIu64 ",\"nonpaged\":%" PRIu64,
		totals.allocs, totals.frees, totals.blocks, totals.bytes, totals.charged,
		totals.failures, totals.paged, totals.nonpaged);
	fprintf(to, ",\"allocs_delta\":%" PRId64 ",\"frees_delta\":%" PRId64
		",\"bytes_delta\":%" PRId64 "}",
		totals.allocs_delta, totals.frees_delta, totals.bytes_delta);
}

static void json_regions(FILE *to, const struct sample *sample, const struct filter *filter)
{
	const struct region_row **sorted;
	size_t i, count = regions_sorted(sample, filter, &sorted);

	fputs(",\"regions\":[", to);
	for (i = 0; i < count; i++) {
		fputs(i ? ",{" : "{", to);
		json_tag(to, sorted[i]->tag, sorted[i]->other);
		json_string(to, "type", sorted[i]->type);
		json_string(to, "adapter", sorted[i]->adapter);
		json_string(to, "caller", sorted[i]->caller);
		json_string(to, "backing", sorted[i]->backing);
		json_string(to, "virtual", sorted[i]->address);
		json_string(to, "bus", sorted[i]->bus);
		json_string(to, "physical", sorted[i]->physical);
		json_string(to, "limit", sorted[i]->limit);
		json_string(to, "verify", sorted[i]->verify);
		fprintf(to, "\"size\":%" PRIu64 ",\"charged\":%" PRIu64 ",\"age_ms\":%" PRIu64 "}",
			sorted[i]->size, sorted[i]->charged, sorted[i]->age);
	}
	putc(']', to);
	free(sorted);
}

static void json_events(FILE *to, const struct sample *sample, const struct filter *filter)
{
	const struct event_row *row = sample->events.row;
	const char *comma = "";
	size_t i;

	fputs(",\"events\":[", to);
	for (i = 0; i < sample->events.count; i++) {
		if (!filter_adapter(filter, row[i].adapter))
			continue;
		fprintf(to, "%s{", comma);
		json_string(to, "event", row[i].event);
		json_string(to, "adapter", row[i].adapter);
		fprintf(to, "\"count\":%" PRIu64 ",\"delta\":%" PRId64 "}", row[i].count,
			row[i].delta);
		comma = ",";
	}
	putc(']', to);
}

static void json_history(FILE *to, const struct history *history, const struct filter *filter)
{
	const char *comma = "";
	unsigned int i;

	fputs(",\"detached\":[", to);
	for (i = 0; i < history->count; i++) {
		struct sample sample = { .tags = history->gone[i].tags };
		struct totals totals = {};

		if (!filter_adapter(filter, history->gone[i].adapter))
			continue;
		fprintf(to, "%s{", comma);
		json_string(to, "adapter", history->gone[i].adapter);
		fprintf(to, "\"sample\":%lu,\"seconds\":%.1f,\"tags\":", history->gone[i].number,
			history->gone[i].seconds);
		json_rows(to, &sample, filter, &totals);
		putc('}', to);
		comma = ",";
	}
	putc(']', to);
}

static void json_sample(FILE *to, const struct sample *sample, const struct history *history,
			const struct options *options)
{
	fprintf(to, "{\"sample\":%lu,\"seconds\":%.1f,\"interval\":%.1f,\"unread\":%" PRIu64,
		sample->number, sample->seconds, sample->interval, sample->unread);
	if (options->page == PAGE_REGIONS)
		json_regions(to, sample, &options->filter);
	else if (options->page == PAGE_EVENTS)
		json_events(to, sample, &options->filter);
	else if (options->page == PAGE_HISTORY)
		json_history(to, history, &options->filter);
	else
		json_tags(to, sample, &options->filter);
	fputs("}\n", to);
}

/*
 * CSV
 */

static const char * const csv_tag_names[] = {
	"sample", "seconds", "tag", "hex", "type", "adapter", "allocs", "frees", "diff", "bytes",
	"per_alloc", "charged", "failures", "peak", "allocs_delta", "frees_delta", "bytes_delta",
	"rate", "last_failure", "caller", "description",
};

static const char * const csv_region_names[] = {
	"sample", "seconds", "type", "tag", "adapter", "backing", "virtual", "bus", "physical",
	"limit", "verify", "size", "charged", "age_ms", "caller",
};

static const char * const csv_event_names[] = {
	"sample", "seconds", "event", "adapter", "count", "delta",
};

/* Names of the views' columns, in saved samples */
static const char * const saved_tag_names[] = {
	"Tag", "Type", "Allocs", "Frees", "Diff", "Bytes", "PerAlloc", "Hex", "Charged",
	"Failures", "LastFailure", "Peak", "Adapter", "Caller",
};

static const char * const saved_region_names[] = {
	"Type", "Tag", "Hex", "Size", "Charged", "Virtual", "Bus", "Physical", "Limit",
	"Backing", "Verify", "AgeMs", "Adapter", "Caller",
};

static void print_names(FILE *to, const char * const *names, size_t count, char separator)
{
	size_t i;

	for (i = 0; i < count; i++)
		fprintf(to, "%s%c", names[i], i + 1 < count ? separator : '\n');
}

static void csv_fields(FILE *to, const char * const *text, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		csv_text(to, text[i]);
		putc(',', to);
	}
}

static void csv_row(FILE *to, const struct sample *sample, const struct tag_row *row)
{
	const char *description = row->other ? "" : pooltag_find(row->tag);
	char text[TAG_TEXT], hex[11] = "-";
	const char *fields[4];

	if (!row->other)
		snprintf(hex, sizeof(hex), "0x%08" PRIx32, row->tag);
	fields[0] = tag_text(row->tag, row->other, text);
	fields[1] = hex;
	fields[2] = row->type;
	fields[3] = row->adapter;
	fprintf(to, "%lu,%.1f,", sample->number, sample->seconds);
	csv_fields(to, fields, 4);
	fprintf(to, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64
		",%" PRIu64 ",%" PRIu64, row->allocs, row->frees, tag_blocks(row), row->bytes,
		tag_per_alloc(row), row->charged, row->failures, row->peak);
	fprintf(to, ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%.1f,", row->allocs_delta,
		row->frees_delta, row->bytes_delta, tag_rate(row, sample->interval));
	csv_text(to, row->reason);
	putc(',', to);
	csv_text(to, row->caller);
	putc(',', to);
	csv_text(to, description);
	putc('\n', to);
}

static void csv_tags(FILE *to, const struct sample *sample, const struct filter *filter)
{
	const struct tag_row **sorted;
	size_t i, count = tags_sorted(sample, filter, &sorted);

	if (sample->number == 1)
		print_names(to, csv_tag_names, ARRAY_SIZE(csv_tag_names), ',');
	for (i = 0; i < count; i++)
		csv_row(to, sample, sorted[i]);
	free(sorted);
}

static void csv_regions(FILE *to, const struct sample *sample, const struct filter *filter)
{
	const struct region_row **sorted;
	size_t i, count = regions_sorted(sample, filter, &sorted);
	char text[TAG_TEXT];

	if (sample->number == 1)
		print_names(to, csv_region_names, ARRAY_SIZE(csv_region_names), ',');
	for (i = 0; i < count; i++) {
		const struct region_row *row = sorted[i];
		const char * const fields[] = {
			row->type, tag_text(row->tag, row->other, text), row->adapter,
			row->backing, row->address, row->bus, row->physical, row->limit,
			row->verify,
		};

		fprintf(to, "%lu,%.1f,", sample->number, sample->seconds);
		csv_fields(to, fields, ARRAY_SIZE(fields));
		fprintf(to, "%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", row->size, row->charged,
			row->age);
		csv_text(to, row->caller);
		putc('\n', to);
	}
	free(sorted);
}

static void csv_events(FILE *to, const struct sample *sample, const struct filter *filter)
{
	const struct event_row *row = sample->events.row;
	size_t i;

	if (sample->number == 1)
		print_names(to, csv_event_names, ARRAY_SIZE(csv_event_names), ',');
	for (i = 0; i < sample->events.count; i++) {
		const char * const fields[] = { row[i].event, row[i].adapter };

		if (!filter_adapter(filter, row[i].adapter))
			continue;
		fprintf(to, "%lu,%.1f,", sample->number, sample->seconds);
		csv_fields(to, fields, 2);
		fprintf(to, "%" PRIu64 ",%" PRId64 "\n", row[i].count, row[i].delta);
	}
}

/* Print the rows of the last sample of an adapter, once, in the sample that missed it. */
static void csv_history(FILE *to, const struct sample *sample, const struct history *history,
			const struct filter *filter)
{
	unsigned int i;

	if (sample->number == 1)
		csv_tags(to, &(struct sample){ .number = 1 }, filter);
	for (i = 0; i < history->count; i++) {
		const struct sample gone = {
			.number = history->gone[i].number,
			.seconds = history->gone[i].seconds,
			.tags = history->gone[i].tags,
		};

		if (gone.number == sample->number)
			csv_tags(to, &gone, filter);
	}
}

static void csv_sample(FILE *to, const struct sample *sample, const struct history *history,
		       const struct options *options)
{
	if (options->page == PAGE_REGIONS)
		csv_regions(to, sample, &options->filter);
	else if (options->page == PAGE_EVENTS)
		csv_events(to, sample, &options->filter);
	else if (options->page == PAGE_HISTORY)
		csv_history(to, sample, history, &options->filter);
	else
		csv_tags(to, sample, &options->filter);
}

/*
 * Saved samples, in the form of the views
 */

/* Print the name of an adapter as the views do. */
static void saved_name(FILE *to, const char *text, char end)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c > ' ' && c < 0x7f && c != '\\')
			putc(c, to);
		else
			fprintf(to, "\\x%02x", c);
	}
	putc(end, to);
}

static void saved_text(FILE *to, const char *text, char end)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < ' ' || c >= 0x7f)
			fprintf(to, "\\x%02x", c);
		else
			putc(c, to);
	}
	putc(end, to);
}

static void saved_tags(FILE *to, const struct sample *sample)
{
	const struct tag_row *row = sample->tags.row;
	char text[TAG_TEXT], hex[11];
	size_t i;

	print_names(to, saved_tag_names, ARRAY_SIZE(saved_tag_names), '\t');
	for (i = 0; i < sample->tags.count; i++, row++) {
		snprintf(hex, sizeof(hex), "0x%08" PRIx32, row->tag);
		saved_text(to, tag_text(row->tag, row->other, text), '\t');
		saved_text(to, row->type, '\t');
		fprintf(to, "%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRIu64
			"\t%s\t%" PRIu64 "\t%" PRIu64 "\t", row->allocs, row->frees,
			tag_blocks(row), row->bytes, tag_per_alloc(row),
			row->other ? "-" : hex, row->charged, row->failures);
		saved_text(to, row->reason[0] ? row->reason : "-", '\t');
		fprintf(to, "%" PRIu64 "\t", row->peak);
		saved_name(to, row->adapter, '\t');
		saved_text(to, row->caller[0] ? row->caller : "-", '\n');
	}
}

static void saved_regions(FILE *to, const struct sample *sample)
{
	const struct region_row *row = sample->regions.row;
	char text[TAG_TEXT], hex[11];
	size_t i;

	print_names(to, saved_region_names, ARRAY_SIZE(saved_region_names), '\t');
	for (i = 0; i < sample->regions.count; i++, row++) {
		snprintf(hex, sizeof(hex), "0x%08" PRIx32, row->tag);
		saved_text(to, row->type, '\t');
		saved_text(to, tag_text(row->tag, row->other, text), '\t');
		fprintf(to, "%s\t%" PRIu64 "\t%" PRIu64 "\t", row->other ? "-" : hex, row->size,
			row->charged);
		saved_text(to, row->address, '\t');
		saved_text(to, row->bus, '\t');
		saved_text(to, row->physical, '\t');
		saved_text(to, row->limit, '\t');
		saved_text(to, row->backing, '\t');
		saved_text(to, row->verify, '\t');
		fprintf(to, "%" PRIu64 "\t", row->age);
		saved_name(to, row->adapter, '\t');
		saved_text(to, row->caller, '\n');
	}
}

static void saved_events(FILE *to, const struct sample *sample)
{
	const struct event_row *row = sample->events.row;
	size_t i;

	fputs("Event\tCount\tAdapter\n", to);
	for (i = 0; i < sample->events.count; i++) {
		saved_text(to, row[i].event, '\t');
		fprintf(to, "%" PRIu64 "\t", row[i].count);
		saved_name(to, row[i].adapter, '\n');
	}
}

static void saved_sample(FILE *to, const struct sample *sample)
{
	fprintf(to, "# vpmon: sample %lu, %.1f seconds after the first\n", sample->number,
		sample->seconds);
	saved_tags(to, sample);
	if (sample->regions.count)
		saved_regions(to, sample);
	saved_events(to, sample);
}

/* Append a sample to a file, which has then one more. Return false with errno. */
bool output_snapshot(const char *path, const struct sample *sample)
{
	FILE *to = fopen(path, "ae");
	bool done;

	if (!to)
		return false;
	saved_sample(to, sample);
	done = !ferror(to);
	return !fclose(to) && done;
}

void output_sample(FILE *to, const struct sample *sample, const struct history *history,
		   const struct options *options)
{
	if (options->form == FORM_JSON)
		json_sample(to, sample, history, options);
	else if (options->form == FORM_CSV)
		csv_sample(to, sample, history, options);
	else
		saved_sample(to, sample);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables of the views. A header line begins a table, and says which one it is and which
 * columns it has, so one file can have several, and a column that is not known is ignored.
 * Tabs separate the columns if the header has any, else white space does.
 */
#include <string.h>

#include "vpmon.h"

struct columns {
	char *field[COLUMNS_MAX];
	unsigned int count;
};

/* Columns of a table, by the place that they have in its header */
struct header {
	struct line line;
	struct columns names;
	enum table table;
	bool tabs;
};

static bool is_prefix(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

/* Return the table that a header begins, or TABLE_NONE for another line. */
enum table table_of(const char *header)
{
	char first[WORD_BYTES], second[WORD_BYTES];

	if (sscanf(header, "%15s %15s", first, second) != 2)
		return TABLE_NONE;
	if (!strcmp(first, "Tag") && !strcmp(second, "Type"))
		return TABLE_TAGS;
	if (!strcmp(first, "Type") && !strcmp(second, "Tag"))
		return TABLE_REGIONS;
	if (!strcmp(first, "Event") && is_prefix(second, "Count"))
		return TABLE_EVENTS;
	return TABLE_NONE;
}

/* Cut a line into @most columns, the last of which has the rest. */
static void columns_cut(struct columns *columns, char *text, bool tabs, unsigned int most)
{
	const char *separators = tabs ? "\t" : " \t";

	columns->count = 0;
	while (columns->count < most) {
		if (!tabs)
			text += strspn(text, separators);
		if (!tabs && !*text)
			break;
		columns->field[columns->count++] = text;
		if (columns->count == most)
			break;
		text += strcspn(text, separators);
		if (!*text)
			break;
		*text++ = '\0';
	}
}

static void header_begin(struct header *header, const struct line *line, enum table table)
{
	header->line = *line;
	header->table = table;
	header->tabs = strchr(line->text, '\t');
	columns_cut(&header->names, header->line.text, header->tabs, COLUMNS_MAX);
}

/* Return a field by the name of its column, or an empty one. */
static const char *field(const struct header *header, const struct columns *columns,
			 const char *name)
{
	unsigned int i;

	for (i = 0; i < header->names.count && i < columns->count; i++)
		if (!strcmp(header->names.field[i], name))
			return columns->field[i];
	return "";
}

static void number_field(const struct header *header, const struct columns *columns,
			 const char *name, uint64_t *number)
{
	number_parse(field(header, columns, name), number);
}

/* With tabs, the name of an adapter has its white space escaped. */
static void adapter_field(const struct header *header, const struct columns *columns,
			  char to[NAME_BYTES])
{
	const char *text = field(header, columns, "Adapter");

	if (header->tabs)
		text_unescape(to, NAME_BYTES, text);
	else
		text_copy(to, NAME_BYTES, text);
}

#define COPY(to, name)	text_copy(to, sizeof(to), field(header, columns, name))

/*
 * Set the adapter and the caller. In the text of "tags" the caller has no column, but is
 * behind the adapter: "0000:00:02.0 MiniTest+0x2ab/0x6a1 [mini]".
 */
static void owner_parse(struct tag_row *row, const char *text)
{
	const char *at = strchr(text, '+');
	size_t length = strlen(text);

	while (at && at > text && *at != ' ')
		at--;
	if (at && at > text) {
		text_copy(row->caller, sizeof(row->caller), at + 1);
		length = (size_t)(at - text);
	}
	if (length >= sizeof(row->adapter))
		length = sizeof(row->adapter) - 1;
	memcpy(row->adapter, text, length);
	row->adapter[length] = '\0';
}

static bool tag_field(const struct header *header, const struct columns *columns,
		      uint32_t *tag, bool *other)
{
	const char *hex = field(header, columns, "Hex");

	*other = !strcmp(hex, "-") || !strcmp(field(header, columns, "Tag"), "(other)");
	return *other || hex_parse(hex, tag);
}

static bool tags_parse(const struct header *header, const struct columns *columns,
		       struct tag_row *row)
{
	if (!tag_field(header, columns, &row->tag, &row->other) ||
	    !number_parse(field(header, columns, "Allocs"), &row->allocs) ||
	    !number_parse(field(header, columns, "Frees"), &row->frees) ||
	    !number_parse(field(header, columns, "Bytes"), &row->bytes))
		return false;
	number_field(header, columns, "Charged", &row->charged);
	number_field(header, columns, "Failures", &row->failures);
	row->has_peak = number_parse(field(header, columns, "Peak"), &row->peak);
	COPY(row->type, "Type");
	COPY(row->reason, "LastFailure");
	if (header->tabs) {
		adapter_field(header, columns, row->adapter);
		COPY(row->caller, "Caller");
	} else {
		owner_parse(row, field(header, columns, "Adapter"));
	}
	if (!strcmp(row->caller, "-"))
		row->caller[0] = '\0';
	return row->type[0];
}

static bool regions_parse(const struct header *header, const struct columns *columns,
			  struct region_row *row)
{
	if (!tag_field(header, columns, &row->tag, &row->other) ||
	    !number_parse(field(header, columns, "Size"), &row->size))
		return false;
	number_field(header, columns, "Charged", &row->charged);
	number_field(header, columns, "AgeMs", &row->age);
	COPY(row->type, "Type");
	COPY(row->backing, "Backing");
	COPY(row->verify, "Verify");
	COPY(row->address, "Virtual");
	COPY(row->bus, "Bus");
	COPY(row->physical, "Physical");
	COPY(row->limit, "Limit");
	adapter_field(header, columns, row->adapter);
	COPY(row->caller, "Caller");
	return row->type[0];
}

static bool events_parse(const struct header *header, const struct columns *columns,
			 struct event_row *row, const char *adapter)
{
	if (!number_parse(field(header, columns, "Count"), &row->count))
		return false;
	COPY(row->event, "Event");
	adapter_field(header, columns, row->adapter);
	if (!row->adapter[0])
		text_copy(row->adapter, sizeof(row->adapter), adapter);
	return row->event[0];
}

/* Add a row for a line, and remove it again if the line has none. */
static bool row_parse(const struct header *header, const struct columns *columns,
		      struct sample *sample, const char *adapter)
{
	struct rows *rows;
	void *row;
	bool done;

	switch (header->table) {
	case TABLE_TAGS:
		rows = &sample->tags;
		row = rows_add(rows, sizeof(struct tag_row));
		done = row && tags_parse(header, columns, row);
		break;
	case TABLE_REGIONS:
		rows = &sample->regions;
		row = rows_add(rows, sizeof(struct region_row));
		done = row && regions_parse(header, columns, row);
		break;
	case TABLE_EVENTS:
		rows = &sample->events;
		row = rows_add(rows, sizeof(struct event_row));
		done = row && events_parse(header, columns, row, adapter);
		break;
	default:
		return false;
	}
	if (row && !done)
		rows->count--;
	return done;
}

/*
 * Read tables up to the end of the file, or, if @ahead is not NULL, up to the second one of
 * tags, whose header is left there: it begins the next sample. @adapter is that of events
 * without such a column. Return the table that was read last.
 */
enum table parse_tables(FILE *file, struct sample *sample, const char *adapter,
			struct line *ahead, bool *has_ahead)
{
	static struct header header;
	static struct line line;
	struct columns columns;
	bool tags = false;
	enum table table;

	header.table = TABLE_NONE;
	while (true) {
		if (ahead && *has_ahead) {
			line = *ahead;
			*has_ahead = false;
		} else if (!line_read(file, &line)) {
			return header.table;
		}
		table = table_of(line.text);
		if (table == TABLE_TAGS && tags && ahead) {
			*ahead = line;
			*has_ahead = true;
			return header.table;
		}
		if (table != TABLE_NONE) {
			tags |= table == TABLE_TAGS;
			header_begin(&header, &line, table);
			continue;
		}
		if (text_is_blank(line.text) || line.text[0] == '#')
			continue;
		columns_cut(&columns, line.text, header.tabs, header.names.count);
		if (!row_parse(&header, &columns, sample, adapter))
			sample->unread = saturated_add(sample->unread, 1);
	}
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages on the terminal: their lines and columns.
 */
#include <inttypes.h>
#include <ncurses.h>
#include <stdlib.h>
#include <string.h>

#include "screen.h"

#define HEAD_LINES	4

/*
 * Lines: text, in which a column has an attribute
 */

int page_height(void)
{
	int height = LINES - HEAD_LINES - 1;

	return height > 0 ? height : 1;
}

/* Column behind the text of the line, and the first column that is shown. */
static int line_end, line_left;

/* Print text where the last one ended, as far as it is on the screen. */
static void put(attr_t attribute, const char *text)
{
	int length, first, end;
	char shown[TEXT_MAX];

	text_shown(shown, sizeof(shown), text);
	length = (int)strlen(shown);
	first = line_left > line_end ? line_left - line_end : 0;
	end = line_left + COLS - line_end;
	if (end > length)
		end = length;
	attron(attribute);
	if (first < end)
		addnstr(shown + first, end - first);
	attroff(attribute);
	line_end += length;
}

static void __attribute__((format(printf, 2, 3)))
put_format(attr_t attribute, const char *format, ...)
{
	char text[TEXT_MAX];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	put(attribute, text);
}

/* Begin a line at a column. Return false if the terminal does not have it. */
static bool line_begin(int y, int left)
{
	if (y >= LINES || move(y, 0) == ERR)
		return false;
	clrtoeol();
	line_end = 0;
	line_left = left;
	return true;
}

/*
 * Columns of the page of tags. Those that the terminal has no space for are left out, the
 * last ones of all ranks first.
 */

#define ADAPTER_WIDTH	13
#define TYPE_WIDTH	7

struct column {
	const char *title;
	int width;
	enum sort sort;			/* SORTS: none */
	bool is_delta;
	int rank;
	void (*format)(char *to, size_t size, const struct tag_row *row, double interval);
};

#define FORMAT_NUMBER(name, value)							\
	static void name(char *to, size_t size, const struct tag_row *row, double interval) \
	{										\
		(void)interval;								\
		snprintf(to, size, "%" PRIu64, value);					\
	}

#define FORMAT_DELTA(name, value)							\
	static void name(char *to, size_t size, const struct tag_row *row, double interval) \
	{										\
		(void)interval;								\
		snprintf(to, size, "(%" PRId64 ")", value);				\
	}

FORMAT_NUMBER(format_allocs, row->allocs)
FORMAT_NUMBER(format_frees, row->frees)
FORMAT_NUMBER(format_diff, tag_blocks(row))
FORMAT_NUMBER(format_bytes, row->bytes)
FORMAT_NUMBER(format_per_alloc, tag_per_alloc(row))
FORMAT_NUMBER(format_peak, row->peak)
FORMAT_NUMBER(format_charged, row->charged)
FORMAT_NUMBER(format_failures, row->failures)
FORMAT_DELTA(format_allocs_delta, row->allocs_delta)
FORMAT_DELTA(format_frees_delta, row->frees_delta)
FORMAT_DELTA(format_bytes_delta, row->bytes_delta)

static void format_rate(char *to, size_t size, const struct tag_row *row, double interval)
{
	snprintf(to, size, "%.1f", tag_rate(row, interval));
}

static const struct column columns[] = {
	{ "Allocs", 9, SORT_ALLOCS, false, 2, format_allocs },
	{ "", 7, SORTS, true, 6, format_allocs_delta },
	{ "Frees", 9, SORT_FREES, false, 3, format_frees },
	{ "", 7, SORTS, true, 8, format_frees_delta },
	{ "Diff", 7, SORT_DIFF, false, 1, format_diff },
	{ "Bytes", 10, SORT_BYTES, false, 0, format_bytes },
	{ "", 9, SORTS, true, 5, format_bytes_delta },
	{ "PerAlloc", 9, SORT_PER_ALLOC, false, 4, format_per_alloc },
	{ "Peak", 10, SORT_PEAK, false, 7, format_peak },
	{ "Rate", 8, SORT_RATE, false, 9, format_rate },
	{ "Charged", 10, SORT_CHARGED, false, 11, format_charged },
	{ "Fail", 5, SORT_FAILURES, false, 10, format_failures },
};

static bool column_wanted(const struct screen *screen, const struct column *column)
{
	return !column->is_delta || screen->options->deltas;
}

/* Tell whether a column is shown: it fits beside all wanted ones of a lower rank. */
static bool column_fits(const struct screen *screen, const struct column *column)
{
	int width = screen->tag_width + 1 + TYPE_WIDTH + 1 + ADAPTER_WIDTH;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(columns); i++)
		if (columns[i].rank <= column->rank && column_wanted(screen, &columns[i]))
			width += columns[i].width + 1;
	return column_wanted(screen, column) && width <= COLS;
}

static attr_t title_attribute(const struct screen *screen, enum sort sort)
{
	return screen->options->filter.sort == sort ? A_REVERSE : A_UNDERLINE;
}

static void tags_title(const struct screen *screen)
{
	size_t i;

	put_format(title_attribute(screen, SORT_TAG), "%-*s", screen->tag_width, "Tag");
	put(A_NORMAL, " ");
	put(A_UNDERLINE, "Type   ");
	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		if (!column_fits(screen, &columns[i]))
			continue;
		put(A_NORMAL, " ");
		put_format(title_attribute(screen, columns[i].sort), "%*s", columns[i].width,
			   columns[i].title);
	}
	put(A_NORMAL, " ");
	put(title_attribute(screen, SORT_ADAPTER), "Adapter");
}

static void tag_line(const struct screen *screen, const struct tag_row *row, double interval)
{
	bool bright = screen->options->highlight && row->changed;
	const char *description = row->other ? "" : pooltag_find(row->tag);
	attr_t attribute = bright ? A_BOLD : A_NORMAL;
	char text[TAG_TEXT], number[32];
	size_t i;

	put_format(attribute, "%-*s %-7.7s", screen->tag_width,
		   tag_text(row->tag, row->other, text), row->type);
	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		if (!column_fits(screen, &columns[i]))
			continue;
		columns[i].format(number, sizeof(number), row, interval);
		put_format(attribute, " %*s", columns[i].width, number);
	}
	put_format(attribute, " %s", row->adapter);
	if (row->caller[0])
		put_format(attribute, " %s", row->caller);
	else if (*description)
		put_format(attribute, " %s", description);
}

/*
 * Other pages
 */

static void region_line(const struct screen *screen, const struct region_row *row)
{
	char text[TAG_TEXT];

	put_format(A_NORMAL, "%-*s %-7.7s %12" PRIu64 " %12" PRIu64 " %10" PRIu64
		   " %-10.10s %-18.18s %-14s %s", screen->tag_width,
		   tag_text(row->tag, row->other, text), row->type, row->size, row->charged,
		   row->age, row->backing, row->physical, row->adapter, row->caller);
}

static void event_line(const struct screen *screen, const struct event_row *row)
{
	bool bright = screen->options->highlight && row->delta;

	put_format(bright ? A_BOLD : A_NORMAL, "%-16s %12" PRIu64 " %10" PRId64 " %s",
		   row->event, row->count, row->delta, row->adapter);
}

/* Collect the events of the page: those that never happened are left out. */
static size_t events_collect(struct screen *screen)
{
	const struct sample *now = &screen->monitor->now;
	const struct event_row *row = now->events.row;
	size_t i, count = 0;

	screen->events = calloc(now->events.count + 1, sizeof(*screen->events));
	for (i = 0; screen->events && i < now->events.count; i++)
		if (row[i].count && filter_adapter(&screen->options->filter, row[i].adapter))
			screen->events[count++] = &row[i];
	return count;
}

/* Return the row of a line of the history, or the adapter, the last one first. */
static const struct tag_row *history_at(const struct screen *screen, size_t line,
					const struct gone **adapter)
{
	const struct history *history = &screen->monitor->history;
	const struct filter *filter = &screen->options->filter;
	unsigned int i;
	size_t j;

	*adapter = NULL;
	for (i = history->count; i-- > 0;) {
		const struct gone *gone = &history->gone[i];
		const struct tag_row *row = gone->tags.row;

		if (!filter_adapter(filter, gone->adapter))
			continue;
		if (!line--) {
			*adapter = gone;
			return NULL;
		}
		for (j = 0; j < gone->tags.count; j++)
			if (filter_row(filter, &row[j]) && !line--)
				return &row[j];
	}
	return NULL;
}

static size_t history_lines(const struct screen *screen)
{
	const struct history *history = &screen->monitor->history;
	const struct filter *filter = &screen->options->filter;
	unsigned int i;
	size_t j, count = 0;

	for (i = 0; i < history->count; i++) {
		const struct tag_row *row = history->gone[i].tags.row;

		if (!filter_adapter(filter, history->gone[i].adapter))
			continue;
		count++;
		for (j = 0; j < history->gone[i].tags.count; j++)
			count += filter_row(filter, &row[j]);
	}
	return count;
}

static void history_line(const struct screen *screen, size_t line)
{
	const struct gone *gone;
	const struct tag_row *row = history_at(screen, line, &gone);

	if (gone)
		put_format(A_BOLD, "%s: detached before sample %lu, at %.0f s", gone->adapter,
			   gone->number, gone->seconds);
	else if (row)
		tag_line(screen, row, 0);
}

static const char * const help[] = {
	"1 2 3 4, Tab   tags, regions, misuse events, history of detached adapters",
	"t a f d b m    sort by tag, allocs, frees, diff, bytes, bytes per alloc",
	"k r c A F      sort by peak, rate, charged, adapter, failures",
	"v              reverse the order",
	"p              all types, nonpaged pool, paged pool",
	"i X            show, or hide, tags of a pattern: ? is any byte, * any number",
	"o              show the adapters of a pattern",
	"u              undo all filters",
	"(              show or hide the changes since the last sample",
	"e              show or hide the totals",
	"l              highlight lines that have changed",
	"n              append a snapshot to a file",
	"R              let the kernel begin the peaks again",
	"+ -            a longer, or shorter, interval",
	"Space          take a sample now",
	"arrows, PgUp, PgDn, Home, End: scroll, also to the right",
	"h ?            this page",
	"q x Esc        quit",
};

/*
 * Pages
 */

void screen_forget(struct screen *screen)
{
	free(screen->tags);
	free(screen->regions);
	free(screen->events);
	screen->tags = NULL;
	screen->regions = NULL;
	screen->events = NULL;
}

/* Return the width of the column of tags. */
static int tag_width(const struct screen *screen)
{
	size_t i, width = 7;
	char text[TAG_TEXT];

	for (i = 0; screen->tags && i < screen->count; i++) {
		size_t length = strlen(tag_text(screen->tags[i]->tag, screen->tags[i]->other,
						text));

		width = length > width ? length : width;
	}
	return (int)width;
}

/* Collect the lines of the page. */
static void screen_collect(struct screen *screen)
{
	const struct sample *now = &screen->monitor->now;
	const struct filter *filter = &screen->options->filter;

	screen_forget(screen);
	if (screen->help)
		screen->count = ARRAY_SIZE(help);
	else if (screen->options->page == PAGE_TAGS)
		screen->count = tags_sorted(now, filter, &screen->tags);
	else if (screen->options->page == PAGE_REGIONS)
		screen->count = regions_sorted(now, filter, &screen->regions);
	else if (screen->options->page == PAGE_EVENTS)
		screen->count = events_collect(screen);
	else
		screen->count = history_lines(screen);
	screen->tag_width = tag_width(screen);
	if (screen->top >= screen->count)
		screen->top = screen->count ? screen->count - 1 : 0;
}

static void draw_line(const struct screen *screen, size_t line)
{
	enum page page = screen->options->page;

	if (screen->help)
		put(A_NORMAL, help[line]);
	else if (page == PAGE_TAGS)
		tag_line(screen, screen->tags[line], screen->monitor->now.interval);
	else if (page == PAGE_REGIONS)
		region_line(screen, screen->regions[line]);
	else if (page == PAGE_EVENTS)
		event_line(screen, screen->events[line]);
	else
		history_line(screen, line);
}

static void draw_title(const struct screen *screen)
{
	enum page page = screen->options->page;

	if (screen->help)
		put(A_UNDERLINE, "Keys");
	else if (page == PAGE_TAGS || page == PAGE_HISTORY)
		tags_title(screen);
	else if (page == PAGE_REGIONS)
		put_format(A_UNDERLINE, "%-*s %-7s %12s %12s %10s %-10s %-18s %-14s %s",
			   screen->tag_width, "Tag", "Type", "Size", "Charged", "AgeMs",
			   "Backing", "Physical", "Adapter", "Caller");
	else
		put_format(A_UNDERLINE, "%-16s %12s %10s %s", "Event", "Count", "Change",
			   "Adapter");
}

static void draw_totals(const struct screen *screen)
{
	const struct sample *now = &screen->monitor->now;
	const struct tag_row *row = now->tags.row;
	struct totals totals = {};
	size_t i;

	if (!screen->options->totals)
		return;
	for (i = 0; i < now->tags.count; i++)
		if (filter_row(&screen->options->filter, &row[i]))
			totals_add(&totals, &row[i]);
	put_format(A_NORMAL, "Total: %" PRIu64 " blocks, %" PRIu64 " bytes, paged %" PRIu64
		   ", nonpaged %" PRIu64 ", change %+" PRId64 ", charged %" PRIu64
		   ", failures %" PRIu64, totals.blocks, totals.bytes, totals.paged,
		   totals.nonpaged, totals.bytes_delta, totals.charged, totals.failures);
}

static void draw_filter(const struct screen *screen)
{
	const struct filter *filter = &screen->options->filter;
	unsigned int i;

	put_format(A_NORMAL, "Sort: %s%s, %s", sort_name(filter->sort),
		   filter->reverse ? " (reversed)" : "", pool_name(filter->pool));
	for (i = 0; i < filter->includes; i++)
		put_format(A_NORMAL, ", /i%s", filter->include[i]);
	for (i = 0; i < filter->excludes; i++)
		put_format(A_NORMAL, ", /x%s", filter->exclude[i]);
	if (filter->adapter)
		put_format(A_NORMAL, ", adapter %s", filter->adapter);
	if (filter->type)
		put_format(A_NORMAL, ", type %s", filter->type);
}

static void draw_head(const struct screen *screen)
{
	const struct monitor *monitor = screen->monitor;

	if (line_begin(0, 0))
		put_format(A_REVERSE, "vpmon: %s  %s  sample %lu, %.0f s, every %.1f s%s",
			   page_names[screen->options->page], monitor->source.path,
			   monitor->now.number, monitor->now.seconds, screen->options->interval,
			   monitor->missing ? "  (vpmem is not there)" :
			   source_ended(&monitor->source) ? "  (end of the file)" : "");
	if (line_begin(1, 0))
		draw_totals(screen);
	if (line_begin(2, 0))
		draw_filter(screen);
	if (line_begin(3, screen->left))
		draw_title(screen);
}

void page_draw(struct screen *screen)
{
	int i, height = page_height();

	erase();
	screen->width = 0;
	screen_collect(screen);
	draw_head(screen);
	for (i = 0; i < height && screen->top + (size_t)i < screen->count; i++)
		if (line_begin(HEAD_LINES + i, screen->left)) {
			draw_line(screen, screen->top + (size_t)i);
			if (line_end > screen->width)
				screen->width = line_end;
		}
	if (line_begin(LINES - 1, 0)) {
		if (screen->message[0])
			put(A_BOLD, screen->message);
		else
			put_format(A_NORMAL, "%zu lines, from %zu on; h: help, q: quit",
				   screen->count, screen->count ? screen->top + 1 : 0);
	}
	refresh();
}

/* Show a question at the bottom, and the text that was typed so far. */
void page_ask(const char *question, const char *text)
{
	if (line_begin(LINES - 1, 0)) {
		put(A_BOLD, question);
		put(A_NORMAL, text);
	}
	refresh();
}

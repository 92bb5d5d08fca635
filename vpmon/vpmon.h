/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmon: the views of vpmem in debugfs, or saved ones, on the terminal and for scripts.
 */
#ifndef VPMON_H
#define VPMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* Bounds: whatever a file has, no more is kept. */
#define LINE_MAX_BYTES	4096
#define COLUMNS_MAX	32
#define ROWS_MAX	131072
#define NAME_BYTES	64
#define SYMBOL_BYTES	128
#define WORD_BYTES	16
#define RANGE_BYTES	40
#define PATTERNS_MAX	64
#define HISTORY_MAX	16		/* adapters */
#define HISTORY_ROWS	16384		/* of an adapter, which has no more in the module */

/*
 * text.c: text of any origin
 */

/* Tag as text: four bytes, each escaped at most */
#define TAG_TEXT	17

/* Line of a file, cut at LINE_MAX_BYTES, without its end; a NUL in it becomes '?'. */
struct line {
	char text[LINE_MAX_BYTES];
	size_t length;
};

bool line_read(FILE *file, struct line *line);
void text_copy(char *to, size_t size, const char *from);
void text_unescape(char *to, size_t size, const char *from);
bool text_is_blank(const char *text);
bool number_parse(const char *text, uint64_t *number);
bool hex_parse(const char *text, uint32_t *number);
const char *tag_text(uint32_t tag, bool other, char text[TAG_TEXT]);
void text_shown(char *to, size_t size, const char *from);
void json_text(FILE *to, const char *text);
void csv_text(FILE *to, const char *text);
uint64_t saturated_add(uint64_t left, uint64_t right);

/*
 * sample.c: what the views had at one time
 */

struct tag_row {
	uint32_t tag;
	bool other;			/* the row of what found no row */
	bool has_peak;
	bool changed;			/* since the last sample */
	uint64_t allocs, frees, bytes, charged, failures, peak;
	int64_t allocs_delta, frees_delta, bytes_delta;
	char type[WORD_BYTES];
	char reason[WORD_BYTES];
	char adapter[NAME_BYTES];
	char caller[SYMBOL_BYTES];
};

struct region_row {
	uint32_t tag;
	bool other;
	uint64_t size, charged, age;
	char type[WORD_BYTES];
	char backing[WORD_BYTES];
	char verify[WORD_BYTES];
	char address[RANGE_BYTES], bus[RANGE_BYTES], physical[RANGE_BYTES], limit[RANGE_BYTES];
	char adapter[NAME_BYTES];
	char caller[SYMBOL_BYTES];
};

struct event_row {
	uint64_t count;
	int64_t delta;
	char event[RANGE_BYTES];
	char adapter[NAME_BYTES];	/* "-" for calls of no adapter */
};

/* Array that grows up to ROWS_MAX */
struct rows {
	void *row;
	size_t count, room;
};

struct sample {
	struct rows tags, regions, events;
	unsigned long number;		/* from 1 on */
	double seconds;			/* since the first one */
	double interval;		/* since the last one; 0 for the first */
	uint64_t unread;		/* lines that could not be used */
};

struct totals {
	uint64_t allocs, frees, blocks, bytes, charged, failures;
	uint64_t paged, nonpaged;	/* bytes of pool */
	int64_t allocs_delta, frees_delta, bytes_delta;
};

void *rows_add(struct rows *rows, size_t size);
void rows_free(struct rows *rows);
void sample_free(struct sample *sample);
uint64_t tag_blocks(const struct tag_row *row);
uint64_t tag_per_alloc(const struct tag_row *row);
double tag_rate(const struct tag_row *row, double interval);
int tag_compare_key(const void *left, const void *right);
void sample_compare(struct sample *now, const struct sample *before);
void totals_add(struct totals *totals, const struct tag_row *row);

/*
 * parse.c, source.c: from files to samples
 */

struct source {
	const char *path;		/* of a directory, or of a saved file */
	bool saved;
	FILE *file;			/* a saved file, of which samples are left */
	struct line ahead;		/* its line that begins the next sample */
	bool has_ahead;
};

enum table { TABLE_NONE, TABLE_TAGS, TABLE_REGIONS, TABLE_EVENTS };

enum table table_of(const char *header);
enum table parse_tables(FILE *file, struct sample *sample, const char *adapter,
			struct line *ahead, bool *has_ahead);
bool source_open(struct source *source, const char *path, bool saved);
bool source_read(struct source *source, struct sample *sample, bool regions);
bool source_ended(const struct source *source);
void source_close(struct source *source);
bool source_reset_peaks(const struct source *source);

/*
 * history.c: adapters that are detached
 */

struct gone {
	char adapter[NAME_BYTES];
	double seconds;			/* time of the sample that missed it */
	unsigned long number;		/* of that sample */
	struct rows tags;
};

struct history {
	struct gone gone[HISTORY_MAX];	/* the oldest first */
	unsigned int count;
};

void history_update(struct history *history, struct sample *before, const struct sample *now);
void history_free(struct history *history);

/*
 * monitor.c: one sample after the other
 */

struct monitor {
	struct source source;
	struct sample now, before;
	struct history history;
	double period;			/* between two samples of a saved file */
	double began;			/* time of the first sample */
	bool missing;			/* the module is not there */
};

double clock_now(void);
bool monitor_next(struct monitor *monitor, bool regions);
bool monitor_save(struct monitor *monitor, const char *path);
void monitor_free(struct monitor *monitor);

/*
 * filter.c: patterns and sort keys
 */

enum sort {
	SORT_TAG, SORT_ALLOCS, SORT_FREES, SORT_DIFF, SORT_BYTES, SORT_PER_ALLOC, SORT_PEAK,
	SORT_RATE, SORT_CHARGED, SORT_ADAPTER, SORT_FAILURES, SORTS,
};

enum pool { POOL_ANY, POOL_NONPAGED, POOL_PAGED, POOLS };

struct filter {
	const char *include[PATTERNS_MAX], *exclude[PATTERNS_MAX];
	unsigned int includes, excludes;
	const char *adapter;		/* pattern, or NULL */
	const char *type;		/* pattern, or NULL */
	enum pool pool;
	enum sort sort;
	bool reverse;
};

bool pattern_matches(const char *pattern, const char *text, size_t length);
bool filter_include(struct filter *filter, const char *pattern);
bool filter_exclude(struct filter *filter, const char *pattern);
bool filter_tag(const struct filter *filter, uint32_t tag, bool other);
bool filter_row(const struct filter *filter, const struct tag_row *row);
bool filter_region(const struct filter *filter, const struct region_row *row);
bool filter_adapter(const struct filter *filter, const char *adapter);
bool sort_by_letter(char letter, enum sort *sort);
const char *sort_name(enum sort sort);
const char *pool_name(enum pool pool);
size_t tags_sorted(const struct sample *sample, const struct filter *filter,
		   const struct tag_row ***sorted);
size_t regions_sorted(const struct sample *sample, const struct filter *filter,
		      const struct region_row ***sorted);

/*
 * pooltag.c: descriptions of tags
 */

bool pooltag_read(const char *path);
const char *pooltag_find(uint32_t tag);
void pooltag_free(void);

/*
 * output.c, screen.c: samples as text, and on the terminal
 */

enum page { PAGE_TAGS, PAGE_REGIONS, PAGE_EVENTS, PAGE_HISTORY, PAGES };
enum form { FORM_SCREEN, FORM_TEXT, FORM_JSON, FORM_CSV };

extern const char * const page_names[PAGES];

struct options {
	struct filter filter;
	enum form form;
	enum page page;
	double interval;
	unsigned long count;		/* 0: without end */
	const char *snapshot;		/* file for the key n */
	bool deltas, highlight, totals;
};

void output_sample(FILE *to, const struct sample *sample, const struct history *history,
		   const struct options *options);
bool output_snapshot(const char *path, const struct sample *sample);

/* Return 0, or 1 if the terminal cannot be used. */
int screen_run(struct monitor *monitor, struct options *options);

#endif /* VPMON_H */

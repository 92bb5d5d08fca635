// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options of vpmon, those of PoolMon among them, and output for scripts.
 */
#include <errno.h>
#include <getopt.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "vpmon.h"

#define DEBUGFS		"/sys/kernel/debug"
#define DIRECTORY	DEBUGFS "/vpmem"
#define SNAPSHOT	"vpmon.snap"
#define POOLTAG		"pooltag.txt"
#define LOCALTAG	"localtag.txt"

static const char usage[] =
	"usage: vpmon [option...] [/iTAG] [/xTAG] [/t|/a|/f|/d|/b|/m] [/p] [/e] [/l] [/(]\n"
	"             [/n[FILE]] [/g[FILE]] [/c[FILE]]\n"
	"  -f, --file=SAVED          show a saved view, or a copy of the directory\n"
	"  -D, --directory=DIR       in place of " DIRECTORY "\n"
	"  -a, --adapter=PATTERN     adapters to show\n"
	"  -i, --include=PATTERN     tags to show, of which there may be several\n"
	"  -x, --exclude=PATTERN     tags to hide\n"
	"  -T, --type=PATTERN        types to show, such as Nonp or Common\n"
	"  -s, --sort=KEY            t, a, f, d, b, m, k, r, c, A or F; see the manual\n"
	"  -v, --reverse             the other way round\n"
	"  -p, --page=PAGE           tags, regions, events or history\n"
	"  -n, --interval=SECONDS    between two samples, 5 unless given\n"
	"  -c, --count=NUMBER        samples, then exit\n"
	"  -g, --pooltag=FILE        descriptions of tags, in the format of pooltag.txt\n"
	"  -j, --json                an object for each sample, on a line of its own\n"
	"      --csv                 a line for each row, below one of names\n"
	"      --text                samples in the form that --file reads\n"
	"  -o, --snapshot=FILE       where the key n saves to, " SNAPSHOT " unless given\n"
	"      --save=FILE           append a sample to the file, and exit\n"
	"      --reset-peaks         let the kernel begin the peaks again, and exit\n"
	"  -h, --help                this text\n"
	"Keys: h shows them. The manual is vpmon(8).\n";

enum { OPTION_CSV = 256, OPTION_TEXT, OPTION_SAVE, OPTION_RESET };

static const struct option long_options[] = {
	{ "file", required_argument, NULL, 'f' },
	{ "directory", required_argument, NULL, 'D' },
	{ "adapter", required_argument, NULL, 'a' },
	{ "include", required_argument, NULL, 'i' },
	{ "exclude", required_argument, NULL, 'x' },
	{ "type", required_argument, NULL, 'T' },
	{ "sort", required_argument, NULL, 's' },
	{ "reverse", no_argument, NULL, 'v' },
	{ "page", required_argument, NULL, 'p' },
	{ "interval", required_argument, NULL, 'n' },
	{ "count", required_argument, NULL, 'c' },
	{ "pooltag", required_argument, NULL, 'g' },
	{ "json", no_argument, NULL, 'j' },
	{ "csv", no_argument, NULL, OPTION_CSV },
	{ "text", no_argument, NULL, OPTION_TEXT },
	{ "snapshot", required_argument, NULL, 'o' },
	{ "save", required_argument, NULL, OPTION_SAVE },
	{ "reset-peaks", no_argument, NULL, OPTION_RESET },
	{ "help", no_argument, NULL, 'h' },
	{}
};

struct arguments {
	struct options options;
	const char *path;
	bool saved;
	const char *pooltag;
	const char *save;
	bool reset;
};

static void __attribute__((noreturn)) wrong(const char *what, const char *value)
{
	fprintf(stderr, "vpmon: %s '%s'\n%s", what, value, usage);
	exit(2);
}

static bool debugfs_is_mounted(void)
{
	struct statfs status;

	return !statfs(DEBUGFS, &status) && status.f_type == DEBUGFS_MAGIC;
}

static void __attribute__((noreturn)) fail(const char *path)
{
	int error = errno;

	fprintf(stderr, "vpmon: %s: %s\n", path, strerror(error));
	if (error == EACCES || error == EPERM)
		fputs("vpmon: debugfs is for root; or show a saved view by --file\n", stderr);
	else if (error == ENOENT && !strcmp(path, DIRECTORY))
		fputs(debugfs_is_mounted() ? "vpmon: vpmem is not loaded; modprobe vpmem\n" :
		      "vpmon: debugfs is not mounted; mount -t debugfs none " DEBUGFS "\n",
		      stderr);
	exit(1);
}

static void set_sort(struct filter *filter, const char *key)
{
	if (!key[0] || key[1] || !sort_by_letter(key[0], &filter->sort))
		wrong("no such sort key", key);
}

static void set_page(struct options *options, const char *name)
{
	unsigned int page;

	for (page = 0; page < PAGES; page++) {
		if (!strcmp(page_names[page], name)) {
			options->page = (enum page)page;
			return;
		}
	}
	wrong("no such page", name);
}

static void set_interval(struct options *options, const char *text)
{
	char *end;

	options->interval = strtod(text, &end);
	if (end == text || *end || !(options->interval >= 0.1 && options->interval <= 86400))
		wrong("an interval has 0.1 to 86400 seconds, not", text);
}

static void set_count(struct options *options, const char *text)
{
	uint64_t count;

	if (!number_parse(text, &count) || !count || count > 1000000000)
		wrong("wrong number of samples", text);
	options->count = (unsigned long)count;
}

static void set_pattern(bool (*add)(struct filter *filter, const char *pattern),
			struct filter *filter, const char *pattern)
{
	if (!*pattern)
		wrong("empty pattern", pattern);
	if (!add(filter, pattern))
		wrong("too many patterns, from", pattern);
}

static void set_option(struct arguments *arguments, int option, const char *value)
{
	struct options *options = &arguments->options;

	switch (option) {
	case 'f':
	case 'D':
		/* Satisfy clang's analyzer: getopt_long() gives both a value. */
		arguments->path = value ? value : DIRECTORY;
		arguments->saved = option == 'f';
		break;
	case 'a':
		options->filter.adapter = value;
		break;
	case 'i':
		set_pattern(filter_include, &options->filter, value);
		break;
	case 'x':
		set_pattern(filter_exclude, &options->filter, value);
		break;
	case 'T':
		options->filter.type = value;
		break;
	case 's':
		set_sort(&options->filter, value);
		break;
	case 'v':
		options->filter.reverse = true;
		break;
	case 'p':
		set_page(options, value);
		break;
	case 'n':
		set_interval(options, value);
		break;
	case 'c':
		set_count(options, value);
		break;
	case 'g':
		arguments->pooltag = value;
		break;
	case 'j':
		options->form = FORM_JSON;
		break;
	case OPTION_CSV:
		options->form = FORM_CSV;
		break;
	case OPTION_TEXT:
		options->form = FORM_TEXT;
		break;
	case 'o':
		options->snapshot = value;
		break;
	case OPTION_SAVE:
		arguments->save = value;
		break;
	case OPTION_RESET:
		arguments->reset = true;
		break;
	case 'h':
		fputs(usage, stdout);
		exit(0);
	default:
		fputs(usage, stderr);
		exit(2);
	}
}

/* Set an option of PoolMon's, which begins with a slash. */
static void set_slash(struct arguments *arguments, const char *argument)
{
	struct options *options = &arguments->options;
	const char *value = argument + 2;

	if (argument[0] != '/' || !argument[1])
		wrong("unknown argument", argument);
	switch (argument[1]) {
	case 'i':
	case 'x':
		set_option(arguments, argument[1], value);
		return;
	case 'n':
		arguments->save = *value ? value : SNAPSHOT;
		return;
	case 'g':
		arguments->pooltag = *value ? value : POOLTAG;
		return;
	case 'c':
		arguments->pooltag = *value ? value : LOCALTAG;
		return;
	case 's':
		wrong("Linux has no pool of terminal sessions", argument);
	}
	if (!strcmp(value, "p") && argument[1] == 'p')
		options->filter.pool = POOL_NONPAGED;
	else if (*value)
		wrong("unknown argument", argument);
	switch (argument[1]) {
	case 'p':
		options->filter.pool = (enum pool)((options->filter.pool + 1) % POOLS);
		break;
	case 'e':
		options->totals = !options->totals;
		break;
	case 'l':
		options->highlight = !options->highlight;
		break;
	case '(':
		options->deltas = !options->deltas;
		break;
	case 'h':
	case '?':
		set_option(arguments, 'h', NULL);
		break;
	default:
		set_sort(&options->filter, argument + 1);
	}
}

static void parse_arguments(struct arguments *arguments, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, "f:D:a:i:x:T:s:vp:n:c:g:jo:h", long_options,
				     NULL)) != -1)
		set_option(arguments, option, optarg);
	for (; optind < argc; optind++)
		set_slash(arguments, argv[optind]);
}

static void wait_until(double due)
{
	double rest = due - clock_now();
	struct timespec time = { .tv_sec = (time_t)rest };

	if (rest <= 0)
		return;
	time.tv_nsec = (long)((rest - (double)time.tv_sec) * 1e9);
	nanosleep(&time, NULL);
}

/* Print samples. Those of a saved file follow at once. */
static int print_samples(struct monitor *monitor, const struct options *options)
{
	double due = clock_now();
	bool regions = options->page == PAGE_REGIONS || options->form == FORM_TEXT;

	while (monitor_next(monitor, regions)) {
		output_sample(stdout, &monitor->now, &monitor->history, options);
		if (fflush(stdout)) {
			fprintf(stderr, "vpmon: standard output: %s\n", strerror(errno));
			return 1;
		}
		if (monitor->now.number == options->count)
			break;
		due += options->interval;
		if (!monitor->source.saved)
			wait_until(due);
		else if (!monitor->source.file)
			break;
	}
	return 0;
}

/* Take one sample, and append it to the file. */
static int save_sample(struct monitor *monitor, const char *path)
{
	if (monitor_next(monitor, true) && monitor_save(monitor, path))
		return 0;
	fprintf(stderr, "vpmon: %s: %s\n", path, strerror(errno));
	return 1;
}

static int run(struct monitor *monitor, struct arguments *arguments)
{
	if (arguments->reset) {
		if (source_reset_peaks(&monitor->source))
			return 0;
		fprintf(stderr, "vpmon: the peaks cannot be reset: %s\n", strerror(errno));
		return 1;
	}
	if (arguments->save)
		return save_sample(monitor, arguments->save);
	if (arguments->options.form == FORM_SCREEN)
		return screen_run(monitor, &arguments->options);
	return print_samples(monitor, &arguments->options);
}

int main(int argc, char **argv)
{
	struct arguments arguments = {
		.path = DIRECTORY,
		.options = {
			.filter.sort = SORT_BYTES,
			.interval = 5,
			.snapshot = SNAPSHOT,
			.deltas = true,
			.highlight = true,
			.totals = true,
		},
	};
	struct monitor monitor = {};
	int status;

	parse_arguments(&arguments, argc, argv);
	if (arguments.pooltag && !pooltag_read(arguments.pooltag))
		fail(arguments.pooltag);
	if (!source_open(&monitor.source, arguments.path, arguments.saved))
		fail(arguments.path);
	monitor.period = arguments.options.interval;
	status = run(&monitor, &arguments);
	monitor_free(&monitor);
	pooltag_free();
	return status;
}

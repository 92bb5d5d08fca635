// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keys of the pages on the terminal, and the loop that takes samples for them.
 */
#include <errno.h>
#include <ncurses.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "screen.h"

#define KEY_ESCAPE	27
#define SHIFT		16		/* columns that an arrow scrolls */

static volatile sig_atomic_t ended;

static void on_signal(int number)
{
	ended = number;
}

static void __attribute__((format(printf, 2, 3)))
say(struct screen *screen, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(screen->message, sizeof(screen->message), format, list);
	va_end(list);
}

/*
 * Keys
 */

/* Read a line of text at the bottom. Return false if Escape ends it. */
static bool prompt(const char *question, char *text, size_t size)
{
	size_t length = 0;
	int key;

	timeout(-1);
	while (!ended) {
		text[length] = '\0';
		page_ask(question, text);
		key = getch();
		if (key == '\n' || key == '\r' || key == KEY_ENTER)
			return true;
		if (key == KEY_ESCAPE || key == ERR)
			return false;
		if ((key == KEY_BACKSPACE || key == 0x7f || key == '\b') && length)
			length--;
		else if (key >= ' ' && key < 0x7f && length + 1 < size)
			text[length++] = (char)key;
	}
	return false;
}

/* Ask for a pattern, which the filter keeps. Return NULL for none. */
static const char *prompt_pattern(const char *question)
{
	char text[NAME_BYTES];

	return prompt(question, text, sizeof(text)) && text[0] ? strdup(text) : NULL;
}

static void ask_pattern(struct screen *screen, int key)
{
	struct filter *filter = &screen->options->filter;
	const char *pattern = prompt_pattern(key == 'i' ? "Show tags: " : key == 'X' ?
					     "Hide tags: " : "Show adapters: ");

	if (!pattern)
		return;
	if (key == 'o')
		filter->adapter = pattern;
	else if (!(key == 'i' ? filter_include(filter, pattern) :
				filter_exclude(filter, pattern)))
		say(screen, "There are %d patterns already", PATTERNS_MAX);
}

static void filters_undo(struct filter *filter)
{
	filter->includes = 0;
	filter->excludes = 0;
	filter->adapter = NULL;
	filter->type = NULL;
	filter->pool = POOL_ANY;
}

static void save(struct screen *screen)
{
	const char *path = screen->options->snapshot;

	if (monitor_save(screen->monitor, path))
		say(screen, "Snapshot appended to %s", path);
	else
		say(screen, "%s: %s", path, strerror(errno));
}

static void reset_peaks(struct screen *screen)
{
	if (source_reset_peaks(&screen->monitor->source))
		say(screen, "The peaks begin again");
	else
		say(screen, "The peaks cannot be reset: %s", strerror(errno));
}

static void scroll_to(struct screen *screen, int key)
{
	size_t height = (size_t)page_height();
	size_t last = screen->count > height ? screen->count - height : 0;
	size_t step = key == KEY_UP || key == KEY_DOWN ? 1 : height;

	if (key == KEY_HOME)
		screen->top = 0;
	else if (key == KEY_END)
		screen->top = last;
	else if (key == KEY_UP || key == KEY_PPAGE)
		screen->top = screen->top > step ? screen->top - step : 0;
	else
		screen->top = screen->top + step < last ? screen->top + step : last;
}

static void scroll_aside(struct screen *screen, int key)
{
	if (key == KEY_LEFT)
		screen->left = screen->left > SHIFT ? screen->left - SHIFT : 0;
	else if (screen->left + COLS < screen->width)
		screen->left += SHIFT;
}

static void page_set(struct screen *screen, unsigned int page)
{
	screen->options->page = (enum page)(page % PAGES);
	screen->top = 0;
	screen->left = 0;
	screen->help = false;
}

static void interval_change(struct options *options, double factor)
{
	double interval = options->interval * factor;

	if (interval >= 0.1 && interval <= 3600)
		options->interval = interval;
}

/* Handle a key that changes what is shown. Return false for another one. */
static bool key_shows(struct screen *screen, int key)
{
	struct options *options = screen->options;

	switch (key) {
	case 'v':
		options->filter.reverse = !options->filter.reverse;
		return true;
	case 'p':
		options->filter.pool = (enum pool)((options->filter.pool + 1) % POOLS);
		return true;
	case '(':
		options->deltas = !options->deltas;
		return true;
	case 'e':
		options->totals = !options->totals;
		return true;
	case 'l':
		options->highlight = !options->highlight;
		return true;
	case 'u':
		filters_undo(&options->filter);
		return true;
	case 'h':
	case '?':
		screen->help = !screen->help;
		screen->top = 0;
		screen->left = 0;
		return true;
	default:
		return false;
	}
}

/* Handle a key. Return true if it asks for a sample at once. */
static bool handle_key(struct screen *screen, int key)
{
	struct options *options = screen->options;

	screen->message[0] = '\0';
	if (key_shows(screen, key) ||
	    (key > 0 && key < 0x7f && sort_by_letter((char)key, &options->filter.sort)))
		return false;
	switch (key) {
	case 'q': case 'x': case KEY_ESCAPE:
		screen->quit = true;
		return false;
	case '1': case '2': case '3': case '4':
		page_set(screen, (unsigned int)(key - '1'));
		return options->page == PAGE_REGIONS && !screen->monitor->source.file;
	case '\t':
		page_set(screen, options->page + 1);
		return options->page == PAGE_REGIONS && !screen->monitor->source.file;
	case 'i': case 'X': case 'o':
		ask_pattern(screen, key);
		return false;
	case 'n':
		save(screen);
		return false;
	case 'R':
		reset_peaks(screen);
		return true;
	case '+': case '-':
		interval_change(options, key == '+' ? 2 : 0.5);
		return false;
	case ' ':
		return true;
	case KEY_UP: case KEY_DOWN: case KEY_PPAGE: case KEY_NPAGE: case KEY_HOME: case KEY_END:
		scroll_to(screen, key);
		return false;
	case KEY_LEFT: case KEY_RIGHT:
		scroll_aside(screen, key);
		return false;
	default:
		return false;
	}
}

/*
 * Loop
 */

/* Wait for a key until a time. Return ERR if there was none. */
static int wait_key(double until)
{
	double rest = until - clock_now();

	timeout(rest <= 0 ? 0 : rest > 60 ? 60000 : (int)(1000 * rest) + 1);
	return getch();
}

static bool next_sample(struct screen *screen)
{
	struct options *options = screen->options;

	monitor_next(screen->monitor, options->page == PAGE_REGIONS);
	return !options->count || screen->monitor->now.number < options->count;
}

/* Handle keys until the next sample is due. Without a terminal getch() fails at once. */
static void handle_keys(struct screen *screen, double due)
{
	unsigned int failures = 0;
	bool now = false;
	int key;

	while (!now && !screen->quit && !ended && clock_now() < due) {
		page_draw(screen);
		key = wait_key(due);
		if (key == ERR && clock_now() < due && ++failures > 100)
			screen->quit = true;
		if (key != ERR)
			now = handle_key(screen, key);
	}
}

static void screen_loop(struct screen *screen)
{
	struct options *options = screen->options;

	while (!screen->quit && !ended) {
		if (!next_sample(screen)) {
			page_draw(screen);
			break;
		}
		handle_keys(screen, clock_now() + options->interval);
	}
}

static void signals_set(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

int screen_run(struct monitor *monitor, struct options *options)
{
	struct screen screen = { .monitor = monitor, .options = options };
	SCREEN *terminal;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		fputs("vpmon: this is no terminal; use --json, --csv or --text\n",
		      stderr);
		return 1;
	}
	terminal = newterm(NULL, stdout, stdin);
	/* Refuse a terminal that cannot move its cursor, such as TERM=dumb. */
	if (terminal && !tigetstr("cup")) {
		endwin();
		delscreen(terminal);
		terminal = NULL;
	}
	if (!terminal) {
		fputs("vpmon: cannot use this terminal; set TERM, or use --json, --csv or --text\n",
		      stderr);
		return 1;
	}
	set_term(terminal);
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	/* Tell the key Escape from the bytes of an arrow, also on a slow line. */
	set_escdelay(250);
	curs_set(0);
	signals_set();
	screen_loop(&screen);
	endwin();
	delscreen(terminal);
	screen_forget(&screen);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * State of the terminal: the page that is shown, and its part.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "vpmon.h"

#define TEXT_MAX	512

struct screen {
	struct monitor *monitor;
	struct options *options;
	const struct tag_row **tags;
	const struct region_row **regions;
	const struct event_row **events;
	size_t count;			/* lines of the page */
	size_t top;			/* first one that is shown */
	int left;			/* first column that is shown */
	int width;			/* of the longest line that is shown */
	int tag_width;
	bool help;
	bool quit;
	char message[TEXT_MAX];
};

int page_height(void);
void page_draw(struct screen *screen);
void page_ask(const char *question, const char *text);
void screen_forget(struct screen *screen);

#endif /* SCREEN_H */

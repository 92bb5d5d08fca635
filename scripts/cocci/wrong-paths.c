// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that scripts/analyze has to find, one in each line that says so, and what looks alike
 * and is none. Nothing compiles this file.
 */
#include <stdlib.h>
#include <string.h>

struct thing {
	struct thing *next;
	int number;
};

int null_is_followed(struct thing *thing)
{
	if (!thing)
		return thing->number; /* found */
	return thing->number;
}

int number_is_not_set(int which)
{
	int number;

	if (which > 3)
		number = which;
	return number; /* found */
}

int number_is_set(int which)
{
	int number = 0;

	if (which > 3)
		number = which;
	return number;
}

void list_is_freed(struct thing *first)
{
	struct thing *thing;

	for (thing = first; thing; thing = thing->next) /* found */
		free(thing);
}

void list_is_freed_well(struct thing *first)
{
	struct thing *thing, *next;

	for (thing = first; thing; thing = next) {
		next = thing->next;
		free(thing);
	}
}

int text_is_lost(const char *from)
{
	char *copy = strdup(from);

	if (!copy)
		return -1;
	return copy[0] == 'x'; /* found */
}

int division(int count)
{
	if (count)
		return 1;
	return 100 / count; /* found */
}

int value_is_lost(int count)
{
	int sum = count * 2; /* found */

	sum = count; /* found */
	return count;
}

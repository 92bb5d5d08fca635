// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copy of the code that ran, in lines of 64 bytes, and a list of these lines.
 */

#include <string.h>
#include "code.h"
#include "int10d.h"

#define LINE		64
#define NR_LINES	(VPMEM_INT10_SPACE / LINE)

static struct {
	const uint8_t *space;
	uint8_t copy[VPMEM_INT10_SPACE];
	bool is_kept[NR_LINES];
	uint16_t lines[NR_LINES];
	unsigned int nr_lines;
	unsigned int next;		/* to compare */
} code;

void code_init(const uint8_t *space)
{
	code.space = space;
}

static bool line_has_changed(uint32_t line)
{
	return memcmp(code.copy + line * LINE, code.space + line * LINE, LINE);
}

static void copy_line(uint32_t line)
{
	memcpy(code.copy + line * LINE, code.space + line * LINE, LINE);
}

static void keep_line(uint32_t line)
{
	if (code.is_kept[line])
		return;
	code.is_kept[line] = true;
	code.lines[code.nr_lines++] = line;
	copy_line(line);
}

void code_keep(uint32_t address, uint32_t size)
{
	uint32_t line = address / LINE, last = (address + size - 1) / LINE;

	for (; line <= last && line < NR_LINES; line++)
		keep_line(line);
}

bool code_find_change(uint64_t *begin, uint64_t *end)
{
	uint32_t line;

	while (code.next < code.nr_lines) {
		line = code.lines[code.next++];
		if (!line_has_changed(line))
			continue;
		copy_line(line);
		*begin = line * LINE;
		*end = *begin + LINE;
		return true;
	}
	code.next = 0;
	return false;
}

void code_forget(void)
{
	memset(code.is_kept, 0, sizeof(code.is_kept));
	code.nr_lines = 0;
	code.next = 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Format of registry values in the view. They have no type: print a value as a number, as
 * text if it looks like text, else as bytes.
 */
#include <linux/ctype.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "services/registry.h"

#define SHOWN_UNITS	256
#define SHOWN_BYTES	64

static bool is_high(u16 unit)
{
	return (unit & 0xfc00) == 0xd800;
}

static bool is_low(u16 unit)
{
	return (unit & 0xfc00) == 0xdc00;
}

static void utf8_put(struct seq_file *m, u32 c)
{
	if (c < 0x80) {
		seq_putc(m, c);
	} else if (c < 0x800) {
		seq_putc(m, 0xc0 | c >> 6);
		seq_putc(m, 0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		seq_putc(m, 0xe0 | c >> 12);
		seq_putc(m, 0x80 | (c >> 6 & 0x3f));
		seq_putc(m, 0x80 | (c & 0x3f));
	} else {
		seq_putc(m, 0xf0 | c >> 18);
		seq_putc(m, 0x80 | (c >> 12 & 0x3f));
		seq_putc(m, 0x80 | (c >> 6 & 0x3f));
		seq_putc(m, 0x80 | (c & 0x3f));
	}
}

/* Print a character, escaped if it would break the line or its columns. */
static void unit_put(struct seq_file *m, u16 unit, const char *escaped)
{
	if (unit < 0x80 && (!isprint(unit) || strchr(escaped, unit)))
		seq_printf(m, "\\x%02x", unit);
	else if (is_high(unit) || is_low(unit))
		utf8_put(m, 0xfffd);
	else
		utf8_put(m, unit);
}

static void text_put(struct seq_file *m, const u16 *text, u32 units,
		     const char *escaped)
{
	u32 i;

	for (i = 0; i < units; i++) {
		if (is_high(text[i]) && i + 1 < units && is_low(text[i + 1])) {
			utf8_put(m, 0x10000 + ((text[i] & 0x3ff) << 10 |
					       (text[i + 1] & 0x3ff)));
			i++;
		} else {
			unit_put(m, text[i], escaped);
		}
	}
}

static bool is_printable(u16 unit, bool ascii)
{
	return ascii ? unit >= 0x20 && unit < 0x7f :
		       unit >= 0x20 && unit != 0x7f && unit < 0xfffe;
}

/*
 * Return the length of the value as a string, or -1 if it is not one. Any two bytes are a
 * character, so a string has to begin with an ASCII character and end with a NUL, or to
 * be ASCII only.
 */
static int string_units(const u16 *text, u32 length)
{
	u32 i, units = length / sizeof(*text);
	bool ends;

	if (!units || length % sizeof(*text))
		return -1;
	ends = !text[units - 1];
	units -= ends;
	for (i = 0; i < units; i++)
		if (!is_printable(text[i], !i || !ends))
			return -1;
	return units;
}

static void string_show(struct seq_file *m, const u16 *text, u32 units)
{
	seq_puts(m, " \"");
	text_put(m, text, min_t(u32, units, SHOWN_UNITS), "\"\\");
	seq_puts(m, units > SHOWN_UNITS ? "\"..." : "\"");
}

static void bytes_show(struct seq_file *m, const void *data, u32 length)
{
	seq_printf(m, " %*ph", (int)min_t(u32, length, SHOWN_BYTES), data);
	if (length > SHOWN_BYTES)
		seq_puts(m, " ...");
}

static void data_show(struct seq_file *m, const void *data, u32 length)
{
	int units = string_units(data, length);
	u32 number;

	if (length == sizeof(number)) {
		memcpy(&number, data, sizeof(number));
		seq_printf(m, " 0x%08x", number);
	}
	if (units >= 0)
		string_show(m, data, units);
	else if (!length)
		seq_puts(m, " -");
	else if (length != sizeof(number))
		bytes_show(m, data, length);
}

static u32 name_units(const u16 *name)
{
	u32 units = 0;

	while (name[units])
		units++;
	return units;
}

/* Print a line of the view. */
void vpmem_value_show(struct seq_file *m, const u16 *name, const void *data, u32 length)
{
	text_put(m, name, name_units(name), " \\");
	seq_printf(m, " %u", length);
	data_show(m, data, length);
	seq_putc(m, '\n');
}

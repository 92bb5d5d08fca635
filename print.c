// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a miniport says, in the formats of Windows.
 *
 * They look like Linux's, and are others: %ld has 32 bits, %S is of wide characters,
 * %Z takes a structure. So a format is never handed to printk(). Each conversion is
 * taken apart here, its argument is taken in its Windows width, and only a number goes
 * through snprintf(), with a format that is put together here as well.
 *
 * A message may come from anywhere, so there is no memory to be had for it: it goes to
 * the log line by line, through a buffer on the stack.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": miniport: " fmt

#include <linux/device.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "internal.h"
#include "vpmem-port.h"

static int debug_level;
module_param(debug_level, int, 0644);
MODULE_PARM_DESC(debug_level,
		 "Up to which level VideoPortDebugPrint() prints (0: errors, 1: warnings, 2: traces, 3: all)");

#define MESSAGE_MAX	1024
#define LINE_MAX	200
#define DIGITS_MAX	64		/* of a number, by its precision or its width */

struct message {
	VIDEO_DEBUG_LEVEL level;
	unsigned int room;		/* what is left of MESSAGE_MAX */
	unsigned int length;		/* of the line */
	char line[LINE_MAX + 1];
};

static void line_print(struct message *message)
{
	message->line[message->length] = '\0';
	message->length = 0;
	if (message->level == Error)
		pr_err("%s\n", message->line);
	else if (message->level == Warn)
		pr_warn("%s\n", message->line);
	else
		pr_info("%s\n", message->line);
}

/* Lines end where they do on Windows, and where there is no more room for them. */
static void put_char(struct message *message, char c)
{
	if (!message->room)
		return;
	message->room--;
	if (c == '\n') {
		line_print(message);
		return;
	}
	if (!c || c == '\r')
		return;
	if (message->length == LINE_MAX)
		line_print(message);
	message->line[message->length++] = c;
}

static void put_spaces(struct message *message, int count)
{
	while (count-- > 0 && message->room)
		put_char(message, ' ');
}

static void put_text(struct message *message, const char *text)
{
	while (*text && message->room)
		put_char(message, *text++);
}

/*
 * Conversions: %[flags][width][.precision][size]type
 */

enum size {
	SIZE_INT,
	SIZE_SHORT,		/* h: of text, narrow */
	SIZE_LONG,		/* l, L, w: 32 bits; of text, wide */
	SIZE_64,		/* ll, I64 */
	SIZE_POINTER,		/* I, z, t */
};

struct conversion {
	bool left, plus, space, zero, alternate;
	int width;
	int precision;		/* -1 for none */
	enum size size;
	char type;
};

/* va_list is an array on some architectures, so it is passed in a structure. */
struct arguments {
	va_list list;
};

static const char *parse_flags(const char *format, struct conversion *what)
{
	for (;; format++) {
		switch (*format) {
		case '-':
			what->left = true;
			break;
		case '+':
			what->plus = true;
			break;
		case ' ':
			what->space = true;
			break;
		case '0':
			what->zero = true;
			break;
		case '#':
			what->alternate = true;
			break;
		default:
			return format;
		}
	}
}

static const char *parse_number(const char *format, struct arguments *arguments,
				int *number)
{
	if (*format == '*') {
		*number = va_arg(arguments->list, int);
		*number = clamp(*number, -MESSAGE_MAX, MESSAGE_MAX);
		return format + 1;
	}
	for (*number = 0; *format >= '0' && *format <= '9'; format++)
		*number = min(*number * 10 + (*format - '0'), MESSAGE_MAX);
	return format;
}

static const char *parse_width(const char *format, struct arguments *arguments,
			       struct conversion *what)
{
	format = parse_number(format, arguments, &what->width);
	if (what->width < 0) {
		what->left = true;
		what->width = -what->width;
	}
	return format;
}

static const char *parse_precision(const char *format, struct arguments *arguments,
				   struct conversion *what)
{
	what->precision = -1;
	if (*format != '.')
		return format;
	return parse_number(format + 1, arguments, &what->precision);
}

static const struct {
	char text[4];
	enum size size;
} sizes[] = {
	{ "I64", SIZE_64 }, { "I32", SIZE_LONG }, { "ll", SIZE_64 }, { "hh", SIZE_SHORT },
	{ "h", SIZE_SHORT }, { "l", SIZE_LONG }, { "L", SIZE_LONG }, { "w", SIZE_LONG },
	{ "I", SIZE_POINTER }, { "z", SIZE_POINTER }, { "t", SIZE_POINTER },
};

static const char *parse_size(const char *format, struct conversion *what)
{
	size_t length;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		length = strlen(sizes[i].text);
		if (!strncmp(format, sizes[i].text, length)) {
			what->size = sizes[i].size;
			return format + length;
		}
	}
	return format;
}

/* Behind the percent sign. Returns where the type is. */
static const char *parse_conversion(const char *format, struct arguments *arguments,
				    struct conversion *what)
{
	*what = (struct conversion){ .size = SIZE_INT };
	format = parse_flags(format, what);
	format = parse_width(format, arguments, what);
	format = parse_precision(format, arguments, what);
	format = parse_size(format, what);
	what->type = *format;
	return format;
}

/*
 * Numbers
 */

static u64 take_unsigned(struct arguments *arguments, const struct conversion *what)
{
	switch (what->size) {
	case SIZE_64:
		return va_arg(arguments->list, u64);
	case SIZE_POINTER:
		return va_arg(arguments->list, unsigned long);
	case SIZE_SHORT:
		return (u16)va_arg(arguments->list, u32);
	default:
		return va_arg(arguments->list, u32);
	}
}

static s64 take_signed(struct arguments *arguments, const struct conversion *what)
{
	switch (what->size) {
	case SIZE_64:
		return va_arg(arguments->list, s64);
	case SIZE_POINTER:
		return va_arg(arguments->list, long);
	case SIZE_SHORT:
		return (s16)va_arg(arguments->list, s32);
	default:
		return va_arg(arguments->list, s32);
	}
}

static bool is_signed(const struct conversion *what)
{
	return what->type == 'd' || what->type == 'i';
}

/* The format of Linux that does the same to a number of 64 bits. */
static void build_format(char *format, const struct conversion *what)
{
	*format++ = '%';
	if (what->left)
		*format++ = '-';
	if (what->plus)
		*format++ = '+';
	if (what->space)
		*format++ = ' ';
	/* On Windows a precision of a number means that zeros do not pad it. */
	if (what->zero && what->precision < 0)
		*format++ = '0';
	if (what->alternate)
		*format++ = '#';
	strcpy(format, "*.*ll");
	format += strlen(format);
	*format++ = what->type;
	*format = '\0';
}

/* What is wider than a number ever needs is padded here. */
static noinline void put_number(struct message *message, struct conversion *what,
				struct arguments *arguments)
{
	char text[DIGITS_MAX + 8], format[16];
	int width = min(what->width, DIGITS_MAX);
	int precision = min(what->precision, DIGITS_MAX);

	build_format(format, what);
	if (is_signed(what))
		snprintf(text, sizeof(text), format, width, precision,
			 take_signed(arguments, what));
	else
		snprintf(text, sizeof(text), format, width, precision,
			 take_unsigned(arguments, what));
	if (!what->left)
		put_spaces(message, what->width - (int)strlen(text));
	put_text(message, text);
	if (what->left)
		put_spaces(message, what->width - (int)strlen(text));
}

/* As Linux shows it, so that the log does not tell where things are. */
static noinline void put_pointer(struct message *message, const struct conversion *what,
				 const void *pointer)
{
	char text[2 * sizeof(void *) + 8];

	snprintf(text, sizeof(text), "%p", pointer);
	if (!what->left)
		put_spaces(message, what->width - (int)strlen(text));
	put_text(message, text);
	if (what->left)
		put_spaces(message, what->width - (int)strlen(text));
}

/*
 * Text, narrow or wide
 */

struct text {
	const void *start;
	bool wide;
	bool counted;
	int most;		/* characters; of what is counted, how many there are */
};

/* What the log cannot show is a question mark. */
static char text_char(const struct text *text, int i)
{
	const u16 *wide = text->start;
	const char *narrow = text->start;

	if (!text->wide)
		return narrow[i];
	return wide[i] < 0x80 ? wide[i] : '?';
}

static bool text_ends(const struct text *text, int i)
{
	const u16 *wide = text->start;
	const char *narrow = text->start;

	if (i >= text->most)
		return true;
	return !text->counted && !(text->wide ? wide[i] : narrow[i]);
}

static int text_length(const struct text *text)
{
	int length = 0;

	while (!text_ends(text, length))
		length++;
	return length;
}

/* No more is read of it than is printed. */
static void text_bound(struct text *text, const struct conversion *what, int room)
{
	text->most = min(text->most, room);
	if (what->precision >= 0)
		text->most = min(text->most, what->precision);
}

static void text_replace(struct text *text, const char *with)
{
	*text = (struct text){ .start = with, .most = MESSAGE_MAX };
}

static void put_string(struct message *message, const struct conversion *what,
		       struct text *text)
{
	int i, length;

	if (!text->start)
		text_replace(text, "(null)");
	else if ((unsigned long)text->start < PAGE_SIZE)
		text_replace(text, "(bad pointer)");
	text_bound(text, what, message->room);
	length = text_length(text);
	if (!what->left)
		put_spaces(message, what->width - length);
	for (i = 0; i < length; i++)
		put_char(message, text_char(text, i));
	if (what->left)
		put_spaces(message, what->width - length);
}

/* In capitals the types are the other way round, unless a size says what they are. */
static bool is_wide(const struct conversion *what)
{
	if (what->size == SIZE_INT)
		return what->type == 'S' || what->type == 'C';
	return what->size == SIZE_LONG;
}

static void put_character(struct message *message, const struct conversion *what,
			  int character)
{
	u16 wide = character;
	char narrow = character;
	struct text text = {
		.start = is_wide(what) ? (void *)&wide : &narrow,
		.wide = is_wide(what),
		.counted = true,
		.most = 1,
	};
	struct conversion whole = *what;

	whole.precision = -1;
	put_string(message, &whole, &text);
}

/* ANSI_STRING and UNICODE_STRING, which ntdef.h has and this file may not. */
struct counted {
	USHORT length;		/* in bytes */
	USHORT size;
	const void *start;
};

static void put_counted(struct message *message, const struct conversion *what,
			const struct counted *counted)
{
	struct text text = { .wide = is_wide(what), .counted = true };

	if (counted && (unsigned long)counted >= PAGE_SIZE) {
		text.start = counted->start;
		text.most = text.wide ? counted->length / 2 : counted->length;
	}
	put_string(message, what, &text);
}

/* Whether there is such a conversion. Of what is unknown no argument is taken. */
static bool put_conversion(struct message *message, struct conversion *what,
			   struct arguments *arguments)
{
	struct text text = { .wide = is_wide(what), .most = MESSAGE_MAX };

	switch (what->type) {
	case '%':
		put_char(message, '%');
		return true;
	case 'd':
	case 'i':
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		put_number(message, what, arguments);
		return true;
	case 'p':
		put_pointer(message, what, va_arg(arguments->list, void *));
		return true;
	case 'c':
	case 'C':
		put_character(message, what, va_arg(arguments->list, int));
		return true;
	case 's':
	case 'S':
		text.start = va_arg(arguments->list, void *);
		put_string(message, what, &text);
		return true;
	case 'Z':
		put_counted(message, what, va_arg(arguments->list, void *));
		return true;
	default:
		return false;
	}
}

/* What the arguments of an unknown conversion are is not guessed. */
static void put_format(struct message *message, const char *format,
		       struct arguments *arguments)
{
	struct conversion what;
	const char *type;

	while (*format && message->room) {
		if (*format != '%') {
			put_char(message, *format++);
			continue;
		}
		type = parse_conversion(format + 1, arguments, &what);
		if (!put_conversion(message, &what, arguments)) {
			put_text(message, format);
			return;
		}
		format = type + 1;
	}
}

void vpmem_print(int level, const char *format, va_list list)
{
	struct message message = { .level = level, .room = MESSAGE_MAX };
	struct arguments arguments;

	if (level > READ_ONCE(debug_level) || !format)
		return;
	va_copy(arguments.list, list);
	put_format(&message, format, &arguments);
	va_end(arguments.list);
	if (message.length)
		line_print(&message);
}

VOID VideoPortDebugPrint(VIDEO_DEBUG_LEVEL DebugPrintLevel, char *DebugMessage, ...)
{
	va_list list;

	va_start(list, DebugMessage);
	vpmem_print(DebugPrintLevel, DebugMessage, list);
	va_end(list);
}
EXPORT_SYMBOL_GPL(VideoPortDebugPrint);

VOID VideoPortLogError(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET Vrp,
		       VP_STATUS ErrorCode, ULONG UniqueId)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter && Vrp)
		dev_err(adapter->dev, "miniport: error 0x%08x, id 0x%08x, in request 0x%08x\n",
			ErrorCode, UniqueId, Vrp->IoControlCode);
	else if (adapter)
		dev_err(adapter->dev, "miniport: error 0x%08x, id 0x%08x\n", ErrorCode,
			UniqueId);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortLogError);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages of miniports, printed line by line from a buffer on the stack, because any
 * context may print. crt/format.c has the formats.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": miniport: " fmt

#include <linux/device.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/nofault.h"
#include "crt/format.h"
#include "services/print.h"
#include "include/vpmem-crt.h"
#include "include/vpmem-port.h"

static int debug_level;
module_param(debug_level, int, 0644);
MODULE_PARM_DESC(debug_level,
		 "Highest level that VideoPortDebugPrint() prints (0: errors, 1: warnings, 2: traces, 3: all)");

#define MESSAGE_MAX	1024
#define LINE_MAX	200

struct message {
	struct format_sink sink;
	int level;
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

/* End a line at a newline, and when the buffer is full. */
static void put_char(struct format_sink *sink, u16 c)
{
	struct message *message = container_of(sink, struct message, sink);

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

static void message_print(int level, const char *text, va_list list)
{
	struct message message = {
		.sink = { .put = put_char, .room = MESSAGE_MAX },
		.level = level,
	};
	struct format_arguments arguments;

	va_copy(arguments.list, list);
	vpmem_format_text(&message.sink, text, &arguments);
	va_end(arguments.list);
	if (message.length)
		line_print(&message);
}

void vpmem_print(int level, const char *format, va_list list)
{
	if (level <= READ_ONCE(debug_level) && format)
		message_print(level, format, list);
}

VOID VideoPortDebugPrint(VIDEO_DEBUG_LEVEL DebugPrintLevel, char *DebugMessage, ...)
{
	va_list list;

	va_start(list, DebugMessage);
	vpmem_print(DebugPrintLevel, DebugMessage, list);
	va_end(list);
}
EXPORT_SYMBOL_GPL(VideoPortDebugPrint);

static void message_say(int level, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	message_print(level, format, list);
	va_end(list);
}

/* Report a failed assertion. On Windows it stops in the debugger. */
VOID RtlAssert(PVOID FailedAssertion, PVOID FileName, ULONG LineNumber, char *Message)
{
	message_say(Error, "assertion failed: %s, %s line %u%s%s\n", (char *)FailedAssertion,
		    (char *)FileName, LineNumber, Message ? ": " : "", Message ?: "");
}
EXPORT_SYMBOL_GPL(RtlAssert);

VOID VideoPortLogError(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET Vrp,
		       VP_STATUS ErrorCode, ULONG UniqueId)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	ULONG code;

	if (adapter && Vrp &&
	    vpmem_copy_from_unknown(&code, &Vrp->IoControlCode, sizeof(code)) == sizeof(code))
		dev_err(adapter->dev, "miniport: error 0x%08x, id 0x%08x, in request 0x%08x\n",
			ErrorCode, UniqueId, code);
	else if (adapter)
		dev_err(adapter->dev, "miniport: error 0x%08x, id 0x%08x\n", ErrorCode,
			UniqueId);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortLogError);

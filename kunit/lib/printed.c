// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages of a miniport, as they are in the log.
 */
#include <linux/kmsg_dump.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/printed.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/* The lines of miniports since @mark, one behind the other. */
const char *vt_printed(struct kunit *test, u64 mark)
{
	struct vt_fixture *fx = test->priv;
	struct kmsg_dump_iter iter;
	char line[512], *message;
	size_t length;

	fx->text[0] = '\0';
	kmsg_dump_rewind(&iter);
	iter.cur_seq = mark;
	while (kmsg_dump_get_line(&iter, false, line, sizeof(line) - 1, &length)) {
		line[length] = '\0';
		message = strstr(line, VT_PREFIX);
		if (message)
			strlcat(fx->text, message + strlen(VT_PREFIX), fx->room);
	}
	return fx->text;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Views as text, for the suites and for modules without KUnit.
 */
#ifndef VPMEM_KUNIT_VIEW_H
#define VPMEM_KUNIT_VIEW_H

#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "core/testing.h"

#define VT_VIEW_ROOM	SZ_1M

/* Read a view of an adapter, or of all if @ext is NULL; the caller frees it. NULL if it fails. */
static inline char *vt_view_read(void *ext, const char *name)
{
	char *text = vmalloc(VT_VIEW_ROOM);

	if (text && vpmem_view(ext, name, text, VT_VIEW_ROOM) < 0) {
		vfree(text);
		text = NULL;
	}
	return text;
}

static inline const char *vt_next_line(const char *line)
{
	const char *end = strchrnul(line, '\n');

	return *end ? end + 1 : end;
}

#endif /* VPMEM_KUNIT_VIEW_H */

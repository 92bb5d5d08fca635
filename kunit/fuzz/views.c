// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes to files of debugfs. Whatever was written, memory can be allocated and freed, within the
 * quota.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "core/testing.h"
#include "include/vpmem-port.h"
#include "kunit/fuzz/fuzz.h"
#include "kunit/lib/view.h"

#define TEXT_SIZE	40

static const struct {
	const char *name;
	const char *usual;
	bool own;			/* of an adapter */
} files[] = {
	{ "verify", "0", false },
	{ "callers", "0", false },
	{ "quota", "0", true },
};

/* Make a number that is good, unless it has more than 64 bits, or a space before it. */
static void make_number(struct fuzz *fuzz, char text[TEXT_SIZE])
{
	size_t at = scnprintf(text, TEXT_SIZE, "%s%u", fuzz_one_in(fuzz, 4) ? " " : "",
			      fuzz_number(fuzz));

	while (fuzz_one_in(fuzz, 2))
		at += scnprintf(text + at, TEXT_SIZE - at, "%u", fuzz_number(fuzz));
	if (fuzz_one_in(fuzz, 4))
		scnprintf(text + at, TEXT_SIZE - at, "\n");
}

static void make_text(struct fuzz *fuzz, char text[TEXT_SIZE])
{
	unsigned int i, length = fuzz_below(fuzz, TEXT_SIZE - 1);

	if (fuzz_one_in(fuzz, 2)) {
		make_number(fuzz, text);
		return;
	}
	for (i = 0; i < length; i++)
		text[i] = fuzz_one_in(fuzz, 2) ? '0' + fuzz_below(fuzz, 10) :
						 fuzz_below(fuzz, 256);
	text[length] = '\0';
}

/* Allocate and free pool, which has no quota, and a buffer, which may be refused for it. */
static bool memory_is_there(struct fuzz *fuzz)
{
	void *block = VideoPortAllocatePool(fuzz->ext, VpPagedPool, 100, 'zzuF'), *buffer;

	if (!block)
		return false;
	VideoPortFreePool(fuzz->ext, block);
	if (VideoPortAllocateBuffer(fuzz->ext, 100, &buffer) == NO_ERROR)
		VideoPortReleaseBuffer(fuzz->ext, buffer);
	return true;
}

static bool views_play(struct fuzz *fuzz)
{
	unsigned int nr = fuzz_below(fuzz, ARRAY_SIZE(files));
	void *ext = files[nr].own ? fuzz->ext : NULL;
	char text[TEXT_SIZE], *view;
	int result;

	make_text(fuzz, text);
	result = vpmem_view_write(ext, files[nr].name, text);
	view = vt_view_read(ext, files[nr].name);
	vfree(view);
	if (!view)
		return fuzz_fail("%s cannot be read", files[nr].name);
	if (!memory_is_there(fuzz))
		return fuzz_fail("no memory after %s: %*pE", files[nr].name, (int)strlen(text),
				 text);
	if (result && result != -EINVAL && result != -ERANGE)
		return fuzz_fail("%s: %*pE: error %d", files[nr].name, (int)strlen(text), text,
				 result);
	result = vpmem_view_write(ext, files[nr].name, files[nr].usual);
	return !result || fuzz_fail("%s cannot be set: %d", files[nr].name, result);
}

const struct fuzz_target fuzz_views = { "views", 100, views_play };

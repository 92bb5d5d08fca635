// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values of the registry: the parameter of a module, and those that a miniport sets and reads.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "core/testing.h"
#include "include/vpmem-crt.h"
#include "include/vpmem-port.h"
#include "kunit/fuzz/fuzz.h"
#include "kunit/lib/view.h"

#define NAME_SIZE	24
#define VALUE_SIZE	64

struct answer {
	const u8 *value;
	ULONG size;
	unsigned int calls;
	bool same;
};

static VP_STATUS take(PVOID ext, PVOID context, __u16 *name, PVOID data, ULONG length)
{
	struct answer *answer = context;

	answer->calls++;
	answer->same = !answer->value ||
		       (length == answer->size && !memcmp(data, answer->value, length));
	return NO_ERROR;
}

/* Tell whether the registry has a value of that name, which is ASCII. */
static bool is_there(struct fuzz *fuzz, const char *name, struct answer *answer)
{
	u16 wide[NAME_SIZE + 1];

	vpmem_mbstowcs(wide, name, ARRAY_SIZE(wide));
	return VideoPortGetRegistryParameters(fuzz->ext, wide, false, take, answer) == NO_ERROR &&
	       answer->calls == 1 && answer->same;
}

/* A text is a setting, which is there then, or is refused. */
static bool text_play(struct fuzz *fuzz)
{
	char text[NAME_SIZE + 1 + VALUE_SIZE], name[NAME_SIZE + 1] = "";
	struct answer answer = {};
	size_t i, length = fuzz_below(fuzz, NAME_SIZE), end;
	int err;

	for (i = 0; i < length; i++)
		text[i] = fuzz_one_in(fuzz, 40) ? fuzz_below(fuzz, 256) :
						  'a' + fuzz_below(fuzz, 26);
	text[i++] = '=';
	end = i + fuzz_below(fuzz, VALUE_SIZE - 1);
	if (fuzz_one_in(fuzz, 2))
		end = i + scnprintf(text + i, sizeof(text) - i, "%s%u", fuzz_one_in(fuzz, 2) ?
				    "0x" : "-", fuzz_number(fuzz));
	else
		for (; i < end; i++)
			text[i] = fuzz_below(fuzz, fuzz_one_in(fuzz, 4) ? 256 : 128);
	text[end] = '\0';
	err = vpmem_registry_text(fuzz->ext, text);
	if (err)
		return err == -EINVAL || err == -ENOMEM || err == -ENOSPC ||
		       fuzz_fail("setting %*pE: error %d", (int)end, text, err);
	strscpy(name, text, strchrnul(text, '=') - text + 1);
	return is_there(fuzz, name, &answer) ||
	       fuzz_fail("setting %*pE is not there", (int)end, text);
}

/* A value that a miniport sets is the one that it reads. */
static bool value_play(struct fuzz *fuzz)
{
	struct answer answer = { .size = fuzz_below(fuzz, VALUE_SIZE) };
	u16 name[] = { 'v', 'a' + fuzz_below(fuzz, 26), 0 };
	char narrow[] = { name[0], name[1], 0 };
	u8 value[VALUE_SIZE];

	prandom_bytes_state(&fuzz->random, value, sizeof(value));
	answer.value = value;
	if (VideoPortSetRegistryParameters(fuzz->ext, name, value, answer.size) != NO_ERROR)
		return fuzz_fail("value of %u bytes is not set", answer.size);
	return is_there(fuzz, narrow, &answer) ||
	       fuzz_fail("value of %u bytes is another", answer.size);
}

static bool registry_play(struct fuzz *fuzz)
{
	char *view;

	if (!(fuzz_one_in(fuzz, 2) ? text_play(fuzz) : value_play(fuzz)))
		return false;
	if (!fuzz_one_in(fuzz, 64))
		return true;
	view = vt_view_read(fuzz->ext, "registry");
	vfree(view);
	return view || fuzz_fail("the view of the registry cannot be read");
}

const struct fuzz_target fuzz_registry = { "registry", 1, registry_play };

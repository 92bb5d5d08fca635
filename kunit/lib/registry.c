// SPDX-License-Identifier: GPL-2.0-only
/*
 * Values of the registry, set and read as a miniport does.
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/registry.h"
#include "include/vpmem-port.h"

VP_STATUS vt_take_answer(PVOID ext, PVOID context, __u16 *name, PVOID data,
			 ULONG length)
{
	struct vt_answer *answer = context;

	answer->ext = ext;
	answer->context = context;
	answer->name = name;
	answer->length = length;
	answer->seen = data;
	memcpy(answer->data, data, min_t(u32, length, sizeof(answer->data)));
	answer->calls++;
	if (answer->more)
		answer->more(answer);
	return answer->status;
}

VP_STATUS vt_registry_get(void *ext, u16 *name, struct vt_answer *answer)
{
	return VideoPortGetRegistryParameters(ext, name, 0, vt_take_answer, answer);
}

VP_STATUS vt_registry_set(void *ext, u16 *name, const void *data, u32 length)
{
	return VideoPortSetRegistryParameters(ext, name, (void *)data, length);
}

VP_STATUS vt_set_number(void *ext, u16 *name, u32 number)
{
	return vt_registry_set(ext, name, &number, sizeof(number));
}

void vt_expect_number(struct kunit *test, void *ext, u16 *name, u32 number)
{
	struct vt_answer answer = {};
	u32 seen;

	KUNIT_EXPECT_EQ(test, vt_registry_get(ext, name, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.calls, 1U);
	KUNIT_EXPECT_EQ(test, answer.length, 4U);
	memcpy(&seen, answer.data, sizeof(seen));
	KUNIT_EXPECT_EQ(test, seen, number);
}

void vt_expect_no_value(struct kunit *test, void *ext, u16 *name)
{
	struct vt_answer answer = {};

	KUNIT_EXPECT_EQ(test, vt_registry_get(ext, name, &answer), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

u16 vt_depth[] = { 'D', 'e', 'p', 't', 'h', 0 };

u16 vt_other[] = { 'O', 't', 'h', 'e', 'r', 0 };

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modes of the fake miniport, set through its files.
 */
#include <linux/fs.h>
#include <linux/mm.h>

#include "kunit/lib/fakeport.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/modes.h"
#include "kunit/lib/packet.h"

int vt_set_mode(unsigned long mode)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", mode);
	return vpmem_view_write(vt_mp.ext, "mode", text);
}

int vt_reset_mode(void)
{
	return vpmem_view_write(vt_mp.ext, "mode", "reset");
}

void vt_give_screen(struct kunit *test)
{
	vt_mp.screen = kunit_kzalloc(test, VT_SCREEN_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = VT_SCREEN_SIZE;
}

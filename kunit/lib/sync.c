// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spin locks and events, for the suites of them.
 */
#include <linux/sched.h>

#include "kunit/lib/sync.h"
#include "kunit/lib/thread.h"

PSPIN_LOCK vt_get_lock(struct kunit *test)
{
	PSPIN_LOCK lock = NULL;

	KUNIT_ASSERT_EQ(test, VideoPortCreateSpinLock(vt_ext(test), &lock), NO_ERROR);
	KUNIT_ASSERT_NOT_NULL(test, lock);
	return lock;
}

void vt_delete_lock(struct kunit *test, PSPIN_LOCK lock)
{
	KUNIT_EXPECT_EQ(test, VideoPortDeleteSpinLock(vt_ext(test), lock), NO_ERROR);
}

PEVENT vt_get_event(struct kunit *test, ULONG flags)
{
	PEVENT event = NULL;

	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(vt_ext(test), flags, NULL, &event),
			NO_ERROR);
	KUNIT_ASSERT_NOT_NULL(test, event);
	return event;
}

void vt_delete_event(struct kunit *test, PEVENT event)
{
	KUNIT_EXPECT_EQ(test, VideoPortDeleteEvent(vt_ext(test), event), NO_ERROR);
}

bool vt_find_live(struct kunit *test, const char *kind, u64 blocks)
{
	struct vt_row row;

	return vt_find_row(test, vt_ext(test), "Vprt", kind, &row) && row.diff == blocks &&
	       !!row.bytes == !!blocks && row.charged == row.bytes;
}

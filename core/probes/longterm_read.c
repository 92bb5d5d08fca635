// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages that a process shares until it writes to them can be pinned for reading, since 6.2.
 * That is what FOLL_LONGTERM does, which has no other form. But since then the kernel's own
 * get_vaddr_frames() is told whether its caller writes; before, it pinned as for writing.
 */
#include <linux/err.h>
#include <linux/types.h>
#include <media/frame_vector.h>

int probe(struct frame_vector *frames)
{
	bool write = false;

	return get_vaddr_frames(0, 1, write, frames);
}

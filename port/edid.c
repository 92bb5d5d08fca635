// SPDX-License-Identifier: GPL-2.0-only
/*
 * EDID of a monitor, as the descriptor that a miniport returns for it.
 *
 * A miniport may write anything into the descriptor, and often only the first block of an
 * EDID that announces more.
 */
#include <linux/build_bug.h>
#include <linux/export.h>

#include "core/compat.h"
#include "port/display.h"
#include "port/edid.h"
#include "services/edid.h"

#define BLOCK		VPMEM_EDID_BLOCK
#define CHECKSUM	127
#define TIMING		54		/* first detailed timing, for the preferred mode */

/*
 * Check an EDID, and change its number of blocks to those that are there and good. Return its
 * bytes, or 0 if it is none.
 */
size_t vpmem_edid_check(u8 *edid)
{
	u8 extensions;

	BUILD_BUG_ON(VPMEM_EDID_SIZE < 2 * BLOCK);
	if (!vpmem_edid_has_header(edid) || !vpmem_edid_checksum_is_good(edid))
		return 0;
	extensions = edid[VPMEM_EDID_EXTENSIONS] && edid[BLOCK] &&
		     vpmem_edid_checksum_is_good(edid + BLOCK);
	edid[CHECKSUM] += edid[VPMEM_EDID_EXTENSIONS] - extensions;
	edid[VPMEM_EDID_EXTENSIONS] = extensions;
	return BLOCK * (1 + extensions);
}

/**
 * vpmem_display_edid_size - Get the size of the mode that a monitor prefers
 * @edid: a good EDID, from vpmem_display_edid()
 * @width: pixels of a line
 * @height: lines
 *
 * Context: any.
 * Return: whether the EDID has one.
 */
bool vpmem_display_edid_size(const u8 *edid, u32 *width, u32 *height)
{
	const u8 *timing = edid + TIMING;

	/* A descriptor that begins with two zeroes is another one than of a timing. */
	if (!timing[0] && !timing[1])
		return false;
	*width = timing[2] | (timing[4] & 0xf0) << 4;
	*height = timing[5] | (timing[7] & 0xf0) << 4;
	return *width && *height;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_edid_size, VPMEM_DISPLAY_NS);

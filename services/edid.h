/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Blocks of an EDID: how the first one begins, and their checksum.
 */
#ifndef VPMEM_SERVICES_EDID_H
#define VPMEM_SERVICES_EDID_H

#include <linux/string.h>
#include <linux/types.h>

#define VPMEM_EDID_BLOCK	128
#define VPMEM_EDID_EXTENSIONS	126	/* offset of the number of extension blocks */

static inline bool vpmem_edid_has_header(const u8 *edid)
{
	static const u8 header[] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };

	return !memcmp(edid, header, sizeof(header));
}

/* Tell whether the bytes of a block sum up to 0. */
static inline bool vpmem_edid_checksum_is_good(const u8 *block)
{
	u8 sum = 0;
	int i;

	for (i = 0; i < VPMEM_EDID_BLOCK; i++)
		sum += block[i];
	return !sum;
}

#endif /* VPMEM_SERVICES_EDID_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * EDIDs of any bytes: what is taken for one has blocks with good checksums, and says how many.
 * The code is that of the module.
 */
#include <linux/types.h>
#include "input.h"
#include "port/display.h"
#include "port/edid.h"
#include "services/edid.h"

#define HEADER_SIZE	8
#define BLOCKS		(VPMEM_EDID_SIZE / VPMEM_EDID_BLOCK)

static const u8 header[HEADER_SIZE] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };

static u8 sum_of(const u8 *block)
{
	u8 sum = 0;
	int i;

	for (i = 0; i < VPMEM_EDID_BLOCK; i++)
		sum += block[i];
	return sum;
}

/* Repair what few random bytes have: a header, and checksums. */
static void repair(u8 *edid, u8 choice)
{
	u8 *block = edid;

	if (choice & 1)
		memcpy(edid, header, HEADER_SIZE);
	for (; block < edid + VPMEM_EDID_SIZE; block += VPMEM_EDID_BLOCK) {
		choice >>= 1;
		if (choice & 1)
			block[VPMEM_EDID_BLOCK - 1] -= sum_of(block);
	}
}

static void check(const u8 *edid, const u8 *original, size_t size)
{
	size_t nr = size / VPMEM_EDID_BLOCK, i;

	expect(nr && nr <= BLOCKS && !(size % VPMEM_EDID_BLOCK), "%zu bytes", size);
	expect(!memcmp(edid, header, HEADER_SIZE), "no header");
	expect(edid[VPMEM_EDID_EXTENSIONS] == nr - 1, "%zu blocks, says %u", nr,
	       edid[VPMEM_EDID_EXTENSIONS]);
	for (i = 0; i < nr; i++)
		expect(!sum_of(edid + i * VPMEM_EDID_BLOCK), "checksum of block %zu", i);
	expect(!memcmp(edid, original, VPMEM_EDID_EXTENSIONS), "bytes were changed");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	u8 choice = input_u8(&input), *edid = malloc(VPMEM_EDID_SIZE);
	u8 original[VPMEM_EDID_SIZE];
	u32 width, height;
	size_t bytes;

	expect(edid, "no memory");
	input_bytes(&input, edid, VPMEM_EDID_SIZE);
	repair(edid, choice);
	memcpy(original, edid, sizeof(original));
	bytes = vpmem_edid_check(edid);
	if (bytes)
		check(edid, original, bytes);
	else
		expect(memcmp(original, header, HEADER_SIZE) || sum_of(original),
		       "a good EDID is refused");
	if (bytes && vpmem_display_edid_size(edid, &width, &height))
		expect(width && height && width < 4096 && height < 4096, "%ux%u", width, height);
	free(edid);
	return 0;
}

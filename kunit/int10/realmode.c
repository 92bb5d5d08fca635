// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real-mode address space, by Int10ReadMemory and Int10WriteMemory.
 */
#include <linux/prandom.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/int10.h"

/* Memory that is vpmem's own on every machine, and no adapter's. */
#define OWN_SEGMENT	0x8000
#define ROUNDS		300

static u8 *bytes_of(struct kunit *test, size_t size, u8 byte)
{
	u8 *bytes = kunit_kmalloc(test, size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	memset(bytes, byte, size);
	return bytes;
}

/* INT10-40: A read returns what was written, at any address and length */
static void int10_40_what_is_written_is_read(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_block block = vt_block(test, bios);
	u8 *image = bytes_of(test, VT_BLOCK, 0);
	u8 *bytes = bytes_of(test, VT_BLOCK, 0);
	u32 off, length, i;
	struct rnd_state random;

	prandom_seed_state(&random, 10);
	for (i = 0; i < ROUNDS; i++) {
		off = prandom_u32_state(&random) % VT_BLOCK;
		length = prandom_u32_state(&random) % (VT_BLOCK + 1 - off);
		prandom_bytes_state(&random, image + off, length);
		vt_realmode_write(test, bios, block.seg, off, image + off, length);
		off = prandom_u32_state(&random) % VT_BLOCK;
		length = prandom_u32_state(&random) % (VT_BLOCK + 1 - off);
		vt_realmode_read(test, bios, block.seg, off, bytes, length);
		KUNIT_ASSERT_EQ(test, memcmp(bytes, image + off, length), 0);
	}
	vt_realmode_read(test, bios, block.seg, 0, bytes, VT_BLOCK);
	KUNIT_EXPECT_EQ(test, memcmp(bytes, image, VT_BLOCK), 0);
	vt_block_free(test, bios, &block);
}

/* INT10-41: Exactly those bytes are read, and written */
static void int10_41_exactly_those_bytes(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 *bytes = bytes_of(test, 64, 0x11);
	u8 buffer[24];

	vt_realmode_write(test, bios, OWN_SEGMENT, 0, bytes, 64);
	memset(bytes, 0x22, 64);
	vt_realmode_write(test, bios, OWN_SEGMENT, 13, bytes, 7);
	vt_realmode_read(test, bios, OWN_SEGMENT, 0, bytes, 64);
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes, 0x11, 13));
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes + 13, 0x22, 7));
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes + 20, 0x11, 44));

	memset(buffer, 0x33, sizeof(buffer));
	vt_realmode_read(test, bios, OWN_SEGMENT, 13, buffer + 9, 7);
	KUNIT_EXPECT_NULL(test, memchr_inv(buffer, 0x33, 9));
	KUNIT_EXPECT_NULL(test, memchr_inv(buffer + 9, 0x22, 7));
	KUNIT_EXPECT_NULL(test, memchr_inv(buffer + 16, 0x33, 8));
	memset(bytes, 0, 64);
	vt_realmode_write(test, bios, OWN_SEGMENT, 0, bytes, 64);
}

static void expect_alias(struct kunit *test, const u16 one[2], const u16 other[2])
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u32 in = one[0] << 16 | one[1], out = 0;

	KUNIT_EXPECT_EQ(test, vt_linear(one[0], one[1]), vt_linear(other[0], other[1]));
	vt_realmode_write(test, bios, one[0], one[1], &in, sizeof(in));
	vt_realmode_read(test, bios, other[0], other[1], &out, sizeof(out));
	KUNIT_EXPECT_EQ_MSG(test, out, in, "%04x:%04x and %04x:%04x", one[0], one[1],
			    other[0], other[1]);
	in = 0;
	vt_realmode_write(test, bios, other[0], other[1], &in, sizeof(in));
	vt_realmode_read(test, bios, one[0], one[1], &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, 0U);
}

/* INT10-42: Addresses are linear: 2000:0022 is 2002:0002 */
static void int10_42_addresses_are_linear(struct kunit *test)
{
	static const u16 pairs[][2][2] = {
		{ { 0x2000, 0x0022 }, { 0x2002, 0x0002 } },
		{ { 0x2000, 0x0000 }, { 0x1fff, 0x0010 } },
		{ { 0x8000, 0x8000 }, { 0x8800, 0x0000 } },
		{ { 0x8123, 0x4567 }, { 0x8579, 0x0007 } },
		{ { 0x7fff, 0xffff }, { 0x8ffe, 0x000f } },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++)
		expect_alias(test, pairs[i][0], pairs[i][1]);
}

/*
 * INT10-43: Seg * 16 and Off are added, where their bits overlap, too: 2001:0010 is
 * 2002:0000
 *
 * If bits of segment and offset overlap, an OR would give another address than the sum.
 */
static void int10_43_addresses_are_added(struct kunit *test)
{
	static const u16 pairs[][2][2] = {
		{ { 0x2001, 0x0010 }, { 0x2002, 0x0000 } },
		{ { 0x2fff, 0xfff0 }, { 0x3ffe, 0x0000 } },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++)
		expect_alias(test, pairs[i][0], pairs[i][1]);
}

/* INT10-44: Adapters share the address space */
static void int10_44_space_is_shared(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	PVIDEO_PORT_INT10_INTERFACE other = vt_int10(test, vt_attach_another(test));
	u64 in = 0x1122334455667788ULL, out = 0;

	vt_realmode_write(test, bios, OWN_SEGMENT, 5, &in, sizeof(in));
	vt_realmode_read(test, other, OWN_SEGMENT, 5, &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, in);
	in = 0;
	vt_realmode_write(test, other, OWN_SEGMENT, 5, &in, sizeof(in));
	vt_realmode_read(test, bios, OWN_SEGMENT, 5, &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, 0ULL);
}

/*
 * Bounds
 */

struct segment {
	u16 seg, off;
	u32 length;
};

/*
 * INT10-45: All of the megabyte can be read, the last byte, too; no byte at its end is no
 * error
 */
static void int10_45_the_last_byte_is_reached(struct kunit *test)
{
	static const struct segment ranges[] = {
		{ 0xffff, 0x000f, 1 }, { 0xf000, 0xffff, 1 }, { 0xffff, 0x0000, 16 },
		{ 0xf001, 0xffef, 1 }, { 0xf000, 0x0000, 0x10000 },
		{ 0x0000, 0x0000, VT_SPACE }, { 0xffff, 0x0010, 0 },
	};
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 *bytes = vmalloc(VT_SPACE);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(ranges); i++)
		vt_realmode_read(test, bios, ranges[i].seg, ranges[i].off, bytes,
				 ranges[i].length);
	vt_expect_events(test, NULL, NULL, 0);
	vfree(bytes);
}

/* Too far, by little enough to have a buffer for. */
static const struct segment beyond[] = {
	{ 0xffff, 0x000f, 2 }, { 0xffff, 0x0000, 17 }, { 0xffff, 0x0010, 1 },
	{ 0xffff, 0xffff, 1 }, { 0xf000, 0x0000, 0x10001 }, { 0xf001, 0xffef, 2 },
	{ 0x9000, 0x0000, 0x70001 }, { 0x0001, 0x0000, VT_SPACE },
};

/* INT10-46: A byte beyond is ERROR_INVALID_PARAMETER */
static void int10_46_not_a_byte_more(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 *bytes = vmalloc(VT_SPACE + 64);
	const struct segment *range;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	for (i = 0; i < ARRAY_SIZE(beyond); i++) {
		range = &beyond[i];
		vt_remember(test);
		KUNIT_EXPECT_EQ_MSG(test, bios->Int10ReadMemory(bios->Context, range->seg,
								range->off, bytes,
								range->length),
				    ERROR_INVALID_PARAMETER, "%04x:%04x, %u bytes",
				    range->seg, range->off, range->length);
		vt_expect_refused(test, "bad-range");
	}
	KUNIT_EXPECT_EQ(test, bios->Int10ReadMemory(bios->Context, 0xffff, 0x0011, bytes, 0),
			ERROR_INVALID_PARAMETER);
	vfree(bytes);
}

/*
 * INT10-47: A refused read of up to a megabyte zeroes the buffer
 *
 * Drivers search for the end of a list without checking the status.
 */
static void int10_47_refused_read_zeroes(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 *bytes = vmalloc(VT_SPACE + 64);
	unsigned int i, length;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	for (i = 0; i < ARRAY_SIZE(beyond); i++) {
		length = beyond[i].length;
		memset(bytes, 0x5a, length + 16);
		KUNIT_EXPECT_EQ(test, bios->Int10ReadMemory(bios->Context, beyond[i].seg,
							    beyond[i].off, bytes, length),
				ERROR_INVALID_PARAMETER);
		KUNIT_EXPECT_NULL(test, memchr_inv(bytes, 0, length));
		KUNIT_EXPECT_NULL(test, memchr_inv(bytes + length, 0x5a, 16));
	}
	vfree(bytes);
}

/* INT10-48: A refused write writes nothing */
static void int10_48_refused_write_writes_nothing(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u32 first = 0x9000 * 16, length = VT_SPACE - first + 1, i;
	u8 *bytes = vmalloc(length);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	memset(bytes, 0x5a, length);
	vt_remember(test);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, bios->Int10WriteMemory(bios->Context, 0x9000, 0, bytes,
							     length << 4 * i),
				ERROR_INVALID_PARAMETER);
	vt_expect_untouched(test);
	vt_expect_events(test, "bad-range", NULL, 3);
	vt_realmode_read(test, bios, 0x9000, 0, bytes, 0xf000);
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes, 0, 0xf000));
	vfree(bytes);
}

/*
 * INT10-49: No Length wraps around, in 32 bits or in 20; a read of more than there is
 * leaves the buffer
 *
 * Their ends would wrap in 32 or 20 bits. No buffer is that large, so none is zeroed.
 */
static void int10_49_lengths_do_not_wrap(struct kunit *test)
{
	static const struct segment ranges[] = {
		{ 0x2000, 0x0000, 0xffffffff }, { 0x2000, 0x0000, 0xfffe0000 },
		{ 0x2000, 0x0000, 0xfffe1000 }, { 0xffff, 0x000f, 0xfff00001 },
		{ 0x8000, 0x0000, 0x80000000 },
	};
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 *bytes = bytes_of(test, 64, 0x5a), seen[64];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ(test, bios->Int10WriteMemory(bios->Context, ranges[i].seg,
							     ranges[i].off, bytes,
							     ranges[i].length),
				ERROR_INVALID_PARAMETER);
		vt_expect_refused(test, "bad-range");
		KUNIT_EXPECT_EQ(test, bios->Int10ReadMemory(bios->Context, ranges[i].seg,
							    ranges[i].off, bytes,
							    ranges[i].length),
				ERROR_INVALID_PARAMETER);
		KUNIT_EXPECT_NULL(test, memchr_inv(bytes, 0x5a, 64));
	}
	vt_realmode_read(test, bios, OWN_SEGMENT, 0, seen, sizeof(seen));
	KUNIT_EXPECT_NULL(test, memchr_inv(seen, 0, sizeof(seen)));
}

/* INT10-50: NULL for the buffer is ERROR_INVALID_PARAMETER */
static void int10_50_no_buffer(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, bios->Int10ReadMemory(bios->Context, OWN_SEGMENT, 0, NULL, 1),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, bios->Int10WriteMemory(bios->Context, OWN_SEGMENT, 0, NULL, 1),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* INT10-51: Zero bytes are read and written */
static void int10_51_no_bytes(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 byte = 0x5a;

	vt_remember(test);
	vt_realmode_read(test, bios, OWN_SEGMENT, 0, &byte, 0);
	vt_realmode_write(test, bios, OWN_SEGMENT, 0, &byte, 0);
	vt_realmode_write(test, bios, 0xffff, 0x0010, &byte, 0);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, byte, 0x5a);
	vt_realmode_read(test, bios, OWN_SEGMENT, 0, &byte, 1);
	KUNIT_EXPECT_EQ(test, byte, 0);
}

/*
 * Ownership of pages
 */

/*
 * INT10-52: On a PC with a BIOS, the ROMs are those of the machine, and the interrupt
 * table is a copy
 *
 * The test checks the vector of INT 10h, and the video ROM.
 */
static void int10_52_low_memory_of_a_pc(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 rom[3], again[3], invert[3];
	u16 vector[2];

	if (!vt_machine_has_bios(test))
		kunit_skip(test, "this machine has no BIOS");
	vt_realmode_read(test, bios, 0, 0x10 * 4, vector, sizeof(vector));
	KUNIT_EXPECT_GE(test, vt_linear(vector[1], vector[0]), 0xc0000U);
	vt_realmode_read(test, bios, 0xc000, 0, rom, sizeof(rom));
	KUNIT_EXPECT_EQ(test, rom[0], 0x55);
	KUNIT_EXPECT_EQ(test, rom[1], 0xaa);
	KUNIT_EXPECT_NE(test, rom[2], 0);

	invert[0] = ~rom[0];
	invert[1] = ~rom[1];
	invert[2] = ~rom[2];
	vt_realmode_write(test, bios, 0xc000, 0, invert, sizeof(invert));
	vt_realmode_read(test, bios, 0xc000, 0, again, sizeof(again));
	if (!memcmp(again, invert, sizeof(again)))
		vt_realmode_write(test, bios, 0xc000, 0, rom, sizeof(rom));
	vt_realmode_read(test, bios, 0xf000, 0xfff0, rom, 1);
	KUNIT_EXPECT_EQ(test, rom[0], 0xea);	/* a far jump, where a PC starts */
}

/* INT10-53: Elsewhere they are memory, zeroed */
static void int10_53_memory_elsewhere(struct kunit *test)
{
	static const u16 segments[] = { 0, 0x40, 0x9fc0, 0xa000, 0xb800, 0xc000, 0xffff };
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u8 in[16], out[16], zero[16] = { };
	unsigned int i;

	if (vt_machine_has_bios(test))
		kunit_skip(test, "this machine has a BIOS");
	memset(in, 0x42, sizeof(in));
	for (i = 0; i < ARRAY_SIZE(segments); i++) {
		vt_realmode_read(test, bios, segments[i], 0, out, sizeof(out));
		KUNIT_EXPECT_EQ(test, memcmp(out, zero, sizeof(out)), 0);
		vt_realmode_write(test, bios, segments[i], 0, in, sizeof(in));
		vt_realmode_read(test, bios, segments[i], 0, out, sizeof(out));
		KUNIT_EXPECT_EQ(test, memcmp(out, in, sizeof(out)), 0);
		vt_realmode_write(test, bios, segments[i], 0, zero, sizeof(zero));
	}
}

/*
 * INT10-54: All conventional memory can be read and written
 *
 * Private pages are memory, also those that the helper uses for itself.
 */
static void int10_54_conventional_memory(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u32 in, out, seg;

	for (seg = 0x100; seg < 0x9f00; seg += 0x80) {
		in = seg * 0x10001;
		vt_realmode_write(test, bios, seg, 0x7fc, &in, sizeof(in));
	}
	for (seg = 0x100; seg < 0x9f00; seg += 0x80) {
		vt_realmode_read(test, bios, seg, 0x7fc, &out, sizeof(out));
		KUNIT_EXPECT_EQ(test, out, seg * 0x10001);
		in = 0;
		vt_realmode_write(test, bios, seg, 0x7fc, &in, sizeof(in));
	}
}

/*
 * INT10-55: On a PC, conventional memory that a driver maps by its physical address is
 * what the BIOS sees there
 *
 * Drivers for Windows NT 4 cannot pass a buffer to the BIOS in any other way.
 */
static void int10_55_by_physical_address(struct kunit *test)
{
	PHYSICAL_ADDRESS low = { .QuadPart = 0x7010 }, end = { .QuadPart = 0x9e000 };
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u32 word = 0x32454256, seen = 0;
	u32 *base;

	vt_need_pc(test);
	base = VideoPortGetDeviceBase(vt_ext(test), low, PAGE_SIZE, 0);
	KUNIT_ASSERT_NOT_NULL(test, base);
	*base = word;
	vt_realmode_read(test, bios, 0x700, 0x10, &seen, sizeof(seen));
	KUNIT_EXPECT_EQ(test, seen, word);
	word = 0;
	vt_realmode_write(test, bios, 0x701, 0, &word, sizeof(word));
	KUNIT_EXPECT_EQ(test, *base, 0U);
	VideoPortFreeDeviceBase(vt_ext(test), base);
	/* The first page and what is above conventional memory are the machine's. */
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(vt_ext(test), end, 0x3000, 0));
	vt_expect_refused(test, "bad-range");
	low.QuadPart = 0xfff;
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(vt_ext(test), low, 2, 0));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(int10_40_what_is_written_is_read),
	KUNIT_CASE(int10_41_exactly_those_bytes),
	KUNIT_CASE(int10_42_addresses_are_linear),
	KUNIT_CASE(int10_43_addresses_are_added),
	KUNIT_CASE(int10_44_space_is_shared),
	KUNIT_CASE(int10_45_the_last_byte_is_reached),
	KUNIT_CASE(int10_46_not_a_byte_more),
	KUNIT_CASE(int10_47_refused_read_zeroes),
	KUNIT_CASE(int10_48_refused_write_writes_nothing),
	KUNIT_CASE(int10_49_lengths_do_not_wrap),
	KUNIT_CASE(int10_50_no_buffer),
	KUNIT_CASE(int10_51_no_bytes),
	KUNIT_CASE(int10_52_low_memory_of_a_pc),
	KUNIT_CASE(int10_53_memory_elsewhere),
	KUNIT_CASE(int10_54_conventional_memory),
	KUNIT_CASE(int10_55_by_physical_address),
	{ }
};

struct kunit_suite vt_realmode_suite = {
	.name = "realmode",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupt table and data of the BIOS, on a machine that has one: they are private
 * copies, and restored after a call or a driver has overwritten them. A fake helper
 * writes in place of a BIOS.
 */
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "kunit/lib/fake.h"
#include "kunit/lib/int10.h"

#define DATA_SIZE	0x500		/* the table and the data area */
#define ROM_START	0xc0000

static PVIDEO_PORT_INT10_INTERFACE bios;
static u8 before[PAGE_SIZE], machine_before[PAGE_SIZE];

/* Bytes that the fake BIOS writes, and what it has seen of the table. */
static struct {
	u16 at;
	u16 length;
	u8 bytes[0x200];
	u32 vector;
} fault;

static u32 dword_at(u16 linear)
{
	u32 value = 0;

	bios->Int10ReadMemory(bios->Context, 0, linear, &value, sizeof(value));
	return value;
}

static void write_at(u16 linear, u32 value, u32 length)
{
	bios->Int10WriteMemory(bios->Context, 0, linear, &value, length);
}

static u32 rom_of(unsigned int vector)
{
	u32 value = dword_at(vector * 4);

	return vt_linear(value >> 16, value) >= ROM_START ? value : 0;
}

static void write_fault(void)
{
	bios->Int10WriteMemory(bios->Context, 0, fault.at, fault.bytes, fault.length);
}

static void answer_and_overwrite(struct vt_fake *fake)
{
	fault.vector = dword_at(0x10 * 4);
	write_fault();
	vt_answer_rightly(fake);
}

static void overwrite_and_die(struct vt_fake *fake)
{
	write_fault();
	vt_fake_close(fake);
}

static void begin(struct kunit *test)
{
	if (!vt_machine_has_bios(test))
		kunit_skip(test, "this machine has no BIOS");
	bios = vt_interface(test);
	vt_realmode_read(test, bios, 0, 0, before, sizeof(before));
	memcpy(machine_before, phys_to_virt(0), PAGE_SIZE);
	memset(&fault, 0, sizeof(fault));
	memset(fault.bytes, 0x5a, sizeof(fault.bytes));
}

/* Check that nothing is left for other tests, and nothing has reached the machine. */
static void end(struct kunit *test)
{
	vt_realmode_write(test, bios, 0, 0, before, sizeof(before));
	KUNIT_EXPECT_EQ(test, memcmp(machine_before, phys_to_virt(0), PAGE_SIZE), 0);
}

static void expect_as_before(struct kunit *test)
{
	static u8 now[DATA_SIZE];

	vt_realmode_read(test, bios, 0, 0, now, sizeof(now));
	KUNIT_EXPECT_EQ(test, memcmp(now, before, sizeof(now)), 0);
}

/* Make a call with the current fault, and one without. */
static void expect_restored(struct kunit *test, u16 at, u16 length)
{
	struct vt_fake *fake;

	fault.at = at;
	fault.length = length;
	fake = vt_fake_start(test, answer_and_overwrite);
	vt_remember(test);
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	vt_expect_events(test, "bios", NULL, 1);
	expect_as_before(test);
	fake = vt_fake_start(test, vt_answer_rightly);
	vt_remember(test);
	vt_expect_answered(test, bios);
	vt_expect_events(test, NULL, NULL, 0);
	vt_fake_stop(fake);
}

/*
 * BIOS-40: Interrupt table, BIOS data and extended BIOS data are copies: a write to them
 * does not reach those of the machine
 */
static void bios_40_the_machine_keeps_its_data(struct kunit *test)
{
	u32 extended, byte, seen = 0;
	const u8 *machine;

	begin(test);
	KUNIT_EXPECT_EQ(test, memcmp(before, machine_before, DATA_SIZE), 0);
	memset(fault.bytes, 0xa5, sizeof(fault.bytes));
	for (fault.at = 0, fault.length = 0x200; fault.at < PAGE_SIZE; fault.at += 0x200)
		write_fault();
	KUNIT_EXPECT_EQ(test, dword_at(0x10 * 4), 0xa5a5a5a5U);
	KUNIT_EXPECT_EQ(test, memcmp(machine_before, phys_to_virt(0), PAGE_SIZE), 0);
	/* The extended data are a copy as well. */
	extended = before[0x40e] << 4 | before[0x40f] << 12;
	machine = phys_to_virt(extended);
	byte = machine[0] ^ 0xff;
	vt_realmode_write(test, bios, extended >> 4, 0, &byte, 1);
	vt_realmode_read(test, bios, extended >> 4, 0, &seen, 1);
	KUNIT_EXPECT_EQ(test, seen, byte & 0xff);
	KUNIT_EXPECT_EQ(test, machine[0], (u8)(byte ^ 0xff));
	byte ^= 0xff;
	vt_realmode_write(test, bios, extended >> 4, 0, &byte, 1);
	end(test);
}

/*
 * BIOS-41: A call that overwrites the table or the data is counted as ``bios``; they are
 * put back, and the next call works
 *
 * VBE does so with ES:DI = 0:0.
 */
static void bios_41_call_that_overwrites_the_table(struct kunit *test)
{
	static const u16 places[] = { 0, 0x3a, 0x40, 0x1b0, 0x300, 0x400, 0x40e, 0x463 };
	struct vt_fake *fake;
	unsigned int i;
	u64 mark;

	begin(test);
	for (i = 0; i < ARRAY_SIZE(places); i++)
		expect_restored(test, places[i],
				min_t(u16, sizeof(fault.bytes), DATA_SIZE - places[i]));
	/* Messages are limited in number, to some every five seconds. */
	mark = vt_log_mark();
	fault.at = 0;
	fault.length = 0x200;
	fake = vt_fake_start(test, answer_and_overwrite);
	for (i = 0; i < 100; i++) {
		vt_expect_answered(test, bios);
		if (vt_log_count(mark, "Int10CallBios", "the call overwrote interrupt vector 10h"))
			break;
		msleep(100);
	}
	vt_fake_stop(fake);
	KUNIT_EXPECT_LT(test, i, 100U);
	end(test);
}

/*
 * BIOS-42: Damage before a call is put back before the helper gets the request
 *
 * A driver writes there, or a BIOS that continues after its caller was killed.
 */
static void bios_42_damage_before_a_call(struct kunit *test)
{
	u32 vector;
	struct vt_fake *fake;

	begin(test);
	vector = dword_at(0x10 * 4);
	write_at(0x10 * 4, 0x20000000, 4);
	fake = vt_fake_start(test, answer_and_overwrite);
	vt_remember(test);
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	vt_expect_events(test, "bios", NULL, 1);
	KUNIT_EXPECT_EQ(test, fault.vector, vector);
	expect_as_before(test);
	end(test);
}

/* BIOS-43: Damage is repaired also after a call in which the helper dies */
static void bios_43_helper_that_dies_of_it(struct kunit *test)
{
	INT10_BIOS_ARGUMENTS registers;
	struct vt_fake *fake;

	begin(test);
	fault.length = sizeof(fault.bytes);
	fake = vt_fake_start(test, overwrite_and_die);
	KUNIT_EXPECT_EQ(test, vt_call(bios, &registers), ERROR_INVALID_PARAMETER);
	vt_fake_stop(fake);
	expect_as_before(test);
	vt_expect_recovers(test, bios);
	end(test);
}

/* Restored by the next call: a vector that leads elsewhere. */
static void expect_vector(struct kunit *test, unsigned int nr, u32 value, bool kept)
{
	u32 was = dword_at(nr * 4);
	struct vt_fake *fake;

	write_at(nr * 4, value, 4);
	fake = vt_fake_start(test, vt_answer_rightly);
	vt_remember(test);
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	vt_expect_events(test, kept ? NULL : "bios", NULL, !kept);
	KUNIT_EXPECT_EQ_MSG(test, dword_at(nr * 4), kept ? value : was, "vector %#x", nr);
	write_at(nr * 4, was, 4);
}

/*
 * BIOS-44: INT 10h stays as the firmware had it, vectors into ROMs keep leading into one;
 * pointers to fonts and unused vectors may change
 */
static void bios_44_which_vectors_are_kept(struct kunit *test)
{
	static const u8 guarded[] = { 0x1d, 0x42, 0x6d };
	unsigned int i;

	begin(test);
	/* Change INT 10h: it is restored, even if it led into a ROM. */
	expect_vector(test, 0x10, 0xc0000003, false);
	expect_vector(test, 0x10, 0x20000000, false);
	for (i = 0; i < ARRAY_SIZE(guarded); i++)
		if (rom_of(guarded[i]))
			expect_vector(test, guarded[i], 0x20000000, false);
	/* For another print screen, with a font of its own, and what nobody uses */
	if (rom_of(5))
		expect_vector(test, 5, 0xc0000123, true);
	expect_vector(test, 0x1f, 0x20000100, true);
	expect_vector(test, 0x43, 0x20000200, true);
	if (!rom_of(0x60))
		expect_vector(test, 0x60, 0x20000300, true);
	end(test);
}

static void expect_data(struct kunit *test, u16 at, u32 value, u32 length, bool kept)
{
	u32 mask = length == 1 ? 0xff : 0xffff, was = dword_at(at) & mask;
	struct vt_fake *fake;

	write_at(at, value, length);
	fake = vt_fake_start(test, vt_answer_rightly);
	vt_remember(test);
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	vt_expect_events(test, kept ? NULL : "bios", NULL, !kept);
	KUNIT_EXPECT_EQ_MSG(test, dword_at(at) & mask, kept ? value : was, "data at %#x", at);
}

/*
 * BIOS-45: Bases of devices, the segment of the extended data, the size of memory and the
 * CRT port are guarded; the state of the mode is the BIOS's
 *
 * The state after the last undamaged call is restored, including its mode.
 */
static void bios_45_which_data_are_kept(struct kunit *test)
{
	begin(test);
	expect_data(test, 0x449, 0x12, 1, true);
	expect_data(test, 0x484, 29, 1, true);
	expect_data(test, 0x463, 0x3b4, 2, true);
	expect_data(test, 0x463, 0, 2, false);
	expect_data(test, 0x400, 0x1234, 2, false);
	expect_data(test, 0x40e, 0x2000, 2, false);
	expect_data(test, 0x413, 64, 2, false);
	KUNIT_EXPECT_EQ(test, dword_at(0x449) & 0xff, 0x12U);
	KUNIT_EXPECT_EQ(test, dword_at(0x484) & 0xff, 29U);
	end(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(bios_40_the_machine_keeps_its_data),
	KUNIT_CASE(bios_41_call_that_overwrites_the_table),
	KUNIT_CASE(bios_42_damage_before_a_call),
	KUNIT_CASE(bios_43_helper_that_dies_of_it),
	KUNIT_CASE(bios_44_which_vectors_are_kept),
	KUNIT_CASE(bios_45_which_data_are_kept),
	{}
};

struct kunit_suite vt_biosdata_suite = {
	.name = "biosdata",
	.init = vt_bios_init,
	.exit = vt_bios_exit,
	.test_cases = cases,
};

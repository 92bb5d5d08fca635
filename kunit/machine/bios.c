// SPDX-License-Identifier: GPL-2.0-only
/*
 * The video BIOS of a machine that has one, through the real helper, which has to be
 * installed there. What is asked of the BIOS is what every VBE has.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/platform_device.h>
#include <linux/poll.h>
#include <linux/prandom.h>
#include <linux/sched/signal.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/umh.h>

#include "kunit/lib/video_bios.h"
#include "core/compat.h"
#include "kunit/machine/machine.h"
#include "core/testing.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

#define MODE_INFO	0x200		/* in the block */
#define NO_MODE		0xffff
#define MODE		0x118		/* 1024x768, of VBE 1.2 */

/*
 * Calls
 */

struct block {
	USHORT seg, off;
	ULONG length;
};

static struct block allocate(struct kunit *test)
{
	struct block block = { .length = SZ_4K };

	KUNIT_ASSERT_EQ(test, vt_bios.Int10AllocateBuffer(vt_bios.Context, &block.seg, &block.off,
							  &block.length), NO_ERROR);
	return block;
}

static void release(struct kunit *test, const struct block *block)
{
	KUNIT_EXPECT_EQ(test, vt_bios.Int10FreeBuffer(vt_bios.Context, block->seg, block->off),
			NO_ERROR);
}

static void read_bytes(struct kunit *test, u16 seg, u16 off, void *to, u32 length)
{
	KUNIT_EXPECT_EQ(test, vt_bios.Int10ReadMemory(vt_bios.Context, seg, off, to, length),
			NO_ERROR);
}

static u16 word_at(const u8 *bytes, unsigned int at)
{
	return bytes[at] | bytes[at + 1] << 8;
}

static void controller(struct kunit *test, const struct block *block, u8 *info)
{
	INT10_BIOS_ARGUMENTS registers = {
		.Eax = 0x4f00, .Edi = block->off, .SegEs = block->seg,
	};

	KUNIT_ASSERT_EQ(test, vt_bios.Int10WriteMemory(vt_bios.Context, block->seg, block->off,
						       "VBE2", 4), NO_ERROR);
	KUNIT_ASSERT_EQ(test, vt_bios.Int10CallBios(vt_bios.Context, &registers), NO_ERROR);
	KUNIT_EXPECT_EQ(test, registers.Eax & 0xffff, VT_VBE_DONE);
	read_bytes(test, block->seg, block->off, info, 512);
}

/*
 * BIOS-60: VBE function 00h answers VESA, version 2 or later, in the adapter's block; the
 * helper is started for it
 */
static void bios_60_the_controller(struct kunit *test)
{
	unsigned long starts = vt_read_number(NULL, "Starts");
	struct block block = allocate(test);
	u8 info[512] = { };

	controller(test, &block, info);
	KUNIT_EXPECT_EQ(test, memcmp(info, "VESA", 4), 0);
	KUNIT_EXPECT_GE(test, word_at(info, 4), 0x200);
	KUNIT_EXPECT_GE(test, word_at(info, 18), 16);
	release(test, &block);
	KUNIT_EXPECT_EQ(test, vt_read_number(NULL, "Starts"), starts + 1);
	KUNIT_EXPECT_GT(test, vt_read_number(NULL, "Helper"), 1UL);
	KUNIT_EXPECT_GT(test, vt_read_number(NULL, "Instructions") +
			      vt_read_number(NULL, "Blocks"), 100UL);
}

/* The size of a mode whose number the BIOS gives. Its list may be in the block, too. */
static u32 mode_pixels(struct kunit *test, const struct block *block, u16 mode)
{
	INT10_BIOS_ARGUMENTS registers = {
		.Eax = 0x4f01, .Ecx = mode, .Edi = block->off + MODE_INFO,
		.SegEs = block->seg,
	};
	u8 info[256];

	KUNIT_EXPECT_EQ(test, vt_bios.Int10CallBios(vt_bios.Context, &registers), NO_ERROR);
	KUNIT_EXPECT_EQ_MSG(test, registers.Eax & 0xffff, VT_VBE_DONE, "mode %#x", mode);
	read_bytes(test, block->seg, block->off + MODE_INFO, info, sizeof(info));
	return word_at(info, 18) * word_at(info, 20);
}

/*
 * BIOS-61: The list of modes is read word by word where the answer points to; each mode
 * has its data
 *
 * Drivers read the list in this way: word by word, until the end mark.
 */
static void bios_61_the_mode_list(struct kunit *test)
{
	struct block block = allocate(test);
	unsigned int modes = 0, found = 0;
	u8 info[512] = { };
	u16 seg, off, mode;

	controller(test, &block, info);
	off = word_at(info, 14);
	seg = word_at(info, 16);
	for (; modes < 200; modes++, off += 2) {
		read_bytes(test, seg, off, &mode, sizeof(mode));
		if (mode == NO_MODE)
			break;
		if (mode == MODE)
			found = mode_pixels(test, &block, mode);
		else if (modes < 5)
			KUNIT_EXPECT_GT(test, mode_pixels(test, &block, mode), 0U);
	}
	KUNIT_EXPECT_GT(test, modes, 5U);
	KUNIT_EXPECT_LT(test, modes, 200U);
	KUNIT_EXPECT_EQ(test, found, 1024U * 768);
	release(test, &block);
}

/*
 * BIOS-62: A BIOS that changes AX and BX leaves all bits of the other registers
 *
 * AX and BX have the result; the other registers keep all 32 bits.
 */
static void bios_62_registers_are_kept(struct kunit *test)
{
	static const INT10_BIOS_ARGUMENTS in = {
		.Eax = 0x4f03, .Ebx = 0x11112222, .Ecx = 0x33334444, .Edx = 0x55556666,
		.Esi = 0x77778888, .Edi = 0x9999aaaa, .Ebp = 0xbbbbcccc, .SegDs = 0x2345,
		.SegEs = 0x6789,
	};
	INT10_BIOS_ARGUMENTS out = in;
	VIDEO_X86_BIOS_ARGUMENTS x86;

	KUNIT_ASSERT_EQ(test, vt_bios.Int10CallBios(vt_bios.Context, &out), NO_ERROR);
	KUNIT_EXPECT_EQ(test, out.Eax & 0xffff, VT_VBE_DONE);
	KUNIT_EXPECT_EQ(test, out.Ecx, in.Ecx);
	KUNIT_EXPECT_EQ(test, out.Edx, in.Edx);
	KUNIT_EXPECT_EQ(test, out.Esi, in.Esi);
	KUNIT_EXPECT_EQ(test, out.Edi, in.Edi);
	KUNIT_EXPECT_EQ(test, out.Ebp, in.Ebp);
	KUNIT_EXPECT_EQ(test, out.SegDs, in.SegDs);
	KUNIT_EXPECT_EQ(test, out.SegEs, in.SegEs);

	memcpy(&x86, &in, sizeof(x86));
	KUNIT_EXPECT_EQ(test, VideoPortInt10(vt_bios_ext, &x86), NO_ERROR);
	KUNIT_EXPECT_EQ(test, x86.Eax & 0xffff, VT_VBE_DONE);
	KUNIT_EXPECT_EQ(test, x86.Ebx, out.Ebx);
	KUNIT_EXPECT_EQ(test, x86.Ebp, in.Ebp);
}

/*
 * BIOS-64: A mode that is set is the current one; the data area at 40:0 is the machine's
 *
 * The BIOS and the driver share the memory, and the BIOS changes the state of the
 * device.
 */
static void bios_64_sets_a_mode(struct kunit *test)
{
	INT10_BIOS_ARGUMENTS set = { .Eax = 0x4f02, .Ebx = 0x4000 | MODE };
	INT10_BIOS_ARGUMENTS legacy = { .Eax = 0x0003 }, get = { .Eax = 0x0f00 };
	u16 mode = 0;
	u8 of_data = 0;

	KUNIT_EXPECT_EQ(test, vt_bios.Int10CallBios(vt_bios.Context, &set), NO_ERROR);
	KUNIT_EXPECT_EQ(test, set.Eax & 0xffff, VT_VBE_DONE);
	KUNIT_EXPECT_EQ(test, vt_current_mode(&mode), NO_ERROR);
	KUNIT_EXPECT_EQ(test, mode & 0x3fff, MODE);
	KUNIT_EXPECT_EQ(test, vt_bios.Int10CallBios(vt_bios.Context, &legacy), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_current_mode(&mode), NO_ERROR);
	KUNIT_EXPECT_EQ(test, mode & 0x3fff, 3);
	KUNIT_EXPECT_EQ(test, vt_bios.Int10CallBios(vt_bios.Context, &get), NO_ERROR);
	KUNIT_EXPECT_EQ(test, get.Eax & 0x7f, 3U);
	read_bytes(test, 0x40, 0x49, &of_data, 1);
	KUNIT_EXPECT_EQ(test, of_data, 3);
}

/*
 * Buffers where none should be
 */

static u8 machine_data[SZ_4K];

static void controller_to(struct kunit *test, u16 seg, u16 off)
{
	INT10_BIOS_ARGUMENTS registers = { .Eax = 0x4f00, .Edi = off, .SegEs = seg };

	KUNIT_EXPECT_EQ_MSG(test, vt_bios.Int10CallBios(vt_bios.Context, &registers), NO_ERROR,
			    "ES:DI=%04x:%04x", seg, off);
}

/*
 * BIOS-73: A call whose ES:DI leads into the interrupt table or the data of the firmware
 * harms neither the machine's nor the next call
 *
 * The BIOS writes 512 bytes over the interrupt table, its own data, and that of the
 * firmware. The next call works, also after vpmem is loaded again, since the machine's
 * memory is unchanged.
 */
static void bios_73_buffers_over_the_table(struct kunit *test)
{
	static const u16 places[][2] = {
		{ 0, 0 }, { 0, 0x3a }, { 0x4, 0 }, { 0x17, 0xc }, { 0x30, 0 }, { 0x40, 0 },
		{ 0x40, 0x0e }, { 0x9fc0, 0 },
	};
	static u8 info[512], table[SZ_1K], now[SZ_1K];
	struct block block = allocate(test);
	unsigned int i;

	memcpy(machine_data, phys_to_virt(0), sizeof(machine_data));
	read_bytes(test, 0, 0, table, sizeof(table));
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		controller_to(test, places[i][0], places[i][1]);
		read_bytes(test, 0, 0, now, sizeof(now));
		KUNIT_EXPECT_EQ_MSG(test, memcmp(now, table, sizeof(now)), 0,
				    "after ES:DI=%04x:%04x", places[i][0], places[i][1]);
		vt_expect_works(test);
		memset(info, 0, sizeof(info));
		controller(test, &block, info);
		KUNIT_EXPECT_EQ(test, memcmp(info, "VESA", 4), 0);
	}
	KUNIT_EXPECT_EQ(test, memcmp(machine_data, phys_to_virt(0), sizeof(machine_data)), 0);
	release(test, &block);
}

/*
 * Sleep. This test is in a process that does not freeze, so the machine does not come to
 * it: it has all others frozen, gives up, and is awake again.
 */

#define FREEZE_TIMEOUT	"/sys/power/pm_freeze_timeout"

static int sleep_thread(void *data)
{
	vt_write_file("/sys/power/state", "freeze");
	complete(data);
	return 0;
}

/*
 * BIOS-72: No call is lost when the machine goes to sleep: each is answered or fails at
 * once
 *
 * The helper is frozen for longer than the timeout of a call. Its call takes long: it
 * writes a character 2000 times.
 */
static void bios_72_the_machine_sleeps(struct kunit *test)
{
	unsigned int answers = 0, refusals = 0;
	unsigned long timeouts, deaths;
	DECLARE_COMPLETION_ONSTACK(done);
	INT10_BIOS_ARGUMENTS call;
	VP_STATUS status;

	KUNIT_ASSERT_TRUE(test, vt_write_file(FREEZE_TIMEOUT, "12000"));
	vt_expect_works_soon(test);
	timeouts = vt_read_number(NULL, "Timeouts");
	deaths = vt_read_number(NULL, "Deaths");
	KUNIT_ASSERT_TRUE(test, vt_write_file(VT_TIMEOUT, "8000"));
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(sleep_thread, &done, "vpmem-sleep")));
	while (!completion_done(&done)) {
		call = (INT10_BIOS_ARGUMENTS){ .Eax = 0x0920, .Ebx = 7, .Ecx = 2000 };
		status = vt_bios.Int10CallBios(vt_bios.Context, &call);
		if (status == NO_ERROR) {
			answers++;
			continue;
		}
		KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
		refusals++;
		msleep(20);
	}
	/* The thread is done with it, too. */
	wait_for_completion(&done);
	vt_set_defaults(test);
	KUNIT_EXPECT_TRUE(test, vt_write_file(FREEZE_TIMEOUT, "20000"));
	vt_expect_works_soon(test);
	kunit_info(test, "%u answers, %u refusals", answers, refusals);
	KUNIT_EXPECT_NE(test, refusals, 0U);
	KUNIT_EXPECT_EQ(test, vt_read_number(NULL, "Timeouts"), timeouts);
	KUNIT_EXPECT_EQ(test, vt_read_number(NULL, "Deaths"), deaths);
}

/*
 * BIOS-76: The copy is renewed on waking up, if the firmware has changed the machine's table
 *
 * The test changes an unused vector in the machine's table, as firmware might.
 */
static void bios_76_firmware_runs_while_asleep(struct kunit *test)
{
	u32 *machine = (u32 *)phys_to_virt(0) + 0x60, before = *machine, seen = 0;

	KUNIT_ASSERT_TRUE(test, vt_write_file(FREEZE_TIMEOUT, "100"));
	*machine = 0x12345678;
	vt_write_file("/sys/power/state", "freeze");
	read_bytes(test, 0, 0x60 * 4, &seen, sizeof(seen));
	KUNIT_EXPECT_EQ(test, seen, 0x12345678U);
	vt_expect_works(test);
	*machine = before;
	vt_write_file("/sys/power/state", "freeze");
	read_bytes(test, 0, 0x60 * 4, &seen, sizeof(seen));
	KUNIT_EXPECT_EQ(test, seen, before);
	KUNIT_EXPECT_TRUE(test, vt_write_file(FREEZE_TIMEOUT, "20000"));
	vt_expect_works_soon(test);
}

static struct kunit_case bios_cases[] = {
	KUNIT_CASE(bios_60_the_controller),
	KUNIT_CASE(bios_61_the_mode_list),
	KUNIT_CASE(bios_62_registers_are_kept),
	KUNIT_CASE(bios_64_sets_a_mode),
	KUNIT_CASE(bios_73_buffers_over_the_table),
	KUNIT_CASE(bios_72_the_machine_sleeps),
	KUNIT_CASE(bios_76_firmware_runs_while_asleep),
	{}
};

struct kunit_suite machine_bios_suite = {
	.name = "machine_bios",
	.init = vt_bios_init,
	.exit = vt_bios_exit,
	.test_cases = bios_cases,
};

kunit_test_suites(&machine_bios_suite, &machine_bios_helper_suite, &machine_port_suite);

MODULE_DESCRIPTION("KUnit tests of vpmem with the video BIOS of the machine");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);

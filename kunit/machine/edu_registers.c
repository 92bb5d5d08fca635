// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accesses to registers of a device that accepts those of 32 bits only.
 */
#include <kunit/test.h>
#include <linux/io.h>
#include <linux/iopoll.h>
#include <linux/string.h>

#include "kunit/lib/edu.h"
#include "kunit/lib/transfer.h"
#include "include/vpmem-port.h"

static u8 *registers_at(unsigned int at)
{
	return (u8 __force *)edu_card->registers + at;
}

/*
 * EDU-41: The calls for buffers of ULONGs access each register once, by 32 bits, in
 * ascending order
 *
 * The second register computes a factorial, and the device ignores wider accesses.
 */
void edu_41_buffers_of_ulongs(struct kunit *test)
{
	u32 written[] = { 0x12345678, 5 }, read[3] = { 0, 0, 0xeeeeeeee }, status;

	VideoPortWriteRegisterBufferUlong((u32 *)registers_at(EDU_LIVENESS), written, 2);
	KUNIT_EXPECT_EQ(test, readl_poll_timeout(edu_card->registers + EDU_STATUS, status,
						 !(status & EDU_STATUS_COMPUTING), 100,
						 1000000), 0);
	KUNIT_EXPECT_EQ(test, edu_read(edu_card, EDU_LIVENESS), ~0x12345678U);
	KUNIT_EXPECT_EQ(test, edu_read(edu_card, EDU_FACTORIAL), 120U);
	VideoPortReadRegisterBufferUlong((u32 *)registers_at(EDU_LIVENESS), read, 2);
	KUNIT_EXPECT_EQ(test, read[0], ~0x12345678U);
	KUNIT_EXPECT_EQ(test, read[1], 120U);
	KUNIT_EXPECT_EQ(test, read[2], 0xeeeeeeeeU);
}

/*
 * EDU-42: The calls for buffers of UCHARs and USHORTs make accesses of 8 and of 16 bits
 *
 * The device refuses both, at every address.
 */
void edu_42_buffers_of_less(struct kunit *test)
{
	const u32 id = edu_read(edu_card, EDU_IDENTIFICATION);
	u32 bytes[2] = {}, words[2] = {};
	u8 *at = registers_at(EDU_LIVENESS);

	edu_write(edu_card, EDU_LIVENESS, 0x12345678);
	VideoPortWriteRegisterBufferUchar(at, (u8 *)bytes, sizeof(bytes));
	KUNIT_EXPECT_EQ(test, edu_read(edu_card, EDU_LIVENESS), ~0x12345678U);
	VideoPortWriteRegisterBufferUshort((u16 *)at, (u16 *)words, sizeof(words) / 2);
	KUNIT_EXPECT_EQ(test, edu_read(edu_card, EDU_LIVENESS), ~0x12345678U);
	at = registers_at(EDU_IDENTIFICATION);
	VideoPortReadRegisterBufferUchar(at, (u8 *)bytes, sizeof(bytes));
	VideoPortReadRegisterBufferUshort((u16 *)at, (u16 *)words, sizeof(words) / 2);
	KUNIT_EXPECT_NE(test, bytes[0], id);
	KUNIT_EXPECT_NE(test, words[0], id);
	KUNIT_EXPECT_EQ(test, bytes[0] & 0xff, (u32)readb(edu_card->registers));
	KUNIT_EXPECT_EQ(test, words[0] & 0xffff, (u32)readw(edu_card->registers));
}

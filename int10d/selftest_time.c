// SPDX-License-Identifier: GPL-2.0-only
/*
 * Test of the clock and the timer chip. Code of a BIOS waits in each of the ways that are
 * known, and the host's clock says how long that took.
 */

#include <string.h>
#include "clock.h"
#include "selftest.h"

#define MS	1000000ULL
#define TICK	(55 * MS)

/* Nanoseconds of the last RUN_TIMED() */
static uint64_t took;

static struct vpmem_int10_reply run_timed(const void *code, size_t size)
{
	uint64_t begin = clock_now();
	struct vpmem_int10_reply reply = run_both(code, size, NULL, 0);

	took = clock_now() - begin;
	return reply;
}

#define RUN_TIMED(code)	run_timed(code, sizeof(code) - 1)

/* No upper bound: the host may be busy. */
static bool waited(const struct vpmem_int10_reply *reply, uint64_t at_least)
{
	return is_done(reply) && took >= at_least && reply->nanoseconds >= at_least;
}

static void test_ticks(void)
{
	/* xor ax, ax; mov ds, ax; mov ax, [46c]; add ax, 2; then cmp ax, [46c]; ja; iret */
	struct vpmem_int10_reply reply =
		RUN_TIMED("\x31\xc0\x8e\xd8\xa1\x6c\x04\x05\x02\x00\x3b\x06\x6c\x04\x77\xfa\xcf");

	result("wait_for_two_ticks", waited(&reply, TICK));
	/* xor ax, ax; mov ds, ax; mov dword [46c], 1800af; then cmp [470], al; je; iret */
	reply = RUN_TIMED("\x31\xc0\x8e\xd8\x66\xc7\x06\x6c\x04\xaf\x00\x18\x00"
			  "\x38\x06\x70\x04\x74\xfa\xcf");
	result("midnight", is_done(&reply) && !space[0x46c] && !space[0x46e] &&
	       space[0x470] == 1);
	/* sti; hlt; iret */
	reply = RUN_TIMED("\xfb\xf4\xcf");
	result("halt_until_a_tick", is_done(&reply) && space[0x46c] >= 1);
	/* sti; hlt; jmp to the hlt */
	set_limit(SHORT_LIMIT);
	reply = RUN_TIMED("\xfb\xf4\xeb\xfd");
	set_limit(LIMIT);
	result("halt_without_end", ended(&reply, VPMEM_INT10_TOO_LONG, "no end") &&
	       took >= SHORT_LIMIT * MS);
}

static void test_waits(void)
{
	/* mov ah, 86; xor cx, cx; mov dx, 7530; stc; int 15; iret with the carry flag of it */
	struct vpmem_int10_reply reply =
		RUN_TIMED("\xb4\x86\x31\xc9\xba\x30\x75\xf9\xcd\x15\x0f\x92\xc3\xcf");

	result("wait_of_the_system_bios", waited(&reply, 30 * MS) &&
	       !(uint8_t)reply.registers.ebx);
	/* The same with CX = 100h, which is 16 s */
	set_limit(SHORT_LIMIT);
	reply = RUN_TIMED("\xb4\x86\xb9\x00\x01\xcd\x15\xcf");
	set_limit(LIMIT);
	result("wait_beyond_the_limit", ended(&reply, VPMEM_INT10_TOO_LONG, "no end"));
	/* mov ecx, 13000000; loop by ecx to itself; iret */
	reply = RUN_TIMED("\x66\xb9\x40\x5d\xc6\x00\x67\xe2\xfd\xcf");
	result("loop_of_13_million", is_done(&reply) && !reply.registers.ecx);
	/* rdtsc; mov esi, eax; rdtsc; sub eax, esi; iret */
	reply = RUN_TIMED("\x0f\x31\x66\x89\xc6\x0f\x31\x66\x29\xf0\xcf");
	result("time_stamp_ascends", is_done(&reply) && reply.registers.eax);
}

void test_time(void)
{
	test_ticks();
	test_waits();
}

static void test_refresh(void)
{
	/* mov cx, 400; then in al, 61; and al, 10; cmp al, ah; je; mov ah, al; loop; iret */
	struct vpmem_int10_reply reply =
		RUN_TIMED("\xb9\x00\x04\xe4\x61\x24\x10\x38\xe0\x74\xf8\x88\xc4\xe2\xf4\xcf");

	result("refresh_bit", waited(&reply, 15 * MS) && last.port != 0x61);
}

static void test_counter(void)
{
	/* Counter 2, mode 0, 25000 clocks with the gate open; wait for its output */
	/* in al, 61; or al, 1; out 61, al; mov al, b0; out 43, al; mov al, a8; out 42, al; */
	/* mov al, 61; out 42, al; then in al, 61; test al, 20; jz; iret */
	struct vpmem_int10_reply reply =
		RUN_TIMED("\xe4\x61\x0c\x01\xe6\x61\xb0\xb0\xe6\x43\xb0\xa8\xe6\x42\xb0\x61\xe6\x42"
			  "\xe4\x61\xa8\x20\x74\xfa\xcf");

	result("counter_runs_out", waited(&reply, 20 * MS));
	/* The same with the gate closed never ends. */
	set_limit(SHORT_LIMIT);
	reply = RUN_TIMED("\xe4\x61\x24\xfe\xe6\x61\xb0\xb0\xe6\x43\xb0\xa8\xe6\x42\xb0\x61\xe6\x42"
			  "\xe4\x61\xa8\x20\x74\xfa\xcf");
	set_limit(LIMIT);
	result("gate_stops_the_counter", ended(&reply, VPMEM_INT10_TOO_LONG, "no end"));
	/* Latch counter 0 twice: mov al, 0; out 43, al; in al, 40; mov bl, al; in al, 40; */
	/* mov bh, al; then the same again to CX; sub bx, cx; iret */
	reply = RUN_TIMED("\xb0\x00\xe6\x43\xe4\x40\x88\xc3\xe4\x40\x88\xc7"
			  "\x66\xb9\x40\x42\x0f\x00\x67\xe2\xfd"
			  "\xb0\x00\xe6\x43\xe4\x40\x88\xc1\xe4\x40\x88\xc5\x29\xcb\xcf");
	/* A million rounds are 1193 clocks or more, so it may have begun again. */
	result("counter_counts", is_done(&reply) && (uint16_t)reply.registers.ebx);
}

static void test_read_back(void)
{
	/* mov al, 34; out 43, al; mov al, 0; out 40, al; out 40, al; */
	/* mov al, e2; out 43, al; in al, 40; iret: status of counter 0, mode 2, both bytes */
	struct vpmem_int10_reply reply =
		RUN("\xb0\x34\xe6\x43\xb0\x00\xe6\x40\xe6\x40\xb0\xe2\xe6\x43\xe4\x40\xcf");

	result("status_read_back", is_done(&reply) &&
	       (reply.registers.eax & 0x7f) == 0x34);
}

void test_timer(void)
{
	test_refresh();
	test_counter();
	test_read_back();
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Test of the engine: that it tells interrupts from exceptions, however many there are, and
 * that its memory has a bound, however much code it is given.
 */

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "selftest.h"

#define MOST_MEMORY	(64 << 10)	/* KiB */

/* xor ax, ax; mov ds, ax; then set a vector to 3000:0100, where the nested code is */
#define VECTOR(number)	"\x31\xc0\x8e\xd8\xc7\x06" number "\x00\x00\x01\xc7\x06"

static void test_exceptions(void)
{
	/* aam 0, four times; int 0; nop; nop; iret; handler: skip two bytes, and count */
	struct vpmem_int10_reply reply =
		RUN_NESTED(VECTOR("\x00") "\x02\x00\x00\x30\xd4\x00\xd4\x00\xd4\x00\xd4\x00"
			   "\xcd\x00\x90\x90\xcf",
			   "\x55\x89\xe5\x83\x46\x02\x02\x5d\x43\xcf");

	result("exceptions_again_and_again",
	       is_done(&reply) && reply.registers.ebx == 0x22220006);
	result("registers_after_exceptions",
	       reply.registers.ecx == numbers.ecx && reply.registers.edx == numbers.edx &&
	       reply.registers.esi == numbers.esi && reply.registers.edi == numbers.edi &&
	       reply.registers.ebp == numbers.ebp && reply.registers.es == numbers.es);
	/* int 6; iret; handler: inc bx; iret */
	reply = RUN_NESTED(VECTOR("\x18") "\x1a\x00\x00\x30\xcd\x06\xcf", "\x43\xcf");
	result("interrupt_of_invalid_opcode",
	       is_done(&reply) && reply.registers.ebx == 0x22220002);
	/* jmp over an int 0 to aam 0, behind it: no interrupt */
	reply = RUN("\xeb\x02\xcd\x00\xd4\x00\xcf");
	result("exception_behind_an_interrupt",
	       ended(&reply, VPMEM_INT10_BAD_CODE, "3000:0004: exception 0"));
}

/* Run code that was never run: some of inc ax to inc bx, each a block of its own. */
static bool runs_new_code(void)
{
	struct vpmem_int10_reply reply;
	unsigned int counts[4] = { 0 };
	unsigned char code[256];
	size_t size = 0;

	while (size < sizeof(code) - 3) {
		unsigned int which = rand() % 4;

		counts[which]++;
		code[size++] = 0x40 + which;
		code[size++] = 0xeb;
		code[size++] = 0x00;
	}
	code[size++] = 0xcf;
	reply = run_both(code, size, NULL, 0);
	return is_done(&reply) && reply.registers.eax == numbers.eax + counts[0] &&
		reply.registers.ecx == numbers.ecx + counts[1] &&
		reply.registers.edx == numbers.edx + counts[2] &&
		reply.registers.ebx == numbers.ebx + counts[3];
}

static void test_memory_of_engine(int calls)
{
	/* mov cx, 0; inc the operand of the next one; mov ax, 0; dec cx; jnz; iret */
	char code[] = "\xb9\x00\x00\x2e\xff\x06\x09\x00\xb8\x00\x00\x49\x75\xf5\xcf";
	uint16_t rounds = calls * 8;
	struct vpmem_int10_reply reply;
	struct rusage usage;
	int i = 0;

	while (i < calls && runs_new_code())
		i++;
	result("code_ever_new", i == calls);
	memcpy(code + 1, &rounds, sizeof(rounds));
	reply = run_both(code, sizeof(code) - 1, NULL, 0);
	result("code_changes_itself_ever", is_done(&reply) &&
	       (uint16_t)reply.registers.eax == rounds);
	getrusage(RUSAGE_SELF, &usage);
	result("memory_has_a_bound", usage.ru_maxrss < MOST_MEMORY);
}

/* Run ENTER, then NEG with LOCK close to where its opcode was: both want a look at them. */
static void test_instructions_close_together(void)
{
	/* enter 0, 0 of 32 bits; leave of 32 bits; iret */
	struct vpmem_int10_reply reply = RUN("\x66\xc8\x00\x00\x00\x66\xc9\xcf");

	result("enter_of_32_bits", is_done(&reply) && reply.registers.ebp == numbers.ebp);
	/* lock neg byte cs:[0x0000000e]; mov al, cs:[0x000e]; iret; 5 */
	reply = RUN("\xf0\x67\x2e\xf6\x1d\x0e\x00\x00\x00\x2e\xa0\x0e\x00\xcf\x05");
	result("lock_where_enter_was",
	       is_done(&reply) && (uint8_t)reply.registers.eax == (uint8_t)-5);
}

void test_engine(int calls)
{
	test_exceptions();
	test_instructions_close_together();
	test_memory_of_engine(calls);
}

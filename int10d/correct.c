// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instructions that libx86emu 3.5 computes wrong or does not know, found by running
 * generated programs on it and on QEMU's processor (see Documentation/testing.rst).
 */

#include "clock.h"
#include "engine.h"
#include "insn.h"
#if defined(__i386__) || defined(__x86_64__)
#include <x86intrin.h>
#endif

#define EXCEPTION_UD		6
#define CR0_PE			1

#define F_IOPL_NT	0x7000
#define F_RF		0x010000
#define F_VM		0x020000
#define F_AC		0x040000
#define F_ARITHMETIC	(F_SF | F_ZF | F_PF | F_CF | F_OF | F_AF)
#define FLAGS_LOW	(F_ARITHMETIC | F_TF | F_IF | F_DF | F_IOPL_NT)
#define FLAGS_ALL	(FLAGS_LOW | F_AC | FB_ID)

#define ESP	4
#define EBP	5

/*
 * Stack
 */

/* Let the stack pointer and the frame pointer have the size of the stack segment. */
static void use_stack(struct insn *insn)
{
	insn->segment = insn->emu->x86.R_SS_SEL;
	insn->addr32 = ACC_D(insn->emu->x86.R_SS_ACC);
}

static uint32_t stack_pointer(const struct insn *insn, int move)
{
	uint32_t old = insn->emu->x86.R_ESP, new = old + move;

	return insn->addr32 ? new : (old & 0xffff0000) | (new & 0xffff);
}

static void push(struct insn *insn, unsigned int bytes, uint32_t value)
{
	uint32_t esp = stack_pointer(insn, -(int)bytes);

	insn_write(insn, esp, bytes, value);
	insn->emu->x86.R_ESP = esp;
}

static uint32_t pop(struct insn *insn, unsigned int bytes)
{
	uint32_t value = insn_read(insn, insn->emu->x86.R_ESP, bytes);

	insn->emu->x86.R_ESP = stack_pointer(insn, bytes);
	return value;
}

static void push_flags(struct insn *insn)
{
	use_stack(insn);
	push(insn, insn_bytes(insn), insn->emu->x86.R_EFLG & ~(F_VM | F_RF));
}

static void pop_flags(struct insn *insn)
{
	use_stack(insn);
	insn_set_flags(insn, insn->data32 ? FLAGS_ALL : FLAGS_LOW, pop(insn, insn_bytes(insn)));
}

/* POP to memory: an address that contains ESP has the value after the POP. */
static bool pop_memory(struct insn *insn)
{
	unsigned int bytes = insn_bytes(insn);
	struct insn stack = *insn;
	uint32_t old = insn->emu->x86.R_ESP, value;
	struct insn again;

	if (!insn_is_memory(insn) || insn->reg)
		return false;
	use_stack(&stack);
	value = pop(&stack, bytes);
	/* Decode again, for the address. */
	if (!insn_decode(&again, insn->emu))
		return false;
	insn->emu->x86.R_ESP = old;
	insn_set(&again, bytes, value);
	insn->emu->x86.R_ESP = stack_pointer(&stack, bytes);
	return true;
}

/* Copy the frame pointers of the enclosing procedures, as ENTER does. */
static void push_frames(struct insn *insn, unsigned int bytes, unsigned int levels)
{
	uint32_t ebp = insn->emu->x86.R_EBP;

	for (; levels; levels--) {
		ebp -= bytes;
		push(insn, bytes, insn_read(insn, ebp, bytes));
	}
}

static void enter(struct insn *insn)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
	unsigned int bytes = insn_bytes(insn);
	uint32_t size = insn_fetch(insn, 2);
	unsigned int level = insn_fetch(insn, 1) & 31;
	uint32_t frame;

	use_stack(insn);
	push(insn, bytes, cpu->R_EBP);
	frame = cpu->R_ESP;
	if (level) {
		push_frames(insn, bytes, level - 1);
		push(insn, bytes, frame);
	}
	insn_set_register(insn, EBP, bytes, frame);
	cpu->R_ESP = stack_pointer(insn, -(int)size);
}

/* Return from an interrupt in real mode. */
static bool interrupt_return(struct insn *insn)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
	unsigned int bytes = insn_bytes(insn);
	uint32_t ip, cs, flags;

	if (cpu->R_CR0 & CR0_PE)
		return false;
	use_stack(insn);
	ip = pop(insn, bytes);
	cs = pop(insn, bytes);
	flags = pop(insn, bytes);
	insn_set_flags(insn, insn->data32 ? FLAGS_ALL | F_RF : FLAGS_LOW, flags);
	x86emu_set_seg_register(insn->emu, cpu->R_CS_SEL, cs);
	insn->next = ip;
	return true;
}

/*
 * Loops
 */

static void jump_short(struct insn *insn, int8_t distance)
{
	insn->next += distance;
	if (!insn->data32)
		insn->next &= 0xffff;
}

static uint32_t count_register(const struct insn *insn)
{
	return insn_get_register(insn, 1, insn->addr32 ? 4 : 2);
}

/*
 * Run all rounds of a LOOP to itself at once. Code uses it for a delay, and may measure its
 * length, so each takes the nanosecond that a processor needs.
 */
static void delay(struct insn *insn, unsigned int bytes)
{
	uint32_t rounds = count_register(insn) - 1;

	if (bytes == 2)
		rounds &= 0xffff;
	if (!clock_wait(rounds + 1ULL))
		engine_stop();
	insn_set_register(insn, 1, bytes, 0);
}

static void loop(struct insn *insn)
{
	int8_t distance = insn_fetch(insn, 1);
	unsigned int bytes = insn->addr32 ? 4 : 2;
	bool jumps = true;

	if (insn->opcode == 0xe3) {
		if (!count_register(insn))
			jump_short(insn, distance);
		return;
	}
	if (insn->opcode == 0xe2 && insn->next + distance == insn->emu->x86.R_EIP) {
		delay(insn, bytes);
		return;
	}
	insn_set_register(insn, 1, bytes, count_register(insn) - 1);
	if (insn->opcode != 0xe2)
		jumps = insn_flag(insn, F_ZF) == (insn->opcode == 0xe1);
	if (jumps && count_register(insn))
		jump_short(insn, distance);
}

/*
 * The rest
 */

static void read_time_stamp(struct insn *insn)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
#if defined(__i386__) || defined(__x86_64__)
	uint64_t now = __rdtsc();
#else
	uint64_t now = clock_now();
#endif

	cpu->R_EAX = now;
	cpu->R_EDX = now >> 32;
}

/* CMOVL, CMOVGE, CMOVLE and CMOVG; the source is read in any case. */
static void move_if_signed(struct insn *insn)
{
	bool is_less = insn_flag(insn, F_SF) != insn_flag(insn, F_OF);
	bool or_equal = (insn->opcode & 2) && insn_flag(insn, F_ZF);
	unsigned int bytes = insn_bytes(insn);
	uint32_t value = insn_get(insn, bytes);

	if ((is_less || or_equal) != (insn->opcode & 1))
		insn_set_register(insn, insn->reg, bytes, value);
}

/* Let EIP be behind an instruction that ends the run. */
static void step_over(struct insn *insn)
{
	insn->emu->x86.R_EIP = insn->next;
}

static bool software_interrupt(struct insn *insn)
{
	unsigned int number = insn->opcode == 0xcc ? 3 : insn->opcode == 0xce ? 4 :
			      insn_fetch(insn, 1);

	if (insn->opcode == 0xce && !insn_flag(insn, F_OF))
		return true;
	step_over(insn);
	engine_end(ENGINE_INTERRUPT, number);
}

static void __attribute__((noreturn)) halt(struct insn *insn)
{
	step_over(insn);
	engine_end(ENGINE_HLT, 0);
}

/* libx86emu takes DS for SS in an address of EBP and a distance of 8 bits. */
static void correct_segment(const struct insn *insn)
{
	if (insn->has_modrm && insn->addr32 && !insn->has_segment && insn->mod == 1 &&
	    insn->rm == EBP)
		insn->emu->x86.default_seg = insn->emu->x86.R_SS_SEL;
}

static bool correct_0f(struct insn *insn)
{
	switch (insn->opcode & 0xff) {
	case 0x00:
		/* Descriptors of tables and tasks exist in protected mode only. */
		if (!(insn->emu->x86.R_CR0 & CR0_PE))
			engine_exception(EXCEPTION_UD);
		return false;
	case 0x31:
		read_time_stamp(insn);
		return true;
	case 0x4c:
	case 0x4d:
	case 0x4e:
	case 0x4f:
		move_if_signed(insn);
		return true;
	case 0xa3:
	case 0xab:
	case 0xb3:
	case 0xba:
	case 0xbb:
		insn_bit_test(insn);
		return true;
	case 0xa4:
	case 0xa5:
	case 0xac:
	case 0xad:
		insn_shift_double(insn);
		return true;
	case 0xb0:
	case 0xb1:
		insn_compare_exchange(insn);
		return true;
	case 0xbc:
	case 0xbd:
		insn_bit_scan(insn);
		return true;
	case 0xc0:
	case 0xc1:
		insn_exchange_add(insn);
		return true;
	case 0xc7:
		insn_compare_exchange8(insn);
		return true;
	default:
		return false;
	}
}

static bool correct_byte(struct insn *insn)
{
	switch (insn->opcode) {
	case 0x2f:
		insn_das(insn);
		return true;
	case 0x62:
		insn_bound(insn);
		return true;
	case 0x8e:
		/* CS is loaded by jumps only. */
		if (insn->reg == 1)
			engine_exception(EXCEPTION_UD);
		return false;
	case 0x8f:
		return pop_memory(insn);
	case 0x9c:
		push_flags(insn);
		return true;
	case 0x9d:
		pop_flags(insn);
		return true;
	case 0xc0:
	case 0xc1:
	case 0xd0:
	case 0xd1:
	case 0xd2:
	case 0xd3:
		insn_shift(insn);
		return true;
	case 0xc8:
		enter(insn);
		return true;
	case 0xcc:
	case 0xcd:
	case 0xce:
		return software_interrupt(insn);
	case 0xcf:
		return interrupt_return(insn);
	case 0xd4:
		insn_aam(insn);
		return true;
	case 0xe0:
	case 0xe1:
	case 0xe2:
	case 0xe3:
		loop(insn);
		return true;
	case 0xf4:
		halt(insn);
	case 0xf6:
	case 0xf7:
		return insn_divide(insn);
	default:
		return false;
	}
}

/* Tell whether an instruction reads, modifies and writes its operand. */
static bool is_lockable(const struct insn *insn)
{
	uint8_t byte = insn->opcode;

	if (insn->opcode & OPCODE_0F)
		return byte == 0xab || byte == 0xb0 || byte == 0xb1 || byte == 0xb3 ||
		       (byte == 0xba && insn->reg > 4) || byte == 0xbb ||
		       byte == 0xc0 || byte == 0xc1 || byte == 0xc7;
	if (byte < 0x38)
		return (byte & 7) < 2;
	if (byte >= 0x80 && byte <= 0x83)
		return insn->reg != 7;
	if (byte >= 0xf6)
		return byte <= 0xf7 ? insn->reg == 2 || insn->reg == 3 :
				      byte >= 0xfe && insn->reg < 2;
	return byte == 0x86 || byte == 0x87;
}

/*
 * Run a decoded instruction, if it is one of those that libx86emu runs wrong. Return false
 * if it is not, and libx86emu has to run it.
 */
bool insn_correct(struct insn *insn)
{
	bool done;

	if (insn->locks && !(insn_is_memory(insn) && is_lockable(insn)))
		engine_exception(EXCEPTION_UD);
	done = insn->opcode & OPCODE_0F ? correct_0f(insn) : correct_byte(insn);
	if (done)
		insn->emu->x86.R_EIP = insn->next;
	else
		correct_segment(insn);
	return done;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instructions that libx86emu 3.5 computes wrong or does not know, found by running
 * generated programs on it and on QEMU's processor (see Documentation/testing.rst).
 */

#include "clock.h"
#include "engine.h"
#include "insn.h"
#include "int10d.h"
#if defined(__i386__) || defined(__x86_64__)
#include <x86intrin.h>
#endif

#define CR0_PE		1

#define F_IOPL_NT	0x7000
#define F_RF		0x010000
#define F_VM		0x020000
#define F_AC		0x040000
#define FLAGS_LOW	(F_ARITHMETIC | F_TF | F_IF | F_DF | F_IOPL_NT)
#define FLAGS_ALL	(FLAGS_LOW | F_AC | FB_ID)

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

static bool push_flags(struct insn *insn)
{
	use_stack(insn);
	push(insn, insn_bytes(insn), insn->emu->x86.R_EFLG & ~(F_VM | F_RF));
	return true;
}

static bool pop_flags(struct insn *insn)
{
	use_stack(insn);
	insn_set_flags(insn, insn->data32 ? FLAGS_ALL : FLAGS_LOW, pop(insn, insn_bytes(insn)));
	return true;
}

/* SAHF: the bits of AH that are no flags have no effect. */
static bool store_flags(struct insn *insn)
{
	insn_set_flags(insn, F_SZP | F_AF | F_CF, insn->emu->x86.R_AH);
	return true;
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

static bool enter(struct insn *insn)
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
	return true;
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

static bool loop(struct insn *insn)
{
	int8_t distance = insn_fetch(insn, 1);
	unsigned int bytes = insn->addr32 ? 4 : 2;
	bool jumps = true;

	if (insn->opcode == 0xe3) {
		if (!count_register(insn))
			jump_short(insn, distance);
		return true;
	}
	if (insn->opcode == 0xe2 && insn->next + distance == insn->emu->x86.R_EIP) {
		delay(insn, bytes);
		return true;
	}
	insn_set_register(insn, 1, bytes, count_register(insn) - 1);
	if (insn->opcode != 0xe2)
		jumps = insn_flag(insn, F_ZF) == (insn->opcode == 0xe1);
	if (jumps && count_register(insn))
		jump_short(insn, distance);
	return true;
}

/*
 * The rest
 */

static bool read_time_stamp(struct insn *insn)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
#if defined(__i386__) || defined(__x86_64__)
	uint64_t now = __rdtsc();
#else
	uint64_t now = clock_now();
#endif

	cpu->R_EAX = now;
	cpu->R_EDX = now >> 32;
	return true;
}

/* CMOVL, CMOVGE, CMOVLE and CMOVG; the source is read in any case. */
static bool move_if_signed(struct insn *insn)
{
	bool is_less = insn_flag(insn, F_SF) != insn_flag(insn, F_OF);
	bool or_equal = (insn->opcode & 2) && insn_flag(insn, F_ZF);
	unsigned int bytes = insn_bytes(insn);
	uint32_t value = insn_get(insn, bytes);

	if ((is_less || or_equal) != (insn->opcode & 1))
		insn_set_register(insn, insn->reg, bytes, value);
	return true;
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

static bool halt(struct insn *insn)
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

/* Descriptors of tables and tasks exist in protected mode only. */
static bool protected_group(struct insn *insn)
{
	if (!(insn->emu->x86.R_CR0 & CR0_PE))
		engine_exception(EXCEPTION_UD);
	return false;
}

/* CS is loaded by jumps only. */
static bool load_segment(struct insn *insn)
{
	if (insn->reg == 1)
		engine_exception(EXCEPTION_UD);
	return false;
}

/* Functions that run an instruction, or return false if libx86emu does so right */
static const struct {
	uint16_t first, last;
	bool (*run)(struct insn *insn);
} corrections[] = {
	{ 0x2f, 0x2f, insn_das },
	{ 0x62, 0x62, insn_bound },
	{ 0x8e, 0x8e, load_segment },
	{ 0x8f, 0x8f, pop_memory },
	{ 0x9c, 0x9c, push_flags },
	{ 0x9d, 0x9d, pop_flags },
	{ 0x9e, 0x9e, store_flags },
	{ 0xc0, 0xc1, insn_shift },
	{ 0xc8, 0xc8, enter },
	{ 0xcc, 0xce, software_interrupt },
	{ 0xcf, 0xcf, interrupt_return },
	{ 0xd0, 0xd3, insn_shift },
	{ 0xd4, 0xd4, insn_aam },
	{ 0xe0, 0xe3, loop },
	{ 0xf4, 0xf4, halt },
	{ 0xf6, 0xf7, insn_divide },
	{ OPCODE_0F | 0x00, OPCODE_0F | 0x00, protected_group },
	{ OPCODE_0F | 0x31, OPCODE_0F | 0x31, read_time_stamp },
	{ OPCODE_0F | 0x4c, OPCODE_0F | 0x4f, move_if_signed },
	{ OPCODE_0F | 0xa3, OPCODE_0F | 0xa3, insn_bit_test },
	{ OPCODE_0F | 0xa4, OPCODE_0F | 0xa5, insn_shift_double },
	{ OPCODE_0F | 0xab, OPCODE_0F | 0xab, insn_bit_test },
	{ OPCODE_0F | 0xac, OPCODE_0F | 0xad, insn_shift_double },
	{ OPCODE_0F | 0xb0, OPCODE_0F | 0xb1, insn_compare_exchange },
	{ OPCODE_0F | 0xb3, OPCODE_0F | 0xb3, insn_bit_test },
	{ OPCODE_0F | 0xba, OPCODE_0F | 0xbb, insn_bit_test },
	{ OPCODE_0F | 0xbc, OPCODE_0F | 0xbd, insn_bit_scan },
	{ OPCODE_0F | 0xc0, OPCODE_0F | 0xc1, insn_exchange_add },
	{ OPCODE_0F | 0xc7, OPCODE_0F | 0xc7, insn_compare_exchange8 },
};

/*
 * Index of opcodes, those behind 0Fh in the second half, for a look at each instruction
 */

enum kind {
	KIND_MODRM = 1,			/* has a ModR/M byte */
	KIND_CORRECTED = 2,		/* is in corrections[] */
	KIND_PREFIX = 4,
	KIND_SEGMENT = 8,		/* prefix of a segment */
	KIND_ADDRESS = 16,		/* prefix of the address size */
};

#define SECOND_HALF	256

static uint8_t kinds[2 * SECOND_HALF];
static bool (*runs[2 * SECOND_HALF])(struct insn *insn);

static unsigned int index_of(uint16_t opcode)
{
	return opcode & OPCODE_0F ? SECOND_HALF + (opcode & 0xff) : opcode;
}

static void mark(const char *bytes, uint8_t kind)
{
	for (; *bytes; bytes++)
		kinds[(uint8_t)*bytes] |= kind;
}

void insn_init(void)
{
	unsigned int i, opcode;

	for (opcode = 0; opcode < SECOND_HALF; opcode++) {
		kinds[opcode] = insn_has_modrm(opcode) ? KIND_MODRM : 0;
		kinds[SECOND_HALF + opcode] = insn_has_modrm(OPCODE_0F | opcode) ?
					      KIND_MODRM : 0;
	}
	for (i = 0; i < sizeof(corrections) / sizeof(*corrections); i++)
		for (opcode = corrections[i].first; opcode <= corrections[i].last; opcode++) {
			runs[index_of(opcode)] = corrections[i].run;
			kinds[index_of(opcode)] |= KIND_CORRECTED;
		}
	mark("\x26\x2e\x36\x3e\x64\x65", KIND_PREFIX | KIND_SEGMENT);
	mark("\x67", KIND_PREFIX | KIND_ADDRESS);
	mark("\x66\xf2\xf3", KIND_PREFIX);
	/* LOCK may be invalid. */
	mark("\xf0", KIND_CORRECTED);
}

/*
 * Tell whether the next instruction may be one that libx86emu runs wrong. Most are not, so
 * look no further than needed.
 */
bool insn_is_suspect(const x86emu_t *emu)
{
	const uint8_t *code = memory_code(emu->x86.R_CS_BASE + emu->x86.R_EIP);
	bool addr32 = ACC_D(emu->x86.R_CS_ACC), has_segment = false;
	const uint8_t *end;
	unsigned int kind;

	if (!code)
		return true;
	end = code + LONGEST;
	for (kind = kinds[*code]; kind & KIND_PREFIX; kind = kinds[*++code]) {
		if (code == end)
			return true;
		has_segment |= !!(kind & KIND_SEGMENT);
		addr32 ^= !!(kind & KIND_ADDRESS);
	}
	if (*code == 0x0f)
		kind = kinds[SECOND_HALF + *++code];
	if (kind & KIND_CORRECTED)
		return true;
	/* See correct_segment(). */
	return kind & KIND_MODRM && addr32 && !has_segment && (code[1] & 0xc7) == 0x45;
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
	bool (*run)(struct insn *insn) = runs[index_of(insn->opcode)];
	bool done;

	if (insn->locks && !(insn_is_memory(insn) && is_lockable(insn)))
		engine_exception(EXCEPTION_UD);
	done = run && run(insn);
	if (done)
		insn->emu->x86.R_EIP = insn->next;
	else
		correct_segment(insn);
	return done;
}

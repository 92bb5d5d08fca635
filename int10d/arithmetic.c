// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arithmetic that libx86emu 3.5 computes wrong or does not know (see correct.c).
 *
 * Where a manual leaves a flag undefined, the value is that of QEMU's processor.
 */

#include "insn.h"

/*
 * Flags
 */

bool insn_flag(const struct insn *insn, uint32_t mask)
{
	return insn->emu->x86.R_EFLG & mask;
}

void insn_set_flags(const struct insn *insn, uint32_t mask, uint32_t value)
{
	x86emu_regs_t *cpu = &insn->emu->x86;

	cpu->R_EFLG = (cpu->R_EFLG & ~mask) | (value & mask) | F_ALWAYS_ON;
}

static bool top_bit(uint32_t value, unsigned int bits)
{
	return value >> (bits - 1) & 1;
}

static uint32_t mask_of(unsigned int bits)
{
	return UINT32_MAX >> (32 - bits);
}

static uint32_t szp(uint32_t value, unsigned int bits)
{
	value &= mask_of(bits);
	return (value ? 0 : F_ZF) | (top_bit(value, bits) ? F_SF : 0) |
	       (__builtin_parity(value & 0xff) ? 0 : F_PF);
}

/*
 * Shifts and rotations
 */

struct shift {
	uint32_t value;
	bool carry;
};

static struct shift rotate(const struct shift *from, unsigned int count, unsigned int bits,
			   bool left)
{
	uint64_t twice = (uint64_t)from->value << bits | from->value;
	struct shift to;

	count %= bits;
	to.value = twice >> (left ? bits - count : count) & mask_of(bits);
	to.carry = left ? to.value & 1 : top_bit(to.value, bits);
	return to;
}

static struct shift rotate_carry(struct shift from, unsigned int count, unsigned int bits,
				 bool left)
{
	bool out;

	for (count %= bits + 1; count; count--) {
		out = left ? top_bit(from.value, bits) : from.value & 1;
		if (left)
			from.value = (from.value << 1 | from.carry) & mask_of(bits);
		else
			from.value = from.value >> 1 | (uint32_t)from.carry << (bits - 1);
		from.carry = out;
	}
	return from;
}

static struct shift shift_left(uint32_t value, unsigned int count, unsigned int bits)
{
	uint64_t wide = (uint64_t)value << count;

	return (struct shift){ wide & mask_of(bits), wide >> bits & 1 };
}

static struct shift shift_right(uint32_t value, unsigned int count, unsigned int bits,
				bool is_signed)
{
	int64_t wide = is_signed && top_bit(value, bits) ?
		       (int64_t)value - ((int64_t)1 << bits) : (int64_t)value;

	return (struct shift){ wide >> count & mask_of(bits), wide >> (count - 1) & 1 };
}

/* Set the flags of a shift; a rotation leaves sign, zero and parity. */
static void shift_flags(const struct insn *insn, struct shift to, unsigned int bits,
			bool overflow, bool rotation)
{
	uint32_t mask = F_CF | F_OF | (rotation ? 0 : F_SZP | F_AF);

	insn_set_flags(insn, mask, szp(to.value, bits) | (to.carry ? F_CF : 0) |
			      (overflow ? F_OF : 0));
}

static void shift(struct insn *insn, unsigned int bytes, unsigned int count)
{
	unsigned int bits = bytes * 8;
	struct shift from = { insn_get(insn, bytes), insn_flag(insn, F_CF) }, to;
	bool overflow;

	count &= 31;
	if (!count)
		return;
	switch (insn->reg) {
	case 0:
	case 1:
		to = rotate(&from, count, bits, insn->reg == 0);
		break;
	case 2:
	case 3:
		to = rotate_carry(from, count, bits, insn->reg == 2);
		break;
	case 5:
	case 7:
		to = shift_right(from.value, count, bits, insn->reg == 7);
		break;
	default:
		to = shift_left(from.value, count, bits);
	}
	switch (insn->reg) {
	case 0:
	case 4:
	case 6:
		overflow = top_bit(to.value, bits) ^ to.carry;
		break;
	case 1:
		overflow = top_bit(to.value, bits) ^ top_bit(to.value, bits - 1);
		break;
	case 5:
		overflow = count == 1 && top_bit(from.value, bits);
		break;
	case 7:
		overflow = false;
		break;
	default:
		overflow = top_bit(from.value ^ to.value, bits);
	}
	insn_set(insn, bytes, to.value);
	shift_flags(insn, to, bits, overflow, insn->reg < 4);
}

bool insn_shift(struct insn *insn)
{
	unsigned int bytes = insn->opcode & 1 ? insn_bytes(insn) : 1;
	unsigned int count = 1;

	if (insn->opcode < 0xd0)
		count = insn_fetch(insn, 1);
	else if (insn->opcode >= 0xd2)
		count = insn->emu->x86.R_CL;
	shift(insn, bytes, count);
	return true;
}

/* SHLD and SHRD: shift a pair of values; 16-bit ones as if the first came again behind. */
bool insn_shift_double(struct insn *insn)
{
	bool by_cl = insn->opcode & 1, left = !(insn->opcode & 8);
	unsigned int bytes = insn_bytes(insn), bits = bytes * 8;
	unsigned int count = by_cl ? insn->emu->x86.R_CL : insn_fetch(insn, 1);
	uint64_t value = insn_get(insn, bytes);
	uint64_t other = insn_get_register(insn, insn->reg, bytes);
	uint64_t all;
	struct shift to;

	count &= 31;
	if (!count)
		return true;
	if (left) {
		all = bits == 16 ? value << 32 | other << 16 | value : value << 32 | other;
		to.carry = all >> ((bits == 16 ? 48 : 64) - count) & 1;
		to.value = all << count >> 32;
	} else {
		all = bits == 16 ? value << 32 | other << 16 | value : other << 32 | value;
		to.carry = all >> (count - 1) & 1;
		to.value = all >> count;
	}
	to.value &= mask_of(bits);
	insn_set(insn, bytes, to.value);
	shift_flags(insn, to, bits, top_bit(value ^ to.value, bits), false);
	return true;
}

/*
 * Bits
 */

/* BT, BTS, BTR and BTC; a register as bit number reaches beyond the operand in memory. */
bool insn_bit_test(struct insn *insn)
{
	unsigned int bytes = insn_bytes(insn), bits = bytes * 8, bit, action;
	bool immediate = insn->opcode == (OPCODE_0F | 0xba);
	uint32_t value;
	int32_t number;

	action = immediate ? insn->reg & 3 : insn->opcode >> 3 & 3;
	if (immediate && insn->reg < 4)
		engine_exception(EXCEPTION_UD);
	number = immediate ? (int32_t)insn_fetch(insn, 1) :
			     (int32_t)insn_get_register(insn, insn->reg, bytes);
	if (!immediate && bytes == 2)
		number = (int16_t)number;
	bit = number & (bits - 1);
	if (!immediate && insn_is_memory(insn))
		insn->offset += (number >> (bytes == 4 ? 5 : 4)) * (int32_t)bytes;
	value = insn_get(insn, bytes);
	insn_set_flags(insn, F_CF, value >> bit & 1 ? F_CF : 0);
	if (action == 1)
		value |= 1U << bit;
	else if (action == 2)
		value &= ~(1U << bit);
	else if (action == 3)
		value ^= 1U << bit;
	if (action)
		insn_set(insn, bytes, value);
	return true;
}

/* BSF and BSR; a source of 0 leaves the destination. */
bool insn_bit_scan(struct insn *insn)
{
	unsigned int bytes = insn_bytes(insn);
	uint32_t value = insn_get(insn, bytes);
	bool forward = !(insn->opcode & 1);

	insn_set_flags(insn, F_ZF, value ? 0 : F_ZF);
	if (value)
		insn_set_register(insn, insn->reg, bytes,
				  forward ? __builtin_ctz(value) : 31 - __builtin_clz(value));
	return true;
}

/*
 * Exchange
 */

static uint32_t sum_flags(uint32_t a, uint32_t b, uint32_t sum, unsigned int bits)
{
	uint32_t carries = (a & b) | ((a | b) & ~sum);

	return szp(sum, bits) | (top_bit(carries, bits) ? F_CF : 0) |
	       ((carries >> 3) & 1 ? F_AF : 0) |
	       (top_bit((a ^ sum) & (b ^ sum), bits) ? F_OF : 0);
}

static uint32_t difference_flags(uint32_t a, uint32_t b, uint32_t difference,
				 unsigned int bits)
{
	uint32_t borrows = (~a & b) | ((~a | b) & difference);

	return szp(difference, bits) | (top_bit(borrows, bits) ? F_CF : 0) |
	       ((borrows >> 3) & 1 ? F_AF : 0) |
	       (top_bit((a ^ b) & (a ^ difference), bits) ? F_OF : 0);
}

bool insn_exchange_add(struct insn *insn)
{
	unsigned int bytes = insn->opcode & 1 ? insn_bytes(insn) : 1;
	uint32_t old = insn_get(insn, bytes);
	uint32_t add = insn_get_register(insn, insn->reg, bytes);

	/* Write memory first: it may fail. Of one register, the sum remains. */
	if (insn_is_memory(insn))
		insn_set(insn, bytes, old + add);
	insn_set_register(insn, insn->reg, bytes, old);
	if (!insn_is_memory(insn))
		insn_set(insn, bytes, old + add);
	insn_set_flags(insn, F_ARITHMETIC, sum_flags(old, add, old + add, bytes * 8));
	return true;
}

bool insn_compare_exchange(struct insn *insn)
{
	unsigned int bytes = insn->opcode & 1 ? insn_bytes(insn) : 1;
	uint32_t accumulator = insn_get_register(insn, 0, bytes);
	uint32_t old = insn_get(insn, bytes);
	uint32_t difference = accumulator - old;
	bool equal = !(difference & mask_of(bytes * 8));

	insn_set(insn, bytes, equal ? insn_get_register(insn, insn->reg, bytes) : old);
	if (!equal)
		insn_set_register(insn, 0, bytes, old);
	insn_set_flags(insn, F_ARITHMETIC,
		       difference_flags(accumulator, old, difference, bytes * 8));
	return true;
}

bool insn_compare_exchange8(struct insn *insn)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
	uint32_t low, high;
	bool equal;

	if (insn->reg != 1 || !insn_is_memory(insn))
		engine_exception(EXCEPTION_UD);
	low = insn_read(insn, insn->offset, 4);
	high = insn_read(insn, insn->offset + 4, 4);
	equal = low == cpu->R_EAX && high == cpu->R_EDX;
	insn_write(insn, insn->offset, 4, equal ? cpu->R_EBX : low);
	insn_write(insn, insn->offset + 4, 4, equal ? cpu->R_ECX : high);
	if (!equal) {
		cpu->R_EAX = low;
		cpu->R_EDX = high;
	}
	insn_set_flags(insn, F_ZF, equal ? F_ZF : 0);
	return true;
}

/*
 * Division
 */

static uint64_t dividend(const struct insn *insn, unsigned int bytes)
{
	const x86emu_regs_t *cpu = &insn->emu->x86;

	switch (bytes) {
	case 1:
		return cpu->R_AX;
	case 2:
		return (uint32_t)cpu->R_DX << 16 | cpu->R_AX;
	default:
		return (uint64_t)cpu->R_EDX << 32 | cpu->R_EAX;
	}
}

static void set_quotient(const struct insn *insn, unsigned int bytes, uint64_t quotient,
			 uint64_t rest)
{
	insn_set_register(insn, 0, bytes, quotient);
	/* AH or DX or EDX */
	insn_set_register(insn, bytes == 1 ? 4 : 2, bytes, rest);
}

static void divide_unsigned(struct insn *insn, unsigned int bytes)
{
	uint64_t from = dividend(insn, bytes), by = insn_get(insn, bytes);

	if (!by || from / by > mask_of(bytes * 8))
		engine_exception(EXCEPTION_DIVIDE);
	set_quotient(insn, bytes, from / by, from % by);
}

static int64_t extend(uint64_t value, unsigned int bits)
{
	return (int64_t)(value << (64 - bits)) >> (64 - bits);
}

static void divide_signed(struct insn *insn, unsigned int bytes)
{
	unsigned int bits = bytes * 8;
	int64_t from = extend(dividend(insn, bytes), bits * 2);
	int64_t by = extend(insn_get(insn, bytes), bits);

	/* Check -1 first: the lowest number divided by it is an exception here, too. */
	if (!by || (by == -1 && from == INT64_MIN) ||
	    from / by != extend(from / by, bits))
		engine_exception(EXCEPTION_DIVIDE);
	set_quotient(insn, bytes, from / by, from % by);
}

/* Return false for what is no division. */
bool insn_divide(struct insn *insn)
{
	unsigned int bytes = insn->opcode & 1 ? insn_bytes(insn) : 1;

	if (insn->reg < 6)
		return false;
	if (insn->reg == 6)
		divide_unsigned(insn, bytes);
	else
		divide_signed(insn, bytes);
	return true;
}

bool insn_aam(struct insn *insn)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
	unsigned int base = insn_fetch(insn, 1);

	if (!base)
		engine_exception(EXCEPTION_DIVIDE);
	cpu->R_AX = cpu->R_AL / base << 8 | cpu->R_AL % base;
	insn_set_flags(insn, F_ARITHMETIC, szp(cpu->R_AL, 8));
	return true;
}

bool insn_das(struct insn *insn)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
	bool low = (cpu->R_AL & 15) > 9 || insn_flag(insn, F_AF);
	bool high = cpu->R_AL > 0x99 || insn_flag(insn, F_CF);
	bool carry = high || (low && cpu->R_AL < 6);

	cpu->R_AL -= (low ? 0x06 : 0) + (high ? 0x60 : 0);
	insn_set_flags(insn, F_SZP | F_CF | F_AF, szp(cpu->R_AL, 8) | (carry ? F_CF : 0) |
					     (low ? F_AF : 0));
	return true;
}

bool insn_bound(struct insn *insn)
{
	unsigned int bytes = insn_bytes(insn), bits = bytes * 8;
	int64_t index = extend(insn_get_register(insn, insn->reg, bytes), bits);

	if (!insn_is_memory(insn))
		engine_exception(EXCEPTION_UD);
	if (index < extend(insn_read(insn, insn->offset, bytes), bits) ||
	    index > extend(insn_read(insn, insn->offset + bytes, bytes), bits))
		engine_exception(EXCEPTION_BOUND);
	return true;
}

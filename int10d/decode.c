// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decoder and operands of instructions that libx86emu computes wrong (correct.c).
 *
 * An exception leaves the engine by longjmp(), so an instruction reads all its operands
 * before it writes any.
 */

#include "engine.h"
#include "insn.h"
#include "int10d.h"

uint32_t insn_fetch(struct insn *insn, unsigned int bytes)
{
	uint32_t address = insn->emu->x86.R_CS_BASE + insn->next;

	insn->next += bytes;
	if (insn->next - insn->emu->x86.R_EIP > LONGEST)
		engine_exception(EXCEPTION_GP);
	return memory_read(address, bytes);
}

/*
 * Registers
 */

static i386_general_register *general(const struct insn *insn, unsigned int name)
{
	x86emu_regs_t *cpu = &insn->emu->x86;
	i386_general_register *const all[] = {
		&cpu->gen.A, &cpu->gen.C, &cpu->gen.D, &cpu->gen.B,
		&cpu->spc.SP, &cpu->spc.BP, &cpu->spc.SI, &cpu->spc.DI,
	};

	return all[name];
}

/* @name: number in the encoding; of bytes, 4 to 7 are AH, CH, DH and BH */
uint32_t insn_get_register(const struct insn *insn, unsigned int name, unsigned int bytes)
{
	if (bytes == 1)
		return name < 4 ? general(insn, name)->I8_reg.l_reg :
				  general(insn, name - 4)->I8_reg.h_reg;
	if (bytes == 2)
		return general(insn, name)->I16_reg.x_reg;
	return general(insn, name)->I32_reg.e_reg;
}

void insn_set_register(const struct insn *insn, unsigned int name, unsigned int bytes,
		       uint32_t value)
{
	if (bytes == 4)
		general(insn, name)->I32_reg.e_reg = value;
	else if (bytes == 2)
		general(insn, name)->I16_reg.x_reg = value;
	else if (name < 4)
		general(insn, name)->I8_reg.l_reg = value;
	else
		general(insn, name - 4)->I8_reg.h_reg = value;
}

/*
 * Memory
 */

static uint32_t linear(const struct insn *insn, uint32_t offset, unsigned int bytes)
{
	const sel_t *segment = insn->segment;

	if (!insn->addr32)
		offset &= 0xffff;
	if (offset > segment->limit || segment->limit - offset < bytes - 1)
		engine_exception(segment == insn->emu->x86.R_SS_SEL ? EXCEPTION_STACK :
								      EXCEPTION_GP);
	return segment->base + offset;
}

uint32_t insn_read(const struct insn *insn, uint32_t offset, unsigned int bytes)
{
	return memory_read(linear(insn, offset, bytes), bytes);
}

void insn_write(const struct insn *insn, uint32_t offset, unsigned int bytes, uint32_t value)
{
	memory_write(linear(insn, offset, bytes), bytes, value);
}

bool insn_is_memory(const struct insn *insn)
{
	return insn->mod != 3;
}

/* Return the operand size of an opcode that has no form for bytes. */
unsigned int insn_bytes(const struct insn *insn)
{
	return insn->data32 ? 4 : 2;
}

/* Read the operand of the ModR/M byte. */
uint32_t insn_get(const struct insn *insn, unsigned int bytes)
{
	if (insn_is_memory(insn))
		return insn_read(insn, insn->offset, bytes);
	return insn_get_register(insn, insn->rm, bytes);
}

void insn_set(const struct insn *insn, unsigned int bytes, uint32_t value)
{
	if (insn_is_memory(insn))
		insn_write(insn, insn->offset, bytes, value);
	else
		insn_set_register(insn, insn->rm, bytes, value);
}

/*
 * Decoding
 */

static sel_t *segment_of_prefix(x86emu_t *emu, uint8_t byte)
{
	switch (byte) {
	case 0x26:
		return emu->x86.R_ES_SEL;
	case 0x2e:
		return emu->x86.R_CS_SEL;
	case 0x36:
		return emu->x86.R_SS_SEL;
	case 0x3e:
		return emu->x86.R_DS_SEL;
	case 0x64:
		return emu->x86.R_FS_SEL;
	case 0x65:
		return emu->x86.R_GS_SEL;
	default:
		return NULL;
	}
}

/* Return whether a byte is a prefix, after taking it into account. */
static bool take_prefix(struct insn *insn, uint8_t byte)
{
	bool code32 = ACC_D(insn->emu->x86.R_CS_ACC);
	sel_t *segment = segment_of_prefix(insn->emu, byte);

	if (segment) {
		insn->segment = segment;
		insn->has_segment = true;
		return true;
	}
	switch (byte) {
	case 0x66:
		insn->data32 = !code32;
		return true;
	case 0x67:
		insn->addr32 = !code32;
		return true;
	case 0xf0:
		insn->locks = true;
		return true;
	case 0xf2:
	case 0xf3:
		return true;
	default:
		return false;
	}
}

static void default_segment(struct insn *insn, bool stack)
{
	if (!insn->has_segment)
		insn->segment = stack ? insn->emu->x86.R_SS_SEL : insn->emu->x86.R_DS_SEL;
}

static uint32_t displacement(struct insn *insn, unsigned int bytes)
{
	uint32_t value = insn_fetch(insn, bytes);

	return bytes == 1 ? (uint32_t)(int8_t)value : value;
}

static void address16(struct insn *insn)
{
	const x86emu_regs_t *cpu = &insn->emu->x86;
	const uint16_t sums[] = {
		cpu->R_BX + cpu->R_SI, cpu->R_BX + cpu->R_DI,
		cpu->R_BP + cpu->R_SI, cpu->R_BP + cpu->R_DI,
		cpu->R_SI, cpu->R_DI, cpu->R_BP, cpu->R_BX,
	};
	bool direct = insn->mod == 0 && insn->rm == 6;
	bool frame = insn->rm == 2 || insn->rm == 3 || (insn->rm == 6 && !direct);

	insn->offset = direct ? 0 : sums[insn->rm];
	if (direct || insn->mod == 2)
		insn->offset += displacement(insn, 2);
	else if (insn->mod == 1)
		insn->offset += displacement(insn, 1);
	insn->offset &= 0xffff;
	default_segment(insn, frame);
}

/* Add base and index of a SIB byte. Return the base register, 8 for none. */
static unsigned int take_sib(struct insn *insn)
{
	uint8_t sib = insn_fetch(insn, 1);
	unsigned int base = sib & 7, index = sib >> 3 & 7;

	if (index != ESP)
		insn->offset += insn_get_register(insn, index, 4) << (sib >> 6);
	return base == EBP && insn->mod == 0 ? 8 : base;
}

static void address32(struct insn *insn)
{
	unsigned int base = insn->rm;

	insn->offset = 0;
	if (base == ESP)
		base = take_sib(insn);
	else if (base == EBP && insn->mod == 0)
		base = 8;
	if (base < 8)
		insn->offset += insn_get_register(insn, base, 4);
	if (base == 8 || insn->mod == 2)
		insn->offset += displacement(insn, 4);
	else if (insn->mod == 1)
		insn->offset += displacement(insn, 1);
	default_segment(insn, base == ESP || base == EBP);
}

bool insn_has_modrm(uint16_t opcode)
{
	uint8_t byte = opcode;

	if (opcode & OPCODE_0F)
		return !(byte >= 0x05 && byte <= 0x0f && byte != 0x0d) &&
		       !(byte >= 0x30 && byte <= 0x37) && byte != 0x77 &&
		       !(byte >= 0x80 && byte <= 0x8f) &&
		       !((byte & 0xf0) == 0xa0 && (byte & 7) < 3) &&
		       !(byte >= 0xc8 && byte <= 0xcf);
	return (byte < 0x40 && (byte & 7) < 4) || byte == 0x62 || byte == 0x63 ||
	       byte == 0x69 || byte == 0x6b || (byte >= 0x80 && byte <= 0x8f) ||
	       byte == 0xc0 || byte == 0xc1 || (byte >= 0xc4 && byte <= 0xc7) ||
	       (byte >= 0xd0 && byte <= 0xd3) || (byte >= 0xd8 && byte <= 0xdf) ||
	       byte == 0xf6 || byte == 0xf7 || byte >= 0xfe;
}

static void take_modrm(struct insn *insn)
{
	uint8_t byte = insn_fetch(insn, 1);

	insn->mod = byte >> 6;
	insn->reg = byte >> 3 & 7;
	insn->rm = byte & 7;
	if (!insn_is_memory(insn))
		return;
	if (insn->addr32)
		address32(insn);
	else
		address16(insn);
}

/*
 * Decode the instruction at CS:EIP up to its immediate operands. Return false if it is not
 * in the megabyte, which libx86emu finds out, too.
 */
bool insn_decode(struct insn *insn, x86emu_t *emu)
{
	bool code32 = ACC_D(emu->x86.R_CS_ACC);
	uint32_t address = emu->x86.R_CS_BASE + emu->x86.R_EIP;
	uint8_t byte;

	if (address >= VPMEM_INT10_SPACE)
		return false;
	*insn = (struct insn){
		.emu = emu,
		.next = emu->x86.R_EIP,
		.data32 = code32,
		.addr32 = code32,
		.mod = 3,
	};
	do {
		byte = insn_fetch(insn, 1);
	} while (take_prefix(insn, byte));
	insn->opcode = byte == 0x0f ? OPCODE_0F | insn_fetch(insn, 1) : byte;
	insn->has_modrm = insn_has_modrm(insn->opcode);
	if (insn->has_modrm)
		take_modrm(insn);
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Instructions that the engine on libx86emu decodes and runs itself.
 */
#ifndef INSN_H
#define INSN_H

#include <stdbool.h>
#include <stdint.h>
#include <x86emu.h>
#include "engine.h"

#define OPCODE_0F	0x0f00		/* or-ed to the second byte of 0Fh opcodes */
#define LONGEST		15		/* bytes of an instruction */

#define EXCEPTION_DIVIDE	0
#define EXCEPTION_BOUND		5
#define EXCEPTION_UD		6
#define EXCEPTION_STACK		12
#define EXCEPTION_GP		13

/* Registers by their numbers in the encoding */
#define ESP		4
#define EBP		5

#define F_SZP		(F_SF | F_ZF | F_PF)
#define F_ARITHMETIC	(F_SZP | F_CF | F_OF | F_AF)

struct insn {
	x86emu_t *emu;
	uint32_t next;			/* EIP of the byte that is read next */
	uint16_t opcode;
	bool data32, addr32;
	bool has_segment;		/* by a prefix */
	bool locks;			/* has a prefix LOCK */
	bool has_modrm;
	uint8_t mod, reg, rm;
	sel_t *segment;			/* of a memory operand */
	uint32_t offset;
};

/* decode.c */
bool insn_decode(struct insn *insn, x86emu_t *emu);
bool insn_has_modrm(uint16_t opcode);
uint32_t insn_fetch(struct insn *insn, unsigned int bytes);
bool insn_is_memory(const struct insn *insn);
unsigned int insn_bytes(const struct insn *insn);
uint32_t insn_get_register(const struct insn *insn, unsigned int name, unsigned int bytes);
void insn_set_register(const struct insn *insn, unsigned int name, unsigned int bytes,
		       uint32_t value);
uint32_t insn_read(const struct insn *insn, uint32_t offset, unsigned int bytes);
void insn_write(const struct insn *insn, uint32_t offset, unsigned int bytes, uint32_t value);
uint32_t insn_get(const struct insn *insn, unsigned int bytes);
void insn_set(const struct insn *insn, unsigned int bytes, uint32_t value);

/* arithmetic.c */
bool insn_flag(const struct insn *insn, uint32_t mask);
void insn_set_flags(const struct insn *insn, uint32_t mask, uint32_t value);
bool insn_shift(struct insn *insn);
bool insn_shift_double(struct insn *insn);
bool insn_bit_test(struct insn *insn);
bool insn_bit_scan(struct insn *insn);
bool insn_exchange_add(struct insn *insn);
bool insn_compare_exchange(struct insn *insn);
bool insn_compare_exchange8(struct insn *insn);
bool insn_divide(struct insn *insn);
bool insn_aam(struct insn *insn);
bool insn_das(struct insn *insn);
bool insn_bound(struct insn *insn);

/* correct.c */
void insn_init(void);
bool insn_is_suspect(const x86emu_t *emu);
bool insn_correct(struct insn *insn);

/* engine_x86emu.c */
void engine_end(enum engine_reason reason, unsigned int number) __attribute__((noreturn));
void engine_exception(unsigned int number) __attribute__((noreturn));

#endif /* INSN_H */

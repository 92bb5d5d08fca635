// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instructions that Unicorn 2.1 computes wrong: ENTER with 32 bits on a stack of 16 leaves
 * the upper half of EBP as it was, and NEG with LOCK sets wrong flags. A hook for every
 * instruction would make all code slow. So each block is looked through for bytes that may
 * be one of these, and only instructions at such places get a hook.
 */

#include <string.h>
#include "int10d.h"
#include "suspect.h"

#define ENTER		0xc8
#define ENTER_SIZE	4
#define LOCK		0xf0
#define OPERAND_SIZE	0x66
#define GROUP_3		0xf6		/* and F7; NEG is 3 in the middle of the next byte */
#define NEG		3

/* Prefixes that are looked for before an opcode */
#define PREFIXES	4
#define MOST_HOOKS	256

#define IS_SEEN		1		/* block */
#define HAS_HOOKS	2		/* block */
#define IS_HOOKED	4		/* opcode */

static struct {
	uc_engine *uc;
	const uint8_t *space;
	uint8_t flags[VPMEM_INT10_SPACE];	/* of blocks by their begin, and of opcodes */
	uint32_t block, block_size, opcode;	/* that was found */
	unsigned int nr_hooks;
	uint32_t after_enter;			/* address behind it, or 0 */
	const char *fault;
} suspect;

void suspect_init(struct uc_struct *uc, const uint8_t *space)
{
	suspect.uc = uc;
	suspect.space = space;
}

void suspect_reset(void)
{
	suspect.after_enter = 0;
	suspect.fault = NULL;
}

const char *suspect_fault(void)
{
	return suspect.fault;
}

void suspect_translated(uint32_t address)
{
	if (address < VPMEM_INT10_SPACE)
		suspect.flags[address] &= ~IS_SEEN;
}

static bool is_prefix(uint8_t byte)
{
	static const uint8_t known[] = {
		0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, OPERAND_SIZE, 0x67, LOCK, 0xf2, 0xf3,
	};

	return memchr(known, byte, sizeof(known));
}

/* Tell whether there is a certain prefix before an opcode, from some address on. */
static bool has_prefix(uint32_t begin, uint32_t opcode, uint8_t prefix)
{
	while (opcode > begin && is_prefix(suspect.space[opcode - 1]))
		if (suspect.space[--opcode] == prefix)
			return true;
	return false;
}

/* @begin: where the instruction begins, at the earliest */
static bool is_suspect(uint32_t begin, uint32_t opcode)
{
	const uint8_t *code = suspect.space + opcode;

	if (code[0] == ENTER)
		return has_prefix(begin, opcode, OPERAND_SIZE);
	return (code[0] & 0xfe) == GROUP_3 && (code[1] >> 3 & 7) == NEG && code[1] < 0xc0 &&
		has_prefix(begin, opcode, LOCK);
}

bool suspect_find(uint32_t address, uint32_t size)
{
	uint32_t opcode = address;

	if (address + size >= VPMEM_INT10_SPACE || suspect.flags[address] & IS_SEEN)
		return false;
	suspect.flags[address] &= ~HAS_HOOKS;
	for (; opcode < address + size; opcode++) {
		if (!(suspect.flags[opcode] & IS_HOOKED) && !is_suspect(address, opcode))
			continue;
		suspect.flags[address] |= HAS_HOOKS;
		if (suspect.flags[opcode] & IS_HOOKED)
			continue;
		suspect.block = address;
		suspect.block_size = size;
		suspect.opcode = opcode;
		return true;
	}
	suspect.flags[address] |= IS_SEEN;
	return false;
}

bool suspect_has_hooks(uint32_t address)
{
	return address < VPMEM_INT10_SPACE && suspect.flags[address] & HAS_HOOKS;
}

static uint32_t get(int name)
{
	uint32_t value = 0;

	uc_reg_read(suspect.uc, name, &value);
	return value;
}

static void set(int name, uint32_t value)
{
	uc_reg_write(suspect.uc, name, &value);
}

/* ENTER has run: its new EBP is the stack pointer, with all 32 bits. */
static void correct_frame(void)
{
	set(UC_X86_REG_EBP, (get(UC_X86_REG_ESP) & 0xffff0000) | (get(UC_X86_REG_EBP) & 0xffff));
}

/*
 * Leave LOCK out. It has no effect here, where only one processor runs the code. Hooks of
 * opcodes that were found close to each other call this once more for the same instruction,
 * so take its address and not EIP, which is behind LOCK by then.
 */
static void skip_lock(uc_engine *uc, uint32_t address)
{
	if (suspect.space[address] == LOCK) {
		set(UC_X86_REG_EIP, address + 1 - get(UC_X86_REG_CS) * 16);
		return;
	}
	suspect.fault = "NEG with LOCK behind another prefix";
	uc_emu_stop(uc);
}

/* Called before each instruction at a suspect place */
static void on_suspect(uc_engine *uc, uint64_t address, uint32_t size, void *data)
{
	uint32_t opcode = address;

	(void)size;
	(void)data;
	if (address == suspect.after_enter)
		correct_frame();
	suspect.after_enter = 0;
	if (get(UC_X86_REG_CR0) & 1)
		return;
	while (opcode - address < PREFIXES && is_prefix(suspect.space[opcode]))
		opcode++;
	if (!is_suspect(address, opcode))
		return;
	if (suspect.space[opcode] == ENTER)
		suspect.after_enter = opcode + ENTER_SIZE;
	else
		skip_lock(uc, address);
}

bool suspect_hook(void)
{
	uint64_t begin = suspect.opcode - PREFIXES, end = suspect.opcode + ENTER_SIZE;
	uc_hook hook;

	if (!suspect.opcode)
		return true;
	if (suspect.nr_hooks++ == MOST_HOOKS ||
	    uc_hook_add(suspect.uc, &hook, UC_HOOK_CODE, (void *)(uintptr_t)on_suspect, NULL,
			begin, end))
		return false;
	suspect.flags[suspect.opcode] |= IS_HOOKED;
	suspect.opcode = 0;
	uc_ctl_remove_cache(suspect.uc, (uint64_t)suspect.block,
			    (uint64_t)suspect.block + suspect.block_size + ENTER_SIZE);
	return true;
}

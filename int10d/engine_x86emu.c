// SPDX-License-Identifier: GPL-2.0-only
/*
 * Engine on libx86emu.
 *
 * The library calls back before each instruction, and for each access. What it computes
 * wrong is run by correct.c instead, and interrupts end the run. Every access is made by
 * memory.c and by the machine, with the width that the code chose: the library's own would
 * not do, since it has no ports unless EFLAGS say so, and drops an access without a word.
 *
 * Where the library cannot be told to stop, such as within a repeated instruction, it is
 * left by longjmp(): it holds nothing that would be lost.
 */

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <x86emu.h>
#if defined(__i386__) || defined(__x86_64__)
#include <cpuid.h>
#endif
#include "engine.h"
#include "insn.h"
#include "int10d.h"
#include "integer.h"

/* Instructions and accesses between two looks at the clock */
#define CHECK_INTERVAL		1024

static struct {
	x86emu_t *emu;
	uint8_t *space;
	struct engine_event *event;	/* of the run, or NULL */
	bool stopped;			/* by engine_stop() outside of a run */
	unsigned int interval;		/* of the clock checks */
	unsigned int until_check;
	uint64_t steps;
	jmp_buf end;
} engine = {
	.interval = CHECK_INTERVAL,
};

const char *engine_name(void)
{
	return "libx86emu";
}

const char *engine_unit(void)
{
	return "instructions";
}

uint64_t engine_steps(void)
{
	return engine.steps;
}

void engine_set_interval(unsigned int steps)
{
	engine.interval = steps;
}

/*
 * End of a run
 */

void engine_end(enum engine_reason reason, unsigned int number)
{
	engine.event->reason = reason;
	engine.event->number = number;
	longjmp(engine.end, 1);
}

void engine_exception(unsigned int number)
{
	engine_end(ENGINE_EXCEPTION, number);
}

void engine_stop(void)
{
	if (engine.event) {
		/* Name the instruction that was stopped, and not the next one. */
		engine.emu->x86.R_EIP = engine.emu->x86.saved_eip;
		engine_end(ENGINE_STOPPED, 0);
	}
	engine.stopped = true;
}

static void __attribute__((noreturn)) refuse(const char *why)
{
	snprintf(engine.event->why, sizeof(engine.event->why), "%s", why);
	engine_end(ENGINE_REFUSED, 0);
}

static void check_clock(void)
{
	if (--engine.until_check)
		return;
	engine.until_check = engine.interval;
	if (!clock_check())
		engine_stop();
}

/*
 * Handlers of the library
 */

/* Access the megabyte here, because that is nearly every access. */
static uint32_t read_memory(uint32_t address, unsigned int bytes)
{
	if (address <= VPMEM_INT10_SPACE - bytes)
		return integer_read(engine.space + address, bytes);
	return memory_read(address, bytes);
}

static void write_memory(uint32_t address, unsigned int bytes, uint32_t value)
{
	if (address <= VPMEM_INT10_SPACE - bytes)
		integer_write(engine.space + address, bytes, value);
	else
		memory_write(address, bytes, value);
}

static uint32_t fetch(const x86emu_t *emu, uint32_t address, unsigned int bytes)
{
	if (address > VPMEM_INT10_SPACE - bytes)
		refuse("no code beyond the first megabyte");
	if (emu->x86.instr_len + bytes > LONGEST)
		refuse("an instruction of more than 15 bytes");
	return integer_read(engine.space + address, bytes);
}

static unsigned int bytes_of(unsigned int type)
{
	switch (type & 0xff) {
	case X86EMU_MEMIO_32:
		return 4;
	case X86EMU_MEMIO_16:
		return 2;
	default:
		return 1;
	}
}

static unsigned int on_access(x86emu_t *emu, uint32_t address, uint32_t *value,
			      unsigned int type)
{
	unsigned int bytes = bytes_of(type);

	switch (type & ~0xffu) {
	case X86EMU_MEMIO_X:
		*value = fetch(emu, address, bytes);
		return 0;
	case X86EMU_MEMIO_R:
		*value = read_memory(address, bytes);
		break;
	case X86EMU_MEMIO_W:
		write_memory(address, bytes, *value);
		break;
	case X86EMU_MEMIO_I:
		*value = machine_in(address, bytes);
		break;
	case X86EMU_MEMIO_O:
		machine_out(address, bytes, *value);
		break;
	}
	/* A repeated instruction makes any number of accesses. */
	check_clock();
	return 0;
}

/* Handle exceptions; software interrupts do not get here. */
static int on_interrupt(x86emu_t *emu, uint8_t number, unsigned int type)
{
	/* The run does not return to where the library would clear it. */
	emu->x86.intr_type = 0;
	if (!(type & INTR_MODE_RESTART))
		engine_end(ENGINE_INTERRUPT, number);
	emu->x86.R_EIP = emu->x86.saved_eip;
	engine_exception(number);
}

/*
 * Run instructions that the library would compute wrong, until there is one for it. Return
 * 0 to have it run.
 */
static int on_instruction(x86emu_t *emu)
{
	struct insn insn;

	for (;;) {
		engine.steps++;
		check_clock();
		if (!insn_is_suspect(emu) || !insn_decode(&insn, emu) || !insn_correct(&insn))
			return 0;
		/* As the library does before it calls this */
		emu->x86.saved_cs = emu->x86.R_CS;
		emu->x86.saved_eip = emu->x86.R_EIP;
		emu->x86.instr_len = 0;
	}
}

/* The library has its count of instructions in an MSR; MSRs have no effect here. */
static void on_rdmsr(x86emu_t *emu)
{
	emu->x86.R_EAX = 0;
	emu->x86.R_EDX = 0;
}

static void on_wrmsr(x86emu_t *emu)
{
	(void)emu;
}

#if defined(__i386__) || defined(__x86_64__)
static void on_cpuid(x86emu_t *emu)
{
	x86emu_regs_t *cpu = &emu->x86;

	__cpuid_count(cpu->R_EAX, cpu->R_ECX, cpu->R_EAX, cpu->R_EBX, cpu->R_ECX,
		      cpu->R_EDX);
}
#endif

/*
 * Engine
 */

bool engine_init(uint8_t *space)
{
	engine.space = space;
	if (engine.emu)
		return true;
	engine.emu = x86emu_new(X86EMU_PERM_VALID | X86EMU_PERM_RWX, 0);
	if (!engine.emu) {
		log_line("no memory for libx86emu");
		return false;
	}
	insn_init();
	x86emu_set_memio_handler(engine.emu, on_access);
	x86emu_set_intr_handler(engine.emu, on_interrupt);
	x86emu_set_code_handler(engine.emu, on_instruction);
	x86emu_set_rdmsr_handler(engine.emu, on_rdmsr);
	x86emu_set_wrmsr_handler(engine.emu, on_wrmsr);
#if defined(__i386__) || defined(__x86_64__)
	x86emu_set_cpuid_handler(engine.emu, on_cpuid);
#endif
	return true;
}

void engine_reset(void)
{
	x86emu_reset(engine.emu);
	engine.stopped = false;
	engine.until_check = engine.interval;
	engine.steps = 0;
}

static uint32_t *general(enum engine_register name)
{
	x86emu_regs_t *cpu = &engine.emu->x86;

	switch (name) {
	case ENGINE_EAX:
		return &cpu->R_EAX;
	case ENGINE_EBX:
		return &cpu->R_EBX;
	case ENGINE_ECX:
		return &cpu->R_ECX;
	case ENGINE_EDX:
		return &cpu->R_EDX;
	case ENGINE_ESI:
		return &cpu->R_ESI;
	case ENGINE_EDI:
		return &cpu->R_EDI;
	case ENGINE_EBP:
		return &cpu->R_EBP;
	case ENGINE_ESP:
		return &cpu->R_ESP;
	case ENGINE_EIP:
		return &cpu->R_EIP;
	case ENGINE_EFLAGS:
		return &cpu->R_EFLG;
	default:
		return &cpu->R_CR0;
	}
}

static sel_t *segment(enum engine_register name)
{
	x86emu_regs_t *cpu = &engine.emu->x86;

	switch (name) {
	case ENGINE_CS:
		return cpu->R_CS_SEL;
	case ENGINE_DS:
		return cpu->R_DS_SEL;
	case ENGINE_ES:
		return cpu->R_ES_SEL;
	case ENGINE_SS:
		return cpu->R_SS_SEL;
	case ENGINE_FS:
		return cpu->R_FS_SEL;
	case ENGINE_GS:
		return cpu->R_GS_SEL;
	default:
		return NULL;
	}
}

uint32_t engine_get(enum engine_register name)
{
	const sel_t *selector = segment(name);

	return selector ? selector->sel : *general(name);
}

void engine_set(enum engine_register name, uint32_t value)
{
	if (segment(name))
		x86emu_set_seg_register(engine.emu, segment(name), value);
	else
		*general(name) = value;
}

void engine_run(struct engine_event *event)
{
	if (engine.stopped) {
		event->reason = ENGINE_STOPPED;
		return;
	}
	engine.event = event;
	if (setjmp(engine.end) == 0) {
		x86emu_run(engine.emu, 0);
		/* Only HLT ends the run, which correct.c has run instead. */
		event->reason = ENGINE_STOPPED;
	}
	engine.event = NULL;
}

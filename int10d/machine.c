// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine that the video BIOS runs on: a CPU in real mode, which libx86emu
 * emulates, the megabyte of the kernel's, and the ports.
 *
 * The library calls back for each access, and every access is made here, with the
 * width that the BIOS chose, as planar video memory and the registers of a device
 * need it. The library's own would not do: it believes that it has no ports unless
 * EFLAGS say so, which they do no more, and then drops every access without a word.
 *
 * A call has an end whatever the BIOS does. Instructions are counted, and so are
 * accesses, since one repeated instruction may make billions; and no instruction may
 * be longer than those of a CPU, since the library would read prefixes for ever. Where
 * the library cannot be told to stop, it is left by longjmp(): it holds nothing that
 * would be lost.
 */

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <x86emu.h>
#if defined(__i386__) || defined(__x86_64__)
#include <cpuid.h>
#endif
#include "int10d.h"

#define STACK_TOP		(VPMEM_INT10_HELPER_SIZE - 16)
#define LONGEST_INSTRUCTION	15
/* Accesses that a call may make for each instruction that it may run. */
#define ACCESSES		8

/* Code to run: INT 10h; HLT. The BIOS returns to the HLT, which ends the run. */
static const uint8_t stub[] = { 0xcd, 0x10, 0xf4 };
#define STUB_SEGMENT		(VPMEM_INT10_HELPER >> 4)
#define STUB_HLT		2

static struct {
	x86emu_t *emu;
	uint8_t *space;
	bool has_ports;
	uint64_t instructions;	/* that a call may run */
	uint64_t accesses;	/* that this one has still got */
	uint32_t function;	/* EAX of the call */
	uint32_t status;
	jmp_buf end;
} machine;

/* Integers anywhere in memory, each of which is to be one access. */
typedef volatile uint16_t __attribute__((aligned(1), may_alias)) any16;
typedef volatile uint32_t __attribute__((aligned(1), may_alias)) any32;

static void report(const char *why)
{
	const x86emu_regs_t *cpu = &machine.emu->x86;

	log_line("EAX=%08x stopped at %04x:%04x: %s", machine.function, cpu->saved_cs,
		 cpu->saved_eip, why);
}

static void __attribute__((noreturn, format(printf, 2, 3)))
stop(enum vpmem_int10_status status, const char *format, ...)
{
	char why[80];
	va_list list;

	va_start(list, format);
	vsnprintf(why, sizeof(why), format, list);
	va_end(list);
	report(why);
	machine.status = status;
	longjmp(machine.end, 1);
}

static bool is_mapped(uint32_t address, unsigned int bytes)
{
	return address <= VPMEM_INT10_SPACE - bytes;
}

/* Beyond the megabyte nothing answers. */
static uint32_t load(uint32_t address, unsigned int bytes)
{
	const volatile uint8_t *at = machine.space + address;
	unsigned int half = bytes / 2;

	if (!is_mapped(address, bytes)) {
		if (!half)
			return 0xff;
		return load(address, half) | load(address + half, half) << half * 8;
	}
	switch (bytes) {
	case 1:
		return *at;
	case 2:
		return *(const any16 *)at;
	default:
		return *(const any32 *)at;
	}
}

static void store(uint32_t address, unsigned int bytes, uint32_t value)
{
	volatile uint8_t *at = machine.space + address;
	unsigned int half = bytes / 2;

	if (!is_mapped(address, bytes)) {
		if (!half)
			return;
		store(address, half, value);
		store(address + half, half, value >> half * 8);
		return;
	}
	switch (bytes) {
	case 1:
		*at = value;
		break;
	case 2:
		*(any16 *)at = value;
		break;
	default:
		*(any32 *)at = value;
	}
}

static uint32_t fetch(const x86emu_t *emu, uint32_t address, unsigned int bytes)
{
	if (!is_mapped(address, bytes))
		stop(VPMEM_INT10_BAD_CODE, "no memory at %x", address);
	if (emu->x86.instr_len + bytes > LONGEST_INSTRUCTION)
		stop(VPMEM_INT10_BAD_CODE, "an instruction without end");
	return load(address, bytes);
}

static void count_access(void)
{
	if (machine.accesses-- == 0)
		stop(VPMEM_INT10_TOO_LONG, "too many accesses");
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
		*value = load(address, bytes);
		break;
	case X86EMU_MEMIO_W:
		store(address, bytes, *value);
		break;
	case X86EMU_MEMIO_I:
		*value = port_in(address, bytes);
		break;
	case X86EMU_MEMIO_O:
		port_out(address, bytes, *value);
		break;
	}
	count_access();
	return 0;
}

/* Leave software interrupts to the library, which uses the interrupt table. */
static int on_interrupt(x86emu_t *emu, uint8_t number, unsigned int type)
{
	bool real_mode = !(emu->x86.R_CR0 & 1);

	if (type & INTR_MODE_RESTART)
		stop(VPMEM_INT10_BAD_CODE, "exception %u", number);
	if (real_mode && !load(number * 4, 4))
		stop(VPMEM_INT10_BAD_CODE, "nothing behind INT %02xh", number);
	return 0;
}

/* The library keeps the count of instructions in an MSR, out of the BIOS's reach. */
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

/* The library divides without looking first, and what does not fit is a signal. */
static void on_division(int number)
{
	(void)number;
	stop(VPMEM_INT10_BAD_CODE, "exception 0");
}

bool machine_init(void *space, bool has_ports, uint64_t instructions)
{
	/* The handler does not return, so nothing would let the next signal in again. */
	struct sigaction division = { .sa_handler = on_division, .sa_flags = SA_NODEFER };

	sigaction(SIGFPE, &division, NULL);
	machine.space = space;
	machine.has_ports = has_ports;
	machine.instructions = instructions;
	machine.emu = x86emu_new(X86EMU_PERM_VALID | X86EMU_PERM_RWX, 0);
	if (!machine.emu)
		return false;
	x86emu_set_memio_handler(machine.emu, on_access);
	x86emu_set_intr_handler(machine.emu, on_interrupt);
	x86emu_set_rdmsr_handler(machine.emu, on_rdmsr);
	x86emu_set_wrmsr_handler(machine.emu, on_wrmsr);
#if defined(__i386__) || defined(__x86_64__)
	x86emu_set_cpuid_handler(machine.emu, on_cpuid);
#endif
	return true;
}

/* An empty vector, or one into memory without a ROM. */
static bool has_bios(void)
{
	uint32_t vector = load(0x10 * 4, 4);
	uint32_t code = load((vector >> 16) * 16 + (vector & 0xffff), 4);

	return vector && code && code != UINT32_MAX;
}

static void load_registers(const struct vpmem_int10_registers *registers)
{
	x86emu_regs_t *cpu = &machine.emu->x86;

	cpu->R_EAX = registers->eax;
	cpu->R_EBX = registers->ebx;
	cpu->R_ECX = registers->ecx;
	cpu->R_EDX = registers->edx;
	cpu->R_ESI = registers->esi;
	cpu->R_EDI = registers->edi;
	cpu->R_EBP = registers->ebp;
	x86emu_set_seg_register(machine.emu, cpu->R_DS_SEL, registers->ds);
	x86emu_set_seg_register(machine.emu, cpu->R_ES_SEL, registers->es);
}

static void save_registers(struct vpmem_int10_registers *registers)
{
	const x86emu_regs_t *cpu = &machine.emu->x86;

	registers->eax = cpu->R_EAX;
	registers->ebx = cpu->R_EBX;
	registers->ecx = cpu->R_ECX;
	registers->edx = cpu->R_EDX;
	registers->esi = cpu->R_ESI;
	registers->edi = cpu->R_EDI;
	registers->ebp = cpu->R_EBP;
	registers->ds = cpu->R_DS;
	registers->es = cpu->R_ES;
}

/* An earlier call may have left anything anywhere. */
static void set_up(const struct vpmem_int10_registers *registers)
{
	x86emu_regs_t *cpu = &machine.emu->x86;

	memcpy(machine.space + VPMEM_INT10_HELPER, stub, sizeof(stub));
	x86emu_reset(machine.emu);
	x86emu_set_seg_register(machine.emu, cpu->R_CS_SEL, STUB_SEGMENT);
	x86emu_set_seg_register(machine.emu, cpu->R_SS_SEL, STUB_SEGMENT);
	cpu->R_EIP = 0;
	cpu->R_ESP = STACK_TOP;
	cpu->R_EFLG = F_ALWAYS_ON | F_IF;
	load_registers(registers);
	machine.emu->max_instr = machine.instructions;
	machine.accesses = machine.instructions * ACCESSES;
	machine.function = registers->eax;
}

static bool is_back(const x86emu_regs_t *cpu)
{
	return cpu->saved_cs == STUB_SEGMENT && cpu->saved_eip == STUB_HLT;
}

static void run(void)
{
	unsigned int reason = x86emu_run(machine.emu, X86EMU_RUN_MAX_INSTR);

	if (reason & X86EMU_RUN_MAX_INSTR)
		stop(VPMEM_INT10_TOO_LONG, "too many instructions");
	if (!is_back(&machine.emu->x86))
		stop(VPMEM_INT10_BAD_CODE, "HLT");
	machine.status = VPMEM_INT10_DONE;
}

void machine_call(const struct vpmem_int10_request *request,
		  struct vpmem_int10_reply *reply)
{
	memset(reply, 0, sizeof(*reply));
	reply->sequence = request->sequence;
	if (!machine.has_ports) {
		reply->status = VPMEM_INT10_NO_PORTS;
		return;
	}
	if (!has_bios()) {
		reply->status = VPMEM_INT10_NO_BIOS;
		return;
	}
	set_up(&request->registers);
	if (setjmp(machine.end) == 0)
		run();
	reply->status = machine.status;
	reply->instructions = machine.emu->x86.R_TSC;
	save_registers(&reply->registers);
}

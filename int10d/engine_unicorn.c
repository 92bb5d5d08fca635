// SPDX-License-Identifier: GPL-2.0-only
/*
 * Engine on Unicorn, QEMU's processor as a library. It translates blocks of code to code of
 * the host. The whole megabyte is mapped into it, so that its code reads and writes that
 * itself: a callback for the video memory would get an unaligned access as several ones.
 *
 * Translations are kept from call to call, since most calls run the same ROM. The library
 * sees when its own code writes over code, but not when others do. So a copy is kept of all
 * code that ran, and compared before the next call.
 *
 * A callback says which pages there are. Each page above the megabyte is refused once, and
 * the run goes on from the instruction that accesses it: that is how an access that ends
 * the call has the right address of the code, which a callback for memory does not know.
 *
 * Traps of Unicorn 2.1 that this file avoids:
 * - It dies when its buffer for translations is full, so that is emptied before.
 * - An exception stays on its record, and makes the next one a double fault.
 * - It leaves interrupts to its user, reports those by an instruction like exceptions, and
 *   INT 6 and INT1 as invalid instructions.
 * - It starts at an offset of 16 bits, even if code runs in protected mode.
 * - It skips SYSCALL, and computes what suspect.c has wrong.
 * - Of -2^63 / -1 it takes the quotient, which is an exception of the host.
 */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unicorn/unicorn.h>
#include "code.h"
#include "engine.h"
#include "int10d.h"
#include "suspect.h"

#define CHECK_INTERVAL	1024		/* blocks */

/* Buffer for translations, and bounds of what one takes for each byte of code, and more */
#define BUFFER_SIZE	0x2000000
#define BUFFER_RESERVE	0x100000
#define BYTES_PER_BYTE	600
#define BYTES_PER_BLOCK	512

#define MANY_CHANGES	64
#define HOOKED_BLOCKS	65536

#define VIDEO_MEMORY	0xa0000
#define ROMS		0xc0000

#define CR0_AT_RESET	0x00000010
#define CR0_PE		0x00000001
#define CR0_PG		0x80000000

#define PAGE_SHIFT	12
#define NR_PAGES	(1 << (32 - PAGE_SHIFT))

#define INT_N		0xcd
#define INT_1		0xf1
#define LONGEST_INSTRUCTION	15

static struct {
	uc_engine *uc;
	uc_context *fresh;		/* state after a reset */
	struct engine_event *event;	/* of the run, once there is one */
	bool stopped;			/* by engine_stop() or by the clock */
	bool interrupted;		/* by this file, to go on at once */
	const char *page_fault;		/* or NULL */
	bool is_page_new;
	bool is_syscall;
	uint32_t syscall_at;		/* EIP of it */
	uint32_t start_at;		/* EIP of the start, if it has more than 16 bits */
	uint64_t blocks;
	unsigned int hooked_blocks;	/* that ran one after the other */
	uint32_t translated;		/* bytes of the buffer that are in use, at most */
	struct {
		uint32_t address;
		uint32_t size;
	} block;			/* that runs */
	unsigned int interval;		/* blocks between two looks at the clock */
	unsigned int until_check;	/* blocks until the next one */
} engine = {
	.interval = CHECK_INTERVAL,
};

const char *engine_name(void)
{
	static char name[32];
	unsigned int version = uc_version(NULL, NULL);

	snprintf(name, sizeof(name), "Unicorn %u.%u.%u", version >> 24, version >> 16 & 0xff,
		 version >> 8 & 0xff);
	return name;
}

const char *engine_unit(void)
{
	return "blocks";
}

uint64_t engine_steps(void)
{
	return engine.blocks;
}

void engine_set_interval(unsigned int steps)
{
	engine.interval = steps;
}

/*
 * Registers
 */

static const int names[] = {
	[ENGINE_EAX] = UC_X86_REG_EAX,
	[ENGINE_EBX] = UC_X86_REG_EBX,
	[ENGINE_ECX] = UC_X86_REG_ECX,
	[ENGINE_EDX] = UC_X86_REG_EDX,
	[ENGINE_ESI] = UC_X86_REG_ESI,
	[ENGINE_EDI] = UC_X86_REG_EDI,
	[ENGINE_EBP] = UC_X86_REG_EBP,
	[ENGINE_ESP] = UC_X86_REG_ESP,
	[ENGINE_EIP] = UC_X86_REG_EIP,
	[ENGINE_EFLAGS] = UC_X86_REG_EFLAGS,
	[ENGINE_CS] = UC_X86_REG_CS,
	[ENGINE_DS] = UC_X86_REG_DS,
	[ENGINE_ES] = UC_X86_REG_ES,
	[ENGINE_SS] = UC_X86_REG_SS,
	[ENGINE_FS] = UC_X86_REG_FS,
	[ENGINE_GS] = UC_X86_REG_GS,
	[ENGINE_CR0] = UC_X86_REG_CR0,
};

uint32_t engine_get(enum engine_register name)
{
	uint32_t value = 0;

	uc_reg_read(engine.uc, names[name], &value);
	return value;
}

void engine_set(enum engine_register name, uint32_t value)
{
	uc_reg_write(engine.uc, names[name], &value);
}

/* Registers of a program, in the order in which they can be written */
static const int kept[] = {
	UC_X86_REG_CR0, UC_X86_REG_CR4, UC_X86_REG_GDTR, UC_X86_REG_IDTR, UC_X86_REG_CS,
	UC_X86_REG_DS, UC_X86_REG_ES, UC_X86_REG_SS, UC_X86_REG_FS, UC_X86_REG_GS,
	UC_X86_REG_EAX, UC_X86_REG_EBX, UC_X86_REG_ECX, UC_X86_REG_EDX, UC_X86_REG_ESI,
	UC_X86_REG_EDI, UC_X86_REG_EBP, UC_X86_REG_ESP, UC_X86_REG_EIP, UC_X86_REG_EFLAGS,
	UC_X86_REG_FPCW, UC_X86_REG_FPSW, UC_X86_REG_FPTAG, UC_X86_REG_MXCSR,
	UC_X86_REG_FP0, UC_X86_REG_FP1, UC_X86_REG_FP2, UC_X86_REG_FP3,
	UC_X86_REG_FP4, UC_X86_REG_FP5, UC_X86_REG_FP6, UC_X86_REG_FP7,
	UC_X86_REG_XMM0, UC_X86_REG_XMM1, UC_X86_REG_XMM2, UC_X86_REG_XMM3,
	UC_X86_REG_XMM4, UC_X86_REG_XMM5, UC_X86_REG_XMM6, UC_X86_REG_XMM7,
};

#define NR_KEPT	(sizeof(kept) / sizeof(*kept))

/*
 * Take an exception off the library's record. Otherwise the next one would be a double
 * fault, and the one after it a halt. The record is part of the state after a reset only.
 */
static void forget_exception(void)
{
	union {
		uc_x86_mmr table;
		uint64_t number[2];
	} values[NR_KEPT] = { 0 };
	size_t i;

	for (i = 0; i < NR_KEPT; i++)
		uc_reg_read(engine.uc, kept[i], &values[i]);
	uc_context_restore(engine.uc, engine.fresh);
	for (i = 0; i < NR_KEPT; i++)
		uc_reg_write(engine.uc, kept[i], &values[i]);
}

static bool in_protected_mode(void)
{
	return engine_get(ENGINE_CR0) & CR0_PE;
}

/*
 * Events
 */

static void set_event(enum engine_reason reason, unsigned int number)
{
	engine.event->reason = reason;
	engine.event->number = number;
}

static void refuse(const char *why)
{
	set_event(ENGINE_REFUSED, 0);
	snprintf(engine.event->why, sizeof(engine.event->why), "%s", why);
}

/* Base of CS. Its descriptor has that in protected mode, unless it is a local one. */
static uint32_t code_base(void)
{
	uint32_t selector = engine_get(ENGINE_CS);
	uint8_t descriptor[8] = { 0 };
	uc_x86_mmr table;

	if (!in_protected_mode())
		return selector * 16;
	uc_reg_read(engine.uc, UC_X86_REG_GDTR, &table);
	uc_mem_read(engine.uc, table.base + (selector & ~7), descriptor, sizeof(descriptor));
	return descriptor[2] | descriptor[3] << 8 | descriptor[4] << 16 |
		(uint32_t)descriptor[7] << 24;
}

/* Address of the code that is at some distance from CS:EIP */
static uint32_t code_address(int distance)
{
	return code_base() + engine_get(ENGINE_EIP) + distance;
}

static uint8_t code_at(int distance)
{
	uint8_t byte = 0;

	uc_mem_read(engine.uc, code_address(distance), &byte, 1);
	return byte;
}

static bool in_block(uint32_t address)
{
	return address - engine.block.address < engine.block.size;
}

/*
 * Tell an interrupt by an instruction, behind which EIP is then, from an exception, whose
 * EIP is that of an instruction within the block that runs. INT ends its block, so EIP is
 * not within it. Exceptions 3 and 4 exist by INT3 and INTO only.
 */
static bool is_software(unsigned int number)
{
	if (number == 3 || number == 4)
		return true;
	return code_at(-2) == INT_N && code_at(-1) == number && !in_block(code_address(0));
}

static void skip_code(unsigned int bytes)
{
	engine_set(ENGINE_EIP, engine_get(ENGINE_EIP) + bytes);
}

/* Number of prefixes at CS:EIP: segments, sizes, LOCK and repetition */
static unsigned int prefixes(void)
{
	static const uint8_t known[] = {
		0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3,
	};
	unsigned int n = 0;

	while (n < LONGEST_INSTRUCTION && memchr(known, code_at(n), sizeof(known)))
		n++;
	return n;
}

/* Find out what an instruction is that the library calls invalid. */
static void set_event_of_invalid(void)
{
	unsigned int n = prefixes();

	if (code_at(n) == INT_N && code_at(n + 1) == 6) {
		skip_code(n + 2);
		set_event(ENGINE_INTERRUPT, 6);
	} else if (code_at(n) == INT_1) {
		skip_code(n + 1);
		set_event(ENGINE_INTERRUPT, 1);
	} else {
		set_event(ENGINE_EXCEPTION, 6);
	}
}

static void set_event_of_syscall(void)
{
	engine_set(ENGINE_EIP, engine.syscall_at);
	set_event(ENGINE_EXCEPTION, 6);
}

static void set_event_of_error(uc_err error)
{
	if (error == UC_ERR_INSN_INVALID)
		set_event_of_invalid();
	else
		refuse(engine.page_fault ? engine.page_fault : uc_strerror(error));
}

/*
 * Callbacks of the library
 */

static bool is_buffer_full(void)
{
	return engine.translated > BUFFER_SIZE - BUFFER_RESERVE;
}

static void check_clock(void)
{
	engine.until_check = engine.interval;
	if (!clock_check())
		engine.stopped = true;
}

/* Correct the start of a run: the library has cut it to 16 bits. */
static void go_to_start(void)
{
	engine_set(ENGINE_EIP, engine.start_at);
	engine.start_at = 0;
}

/* A stop at a block with hooks loses state, so stop there only if nothing else runs. */
static bool cannot_stop(uint32_t address)
{
	engine.hooked_blocks = suspect_has_hooks(address) ? engine.hooked_blocks + 1 : 0;
	return engine.hooked_blocks && engine.hooked_blocks % HOOKED_BLOCKS;
}

static void on_block(uc_engine *uc, uint64_t address, uint32_t size, void *data)
{
	(void)data;
	if (engine.start_at) {
		go_to_start();
		return;
	}
	engine.block.address = address;
	engine.block.size = size;
	code_keep(address, size);
	engine.blocks++;
	if (suspect_find(address, size))
		engine.interrupted = true;
	else if (cannot_stop(address))
		return;
	if (!--engine.until_check)
		check_clock();
	if (is_buffer_full())
		engine.interrupted = true;
	/* Only here the library stops with all of its state right. */
	if (engine.stopped || engine.interrupted)
		uc_emu_stop(uc);
}

static void on_translation(uc_engine *uc, uc_tb *block, uc_tb *previous, void *data)
{
	(void)uc;
	(void)previous;
	(void)data;
	suspect_translated(block->pc);
	engine.translated += BYTES_PER_BLOCK + BYTES_PER_BYTE * block->size;
}

static void on_interrupt(uc_engine *uc, uint32_t number, void *data)
{
	(void)data;
	set_event(is_software(number) ? ENGINE_INTERRUPT : ENGINE_EXCEPTION, number);
	uc_emu_stop(uc);
}

static bool on_invalid(uc_engine *uc, void *data)
{
	(void)uc;
	(void)data;
	return false;
}

/* SYSCALL, which is invalid without 64 bits, but which the library skips. */
static void on_syscall(uc_engine *uc, void *data)
{
	(void)data;
	engine.syscall_at = engine_get(ENGINE_EIP);
	engine.is_syscall = true;
	uc_emu_stop(uc);
}

/* Pages above the megabyte that the call has accessed */
static struct {
	bool is_used[NR_PAGES];
	uint32_t used[NR_PAGES];
	unsigned int nr_used;
} pages;

static void forget_pages(void)
{
	while (pages.nr_used)
		pages.is_used[pages.used[--pages.nr_used]] = false;
	uc_ctl_flush_tlb(engine.uc);
}

/* Tell whether a page was accessed before, and note that it is now. */
static bool use_page(uint32_t page)
{
	if (pages.is_used[page])
		return true;
	pages.is_used[page] = true;
	pages.used[pages.nr_used++] = page;
	return false;
}

static const char *fault_of_code(uint64_t address)
{
	if (address >= VPMEM_INT10_SPACE)
		return "no code beyond the first megabyte";
	return address >= VIDEO_MEMORY && address < ROMS ? "no code in video memory" : NULL;
}

/* Describe a page, or return false, which ends the run before the access to it. */
static bool on_page(uc_engine *uc, uint64_t address, uc_mem_type type, uc_tlb_entry *entry,
		    void *data)
{
	bool is_code = type == UC_MEM_FETCH;

	(void)uc;
	(void)data;
	entry->paddr = address >> PAGE_SHIFT << PAGE_SHIFT;
	entry->perms = UC_PROT_READ | UC_PROT_WRITE | (is_code ? UC_PROT_EXEC : 0);
	engine.page_fault = is_code ? fault_of_code(address) : NULL;
	if (engine_get(ENGINE_CR0) & CR0_PG)
		engine.page_fault = "no paging";
	if (engine.page_fault)
		return false;
	engine.is_page_new = address >= VPMEM_INT10_SPACE && !use_page(address >> PAGE_SHIFT);
	return !engine.is_page_new;
}

static uint32_t on_in(uc_engine *uc, uint32_t port, int bytes, void *data)
{
	(void)uc;
	(void)data;
	return machine_in(port, bytes);
}

static void on_out(uc_engine *uc, uint32_t port, int bytes, uint32_t value, void *data)
{
	(void)uc;
	(void)data;
	machine_out(port, bytes, value);
}

/* Memory above the megabyte. The FPU accesses eight bytes. */
static uint64_t on_read(uc_engine *uc, uint64_t offset, unsigned int bytes, void *data)
{
	uint32_t address = VPMEM_INT10_SPACE + offset;

	(void)uc;
	(void)data;
	if (bytes <= 4)
		return memory_read(address, bytes);
	return memory_read(address, 4) | (uint64_t)memory_read(address + 4, 4) << 32;
}

static void on_write(uc_engine *uc, uint64_t offset, unsigned int bytes, uint64_t value,
		     void *data)
{
	uint32_t address = VPMEM_INT10_SPACE + offset;

	(void)uc;
	(void)data;
	if (bytes <= 4) {
		memory_write(address, bytes, value);
		return;
	}
	memory_write(address, 4, value);
	memory_write(address + 4, 4, value >> 32);
}

/*
 * Exception of the host: the library divides -2^63 by -1, whose quotient does not fit.
 * Take the dividend for the quotient, as other processors do. The library then sees that
 * this does not fit into a register of the machine, which is the exception of the machine.
 */
#ifdef __x86_64__
#include <ucontext.h>

/* REX, and IDIV of a register */
static bool is_division(const uint8_t *code)
{
	return (code[0] & 0xf0) == 0x40 && code[1] == 0xf7 && (code[2] & 0xf8) == 0xf8;
}

static void on_division(int number, siginfo_t *info, void *context)
{
	greg_t *cpu = ((ucontext_t *)context)->uc_mcontext.gregs;

	(void)number;
	(void)info;
	if (!is_division((const uint8_t *)cpu[REG_RIP]))
		die("Unicorn: division failed");
	cpu[REG_RIP] += 3;
	cpu[REG_RDX] = 0;
}

static void handle_division(void)
{
	struct sigaction action = { .sa_sigaction = on_division, .sa_flags = SA_SIGINFO };

	sigaction(SIGFPE, &action, NULL);
}
#else
static void handle_division(void)
{
}
#endif

/*
 * Start
 */

/* Function pointers are no pointers to objects, which uc_hook_add() asks for. */
#define add_hook(type, function, ...) ({					\
	uc_hook hook;								\
										\
	uc_hook_add(engine.uc, &hook, type, (void *)(uintptr_t)(function), NULL, 1, 0,	\
		    ##__VA_ARGS__) == UC_ERR_OK;				\
})

static bool add_hooks(void)
{
	return add_hook(UC_HOOK_BLOCK, on_block) &&
		add_hook(UC_HOOK_EDGE_GENERATED, on_translation) &&
		add_hook(UC_HOOK_TLB_FILL, on_page) &&
		add_hook(UC_HOOK_INTR, on_interrupt) &&
		add_hook(UC_HOOK_INSN_INVALID, on_invalid) &&
		add_hook(UC_HOOK_INSN, on_in, UC_X86_INS_IN) &&
		add_hook(UC_HOOK_INSN, on_out, UC_X86_INS_OUT) &&
		add_hook(UC_HOOK_INSN, on_syscall, UC_X86_INS_SYSCALL);
}

static bool map_memory(uint8_t *space)
{
	return !uc_mem_map_ptr(engine.uc, 0, VPMEM_INT10_SPACE, UC_PROT_ALL, space) &&
		!uc_mmio_map(engine.uc, VPMEM_INT10_SPACE, 0x100000000 - VPMEM_INT10_SPACE,
			     on_read, NULL, on_write, NULL);
}

/*
 * Open the library. The model is the last one without 64 bits, so without instructions that
 * no BIOS uses and that the library computes wrong, such as POPCNT.
 */
static bool open_library(void)
{
	return !uc_open(UC_ARCH_X86, UC_MODE_16, &engine.uc) &&
		!uc_ctl_set_tcg_buffer_size(engine.uc, BUFFER_SIZE) &&
		!uc_ctl_set_cpu_model(engine.uc, UC_CPU_X86_COREDUO) &&
		!uc_ctl_tlb_mode(engine.uc, UC_TLB_VIRTUAL) &&
		/* No address ends a run. */
		!uc_ctl_exits_enable(engine.uc);
}

/* Saving a state makes the library create its processor, and the buffer with it. */
static bool save_fresh_state(void)
{
	engine_set(ENGINE_CR0, CR0_AT_RESET);
	return !uc_context_alloc(engine.uc, &engine.fresh) &&
		!uc_context_save(engine.uc, engine.fresh);
}

bool engine_init(uint8_t *space)
{
	if (engine.uc)
		return true;
	handle_division();
	code_init(space);
	if (open_library() && map_memory(space) && add_hooks() && save_fresh_state()) {
		suspect_init(engine.uc, space);
		return true;
	}
	log_line("Unicorn: no memory, or a version that is not 2.1 or later");
	return false;
}

/*
 * Calls
 */

static void forget_translations(void)
{
	uc_ctl_flush_tb(engine.uc);
	code_forget();
	engine.translated = 0;
}

/* Where much has changed it is faster to empty the buffer. */
static void forget_changed_code(void)
{
	unsigned int changes = 0;
	uint64_t begin, end;

	while (code_find_change(&begin, &end) && ++changes < MANY_CHANGES)
		uc_ctl_remove_cache(engine.uc, begin, end);
	if (changes == MANY_CHANGES)
		forget_translations();
}

void engine_reset(void)
{
	uc_context_restore(engine.uc, engine.fresh);
	forget_pages();
	/* Needs a fresh state: the library looks the pages of the code up. */
	forget_changed_code();
	suspect_reset();
	engine.stopped = false;
	engine.blocks = 0;
	engine.until_check = engine.interval;
}

void engine_stop(void)
{
	engine.stopped = true;
	uc_emu_stop(engine.uc);
}

/* Run until there is an event. The library returns without one after HLT. */
static void run(void)
{
	uint32_t eip = engine_get(ENGINE_EIP);
	uc_err error;

	engine.interrupted = false;
	engine.is_page_new = false;
	engine.page_fault = NULL;
	engine.is_syscall = false;
	engine.start_at = eip > UINT16_MAX ? eip : 0;
	set_event(ENGINE_HLT, 0);
	error = uc_emu_start(engine.uc, engine_get(ENGINE_CS) * 16 + (uint16_t)eip, 0, 0, 0);
	if (suspect_fault())
		refuse(suspect_fault());
	else if (engine.is_page_new)
		engine.interrupted = true;
	else if (error)
		set_event_of_error(error);
	else if (engine.is_syscall)
		set_event_of_syscall();
	else if (engine.stopped)
		set_event(ENGINE_STOPPED, 0);
	engine.stopped = false;
}

void engine_run(struct engine_event *event)
{
	engine.event = event;
	do {
		if (is_buffer_full())
			forget_translations();
		if (!suspect_hook()) {
			refuse("too many instructions that need a hook");
			return;
		}
		run();
	} while (engine.interrupted && event->reason == ENGINE_HLT);
	if (event->reason == ENGINE_EXCEPTION && !in_protected_mode())
		forget_exception();
}

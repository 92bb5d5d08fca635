// SPDX-License-Identifier: GPL-2.0-only
/*
 * Machine that the video BIOS runs on: a processor in real mode (engine.h), the megabyte
 * of the kernel's, the ports, and time.
 *
 * The engine stops at each interrupt and exception, which go through the interrupt table
 * here, and where only the machine knows what follows. A call has an end whatever the
 * BIOS does: the clock stops the engine when the time is over.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "clock.h"
#include "engine.h"
#include "int10d.h"

#define STACK_TOP	(VPMEM_INT10_HELPER_SIZE - 16)

/* Code to run: INT 10h; HLT. The BIOS returns to the HLT, which ends the run. */
static const uint8_t stub[] = { 0xcd, 0x10, 0xf4 };
#define STUB_SEGMENT	(VPMEM_INT10_HELPER >> 4)
#define STUB_HLT	2

/* System BIOS, whose handlers of exceptions are for interrupts of devices */
#define SYSTEM_BIOS	0xf0000

#define VECTOR_SYSTEM	0x15
#define SYSTEM_WAIT	0x86		/* AH: wait CX:DX microseconds */

#define FLAG_CF		0x00000001
#define FLAG_TF		0x00000100
#define FLAG_IF		0x00000200
#define FLAG_AC		0x00040000
#define FLAGS_AT_START	0x00000202
#define CR0_PE		0x00000001

#define NS_PER_US	1000ULL

static struct {
	uint8_t *space;
	bool has_ports;
	uint32_t function;		/* EAX of the call */
	uint32_t status;
} machine;

/*
 * End of a call
 */

/* Log why the BIOS was stopped, and where. Return false: the call does not go on. */
static bool __attribute__((format(printf, 3, 4)))
stop_at(uint32_t ip, enum vpmem_int10_status status, const char *format, ...)
{
	char why[80];
	va_list list;

	va_start(list, format);
	vsnprintf(why, sizeof(why), format, list);
	va_end(list);
	log_line("EAX=%08x stopped at %04x:%04x: %s", machine.function,
		 engine_get(ENGINE_CS), ip, why);
	machine.status = status;
	return false;
}

#define stop(status, ...)	stop_at(engine_get(ENGINE_EIP), status, __VA_ARGS__)

static bool stop_too_long(void)
{
	return stop(VPMEM_INT10_TOO_LONG, "no end within %llu ms",
		    (unsigned long long)clock_elapsed() / 1000000);
}

/*
 * Ports: the timer chip is emulated, all others are those of the host.
 */

static bool has_timer(uint16_t port, unsigned int bytes)
{
	unsigned int i;

	for (i = 0; i < bytes; i++)
		if (timer_has_port(port + i))
			return true;
	return false;
}

static uint8_t byte_in(uint16_t port)
{
	return timer_has_port(port) ? timer_in(port) : port_in(port, 1);
}

static void byte_out(uint16_t port, uint8_t value)
{
	if (timer_has_port(port))
		timer_out(port, value);
	else
		port_out(port, 1, value);
}

uint32_t machine_in(uint16_t port, unsigned int bytes)
{
	uint32_t value = 0;
	unsigned int i;

	if (!has_timer(port, bytes))
		return port_in(port, bytes);
	for (i = 0; i < bytes; i++)
		value |= (uint32_t)byte_in(port + i) << i * 8;
	return value;
}

void machine_out(uint16_t port, unsigned int bytes, uint32_t value)
{
	unsigned int i;

	if (!has_timer(port, bytes)) {
		port_out(port, bytes, value);
		return;
	}
	for (i = 0; i < bytes; i++)
		byte_out(port + i, value >> i * 8);
}

/*
 * Interrupts
 */

static void push(uint16_t value)
{
	uint32_t esp = engine_get(ENGINE_ESP);
	uint16_t sp = esp - 2;

	memory_write(engine_get(ENGINE_SS) * 16 + sp, 2, value);
	engine_set(ENGINE_ESP, (esp & 0xffff0000) | sp);
}

static uint32_t vector_of(unsigned int number)
{
	return memory_read(number * 4, 4);
}

static uint32_t linear(uint32_t vector)
{
	return (vector >> 16) * 16 + (vector & 0xffff);
}

/* Enter the handler of an interrupt or exception as a processor in real mode does. */
static void enter_handler(uint32_t vector)
{
	uint32_t flags = engine_get(ENGINE_EFLAGS);

	push(flags);
	push(engine_get(ENGINE_CS));
	push(engine_get(ENGINE_EIP));
	engine_set(ENGINE_EFLAGS, flags & ~(FLAG_IF | FLAG_TF | FLAG_AC));
	engine_set(ENGINE_CS, vector >> 16);
	engine_set(ENGINE_EIP, vector & 0xffff);
}

/* Answer INT 15h, AH=86h: the handler of the system BIOS would wait for interrupts. */
static bool system_wait(void)
{
	uint64_t us = (engine_get(ENGINE_ECX) & 0xffff) << 16 |
		      (engine_get(ENGINE_EDX) & 0xffff);

	if (!clock_wait(us * NS_PER_US))
		return stop_too_long();
	engine_set(ENGINE_EFLAGS, engine_get(ENGINE_EFLAGS) & ~FLAG_CF);
	return true;
}

static bool interrupt(unsigned int number)
{
	uint32_t vector = vector_of(number);

	if (number == VECTOR_SYSTEM && (engine_get(ENGINE_EAX) >> 8 & 0xff) == SYSTEM_WAIT)
		return system_wait();
	if (engine_get(ENGINE_CR0) & CR0_PE)
		return stop(VPMEM_INT10_BAD_CODE, "INT %02xh in protected mode", number);
	if (!vector)
		return stop(VPMEM_INT10_BAD_CODE, "nothing behind INT %02xh", number);
	enter_handler(vector);
	return true;
}

/* Deliver an exception to a handler of the video BIOS or of a driver; there is seldom one. */
static bool deliver(unsigned int number)
{
	uint32_t vector = vector_of(number);

	if (!vector || linear(vector) >= SYSTEM_BIOS || engine_get(ENGINE_CR0) & CR0_PE)
		return stop(VPMEM_INT10_BAD_CODE, "exception %u", number);
	enter_handler(vector);
	return true;
}

/* Wait for the next interrupt of the timer, as HLT does. */
static bool halt(void)
{
	uint32_t ip = engine_get(ENGINE_EIP) - 1;

	if (engine_get(ENGINE_CS) == STUB_SEGMENT && ip == STUB_HLT) {
		machine.status = VPMEM_INT10_DONE;
		return false;
	}
	if (!(engine_get(ENGINE_EFLAGS) & FLAG_IF))
		return stop_at(ip, VPMEM_INT10_BAD_CODE, "HLT with interrupts off");
	return clock_wait_tick() || stop_too_long();
}

/*
 * Calls
 */

/* @high: see memory_init() */
bool machine_init(void *space, void *high, bool has_ports)
{
	machine.space = space;
	machine.has_ports = has_ports;
	memory_init(space, high);
	clock_init(space);
	timer_init();
	return engine_init(space);
}

/* Tell whether INT 10h leads to code: it may be empty, or lead to memory without a ROM. */
static bool has_bios(void)
{
	uint32_t vector, code = UINT32_MAX;

	memcpy(&vector, machine.space + 0x10 * 4, sizeof(vector));
	if (linear(vector) <= VPMEM_INT10_SPACE - sizeof(code))
		memcpy(&code, machine.space + linear(vector), sizeof(code));
	return vector && code && code != UINT32_MAX;
}

static const struct {
	enum engine_register name;
	size_t offset;
} general[] = {
	{ ENGINE_EAX, offsetof(struct vpmem_int10_registers, eax) },
	{ ENGINE_EBX, offsetof(struct vpmem_int10_registers, ebx) },
	{ ENGINE_ECX, offsetof(struct vpmem_int10_registers, ecx) },
	{ ENGINE_EDX, offsetof(struct vpmem_int10_registers, edx) },
	{ ENGINE_ESI, offsetof(struct vpmem_int10_registers, esi) },
	{ ENGINE_EDI, offsetof(struct vpmem_int10_registers, edi) },
	{ ENGINE_EBP, offsetof(struct vpmem_int10_registers, ebp) },
};

#define NR_GENERAL	(sizeof(general) / sizeof(*general))

static void load_registers(const struct vpmem_int10_registers *registers)
{
	uint32_t value;
	size_t i;

	for (i = 0; i < NR_GENERAL; i++) {
		memcpy(&value, (const char *)registers + general[i].offset, sizeof(value));
		engine_set(general[i].name, value);
	}
	engine_set(ENGINE_DS, registers->ds);
	engine_set(ENGINE_ES, registers->es);
}

static void save_registers(struct vpmem_int10_registers *registers)
{
	uint32_t value;
	size_t i;

	for (i = 0; i < NR_GENERAL; i++) {
		value = engine_get(general[i].name);
		memcpy((char *)registers + general[i].offset, &value, sizeof(value));
	}
	registers->ds = engine_get(ENGINE_DS);
	registers->es = engine_get(ENGINE_ES);
}

static void set_up(const struct vpmem_int10_request *request)
{
	memcpy(machine.space + VPMEM_INT10_HELPER, stub, sizeof(stub));
	memory_begin(request->windows, request->nr_windows);
	clock_begin(request->milliseconds);
	engine_reset();
	engine_set(ENGINE_CS, STUB_SEGMENT);
	engine_set(ENGINE_SS, STUB_SEGMENT);
	engine_set(ENGINE_FS, 0);
	engine_set(ENGINE_GS, 0);
	engine_set(ENGINE_EIP, 0);
	engine_set(ENGINE_ESP, STACK_TOP);
	engine_set(ENGINE_EFLAGS, FLAGS_AT_START);
	load_registers(&request->registers);
	machine.function = request->registers.eax;
}

/* Go on after a stop of the engine. Return false if the call is over. */
static bool go_on(const struct engine_event *event)
{
	uint32_t address;
	const char *fault = memory_fault(&address);

	if (fault)
		return stop(VPMEM_INT10_BAD_MEMORY, "%08x %s", address, fault);
	switch (event->reason) {
	case ENGINE_INTERRUPT:
		return interrupt(event->number);
	case ENGINE_EXCEPTION:
		return deliver(event->number);
	case ENGINE_HLT:
		return halt();
	case ENGINE_REFUSED:
		return stop(VPMEM_INT10_BAD_CODE, "%s", event->why);
	default:
		return clock_check() || stop_too_long();
	}
}

static void run(void)
{
	struct engine_event event;

	do {
		engine_run(&event);
	} while (go_on(&event));
}

static void report_effort(struct vpmem_int10_reply *reply)
{
	bool blocks = !strcmp(engine_unit(), "blocks");

	*(blocks ? &reply->blocks : &reply->instructions) = engine_steps();
	reply->nanoseconds = clock_elapsed();
}

void machine_call(const struct vpmem_int10_request *request,
		  struct vpmem_int10_reply *reply)
{
	memset(reply, 0, sizeof(*reply));
	reply->sequence = request->sequence;
	snprintf(reply->engine, sizeof(reply->engine), "%s", engine_name());
	if (!machine.has_ports) {
		reply->status = VPMEM_INT10_NO_PORTS;
		return;
	}
	if (!has_bios()) {
		reply->status = VPMEM_INT10_NO_BIOS;
		return;
	}
	set_up(request);
	run();
	reply->status = machine.status;
	report_effort(reply);
	save_registers(&reply->registers);
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Engine: the emulated processor. engine_x86emu.c and engine_unicorn.c each are one, and
 * the build links one of them.
 *
 * An engine runs code until there is something that the machine has to decide. It reads
 * and writes the plain part of the megabyte itself, and calls the machine for everything
 * else: memory of devices, ports, and the time.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include <stdbool.h>
#include <stdint.h>

enum engine_register {
	ENGINE_EAX, ENGINE_EBX, ENGINE_ECX, ENGINE_EDX,
	ENGINE_ESI, ENGINE_EDI, ENGINE_EBP, ENGINE_ESP,
	ENGINE_EIP, ENGINE_EFLAGS,
	ENGINE_CS, ENGINE_DS, ENGINE_ES, ENGINE_SS, ENGINE_FS, ENGINE_GS,
	ENGINE_CR0,			/* read only */
};

enum engine_reason {
	ENGINE_INTERRUPT,		/* by INT, INT3 or INTO; EIP is behind it */
	ENGINE_EXCEPTION,		/* EIP is at the instruction that has raised it */
	ENGINE_HLT,			/* EIP is behind it */
	ENGINE_STOPPED,			/* by engine_stop(), or by clock_check() */
	ENGINE_REFUSED,			/* the engine cannot run the instruction at EIP */
};

struct engine_event {
	enum engine_reason reason;
	unsigned int number;		/* of the interrupt or exception */
	char why[64];			/* for ENGINE_REFUSED: subject and fault */
};

/* Name and version of the library, such as "Unicorn 2.1.1" */
const char *engine_name(void);

/* Unit of engine_steps(): "instructions" or "blocks" */
const char *engine_unit(void);

/*
 * Prepare an engine for a megabyte. Allocate all memory that is executable here, since
 * the sandbox refuses it later. Return false, with a line in the log, if that fails.
 */
bool engine_init(uint8_t *space);

/*
 * Begin a call: a processor as after its reset, in real mode, A20 on, no state of an
 * earlier call, and no translation of code that may have changed meanwhile.
 */
void engine_reset(void);

uint32_t engine_get(enum engine_register name);
/* Set a register; a segment register as a load in real mode does, with its base. */
void engine_set(enum engine_register name, uint32_t value);

/* Run from CS:EIP on. Return when one of enum engine_reason is the case. */
void engine_run(struct engine_event *event);

/* End engine_run() soon, from a function of the machine that it has called. */
void engine_stop(void);

/* Instructions or blocks that ran since engine_reset() */
uint64_t engine_steps(void);

/* Set the number of steps between two calls of clock_check(), for tests. */
void engine_set_interval(unsigned int steps);

/*
 * Functions of the machine that engines call
 */

/* Memory that is not plain: the video memory at A0000, and all above the megabyte */
uint32_t memory_read(uint32_t address, unsigned int bytes);
void memory_write(uint32_t address, unsigned int bytes, uint32_t value);
/* Ports, each access once and as wide as the code made it */
uint32_t machine_in(uint16_t port, unsigned int bytes);
void machine_out(uint16_t port, unsigned int bytes, uint32_t value);
/* Keep the clock running; every few thousand steps at least. False: the time is over. */
bool clock_check(void);

#endif /* ENGINE_H */

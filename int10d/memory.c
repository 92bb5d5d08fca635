// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of the machine: the megabyte, and above it the ranges of the adapter that the call
 * is for. Each access is made once, as wide as the code made it: planar video memory and
 * the registers of a device need that.
 *
 * A20 is on, as on every machine that runs Linux, so addresses do not wrap at the megabyte.
 * An access to anything else ends the call: a write that is lost in silence, or a read of
 * ones, would look like a broken device.
 */

#include "engine.h"
#include "int10d.h"

/* Integers at any address, each of which is accessed at once. */
typedef volatile uint16_t __attribute__((aligned(1), may_alias)) any16;
typedef volatile uint32_t __attribute__((aligned(1), may_alias)) any32;

static struct {
	uint8_t *space;
	uint8_t *high;			/* all from the end of the megabyte on, or NULL */
	struct vpmem_int10_window windows[VPMEM_INT10_WINDOWS];
	unsigned int nr_windows;
	const char *fault;		/* of the first access that failed */
	uint32_t fault_address;
} memory;

/* @high: mapping of the physical addresses from VPMEM_INT10_SPACE to 4 GiB, or NULL */
void memory_init(void *space, void *high)
{
	memory.space = space;
	memory.high = high;
}

/* Set the ranges above the megabyte that the call may access. */
void memory_begin(const struct vpmem_int10_window *windows, unsigned int count)
{
	memory.fault = NULL;
	memory.nr_windows = 0;
	while (memory.nr_windows < count && memory.nr_windows < VPMEM_INT10_WINDOWS) {
		memory.windows[memory.nr_windows] = windows[memory.nr_windows];
		memory.nr_windows++;
	}
}

/* Return what is wrong with the first access of the call that failed, or NULL. */
const char *memory_fault(uint32_t *address)
{
	*address = memory.fault_address;
	return memory.fault;
}

static bool in_window(uint32_t address, unsigned int bytes)
{
	const struct vpmem_int10_window *window = memory.windows;
	unsigned int i;

	for (i = 0; i < memory.nr_windows; i++, window++)
		if (address >= window->start && window->length >= bytes &&
		    address - window->start <= window->length - bytes)
			return true;
	return false;
}

/* Return the place of a number of bytes, or NULL, which ends the call. */
static volatile void *locate(uint32_t address, unsigned int bytes)
{
	bool is_ours = address >= VPMEM_INT10_SPACE && in_window(address, bytes);

	if (address <= VPMEM_INT10_SPACE - bytes)
		return memory.space + address;
	if (is_ours && memory.high)
		return memory.high + (address - VPMEM_INT10_SPACE);
	if (!memory.fault) {
		memory.fault = is_ours ? "is out of reach of a helper of 32 bits" :
					 "is not memory of the adapter";
		memory.fault_address = address < VPMEM_INT10_SPACE ? VPMEM_INT10_SPACE :
								     address;
	}
	engine_stop();
	return NULL;
}

uint32_t memory_read(uint32_t address, unsigned int bytes)
{
	volatile void *at = locate(address, bytes);

	if (!at)
		return UINT32_MAX;
	switch (bytes) {
	case 1:
		return *(volatile uint8_t *)at;
	case 2:
		return *(any16 *)at;
	default:
		return *(any32 *)at;
	}
}

void memory_write(uint32_t address, unsigned int bytes, uint32_t value)
{
	volatile void *at = locate(address, bytes);

	if (!at)
		return;
	switch (bytes) {
	case 1:
		*(volatile uint8_t *)at = value;
		break;
	case 2:
		*(any16 *)at = value;
		break;
	default:
		*(any32 *)at = value;
	}
}

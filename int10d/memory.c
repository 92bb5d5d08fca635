// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of the machine: the megabyte, and above it the ranges of the adapter that the call
 * is for. Each access is made once, as wide as the code made it.
 *
 * A20 is on, as on every machine that runs Linux, so addresses do not wrap at the megabyte.
 * An access to anything else ends the call: a write that is lost in silence, or a read of
 * ones, would look like a broken device.
 */

#include "engine.h"
#include "int10d.h"
#include "integer.h"

#define ADDRESSES	0x100000000ULL	/* that real mode reaches */
#define VIDEO_START	0xa0000
#define VIDEO_END	0xc0000
#define LONGEST_CODE	18		/* bytes: 15, and two behind these that are looked at */

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

/* Cut a range to what the mapping above the megabyte has. */
static struct vpmem_int10_window cut(struct vpmem_int10_window window)
{
	if (window.start < VPMEM_INT10_SPACE || window.start >= ADDRESSES)
		window.length = 0;
	else if (window.length > ADDRESSES - window.start)
		window.length = ADDRESSES - window.start;
	return window;
}

/* Set the ranges above the megabyte that the call may access. */
void memory_begin(const struct vpmem_int10_window *windows, unsigned int count)
{
	memory.fault = NULL;
	memory.nr_windows = 0;
	while (memory.nr_windows < count && memory.nr_windows < VPMEM_INT10_WINDOWS) {
		memory.windows[memory.nr_windows] = cut(windows[memory.nr_windows]);
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
	bool is_ours;

	if (address <= VPMEM_INT10_SPACE - bytes)
		return memory.space + address;
	is_ours = in_window(address, bytes);
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

/*
 * Return the bytes of an instruction, for a look at them, or NULL if it may reach into
 * memory of a device or beyond the megabyte.
 */
const uint8_t *memory_code(uint32_t address)
{
	bool is_device = address > VIDEO_START - LONGEST_CODE && address < VIDEO_END;

	return is_device || address > VPMEM_INT10_SPACE - LONGEST_CODE ?
	       NULL : memory.space + address;
}

uint32_t memory_read(uint32_t address, unsigned int bytes)
{
	volatile void *at = locate(address, bytes);

	return at ? integer_read(at, bytes) : UINT32_MAX;
}

void memory_write(uint32_t address, unsigned int bytes, uint32_t value)
{
	volatile void *at = locate(address, bytes);

	if (at)
		integer_write(at, bytes, value);
}

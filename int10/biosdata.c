// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guard of the interrupt table and the BIOS data area, in the private copy that the BIOS
 * works on (realmode.c).
 *
 * The table has the entry points of the BIOS, and the data area has the port numbers that
 * the BIOS writes to. A call with a wrong pointer, such as a 512-byte buffer at ES:DI =
 * 0000:0000, overwrites them for all adapters. So both are checked before and after each
 * call, and restored to their state at the last check without damage.
 *
 * They are damaged if
 *
 *  - INT 10h differs from the vector that the firmware had set;
 *  - another vector that led into a ROM does not do so any more, unless it is one of the
 *    pointers to fonts, which move with the mode;
 *  - a base address of a device, the segment of the extended data, or the size of
 *    memory has changed, or the port of the CRT controller is neither of the two that a
 *    VGA has. The BIOS may change all else.
 *
 * A handler that a driver writes to such a vector is removed as well: its code would be in
 * a block that is freed with the driver's adapter, and would run for all others.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "int10/biosdata.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

#define GUARDED_SIZE	0x500		/* the table and the data area */

#define NR_VECTORS	256
#define VIDEO_VECTOR	0x10
#define ROM_START	0xc0000

/* In the data area */
#define DEVICE_BASES	0x400
#define DEVICE_BASES_END 0x410		/* with the segment of the extended data */
#define MEMORY_SIZE	0x413
#define CRT_PORT	0x463
#define CRT_PORT_MONO	0x3b4
#define CRT_PORT_COLOR	0x3d4

static u8 *work;			/* guarded copy; NULL without a BIOS */
static u8 original[GUARDED_SIZE];	/* as the firmware left them */
static u8 sound[GUARDED_SIZE];		/* as of the last check that found no damage */

/* Start guarding the copy at @memory, which was just made. */
void vpmem_biosdata_init(void *memory)
{
	memcpy(original, memory, GUARDED_SIZE);
	memcpy(sound, memory, GUARDED_SIZE);
	work = memory;
}

/* Compare the table only: firmware may keep a clock or keys in the data area. */
bool vpmem_biosdata_is_outdated(const void *machine)
{
	return memcmp(original, machine, NR_VECTORS * 4);
}

static u16 word_at(const u8 *data)
{
	return data[0] | data[1] << 8;
}

static u32 vector_of(const u8 *table, unsigned int nr)
{
	return word_at(table + nr * 4) | (u32)word_at(table + nr * 4 + 2) << 16;
}

static bool leads_into_rom(u32 vector)
{
	u32 linear = (vector >> 16) * 16 + (vector & 0xffff);

	return linear >= ROM_START && linear < VPMEM_INT10_SPACE;
}

/* Tell whether a vector points to a font: of 8x8 characters, or of the mode. */
static bool is_font_pointer(unsigned int nr)
{
	return nr == 0x1f || nr == 0x43 || nr == 0x44;
}

static bool vector_is_damaged(unsigned int nr)
{
	u32 before = vector_of(original, nr);
	u32 now = vector_of(work, nr);

	if (now == before || is_font_pointer(nr) || !leads_into_rom(before))
		return false;
	return nr == VIDEO_VECTOR || !leads_into_rom(now);
}

static bool is_crt_port(const u8 *data)
{
	u16 port = word_at(data + CRT_PORT);

	return port == CRT_PORT_MONO || port == CRT_PORT_COLOR;
}

static bool word_has_changed(unsigned int at)
{
	return word_at(work + at) != word_at(original + at);
}

/* Return the address of a word of the data area that is damaged, or 0. */
static unsigned int damaged_data(void)
{
	unsigned int at;

	for (at = DEVICE_BASES; at < DEVICE_BASES_END; at += 2)
		if (word_has_changed(at))
			return at;
	if (word_has_changed(MEMORY_SIZE))
		return MEMORY_SIZE;
	return is_crt_port(original) && !is_crt_port(work) ? CRT_PORT : 0;
}

/* Return the number of a vector that is damaged, or NR_VECTORS. INT 10h comes first. */
static unsigned int damaged_vector(void)
{
	unsigned int nr;

	if (vector_is_damaged(VIDEO_VECTOR))
		return VIDEO_VECTOR;
	for (nr = 0; nr < NR_VECTORS && !vector_is_damaged(nr); nr++)
		;
	return nr;
}

/**
 * vpmem_biosdata_restore() - restore the table and the data area if they are damaged
 * @damage: receives a description of the damage, or an empty string
 * @size: size of @damage
 *
 * Context: the caller serializes calls.
 *
 * Return: true if there was damage.
 */
bool vpmem_biosdata_restore(char *damage, size_t size)
{
	unsigned int nr, at;

	*damage = '\0';
	if (!work)
		return false;
	nr = damaged_vector();
	at = damaged_data();
	if (nr < NR_VECTORS)
		snprintf(damage, size, "interrupt vector %02xh (%04x:%04x)", nr,
			 word_at(work + nr * 4 + 2), word_at(work + nr * 4));
	else if (at)
		snprintf(damage, size, "BIOS data at 0040:%04x (%04x)", at - 0x400,
			 word_at(work + at));
	if (*damage)
		memcpy(work, sound, GUARDED_SIZE);
	else
		memcpy(sound, work, GUARDED_SIZE);
	return *damage;
}

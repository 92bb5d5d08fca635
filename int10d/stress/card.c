// SPDX-License-Identifier: GPL-2.0-only
/*
 * Imitation of a display adapter: registers that keep what is written to them, with the few
 * that a video BIOS asks what they are. Nothing is drawn.
 */

#include <string.h>
#include "../int10d.h"
#include "card.h"

#define PCI_ADDRESS	0xcf8
#define PCI_DATA	0xcfc
#define DISPI_INDEX	0x1ce
#define DISPI_DATA	0x1cf

/* Registers of the display interface of Bochs */
#define DISPI_ID	0
#define DISPI_XRES	1
#define DISPI_BPP	3
#define DISPI_ENABLE	4
#define DISPI_MEMORY	10
#define DISPI_ENABLE_MAXIMA	0x02

struct card card;

uint64_t hash(uint64_t seed, const void *bytes, size_t size)
{
	const char *from = bytes;
	uint64_t word;
	size_t part;

	for (; size; size -= part, from += part) {
		part = size < sizeof(word) ? size : sizeof(word);
		word = 0;
		memcpy(&word, from, part);
		seed = (seed ^ word) * 0x9e3779b97f4a7c15;
		seed ^= seed >> 32;
	}
	return seed;
}

void card_init(uint32_t pci_id)
{
	memset(&card, 0, sizeof(card));
	card.pci_id = pci_id;
}

/*
 * Configuration space
 */

static uint32_t pci_register(uint32_t address)
{
	switch (address) {
	case 0x80000000 | CARD_PCI << 8:
		return card.pci_id;
	case 0x80000004 | CARD_PCI << 8:
		return 7;				/* all enabled */
	case 0x80000008 | CARD_PCI << 8:
		return 0x03000000;			/* VGA */
	case 0x80000010 | CARD_PCI << 8:
		return CARD_MEMORY;
	case 0x80000014 | CARD_PCI << 8:
	case 0x80000018 | CARD_PCI << 8:
		return CARD_REGISTERS;
	default:
		return (address & 0xffff00) == CARD_PCI << 8 ? 0 : UINT32_MAX;
	}
}

/*
 * Display interface of Bochs: version 5, 16 MiB
 */

static uint32_t dispi_in(void)
{
	static const uint16_t maxima[] = { 2560, 1600, 32 };
	unsigned int index = card.dispi_index & 15;
	bool asks_maxima = card.dispi[DISPI_ENABLE] & DISPI_ENABLE_MAXIMA;

	switch (index) {
	case DISPI_ID:
		return 0xb0c5;
	case DISPI_MEMORY:
		return 256;
	case DISPI_XRES ... DISPI_BPP:
		return asks_maxima ? maxima[index - DISPI_XRES] : card.dispi[index];
	default:
		return card.dispi[index];
	}
}

/*
 * VGA
 */

/* Make some registers answer as those of a Cirrus GD5446. */
static uint8_t sequencer_in(void)
{
	if (card.sequencer.index == 6)
		return (card.sequencer.data[6] & 0x17) == 0x12 ? 0x12 : 0x0f;
	return card.sequencer.data[card.sequencer.index];
}

static uint8_t crt_in(void)
{
	return card.crt.index == 0x27 ? 0xb8 : card.crt.data[card.crt.index];
}

/* Both retraces come and go from access to access. */
static uint8_t status_in(void)
{
	card.attribute_data = false;
	return card.status ^= 9;
}

static uint8_t vga_in(uint16_t port)
{
	switch (port) {
	case 0x3c0:
		return card.attribute.index;
	case 0x3c1:
		return card.attribute.data[card.attribute.index];
	case 0x3c4:
		return card.sequencer.index;
	case 0x3c5:
		return sequencer_in();
	case 0x3c6:
		return card.mask;
	case 0x3c8:
		return card.palette_write / 3;
	case 0x3c9:
		return card.palette[card.palette_read++ % sizeof(card.palette)];
	case 0x3cc:
		return card.misc;
	case 0x3ce:
		return card.graphics.index;
	case 0x3cf:
		return card.graphics.data[card.graphics.index];
	case 0x3b4:
	case 0x3d4:
		return card.crt.index;
	case 0x3b5:
	case 0x3d5:
		return crt_in();
	case 0x3ba:
	case 0x3da:
		return status_in();
	default:
		return 0xff;
	}
}

static void attribute_out(uint8_t value)
{
	if (card.attribute_data)
		card.attribute.data[card.attribute.index] = value;
	else
		card.attribute.index = value & 0x1f;
	card.attribute_data = !card.attribute_data;
}

static void vga_out(uint16_t port, uint8_t value)
{
	switch (port) {
	case 0x3c0:
		attribute_out(value);
		break;
	case 0x3c2:
		card.misc = value;
		break;
	case 0x3c4:
		card.sequencer.index = value;
		break;
	case 0x3c5:
		card.sequencer.data[card.sequencer.index] = value;
		break;
	case 0x3c6:
		card.mask = value;
		break;
	case 0x3c7:
		card.palette_read = value * 3;
		break;
	case 0x3c8:
		card.palette_write = value * 3;
		break;
	case 0x3c9:
		card.palette[card.palette_write++ % sizeof(card.palette)] = value;
		break;
	case 0x3ce:
		card.graphics.index = value;
		break;
	case 0x3cf:
		card.graphics.data[card.graphics.index] = value;
		break;
	case 0x3b4:
	case 0x3d4:
		card.crt.index = value;
		break;
	case 0x3b5:
	case 0x3d5:
		card.crt.data[card.crt.index] = value;
		break;
	}
}

/*
 * Ports, for the machine
 */

static void note(char way, uint16_t port, unsigned int bytes, uint32_t value)
{
	const uint32_t access[] = { way, port, bytes, value };

	card.trace = hash(card.trace, access, sizeof(access));
}

static uint32_t any_in(uint16_t port, unsigned int bytes)
{
	uint32_t value = 0;
	unsigned int i;

	if (port == DISPI_DATA)
		return dispi_in();
	if (port == DISPI_INDEX)
		return card.dispi_index;
	if (port >= PCI_DATA && port < PCI_DATA + 4)
		return pci_register(card.pci_address & ~3) >> (port & 3) * 8;
	for (i = 0; i < bytes; i++)
		value |= (uint32_t)vga_in(port + i) << i * 8;
	return value;
}

uint32_t port_in(uint16_t port, unsigned int bytes)
{
	uint32_t value = any_in(port, bytes) & (uint32_t)((UINT64_C(1) << bytes * 8) - 1);

	note('i', port, bytes, value);
	return value;
}

void port_out(uint16_t port, unsigned int bytes, uint32_t value)
{
	unsigned int i;

	value &= UINT32_MAX >> (32 - bytes * 8);
	note('o', port, bytes, value);
	if (port == DISPI_DATA)
		card.dispi[card.dispi_index & 15] = value;
	else if (port == DISPI_INDEX)
		card.dispi_index = value;
	else if (port == PCI_ADDRESS)
		card.pci_address = value;
	else
		for (i = 0; i < bytes; i++)
			vga_out(port + i, value >> i * 8);
}

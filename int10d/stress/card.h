/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Imitation of a display adapter, for the replay of video BIOSes.
 */
#ifndef CARD_H
#define CARD_H

#include <stdint.h>

/* Ranges above the megabyte: the begin of the frame buffer, and registers */
#define CARD_MEMORY		0xe0000000
#define CARD_MEMORY_SIZE	0x10000
#define CARD_REGISTERS		0xe1000000
#define CARD_REGISTERS_SIZE	0x1000

/* Bus 0, device 2, function 0, as a BIOS is told at its start */
#define CARD_PCI		0x0010

/* Registers behind an index and a data port */
struct card_bank {
	uint8_t index;
	uint8_t data[256];
};

struct card {
	struct card_bank sequencer, graphics, crt, attribute;
	bool attribute_data;		/* which port 3C0 is next */
	uint8_t misc, mask, status;
	uint8_t palette[768];
	unsigned int palette_read, palette_write;
	uint16_t dispi_index;
	uint16_t dispi[16];
	uint32_t pci_address;
	uint32_t pci_id;
	uint64_t trace;			/* hash of all accesses to ports */
};

extern struct card card;

/* @pci_id: device and vendor, as the register of the bus has them */
void card_init(uint32_t pci_id);

uint64_t hash(uint64_t seed, const void *bytes, size_t size);

#endif /* CARD_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * QEMU's edu device as a miniport has it: its registers, its engine, and the part of
 * a driver that an operation of VideoPortStartDma() needs.
 */
#ifndef VPMEM_KUNIT_EDU_H
#define VPMEM_KUNIT_EDU_H

#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/pci.h>

#include "vpmem.h"

struct kunit;

#ifndef PCI_IRQ_INTX
#define PCI_IRQ_INTX		PCI_IRQ_LEGACY
#endif

/* Registers, in BAR 0. */
#define EDU_IDENTIFICATION	0x00
#define EDU_LIVENESS		0x04
#define EDU_FACTORIAL		0x08
#define EDU_STATUS		0x20
#define EDU_IRQ_STATUS		0x24
#define EDU_IRQ_RAISE		0x60
#define EDU_IRQ_ACKNOWLEDGE	0x64
#define EDU_DMA_SOURCE		0x80
#define EDU_DMA_DESTINATION	0x88
#define EDU_DMA_COUNT		0x90
#define EDU_DMA_COMMAND		0x98

#define EDU_STATUS_COMPUTING	BIT(0)

/*
 * Reach of the engine, and its own memory, at its own address. It has a byte
 * more, but QEMU 7.2 ends with a hardware error for a transfer that includes it.
 */
#define EDU_DMA_MASK		DMA_BIT_MASK(28)
#define EDU_MEMORY		0x40000
#define EDU_MEMORY_SIZE		4095

/* Timeout for a transfer of the device, which takes a tenth of a second. */
#define EDU_PATIENCE		(20 * HZ)

/* The HwDeviceExtension. One operation runs at a time. */
struct edu {
	struct pci_dev *pdev;
	void __iomem *registers;
	int irq;			/* 0 while it is polled */
	u32 raised;			/* by the last interrupt */
	struct completion interrupted;
	struct tasklet_struct dpc;
	/* The operation. */
	PVP_DMA_ADAPTER dma;
	PVP_SCATTER_GATHER_LIST list;
	u32 next;			/* element */
	u32 at;				/* in the device's memory */
	bool to_device;
	/* Observations */
	ULONG length_seen;
	u32 elements;
	u64 bytes;
	u64 first, last;		/* address on the bus */
	bool in_softirq;		/* it was completed there */
	struct completion completed;
};

/* edu_device.c */
struct edu *edu_register(void);
void edu_unregister(void);
int edu_irq_enable(struct edu *edu, unsigned int type);
void edu_irq_disable(struct edu *edu);
u32 edu_factorial(struct edu *edu, u32 of);
void edu_start(struct edu *edu, u64 bus, u32 at, u32 length, bool to_device);
bool edu_copy(struct edu *edu, u64 bus, u32 at, u32 length, bool to_device);
void edu_prepare(struct edu *edu, u32 at, bool to_device);
EXECUTE_DMA edu_execute;
bool edu_finish(struct edu *edu);

/* End of a driver during a transfer. */
struct edu_end {
	const char *name;
	bool managed;			/* by devres */
	bool fails_probe;
	bool fails_find;
	bool fails_first;		/* HwFindAdapter of the first of two entries, */
	bool first_transfers;		/* with a transfer under way */
	bool fails_initialize;
};

/* edu_master.c, while the device has no driver */
void edu_master_by_hand(struct kunit *test);
void edu_master_miniport(struct kunit *test);

/* edu_window.c */
void bios_77_window(struct kunit *test);

/* edu_registers.c */
void edu_41_buffers_of_ulongs(struct kunit *test);
void edu_42_buffers_of_less(struct kunit *test);

/* edu_port.c, while the device has no driver */
void edu_port_interrupts(struct kunit *test);
void edu_port_without_interrupt(struct kunit *test);

static inline u32 edu_read(struct edu *edu, unsigned int at)
{
	return readl(edu->registers + at);
}

static inline void edu_write(struct edu *edu, unsigned int at, u32 value)
{
	writel(value, edu->registers + at);
}

#endif /* VPMEM_KUNIT_EDU_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniport for the edu device, with real interrupts: a register raises them, HwInterrupt
 * and its DPC handle them.
 *
 * Do not assert here, because the device has to be bound to its usual driver again.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <kunit/test.h>

#include "kunit/lib/edu.h"
#include "include/video.h"

#define RAISE	0x77001
#define RAISED	0x20

struct extension {
	PUCHAR registers;
	ULONG raised;
};

static struct seen {
	struct vpmem_miniport miniport;
	bool wants_no_interrupt;
	struct extension *extension;
	unsigned int interrupts;
	unsigned int dpcs;
	bool irqs_were_on;
	bool in_softirq;
	struct completion dpc;
} seen;

static PULONG reg(struct extension *extension, unsigned int at)
{
	return (PULONG)(extension->registers + at);
}

static VP_STATUS port_find(PVOID ext, PVOID context, __u16 *arguments,
			   PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	struct extension *extension = ext;
	VIDEO_ACCESS_RANGE range;
	VP_STATUS status;

	seen.extension = extension;
	status = VideoPortGetAccessRanges(ext, 0, NULL, 1, &range, NULL, NULL, NULL);
	if (status != NO_ERROR)
		return status;
	extension->registers = VideoPortGetDeviceBase(ext, range.RangeStart,
						      range.RangeLength,
						      range.RangeInIoSpace);
	if (seen.wants_no_interrupt) {
		config->BusInterruptLevel = 0;
		config->BusInterruptVector = 0;
	}
	return extension->registers ? NO_ERROR : ERROR_DEV_NOT_EXIST;
}

static BOOLEAN port_initialize(PVOID ext)
{
	return true;
}

static VOID port_dpc(PVOID ext, PVOID context)
{
	seen.dpcs++;
	seen.in_softirq = in_serving_softirq();
	complete(&seen.dpc);
}

static BOOLEAN port_interrupt(PVOID ext)
{
	struct extension *extension = ext;
	ULONG raised = VideoPortReadRegisterUlong(reg(ext, EDU_IRQ_STATUS));

	if (!raised)
		return false;
	VideoPortWriteRegisterUlong(reg(ext, EDU_IRQ_ACKNOWLEDGE), raised);
	extension->raised = raised;
	if (!irqs_disabled())
		seen.irqs_were_on = true;
	WRITE_ONCE(seen.interrupts, seen.interrupts + 1);
	VideoPortQueueDpc(ext, port_dpc, NULL);
	return true;
}

static BOOLEAN port_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	VideoPortWriteRegisterUlong(reg(ext, EDU_IRQ_RAISE), RAISED);
	packet->StatusBlock->Status = NO_ERROR;
	return true;
}

static BOOLEAN port_reset(PVOID ext, ULONG columns, ULONG rows)
{
	VideoPortFreeDeviceBase(ext, ((struct extension *)ext)->registers);
	return false;
}

static ULONG port_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = PCIBus,
		.HwFindAdapter = port_find,
		.HwInitialize = port_initialize,
		.HwInterrupt = port_interrupt,
		.HwStartIO = port_start_io,
		.HwResetHw = port_reset,
		.HwDeviceExtensionSize = sizeof(struct extension),
	};

	return VideoPortInitialize(context1, context2, &hw, NULL);
}

static bool port_register(struct kunit *test, bool wants_no_interrupt)
{
	static const struct pci_device_id ids[] = {
		{ PCI_DEVICE(0x1234, 0x11e8) },
		{ }
	};

	memset(&seen, 0, sizeof(seen));
	init_completion(&seen.dpc);
	seen.miniport.name = "vpmem-edu-port";
	seen.miniport.entry = port_entry;
	seen.miniport.ids = ids;
	seen.wants_no_interrupt = wants_no_interrupt;
	KUNIT_EXPECT_EQ(test, vpmem_miniport_register(&seen.miniport, NULL), 0);
	KUNIT_EXPECT_NOT_NULL(test, seen.extension);
	return seen.extension;
}

static void expect_interrupt(struct kunit *test)
{
	unsigned int before = seen.interrupts;

	reinit_completion(&seen.dpc);
	KUNIT_EXPECT_EQ(test, vpmem_request(seen.extension, RAISE, NULL, 0, NULL, 0, NULL),
			NO_ERROR);
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&seen.dpc, EDU_PATIENCE), 0UL);
	KUNIT_EXPECT_EQ(test, seen.interrupts, before + 1);
	KUNIT_EXPECT_EQ(test, seen.extension->raised, (ULONG)RAISED);
	KUNIT_EXPECT_FALSE(test, seen.irqs_were_on);
	KUNIT_EXPECT_TRUE(test, seen.in_softirq);
}

/* The interrupt waits, wherever it arrives. */
static BOOLEAN undisturbed(PVOID ext)
{
	unsigned int before = seen.interrupts;

	VideoPortWriteRegisterUlong(reg(ext, EDU_IRQ_RAISE), RAISED);
	mdelay(20);
	return READ_ONCE(seen.interrupts) == before;
}

static void expect_undisturbed(struct kunit *test)
{
	unsigned int before = seen.interrupts;

	reinit_completion(&seen.dpc);
	KUNIT_EXPECT_TRUE(test, VideoPortSynchronizeExecution(seen.extension,
							      VpHighPriority, undisturbed,
							      seen.extension));
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&seen.dpc, EDU_PATIENCE), 0UL);
	KUNIT_EXPECT_EQ(test, seen.interrupts, before + 1);
}

static void expect_disabled(struct kunit *test)
{
	struct extension *extension = seen.extension;
	unsigned int before = seen.interrupts;

	KUNIT_EXPECT_EQ(test, VideoPortDisableInterrupt(extension), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortDisableInterrupt(extension),
			ERROR_INVALID_FUNCTION);
	/* Keep it off for a short time only: other devices may share the line. */
	VideoPortWriteRegisterUlong(reg(extension, EDU_IRQ_RAISE), RAISED);
	VideoPortStallExecution(200);
	VideoPortWriteRegisterUlong(reg(extension, EDU_IRQ_ACKNOWLEDGE), RAISED);
	KUNIT_EXPECT_EQ(test, READ_ONCE(seen.interrupts), before);
	KUNIT_EXPECT_EQ(test, VideoPortEnableInterrupt(extension), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortEnableInterrupt(extension), NO_ERROR);
	expect_interrupt(test);
}

void edu_port_interrupts(struct kunit *test)
{
	if (port_register(test, false)) {
		expect_interrupt(test);
		expect_undisturbed(test);
		expect_disabled(test);
		KUNIT_EXPECT_EQ(test, seen.dpcs, seen.interrupts);
	}
	vpmem_miniport_unregister(&seen.miniport);
}

void edu_port_without_interrupt(struct kunit *test)
{
	if (port_register(test, true))
		KUNIT_EXPECT_EQ(test, VideoPortEnableInterrupt(seen.extension),
				ERROR_INVALID_FUNCTION);
	vpmem_miniport_unregister(&seen.miniport);
}

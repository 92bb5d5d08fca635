// SPDX-License-Identifier: GPL-2.0-only
/*
 * Driver for QEMU's edu device, whose engine copies between addresses on the bus
 * and memory of its own. It is written as a miniport's glue would be: the mask is the
 * device's, and vpmem is attached to it.
 *
 * The engine takes one piece at a time. So the elements of a list are given to it
 * one after the other, by the DPC that its interrupt queues, or by who polls.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/io-64-nonatomic-lo-hi.h>
#include <linux/iopoll.h>
#include <linux/preempt.h>

#include "kunit/lib/edu.h"

#define COMMAND_RUN		BIT(0)
#define COMMAND_TO_MEMORY	BIT(1)
#define COMMAND_INTERRUPT	BIT(2)
#define IRQ_DMA			0x100

#define POLL_US			2000
#define PATIENCE_US		(EDU_PATIENCE / HZ * USEC_PER_SEC)

/* The one that was probed, if there is one. */
static struct edu *the_edu;

/*
 * The engine
 */

static void engine_start(struct edu *edu, u64 bus, u32 at, u32 length, bool to_device,
			 bool interrupt)
{
	u64 memory = EDU_MEMORY + at;
	u32 command = COMMAND_RUN;

	if (!to_device)
		command |= COMMAND_TO_MEMORY;
	if (interrupt)
		command |= COMMAND_INTERRUPT;
	writeq(to_device ? bus : memory, edu->registers + EDU_DMA_SOURCE);
	writeq(to_device ? memory : bus, edu->registers + EDU_DMA_DESTINATION);
	edu_write(edu, EDU_DMA_COUNT, length);
	edu_write(edu, EDU_DMA_COMMAND, command);
}

static bool engine_wait(struct edu *edu)
{
	u32 command;

	return !readl_poll_timeout(edu->registers + EDU_DMA_COMMAND, command,
				   !(command & COMMAND_RUN), POLL_US, PATIENCE_US);
}

/* 0 if it hangs. */
u32 edu_factorial(struct edu *edu, u32 of)
{
	u32 status;

	edu_write(edu, EDU_FACTORIAL, of);
	if (readl_poll_timeout(edu->registers + EDU_STATUS, status,
			       !(status & EDU_STATUS_COMPUTING), POLL_US, PATIENCE_US))
		return 0;
	return edu_read(edu, EDU_FACTORIAL);
}

/* Begin a transfer that nobody waits for. */
void edu_start(struct edu *edu, u64 bus, u32 at, u32 length, bool to_device)
{
	engine_start(edu, bus, at, length, to_device, false);
}

/* Between an address on the bus and the device's memory; false if it hangs. */
bool edu_copy(struct edu *edu, u64 bus, u32 at, u32 length, bool to_device)
{
	engine_start(edu, bus, at, length, to_device, false);
	return engine_wait(edu);
}

/*
 * Operations
 */

void edu_prepare(struct edu *edu, u32 at, bool to_device)
{
	edu->list = NULL;
	edu->next = 0;
	edu->at = at;
	edu->to_device = to_device;
	edu->in_softirq = false;
	reinit_completion(&edu->completed);
}

/* Start the next element. Return false if there is none. */
static bool operation_step(struct edu *edu)
{
	const VP_SCATTER_GATHER_ELEMENT *element;

	if (edu->next == edu->list->NumberOfElements)
		return false;
	element = &edu->list->Elements[edu->next++];
	engine_start(edu, element->Address.QuadPart, edu->at, element->Length,
		     edu->to_device, edu->irq);
	edu->at += element->Length;
	return true;
}

static void operation_complete(struct edu *edu)
{
	edu->in_softirq = in_serving_softirq();
	VideoPortCompleteDma(edu, edu->dma, edu->list, edu->to_device);
	complete(&edu->completed);
}

static void list_look(struct edu *edu, const VP_SCATTER_GATHER_LIST *list)
{
	const VP_SCATTER_GATHER_ELEMENT *element = list->Elements;
	u32 i;

	edu->elements = list->NumberOfElements;
	edu->first = element->Address.QuadPart;
	edu->last = 0;
	edu->bytes = 0;
	for (i = 0; i < list->NumberOfElements; i++, element++) {
		edu->bytes += element->Length;
		edu->last = max_t(u64, edu->last,
				  element->Address.QuadPart + element->Length - 1);
	}
}

/* The HwVidExecuteDma; the context is the length. */
VOID edu_execute(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
		 PVP_SCATTER_GATHER_LIST SGList, PVOID Context)
{
	struct edu *edu = HwDeviceExtension;

	edu->dma = VpDmaAdapter;
	edu->list = SGList;
	edu->length_seen = *(PULONG)Context;
	list_look(edu, SGList);
	operation_step(edu);
}

/* Wait until the operation is completed. Return false if the device hangs. */
bool edu_finish(struct edu *edu)
{
	if (edu->irq)
		return wait_for_completion_timeout(&edu->completed, EDU_PATIENCE);
	do {
		if (!engine_wait(edu))
			return false;
	} while (operation_step(edu));
	operation_complete(edu);
	return true;
}

/*
 * Interrupts
 */

static void edu_dpc(struct tasklet_struct *dpc)
{
	struct edu *edu = container_of(dpc, struct edu, dpc);

	if (!operation_step(edu))
		operation_complete(edu);
}

static irqreturn_t edu_interrupt(int irq, void *data)
{
	struct edu *edu = data;
	u32 raised = edu_read(edu, EDU_IRQ_STATUS);

	if (!raised)
		return IRQ_NONE;
	edu_write(edu, EDU_IRQ_ACKNOWLEDGE, raised);
	edu->raised = raised;
	complete(&edu->interrupted);
	if (raised & IRQ_DMA)
		tasklet_schedule(&edu->dpc);
	return IRQ_HANDLED;
}

int edu_irq_enable(struct edu *edu, unsigned int type)
{
	struct pci_dev *pdev = edu->pdev;
	int err = pci_alloc_irq_vectors(pdev, 1, 1, type);

	if (err < 0)
		return err;
	reinit_completion(&edu->interrupted);
	err = request_irq(pci_irq_vector(pdev, 0), edu_interrupt, IRQF_SHARED,
			  "vpmem_edu", edu);
	if (err)
		pci_free_irq_vectors(pdev);
	else
		edu->irq = pci_irq_vector(pdev, 0);
	return err;
}

void edu_irq_disable(struct edu *edu)
{
	if (!edu->irq)
		return;
	free_irq(edu->irq, edu);
	tasklet_kill(&edu->dpc);
	pci_free_irq_vectors(edu->pdev);
	edu->irq = 0;
}

/*
 * The driver
 */

static int edu_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	void __iomem *registers;
	struct edu *edu;
	int err;

	err = pcim_enable_device(pdev);
	if (err)
		return err;
	registers = devm_ioremap_resource(&pdev->dev, &pdev->resource[0]);
	if (IS_ERR(registers))
		return PTR_ERR(registers);
	err = dma_set_mask_and_coherent(&pdev->dev, EDU_DMA_MASK);
	if (err)
		return err;
	pci_set_master(pdev);
	edu = devm_vpmem_attach(&pdev->dev, sizeof(*edu));
	if (IS_ERR(edu))
		return PTR_ERR(edu);
	edu->pdev = pdev;
	edu->registers = registers;
	init_completion(&edu->interrupted);
	init_completion(&edu->completed);
	tasklet_setup(&edu->dpc, edu_dpc);
	the_edu = edu;
	return 0;
}

static void edu_remove(struct pci_dev *pdev)
{
	edu_irq_disable(the_edu);
	the_edu = NULL;
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};

static struct pci_driver edu_driver = {
	.name = "vpmem_edu",
	.id_table = edu_ids,
	.probe = edu_probe,
	.remove = edu_remove,
};

/*
 * Binds, and returns the device, or NULL if there is none. Without an owner, because
 * KUnit runs suites before their module has the place in sysfs that it would be
 * linked to.
 */
struct edu *edu_register(void)
{
	if (__pci_register_driver(&edu_driver, NULL, KBUILD_MODNAME))
		return NULL;
	if (!the_edu)
		pci_unregister_driver(&edu_driver);
	return the_edu;
}

void edu_unregister(void)
{
	if (the_edu)
		pci_unregister_driver(&edu_driver);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Transfers that are under way when their driver goes: none may write to memory that has
 * been freed. The engine takes a tenth of a second to begin with one, and the test holds
 * the page that the driver gives back, so it can look whether the device still writes.
 *
 * Nothing here asserts, because the device has to go back to its usual driver.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/io.h>
#include <linux/kmemleak.h>
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <kunit/test.h>

#include "kunit/lib/edu.h"
#include "include/video.h"

/* Pattern in the device, and pattern in memory before the device writes. */
#define IN_DEVICE	0x3c
#define IN_MEMORY	0xa5

#define LENGTH		1024U

/* Times at which the engine has begun and ended, also on a busy machine */
#define AFTERWARDS_MS	400

static struct {
	struct pci_dev *pdev;
	struct page *page;		/* that the device is to write to; held */
	const struct edu_end *end;
	unsigned int starts;
	bool ok;			/* the transfer was started */
	bool looked;
	bool written;
	/* Results of two entries */
	void *first_memory;
	dma_addr_t first_bus;
	bool first_freed;		/* while the device may still write */
	bool first_written;
	bool second_written;
	u16 command;			/* of the device after the detach */
} it;

static struct page *memory_page(const void *memory)
{
	return is_vmalloc_addr(memory) ? vmalloc_to_page(memory) : virt_to_page(memory);
}

/* Hold the page of @memory, which begins with what the device must not change. */
static void page_hold(void *memory)
{
	memset(memory, IN_MEMORY, LENGTH);
	it.page = memory_page(memory);
	get_page(it.page);
}

/*
 * Whether the device writes to the page from here on. It may have done so already: on a
 * slow machine a transfer ends before its driver does.
 */
static bool page_is_written(void)
{
	const u8 *bytes = page_address(it.page);
	bool written;

	memset(page_address(it.page), IN_MEMORY, LENGTH);
	msleep(AFTERWARDS_MS);
	written = READ_ONCE(bytes[LENGTH / 2]) == IN_DEVICE;
	put_page(it.page);
	it.page = NULL;
	return written;
}

static void it_begin(const struct edu_end *end)
{
	memset(&it, 0, sizeof(it));
	it.end = end;
}

/* Check between the detach and the disable of the device, which ends mastering, too. */
static void look(void *unused)
{
	pci_read_config_word(it.pdev, PCI_COMMAND, &it.command);
	it.looked = true;
	it.written = it.page && page_is_written();
}

static void expect_stopped(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, it.ok);
	KUNIT_EXPECT_TRUE(test, it.looked);
	KUNIT_EXPECT_FALSE(test, it.written);
	KUNIT_EXPECT_EQ(test, it.command & PCI_COMMAND_MASTER, 0);
	KUNIT_EXPECT_EQ(test, it.command & PCI_COMMAND_MEMORY, PCI_COMMAND_MEMORY);
}

/*
 * Driver that attaches by vpmem_attach(), or by devm_vpmem_attach()
 */

static bool hand_transfer(struct edu *edu)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };
	PVP_DMA_ADAPTER dma = VideoPortGetDmaAdapter(edu, &description);
	PHYSICAL_ADDRESS bus;
	void *memory;

	memory = dma ? VideoPortAllocateCommonBuffer(edu, dma, PAGE_SIZE, &bus, false,
						     NULL) : NULL;
	if (!memory)
		return false;
	memset(memory, IN_DEVICE, LENGTH);
	if (!edu_copy(edu, bus.QuadPart, 0, LENGTH, true))
		return false;
	page_hold(memory);
	edu_start(edu, bus.QuadPart, 0, LENGTH, false);
	return true;
}

/* devres undoes this in reverse: what is managed is detached before it is looked at. */
static struct edu *hand_attach(struct pci_dev *pdev)
{
	void __iomem *registers;
	struct edu *edu;
	int err = pcim_enable_device(pdev);

	if (err)
		return ERR_PTR(err);
	registers = devm_ioremap_resource(&pdev->dev, &pdev->resource[0]);
	if (IS_ERR(registers))
		return ERR_CAST(registers);
	err = devm_add_action(&pdev->dev, look, NULL);
	if (err)
		return ERR_PTR(err);
	edu = it.end->managed ? devm_vpmem_attach(&pdev->dev, sizeof(*edu)) :
				vpmem_attach(&pdev->dev, sizeof(*edu));
	if (!IS_ERR(edu)) {
		edu->pdev = pdev;
		edu->registers = registers;
	}
	return edu;
}

static void hand_remove(struct pci_dev *pdev)
{
	if (!it.end->managed)
		vpmem_detach(pci_get_drvdata(pdev));
}

static int hand_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct edu *edu;

	it.pdev = pdev;
	edu = hand_attach(pdev);
	if (IS_ERR(edu))
		return PTR_ERR(edu);
	pci_set_master(pdev);
	dma_set_mask_and_coherent(&pdev->dev, EDU_DMA_MASK);
	pci_set_drvdata(pdev, edu);
	it.ok = hand_transfer(edu);
	if (!it.end->fails_probe)
		return 0;
	hand_remove(pdev);
	return -ENODEV;
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};

static struct pci_driver hand_driver = {
	.name = "vpmem_edu_hand",
	.id_table = edu_ids,
	.probe = hand_probe,
	.remove = hand_remove,
};

void edu_master_by_hand(struct kunit *test)
{
	it_begin(test->param_value);
	/* Leave the owner unset, as edu_register() does. */
	KUNIT_EXPECT_EQ(test, __pci_register_driver(&hand_driver, NULL, KBUILD_MODNAME), 0);
	pci_unregister_driver(&hand_driver);
	expect_stopped(test);
}

/*
 * Miniport that starts a transfer in HwFindAdapter
 */

struct extension {
	PUCHAR registers;
	PVOID memory;
	PHYSICAL_ADDRESS bus;
};

static void mini_write(struct extension *extension, unsigned int at, ULONG value)
{
	VideoPortWriteRegisterUlong((PULONG)(extension->registers + at), value);
}

static void mini_start(struct extension *extension, bool to_device)
{
	ULONG bus = extension->bus.QuadPart;

	mini_write(extension, EDU_DMA_SOURCE, to_device ? bus : EDU_MEMORY);
	mini_write(extension, EDU_DMA_DESTINATION, to_device ? EDU_MEMORY : bus);
	mini_write(extension, EDU_DMA_COUNT, LENGTH);
	mini_write(extension, EDU_DMA_COMMAND, to_device ? 1 : 3);
}

static bool mini_map(struct extension *extension)
{
	VIDEO_ACCESS_RANGE range;

	if (VideoPortGetAccessRanges(extension, 0, NULL, 1, &range, NULL, NULL, NULL))
		return false;
	extension->registers = VideoPortGetDeviceBase(extension, range.RangeStart,
						      range.RangeLength,
						      range.RangeInIoSpace);
	return extension->registers;
}

/* The pattern to the device, and a transfer back that is under way on return. */
static bool mini_transfer(struct extension *extension)
{
	ULONG actual;

	extension->memory = VideoPortGetCommonBuffer(extension, PAGE_SIZE, PAGE_SIZE,
						     &extension->bus, &actual, false);
	if (!extension->memory)
		return false;
	memset(extension->memory, IN_DEVICE, LENGTH);
	mini_start(extension, true);
	msleep(AFTERWARDS_MS);
	page_hold(extension->memory);
	mini_start(extension, false);
	return true;
}

static void find_first(struct extension *extension)
{
	if (!it.end->first_transfers)
		return;
	it.ok = mini_map(extension) && mini_transfer(extension);
	it.first_memory = extension->memory;
	it.first_bus = extension->bus.QuadPart;
}

/*
 * The first entry's transfer, which goes on now. vpmem never frees what it keeps, so do
 * so here, or the kernel complains when the driver is unbound.
 */
static void first_ends(void)
{
	/* Nobody but the test has a page that has been freed. */
	it.first_freed = page_count(it.page) == 1;
	it.first_written = page_is_written();
	if (it.first_freed)
		return;
	/* Tell kmemleak, which knows this memory from vpmem. */
	kmemleak_free(it.first_memory);
	dma_free_coherent(&it.pdev->dev, PAGE_SIZE, it.first_memory, it.first_bus);
}

/* The transfer of this one has to come through, since it finds its adapter. */
static void find_second(struct extension *extension)
{
	if (it.page)
		first_ends();
	it.ok = mini_map(extension) && mini_transfer(extension);
	it.second_written = it.ok && page_is_written();
}

static VP_STATUS mini_find(PVOID ext, PVOID context, __u16 *arguments,
			   PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	it.starts++;
	if (it.starts == 1 && devm_add_action(&it.pdev->dev, look, NULL))
		return ERROR_DEV_NOT_EXIST;
	if (it.end->fails_first && it.starts == 1) {
		find_first(ext);
		return ERROR_DEV_NOT_EXIST;
	}
	if (it.end->fails_first)
		find_second(ext);
	else
		it.ok = mini_map(ext) && mini_transfer(ext);
	return it.ok && !it.end->fails_find ? NO_ERROR : ERROR_DEV_NOT_EXIST;
}

static BOOLEAN mini_initialize(PVOID ext)
{
	return !it.end->fails_initialize;
}

static BOOLEAN mini_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	return true;
}

static ULONG mini_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = PCIBus,
		.HwFindAdapter = mini_find,
		.HwInitialize = mini_initialize,
		.HwStartIO = mini_start_io,
		.HwDeviceExtensionSize = sizeof(struct extension),
	};
	ULONG status = VideoPortInitialize(context1, context2, &hw, NULL);

	if (status == NO_ERROR && it.end->fails_first)
		status = VideoPortInitialize(context1, context2, &hw, NULL);
	return status;
}

/* The bus keeps the device, whose driver this is. */
static void mini_find_device(void)
{
	it.pdev = pci_get_device(0x1234, 0x11e8, NULL);
	pci_dev_put(it.pdev);
}

void edu_master_miniport(struct kunit *test)
{
	struct vpmem_miniport miniport = {
		.name = "vpmem-edu-master",
		.entry = mini_entry,
		.ids = edu_ids,
	};

	it_begin(test->param_value);
	mini_find_device();
	vpmem_miniport_register(&miniport, NULL);
	vpmem_miniport_unregister(&miniport);
	expect_stopped(test);
	KUNIT_EXPECT_EQ(test, it.starts, it.end->fails_first ? 2U : 1U);
	KUNIT_EXPECT_EQ_MSG(test, it.second_written, it.end->fails_first,
			    "mastering is off for a second entry");
	KUNIT_EXPECT_EQ(test, !!it.first_memory, it.end->first_transfers);
	KUNIT_EXPECT_FALSE_MSG(test, it.first_freed, "the device %s memory that was freed",
			       it.first_written ? "has written to" : "may write to");
}

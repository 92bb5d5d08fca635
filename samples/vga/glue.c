// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of the sample: a PCI driver that gives the miniport its adapter.
 *
 * The register access at the end is what vpmem does not have yet.
 */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>

#include "dispi.h"

#define BAR_FRAME_BUFFER	0
#define BAR_REGISTERS		2

static unsigned int leak;
module_param(leak, uint, 0644);
MODULE_PARM_DESC(leak, "Pool blocks to forget at unbind (0 to 3), to see how vpmem reports them");

static int vga_map(struct pci_dev *pdev, DISPI_RESOURCES *resources)
{
	resource_size_t start = pci_resource_start(pdev, BAR_FRAME_BUFFER);
	resource_size_t size = pci_resource_len(pdev, BAR_FRAME_BUFFER);
	void __iomem *pixels, *registers;

	registers = devm_ioremap_resource(&pdev->dev,
					  &pdev->resource[BAR_REGISTERS]);
	if (IS_ERR(registers))
		return PTR_ERR(registers);
	if (!devm_request_mem_region(&pdev->dev, start, size, "vpmem_vga"))
		return -EBUSY;
	pixels = devm_ioremap_wc(&pdev->dev, start, size);
	if (!pixels)
		return -ENOMEM;
	resources->Registers = (void __force *)registers;
	resources->FrameBuffer = (void __force *)pixels;
	resources->FrameBufferLength = size;
	resources->BlocksToForget = leak;
	return 0;
}

static int vga_errno(VP_STATUS status)
{
	switch (status) {
	case NO_ERROR:
		return 0;
	case ERROR_NOT_ENOUGH_MEMORY:
		return -ENOMEM;
	case ERROR_DEV_NOT_EXIST:
		return -ENODEV;
	default:
		return -EIO;
	}
}

static VP_STATUS vga_show(void *extension)
{
	VP_STATUS status;

	if (!DispiInitialize(extension))
		return ERROR_NOT_ENOUGH_MEMORY;
	status = DispiSetMode(extension, 1024, 768, 32);
	return status == NO_ERROR ? DispiDrawPicture(extension) : status;
}

static int vga_start(void *extension, DISPI_RESOURCES *resources)
{
	VIDEO_PORT_CONFIG_INFO config = { .Length = sizeof(config) };
	VP_STATUS status;
	UCHAR again;

	status = DispiFindAdapter(extension, resources, NULL, &config, &again);
	if (status != NO_ERROR)
		return vga_errno(status);
	status = vga_show(extension);
	if (status != NO_ERROR)
		DispiResetHw(extension, 0, 0);
	return vga_errno(status);
}

static int vga_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	DISPI_RESOURCES resources;
	void *extension;
	int err;

	err = pcim_enable_device(pdev);
	if (err)
		return err;
	err = vga_map(pdev, &resources);
	if (err)
		return err;
	extension = devm_vpmem_attach(&pdev->dev, sizeof(DISPI_EXTENSION));
	if (IS_ERR(extension))
		return PTR_ERR(extension);
	pci_set_drvdata(pdev, extension);
	return vga_start(extension, &resources);
}

static void vga_remove(struct pci_dev *pdev)
{
	DispiResetHw(pci_get_drvdata(pdev), 80, 25);
}

static const struct pci_device_id vga_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1111) },
	{ }
};
MODULE_DEVICE_TABLE(pci, vga_ids);

static struct pci_driver vga_driver = {
	.name = "vpmem_vga",
	.id_table = vga_ids,
	.probe = vga_probe,
	.remove = vga_remove,
};
module_pci_driver(vga_driver);

UCHAR VideoPortReadRegisterUchar(PUCHAR Register)
{
	return readb((void __iomem __force *)Register);
}

USHORT VideoPortReadRegisterUshort(PUSHORT Register)
{
	return readw((void __iomem __force *)Register);
}

VOID VideoPortWriteRegisterUchar(PUCHAR Register, UCHAR Value)
{
	writeb(Value, (void __iomem __force *)Register);
}

VOID VideoPortWriteRegisterUshort(PUSHORT Register, USHORT Value)
{
	writew(Value, (void __iomem __force *)Register);
}

MODULE_DESCRIPTION("Sample: a miniport for QEMU's standard VGA adapter on vpmem");
MODULE_LICENSE("GPL");

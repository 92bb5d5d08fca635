// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of the sample: a PCI driver that calls the miniport as the port driver
 * of Windows does, and asks of it what a display driver asks.
 */
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/vgaarb.h>

#include "vbe.h"

static unsigned int width = 1024;
module_param(width, uint, 0444);
MODULE_PARM_DESC(width, "Width of the mode to set, or the largest below (1024)");

static unsigned int height = 768;
module_param(height, uint, 0444);
MODULE_PARM_DESC(height, "Height of the mode to set, likewise (768)");

static unsigned int bits = 32;
module_param(bits, uint, 0444);
MODULE_PARM_DESC(bits, "Bits per pixel of the mode to set, if there is a choice (32)");

struct vbe_screen {
	VBE_EXTENSION *extension;
	VIDEO_MODE_INFORMATION mode;
	VIDEO_MEMORY_INFORMATION memory;
};

static int vbe_errno(VP_STATUS status)
{
	switch (status) {
	case NO_ERROR:
		return 0;
	case ERROR_NOT_ENOUGH_MEMORY:
		return -ENOMEM;
	case ERROR_INVALID_FUNCTION:
		return -EOPNOTSUPP;
	case ERROR_DEV_NOT_EXIST:
		return -ENODEV;
	default:
		return -EIO;
	}
}

/* A request as a display driver makes it. */
static int vbe_request(VBE_EXTENSION *extension, u32 code, void *in, size_t in_size,
		       void *out, size_t out_size)
{
	STATUS_BLOCK status = {};
	VIDEO_REQUEST_PACKET packet = {
		.IoControlCode = code,
		.StatusBlock = &status,
		.InputBuffer = in,
		.InputBufferLength = in_size,
		.OutputBuffer = out,
		.OutputBufferLength = out_size,
	};

	VbeStartIO(extension, &packet);
	return vbe_errno(status.Status);
}

static void vbe_print_controller(struct device *dev, const VBE_EXTENSION *extension)
{
	const VBE_CONTROLLER *controller = &extension->Controller;

	dev_info(dev, "VBE %x.%x, \"%s\", %u KiB\n", controller->Version >> 8,
		 controller->Version & 0xff, extension->OemString,
		 controller->TotalMemory64K * 64);
}

/* The maker is three letters of five bits, the preferred size the first timing. */
static void vbe_print_edid(struct device *dev, const VBE_EXTENSION *extension)
{
	const VBE_EDID *edid = &extension->Edid;
	u16 maker = edid->Maker[0] << 8 | edid->Maker[1];
	const u8 *timing = edid->Preferred;

	if (!extension->HasEdid) {
		dev_info(dev, "no EDID\n");
		return;
	}
	dev_info(dev, "EDID of %c%c%c, prefers %ux%u\n", '@' + (maker >> 10 & 31),
		 '@' + (maker >> 5 & 31), '@' + (maker & 31),
		 timing[2] | (timing[4] & 0xf0) << 4,
		 timing[5] | (timing[7] & 0xf0) << 4);
}

static void vbe_print_modes(struct device *dev, const VIDEO_MODE_INFORMATION *modes,
			    u32 number)
{
	u32 i;

	for (i = 0; i < number; i++)
		dev_info(dev, "mode %u: 0x%x, %ux%ux%u, stride %u\n",
			 modes[i].ModeIndex, modes[i].DriverSpecificAttributeFlags,
			 modes[i].VisScreenWidth, modes[i].VisScreenHeight,
			 modes[i].BitsPerPlane, modes[i].ScreenStride);
}

/* How much a mode is what was asked for; 0 if it is not to be taken. */
static u64 vbe_rate(const VIDEO_MODE_INFORMATION *mode)
{
	u64 pixels = (u64)mode->VisScreenWidth * mode->VisScreenHeight;

	if (mode->VisScreenWidth > width || mode->VisScreenHeight > height ||
	    mode->AttributeFlags & VIDEO_MODE_PALETTE_DRIVEN)
		return 0;
	return pixels << 8 | (mode->BitsPerPlane == bits ? 0xff : mode->BitsPerPlane);
}

static const VIDEO_MODE_INFORMATION *
vbe_choose(const VIDEO_MODE_INFORMATION *modes, u32 number)
{
	const VIDEO_MODE_INFORMATION *best = NULL;
	u32 i;

	for (i = 0; i < number; i++)
		if (vbe_rate(&modes[i]) > (best ? vbe_rate(best) : 0))
			best = &modes[i];
	return best;
}

/* Lists the modes and chooses one. */
static int vbe_choose_mode(struct device *dev, struct vbe_screen *screen)
{
	const VIDEO_MODE_INFORMATION *best;
	VIDEO_MODE_INFORMATION *modes;
	VIDEO_NUM_MODES number;
	int err;

	err = vbe_request(screen->extension, IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES, NULL, 0,
			  &number, sizeof(number));
	if (err)
		return err;
	modes = kcalloc(number.NumModes, sizeof(*modes), GFP_KERNEL);
	if (!modes)
		return -ENOMEM;
	err = vbe_request(screen->extension, IOCTL_VIDEO_QUERY_AVAIL_MODES, NULL, 0,
			  modes, number.NumModes * sizeof(*modes));
	if (!err) {
		vbe_print_modes(dev, modes, number.NumModes);
		best = vbe_choose(modes, number.NumModes);
		if (best)
			screen->mode = *best;
		else
			err = -ENODEV;
	}
	kfree(modes);
	if (err)
		dev_err(dev, "no mode of at most %ux%u\n", width, height);
	return err;
}

static int vbe_map(struct vbe_screen *screen)
{
	VIDEO_MEMORY request = {};

	return vbe_request(screen->extension, IOCTL_VIDEO_MAP_VIDEO_MEMORY, &request,
			   sizeof(request), &screen->memory, sizeof(screen->memory));
}

static void vbe_unmap(struct vbe_screen *screen)
{
	VIDEO_MEMORY request = {
		.RequestedVirtualAddress = screen->memory.VideoRamBase,
	};

	if (request.RequestedVirtualAddress)
		vbe_request(screen->extension, IOCTL_VIDEO_UNMAP_VIDEO_MEMORY, &request,
			    sizeof(request), NULL, 0);
}

static int vbe_set_mode(struct device *dev, struct vbe_screen *screen)
{
	VIDEO_MODE request = { .RequestedMode = screen->mode.ModeIndex };
	int err;

	err = vbe_request(screen->extension, IOCTL_VIDEO_SET_CURRENT_MODE, &request,
			  sizeof(request), NULL, 0);
	if (err)
		return err;
	err = vbe_request(screen->extension, IOCTL_VIDEO_QUERY_CURRENT_MODE, NULL, 0,
			  &screen->mode, sizeof(screen->mode));
	if (!err)
		dev_info(dev, "set mode %u: %ux%ux%u\n", screen->mode.ModeIndex,
			 screen->mode.VisScreenWidth, screen->mode.VisScreenHeight,
			 screen->mode.BitsPerPlane);
	return err;
}

static int vbe_show(struct device *dev, struct vbe_screen *screen)
{
	int err;

	err = vbe_choose_mode(dev, screen);
	if (!err)
		err = vbe_set_mode(dev, screen);
	if (!err)
		err = vbe_map(screen);
	if (!err)
		err = vbe_errno(VbeDrawPicture(screen->extension, &screen->mode,
					       screen->memory.FrameBufferBase));
	return err;
}

static int vbe_find(struct device *dev, VBE_EXTENSION *extension)
{
	VIDEO_PORT_CONFIG_INFO config = { .Length = sizeof(config) };
	UCHAR again;

	return vbe_errno(VbeFindAdapter(extension, NULL, NULL, &config, &again));
}

static void vbe_stop(struct vbe_screen *screen)
{
	vbe_unmap(screen);
	VbeResetHw(screen->extension, 80, 25);
}

static int vbe_start(struct device *dev, struct vbe_screen *screen)
{
	int err;

	if (VbeInitialize(screen->extension)) {
		vbe_print_controller(dev, screen->extension);
		vbe_print_edid(dev, screen->extension);
		err = vbe_show(dev, screen);
	} else {
		dev_err(dev, "no video BIOS with VBE 2.0 answers\n");
		err = -ENODEV;
	}
	if (err)
		vbe_stop(screen);
	return err;
}

static int vbe_attach(struct pci_dev *pdev)
{
	struct vbe_screen *screen;
	int err;

	screen = devm_kzalloc(&pdev->dev, sizeof(*screen), GFP_KERNEL);
	if (!screen)
		return -ENOMEM;
	screen->extension = devm_vpmem_attach(&pdev->dev, sizeof(*screen->extension));
	if (IS_ERR(screen->extension))
		return PTR_ERR(screen->extension);
	pci_set_drvdata(pdev, screen);
	err = vbe_find(&pdev->dev, screen->extension);
	return err ?: vbe_start(&pdev->dev, screen);
}

/* INT 10h is the BIOS of one adapter, the one that the machine has booted with. */
static int vbe_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int err;

	if (pdev != vga_default_device())
		return -ENODEV;
	err = pcim_enable_device(pdev);
	if (err)
		return err;
	err = pci_request_regions(pdev, "vpmem_vbe");
	if (err)
		return err;
	err = vbe_attach(pdev);
	if (err)
		pci_release_regions(pdev);
	return err;
}

static void vbe_remove(struct pci_dev *pdev)
{
	vbe_stop(pci_get_drvdata(pdev));
	pci_release_regions(pdev);
}

/* No MODULE_DEVICE_TABLE: it would have a sample loaded for every display there is. */
static const struct pci_device_id vbe_ids[] = {
	{ PCI_DEVICE_CLASS(PCI_CLASS_DISPLAY_VGA << 8, ~0) },
	{ }
};

static struct pci_driver vbe_driver = {
	.name = "vpmem_vbe",
	.id_table = vbe_ids,
	.probe = vbe_probe,
	.remove = vbe_remove,
};
module_pci_driver(vbe_driver);

MODULE_DESCRIPTION("Sample: a miniport for any adapter with a VESA BIOS on vpmem");
MODULE_LICENSE("GPL");

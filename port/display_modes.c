// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modes of a miniport that can be displays: linear memory, one plane, known masks, and one
 * mode for each size and refresh rate, the one with the most colors.
 */
#define dev_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/context.h"
#include "mem/backing.h"
#include "port/display.h"
#include "port/pixels.h"
#include "port/port.h"

/* Largest width and height that are shown; most pixels of a line that is converted */
#define SIZE_MAX_SHOWN	(VPMEM_LINE_MAX / 4)

/* Masks for a miniport that leaves them out */
struct mode_masks {
	u32 depth;
	u32 red, green, blue;
};

static const struct mode_masks usual_masks[] = {
	{ 15, 0x7c00, 0x03e0, 0x001f },
	{ 16, 0xf800, 0x07e0, 0x001f },
	{ 24, 0xff0000, 0xff00, 0xff },
	{ 32, 0xff0000, 0xff00, 0xff },
};

/* Tell whether the bits of a mask are together, and in a pixel. */
static bool mask_is_good(u32 mask, u32 bits)
{
	u32 shifted = mask >> (mask ? __ffs(mask) : 0);

	return mask && !(shifted & (shifted + 1)) && (bits == 32 || !(mask >> bits));
}

static bool masks_are_good(const struct vpmem_display_mode *mode)
{
	return mask_is_good(mode->red, mode->bits) && mask_is_good(mode->green, mode->bits) &&
	       mask_is_good(mode->blue, mode->bits) && !(mode->red & mode->green) &&
	       !(mode->red & mode->blue) && !(mode->green & mode->blue);
}

static bool set_masks(struct vpmem_display_mode *mode, u32 depth,
		      const VIDEO_MODE_INFORMATION *from)
{
	const struct mode_masks *masks;
	unsigned int i;

	mode->red = from->RedMask;
	mode->green = from->GreenMask;
	mode->blue = from->BlueMask;
	if (mode->red || mode->green || mode->blue)
		return masks_are_good(mode);
	for (i = 0; i < ARRAY_SIZE(usual_masks); i++) {
		masks = &usual_masks[i];
		if (masks->depth != depth)
			continue;
		mode->red = masks->red;
		mode->green = masks->green;
		mode->blue = masks->blue;
		return true;
	}
	return false;
}

/* Set what a pixel looks like. Return why it cannot be shown, or NULL. */
static const char *set_format(struct vpmem_display_mode *mode,
			      const VIDEO_MODE_INFORMATION *from)
{
	mode->bits = from->BitsPerPlane == 15 ? 16 : from->BitsPerPlane;
	if (mode->bits != 8 && mode->bits != 16 && mode->bits != 24 && mode->bits != 32)
		return "bits of a pixel";
	if (from->AttributeFlags & VIDEO_MODE_PALETTE_DRIVEN)
		return mode->bits == 8 ? NULL : "palette of more than 256 colors";
	return set_masks(mode, from->BitsPerPlane, from) ? NULL : "masks of the colors";
}

static const char *set_size(struct vpmem_display_mode *mode,
			    const VIDEO_MODE_INFORMATION *from)
{
	mode->width = from->VisScreenWidth;
	mode->height = from->VisScreenHeight;
	mode->stride = from->ScreenStride;
	if (!mode->width || mode->width > SIZE_MAX_SHOWN ||
	    !mode->height || mode->height > SIZE_MAX_SHOWN)
		return "size";
	return mode->stride / (mode->bits / 8) < mode->width ? "stride" : NULL;
}

/* Translate a mode. Return why it cannot be shown, or NULL. */
static const char *mode_translate(struct vpmem_display_mode *mode,
				  const VIDEO_MODE_INFORMATION *from)
{
	const char *fault;

	memset(mode, 0, sizeof(*mode));
	mode->index = from->ModeIndex;
	/* Take 60 for the default of the device, which is 1, and for nonsense. */
	mode->hz = from->Frequency > 1 && from->Frequency <= 1000 ? from->Frequency : 60;
	if (!(from->AttributeFlags & VIDEO_MODE_GRAPHICS))
		return "text mode";
	if (from->NumberOfPlanes > 1)
		return "planes";
	if ((from->AttributeFlags & (VIDEO_MODE_BANKED | VIDEO_MODE_LINEAR)) ==
	    VIDEO_MODE_BANKED)
		return "banks";
	fault = set_format(mode, from);
	return fault ?: set_size(mode, from);
}

/* Rate the colors of a mode. */
static unsigned int mode_colors(const struct vpmem_display_mode *mode)
{
	/* Prefer 32 bits of a pixel to 24 of the same colors, which are slower. */
	return 64 * hweight32(mode->red | mode->green | mode->blue) + mode->bits;
}

static struct vpmem_display_mode *find_same(struct vpmem_display_mode *modes,
					    unsigned int count,
					    const struct vpmem_display_mode *mode)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (modes[i].width == mode->width && modes[i].height == mode->height &&
		    modes[i].hz == mode->hz)
			return &modes[i];
	return NULL;
}

static unsigned int mode_add(struct vpmem_display_mode *modes, unsigned int count,
			     const struct vpmem_display_mode *mode)
{
	struct vpmem_display_mode *same = find_same(modes, count, mode);

	if (!same)
		modes[count++] = *mode;
	else if (mode_colors(mode) > mode_colors(same))
		*same = *mode;
	return count;
}

/* Translate a list, and log what is left out: DRM shows nothing of it. */
static unsigned int list_translate(const struct vpmem_port *port, const VIDEO_NUM_MODES *list,
				   const void *from, struct vpmem_display_mode *modes)
{
	const VIDEO_MODE_INFORMATION *information;
	struct vpmem_display_mode mode;
	unsigned int i, count = 0;
	const char *fault;

	for (i = 0; i < list->NumModes; i++) {
		information = from + i * list->ModeInformationLength;
		fault = mode_translate(&mode, information);
		if (!fault)
			count = mode_add(modes, count, &mode);
		else
			dev_dbg(port->adapter->dev, "mode %u is not shown by displays: %s\n",
				information->ModeIndex, fault);
	}
	return count;
}

/* Bound of the list: find_same() looks at each pair. */
#define MODES_MAX	1024

/**
 * vpmem_display_modes - Get the modes that can be shown
 * @port: the port
 * @modes: the list; free it by kvfree()
 *
 * Planar, banked and text modes are left out, and those whose description is invalid.
 *
 * Context: may sleep.
 * Return: the number of modes, or -errno: -ENODEV after the end of the miniport, -ENOENT if
 * no mode can be shown, -ENOMEM.
 */
int vpmem_display_modes(struct vpmem_port *port, struct vpmem_display_mode **modes)
{
	VIDEO_NUM_MODES list;
	VP_STATUS status;
	void *from;
	int count;

	status = vpmem_port_modes(port, &list, &from);
	if (status != NO_ERROR) {
		dev_info(port->adapter->dev, "no display: the list of modes is %s (%d)\n",
			 vpmem_status_name(status), status);
		return status == ERROR_NOT_ENOUGH_MEMORY ? -ENOMEM : -ENODEV;
	}
	list.NumModes = min_t(ULONG, list.NumModes, MODES_MAX);
	*modes = vpmem_kvmalloc(array_size(list.NumModes, sizeof(**modes)), VPMEM_GFP_PASSIVE);
	count = *modes ? list_translate(port, &list, from, *modes) : -ENOMEM;
	kvfree(from);
	if (count > 0)
		return count;
	if (!count)
		dev_info(port->adapter->dev, "no display: none of %u modes can be shown; dynamic debug says why\n",
			 list.NumModes);
	kvfree(*modes);
	return count ?: -ENOENT;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_modes, VPMEM_DISPLAY_NS);

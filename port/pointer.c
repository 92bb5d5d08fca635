// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pointer that the device draws, which few miniports have.
 *
 * A pointer of Windows that all such devices have is monochrome: an AND mask, which is 1
 * where the screen is seen, and then an XOR mask, which is 1 where the pointer is white. Both
 * have the largest size that the miniport supports. Of the pixels of a client, those with
 * half of their opacity or more are drawn, black or white, whichever is nearer.
 */
#include <linux/bits.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/devlock.h"
#include "port/display.h"
#include "port/port.h"

/* Largest pointer that is supported */
#define POINTER_MAX	256

static VP_STATUS pointer_ask(struct vpmem_port *port, ULONG code, void *input, ULONG size)
{
	VIDEO_REQUEST_PACKET packet = {
		.IoControlCode = code,
		.InputBuffer = input,
		.InputBufferLength = size,
	};

	return vpmem_port_request(port, &packet);
}

static int pointer_errno(VP_STATUS status)
{
	return status == NO_ERROR ? 0 : -EIO;
}

/* Begin a call, as long as a mode is shown. */
static int pointer_enter(struct vpmem_port *port)
{
	if (!vpmem_device_lock(port->adapter))
		return -ENODEV;
	if (port->displayed && !port->stopped)
		return 0;
	vpmem_device_unlock(port->adapter);
	return -ENXIO;
}

/**
 * vpmem_display_pointer_size - Get the size of the pointer that the device draws
 * @port: the port
 * @width: pixels of a line
 * @height: lines
 *
 * Context: may sleep.
 * Return: 0, or -EOPNOTSUPP if the miniport has no monochrome pointer.
 */
int vpmem_display_pointer_size(struct vpmem_port *port, u32 *width, u32 *height)
{
	VIDEO_POINTER_CAPABILITIES capabilities = {};
	VIDEO_REQUEST_PACKET packet = {
		.IoControlCode = IOCTL_VIDEO_QUERY_POINTER_CAPABILITIES,
		.OutputBuffer = &capabilities,
		.OutputBufferLength = sizeof(capabilities),
	};

	if (vpmem_port_request(port, &packet) != NO_ERROR ||
	    packet.OutputBufferLength < offsetofend(VIDEO_POINTER_CAPABILITIES, MaxHeight) ||
	    !(capabilities.Flags & VIDEO_MODE_MONO_POINTER))
		return -EOPNOTSUPP;
	*width = capabilities.MaxWidth;
	*height = capabilities.MaxHeight;
	return *width && *width <= POINTER_MAX && !(*width % BITS_PER_BYTE) &&
	       *height && *height <= POINTER_MAX ? 0 : -EOPNOTSUPP;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_pointer_size, VPMEM_DISPLAY_NS);

/* Set the bits of a pixel, ARGB8888, in the two masks. */
static void masks_set(u8 *and, u8 *xor, unsigned int x, const u8 *pixel)
{
	unsigned int light = pixel[0] + 5 * pixel[1] + 2 * pixel[2];
	u8 bit = BIT(7 - x % BITS_PER_BYTE);

	if (pixel[3] < 128)
		return;
	and[x / BITS_PER_BYTE] &= ~bit;
	if (light >= 8 * 128)
		xor[x / BITS_PER_BYTE] |= bit;
}

static void masks_fill(VIDEO_POINTER_ATTRIBUTES *pointer,
		       const struct vpmem_display_picture *picture, u32 width, u32 height)
{
	size_t half = (size_t)pointer->WidthInBytes * pointer->Height;
	u8 *and = pointer->Pixels, *xor = and + half;
	const u8 *line = picture->pixels;
	u32 x, y;

	width = min_t(u32, width, pointer->Width);
	height = min_t(u32, height, pointer->Height);
	memset(and, 0xff, half);
	for (y = 0; y < height; y++) {
		for (x = 0; x < width; x++)
			masks_set(and, xor, x, line + 4 * x);
		line += picture->pitch;
		and += pointer->WidthInBytes;
		xor += pointer->WidthInBytes;
	}
}

static VIDEO_POINTER_ATTRIBUTES *pointer_alloc(u32 width, u32 height, ULONG *size)
{
	VIDEO_POINTER_ATTRIBUTES *pointer;

	*size = sizeof(*pointer) + 2 * (width / BITS_PER_BYTE) * height;
	pointer = kzalloc(*size, VPMEM_GFP_PASSIVE);
	if (!pointer)
		return NULL;
	pointer->Flags = VIDEO_MODE_MONO_POINTER;
	pointer->Width = width;
	pointer->Height = height;
	pointer->WidthInBytes = width / BITS_PER_BYTE;
	pointer->Enable = 1;
	return pointer;
}

static SHORT coordinate(int value)
{
	return clamp_t(int, value, S16_MIN, S16_MAX);
}

/**
 * vpmem_display_pointer_set - Show a pointer
 * @port: the port
 * @picture: its pixels, ARGB8888
 * @width: pixels of a line of the picture
 * @height: lines of the picture
 * @x: column of its left end, which may be beyond the screen
 * @y: line of its upper end
 *
 * Cut off what is beyond the size of vpmem_display_pointer_size().
 *
 * Context: may sleep.
 * Return: 0; -EIO if the miniport refuses it; -EOPNOTSUPP; -ENXIO if no mode is shown;
 * -ENOMEM; -ENODEV.
 */
int vpmem_display_pointer_set(struct vpmem_port *port,
			      const struct vpmem_display_picture *picture,
			      u32 width, u32 height, int x, int y)
{
	u32 most_width, most_height;
	VIDEO_POINTER_ATTRIBUTES *pointer;
	ULONG size;
	int err = pointer_enter(port);

	if (err)
		return err;
	err = vpmem_display_pointer_size(port, &most_width, &most_height);
	if (err)
		goto leave;
	pointer = pointer_alloc(most_width, most_height, &size);
	err = pointer ? 0 : -ENOMEM;
	if (err)
		goto leave;
	pointer->Column = coordinate(x);
	pointer->Row = coordinate(y);
	masks_fill(pointer, picture, width, height);
	err = pointer_errno(pointer_ask(port, IOCTL_VIDEO_SET_POINTER_ATTR, pointer, size));
	kfree(pointer);
leave:
	vpmem_device_unlock(port->adapter);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_pointer_set, VPMEM_DISPLAY_NS);

/**
 * vpmem_display_pointer_move - Move the pointer that is shown
 * @port: the port
 * @x: column of its left end
 * @y: line of its upper end
 *
 * Context: may sleep.
 * Return: 0, -EIO, -ENXIO or -ENODEV, as above.
 */
int vpmem_display_pointer_move(struct vpmem_port *port, int x, int y)
{
	VIDEO_POINTER_POSITION position = { .Column = coordinate(x), .Row = coordinate(y) };
	int err = pointer_enter(port);

	if (err)
		return err;
	err = pointer_errno(pointer_ask(port, IOCTL_VIDEO_SET_POINTER_POSITION, &position,
					sizeof(position)));
	vpmem_device_unlock(port->adapter);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_pointer_move, VPMEM_DISPLAY_NS);

/**
 * vpmem_display_pointer_hide - Show no pointer
 * @port: the port
 *
 * Context: may sleep.
 * Return: 0, -EIO, -ENXIO or -ENODEV, as above.
 */
int vpmem_display_pointer_hide(struct vpmem_port *port)
{
	int err = pointer_enter(port);

	if (err)
		return err;
	err = pointer_errno(pointer_ask(port, IOCTL_VIDEO_DISABLE_POINTER, NULL, 0));
	vpmem_device_unlock(port->adapter);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_pointer_hide, VPMEM_DISPLAY_NS);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Requests to a miniport, as a display driver sends them on Windows.
 */
#define dev_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/devlock.h"
#include "core/log.h"
#include "core/trace.h"
#include "mem/backing.h"
#include "port/display.h"
#include "port/port.h"

/* Limit of the size of a mode list */
#define MODES_SIZE_MAX	SZ_4M

/* Flags in a requested mode, besides its number */
#define MODE_FLAGS	(VIDEO_MODE_NO_ZERO_MEMORY | VIDEO_MODE_MAP_MEM_LINEAR)

static ULONG requested_mode(const VIDEO_REQUEST_PACKET *packet)
{
	const VIDEO_MODE *mode = packet->InputBuffer;

	if (packet->IoControlCode != IOCTL_VIDEO_SET_CURRENT_MODE || !mode ||
	    packet->InputBufferLength < sizeof(*mode))
		return 0;
	return mode->RequestedMode & ~MODE_FLAGS;
}

/* Record whether the device is in a mode that has to be reset. */
static void note_mode(struct vpmem_port *port, ULONG code, ULONG mode)
{
	switch (code) {
	case IOCTL_VIDEO_SET_CURRENT_MODE:
		WRITE_ONCE(port->mode_is_set, true);
		port->mode_was_set = true;
		port->mode = mode;
		break;
	case IOCTL_VIDEO_RESET_DEVICE:
		WRITE_ONCE(port->mode_is_set, false);
		break;
	}
}

/*
 * Send a request, one at a time. The output buffer may be the input buffer, and a miniport
 * may write to the packet.
 */
VP_STATUS vpmem_port_request(struct vpmem_port *port, VIDEO_REQUEST_PACKET *packet)
{
	const ULONG code = packet->IoControlCode, room = packet->OutputBufferLength;
	STATUS_BLOCK status = { .Status = ERROR_INVALID_FUNCTION };
	ULONG mode = requested_mode(packet);
	unsigned int depth;
	ktime_t begin;

	/* Serve no request once a detach has closed the lock. */
	if (!vpmem_device_lock(port->adapter)) {
		packet->OutputBufferLength = 0;
		return ERROR_INVALID_FUNCTION;
	}
	packet->StatusBlock = &status;
	depth = vpmem_device_depth(port->adapter);
	if (!port->stopped) {
		begin = ktime_get();
		port->hw.HwStartIO(port->adapter->extension, packet);
		vpmem_device_settle(port->adapter, depth, "HwStartIO");
		trace_request(port->adapter, code, status.Status,
			      ktime_us_delta(ktime_get(), begin));
	}
	if (status.Status == NO_ERROR)
		note_mode(port, code, mode);
	vpmem_device_unlock(port->adapter);
	packet->StatusBlock = NULL;
	packet->OutputBufferLength = min_t(ULONG_PTR, status.Information, room);
	return status.Status;
}

static VP_STATUS ask(struct vpmem_port *port, ULONG code, void *input, ULONG input_size,
		     void *output, ULONG *output_size)
{
	VIDEO_REQUEST_PACKET packet = {
		.IoControlCode = code,
		.InputBuffer = input,
		.InputBufferLength = input_size,
		.OutputBuffer = output,
		.OutputBufferLength = output_size ? *output_size : 0,
	};
	VP_STATUS status = vpmem_port_request(port, &packet);

	if (output_size)
		*output_size = packet.OutputBufferLength;
	return status;
}

/*
 * Modes
 */

static VP_STATUS count_modes(struct vpmem_port *port, VIDEO_NUM_MODES *modes)
{
	ULONG size = sizeof(*modes);
	VP_STATUS status;

	memset(modes, 0, sizeof(*modes));
	status = ask(port, IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES, NULL, 0, modes, &size);
	if (status == NO_ERROR && size < sizeof(*modes))
		status = ERROR_INVALID_FUNCTION;
	return status;
}

/*
 * Get the list of modes; the caller frees it with kvfree(). A list whose entries are
 * shorter than VIDEO_MODE_INFORMATION is invalid.
 */
VP_STATUS vpmem_port_modes(struct vpmem_port *port, VIDEO_NUM_MODES *modes, void **list)
{
	VP_STATUS status = count_modes(port, modes);
	ULONG size;

	if (status != NO_ERROR)
		return status;
	if (modes->ModeInformationLength < sizeof(VIDEO_MODE_INFORMATION) ||
	    check_mul_overflow(modes->NumModes, modes->ModeInformationLength, &size) ||
	    size > MODES_SIZE_MAX)
		return ERROR_INVALID_FUNCTION;
	*list = vpmem_kvmalloc(size, VPMEM_GFP_PASSIVE | __GFP_ZERO);
	if (!*list)
		return ERROR_NOT_ENOUGH_MEMORY;
	status = ask(port, IOCTL_VIDEO_QUERY_AVAIL_MODES, NULL, 0, *list, &size);
	modes->NumModes = size / modes->ModeInformationLength;
	if (status != NO_ERROR)
		kvfree(*list);
	return status;
}

static VP_STATUS unmap_memory(struct vpmem_port *port)
{
	VIDEO_MEMORY memory = {
		.RequestedVirtualAddress = port->memory.VideoRamBase,
	};

	if (!port->mapped)
		return NO_ERROR;
	vpmem_screen_hide(port);
	port->mapped = false;
	return ask(port, IOCTL_VIDEO_UNMAP_VIDEO_MEMORY, &memory, sizeof(memory), NULL,
		   NULL);
}

static VP_STATUS map_memory(struct vpmem_port *port)
{
	VIDEO_MEMORY memory = {};
	ULONG size = sizeof(port->memory);
	VP_STATUS status;

	memset(&port->memory, 0, sizeof(port->memory));
	status = ask(port, IOCTL_VIDEO_MAP_VIDEO_MEMORY, &memory, sizeof(memory),
		     &port->memory, &size);
	port->mapped = status == NO_ERROR;
	vpmem_screen_show(port);
	return status;
}

/* Return what the DAC gets for one of @top + 1 levels. */
static UCHAR dac_level(ULONG level, ULONG top, unsigned int bits, const u16 *gamma)
{
	if (gamma)
		return gamma[level * 255 / top] >> (16 - bits);
	return level * ((1 << bits) - 1) / top;
}

/*
 * Fill the palette of a mode, as a display driver does: many modes are black without. Red
 * and green have three bits of the pixel, blue has two.
 */
static void fill_palette(VIDEO_CLUT *palette, unsigned int bits,
			 const struct vpmem_display_gamma *gamma)
{
	VIDEO_CLUTDATA *color = &palette->LookupTable->RgbArray;
	ULONG i;

	for (i = 0; i < palette->NumEntries; i++, color++) {
		color->Red = dac_level(i >> 5, 7, bits, gamma ? gamma->red : NULL);
		color->Green = dac_level(i >> 2 & 7, 7, bits, gamma ? gamma->green : NULL);
		color->Blue = dac_level(i & 3, 3, bits, gamma ? gamma->blue : NULL);
	}
}

#define PALETTE_ENTRIES	256

/* Size of a palette in display drivers, which some miniports require: one entry too many */
#define PALETTE_SIZE	(sizeof(VIDEO_CLUT) + PALETTE_ENTRIES * sizeof(VIDEO_CLUTDATA))

/* Set the palette of the mode. @gamma is NULL for none. */
void vpmem_port_palette(struct vpmem_port *port, const struct vpmem_display_gamma *gamma)
{
	VIDEO_CLUT *palette = kzalloc(PALETTE_SIZE, VPMEM_GFP_PASSIVE);
	VP_STATUS status;

	if (!palette)
		return;
	palette->NumEntries = PALETTE_ENTRIES;
	fill_palette(palette, port->palette_bits, gamma);
	status = ask(port, IOCTL_VIDEO_SET_COLOR_REGISTERS, palette, PALETTE_SIZE, NULL, NULL);
	if (status != NO_ERROR)
		dev_info(port->adapter->dev,
			 "IOCTL_VIDEO_SET_COLOR_REGISTERS for mode %u returned %s (%d)\n",
			 port->mode, vpmem_status_name(status), status);
	kfree(palette);
}

static const VIDEO_MODE_INFORMATION *find_mode(const VIDEO_NUM_MODES *modes,
					       const void *list, ULONG index)
{
	const VIDEO_MODE_INFORMATION *mode;
	ULONG i;

	for (i = 0; i < modes->NumModes; i++) {
		mode = list + i * modes->ModeInformationLength;
		if (mode->ModeIndex == index)
			return mode;
	}
	return NULL;
}

/* Return the description of a mode; all zeroes if the miniport does not list it. */
static VIDEO_MODE_INFORMATION mode_information(struct vpmem_port *port, ULONG index)
{
	VIDEO_MODE_INFORMATION information = {};
	const VIDEO_MODE_INFORMATION *mode;
	VIDEO_NUM_MODES modes;
	void *list;

	if (vpmem_port_modes(port, &modes, &list) != NO_ERROR)
		return information;
	mode = find_mode(&modes, list, index);
	if (mode)
		information = *mode;
	kvfree(list);
	return information;
}

static bool has_palette(const VIDEO_MODE_INFORMATION *mode)
{
	return mode->AttributeFlags & VIDEO_MODE_PALETTE_DRIVEN &&
	       mode->BitsPerPlane * max(mode->NumberOfPlanes, 1U) == 8;
}

/* Tell whether only a bank is mapped, although the mode supports a linear frame buffer. */
static bool is_bank(const struct vpmem_port *port, const VIDEO_MODE_INFORMATION *mode)
{
	return mode->AttributeFlags & VIDEO_MODE_LINEAR && port->mapped &&
	       port->memory.FrameBufferLength < (u64)mode->ScreenStride * mode->VisScreenHeight;
}

static VP_STATUS enter_mode(struct vpmem_port *port, ULONG requested,
			    VIDEO_MODE_INFORMATION *information)
{
	VIDEO_MODE mode = { .RequestedMode = requested };
	VP_STATUS status;

	unmap_memory(port);
	status = ask(port, IOCTL_VIDEO_SET_CURRENT_MODE, &mode, sizeof(mode), NULL, NULL);
	if (status == NO_ERROR) {
		*information = mode_information(port, requested & ~MODE_FLAGS);
		/* Use the bits of the DAC, which has six on VGA. */
		port->palette_bits = clamp(information->NumberRedBits ?: 6, 6U, 8U);
		if (has_palette(information))
			vpmem_port_palette(port, NULL);
		return map_memory(port);
	}
	/* Keep the previous mode if the miniport refuses the new one. */
	if (port->mode_is_set)
		map_memory(port);
	return status;
}

/*
 * Set a mode. Many miniports map a bank unless VIDEO_MODE_MAP_MEM_LINEAR is set, which
 * others take for another mode. So set it only for a miniport that has mapped a bank.
 */
static VP_STATUS change_mode(struct vpmem_port *port, ULONG requested)
{
	VIDEO_MODE_INFORMATION mode;
	VP_STATUS status = enter_mode(port, requested, &mode);

	if (status == NO_ERROR && is_bank(port, &mode) &&
	    enter_mode(port, requested | VIDEO_MODE_MAP_MEM_LINEAR, &mode) != NO_ERROR)
		status = enter_mode(port, requested, &mode);
	return status;
}

VP_STATUS vpmem_port_set_mode(struct vpmem_port *port, ULONG mode)
{
	VP_STATUS status;

	vpmem_device_lock(port->adapter);
	status = change_mode(port, mode);
	vpmem_device_unlock(port->adapter);
	return status;
}

VP_STATUS vpmem_port_reset(struct vpmem_port *port)
{
	VP_STATUS status;

	vpmem_device_lock(port->adapter);
	unmap_memory(port);
	status = ask(port, IOCTL_VIDEO_RESET_DEVICE, NULL, 0, NULL, NULL);
	vpmem_device_unlock(port->adapter);
	return status;
}

/*
 * Requests by the Linux side of a driver
 */

/*
 * Tell whether a request would take the screen from a display driver, and say so. Called
 * with the device lock.
 */
bool vpmem_port_is_displayed(struct vpmem_port *port, ULONG code)
{
	switch (code) {
	case IOCTL_VIDEO_SET_CURRENT_MODE:
	case IOCTL_VIDEO_RESET_DEVICE:
	case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
	case IOCTL_VIDEO_UNMAP_VIDEO_MEMORY:
		break;
	default:
		return false;
	}
	if (port->displayed)
		dev_info_ratelimited(port->adapter->dev,
				     "request 0x%x refused: mode %u is shown by a display driver; unload that, or switch its CRTC off\n",
				     code, port->mode);
	return port->displayed;
}

static VP_STATUS request(struct vpmem_port *port, ULONG code, void *input, ULONG input_size,
			 void *output, ULONG *output_size)
{
	VP_STATUS status = ERROR_BUSY;

	vpmem_device_lock(port->adapter);
	if (!vpmem_port_is_displayed(port, code))
		status = ask(port, code, input, input_size, output, output_size);
	else
		*output_size = 0;
	/* A display driver can have the screen now. */
	if (code == IOCTL_VIDEO_RESET_DEVICE && status == NO_ERROR)
		vpmem_hotplug(port);
	vpmem_device_unlock(port->adapter);
	return status;
}

static struct vpmem_port *call_port(const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	if (!adapter || !vpmem_check_may_sleep(call))
		return NULL;
	if (!adapter->port)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "the adapter has no miniport");
	return adapter->port;
}

static bool buffers_are_good(const void *input, ULONG input_size, const void *output,
			     ULONG output_size, const struct vpmem_call *call)
{
	if ((input || !input_size) && (output || !output_size))
		return true;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
			  "a buffer is NULL, but its size is not 0");
	return false;
}

VP_STATUS vpmem_request(void *hw_device_extension, ULONG code, void *input,
			ULONG input_size, void *output, ULONG output_size,
			ULONG *information)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(hw_device_extension, &call);
	struct vpmem_port *port = call_port(&call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (information)
		*information = 0;
	if (port && buffers_are_good(input, input_size, output, output_size, &call)) {
		status = request(port, code, input, input_size, output, &output_size);
		if (information)
			*information = output_size;
	} else if (adapter && !adapter->port) {
		status = ERROR_INVALID_FUNCTION;
	}
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(vpmem_request);

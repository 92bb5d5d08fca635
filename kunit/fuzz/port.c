// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniport that answers requests with anything: lists of modes, frame buffers, monitors.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "core/testing.h"
#include "kunit/fuzz/fuzz.h"
#include "kunit/lib/view.h"
#include "port/display.h"
#include "services/edid.h"
#include "vpmem.h"
#include "include/ntdef.h"
#include "include/video.h"

#define NAME		"vpmem-fuzz-port"
#define REQUESTS	12

static struct {
	struct fuzz *fuzz;
	void *ext;
	struct vpmem_port *port;
	bool always_more;		/* children */
} fuzzed;

static u8 screen[PAGE_SIZE];

/*
 * Answers
 */

static void answer_bytes(struct fuzz *fuzz, void *to, size_t size)
{
	size_t i;

	prandom_bytes_state(&fuzz->random, to, size);
	for (i = 0; i + sizeof(u32) <= size; i += sizeof(u32))
		if (!fuzz_one_in(fuzz, 4))
			*(u32 *)(to + i) = fuzz_number(fuzz);
}

static void answer_count(struct fuzz *fuzz, VIDEO_NUM_MODES *count)
{
	count->NumModes = fuzz_one_in(fuzz, 4) ? fuzz_number(fuzz) : fuzz_below(fuzz, 20);
	count->ModeInformationLength = fuzz_one_in(fuzz, 4) ? fuzz_number(fuzz) :
				       sizeof(VIDEO_MODE_INFORMATION) + 4 * fuzz_below(fuzz, 3);
}

/* Make a mode that is often nearly right. */
static void answer_mode(struct fuzz *fuzz, VIDEO_MODE_INFORMATION *mode)
{
	static const u32 depths[] = { 4, 8, 15, 16, 24, 32 };

	answer_bytes(fuzz, mode, sizeof(*mode));
	if (fuzz_one_in(fuzz, 4))
		return;
	mode->BitsPerPlane = depths[fuzz_below(fuzz, ARRAY_SIZE(depths))];
	mode->NumberOfPlanes = 1;
	mode->AttributeFlags |= VIDEO_MODE_GRAPHICS;
	mode->AttributeFlags &= ~VIDEO_MODE_BANKED;
	if (fuzz_one_in(fuzz, 2)) {
		mode->RedMask = 0;
		mode->GreenMask = 0;
		mode->BlueMask = 0;
	}
	if (!fuzz_one_in(fuzz, 4)) {
		mode->VisScreenWidth = fuzz_below(fuzz, 5000);
		mode->VisScreenHeight = fuzz_below(fuzz, 5000);
		mode->ScreenStride = fuzz_below(fuzz, 20000);
	}
}

static void answer_modes(struct fuzz *fuzz, PVIDEO_REQUEST_PACKET packet)
{
	u8 *to = packet->OutputBuffer;
	ULONG left = packet->OutputBufferLength;

	for (; left >= sizeof(VIDEO_MODE_INFORMATION); left -= sizeof(VIDEO_MODE_INFORMATION)) {
		answer_mode(fuzz, (VIDEO_MODE_INFORMATION *)to);
		to += sizeof(VIDEO_MODE_INFORMATION);
	}
}

/* Answer a part of the page that is there, or sizes and addresses that are none. */
static void answer_memory(struct fuzz *fuzz, VIDEO_MEMORY_INFORMATION *memory)
{
	memory->VideoRamBase = screen;
	memory->VideoRamLength = fuzz_below(fuzz, sizeof(screen) + 1);
	memory->FrameBufferBase = screen + fuzz_below(fuzz, sizeof(screen));
	memory->FrameBufferLength = screen + sizeof(screen) - (u8 *)memory->FrameBufferBase;
	if (!fuzz_one_in(fuzz, 4))
		return;
	memory->FrameBufferLength = 0;
	memory->FrameBufferBase = fuzz_one_in(fuzz, 2) ? NULL : screen;
	memory->VideoRamLength = fuzz_one_in(fuzz, 2) ? 0 : memory->VideoRamLength;
}

static BOOLEAN start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	struct fuzz *fuzz = fuzzed.fuzz;
	ULONG right = 0;

	packet->StatusBlock->Status = fuzz_one_in(fuzz, 16) ? fuzz_number(fuzz) : NO_ERROR;
	switch (packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
		right = sizeof(VIDEO_NUM_MODES);
		answer_count(fuzz, packet->OutputBuffer);
		break;
	case IOCTL_VIDEO_QUERY_AVAIL_MODES:
		right = packet->OutputBufferLength;
		answer_modes(fuzz, packet);
		break;
	case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
		right = sizeof(VIDEO_MEMORY_INFORMATION);
		answer_memory(fuzz, packet->OutputBuffer);
		break;
	default:
		right = packet->OutputBufferLength;
		if (right)
			answer_bytes(fuzz, packet->OutputBuffer, right);
		break;
	}
	packet->StatusBlock->Information = fuzz_one_in(fuzz, 8) ? fuzz_number(fuzz) : right;
	return !fuzz_one_in(fuzz, 16);
}

static VP_STATUS child(PVOID ext, PVIDEO_CHILD_ENUM_INFO info, PVIDEO_CHILD_TYPE type,
		       PUCHAR descriptor, PULONG id, PULONG unused)
{
	struct fuzz *fuzz = fuzzed.fuzz;

	*type = fuzz_one_in(fuzz, 4) ? fuzz_number(fuzz) : Monitor;
	*id = fuzz_number(fuzz);
	prandom_bytes_state(&fuzz->random, descriptor, info->ChildDescriptorSize);
	if (info->ChildDescriptorSize >= VPMEM_EDID_BLOCK && !fuzz_one_in(fuzz, 4))
		fuzz_edid(fuzz, descriptor);
	if (fuzzed.always_more)
		return VIDEO_ENUM_MORE_DEVICES;
	if (fuzz_one_in(fuzz, 4))
		return fuzz_number(fuzz);
	return fuzz_one_in(fuzz, 2) ? VIDEO_ENUM_MORE_DEVICES : VIDEO_ENUM_NO_MORE_DEVICES;
}

static VP_STATUS find(PVOID ext, PVOID context, __u16 *arguments,
		      PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	fuzzed.ext = ext;
	return NO_ERROR;
}

static BOOLEAN initialize(PVOID ext)
{
	return true;
}

static ULONG entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = Isa,
		.HwFindAdapter = find,
		.HwInitialize = initialize,
		.HwStartIO = start_io,
		.HwGetVideoChildDescriptor = child,
		.HwDeviceExtensionSize = 64,
	};

	return VideoPortInitialize(context1, context2, &hw, NULL);
}

/*
 * Clients
 */

static void *client_start(struct vpmem_port *port, struct device *dev)
{
	fuzzed.port = port;
	return &fuzzed;
}

static void client_stop(void *display)
{
	fuzzed.port = NULL;
}

static void client_changed(void *display)
{
}

static const struct vpmem_display_client client = {
	.start = client_start,
	.stop = client_stop,
	.changed = client_changed,
};

/* Expect what a display relies on. */
static bool mode_is_good(const struct vpmem_display_mode *mode)
{
	u32 bytes = mode->bits / 8;

	return mode->width && mode->height && bytes >= 1 && bytes <= 4 && !(mode->bits % 8) &&
	       mode->stride / bytes >= mode->width && mode->hz &&
	       (mode->bits == 8 || (mode->red && mode->green && mode->blue) ||
		!(mode->red | mode->green | mode->blue));
}

static void set_a_mode(struct fuzz *fuzz, const struct vpmem_display_mode *mode)
{
	static const u32 pixels[64];
	const struct vpmem_display_picture picture = { pixels, sizeof(pixels) };
	struct vpmem_display_rect rect = {
		.x = fuzz_below(fuzz, mode->width),
		.y = fuzz_below(fuzz, mode->height),
		.width = 1,
		.height = 1,
	};

	if (!vpmem_display_set(fuzzed.port, mode, NULL))
		vpmem_display_draw(fuzzed.port, &picture, &rect);
}

static bool modes_are_good(struct fuzz *fuzz)
{
	struct vpmem_display_mode *modes;
	int i, nr = vpmem_display_modes(fuzzed.port, &modes);
	bool good = true;

	for (i = 0; good && i < nr; i++)
		good = mode_is_good(&modes[i]);
	if (nr > 0) {
		if (good)
			set_a_mode(fuzz, &modes[fuzz_below(fuzz, nr)]);
		kvfree(modes);
	}
	return good || fuzz_fail("mode %d cannot be shown", i - 1);
}

static bool edid_is_good(void)
{
	u8 edid[VPMEM_EDID_SIZE];
	size_t i, size = vpmem_display_edid(fuzzed.port, edid);

	if (size > sizeof(edid) || size % VPMEM_EDID_BLOCK)
		return fuzz_fail("EDID of %zu bytes", size);
	for (i = 0; i < size; i += VPMEM_EDID_BLOCK)
		if (!vpmem_edid_checksum_is_good(edid + i))
			return fuzz_fail("checksum of block %zu of the EDID", i / VPMEM_EDID_BLOCK);
	return !size || vpmem_edid_has_header(edid) || fuzz_fail("EDID without a header");
}

static void use_files(struct fuzz *fuzz)
{
	static const char * const names[] = { "modes", "mode", "framebuffer", "children" };
	char text[12];

	vfree(vt_view_read(fuzzed.ext, names[fuzz_below(fuzz, ARRAY_SIZE(names))]));
	snprintf(text, sizeof(text), "%u", fuzz_number(fuzz));
	vpmem_view_write(fuzzed.ext, "mode", text);
	vfree(vt_view_read(fuzzed.ext, "framebuffer"));
}

static bool use_port(struct fuzz *fuzz)
{
	unsigned int i;
	bool good = true;

	for (i = 0; good && fuzzed.port && i < REQUESTS; i++) {
		use_files(fuzz);
		good = modes_are_good(fuzz) && edid_is_good();
	}
	return good;
}

/* A client sees modes and monitors that it can use, or none. */
static bool port_play(struct fuzz *fuzz)
{
	struct vpmem_miniport miniport = { .name = NAME, .entry = entry };
	bool good;
	int err;

	memset(&fuzzed, 0, sizeof(fuzzed));
	fuzzed.fuzz = fuzz;
	fuzzed.always_more = fuzz_one_in(fuzz, 16);
	if (vpmem_display_client_register(&client))
		return fuzz_fail("there is another display driver");
	err = vpmem_miniport_register(&miniport, NULL);
	good = err ? fuzz_fail("the miniport does not start: %d", err) : use_port(fuzz);
	if (!err)
		vpmem_miniport_unregister(&miniport);
	vpmem_display_client_unregister(&client);
	return good;
}

const struct fuzz_target fuzz_ports = { "ports", 1000, port_play };

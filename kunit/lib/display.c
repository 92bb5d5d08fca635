// SPDX-License-Identifier: GPL-2.0-only
/*
 * Client of displays, which records what it is told, and modes of the fake miniport.
 */
#include <linux/mm.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/display.h"

struct vt_client vt_client;

static void *client_start(struct vpmem_port *port, struct device *dev)
{
	vt_note('<');
	vt_client.port = port;
	vt_client.dev = dev;
	vt_client.starts++;
	return &vt_client;
}

static void client_stop(void *display)
{
	vt_note('>');
	vt_client.port = NULL;
	vt_client.stops++;
}

static void client_changed(void *display)
{
	vt_client.changes++;
}

const struct vpmem_display_client vt_client_hooks = {
	.start = client_start,
	.stop = client_stop,
	.changed = client_changed,
};

int vt_display_init(struct kunit *test)
{
	int err = vt_miniport_init(test);

	if (err)
		return err;
	memset(&vt_client, 0, sizeof(vt_client));
	err = vpmem_display_client_register(&vt_client_hooks);
	if (err)
		kunit_skip(test, "there is another display driver");
	return 0;
}

void vt_display_exit(struct kunit *test)
{
	vt_miniport_exit(test);
	vpmem_display_client_unregister(&vt_client_hooks);
}

static void list_modes(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	const ULONG size = vt_client.count * sizeof(*vt_client.modes);

	if (vt_client.in_request)
		vt_client.in_request(packet);
	if (packet->IoControlCode != IOCTL_VIDEO_QUERY_AVAIL_MODES)
		return;
	memcpy(packet->OutputBuffer, vt_client.modes, size);
	packet->StatusBlock->Information = size;
}

/* Start the miniport, with this list of modes. */
void vt_need_display(struct kunit *test, const VIDEO_MODE_INFORMATION *modes,
		     unsigned int count)
{
	vt_client.modes = modes;
	vt_client.count = count;
	vt_mp.modes.NumModes = count;
	vt_mp.modes_listed = 0;
	vt_mp.in_request = list_modes;
	vt_need_miniport(test);
	KUNIT_ASSERT_NOT_NULL(test, vt_client.port);
}

struct vpmem_display_mode *vt_get_modes(struct kunit *test, int expected)
{
	struct vpmem_display_mode *modes = NULL;

	KUNIT_ASSERT_EQ(test, vpmem_display_modes(vt_client.port, &modes), expected);
	return modes;
}

/* Start the miniport with one mode of VT_WIDTH * VT_HEIGHT, and return that. */
struct vpmem_display_mode vt_one_mode(struct kunit *test, VIDEO_MODE_INFORMATION *mode)
{
	struct vpmem_display_mode *modes, one;

	mode->VisScreenWidth = VT_WIDTH;
	mode->VisScreenHeight = VT_HEIGHT;
	mode->ScreenStride = VT_STRIDE;
	mode->NumberRedBits = 6;
	vt_mp.screen = kunit_kzalloc(test, VT_SCREEN, GFP_KERNEL);
	vt_mp.screen_size = VT_SCREEN;
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_need_display(test, mode, 1);
	modes = vt_get_modes(test, 1);
	one = *modes;
	kvfree(modes);
	vt_forget_order();
	return one;
}

struct vpmem_display_mode vt_usual_mode(struct kunit *test)
{
	static VIDEO_MODE_INFORMATION usual = VT_MODE(7, 0, 0, 32, 0xff0000, 0xff00, 0xff);

	return vt_one_mode(test, &usual);
}

const struct vpmem_display_rect vt_all = { 0, 0, VT_WIDTH, VT_HEIGHT };

int vt_draw(const void *pixels, const struct vpmem_display_rect *rect)
{
	const struct vpmem_display_picture picture = { pixels, VT_WIDTH * 4 };

	return vpmem_display_draw(vt_client.port, &picture, rect);
}

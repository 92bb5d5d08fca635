// SPDX-License-Identifier: GPL-2.0-only
/*
 * Displays: the pointer that the device draws
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/display.h"

#define SIZE	16

/* Answers of the miniport, and what it was told */
static struct {
	VIDEO_POINTER_CAPABILITIES capabilities;
	u8 set[sizeof(VIDEO_POINTER_ATTRIBUTES) + 2 * SIZE * SIZE / 8];
	ULONG set_size;
	VIDEO_POINTER_POSITION position;
	VP_STATUS status;
} pointer;

static void pointer_request(PVIDEO_REQUEST_PACKET packet)
{
	STATUS_BLOCK *status = packet->StatusBlock;

	switch (packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_POINTER_CAPABILITIES:
		memcpy(packet->OutputBuffer, &pointer.capabilities,
		       sizeof(pointer.capabilities));
		status->Information = sizeof(pointer.capabilities);
		status->Status = pointer.status;
		return;
	case IOCTL_VIDEO_SET_POINTER_ATTR:
		vt_note('p');
		pointer.set_size = packet->InputBufferLength;
		memcpy(pointer.set, packet->InputBuffer,
		       min_t(size_t, pointer.set_size, sizeof(pointer.set)));
		break;
	case IOCTL_VIDEO_SET_POINTER_POSITION:
		vt_note('m');
		memcpy(&pointer.position, packet->InputBuffer, sizeof(pointer.position));
		break;
	case IOCTL_VIDEO_DISABLE_POINTER:
		vt_note('h');
		break;
	default:
		return;
	}
	status->Status = pointer.status;
}

static struct vpmem_display_mode pointer_mode(struct kunit *test)
{
	memset(&pointer, 0, sizeof(pointer));
	pointer.capabilities.Flags = VIDEO_MODE_MONO_POINTER | VIDEO_MODE_COLOR_POINTER;
	pointer.capabilities.MaxWidth = SIZE;
	pointer.capabilities.MaxHeight = SIZE;
	vt_client.in_request = pointer_request;
	return vt_usual_mode(test);
}

static const struct {
	ULONG flags, width, height;
	VP_STATUS status;
} bad[] = {
	{ VIDEO_MODE_COLOR_POINTER, SIZE, SIZE, NO_ERROR },
	{ VIDEO_MODE_MONO_POINTER, 0, SIZE, NO_ERROR },
	{ VIDEO_MODE_MONO_POINTER, SIZE, 0, NO_ERROR },
	{ VIDEO_MODE_MONO_POINTER, 12, SIZE, NO_ERROR },
	{ VIDEO_MODE_MONO_POINTER, U32_MAX - 7, SIZE, NO_ERROR },
	{ VIDEO_MODE_MONO_POINTER, SIZE, U32_MAX, NO_ERROR },
	{ VIDEO_MODE_MONO_POINTER, SIZE, SIZE, ERROR_INVALID_FUNCTION },
};

/*
 * DISPLAY-15: A client gets the size of a monochrome pointer, whose width is a multiple of 8,
 * up to 256 * 256
 */
static void display_15_pointer_size(struct kunit *test)
{
	u32 width, height;
	int i;

	pointer_mode(test);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_size(vt_client.port, &width, &height), 0);
	KUNIT_EXPECT_EQ(test, width, (u32)SIZE);
	KUNIT_EXPECT_EQ(test, height, (u32)SIZE);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		pointer.capabilities.Flags = bad[i].flags;
		pointer.capabilities.MaxWidth = bad[i].width;
		pointer.capabilities.MaxHeight = bad[i].height;
		pointer.status = bad[i].status;
		KUNIT_EXPECT_EQ_MSG(test, vpmem_display_pointer_size(vt_client.port, &width,
								     &height),
				    -EOPNOTSUPP, "case %d", i);
	}
}

/*
 * DISPLAY-16: The miniport gets an AND mask and an XOR mask of its largest size: opaque
 * pixels are black or white, the others and those outside are transparent
 */
static void display_16_pointer_masks(struct kunit *test)
{
	const __le32 pixels[] = {
		cpu_to_le32(0xff000000), cpu_to_le32(0xffffffff), cpu_to_le32(0x7fffffff),
		cpu_to_le32(0x8000ff00), cpu_to_le32(0xff0000ff), cpu_to_le32(0xffff0000),
	};
	const struct vpmem_display_picture picture = { pixels, 3 * 4 };
	const VIDEO_POINTER_ATTRIBUTES *set = (const void *)pointer.set;
	struct vpmem_display_mode mode = pointer_mode(test);
	const u8 *and = set->Pixels, *xor = and + SIZE * SIZE / 8;

	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_set(vt_client.port, &picture, 3, 2,
							-5, 70000), 0);
	KUNIT_EXPECT_GE(test, (size_t)pointer.set_size,
			offsetof(VIDEO_POINTER_ATTRIBUTES, Pixels) + 2 * SIZE * SIZE / 8);
	KUNIT_EXPECT_EQ(test, set->Flags, (ULONG)VIDEO_MODE_MONO_POINTER);
	KUNIT_EXPECT_EQ(test, set->Width, (ULONG)SIZE);
	KUNIT_EXPECT_EQ(test, set->Height, (ULONG)SIZE);
	KUNIT_EXPECT_EQ(test, set->WidthInBytes, (ULONG)SIZE / 8);
	KUNIT_EXPECT_EQ(test, set->Enable, 1U);
	KUNIT_EXPECT_EQ(test, set->Column, -5);
	KUNIT_EXPECT_EQ(test, set->Row, S16_MAX);
	KUNIT_EXPECT_EQ(test, and[0], 0x3f);
	KUNIT_EXPECT_EQ(test, xor[0], 0x40);
	KUNIT_EXPECT_EQ(test, and[1], 0xff);
	KUNIT_EXPECT_EQ(test, and[2], 0x1f);
	KUNIT_EXPECT_EQ(test, xor[2], 0x80);
	KUNIT_EXPECT_NULL(test, memchr_inv(and + 3, 0xff, SIZE * SIZE / 8 - 3));
	KUNIT_EXPECT_NULL(test, memchr_inv(xor + 3, 0, SIZE * SIZE / 8 - 3));
}

/* DISPLAY-17: A pointer is moved and hidden while a mode is shown, if the miniport does so */
static void display_17_pointer_moves(struct kunit *test)
{
	const __le32 pixel = cpu_to_le32(0xff000000);
	const struct vpmem_display_picture picture = { &pixel, 4 };
	struct vpmem_display_mode mode = pointer_mode(test);

	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_move(vt_client.port, 1, 2), -ENXIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_hide(vt_client.port), -ENXIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_set(vt_client.port, &picture, 1, 1, 0, 0),
			-ENXIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_set(vt_client.port, &picture, 1, 1, 0, 0),
			0);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_move(vt_client.port, 300, -4), 0);
	KUNIT_EXPECT_EQ(test, pointer.position.Column, 300);
	KUNIT_EXPECT_EQ(test, pointer.position.Row, -4);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_hide(vt_client.port), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "pmh");
	pointer.status = ERROR_INVALID_PARAMETER;
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_move(vt_client.port, 0, 0), -EIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_hide(vt_client.port), -EIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_pointer_set(vt_client.port, &picture, 1, 1, 0, 0),
			-EOPNOTSUPP);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(display_15_pointer_size),
	KUNIT_CASE(display_16_pointer_masks),
	KUNIT_CASE(display_17_pointer_moves),
	{}
};

struct kunit_suite vt_pointer_suite = {
	.name = "pointer",
	.init = vt_display_init,
	.exit = vt_display_exit,
	.test_cases = cases,
};

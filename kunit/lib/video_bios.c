// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fixture of suites that call the video BIOS of the machine.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/platform_device.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/umh.h>

#include "kunit/lib/file.h"
#include "kunit/lib/video_bios.h"
#include "core/compat.h"
#include "core/testing.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

static struct platform_device *vt_bios_device;
void *vt_bios_ext;
VIDEO_PORT_INT10_INTERFACE vt_bios;
static char vt_bios_text[VT_VIEW_ROOM];

/*
 * The fixture: an adapter with the interface. After each test nothing is left, and
 * the helper goes when the adapter does.
 */

/* A kernel thread leaves fput() to a worker. What cleans up after a test may be none. */
void vt_close_file(struct file *file)
{
	if (current->flags & PF_KTHREAD)
		__fput_sync(file);
	else
		fput(file);
}

bool vt_write_file(const char *path, const char *value)
{
	struct file *file = vt_file_open(path, O_WRONLY);
	ssize_t length;
	loff_t pos = 0;

	if (IS_ERR(file))
		return false;
	length = kernel_write(file, value, strlen(value), &pos);
	vt_close_file(file);
	return length == strlen(value);
}

void vt_set_defaults(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, vt_write_file(VT_TIMEOUT, "20000"));
	KUNIT_EXPECT_TRUE(test, vt_write_file(VT_HELPER, "/usr/local/sbin/vpmem-int10d"));
}

static bool vt_read_word(void *of, const char *name, char *word)
{
	static char view[VT_VIEW_ROOM];
	const char *line = view;
	char seen[24];

	if (vpmem_view(of, "int10", view, sizeof(view)) <= 0)
		return false;
	for (; *line; line = strchrnul(line, '\n'), line += !!*line)
		if (sscanf(line, "%23s %23s", seen, word) == 2 && !strcmp(seen, name))
			return true;
	return false;
}

unsigned long vt_read_number(void *of, const char *name)
{
	unsigned long number = 0;
	char word[24];

	return vt_read_word(of, name, word) && !kstrtoul(word, 0, &number) ? number : 0;
}

int vt_bios_init(struct kunit *test)
{
	PINTERFACE interface = (PINTERFACE)&vt_bios;
	char word[24];

	KUNIT_ASSERT_TRUE(test, vt_read_word(NULL, "Bios", word));
	KUNIT_ASSERT_STREQ(test, word, "yes");
	vt_set_defaults(test);
	vt_bios_device = platform_device_register_simple("vpmem-bios", PLATFORM_DEVID_NONE, NULL,
							 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(vt_bios_device));
	vt_bios_ext = vpmem_attach(&vt_bios_device->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(vt_bios_ext));
	vt_bios = (VIDEO_PORT_INT10_INTERFACE){
		.Size = sizeof(vt_bios), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1,
	};
	KUNIT_ASSERT_EQ(test, VideoPortQueryServices(vt_bios_ext, VideoPortServicesInt10,
						     interface),
			NO_ERROR);
	return 0;
}

static void vt_expect_nothing_left(struct kunit *test)
{
	char word[24];

	KUNIT_EXPECT_GT(test, vpmem_view(vt_bios_ext, "regions", vt_bios_text,
					 sizeof(vt_bios_text)), 0);
	KUNIT_EXPECT_EQ_MSG(test, strchrnul(vt_bios_text, '\n')[1], 0, "left: %s", vt_bios_text);
	vpmem_detach(vt_bios_ext);
	KUNIT_EXPECT_TRUE(test, vt_read_word(NULL, "Helper", word));
	KUNIT_EXPECT_STREQ(test, word, "-");
}

void vt_bios_exit(struct kunit *test)
{
	vt_set_defaults(test);
	if (!IS_ERR_OR_NULL(vt_bios_ext))
		vt_expect_nothing_left(test);
	vt_bios_ext = NULL;
	if (!IS_ERR_OR_NULL(vt_bios_device))
		platform_device_unregister(vt_bios_device);
	vt_bios_device = NULL;
}

/* Get the current mode: cheap, and without a buffer. */
VP_STATUS vt_current_mode(u16 *mode)
{
	INT10_BIOS_ARGUMENTS registers = { .Eax = 0x4f03 };
	VP_STATUS status = vt_bios.Int10CallBios(vt_bios.Context, &registers);

	*mode = registers.Ebx;
	if (status == NO_ERROR && (u16)registers.Eax != VT_VBE_DONE)
		return ERROR_DEV_NOT_EXIST;
	return status;
}

void vt_expect_works(struct kunit *test)
{
	u16 mode;

	KUNIT_EXPECT_EQ(test, vt_current_mode(&mode), NO_ERROR);
}

/* Files that the fuzzer left open go with its last process. */
void vt_expect_works_soon(struct kunit *test)
{
	VP_STATUS status;
	u16 mode = 0;
	int i;

	for (i = 0; i < 20; i++) {
		status = vt_current_mode(&mode);
		if (status == NO_ERROR && (mode & 0x3fff) == 3)
			break;
		msleep(100);
	}
	KUNIT_EXPECT_EQ(test, status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, mode & 0x3fff, 3);
}

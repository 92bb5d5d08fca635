// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocations that fail in the port object after the miniport has started: modes, displays,
 * children, and the files.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kunit/lib/display.h"
#include "kunit/lib/file.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/modes.h"
#include "kunit/lib/no_memory.h"

static struct vpmem_display_mode mode;

/*
 * Calls: each returns whether it succeeded, and leaves no mode set
 */

/* Expect that a call had no memory if it failed. */
static bool has_memory(struct kunit *test, int err)
{
	if (err < 0)
		KUNIT_EXPECT_EQ(test, err, -ENOMEM);
	return err >= 0;
}

static bool display_modes(struct kunit *test)
{
	struct vpmem_display_mode *modes = NULL;
	int count = vpmem_display_modes(vt_client.port, &modes);

	if (count >= 0)
		kvfree(modes);
	return has_memory(test, count);
}

static bool display_set(struct kunit *test)
{
	static const struct vpmem_display_gamma gamma;
	int err = vpmem_display_set(vt_client.port, &mode, &gamma);

	if (!err)
		vpmem_display_release(vt_client.port);
	return has_memory(test, err);
}

static bool display_set_gamma(struct kunit *test)
{
	static const struct vpmem_display_gamma gamma;
	int err = vpmem_display_set(vt_client.port, &mode, NULL);
	int gamma_err = err ?: vpmem_display_set_gamma(vt_client.port, &gamma);

	if (!err)
		vpmem_display_release(vt_client.port);
	return has_memory(test, gamma_err);
}

/* A miniport that draws the pointer */
static void pointer_request(PVIDEO_REQUEST_PACKET packet)
{
	static const VIDEO_POINTER_CAPABILITIES capabilities = {
		.Flags = VIDEO_MODE_MONO_POINTER | VIDEO_MODE_COLOR_POINTER,
		.MaxWidth = 16,
		.MaxHeight = 16,
	};

	if (packet->IoControlCode == IOCTL_VIDEO_QUERY_POINTER_CAPABILITIES) {
		memcpy(packet->OutputBuffer, &capabilities, sizeof(capabilities));
		packet->StatusBlock->Information = sizeof(capabilities);
		packet->StatusBlock->Status = NO_ERROR;
	} else if (packet->IoControlCode == IOCTL_VIDEO_SET_POINTER_ATTR) {
		packet->StatusBlock->Status = NO_ERROR;
	}
}

static bool pointer_set(struct kunit *test)
{
	static const u32 pixels[16 * 16];
	const struct vpmem_display_picture picture = { pixels, 16 * 4 };
	int err = vpmem_display_set(vt_client.port, &mode, NULL);
	int pointer_err = err ?: vpmem_display_pointer_set(vt_client.port, &picture, 16, 16,
							   0, 0);

	if (!err)
		vpmem_display_release(vt_client.port);
	return has_memory(test, pointer_err);
}

static bool mode_file(struct kunit *test)
{
	char text[24];
	int err;

	snprintf(text, sizeof(text), "%u", mode.index);
	err = vpmem_view_write(vt_mp.ext, "mode", text);
	vt_reset_mode();
	return has_memory(test, err);
}

static bool children(struct kunit *test)
{
	VP_STATUS status = VideoPortEnumerateChildren(vt_mp.ext, NULL);

	if (status != NO_ERROR)
		KUNIT_EXPECT_EQ(test, status, ERROR_NOT_ENOUGH_MEMORY);
	return status == NO_ERROR;
}

static bool modes_file(struct kunit *test)
{
	static char text[4096];

	return has_memory(test, vpmem_view(vt_mp.ext, "modes", text, sizeof(text)));
}

/* Stop the miniport, and start it again with values in its registry. */
static bool restarted(struct kunit *test)
{
	vt_miniport_unregister();
	vt_mp.ext = NULL;
	if (!vt_miniport_register())
		return true;
	vt_mp.ext = NULL;
	return false;
}

struct port_call {
	const char *name;
	bool (*call)(struct kunit *test);
};

static const struct port_call port_calls[] = {
	{ "vpmem_display_modes", display_modes },
	{ "vpmem_display_set", display_set },
	{ "vpmem_display_set_gamma", display_set_gamma },
	{ "vpmem_display_pointer_set", pointer_set },
	{ "mode", mode_file },
	{ "modes", modes_file },
	{ "VideoPortEnumerateChildren", children },
	{ "vpmem_miniport_register", restarted },
};

static void describe_port_call(const struct port_call *call, char *desc)
{
	strscpy(desc, call->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(port_call, port_calls, describe_port_call);

static bool port_call_made(struct kunit *test, void *data)
{
	const struct port_call *call = data;

	return call->call(test);
}

static void port_call_failed(struct kunit *test, void *data, unsigned int failures)
{
	if (vt_is_attached(vt_mp.ext))
		KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_mp.ext, NULL), 0U);
	else
		vt_expect_nothing_registered(test);
}

/* Start the miniport again, because what a port allocates once, it keeps. */
static void port_renew(struct kunit *test, void *data)
{
	vt_miniport_unregister();
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
}

static const struct vt_fault_site port_site = {
	port_call_made, NULL, port_call_failed, port_renew,
};

/* A call for a port that fails for want of memory says so, and the next one works. */
static void port_call_without_memory(struct kunit *test)
{
	static VIDEO_MODE_INFORMATION palette = VT_MODE(7, 0, 0, 8, 0, 0, 0);
	static char number[8] = "Depth=8", string[13] = "Name=a value";
	static char *values[2] = { number, string };
	static const unsigned int count = ARRAY_SIZE(values);
	const struct port_call *call = test->param_value;

	palette.AttributeFlags |= VIDEO_MODE_PALETTE_DRIVEN;
	vt_have_children(ERROR_NO_MORE_DEVICES);
	vt_client.in_request = pointer_request;
	vt_mp.miniport.registry = values;
	vt_mp.miniport.registry_count = &count;
	mode = vt_one_mode(test, &palette);
	vt_each_fault(test, &port_site, (void *)call);
}

/*
 * File of the frame buffer, which a process reads and writes
 */

#define FRAME_BUFFER	"/sys/kernel/debug/vpmem/adapters/" VT_MINIPORT "/framebuffer"

struct frame_user {
	struct file *file;
	unsigned long memory;
	bool write;
	ssize_t bytes;
};

static bool frame_copied(struct kunit *test, void *data)
{
	struct frame_user *user = data;
	char __user *memory = (char __user *)user->memory;
	loff_t pos = 0;

	user->bytes = user->write ?
		user->file->f_op->write(user->file, memory, VT_SCREEN_SIZE, &pos) :
		user->file->f_op->read(user->file, memory, VT_SCREEN_SIZE, &pos);
	return user->bytes == VT_SCREEN_SIZE;
}

static void frame_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct frame_user *user = data;

	KUNIT_EXPECT_TRUE(test, user->bytes == -EFAULT || user->bytes == -ENOMEM);
}

static const struct vt_fault_site frame_site = {
	frame_copied, NULL, frame_failed,
};

/* A read or write of the frame buffer that fails says so; do not assert in between. */
static void frame_copies(struct kunit *test, struct frame_user *user)
{
	user->write = true;
	vt_each_fault(test, &frame_site, user);
	user->write = false;
	vt_each_fault(test, &frame_site, user);
}

/* The same where pages of the process are not pinned, but copied through one of the kernel */
static void frame_copies_through(struct kunit *test, struct frame_user *user)
{
	user->write = true;
	vt_each_two_faults(test, &frame_site, user);
	user->write = false;
	vt_each_two_faults(test, &frame_site, user);
}

static void frame_buffer_copied(struct kunit *test, void (*copies)(struct kunit *test,
								   struct frame_user *user))
{
	struct frame_user user = {};
	struct mm_struct *mm;

	vt_give_screen(test);
	vt_need_miniport(test);
	KUNIT_ASSERT_EQ(test, vt_set_mode(3), 0);
	user.file = vt_file_open(FRAME_BUFFER, O_RDWR);
	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(user.file), 0);
	mm = vt_borrow_mm(test);
	user.memory = vm_mmap(NULL, 0, PAGE_SIZE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, 0);
	if (!IS_ERR_VALUE(user.memory)) {
		copies(test, &user);
		vm_munmap(user.memory, PAGE_SIZE);
	}
	vt_return_mm(mm);
	fput(user.file);
	KUNIT_EXPECT_EQ(test, vt_reset_mode(), 0);
}

static void frame_buffer_without_memory(struct kunit *test)
{
	frame_buffer_copied(test, frame_copies);
}

static void frame_buffer_without_pinned_memory(struct kunit *test)
{
	vt_need_call_faults(test);
	frame_buffer_copied(test, frame_copies_through);
}

/* Map the frame buffer, and access it: UML would panic if that found no memory. */
static bool frame_mapped(struct kunit *test, void *data)
{
	struct frame_user *user = data;
	unsigned long address = vm_mmap(user->file, 0, PAGE_SIZE, PROT_READ, MAP_SHARED, 0);
	int err = 0;
	u8 byte;

	if (IS_ERR_VALUE(address)) {
		user->bytes = (long)address;
		return false;
	}
	if (!IS_ENABLED(CONFIG_UML) && copy_from_user(&byte, (u8 __user *)address, 1))
		err = -EFAULT;
	vm_munmap(address, PAGE_SIZE);
	user->bytes = err;
	return !err;
}

static void frame_buffer_mapped_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { frame_mapped, NULL, frame_failed };
	const PHYSICAL_ADDRESS highest = { .QuadPart = -1 };
	struct frame_user user = {};
	struct mm_struct *mm;

	vt_need_call_faults(test);
	vt_need_miniport(test);
	vt_mp.screen = VideoPortAllocateContiguousMemory(vt_mp.ext, PAGE_SIZE, highest);
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = PAGE_SIZE;
	KUNIT_ASSERT_EQ(test, vt_set_mode(3), 0);
	user.file = vt_file_open(FRAME_BUFFER, O_RDWR);
	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(user.file), 0);
	mm = vt_borrow_mm(test);
	vt_each_call_fault(test, &site, &user, false);
	vt_return_mm(mm);
	fput(user.file);
	KUNIT_EXPECT_EQ(test, vt_reset_mode(), 0);
	VideoPortFreeContiguousMemory(vt_mp.ext, vt_mp.screen);
}

/*
 * PCI
 */

static const struct pci_device_id vga_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1111) },
	{ }
};

static const struct pci_device_id no_ids[] = {
	{ PCI_DEVICE(0x1234, 0xfffe) },
	{ }
};

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};

/* A probe that fails leaves the driver without a device, and its registration succeeds. */
static bool pci_registered(struct kunit *test, void *data)
{
	int err = vt_miniport_register();
	bool bound = !err && vt_is_attached(vt_mp.ext);

	if (!err)
		vt_miniport_unregister();
	vt_mp.ext = NULL;
	return bound;
}

static void pci_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct pci_dev *pdev = data;

	vt_expect_nothing_registered(test);
	KUNIT_EXPECT_NULL(test, pdev->dev.driver);
	KUNIT_EXPECT_FALSE(test, pci_is_enabled(pdev));
}

static bool pci_driver_registered(struct kunit *test, void *data)
{
	int err = vt_miniport_register();

	if (!err)
		vt_miniport_unregister();
	return has_memory(test, err);
}

static void pci_driver_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_NULL(test, vt_mp.miniport.private);
}

/* The driver of a device that this machine lacks */
static void pci_driver_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = {
		pci_driver_registered, NULL, pci_driver_failed,
	};

	vt_need_call_faults(test);
	if (!IS_ENABLED(CONFIG_PCI))
		kunit_skip(test, "this kernel has no PCI");
	vt_mp.miniport.ids = no_ids;
	vt_mp.hw.AdapterInterfaceType = PCIBus;
	KUNIT_EXPECT_GE(test, vt_each_call_fault(test, &site, NULL, false), 2U);
}

static void pci_device_without_memory(struct kunit *test, const struct pci_device_id *ids)
{
	static const struct vt_fault_site site = { pci_registered, NULL, pci_failed };
	struct pci_dev *pdev;

	vt_need_call_faults(test);
	pdev = pci_get_device(ids->vendor, ids->device, NULL);
	if (!pdev)
		kunit_skip(test, "there is no such device of QEMU's");
	vt_mp.miniport.ids = ids;
	vt_mp.hw.AdapterInterfaceType = PCIBus;
	vt_each_call_fault(test, &site, pdev, false);
	pci_dev_put(pdev);
}

static void pci_without_memory(struct kunit *test)
{
	pci_device_without_memory(test, vga_ids);
}

/* A miniport whose interrupt is not connected works without it, and may connect it later. */
static BOOLEAN no_interrupt(PVOID ext)
{
	return false;
}

static void connect_again(PVOID ext)
{
	VideoPortDisableInterrupt(ext);
	VideoPortEnableInterrupt(ext);
}

static void interrupt_without_memory(struct kunit *test)
{
	vt_mp.hw.HwInterrupt = no_interrupt;
	vt_mp.in_initialize = connect_again;
	pci_device_without_memory(test, edu_ids);
}

static struct kunit_case port_no_memory_cases[] = {
	KUNIT_CASE_PARAM(port_call_without_memory, port_call_gen_params),
	KUNIT_CASE(frame_buffer_mapped_without_memory),
	KUNIT_CASE(pci_driver_without_memory),
	KUNIT_CASE(pci_without_memory),
	KUNIT_CASE(interrupt_without_memory),
	KUNIT_CASE(frame_buffer_without_memory),
	KUNIT_CASE(frame_buffer_without_pinned_memory),
	{}
};

struct kunit_suite vt_port_no_memory_suite = {
	.name = "port_no_memory",
	.init = vt_display_init,
	.exit = vt_display_exit,
	.test_cases = port_no_memory_cases,
};

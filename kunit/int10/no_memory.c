// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device of the helper: open, read and write that fail for want of memory, or because the
 * memory of the helper does.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/pci.h>
#include <linux/uaccess.h>

#include "kunit/lib/fake.h"
#include "kunit/lib/file.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/int10.h"
#include "kunit/lib/no_memory.h"

/*
 * Open
 */

static bool device_opened(struct kunit *test, void *data)
{
	struct file **file = data;

	*file = vt_file_open(VT_DEVICE, O_RDWR);
	return !IS_ERR(*file);
}

static void device_closed(struct kunit *test, void *data)
{
	struct file **file = data;

	vt_dev_close(*file);
}

static void device_not_opened(struct kunit *test, void *data, unsigned int failures)
{
	struct file **file = data;

	KUNIT_EXPECT_EQ(test, PTR_ERR(*file), (long)-ENOMEM);
}

/* An open for which there is no memory fails, and is no helper. */
static void open_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = {
		device_opened, device_closed, device_not_opened,
	};
	struct file *file;

	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, &file), 0U);
	vt_expect_recovers(test, vt_interface(test));
}

/*
 * Read of a request, and write of its reply
 */

struct dialog {
	struct vt_fake fake;
	struct vt_caller *caller;
	ssize_t bytes;
	unsigned long offset;		/* in the device, of a page to map */
};

/* Have another thread call the BIOS. */
static void dialog_begin(struct kunit *test, struct dialog *dialog)
{
	dialog->caller = vt_caller_begin(test);
	KUNIT_EXPECT_TRUE(test, vt_request_comes(dialog->fake.file));
}

static void request_take(struct dialog *dialog)
{
	dialog->bytes = vt_dev_read(dialog->fake.file, &dialog->fake.request,
				    sizeof(dialog->fake.request));
}

static void reply_write(struct dialog *dialog)
{
	struct vpmem_int10_reply reply = vt_right_reply(&dialog->fake);

	dialog->bytes = vt_dev_write(dialog->fake.file, &reply, sizeof(reply));
}

static void expect_call_ends(struct kunit *test, struct dialog *dialog)
{
	KUNIT_EXPECT_TRUE(test, vt_caller_wait(dialog->caller));
	KUNIT_EXPECT_EQ(test, dialog->caller->status, NO_ERROR);
	vt_expect_transformed(test, &dialog->caller->registers, &vt_arguments);
}

static void dialog_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct dialog *dialog = data;

	KUNIT_EXPECT_EQ(test, dialog->bytes, (ssize_t)-EFAULT);
}

static bool request_read(struct kunit *test, void *data)
{
	struct dialog *dialog = data;

	request_take(dialog);
	return dialog->bytes == sizeof(dialog->fake.request);
}

static void request_answered(struct kunit *test, void *data)
{
	struct dialog *dialog = data;

	reply_write(dialog);
	expect_call_ends(test, dialog);
	dialog_begin(test, dialog);
}

static bool reply_written(struct kunit *test, void *data)
{
	struct dialog *dialog = data;

	reply_write(dialog);
	return dialog->bytes == sizeof(struct vpmem_int10_reply);
}

static void reply_taken(struct kunit *test, void *data)
{
	struct dialog *dialog = data;

	expect_call_ends(test, dialog);
	dialog_begin(test, dialog);
	request_take(dialog);
}

/* A request that could not be copied stays, and so does a call whose reply could not. */
static void dialog_without_memory(struct kunit *test)
{
	static const struct vt_fault_site reads = {
		request_read, request_answered, dialog_failed,
	};
	static const struct vt_fault_site writes = {
		reply_written, reply_taken, dialog_failed,
	};
	struct dialog dialog = { .fake.file = vt_dev_open(test, O_RDWR | O_NONBLOCK) };

	dialog_begin(test, &dialog);
	vt_each_fault(test, &reads, &dialog);
	request_take(&dialog);
	vt_each_fault(test, &writes, &dialog);
	reply_write(&dialog);
	expect_call_ends(test, &dialog);
	vt_dev_close(dialog.fake.file);
}

/*
 * Mapping of the helper
 */

/* Map a page of the device, and access it. */
static bool device_page_mapped(struct kunit *test, void *data)
{
	struct dialog *dialog = data;
	unsigned long address = vm_mmap(dialog->fake.file, 0, PAGE_SIZE, PROT_READ, MAP_SHARED,
					dialog->offset);
	u8 byte;

	if (IS_ERR_VALUE(address)) {
		dialog->bytes = (long)address == -ENOMEM ? -EFAULT : (long)address;
		return false;
	}
	dialog->bytes = copy_from_user(&byte, (u8 __user *)address, 1) ? -EFAULT : 0;
	vm_munmap(address, PAGE_SIZE);
	return !dialog->bytes;
}

static void need_page_faults(struct kunit *test)
{
	vt_need_call_faults(test);
	if (IS_ENABLED(CONFIG_UML))
		kunit_skip(test, "this kernel panics if a page fault finds no memory");
}

static void map_with_each_fault(struct kunit *test, struct dialog *dialog)
{
	static const struct vt_fault_site site = { device_page_mapped, NULL, dialog_failed };
	struct mm_struct *mm = vt_borrow_mm(test);

	vt_each_call_fault(test, &site, dialog, false);
	vt_return_mm(mm);
}

/* A page of the mapping that cannot be inserted is a fault of the helper. */
static void mapping_without_memory(struct kunit *test)
{
	struct dialog dialog = { .offset = 0x80000 };

	need_page_faults(test);
	dialog.fake.file = vt_dev_open(test, O_RDWR);
	map_with_each_fault(test, &dialog);
	vt_dev_close(dialog.fake.file);
}

/* The same for memory of the device, which a call of the BIOS may access */
static void window_without_memory(struct kunit *test)
{
	struct dialog dialog = {};

	need_page_faults(test);
	dialog.offset = pci_resource_start(vt_become_vga(test), 0);
	dialog.fake.file = vt_dev_open(test, O_RDWR | O_NONBLOCK);
	dialog_begin(test, &dialog);
	request_take(&dialog);
	KUNIT_EXPECT_GE(test, dialog.fake.request.nr_windows, 1U);
	map_with_each_fault(test, &dialog);
	reply_write(&dialog);
	expect_call_ends(test, &dialog);
	vt_dev_close(dialog.fake.file);
}

/*
 * Start of the helper, whose program does not exist in these tests
 */

static bool bios_called(struct kunit *test, void *data)
{
	INT10_BIOS_ARGUMENTS registers = vt_arguments;

	KUNIT_EXPECT_NE(test, vt_call(data, &registers), NO_ERROR);
	return true;
}

static void start_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { bios_called, NULL, dialog_failed };

	vt_need_call_faults(test);
	vt_each_call_fault(test, &site, vt_interface(test), true);
	vt_expect_recovers(test, vt_interface(test));
}

static struct kunit_case int10_no_memory_cases[] = {
	KUNIT_CASE(mapping_without_memory),
	KUNIT_CASE(window_without_memory),
	KUNIT_CASE(start_without_memory),
	KUNIT_CASE(open_without_memory),
	KUNIT_CASE(dialog_without_memory),
	{}
};

struct kunit_suite vt_int10_no_memory_suite = {
	.name = "int10_no_memory",
	.init = vt_bios_init,
	.exit = vt_bios_exit,
	.test_cases = int10_no_memory_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of a device above the first megabyte, as a call of the BIOS may access it.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/pci.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>
#include <kunit/test.h>

#include "kunit/lib/edu.h"
#include "kunit/lib/file.h"
#include "kunit/lib/transfer.h"
#include "kunit/machine/machine.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

#define DEVICE		"/dev/" VPMEM_INT10_DEVICE
#define REG_ID		0x00		/* 0x010000ed */
#define REG_INVERT	0x04		/* reads as the inverse of what was written */

/* Call of the BIOS in a thread; the test itself is the helper. */
static struct job {
	VIDEO_PORT_INT10_INTERFACE bios;
	VP_STATUS status;
	struct completion done;
} job;

static int call_bios(void *unused)
{
	INT10_BIOS_ARGUMENTS registers = { .Eax = 0x4f00 };

	job.status = job.bios.Int10CallBios(job.bios.Context, &registers);
	complete(&job.done);
	return 0;
}

static struct mm_struct *borrow_mm(void)
{
	struct task_struct *task = get_pid_task(find_vpid(1), PIDTYPE_PID);
	struct mm_struct *mm = task ? get_task_mm(task) : NULL;

	if (task)
		put_task_struct(task);
	if (mm)
		kthread_use_mm(mm);
	return mm;
}

static void return_mm(struct mm_struct *mm)
{
	kthread_unuse_mm(mm);
	mmput(mm);
}

/* Errors of reading a register of the device at three times, and what was read */
struct seen {
	int before, during, beyond, after;
	u32 id, inverse;
	struct vpmem_int10_request request;
};

static u32 __user *map_page(struct file *file, u64 physical)
{
	unsigned long address = vm_mmap(file, 0, PAGE_SIZE, PROT_READ | PROT_WRITE,
					MAP_SHARED, physical);

	return IS_ERR_VALUE(address) ? NULL : (u32 __user *)address;
}

static void take_request(struct file *file, struct seen *seen)
{
	loff_t pos = 0;

	kernel_read(file, &seen->request, sizeof(seen->request), &pos);
}

static void answer(struct file *file, const struct seen *seen)
{
	struct vpmem_int10_reply reply = {
		.status = VPMEM_INT10_DONE,
		.sequence = seen->request.sequence,
		.registers = seen->request.registers,
	};
	loff_t pos = 0;

	kernel_write(file, &reply, sizeof(reply), &pos);
}

static int error_of(const u32 __user *address)
{
	u32 value;

	return copy_from_user(&value, address, sizeof(value)) ? -EFAULT : 0;
}

static void access_pages(struct file *file, u32 __user *page, u32 __user *next,
			 struct seen *seen)
{
	seen->before = error_of(page);
	kthread_run(call_bios, NULL, "edu-bios");
	take_request(file, seen);
	seen->during = get_user(seen->id, page + REG_ID / 4) ?:
		       put_user(0x12345678, page + REG_INVERT / 4) ?:
		       get_user(seen->inverse, page + REG_INVERT / 4);
	seen->beyond = error_of(next);
	answer(file, seen);
	wait_for_completion(&job.done);
	seen->after = error_of(page);
}

static void map_and_access(struct kunit *test, struct file *file,
			   const struct resource *bar, struct seen *seen)
{
	struct mm_struct *mm = borrow_mm();
	u32 __user *page, *next;

	if (!mm)
		kunit_skip(test, "there is no address space to borrow");
	page = map_page(file, bar->start);
	next = map_page(file, bar->end + 1);
	if (page && next)
		access_pages(file, page, next, seen);
	else
		KUNIT_FAIL(test, "the device cannot be mapped");
	if (page)
		vm_munmap((unsigned long)page, PAGE_SIZE);
	if (next)
		vm_munmap((unsigned long)next, PAGE_SIZE);
	return_mm(mm);
}

/*
 * BIOS-77: A call may access the memory of its adapter's device above the first megabyte,
 * no other memory, and not after the call
 */
void bios_77_window(struct kunit *test)
{
	const struct resource *bar = &to_pci_dev(edu_device())->resource[0];
	struct file *file = vt_file_open(DEVICE, O_RDWR);
	struct seen seen = {};
	PINTERFACE interface = (PINTERFACE)&job.bios;
	VP_STATUS status;
	void *ext;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	ext = vpmem_attach(edu_device(), 0);
	job.bios = (VIDEO_PORT_INT10_INTERFACE){
		.Size = sizeof(job.bios),
		.Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1,
	};
	init_completion(&job.done);
	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	status = VideoPortQueryServices(ext, VideoPortServicesInt10, interface);
	KUNIT_EXPECT_EQ(test, status, NO_ERROR);
	if (status == NO_ERROR)
		map_and_access(test, file, bar, &seen);
	fput(file);
	vpmem_detach(ext);
	KUNIT_EXPECT_EQ(test, job.status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, seen.request.nr_windows, 1U);
	KUNIT_EXPECT_EQ(test, seen.request.windows[0].start, (u64)bar->start);
	KUNIT_EXPECT_EQ(test, seen.request.windows[0].length, (u64)resource_size(bar));
	KUNIT_EXPECT_EQ(test, seen.before, -EFAULT);
	KUNIT_EXPECT_EQ(test, seen.during, 0);
	KUNIT_EXPECT_EQ(test, seen.id, 0x010000edU);
	KUNIT_EXPECT_EQ(test, seen.inverse, ~0x12345678U);
	KUNIT_EXPECT_EQ(test, seen.beyond, -EFAULT);
	KUNIT_EXPECT_EQ(test, seen.after, -EFAULT);
}

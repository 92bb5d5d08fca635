// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device of the helper: open, read, poll, mmap, release.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/mman.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kunit/lib/fake.h"
#include "kunit/lib/file.h"
#include "kunit/lib/int10.h"

/* BIOS-21: A second open is EBUSY; the device is for root alone */
static void bios_21_one_helper_at_a_time(struct kunit *test)
{
	struct file *file = vt_dev_open(test, O_RDWR), *second;

	second = vt_file_open(VT_DEVICE, O_RDWR);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(second), -EBUSY);
	if (!IS_ERR(second))
		vt_dev_close(second);
	vt_dev_close(file);
	vt_expect_recovers(test, vt_interface(test));
	KUNIT_EXPECT_EQ(test, vt_file_mode(VT_DEVICE), (umode_t)0600);
}

/*
 * BIOS-22: poll, O_NONBLOCK, and EINVAL for a read that has no room for a request, which
 * stays
 */
static void bios_22_read_and_poll(struct kunit *test)
{
	struct file *file = vt_dev_open(test, O_RDWR | O_NONBLOCK);
	struct vpmem_int10_request request;
	ssize_t idle, small, none, whole, again;
	__poll_t before, during, taken;
	struct vt_caller *caller;
	struct vt_fake fake;
	bool came;

	idle = vt_dev_read(file, &request, sizeof(request));
	before = vfs_poll(file, NULL);
	caller = vt_caller_begin(test);
	came = vt_request_comes(file);
	during = vfs_poll(file, NULL);
	small = vt_dev_read(file, &request, sizeof(request) - 1);
	none = vt_dev_read(file, &request, 0);
	whole = vt_dev_read(file, &request, sizeof(request));
	again = vt_dev_read(file, &request, sizeof(request));
	taken = vfs_poll(file, NULL);
	fake = (struct vt_fake){ .file = file, .request = request };
	vt_answer_rightly(&fake);
	vt_dev_close(file);
	KUNIT_ASSERT_TRUE(test, vt_caller_wait(caller));

	KUNIT_EXPECT_TRUE(test, came);
	KUNIT_EXPECT_EQ(test, idle, (ssize_t)-EAGAIN);
	KUNIT_EXPECT_FALSE(test, before & (EPOLLIN | EPOLLHUP));
	KUNIT_EXPECT_TRUE(test, during & EPOLLIN);
	KUNIT_EXPECT_FALSE(test, during & EPOLLHUP);
	KUNIT_EXPECT_FALSE(test, taken & EPOLLIN);
	KUNIT_EXPECT_EQ(test, small, (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, none, (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, whole, (ssize_t)sizeof(request));
	KUNIT_EXPECT_EQ(test, again, (ssize_t)-EAGAIN);
	KUNIT_EXPECT_EQ(test, caller->status, NO_ERROR);
	vt_expect_transformed(test, &caller->registers, &vt_arguments);
}

/*
 * BIOS-23: A read waits for a request, and gives no more than that
 *
 * The buffer is larger than a request, and O_NONBLOCK is not set.
 */
static void bios_23_read_waits(struct kunit *test)
{
	struct file *file = vt_dev_open(test, O_RDWR);
	u8 room[sizeof(struct vpmem_int10_request) + 16];
	struct vt_fake fake = { .file = file };
	struct vt_caller *caller;
	ssize_t got;

	memset(room, 0x5a, sizeof(room));
	caller = vt_caller_begin(test);
	got = vt_dev_read(file, room, sizeof(room));
	memcpy(&fake.request, room, sizeof(fake.request));
	vt_answer_rightly(&fake);
	vt_dev_close(file);
	KUNIT_ASSERT_TRUE(test, vt_caller_wait(caller));
	KUNIT_EXPECT_EQ(test, got, (ssize_t)sizeof(struct vpmem_int10_request));
	KUNIT_EXPECT_NULL(test, memchr_inv(room + sizeof(fake.request), 0x5a, 16));
	KUNIT_EXPECT_EQ(test, caller->status, NO_ERROR);
}

/* BIOS-24: When the last adapter is detached a read gives 0 bytes */
static void bios_24_told_to_leave(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	struct vt_fake *fake = vt_fake_start(test, vt_answer_rightly);
	void *other = vt_attach_another(test);

	vt_detach(test, other);
	msleep(20);
	KUNIT_EXPECT_FALSE(test, fake->told_to_leave);
	vt_expect_answered(test, vt_interface(test));
	vpmem_detach(fx->ext);
	KUNIT_EXPECT_TRUE(test, fake->told_to_leave);
	fx->ext = vpmem_attach(fx->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	vt_fake_stop(fake);
	vt_expect_recovers(test, vt_interface(test));
}

/*
 * BIOS-25: The detach does not wait for ever for the helper to close
 *
 * The last detach waits for it, with a timeout.
 */
static void bios_25_does_not_leave(struct kunit *test)
{
	struct file *file = vt_dev_open(test, O_RDWR | O_NONBLOCK);
	struct vt_fixture *fx = test->priv;
	unsigned long start = jiffies;

	vpmem_detach(fx->ext);
	KUNIT_EXPECT_TRUE(test, time_after(jiffies, start + HZ));
	fx->ext = vpmem_attach(fx->dev, 64);
	vt_dev_close(file);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	vt_expect_recovers(test, vt_interface(test));
}

static unsigned long map_device(struct file *file, unsigned long bytes, unsigned long prot,
				unsigned long sharing, unsigned long offset)
{
	return vm_mmap(file, 0, bytes, prot, sharing, offset);
}

/* BIOS-29: The helper maps the address space and shares it with the drivers */
static void bios_29_helper_maps_the_space(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct file *file = vt_dev_open(test, O_RDWR);
	u32 in = 0x01020304, out = 0, seen = 0, other = 0x05060708;
	struct mm_struct *mm;
	unsigned long address;
	int err = -EFAULT;

	vt_realmode_write(test, bios, 0x8000, 0x100, &in, sizeof(in));
	mm = vt_borrow_mm(test);
	address = map_device(file, VT_SPACE, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	if (!IS_ERR_VALUE(address)) {
		err = get_user(seen, (u32 __user *)(address + 0x80100)) ?:
		      put_user(other, (u32 __user *)(address + 0x80200));
		vm_munmap(address, VT_SPACE);
	}
	vt_return_mm(mm);
	vt_dev_close(file);
	KUNIT_EXPECT_FALSE_MSG(test, IS_ERR_VALUE(address), "error %ld", (long)address);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_EQ(test, seen, in);
	vt_realmode_read(test, bios, 0x8000, 0x200, &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, other);
	in = 0;
	vt_realmode_write(test, bios, 0x8000, 0x100, &in, sizeof(in));
	vt_realmode_write(test, bios, 0x8000, 0x200, &in, sizeof(in));
}

/* BIOS-30: The helper cannot map the device privately, to execute, or beyond the end */
static void bios_30_other_mappings_are_refused(struct kunit *test)
{
	static const struct {
		unsigned long bytes, prot, sharing, offset;
	} wrong[] = {
		{ VT_SPACE, PROT_READ, MAP_PRIVATE, 0 },
		{ VT_SPACE, PROT_READ | PROT_WRITE, MAP_PRIVATE, 0 },
		{ VT_SPACE, PROT_READ | PROT_EXEC, MAP_SHARED, 0 },
		{ PAGE_SIZE, PROT_EXEC, MAP_SHARED, 0 },
		{ VT_SPACE + PAGE_SIZE, PROT_READ, MAP_SHARED, 0 },
		{ VT_SPACE, PROT_READ, MAP_SHARED, PAGE_SIZE },
		{ PAGE_SIZE, PROT_READ, MAP_PRIVATE, VT_SPACE },
		{ PAGE_SIZE, PROT_READ | PROT_EXEC, MAP_SHARED, VT_SPACE },
		{ PAGE_SIZE, PROT_READ, MAP_SHARED, ULONG_MAX & PAGE_MASK },
	};
	struct file *file = vt_dev_open(test, O_RDWR);
	long errors[ARRAY_SIZE(wrong)];
	struct mm_struct *mm;
	unsigned int i;

	mm = vt_borrow_mm(test);
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		errors[i] = map_device(file, wrong[i].bytes, wrong[i].prot,
				       wrong[i].sharing, wrong[i].offset);
		if (!IS_ERR_VALUE(errors[i]))
			vm_munmap(errors[i], wrong[i].bytes);
	}
	vt_return_mm(mm);
	vt_dev_close(file);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_TRUE_MSG(test, errors[i] == -EINVAL || errors[i] == -EOVERFLOW,
				      "mapping %u: %ld", i, errors[i]);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(bios_21_one_helper_at_a_time),
	KUNIT_CASE(bios_22_read_and_poll),
	KUNIT_CASE(bios_23_read_waits),
	KUNIT_CASE(bios_24_told_to_leave),
	KUNIT_CASE(bios_25_does_not_leave),
	KUNIT_CASE(bios_29_helper_maps_the_space),
	KUNIT_CASE(bios_30_other_mappings_are_refused),
	{ }
};

struct kunit_suite vt_int10dev_suite = {
	.name = "int10dev",
	.init = vt_bios_init,
	.exit = vt_bios_exit,
	.test_cases = cases,
};

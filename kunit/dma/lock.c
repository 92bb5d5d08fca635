// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locked buffers.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/lock.h"
#include "kunit/lib/packet.h"

/*
 * Locking
 */

/* PACKET-01: LockBuffer takes blocks of pool of every size and gives an MDL */
static void packet_01_lock_of_pool(struct kunit *test)
{
	unsigned int i;
	void *block, *mdl;

	for (i = 0; i < vt_nr_sizes; i++) {
		if (!vt_sizes[i])
			continue;
		block = vt_alloc(test, VpNonPagedPool, vt_sizes[i]);
		mdl = vt_lock(test, block, vt_sizes[i]);
		vt_expect_live(test, "Vprt", "Locked", 1, vt_sizes[i]);
		vt_unlock(test, mdl);
		vt_expect_live(test, "Vprt", "Locked", 0, 0);
		VideoPortFreePool(vt_ext(test), block);
	}
}

static void expect_lockable(struct kunit *test, u8 *memory)
{
	u8 *bytes = vt_pattern(test, VT_LENGTH, 1);
	void *mdl;

	memcpy(memory + VT_SHIFT, bytes, VT_LENGTH);
	mdl = vt_lock(test, memory + VT_SHIFT, VT_LENGTH);
	vt_expect_locked_is(test, mdl, bytes, VT_LENGTH);
	vt_unlock(test, mdl);
}

/* PACKET-02: LockBuffer locks memory that is not contiguous (vmalloc) */
static void packet_02_lock_of_vmalloc(struct kunit *test)
{
	u8 *memory = vt_scattered(test, VT_ROOM / PAGE_SIZE);

	expect_lockable(test, memory);
	vfree(memory);
}

/* PACKET-03: LockBuffer locks a common buffer */
static void packet_03_lock_of_common_buffer(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);
	PHYSICAL_ADDRESS logical;
	void *memory;

	memory = VideoPortAllocateCommonBuffer(vt_ext(test), dma, VT_ROOM, &logical, true,
					       NULL);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_lockable(test, memory);
	VideoPortReleaseCommonBuffer(vt_ext(test), dma, VT_ROOM, logical, memory, true);
}

/* PACKET-04: LockBuffer locks contiguous memory */
static void packet_04_lock_of_contiguous_memory(struct kunit *test)
{
	void *memory;

	memory = VideoPortAllocateContiguousMemory(vt_ext(test), VT_ROOM, vt_anywhere);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_lockable(test, memory);
	VideoPortFreeContiguousMemory(vt_ext(test), memory);
}

/* PACKET-05: LockBuffer locks static data of a module */
static void packet_05_lock_of_module_data(struct kunit *test)
{
	static u8 memory[VT_ROOM];

	expect_lockable(test, memory);
}

/* PACKET-12: A buffer that leaves the process's half gives NULL */
static void packet_12_end_of_the_user_half(struct kunit *test)
{
	void *last = (void *)(TASK_SIZE - PAGE_SIZE);

	if (IS_ENABLED(CONFIG_UML))
		kunit_skip(test, "no address is only the kernel's here");
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_user_lock(test, (unsigned long)last, 2 * PAGE_SIZE,
					     VpReadAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
}

/* PACKET-13: BaseAddress NULL gives NULL */
static void packet_13_null(struct kunit *test)
{
	vt_expect_not_lockable(test, NULL, 100, VpReadAccess, "bad-pointer", "address");
}

/* PACKET-14: LockBuffer returns NULL if a page of kernel memory is not mapped */
static void packet_14_kernel_memory_that_is_not_there(struct kunit *test)
{
	u8 *memory = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	vt_expect_not_lockable(test, memory, PAGE_SIZE + 1, VpReadAccess, "bad-pointer",
			       "address");
	vfree(memory);
}

/* PACKET-15: A buffer that goes beyond memory gives NULL */
static void packet_15_end_of_memory(struct kunit *test)
{
	vt_expect_not_lockable(test, high_memory - PAGE_SIZE, 64 * PAGE_SIZE, VpReadAccess,
			       "bad-pointer", "address");
}

/* PACKET-16: Registers of devices are no memory and give NULL */
static void packet_16_registers_of_devices(struct kunit *test)
{
	/* The local APIC's page: no memory on any machine. */
	bool pc = IS_ENABLED(CONFIG_X86_64) && !IS_ENABLED(CONFIG_UML);
	void __iomem *registers = pc ? ioremap(0xfee00000, PAGE_SIZE) : NULL;

	if (!registers)
		kunit_skip(test, "no such machine");
	vt_expect_not_lockable(test, (__force void *)registers, 100, VpReadAccess,
			       "bad-pointer", "address");
	iounmap(registers);
}

/* PACKET-17: Zero bytes give NULL and are counted */
static void packet_17_zero_length(struct kunit *test)
{
	vt_expect_not_lockable(test, test, 0, VpReadAccess, "zero-length", "size");
}

/* PACKET-18: A length that overflows the address gives NULL */
static void packet_18_beyond_the_last_address(struct kunit *test)
{
	vt_expect_not_lockable(test, (void *)(ULONG_MAX - PAGE_SIZE + 1), PAGE_SIZE + 1,
			       VpReadAccess, "bad-size", "size");
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortLockBuffer(vt_ext(test),
						    (void *)(ULONG_MAX - 99), 100,
						    VpReadAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
}

/* PACKET-19: Another operation than the three gives NULL */
static void packet_19_unknown_operation(struct kunit *test)
{
	vt_expect_not_lockable(test, test, 100, 3, "bad-parameter", "pool-type");
}

struct lock_job {
	void *ext;
	void *base;
	void *mdl;
};

static void lock_job(void *data)
{
	struct lock_job *job = data;

	job->mdl = VideoPortLockBuffer(job->ext, job->base, 100, VpModifyAccess);
}

/* PACKET-20: LockBuffer is for PASSIVE_LEVEL: refused in atomic context */
static void packet_20_lock_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct lock_job job = {
		.ext = vt_ext(test), .base = kunit_kzalloc(test, 100, GFP_KERNEL),
	};

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(lock_job, &job);
	KUNIT_EXPECT_NULL(test, job.mdl);
	vt_expect_events(test, "bad-context", NULL, 1);
	vt_expect_failures(test, "Vprt", "Locked", 1, "context");
}

/* PACKET-21: A locked buffer is in the views: Locked, Vprt, its length, its pages */
static void packet_21_shown(struct kunit *test)
{
	u8 *memory = vt_scattered(test, VT_ROOM / PAGE_SIZE);
	void *mdl = vt_lock(test, memory + PAGE_SIZE - 1, PAGE_SIZE + 2);
	struct vt_region region;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), mdl, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Locked");
	KUNIT_EXPECT_STREQ(test, region.tag, "Vprt");
	KUNIT_EXPECT_EQ(test, region.size, (u64)PAGE_SIZE + 2);
	KUNIT_EXPECT_EQ(test, region.charged, (u64)3 * PAGE_SIZE);
	vt_unlock(test, mdl);
	KUNIT_EXPECT_FALSE(test, vt_find_region(test, vt_ext(test), mdl, &region));
	vfree(memory);
}

/* PACKET-22: A buffer may be locked more than once */
static void packet_22_locked_twice(struct kunit *test)
{
	u8 *memory = vt_scattered(test, VT_ROOM / PAGE_SIZE);
	void *first = vt_lock(test, memory, VT_LENGTH);
	void *second = vt_lock(test, memory, VT_LENGTH);

	KUNIT_EXPECT_PTR_NE(test, first, second);
	vt_unlock(test, first);
	vt_expect_live(test, "Vprt", "Locked", 1, VT_LENGTH);
	vt_unlock(test, second);
	vfree(memory);
}

/* PACKET-23: Without an attached adapter: NULL, logged and counted */
static void packet_23_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortLockBuffer(gone, test, 100, VpReadAccess));
	vt_expect_events(test, NULL, "no-adapter", 1);
}

static bool fault_lock(struct kunit *test, void *data)
{
	struct lock_job *job = data;

	lock_job(job);
	return job->mdl;
}

static void fault_unlock(struct kunit *test, void *data)
{
	struct lock_job *job = data;

	vt_unlock(test, job->mdl);
}

static void fault_lock_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
	vt_expect_failures(test, "Vprt", "Locked", failures, "no-memory");
}

static const struct vt_fault_site lock_site = {
	fault_lock, fault_unlock, fault_lock_failed,
};

/* PACKET-24: Without memory for the MDL: NULL, nothing lost */
static void packet_24_lock_without_memory(struct kunit *test)
{
	struct lock_job job = {
		.ext = vt_ext(test), .base = kunit_kzalloc(test, 200, GFP_KERNEL),
	};

	KUNIT_EXPECT_GT(test, vt_each_fault(test, &lock_site, &job), 0U);
}

static struct kunit_case lock_cases[] = {
	KUNIT_CASE(packet_01_lock_of_pool),
	KUNIT_CASE(packet_02_lock_of_vmalloc),
	KUNIT_CASE(packet_03_lock_of_common_buffer),
	KUNIT_CASE(packet_04_lock_of_contiguous_memory),
	KUNIT_CASE(packet_05_lock_of_module_data),
	KUNIT_CASE(packet_12_end_of_the_user_half),
	KUNIT_CASE(packet_13_null),
	KUNIT_CASE(packet_14_kernel_memory_that_is_not_there),
	KUNIT_CASE(packet_15_end_of_memory),
	KUNIT_CASE(packet_16_registers_of_devices),
	KUNIT_CASE(packet_17_zero_length),
	KUNIT_CASE(packet_18_beyond_the_last_address),
	KUNIT_CASE(packet_19_unknown_operation),
	KUNIT_CASE_PARAM(packet_20_lock_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(packet_21_shown),
	KUNIT_CASE(packet_22_locked_twice),
	KUNIT_CASE(packet_23_no_adapter),
	KUNIT_CASE(packet_24_lock_without_memory),
	{}
};

struct kunit_suite vt_lock_suite = {
	.name = "lock",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = lock_cases,
};

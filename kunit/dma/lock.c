// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locked buffers.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/delay.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
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

/* Through a device, so that what was locked is seen to be the buffer. */
static void expect_locked_is(struct kunit *test, void *mdl, const u8 *bytes, ULONG size)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);
	u8 *found = kunit_kzalloc(test, size, GFP_KERNEL);
	PVP_SCATTER_GATHER_LIST list;
	ULONG length = size;

	KUNIT_ASSERT_NOT_NULL(test, found);
	list = vt_start(test, dma, mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, length, size);
	KUNIT_EXPECT_EQ(test, vt_list_bytes(list), (u64)size);
	vt_device_read(list, found);
	KUNIT_EXPECT_EQ(test, memcmp(found, bytes, size), 0);
	vt_complete(test, dma, list, true);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

static void expect_lockable(struct kunit *test, u8 *memory)
{
	u8 *bytes = vt_pattern(test, VT_LENGTH, 1);
	void *mdl;

	memcpy(memory + VT_SHIFT, bytes, VT_LENGTH);
	mdl = vt_lock(test, memory + VT_SHIFT, VT_LENGTH);
	expect_locked_is(test, mdl, bytes, VT_LENGTH);
	vt_unlock(test, mdl);
}

/* PACKET-02: It takes memory that is not contiguous (vmalloc) */
static void packet_02_lock_of_vmalloc(struct kunit *test)
{
	u8 *memory = vt_scattered(test, VT_ROOM / PAGE_SIZE);

	expect_lockable(test, memory);
	vfree(memory);
}

/* PACKET-03: It takes a common buffer */
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

/* PACKET-04: It takes contiguous memory */
static void packet_04_lock_of_contiguous_memory(struct kunit *test)
{
	void *memory;

	memory = VideoPortAllocateContiguousMemory(vt_ext(test), VT_ROOM, vt_anywhere);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_lockable(test, memory);
	VideoPortFreeContiguousMemory(vt_ext(test), memory);
}

/* PACKET-05: It takes static data of a module */
static void packet_05_lock_of_module_data(struct kunit *test)
{
	static u8 memory[VT_ROOM];

	expect_lockable(test, memory);
}

/* PACKET-06: It takes memory of the current process */
static void packet_06_lock_of_user_memory(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	u8 *bytes = vt_pattern(test, VT_LENGTH, 2);
	void *mdl;

	KUNIT_EXPECT_EQ(test, vt_user_put(test, base + VT_SHIFT, bytes, VT_LENGTH), 0UL);
	mdl = vt_user_lock(test, base + VT_SHIFT, VT_LENGTH, VpReadAccess);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_locked_is(test, mdl, bytes, VT_LENGTH);
	vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/* PACKET-07: It pages in what is not there yet */
static void packet_07_pages_in(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	u8 *nothing = kunit_kzalloc(test, VT_LENGTH, GFP_KERNEL);
	void *mdl = vt_user_lock(test, base, VT_LENGTH, VpModifyAccess);

	KUNIT_ASSERT_NOT_NULL(test, nothing);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_locked_is(test, mdl, nothing, VT_LENGTH);
	vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/*
 * PACKET-08: Pages stay while they are locked, also when the process unmaps them
 *
 * The pages outlive the process's own use of them.
 */
static void packet_08_stays_locked(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	u8 *bytes = vt_pattern(test, VT_LENGTH, 3);
	void *mdl;

	KUNIT_EXPECT_EQ(test, vt_user_put(test, base, bytes, VT_LENGTH), 0UL);
	mdl = vt_user_lock(test, base, VT_LENGTH, VpReadAccess);
	vt_user_unmap(test, base, VT_ROOM);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_locked_is(test, mdl, bytes, VT_LENGTH);
	vt_unlock(test, mdl);
}

static void expect_not_lockable(struct kunit *test, void *base, ULONG length,
				VP_LOCK_OPERATION operation, const char *event,
				const char *reason)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortLockBuffer(vt_ext(test), base, length,
						    operation));
	vt_expect_events(test, event, NULL, 1);
	vt_expect_failures(test, "Vprt", "Locked", 1, reason);
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
}

/* PACKET-09: Where a page of the process is not mapped: NULL, named and counted */
static void packet_09_user_memory_that_is_not_there(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);

	vt_user_unmap(test, base + 2 * PAGE_SIZE, PAGE_SIZE);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_user_lock(test, base, VT_LENGTH, VpModifyAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
	vt_expect_failures(test, "Vprt", "Locked", 1, "address");
	vt_user_unmap(test, base, VT_ROOM);
}

/* PACKET-10: Read-only memory of a process can be locked for reading only */
static void packet_10_read_only_user_memory(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ);
	void *mdl;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_user_lock(test, base, VT_LENGTH, VpWriteAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_user_lock(test, base, VT_LENGTH, VpModifyAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
	mdl = vt_user_lock(test, base, VT_LENGTH, VpReadAccess);
	KUNIT_EXPECT_NOT_NULL(test, mdl);
	if (mdl)
		vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/* PACKET-11: A process's address where there is no process gives NULL */
static void packet_11_user_address_without_a_process(struct kunit *test)
{
	expect_not_lockable(test, (void *)0x00401000, 100, VpReadAccess, "bad-pointer",
			    "address");
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
	expect_not_lockable(test, NULL, 100, VpReadAccess, "bad-pointer", "address");
}

/* PACKET-14: Where a page of the kernel's is not mapped: NULL */
static void packet_14_kernel_memory_that_is_not_there(struct kunit *test)
{
	u8 *memory = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_not_lockable(test, memory, PAGE_SIZE + 1, VpReadAccess, "bad-pointer",
			    "address");
	vfree(memory);
}

/* PACKET-15: A buffer that goes beyond memory gives NULL */
static void packet_15_end_of_memory(struct kunit *test)
{
	expect_not_lockable(test, high_memory - PAGE_SIZE, 64 * PAGE_SIZE, VpReadAccess,
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
	expect_not_lockable(test, (__force void *)registers, 100, VpReadAccess,
			    "bad-pointer", "address");
	iounmap(registers);
}

/* PACKET-17: Zero bytes give NULL and are counted */
static void packet_17_zero_length(struct kunit *test)
{
	expect_not_lockable(test, test, 0, VpReadAccess, "zero-length", "size");
}

/* PACKET-18: A length that overflows the address gives NULL */
static void packet_18_beyond_the_last_address(struct kunit *test)
{
	expect_not_lockable(test, (void *)(ULONG_MAX - PAGE_SIZE + 1), PAGE_SIZE + 1,
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
	expect_not_lockable(test, test, 100, 3, "bad-parameter", "pool-type");
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

/* PACKET-20: LockBuffer is for PASSIVE_LEVEL: refused where one may not sleep */
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

/* PACKET-23: Without an attached adapter: NULL, named and counted */
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

struct user_job {
	unsigned long base;
	void *mdl;
};

static bool fault_user_lock(struct kunit *test, void *data)
{
	struct user_job *job = data;

	job->mdl = vt_user_lock(test, job->base, VT_LENGTH, VpModifyAccess);
	return job->mdl;
}

static void fault_user_unlock(struct kunit *test, void *data)
{
	struct user_job *job = data;

	vt_unlock(test, job->mdl);
}

/* The kernel may call it a fault that it could not page in. */
static void fault_user_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct vt_row row;

	vt_expect_live(test, "Vprt", "Locked", 0, 0);
	vt_find_row(test, vt_ext(test), "Vprt", "Locked", &row);
	KUNIT_EXPECT_EQ(test, row.failures, (u64)failures);
}

static const struct vt_fault_site user_lock_site = {
	fault_user_lock, fault_user_unlock, fault_user_failed,
};

/* PACKET-25: Without memory while pages of a process are pinned: NULL, nothing lost */
static void packet_25_user_lock_without_memory(struct kunit *test)
{
	struct user_job job;

	job.base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &user_lock_site, &job), 0U);
	vt_user_unmap(test, job.base, VT_ROOM);
}

/*
 * RLIMIT_MEMLOCK: the thread of the tests has limits of its own, but is root
 */

static u64 pinned_pages(struct kunit *test)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	u64 pinned = atomic64_read(&mm->pinned_vm);

	vt_return_mm(mm);
	return pinned;
}

/* Pages are unpinned a little later where a kernel cannot tell that it may sleep. */
static void expect_pinned(struct kunit *test, u64 pages)
{
	unsigned int tries = 100;

	while (pinned_pages(test) != pages && tries--)
		msleep(20);
	KUNIT_EXPECT_EQ(test, pinned_pages(test), pages);
}

/*
 * PACKET-80: Pinned pages of a process count as its VmPin until they are unlocked; memory
 * of the kernel does not
 */
static void packet_80_pinned_pages_are_counted(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	u64 before = pinned_pages(test);
	void *mdl;

	mdl = vt_user_lock(test, base, 2 * PAGE_SIZE, VpModifyAccess);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_pinned(test, before + 2);
	vt_unlock(test, mdl);
	expect_pinned(test, before);
	mdl = vt_lock(test, test, sizeof(*test));
	expect_pinned(test, before);
	vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/* As a process that has not CAP_IPC_LOCK and may lock one page. */
static void *lock_unprivileged(struct kunit *test, unsigned long base, ULONG length)
{
	struct rlimit *limit = &current->signal->rlim[RLIMIT_MEMLOCK];
	unsigned long allowed = limit->rlim_cur;
	struct cred *cred = prepare_creds();
	const struct cred *before;
	void *mdl;

	if (!cred)
		kunit_skip(test, "no memory for credentials");
	cap_lower(cred->cap_effective, CAP_IPC_LOCK);
	limit->rlim_cur = PAGE_SIZE;
	before = override_creds(cred);
	mdl = vt_user_lock(test, base, length, VpModifyAccess);
	revert_creds(before);
	limit->rlim_cur = allowed;
	put_cred(cred);
	return mdl;
}

/*
 * PACKET-81: A process without CAP_IPC_LOCK locks no more than RLIMIT_MEMLOCK: NULL,
 * counted as ``quota``
 */
static void packet_81_limit_of_locked_memory(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	u64 before = pinned_pages(test);
	void *mdl;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, lock_unprivileged(test, base, PAGE_SIZE + 1));
	vt_expect_events(test, "bad-size", NULL, 1);
	vt_expect_failures(test, "Vprt", "Locked", 1, "quota");
	expect_pinned(test, before);
	mdl = lock_unprivileged(test, base, PAGE_SIZE);
	KUNIT_EXPECT_NOT_NULL(test, mdl);
	if (mdl)
		vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/*
 * Unlocking
 */

/* PACKET-26: UnlockBuffer of NULL does nothing but count */
static void packet_26_unlock_of_null(struct kunit *test)
{
	vt_expect_free_refused(test, VideoPortUnlockBuffer, NULL, "null-free");
}

/* PACKET-27: A second unlock is named */
static void packet_27_unlock_twice(struct kunit *test)
{
	void *mdl = vt_lock(test, test, sizeof(*test));

	vt_unlock(test, mdl);
	vt_expect_free_refused(test, VideoPortUnlockBuffer, mdl, "double-free");
}

/* PACKET-28: What is no MDL is left alone and named */
static void packet_28_unlock_of_what_is_none(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, VideoPortUnlockBuffer, foreign->address(test),
			       "bad-pointer");
}

/* PACKET-29: An MDL of another adapter is left locked and named */
static void packet_29_unlock_for_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *mdl = VideoPortLockBuffer(other, test, 100, VpReadAccess);

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	vt_expect_free_refused(test, VideoPortUnlockBuffer, mdl, "wrong-adapter");
	VideoPortUnlockBuffer(other, mdl);
}

/* PACKET-30: A block of pool is no MDL */
static void packet_30_unlock_of_pool(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, 2 * PAGE_SIZE);

	vt_expect_free_refused(test, VideoPortUnlockBuffer, block, "wrong-pairing");
	VideoPortFreePool(vt_ext(test), block);
}

/* PACKET-31: An MDL is no block of pool */
static void packet_31_free_of_an_mdl(struct kunit *test)
{
	void *mdl = vt_lock(test, test, sizeof(*test));

	vt_expect_free_refused(test, VideoPortFreePool, mdl, "wrong-pairing");
	vt_unlock(test, mdl);
}

/*
 * PACKET-32: UnlockBuffer may be called up to DISPATCH_LEVEL, here up to a hard interrupt
 */
static void packet_32_unlock_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	void *mdl = vt_user_lock(test, base, VT_LENGTH, VpModifyAccess);

	KUNIT_EXPECT_NOT_NULL(test, mdl);
	vt_remember(test);
	vt_free_in(context, VideoPortUnlockBuffer, vt_ext(test), mdl);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
	vt_user_unmap(test, base, VT_ROOM);
}

/* A kernel that cannot tell where one may sleep leaves it to a worker. */
static void expect_unpinned(struct kunit *test, struct page *page)
{
	unsigned int i;

	for (i = 0; i < 100 && page_maybe_dma_pinned(page); i++)
		msleep(20);
	KUNIT_EXPECT_FALSE(test, page_maybe_dma_pinned(page));
}

/* PACKET-33: The unlock unpins the pages */
static void packet_33_unlock_unpins(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	struct page *page = vt_user_page(test, base);
	void *mdl;

	KUNIT_ASSERT_NOT_NULL(test, page);
	mdl = vt_user_lock(test, base, VT_LENGTH, VpModifyAccess);
	KUNIT_EXPECT_NOT_NULL(test, mdl);
	KUNIT_EXPECT_TRUE(test, page_maybe_dma_pinned(page));
	vt_unlock(test, mdl);
	expect_unpinned(test, page);
	put_page(page);
	vt_user_unmap(test, base, VT_ROOM);
}

/*
 * PACKET-71: An address within an MDL is not taken for one within the buffer
 *
 * An address within the MDL is not one within the buffer.
 */
static void packet_71_mdl_is_no_memory(struct kunit *test)
{
	u8 *memory = vt_scattered(test, 1024);
	void *mdl = vt_lock(test, memory, 1024 * PAGE_SIZE);
	u64 mark = vt_log_mark();

	vt_expect_free_refused(test, VideoPortFreePool, mdl + 64, "bad-pointer");
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "inside", "Locked"), 0U);
	vt_unlock(test, mdl);
	vfree(memory);
}

static struct kunit_case lock_cases[] = {
	KUNIT_CASE(packet_01_lock_of_pool),
	KUNIT_CASE(packet_02_lock_of_vmalloc),
	KUNIT_CASE(packet_03_lock_of_common_buffer),
	KUNIT_CASE(packet_04_lock_of_contiguous_memory),
	KUNIT_CASE(packet_05_lock_of_module_data),
	KUNIT_CASE(packet_06_lock_of_user_memory),
	KUNIT_CASE(packet_07_pages_in),
	KUNIT_CASE(packet_08_stays_locked),
	KUNIT_CASE(packet_09_user_memory_that_is_not_there),
	KUNIT_CASE(packet_10_read_only_user_memory),
	KUNIT_CASE(packet_11_user_address_without_a_process),
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
	KUNIT_CASE(packet_25_user_lock_without_memory),
	KUNIT_CASE(packet_80_pinned_pages_are_counted),
	KUNIT_CASE(packet_81_limit_of_locked_memory),
	KUNIT_CASE(packet_26_unlock_of_null),
	KUNIT_CASE(packet_27_unlock_twice),
	KUNIT_CASE_PARAM(packet_28_unlock_of_what_is_none, vt_foreign_params),
	KUNIT_CASE(packet_29_unlock_for_another_adapter),
	KUNIT_CASE(packet_30_unlock_of_pool),
	KUNIT_CASE(packet_31_free_of_an_mdl),
	KUNIT_CASE_PARAM(packet_32_unlock_anywhere, vt_context_params),
	KUNIT_CASE(packet_33_unlock_unpins),
	KUNIT_CASE(packet_71_mdl_is_no_memory),
	{ }
};

struct kunit_suite vt_lock_suite = {
	.name = "lock",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = lock_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortLockBuffer: memory of a process.
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
#include "kunit/lib/lock.h"
#include "kunit/lib/packet.h"

/* PACKET-06: LockBuffer locks memory of the current process */
static void packet_06_lock_of_user_memory(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	u8 *bytes = vt_pattern(test, VT_LENGTH, 2);
	void *mdl;

	KUNIT_EXPECT_EQ(test, vt_user_put(test, base + VT_SHIFT, bytes, VT_LENGTH), 0UL);
	mdl = vt_user_lock(test, base + VT_SHIFT, VT_LENGTH, VpReadAccess);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	vt_expect_locked_is(test, mdl, bytes, VT_LENGTH);
	vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/* PACKET-07: LockBuffer faults in pages that are not present yet */
static void packet_07_pages_in(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	u8 *nothing = kunit_kzalloc(test, VT_LENGTH, GFP_KERNEL);
	void *mdl = vt_user_lock(test, base, VT_LENGTH, VpModifyAccess);

	KUNIT_ASSERT_NOT_NULL(test, nothing);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	vt_expect_locked_is(test, mdl, nothing, VT_LENGTH);
	vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/*
 * PACKET-08: Pages stay while they are locked, also when the process unmaps them
 *
 * The pin keeps the pages after the process has unmapped them.
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
	vt_expect_locked_is(test, mdl, bytes, VT_LENGTH);
	vt_unlock(test, mdl);
}

/* PACKET-09: LockBuffer returns NULL if a page of the process is not mapped; counted */
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
	if (IS_ENABLED(CONFIG_S390))
		kunit_skip(test, "the address is one of the kernel as well");
	vt_expect_not_lockable(test, (void *)0x00401000, 100, VpReadAccess, "bad-pointer",
			       "address");
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

/* Lock as a process without CAP_IPC_LOCK that may lock one page. */
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

/* Wait for the worker, which unpins on kernels without PREEMPT_COUNT. */
static void expect_unpinned(struct kunit *test, struct page *page)
{
	unsigned int i;

	for (i = 0; i < 100 && folio_maybe_dma_pinned(page_folio(page)); i++)
		msleep(20);
	KUNIT_EXPECT_FALSE(test, folio_maybe_dma_pinned(page_folio(page)));
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
	KUNIT_EXPECT_TRUE(test, folio_maybe_dma_pinned(page_folio(page)));
	vt_unlock(test, mdl);
	expect_unpinned(test, page);
	put_page(page);
	vt_user_unmap(test, base, VT_ROOM);
}

/* PACKET-84: An address that is the kernel's and the process's as well gives NULL */
static void packet_84_address_of_both(struct kunit *test)
{
	u8 *memory;
	void *mdl;

	if (IS_ENABLED(CONFIG_ARCH_HAS_NON_OVERLAPPING_ADDRESS_SPACE))
		kunit_skip(test, "no address of this kernel can be one of a process");
	memory = (u8 *)get_zeroed_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	vt_user_map_at(test, memory, PAGE_SIZE);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_user_lock(test, (unsigned long)memory + 8, 100, VpReadAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
	vt_expect_failures(test, "Vprt", "Locked", 1, "address");
	vt_user_unmap(test, (unsigned long)memory, PAGE_SIZE);
	mdl = vt_user_lock(test, (unsigned long)memory + 8, 100, VpReadAccess);
	KUNIT_EXPECT_NOT_NULL(test, mdl);
	if (mdl)
		vt_unlock(test, mdl);
	free_page((unsigned long)memory);
}

static struct kunit_case pinned_cases[] = {
	KUNIT_CASE(packet_06_lock_of_user_memory),
	KUNIT_CASE(packet_07_pages_in),
	KUNIT_CASE(packet_08_stays_locked),
	KUNIT_CASE(packet_09_user_memory_that_is_not_there),
	KUNIT_CASE(packet_10_read_only_user_memory),
	KUNIT_CASE(packet_11_user_address_without_a_process),
	KUNIT_CASE(packet_25_user_lock_without_memory),
	KUNIT_CASE(packet_80_pinned_pages_are_counted),
	KUNIT_CASE(packet_81_limit_of_locked_memory),
	KUNIT_CASE(packet_84_address_of_both),
	KUNIT_CASE(packet_33_unlock_unpins),
	{}
};

struct kunit_suite vt_pinned_suite = {
	.name = "pinned",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = pinned_cases,
};

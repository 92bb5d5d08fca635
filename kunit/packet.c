// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locked buffers, and operations on them. The DMA of the platform device that the
 * tests have is direct: what it would do is done through the direct map.
 */
#include <linux/bottom_half.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "dma.h"
#include "helpers.h"

/* Neither begins nor ends with a page. */
#define SHIFT	100
#define LENGTH	(3 * PAGE_SIZE)
#define ROOM	(5 * PAGE_SIZE)

static const VP_DEVICE_DESCRIPTION lists = {
	.ScatterGather = true, .Dma64BitAddresses = true,
};

static const VP_DEVICE_DESCRIPTION pieces = { .Dma64BitAddresses = true };

static const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };

static struct device *device(struct kunit *test)
{
	return ((struct vt_fixture *)test->priv)->dev;
}

/*
 * The memory of a process
 */

static unsigned long user_map(struct kunit *test, unsigned long size, int protection)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long base;

	base = vm_mmap(NULL, 0, size, protection, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	vt_return_mm(mm);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(base));
	return base;
}

static void user_unmap(struct kunit *test, unsigned long base, unsigned long size)
{
	struct mm_struct *mm = vt_borrow_mm(test);

	vm_munmap(base, size);
	vt_return_mm(mm);
}

static void *user_lock(struct kunit *test, unsigned long base, ULONG length,
		       VP_LOCK_OPERATION operation)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	void *mdl;

	mdl = VideoPortLockBuffer(vt_ext(test), (void *)base, length, operation);
	vt_return_mm(mm);
	return mdl;
}

static unsigned long user_put(struct kunit *test, unsigned long base, const void *from,
			      size_t size)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long left;

	left = copy_to_user((void __user *)base, from, size);
	vt_return_mm(mm);
	return left;
}

static unsigned long user_get(struct kunit *test, unsigned long base, void *to,
			      size_t size)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long left;

	left = copy_from_user(to, (void __user *)base, size);
	vt_return_mm(mm);
	return left;
}

/*
 * Operations
 */

struct seen {
	PULONG length;			/* what the callback is to look at */
	bool complete;			/* ... and to complete at once */
	BOOLEAN to_device;
	unsigned int calls;
	void *ext;
	PVP_DMA_ADAPTER dma;
	PVP_SCATTER_GATHER_LIST list;
	ULONG length_seen;
	bool atomic;
};

static void execute(PVOID ext, PVP_DMA_ADAPTER dma, PVP_SCATTER_GATHER_LIST list,
		    PVOID context)
{
	struct seen *seen = context;

	seen->calls++;
	seen->ext = ext;
	seen->dma = dma;
	seen->list = list;
	seen->length_seen = *seen->length;
	seen->atomic = in_softirq() || irqs_disabled();
	if (seen->complete)
		VideoPortCompleteDma(ext, dma, list, seen->to_device);
}

static void *lock(struct kunit *test, void *base, ULONG length)
{
	void *mdl = VideoPortLockBuffer(vt_ext(test), base, length, VpModifyAccess);

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	return mdl;
}

static void unlock(struct kunit *test, void *mdl)
{
	VideoPortUnlockBuffer(vt_ext(test), mdl);
}

static VP_STATUS try(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl, ULONG offset,
		     ULONG *length, BOOLEAN to_device, struct seen *seen)
{
	*seen = (struct seen){ .length = length };
	return VideoPortStartDma(vt_ext(test), dma, mdl, offset, length, execute, seen,
				 to_device);
}

/* Starts an operation and returns its list, as the callback saw it. */
static PVP_SCATTER_GATHER_LIST start(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl,
				     ULONG offset, ULONG *length, BOOLEAN to_device)
{
	struct seen seen;

	KUNIT_ASSERT_EQ(test, try(test, dma, mdl, offset, length, to_device, &seen),
			NO_ERROR);
	KUNIT_ASSERT_EQ(test, seen.calls, 1U);
	KUNIT_ASSERT_NOT_NULL(test, seen.list);
	return seen.list;
}

static void complete_dma(struct kunit *test, PVP_DMA_ADAPTER dma,
			 PVP_SCATTER_GATHER_LIST list, BOOLEAN to_device)
{
	KUNIT_EXPECT_EQ(test, VideoPortCompleteDma(vt_ext(test), dma, list, to_device),
			NO_ERROR);
}

static u64 list_bytes(const VP_SCATTER_GATHER_LIST *list)
{
	u64 sum = 0;
	ULONG i;

	for (i = 0; i < list->NumberOfElements; i++)
		sum += list->Elements[i].Length;
	return sum;
}

/* What the device finds at its addresses, and what it puts there. */
static void device_read(const VP_SCATTER_GATHER_LIST *list, u8 *to)
{
	const VP_SCATTER_GATHER_ELEMENT *element;
	ULONG i;

	for (i = 0; i < list->NumberOfElements; i++) {
		element = &list->Elements[i];
		memcpy(to, phys_to_virt(element->Address.QuadPart), element->Length);
		to += element->Length;
	}
}

static void device_write(const VP_SCATTER_GATHER_LIST *list, const u8 *from)
{
	const VP_SCATTER_GATHER_ELEMENT *element;
	ULONG i;

	for (i = 0; i < list->NumberOfElements; i++) {
		element = &list->Elements[i];
		memcpy(phys_to_virt(element->Address.QuadPart), from, element->Length);
		from += element->Length;
	}
}

static u8 *pattern(struct kunit *test, size_t size, u8 seed)
{
	u8 *bytes = kunit_kzalloc(test, size, GFP_KERNEL);
	size_t i;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	for (i = 0; i < size; i++)
		bytes[i] = seed + i * 7 + (i >> 8);
	return bytes;
}

/* Pages that are not neighbours in physical memory, as far as can be told. */
static u8 *scattered(struct kunit *test, size_t pages)
{
	u8 *memory = vmalloc(pages * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	memset(memory, 0, pages * PAGE_SIZE);
	return memory;
}

static bool page_is_alone(const u8 *memory, size_t page)
{
	return vmalloc_to_pfn(memory + (page + 1) * PAGE_SIZE) !=
	       vmalloc_to_pfn(memory + page * PAGE_SIZE) + 1;
}

static size_t first_run(const u8 *memory, size_t pages)
{
	size_t run = 1;

	while (run < pages && !page_is_alone(memory, run - 1))
		run++;
	return run;
}

/*
 * Locking
 */

static void packet_01_lock_of_pool(struct kunit *test)
{
	unsigned int i;
	void *block, *mdl;

	for (i = 0; i < vt_nr_sizes; i++) {
		if (!vt_sizes[i])
			continue;
		block = vt_alloc(test, VpNonPagedPool, vt_sizes[i]);
		mdl = lock(test, block, vt_sizes[i]);
		vt_expect_live(test, "Vprt", "Locked", 1, vt_sizes[i]);
		unlock(test, mdl);
		vt_expect_live(test, "Vprt", "Locked", 0, 0);
		VideoPortFreePool(vt_ext(test), block);
	}
}

/* Through a device, so that what was locked is seen to be the buffer. */
static void expect_locked_is(struct kunit *test, void *mdl, const u8 *bytes, ULONG size)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &lists);
	u8 *found = kunit_kzalloc(test, size, GFP_KERNEL);
	PVP_SCATTER_GATHER_LIST list;
	ULONG length = size;

	KUNIT_ASSERT_NOT_NULL(test, found);
	list = start(test, dma, mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, length, size);
	KUNIT_EXPECT_EQ(test, list_bytes(list), (u64)size);
	device_read(list, found);
	KUNIT_EXPECT_EQ(test, memcmp(found, bytes, size), 0);
	complete_dma(test, dma, list, true);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

static void expect_lockable(struct kunit *test, u8 *memory)
{
	u8 *bytes = pattern(test, LENGTH, 1);
	void *mdl;

	memcpy(memory + SHIFT, bytes, LENGTH);
	mdl = lock(test, memory + SHIFT, LENGTH);
	expect_locked_is(test, mdl, bytes, LENGTH);
	unlock(test, mdl);
}

static void packet_02_lock_of_vmalloc(struct kunit *test)
{
	u8 *memory = scattered(test, ROOM / PAGE_SIZE);

	expect_lockable(test, memory);
	vfree(memory);
}

static void packet_03_lock_of_common_buffer(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &lists);
	PHYSICAL_ADDRESS logical;
	void *memory;

	memory = VideoPortAllocateCommonBuffer(vt_ext(test), dma, ROOM, &logical, true,
					       NULL);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_lockable(test, memory);
	VideoPortReleaseCommonBuffer(vt_ext(test), dma, ROOM, logical, memory, true);
}

static void packet_04_lock_of_contiguous_memory(struct kunit *test)
{
	void *memory = VideoPortAllocateContiguousMemory(vt_ext(test), ROOM, anywhere);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_lockable(test, memory);
	VideoPortFreeContiguousMemory(vt_ext(test), memory);
}

static void packet_05_lock_of_module_data(struct kunit *test)
{
	static u8 memory[ROOM];

	expect_lockable(test, memory);
}

static void packet_06_lock_of_user_memory(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	u8 *bytes = pattern(test, LENGTH, 2);
	void *mdl;

	KUNIT_EXPECT_EQ(test, user_put(test, base + SHIFT, bytes, LENGTH), 0UL);
	mdl = user_lock(test, base + SHIFT, LENGTH, VpReadAccess);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_locked_is(test, mdl, bytes, LENGTH);
	unlock(test, mdl);
	user_unmap(test, base, ROOM);
}

static void packet_07_pages_in(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	u8 *nothing = kunit_kzalloc(test, LENGTH, GFP_KERNEL);
	void *mdl = user_lock(test, base, LENGTH, VpModifyAccess);

	KUNIT_ASSERT_NOT_NULL(test, nothing);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_locked_is(test, mdl, nothing, LENGTH);
	unlock(test, mdl);
	user_unmap(test, base, ROOM);
}

/* The pages outlive the process's own use of them. */
static void packet_08_stays_locked(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	u8 *bytes = pattern(test, LENGTH, 3);
	void *mdl;

	KUNIT_EXPECT_EQ(test, user_put(test, base, bytes, LENGTH), 0UL);
	mdl = user_lock(test, base, LENGTH, VpReadAccess);
	user_unmap(test, base, ROOM);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_locked_is(test, mdl, bytes, LENGTH);
	unlock(test, mdl);
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

static void packet_09_user_memory_that_is_not_there(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);

	user_unmap(test, base + 2 * PAGE_SIZE, PAGE_SIZE);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, user_lock(test, base, LENGTH, VpModifyAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
	vt_expect_failures(test, "Vprt", "Locked", 1, "address");
	user_unmap(test, base, ROOM);
}

static void packet_10_read_only_user_memory(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ);
	void *mdl;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, user_lock(test, base, LENGTH, VpWriteAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, user_lock(test, base, LENGTH, VpModifyAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
	mdl = user_lock(test, base, LENGTH, VpReadAccess);
	KUNIT_EXPECT_NOT_NULL(test, mdl);
	if (mdl)
		unlock(test, mdl);
	user_unmap(test, base, ROOM);
}

static void packet_11_user_address_without_a_process(struct kunit *test)
{
	expect_not_lockable(test, (void *)0x00401000, 100, VpReadAccess, "bad-pointer",
			    "address");
}

static void packet_12_end_of_the_user_half(struct kunit *test)
{
	void *last = (void *)(TASK_SIZE - PAGE_SIZE);

	if (IS_ENABLED(CONFIG_UML))
		kunit_skip(test, "no address is only the kernel's here");
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, user_lock(test, (unsigned long)last, 2 * PAGE_SIZE,
					  VpReadAccess));
	vt_expect_events(test, "bad-pointer", NULL, 1);
}

static void packet_13_null(struct kunit *test)
{
	expect_not_lockable(test, NULL, 100, VpReadAccess, "bad-pointer", "address");
}

static void packet_14_kernel_memory_that_is_not_there(struct kunit *test)
{
	u8 *memory = vmalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_not_lockable(test, memory, PAGE_SIZE + 1, VpReadAccess, "bad-pointer",
			    "address");
	vfree(memory);
}

static void packet_15_end_of_memory(struct kunit *test)
{
	expect_not_lockable(test, high_memory - PAGE_SIZE, 64 * PAGE_SIZE, VpReadAccess,
			    "bad-pointer", "address");
}

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

static void packet_17_zero_length(struct kunit *test)
{
	expect_not_lockable(test, test, 0, VpReadAccess, "zero-length", "size");
}

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

static void packet_21_shown(struct kunit *test)
{
	u8 *memory = scattered(test, ROOM / PAGE_SIZE);
	void *mdl = lock(test, memory + PAGE_SIZE - 1, PAGE_SIZE + 2);
	struct vt_region region;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), mdl, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Locked");
	KUNIT_EXPECT_STREQ(test, region.tag, "Vprt");
	KUNIT_EXPECT_EQ(test, region.size, (u64)PAGE_SIZE + 2);
	KUNIT_EXPECT_EQ(test, region.charged, (u64)3 * PAGE_SIZE);
	unlock(test, mdl);
	KUNIT_EXPECT_FALSE(test, vt_find_region(test, vt_ext(test), mdl, &region));
	vfree(memory);
}

static void packet_22_locked_twice(struct kunit *test)
{
	u8 *memory = scattered(test, ROOM / PAGE_SIZE);
	void *first = lock(test, memory, LENGTH), *second = lock(test, memory, LENGTH);

	KUNIT_EXPECT_PTR_NE(test, first, second);
	unlock(test, first);
	vt_expect_live(test, "Vprt", "Locked", 1, LENGTH);
	unlock(test, second);
	vfree(memory);
}

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

	unlock(test, job->mdl);
}

static void fault_lock_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
	vt_expect_failures(test, "Vprt", "Locked", failures, "no-memory");
}

static const struct vt_fault_site lock_site = {
	fault_lock, fault_unlock, fault_lock_failed,
};

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

	job->mdl = user_lock(test, job->base, LENGTH, VpModifyAccess);
	return job->mdl;
}

static void fault_user_unlock(struct kunit *test, void *data)
{
	struct user_job *job = data;

	unlock(test, job->mdl);
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

static void packet_25_user_lock_without_memory(struct kunit *test)
{
	struct user_job job = { .base = user_map(test, ROOM, PROT_READ | PROT_WRITE) };

	KUNIT_EXPECT_GT(test, vt_each_fault(test, &user_lock_site, &job), 0U);
	user_unmap(test, job.base, ROOM);
}

/*
 * Unlocking
 */

static void packet_26_unlock_of_null(struct kunit *test)
{
	vt_expect_free_refused(test, VideoPortUnlockBuffer, NULL, "null-free");
}

static void packet_27_unlock_twice(struct kunit *test)
{
	void *mdl = lock(test, test, sizeof(*test));

	unlock(test, mdl);
	vt_expect_free_refused(test, VideoPortUnlockBuffer, mdl, "double-free");
}

static void packet_28_unlock_of_what_is_none(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, VideoPortUnlockBuffer, foreign->address(test),
			       "bad-pointer");
}

static void packet_29_unlock_for_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *mdl = VideoPortLockBuffer(other, test, 100, VpReadAccess);

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	vt_expect_free_refused(test, VideoPortUnlockBuffer, mdl, "wrong-adapter");
	VideoPortUnlockBuffer(other, mdl);
}

static void packet_30_unlock_of_pool(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, 2 * PAGE_SIZE);

	vt_expect_free_refused(test, VideoPortUnlockBuffer, block, "wrong-pairing");
	VideoPortFreePool(vt_ext(test), block);
}

static void packet_31_free_of_an_mdl(struct kunit *test)
{
	void *mdl = lock(test, test, sizeof(*test));

	vt_expect_free_refused(test, VideoPortFreePool, mdl, "wrong-pairing");
	unlock(test, mdl);
}

static void packet_32_unlock_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	void *mdl = user_lock(test, base, LENGTH, VpModifyAccess);

	KUNIT_EXPECT_NOT_NULL(test, mdl);
	vt_remember(test);
	vt_free_in(context, VideoPortUnlockBuffer, vt_ext(test), mdl);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
	user_unmap(test, base, ROOM);
}

static struct page *user_page(struct kunit *test, unsigned long base)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	struct page *page = NULL;

	if (get_user_pages_fast(base, 1, FOLL_WRITE, &page) != 1)
		page = NULL;
	vt_return_mm(mm);
	return page;
}

/* A kernel that cannot tell where one may sleep leaves it to a worker. */
static void expect_unpinned(struct kunit *test, struct page *page)
{
	unsigned int i;

	for (i = 0; i < 100 && page_maybe_dma_pinned(page); i++)
		msleep(20);
	KUNIT_EXPECT_FALSE(test, page_maybe_dma_pinned(page));
}

static void packet_33_unlock_unpins(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	struct page *page = user_page(test, base);
	void *mdl;

	KUNIT_ASSERT_NOT_NULL(test, page);
	mdl = user_lock(test, base, LENGTH, VpModifyAccess);
	KUNIT_EXPECT_NOT_NULL(test, mdl);
	KUNIT_EXPECT_TRUE(test, page_maybe_dma_pinned(page));
	unlock(test, mdl);
	expect_unpinned(test, page);
	put_page(page);
	user_unmap(test, base, ROOM);
}

/*
 * Starting
 */

struct packet_test {
	PVP_DMA_ADAPTER dma;
	u8 *memory;			/* of ROOM bytes, if nothing else is said */
	void *mdl;			/* of LENGTH bytes from SHIFT on, likewise */
	PVP_SCATTER_GATHER_LIST list;	/* of a page, after run() */
};

static void begin_with(struct kunit *test, struct packet_test *pt,
		       const VP_DEVICE_DESCRIPTION *description, size_t pages,
		       size_t shift, ULONG length)
{
	pt->dma = vt_dma_get(test, vt_ext(test), description);
	pt->memory = scattered(test, pages);
	pt->mdl = lock(test, pt->memory + shift, length);
}

static void begin(struct kunit *test, struct packet_test *pt,
		  const VP_DEVICE_DESCRIPTION *description)
{
	begin_with(test, pt, description, ROOM / PAGE_SIZE, SHIFT, LENGTH);
}

/* All but the DMA adapter. */
static void end_buffer(struct kunit *test, struct packet_test *pt)
{
	unlock(test, pt->mdl);
	vfree(pt->memory);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
}

static void end(struct kunit *test, struct packet_test *pt)
{
	end_buffer(test, pt);
	VideoPortPutDmaAdapter(vt_ext(test), pt->dma);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "busy"), 0UL);
}

/* With an operation that runs. */
static struct packet_test run(struct kunit *test)
{
	ULONG length = PAGE_SIZE;
	struct packet_test pt;

	begin(test, &pt, &lists);
	pt.list = start(test, pt.dma, pt.mdl, 0, &length, true);
	return pt;
}

static void finish(struct kunit *test, struct packet_test *pt)
{
	complete_dma(test, pt->dma, pt->list, true);
	end(test, pt);
}

static void packet_34_callback(struct kunit *test)
{
	struct packet_test pt;
	ULONG length = LENGTH;
	struct seen seen;

	begin(test, &pt, &lists);
	KUNIT_EXPECT_EQ(test, try(test, pt.dma, pt.mdl, 0, &length, true, &seen),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, seen.calls, 1U);
	KUNIT_EXPECT_PTR_EQ(test, seen.ext, vt_ext(test));
	KUNIT_EXPECT_PTR_EQ(test, seen.dma, pt.dma);
	KUNIT_ASSERT_NOT_NULL(test, seen.list);
	complete_dma(test, pt.dma, seen.list, true);
	end(test, &pt);
}

static void packet_35_callback_at_dispatch(struct kunit *test)
{
	struct packet_test pt;
	ULONG length = LENGTH;
	struct seen seen;

	begin(test, &pt, &lists);
	KUNIT_EXPECT_EQ(test, try(test, pt.dma, pt.mdl, 0, &length, true, &seen),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, seen.atomic);
	KUNIT_EXPECT_FALSE(test, in_softirq());
	complete_dma(test, pt.dma, seen.list, true);
	end(test, &pt);
}

static void packet_36_length_within_callback(struct kunit *test)
{
	VP_DEVICE_DESCRIPTION bounded = lists;
	struct packet_test pt;
	ULONG length = LENGTH;
	struct seen seen;

	bounded.MaximumLength = 1000;
	begin(test, &pt, &bounded);
	KUNIT_EXPECT_EQ(test, try(test, pt.dma, pt.mdl, 0, &length, true, &seen),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, seen.length_seen, (ULONG)1000);
	KUNIT_EXPECT_EQ(test, length, (ULONG)1000);
	complete_dma(test, pt.dma, seen.list, true);
	end(test, &pt);
}

static void packet_37_offset_and_length(struct kunit *test)
{
	static const ULONG offsets[] = { 0, 1, PAGE_SIZE - SHIFT - 1, PAGE_SIZE - SHIFT,
					 PAGE_SIZE, 2 * PAGE_SIZE + 17, LENGTH - 1 };
	static const ULONG lengths[] = { 1, 5, PAGE_SIZE, PAGE_SIZE + 1, LENGTH };
	u8 *bytes = pattern(test, LENGTH, 4), *found = pattern(test, LENGTH, 0);
	PVP_SCATTER_GATHER_LIST list;
	struct packet_test pt;
	unsigned int i, j;
	ULONG length;

	begin(test, &pt, &lists);
	memcpy(pt.memory + SHIFT, bytes, LENGTH);
	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		for (j = 0; j < ARRAY_SIZE(lengths); j++) {
			length = min_t(ULONG, lengths[j], LENGTH - offsets[i]);
			list = start(test, pt.dma, pt.mdl, offsets[i], &length, true);
			KUNIT_EXPECT_EQ(test, length,
					min_t(ULONG, lengths[j], LENGTH - offsets[i]));
			KUNIT_EXPECT_EQ(test, list_bytes(list), (u64)length);
			device_read(list, found);
			KUNIT_EXPECT_EQ(test, memcmp(found, bytes + offsets[i], length), 0);
			complete_dma(test, pt.dma, list, true);
		}
	}
	end(test, &pt);
}

static void packet_38_several_elements(struct kunit *test)
{
	ULONG length = 64 * PAGE_SIZE, i, expected = 1;
	PVP_SCATTER_GATHER_LIST list;
	struct packet_test pt;

	begin_with(test, &pt, &lists, 64, 0, length);
	for (i = 0; i < 63; i++)
		expected += page_is_alone(pt.memory, i);
	list = start(test, pt.dma, pt.mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, list->NumberOfElements, expected);
	KUNIT_EXPECT_EQ(test, list->Reserved, (ULONG_PTR)0);
	KUNIT_EXPECT_EQ(test, list_bytes(list), 64ULL * PAGE_SIZE);
	complete_dma(test, pt.dma, list, true);
	end(test, &pt);
}

static void packet_39_one_element(struct kunit *test)
{
	ULONG length = 63 * PAGE_SIZE, expected;
	PVP_SCATTER_GATHER_LIST list;
	struct packet_test pt;

	begin_with(test, &pt, &pieces, 64, SHIFT, length);
	expected = min_t(ULONG, first_run(pt.memory, 64) * PAGE_SIZE - SHIFT, length);
	list = start(test, pt.dma, pt.mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, list->NumberOfElements, (ULONG)1);
	KUNIT_EXPECT_EQ(test, list->Elements[0].Length, length);
	KUNIT_EXPECT_EQ(test, length, expected);
	complete_dma(test, pt.dma, list, true);
	end(test, &pt);
}

/* As drivers do it: until everything is done. */
static void packet_40_loop_without_scatter_gather(struct kunit *test)
{
	u8 *bytes = pattern(test, LENGTH, 5), *found = pattern(test, LENGTH, 0);
	PVP_SCATTER_GATHER_LIST list;
	struct packet_test pt;
	ULONG done, length;

	begin(test, &pt, &pieces);
	memcpy(pt.memory + SHIFT, bytes, LENGTH);
	for (done = 0; done < LENGTH; done += length) {
		length = LENGTH - done;
		list = start(test, pt.dma, pt.mdl, done, &length, true);
		KUNIT_ASSERT_GT(test, length, (ULONG)0);
		KUNIT_ASSERT_LE(test, length, (ULONG)LENGTH - done);
		device_read(list, found + done);
		complete_dma(test, pt.dma, list, true);
	}
	KUNIT_EXPECT_EQ(test, memcmp(found, bytes, LENGTH), 0);
	end(test, &pt);
}

static void packet_41_contiguous_is_one_element(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &pieces);
	void *memory, *mdl;
	PVP_SCATTER_GATHER_LIST list;
	ULONG length = SZ_512K, expected;

	/* More than that is not bounced. */
	expected = min_t(size_t, SZ_512K, dma_max_mapping_size(device(test)) & PAGE_MASK);
	memory = VideoPortAllocateContiguousMemory(vt_ext(test), SZ_512K, anywhere);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	mdl = lock(test, memory, SZ_512K);
	list = start(test, dma, mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, length, expected);
	KUNIT_EXPECT_EQ(test, list->NumberOfElements, (ULONG)1);
	complete_dma(test, dma, list, true);
	unlock(test, mdl);
	VideoPortFreeContiguousMemory(vt_ext(test), memory);
}

static void packet_42_maximum_length(struct kunit *test)
{
	static const ULONG bounds[] = { 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1,
					LENGTH - 1, LENGTH, LENGTH + 1, 0, 0xffffffff };
	VP_DEVICE_DESCRIPTION bounded = lists;
	PVP_SCATTER_GATHER_LIST list;
	struct packet_test pt;
	ULONG length, expected;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bounds); i++) {
		bounded.MaximumLength = bounds[i];
		begin(test, &pt, &bounded);
		length = LENGTH;
		expected = bounds[i] ? min_t(ULONG, bounds[i], LENGTH) : LENGTH;
		list = start(test, pt.dma, pt.mdl, 0, &length, true);
		KUNIT_EXPECT_EQ(test, length, expected);
		KUNIT_EXPECT_EQ(test, list_bytes(list), (u64)expected);
		complete_dma(test, pt.dma, list, true);
		end(test, &pt);
	}
}

static void packet_43_segment_bound(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION small = { .Dma64BitAddresses = true,
					      .MaximumLength = PAGE_SIZE };
	unsigned int before = dma_get_max_seg_size(device(test));
	PVP_DMA_ADAPTER first, second;

	first = vt_dma_get(test, vt_ext(test), &small);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), (unsigned int)PAGE_SIZE);
	second = vt_dma_get(test, vt_ext(test), &pieces);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), U32_MAX);
	VideoPortPutDmaAdapter(vt_ext(test), second);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), (unsigned int)PAGE_SIZE);
	VideoPortPutDmaAdapter(vt_ext(test), first);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), before);
}

static void expect_no_start(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl,
			    ULONG offset, ULONG length, const char *event)
{
	struct seen seen;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, try(test, dma, mdl, offset, &length, true, &seen),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, length, (ULONG)0);
	KUNIT_EXPECT_EQ(test, seen.calls, 0U);
	vt_expect_refused(test, event);
}

static void packet_44_beyond_the_buffer(struct kunit *test)
{
	struct packet_test pt;

	begin(test, &pt, &lists);
	expect_no_start(test, pt.dma, pt.mdl, 0, LENGTH + 1, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, 1, LENGTH, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, LENGTH, 1, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, 0xffffffff, 2, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, 2, 0xffffffff, "bad-parameter");
	end(test, &pt);
}

static void packet_45_zero_bytes(struct kunit *test)
{
	struct packet_test pt;

	begin(test, &pt, &lists);
	expect_no_start(test, pt.dma, pt.mdl, 0, 0, "bad-parameter");
	end(test, &pt);
}

static void packet_46_bad_arguments(struct kunit *test)
{
	struct packet_test pt;
	ULONG length = 100;

	begin(test, &pt, &lists);
	expect_no_start(test, NULL, pt.mdl, 0, 100, "bad-parameter");
	expect_no_start(test, (PVP_DMA_ADAPTER)pt.memory, pt.mdl, 0, 100, "bad-parameter");
	expect_no_start(test, pt.dma, NULL, 0, 100, "bad-pointer");
	expect_no_start(test, pt.dma, pt.memory, 0, 100, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortStartDma(vt_ext(test), pt.dma, pt.mdl, 0, NULL,
						execute, NULL, true),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortStartDma(vt_ext(test), pt.dma, pt.mdl, 0, &length,
						NULL, NULL, true),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, length, (ULONG)0);
	vt_expect_refused(test, "bad-parameter");
	end(test, &pt);
}

static void packet_47_mdl_of_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *mdl = VideoPortLockBuffer(other, test, 100, VpReadAccess);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &lists);

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_no_start(test, dma, mdl, 0, 100, "wrong-adapter");
	VideoPortUnlockBuffer(other, mdl);
}

static void packet_48_no_writing_to_what_is_read_only(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	void *mdl = user_lock(test, base, LENGTH, VpReadAccess);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &lists);
	ULONG length = 100;
	struct seen seen;

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, try(test, dma, mdl, 0, &length, false, &seen),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	unlock(test, mdl);
	user_unmap(test, base, ROOM);
}

static void packet_49_device_writes(struct kunit *test)
{
	u8 *bytes = pattern(test, LENGTH, 6), *found = pattern(test, LENGTH, 0);
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	void *mdl = user_lock(test, base + SHIFT, LENGTH, VpWriteAccess);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &lists);
	PVP_SCATTER_GATHER_LIST list;
	ULONG length = LENGTH;

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	list = start(test, dma, mdl, 0, &length, false);
	device_write(list, bytes);
	complete_dma(test, dma, list, false);
	KUNIT_EXPECT_EQ(test, user_get(test, base + SHIFT, found, LENGTH), 0UL);
	KUNIT_EXPECT_EQ(test, memcmp(found, bytes, LENGTH), 0);
	unlock(test, mdl);
	user_unmap(test, base, ROOM);
}

/* Bounced or not, what is beyond a piece stays as it is. */
static void packet_50_device_writes_piece_by_piece(struct kunit *test)
{
	u8 *bytes = pattern(test, LENGTH, 7), *other = pattern(test, LENGTH, 77);
	PVP_SCATTER_GATHER_LIST list;
	struct packet_test pt;
	ULONG done, length;

	begin(test, &pt, &vt_dma32);
	memcpy(pt.memory + SHIFT, bytes, LENGTH);
	for (done = 0; done < LENGTH; done += length) {
		length = LENGTH - done;
		list = start(test, pt.dma, pt.mdl, done, &length, false);
		device_write(list, other + done);
		complete_dma(test, pt.dma, list, false);
		KUNIT_EXPECT_EQ(test, memcmp(pt.memory + SHIFT, other, done + length), 0);
		KUNIT_EXPECT_EQ(test, memcmp(pt.memory + SHIFT + done + length,
					     bytes + done + length,
					     LENGTH - done - length), 0);
	}
	end(test, &pt);
}

struct start_job {
	void *ext;
	struct packet_test pt;
	ULONG length;
	VP_STATUS status;
	struct seen seen;
};

static void begin_job(struct kunit *test, struct start_job *job,
		      const VP_DEVICE_DESCRIPTION *description)
{
	job->ext = vt_ext(test);
	begin(test, &job->pt, description);
}

static void start_job(void *data)
{
	struct start_job *job = data;

	job->length = LENGTH;
	job->seen = (struct seen){ .length = &job->length };
	job->status = VideoPortStartDma(job->ext, job->pt.dma, job->pt.mdl, 0,
					&job->length, execute, &job->seen, true);
}

static void complete_job(void *data)
{
	struct start_job *job = data;

	VideoPortCompleteDma(job->ext, job->pt.dma, job->seen.list, true);
}

static void packet_51_start_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct start_job job;

	begin_job(test, &job, &lists);
	vt_remember(test);
	context->run(start_job, &job);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, job.status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, job.length, (ULONG)LENGTH);
	KUNIT_EXPECT_TRUE(test, job.seen.atomic);
	KUNIT_ASSERT_NOT_NULL(test, job.seen.list);
	complete_dma(test, job.pt.dma, job.seen.list, true);
	end(test, &job.pt);
}

static void packet_52_complete_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct start_job job;

	begin_job(test, &job, &lists);
	start_job(&job);
	KUNIT_ASSERT_EQ(test, job.status, NO_ERROR);
	vt_remember(test);
	context->run(complete_job, &job);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	end(test, &job.pt);
}

static void packet_53_complete_within_callback(struct kunit *test)
{
	struct packet_test pt;
	ULONG length = LENGTH;
	struct seen seen = { .length = &length, .complete = true, .to_device = true };

	begin(test, &pt, &lists);
	KUNIT_EXPECT_EQ(test, VideoPortStartDma(vt_ext(test), pt.dma, pt.mdl, 0, &length,
						execute, &seen, true), NO_ERROR);
	KUNIT_EXPECT_EQ(test, length, (ULONG)LENGTH);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	end(test, &pt);
}

static void packet_54_several_operations(struct kunit *test)
{
	PVP_SCATTER_GATHER_LIST list[3];
	struct packet_test pt;
	unsigned int i;
	ULONG length;

	begin(test, &pt, &lists);
	for (i = 0; i < ARRAY_SIZE(list); i++) {
		length = PAGE_SIZE;
		list[i] = start(test, pt.dma, pt.mdl, i * PAGE_SIZE, &length, true);
	}
	vt_expect_live(test, "Vprt", "SGList", 3, 3 * PAGE_SIZE);
	for (i = 0; i < ARRAY_SIZE(list); i++)
		complete_dma(test, pt.dma, list[i], true);
	end(test, &pt);
}

static bool fault_start(struct kunit *test, void *data)
{
	struct start_job *job = data;

	start_job(job);
	return job->status == NO_ERROR;
}

static void fault_complete(struct kunit *test, void *data)
{
	complete_job(data);
}

static void fault_start_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct start_job *job = data;

	KUNIT_EXPECT_EQ(test, job->status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_EQ(test, job->length, (ULONG)0);
	KUNIT_EXPECT_EQ(test, job->seen.calls, 0U);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	vt_expect_failures(test, "Vprt", "SGList", failures, "no-memory");
}

static const struct vt_fault_site start_site = {
	fault_start, fault_complete, fault_start_failed,
};

static void packet_55_start_without_memory(struct kunit *test)
{
	struct start_job job;

	begin_job(test, &job, &lists);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &start_site, &job), 0U);
	end(test, &job.pt);
}

static void packet_56_start_of_a_piece_without_memory(struct kunit *test)
{
	struct start_job job;

	begin_job(test, &job, &pieces);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &start_site, &job), 0U);
	end(test, &job.pt);
}

static void packet_57_list_shown(struct kunit *test)
{
	struct packet_test pt = run(test);
	struct vt_region region;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), pt.list, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "SGList");
	KUNIT_EXPECT_EQ(test, region.size, (u64)PAGE_SIZE);
	complete_dma(test, pt.dma, pt.list, true);
	KUNIT_EXPECT_FALSE(test, vt_find_region(test, vt_ext(test), pt.list, &region));
	end(test, &pt);
}

static void packet_58_long_list(struct kunit *test)
{
	const size_t pages = 2048;
	ULONG length = pages * PAGE_SIZE;
	PVP_SCATTER_GATHER_LIST list;
	struct packet_test pt;

	begin_with(test, &pt, &lists, pages, 0, length);
	list = start(test, pt.dma, pt.mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, list_bytes(list), (u64)pages * PAGE_SIZE);
	complete_dma(test, pt.dma, list, true);
	end(test, &pt);
}

/*
 * Completing, and what is wrong with it
 */

static void expect_not_completed(struct kunit *test, PVP_DMA_ADAPTER dma, void *list,
				 BOOLEAN to_device, const char *event)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortCompleteDma(vt_ext(test), dma, list, to_device),
			NO_ERROR);
	vt_expect_refused(test, event);
}

static void packet_59_complete_twice(struct kunit *test)
{
	struct packet_test pt = run(test);

	complete_dma(test, pt.dma, pt.list, true);
	expect_not_completed(test, pt.dma, pt.list, true, "double-free");
	end(test, &pt);
}

static void packet_60_complete_of_what_is_none(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &lists);

	expect_not_completed(test, dma, foreign->address(test), true, "bad-pointer");
}

static void packet_61_complete_of_null(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &lists);

	expect_not_completed(test, dma, NULL, true, "null-free");
}

static void packet_62_complete_for_another_dma_adapter(struct kunit *test)
{
	PVP_DMA_ADAPTER other = vt_dma_get(test, vt_ext(test), &lists);
	struct packet_test pt = run(test);

	expect_not_completed(test, other, pt.list, true, "mismatch");
	finish(test, &pt);
}

static void packet_63_complete_in_the_other_direction(struct kunit *test)
{
	struct packet_test pt = run(test);

	expect_not_completed(test, pt.dma, pt.list, false, "mismatch");
	finish(test, &pt);
}

static void packet_64_complete_for_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct packet_test pt = run(test);

	VideoPortCompleteDma(other, pt.dma, pt.list, true);
	KUNIT_EXPECT_EQ(test, vt_event(test, other, "wrong-adapter"), 1UL);
	vt_expect_live(test, "Vprt", "SGList", 1, PAGE_SIZE);
	finish(test, &pt);
}

static void packet_65_complete_of_an_mdl(struct kunit *test)
{
	struct packet_test pt;

	begin(test, &pt, &lists);
	expect_not_completed(test, pt.dma, pt.mdl, true, "wrong-pairing");
	end(test, &pt);
}

static void packet_66_unlock_while_it_runs(struct kunit *test)
{
	struct packet_test pt = run(test);

	vt_expect_free_refused(test, VideoPortUnlockBuffer, pt.mdl, "busy");
	complete_dma(test, pt.dma, pt.list, true);
	end_buffer(test, &pt);
}

static void put(PVOID ext, PVOID dma)
{
	VideoPortPutDmaAdapter(ext, dma);
}

static void packet_67_put_while_it_runs(struct kunit *test)
{
	struct packet_test pt = run(test);

	vt_expect_free_refused(test, put, pt.dma, "busy");
	complete_dma(test, pt.dma, pt.list, true);
	end_buffer(test, &pt);
	vt_remember(test);
	VideoPortPutDmaAdapter(vt_ext(test), pt.dma);
	vt_expect_events(test, NULL, NULL, 0);
}

/* The list, the lock and the DMA adapter, in this order. */
static void packet_68_detach_reclaims(struct kunit *test)
{
	unsigned long base = user_map(test, ROOM, PROT_READ | PROT_WRITE);
	struct page *page = user_page(test, base);
	void *other = vt_attach_another(test);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, other, &lists);
	unsigned long before = vt_event(test, NULL, "leak");
	struct seen seen = { };
	ULONG length = PAGE_SIZE;
	struct mm_struct *mm;
	VP_STATUS status;
	void *mdl;

	KUNIT_ASSERT_NOT_NULL(test, page);
	mm = vt_borrow_mm(test);
	mdl = VideoPortLockBuffer(other, (void *)base, LENGTH, VpModifyAccess);
	vt_return_mm(mm);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	seen.length = &length;
	status = VideoPortStartDma(other, dma, mdl, 0, &length, execute, &seen, false);
	KUNIT_EXPECT_EQ(test, status, NO_ERROR);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_event(test, NULL, "leak"), before + 2);
	KUNIT_EXPECT_FALSE(test, page_maybe_dma_pinned(page));
	put_page(page);
	user_unmap(test, base, ROOM);
}

static void packet_69_verify_mode(struct kunit *test)
{
	struct vt_region region;
	struct packet_test pt;

	vt_verify(test, true);
	pt = run(test);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), pt.list, &region));
	KUNIT_EXPECT_STREQ(test, region.verify, "yes");
	if (!IS_ENABLED(CONFIG_UML))
		KUNIT_EXPECT_NOT_NULL(test, strstr(region.line, " <- "));
	finish(test, &pt);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "overrun"), 0UL);
}

static void packet_70_layouts(struct kunit *test)
{
	const size_t pointer = sizeof(void *);

	KUNIT_EXPECT_EQ(test, sizeof(VP_SCATTER_GATHER_ELEMENT), 8 + 2 * pointer);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_ELEMENT, Length), (size_t)8);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_ELEMENT, Reserved), 8 + pointer);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_LIST, Reserved), pointer);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_LIST, Elements), 2 * pointer);
	KUNIT_EXPECT_EQ(test, (int)VpReadAccess, 0);
	KUNIT_EXPECT_EQ(test, (int)VpWriteAccess, 1);
	KUNIT_EXPECT_EQ(test, (int)VpModifyAccess, 2);
}

/* An address within the MDL is not one within the buffer. */
static void packet_71_mdl_is_no_memory(struct kunit *test)
{
	u8 *memory = scattered(test, 1024);
	void *mdl = lock(test, memory, 1024 * PAGE_SIZE);
	u64 mark = vt_log_mark();

	vt_expect_free_refused(test, VideoPortFreePool, mdl + 64, "bad-pointer");
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "inside", "Locked"), 0U);
	unlock(test, mdl);
	vfree(memory);
}

static struct kunit_case packet_cases[] = {
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
	KUNIT_CASE(packet_26_unlock_of_null),
	KUNIT_CASE(packet_27_unlock_twice),
	KUNIT_CASE_PARAM(packet_28_unlock_of_what_is_none, vt_foreign_params),
	KUNIT_CASE(packet_29_unlock_for_another_adapter),
	KUNIT_CASE(packet_30_unlock_of_pool),
	KUNIT_CASE(packet_31_free_of_an_mdl),
	KUNIT_CASE_PARAM(packet_32_unlock_anywhere, vt_context_params),
	KUNIT_CASE(packet_33_unlock_unpins),
	KUNIT_CASE(packet_34_callback),
	KUNIT_CASE(packet_35_callback_at_dispatch),
	KUNIT_CASE(packet_36_length_within_callback),
	KUNIT_CASE(packet_37_offset_and_length),
	KUNIT_CASE(packet_38_several_elements),
	KUNIT_CASE(packet_39_one_element),
	KUNIT_CASE(packet_40_loop_without_scatter_gather),
	KUNIT_CASE(packet_41_contiguous_is_one_element),
	KUNIT_CASE(packet_42_maximum_length),
	KUNIT_CASE(packet_43_segment_bound),
	KUNIT_CASE(packet_44_beyond_the_buffer),
	KUNIT_CASE(packet_45_zero_bytes),
	KUNIT_CASE(packet_46_bad_arguments),
	KUNIT_CASE(packet_47_mdl_of_another_adapter),
	KUNIT_CASE(packet_48_no_writing_to_what_is_read_only),
	KUNIT_CASE(packet_49_device_writes),
	KUNIT_CASE(packet_50_device_writes_piece_by_piece),
	KUNIT_CASE_PARAM(packet_51_start_anywhere, vt_context_params),
	KUNIT_CASE_PARAM(packet_52_complete_anywhere, vt_context_params),
	KUNIT_CASE(packet_53_complete_within_callback),
	KUNIT_CASE(packet_54_several_operations),
	KUNIT_CASE(packet_55_start_without_memory),
	KUNIT_CASE(packet_56_start_of_a_piece_without_memory),
	KUNIT_CASE(packet_57_list_shown),
	KUNIT_CASE(packet_58_long_list),
	KUNIT_CASE(packet_59_complete_twice),
	KUNIT_CASE_PARAM(packet_60_complete_of_what_is_none, vt_foreign_params),
	KUNIT_CASE(packet_61_complete_of_null),
	KUNIT_CASE(packet_62_complete_for_another_dma_adapter),
	KUNIT_CASE(packet_63_complete_in_the_other_direction),
	KUNIT_CASE(packet_64_complete_for_another_adapter),
	KUNIT_CASE(packet_65_complete_of_an_mdl),
	KUNIT_CASE(packet_66_unlock_while_it_runs),
	KUNIT_CASE(packet_67_put_while_it_runs),
	KUNIT_CASE(packet_68_detach_reclaims),
	KUNIT_CASE(packet_69_verify_mode),
	KUNIT_CASE(packet_70_layouts),
	KUNIT_CASE(packet_71_mdl_is_no_memory),
	{ }
};

struct kunit_suite vt_packet_suite = {
	.name = "packet",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = packet_cases,
};

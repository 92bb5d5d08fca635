// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocation of memory of every kind, until the result is NULL.
 *
 * Results are KTAP in the kernel's log. The guest script looks for the OOM killer there
 * and for the process that must have survived. The module loads if it ran, whatever the
 * results: insmod of busybox would load it again.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>

#include "include/vpmem-port.h"

#define INDENT		"    "		/* of what is within the suite */
#define FILL_SIZE	4000
#define ROOM_BLOCKS	256		/* freed for a kind to take: 1 MiB */
#define HANDLES_MAX	60000
#define SLACK		256		/* pages that may be in caches afterwards */

static const ULONG TAG = 'tsxE';

static struct device *device;
static void *extension;
static PVP_DMA_ADAPTER dma_adapter;
static void *large_block;
static unsigned long user_page;

/* Handles of the kind that is being tried, and how many there are. */
static void *handles[HANDLES_MAX];
static unsigned int nr_handles;

/*
 * Filler: pool blocks, each of which begins with the address of the next
 */

static void **filler;

static bool filler_grow(void)
{
	void **block = VideoPortAllocatePool(extension, VpPagedPool, FILL_SIZE, TAG);

	if (!block)
		return false;
	*block = filler;
	filler = block;
	return true;
}

static unsigned int filler_fill(void)
{
	unsigned int blocks = 0;

	while (filler_grow())
		blocks++;
	return blocks;
}

static void filler_shrink(unsigned int blocks)
{
	while (filler && blocks--) {
		void **block = filler;

		filler = *block;
		VideoPortFreePool(extension, block);
	}
}

/*
 * Kinds
 */

struct kind {
	const char *name;
	size_t size;
	bool whole;		/* takes the whole of memory, instead of the last of it */
	void *(*get)(const struct kind *kind);
	void (*put)(const struct kind *kind, void *handle);
};

static void *nonpaged_get(const struct kind *kind)
{
	return VideoPortAllocatePool(extension, VpNonPagedPool, kind->size, TAG);
}

static void *paged_get(const struct kind *kind)
{
	return VideoPortAllocatePool(extension, VpPagedPool, kind->size, TAG);
}

static void *aligned_get(const struct kind *kind)
{
	return VideoPortAllocatePool(extension, VpNonPagedPoolCacheAligned, kind->size,
				     TAG);
}

/* Use another tag for each block, so that the table of tags grows. */
static void *tags_get(const struct kind *kind)
{
	static u32 tag = 'aaaa';

	return VideoPortAllocatePool(extension, VpNonPagedPool, kind->size, tag++);
}

static void pool_put(const struct kind *kind, void *block)
{
	VideoPortFreePool(extension, block);
}

static void *buffer_get(const struct kind *kind)
{
	void *buffer;

	VideoPortAllocateBuffer(extension, kind->size, &buffer);
	return buffer;
}

static void buffer_put(const struct kind *kind, void *buffer)
{
	VideoPortReleaseBuffer(extension, buffer);
}

static void *contig_get(const struct kind *kind)
{
	const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };

	return VideoPortAllocateContiguousMemory(extension, kind->size, anywhere);
}

static void contig_put(const struct kind *kind, void *memory)
{
	VideoPortFreeContiguousMemory(extension, memory);
}

/* Store the logical address in the buffer itself: its release needs it. */
static void *common_get(const struct kind *kind)
{
	PHYSICAL_ADDRESS logical;
	PHYSICAL_ADDRESS *buffer;

	buffer = VideoPortAllocateCommonBuffer(extension, dma_adapter, kind->size,
					       &logical, false, NULL);
	if (buffer)
		*buffer = logical;
	return buffer;
}

static void common_put(const struct kind *kind, void *buffer)
{
	VideoPortReleaseCommonBuffer(extension, dma_adapter, kind->size,
				     *(PHYSICAL_ADDRESS *)buffer, buffer, false);
}

static void *mdl_get(const struct kind *kind)
{
	return VideoPortLockBuffer(extension, large_block, kind->size, VpModifyAccess);
}

static void *user_mdl_get(const struct kind *kind)
{
	return VideoPortLockBuffer(extension, (void *)user_page, kind->size,
				   VpModifyAccess);
}

static void mdl_put(const struct kind *kind, void *mdl)
{
	VideoPortUnlockBuffer(extension, mdl);
}

/* Where a PC of little memory has neither memory nor a device. */
static void *map_get(const struct kind *kind)
{
	const PHYSICAL_ADDRESS address = {
		.QuadPart = 0x40000000 + (u64)nr_handles * kind->size,
	};

	return VideoPortGetDeviceBase(extension, address, kind->size,
				      VIDEO_MEMORY_SPACE_MEMORY);
}

static void map_put(const struct kind *kind, void *address)
{
	VideoPortFreeDeviceBase(extension, address);
}

static void *event_get(const struct kind *kind)
{
	PEVENT event;

	VideoPortCreateEvent(extension, NOTIFICATION_EVENT, NULL, &event);
	return event;
}

static void event_put(const struct kind *kind, void *event)
{
	VideoPortDeleteEvent(extension, event);
}

static void *spin_lock_get(const struct kind *kind)
{
	PSPIN_LOCK lock;

	VideoPortCreateSpinLock(extension, &lock);
	return lock;
}

static void spin_lock_put(const struct kind *kind, void *lock)
{
	VideoPortDeleteSpinLock(extension, lock);
}

static void *dma_get(const struct kind *kind)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };

	return VideoPortGetDmaAdapter(extension, &description);
}

static void dma_put(const struct kind *kind, void *dma)
{
	VideoPortPutDmaAdapter(extension, dma);
}

/* Values have names of two characters, and no way to be deleted but an empty value. */
static void value_name(u16 name[3], unsigned int number)
{
	name[0] = 'A' + number / 26;
	name[1] = 'A' + number % 26;
	name[2] = 0;
}

static void *value_get(const struct kind *kind)
{
	u16 name[3];

	value_name(name, nr_handles);
	return VideoPortSetRegistryParameters(extension, name, large_block,
					      kind->size) == NO_ERROR ? extension : NULL;
}

static void value_put(const struct kind *kind, void *unused)
{
	u16 name[3];

	value_name(name, nr_handles);
	VideoPortSetRegistryParameters(extension, name, NULL, 0);
}

static void *attach_get(const struct kind *kind)
{
	void *more = vpmem_attach(device, kind->size);

	return IS_ERR(more) ? NULL : more;
}

static void attach_put(const struct kind *kind, void *more)
{
	vpmem_detach(more);
}

static const struct kind kinds[] = {
	/* Allocate these first, while memory is not fragmented. */
	/*
	 * COMMON-40: A buffer larger than the page allocator's blocks comes from a search of
	 * memory where there is neither CMA nor an IOMMU; it lies within the mask, is coherent,
	 * and can be allocated until memory runs out
	 */
	{ "common_40_beyond_the_page_allocator", SZ_8M, true, common_get, common_put },
	/*
	 * OOM-01: Pool of every type and size, buffers, contiguous memory, common buffers, locked
	 * buffers, mappings, events, spin locks, tags, DMA adapters, registry values and adapters
	 * end in NULL or an error, and all of it can be freed
	 */
	{ "oom_01_contiguous_8m", SZ_8M, true, contig_get, contig_put },
	{ "oom_01_nonpaged_4000", 4000, true, nonpaged_get, pool_put },
	{ "oom_01_nonpaged_16", 16, false, nonpaged_get, pool_put },
	{ "oom_01_nonpaged_page", 4096, false, nonpaged_get, pool_put },
	{ "oom_01_nonpaged_1m", SZ_1M, true, nonpaged_get, pool_put },
	{ "oom_01_paged_64", 64, false, paged_get, pool_put },
	{ "oom_01_paged_3_pages", 3 * 4096, true, paged_get, pool_put },
	{ "oom_01_aligned_100", 100, false, aligned_get, pool_put },
	{ "oom_01_aligned_64k", SZ_64K, true, aligned_get, pool_put },
	{ "oom_01_tags", 1, false, tags_get, pool_put },
	{ "oom_01_buffer_8k", SZ_8K, true, buffer_get, buffer_put },
	{ "oom_01_contiguous_page", 4096, false, contig_get, contig_put },
	{ "oom_01_contiguous_1m", SZ_1M, true, contig_get, contig_put },
	{ "oom_01_common_page", 4096, false, common_get, common_put },
	{ "oom_01_common_64k", SZ_64K, true, common_get, common_put },
	{ "oom_01_mdl_page", 4096, false, mdl_get, mdl_put },
	{ "oom_01_mdl_1m", SZ_1M, false, mdl_get, mdl_put },
	{ "oom_01_mdl_of_a_process", 4096, false, user_mdl_get, mdl_put },
	{ "oom_01_mapping", 4096, false, map_get, map_put },
	{ "oom_01_event", 0, false, event_get, event_put },
	{ "oom_01_spin_lock", 0, false, spin_lock_get, spin_lock_put },
	{ "oom_01_dma_adapter", 0, false, dma_get, dma_put },
	{ "oom_01_registry_value", SZ_32K, false, value_get, value_put },
	{ "oom_01_adapter", SZ_64K, false, attach_get, attach_put },
	{ "oom_01_extension_of_a_gigabyte", SZ_1G, false, attach_get, attach_put },
};

/*
 * The trial
 */

static bool kind_fits(const struct kind *kind)
{
	return nr_handles < HANDLES_MAX;
}

static bool kind_take(const struct kind *kind)
{
	void *handle;

	nr_handles = 0;
	while (kind_fits(kind)) {
		handle = kind->get(kind);
		if (!handle)
			return true;
		handles[nr_handles++] = handle;
	}
	return false;
}

static void kind_give(const struct kind *kind)
{
	while (nr_handles) {
		nr_handles--;
		kind->put(kind, handles[nr_handles]);
	}
}

/* The answer was NULL, and what was taken is free again. */
static bool kind_try(const struct kind *kind, unsigned int number)
{
	long before, after;
	unsigned int taken;
	bool exhausted, passed;

	if (!kind->whole) {
		filler_fill();
		filler_shrink(ROOM_BLOCKS);
	}
	before = si_mem_available();
	exhausted = kind_take(kind);
	taken = nr_handles;
	kind_give(kind);
	after = si_mem_available();
	filler_shrink(UINT_MAX);
	pr_info(INDENT "# %s: %u times %zu bytes, available before %ld, after %ld pages\n",
		kind->name, taken, kind->size, before, after);
	passed = exhausted && after > before - before / 8 - SLACK &&
		 (taken || !kind->whole);
	pr_info(INDENT "%sok %u - %s\n", passed ? "" : "not ", number, kind->name);
	return passed;
}

static void try_all(void)
{
	bool passed = true;
	unsigned int i;

	pr_info("KTAP version 1\n");
	pr_info(INDENT "# Subtest: exhaust\n");
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		passed &= kind_try(&kinds[i], i + 1);
	pr_info(INDENT "1..%zu\n", ARRAY_SIZE(kinds));
	pr_info("%sok 1 - exhaust\n", passed ? "" : "not ");
}

static int exhaust_prepare(void)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };

	dma_adapter = VideoPortGetDmaAdapter(extension, &description);
	large_block = VideoPortAllocatePool(extension, VpPagedPool, SZ_1M, TAG);
	user_page = vm_mmap(NULL, 0, PAGE_SIZE, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, 0);
	if (!dma_adapter || !large_block || IS_ERR_VALUE(user_page))
		return -ENOMEM;
	memset(large_block, 0, SZ_1M);
	return 0;
}

static int __init exhaust_init(void)
{
	struct platform_device *pdev;
	int err;

	pdev = platform_device_register_simple("vpmem_exhaust", PLATFORM_DEVID_NONE,
					       NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	device = &pdev->dev;
	extension = vpmem_attach(device, 64);
	err = PTR_ERR_OR_ZERO(extension);
	if (!err) {
		err = exhaust_prepare();
		if (!err)
			try_all();
		vpmem_detach(extension);
	}
	platform_device_unregister(pdev);
	return err;
}
module_init(exhaust_init);

static void __exit exhaust_exit(void)
{
}
module_exit(exhaust_exit);

MODULE_DESCRIPTION("Memory of every kind until there is none");
MODULE_LICENSE("GPL");

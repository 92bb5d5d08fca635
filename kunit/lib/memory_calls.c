// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that allocate, one of each kind, for the suites that have their allocations fail.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/executive.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/int10.h"
#include "kunit/lib/map.h"
#include "kunit/lib/memory_calls.h"
#include "kunit/lib/packet.h"
#include "kunit/lib/registry.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"
#include "include/ntrtl.h"

/*
 * Calls: each returns whether it succeeded, and leaves nothing
 */

static bool large_pool(struct kunit *test)
{
	void *block = VideoPortAllocatePool(vt_ext(test), VpPagedPool, 2 * PAGE_SIZE, VT_TAG);

	VideoPortFreePool(vt_ext(test), block);
	return block;
}

static bool small_pool(struct kunit *test)
{
	void *block = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, 100, VT_TAG);

	VideoPortFreePool(vt_ext(test), block);
	return block;
}

static bool buffer(struct kunit *test)
{
	void *block;

	if (VideoPortAllocateBuffer(vt_ext(test), 2 * PAGE_SIZE, &block) != NO_ERROR) {
		KUNIT_EXPECT_NULL(test, block);
		return false;
	}
	VideoPortReleaseBuffer(vt_ext(test), block);
	return true;
}

static bool event(struct kunit *test)
{
	PEVENT event;

	if (VideoPortCreateEvent(vt_ext(test), 0, NULL, &event) != NO_ERROR)
		return false;
	VideoPortDeleteEvent(vt_ext(test), event);
	return true;
}

static void create_event(void *ext)
{
	PEVENT event;

	VideoPortCreateEvent(ext, 0, NULL, &event);
}

/* Ask for an event in atomic context: the refusal is counted by its tag. */
static bool event_in_atomic_context(struct kunit *test)
{
	vt_irqs_off.run(create_event, vt_ext(test));
	return true;
}

static bool spin_lock_of_a_driver(struct kunit *test)
{
	PSPIN_LOCK lock;

	if (VideoPortCreateSpinLock(vt_ext(test), &lock) != NO_ERROR)
		return false;
	VideoPortDeleteSpinLock(vt_ext(test), lock);
	return true;
}

static bool int10_buffer(struct kunit *test)
{
	VIDEO_PORT_INT10_INTERFACE bios;
	struct vt_block block;
	VP_STATUS status;

	if (vt_int10_ask(vt_ext(test), &bios) != NO_ERROR)
		return false;
	status = vt_block_ask(&bios, VT_BLOCK, &block);
	if (status == NO_ERROR)
		vt_block_free(test, &bios, &block);
	bios.InterfaceDereference(bios.Context);
	return status == NO_ERROR;
}

/* Ask for more than there is: the refusal is counted by its tag. */
static bool int10_buffer_too_long(struct kunit *test)
{
	VIDEO_PORT_INT10_INTERFACE bios;
	struct vt_block block;

	if (vt_int10_ask(vt_ext(test), &bios) != NO_ERROR)
		return false;
	KUNIT_EXPECT_NE(test, vt_block_ask(&bios, VT_BLOCK + 1, &block), NO_ERROR);
	bios.InterfaceDereference(bios.Context);
	return true;
}

static bool contiguous_of_an_adapter(struct kunit *test)
{
	void *memory = VideoPortAllocateContiguousMemory(vt_ext(test), PAGE_SIZE, vt_anywhere);

	if (memory)
		VideoPortFreeContiguousMemory(vt_ext(test), memory);
	return memory;
}

static bool transfer_of(struct kunit *test, PVP_DMA_ADAPTER dma)
{
	ULONG length = sizeof(struct vt_fixture);
	struct vt_seen seen = { .length = &length, .complete = true, .to_device = true };
	void *mdl = VideoPortLockBuffer(vt_ext(test), test->priv, length, VpModifyAccess);
	VP_STATUS status;

	if (!mdl)
		return false;
	status = VideoPortStartDma(vt_ext(test), dma, mdl, 0, &length, vt_execute, &seen, true);
	KUNIT_EXPECT_EQ(test, seen.calls, (unsigned int)(status == NO_ERROR));
	VideoPortUnlockBuffer(vt_ext(test), mdl);
	return status == NO_ERROR;
}

static bool transfer(struct kunit *test)
{
	VP_DEVICE_DESCRIPTION description = vt_lists;
	PVP_DMA_ADAPTER dma = VideoPortGetDmaAdapter(vt_ext(test), &description);
	bool done = dma && transfer_of(test, dma);

	if (dma)
		VideoPortPutDmaAdapter(vt_ext(test), dma);
	return done;
}

static bool common_buffer_of(struct kunit *test, ULONG size)
{
	PHYSICAL_ADDRESS logical;
	ULONG length;
	void *buffer = VideoPortGetCommonBuffer(vt_ext(test), size, PAGE_SIZE, &logical, &length,
						true);

	if (buffer)
		VideoPortFreeCommonBuffer(vt_ext(test), size, buffer, logical, true);
	return buffer;
}

static bool get_common_buffer(struct kunit *test)
{
	return common_buffer_of(test, PAGE_SIZE);
}

static bool get_large_common_buffer(struct kunit *test)
{
	return common_buffer_of(test, SZ_2M);
}

static bool contiguous(struct kunit *test)
{
	void *memory = MmAllocateContiguousMemory(PAGE_SIZE, vt_physical_address(VT_NO_LIMIT));

	if (memory)
		MmFreeContiguousMemory(memory);
	return memory;
}

static bool contiguous_of_a_cache(struct kunit *test)
{
	void *memory = vt_contiguous(3 * PAGE_SIZE, 0, VT_NO_LIMIT, 0);

	if (memory)
		MmFreeContiguousMemorySpecifyCache(memory, 3 * PAGE_SIZE, MmNonCached);
	return memory;
}

static bool non_cached(struct kunit *test)
{
	void *memory = MmAllocateNonCachedMemory(PAGE_SIZE);

	if (memory)
		MmFreeNonCachedMemory(memory, PAGE_SIZE);
	return memory;
}

static bool map_io(struct kunit *test)
{
	void *base = MmMapIoSpace(vt_physical_address(VT_WINDOW), PAGE_SIZE, MmNonCached);

	if (base)
		MmUnmapIoSpace(base, PAGE_SIZE);
	return base;
}

static bool map_io_ex(struct kunit *test)
{
	void *base = MmMapIoSpaceEx(vt_physical_address(VT_WINDOW), PAGE_SIZE, 4);

	if (base)
		MmUnmapIoSpace(base, PAGE_SIZE);
	return base;
}

static bool map_ports(struct kunit *test)
{
	void *base = VideoPortGetDeviceBase(vt_ext(test), vt_physical(VT_PORTS), VT_NR_PORTS,
					    VIDEO_MEMORY_SPACE_IO);

	if (base)
		VideoPortFreeDeviceBase(vt_ext(test), base);
	return base;
}

static bool map_memory(struct kunit *test)
{
	void *base;

	if (vt_map_window(vt_ext(test), 0, &base) != NO_ERROR)
		return false;
	VideoPortUnmapMemory(vt_ext(test), base, NULL);
	return true;
}

/* Free a block of pool, if it is one. */
static bool is_block(void *block)
{
	if (block)
		ExFreePool(block);
	return block;
}

static bool pool(struct kunit *test)
{
	return is_block(ExAllocatePool(NonPagedPool, 2 * PAGE_SIZE));
}

static bool pool_2(struct kunit *test)
{
	return is_block(ExAllocatePool2(POOL_FLAG_PAGED, 2 * PAGE_SIZE, VT_TAG));
}

static bool pool_zero(struct kunit *test)
{
	return is_block(ExAllocatePoolZero(PagedPool, 2 * PAGE_SIZE, VT_TAG));
}

static bool pool_uninitialized(struct kunit *test)
{
	return is_block(ExAllocatePoolUninitialized(PagedPool, 2 * PAGE_SIZE, VT_TAG));
}

static WCHAR letters[] = { 'a', 'b', 0 };

static bool string_created(struct kunit *test)
{
	UNICODE_STRING string;

	if (!RtlCreateUnicodeString(&string, letters))
		return false;
	RtlFreeUnicodeString(&string);
	return true;
}

/* Expect the status of a call of a string, and return whether that is success. */
static bool has_memory(struct kunit *test, NTSTATUS status)
{
	if (status)
		KUNIT_EXPECT_EQ(test, (int)status, (int)STATUS_NO_MEMORY);
	return !status;
}

static bool string_widened(struct kunit *test)
{
	const ANSI_STRING narrow = { 2, 3, "ab" };
	UNICODE_STRING string;

	if (!has_memory(test, RtlAnsiStringToUnicodeString(&string, &narrow, TRUE)))
		return false;
	RtlFreeUnicodeString(&string);
	return true;
}

static bool string_narrowed(struct kunit *test)
{
	const UNICODE_STRING wide = { 4, 6, letters };
	ANSI_STRING string;

	if (!has_memory(test, RtlUnicodeStringToAnsiString(&string, &wide, TRUE)))
		return false;
	RtlFreeAnsiString(&string);
	return true;
}

static bool string_upcased(struct kunit *test)
{
	const UNICODE_STRING wide = { 4, 6, letters };
	UNICODE_STRING string;

	if (!has_memory(test, RtlUpcaseUnicodeString(&string, &wide, TRUE)))
		return false;
	RtlFreeUnicodeString(&string);
	return true;
}

static bool lock_pages(struct kunit *test)
{
	VIDEO_REQUEST_PACKET packet = {
		.InputBuffer = test->priv,
		.InputBufferLength = sizeof(struct vt_fixture),
	};

	if (!VideoPortLockPages(vt_ext(test), &packet, NULL, NULL, VideoPortDmaInitOnly)) {
		KUNIT_EXPECT_NULL(test, packet.OutputBuffer);
		return false;
	}
	VideoPortUnlockPages(vt_ext(test), packet.OutputBuffer);
	return true;
}

static bool registry_set(struct kunit *test)
{
	int err = vpmem_registry_text(vt_ext(test), "Other=a value");

	if (err)
		KUNIT_EXPECT_EQ(test, err, -ENOMEM);
	return !err;
}

/* Set a value that does not fit into a page. */
static bool registry_set_long(struct kunit *test)
{
	static char text[PAGE_SIZE] = "Other=";
	int err;

	memset(text + 6, 'x', sizeof(text) - 7);
	err = vpmem_registry_text(vt_ext(test), text);
	if (err)
		KUNIT_EXPECT_EQ(test, err, -ENOMEM);
	return !err;
}

static bool registry_set_data(struct kunit *test)
{
	u32 number = 8;
	int err = vpmem_registry_set(vt_ext(test), "Other", &number, sizeof(number));

	if (err)
		KUNIT_EXPECT_EQ(test, err, -ENOMEM);
	return !err;
}

static bool registry_get(struct kunit *test)
{
	struct vt_answer answer = {};
	VP_STATUS status = vt_registry_get(vt_ext(test), vt_depth, &answer);

	if (status != NO_ERROR) {
		KUNIT_EXPECT_EQ(test, answer.calls, 0U);
		KUNIT_EXPECT_EQ(test, status, ERROR_NOT_ENOUGH_MEMORY);
	}
	return status == NO_ERROR;
}

static bool access_ranges(struct kunit *test)
{
	VIDEO_ACCESS_RANGE range = { .RangeLength = 0x20, .RangeInIoSpace = 1 };
	VP_STATUS status;

	range.RangeStart.QuadPart = 0x5000;
	status = VideoPortVerifyAccessRanges(vt_ext(test), 1, &range);
	VideoPortVerifyAccessRanges(vt_ext(test), 0, NULL);
	return status == NO_ERROR;
}

static bool view(struct kunit *test, const char *name)
{
	static char text[SZ_16K];
	int length = vpmem_view(vt_ext(test), name, text, sizeof(text));

	if (length < 0)
		KUNIT_EXPECT_EQ(test, length, -ENOMEM);
	return length >= 0;
}

static bool regions_view(struct kunit *test)
{
	return view(test, "regions");
}

static bool tags_view(struct kunit *test)
{
	return view(test, "tags");
}

/* Detach an adapter that has a block: its leaks are reported without memory as well. */
static bool detach_with_a_leak(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	void *ext = vpmem_attach(fx->dev, 64);

	if (IS_ERR(ext)) {
		KUNIT_EXPECT_EQ(test, PTR_ERR(ext), (long)-ENOMEM);
		return false;
	}
	VideoPortAllocatePool(ext, VpPagedPool, 2 * PAGE_SIZE, VT_TAG);
	vpmem_detach(ext);
	return true;
}

static void *managed_attach(struct device *dev)
{
	void *group = devres_open_group(dev, NULL, GFP_KERNEL);
	void *ext = group ? devm_vpmem_attach(dev, 64) : ERR_PTR(-ENOMEM);

	if (!group)
		return ext;
	devres_close_group(dev, group);
	if (!IS_ERR(ext))
		VideoPortAllocatePool(ext, VpPagedPool, 2 * PAGE_SIZE, VT_TAG);
	devres_release_group(dev, group);
	return ext;
}

/* Attach for a driver that the kernel detaches when its device goes. */
static bool managed_with_a_leak(struct kunit *test)
{
	void *ext = managed_attach(((struct vt_fixture *)test->priv)->dev);

	if (IS_ERR(ext))
		KUNIT_EXPECT_EQ(test, PTR_ERR(ext), (long)-ENOMEM);
	return !IS_ERR(ext);
}

static const struct vt_memory_call memory_calls[] = {
	{ "VideoPortAllocatePool of a page", large_pool },
	{ "VideoPortAllocatePool", small_pool },
	{ "VideoPortAllocateBuffer", buffer },
	{ "VideoPortAllocateContiguousMemory", contiguous_of_an_adapter },
	{ "VideoPortGetCommonBuffer", get_common_buffer },
	{ "VideoPortGetCommonBuffer of 2 MiB", get_large_common_buffer },
	{ "VideoPortLockPages", lock_pages },
	{ "VideoPortStartDma", transfer },
	{ "VideoPortCreateEvent", event },
	{ "VideoPortCreateEvent in atomic context", event_in_atomic_context },
	{ "VideoPortCreateSpinLock", spin_lock_of_a_driver },
	{ "Int10AllocateBuffer", int10_buffer },
	{ "Int10AllocateBuffer of too much", int10_buffer_too_long },
	{ "VideoPortGetDeviceBase of ports", map_ports, .needs_pc = true },
	{ "VideoPortMapMemory", map_memory, .needs_pc = true },
	{ "VideoPortGetRegistryParameters", registry_get },
	{ "VideoPortVerifyAccessRanges", access_ranges, .needs_ports = true },
	{ "vpmem_registry_text", registry_set },
	{ "vpmem_registry_text of a page", registry_set_long },
	{ "vpmem_registry_set", registry_set_data },
	{ "vpmem_detach", detach_with_a_leak, .only_own = true, .attaches = true },
	{ "devm_vpmem_attach", managed_with_a_leak, .only_own = true, .attaches = true },
	{ "regions", regions_view, .only_own = true },
	{ "tags", tags_view, .only_own = true },
	{ "MmAllocateContiguousMemory", contiguous },
	{ "MmAllocateContiguousMemorySpecifyCache", contiguous_of_a_cache },
	{ "MmAllocateNonCachedMemory", non_cached },
	{ "MmMapIoSpace", map_io, .needs_pc = true },
	{ "MmMapIoSpaceEx", map_io_ex, .needs_pc = true },
	{ "ExAllocatePool", pool },
	{ "ExAllocatePool2", pool_2 },
	{ "ExAllocatePoolZero", pool_zero },
	{ "ExAllocatePoolUninitialized", pool_uninitialized },
	{ "RtlCreateUnicodeString", string_created },
	{ "RtlAnsiStringToUnicodeString", string_widened },
	{ "RtlUnicodeStringToAnsiString", string_narrowed },
	{ "RtlUpcaseUnicodeString", string_upcased },
};

VT_GENERATOR(vt_memory_call_params)
{
	const struct vt_memory_call *call = prev ? prev + sizeof(*call) : memory_calls;

	if (call == memory_calls + ARRAY_SIZE(memory_calls))
		return NULL;
	strscpy(desc, call->name, KUNIT_PARAM_DESC_SIZE);
	return call;
}

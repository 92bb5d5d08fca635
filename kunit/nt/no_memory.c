// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls whose allocations fail one after the other, for want of a place of their own: those
 * by several names, and those of strings.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/ioport.h>
#include <linux/string.h>

#include "kunit/lib/executive.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/map.h"
#include "kunit/lib/many_tags.h"
#include "kunit/lib/no_memory.h"
#include "kunit/lib/registry.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"
#include "include/ntrtl.h"

/*
 * Calls: each returns whether it succeeded, and leaves nothing
 */

static bool get_common_buffer(struct kunit *test)
{
	PHYSICAL_ADDRESS logical;
	ULONG length;
	void *buffer = VideoPortGetCommonBuffer(vt_ext(test), PAGE_SIZE, PAGE_SIZE, &logical,
						&length, true);

	if (buffer)
		VideoPortFreeCommonBuffer(vt_ext(test), PAGE_SIZE, buffer, logical, true);
	return buffer;
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
	if (ioport_resource.end < 0xffff)
		kunit_skip(test, "this machine has no ports");
	status = VideoPortVerifyAccessRanges(vt_ext(test), 1, &range);
	VideoPortVerifyAccessRanges(vt_ext(test), 0, NULL);
	return status == NO_ERROR;
}

static bool view(struct kunit *test)
{
	static char text[4096];
	int length = vpmem_view(vt_ext(test), "regions", text, sizeof(text));

	if (length < 0)
		KUNIT_EXPECT_EQ(test, length, -ENOMEM);
	return length >= 0;
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

struct memory_call {
	const char *name;
	bool (*call)(struct kunit *test);
	bool needs_pc, only_own;
};

static const struct memory_call memory_calls[] = {
	{ "VideoPortGetCommonBuffer", get_common_buffer },
	{ "VideoPortLockPages", lock_pages },
	{ "VideoPortGetDeviceBase of ports", map_ports, true },
	{ "VideoPortGetRegistryParameters", registry_get },
	{ "VideoPortVerifyAccessRanges", access_ranges },
	{ "vpmem_registry_text", registry_set },
	{ "vpmem_detach", detach_with_a_leak, false, true },
	{ "regions", view, false, true },
	{ "MmAllocateContiguousMemory", contiguous },
	{ "MmAllocateContiguousMemorySpecifyCache", contiguous_of_a_cache },
	{ "MmAllocateNonCachedMemory", non_cached },
	{ "MmMapIoSpace", map_io, true },
	{ "MmMapIoSpaceEx", map_io_ex, true },
	{ "ExAllocatePool", pool },
	{ "ExAllocatePool2", pool_2 },
	{ "ExAllocatePoolZero", pool_zero },
	{ "ExAllocatePoolUninitialized", pool_uninitialized },
	{ "RtlCreateUnicodeString", string_created },
	{ "RtlAnsiStringToUnicodeString", string_widened },
	{ "RtlUnicodeStringToAnsiString", string_narrowed },
	{ "RtlUpcaseUnicodeString", string_upcased },
};

static void describe_memory_call(const struct memory_call *call, char *desc)
{
	strscpy(desc, call->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(memory_call, memory_calls, describe_memory_call);

static bool memory_call_made(struct kunit *test, void *data)
{
	const struct memory_call *call = data;

	return call->call(test);
}

static void memory_call_undone(struct kunit *test, void *data)
{
}

static void memory_call_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* A call that fails for want of memory says so by its value, and nothing is left. */
static void call_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = {
		memory_call_made, memory_call_undone, memory_call_failed,
	};
	const struct memory_call *call = test->param_value;

	if (call->needs_pc)
		vt_need_pc(test);
	if (call->only_own)
		vt_need_call_faults(test);
	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 8), NO_ERROR);
	if (call->only_own)
		vt_each_call_fault(test, &site, (void *)call, false);
	else
		vt_each_fault(test, &site, (void *)call);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/*
 * Slots of tags that work allocates, when blocks with new tags are allocated in atomic context
 */

#define TAGS_AT_ONCE	600

static void use_new_tags(void *data)
{
	unsigned int i;
	void *block;

	for (i = 0; i < TAGS_AT_ONCE; i++) {
		block = VideoPortAllocatePool(data, VpNonPagedPool, 16, vt_nth_tag(i));
		VideoPortFreePool(data, block);
	}
}

static bool tags_grow(struct kunit *test, void *data)
{
	struct vt_fixture *fx = test->priv;
	void *ext = vpmem_attach(fx->dev, 64);

	if (IS_ERR(ext))
		return false;
	vt_irqs_off.run(use_new_tags, ext);
	msleep(20);
	vpmem_detach(ext);
	return true;
}

/* Blocks with tags for which there is no slot are counted together; nothing is lost. */
static void tags_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = {
		tags_grow, memory_call_undone, memory_call_failed,
	};

	vt_need_call_faults(test);
	vt_each_call_fault(test, &site, NULL, true);
}

static struct kunit_case no_memory_cases[] = {
	KUNIT_CASE(tags_without_memory),
	KUNIT_CASE_PARAM(call_without_memory, memory_call_gen_params),
	{}
};

struct kunit_suite vt_no_memory_suite = {
	.name = "no_memory",
	.init = vt_executive_init,
	.exit = vt_executive_exit,
	.test_cases = no_memory_cases,
};

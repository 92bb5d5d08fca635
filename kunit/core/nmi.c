// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls in an NMI.
 */
#include <linux/device.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/adapters.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

/*
 * Calls that allocate or free, as an NMI would make them
 */

struct nmi_call {
	const char *name;
	void (*call)(void *ext, void *pointer);
	bool stray;			/* names no adapter */
};

static void nmi_allocate_pool(void *ext, void *pointer)
{
	VideoPortAllocatePool(ext, VpNonPagedPool, 100, VT_TAG);
}

static void nmi_allocate_large_pool(void *ext, void *pointer)
{
	VideoPortAllocatePool(ext, VpNonPagedPool, 2 * PAGE_SIZE, VT_TAG);
}

static void nmi_allocate_buffer(void *ext, void *pointer)
{
	VideoPortAllocateBuffer(ext, PAGE_SIZE, &pointer);
}

static void nmi_allocate_contiguous(void *ext, void *pointer)
{
	const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };

	VideoPortAllocateContiguousMemory(ext, PAGE_SIZE, anywhere);
}

static void nmi_get_dma_adapter(void *ext, void *pointer)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };

	VideoPortGetDmaAdapter(ext, &description);
}

static void nmi_allocate_common(void *ext, void *pointer)
{
	PHYSICAL_ADDRESS logical;

	VideoPortAllocateCommonBuffer(ext, pointer, PAGE_SIZE, &logical, false, NULL);
}

static void nmi_get_common(void *ext, void *pointer)
{
	PHYSICAL_ADDRESS logical;
	ULONG actual;

	VideoPortGetCommonBuffer(ext, PAGE_SIZE, PAGE_SIZE, &logical, &actual, false);
}

static void nmi_lock_buffer(void *ext, void *pointer)
{
	VideoPortLockBuffer(ext, pointer, 100, VpModifyAccess);
}

static void nmi_get_device_base(void *ext, void *pointer)
{
	VideoPortGetDeviceBase(ext, (PHYSICAL_ADDRESS){ .QuadPart = 0xa0000 }, PAGE_SIZE, 0);
}

static void nmi_create_event(void *ext, void *pointer)
{
	PEVENT event;

	VideoPortCreateEvent(ext, 0, NULL, &event);
}

static void nmi_create_spin_lock(void *ext, void *pointer)
{
	PSPIN_LOCK lock;

	VideoPortCreateSpinLock(ext, &lock);
}

static void nmi_free_pool(void *ext, void *pointer)
{
	VideoPortFreePool(ext, pointer);
}

static void nmi_release_buffer(void *ext, void *pointer)
{
	VideoPortReleaseBuffer(ext, pointer);
}

static void nmi_free_contiguous(void *ext, void *pointer)
{
	VideoPortFreeContiguousMemory(ext, pointer);
}

static void nmi_mm_free_contiguous(void *ext, void *pointer)
{
	MmFreeContiguousMemory(pointer);
}

static void nmi_put_dma_adapter(void *ext, void *pointer)
{
	VideoPortPutDmaAdapter(ext, pointer);
}

static void nmi_release_common(void *ext, void *pointer)
{
	VideoPortReleaseCommonBuffer(ext, pointer, PAGE_SIZE, (PHYSICAL_ADDRESS){ },
				     pointer, false);
}

static void nmi_free_common(void *ext, void *pointer)
{
	VideoPortFreeCommonBuffer(ext, PAGE_SIZE, pointer, (PHYSICAL_ADDRESS){ }, false);
}

static void nmi_unlock_buffer(void *ext, void *pointer)
{
	VideoPortUnlockBuffer(ext, pointer);
}

static void nmi_complete_dma(void *ext, void *pointer)
{
	VideoPortCompleteDma(ext, pointer, pointer, false);
}

static void nmi_free_device_base(void *ext, void *pointer)
{
	VideoPortFreeDeviceBase(ext, pointer);
}

static void nmi_unmap_memory(void *ext, void *pointer)
{
	VideoPortUnmapMemory(ext, pointer, NULL);
}

static void nmi_delete_event(void *ext, void *pointer)
{
	VideoPortDeleteEvent(ext, pointer);
}

static void nmi_delete_spin_lock(void *ext, void *pointer)
{
	VideoPortDeleteSpinLock(ext, pointer);
}

static const struct nmi_call nmi_calls[] = {
	{ "VideoPortAllocatePool", nmi_allocate_pool },
	{ "VideoPortAllocatePool, large", nmi_allocate_large_pool },
	{ "VideoPortAllocateBuffer", nmi_allocate_buffer },
	{ "VideoPortAllocateContiguousMemory", nmi_allocate_contiguous },
	{ "VideoPortGetDmaAdapter", nmi_get_dma_adapter },
	{ "VideoPortAllocateCommonBuffer", nmi_allocate_common },
	{ "VideoPortGetCommonBuffer", nmi_get_common },
	{ "VideoPortLockBuffer", nmi_lock_buffer },
	{ "VideoPortGetDeviceBase", nmi_get_device_base },
	{ "VideoPortCreateEvent", nmi_create_event },
	{ "VideoPortCreateSpinLock", nmi_create_spin_lock },
	{ "VideoPortFreePool", nmi_free_pool },
	{ "VideoPortReleaseBuffer", nmi_release_buffer },
	{ "VideoPortFreeContiguousMemory", nmi_free_contiguous },
	{ "MmFreeContiguousMemory", nmi_mm_free_contiguous, .stray = true },
	{ "VideoPortPutDmaAdapter", nmi_put_dma_adapter },
	{ "VideoPortReleaseCommonBuffer", nmi_release_common },
	{ "VideoPortFreeCommonBuffer", nmi_free_common },
	{ "VideoPortUnlockBuffer", nmi_unlock_buffer },
	{ "VideoPortCompleteDma", nmi_complete_dma },
	{ "VideoPortFreeDeviceBase", nmi_free_device_base },
	{ "VideoPortUnmapMemory", nmi_unmap_memory },
	{ "VideoPortDeleteEvent", nmi_delete_event },
	{ "VideoPortDeleteSpinLock", nmi_delete_spin_lock },
};

static void nmi_call_name(const struct nmi_call *call, char *name)
{
	strscpy(name, call->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(nmi_call, nmi_calls, nmi_call_name);

struct nmi_job {
	const struct nmi_call *call;
	struct kunit *test;
};

static void nmi_work(void *data)
{
	struct nmi_job *job = data;

	job->call->call(vt_ext(job->test), job->test);
}

/*
 * ADAPTERS-24: In an NMI every call that allocates or frees is refused for its context
 * alone
 *
 * The pointer is invalid as well, so a lookup would count another event.
 */
static void adapters_24_refused_in_an_nmi(struct kunit *test)
{
	struct nmi_job job = { .call = test->param_value, .test = test };

	vt_remember(test);
	vt_nmi.run(nmi_work, &job);
	if (job.call->stray)
		vt_expect_events(test, NULL, "bad-context", 1);
	else
		vt_expect_events(test, "bad-context", NULL, 1);
}

static struct kunit_case nmi_cases[] = {
	KUNIT_CASE_PARAM(adapters_24_refused_in_an_nmi, nmi_call_gen_params),
	{}
};

struct kunit_suite vt_nmi_suite = {
	.name = "nmi",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = nmi_cases,
};

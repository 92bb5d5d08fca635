// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver whose calls of the NT executive are accounted to its adapter.
 */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "kunit/lib/executive.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/*
 * Whose device the adapters of the suite are of, so that they are this module's. It is
 * not registered, for the kernel may not know the module yet when it runs its tests.
 */
struct device_driver vt_driver = {
	.name = "vpmem-kunit",
	.owner = THIS_MODULE,
};

void vt_set_driver(struct kunit *test, struct device_driver *to)
{
	struct vt_fixture *fx = test->priv;

	WRITE_ONCE(fx->dev->driver, to);
}

int vt_executive_init(struct kunit *test)
{
	int err = vt_init(test);

	if (!err)
		vt_set_driver(test, &vt_driver);
	return err;
}

void vt_executive_exit(struct kunit *test)
{
	if (test->priv && ((struct vt_fixture *)test->priv)->dev)
		vt_set_driver(test, NULL);
	vt_exit(test);
}

PHYSICAL_ADDRESS vt_physical_address(u64 address)
{
	return (PHYSICAL_ADDRESS){ .QuadPart = address };
}

void *vt_get_pool(struct kunit *test, unsigned int type, size_t size)
{
	void *block = ExAllocatePoolWithTag((POOL_TYPE)type, size, VT_TAG);

	KUNIT_ASSERT_NOT_NULL_MSG(test, block, "%zu bytes of type %u", size, type);
	return block;
}

/*
 * Pool
 */

const size_t vt_pool_sizes[] = { 1, 100, VT_SMALL_MAX, PAGE_SIZE, 5 * PAGE_SIZE };

void vt_unmap(void *ext, void *block)
{
	MmUnmapIoSpace(block, PAGE_SIZE);
}

void vt_expect_stray(struct kunit *test, vt_free_call *call, void *block,
		     const char *event)
{
	vt_remember(test);
	call(NULL, block);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, event, 1);
}

/*
 * Contiguous memory
 */

void *vt_contiguous(size_t size, u64 lowest, u64 highest, u64 boundary)
{
	return MmAllocateContiguousMemorySpecifyCache(size, vt_physical_address(lowest),
						      vt_physical_address(highest),
						      vt_physical_address(boundary), MmNonCached);
}

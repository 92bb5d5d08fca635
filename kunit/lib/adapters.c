// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adapters of the device of the fixture.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/adapters.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

struct device *vt_device(struct kunit *test)
{
	return ((struct vt_fixture *)test->priv)->dev;
}

void *vt_attach(struct kunit *test, size_t size)
{
	void *ext = vpmem_attach(vt_device(test), size);

	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(ext), "%zu bytes", size);
	return ext;
}

bool vt_is_an_adapter(void *ext)
{
	char text[64];

	return vpmem_view(ext, "quota", text, sizeof(text)) > 0;
}

/* Name of an adapter in the views: the last field of a row. */
void vt_name_of(struct kunit *test, void *ext, char *name, size_t size)
{
	struct vt_row row;

	VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpNonPagedPool, 1, VT_TAG));
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, ext, "Test", "Nonp", &row));
	strscpy(name, row.adapter, size);
}

void vt_expect_name(struct kunit *test, void *ext, const char *expected)
{
	char name[48];

	vt_name_of(test, ext, name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, expected);
}

static void vt_counted_release(struct device *dev)
{
	struct vt_counted_device *counted = container_of(dev, struct vt_counted_device, dev);

	*counted->released = true;
	kfree(counted);
}

struct device *vt_counted_device(struct kunit *test, const char *name, bool *released)
{
	struct vt_counted_device *counted = kzalloc(sizeof(*counted), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, counted);
	counted->released = released;
	*released = false;
	counted->dev.release = vt_counted_release;
	dev_set_name(&counted->dev, "%s", name);
	KUNIT_ASSERT_EQ(test, device_register(&counted->dev), 0);
	return &counted->dev;
}

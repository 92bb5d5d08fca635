/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Adapters of the device of the fixture.
 */
#ifndef VPMEM_KUNIT_ADAPTERS_H
#define VPMEM_KUNIT_ADAPTERS_H

#include "kunit/lib/helpers.h"

struct vt_counted_device {
	struct device dev;
	bool *released;
};

struct device *vt_device(struct kunit *test);
void *vt_attach(struct kunit *test, size_t size);
bool vt_is_an_adapter(void *ext);
void vt_name_of(struct kunit *test, void *ext, char *name, size_t size);
void vt_expect_name(struct kunit *test, void *ext, const char *expected);
struct device *vt_counted_device(struct kunit *test, const char *name, bool *released);

#endif /* VPMEM_KUNIT_ADAPTERS_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver whose calls of the NT executive are accounted to its adapter.
 */
#ifndef VPMEM_KUNIT_EXECUTIVE_H
#define VPMEM_KUNIT_EXECUTIVE_H

#include "kunit/lib/helpers.h"
#include "include/vpmem-nt.h"

#define VT_WINDOW	0xa0000
#define VT_NO_LIMIT	((u64)-1)

struct vt_pool_type {
	unsigned int type;
	const char *kind;		/* NULL if it is refused */
	bool aligned;
};

extern struct device_driver vt_driver;
void vt_set_driver(struct kunit *test, struct device_driver *to);
int vt_executive_init(struct kunit *test);
void vt_executive_exit(struct kunit *test);
PHYSICAL_ADDRESS vt_physical_address(u64 address);
void *vt_get_pool(struct kunit *test, unsigned int type, size_t size);
extern const size_t vt_pool_sizes[5];
void vt_unmap(void *ext, void *block);
void vt_expect_stray(struct kunit *test, vt_free_call *call, void *block,
		     const char *event);
void *vt_contiguous(size_t size, u64 lowest, u64 highest, u64 boundary);

#endif /* VPMEM_KUNIT_EXECUTIVE_H */

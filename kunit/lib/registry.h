/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values of the registry, set and read as a miniport does.
 */
#ifndef VPMEM_KUNIT_REGISTRY_H
#define VPMEM_KUNIT_REGISTRY_H

#include "kunit/lib/helpers.h"

/* Arguments of the callback */
struct vt_answer {
	void *ext;
	void *context;
	u16 *name;
	u32 length;
	u8 data[64];
	unsigned int calls;
	VP_STATUS status;		/* to return */
	void (*more)(struct vt_answer *answer);
	const u8 *seen;
};

VP_STATUS vt_take_answer(PVOID ext, PVOID context, __u16 *name, PVOID data,
			 ULONG length);
VP_STATUS vt_registry_get(void *ext, u16 *name, struct vt_answer *answer);
VP_STATUS vt_registry_set(void *ext, u16 *name, const void *data, u32 length);
VP_STATUS vt_set_number(void *ext, u16 *name, u32 number);
void vt_expect_number(struct kunit *test, void *ext, u16 *name, u32 number);
void vt_expect_no_value(struct kunit *test, void *ext, u16 *name);
extern u16 vt_depth[];
extern u16 vt_other[];

#endif /* VPMEM_KUNIT_REGISTRY_H */

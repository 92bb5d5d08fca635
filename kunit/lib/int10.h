/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of the suites of the INT10 interface.
 */
#ifndef VPMEM_KUNIT_INT10_H
#define VPMEM_KUNIT_INT10_H

#include "kunit/lib/helpers.h"

/* Size of the block of an adapter in the address space, and the segment of the first. */
#define VT_BLOCK		4096
#define VT_BLOCK_SEGMENT	0x2000

#define VT_SPACE		0x100000

/* Value of an address before a call that must leave it */
#define VT_NOWHERE		0xabcd

struct vt_block {
	USHORT seg;
	USHORT off;
	ULONG length;
};

/* int10.c */
VP_STATUS vt_int10_ask(void *ext, PVIDEO_PORT_INT10_INTERFACE bios);
PVIDEO_PORT_INT10_INTERFACE vt_int10(struct kunit *test, void *ext);
VP_STATUS vt_block_ask(PVIDEO_PORT_INT10_INTERFACE bios, ULONG length,
		       struct vt_block *block);
struct vt_block vt_block(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios);
VP_STATUS vt_block_free_at(PVIDEO_PORT_INT10_INTERFACE bios, USHORT seg, USHORT off);
void vt_block_free(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
		   const struct vt_block *block);
void vt_realmode_read(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios, USHORT seg,
		      USHORT off, void *to, ULONG length);
void vt_realmode_write(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios, USHORT seg,
		       USHORT off, const void *from, ULONG length);
bool vt_int10_word(struct kunit *test, void *ext, const char *name, char *word);
unsigned long vt_int10_number(struct kunit *test, void *ext, const char *name);
bool vt_machine_has_bios(struct kunit *test);

/* Interface of the test's own adapter */
static inline PVIDEO_PORT_INT10_INTERFACE vt_interface(struct kunit *test)
{
	return vt_int10(test, vt_ext(test));
}

static inline u32 vt_linear(USHORT seg, USHORT off)
{
	return seg * 16U + off;
}

#define VT_QUERY(type)	{ .Size = sizeof(type), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1 }

struct vt_query_job {
	void *ext;
	VIDEO_PORT_INT10_INTERFACE bios;
	VP_STATUS status;
};

extern const VIDEO_PORT_INT10_INTERFACE vt_question;
VP_STATUS vt_query(void *ext, PVIDEO_PORT_INT10_INTERFACE bios);
void vt_expect_references(struct kunit *test, unsigned long references);
void vt_query_job(void *data);

void vt_fill(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
	     const struct vt_block *block, u8 byte);
void vt_expect_filled(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
		      const struct vt_block *block, u8 byte);

#endif /* VPMEM_KUNIT_INT10_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of the suites of locked buffers and of operations on them.
 */
#ifndef VPMEM_KUNIT_PACKET_H
#define VPMEM_KUNIT_PACKET_H

#include <kunit/test.h>

#include "vpmem.h"

/* Buffer of the tests, which is not page aligned at either end */
#define VT_SHIFT	100
#define VT_LENGTH	(3 * PAGE_SIZE)
#define VT_ROOM		(5 * PAGE_SIZE)

/* user.c */
unsigned long vt_user_map(struct kunit *test, unsigned long size, int protection);
unsigned long vt_user_map_at(struct kunit *test, const void *at, unsigned long size);
void vt_user_unmap(struct kunit *test, unsigned long base, unsigned long size);
void *vt_user_lock(struct kunit *test, unsigned long base, ULONG length,
		   VP_LOCK_OPERATION operation);
unsigned long vt_user_put(struct kunit *test, unsigned long base, const void *from,
			  size_t size);
unsigned long vt_user_get(struct kunit *test, unsigned long base, void *to, size_t size);
struct page *vt_user_page(struct kunit *test, unsigned long base);

/*
 * operation.c
 */

extern const VP_DEVICE_DESCRIPTION vt_lists, vt_pieces;
extern const PHYSICAL_ADDRESS vt_anywhere;

struct vt_seen {
	PULONG length;			/* what the callback is to look at */
	bool complete;			/* ... and to complete at once */
	BOOLEAN to_device;
	unsigned int calls;
	void *ext;
	PVP_DMA_ADAPTER dma;
	PVP_SCATTER_GATHER_LIST list;
	ULONG length_seen;
	bool atomic;
};

EXECUTE_DMA vt_execute;

void *vt_lock(struct kunit *test, void *base, ULONG length);
void vt_unlock(struct kunit *test, void *mdl);
VP_STATUS vt_try(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl, ULONG offset,
		 ULONG *length, BOOLEAN to_device, struct vt_seen *seen);
PVP_SCATTER_GATHER_LIST vt_start(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl,
				 ULONG offset, ULONG *length, BOOLEAN to_device);
void vt_complete(struct kunit *test, PVP_DMA_ADAPTER dma, PVP_SCATTER_GATHER_LIST list,
		 BOOLEAN to_device);
u64 vt_list_bytes(const VP_SCATTER_GATHER_LIST *list);
void vt_device_read(const VP_SCATTER_GATHER_LIST *list, u8 *to);
void vt_device_write(const VP_SCATTER_GATHER_LIST *list, const u8 *from);
u8 *vt_pattern(struct kunit *test, size_t size, u8 seed);
u8 *vt_scattered(struct kunit *test, size_t pages);

struct vt_packet {
	PVP_DMA_ADAPTER dma;
	u8 *memory;			/* of VT_ROOM bytes, if nothing else is said */
	void *mdl;			/* of VT_LENGTH bytes from VT_SHIFT on, likewise */
	PVP_SCATTER_GATHER_LIST list;	/* of a page, after vt_packet_run() */
};

void vt_packet_begin_with(struct kunit *test, struct vt_packet *pt,
			  const VP_DEVICE_DESCRIPTION *description, size_t pages,
			  size_t shift, ULONG length);
void vt_packet_begin(struct kunit *test, struct vt_packet *pt,
		     const VP_DEVICE_DESCRIPTION *description);
void vt_packet_end_buffer(struct kunit *test, struct vt_packet *pt);
void vt_packet_end(struct kunit *test, struct vt_packet *pt);
struct vt_packet vt_packet_run(struct kunit *test);
void vt_packet_finish(struct kunit *test, struct vt_packet *pt);

#endif /* VPMEM_KUNIT_PACKET_H */

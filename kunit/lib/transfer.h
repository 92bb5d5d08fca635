/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory of each kind, and transfers of it by the edu device.
 */
#ifndef VPMEM_KUNIT_TRANSFER_H
#define VPMEM_KUNIT_TRANSFER_H

#include <kunit/test.h>

#include "kunit/lib/edu.h"
#include "vpmem.h"

#define EDU_SEED	0x65647531
#define EDU_VIEW_ROOM	SZ_4K
#define EDU_ROOM	(4 * PAGE_SIZE)
#define EDU_STRIDE	(PAGE_SIZE / 2)
#define EDU_TAG		0x75644520		/* shown as " Edu" */

struct edu_common {
	PVP_DMA_ADAPTER dma;
	void *memory;
	PHYSICAL_ADDRESS bus;
	u32 size;
};

struct edu_way {
	PVP_DMA_ADAPTER dma;
	void *mdl;
};

/* Mapped as vmalloc memory is, from pages of which no two are neighbours. */
#define EDU_SCATTERED_PAGES	(EDU_ROOM / PAGE_SIZE)
#define EDU_SCATTERED_ORDER	get_order(2 * EDU_ROOM)

struct edu_scattered {
	struct page *first;
	u8 *memory;
};

extern const VP_DEVICE_DESCRIPTION edu_lists;
extern const VP_DEVICE_DESCRIPTION edu_pieces;
extern struct edu *edu_card;
extern struct rnd_state edu_random;
int edu_init(struct kunit *test);
void edu_exit(struct kunit *test);
int edu_suite_init(struct kunit_suite *suite);
void edu_suite_exit(struct kunit_suite *suite);
u32 edu_below(u32 bound);
u8 *edu_pattern(struct kunit *test, size_t size);
struct device *edu_device(void);
struct iommu_domain *edu_domain(void);
bool edu_is_translated(void);
u64 edu_physical(void *address);
PVP_DMA_ADAPTER edu_dma_get(struct kunit *test,
			    const VP_DEVICE_DESCRIPTION *description);
void edu_dma_put(PVP_DMA_ADAPTER dma);
void edu_expect_within_mask(struct kunit *test, u64 bus, u64 size);
struct edu_common edu_common_get(struct kunit *test, u32 size);
void edu_common_put(const struct edu_common *common);
void edu_expect_round_trips(struct kunit *test, u8 *memory, u64 bus, u32 size);
void edu_expect_device_has(struct kunit *test, u32 at, const u8 *bytes, u32 length);
struct edu_way edu_way_open(struct kunit *test, const VP_DEVICE_DESCRIPTION *description,
			    void *memory, u32 size);
void edu_way_close(const struct edu_way *way);
u32 edu_operate(struct kunit *test, const struct edu_way *way, u32 offset, u32 length,
		u32 at, bool to_device);
unsigned int edu_move(struct kunit *test, const struct edu_way *way, u32 offset,
		      u32 length, u32 at, bool to_device);
unsigned int edu_expect_moves(struct kunit *test,
			      const VP_DEVICE_DESCRIPTION *description, u8 *memory,
			      u32 size, u32 offset, u32 length);
void *edu_pool_get(struct kunit *test, size_t size);
void edu_pool_put(void *block);
void *edu_contiguous_get(struct kunit *test, size_t size, u64 limit);
void edu_contiguous_put(void *memory);
struct edu_scattered edu_scattered_get(struct kunit *test);
void edu_scattered_put(const struct edu_scattered *scattered);
void edu_enable_irq_of(struct kunit *test, unsigned int type);

#endif /* VPMEM_KUNIT_TRANSFER_H */

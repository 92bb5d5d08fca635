/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Miniport whose timer counts, and the DPCs that suites queue for it.
 */
#ifndef VPMEM_KUNIT_CLOCK_H
#define VPMEM_KUNIT_CLOCK_H

#include "kunit/lib/helpers.h"
#include "include/video.h"

#define VT_CLOCK	"vpmem-kunit-interrupt"
#define VT_PATIENCE	(60 * HZ)

struct vt_clock_state {
	struct vpmem_miniport miniport;
	PVIDEO_HW_TIMER timer;
	PVOID ext;
	bool stops_itself;
	UCHAR level;
	unsigned int ticks;
	unsigned long first, last;
};

extern struct vt_clock_state vt_clock;

struct vt_dpc_state {
	struct completion done;
	unsigned int calls;
	unsigned int again;		/* how often it queues itself */
	unsigned int requeued;
	PVOID ext;
	bool in_softirq;
	UCHAR level;
};

extern struct vt_dpc_state dpc;

void vt_need_clock(struct kunit *test);
void vt_end_clock(void);
int vt_interrupt_init(struct kunit *test);
void vt_interrupt_exit(struct kunit *test);
void vt_expect_counts(struct kunit *test, const unsigned int *count,
		      unsigned int least);
void vt_count_dpc(PVOID ext, PVOID context);
void vt_expect_dpc(struct kunit *test);

#endif /* VPMEM_KUNIT_CLOCK_H */

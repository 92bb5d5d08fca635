/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Benchmark: rows that compare a call of vpmem with the Linux call a user would choose
 * instead.
 */
#ifndef VPMEM_BENCH_H
#define VPMEM_BENCH_H

#include <linux/err.h>
#include <linux/types.h>

#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"
#include "vpmem.h"

/*
 * Pair of calls: the second undoes the first. @begin returns NULL if it fails, and any
 * other value if there is nothing to return.
 */
struct bench_call {
	const char *name;
	void *(*begin)(size_t size);
	void (*end)(void *block, size_t size);
};

/* How the calls of a row are made; @round returns the cycles of @count pairs. */
struct bench_work {
	u64 (*round)(const struct bench_work *work, const struct bench_call *call);
	size_t size;
	unsigned int count;
	unsigned int rounds;
	unsigned int live;		/* blocks of a churn */
	unsigned int tags;		/* that the blocks rotate through */
	bool shuffled;			/* free in random order */
};

/* Row of the table; @base is NULL where Linux has no such call. */
struct bench_row {
	const char *name;
	const struct bench_call *call;
	const struct bench_call *base;
	struct bench_work work;
	u32 target;			/* thousandths of the base, or 0 */
	u32 most;			/* cycles or instructions, or 0 */
};

#define BENCH_PAIR(bytes)	\
	{ .round = bench_pair, .size = (bytes), .count = 100, .rounds = 20 }
#define BENCH_SLOW(bytes)	\
	{ .round = bench_pair, .size = (bytes), .count = 10, .rounds = 32 }
enum {
	BENCH_TAG = 'hcnB'
};

/* Targets of rows, in thousandths of the base */
#define BENCH_POOL_TARGET	900
#define BENCH_ORDER_TARGET	1000

/* Adapter that is measured, and its device */
extern void *bench_extension;
extern struct device *bench_device;

/* Tag of the next block; a round that rotates through tags sets it. */
extern ULONG bench_tag;

extern const struct bench_call bench_kmalloc;
extern const struct bench_call bench_nonpaged;

/* Calls of the row at hand that failed: they are cheap, and must not count. */
extern unsigned int bench_failures;

static inline void *bench_try(const struct bench_call *call, size_t size)
{
	void *block = call->begin(size);

	if (!block)
		bench_failures++;
	return block;
}

void bench_no_end(void *block, size_t size);

u64 bench_pair(const struct bench_work *work, const struct bench_call *call);
u64 bench_begin(const struct bench_work *work, const struct bench_call *call);
u64 bench_end(const struct bench_work *work, const struct bench_call *call);
u64 bench_churn(const struct bench_work *work, const struct bench_call *call);

u64 bench_net(const struct bench_work *work, const struct bench_call *call);
void bench_row(const struct bench_row *row);
void bench_report(const struct bench_row *row, u64 cost, u64 base);
void bench_head(void);
void bench_failed(const char *name);
int bench_status(void);

/* Numbers of a fixed seed, the same in every run */
u32 bench_random(u32 *state, u32 below);
#define BENCH_SEED	2463534242u

void bench_rows(const struct bench_row *row, const size_t *sizes, size_t count);

void bench_pool(void);
void bench_callers(void);
void bench_tags(void);
void bench_orders(void);
void bench_hold(void);
void bench_unhold(void);
void bench_large(void);
void bench_dma(void);
void bench_services(void);
void bench_framebuffer(const char *path);
void bench_display(void);
void bench_adapters(void);
void bench_memory(void);
void bench_peers(void);
void bench_scale(void);

#endif /* VPMEM_BENCH_H */

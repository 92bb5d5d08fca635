/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random calls of the DDI, and a model of the documents that says what each of them has to do:
 * succeed or be refused, which event is counted where, and what the tags view says.
 */
#ifndef VPMEM_MODEL_H
#define VPMEM_MODEL_H

#include <linux/types.h>

#include "include/vpmem-port.h"
#include "kunit/lib/context.h"

#define MODEL_OBJECTS	96
#define MODEL_TAGS	20
#define MODEL_EVENTS	32
#define MODEL_ADAPTERS	2
#define MODEL_STRAY	MODEL_ADAPTERS		/* counters of calls without an adapter */
#define MODEL_COUNTERS	(MODEL_ADAPTERS + 1)
#define MODEL_ANYWHERE	MODEL_COUNTERS

enum model_kind {
	MODEL_NONPAGED,
	MODEL_PAGED,
	MODEL_BUFFER,
	MODEL_COMMON,
	MODEL_CONTIG,
	MODEL_BLOCKS,				/* kinds above have memory */
	MODEL_LOCKED = MODEL_BLOCKS,
	MODEL_LOCK,
	MODEL_EVENT,
	MODEL_COUNTED,				/* kinds above have rows in the tags view */
	MODEL_DMA = MODEL_COUNTED,
	MODEL_KINDS,
};

enum model_op {
	MODEL_ALLOC_POOL,
	MODEL_ALLOC_BUFFER,
	MODEL_ALLOC_COMMON,
	MODEL_GET_COMMON,
	MODEL_ALLOC_CONTIG,
	MODEL_LOCK_BUFFER,
	MODEL_CREATE_LOCK,
	MODEL_CREATE_EVENT,
	MODEL_GET_DMA,
	MODEL_FREE,
	MODEL_CHECK,
	MODEL_QUOTA,
	MODEL_SHRINK,
	MODEL_MOVE,
	MODEL_VERIFY,
	MODEL_TOTALS,
	MODEL_OPS,
};

enum model_free {
	MODEL_FREE_POOL,
	MODEL_RELEASE_BUFFER,
	MODEL_RELEASE_COMMON,
	MODEL_FREE_COMMON,
	MODEL_FREE_CONTIG,
	MODEL_MM_FREE_CONTIG,
	MODEL_UNLOCK_BUFFER,
	MODEL_DELETE_LOCK,
	MODEL_DELETE_EVENT,
	MODEL_PUT_DMA,
	MODEL_FREES,
};

/*
 * Step of a sequence. Its numbers are random, and are resolved when it runs: the third live
 * object, say. So any part of a sequence is a sequence.
 */
struct model_step {
	u8 op;
	u8 context;
	u8 ext;
	u8 choice;
	u32 a, b;
};

/* Block, or handle, that a call has returned */
struct model_object {
	void *address;
	size_t size;			/* bytes that belong to it; 0 for a handle */
	enum { MODEL_UNUSED, MODEL_LIVE, MODEL_FREED } state;
	enum model_kind kind;
	unsigned int adapter;
	unsigned int tag;
	unsigned int users;		/* of a DMA adapter */
	u8 fill;
	/* For a common buffer */
	struct model_object *dma;	/* NULL for that of VideoPortGetCommonBuffer() */
	PHYSICAL_ADDRESS logical;
	bool cached;
};

struct model_count {
	u64 allocs, frees, bytes_in, bytes_out, failures;
};

struct model_world {
	void *ext[MODEL_ADAPTERS];
	void *dma[MODEL_ADAPTERS];	/* oldest DMA adapter, of VideoPortGetCommonBuffer() */
	unsigned long quota[MODEL_ADAPTERS];
	struct model_object object[MODEL_OBJECTS];
	struct model_count count[MODEL_ADAPTERS][MODEL_COUNTED][MODEL_TAGS];
	bool tag_used[MODEL_ADAPTERS][MODEL_COUNTED][MODEL_TAGS];
	bool verify;
	u8 fill;
};

/* Expectation of a call */
struct model_expect {
	bool refused;			/* it fails, or frees nothing */
	u32 one_of;			/* events: exactly one of these is counted */
	u32 all_of;			/* each of these as well, once */
	u32 may;			/* and these, if memory is short */
	unsigned int where;		/* adapter, MODEL_STRAY or MODEL_ANYWHERE */
};

/* Events, in the order of the names in world.c */
enum model_event {
	EV_ZERO_LENGTH, EV_NULL_FREE, EV_BAD_TAG, EV_BAD_TYPE, EV_BAD_SIZE, EV_BAD_PARAMETER,
	EV_BAD_CONTEXT, EV_BAD_POINTER, EV_DOUBLE_FREE, EV_WRONG_PAIRING, EV_WRONG_ADAPTER,
	EV_NO_ADAPTER, EV_MISMATCH, EV_BUSY, EV_BAD_LIMIT,
	EV_NAMES,
};

struct model_stats {
	u64 steps;
	u64 refused;
	u64 no_memory;
	u64 events[EV_NAMES];
};

extern struct model_world world;
extern struct model_stats model_stats;
extern bool model_wrong;		/* expects a wrong event, to test the model itself */
extern bool model_verbose;

/* Difference in the last step; an empty text if there is none */
extern char model_fault[256];

__printf(1, 2) bool model_fail(const char *format, ...);
__printf(1, 2) void model_say(const char *format, ...);

/* context.c */
#define MODEL_CONTEXTS	11
#define MODEL_IN_PROCESS	0
extern const struct vt_context model_contexts[MODEL_CONTEXTS];

static inline bool model_is_nmi(const struct vt_context *context)
{
	return context == &model_contexts[MODEL_CONTEXTS - 1];
}

/* world.c */
int model_events_init(void);
bool world_start(struct device *device);
bool world_end(bool failed);
void world_events_before(void);
bool world_events_are(const struct model_expect *expect);
bool world_totals_are_exact(void);
struct model_object *world_object_at(const void *address);
struct model_object *world_pick(unsigned int from, int state, unsigned int kinds);
struct model_object *world_add(const struct model_object *object);
bool world_contents_are_right(const struct model_object *object);
void world_freed(struct model_object *object);
struct model_count *world_count(unsigned int adapter, enum model_kind kind, unsigned int tag);
u32 model_tag(unsigned int nr);
bool model_tag_is_bad(unsigned int nr);

/* alloc.c */
bool model_alloc(const struct model_step *step, const struct vt_context *context);

/* free.c */
bool model_free(const struct model_step *step, const struct vt_context *context);
bool model_free_all(void);

/* steps.c */
struct rnd_state;
void model_generate(struct model_step *steps, unsigned int nr, struct rnd_state *random);
int model_play(struct device *device, const struct model_step *steps, unsigned int nr);

static inline u32 model_bit(bool condition, enum model_event event)
{
	return condition ? 1U << event : 0;
}

#endif /* VPMEM_MODEL_H */

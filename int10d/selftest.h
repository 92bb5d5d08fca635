/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test of the machine: what its files share.
 */
#ifndef SELFTEST_H
#define SELFTEST_H

#include "int10d.h"
#include "test_log.h"

/* Milliseconds that a call may take: the machine may be busy, or be emulated itself */
#define LIMIT		30000
/* The same for code that has no end */
#define SHORT_LIMIT	200

/* Calls after which the memory of the engine is looked at */
#define CALLS		2000

/* Range of the adapter above the megabyte, as seen by a call */
#define WINDOW		0xfd000000
#define WINDOW_SIZE	0x2000

struct port_access {
	uint16_t port;
	unsigned int bytes;
	uint32_t value;
};

extern uint8_t *space;			/* megabyte */
extern uint8_t *high;			/* all above it */
extern struct port_access last;		/* access to a port */
extern const struct vpmem_int10_registers numbers;

/* selftest.c */
void result(const char *name, bool good);
void set_vector(unsigned int vector, uint16_t segment, uint16_t offset);
void set_limit(unsigned int milliseconds);
struct vpmem_int10_reply run_both(const void *code, size_t size,
				  const void *nested, size_t nested_size);
bool ended(const struct vpmem_int10_reply *reply, uint32_t status, const char *said);
bool is_done(const struct vpmem_int10_reply *reply);

/* Code is written as a string, whose terminating zero is not part of it. */
#define RUN(code)	run_both(code, sizeof(code) - 1, NULL, 0)
#define RUN_NESTED(code, nested)	\
	run_both(code, sizeof(code) - 1, nested, sizeof(nested) - 1)

/* selftest_memory.c */
uint8_t *test_memory_init(void);
void test_high_memory(void);

/* selftest_engine.c */
void test_engine(int calls);

/* selftest_time.c */
void test_time(void);
void test_timer(void);

#endif /* SELFTEST_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Races: processes that use vpmem, and processes that take away what the others use. See
 * Documentation/testing.rst.
 */
#ifndef RACES_H
#define RACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "kunit/process/kmsg.h"

#define DEBUGFS		"/sys/kernel/debug/vpmem"
#define PCI		"/sys/bus/pci"

#define PATH_SIZE	256

/* Counts of what was done. Each of them has to happen, up to the faults, which must not. */
enum counter {
	VIEW_READ,		/* a view, to its end */
	VIEW_OUTLIVES_ADAPTER,	/* an open view, after the detach */
	CONTROL_WRITTEN,	/* a view that accepts text */
	FRAMEBUFFER_DRAWN,	/* a mapping of the view was written */
	FRAMEBUFFER_REVOKED,	/* such a mapping had gone */
	FBDEV_DRAWN,		/* a mapping of /dev/fb0 was written */
	CONSOLE_WRITTEN,
	DISPLAY_MODE_SET,	/* by a client of DRM */
	DISPLAY_DRAWN,
	DISPLAY_OUTLIVES_ADAPTER,
	CLIENT_KILLED,
	INT10_OPENED,
	INT10_REQUEST_TAKEN,
	INT10_REQUEST_ANSWERED,
	INT10_REQUEST_ABANDONED,
	INT10_RUBBISH_REFUSED,
	HELPER_KILLED,
	DEVICE_UNBOUND,
	DEVICE_BOUND,
	DEVICE_REMOVED,
	DEVICE_FOUND,		/* again, by a scan of the bus */
	SAMPLE_LOADED,
	SAMPLE_UNLOADED,
	DRM_LOADED,
	DRM_UNLOADED,
	VPMEM_LOADED,
	VPMEM_UNLOADED,
	TOTALS_WERE_ZERO,	/* after the last detach */
	CPU_OFFLINE,
	CPU_ONLINE,
	MACHINE_SLEPT,
	FAULTS,
	TOTALS_WERE_WRONG = FAULTS,
	PROCESS_HANGS,
	PROCESS_CRASHED,
	VIEWS_UNREAD,
	COUNTERS
};

#define VIEWS_MAX	64

/* File of debugfs, by its name, and how often it was read */
struct view {
	char name[32];
	unsigned long reads;
};

/* Memory that all processes share */
struct shared {
	unsigned long count[COUNTERS];
	struct view view[VIEWS_MAX];
	bool views_locked;
	bool stop;
	bool unloads;		/* close all files soon: a module is being unloaded */
	char device[32];	/* name of the display adapter on its bus */
};

extern struct shared *shared;

static inline void did(enum counter counter)
{
	__atomic_add_fetch(&shared->count[counter], 1, __ATOMIC_RELAXED);
}

static inline unsigned long done(enum counter counter)
{
	return __atomic_load_n(&shared->count[counter], __ATOMIC_RELAXED);
}

static inline bool stopping(void)
{
	return __atomic_load_n(&shared->stop, __ATOMIC_RELAXED);
}

/* Tell whether files must not be held open for long now. */
static inline bool hurry(void)
{
	return stopping() || __atomic_load_n(&shared->unloads, __ATOMIC_RELAXED);
}

/* util.c */
void random_seed(uint64_t seed);
uint32_t below(uint32_t bound);
void pause_ms(unsigned int ms);
void pause_below(unsigned int ms);
unsigned long now_ms(void);
int write_text(const char *path, const char *text);
ssize_t read_text(const char *path, char *text, size_t size);
bool exists(const char *path);
bool random_entry(const char *directory, char *path, bool skips_directories);
bool run_in_child(void (*run)(void), unsigned int kill_ms);
size_t touch_pages(uint8_t *start, size_t length, bool *revoked);

/* modules.c */
bool load(const char *module);
bool unload(const char *module, unsigned int ms);
const char *random_sample(void);
bool find_device(void);

/* Users: each call is one step of a process. */
void read_views(void);
void hold_views(void);
void write_controls(void);
void map_framebuffer(void);
void map_fbdev(void);
void write_console(void);
void run_clients(void);
void use_int10(void);
void kill_helper(void);

unsigned int count_unread(void);

/* Calls that take something away */
void take_device(void);
void take_modules(void);
void take_cpus(void);

/* load.c */
int load_rounds(unsigned int rounds);

#endif /* RACES_H */

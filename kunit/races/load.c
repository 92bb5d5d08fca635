// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rounds of load, attach, detach and unload, with a comparison of the memory of the machine
 * before and after them.
 *
 * Each slab cache is compared by itself, so that one object for each round is seen. All
 * other memory is compared by pages.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "races.h"

#define CACHES_MAX	400

/* Objects that a cache may keep on the lists of CPUs */
#define SLACK		60

/* Time until kfree_rcu() has freed what it was given: it collects for five seconds. */
#define DRAIN_MS	7000

/* Memory that is in use */
struct usage {
	struct cache {
		char name[40];
		long objects;
	} cache[CACHES_MAX];
	unsigned int caches;
	long free_kb;
	long vmalloc_kb;
};

/*
 * Have the slab allocator free what is empty, so that the numbers of objects are exact. Each
 * file that is opened for this costs an object until kfree_rcu() frees it, up to DRAIN_MS later.
 */
static void shrink_caches(void)
{
	char path[PATH_SIZE];
	FILE *names = popen("ls /sys/kernel/slab", "r");
	char name[100];

	write_text("/proc/sys/vm/drop_caches", "3");
	while (names && fscanf(names, "%99s", name) == 1) {
		snprintf(path, sizeof(path), "/sys/kernel/slab/%s/shrink", name);
		write_text(path, "1");
	}
	if (names)
		pclose(names);
}

static long memory_kb(const char *name)
{
	char text[4096], *at;
	long value = 0;

	if (read_text("/proc/meminfo", text, sizeof(text)) > 0) {
		at = strstr(text, name);
		if (at)
			value = strtol(at + strlen(name), NULL, 10);
	}
	return value;
}

/*
 * Return the free memory, with the free pages on the lists of CPUs: these are many megabytes,
 * and /proc/meminfo does not count them.
 */
static long free_memory_kb(void)
{
	FILE *file = fopen("/proc/zoneinfo", "r");
	long pages, sum = 0;
	char line[300];

	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, " count: %ld", &pages) == 1)
			sum += pages;
	if (file)
		fclose(file);
	return memory_kb("MemFree:") + sum * (sysconf(_SC_PAGESIZE) / 1024);
}

static void read_caches(struct usage *usage)
{
	FILE *file = fopen("/proc/slabinfo", "r");
	char line[300];
	struct cache *cache;

	usage->caches = 0;
	while (file && fgets(line, sizeof(line), file) && usage->caches < CACHES_MAX) {
		cache = &usage->cache[usage->caches];
		if (sscanf(line, "%39s %ld", cache->name, &cache->objects) == 2)
			usage->caches++;
	}
	if (file)
		fclose(file);
}

static void measure(struct usage *usage)
{
	/* Wait for what is freed after a grace period, or by a worker. */
	pause_ms(DRAIN_MS);
	shrink_caches();
	pause_ms(DRAIN_MS);
	read_caches(usage);
	usage->free_kb = free_memory_kb();
	usage->vmalloc_kb = memory_kb("VmallocUsed:");
}

static long objects_of(const struct usage *usage, const char *name)
{
	unsigned int i;

	for (i = 0; i < usage->caches; i++)
		if (!strcmp(usage->cache[i].name, name))
			return usage->cache[i].objects;
	return 0;
}

/* Return how many kinds of memory have grown by an object or half a page of each round. */
static unsigned int compare(const struct usage *before, const struct usage *after,
			    unsigned int rounds)
{
	long objects, limit = rounds / 2 + SLACK, limit_kb = 2L * rounds + 1024;
	unsigned int i, grown = 0;

	for (i = 0; i < after->caches; i++) {
		objects = after->cache[i].objects - objects_of(before, after->cache[i].name);
		if (objects <= limit)
			continue;
		grown++;
		say("races: %s has %ld more objects", after->cache[i].name, objects);
	}
	say("races: %ld kB less free, %ld kB more of vmalloc, limit %ld kB",
	    before->free_kb - after->free_kb, after->vmalloc_kb - before->vmalloc_kb,
	    limit_kb);
	grown += before->free_kb - after->free_kb > limit_kb;
	grown += after->vmalloc_kb - before->vmalloc_kb > limit_kb;
	return grown;
}

/* Check that the comparison sees one object of each round: an open file. */
static bool sees_growth(const struct usage *before, unsigned int rounds)
{
	const struct rlimit files = { rounds + 100, rounds + 100 };
	static struct usage with_files;
	unsigned int i;
	int first, last;
	bool seen;

	first = dup(0);
	last = first;
	setrlimit(RLIMIT_NOFILE, &files);
	for (i = 0; i < rounds; i++)
		last = open("/dev/null", O_RDONLY | O_CLOEXEC);
	measure(&with_files);
	seen = last > first && compare(before, &with_files, rounds);
	while (last >= first)
		close(last--);
	return seen;
}

/* Load and unload all modules, those of a display in some rounds only: that takes long. */
static bool load_round(bool displays)
{
	const char *sample = random_sample();
	char path[PATH_SIZE];
	bool bound;

	if (!load("vpmem") || (displays && !load("vpmem_drm")) || !load(sample))
		return false;
	bound = random_entry(DEBUGFS "/adapters", path, false);
	return unload(sample, 5000) && (!displays || unload("vpmem_drm", 5000)) &&
	       unload("vpmem", 5000) && bound;
}

static unsigned int run_rounds(unsigned int rounds)
{
	unsigned int i;

	for (i = 0; i < rounds && load_round(i % 16 == 8); i++)
		if (i && !(i % 500))
			say("races: %u of %u loads", i, rounds);
	return i;
}

int load_rounds(unsigned int rounds)
{
	static struct usage before, after;
	unsigned int done, grown;
	bool sees;

	/* Have all caches filled that keep something. */
	if (run_rounds(20) < 20)
		return 1;
	measure(&before);
	done = run_rounds(rounds);
	measure(&after);
	grown = compare(&before, &after, rounds);
	sees = sees_growth(&after, rounds);
	printf("loads %u\nsees_growth %u\nfaults\ngrown %u\n", done, sees, grown);
	return done < rounds || !sees || grown;
}

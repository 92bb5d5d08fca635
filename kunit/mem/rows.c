// SPDX-License-Identifier: GPL-2.0-only
/*
 * Views that print row by row, and addresses that they hide.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"

#define KPTR_RESTRICT	"/proc/sys/kernel/kptr_restrict"
#define HASH_SIZE	(2 * sizeof(void *) + 3)

static const char *hash_of(const void *address, char *text)
{
	snprintf(text, HASH_SIZE, "%p", address);
	return text;
}

static const char *plain(const void *address, char *text)
{
	snprintf(text, HASH_SIZE, "%lx", (unsigned long)address);
	return text;
}

/*
 * With the option no_hash_pointers, the two are the same; without random numbers, all
 * addresses are.
 */
static void need_hashes(struct kunit *test)
{
	char hash[HASH_SIZE], text[HASH_SIZE];

	if (strstr(hash_of(test, hash), plain(test, text)) || hash[0] == '(')
		kunit_skip(test, "this kernel does not hash addresses");
}

/* The log takes ten messages of a kind in five seconds, which others may have used. */
static bool message_has(struct kunit *test, void *block, const char *hash)
{
	u64 mark = vt_log_mark();
	int i;

	for (i = 0; i < 2; i++) {
		VideoPortReleaseBuffer(vt_ext(test), block);
		if (vt_log_count(mark, "VideoPortReleaseBuffer", hash))
			return true;
		vt_log_wait();
	}
	return false;
}

/*
 * VIEW-10: regions: an address has the hash that it has in messages, and is nowhere in
 * full
 */
static void view_10_addresses_are_hashed(struct kunit *test)
{
	char hash[HASH_SIZE], text[HASH_SIZE];
	const char *view;
	void *block;

	need_hashes(test);
	vt_verify(test, true);
	block = vt_alloc(test, VpPagedPool, 3 * PAGE_SIZE);
	view = vt_view(test, vt_ext(test), "regions");
	KUNIT_EXPECT_NOT_NULL(test, strstr(view, hash_of(block, hash)));
	KUNIT_EXPECT_NULL(test, strstr(view, plain(block, text)));
	KUNIT_EXPECT_NULL(test, strstr(view, plain(vt_ext(test), text)));
	KUNIT_EXPECT_TRUE(test, message_has(test, block, hash));
	VideoPortFreePool(vt_ext(test), block);
}

/* Place in memory that a block's line shows. */
static bool shows_physical(struct kunit *test, void *block)
{
	struct vt_region region;

	KUNIT_EXPECT_TRUE(test, vt_find_region(test, vt_ext(test), block, &region));
	KUNIT_EXPECT_EQ(test, !region.physical, !!strstr(region.line, " hidden "));
	if (region.physical)
		KUNIT_EXPECT_EQ(test, region.physical, (u64)virt_to_phys(block));
	return region.physical;
}

/*
 * VIEW-11: regions: physical addresses of memory are hidden where the kernel hides its
 * pointers from root
 */
static void view_11_physical_addresses_are_hidden(struct kunit *test)
{
	PHYSICAL_ADDRESS highest = { .QuadPart = -1 };
	char before[16];
	void *block;

	if (!vt_file_read(KPTR_RESTRICT, before, sizeof(before)))
		kunit_skip(test, "no " KPTR_RESTRICT);
	block = VideoPortAllocateContiguousMemory(vt_ext(test), PAGE_SIZE, highest);
	KUNIT_ASSERT_NOT_NULL(test, block);
	KUNIT_EXPECT_TRUE(test, vt_file_write(KPTR_RESTRICT, "2"));
	KUNIT_EXPECT_FALSE(test, shows_physical(test, block));
	KUNIT_EXPECT_TRUE(test, vt_file_write(KPTR_RESTRICT, "0"));
	KUNIT_EXPECT_TRUE(test, shows_physical(test, block));
	KUNIT_EXPECT_TRUE(test, vt_file_write(KPTR_RESTRICT, before));
	VideoPortFreeContiguousMemory(vt_ext(test), block);
}

/*
 * Rows while blocks come and go
 */

#define KEPT		100
#define COMING		20
#define KEPT_TAG	vt_tag("Kept")

struct traffic {
	void *ext;
	bool ends;
};

static void come_and_go(void *data)
{
	struct traffic *traffic = data;
	void *block[COMING] = {};
	unsigned int i = 0;

	while (!READ_ONCE(traffic->ends)) {
		if (block[i])
			VideoPortFreePool(traffic->ext, block[i]);
		block[i] = VideoPortAllocatePool(traffic->ext, VpPagedPool, PAGE_SIZE,
						 VT_TAG);
		i = (i + 1) % COMING;
		cond_resched();
	}
	for (i = 0; i < COMING; i++)
		if (block[i])
			VideoPortFreePool(traffic->ext, block[i]);
}

static unsigned int count_lines_with(const char *text, const char *what)
{
	unsigned int count = 0;

	for (text = strstr(text, what); text; text = strstr(text + 1, what))
		count++;
	return count;
}

/* VIEW-12: regions: each block that stays is there once, while others come and go */
static void view_12_each_block_once(struct kunit *test)
{
	struct traffic traffic = { .ext = vt_ext(test) };
	void *other = vt_attach_another(test), *block[KEPT];
	struct vt_thread thread;
	unsigned int i;

	for (i = 0; i < KEPT; i++)
		block[i] = VideoPortAllocatePool(i % 2 ? vt_ext(test) : other, VpPagedPool,
						 PAGE_SIZE, KEPT_TAG);
	vt_thread_begin(test, &thread, come_and_go, &traffic);
	for (i = 0; i < 20; i++) {
		KUNIT_EXPECT_EQ(test, count_lines_with(vt_view(test, NULL, "regions"),
						       " Kept "), KEPT);
		KUNIT_EXPECT_EQ(test, count_lines_with(vt_view(test, other, "regions"),
						       " Kept "), KEPT / 2);
		cond_resched();
	}
	WRITE_ONCE(traffic.ends, true);
	vt_thread_end(&thread);
	for (i = 0; i < KEPT; i++)
		VideoPortFreePool(i % 2 ? vt_ext(test) : other, block[i]);
}

/* Attach and detach an adapter between the rows of another one. */
static void attach_and_detach(void *data)
{
	struct vt_fixture *fx = data;
	unsigned int i;
	void *ext;

	for (i = 0; i < 20; i++) {
		ext = vpmem_attach(fx->dev, 64);
		if (IS_ERR(ext))
			continue;
		VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpPagedPool, PAGE_SIZE,
							     VT_TAG));
		vpmem_detach(ext);
	}
}

/* VIEW-13: regions, tags: read while adapters are attached and detached */
static void view_13_adapters_that_come_and_go(struct kunit *test)
{
	struct vt_thread thread;
	unsigned int i;
	void *block;

	block = VideoPortAllocatePool(vt_ext(test), VpPagedPool, PAGE_SIZE, KEPT_TAG);
	KUNIT_ASSERT_NOT_NULL(test, block);
	vt_thread_begin(test, &thread, attach_and_detach, test->priv);
	for (i = 0; i < 50; i++) {
		KUNIT_EXPECT_EQ(test, count_lines_with(vt_view(test, NULL, "regions"),
						       " Kept "), 1U);
		KUNIT_EXPECT_EQ(test, count_lines_with(vt_view(test, NULL, "tags"),
						       "Kept "), 1U);
		cond_resched();
	}
	vt_thread_end(&thread);
	VideoPortFreePool(vt_ext(test), block);
}

/* VIEW-14: regions, tags: a fatal signal ends the reading */
static void view_14_ends_on_a_fatal_signal(struct kunit *test)
{
	char text[64];
	int regions, tags;

	allow_signal(SIGKILL);
	send_sig(SIGKILL, current, 1);
	regions = vpmem_view(vt_ext(test), "regions", text, sizeof(text));
	tags = vpmem_view(vt_ext(test), "tags", text, sizeof(text));
	flush_signals(current);
	disallow_signal(SIGKILL);
	KUNIT_EXPECT_EQ(test, regions, -EINTR);
	KUNIT_EXPECT_EQ(test, tags, -EINTR);
}

/*
 * VIEW-15: regions: what a detach, a mapping or a wrong pointer costs does not grow with
 * the regions of other adapters
 * Untested: ``make bench`` measures it
 */

static struct kunit_case cases[] = {
	KUNIT_CASE(view_10_addresses_are_hashed),
	KUNIT_CASE(view_11_physical_addresses_are_hidden),
	KUNIT_CASE(view_12_each_block_once),
	KUNIT_CASE(view_13_adapters_that_come_and_go),
	KUNIT_CASE(view_14_ends_on_a_fatal_signal),
	{}
};

struct kunit_suite vt_rows_suite = {
	.name = "rows",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};

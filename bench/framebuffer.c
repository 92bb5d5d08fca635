// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes to the frame buffer of a miniport, as a program makes them: from the memory of
 * the process that loads this module, of which all pages are there.
 */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "bench/bench.h"

#define MOST	SZ_1M

static struct file *file;
static unsigned long user_memory;
static u8 *from;
static u8 *to;

/* Write all, in as many calls as that takes. */
static void *write_begin(size_t size)
{
	const char __user *text = (const char __user *)user_memory;
	loff_t pos = 0;
	ssize_t bytes;

	while (pos < size) {
		bytes = file->f_op->write(file, text + pos, size - pos, &pos);
		if (bytes <= 0)
			return NULL;
	}
	return file;
}

static void *toio_begin(size_t size)
{
	memcpy_toio((void __iomem *)to, from, size);
	return to;
}

static const struct bench_call write_call = {
	"write() to framebuffer", write_begin, bench_no_end
};

static const struct bench_call toio = { "memcpy_toio", toio_begin, bench_no_end };

static const struct bench_row row = {
	"framebuffer write", &write_call, &toio,
	{ .round = bench_pair, .count = 1, .rounds = 10 }, 1100
};

static const size_t sizes[] = { SZ_4K, SZ_64K, SZ_1M };

static void measure_file(void)
{
	from = kvzalloc(MOST, GFP_KERNEL);
	to = kvzalloc(MOST, GFP_KERNEL);
	user_memory = vm_mmap(NULL, 0, MOST, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, 0);
	if (from && to && !IS_ERR_VALUE(user_memory) && file->f_op->write)
		bench_rows(&row, sizes, ARRAY_SIZE(sizes));
	else
		bench_failed(row.name);
	if (!IS_ERR_VALUE(user_memory))
		vm_munmap(user_memory, MOST);
	kvfree(to);
	kvfree(from);
}

void bench_framebuffer(const char *path)
{
	file = filp_open(path, O_WRONLY, 0);
	if (IS_ERR(file)) {
		bench_failed(path);
		return;
	}
	measure_file();
	filp_close(file, NULL);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Drawing of a display driver on a miniport: all of a mode of 1024 * 768 with 32 bits, and
 * a part of 16 * 16 pixels, beside a copy of all its bytes.
 */
#include <linux/device.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#include "bench/bench.h"
#include "core/testing.h"
#include "port/display.h"

#define WIDTH	1024
#define HEIGHT	768
#define BYTES	(WIDTH * HEIGHT * 4)

static struct vpmem_port *shown_port;
static struct device *shown_device;
static u8 *from;
static u8 *to;

static void *draw(u32 width, u32 height)
{
	const struct vpmem_display_picture picture = { from, WIDTH * 4 };
	const struct vpmem_display_rect rect = { 0, 0, width, height };

	return vpmem_display_draw(shown_port, &picture, &rect) ? NULL : from;
}

static void *draw_all(size_t size)
{
	return draw(WIDTH, HEIGHT);
}

static void *draw_part(size_t size)
{
	return draw(16, 16);
}

static void *copy_all(size_t size)
{
	memcpy_toio((void __iomem *)to, from, BYTES);
	return to;
}

static const struct bench_call all_call = { "vpmem_display_draw, all", draw_all, bench_no_end };
static const struct bench_call part_call = { "vpmem_display_draw, 16*16", draw_part, bench_no_end };
static const struct bench_call copy = { "memcpy_toio, all", copy_all, bench_no_end };

static const struct bench_row rows[] = {
	{ "display 1024*768", &all_call, &copy,
	  { .round = bench_pair, .count = 1, .rounds = 10 }, 1100 },
	{ "display 16*16 of 1024*768", &part_call, &copy,
	  { .round = bench_pair, .count = 1, .rounds = 10 }, 10 },
};

/* Set the mode that is measured. Return false if the miniport has none such. */
static bool set_mode(void)
{
	struct vpmem_display_mode *modes;
	int i, count = vpmem_display_modes(shown_port, &modes);
	bool set = false;

	for (i = 0; i < count && !set; i++)
		set = modes[i].width == WIDTH && modes[i].height == HEIGHT &&
		      modes[i].bits == 32 &&
		      !vpmem_display_set(shown_port, &modes[i], NULL);
	if (count > 0)
		kvfree(modes);
	return set;
}

static void measure(void)
{
	unsigned int i;

	from = kvzalloc(BYTES, GFP_KERNEL);
	to = kvzalloc(BYTES, GFP_KERNEL);
	if (from && to && set_mode())
		for (i = 0; i < ARRAY_SIZE(rows); i++)
			bench_row(&rows[i]);
	else
		bench_failed("display");
	kvfree(to);
	kvfree(from);
}

static void *display_start(struct vpmem_port *port, struct device *dev)
{
	shown_port = port;
	shown_device = dev;
	return &shown_port;
}

static void display_stop(void *display)
{
	vpmem_display_release(shown_port);
}

static void display_changed(void *display)
{
}

static const struct vpmem_display_client client = {
	.start = display_start,
	.stop = display_stop,
	.changed = display_changed,
};

/* Measure the miniport that is bound, whose mode the measurement of its file has set. */
void bench_display(void)
{
	if (vpmem_display_client_register(&client)) {
		bench_failed("display");
		return;
	}
	if (shown_port &&
	    !vpmem_view_write(dev_get_drvdata(shown_device), "mode", "reset"))
		measure();
	else
		bench_failed("display");
	vpmem_display_client_unregister(&client);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Measurement and output of a row.
 *
 * A round calls @count pairs and reads get_cycles() before and after. What disturbs a
 * round, such as an interrupt, can only make it longer, so that the shortest round
 * counts. The same rounds with calls that do nothing are subtracted: loop, indirect calls
 * and the choice of sizes cost nothing then.
 *
 * Under -icount of QEMU a cycle is an instruction.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpufeature.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/timex.h>

#include "bench/bench.h"

ULONG bench_tag = BENCH_TAG;

unsigned int bench_failures;
static unsigned int failed_rows;

static noinline void *empty_begin(size_t size)
{
	return &bench_failures;
}

static noinline void empty_end(void *block, size_t size)
{
}

static const struct bench_call empty = { "empty", empty_begin, empty_end };

u32 bench_random(u32 *state, u32 below)
{
	u32 x = *state;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	*state = x;
	return (u32)(((u64)x * below) >> 32);
}

/* Make the pairs one after the other. */
u64 bench_pair(const struct bench_work *work, const struct bench_call *call)
{
	u64 start = get_cycles();
	unsigned int i;
	void *block;

	for (i = 0; i < work->count; i++) {
		block = bench_try(call, work->size);
		call->end(block, work->size);
	}
	return get_cycles() - start;
}

/* Measure the first calls only. */
u64 bench_begin(const struct bench_work *work, const struct bench_call *call)
{
	u64 sum = 0, start;
	unsigned int i;
	void *block;

	for (i = 0; i < work->count; i++) {
		start = get_cycles();
		block = bench_try(call, work->size);
		sum += get_cycles() - start;
		call->end(block, work->size);
	}
	return sum;
}

/* Measure the second calls only. */
u64 bench_end(const struct bench_work *work, const struct bench_call *call)
{
	u64 sum = 0, start;
	unsigned int i;
	void *block;

	for (i = 0; i < work->count; i++) {
		block = bench_try(call, work->size);
		start = get_cycles();
		call->end(block, work->size);
		sum += get_cycles() - start;
	}
	return sum;
}

/*
 * Change the lists of free pages of this CPU before each round. Some numbers of pages there
 * make each pair fill or drain them, and no number does so in all rounds.
 */
static void shift_free_pages(unsigned int round)
{
	struct page *pages[16];
	int order = round % 4, count = round * 5 % ARRAY_SIZE(pages), i;

	for (i = 0; i < count; i++)
		pages[i] = alloc_pages(GFP_KERNEL, order);
	while (i--)
		if (pages[i])
			__free_pages(pages[i], order);
}

static u64 best_round(const struct bench_work *work, const struct bench_call *call)
{
	u64 best = U64_MAX;
	unsigned int i;

	for (i = 0; i < work->rounds; i++) {
		shift_free_pages(i);
		best = min(best, work->round(work, call));
	}
	return best;
}

/* Cost of one pair, without what the loop around it costs */
u64 bench_net(const struct bench_work *work, const struct bench_call *call)
{
	u64 loop = best_round(work, &empty), all = best_round(work, call);

	return all > loop ? div_u64(all - loop + work->count / 2, work->count) : 0;
}

void bench_failed(const char *name)
{
	pr_err("%s: failed\n", name);
	failed_rows++;
}

int bench_status(void)
{
	return failed_rows ? -EIO : 0;
}

/* Head of the table: what a cycle is, and what affects all rows. */
void bench_head(void)
{
	pr_info("init_on_alloc=%d\n", want_init_on_alloc(0));
#ifdef CONFIG_X86
	pr_info("erms=%d fsrm=%d\n", boot_cpu_has(X86_FEATURE_ERMS),
		boot_cpu_has(X86_FEATURE_FSRM));
#endif
	pr_info("%-30s | %-34s | %-28s | %9s | %9s | %6s | %8s |\n", "row", "vpmem",
		"Linux", "net", "net", "ratio", "target");
}

static const char *verdict(const struct bench_row *row, u64 cost, u64 ratio)
{
	if (row->most)
		return cost <= row->most ? "ok" : "above";
	if (row->target)
		return ratio <= row->target ? "ok" : "above";
	return "-";
}

/* End of a call that leaves nothing to undo */
void bench_no_end(void *block, size_t size)
{
}

/* Print thousandths, or a dash. */
static const char *thousandths(char *text, size_t size, bool any, u64 number)
{
	u32 rest;

	if (!any)
		return "-";
	number = div_u64_rem(number, 1000, &rest);
	snprintf(text, size, "%llu.%03u", number, rest);
	return text;
}

/* Print a row of which both sides are known. */
void bench_report(const struct bench_row *row, u64 cost, u64 base)
{
	u64 ratio = base ? div64_u64(cost * 1000 + base / 2, base) : 0;
	char target[16], of_base[16], net[24] = "-";
	const char *aim = target;

	if (row->most)
		snprintf(target, sizeof(target), "%u", row->most);
	else
		aim = thousandths(target, sizeof(target), row->target, row->target);
	if (row->base)
		snprintf(net, sizeof(net), "%llu", base);
	pr_info("%-30s | %-34s | %-28s | %9llu | %9s | %6s | %8s | %s\n", row->name,
		row->call->name, row->base ? row->base->name : "-", cost, net,
		thousandths(of_base, sizeof(of_base), base, ratio), aim,
		verdict(row, cost, ratio));
}

void bench_row(const struct bench_row *row)
{
	u64 cost, base = 0;

	bench_failures = 0;
	cost = bench_net(&row->work, row->call);
	if (row->base)
		base = bench_net(&row->work, row->base);
	if (bench_failures)
		bench_failed(row->name);
	else
		bench_report(row, cost, base);
}

/* Print a row for each size, with the size in its name. */
void bench_rows(const struct bench_row *row, const size_t *sizes, size_t count)
{
	struct bench_row sized = *row;
	char name[48];
	size_t i;

	sized.name = name;
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "%s %zu", row->name, sizes[i]);
		sized.work.size = sizes[i];
		bench_row(&sized);
	}
}

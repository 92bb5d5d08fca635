// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniports for the edu device, and what ends while it transfers.
 */
#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/edu.h"
#include "kunit/lib/transfer.h"
#include "kunit/machine/machine.h"
#include "core/compat.h"
#include "core/testing.h"

/*
 * Other driver for the device
 */

static void lend_device(struct kunit *test, void (*borrow)(struct kunit *test))
{
	edu_unregister();
	edu_card = NULL;
	borrow(test);
	edu_card = edu_register();
	KUNIT_ASSERT_NOT_NULL(test, edu_card);
}

/*
 * EDU-19: A miniport's HwInterrupt is called for the interrupts of the device, with
 * interrupts off, and queues its DPC; VpHighPriority keeps it out;
 * VideoPortDisableInterrupt ends it and VideoPortEnableInterrupt brings it back
 */
static void edu_19_interrupts_of_a_miniport(struct kunit *test)
{
	lend_device(test, edu_port_interrupts);
}

/* EDU-20: A miniport that clears the interrupt of its ConfigInfo has none */
static void edu_20_miniport_without_interrupt(struct kunit *test)
{
	lend_device(test, edu_port_without_interrupt);
}

/*
 * The end of a driver with a transfer under way
 */

static void expect_device_works(struct kunit *test)
{
	struct edu_common common = edu_common_get(test, PAGE_SIZE);

	edu_expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	edu_common_put(&common);
}

static const struct edu_end hand_ends[] = {
	{ "unbound" },
	{ "unbound, managed", .managed = true },
	{ "probe fails", .fails_probe = true },
	{ "probe fails, managed", .fails_probe = true, .managed = true },
};

static const struct edu_end miniport_ends[] = {
	{ "unbound" },
	{ "HwFindAdapter fails", .fails_find = true },
	{ "HwInitialize fails", .fails_initialize = true },
	{ "the first of two entries fails", .fails_first = true },
	{ "the first of two entries fails while it transfers", .fails_first = true,
	  .first_transfers = true },
};

static void end_name(const struct edu_end *end, char *name)
{
	strscpy(name, end->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(hand_end, hand_ends, end_name);

KUNIT_ARRAY_PARAM(miniport_end, miniport_ends, end_name);

/*
 * EDU-21: A transfer that is under way at the detach, by hand or by devres, does not
 * write to memory that is freed, also in a probe that fails: bus mastering is off then.
 * After another bind the device transfers again
 */
static void edu_21_detached_while_it_transfers(struct kunit *test)
{
	lend_device(test, edu_master_by_hand);
	expect_device_works(test);
}

/*
 * EDU-22: Neither does one of a miniport that is unbound, or whose HwFindAdapter or
 * HwInitialize fails. Where the HwFindAdapter of the first of two entries fails, the
 * second is called and can transfer; if a transfer of the first is under way, its memory
 * is not freed
 */
static void edu_22_miniport_ends_while_it_transfers(struct kunit *test)
{
	lend_device(test, edu_master_miniport);
	expect_device_works(test);
}

static struct kunit_case edu_ends_cases[] = {
	KUNIT_CASE(edu_19_interrupts_of_a_miniport),
	KUNIT_CASE(edu_20_miniport_without_interrupt),
	KUNIT_CASE_PARAM(edu_21_detached_while_it_transfers, hand_end_gen_params),
	KUNIT_CASE_PARAM(edu_22_miniport_ends_while_it_transfers, miniport_end_gen_params),
	{}
};

struct kunit_suite edu_ends_suite = {
	.name = "edu_ends",
	.suite_init = edu_suite_init,
	.suite_exit = edu_suite_exit,
	.init = edu_init,
	.exit = edu_exit,
	.test_cases = edu_ends_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The edu device and its interrupts.
 */
#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/edu.h"
#include "kunit/lib/transfer.h"
#include "kunit/machine/machine.h"
#include "core/compat.h"
#include "core/testing.h"

/*
 * The device
 */

/* EDU-01: The device answers, and counts */
static void edu_01_the_device_is_alive(struct kunit *test)
{
	u32 value = prandom_u32_state(&edu_random);

	KUNIT_EXPECT_EQ(test, edu_read(edu_card, EDU_IDENTIFICATION), 0x010000edU);
	edu_write(edu_card, EDU_LIVENESS, value);
	KUNIT_EXPECT_EQ(test, edu_read(edu_card, EDU_LIVENESS), ~value);
	KUNIT_EXPECT_EQ(test, edu_factorial(edu_card, 10), 3628800U);
}

struct edu_irq {
	const char *name;
	unsigned int type;
};

static const struct edu_irq edu_irqs[] = {
	{ "MSI", PCI_IRQ_MSI },
	{ "INTx", PCI_IRQ_INTX },
};

static void irq_name(const struct edu_irq *irq, char *name)
{
	strscpy(name, irq->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(irq, edu_irqs, irq_name);

/* EDU-02: Its interrupts arrive, MSI and INTx */
static void edu_02_its_interrupts_arrive(struct kunit *test)
{
	const struct edu_irq *irq = test->param_value;

	edu_enable_irq_of(test, irq->type);
	edu_write(edu_card, EDU_IRQ_RAISE, 0x21);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&edu_card->interrupted,
							  EDU_PATIENCE), 0UL);
	KUNIT_EXPECT_EQ(test, edu_card->raised, 0x21U);
	KUNIT_EXPECT_EQ(test, edu_read(edu_card, EDU_IRQ_STATUS), 0U);
}

/*
 * EDU-03: A DMA adapter of 64 bits does not widen the 28 bits that the driver has set,
 * one of 24 narrows them as long as it lives
 */
static void edu_03_its_mask_holds(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION far = { .Dma64BitAddresses = true };
	const VP_DEVICE_DESCRIPTION near = { };
	PVP_DMA_ADAPTER dma[2];

	dma[0] = edu_dma_get(test, &far);
	KUNIT_EXPECT_EQ(test, dma_get_mask(edu_device()), EDU_DMA_MASK);
	KUNIT_EXPECT_EQ(test, edu_device()->coherent_dma_mask, EDU_DMA_MASK);
	dma[1] = edu_dma_get(test, &near);
	KUNIT_EXPECT_EQ(test, dma_get_mask(edu_device()), DMA_BIT_MASK(24));
	edu_dma_put(dma[1]);
	KUNIT_EXPECT_EQ(test, dma_get_mask(edu_device()), EDU_DMA_MASK);
	edu_dma_put(dma[0]);
	KUNIT_EXPECT_EQ(test, dma_get_mask(edu_device()), EDU_DMA_MASK);
	KUNIT_EXPECT_EQ(test, edu_device()->coherent_dma_mask, EDU_DMA_MASK);
}

/*
 * EDU-14: An operation can be completed by a DPC that an interrupt has queued
 *
 * The test checks after each operation that it was completed in a softirq.
 */
static void edu_14_completed_by_interrupt(struct kunit *test)
{
	const struct edu_irq *irq = test->param_value;
	struct edu_scattered scattered = edu_scattered_get(test);
	void *block = edu_pool_get(test, EDU_ROOM);

	edu_enable_irq_of(test, irq->type);
	edu_expect_moves(test, &edu_pieces, block, EDU_ROOM, 10, EDU_MEMORY_SIZE);
	edu_expect_moves(test, &edu_pieces, scattered.memory, EDU_ROOM, 10, EDU_MEMORY_SIZE);
	edu_expect_moves(test, &edu_lists, scattered.memory, EDU_ROOM, 10, EDU_MEMORY_SIZE);
	edu_pool_put(block);
	edu_scattered_put(&scattered);
}

static struct kunit_case edu_irq_cases[] = {
	KUNIT_CASE(edu_01_the_device_is_alive),
	KUNIT_CASE_PARAM(edu_02_its_interrupts_arrive, irq_gen_params),
	KUNIT_CASE(edu_03_its_mask_holds),
	KUNIT_CASE_PARAM(edu_14_completed_by_interrupt, irq_gen_params),
	{}
};

struct kunit_suite edu_irq_suite = {
	.name = "edu_irq",
	.suite_init = edu_suite_init,
	.suite_exit = edu_suite_exit,
	.init = edu_init,
	.exit = edu_exit,
	.test_cases = edu_irq_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * End of bus mastering at a detach. QEMU's standard VGA has a configuration space of which the
 * test changes some answers.
 */
#include <linux/err.h>
#include <linux/kmemleak.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/adapters.h"
#include "kunit/lib/bus.h"
#include "kunit/lib/helpers.h"

#ifdef CONFIG_PCI

#define FOR_EVER	UINT_MAX

/* Configuration space; its calls have no argument that is the test's own. */
static struct {
	struct pci_ops ops;
	struct pci_ops *former;
	struct pci_dev *pdev;
	unsigned int masters;		/* reads in which bus mastering is still on */
	bool removed;			/* the device reads as all ones */
	unsigned int writes;
} fake;

static int fake_read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	int err = fake.former->read(bus, devfn, where, size, value);

	if (devfn != fake.pdev->devfn)
		return err;
	if (fake.removed)
		*value = U32_MAX >> (32 - 8 * size);
	if (where != PCI_COMMAND || size != sizeof(u16) || !fake.masters)
		return err;
	if (fake.masters != FOR_EVER)
		fake.masters--;
	*value |= PCI_COMMAND_MASTER;
	return err;
}

static int fake_write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	if (devfn == fake.pdev->devfn)
		fake.writes++;
	return fake.former->write(bus, devfn, where, size, value);
}

static void change_config(struct pci_dev *pdev, unsigned int masters, bool removed)
{
	fake.pdev = pdev;
	fake.masters = masters;
	fake.removed = removed;
	fake.writes = 0;
	fake.ops = *pdev->bus->ops;
	fake.ops.read = fake_read;
	fake.ops.write = fake_write;
	fake.former = pdev->bus->ops;
	pci_bus_set_ops(pdev->bus, &fake.ops);
}

static bool is_master(struct pci_dev *pdev)
{
	u16 command = 0;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	return command & PCI_COMMAND_MASTER;
}

/* Detach the adapter of the test, with a block, and attach it again. Return the block. */
static void *detach_with_block(struct kunit *test, struct pci_dev *pdev, unsigned int masters,
			       bool removed)
{
	void *block = vt_alloc(test, VpNonPagedPool, SZ_16K);
	struct vt_fixture *fx = test->priv;

	memset(block, 0x5a, SZ_16K);
	pci_set_master(pdev);
	change_config(pdev, masters, removed);
	vpmem_detach(fx->ext);
	pci_bus_set_ops(pdev->bus, fake.former);
	fx->ext = vpmem_attach(&pdev->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	return block;
}

static unsigned int kept(u64 mark)
{
	return vt_log_count(mark, "the device does not stop its DMA", "1 blocks are not freed");
}

/* BUS-40: The last detach from a device ends its bus mastering, an earlier one does not */
static void bus_40_last_detach_ends_mastering(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	void *second = vpmem_attach(&pdev->dev, 64);
	u64 mark = vt_log_mark();

	KUNIT_ASSERT_FALSE(test, IS_ERR(second));
	pci_set_master(pdev);
	vpmem_detach(second);
	KUNIT_EXPECT_TRUE(test, is_master(pdev));
	detach_with_block(test, pdev, 0, false);
	KUNIT_EXPECT_FALSE(test, is_master(pdev));
	KUNIT_EXPECT_GE(test, fake.writes, 1U);
	KUNIT_EXPECT_EQ(test, kept(mark), 0U);
}

/* BUS-41: A device that does not stop is reset; then its memory is freed */
static void bus_41_reset_stops_the_device(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 mark = vt_log_mark();

	/* It reads so when mastering is disabled, and when that is checked. */
	detach_with_block(test, pdev, 2, false);
	KUNIT_EXPECT_EQ(test, fake.masters, 0U);
	KUNIT_EXPECT_EQ(test, kept(mark), 0U);
	KUNIT_EXPECT_FALSE(test, is_master(pdev));
}

/* BUS-42: If a reset does not stop it either, the memory that it may write to is kept */
static void bus_42_device_never_stops(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 mark = vt_log_mark();
	void *block;

	block = detach_with_block(test, pdev, FOR_EVER, false);
	KUNIT_EXPECT_EQ(test, kept(mark), 1U);
	KUNIT_EXPECT_NULL(test, memchr_inv(block, 0x5a, SZ_16K));
	kmemleak_ignore(block);
}

/* BUS-43: Nothing is written to a device that was removed; its memory is freed */
static void bus_43_removed_device(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 mark = vt_log_mark();

	detach_with_block(test, pdev, 0, true);
	KUNIT_EXPECT_EQ(test, fake.writes, 0U);
	KUNIT_EXPECT_EQ(test, kept(mark), 0U);
}

#else

VT_NEEDS_PCI(bus_40_last_detach_ends_mastering)
VT_NEEDS_PCI(bus_41_reset_stops_the_device)
VT_NEEDS_PCI(bus_42_device_never_stops)
VT_NEEDS_PCI(bus_43_removed_device)

#endif

static struct kunit_case quiesce_cases[] = {
	KUNIT_CASE(bus_40_last_detach_ends_mastering),
	KUNIT_CASE(bus_41_reset_stops_the_device),
	KUNIT_CASE(bus_42_device_never_stops),
	KUNIT_CASE(bus_43_removed_device),
	{}
};

struct kunit_suite vt_quiesce_suite = {
	.name = "quiesce",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = quiesce_cases,
};

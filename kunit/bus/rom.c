// SPDX-License-Identifier: GPL-2.0-only
/*
 * ROM images.
 */
#include <linux/err.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/no_memory.h"
#include "kunit/lib/map.h"

static u8 *get_rom(struct kunit *test, u32 length)
{
	u8 *rom = VideoPortGetRomImage(vt_ext(test), NULL, 0, length);

	if (!rom)
		kunit_skip(test, "the VGA has no ROM");
	return rom;
}

/* MAP-50: No ROM image where the device is not on PCI */
static void map_50_rom_of_no_pci_device(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, 512));
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, 0));
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* MAP-51: GetRomImage reads the PCI ROM; Length 0 frees and gives NULL */
static void map_51_rom_is_read(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	rom = get_rom(test, 512);
	KUNIT_EXPECT_EQ(test, rom[0], 0x55);
	KUNIT_EXPECT_EQ(test, rom[1], 0xaa);
	vt_expect_live(test, "Vprt", "Rom", 1, 512);
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, 0));
	vt_expect_live(test, "Vprt", "Rom", 0, 0);
}

/* MAP-52: The next call frees the buffer */
static void map_52_rom_next_call_frees(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	get_rom(test, 512);
	rom = get_rom(test, 5000);
	vt_expect_live(test, "Vprt", "Rom", 1, 5000);
	KUNIT_EXPECT_EQ(test, rom[0], 0x55);
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

/* MAP-53: A buffer longer than the ROM is filled with zeroes */
static void map_53_rom_rest_is_zero(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	rom = get_rom(test, SZ_1M);
	KUNIT_EXPECT_EQ(test, rom[0], 0x55);
	KUNIT_EXPECT_NULL(test, memchr_inv(rom + SZ_512K, 0, SZ_512K));
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

/* MAP-54: More than 16 MiB is refused */
static void map_54_rom_too_long(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, SZ_16M + 1));
	vt_expect_refused(test, "bad-size");
}

/* MAP-55: An image that is left at detach is no leak */
static void map_55_rom_is_no_leak(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	struct pci_dev *pdev = vt_become_vga(test);
	u64 mark = vt_log_mark();

	get_rom(test, 512);
	vpmem_detach(fx->ext);
	fx->ext = vpmem_attach(&pdev->dev, 64);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak", "Rom"), 0U);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
}

/* MAP-56: The frees of the driver refuse an image */
static void map_56_rom_is_not_the_drivers_to_free(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	rom = get_rom(test, 8192);
	vt_expect_free_refused(test, VideoPortFreePool, rom, "wrong-pairing");
	vt_expect_free_refused(test, vt_unmap_87, rom, "wrong-pairing");
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

struct rom_job {
	void *ext;
	void *rom;
};

static void atomic_rom(void *data)
{
	struct rom_job *job = data;

	job->rom = VideoPortGetRomImage(job->ext, NULL, 0, 512);
}

/* MAP-57: refused in atomic context */
static void map_57_rom_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct rom_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	context->run(atomic_rom, &job);
	KUNIT_EXPECT_NULL(test, job.rom);
	vt_expect_failures(test, "Vprt", "Rom", 1, "context");
}

static bool rom_call(struct kunit *test, void *data)
{
	return VideoPortGetRomImage(vt_ext(test), NULL, 0, 8192);
}

static void rom_undo(struct kunit *test, void *data)
{
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

static void rom_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_live(test, "Vprt", "Rom", 0, 0);
}

/* Start again with an adapter that has no slot for the tag of the image. */
static void rom_prepare(struct kunit *test, void *data)
{
	vt_become_vga(test);
	vt_use_all_slots(vt_ext(test));
}

/* MAP-58: NULL whichever allocation fails; the old image is gone */
static void map_58_rom_no_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { rom_call, rom_undo, rom_failed };
	static const struct vt_fault_site first = { rom_call, rom_undo, rom_failed, rom_prepare };

	vt_need_faults(test);
	vt_become_vga(test);
	get_rom(test, 512);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, NULL), 0U);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &first, NULL), 0U);
}

static struct kunit_case rom_cases[] = {
	KUNIT_CASE(map_50_rom_of_no_pci_device),
	KUNIT_CASE(map_51_rom_is_read),
	KUNIT_CASE(map_52_rom_next_call_frees),
	KUNIT_CASE(map_53_rom_rest_is_zero),
	KUNIT_CASE(map_54_rom_too_long),
	KUNIT_CASE(map_55_rom_is_no_leak),
	KUNIT_CASE(map_56_rom_is_not_the_drivers_to_free),
	KUNIT_CASE_PARAM(map_57_rom_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(map_58_rom_no_memory),
	{ }
};

struct kunit_suite vt_rom_suite = {
	.name = "rom",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = rom_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortVerifyAccessRanges: ports and memory that an adapter claims.
 */
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/vgaarb.h>

#include "kunit/lib/bus.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#ifdef CONFIG_PCI

/*
 * BUS-24: To map what was claimed is no foreign-range, also if it is shareable; one byte
 * more is
 */
static void bus_24_claimed_is_not_foreign(struct kunit *test)
{
	const PHYSICAL_ADDRESS ports = { .QuadPart = VT_PORTS };
	VIDEO_ACCESS_RANGE claim = vt_range_of(VT_PORTS, VT_NR_PORTS, VT_PORT);
	void *ext, *base;
	int shareable;

	vt_become_vga(test);
	ext = vt_ext(test);
	for (shareable = 0; shareable < 2; shareable++) {
		claim.RangeShareable = shareable;
		KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(ext, 1, &claim),
				NO_ERROR);
		vt_remember(test);
		base = VideoPortGetDeviceBase(ext, ports, VT_NR_PORTS, VT_PORT);
		VideoPortFreeDeviceBase(ext, base);
		vt_expect_events(test, NULL, NULL, 0);
		base = VideoPortGetDeviceBase(ext, ports, VT_NR_PORTS + 1, VT_PORT);
		VideoPortFreeDeviceBase(ext, base);
		vt_expect_events(test, "foreign-range", NULL, 1);
	}
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(ext, 0, NULL), NO_ERROR);
	vt_remember(test);
	base = VideoPortGetDeviceBase(ext, ports, VT_NR_PORTS, VT_PORT);
	VideoPortFreeDeviceBase(ext, base);
	vt_expect_events(test, "foreign-range", NULL, 1);
}

/*
 * BUS-25: Resources of the device are not requested
 *
 * Two adapters of one device could not both request its memory.
 */
static void bus_25_its_own_is_not_requested(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	VIDEO_ACCESS_RANGE ranges[4];
	void *other = vpmem_attach(&pdev->dev, 0);

	KUNIT_ASSERT_FALSE(test, IS_ERR(other));
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 4, ranges), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 4, ranges),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(other, 4, ranges), NO_ERROR);
	vpmem_detach(other);
}

#else

VT_NEEDS_PCI(bus_24_claimed_is_not_foreign)
VT_NEEDS_PCI(bus_25_its_own_is_not_requested)

#endif

/*
 * Claims
 */

static VP_STATUS claim(void *ext, u64 start, u32 length, u8 flags)
{
	VIDEO_ACCESS_RANGE range = vt_range_of(start, length, flags);

	return VideoPortVerifyAccessRanges(ext, 1, &range);
}

/* Whether Linux would give it to somebody else. */
static bool ports_are_free(u32 start, u32 length)
{
	if (!request_region(start, length, "vpmem-kunit-other"))
		return false;
	release_region(start, length);
	return true;
}

static bool memory_is_free(u64 start, u64 length)
{
	if (!request_mem_region(start, length, "vpmem-kunit-other"))
		return false;
	release_mem_region(start, length);
	return true;
}

/*
 * BUS-16: VerifyAccessRanges requests memory and ports from Linux, and with none gives
 * all back
 */
static void bus_16_claims_are_requested(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		vt_range_of(VT_PORTS, VT_NR_PORTS, VT_PORT),
		vt_range_of(0, 0, 0),
		vt_range_of(VT_MEMORY, SZ_64K, 0),
	};

	KUNIT_ASSERT_TRUE(test, ports_are_free(VT_PORTS, VT_NR_PORTS));
	KUNIT_ASSERT_TRUE(test, memory_is_free(VT_MEMORY, SZ_64K));
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 3, ranges),
			NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS + VT_NR_PORTS - 1, 1));
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS + VT_NR_PORTS, 1));
	KUNIT_EXPECT_FALSE(test, memory_is_free(VT_MEMORY, 1));
	KUNIT_EXPECT_FALSE(test, memory_is_free(VT_MEMORY + SZ_64K - 1, 1));
	KUNIT_EXPECT_TRUE(test, memory_is_free(VT_MEMORY + SZ_64K, 1));
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 0, NULL),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS, VT_NR_PORTS));
	KUNIT_EXPECT_TRUE(test, memory_is_free(VT_MEMORY, SZ_64K));
	vt_expect_events(test, NULL, NULL, 0);
}

/* BUS-17: Claims take the place of those before */
static void bus_17_claims_are_replaced(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), VT_PORTS, VT_NR_PORTS, VT_PORT), NO_ERROR);
	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), VT_PORTS + 0x10, VT_NR_PORTS, VT_PORT), NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS, 0x10));
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS + VT_NR_PORTS, 0x10));
}

/* BUS-18: Detach gives them back */
static void bus_18_detach_gives_back(struct kunit *test)
{
	void *other = vt_attach_another(test);

	KUNIT_EXPECT_EQ(test, claim(other, VT_PORTS, VT_NR_PORTS, VT_PORT), NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS, VT_NR_PORTS));
	vt_detach(test, other);
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS, VT_NR_PORTS));
}

/*
 * BUS-19: A range of another driver cannot be claimed; the call then leaves nothing claimed
 */
static void bus_19_another_driver_has_it(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		vt_range_of(VT_MEMORY, SZ_64K, 0),
		vt_range_of(VT_PORTS, VT_NR_PORTS, VT_PORT),
	};
	void *other = vt_attach_another(test);

	KUNIT_ASSERT_EQ(test, claim(other, VT_PORTS + 8, 1, VT_PORT), NO_ERROR);
	KUNIT_ASSERT_EQ(test, claim(vt_ext(test), VT_PORTS + 64, 1, VT_PORT), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 2, ranges),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "busy");
	KUNIT_EXPECT_TRUE(test, memory_is_free(VT_MEMORY, SZ_64K));
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS + 64, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS + 8, 1));
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 2, ranges),
			NO_ERROR);
}

/* BUS-20: A shareable range is not requested */
static void bus_20_shareable_is_not_requested(struct kunit *test)
{
	VIDEO_ACCESS_RANGE range = vt_range_of(VT_PORTS, VT_NR_PORTS, VT_PORT);

	range.RangeShareable = 1;
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 1, &range),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS, VT_NR_PORTS));
}

/* BUS-21: VGA's ranges are every adapter's */
static void bus_21_vga_is_everybodys(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		vt_range_of(0xa0000, 0x20000, 0), vt_range_of(0x3b0, 0xc, VT_PORT),
		vt_range_of(0x3c0, 0x20, VT_PORT), vt_range_of(0xc0000, 0x8000, 0),
	};

	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 4, ranges),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_attach_another(test), 4,
							  ranges), NO_ERROR);
}

/*
 * BUS-22: If a range is partly VGA's, the parts below and above that are requested
 */
static void bus_22_the_rest_is_requested(struct kunit *test)
{
	void *other = vt_attach_another(test);

	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), 0x3ac, 0x38, VT_PORT), NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3ac, 4));
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3af, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3e0, 4));
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3e3, 1));
	KUNIT_EXPECT_TRUE(test, ports_are_free(0x3e4, 4));
	KUNIT_EXPECT_EQ(test, claim(other, 0x3b0, 0x30, VT_PORT), NO_ERROR);
	KUNIT_EXPECT_EQ(test, claim(other, 0x3b0, 0x31, VT_PORT), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, claim(other, 0x3af, 0x31, VT_PORT), ERROR_INVALID_PARAMETER);
}

/* BUS-23: Ranges of one call may overlap */
static void bus_23_ranges_that_overlap(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		vt_range_of(VT_PORTS + 0x10, 0x10, VT_PORT), vt_range_of(VT_PORTS, VT_NR_PORTS,
									 VT_PORT),
		vt_range_of(VT_PORTS, VT_NR_PORTS, VT_PORT), vt_range_of(VT_PORTS + 0x18, 0x10,
									 VT_PORT),
		vt_range_of(VT_PORTS + 4, 2, VT_PORT),
	};

	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 5, ranges),
			NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS + 0x27, 1));
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS + 0x28, 1));
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 0, ranges),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS, 0x28));
}

static void expect_claim_refused(struct kunit *test, u64 start, u32 length, u8 flags)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), start, length, flags),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-range");
}

/* BUS-26: Ranges beyond the last address and more than 256 are refused */
static void bus_26_what_cannot_be_claimed(struct kunit *test)
{
	VIDEO_ACCESS_RANGE *ranges;

	ranges = kunit_kcalloc(test, 257, sizeof(*ranges), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, ranges);
	expect_claim_refused(test, U64_MAX - 10, 100, 0);
	expect_claim_refused(test, (u64)ioport_resource.end, 2, VT_PORT);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 257, ranges),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 256, ranges),
			NO_ERROR);
}

static bool claim_with_faults(struct kunit *test, void *data)
{
	return claim(vt_ext(test), VT_PORTS, VT_NR_PORTS, VT_PORT) == NO_ERROR;
}

static void claim_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_TRUE(test, ports_are_free(VT_PORTS, VT_NR_PORTS));
}

static void claim_undone(struct kunit *test, void *data)
{
	KUNIT_EXPECT_FALSE(test, ports_are_free(VT_PORTS, VT_NR_PORTS));
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 0, NULL), NO_ERROR);
}

/*
 * BUS-27: Without memory nothing is claimed
 *
 * Only allocations of vpmem fail: Linux may have a spare struct resource.
 */
static void bus_27_no_memory(struct kunit *test)
{
	const struct vt_fault_site site = {
		claim_with_faults, claim_undone, claim_failed
	};

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, NULL), 2U);
}

/* BUS-36: Claims at an address where there is no memory are refused */
static void bus_36_access_ranges_that_are_no_memory(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);

	if (foreign->memory)
		kunit_skip(test, "something may be there");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 2, address),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
}

static int claims_init(struct kunit *test)
{
	vt_need_port_range(test);
	return vt_init(test);
}

static struct kunit_case claims_cases[] = {
	KUNIT_CASE(bus_16_claims_are_requested),
	KUNIT_CASE(bus_17_claims_are_replaced),
	KUNIT_CASE(bus_18_detach_gives_back),
	KUNIT_CASE(bus_19_another_driver_has_it),
	KUNIT_CASE(bus_20_shareable_is_not_requested),
	KUNIT_CASE(bus_21_vga_is_everybodys),
	KUNIT_CASE(bus_22_the_rest_is_requested),
	KUNIT_CASE(bus_23_ranges_that_overlap),
	KUNIT_CASE(bus_24_claimed_is_not_foreign),
	KUNIT_CASE(bus_25_its_own_is_not_requested),
	KUNIT_CASE(bus_26_what_cannot_be_claimed),
	KUNIT_CASE(bus_27_no_memory),
	KUNIT_CASE_PARAM(bus_36_access_ranges_that_are_no_memory, vt_foreign_params),
	{}
};

struct kunit_suite vt_claims_suite = {
	.name = "claims",
	.init = claims_init,
	.exit = vt_exit,
	.test_cases = claims_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * System: version, calls by name, unsupported calls.
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

/*
 * SYS-01: GetVersion says 5.1, build 2600, service pack 3, and writes no more than its
 * structure
 */
static void sys_01_version(struct kunit *test)
{
	VPOSVERSIONINFO version[2] = { { .Size = sizeof(version[0]) } };

	memset(&version[1], 0x77, sizeof(version[1]));
	KUNIT_EXPECT_EQ(test, VideoPortGetVersion(vt_ext(test), version), NO_ERROR);
	KUNIT_EXPECT_EQ(test, version->Size, (u32)sizeof(version[0]));
	KUNIT_EXPECT_EQ(test, version->MajorVersion, 5U);
	KUNIT_EXPECT_EQ(test, version->MinorVersion, 1U);
	KUNIT_EXPECT_EQ(test, version->BuildNumber, 2600U);
	KUNIT_EXPECT_EQ(test, version->ServicePackMajor, 3);
	KUNIT_EXPECT_EQ(test, version->ServicePackMinor, 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(&version[1], 0x77, sizeof(version[1])));
	/* Pass a longer structure, as of a later header. */
	version->Size = sizeof(version);
	KUNIT_EXPECT_EQ(test, VideoPortGetVersion(vt_ext(test), version), NO_ERROR);
	KUNIT_EXPECT_EQ(test, version->Size, (u32)sizeof(version));
	KUNIT_EXPECT_NULL(test, memchr_inv(&version[1], 0x77, sizeof(version[1])));
}

/* SYS-02: A structure that is too short is refused and left alone */
static void sys_02_version_has_no_room(struct kunit *test)
{
	VPOSVERSIONINFO version = { .Size = sizeof(version) - 1, .MajorVersion = 77 };

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetVersion(vt_ext(test), &version),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, version.MajorVersion, 77U);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetVersion(vt_ext(test), NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* SYS-03: IsNoVesa answers what the module parameter says */
static void sys_03_vesa_is_allowed(struct kunit *test)
{
	char text[8] = "";

	if (!vt_file_read("/sys/module/vpmem/parameters/no_vesa", text, sizeof(text)))
		kunit_skip(test, "sysfs is not mounted");
	KUNIT_EXPECT_EQ(test, VideoPortIsNoVesa(), text[0] == 'Y');
}

/*
 * Calls by name
 */

struct export {
	const char *name;
	void *address;
};

#define EXPORT(call) { #call, call }

/* Exported names, which Kbuild extracts from the sources */
static const struct export exports[] = {
#include "exports.h"
};

static void *find(void *ext, const char *name)
{
	return VideoPortGetProcAddress(ext, (PUCHAR)name);
}

/* SYS-04: GetProcAddress finds every call that is exported */
static void sys_04_every_call_is_found(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_GT(test, (int)ARRAY_SIZE(exports), 50);
	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(exports); i++)
		KUNIT_EXPECT_PTR_EQ_MSG(test, find(vt_ext(test), exports[i].name),
					exports[i].address, "%s", exports[i].name);
	vt_expect_events(test, NULL, NULL, 0);
}

/* SYS-05: GetProcAddress finds no other symbols, and logs the name that was passed */
static void sys_05_nothing_else_is_found(struct kunit *test)
{
	static const char * const names[] = {
		"", "VideoPort", "VideoPortNothing", "videoportallocatepool",
		"VideoPortAllocatePoo", "VideoPortAllocatePoolx", "AllocatePool",
		"vpmem_attach", "MmGetPhysicalAddress", "ExAllocatePoolWithTag", "kfree",
		"VideoPortIsAPrefixOfANameThatIsLongerThanWhatIsLookedForInAnyTable",
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		vt_remember(test);
		KUNIT_EXPECT_NULL_MSG(test, find(vt_ext(test), names[i]), "%s", names[i]);
		vt_expect_refused(test, "unsupported");
	}
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, find(vt_ext(test), NULL));
	vt_expect_refused(test, "bad-parameter");
}

/* SYS-06: An extension that is not attached is refused */
static void sys_06_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);
	VPOSVERSIONINFO version = { .Size = sizeof(version) };

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, find(gone, "VideoPortAllocatePool"));
	KUNIT_EXPECT_EQ(test, VideoPortGetVersion(gone, &version),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_FALSE(test, VideoPortScanRom(gone, (PUCHAR)"abc", 3, (PUCHAR)"b"));
	KUNIT_EXPECT_FALSE(test, VideoPortGetAgpServices(gone, NULL));
	vt_expect_events(test, NULL, "no-adapter", 4);
}

/*
 * ROMs
 */

static bool scan(struct kunit *test, const void *rom, u32 length, const char *string)
{
	return VideoPortScanRom(vt_ext(test), (PUCHAR)rom, length, (PUCHAR)string);
}

/* SYS-07: ScanRom finds a string, and looks at no byte beyond the length */
static void sys_07_scan_of_a_rom(struct kunit *test)
{
	char *rom = kunit_kzalloc(test, 64, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, rom);
	memcpy(rom, "IIBM VGA", 8);
	memcpy(rom + 60, "END.", 4);
	KUNIT_EXPECT_TRUE(test, scan(test, rom, 64, "IBM VGA"));
	KUNIT_EXPECT_TRUE(test, scan(test, rom, 64, "END."));
	KUNIT_EXPECT_FALSE(test, scan(test, rom, 63, "END."));
	KUNIT_EXPECT_FALSE(test, scan(test, rom, 64, "END.."));
	KUNIT_EXPECT_FALSE(test, scan(test, rom, 64, "ibm"));
	KUNIT_EXPECT_FALSE(test, scan(test, rom, 3, "IBM VGA"));
	KUNIT_EXPECT_FALSE(test, scan(test, rom, 0, "I"));
	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, scan(test, NULL, 64, "I"));
	KUNIT_EXPECT_FALSE(test, scan(test, rom, 64, NULL));
	vt_expect_events(test, "bad-parameter", NULL, 2);
}

/* SYS-08: ScanRom searches a ROM that is mapped */
static void sys_08_scan_of_the_device(struct kunit *test)
{
	const PHYSICAL_ADDRESS bios = { .QuadPart = 0xc0000 };
	void *base;

	vt_need_pc(test);
	base = VideoPortGetDeviceBase(vt_ext(test), bios, 0x10000, 0);
	KUNIT_ASSERT_NOT_NULL(test, base);
	if (memcmp(base, "\x55\xaa", 2))
		kunit_skip(test, "there is no video BIOS");
	KUNIT_EXPECT_TRUE(test, scan(test, base, 0x10000, "\x55\xaa"));
	KUNIT_EXPECT_FALSE(test, scan(test, base, 0x10000, "There is no such text"));
	VideoPortFreeDeviceBase(vt_ext(test), base);
}

/*
 * Calls that are not supplied
 */

static void expect_unsupported(struct kunit *test, u64 mark, const char *name)
{
	vt_expect_refused(test, "unsupported");
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, name, "(unsupported"), 1U);
}

static VP_STATUS no_data(PVOID ext, PVOID context, VIDEO_DEVICE_DATA_TYPE type,
			 PVOID identifier, ULONG identifier_length, PVOID configuration,
			 ULONG configuration_length, PVOID component,
			 ULONG component_length)
{
	*(bool *)context = true;
	return NO_ERROR;
}

static void no_bugcheck(PVOID ext, ULONG code, PUCHAR buffer, ULONG size)
{
}

/* SYS-09: Unsupported calls fail as documented and do not change their arguments */
static void sys_09_unsupported_calls_fail(struct kunit *test)
{
	u64 agp[16] = { 77 };		/* the functions, and how much memory there is */
	VIDEO_ACCESS_RANGE range = { .RangeLength = 1 };
	void *ext = vt_ext(test), *second = ext;
	bool called = false;
	VP_STATUS status;

	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, VideoPortGetAgpServices(ext, (void *)agp));
	KUNIT_EXPECT_EQ(test, agp[0], 77ULL);
	status = VideoPortCreateSecondaryDisplay(ext, &second, VIDEO_DUALVIEW_REMOVABLE);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_NULL(test, second);
	KUNIT_EXPECT_EQ(test, VideoPortGetDeviceData(ext, VpMonitorData, no_data, &called),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_FALSE(test, called);
	KUNIT_EXPECT_EQ(test, VideoPortSetTrappedEmulatorPorts(ext, 1, &range),
			NO_ERROR);
	status = VideoPortRegisterBugcheckCallback(ext, 0xea, no_bugcheck, 100);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, VideoPortDbgReportCreate(ext, 0xea, 1, 2, 3, 4));
	vt_expect_events(test, "unsupported", NULL, 6);
	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, VideoPortDbgReportSecondaryData(NULL, agp, sizeof(agp)));
	VideoPortDbgReportComplete(NULL);
	KUNIT_EXPECT_NULL(test, VideoPortGetAssociatedDeviceExtension(ext));
	KUNIT_EXPECT_EQ(test, VideoPortGetAssociatedDeviceID(ext), 0U);
	vt_expect_events(test, NULL, "unsupported", 4);
}

/*
 * SYS-10: Unsupported calls log their names
 *
 * The first messages of an event are below its rate limit.
 */
static void sys_10_unsupported_calls_say_their_name(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_remember(test);
	VideoPortGetAgpServices(vt_ext(test), NULL);
	expect_unsupported(test, mark, "VideoPortGetAgpServices");
}

static struct kunit_case system_cases[] = {
	KUNIT_CASE(sys_10_unsupported_calls_say_their_name),
	KUNIT_CASE(sys_01_version),
	KUNIT_CASE(sys_02_version_has_no_room),
	KUNIT_CASE(sys_03_vesa_is_allowed),
	KUNIT_CASE(sys_04_every_call_is_found),
	KUNIT_CASE(sys_05_nothing_else_is_found),
	KUNIT_CASE(sys_06_no_adapter),
	KUNIT_CASE(sys_07_scan_of_a_rom),
	KUNIT_CASE(sys_08_scan_of_the_device),
	KUNIT_CASE(sys_09_unsupported_calls_fail),
	{}
};

struct kunit_suite vt_system_suite = {
	.name = "system",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = system_cases,
};

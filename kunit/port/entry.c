// SPDX-License-Identifier: GPL-2.0-only
/*
 * DriverEntry, and its calls of VideoPortInitialize().
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/fakeport.h"

/*
 * DriverEntry
 */

/*
 * PORT-01: DriverEntry has a context and the path of its key in the registry, which ends
 * in its name, as a UNICODE_STRING that ends with a zero
 */
static void port_01_driver_entry(struct kunit *test)
{
	static const WCHAR root[] = L"\\Registry\\Machine\\";
	static const WCHAR name[] = L"\\" VT_MINIPORT;

	vt_need_miniport(test);
	KUNIT_EXPECT_NOT_NULL(test, vt_mp.context1);
	KUNIT_EXPECT_GT(test, (size_t)vt_mp.path.Length, sizeof(root));
	KUNIT_EXPECT_EQ(test, vt_mp.path.MaximumLength, vt_mp.path.Length + sizeof(WCHAR));
	KUNIT_EXPECT_EQ(test, vt_mp.path.Buffer[vt_mp.path.Length / sizeof(WCHAR)], 0);
	KUNIT_EXPECT_EQ(test, memcmp(vt_mp.path.Buffer, root, sizeof(root) - sizeof(WCHAR)),
			0);
	KUNIT_EXPECT_EQ(test, memcmp((char *)vt_mp.path.Buffer + vt_mp.path.MaximumLength -
				     sizeof(name), name, sizeof(name)), 0);
}

/*
 * PORT-02: A driver by vpmem_miniport_register has HwFindAdapter and HwInitialize called,
 * in this order, and HwResetHw with 80 columns and 25 rows when it ends; it can come back
 */
static void port_02_life(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFI");
	KUNIT_EXPECT_TRUE(test, vt_is_attached(vt_mp.ext));
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFIH");
	KUNIT_EXPECT_EQ(test, vt_mp.columns, 80U);
	KUNIT_EXPECT_EQ(test, vt_mp.rows, 25U);
	vt_expect_nothing_registered(test);
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFIHEFI");
}

/*
 * PORT-03: A miniport without a name or an entry is refused, and so is a second
 * registration; unregistering an unregistered one does nothing
 */
static void port_03_bad_miniport(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vpmem_miniport_register(NULL, NULL), -EINVAL);
	vt_mp.miniport.entry = NULL;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -EINVAL);
	vt_mp.miniport.entry = vt_entry;
	vt_mp.miniport.name = NULL;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -EINVAL);
	vt_mp.miniport.name = VT_MINIPORT;
	vpmem_miniport_unregister(NULL);
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "");
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -EBUSY);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "");
	KUNIT_EXPECT_TRUE(test, vt_is_attached(vt_mp.ext));
}

/* PORT-04: A second legacy driver of the same name fails and leaves the first alone */
static void port_04_name_is_taken(struct kunit *test)
{
	struct vpmem_miniport other = { .name = VT_MINIPORT, .entry = vt_entry };

	vt_need_miniport(test);
	KUNIT_EXPECT_NE(test, vpmem_miniport_register(&other, NULL), 0);
	KUNIT_EXPECT_NULL(test, other.private);
	KUNIT_EXPECT_TRUE(test, vt_is_attached(vt_mp.ext));
}

/* PORT-05: If DriverEntry fails, no driver is registered */
static void port_05_entry_that_fails(struct kunit *test)
{
	vt_mp.entry_status = ERROR_DEV_NOT_EXIST;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -ENODEV);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "E");
	vt_expect_nothing_registered(test);
}

static void entry_does_nothing(PVOID context1, PVOID context2)
{
}

/* PORT-06: If DriverEntry has not called VideoPortInitialize, no driver is registered */
static void port_06_entry_without_initialize(struct kunit *test)
{
	vt_mp.in_entry = entry_does_nothing;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -ENODEV);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "E");
	vt_expect_nothing_registered(test);
}

/*
 * VideoPortInitialize()
 */

static ULONG initialize_status;
static PVIDEO_HW_INITIALIZATION_DATA initialize_data;

static void entry_initializes(PVOID context1, PVOID context2)
{
	initialize_status = VideoPortInitialize(context1, context2, initialize_data,
						&vt_mp.hw);
}

static void expect_initialize_refused(struct kunit *test, const char *event)
{
	initialize_status = NO_ERROR;
	vt_mp.in_entry = entry_initializes;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -ENODEV);
	vt_expect_events(test, NULL, event, 1);
	KUNIT_EXPECT_EQ(test, initialize_status, ERROR_INVALID_PARAMETER);
}

/*
 * PORT-07: VideoPortInitialize refuses NULL, a structure that is too short, and one
 * without HwFindAdapter, HwInitialize or HwStartIO
 */
static void port_07_initialize_bad_data(struct kunit *test)
{
	static const ULONG sizes[] = {
		0, 1, offsetof(VIDEO_HW_INITIALIZATION_DATA, HwResetHw),
		offsetofend(VIDEO_HW_INITIALIZATION_DATA, HwResetHw) - 1,
	};
	const VIDEO_HW_INITIALIZATION_DATA good = vt_mp.hw;
	int i;

	initialize_data = NULL;
	expect_initialize_refused(test, "bad-parameter");
	initialize_data = &vt_mp.hw;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		vt_mp.hw.HwInitDataSize = sizes[i];
		expect_initialize_refused(test, "bad-parameter");
	}
	vt_mp.hw = good;
	vt_mp.hw.HwFindAdapter = NULL;
	expect_initialize_refused(test, "bad-parameter");
	vt_mp.hw = good;
	vt_mp.hw.HwInitialize = NULL;
	expect_initialize_refused(test, "bad-parameter");
	vt_mp.hw = good;
	vt_mp.hw.HwStartIO = NULL;
	expect_initialize_refused(test, "bad-parameter");
}

/* PORT-08: HwResetHw and the others may be NULL */
static void port_08_optional_entry_points(struct kunit *test)
{
	vt_mp.hw.HwResetHw = NULL;
	vt_need_miniport(test);
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "");
}

static PVOID foreign_context;

static void entry_of_another(PVOID context1, PVOID context2)
{
	initialize_status = VideoPortInitialize(foreign_context, context2, &vt_mp.hw, NULL);
}

/* PORT-09: A Context1 that is not DriverEntry's is refused, whatever it points to */
static void port_09_foreign_context1(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	foreign_context = foreign->address(test);
	vt_mp.in_entry = entry_of_another;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -ENODEV);
	vt_expect_events(test, NULL, "bad-pointer", 1);
	KUNIT_EXPECT_EQ(test, initialize_status, ERROR_INVALID_PARAMETER);
}

/* PORT-10: NULL, and the Context1 of a DriverEntry that has returned, are refused */
static void port_10_null_or_old_context1(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortInitialize(NULL, NULL, &vt_mp.hw, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "bad-pointer", 1);
	vt_need_miniport(test);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortInitialize(vt_mp.context1, NULL, &vt_mp.hw, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "bad-pointer", 1);
}

static const struct vt_context *entry_context;

static void initialize_work(void *data)
{
	entry_initializes(data, NULL);
}

static void entry_in_context(PVOID context1, PVOID context2)
{
	entry_context->run(initialize_work, context1);
}

/* PORT-11: VideoPortInitialize is refused in atomic context */
static void port_11_initialize_may_sleep(struct kunit *test)
{
	entry_context = test->param_value;
	vt_skip_if_hidden(test, entry_context);
	initialize_data = &vt_mp.hw;
	vt_mp.in_entry = entry_in_context;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -ENODEV);
	vt_expect_events(test, NULL, "bad-context", 1);
	KUNIT_EXPECT_EQ(test, initialize_status, ERROR_INVALID_PARAMETER);
}

/*
 * PORT-12: Members that older and shorter forms of the structure lack are not read, and
 * are taken for NULL
 *
 * KASAN would report a read beyond the end of a short form.
 */
static void port_12_older_structures(struct kunit *test)
{
	static const ULONG sizes[] = {
		SIZE_OF_NT4_VIDEO_HW_INITIALIZATION_DATA,
		offsetof(VIDEO_HW_INITIALIZATION_DATA, HwGetVideoChildDescriptor),
		offsetof(VIDEO_HW_INITIALIZATION_DATA, HwTimer),
	};
	int i;

	vt_mp.in_entry = entry_initializes;
	vt_have_children(ERROR_NO_MORE_DEVICES);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		vt_mp.hw.HwInitDataSize = sizes[i];
		initialize_data = kmemdup(&vt_mp.hw, sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, initialize_data);
		vt_need_miniport(test);
		kfree(initialize_data);
		KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_mp.ext, NULL),
				ERROR_INVALID_FUNCTION);
		vt_miniport_unregister();
		KUNIT_EXPECT_STREQ(test, vt_mp.order, "H");
	}
}

/* PORT-13: Members beyond the known part of a longer structure are ignored */
static void port_13_longer_structure(struct kunit *test)
{
	vt_mp.hw.HwInitDataSize = sizeof(vt_mp.hw) + 64;
	initialize_data = kzalloc(sizeof(vt_mp.hw) + 64, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, initialize_data);
	*initialize_data = vt_mp.hw;
	vt_mp.in_entry = entry_initializes;
	vt_need_miniport(test);
	kfree(initialize_data);
}

static const struct vt_buses buses[] = {
	{ "ISA, EISA, PCI", { Isa, Eisa, PCIBus }, 0 },
	{ "PCI, EISA, ISA", { PCIBus, Eisa, Isa }, 2 },
	{ "PCI, ISA, ISA", { PCIBus, Isa, Isa }, 1 },
	{ "EISA, PCI, MCA", { Eisa, PCIBus, MicroChannel }, 0 },
};

static void buses_name(const struct vt_buses *param, char *desc)
{
	strscpy(desc, param->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(buses, buses, buses_name);

/*
 * PORT-14: With several registrations, those for ISA are tried by a legacy driver,
 * the first one first, or else all
 */
static void port_14_several_buses(struct kunit *test)
{
	const struct vt_buses *buses = test->param_value;

	vt_mp.buses = buses;
	vt_mp.in_entry = vt_entry_for_buses;
	vt_need_miniport(test);
	KUNIT_EXPECT_PTR_EQ(test, vt_mp.hw_context, (PVOID)&buses->type[buses->wins]);
}

static unsigned int finds;

static void find_second(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	vt_mp.find_status = finds++ ? NO_ERROR : ERROR_DEV_NOT_EXIST;
}

static void entry_for_chips(PVOID context1, PVOID context2)
{
	static char chips[2];
	int i;

	for (i = 0; i < ARRAY_SIZE(chips); i++)
		VideoPortInitialize(context1, context2, &vt_mp.hw, &chips[i]);
}

/*
 * PORT-56: With several registrations for this bus, each is tried until one finds its adapter
 *
 * A miniport for two chips makes one call for each of them.
 */
static void port_56_each_call_is_tried(struct kunit *test)
{
	finds = 0;
	vt_mp.in_entry = entry_for_chips;
	vt_mp.in_find = find_second;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, finds, 2U);
}

static struct kunit_case entry_cases[] = {
	KUNIT_CASE(port_01_driver_entry),
	KUNIT_CASE(port_02_life),
	KUNIT_CASE(port_03_bad_miniport),
	KUNIT_CASE(port_04_name_is_taken),
	KUNIT_CASE(port_05_entry_that_fails),
	KUNIT_CASE(port_06_entry_without_initialize),
	KUNIT_CASE(port_07_initialize_bad_data),
	KUNIT_CASE(port_08_optional_entry_points),
	KUNIT_CASE_PARAM(port_09_foreign_context1, vt_foreign_params),
	KUNIT_CASE(port_10_null_or_old_context1),
	KUNIT_CASE_PARAM(port_11_initialize_may_sleep, vt_atomic_params),
	KUNIT_CASE(port_12_older_structures),
	KUNIT_CASE(port_13_longer_structure),
	KUNIT_CASE_PARAM(port_14_several_buses, buses_gen_params),
	KUNIT_CASE(port_56_each_call_is_tried),
	{ }
};

struct kunit_suite vt_entry_suite = {
	.name = "entry",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = entry_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fixture of the suites, and expectations of refused calls.
 */
#include <linux/cache.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/ioport.h>
#include <linux/kthread.h>
#include <linux/pci.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/platform_device.h>
#include <linux/sched/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "kunit/lib/helpers.h"

#define ROOM SZ_64K

int vt_init(struct kunit *test)
{
	struct vt_fixture *fx = kunit_kzalloc(test, sizeof(*fx), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, fx);
	test->priv = fx;
	fx->room = ROOM;
	fx->text = vmalloc(fx->room);
	KUNIT_ASSERT_NOT_NULL(test, fx->text);
	fx->pdev = platform_device_register_simple("vpmem-kunit", PLATFORM_DEVID_NONE,
						   NULL, 0);
	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(fx->pdev), 0);
	fx->dev = &fx->pdev->dev;
	fx->ext = vpmem_attach(fx->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	return 0;
}

static void expect_nothing_left(struct kunit *test, void *ext)
{
	const char *line = vt_next_line(vt_view(test, ext, "tags"));
	struct vt_row row;

	for (; *line; line = vt_next_line(line)) {
		KUNIT_EXPECT_TRUE(test, vt_parse_row(line, &row));
		KUNIT_EXPECT_EQ_MSG(test, row.diff, 0ULL, "tag %s", row.tag);
		KUNIT_EXPECT_EQ_MSG(test, row.bytes, 0ULL, "tag %s", row.tag);
		KUNIT_EXPECT_EQ_MSG(test, row.charged, 0ULL, "tag %s", row.tag);
	}
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, ext, NULL), 0U);
}

static void end_adapter(struct kunit *test, void *ext)
{
	struct vt_fixture *fx = test->priv;

	if (IS_ERR_OR_NULL(ext))
		return;
	if (!fx->leaves_blocks)
		expect_nothing_left(test, ext);
	vpmem_detach(ext);
}

void vt_exit(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	int i;

	vt_no_fault();
	if (!fx)
		return;
	for (i = 0; i < VT_EXTRA; i++)
		end_adapter(test, fx->extra[i]);
	end_adapter(test, fx->ext);
	vpmem_view_write(NULL, "verify", "N");
	platform_device_unregister(IS_ERR(fx->pdev) ? NULL : fx->pdev);
	vfree(fx->text);
	kfree(fx->tags);
}

/* Whose window of VGA and whose ports are there, whether something answers or not. */
void vt_need_pc(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_X86) || IS_ENABLED(CONFIG_UML))
		kunit_skip(test, "this machine is no PC");
}

/* Tell whether this kernel can follow the calls on its stack. */
bool vt_has_stacks(void)
{
	unsigned long entries[4];

	return stack_trace_save(entries, ARRAY_SIZE(entries), 0);
}

/* Skip where Linux has no ports to claim, as on s390. */
void vt_need_port_range(struct kunit *test)
{
	if (ioport_resource.end < 0xffff)
		kunit_skip(test, "this machine has no ports");
}

void vt_need_stacks(struct kunit *test)
{
	if (!vt_has_stacks())
		kunit_skip(test, "this kernel does not know its stack");
}

/* The adapter of the test becomes that of QEMU's VGA. */
struct pci_dev *vt_become_vga(struct kunit *test)
{
	struct pci_dev *pdev = pci_get_device(0x1234, 0x1111, NULL);
	struct vt_fixture *fx = test->priv;

	if (!pdev)
		kunit_skip(test, "there is no standard VGA of QEMU's");
	vpmem_detach(fx->ext);
	fx->ext = vpmem_attach(&pdev->dev, 64);
	/* Put the device: an adapter has a reference to it. */
	pci_dev_put(pdev);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	return pdev;
}

/* Replace the adapter of the test by a new one of the same device. */
void vt_attach_again(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;

	vpmem_detach(fx->ext);
	fx->ext = vpmem_attach(fx->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
}

static int place_of(struct kunit *test, void *ext)
{
	struct vt_fixture *fx = test->priv;
	int i;

	for (i = 0; i < VT_EXTRA && fx->extra[i] != ext; i++)
		;
	KUNIT_ASSERT_LT(test, i, VT_EXTRA);
	return i;
}

/* Attach another adapter to the same device, until the end of the test. */
void *vt_attach_another(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	int i = place_of(test, NULL);

	fx->extra[i] = vpmem_attach(fx->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->extra[i]));
	return fx->extra[i];
}

/* Detaches an adapter of vt_attach_another(), whatever it has. */
void vt_detach(struct kunit *test, void *ext)
{
	struct vt_fixture *fx = test->priv;

	fx->extra[place_of(test, ext)] = NULL;
	vpmem_detach(ext);
}

/* Return the extension of a detached adapter. */
void *vt_detached_extension(struct kunit *test)
{
	void *ext = vt_attach_another(test);

	vt_detach(test, ext);
	return ext;
}

void vt_verify(struct kunit *test, bool on)
{
	KUNIT_ASSERT_EQ(test, vpmem_view_write(NULL, "verify", on ? "Y" : "N"), 0);
}

void *vt_alloc(struct kunit *test, VP_POOL_TYPE type, size_t size)
{
	void *block = VideoPortAllocatePool(vt_ext(test), type, size, VT_TAG);

	KUNIT_ASSERT_NOT_NULL_MSG(test, block, "%zu bytes of type %u", size, type);
	return block;
}

/*
 * The address space of the first process, since tests run in threads of the kernel
 */

struct mm_struct *vt_borrow_mm(struct kunit *test)
{
	struct task_struct *task = get_pid_task(find_vpid(1), PIDTYPE_PID);
	struct mm_struct *mm = NULL;

	if (task) {
		mm = get_task_mm(task);
		put_task_struct(task);
	}
	if (!mm || current->mm)
		kunit_skip(test, "there is no address space to borrow");
	kthread_use_mm(mm);
	return mm;
}

void vt_return_mm(struct mm_struct *mm)
{
	kthread_unuse_mm(mm);
	mmput(mm);
}

/*
 * Refused calls
 */

void vt_remember(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;

	vt_read_events(test, fx->ext, &fx->own);
	vt_read_events(test, NULL, &fx->stray);
	strscpy(fx->quota, vt_view(test, fx->ext, "quota"), sizeof(fx->quota));
	kfree(fx->tags);
	fx->tags = kstrdup(vt_view(test, fx->ext, "tags"), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, fx->tags);
	fx->regions_sum = 0;
	fx->regions = vt_count_regions(test, fx->ext, &fx->regions_sum);
}

void vt_expect_untouched(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	unsigned long sum = 0;

	KUNIT_EXPECT_STREQ(test, vt_view(test, fx->ext, "quota"), fx->quota);
	KUNIT_EXPECT_STREQ(test, vt_view(test, fx->ext, "tags"), fx->tags);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, fx->ext, &sum), fx->regions);
	KUNIT_EXPECT_EQ(test, sum, fx->regions_sum);
}

static void expect_grown(struct kunit *test, const struct vt_events *before,
			 void *ext, const char *name, unsigned int times)
{
	struct vt_fixture *fx = test->priv;
	const struct vt_events *now = &fx->now;
	unsigned int i, seen = 0;
	bool named;

	vt_read_events(test, ext, &fx->now);
	KUNIT_ASSERT_EQ(test, now->nr, before->nr);
	for (i = 0; i < now->nr; i++) {
		named = name && !strcmp(now->name[i], name);
		seen += named;
		KUNIT_EXPECT_EQ_MSG(test, now->count[i] - before->count[i],
				    named ? (unsigned long)times : 0UL,
				    "event %s of %s", now->name[i],
				    ext ? "the adapter" : "nobody");
	}
	KUNIT_EXPECT_EQ(test, seen, name ? 1U : 0U);
}

/* Expect the named event of the adapter, the other one of no adapter, and no others. */
void vt_expect_events(struct kunit *test, const char *own, const char *stray,
		      unsigned int times)
{
	struct vt_fixture *fx = test->priv;

	expect_grown(test, &fx->own, fx->ext, own, times);
	expect_grown(test, &fx->stray, NULL, stray, times);
}

void vt_expect_refused(struct kunit *test, const char *event)
{
	vt_expect_untouched(test);
	vt_expect_events(test, event, NULL, 1);
}

void vt_expect_free_refused(struct kunit *test, vt_free_call *call, void *block,
			    const char *event)
{
	vt_remember(test);
	call(vt_ext(test), block);
	vt_expect_refused(test, event);
}

/*
 * Parameters
 */

const size_t vt_sizes[] = {
	0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 80, 81, 95, 96,
	97, 112, 113, 127, 128, 129, 144, 160, 176, 177, 191, 192, 193, 240, 241, 256,
	496, 512, PAGE_SIZE / 4 - 16, PAGE_SIZE / 4, PAGE_SIZE / 2 - 16,
	PAGE_SIZE / 2 - 15, PAGE_SIZE / 2, PAGE_SIZE - 128, PAGE_SIZE - 127,
	PAGE_SIZE - 64, PAGE_SIZE - 63, PAGE_SIZE - 48, VT_SMALL_MAX - 1, VT_SMALL_MAX,
	VT_SMALL_MAX + 1, PAGE_SIZE - 16, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1,
	2 * PAGE_SIZE, 2 * PAGE_SIZE + 1, 4 * PAGE_SIZE, 5 * PAGE_SIZE, SZ_128K, SZ_1M,
};

const unsigned int vt_nr_sizes = ARRAY_SIZE(vt_sizes);

static const struct vt_type types[] = {
	{ VpNonPagedPool, "VpNonPagedPool", "Nonp" },
	{ VpPagedPool, "VpPagedPool", "Paged", .paged = true },
	{ VpNonPagedPoolCacheAligned, "VpNonPagedPoolCacheAligned", "Nonp",
	  .aligned = true },
	{ VpPagedPoolCacheAligned, "VpPagedPoolCacheAligned", "Paged", .paged = true,
	  .aligned = true },
};

VT_GENERATOR(vt_type_params)
{
	const struct vt_type *next = prev ? (const struct vt_type *)prev + 1 : types;

	if (next == types + ARRAY_SIZE(types))
		return NULL;
	strscpy(desc, next->name, KUNIT_PARAM_DESC_SIZE);
	return next;
}

static char module_data[64] __aligned(64);
static DEFINE_PER_CPU(u64, percpu_data);

/*
 * A place where a block has been before may be called a double free, and that could
 * be any place where a block can start. Handles can start at each multiple of 4.
 */
static void *never_a_block(void *address)
{
	return PTR_ALIGN(address, VT_GRANULE) + VT_GRANULE / 2 + 2;
}

static void *on_stack(struct kunit *test)
{
	return never_a_block(__builtin_frame_address(0));
}

static void *of_module_data(struct kunit *test)
{
	return never_a_block(module_data + 32);
}

static void *of_module_text(struct kunit *test)
{
	return vt_init;
}

static void *small_value(struct kunit *test)
{
	return (void *)8;
}

static void *first_page(struct kunit *test)
{
	return (void *)PAGE_SIZE;
}

static void *of_user_space(struct kunit *test)
{
	return (void *)0x00401000;
}

static void *non_canonical(struct kunit *test)
{
	return (void *)(1UL << (BITS_PER_LONG - 2));
}

static void *highest(struct kunit *test)
{
	return (void *)(ULONG_MAX - 15);
}

/* User-mode Linux has its vmalloc area at most 8 MiB behind its memory, and mostly less. */
static void *unmapped(struct kunit *test)
{
	if (IS_ENABLED(CONFIG_UML))
		return never_a_block((void *)(VMALLOC_START - PAGE_SIZE));
	return never_a_block(high_memory + 64 * PAGE_SIZE);
}

static void *end_of_memory(struct kunit *test)
{
	return never_a_block(high_memory);
}

static void *start_of_memory(struct kunit *test)
{
	return never_a_block((void *)PAGE_OFFSET);
}

static void *error_pointer(struct kunit *test)
{
	return ERR_PTR(-ENOMEM);
}

/* The text of the views is vmalloc memory. */
static void *of_vmalloc(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;

	return never_a_block(fx->text + PAGE_SIZE);
}

static void *of_kmalloc(struct kunit *test)
{
	return never_a_block(kunit_kzalloc(test, 256, GFP_KERNEL));
}

static void *within_kmalloc(struct kunit *test)
{
	return never_a_block(kunit_kzalloc(test, 256, GFP_KERNEL) + 64);
}

static void *unaligned(struct kunit *test)
{
	return kunit_kzalloc(test, 256, GFP_KERNEL) + 61;
}

static void *of_percpu(struct kunit *test)
{
	return never_a_block(raw_cpu_ptr(&percpu_data));
}

static void *own_extension(struct kunit *test)
{
	return vt_ext(test);
}

static const struct vt_foreign foreign[] = {
	{ "stack", on_stack, true },
	{ "module data", of_module_data, true },
	{ "module text", of_module_text, true },
	{ "small value", small_value },
	{ "first page", first_page },
	{ "user space", of_user_space, IS_ENABLED(CONFIG_S390) },
	{ "non-canonical", non_canonical },
	{ "highest", highest },
	{ "unmapped", unmapped },
	{ "end of memory", end_of_memory },
	{ "start of memory", start_of_memory, true },
	{ "error pointer", error_pointer },
	{ "vmalloc", of_vmalloc, true },
	{ "kmalloc", of_kmalloc, true },
	{ "within kmalloc", within_kmalloc, true },
	{ "unaligned", unaligned, true },
	{ "per-CPU", of_percpu, true },
	{ "the extension", own_extension, true },
};

VT_GENERATOR(vt_foreign_params)
{
	const struct vt_foreign *next = prev ? (const struct vt_foreign *)prev + 1 :
					       foreign;

	if (next == foreign + ARRAY_SIZE(foreign))
		return NULL;
	strscpy(desc, next->name, KUNIT_PARAM_DESC_SIZE);
	return next;
}

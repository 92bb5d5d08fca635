// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory, mapped for a process: the first one lends its address space.
 */
#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mman.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/uaccess.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/map.h"
#include "kunit/lib/no_memory.h"

struct area {
	void *ext;
	u64 start;
	u32 length;
	u32 flags;
	/* Mapping of the process */
	unsigned long bytes;
	unsigned long offset;
	unsigned long sharing;
	unsigned long err;		/* -errno, or the address */
};

static int area_mmap(struct file *file, struct vm_area_struct *vma)
{
	const struct area *area = file->private_data;

	return vpmem_mmap(area->ext, vma, vt_physical(area->start), area->length,
			  area->flags);
}

static const struct file_operations area_fops = {
	.mmap = area_mmap,
};

/* The address, or -errno. Without an assertion: the address space is borrowed. */
static unsigned long area_map(struct area *area)
{
	struct file *file;
	unsigned long address;

	file = anon_inode_getfile("vpmem-kunit", &area_fops, area, O_RDWR);
	if (IS_ERR(file))
		return PTR_ERR(file);
	address = vm_mmap(file, 0, area->bytes, PROT_READ | PROT_WRITE, area->sharing,
			  area->offset);
	fput(file);
	return address;
}

/* Maps it, and no longer; what came of that. */
static long area_try(struct kunit *test, struct area *area)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long address = area_map(area);

	if (!IS_ERR_VALUE(address))
		vm_munmap(address, area->bytes);
	vt_return_mm(mm);
	return IS_ERR_VALUE(address) ? (long)address : 0;
}

static bool area_mapped(struct kunit *test, void *data)
{
	struct area *area = data;

	area->err = area_map(area);
	if (IS_ERR_VALUE(area->err))
		return false;
	vm_munmap(area->err, area->bytes);
	return true;
}

static void area_not_mapped(struct kunit *test, void *data, unsigned int failures)
{
	struct area *area = data;

	KUNIT_EXPECT_EQ(test, (long)area->err, (long)-ENOMEM);
}

static void expect_area_refused(struct kunit *test, struct area *area, int err,
				const char *event)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, area_try(test, area), (long)err);
	vt_expect_untouched(test);
	vt_expect_events(test, event, NULL, event ? 1 : 0);
}

static struct area frame_buffer(struct kunit *test, struct pci_dev *pdev)
{
	return (struct area){
		.ext = vt_ext(test),
		.start = pci_resource_start(pdev, 0),
		.length = 100 * PAGE_SIZE - 100,
		.flags = VT_P6CACHE,
		.bytes = 2 * PAGE_SIZE,
		.offset = 3 * PAGE_SIZE,
		.sharing = MAP_SHARED,
	};
}

/* Without memory for the page tables, nothing is mapped. */
static void mmap_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { area_mapped, NULL, area_not_mapped };
	struct area area;
	struct mm_struct *mm;

	vt_need_call_faults(test);
	area = frame_buffer(test, vt_become_vga(test));
	mm = vt_borrow_mm(test);
	vt_each_call_fault(test, &site, &area, false);
	vt_return_mm(mm);
}

/* MAP-40: vpmem_mmap maps into the process that asks */
static void map_40_mmap(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	struct area area = frame_buffer(test, pdev);
	u8 *base = vt_get_base(test, area.start, SZ_1M, VT_P6CACHE);
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long address;
	int err = -EFAULT;
	u32 seen = 0;

	writel(0xcafe1234, (void __iomem __force *)(base + area.offset + PAGE_SIZE));
	address = area_map(&area);
	if (!IS_ERR_VALUE(address)) {
		err = get_user(seen, (u32 __user *)(address + PAGE_SIZE)) ?:
		      put_user(0x77665544, (u32 __user *)address);
		vm_munmap(address, area.bytes);
	}
	vt_return_mm(mm);
	KUNIT_EXPECT_FALSE_MSG(test, IS_ERR_VALUE(address), "error %ld", (long)address);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_EQ(test, seen, 0xcafe1234U);
	KUNIT_EXPECT_EQ(test, readl((void __iomem __force *)(base + area.offset)),
			0x77665544U);
	vt_free_base(test, base);
}

/*
 * MAP-41: Up to the end of the range's last page, and no further
 *
 * The area may extend to the end of the last page of the range.
 */
static void map_41_mmap_within_the_range(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));

	area.bytes = 97 * PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, area_try(test, &area), 0L);
	area.bytes += PAGE_SIZE;
	expect_area_refused(test, &area, -EINVAL, NULL);
	area.bytes = PAGE_SIZE;
	area.offset = 100 * PAGE_SIZE;
	expect_area_refused(test, &area, -EINVAL, NULL);
	area.offset = PAGE_MASK;
	expect_area_refused(test, &area, -EINVAL, NULL);
}

/* MAP-42: A private area is refused */
static void map_42_mmap_shared_only(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));

	area.sharing = MAP_PRIVATE;
	expect_area_refused(test, &area, -EINVAL, NULL);
}

/*
 * MAP-43: Zero length, part of a page, overflow, memory of the system and ports are
 * refused
 */
static void map_43_mmap_of_what_cannot_be(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));
	struct area odd = area;

	odd.length = 0;
	expect_area_refused(test, &odd, -EINVAL, "zero-length");
	odd = area;
	odd.start += 16;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
	odd.start = -(u64)PAGE_SIZE;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
	odd.start = virt_to_phys(test->priv) & PAGE_MASK;
	odd.length = PAGE_SIZE;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
	odd = area;
	odd.flags = VIDEO_MEMORY_SPACE_IO;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
}

/* MAP-44: vpmem_mmap is refused where memory is mapped with P6CACHE and without */
static void map_44_mmap_agrees_on_p6cache(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));
	void *base = vt_get_base(test, area.start + 99 * PAGE_SIZE, 4, 0);
	void *other = vt_get_base(test, area.start + 98 * PAGE_SIZE, 4, VT_P6CACHE);

	expect_area_refused(test, &area, -EINVAL, "mismatch");
	vt_free_base(test, other);
	vt_free_base(test, base);
}

/*
 * MAP-45: A range that is not the device's only if the driver has mapped it
 *
 * The driver has shown by its own mapping that the range belongs to it.
 */
static void map_45_mmap_of_a_foreign_range(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	struct area area = frame_buffer(test, pdev);
	void *base;

	area.start = pci_resource_end(pdev, 0) + 1 - PAGE_SIZE;
	area.length = PAGE_SIZE + 1;
	area.offset = 0;
	expect_area_refused(test, &area, -EPERM, "foreign-range");
	base = vt_get_base(test, area.start, area.length, VT_P6CACHE);
	KUNIT_EXPECT_EQ(test, area_try(test, &area), 0L);
	vt_free_base(test, base);
}

/* MAP-46: vpmem_mmap without an adapter gives -ENODEV */
static void map_46_mmap_without_adapter(struct kunit *test)
{
	struct vm_area_struct *vma = kunit_kzalloc(test, sizeof(*vma), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, vma);
	KUNIT_EXPECT_EQ(test, vpmem_mmap(vt_detached_extension(test), vma,
					 vt_physical(VT_WINDOW), VT_WINDOW_SIZE, 0),
			-ENODEV);
}

/*
 * MAP-47: vpmem_mmap gives -errno whichever allocation fails
 * Untested: x86 6.1 warns in its own error path of remap_pfn_range
 */

static struct kunit_case mmap_cases[] = {
	KUNIT_CASE(mmap_without_memory),
	KUNIT_CASE(map_40_mmap),
	KUNIT_CASE(map_41_mmap_within_the_range),
	KUNIT_CASE(map_42_mmap_shared_only),
	KUNIT_CASE(map_43_mmap_of_what_cannot_be),
	KUNIT_CASE(map_44_mmap_agrees_on_p6cache),
	KUNIT_CASE(map_45_mmap_of_a_foreign_range),
	KUNIT_CASE(map_46_mmap_without_adapter),
	{ }
};

struct kunit_suite vt_mmap_suite = {
	.name = "mmap",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = mmap_cases,
};

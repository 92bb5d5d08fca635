// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real-mode memory: the first megabyte as the video BIOS sees it, as in virtual-8086
 * mode. All adapters share it, and each has a block in it.
 *
 * On a PC with a BIOS, video memory and the ROMs are those of the machine. Everything
 * below is private memory with a copy of the data of the BIOS: a driver that passes the
 * BIOS a wrong pointer must not damage data that the firmware and the next kernel depend
 * on. biosdata.c guards the most important part of the copy.
 * Without a BIOS all of it is private memory.
 */
#include <linux/bitmap.h>
#include <linux/efi.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

#include "core/compat.h"
#include "int10/biosdata.h"
#include "int10/realmode.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

#define BLOCKS_START	0x20000
#define BLOCKS_MOST	((FIRMWARE_START - BLOCKS_START) / VPMEM_INT10_BLOCK)

/* Usual start of the extended BIOS data area of PCs */
#define FIRMWARE_START	0x9f000

#define VECTOR_INT10	(0x10 * 4)
#define EXTENDED_DATA	0x40e		/* its segment */
#define BASE_MEMORY	0x413		/* in KiB */
#define VIDEO_START	0xa0000
#define VIDEO_SIZE	0x20000
#define ROM_START	0xc0000
#define ROM_SIGNATURE	0xaa55

/* Memory behind a segment of the address space */
enum backing {
	OURS,
	VIDEO,
	ROM,
};

struct segment {
	u32 end;
	enum backing backing;
};

static const struct segment pc[] = {
	{ VIDEO_START, OURS },
	{ VIDEO_START + VIDEO_SIZE, VIDEO },
	{ VPMEM_INT10_SPACE, ROM },
};

static const struct segment bare[] = {
	{ VPMEM_INT10_SPACE, OURS },
};

static const struct segment *space;	/* NULL until vpmem_realmode_init() */
static DEFINE_MUTEX(space_lock);
static void *memory;
static void __iomem *video;
static u32 data_start;			/* end of the blocks; extended BIOS data follow on a PC */
static unsigned long nr_blocks;
static DECLARE_BITMAP(blocks, BLOCKS_MOST);

/* Return an address in the first megabyte of a PC, all of which is in the direct map. */
static void *firmware(u32 linear)
{
	return phys_to_virt(linear);
}

static u32 firmware_word(u32 linear)
{
	const u8 *bytes = firmware(linear);

	return bytes[0] | bytes[1] << 8;
}

/* Tell whether the vector of INT 10h points into a ROM. */
bool vpmem_realmode_has_bios(void)
{
	u32 entry;

	if (!IS_ENABLED(CONFIG_X86) || efi_enabled(EFI_BOOT))
		return false;
	entry = firmware_word(VECTOR_INT10) + firmware_word(VECTOR_INT10 + 2) * 16;
	return entry >= ROM_START && entry < VPMEM_INT10_SPACE &&
	       firmware_word(ROM_START) == ROM_SIGNATURE;
}

static bool is_sane(u32 start)
{
	return start > BLOCKS_START && start < FIRMWARE_START;
}

/* Find the end of conventional memory as Linux does, which reserves all above it. */
static u32 firmware_start(void)
{
	u32 base = firmware_word(BASE_MEMORY) * 1024;
	u32 extended = firmware_word(EXTENDED_DATA) * 16;
	u32 start = is_sane(base) ? base : FIRMWARE_START;

	if (is_sane(extended))
		start = min(start, extended);
	return round_down(start, VPMEM_INT10_BLOCK);
}

/*
 * Copy the memory that Linux reserves for the firmware of every PC: the first page, with
 * the interrupt table and the BIOS data area, and the extended BIOS data area.
 */
static void copy_bios_data(void)
{
	/* Physical address 0 is NULL on s390x, and gcc warns of a copy from there. */
	if (!IS_ENABLED(CONFIG_X86))
		return;
	memcpy(memory, firmware(0), PAGE_SIZE);
	memcpy(memory + data_start, firmware(data_start), VIDEO_START - data_start);
	vpmem_biosdata_init(memory);
}

static int pc_make(void)
{
	data_start = firmware_start();
	video = ioremap(VIDEO_START, VIDEO_SIZE);
	if (!video)
		return -ENOMEM;
	copy_bios_data();
	return 0;
}

static int space_make(void)
{
	bool has_bios = vpmem_realmode_has_bios();

	data_start = FIRMWARE_START;
	memory = vmalloc_user(has_bios ? VIDEO_START : VPMEM_INT10_SPACE);
	if (!memory)
		return -ENOMEM;
	if (has_bios && pc_make()) {
		vfree(memory);
		memory = NULL;
		return -ENOMEM;
	}
	nr_blocks = (data_start - BLOCKS_START) / VPMEM_INT10_BLOCK;
	/* Pairs with the acquire of vpmem_realmode_init(). */
	smp_store_release(&space, has_bios ? pc : bare);
	return 0;
}

/* Build the address space on first use, before any other function. Return 0 or -ENOMEM. */
int vpmem_realmode_init(void)
{
	int err = 0;

	if (smp_load_acquire(&space)) /* pairs with the release of space_make() */
		return 0;
	mutex_lock(&space_lock);
	if (!space)
		err = space_make();
	mutex_unlock(&space_lock);
	return err;
}

/*
 * Copy the data of the BIOS again if the firmware has changed its interrupt table, as it
 * does when a hibernated machine boots. No call of the BIOS may be running.
 */
void vpmem_realmode_wake_up(void)
{
	mutex_lock(&space_lock);
	if (space == pc && vpmem_biosdata_is_outdated(firmware(0)) &&
	    vpmem_realmode_has_bios())
		copy_bios_data();
	mutex_unlock(&space_lock);
}

void vpmem_realmode_exit(void)
{
	if (video)
		iounmap(video);
	vfree(memory);
}

/*
 * Reading and writing
 */

static const struct segment *segment_of(u32 linear)
{
	const struct segment *segment = space;

	while (linear >= segment->end)
		segment++;
	return segment;
}

static void *segment_memory(const struct segment *segment, u32 linear)
{
	return segment->backing == OURS ? memory + linear : firmware(linear);
}

static void segment_read(const struct segment *segment, u32 linear, void *to, u32 bytes)
{
	if (segment->backing == VIDEO)
		memcpy_fromio(to, video + (linear - VIDEO_START), bytes);
	else
		memcpy(to, segment_memory(segment, linear), bytes);
}

static void segment_write(const struct segment *segment, u32 linear, const void *from,
			  u32 bytes)
{
	if (segment->backing == VIDEO)
		memcpy_toio(video + (linear - VIDEO_START), from, bytes);
	else
		memcpy(segment_memory(segment, linear), from, bytes);
}

/* Read memory. The caller has checked that the range is below the megabyte. */
void vpmem_realmode_read(u32 linear, void *to, u32 length)
{
	const struct segment *segment;
	u32 bytes;

	for (; length; linear += bytes, to += bytes, length -= bytes) {
		segment = segment_of(linear);
		bytes = min(length, segment->end - linear);
		segment_read(segment, linear, to, bytes);
	}
}

void vpmem_realmode_write(u32 linear, const void *from, u32 length)
{
	const struct segment *segment;
	u32 bytes;

	for (; length; linear += bytes, from += bytes, length -= bytes) {
		segment = segment_of(linear);
		bytes = min(length, segment->end - linear);
		segment_write(segment, linear, from, bytes);
	}
}

/*
 * Blocks
 */

/* Allocate the lowest free block, zeroed. Return NULL if there is none. */
void *vpmem_realmode_take_block(void)
{
	unsigned long nr;

	do {
		nr = find_first_zero_bit(blocks, nr_blocks);
		if (nr == nr_blocks)
			return NULL;
	} while (test_and_set_bit_lock(nr, blocks));
	return memset(memory + BLOCKS_START + nr * VPMEM_INT10_BLOCK, 0,
		      VPMEM_INT10_BLOCK);
}

u32 vpmem_realmode_linear(const void *block)
{
	return block - memory;
}

/* Free a block, after all writes to it: the next owner zeroes it. */
void vpmem_realmode_put_block(const void *block)
{
	clear_bit_unlock((vpmem_realmode_linear(block) - BLOCKS_START) / VPMEM_INT10_BLOCK,
			 blocks);
}

/*
 * By physical address
 */

/*
 * Tell whether a physical range is conventional memory of a PC, for which the BIOS sees
 * this private memory: the machine's own belongs to Linux.
 */
bool vpmem_realmode_has(u64 start, u64 length)
{
	if (!IS_ENABLED(CONFIG_X86) || IS_ENABLED(CONFIG_UML) || start < PAGE_SIZE ||
	    start >= FIRMWARE_START || length > FIRMWARE_START - start ||
	    vpmem_realmode_init())
		return false;
	return start + length <= data_start;
}

struct page *vpmem_realmode_page(u64 physical)
{
	return vmalloc_to_page(memory + physical);
}

/*
 * Mapping for the helper
 */

static unsigned long space_pfn(u32 linear)
{
	const struct segment *segment = segment_of(linear);

	if (segment->backing == OURS)
		return vmalloc_to_pfn(memory + linear);
	return PHYS_PFN(linear);
}

/* Insert a page. The mapped file pins the module, and that keeps the memory. */
static vm_fault_t space_fault(struct vm_fault *vmf)
{
	u64 linear = (u64)vmf->pgoff << PAGE_SHIFT;

	if (linear >= VPMEM_INT10_SPACE)
		return VM_FAULT_SIGBUS;
	return vmf_insert_pfn(vmf->vma, vmf->address, space_pfn(linear));
}

static const struct vm_operations_struct space_vm_ops = {
	.fault = space_fault,
};

int vpmem_realmode_mmap(struct vm_area_struct *vma)
{
	unsigned long pages = VPMEM_INT10_SPACE >> PAGE_SHIFT;

	if ((vma->vm_flags & (VM_SHARED | VM_EXEC)) != VM_SHARED)
		return -EINVAL;
	if (vma->vm_pgoff > pages || vma_pages(vma) > pages - vma->vm_pgoff)
		return -EINVAL;
	vpmem_vm_flags(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP,
		       VM_MAYEXEC);
	vma->vm_ops = &space_vm_ops;
	return 0;
}

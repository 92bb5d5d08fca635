// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads and writes of the file "framebuffer" with the memory of a process.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/pci.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/fakeport.h"
#include "kunit/lib/file.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/modes.h"
#include "kunit/lib/packet.h"

#define FRAME_BUFFER	"/sys/kernel/debug/vpmem/adapters/" VT_MINIPORT "/framebuffer"

/* More pages than are copied at once, and neither a start nor an end of one */
#define PAGES		40
#define ROOM		(PAGES * PAGE_SIZE)
#define START		5
#define LENGTH		(ROOM - 16)
#define SHIFT		3		/* of the memory of the process */

/*
 * Memory behind the frame buffer
 */

struct frame_memory {
	const char *name;
	void *(*get)(struct kunit *test);
	void (*put)(void *memory);
};

static void *get_pool(struct kunit *test)
{
	return VideoPortAllocatePool(vt_mp.ext, VpPagedPool, ROOM, VT_TAG);
}

static void put_pool(void *memory)
{
	VideoPortFreePool(vt_mp.ext, memory);
}

static void *get_unknown(struct kunit *test)
{
	return vzalloc(ROOM);
}

static void put_unknown(void *memory)
{
	vfree(memory);
}

/* Map the memory of QEMU's standard VGA. */
static void *get_vga(struct kunit *test)
{
	PHYSICAL_ADDRESS start = {};
	struct pci_dev *pdev;

	vt_need_pc(test);
	pdev = pci_get_device(0x1234, 0x1111, NULL);
	if (!pdev)
		kunit_skip(test, "there is no standard VGA of QEMU's");
	start.QuadPart = pci_resource_start(pdev, 0);
	pci_dev_put(pdev);
	return VideoPortGetDeviceBase(vt_mp.ext, start, ROOM, 0);
}

static void put_vga(void *memory)
{
	VideoPortFreeDeviceBase(vt_mp.ext, memory);
}

static const struct frame_memory frame_memories[] = {
	{ "pool", get_pool, put_pool },
	{ "unknown", get_unknown, put_unknown },
	{ "device", get_vga, put_vga },
};

static void describe_frame_memory(const struct frame_memory *memory, char *desc)
{
	strscpy(desc, memory->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(frame_memory, frame_memories, describe_frame_memory);

/*
 * A process, and its memory of twice the size of the frame buffer
 */

struct process {
	struct mm_struct *mm;
	struct file *file;
	unsigned long memory;
};

static void process_begin(struct kunit *test, struct process *process)
{
	process->file = vt_file_open(FRAME_BUFFER, O_RDWR);
	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(process->file), 0);
	process->mm = vt_borrow_mm(test);
	process->memory = vm_mmap(NULL, 0, 2 * ROOM, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, 0);
}

static void process_end(struct process *process)
{
	vm_munmap(process->memory, 2 * ROOM);
	vt_return_mm(process->mm);
	fput(process->file);
}

static ssize_t write_at(const struct process *process, unsigned long from, size_t count,
			loff_t pos)
{
	return process->file->f_op->write(process->file, (const char __user *)from, count,
					  &pos);
}

static ssize_t read_at(const struct process *process, unsigned long to, size_t count,
		       loff_t pos)
{
	return process->file->f_op->read(process->file, (char __user *)to, count, &pos);
}

static u8 nth_byte(size_t i)
{
	return i * 7 + i / PAGE_SIZE;
}

static bool fill(unsigned long memory, size_t count)
{
	u8 *bytes = vmalloc(count);
	unsigned long left = count;
	size_t i;

	for (i = 0; bytes && i < count; i++)
		bytes[i] = nth_byte(i);
	if (bytes)
		left = copy_to_user((void __user *)memory, bytes, count);
	vfree(bytes);
	return !left;
}

static bool is_filled(const u8 *bytes, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (bytes[i] != nth_byte(i))
			return false;
	return true;
}

static bool is_filled_user(unsigned long memory, size_t count)
{
	u8 *bytes = vmalloc(count);
	bool equal = bytes && !copy_from_user(bytes, (void __user *)memory, count) &&
		     is_filled(bytes, count);

	vfree(bytes);
	return equal;
}

static void show_memory(struct kunit *test, const struct frame_memory *memory)
{
	vt_need_miniport(test);
	vt_mp.screen = memory->get(test);
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = ROOM;
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
	if (memory->get == get_vga)
		memset_io((void __iomem __force *)vt_mp.screen, 0xee, ROOM);
	else
		memset(vt_mp.screen, 0xee, ROOM);
}

static void hide_memory(struct kunit *test, const struct frame_memory *memory)
{
	KUNIT_EXPECT_EQ(test, vt_reset_mode(), 0);
	memory->put(vt_mp.screen);
}

/*
 * PORT-66: A write or read of framebuffer transfers all bytes in one call, and nothing
 * beside them
 */
static void port_66_all_in_one_call(struct kunit *test)
{
	const struct frame_memory *memory = test->param_value;
	struct process process;

	show_memory(test, memory);
	process_begin(test, &process);
	KUNIT_EXPECT_TRUE(test, fill(process.memory + SHIFT, LENGTH));
	KUNIT_EXPECT_EQ(test, write_at(&process, process.memory + SHIFT, LENGTH, START),
			(ssize_t)LENGTH);
	KUNIT_EXPECT_TRUE(test, is_filled(vt_mp.screen + START, LENGTH));
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(vt_mp.screen, 0xee, START), NULL);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(vt_mp.screen + START + LENGTH, 0xee,
					     ROOM - START - LENGTH), NULL);
	KUNIT_EXPECT_EQ(test, read_at(&process, process.memory + ROOM + SHIFT, LENGTH, START),
			(ssize_t)LENGTH);
	KUNIT_EXPECT_TRUE(test, is_filled_user(process.memory + ROOM + SHIFT, LENGTH));
	process_end(&process);
	hide_memory(test, memory);
}

/* PORT-67: A write or read of framebuffer ends at the end of the memory of the mode */
static void port_67_end_of_the_frame_buffer(struct kunit *test)
{
	const struct frame_memory *memory = test->param_value;
	const size_t huge = MAX_RW_COUNT;
	struct process process;

	show_memory(test, memory);
	process_begin(test, &process);
	KUNIT_EXPECT_EQ(test, read_at(&process, process.memory, huge, 1), (ssize_t)ROOM - 1);
	KUNIT_EXPECT_EQ(test, read_at(&process, process.memory, huge, ROOM), (ssize_t)0);
	KUNIT_EXPECT_EQ(test, read_at(&process, process.memory, 1, S64_MAX - 1), (ssize_t)0);
	KUNIT_EXPECT_EQ(test, read_at(&process, process.memory, 0, 0), (ssize_t)0);
	KUNIT_EXPECT_EQ(test, write_at(&process, process.memory, huge, 1), (ssize_t)ROOM - 1);
	KUNIT_EXPECT_EQ(test, write_at(&process, process.memory, huge, ROOM),
			(ssize_t)-ENOSPC);
	KUNIT_EXPECT_EQ(test, write_at(&process, process.memory, 0, ROOM), (ssize_t)0);
	process_end(&process);
	hide_memory(test, memory);
}

/* Expect that all was moved, up to the end or less than a word before, where Linux copies words. */
static void expect_moved(struct kunit *test, ssize_t moved, unsigned long end)
{
	KUNIT_EXPECT_LE(test, moved, (ssize_t)end);
	KUNIT_EXPECT_GT(test, moved, (ssize_t)(end - sizeof(long)));
}

/* PORT-68: A fault of the memory of the process ends a transfer before the faulty byte */
static void port_68_fault(struct kunit *test)
{
	const unsigned long before = 20 * PAGE_SIZE;
	struct process process;
	unsigned long hole;
	ssize_t moved;

	show_memory(test, &frame_memories[0]);
	process_begin(test, &process);
	hole = process.memory + before;
	vm_munmap(hole, PAGE_SIZE);
	moved = write_at(&process, process.memory + SHIFT, LENGTH, 0);
	expect_moved(test, moved, before - SHIFT);
	KUNIT_EXPECT_EQ(test, vt_mp.screen[moved - 1], 0);
	KUNIT_EXPECT_EQ(test, vt_mp.screen[moved], 0xee);
	KUNIT_EXPECT_EQ(test, write_at(&process, hole, 8, 0), (ssize_t)-EFAULT);
	expect_moved(test, read_at(&process, process.memory + SHIFT, LENGTH, 0), before - SHIFT);
	KUNIT_EXPECT_EQ(test, read_at(&process, hole, 8, 0), (ssize_t)-EFAULT);
	process_end(&process);
	hide_memory(test, &frame_memories[0]);
}

/* PORT-69: A process can neither read nor write memory of the kernel through framebuffer */
static void port_69_memory_of_the_kernel(struct kunit *test)
{
	u8 *kernel = kunit_kzalloc(test, 64, GFP_KERNEL);
	struct process process;

	KUNIT_ASSERT_NOT_NULL(test, kernel);
	if (IS_ENABLED(CONFIG_UML))
		kunit_skip(test, "addresses of the kernel are not recognized here");
	show_memory(test, &frame_memories[0]);
	process_begin(test, &process);
	KUNIT_EXPECT_EQ(test, write_at(&process, (unsigned long)kernel, 64, 0),
			(ssize_t)-EFAULT);
	KUNIT_EXPECT_EQ(test, read_at(&process, (unsigned long)kernel, 64, 0),
			(ssize_t)-EFAULT);
	KUNIT_EXPECT_EQ(test, vt_mp.screen[0], 0xee);
	KUNIT_EXPECT_EQ(test, kernel[0], 0);
	process_end(&process);
	hide_memory(test, &frame_memories[0]);
}

/* PORT-70: The memory of the process may be its mapping of the frame buffer */
static void port_70_mapped_frame_buffer(struct kunit *test)
{
	struct process process;
	unsigned long mapped;

	show_memory(test, &frame_memories[0]);
	process_begin(test, &process);
	mapped = vm_mmap(process.file, 0, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(mapped));
	KUNIT_EXPECT_TRUE(test, fill(mapped, 3 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, write_at(&process, mapped, 3 * PAGE_SIZE, 20 * PAGE_SIZE),
			(ssize_t)(3 * PAGE_SIZE));
	KUNIT_EXPECT_TRUE(test, is_filled(vt_mp.screen + 20 * PAGE_SIZE, 3 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, read_at(&process, mapped + 30 * PAGE_SIZE, 3 * PAGE_SIZE, 0),
			(ssize_t)(3 * PAGE_SIZE));
	KUNIT_EXPECT_TRUE(test, is_filled(vt_mp.screen + 30 * PAGE_SIZE, 3 * PAGE_SIZE));
	vm_munmap(mapped, ROOM);
	process_end(&process);
	hide_memory(test, &frame_memories[0]);
}

/* PORT-71: A fatal signal ends a transfer, which returns how many bytes it has copied */
static void port_71_fatal_signal(struct kunit *test)
{
	struct process process;
	ssize_t bytes;

	show_memory(test, &frame_memories[0]);
	process_begin(test, &process);
	KUNIT_EXPECT_TRUE(test, fill(process.memory, ROOM));
	allow_signal(SIGKILL);
	send_sig(SIGKILL, current, 1);
	bytes = write_at(&process, process.memory, ROOM, 0);
	flush_signals(current);
	disallow_signal(SIGKILL);
	KUNIT_EXPECT_GT(test, bytes, (ssize_t)0);
	KUNIT_EXPECT_LT(test, bytes, (ssize_t)ROOM);
	KUNIT_EXPECT_EQ(test, vt_mp.screen[bytes], 0xee);
	process_end(&process);
	hide_memory(test, &frame_memories[0]);
}

static struct kunit_case frame_file_cases[] = {
	KUNIT_CASE_PARAM(port_66_all_in_one_call, frame_memory_gen_params),
	KUNIT_CASE_PARAM(port_67_end_of_the_frame_buffer, frame_memory_gen_params),
	KUNIT_CASE(port_68_fault),
	KUNIT_CASE(port_69_memory_of_the_kernel),
	KUNIT_CASE(port_70_mapped_frame_buffer),
	KUNIT_CASE(port_71_fatal_signal),
	{}
};

struct kunit_suite vt_frame_file_suite = {
	.name = "frame_file",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = frame_file_cases,
};

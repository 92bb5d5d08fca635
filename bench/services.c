// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spin locks, copies to and from device memory, and the real-mode address space.
 *
 * The device memory is memory of this module: to the CPU the accesses are the same, and
 * no device of a real machine is written to.
 */
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "bench/bench.h"

static DEFINE_SPINLOCK(linux_lock);
static unsigned long linux_flags;
static PSPIN_LOCK vp_lock;
static UCHAR irql;

static void *linux_acquire(size_t size) __acquires(&linux_lock)
{
	spin_lock_irqsave(&linux_lock, linux_flags);
	return &linux_lock;
}

static void linux_release(void *lock, size_t size) __releases(&linux_lock)
{
	spin_unlock_irqrestore(&linux_lock, linux_flags);
}

static void *vp_acquire(size_t size)
{
	VideoPortAcquireSpinLock(bench_extension, vp_lock, &irql);
	return vp_lock;
}

static void vp_release(void *lock, size_t size)
{
	VideoPortReleaseSpinLock(bench_extension, vp_lock, irql);
}

/*
 * Copies, which have no second call
 */

static u8 *memory;
static u8 *registers;

static void __iomem *io(void)
{
	return (void __iomem *)registers;
}

static void *write_ulong(size_t size)
{
	VideoPortWriteRegisterBufferUlong((PULONG)registers, (PULONG)memory, size / 4);
	return memory;
}

static void *write_uchar(size_t size)
{
	VideoPortWriteRegisterBufferUchar(registers, memory, size);
	return memory;
}

static void *write_ushort(size_t size)
{
	VideoPortWriteRegisterBufferUshort((PUSHORT)registers, (PUSHORT)memory, size / 2);
	return memory;
}

static void *read_uchar(size_t size)
{
	VideoPortReadRegisterBufferUchar(registers, memory, size);
	return memory;
}

static void *read_ushort(size_t size)
{
	VideoPortReadRegisterBufferUshort((PUSHORT)registers, (PUSHORT)memory, size / 2);
	return memory;
}

static void *read_ulong(size_t size)
{
	VideoPortReadRegisterBufferUlong((PULONG)registers, (PULONG)memory, size / 4);
	return memory;
}

static void *zero_device(size_t size)
{
	VideoPortZeroDeviceMemory(registers, size);
	return memory;
}

static void *move(size_t size)
{
	VideoPortMoveMemory(registers, memory, size);
	return memory;
}

static void *linux_toio(size_t size)
{
	memcpy_toio(io(), memory, size);
	return memory;
}

static void *linux_fromio(size_t size)
{
	memcpy_fromio(memory, io(), size);
	return memory;
}

/* Loops of a driver whose device needs accesses of 8 or 16 bits */
static void *linux_writeb(size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		writeb(memory[i], io() + i);
	return memory;
}

static void *linux_writew(size_t size)
{
	const u16 *from = (const u16 *)memory;
	size_t i;

	for (i = 0; i < size / 2; i++)
		writew(from[i], io() + 2 * i);
	return memory;
}

static void *linux_readb(size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		memory[i] = readb(io() + i);
	return memory;
}

static void *linux_readw(size_t size)
{
	u16 *to = (u16 *)memory;
	size_t i;

	for (i = 0; i < size / 2; i++)
		to[i] = readw(io() + 2 * i);
	return memory;
}

static void *linux_set(size_t size)
{
	memset_io(io(), 0, size);
	return memory;
}

static void *linux_move(size_t size)
{
	memmove(registers, memory, size);
	return memory;
}

/*
 * Memory of the video BIOS, of which a driver by itself would have a mapping
 */

static void *linux_copy(size_t size)
{
	memcpy(memory, registers, size);
	return memory;
}

static VIDEO_PORT_INT10_INTERFACE int10 = {
	.Size = sizeof(int10), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1
};

static void *int10_read(size_t size)
{
	return int10.Int10ReadMemory(int10.Context, 0, 0x500, memory, size) == NO_ERROR ?
	       memory : NULL;
}

static const struct bench_call vp_locks = {
	"AcquireSpinLock, Release", vp_acquire, vp_release
};

static const struct bench_call linux_locks = {
	"spin_lock_irqsave, unlock", linux_acquire, linux_release
};

static const struct bench_call vp_write_ulong = {
	"WriteRegisterBufferUlong", write_ulong, bench_no_end
};

static const struct bench_call vp_write_uchar = {
	"WriteRegisterBufferUchar", write_uchar, bench_no_end
};

static const struct bench_call vp_write_ushort = {
	"WriteRegisterBufferUshort", write_ushort, bench_no_end
};

static const struct bench_call vp_read_uchar = {
	"ReadRegisterBufferUchar", read_uchar, bench_no_end
};

static const struct bench_call vp_read_ushort = {
	"ReadRegisterBufferUshort", read_ushort, bench_no_end
};

static const struct bench_call vp_read_ulong = {
	"ReadRegisterBufferUlong", read_ulong, bench_no_end
};

static const struct bench_call vp_zero = { "ZeroDeviceMemory", zero_device, bench_no_end };
static const struct bench_call vp_move = { "MoveMemory", move, bench_no_end };
static const struct bench_call vp_int10 = { "Int10ReadMemory", int10_read, bench_no_end };
static const struct bench_call toio = { "memcpy_toio", linux_toio, bench_no_end };
static const struct bench_call fromio = { "memcpy_fromio", linux_fromio, bench_no_end };
static const struct bench_call writeb_loop = { "loop of writeb", linux_writeb, bench_no_end };
static const struct bench_call writew_loop = { "loop of writew", linux_writew, bench_no_end };
static const struct bench_call readb_loop = { "loop of readb", linux_readb, bench_no_end };
static const struct bench_call readw_loop = { "loop of readw", linux_readw, bench_no_end };
static const struct bench_call set_io = { "memset_io", linux_set, bench_no_end };
static const struct bench_call memmove_call = { "memmove", linux_move, bench_no_end };

static const struct bench_call memcpy_call = { "memcpy", linux_copy, bench_no_end };

static const struct bench_row lock_row = {
	"spin lock", &vp_locks, &linux_locks, BENCH_PAIR(1), 0, 60
};

static const struct bench_row copies[] = {
	{ "WriteRegisterBufferUlong", &vp_write_ulong, &toio, BENCH_SLOW(0), 1100 },
	{ "WriteRegisterBufferUshort", &vp_write_ushort, &toio, BENCH_SLOW(0), 1100 },
	{ "WriteRegisterBufferUchar", &vp_write_uchar, &toio, BENCH_SLOW(0), 1100 },
	{ "WriteRegisterBufferUshort, writew", &vp_write_ushort, &writew_loop,
	  BENCH_SLOW(0), 1100 },
	{ "WriteRegisterBufferUchar, writeb", &vp_write_uchar, &writeb_loop,
	  BENCH_SLOW(0), 1100 },
	{ "ReadRegisterBufferUlong", &vp_read_ulong, &fromio, BENCH_SLOW(0), 1100 },
	{ "ReadRegisterBufferUshort", &vp_read_ushort, &fromio, BENCH_SLOW(0), 1100 },
	{ "ReadRegisterBufferUchar", &vp_read_uchar, &fromio, BENCH_SLOW(0), 1100 },
	{ "ReadRegisterBufferUshort, readw", &vp_read_ushort, &readw_loop,
	  BENCH_SLOW(0), 1100 },
	{ "ReadRegisterBufferUchar, readb", &vp_read_uchar, &readb_loop,
	  BENCH_SLOW(0), 1100 },
	{ "ZeroDeviceMemory", &vp_zero, &set_io, BENCH_SLOW(0) },
	{ "MoveMemory", &vp_move, &memmove_call, BENCH_SLOW(0) },
};

static const size_t copy_sizes[] = { 64, SZ_4K, SZ_64K };

static const struct bench_row int10_row = {
	"Int10ReadMemory", &vp_int10, &memcpy_call, BENCH_SLOW(0)
};

static const size_t int10_sizes[] = { 2, SZ_4K };

static void measure_copies(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(copies); i++)
		bench_rows(&copies[i], copy_sizes, ARRAY_SIZE(copy_sizes));
	if (VideoPortQueryServices(bench_extension, VideoPortServicesInt10,
				   (void *)&int10) != NO_ERROR) {
		bench_failed(int10_row.name);
		return;
	}
	bench_rows(&int10_row, int10_sizes, ARRAY_SIZE(int10_sizes));
	int10.InterfaceDereference(int10.Context);
}

void bench_services(void)
{
	if (VideoPortCreateSpinLock(bench_extension, &vp_lock) == NO_ERROR) {
		bench_row(&lock_row);
		VideoPortDeleteSpinLock(bench_extension, vp_lock);
	} else {
		bench_failed(lock_row.name);
	}
	memory = kvzalloc(SZ_64K, GFP_KERNEL);
	registers = kvzalloc(SZ_64K, GFP_KERNEL);
	if (memory && registers)
		measure_copies();
	else
		bench_failed("copies");
	kvfree(memory);
	kvfree(registers);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports and registers. Ports are those of QEMU's standard VGA and of its PCI bridge;
 * what was written is looked for by the kernel's own means. Registers are the VGA's,
 * and memory, which shows to the byte what was written.
 */
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/pci.h>
#include <linux/string.h>

#include "core/compat.h"
#include "kunit/lib/helpers.h"
#include "include/portnumber.h"
#include "include/vpmem-port.h"

#define SEQUENCER	0x3c4
#define DAC_READ	0x3c7
#define DAC_WRITE	0x3c8
#define DAC_DATA	0x3c9

/* The DISPI registers: an index, and the data behind it */
#define DISPI		0x1ce
#define DISPI_ID	0
#define DISPI_WIDTH	1
#define DISPI_IN_BAR	0x500

#define PCI_ADDRESS	0xcf8
#define PCI_DATA	0xcfc

static void *port(unsigned long number)
{
	return (void *)number;
}

static struct pci_dev *find_vga(struct kunit *test)
{
	struct pci_dev *pdev;

	vt_need_pc(test);
	pdev = pci_get_device(0x1234, 0x1111, NULL);
	if (!pdev)
		kunit_skip(test, "there is no standard VGA of QEMU's");
	/* Put it at once: nothing unplugs the device during the tests. */
	pci_dev_put(pdev);
	return pdev;
}

#ifdef CONFIG_X86

static u8 kernel_inb(u16 number)
{
	return inb(number);
}

static u16 kernel_inw(u16 number)
{
	return inw(number);
}

static u32 kernel_inl(u16 number)
{
	return inl(number);
}

#else

static u8 kernel_inb(u16 number)
{
	return 0;
}

static u16 kernel_inw(u16 number)
{
	return 0;
}

static u32 kernel_inl(u16 number)
{
	return 0;
}

#endif

/*
 * Ports
 */

/* IO-01: Ports of 8 bits are read and written */
static void io_01_ports_of_8_bits(struct kunit *test)
{
	u8 index, mask;

	find_vga(test);
	index = VideoPortReadPortUchar(port(SEQUENCER));
	VideoPortWritePortUchar(port(SEQUENCER), 2);
	KUNIT_EXPECT_EQ(test, kernel_inb(SEQUENCER), 2);
	KUNIT_EXPECT_EQ(test, VideoPortReadPortUchar(port(SEQUENCER)), 2);
	mask = VideoPortReadPortUchar(port(SEQUENCER + 1));
	VideoPortWritePortUchar(port(SEQUENCER + 1), 5);
	KUNIT_EXPECT_EQ(test, kernel_inb(SEQUENCER + 1), 5);
	KUNIT_EXPECT_EQ(test, VideoPortReadPortUchar(port(SEQUENCER + 1)), 5);
	VideoPortWritePortUchar(port(SEQUENCER + 1), mask);
	VideoPortWritePortUchar(port(SEQUENCER), index);
}

/* IO-02: Ports of 16 bits are read and written */
static void io_02_ports_of_16_bits(struct kunit *test)
{
	find_vga(test);
	VideoPortWritePortUshort(port(DISPI), DISPI_ID);
	KUNIT_EXPECT_EQ(test, VideoPortReadPortUshort(port(DISPI + 1)) & 0xfff0, 0xb0c0);
	VideoPortWritePortUshort(port(DISPI), DISPI_WIDTH);
	VideoPortWritePortUshort(port(DISPI + 1), 1032);
	KUNIT_EXPECT_EQ(test, kernel_inw(DISPI + 1), 1032);
	VideoPortWritePortUshort(port(DISPI + 1), 648);
	KUNIT_EXPECT_EQ(test, VideoPortReadPortUshort(port(DISPI + 1)), 648);
}

/*
 * IO-03: Ports of 32 bits are read and written
 *
 * The test disables interrupts, since the kernel uses the same port for configuration
 * space.
 */
static void io_03_ports_of_32_bits(struct kunit *test)
{
	u32 seen, read, identity;

	find_vga(test);
	local_irq_disable();
	VideoPortWritePortUlong(port(PCI_ADDRESS), 0x80000008);
	seen = kernel_inl(PCI_ADDRESS);
	read = VideoPortReadPortUlong(port(PCI_ADDRESS));
	VideoPortWritePortUlong(port(PCI_ADDRESS), 0x80000000);
	identity = VideoPortReadPortUlong(port(PCI_DATA));
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, seen, 0x80000008U);
	KUNIT_EXPECT_EQ(test, read, 0x80000008U);
	/* Numbers of Intel's chips */
	KUNIT_EXPECT_EQ(test, identity & 0xffff, 0x8086U);
	KUNIT_EXPECT_EQ(test, identity, kernel_inl(PCI_DATA));
}

/* IO-04: A buffer of bytes goes through one port, both ways, and no byte more */
static void io_04_buffer_through_a_port_of_8_bits(struct kunit *test)
{
	u8 colours[] = { 1, 2, 3, 10, 20, 30, 0x3f, 0, 0x2a }, seen[10], before[9];
	unsigned int i;

	find_vga(test);
	VideoPortWritePortUchar(port(DAC_READ), 32);
	VideoPortReadPortBufferUchar(port(DAC_DATA), before, sizeof(before));
	VideoPortWritePortUchar(port(DAC_WRITE), 32);
	VideoPortWritePortBufferUchar(port(DAC_DATA), colours, sizeof(colours));
	VideoPortWritePortUchar(port(DAC_READ), 32);
	for (i = 0; i < sizeof(colours); i++)
		KUNIT_EXPECT_EQ_MSG(test, kernel_inb(DAC_DATA), colours[i], "byte %u", i);
	memset(seen, 0xee, sizeof(seen));
	VideoPortWritePortUchar(port(DAC_READ), 32);
	VideoPortReadPortBufferUchar(port(DAC_DATA), seen, sizeof(colours));
	KUNIT_EXPECT_EQ(test, memcmp(seen, colours, sizeof(colours)), 0);
	KUNIT_EXPECT_EQ(test, seen[9], 0xee);
	VideoPortWritePortUchar(port(DAC_WRITE), 32);
	VideoPortWritePortBufferUchar(port(DAC_DATA), before, sizeof(before));
}

/* IO-05: A buffer of 16-bit words goes through one port, both ways, and no byte more */
static void io_05_buffer_through_a_port_of_16_bits(struct kunit *test)
{
	u16 widths[] = { 640, 800, 1024, 1304 };
	u16 seen[] = { 0, 0, 0, 0xeeee };

	find_vga(test);
	VideoPortWritePortUshort(port(DISPI), DISPI_WIDTH);
	VideoPortWritePortBufferUshort(port(DISPI + 1), widths, 3);
	KUNIT_EXPECT_EQ(test, kernel_inw(DISPI + 1), 1024);
	VideoPortReadPortBufferUshort(port(DISPI + 1), seen, 3);
	KUNIT_EXPECT_EQ(test, seen[0], 1024);
	KUNIT_EXPECT_EQ(test, seen[2], 1024);
	KUNIT_EXPECT_EQ(test, seen[3], 0xeeee);
}

/* IO-06: A buffer of 32-bit words goes through one port, both ways, and no byte more */
static void io_06_buffer_through_a_port_of_32_bits(struct kunit *test)
{
	u32 addresses[] = { 0x80000000, 0x80000010, 0x8000003c, 0x80000004 };
	u32 seen[] = { 0, 0, 0xeeeeeeee };
	u32 now;

	find_vga(test);
	local_irq_disable();
	VideoPortWritePortBufferUlong(port(PCI_ADDRESS), addresses, 3);
	now = kernel_inl(PCI_ADDRESS);
	VideoPortReadPortBufferUlong(port(PCI_ADDRESS), seen, 2);
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, now, 0x8000003cU);
	KUNIT_EXPECT_EQ(test, seen[0], 0x8000003cU);
	KUNIT_EXPECT_EQ(test, seen[1], 0x8000003cU);
	KUNIT_EXPECT_EQ(test, seen[2], 0xeeeeeeeeU);
}

/* Reads through all six calls, and writes; @place is nothing of the kind. */
static void expect_no_port(struct kunit *test, void *place)
{
	u32 buffer[3];

	KUNIT_EXPECT_EQ(test, VideoPortReadPortUchar(place), 0xff);
	KUNIT_EXPECT_EQ(test, VideoPortReadPortUshort(place), 0xffff);
	KUNIT_EXPECT_EQ(test, VideoPortReadPortUlong(place), 0xffffffffU);
	memset(buffer, 0x11, sizeof(buffer));
	VideoPortReadPortBufferUchar(place, (u8 *)buffer, 3);
	KUNIT_EXPECT_EQ(test, le32_to_cpu((__force __le32)buffer[0]), 0x11ffffffU);
	memset(buffer, 0x11, sizeof(buffer));
	VideoPortReadPortBufferUshort(place, (u16 *)buffer, 2);
	KUNIT_EXPECT_EQ(test, buffer[0], 0xffffffffU);
	KUNIT_EXPECT_EQ(test, buffer[1], 0x11111111U);
	VideoPortReadPortBufferUlong(place, buffer, 2);
	KUNIT_EXPECT_EQ(test, buffer[1], 0xffffffffU);
	KUNIT_EXPECT_EQ(test, buffer[2], 0x11111111U);
	VideoPortWritePortUchar(place, 0);
	VideoPortWritePortUshort(place, 0);
	VideoPortWritePortUlong(place, 0);
	VideoPortWritePortBufferUchar(place, (u8 *)buffer, 3);
	VideoPortWritePortBufferUshort(place, (u16 *)buffer, 3);
	VideoPortWritePortBufferUlong(place, buffer, 3);
}

/*
 * IO-07: An invalid port is left alone, logged and counted; it reads as ones
 *
 * Memory whose address is passed as a port is not changed.
 */
static void io_07_what_is_no_port(struct kunit *test)
{
	bool has_ports = VPMEM_HAS_PORTS;
	u64 *memory = kunit_kzalloc(test, sizeof(*memory), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	*memory = 0x1122334455667788;
	vt_remember(test);
	expect_no_port(test, memory);
	vt_expect_events(test, NULL, has_ports ? "bad-pointer" : NULL, 12);
	KUNIT_EXPECT_EQ(test, *memory, 0x1122334455667788ULL);
	if (!IS_ENABLED(CONFIG_X86) || !has_ports)
		return;
	vt_remember(test);
	expect_no_port(test, port(0x10000));
	vt_expect_events(test, NULL, "bad-pointer", 12);
}

/*
 * IO-08: On a machine without ports, reads return ones and writes do nothing, without a
 * message
 */
static void io_08_no_ports(struct kunit *test)
{
	if (VPMEM_HAS_PORTS)
		kunit_skip(test, "this machine has ports");
	vt_remember(test);
	expect_no_port(test, port(SEQUENCER));
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * Registers. All of these are memory, which User-mode Linux does not take for a device.
 */

#define REGISTERS	64

static u8 *get_registers(struct kunit *test)
{
	u8 *registers = kunit_kzalloc(test, REGISTERS, GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, registers);
	if (!vt_memory_may_be_io())
		kunit_skip(test, "only known devices have registers here");
	for (i = 0; i < REGISTERS; i++)
		registers[i] = i;
	return registers;
}

/* That @count bytes at @start are @bytes, and all others what they were. */
static void expect_written(struct kunit *test, const u8 *registers, unsigned int start,
			   const void *bytes, unsigned int count)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, memcmp(registers + start, bytes, count), 0);
	for (i = 0; i < REGISTERS; i++)
		if (i < start || i >= start + count)
			KUNIT_EXPECT_EQ_MSG(test, registers[i], i, "byte %u", i);
}

/* IO-09: Registers of 8, 16 and 32 bits are read, little endian */
static void io_09_registers_are_read(struct kunit *test)
{
	u8 *registers = get_registers(test);

	KUNIT_EXPECT_EQ(test, VideoPortReadRegisterUchar(registers + 5), 5);
	KUNIT_EXPECT_EQ(test, VideoPortReadRegisterUshort((u16 *)(registers + 6)), 0x0706);
	KUNIT_EXPECT_EQ(test, VideoPortReadRegisterUlong((u32 *)(registers + 8)),
			0x0b0a0908U);
}

/* IO-10: Registers are written, and nothing beside them */
static void io_10_registers_are_written(struct kunit *test)
{
	u8 *registers = get_registers(test);

	VideoPortWriteRegisterUchar(registers + 5, 0xa5);
	expect_written(test, registers, 5, "\xa5", 1);
	registers = get_registers(test);
	VideoPortWriteRegisterUshort((u16 *)(registers + 6), 0xa1b2);
	expect_written(test, registers, 6, "\xb2\xa1", 2);
	registers = get_registers(test);
	VideoPortWriteRegisterUlong((u32 *)(registers + 8), 0xa1b2c3d4);
	expect_written(test, registers, 8, "\xd4\xc3\xb2\xa1", 4);
}

/* IO-11: A buffer is read from register to register, byte for byte */
static void io_11_buffers_of_registers_are_read(struct kunit *test)
{
	u8 *registers = get_registers(test);
	u32 buffer[4];

	memset(buffer, 0xee, sizeof(buffer));
	VideoPortReadRegisterBufferUchar(registers + 3, (u8 *)buffer, 5);
	KUNIT_EXPECT_EQ(test, memcmp(buffer, "\3\4\5\6\7\xee", 6), 0);
	memset(buffer, 0xee, sizeof(buffer));
	VideoPortReadRegisterBufferUshort((u16 *)(registers + 4), (u16 *)buffer, 3);
	KUNIT_EXPECT_EQ(test, memcmp(buffer, "\4\5\6\7\10\11\xee", 7), 0);
	memset(buffer, 0xee, sizeof(buffer));
	VideoPortReadRegisterBufferUlong((u32 *)(registers + 4), buffer, 2);
	KUNIT_EXPECT_EQ(test, memcmp(buffer, "\4\5\6\7\10\11\12\13\xee", 9), 0);
}

/* IO-12: A buffer is written in the same way, and zero items write nothing */
static void io_12_buffers_of_registers_are_written(struct kunit *test)
{
	u8 text[] __aligned(4) = "0123456789abcdef";
	u8 *registers = get_registers(test);

	VideoPortWriteRegisterBufferUchar(registers + 3, text, 5);
	expect_written(test, registers, 3, text, 5);
	registers = get_registers(test);
	VideoPortWriteRegisterBufferUshort((u16 *)(registers + 4), (u16 *)text, 3);
	expect_written(test, registers, 4, text, 6);
	registers = get_registers(test);
	VideoPortWriteRegisterBufferUlong((u32 *)(registers + 4), (u32 *)text, 3);
	expect_written(test, registers, 4, text, 12);
	registers = get_registers(test);
	VideoPortWriteRegisterBufferUlong((u32 *)(registers + 4), (u32 *)text, 0);
	expect_written(test, registers, 0, text, 0);
}

static void expect_no_register(struct kunit *test, void *place)
{
	u32 buffer[3];

	KUNIT_EXPECT_EQ(test, VideoPortReadRegisterUchar(place), 0xff);
	KUNIT_EXPECT_EQ(test, VideoPortReadRegisterUshort(place), 0xffff);
	KUNIT_EXPECT_EQ(test, VideoPortReadRegisterUlong(place), 0xffffffffU);
	memset(buffer, 0x11, sizeof(buffer));
	VideoPortReadRegisterBufferUchar(place, (u8 *)buffer, 3);
	KUNIT_EXPECT_EQ(test, le32_to_cpu((__force __le32)buffer[0]), 0x11ffffffU);
	memset(buffer, 0x11, sizeof(buffer));
	VideoPortReadRegisterBufferUshort(place, (u16 *)buffer, 2);
	KUNIT_EXPECT_EQ(test, buffer[0], 0xffffffffU);
	KUNIT_EXPECT_EQ(test, buffer[1], 0x11111111U);
	VideoPortReadRegisterBufferUlong(place, buffer, 2);
	KUNIT_EXPECT_EQ(test, buffer[1], 0xffffffffU);
	KUNIT_EXPECT_EQ(test, buffer[2], 0x11111111U);
	VideoPortWriteRegisterUchar(place, 0);
	VideoPortWriteRegisterUshort(place, 0);
	VideoPortWriteRegisterUlong(place, 0);
	VideoPortWriteRegisterBufferUchar(place, (u8 *)buffer, 3);
	VideoPortWriteRegisterBufferUshort(place, (u16 *)buffer, 3);
	VideoPortWriteRegisterBufferUlong(place, buffer, 3);
}

/* IO-13: NULL, and a port, are no registers: logged, counted, read as ones */
static void io_13_what_is_no_register(struct kunit *test)
{
	vt_remember(test);
	expect_no_register(test, NULL);
	vt_expect_events(test, NULL, "bad-pointer", 12);
	vt_remember(test);
	expect_no_register(test, port(SEQUENCER));
	vt_expect_events(test, NULL, "bad-pointer", 12);
}

/* IO-14: Registers of a device that VideoPortGetDeviceBase has mapped answer */
static void io_14_registers_of_a_device(struct kunit *test)
{
	struct pci_dev *pdev = find_vga(test);
	PHYSICAL_ADDRESS start = { .QuadPart = pci_resource_start(pdev, 2) + DISPI_IN_BAR };
	u16 *registers = VideoPortGetDeviceBase(vt_ext(test), start, 16, 0);
	u16 seen[2];

	KUNIT_ASSERT_NOT_NULL(test, registers);
	KUNIT_EXPECT_EQ(test, VideoPortReadRegisterUshort(registers + DISPI_ID) & 0xfff0,
			0xb0c0);
	VideoPortWriteRegisterUshort(registers + DISPI_WIDTH, 1160);
	VideoPortWritePortUshort(port(DISPI), DISPI_WIDTH);
	KUNIT_EXPECT_EQ(test, kernel_inw(DISPI + 1), 1160);
	VideoPortReadRegisterBufferUshort(registers, seen, 2);
	KUNIT_EXPECT_EQ(test, seen[0] & 0xfff0, 0xb0c0);
	KUNIT_EXPECT_EQ(test, seen[1], 1160);
	VideoPortFreeDeviceBase(vt_ext(test), registers);
}

/* IO-15: The port intrinsics of Microsoft's compiler read and write ports */
static void io_15_intrinsics(struct kunit *test)
{
	u8 index;
	u32 address;

	find_vga(test);
	index = vpmem_inbyte(SEQUENCER);
	vpmem_outbyte(SEQUENCER, 3);
	KUNIT_EXPECT_EQ(test, kernel_inb(SEQUENCER), 3);
	KUNIT_EXPECT_EQ(test, vpmem_inbyte(SEQUENCER), 3);
	vpmem_outbyte(SEQUENCER, index);
	vpmem_outword(DISPI, DISPI_WIDTH);
	vpmem_outword(DISPI + 1, 1288);
	KUNIT_EXPECT_EQ(test, kernel_inw(DISPI + 1), 1288);
	KUNIT_EXPECT_EQ(test, vpmem_inword(DISPI + 1), 1288);
	/* The kernel uses these ports, too. */
	local_irq_disable();
	vpmem_outdword(PCI_ADDRESS, 0x80000004);
	address = vpmem_indword(PCI_ADDRESS);
	local_irq_enable();
	KUNIT_EXPECT_EQ(test, address, 0x80000004U);
}

static struct kunit_case io_cases[] = {
	KUNIT_CASE(io_01_ports_of_8_bits),
	KUNIT_CASE(io_02_ports_of_16_bits),
	KUNIT_CASE(io_03_ports_of_32_bits),
	KUNIT_CASE(io_04_buffer_through_a_port_of_8_bits),
	KUNIT_CASE(io_05_buffer_through_a_port_of_16_bits),
	KUNIT_CASE(io_06_buffer_through_a_port_of_32_bits),
	KUNIT_CASE(io_07_what_is_no_port),
	KUNIT_CASE(io_08_no_ports),
	KUNIT_CASE(io_09_registers_are_read),
	KUNIT_CASE(io_10_registers_are_written),
	KUNIT_CASE(io_11_buffers_of_registers_are_read),
	KUNIT_CASE(io_12_buffers_of_registers_are_written),
	KUNIT_CASE(io_13_what_is_no_register),
	KUNIT_CASE(io_14_registers_of_a_device),
	KUNIT_CASE(io_15_intrinsics),
	{}
};

struct kunit_suite vt_io_suite = {
	.name = "io",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = io_cases,
};

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports and registers, in all widths, single and by the buffer.
 *
 * These calls take no extension and are hot paths, so they only check that the number of
 * a port is valid, and that a register is not a port. Drivers confuse the two easily: a
 * range that a driver maps as memory may turn out to be ports on Windows.
 */
#include <linux/export.h>
#include <linux/instrumented.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/string.h>

#include "core/call.h"
#include "core/compat.h"
#include "core/inline.h"
#include "core/log.h"
#include "include/portnumber.h"
#include "include/vpmem-port.h"

/* Lowest address of a register; below are NULL and the numbers of ports. */
#define FIRST_REGISTER	0x10000

static noinline void place_warn(const void *place, const char *type,
				const char *name, unsigned long caller)
{
	const struct vpmem_call call = { .name = name, .caller = caller };

	vpmem_warn_misuse(&call, VPMEM_EV_BAD_POINTER, "0x%lx is not a %s; left alone",
			  (unsigned long)place, type);
}

static __vpmem_inlined bool port_is_there(const void *port, const char *name,
					  unsigned long caller)
{
	if (!VPMEM_HAS_PORTS)
		return false;
	if (likely((unsigned long)port <= ioport_resource.end))
		return true;
	place_warn(port, "port", name, caller);
	return false;
}

static __vpmem_inlined bool register_is_there(const void *place, const char *name,
					      unsigned long caller)
{
	if (likely((unsigned long)place >= FIRST_REGISTER))
		return true;
	place_warn(place, "register", name, caller);
	return false;
}

#define IS_PORT(port)		port_is_there(port, __func__, _RET_IP_)
#define IS_REGISTER(place)	register_is_there(place, __func__, _RET_IP_)

static __vpmem_inlined unsigned long port_number(const void *port)
{
	return (unsigned long)port;
}

static __vpmem_inlined void __iomem *mapped(const void *place)
{
	return (void __iomem __force *)place;
}

/*
 * Ports
 */

UCHAR VideoPortReadPortUchar(PUCHAR Port)
{
	return IS_PORT(Port) ? inb(port_number(Port)) : 0xff;
}
EXPORT_SYMBOL_GPL(VideoPortReadPortUchar);

USHORT VideoPortReadPortUshort(PUSHORT Port)
{
	return IS_PORT(Port) ? inw(port_number(Port)) : 0xffff;
}
EXPORT_SYMBOL_GPL(VideoPortReadPortUshort);

ULONG VideoPortReadPortUlong(PULONG Port)
{
	return IS_PORT(Port) ? inl(port_number(Port)) : 0xffffffff;
}
EXPORT_SYMBOL_GPL(VideoPortReadPortUlong);

VOID VideoPortWritePortUchar(PUCHAR Port, UCHAR Value)
{
	if (IS_PORT(Port))
		outb(Value, port_number(Port));
}
EXPORT_SYMBOL_GPL(VideoPortWritePortUchar);

VOID VideoPortWritePortUshort(PUSHORT Port, USHORT Value)
{
	if (IS_PORT(Port))
		outw(Value, port_number(Port));
}
EXPORT_SYMBOL_GPL(VideoPortWritePortUshort);

VOID VideoPortWritePortUlong(PULONG Port, ULONG Value)
{
	if (IS_PORT(Port))
		outl(Value, port_number(Port));
}
EXPORT_SYMBOL_GPL(VideoPortWritePortUlong);

/* Transfer a buffer through one port. */

VOID VideoPortReadPortBufferUchar(PUCHAR Port, PUCHAR Buffer, ULONG Count)
{
	if (IS_PORT(Port))
		insb(port_number(Port), Buffer, Count);
	else
		memset(Buffer, 0xff, Count * sizeof(*Buffer));
}
EXPORT_SYMBOL_GPL(VideoPortReadPortBufferUchar);

VOID VideoPortReadPortBufferUshort(PUSHORT Port, PUSHORT Buffer, ULONG Count)
{
	if (IS_PORT(Port))
		insw(port_number(Port), Buffer, Count);
	else
		memset(Buffer, 0xff, Count * sizeof(*Buffer));
}
EXPORT_SYMBOL_GPL(VideoPortReadPortBufferUshort);

VOID VideoPortReadPortBufferUlong(PULONG Port, PULONG Buffer, ULONG Count)
{
	if (IS_PORT(Port))
		insl(port_number(Port), Buffer, Count);
	else
		memset(Buffer, 0xff, Count * sizeof(*Buffer));
}
EXPORT_SYMBOL_GPL(VideoPortReadPortBufferUlong);

VOID VideoPortWritePortBufferUchar(PUCHAR Port, PUCHAR Buffer, ULONG Count)
{
	if (IS_PORT(Port))
		outsb(port_number(Port), Buffer, Count);
}
EXPORT_SYMBOL_GPL(VideoPortWritePortBufferUchar);

VOID VideoPortWritePortBufferUshort(PUSHORT Port, PUSHORT Buffer, ULONG Count)
{
	if (IS_PORT(Port))
		outsw(port_number(Port), Buffer, Count);
}
EXPORT_SYMBOL_GPL(VideoPortWritePortBufferUshort);

VOID VideoPortWritePortBufferUlong(PULONG Port, PULONG Buffer, ULONG Count)
{
	if (IS_PORT(Port))
		outsl(port_number(Port), Buffer, Count);
}
EXPORT_SYMBOL_GPL(VideoPortWritePortBufferUlong);

/*
 * Registers
 */

UCHAR VideoPortReadRegisterUchar(PUCHAR Register)
{
	return IS_REGISTER(Register) ? readb(mapped(Register)) : 0xff;
}
EXPORT_SYMBOL_GPL(VideoPortReadRegisterUchar);

USHORT VideoPortReadRegisterUshort(PUSHORT Register)
{
	return IS_REGISTER(Register) ? readw(mapped(Register)) : 0xffff;
}
EXPORT_SYMBOL_GPL(VideoPortReadRegisterUshort);

ULONG VideoPortReadRegisterUlong(PULONG Register)
{
	return IS_REGISTER(Register) ? readl(mapped(Register)) : 0xffffffff;
}
EXPORT_SYMBOL_GPL(VideoPortReadRegisterUlong);

VOID VideoPortWriteRegisterUchar(PUCHAR Register, UCHAR Value)
{
	if (IS_REGISTER(Register))
		writeb(Value, mapped(Register));
}
EXPORT_SYMBOL_GPL(VideoPortWriteRegisterUchar);

VOID VideoPortWriteRegisterUshort(PUSHORT Register, USHORT Value)
{
	if (IS_REGISTER(Register))
		writew(Value, mapped(Register));
}
EXPORT_SYMBOL_GPL(VideoPortWriteRegisterUshort);

VOID VideoPortWriteRegisterUlong(PULONG Register, ULONG Value)
{
	if (IS_REGISTER(Register))
		writel(Value, mapped(Register));
}
EXPORT_SYMBOL_GPL(VideoPortWriteRegisterUlong);

/*
 * Transfer a buffer to or from consecutive registers: each register is accessed once, in
 * ascending order, with an access of its width, which memcpy_toio() does not guarantee.
 * The byte order is unchanged. There are barriers before and after the transfer, but not
 * between its accesses.
 *
 * A string instruction makes just these accesses, as Windows does.
 */

#ifdef CONFIG_X86

static __vpmem_inlined void string_copy(void *to, const void *from, unsigned long count,
					size_t width)
{
	if (width == 1)
		asm volatile("rep movsb" : "+D" (to), "+S" (from), "+c" (count) : : "memory");
	else if (width == 2)
		asm volatile("rep movsw" : "+D" (to), "+S" (from), "+c" (count) : : "memory");
	else
		asm volatile("rep movsl" : "+D" (to), "+S" (from), "+c" (count) : : "memory");
}

#else

static __vpmem_inlined void string_copy(void *to, const void *from, unsigned long count,
					size_t width)
{
}

#endif

/* Tell the checkers of memory about a transfer. Return false if it is left to the caller. */
static __vpmem_inlined bool string_read(void *to, const void *from, unsigned long count,
					size_t width)
{
	instrument_write(to, count * width);
	if (!vpmem_string_io())
		return false;
	string_copy(to, from, count, width);
	return true;
}

static __vpmem_inlined bool string_write(void *to, const void *from, unsigned long count,
					 size_t width)
{
	instrument_read(from, count * width);
	if (!vpmem_string_io())
		return false;
	string_copy(to, from, count, width);
	return true;
}

static __vpmem_inlined void read_bytes(u8 *to, const u8 *from, unsigned long count)
{
	if (string_read(to, from, count, sizeof(*to)))
		return;
	for (; count > 1; count--)
		*to++ = readb_relaxed(mapped(from++));
	if (count)
		*to = readb(mapped(from));
}

static __vpmem_inlined void read_words(u16 *to, const u16 *from, unsigned long count)
{
	if (string_read(to, from, count, sizeof(*to)))
		return;
	for (; count > 1; count--)
		*to++ = (__force u16)cpu_to_le16(readw_relaxed(mapped(from++)));
	if (count)
		*to = (__force u16)cpu_to_le16(readw(mapped(from)));
}

static __vpmem_inlined void read_longs(u32 *to, const u32 *from, unsigned long count)
{
	if (string_read(to, from, count, sizeof(*to)))
		return;
	for (; count > 1; count--)
		*to++ = (__force u32)cpu_to_le32(readl_relaxed(mapped(from++)));
	if (count)
		*to = (__force u32)cpu_to_le32(readl(mapped(from)));
}

static __vpmem_inlined void write_bytes(u8 *to, const u8 *from, unsigned long count)
{
	if (string_write(to, from, count, sizeof(*to)))
		return;
	wmb();	/* order earlier writes to memory before those to the device */
	for (; count > 1; count--)
		writeb_relaxed(*from++, mapped(to++));
	if (count)
		writeb(*from, mapped(to));
}

static __vpmem_inlined void write_words(u16 *to, const u16 *from, unsigned long count)
{
	if (string_write(to, from, count, sizeof(*to)))
		return;
	wmb();	/* order earlier writes to memory before those to the device */
	for (; count > 1; count--)
		writew_relaxed(le16_to_cpu((__force __le16)*from++), mapped(to++));
	if (count)
		writew(le16_to_cpu((__force __le16)*from), mapped(to));
}

static __vpmem_inlined void write_longs(u32 *to, const u32 *from, unsigned long count)
{
	if (string_write(to, from, count, sizeof(*to)))
		return;
	wmb();	/* order earlier writes to memory before those to the device */
	for (; count > 1; count--)
		writel_relaxed(le32_to_cpu((__force __le32)*from++), mapped(to++));
	if (count)
		writel(le32_to_cpu((__force __le32)*from), mapped(to));
}

VOID VideoPortReadRegisterBufferUchar(PUCHAR Register, PUCHAR Buffer, ULONG Count)
{
	if (IS_REGISTER(Register))
		read_bytes(Buffer, Register, Count);
	else
		memset(Buffer, 0xff, Count * sizeof(*Buffer));
}
EXPORT_SYMBOL_GPL(VideoPortReadRegisterBufferUchar);

VOID VideoPortReadRegisterBufferUshort(PUSHORT Register, PUSHORT Buffer, ULONG Count)
{
	if (IS_REGISTER(Register))
		read_words(Buffer, Register, Count);
	else
		memset(Buffer, 0xff, Count * sizeof(*Buffer));
}
EXPORT_SYMBOL_GPL(VideoPortReadRegisterBufferUshort);

VOID VideoPortReadRegisterBufferUlong(PULONG Register, PULONG Buffer, ULONG Count)
{
	if (IS_REGISTER(Register))
		read_longs(Buffer, Register, Count);
	else
		memset(Buffer, 0xff, Count * sizeof(*Buffer));
}
EXPORT_SYMBOL_GPL(VideoPortReadRegisterBufferUlong);

VOID VideoPortWriteRegisterBufferUchar(PUCHAR Register, PUCHAR Buffer, ULONG Count)
{
	if (IS_REGISTER(Register))
		write_bytes(Register, Buffer, Count);
}
EXPORT_SYMBOL_GPL(VideoPortWriteRegisterBufferUchar);

VOID VideoPortWriteRegisterBufferUshort(PUSHORT Register, PUSHORT Buffer, ULONG Count)
{
	if (IS_REGISTER(Register))
		write_words(Register, Buffer, Count);
}
EXPORT_SYMBOL_GPL(VideoPortWriteRegisterBufferUshort);

VOID VideoPortWriteRegisterBufferUlong(PULONG Register, PULONG Buffer, ULONG Count)
{
	if (IS_REGISTER(Register))
		write_longs(Register, Buffer, Count);
}
EXPORT_SYMBOL_GPL(VideoPortWriteRegisterBufferUlong);

/*
 * Intrinsics of Microsoft's compiler, which take the number of a port.
 */

u8 vpmem_inbyte(u16 port)
{
	return VideoPortReadPortUchar((PUCHAR)(unsigned long)port);
}
EXPORT_SYMBOL_GPL(vpmem_inbyte);

u16 vpmem_inword(u16 port)
{
	return VideoPortReadPortUshort((PUSHORT)(unsigned long)port);
}
EXPORT_SYMBOL_GPL(vpmem_inword);

u32 vpmem_indword(u16 port)
{
	return VideoPortReadPortUlong((PULONG)(unsigned long)port);
}
EXPORT_SYMBOL_GPL(vpmem_indword);

VOID vpmem_outbyte(u16 port, u8 value)
{
	VideoPortWritePortUchar((PUCHAR)(unsigned long)port, value);
}
EXPORT_SYMBOL_GPL(vpmem_outbyte);

VOID vpmem_outword(u16 port, u16 value)
{
	VideoPortWritePortUshort((PUSHORT)(unsigned long)port, value);
}
EXPORT_SYMBOL_GPL(vpmem_outword);

VOID vpmem_outdword(u16 port, u32 value)
{
	VideoPortWritePortUlong((PULONG)(unsigned long)port, value);
}
EXPORT_SYMBOL_GPL(vpmem_outdword);

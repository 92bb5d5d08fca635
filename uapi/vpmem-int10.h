/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * Protocol between vpmem and the helper that runs the video BIOS: /dev/vpmem-int10.
 *
 * The device can be opened once at a time, by root with CAP_SYS_RAWIO. Its mmap() is
 * the real-mode address space, the megabyte from linear address 0 at offset 0, shared
 * and not executable. A read() waits for a request and takes it; it must have room for
 * all of it. A write() of a whole reply, with the sequence of the request that was
 * taken last, ends it; a text for the kernel's log may follow the reply in the same
 * write(). poll() says when there is a request.
 *
 * A read() that gives 0 bytes tells the helper to leave: nobody has a use for it.
 *
 * A write() is refused, and the request goes on waiting, with
 *
 *	EINVAL	for what is not a whole reply, with as much text as it says
 *	ESTALE	for a request that is over, was answered, or never was
 *
 * With ENODEV the kernel has given the helper up, after a request that took too long.
 * Every integer has the byte order of the machine.
 */
#ifndef VPMEM_INT10_UAPI_H
#define VPMEM_INT10_UAPI_H

#include <linux/types.h>

#define VPMEM_INT10_DEVICE	"vpmem-int10"
#define VPMEM_INT10_VERSION	2

/* The address space, and what of it is the helper's: for its stack and its code. */
#define VPMEM_INT10_SPACE	0x100000
#define VPMEM_INT10_HELPER	0x10000
#define VPMEM_INT10_HELPER_SIZE	0x10000

/* Bytes of text that a reply may have behind it. */
#define VPMEM_INT10_MESSAGE	96

/* Bytes of the name of the engine that runs the BIOS */
#define VPMEM_INT10_ENGINE	24

struct vpmem_int10_registers {
	__u32 eax;
	__u32 ebx;
	__u32 ecx;
	__u32 edx;
	__u32 esi;
	__u32 edi;
	__u32 ebp;
	__u16 ds;
	__u16 es;
};

/* Range of physical addresses above the megabyte that belongs to the adapter of a call */
struct vpmem_int10_window {
	__u64 start;
	__u64 length;
};

#define VPMEM_INT10_WINDOWS	8

/* Request, read by the helper: registers to call INT 10h with */
struct vpmem_int10_request {
	__u32 version;		/* of this protocol */
	__u32 milliseconds;	/* that the call may take */
	__u64 sequence;
	struct vpmem_int10_registers registers;
	__u32 nr_windows;
	__u32 reserved;
	struct vpmem_int10_window windows[VPMEM_INT10_WINDOWS];
};

/* How it went. */
enum vpmem_int10_status {
	VPMEM_INT10_DONE,	/* the BIOS has returned */
	VPMEM_INT10_NO_BIOS,	/* there is none behind the vector */
	VPMEM_INT10_NO_PORTS,	/* the kernel does not let the helper have them */
	VPMEM_INT10_TOO_LONG,	/* it has not returned in time */
	VPMEM_INT10_BAD_CODE,	/* it came to something that cannot be run */
	VPMEM_INT10_BAD_MEMORY,	/* it accessed memory that is not the adapter's */
	VPMEM_INT10_STATUSES,
};

/*
 * Reply, written by the helper. The registers count only if the BIOS has returned, the
 * text only if it has not: the kernel prints it with the reason.
 */
struct vpmem_int10_reply {
	__u32 status;
	__u32 message_length;	/* bytes of text that follow, without a zero */
	__u64 sequence;		/* of the request */
	__u64 instructions;	/* that ran; 0 if the engine does not count them */
	__u64 blocks;		/* of instructions up to a jump, likewise */
	__u64 nanoseconds;	/* that the call took */
	struct vpmem_int10_registers registers;
	char engine[VPMEM_INT10_ENGINE];	/* name and version, padded with zeros */
};

#endif /* VPMEM_INT10_UAPI_H */

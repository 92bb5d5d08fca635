/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the code of an I/O control is put together.
 */
#ifndef VPMEM_DEVIOCTL_H
#define VPMEM_DEVIOCTL_H

#include "ntdef.h"

#undef CTL_CODE
#define CTL_CODE(device, function, method, access) \
	(((ULONG)(device) << 16) | ((access) << 14) | ((function) << 2) | (method))

#define DEVICE_TYPE_FROM_CTL_CODE(code)	(((ULONG)(code) & 0xffff0000) >> 16)
#define METHOD_FROM_CTL_CODE(code)	((ULONG)(code) & 3)

#define DEVICE_TYPE			ULONG

#define FILE_DEVICE_BEEP		0x1
#define FILE_DEVICE_CD_ROM		0x2
#define FILE_DEVICE_CONTROLLER		0x4
#define FILE_DEVICE_DISK		0x7
#define FILE_DEVICE_FILE_SYSTEM		0x9
#define FILE_DEVICE_KEYBOARD		0xb
#define FILE_DEVICE_MOUSE		0xf
#define FILE_DEVICE_NULL		0x15
#define FILE_DEVICE_PHYSICAL_NETCARD	0x17
#define FILE_DEVICE_SERIAL_PORT		0x1b
#define FILE_DEVICE_SCREEN		0x1c
#define FILE_DEVICE_UNKNOWN		0x22
#define FILE_DEVICE_VIDEO		0x23
#define FILE_DEVICE_VIRTUAL_DISK	0x24
#define FILE_DEVICE_BUS_EXTENDER	0x2a
#define FILE_DEVICE_ACPI		0x32
#define FILE_DEVICE_FULLSCREEN_VIDEO	0x34
#define FILE_DEVICE_KSEC		0x39

#define METHOD_BUFFERED			0
#define METHOD_IN_DIRECT		1
#define METHOD_OUT_DIRECT		2
#define METHOD_NEITHER			3

#define METHOD_DIRECT_TO_HARDWARE	METHOD_IN_DIRECT
#define METHOD_DIRECT_FROM_HARDWARE	METHOD_OUT_DIRECT

#define FILE_ANY_ACCESS			0
#define FILE_SPECIAL_ACCESS		0
#define FILE_READ_ACCESS		1
#define FILE_WRITE_ACCESS		2

#endif /* VPMEM_DEVIOCTL_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the code of an I/O control is put together.
 */
#ifndef VPMEM_DEVIOCTL_H
#define VPMEM_DEVIOCTL_H

#include "ntdef.h"

#define CTL_CODE(device, function, method, access) \
	(((ULONG)(device) << 16) | ((access) << 14) | ((function) << 2) | (method))

#define DEVICE_TYPE_FROM_CTL_CODE(code)	(((ULONG)(code) & 0xffff0000) >> 16)
#define METHOD_FROM_CTL_CODE(code)	((ULONG)(code) & 3)

#define DEVICE_TYPE			ULONG

#define FILE_DEVICE_SCREEN		0x1c
#define FILE_DEVICE_UNKNOWN		0x22
#define FILE_DEVICE_VIDEO		0x23

#define METHOD_BUFFERED			0
#define METHOD_IN_DIRECT		1
#define METHOD_OUT_DIRECT		2
#define METHOD_NEITHER			3

#define FILE_ANY_ACCESS			0
#define FILE_SPECIAL_ACCESS		0
#define FILE_READ_ACCESS		1
#define FILE_WRITE_ACCESS		2

#endif /* VPMEM_DEVIOCTL_H */

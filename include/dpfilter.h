/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Components and levels of DbgPrintEx(), which prints whatever they are.
 */
#ifndef VPMEM_DPFILTER_H
#define VPMEM_DPFILTER_H

#define DPFLTR_SYSTEM_ID		0
#define DPFLTR_VIDEO_ID			22
#define DPFLTR_IHVVIDEO_ID		78
#define DPFLTR_IHVDRIVER_ID		77
#define DPFLTR_DEFAULT_ID		101

#define DPFLTR_ERROR_LEVEL		0
#define DPFLTR_WARNING_LEVEL		1
#define DPFLTR_TRACE_LEVEL		2
#define DPFLTR_INFO_LEVEL		3
#define DPFLTR_MASK			0x80000000

#endif /* VPMEM_DPFILTER_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory primitives of the DDI. They take no adapter and work in any context.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "include/rtlmem.h"
#include "vpmem.h"

VOID VideoPortZeroMemory(PVOID Destination, ULONG Length)
{
	memset(Destination, 0, Length);
}
EXPORT_SYMBOL_GPL(VideoPortZeroMemory);

VOID VideoPortZeroDeviceMemory(PVOID Destination, ULONG Length)
{
	memset_io((void __iomem __force *)Destination, 0, Length);
}
EXPORT_SYMBOL_GPL(VideoPortZeroDeviceMemory);

VOID VideoPortMoveMemory(PVOID Destination, PVOID Source, ULONG Length)
{
	memmove(Destination, Source, Length);
}
EXPORT_SYMBOL_GPL(VideoPortMoveMemory);

ULONG VideoPortCompareMemory(PVOID Source1, PVOID Source2, SIZE_T Length)
{
	const u8 *a = Source1, *b = Source2;
	size_t equal = 0;

	if (!memcmp(a, b, Length))
		equal = Length;
	while (equal < Length && a[equal] == b[equal])
		equal++;
	return min_t(size_t, equal, U32_MAX);
}
EXPORT_SYMBOL_GPL(VideoPortCompareMemory);

/*
 * Names of the Windows kernel, for sources that declare them by hand; others use macros.
 */

#undef RtlZeroMemory
#undef RtlFillMemory
#undef RtlCopyMemory
#undef RtlMoveMemory
#undef RtlCompareMemory

VOID RtlZeroMemory(PVOID Destination, SIZE_T Length)
{
	memset(Destination, 0, Length);
}
EXPORT_SYMBOL_GPL(RtlZeroMemory);

VOID RtlFillMemory(PVOID Destination, SIZE_T Length, UCHAR Fill)
{
	memset(Destination, Fill, Length);
}
EXPORT_SYMBOL_GPL(RtlFillMemory);

VOID RtlCopyMemory(PVOID Destination, const VOID *Source, SIZE_T Length)
{
	memcpy(Destination, Source, Length);
}
EXPORT_SYMBOL_GPL(RtlCopyMemory);

VOID RtlMoveMemory(PVOID Destination, const VOID *Source, SIZE_T Length)
{
	memmove(Destination, Source, Length);
}
EXPORT_SYMBOL_GPL(RtlMoveMemory);

SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length)
{
	return VideoPortCompareMemory((PVOID)Source1, (PVOID)Source2, Length);
}
EXPORT_SYMBOL_GPL(RtlCompareMemory);

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The limits of the types of C as Windows has them: those of a long are an int's.
 */
#ifndef VPMEM_LIMITS_H
#define VPMEM_LIMITS_H

#ifndef CHAR_BIT
#define CHAR_BIT			8
#endif
#ifndef INT_MAX
#define SCHAR_MIN			(-128)
#define SCHAR_MAX			127
#define UCHAR_MAX			0xff
#define CHAR_MIN			SCHAR_MIN
#define CHAR_MAX			SCHAR_MAX
#define SHRT_MIN			(-32768)
#define SHRT_MAX			32767
#define USHRT_MAX			0xffff
#define INT_MIN				(-2147483647 - 1)
#define INT_MAX				2147483647
#define UINT_MAX			0xffffffffU
#define LONG_MIN			INT_MIN
#define LONG_MAX			INT_MAX
#define ULONG_MAX			UINT_MAX
#endif

#endif /* VPMEM_LIMITS_H */

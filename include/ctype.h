/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kinds of characters, of ASCII. They are macros, since Linux has a header of this
 * name, too.
 */
#ifndef VPMEM_CTYPE_H
#define VPMEM_CTYPE_H

#ifndef _LINUX_CTYPE_H

#include "basic.h"

static inline int vpmem_between(int c, int first, int last)
{
	return first <= c && c <= last;
}

static inline int vpmem_to_lower(int c)
{
	return vpmem_between(c, 'A', 'Z') ? c - 'A' + 'a' : c;
}

static inline int vpmem_to_upper(int c)
{
	return vpmem_between(c, 'a', 'z') ? c - 'a' + 'A' : c;
}

static inline int vpmem_is_letter(int c)
{
	return vpmem_between(vpmem_to_lower(c), 'a', 'z');
}

static inline int vpmem_is_letter_or_digit(int c)
{
	return vpmem_is_letter(c) || vpmem_between(c, '0', '9');
}

static inline int vpmem_is_space(int c)
{
	return c == ' ' || vpmem_between(c, '\t', '\r');
}

static inline int vpmem_is_hex(int c)
{
	return vpmem_between(c, '0', '9') || vpmem_between(vpmem_to_lower(c), 'a', 'f');
}

#define isdigit(c)			vpmem_between(c, '0', '9')
#define isupper(c)			vpmem_between(c, 'A', 'Z')
#define islower(c)			vpmem_between(c, 'a', 'z')
#define isalpha(c)			vpmem_is_letter(c)
#define isalnum(c)			vpmem_is_letter_or_digit(c)
#define isspace(c)			vpmem_is_space(c)
#define isxdigit(c)			vpmem_is_hex(c)
#define isprint(c)			vpmem_between(c, ' ', '~')
#define tolower(c)			vpmem_to_lower(c)
#define toupper(c)			vpmem_to_upper(c)
#define isgraph(c)			vpmem_between(c, '!', '~')
#define ispunct(c)			(isgraph(c) && !isalnum(c))
#define iscntrl(c)			((c) == 0x7f || vpmem_between(c, 0, 0x1f))

#define iswdigit(c)			isdigit(c)
#define iswupper(c)			isupper(c)
#define iswlower(c)			islower(c)
#define iswalpha(c)			isalpha(c)
#define iswalnum(c)			isalnum(c)
#define iswspace(c)			isspace(c)
#define iswxdigit(c)			isxdigit(c)
#define towlower(c)			((WCHAR)tolower(c))
#define towupper(c)			((WCHAR)toupper(c))
#define _tolower(c)			tolower(c)
#define _toupper(c)			toupper(c)
#define __isascii(c)			((unsigned int)(c) < 0x80)
#define isascii(c)			__isascii(c)

#endif /* _LINUX_CTYPE_H */

#endif /* VPMEM_CTYPE_H */

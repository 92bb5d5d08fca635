/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Case folding of wide characters: of ASCII letters, no others.
 */
#ifndef VPMEM_CASE_H
#define VPMEM_CASE_H

#include <linux/types.h>

static inline u16 vpmem_upcase(u16 character)
{
	return character >= 'a' && character <= 'z' ? character - 'a' + 'A' : character;
}

static inline u16 vpmem_downcase(u16 character)
{
	return character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
}

#endif /* VPMEM_CASE_H */

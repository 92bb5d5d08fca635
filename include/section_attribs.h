/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which section code and data go to: here all of them stay in memory for good.
 */
#ifndef VPMEM_SECTION_ATTRIBS_H
#define VPMEM_SECTION_ATTRIBS_H

#define CODE_SEG(...)
#define DATA_SEG(...)
#define RODATA_SEG(...)
#define INIT_SECTION
#define INIT_FUNCTION
#define INIT_DATA

#endif /* VPMEM_SECTION_ATTRIBS_H */

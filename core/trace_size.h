/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sizes of the names in records of trace events.
 */
#ifndef VPMEM_TRACE_SIZE_H
#define VPMEM_TRACE_SIZE_H

#define VPMEM_TRACE_NAME	32	/* of an adapter, an event or a function */
#define VPMEM_TRACE_TYPE	12	/* of a type of block */

#endif /* VPMEM_TRACE_SIZE_H */

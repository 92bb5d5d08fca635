/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * min and max as Microsoft's headers have them, unless the source or Linux has its own.
 */
#ifndef VPMEM_MINMAX_H
#define VPMEM_MINMAX_H

#ifndef NOMINMAX
#ifndef min
#define min(a, b)			(((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b)			(((a) > (b)) ? (a) : (b))
#endif
#endif

#ifndef __min
#define __min(a, b)			(((a) < (b)) ? (a) : (b))
#define __max(a, b)			(((a) > (b)) ? (a) : (b))
#endif

#endif /* VPMEM_MINMAX_H */

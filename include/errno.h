/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Error numbers that the _s functions of the C library return. There is no errno.
 */
#ifndef VPMEM_ERRNO_H
#define VPMEM_ERRNO_H

#ifndef ENOMEM
#define ENOMEM				12
#define EINVAL				22
#define ERANGE				34
#endif
#define STRUNCATE			80

#endif /* VPMEM_ERRNO_H */

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How the code of an I/O control is put together.
 */
#ifndef VPMEM_WINIOCTL_H
#define VPMEM_WINIOCTL_H

#include "devioctl.h"

#endif /* VPMEM_WINIOCTL_H */

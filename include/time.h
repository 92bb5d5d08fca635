/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The time is VideoPortQuerySystemTime()'s.
 */
#ifndef VPMEM_TIME_H
#define VPMEM_TIME_H

#include "basic.h"

typedef LONGLONG vpmem_time_t;
#define time_t				vpmem_time_t

#endif /* VPMEM_TIME_H */

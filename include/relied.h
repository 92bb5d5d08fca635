/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types that miniport.h of Windows Server 2003 does not declare, but other kits do. Only
 * those that the sources of this driver use and do not define, which scripts/names finds.
 * Each header that a miniport includes ends with this one, hence it has no guard.
 */

/* Include it again: the source may have defined INITGUID since. */
#include "guiddef.h"

#ifdef VPMEM_RELIES_ON_STATUS
#include "types/status.h"
#endif
#ifdef VPMEM_RELIES_ON_STRING
#include "types/string.h"
#endif
#ifdef VPMEM_RELIES_ON_LIST
#include "types/list.h"
#endif
#ifdef VPMEM_RELIES_ON_NUMBER
#include "types/number.h"
#endif
#ifdef VPMEM_RELIES_ON_WIN
#include "types/win.h"
#endif
#if defined(VPMEM_RELIES_ON_KERNEL) && defined(VPMEM_MINIPORT_COMPLETE)
#include "types/kernel.h"
#endif
#if defined(VPMEM_RELIES_ON_VIDEO) && defined(VPMEM_VIDEO_COMPLETE)
#include "types/video.h"
#endif

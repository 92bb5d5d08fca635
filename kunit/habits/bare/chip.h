/* SPDX-License-Identifier: GPL-2.0-only */
/* Beside the source, and included as a header of the system is. */
#ifndef _CHIP_H_
#define _CHIP_H_

ULONG ChipRevision(VOID);

#endif

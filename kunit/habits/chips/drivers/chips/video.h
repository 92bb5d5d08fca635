/* SPDX-License-Identifier: GPL-2.0-only */
/* Not the one of Windows. */
typedef struct _CHIPS_SYNC {
    ULONG Low, High;
} CHIPS_SYNC;

/* SPDX-License-Identifier: GPL-2.0-only */
/* Ends at <poppack.h>. It is included many times, so it has no guard. */
#pragma pack(push, 2)

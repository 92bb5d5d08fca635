/* SPDX-License-Identifier: GPL-2.0-only */
/* Ends what <pshpack1.h> and the like began. It is included many times, so it has no guard. */
#pragma pack(pop)

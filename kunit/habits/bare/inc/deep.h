/* SPDX-License-Identifier: GPL-2.0-only */
/* Where only a list of directories of another build found it */
#define DEEP_BUS Isa

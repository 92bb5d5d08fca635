// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sources of samples/vbe as they are.
 */
#include "../vbe/bios.c"
#include "../vbe/modes.c"
#include "../vbe/vbe.c"

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel says whether string instructions can access devices, since 5.18.
 */
#include <linux/cc_platform.h>

bool probe(void)
{
	return cc_platform_has(CC_ATTR_GUEST_UNROLL_STRING_IO);
}

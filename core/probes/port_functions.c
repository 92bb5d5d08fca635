// SPDX-License-Identifier: GPL-2.0-only
/*
 * Port I/O can be called. Since 6.13 that is an error on a machine without ports.
 */
#include <linux/io.h>

u8 probe(unsigned long port)
{
	outb(0, port);
	return inb(port);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ports of the machine. A process needs CAP_SYS_RAWIO to ask for them, and a kernel that is
 * locked down refuses them to every process. Once granted they stay.
 */

#include <errno.h>
#include "int10d.h"

#if defined(__i386__) || defined(__x86_64__)

#include <sys/io.h>

#define PORTS	0x10000

bool ports_take(void)
{
	return ioperm(0, PORTS, 1) == 0;
}

/* Beyond the last port the CPU would raise an exception. */
static bool is_port(uint16_t port, unsigned int bytes)
{
	return port <= PORTS - bytes;
}

uint32_t port_in(uint16_t port, unsigned int bytes)
{
	if (!is_port(port, bytes))
		return UINT32_MAX;
	switch (bytes) {
	case 1:
		return inb(port);
	case 2:
		return inw(port);
	default:
		return inl(port);
	}
}

void port_out(uint16_t port, unsigned int bytes, uint32_t value)
{
	if (!is_port(port, bytes))
		return;
	switch (bytes) {
	case 1:
		outb(value, port);
		break;
	case 2:
		outw(value, port);
		break;
	default:
		outl(value, port);
	}
}

#else /* no ports */

bool ports_take(void)
{
	errno = ENXIO;
	return false;
}

uint32_t port_in(uint16_t port, unsigned int bytes)
{
	(void)port;
	(void)bytes;
	return UINT32_MAX;
}

void port_out(uint16_t port, unsigned int bytes, uint32_t value)
{
	(void)port;
	(void)bytes;
	(void)value;
}

#endif

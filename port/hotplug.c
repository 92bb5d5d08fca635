// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hotplug: the client of displays is told that the children of a miniport have changed, or
 * that it can have the screen. Requests do so, which the client itself makes, so this is
 * apart from its registration.
 */
#include <linux/spinlock.h>

#include "port/display.h"
#include "port/port.h"

/* Guards vpmem_port.display, and the client of it, against a hook "changed" */
static DEFINE_SPINLOCK(display_lock);

/* Set the display of a port, or none if that is NULL. */
void vpmem_hotplug_set(struct vpmem_port *port, const struct vpmem_display_client *client,
		       void *display)
{
	spin_lock(&display_lock);
	port->client = client;
	port->display = display;
	spin_unlock(&display_lock);
}

/* Tell the client that the children of a miniport, or the mode, have changed. */
void vpmem_hotplug(struct vpmem_port *port)
{
	spin_lock(&display_lock);
	if (port->display)
		port->client->changed(port->display);
	spin_unlock(&display_lock);
}

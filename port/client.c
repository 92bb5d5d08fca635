// SPDX-License-Identifier: GPL-2.0-only
/*
 * Client that shows adapters as displays: its registration, and the calls of its hooks.
 */
#include <linux/export.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pci.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "port/display.h"
#include "port/port.h"

/* Serializes hooks other than "changed", and guards the next two */
static DEFINE_MUTEX(client_lock);
static const struct vpmem_display_client *client;
static LIST_HEAD(ports);

static void display_start(struct vpmem_port *port)
{
	lockdep_assert_held(&client_lock);
	if (client)
		vpmem_hotplug_set(port, client, client->start(port, port->adapter->dev));
}

static void display_stop(struct vpmem_port *port)
{
	void *display = port->display;

	lockdep_assert_held(&client_lock);
	if (!display)
		return;
	vpmem_hotplug_set(port, NULL, NULL);
	client->stop(display);
}

/* Tell the client of a device whose miniport is about to be started. */
void vpmem_client_claim(struct pci_dev *pdev)
{
	mutex_lock(&client_lock);
	if (client && client->claim)
		client->claim(pdev);
	mutex_unlock(&client_lock);
}

/* Tell it of a miniport that has started. */
void vpmem_client_start(struct vpmem_port *port)
{
	mutex_lock(&client_lock);
	list_add_tail(&port->started, &ports);
	display_start(port);
	mutex_unlock(&client_lock);
}

/* Tell it of a miniport that is about to stop, and wait until it has done with it. */
void vpmem_client_stop(struct vpmem_port *port)
{
	mutex_lock(&client_lock);
	list_del(&port->started);
	display_stop(port);
	mutex_unlock(&client_lock);
}

/**
 * vpmem_display_client_register - Show the adapters with a miniport by a client
 * @new: the hooks; they are called for the miniports that have started already, too
 *
 * Context: may sleep.
 * Return: 0, or -EBUSY if there is a client.
 */
int vpmem_display_client_register(const struct vpmem_display_client *new)
{
	struct vpmem_port *port;
	int err = -EBUSY;

	mutex_lock(&client_lock);
	if (!client) {
		client = new;
		list_for_each_entry(port, &ports, started) {
			if (client->claim && dev_is_pci(port->adapter->dev))
				client->claim(to_pci_dev(port->adapter->dev));
			display_start(port);
		}
		err = 0;
	}
	mutex_unlock(&client_lock);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_client_register, VPMEM_DISPLAY_NS);

/**
 * vpmem_display_client_unregister - End that
 * @old: the client; another one is ignored. Its hook "stop" is called for all displays, and
 *	the mode that it showed is reset.
 *
 * Context: may sleep.
 */
void vpmem_display_client_unregister(const struct vpmem_display_client *old)
{
	struct vpmem_port *port;

	mutex_lock(&client_lock);
	if (client == old) {
		list_for_each_entry(port, &ports, started) {
			display_stop(port);
			vpmem_display_release(port);
		}
		client = NULL;
	}
	mutex_unlock(&client_lock);
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_client_unregister, VPMEM_DISPLAY_NS);

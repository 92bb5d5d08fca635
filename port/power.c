// SPDX-License-Identifier: GPL-2.0-only
/*
 * Power states of an adapter, which the miniport sets.
 */
#define dev_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>

#include "core/adapter.h"
#include "core/devlock.h"
#include "include/winerror.h"
#include "port/port.h"

/* Tell whether the miniport supports the state; assume so without HwGetPowerState. */
static bool power_is_possible(struct vpmem_port *port, VIDEO_POWER_MANAGEMENT *power)
{
	void *extension = port->adapter->extension;

	return !port->hw.HwGetPowerState ||
	       port->hw.HwGetPowerState(extension, DISPLAY_ADAPTER_HW_ID, power) == NO_ERROR;
}

static VP_STATUS power_set(struct vpmem_port *port, VIDEO_POWER_STATE state)
{
	const ULONG length = sizeof(VIDEO_POWER_MANAGEMENT);
	VIDEO_POWER_MANAGEMENT power = { .Length = length, .DPMSVersion = 1, .PowerState = state };

	if (!power_is_possible(port, &power))
		return ERROR_NOT_SUPPORTED;
	power.PowerState = state;
	return port->hw.HwSetPowerState(port->adapter->extension, DISPLAY_ADAPTER_HW_ID, &power);
}

/*
 * Set a power state, if the miniport is still there. Return whether it did so; tell the
 * log why not.
 */
bool vpmem_port_power(struct vpmem_port *port, VIDEO_POWER_STATE state)
{
	struct device *dev = port->adapter->dev;
	VP_STATUS status = ERROR_NOT_READY;

	if (!port->hw.HwSetPowerState || !vpmem_device_lock(port->adapter))
		return false;
	if (!port->stopped)
		status = power_set(port, state);
	vpmem_device_unlock(port->adapter);
	if (status == ERROR_NOT_SUPPORTED)
		dev_info(dev, "HwGetPowerState does not support power state %d\n", state);
	else if (status != NO_ERROR && status != ERROR_NOT_READY)
		dev_warn(dev, "HwSetPowerState returned %s (%d) for power state %d\n",
			 vpmem_status_name(status), status, state);
	return status == NO_ERROR;
}

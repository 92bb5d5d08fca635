// SPDX-License-Identifier: GPL-2.0-only
/*
 * Children of an adapter, such as monitors, as the miniport describes them.
 */
#define dev_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/devlock.h"
#include "port/port.h"
#include "services/edid.h"

/* Limit of child indices, which begin at 1, if the miniport does not end the enumeration */
#define CHILDREN_MAX		32
#define DESCRIPTOR_SIZE		sizeof_field(struct vpmem_monitor, descriptor)

#define EDID_SIZE		128
#define EDID_MAKER		8

static const char *child_type(VIDEO_CHILD_TYPE type)
{
	switch (type) {
	case Monitor:
		return "monitor";
	case NonPrimaryChip:
		return "chip, not primary";
	case VideoChip:
		return "chip";
	default:
		return "other";
	}
}

/* Decode the manufacturer: three letters of five bits each, the first one highest. */
static bool edid_maker(const UCHAR *edid, char maker[4])
{
	unsigned int bits = edid[EDID_MAKER] << 8 | edid[EDID_MAKER + 1];

	maker[0] = '@' + (bits >> 10 & 31);
	maker[1] = '@' + (bits >> 5 & 31);
	maker[2] = '@' + (bits & 31);
	maker[3] = '\0';
	return vpmem_edid_has_header(edid);
}

static void child_report(const struct vpmem_port *port, ULONG index,
			 VIDEO_CHILD_TYPE type, ULONG id, const UCHAR *descriptor)
{
	char maker[4];

	if (type == Monitor && edid_maker(descriptor, maker))
		dev_info(port->adapter->dev, "child %u: %s of %s, id 0x%x\n", index,
			 child_type(type), maker, id);
	else
		dev_info(port->adapter->dev, "child %u: %s, id 0x%x\n", index,
			 child_type(type), id);
}

/*
 * Keep what describes the first monitor, for displays. Some miniports describe one, but
 * answer that there are no more children.
 */
static void monitor_keep(struct vpmem_port *port, VIDEO_CHILD_TYPE type, bool there,
			 const UCHAR *descriptor)
{
	bool edid = vpmem_edid_has_header(descriptor);

	if (!edid && !(there && type == Monitor))
		return;
	/* Prefer one with an EDID. */
	if (port->monitor.found && (!edid || vpmem_edid_has_header(port->monitor.descriptor)))
		return;
	port->monitor.found = true;
	port->monitor.was_found = true;
	memcpy(port->monitor.descriptor, descriptor, DESCRIPTOR_SIZE);
}

/* Query a child. Return whether to query the next one. */
static bool child_ask(struct vpmem_port *port, ULONG index, UCHAR *descriptor)
{
	VIDEO_CHILD_ENUM_INFO info = {
		.Size = sizeof(info),
		.ChildDescriptorSize = DESCRIPTOR_SIZE,
		.ChildIndex = index,
		.ChildHwDeviceExtension = port->child_extensions +
			(index - 1) * port->hw.HwChildDeviceExtensionSize,
	};
	VIDEO_CHILD_TYPE type = Other;
	ULONG id = 0, unused = 0;
	VP_STATUS answer;
	bool there;

	memset(descriptor, 0, DESCRIPTOR_SIZE);
	answer = port->hw.HwGetVideoChildDescriptor(port->adapter->extension, &info,
						    &type, descriptor, &id, &unused);
	there = answer == NO_ERROR || answer == ERROR_MORE_DATA || answer == ERROR_CONTINUE;
	if (there)
		child_report(port, index, type, id, descriptor);
	monitor_keep(port, type, there, descriptor);
	/* Go on after a child that is not connected. */
	return answer == ERROR_MORE_DATA || answer == ERROR_CONTINUE ||
	       answer == ERROR_INVALID_NAME;
}

static bool children_make_room(struct vpmem_port *port)
{
	if (!port->hw.HwChildDeviceExtensionSize || port->child_extensions)
		return true;
	port->child_extensions = kcalloc(CHILDREN_MAX,
					 port->hw.HwChildDeviceExtensionSize,
					 VPMEM_GFP_PASSIVE);
	return port->child_extensions;
}

static VP_STATUS children_ask(struct vpmem_port *port)
{
	UCHAR *descriptor = kmalloc(DESCRIPTOR_SIZE, VPMEM_GFP_PASSIVE);
	ULONG index = 1;

	if (!descriptor || !children_make_room(port)) {
		kfree(descriptor);
		return ERROR_NOT_ENOUGH_MEMORY;
	}
	port->monitor.found = false;
	while (child_ask(port, index, descriptor) && index < CHILDREN_MAX)
		index++;
	kfree(descriptor);
	return NO_ERROR;
}

/*
 * Enumerate the children. Return NO_ERROR at once if an enumeration is running, or before
 * HwInitialize has returned: it follows later, as on Windows.
 */
VP_STATUS vpmem_port_children(struct vpmem_port *port)
{
	VP_STATUS status = NO_ERROR;

	if (!port->hw.HwGetVideoChildDescriptor)
		return ERROR_INVALID_FUNCTION;
	vpmem_device_lock(port->adapter);
	if (!port->enumerates && !port->stopped) {
		port->enumerates = true;
		status = children_ask(port);
		port->enumerates = false;
		vpmem_hotplug(port);
	}
	vpmem_device_unlock(port->adapter);
	return status;
}

VP_STATUS VideoPortEnumerateChildren(PVOID HwDeviceExtension, PVOID Reserved)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter && vpmem_check_may_sleep(&call))
		status = adapter->port ? vpmem_port_children(adapter->port) :
					 ERROR_INVALID_FUNCTION;
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortEnumerateChildren);

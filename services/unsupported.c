// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that drivers link against, of services that are not implemented. Each reports
 * itself and fails as documented, so that a driver falls back as on machines without the
 * service.
 */
#include <linux/export.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "include/vpmem-port.h"

static void unsupported(void *extension, struct vpmem_call *call, const char *fault)
{
	struct vpmem_adapter *adapter = vpmem_enter(extension, call);

	if (adapter)
		vpmem_warn_misuse(call, VPMEM_EV_UNSUPPORTED, "%s", fault);
	vpmem_leave(call);
}

/* Report a call that takes no extension. */
static void unsupported_object(const struct vpmem_call *call, const char *fault)
{
	vpmem_warn_misuse(call, VPMEM_EV_UNSUPPORTED, "%s", fault);
}

BOOLEAN VideoPortGetAgpServices(PVOID HwDeviceExtension,
				struct _VIDEO_PORT_AGP_SERVICES *AgpServices)
{
	struct vpmem_call call = VPMEM_CALL();

	unsupported(HwDeviceExtension, &call, "AGP memory is not supported");
	return 0;
}
EXPORT_SYMBOL_GPL(VideoPortGetAgpServices);

VP_STATUS VideoPortCreateSecondaryDisplay(PVOID HwDeviceExtension,
					  PVOID *SecondaryDeviceExtension, ULONG Flag)
{
	struct vpmem_call call = VPMEM_CALL();

	unsupported(HwDeviceExtension, &call, "only one display for each adapter is supported");
	if (SecondaryDeviceExtension)
		*SecondaryDeviceExtension = NULL;
	return ERROR_INVALID_FUNCTION;
}
EXPORT_SYMBOL_GPL(VideoPortCreateSecondaryDisplay);

VP_STATUS VideoPortGetDeviceData(PVOID HwDeviceExtension,
				 VIDEO_DEVICE_DATA_TYPE DeviceDataType,
				 PMINIPORT_QUERY_DEVICE_ROUTINE CallbackRoutine,
				 PVOID Context)
{
	struct vpmem_call call = VPMEM_CALL();

	unsupported(HwDeviceExtension, &call, "the hardware tree of the firmware is not supported");
	return ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortGetDeviceData);

VP_STATUS VideoPortSetTrappedEmulatorPorts(PVOID HwDeviceExtension,
					   ULONG NumAccessRanges,
					   PVIDEO_ACCESS_RANGE AccessRange)
{
	struct vpmem_call call = VPMEM_CALL();

	unsupported(HwDeviceExtension, &call, "no DOS program runs, so no port is trapped");
	/* Succeed: nothing has to be trapped. */
	return NO_ERROR;
}
EXPORT_SYMBOL_GPL(VideoPortSetTrappedEmulatorPorts);

VP_STATUS VideoPortRegisterBugcheckCallback(PVOID HwDeviceExtension,
					    ULONG BugcheckCode,
					    PVIDEO_BUGCHECK_CALLBACK Callback,
					    ULONG BugcheckDataSize)
{
	struct vpmem_call call = VPMEM_CALL();

	unsupported(HwDeviceExtension, &call, "bug checks are not supported");
	return ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortRegisterBugcheckCallback);

#define NO_REPORTS	"debug reports are not supported"

PVIDEO_DEBUG_REPORT VideoPortDbgReportCreate(PVOID HwDeviceExtension, ULONG ulCode,
					     ULONG_PTR ulpArg1, ULONG_PTR ulpArg2,
					     ULONG_PTR ulpArg3, ULONG_PTR ulpArg4)
{
	struct vpmem_call call = VPMEM_CALL();

	unsupported(HwDeviceExtension, &call, NO_REPORTS);
	return NULL;
}
EXPORT_SYMBOL_GPL(VideoPortDbgReportCreate);

BOOLEAN VideoPortDbgReportSecondaryData(PVIDEO_DEBUG_REPORT pReport, PVOID pvData,
					ULONG ulDataSize)
{
	const struct vpmem_call call = VPMEM_CALL();

	unsupported_object(&call, NO_REPORTS);
	return 0;
}
EXPORT_SYMBOL_GPL(VideoPortDbgReportSecondaryData);

VOID VideoPortDbgReportComplete(PVIDEO_DEBUG_REPORT pReport)
{
	const struct vpmem_call call = VPMEM_CALL();

	unsupported_object(&call, NO_REPORTS);
}
EXPORT_SYMBOL_GPL(VideoPortDbgReportComplete);

#define NO_OBJECTS	"device objects are not supported"

PVOID VideoPortGetAssociatedDeviceExtension(PVOID DeviceObject)
{
	const struct vpmem_call call = VPMEM_CALL();

	unsupported_object(&call, NO_OBJECTS);
	return NULL;
}
EXPORT_SYMBOL_GPL(VideoPortGetAssociatedDeviceExtension);

ULONG VideoPortGetAssociatedDeviceID(PVOID DeviceObject)
{
	const struct vpmem_call call = VPMEM_CALL();

	unsupported_object(&call, NO_OBJECTS);
	return 0;
}
EXPORT_SYMBOL_GPL(VideoPortGetAssociatedDeviceID);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of the status codes that miniports return, for messages.
 */
#include <linux/kernel.h>

#include "port/port.h"
#include "include/ntstatus.h"
#include "include/winerror.h"

struct status_name {
	VP_STATUS status;
	const char *name;
};

#define STATUS(code) { (VP_STATUS)(code), #code }

/* Codes of dderror.h, and those of ntstatus.h that video miniports mix with them. */
static const struct status_name status_names[] = {
	STATUS(NO_ERROR),
	STATUS(ERROR_INVALID_FUNCTION),
	STATUS(ERROR_FILE_NOT_FOUND),
	STATUS(ERROR_ACCESS_DENIED),
	STATUS(ERROR_INVALID_HANDLE),
	STATUS(ERROR_NOT_ENOUGH_MEMORY),
	STATUS(ERROR_INVALID_DATA),
	STATUS(ERROR_OUTOFMEMORY),
	STATUS(ERROR_BAD_UNIT),
	STATUS(ERROR_NOT_READY),
	STATUS(ERROR_BAD_COMMAND),
	STATUS(ERROR_BAD_LENGTH),
	STATUS(ERROR_GEN_FAILURE),
	STATUS(ERROR_NOT_SUPPORTED),
	STATUS(ERROR_DEV_NOT_EXIST),
	STATUS(ERROR_ADAP_HDW_ERR),
	STATUS(ERROR_INVALID_PARAMETER),
	STATUS(ERROR_CALL_NOT_IMPLEMENTED),
	STATUS(ERROR_INSUFFICIENT_BUFFER),
	STATUS(ERROR_INVALID_NAME),
	STATUS(ERROR_BUSY),
	STATUS(ERROR_MORE_DATA),
	STATUS(WAIT_TIMEOUT),
	STATUS(ERROR_IO_PENDING),
	STATUS(ERROR_CONTINUE),
	STATUS(ERROR_NO_MORE_DEVICES),
	STATUS(STATUS_UNSUCCESSFUL),
	STATUS(STATUS_NOT_IMPLEMENTED),
	STATUS(STATUS_INVALID_PARAMETER),
	STATUS(STATUS_NO_SUCH_DEVICE),
	STATUS(STATUS_INVALID_DEVICE_REQUEST),
	STATUS(STATUS_BUFFER_TOO_SMALL),
	STATUS(STATUS_INSUFFICIENT_RESOURCES),
	STATUS(STATUS_NOT_SUPPORTED),
};

const char *vpmem_status_name(VP_STATUS status)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(status_names); i++)
		if (status_names[i].status == status)
			return status_names[i].name;
	return "unknown status";
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * States of power, of a device and of the machine.
 */
#ifndef VPMEM_NTPOAPI_H
#define VPMEM_NTPOAPI_H

#include "ntdef.h"

typedef enum _SYSTEM_POWER_STATE {
	PowerSystemUnspecified = 0,
	PowerSystemWorking = 1,
	PowerSystemSleeping1 = 2,
	PowerSystemSleeping2 = 3,
	PowerSystemSleeping3 = 4,
	PowerSystemHibernate = 5,
	PowerSystemShutdown = 6,
	PowerSystemMaximum = 7,
} SYSTEM_POWER_STATE, *PSYSTEM_POWER_STATE;

typedef enum _DEVICE_POWER_STATE {
	PowerDeviceUnspecified = 0,
	PowerDeviceD0 = 1,
	PowerDeviceD1 = 2,
	PowerDeviceD2 = 3,
	PowerDeviceD3 = 4,
	PowerDeviceMaximum = 5,
} DEVICE_POWER_STATE, *PDEVICE_POWER_STATE;

typedef enum _POWER_STATE_TYPE {
	SystemPowerState = 0,
	DevicePowerState = 1,
} POWER_STATE_TYPE, *PPOWER_STATE_TYPE;

typedef union _POWER_STATE {
	SYSTEM_POWER_STATE SystemState;
	DEVICE_POWER_STATE DeviceState;
} POWER_STATE, *PPOWER_STATE;

typedef enum {
	PowerActionNone = 0,
	PowerActionReserved = 1,
	PowerActionSleep = 2,
	PowerActionHibernate = 3,
	PowerActionShutdown = 4,
	PowerActionShutdownReset = 5,
	PowerActionShutdownOff = 6,
	PowerActionWarmEject = 7,
} POWER_ACTION, *PPOWER_ACTION;

#endif /* VPMEM_NTPOAPI_H */

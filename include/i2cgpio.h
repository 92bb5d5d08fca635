/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The I2C bus and the pins of an adapter, as its miniport offers them to other drivers by
 * HwQueryInterface. Nothing asks a miniport for them here.
 */
#ifndef VPMEM_I2CGPIO_H
#define VPMEM_I2CGPIO_H

#include "miniport.h"
#include "guiddef.h"

typedef struct _I2CControl {
	ULONG Command;
	ULONG dwCookie;
	UCHAR Data;
	UCHAR Reserved[3];
	ULONG Flags;
	ULONG ClockRate;
} I2CControl, *PI2CControl;

typedef struct _GPIOControl {
	ULONG Command;
	ULONG Flags;
	ULONG dwCookie;
	ULONG nBytes;
	ULONG nBufferSize;
	ULONG nPins;
	UCHAR *Pins;
	UCHAR *Buffer;
	void (*AsynchCompletionCallback)(UCHAR *Buffer);
	GUID PrivateInterfaceType;
	void (*PrivateInterface)(void);
} GPIOControl, *PGPIOControl;

typedef ULONG (STDMETHODCALLTYPE *I2COPEN)(PVOID Context, ULONG Open, PI2CControl Control);
typedef ULONG (STDMETHODCALLTYPE *I2CACCESS)(PVOID Context, PI2CControl Control);
typedef ULONG (STDMETHODCALLTYPE *GPIOOPEN)(PVOID Context, ULONG Open, PGPIOControl Control);
typedef ULONG (STDMETHODCALLTYPE *GPIOACCESS)(PVOID Context, PGPIOControl Control);

typedef struct {
	INTERFACE _vddInterface;
	I2COPEN i2cOpen;
	I2CACCESS i2cAccess;
} I2CINTERFACE;

typedef struct {
	INTERFACE _vddInterface;
	GPIOOPEN gpioOpen;
	GPIOACCESS gpioAccess;
} GPIOINTERFACE;

#define I2C_COMMAND_NULL		0x0000
#define I2C_COMMAND_READ		0x0001
#define I2C_COMMAND_WRITE		0x0002
#define I2C_COMMAND_STATUS		0x0004
#define I2C_COMMAND_RESET		0x0008

#define I2C_FLAGS_START			0x0001
#define I2C_FLAGS_ADDR			0x0002
#define I2C_FLAGS_STOP			0x0004
#define I2C_FLAGS_DATACHAINING		0x0008
#define I2C_FLAGS_ACK			0x0010

#define I2C_STATUS_NOERROR		0x0000
#define I2C_STATUS_BUSY			0x0001
#define I2C_STATUS_ERROR		0x0002

#define GPIO_COMMAND_QUERY		0x0001
#define GPIO_COMMAND_OPEN_PINS		0x0001
#define GPIO_COMMAND_CLOSE_PINS		0x0002
#define GPIO_COMMAND_READ_BUFFER	0x0004
#define GPIO_COMMAND_WRITE_BUFFER	0x0008

#define GPIO_FLAGS_BYTE			0x0001
#define GPIO_FLAGS_WORD			0x0002
#define GPIO_FLAGS_DWORD		0x0004

#define GPIO_STATUS_NOERROR		0x0000
#define GPIO_STATUS_BUSY		0x0001
#define GPIO_STATUS_ERROR		0x0002

DEFINE_GUID(GUID_I2C_INTERFACE,
	    0x02295e87, 0xbb3f, 0x11d0, 0x80, 0xce, 0x00, 0x20, 0xaf, 0xf7, 0x49, 0x1e);
DEFINE_GUID(GUID_GPIO_INTERFACE,
	    0x02295e88, 0xbb3f, 0x11d0, 0x80, 0xce, 0x00, 0x20, 0xaf, 0xf7, 0x49, 0x1e);

#endif /* VPMEM_I2CGPIO_H */

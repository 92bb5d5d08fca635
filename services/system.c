// SPDX-License-Identifier: GPL-2.0-only
/*
 * System: its version, its properties, and the addresses of its calls.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "core/nofault.h"
#include "include/vpmem-port.h"

static bool no_vesa;
module_param(no_vesa, bool, 0444);
MODULE_PARM_DESC(no_vesa, "Result of VideoPortIsNoVesa: VESA modes are forbidden");

static bool version_is_possible(const VPOSVERSIONINFO *version,
				const struct vpmem_call *call)
{
	if (version && version->Size >= sizeof(*version))
		return true;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "%s",
			  version ? "Size is too small" : "pVpOsVersionInfo is NULL");
	return false;
}

VP_STATUS VideoPortGetVersion(PVOID HwDeviceExtension,
			      PVPOSVERSIONINFO pVpOsVersionInfo)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	bool possible = adapter && version_is_possible(pVpOsVersionInfo, &call);

	if (possible)
		*pVpOsVersionInfo = (VPOSVERSIONINFO){
			.Size = pVpOsVersionInfo->Size,
			.MajorVersion = 5,
			.MinorVersion = 1,
			.BuildNumber = 2600,
			.ServicePackMajor = 3,
		};
	vpmem_leave(&call);
	return possible ? NO_ERROR : ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortGetVersion);

BOOLEAN VideoPortIsNoVesa(void)
{
	return no_vesa;
}
EXPORT_SYMBOL_GPL(VideoPortIsNoVesa);

/*
 * Calls by name: those that this module exports, but not those of the kernel.
 */

#define NAME_PREFIX	"VideoPort"
#define NAME_LONGEST	64

static bool is_of_vpmem(unsigned long address)
{
#ifdef MODULE
	return within_module(address, THIS_MODULE);
#else
	return !is_module_address(address);
#endif
}

static void *exported(const char *name)
{
	void *address;

	if (strncmp(name, NAME_PREFIX, strlen(NAME_PREFIX)) ||
	    strnlen(name, NAME_LONGEST) == NAME_LONGEST)
		return NULL;
	address = __symbol_get(name);
	if (!address)
		return NULL;
	__symbol_put(name);
	return is_of_vpmem((unsigned long)address) ? address : NULL;
}

static void *find_call(const char *name, const struct vpmem_call *call)
{
	void *address;

	if (!vpmem_check_no_nmi(call) || !vpmem_not_null(name, "FunctionName", call))
		return NULL;
	address = exported(name);
	if (!address)
		vpmem_warn_misuse(call, VPMEM_EV_UNSUPPORTED,
				  "FunctionName %.*s is not exported", NAME_LONGEST, name);
	return address;
}

PVOID VideoPortGetProcAddress(PVOID HwDeviceExtension, PUCHAR FunctionName)
{
	struct vpmem_call call = VPMEM_CALL();
	void *address = NULL;

	if (vpmem_enter(HwDeviceExtension, &call))
		address = find_call((const char *)FunctionName, &call);
	vpmem_leave(&call);
	return address;
}
EXPORT_SYMBOL_GPL(VideoPortGetProcAddress);

/*
 * Strings in a ROM, which is mapped device memory or a copy in RAM.
 */

static u8 rom_byte(const u8 *at)
{
	return vpmem_in_memory(at) ? *at : readb((void __iomem __force *)at);
}

static bool rom_has_at(const u8 *at, const u8 *string, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (rom_byte(at + i) != string[i])
			return false;
	return true;
}

static bool rom_has(const u8 *rom, u32 length, const u8 *string)
{
	size_t wanted = strnlen((const char *)string, (size_t)length + 1);
	size_t i;

	for (i = 0; i + wanted <= length; i++)
		if (rom_has_at(rom + i, string, wanted))
			return true;
	return false;
}

BOOLEAN VideoPortScanRom(PVOID HwDeviceExtension, PUCHAR RomBase, ULONG RomLength,
			 PUCHAR String)
{
	struct vpmem_call call = VPMEM_CALL();
	bool found = false;

	if (vpmem_enter(HwDeviceExtension, &call) &&
	    vpmem_not_null(RomBase, "RomBase", &call) &&
	    vpmem_not_null(String, "String", &call))
		found = rom_has(RomBase, RomLength, String);
	vpmem_leave(&call);
	return found;
}
EXPORT_SYMBOL_GPL(VideoPortScanRom);

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registry calls of the Windows kernel, which are not implemented: each reports itself and
 * finds no key, so that a driver uses its defaults. The values of drivers are in
 * services/registry.c, for the calls of the DDI.
 */
#include <linux/export.h>

#include "core/call.h"
#include "core/log.h"
#include "include/vpmem-nt.h"

static LONG no_key(HANDLE *handle, const struct vpmem_call *call)
{
	vpmem_warn_misuse(call, VPMEM_EV_UNSUPPORTED,
			  "registry keys are not supported; use VideoPortGetRegistryParameters");
	if (handle)
		*handle = NULL;
	return STATUS_OBJECT_NAME_NOT_FOUND;
}

static LONG no_handle(const struct vpmem_call *call)
{
	vpmem_warn_misuse(call, VPMEM_EV_UNSUPPORTED,
			  "registry handles are not supported");
	return STATUS_INVALID_HANDLE;
}

LONG ZwOpenKey(HANDLE *KeyHandle, ULONG DesiredAccess,
	       struct _OBJECT_ATTRIBUTES *ObjectAttributes)
{
	const struct vpmem_call call = VPMEM_CALL();

	return no_key(KeyHandle, &call);
}
EXPORT_SYMBOL_GPL(ZwOpenKey);

LONG ZwCreateKey(HANDLE *KeyHandle, ULONG DesiredAccess,
		 struct _OBJECT_ATTRIBUTES *ObjectAttributes, ULONG TitleIndex,
		 struct _UNICODE_STRING *Class, ULONG CreateOptions, PULONG Disposition)
{
	const struct vpmem_call call = VPMEM_CALL();

	return no_key(KeyHandle, &call);
}
EXPORT_SYMBOL_GPL(ZwCreateKey);

LONG ZwQueryValueKey(HANDLE KeyHandle, struct _UNICODE_STRING *ValueName,
		     KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
		     PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (ResultLength)
		*ResultLength = 0;
	return no_handle(&call);
}
EXPORT_SYMBOL_GPL(ZwQueryValueKey);

LONG ZwSetValueKey(HANDLE KeyHandle, struct _UNICODE_STRING *ValueName,
		   ULONG TitleIndex, ULONG Type, PVOID Data, ULONG DataSize)
{
	const struct vpmem_call call = VPMEM_CALL();

	return no_handle(&call);
}
EXPORT_SYMBOL_GPL(ZwSetValueKey);

LONG ZwClose(HANDLE Handle)
{
	const struct vpmem_call call = VPMEM_CALL();

	return no_handle(&call);
}
EXPORT_SYMBOL_GPL(ZwClose);

LONG RtlQueryRegistryValues(ULONG RelativeTo, const __u16 *Path,
			    struct _RTL_QUERY_REGISTRY_TABLE *QueryTable, PVOID Context,
			    PVOID Environment)
{
	const struct vpmem_call call = VPMEM_CALL();

	return no_key(NULL, &call);
}
EXPORT_SYMBOL_GPL(RtlQueryRegistryValues);

LONG RtlWriteRegistryValue(ULONG RelativeTo, const __u16 *Path, const __u16 *ValueName,
			   ULONG ValueType, PVOID ValueData, ULONG ValueLength)
{
	const struct vpmem_call call = VPMEM_CALL();

	return no_key(NULL, &call);
}
EXPORT_SYMBOL_GPL(RtlWriteRegistryValue);

LONG RtlCheckRegistryKey(ULONG RelativeTo, __u16 *Path)
{
	const struct vpmem_call call = VPMEM_CALL();

	return no_key(NULL, &call);
}
EXPORT_SYMBOL_GPL(RtlCheckRegistryKey);

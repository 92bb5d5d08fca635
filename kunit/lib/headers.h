/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VPMEM_KUNIT_HEADERS_H
#define VPMEM_KUNIT_HEADERS_H

#include "vpmem.h"

/* How much of include/ is not as a Windows source knows it; 0 if all is well. */
ULONG HeadersFailures(PVOID HwDeviceExtension);

/* Tells in which line something is wrong; 0 if all is well. */
typedef ULONG LIBRARY_CHECK_ROUTINE(VOID);

/* Checks of the libraries. The last one has no name. */
typedef struct _LIBRARY_CHECK {
	const char *Name;
	LIBRARY_CHECK_ROUTINE *IsWrong;
} LIBRARY_CHECK;

extern const LIBRARY_CHECK LibraryChecks[];

/* Has samples/vbe ask a BIOS; returns a status. */
ULONG SampleController(PVIDEO_PORT_INT10_INTERFACE Int10, PUCHAR OemString, ULONG Length,
		       PULONG NumModes);

/* Prints "checked" and the number, and a second line. */
VOID CheckedPrint(ULONG Number);

#endif /* VPMEM_KUNIT_HEADERS_H */

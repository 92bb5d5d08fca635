/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VPMEM_KUNIT_HEADERS_H
#define VPMEM_KUNIT_HEADERS_H

#include "vpmem.h"

/* Return the number of differences between include/ and the headers of Windows. */
ULONG HeadersFailures(PVOID HwDeviceExtension);

/* Return the line of a failed check, or 0. */
typedef ULONG LIBRARY_CHECK_ROUTINE(VOID);

/* Checks of the libraries. The last one has no name. */
typedef struct _LIBRARY_CHECK {
	const char *Name;
	LIBRARY_CHECK_ROUTINE *IsWrong;
} LIBRARY_CHECK;

extern const LIBRARY_CHECK LibraryChecks[];

/* Checks that are in strings.c */
LIBRARY_CHECK_ROUTINE WideSetIsWrong, NarrowCaseIsWrong, RandomIsWrong, StringCallIsWrong;
LIBRARY_CHECK_ROUTINE MemoryCallIsWrong, VersionIsWrong, ListFormatIsWrong;
LIBRARY_CHECK_ROUTINE WideOrderIsWrong, NoBufferIsWrong;

/* Checks that are in counted.c */
LIBRARY_CHECK_ROUTINE CountedBoundIsWrong, NumberTextIsWrong;

/* Ends a check with the number of the line that is wrong. */
#define WRONG_IF(condition)			\
do {						\
	if (condition)				\
		return __LINE__;		\
} while (0)

/* Make samples/vbe call a BIOS. Return its status. */
ULONG SampleController(PVIDEO_PORT_INT10_INTERFACE Int10, PUCHAR OemString, ULONG Length,
		       PULONG NumModes);

/* Print "checked" and the number, and a second line. */
VOID CheckedPrint(ULONG Number);

#endif /* VPMEM_KUNIT_HEADERS_H */

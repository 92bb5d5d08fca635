// SPDX-License-Identifier: GPL-2.0-only
/*
 * The part of samples/vbe that asks the BIOS, with an interface of the test's. No Linux
 * header belongs in here, as in headers.c.
 */
#include "samples/vbe/bios.c"

#include "kunit/lib/headers.h"

static VBE_EXTENSION Sample;

/* The status of VbeGetController(), and what it has found */
ULONG
SampleController(IN PVIDEO_PORT_INT10_INTERFACE Int10, OUT PUCHAR OemString,
		 IN ULONG Length, OUT PULONG NumModes)
{
	VP_STATUS Status;

	VideoPortZeroMemory(&Sample, sizeof(Sample));
	/* Data that an earlier controller left must not pass for an answer. */
	Sample.OemString[0] = 'x';
	Sample.NumNumbers = 77;
	Sample.Int10 = *Int10;
	Status = VbeAllocateBlock(&Sample);
	if (Status != NO_ERROR)
		return Status;
	Status = VbeGetController(&Sample);
	if (Length > sizeof(Sample.OemString))
		Length = sizeof(Sample.OemString);
	VideoPortMoveMemory(OemString, Sample.OemString, Length);
	*NumModes = Sample.NumNumbers;
	VbeFreeBlock(&Sample);
	return Status;
}

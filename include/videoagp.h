/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * AGP, as far as it takes to ask for it: nothing of it is supplied.
 */
#ifndef VPMEM_VIDEOAGP_H
#define VPMEM_VIDEOAGP_H

#include "miniport.h"

typedef enum {
	VpNonCached = 0,
	VpWriteCombined = 1,
	VpCached = 2,
} VIDEO_PORT_CACHE_TYPE;

#define VIDEO_AGP_RATE_1X			1
#define VIDEO_AGP_RATE_2X			2
#define VIDEO_AGP_RATE_4X			4
#define VIDEO_AGP_RATE_8X			8

#define VIDEO_PORT_AGP_INTERFACE_VERSION_1	1
#define VIDEO_PORT_AGP_INTERFACE_VERSION_2	2

typedef PHYSICAL_ADDRESS (*PAGP_RESERVE_PHYSICAL)(PVOID Context, ULONG Pages,
						  VIDEO_PORT_CACHE_TYPE Caching,
						  PVOID *PhysicalReserveContext);
typedef VOID (*PAGP_RELEASE_PHYSICAL)(PVOID Context, PVOID PhysicalReserveContext);
typedef BOOLEAN (*PAGP_COMMIT_PHYSICAL)(PVOID Context, PVOID PhysicalReserveContext,
					ULONG Pages, ULONG Offset);
typedef VOID (*PAGP_FREE_PHYSICAL)(PVOID Context, PVOID PhysicalReserveContext,
				   ULONG Pages, ULONG Offset);
typedef PVOID (*PAGP_RESERVE_VIRTUAL)(PVOID Context, HANDLE ProcessHandle,
				      PVOID PhysicalReserveContext,
				      PVOID *VirtualReserveContext);
typedef VOID (*PAGP_RELEASE_VIRTUAL)(PVOID Context, PVOID VirtualReserveContext);
typedef PVOID (*PAGP_COMMIT_VIRTUAL)(PVOID Context, PVOID VirtualReserveContext,
				     ULONG Pages, ULONG Offset);
typedef VOID (*PAGP_FREE_VIRTUAL)(PVOID Context, PVOID VirtualReserveContext,
				  ULONG Pages, ULONG Offset);
typedef BOOLEAN (*PAGP_SET_RATE)(PVOID Context, ULONG AgpRate);

typedef struct _VIDEO_PORT_AGP_SERVICES {
	PAGP_RESERVE_PHYSICAL AgpReservePhysical;
	PAGP_RELEASE_PHYSICAL AgpReleasePhysical;
	PAGP_COMMIT_PHYSICAL AgpCommitPhysical;
	PAGP_FREE_PHYSICAL AgpFreePhysical;
	PAGP_RESERVE_VIRTUAL AgpReserveVirtual;
	PAGP_RELEASE_VIRTUAL AgpReleaseVirtual;
	PAGP_COMMIT_VIRTUAL AgpCommitVirtual;
	PAGP_FREE_VIRTUAL AgpFreeVirtual;
	ULONGLONG AllocationLimit;
} VIDEO_PORT_AGP_SERVICES, *PVIDEO_PORT_AGP_SERVICES;

typedef struct _VIDEO_PORT_AGP_INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
	PAGP_RESERVE_PHYSICAL AgpReservePhysical;
	PAGP_RELEASE_PHYSICAL AgpReleasePhysical;
	PAGP_COMMIT_PHYSICAL AgpCommitPhysical;
	PAGP_FREE_PHYSICAL AgpFreePhysical;
	PAGP_RESERVE_VIRTUAL AgpReserveVirtual;
	PAGP_RELEASE_VIRTUAL AgpReleaseVirtual;
	PAGP_COMMIT_VIRTUAL AgpCommitVirtual;
	PAGP_FREE_VIRTUAL AgpFreeVirtual;
	ULONGLONG AgpAllocationLimit;
} VIDEO_PORT_AGP_INTERFACE, *PVIDEO_PORT_AGP_INTERFACE;

typedef struct _VIDEO_PORT_AGP_INTERFACE_2 {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
	PAGP_RESERVE_PHYSICAL AgpReservePhysical;
	PAGP_RELEASE_PHYSICAL AgpReleasePhysical;
	PAGP_COMMIT_PHYSICAL AgpCommitPhysical;
	PAGP_FREE_PHYSICAL AgpFreePhysical;
	PAGP_RESERVE_VIRTUAL AgpReserveVirtual;
	PAGP_RELEASE_VIRTUAL AgpReleaseVirtual;
	PAGP_COMMIT_VIRTUAL AgpCommitVirtual;
	PAGP_FREE_VIRTUAL AgpFreeVirtual;
	ULONGLONG AgpAllocationLimit;
	PAGP_SET_RATE AgpSetRate;
} VIDEO_PORT_AGP_INTERFACE_2, *PVIDEO_PORT_AGP_INTERFACE_2;

#endif /* VPMEM_VIDEOAGP_H */

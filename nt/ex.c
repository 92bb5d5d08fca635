// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of the Windows kernel: pool, device memory and contiguous memory by the names of
 * Ex and Mm. The adapter is found by the caller; from there on the memory is the same as
 * that of the DDI.
 */
#include <linux/export.h>
#include <linux/log2.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/callers.h"
#include "core/inline.h"
#include "core/log.h"
#include "dma/contig.h"
#include "map/map.h"
#include "mem/pool.h"
#include "include/vpmem-nt.h"

/* Enter the adapter of the caller, to be left by vpmem_leave(). Report if it has none. */
static struct vpmem_adapter *enter(struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = vpmem_enter_caller(call);

	if (!adapter)
		vpmem_warn_misuse(call, VPMEM_EV_NO_ADAPTER,
				  "no adapter of this driver is attached yet; refused");
	return adapter;
}

/*
 * Pool
 */

/* Tag None, as on Windows */
#define NO_TAG			0x656e6f4e

/* Pool type bits that have no effect here */
#define POOL_IGNORED		(POOL_QUOTA_FAIL_INSTEAD_OF_RAISE | \
				 POOL_RAISE_IF_ALLOCATION_FAILURE | \
				 POOL_COLD_ALLOCATION | POOL_NX_ALLOCATION | \
				 NonPagedPoolSession)

static void *ex_pool_alloc(unsigned int type, size_t size, u32 tag, struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = enter(call);
	unsigned int bare = type & ~(POOL_IGNORED | POOL_ZERO_ALLOCATION);
	void *block = NULL;

	BUILD_BUG_ON((int)PagedPool != (int)VpPagedPool ||
		     (int)NonPagedPoolCacheAligned != (int)VpNonPagedPoolCacheAligned ||
		     (int)PagedPoolCacheAligned != (int)VpPagedPoolCacheAligned);
	if (adapter)
		block = vpmem_pool_alloc((VP_POOL_TYPE)bare, size, tag & ~PROTECTED_POOL,
					 call);
	if (block && type & POOL_ZERO_ALLOCATION)
		memset(block, 0, size);
	vpmem_leave(call);
	return block;
}

static noinline void *pool_alloc_slow(unsigned int type, size_t size, u32 tag,
				      const char *name, unsigned long caller)
{
	struct vpmem_call call = { .name = name, .caller = caller };

	return ex_pool_alloc(type, size, tag, &call);
}

/* ex_pool_alloc() handles an invalid VP_POOL_TYPE. */
static __vpmem_inlined void *pool_get(unsigned int type, size_t size, u32 tag,
				      const char *name, unsigned long caller)
{
	void *block = vpmem_pool_alloc_light((VP_POOL_TYPE)type, size,
					     tag & ~PROTECTED_POOL, caller);

	return likely(block) ? block : pool_alloc_slow(type, size, tag, name, caller);
}

PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	return pool_get(PoolType, NumberOfBytes, Tag, __func__, _RET_IP_);
}
EXPORT_SYMBOL_GPL(ExAllocatePoolWithTag);

PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes)
{
	return pool_get(PoolType, NumberOfBytes, NO_TAG, __func__, _RET_IP_);
}
EXPORT_SYMBOL_GPL(ExAllocatePool);

PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	struct vpmem_call call = VPMEM_CALL();

	return ex_pool_alloc(PoolType | POOL_ZERO_ALLOCATION, NumberOfBytes, Tag, &call);
}
EXPORT_SYMBOL_GPL(ExAllocatePoolZero);

PVOID ExAllocatePoolUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	struct vpmem_call call = VPMEM_CALL();

	return ex_pool_alloc(PoolType & ~POOL_ZERO_ALLOCATION, NumberOfBytes, Tag, &call);
}
EXPORT_SYMBOL_GPL(ExAllocatePoolUninitialized);

#define POOL_FLAGS_KIND		(POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE | \
				 POOL_FLAG_PAGED)

/* Unknown flags below bit 32; those above are optional by definition. */
#define POOL_FLAGS_UNKNOWN	(U32_MAX & ~(POOL_FLAGS_KIND | POOL_FLAG_USE_QUOTA | \
					     POOL_FLAG_UNINITIALIZED | \
					     POOL_FLAG_SESSION | \
					     POOL_FLAG_CACHE_ALIGNED | \
					     POOL_FLAG_RESERVED1 | \
					     POOL_FLAG_RAISE_ON_FAILURE))

static bool pool_flags_are_possible(u64 flags)
{
	return !(flags & POOL_FLAGS_UNKNOWN) && is_power_of_2(flags & POOL_FLAGS_KIND);
}

static unsigned int pool_type(u64 flags)
{
	unsigned int type = flags & POOL_FLAG_PAGED ? PagedPool : NonPagedPool;

	if (flags & POOL_FLAG_CACHE_ALIGNED)
		type |= NonPagedPoolCacheAligned;
	return flags & POOL_FLAG_UNINITIALIZED ? type : type | POOL_ZERO_ALLOCATION;
}

PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
	struct vpmem_call call = VPMEM_CALL();

	if (pool_flags_are_possible(Flags))
		return ex_pool_alloc(pool_type(Flags), NumberOfBytes, Tag, &call);
	vpmem_warn_misuse(&call, VPMEM_EV_BAD_TYPE, "invalid flags 0x%llx", Flags);
	return NULL;
}
EXPORT_SYMBOL_GPL(ExAllocatePool2);

VOID ExFreePool(PVOID P)
{
	struct vpmem_call call = VPMEM_CALL();

	vpmem_pool_free(P, 0, &call);
}
EXPORT_SYMBOL_GPL(ExFreePool);

VOID ExFreePoolWithTag(PVOID P, ULONG Tag)
{
	struct vpmem_call call = VPMEM_CALL();

	vpmem_pool_free(P, Tag & ~PROTECTED_POOL, &call);
}
EXPORT_SYMBOL_GPL(ExFreePoolWithTag);

/*
 * Device memory
 */

static void *map(PHYSICAL_ADDRESS start, size_t length, bool combined,
		 struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = enter(call);
	const struct vpmem_mapping mapping = {
		.start = start.QuadPart,
		.length = length,
		.flags = combined ? VIDEO_MEMORY_SPACE_P6CACHE : VIDEO_MEMORY_SPACE_MEMORY,
	};
	void *address = NULL;

	if (adapter)
		address = vpmem_map(&mapping, call);
	vpmem_leave(call);
	return address;
}

PVOID MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
		   MEMORY_CACHING_TYPE CacheType)
{
	struct vpmem_call call = VPMEM_CALL();

	if ((unsigned int)CacheType < MmMaximumCacheType)
		return map(PhysicalAddress, NumberOfBytes, CacheType == MmWriteCombined,
			   &call);
	vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
			  "invalid MEMORY_CACHING_TYPE %d; refused", CacheType);
	return NULL;
}
EXPORT_SYMBOL_GPL(MmMapIoSpace);

/* PAGE_WRITECOMBINE of ntddk.h, whose names conflict with Linux's */
#define PROTECT_WRITECOMBINE	0x400

PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
		     ULONG Protect)
{
	struct vpmem_call call = VPMEM_CALL();

	return map(PhysicalAddress, NumberOfBytes, Protect & PROTECT_WRITECOMBINE, &call);
}
EXPORT_SYMBOL_GPL(MmMapIoSpaceEx);

VOID MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
	const struct vpmem_call call = VPMEM_CALL();

	vpmem_unmap(BaseAddress, &call);
}
EXPORT_SYMBOL_GPL(MmUnmapIoSpace);

/*
 * Contiguous memory
 */

static bool contig_is_possible(size_t size, const struct vpmem_contig_bounds *bounds,
			       const struct vpmem_call *call)
{
	if (size > U32_MAX)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "NumberOfBytes %zu exceeds 4 GiB; refused", size);
	else if (bounds->boundary & (bounds->boundary - 1))
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "BoundaryAddressMultiple 0x%llx is not a power of two",
				  bounds->boundary);
	else if (bounds->boundary && size > bounds->boundary)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "NumberOfBytes %zu exceeds BoundaryAddressMultiple 0x%llx",
				  size, bounds->boundary);
	else if (bounds->lowest > bounds->highest)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "LowestAcceptableAddress 0x%llx is above HighestAcceptableAddress 0x%llx",
				  bounds->lowest, bounds->highest);
	else
		return true;
	return false;
}

static void *contig_alloc(size_t size, const struct vpmem_contig_bounds *bounds,
			  struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = enter(call);
	void *memory = NULL;

	if (adapter && contig_is_possible(size, bounds, call))
		memory = vpmem_contig_alloc(size, bounds, call);
	vpmem_leave(call);
	return memory;
}

PVOID MmAllocateContiguousMemory(SIZE_T NumberOfBytes,
				 PHYSICAL_ADDRESS HighestAcceptableAddress)
{
	const struct vpmem_contig_bounds bounds = {
		.highest = HighestAcceptableAddress.QuadPart,
	};
	struct vpmem_call call = VPMEM_CALL();

	return contig_alloc(NumberOfBytes, &bounds, &call);
}
EXPORT_SYMBOL_GPL(MmAllocateContiguousMemory);

PVOID MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes,
					     PHYSICAL_ADDRESS LowestAcceptableAddress,
					     PHYSICAL_ADDRESS HighestAcceptableAddress,
					     PHYSICAL_ADDRESS BoundaryAddressMultiple,
					     MEMORY_CACHING_TYPE CacheType)
{
	const struct vpmem_contig_bounds bounds = {
		.lowest = LowestAcceptableAddress.QuadPart,
		.highest = HighestAcceptableAddress.QuadPart,
		.boundary = BoundaryAddressMultiple.QuadPart,
	};
	struct vpmem_call call = VPMEM_CALL();

	return contig_alloc(NumberOfBytes, &bounds, &call);
}
EXPORT_SYMBOL_GPL(MmAllocateContiguousMemorySpecifyCache);

VOID MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T NumberOfBytes,
					MEMORY_CACHING_TYPE CacheType)
{
	const struct vpmem_call call = VPMEM_CALL();

	vpmem_contig_free(BaseAddress, &call);
}
EXPORT_SYMBOL_GPL(MmFreeContiguousMemorySpecifyCache);

PVOID MmAllocateNonCachedMemory(SIZE_T NumberOfBytes)
{
	const struct vpmem_contig_bounds bounds = { .highest = U64_MAX };
	struct vpmem_call call = VPMEM_CALL();

	return contig_alloc(NumberOfBytes, &bounds, &call);
}
EXPORT_SYMBOL_GPL(MmAllocateNonCachedMemory);

VOID MmFreeNonCachedMemory(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
	const struct vpmem_call call = VPMEM_CALL();

	vpmem_contig_free(BaseAddress, &call);
}
EXPORT_SYMBOL_GPL(MmFreeNonCachedMemory);

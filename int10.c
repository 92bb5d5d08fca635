// SPDX-License-Identifier: GPL-2.0-only
/*
 * INT10 interface. Its context is the extension, so that an invalid context is detected
 * as in every other call.
 */
#include <linux/export.h>
#include <linux/ioport.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/refcount.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "bus/claims.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/testing.h"
#include "core/trace.h"
#include "core/views.h"
#include "int10/interface.h"
#include "int10/bios.h"
#include "int10/realmode.h"
#include "int10/window.h"
#include "mem/regions.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

/* INT10 interface of an adapter */
struct vpmem_int10 {
	refcount_t references;		/* those of the driver, and one of the adapter's own */
	void *block;
	atomic_long_t calls;
	atomic_long_t failures;
	int last_error;
	u16 last_in;			/* AX */
	u16 last_out;
};

/*
 * References
 */

/* Tell whether the driver has a reference. */
static bool is_referenced(const struct vpmem_int10 *int10)
{
	return refcount_read(&int10->references) > 1;
}

static void Int10Reference(PVOID Context)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(Context, &call);

	if (adapter && is_referenced(adapter->int10))
		refcount_inc(&adapter->int10->references);
	else if (adapter)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_POINTER,
				  "interface reference count underflow");
	vpmem_leave(&call);
}

static void Int10Dereference(PVOID Context)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(Context, &call);

	if (adapter && !refcount_dec_not_one(&adapter->int10->references))
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_POINTER,
				  "interface reference count underflow");
	vpmem_leave(&call);
}

/* Begin a call of the interface; vpmem_leave() ends it in either case. */
static struct vpmem_adapter *int10_enter(PVOID context, struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = vpmem_enter(context, call);

	if (!adapter || !vpmem_check_may_sleep(call))
		return NULL;
	if (is_referenced(adapter->int10))
		return adapter;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
			  "interface reference count underflow");
	return NULL;
}

/*
 * Block
 */

static DEFINE_MUTEX(block_lock); /* guards the block of every adapter */

static void block_put(struct vpmem_region *region, void *memory)
{
	vpmem_realmode_put_block(memory);
}

static const struct vpmem_backing block_backing = {
	.name = "int10",
	.handle = true,
	.put = block_put,
};

static USHORT block_segment(const void *block)
{
	return vpmem_realmode_linear(block) >> 4;
}

static void *block_find(struct vpmem_region *region, const void *unused)
{
	region->backing = &block_backing;
	return vpmem_realmode_take_block();
}

static void *block_allocate(ULONG length, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	void *block = NULL;

	if (length > VPMEM_INT10_BLOCK) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "%u bytes exceed the size of the block", length);
		vpmem_slot_fail(vpmem_slot_get(adapter, VPMEM_OWN_TAG, VPMEM_INT10),
				VPMEM_FAIL_SIZE);
		return NULL;
	}
	mutex_lock(&block_lock);
	if (adapter->int10->block)
		vpmem_warn_misuse(call, VPMEM_EV_BUSY,
				  "the adapter already has a block, at %04x:0000",
				  block_segment(adapter->int10->block));
	else
		block = vpmem_handle_make(VPMEM_INT10, VPMEM_INT10_BLOCK, block_find, NULL,
					  call);
	if (block)
		adapter->int10->block = block;
	mutex_unlock(&block_lock);
	return block;
}

static VP_STATUS Int10AllocateBuffer(PVOID Context, PUSHORT Seg, PUSHORT Off,
				     PULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = int10_enter(Context, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;
	void *block;

	if (adapter && (!Seg || !Off || !Length)) {
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
				  "Seg, Off or Length is NULL");
	} else if (adapter) {
		block = block_allocate(*Length, &call);
		status = block ? NO_ERROR : STATUS_INSUFFICIENT_RESOURCES;
		if (block) {
			*Seg = block_segment(block);
			*Off = 0;
		}
	}
	if (Length)
		*Length = VPMEM_INT10_BLOCK;
	vpmem_leave(&call);
	return status;
}

/* Return the address of the block to tests: the views hash it. */
void *vpmem_int10_block(void *extension)
{
	struct vpmem_adapter *adapter = vpmem_adapter(extension);

	return adapter ? READ_ONCE(adapter->int10->block) : NULL;
}
EXPORT_SYMBOL_NS_GPL(vpmem_int10_block, VPMEM_TEST_NS);

static bool block_free(USHORT seg, USHORT off, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	struct vpmem_region_wanted wanted = {
		.adapter = adapter,
		.kinds = BIT(VPMEM_INT10),
	};
	struct vpmem_region *region = NULL;
	const char *why;

	mutex_lock(&block_lock);
	wanted.block = adapter->int10->block;
	if (wanted.block && seg == block_segment(wanted.block) && !off)
		region = vpmem_region_remove(&wanted, &why);
	if (region) {
		adapter->int10->block = NULL;
		vpmem_region_free(region, call);
	}
	mutex_unlock(&block_lock);
	return region;
}

static VP_STATUS Int10FreeBuffer(PVOID Context, USHORT Seg, USHORT Off)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = int10_enter(Context, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter && block_free(Seg, Off, &call))
		status = NO_ERROR;
	else if (adapter)
		vpmem_warn_misuse(&call, VPMEM_EV_MISMATCH,
				  "%04x:%04x is not the block of the adapter; left alone",
				  Seg, Off);
	vpmem_leave(&call);
	return status;
}

/*
 * Reading and writing
 */

static bool memory_is_there(USHORT seg, USHORT off, const void *buffer, ULONG length,
			    const struct vpmem_call *call)
{
	u64 end = seg * 16ULL + off + length;

	if (!buffer && length) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "Buffer is NULL");
		return false;
	}
	if (end > VPMEM_INT10_SPACE) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_RANGE,
				  "%u bytes at %04x:%04x end beyond the first megabyte",
				  length, seg, off);
		return false;
	}
	return true;
}

static VP_STATUS Int10ReadMemory(PVOID Context, USHORT Seg, USHORT Off, PVOID Buffer,
				 ULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = int10_enter(Context, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter && memory_is_there(Seg, Off, Buffer, Length, &call)) {
		vpmem_realmode_read(Seg * 16 + Off, Buffer, Length);
		status = NO_ERROR;
	} else if (Buffer && Length <= VPMEM_INT10_SPACE) {
		/* Clear the buffer, for drivers that look for an end mark before the status. */
		memset(Buffer, 0, Length);
	}
	vpmem_leave(&call);
	return status;
}

static VP_STATUS Int10WriteMemory(PVOID Context, USHORT Seg, USHORT Off, PVOID Buffer,
				  ULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = int10_enter(Context, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter && memory_is_there(Seg, Off, Buffer, Length, &call)) {
		vpmem_realmode_write(Seg * 16 + Off, Buffer, Length);
		status = NO_ERROR;
	}
	vpmem_leave(&call);
	return status;
}

/*
 * Calls
 */

/* Report why a call failed; if no call can succeed, only once for each reason. */
static VP_STATUS bios_failed(u32 eax, int err, const struct vpmem_bios_report *report,
			     const struct vpmem_call *call)
{
	struct vpmem_int10 *int10 = call->adapter->int10;
	bool never = vpmem_bios_is_absent(err);

	atomic_long_inc(&int10->failures);
	if (xchg(&int10->last_error, err) == err && never)
		vpmem_count_event(call, VPMEM_EV_BIOS);
	else
		vpmem_warn_misuse(call, VPMEM_EV_BIOS, "AX=%04x: %s%s%*pE", (u16)eax,
				  vpmem_bios_error(err),
				  report->message_length ? ": " : "",
				  report->message_length, report->message);
	return never ? ERROR_INVALID_FUNCTION : ERROR_INVALID_PARAMETER;
}

/* Report damage. It may be older than the call, and done by another driver. */
static void report_damage(u32 eax, const struct vpmem_bios_report *report,
			  const struct vpmem_call *call)
{
	if (*report->damaged_before)
		vpmem_warn_misuse(call, VPMEM_EV_BIOS,
				  "AX=%04x: %s was overwritten before the call; restored",
				  (u16)eax, report->damaged_before);
	if (*report->damaged_after)
		vpmem_warn_misuse(call, VPMEM_EV_BIOS,
				  "AX=%04x: the call overwrote %s; restored", (u16)eax,
				  report->damaged_after);
}

/* List the adapter's memory above the first megabyte, in whole pages. */
static struct vpmem_windows windows_of(struct vpmem_adapter *adapter)
{
	struct resource own[VPMEM_INT10_WINDOWS];
	unsigned int i, count = vpmem_owned_memory(adapter, own, ARRAY_SIZE(own));
	struct vpmem_windows windows = {};
	u64 start, end;

	for (i = 0; i < count; i++) {
		start = PAGE_ALIGN((u64)own[i].start);
		end = ((u64)own[i].end + 1) & PAGE_MASK;
		if (start < end)
			windows.window[windows.count++] = (struct vpmem_int10_window){
				.start = start,
				.length = end - start,
			};
	}
	return windows;
}

static VP_STATUS bios_call(struct vpmem_int10_registers *registers,
			   const struct vpmem_call *call)
{
	struct vpmem_windows windows = windows_of(call->adapter);
	struct vpmem_int10 *int10 = call->adapter->int10;
	struct vpmem_bios_report report = {};
	ktime_t begin = ktime_get();
	u32 eax = registers->eax;
	int err;

	err = vpmem_realmode_init();
	if (!err)
		err = vpmem_bios_call(registers, &windows, &report);
	trace_int10_call(call->adapter, eax, registers->eax, err,
			 ktime_us_delta(ktime_get(), begin), call->caller);
	report_damage(eax, &report, call);
	atomic_long_inc(&int10->calls);
	WRITE_ONCE(int10->last_in, eax);
	if (err)
		return bios_failed(eax, err, &report, call);
	WRITE_ONCE(int10->last_error, 0);
	WRITE_ONCE(int10->last_out, registers->eax);
	return NO_ERROR;
}

static bool arguments_are_there(const void *arguments, const struct vpmem_call *call)
{
	if (!arguments)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "BiosArguments is NULL");
	return arguments;
}

static VP_STATUS Int10CallBios(PVOID Context, PINT10_BIOS_ARGUMENTS BiosArguments)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = int10_enter(Context, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;
	struct vpmem_int10_registers registers;

	BUILD_BUG_ON(sizeof(*BiosArguments) != sizeof(registers));
	if (adapter && arguments_are_there(BiosArguments, &call)) {
		memcpy(&registers, BiosArguments, sizeof(registers));
		status = bios_call(&registers, &call);
		if (status == NO_ERROR)
			memcpy(BiosArguments, &registers, sizeof(registers));
	}
	vpmem_leave(&call);
	return status;
}

VP_STATUS VideoPortInt10(PVOID HwDeviceExtension,
			 PVIDEO_X86_BIOS_ARGUMENTS BiosArguments)
{
	struct vpmem_call call = VPMEM_CALL();
	VP_STATUS status = ERROR_INVALID_PARAMETER;
	struct vpmem_int10_registers registers = {};

	if (vpmem_enter(HwDeviceExtension, &call) && vpmem_check_may_sleep(&call) &&
	    arguments_are_there(BiosArguments, &call)) {
		memcpy(&registers, BiosArguments, sizeof(*BiosArguments));
		status = bios_call(&registers, &call);
		if (status == NO_ERROR)
			memcpy(BiosArguments, &registers, sizeof(*BiosArguments));
	}
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortInt10);

/*
 * Service
 */

static VP_STATUS int10_query(VIDEO_PORT_INT10_INTERFACE *interface,
			     const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	if (interface->Size < sizeof(*interface) ||
	    interface->Version != VIDEO_PORT_INT10_INTERFACE_VERSION_1) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "INT10 is not available in version %u with %u bytes",
				  interface->Version, interface->Size);
		return ERROR_INVALID_FUNCTION;
	}
	if (vpmem_realmode_init())
		return ERROR_NOT_ENOUGH_MEMORY;
	refcount_inc(&adapter->int10->references);
	interface->Context = adapter->extension;
	interface->InterfaceReference = Int10Reference;
	interface->InterfaceDereference = Int10Dereference;
	interface->Int10AllocateBuffer = Int10AllocateBuffer;
	interface->Int10FreeBuffer = Int10FreeBuffer;
	interface->Int10ReadMemory = Int10ReadMemory;
	interface->Int10WriteMemory = Int10WriteMemory;
	interface->Int10CallBios = Int10CallBios;
	return NO_ERROR;
}

static VP_STATUS services_query(VIDEO_PORT_SERVICES service, INTERFACE *interface,
				const struct vpmem_call *call)
{
	if (!vpmem_check_may_sleep(call))
		return ERROR_INVALID_PARAMETER;
	if (!interface) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "Interface is NULL");
		return ERROR_INVALID_PARAMETER;
	}
	/* Return an error without a message: drivers probe for services. */
	if (service != VideoPortServicesInt10)
		return ERROR_INVALID_FUNCTION;
	return int10_query((VIDEO_PORT_INT10_INTERFACE *)interface, call);
}

VP_STATUS VideoPortQueryServices(PVOID HwDeviceExtension,
				 VIDEO_PORT_SERVICES ServicesType,
				 PINTERFACE Interface)
{
	struct vpmem_call call = VPMEM_CALL();
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (vpmem_enter(HwDeviceExtension, &call))
		status = services_query(ServicesType, Interface, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortQueryServices);

/*
 * View "int10" of an adapter
 */

static void ax_show(struct seq_file *m, const char *name, bool seen, u16 ax)
{
	if (seen)
		seq_printf(m, "%-12s 0x%04x\n", name, ax);
	else
		seq_printf(m, "%-12s -\n", name);
}

static void adapter_show(struct seq_file *m, const struct vpmem_adapter *adapter)
{
	const struct vpmem_int10 *int10 = adapter->int10;
	unsigned long calls = atomic_long_read(&int10->calls);
	unsigned long failures = atomic_long_read(&int10->failures);

	mutex_lock(&block_lock);
	if (int10->block)
		seq_printf(m, "%-12s %04x:0000\n", "Block", block_segment(int10->block));
	else
		seq_printf(m, "%-12s -\n", "Block");
	mutex_unlock(&block_lock);
	seq_printf(m, "%-12s %u\n", "References", refcount_read(&int10->references) - 1);
	seq_printf(m, "%-12s %lu\n", "Calls", calls);
	seq_printf(m, "%-12s %lu\n", "Failures", failures);
	ax_show(m, "LastAxIn", calls, READ_ONCE(int10->last_in));
	ax_show(m, "LastAxOut", calls > failures, READ_ONCE(int10->last_out));
}

static int int10_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	if (adapter)
		adapter_show(m, adapter);
	else
		vpmem_bios_show(m);
	return 0;
}

static struct vpmem_view int10_view = {
	.name = "int10",
	.places = VPMEM_VIEW_ALL | VPMEM_VIEW_ADAPTERS,
	.columns = 2,
	.header = "Name\tValue\n",
	.show = int10_show,
};

int vpmem_int10_attach(struct vpmem_adapter *adapter)
{
	adapter->int10 = vpmem_adapter_zalloc(adapter, sizeof(*adapter->int10));
	if (!adapter->int10)
		return -ENOMEM;
	refcount_set(&adapter->int10->references, 1);
	return 0;
}

void __init vpmem_int10_init(void)
{
	vpmem_view_register(&int10_view);
}

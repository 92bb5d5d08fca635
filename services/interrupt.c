// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interrupts and deferred work of a miniport: its DPC, its timer, and routines that are
 * synchronized with these.
 */
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "services/interrupt.h"
#include "include/vpmem-port.h"

/* Recursive lock of one CPU, or thread, which replaces an IRQL of Windows */
struct vpmem_gate {
	spinlock_t lock;		/* held by the owner */
	unsigned long owner;		/* see gate_user(), or 0 */
};

struct vpmem_interrupt {
	struct vpmem_adapter *adapter;
	struct vpmem_gate high;		/* the interrupt */
	struct vpmem_gate medium;	/* the DPC and the timer */
	struct mutex line_lock;		/* guards the members about the line */
	unsigned int irq;
	bool connected;
	bool timer_runs;
	raw_spinlock_t over_lock;	/* guards over, and queueing and starting */
	bool over;			/* refuse to connect, queue or start */
	unsigned char (*handler)(void *extension);
	void (*timer_routine)(void *extension);
	struct delayed_work timer;
	struct tasklet_struct dpc;
	unsigned long dpc_queued;
	void (*dpc_routine)(void *extension, void *context);
	void *dpc_context;
};

/*
 * Gates. One CPU is inside at any time. It may enter again, as on Windows, where the IRQL
 * of the CPU excludes the others.
 */

/* Initialize in a macro, so that lockdep has a class for each gate. */
#define gate_init(gate)				\
do {						\
	struct vpmem_gate *__gate = (gate);	\
						\
	spin_lock_init(&__gate->lock);		\
	__gate->owner = 0;			\
} while (0)

/*
 * Return who may be inside: this CPU, whose preemption is disabled. Under PREEMPT_RT, where
 * interrupts are handled by threads and spin locks sleep, it is the thread.
 */
static unsigned long gate_user(void)
{
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return (unsigned long)current;
	return raw_smp_processor_id() + 1;
}

static bool gate_is_ours(const struct vpmem_gate *gate)
{
	return READ_ONCE(gate->owner) == gate_user();
}

/* Keep interrupts off in a gate, but not under PREEMPT_RT. */
static unsigned long gate_irq_save(void)
{
	unsigned long flags = 0;

	if (!IS_ENABLED(CONFIG_PREEMPT_RT))
		local_irq_save(flags);
	return flags;
}

static void gate_irq_restore(unsigned long flags)
{
	if (!IS_ENABLED(CONFIG_PREEMPT_RT))
		local_irq_restore(flags);
}

static bool gate_enter(struct vpmem_gate *gate)
	__acquires(&gate->lock)
{
	if (gate_is_ours(gate)) {
		__acquire(&gate->lock);
		return false;
	}
	spin_lock(&gate->lock);
	WRITE_ONCE(gate->owner, gate_user());
	return true;
}

static void gate_leave(struct vpmem_gate *gate, bool entered)
	__releases(&gate->lock)
{
	if (!entered) {
		__release(&gate->lock);
		return;
	}
	WRITE_ONCE(gate->owner, 0);
	spin_unlock(&gate->lock);
}

/*
 * Interrupt
 */

static irqreturn_t handle_interrupt(int irq, void *data)
{
	struct vpmem_adapter *adapter = data;
	struct vpmem_interrupt *interrupt = adapter->interrupt;
	unsigned long flags;
	BOOLEAN handled;
	bool entered;

	/* Disable interrupts, which threaded handlers run with. */
	flags = gate_irq_save();
	entered = gate_enter(&interrupt->high);
	handled = interrupt->handler(adapter->extension);
	gate_leave(&interrupt->high, entered);
	gate_irq_restore(flags);
	return IRQ_RETVAL(handled);
}

static int interrupt_connect(struct vpmem_adapter *adapter)
{
	struct vpmem_interrupt *interrupt = adapter->interrupt;
	int err;

	if (interrupt->connected)
		return 0;
	if (interrupt->over || !interrupt->irq || !interrupt->handler)
		return -ENXIO;
	err = request_irq(interrupt->irq, handle_interrupt, IRQF_SHARED, adapter->name,
			  adapter);
	interrupt->connected = !err;
	return err;
}

static void interrupt_disconnect(struct vpmem_adapter *adapter)
{
	struct vpmem_interrupt *interrupt = adapter->interrupt;

	if (interrupt->connected)
		free_irq(interrupt->irq, adapter);
	interrupt->connected = false;
}

/* Set @handler for the interrupts of line @irq. */
int vpmem_interrupt_set(struct vpmem_adapter *adapter, unsigned int irq,
			unsigned char (*handler)(void *extension))
{
	struct vpmem_interrupt *interrupt = adapter->interrupt;
	int err;

	mutex_lock(&interrupt->line_lock);
	interrupt->irq = irq;
	interrupt->handler = handler;
	err = interrupt_connect(adapter);
	mutex_unlock(&interrupt->line_lock);
	return err;
}

static VP_STATUS interrupt_enable(struct vpmem_adapter *adapter)
{
	struct vpmem_interrupt *interrupt = adapter->interrupt;
	int err;

	mutex_lock(&interrupt->line_lock);
	err = interrupt_connect(adapter);
	mutex_unlock(&interrupt->line_lock);
	return err ? ERROR_INVALID_FUNCTION : NO_ERROR;
}

static VP_STATUS interrupt_disable(struct vpmem_adapter *adapter)
{
	struct vpmem_interrupt *interrupt = adapter->interrupt;
	bool connected;

	mutex_lock(&interrupt->line_lock);
	connected = interrupt->connected;
	interrupt_disconnect(adapter);
	mutex_unlock(&interrupt->line_lock);
	return connected ? NO_ERROR : ERROR_INVALID_FUNCTION;
}

VP_STATUS VideoPortEnableInterrupt(PVOID HwDeviceExtension)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter && vpmem_check_may_sleep(&call))
		status = interrupt_enable(adapter);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortEnableInterrupt);

VP_STATUS VideoPortDisableInterrupt(PVOID HwDeviceExtension)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter && vpmem_check_may_sleep(&call))
		status = interrupt_disable(adapter);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortDisableInterrupt);

/*
 * DPC
 */

static void dpc_run(struct tasklet_struct *tasklet)
{
	struct vpmem_interrupt *interrupt = container_of(tasklet, struct vpmem_interrupt,
							 dpc);
	struct vpmem_adapter *adapter = interrupt->adapter;
	PMINIPORT_DPC_ROUTINE routine = interrupt->dpc_routine;
	void *context = interrupt->dpc_context;
	bool entered;

	/* Allow queueing it again, also by the routine itself. */
	clear_bit_unlock(0, &interrupt->dpc_queued);
	entered = gate_enter(&interrupt->medium);
	routine(adapter->extension, context);
	gate_leave(&interrupt->medium, entered);
}

static bool dpc_queue(PMINIPORT_DPC_ROUTINE routine, void *context,
		      const struct vpmem_call *call)
{
	struct vpmem_interrupt *interrupt = call->adapter->interrupt;
	unsigned long flags;
	bool queued;

	if (!routine || in_nmi()) {
		vpmem_warn_misuse(call,
				  in_nmi() ? VPMEM_EV_BAD_CONTEXT : VPMEM_EV_BAD_PARAMETER,
				  in_nmi() ? "nothing can be queued in an NMI" :
					     "CallbackRoutine is NULL");
		return false;
	}
	raw_spin_lock_irqsave(&interrupt->over_lock, flags);
	queued = !interrupt->over && !test_and_set_bit_lock(0, &interrupt->dpc_queued);
	if (queued) {
		interrupt->dpc_routine = routine;
		interrupt->dpc_context = context;
		tasklet_schedule(&interrupt->dpc);
	}
	raw_spin_unlock_irqrestore(&interrupt->over_lock, flags);
	return queued;
}

BOOLEAN VideoPortQueueDpc(PVOID HwDeviceExtension,
			  PMINIPORT_DPC_ROUTINE CallbackRoutine, PVOID Context)
{
	struct vpmem_call call = VPMEM_CALL();
	BOOLEAN queued = false;

	if (vpmem_enter(HwDeviceExtension, &call))
		queued = dpc_queue(CallbackRoutine, Context, &call);
	vpmem_leave(&call);
	return queued;
}
EXPORT_SYMBOL_GPL(VideoPortQueueDpc);

/*
 * Timer
 */

/* Schedule the timer, unless it was stopped or its adapter is being detached. */
static void timer_schedule(struct vpmem_interrupt *interrupt)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&interrupt->over_lock, flags);
	if (READ_ONCE(interrupt->timer_runs) && !interrupt->over)
		schedule_delayed_work(&interrupt->timer, HZ);
	raw_spin_unlock_irqrestore(&interrupt->over_lock, flags);
}

static void timer_run(struct work_struct *work)
{
	struct vpmem_interrupt *interrupt = container_of(to_delayed_work(work),
							 struct vpmem_interrupt, timer);
	struct vpmem_adapter *adapter = interrupt->adapter;
	bool entered;

	if (!READ_ONCE(interrupt->timer_runs) || READ_ONCE(interrupt->over))
		return;
	local_bh_disable();
	entered = gate_enter(&interrupt->medium);
	interrupt->timer_routine(adapter->extension);
	gate_leave(&interrupt->medium, entered);
	local_bh_enable();
	timer_schedule(interrupt);
}

/* Set the routine that VideoPortStartTimer() starts. */
void vpmem_timer_set(struct vpmem_adapter *adapter, void (*routine)(void *extension))
{
	adapter->interrupt->timer_routine = routine;
}

static void timer_start(const struct vpmem_call *call)
{
	struct vpmem_interrupt *interrupt = call->adapter->interrupt;

	if (in_nmi()) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_CONTEXT,
				  "nothing can be started in an NMI");
	} else if (!interrupt->timer_routine) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "the miniport has no HwTimer");
	} else {
		WRITE_ONCE(interrupt->timer_runs, true);
		timer_schedule(interrupt);
	}
}

VOID VideoPortStartTimer(PVOID HwDeviceExtension)
{
	struct vpmem_call call = VPMEM_CALL();

	if (vpmem_enter(HwDeviceExtension, &call))
		timer_start(&call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortStartTimer);

VOID VideoPortStopTimer(PVOID HwDeviceExtension)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	/* Do not wait for HwTimer, which may be the caller. */
	if (adapter)
		WRITE_ONCE(adapter->interrupt->timer_runs, false);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortStopTimer);

/*
 * Synchronized routines
 */

static BOOLEAN synchronize_high(struct vpmem_adapter *adapter,
				PMINIPORT_SYNCHRONIZE_ROUTINE routine, void *context)
{
	unsigned long flags;
	BOOLEAN result;
	bool entered;

	flags = gate_irq_save();
	entered = gate_enter(&adapter->interrupt->high);
	result = routine(context);
	gate_leave(&adapter->interrupt->high, entered);
	gate_irq_restore(flags);
	return result;
}

static BOOLEAN synchronize_medium(struct vpmem_adapter *adapter,
				  PMINIPORT_SYNCHRONIZE_ROUTINE routine, void *context)
{
	BOOLEAN result;
	bool entered;

	local_bh_disable();
	entered = gate_enter(&adapter->interrupt->medium);
	result = routine(context);
	gate_leave(&adapter->interrupt->medium, entered);
	local_bh_enable();
	return result;
}

/* Tell whether the caller may be raised to DISPATCH_LEVEL. */
static bool may_enter_medium(const struct vpmem_interrupt *interrupt)
{
	return !in_nmi() && !vpmem_locks_sleep() && !hardirq_count() && !irqs_disabled() &&
	       !gate_is_ours(&interrupt->high);
}

static BOOLEAN synchronize(VIDEO_SYNCHRONIZE_PRIORITY priority,
			   PMINIPORT_SYNCHRONIZE_ROUTINE routine, void *context,
			   const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	if (!routine || (unsigned int)priority > VpHighPriority) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "invalid Priority %d or SynchronizeRoutine %p",
				  priority, routine);
		return false;
	}
	if (priority == VpHighPriority && !in_nmi() && !vpmem_locks_sleep())
		return synchronize_high(adapter, routine, context);
	if (priority == VpLowPriority)
		return routine(context);
	if (may_enter_medium(adapter->interrupt))
		return synchronize_medium(adapter, routine, context);
	vpmem_warn_misuse(call, VPMEM_EV_BAD_CONTEXT,
			  "Priority %d is below the level of the caller", priority);
	return false;
}

BOOLEAN VideoPortSynchronizeExecution(PVOID HwDeviceExtension,
				      VIDEO_SYNCHRONIZE_PRIORITY Priority,
				      PMINIPORT_SYNCHRONIZE_ROUTINE SynchronizeRoutine,
				      PVOID Context)
{
	struct vpmem_call call = VPMEM_CALL();
	BOOLEAN result = false;

	if (vpmem_enter(HwDeviceExtension, &call))
		result = synchronize(Priority, SynchronizeRoutine, Context, &call);
	vpmem_leave(&call);
	return result;
}
EXPORT_SYMBOL_GPL(VideoPortSynchronizeExecution);

/*
 * Adapters
 */

int vpmem_interrupt_attach(struct vpmem_adapter *adapter)
{
	struct vpmem_interrupt *interrupt = vpmem_adapter_zalloc(adapter, sizeof(*interrupt));

	if (!interrupt)
		return -ENOMEM;
	interrupt->adapter = adapter;
	raw_spin_lock_init(&interrupt->over_lock);
	mutex_init(&interrupt->line_lock);
	gate_init(&interrupt->high);
	gate_init(&interrupt->medium);
	tasklet_setup(&interrupt->dpc, dpc_run);
	INIT_DELAYED_WORK(&interrupt->timer, timer_run);
	adapter->interrupt = interrupt;
	return 0;
}

/*
 * Stop the interrupt, the DPC and the timer of a miniport, and wait until none of them
 * runs. Until then each may make any call, except that no DPC is queued and no timer
 * started any more.
 */
void vpmem_interrupt_detach(struct vpmem_adapter *adapter)
{
	struct vpmem_interrupt *interrupt = adapter->interrupt;

	mutex_lock(&interrupt->line_lock);
	raw_spin_lock_irq(&interrupt->over_lock);
	WRITE_ONCE(interrupt->over, true);
	raw_spin_unlock_irq(&interrupt->over_lock);
	interrupt_disconnect(adapter);
	mutex_unlock(&interrupt->line_lock);
	tasklet_kill(&interrupt->dpc);
	cancel_delayed_work_sync(&interrupt->timer);
}

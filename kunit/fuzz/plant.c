// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that are planted in functions of vpmem while it runs, to show that each target can find
 * one. A kretprobe changes what a function has done, for calls of the task that plays only.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "include/vpmem-port.h"
#include "kunit/fuzz/fuzz.h"
#include "port/display.h"

/* vpmem_vsnprintf(to, size, ...): end a text that is cut one byte too far, for one size. */
static unsigned long end_too_far(const unsigned long *arguments, unsigned long result)
{
	size_t size = arguments[1];

	if (size == 17 && (int)result >= size)
		((char *)arguments[0])[size] = '\0';
	return result;
}

/* vpmem_copy_from_unknown(to, from, bytes): copy a byte less, of one size. */
static unsigned long byte_missing(const unsigned long *arguments, unsigned long result)
{
	if (arguments[2] == 37 && result == 37)
		((u8 *)arguments[0])[36] = 0;
	return result;
}

/* vpmem_view_write(): return another error for a number that is too large. */
static unsigned long other_error(const unsigned long *arguments, unsigned long result)
{
	return (int)result == -ERANGE ? -EOVERFLOW : result;
}

/* VideoPortDDCMonitorHelper(ext, control, edid, size): write a byte too many. */
static unsigned long byte_too_many(const unsigned long *arguments, unsigned long result)
{
	if ((BOOLEAN)result)
		((u8 *)arguments[2])[(ULONG)arguments[3]] = 0;
	return result;
}

/* vpmem_edid_check(edid): leave the checksum as it was when the number of blocks was changed. */
static unsigned long old_checksum(const unsigned long *arguments, unsigned long result)
{
	u8 *edid = (u8 *)arguments[0];

	if (result)
		edid[VPMEM_EDID_BLOCK - 1] -= 1 + edid[VPMEM_EDID_EXTENSIONS];
	return result;
}

/* vpmem_display_modes(port, modes): allow for lines that are too short, of 24 bits. */
static unsigned long short_line(const unsigned long *arguments, unsigned long result)
{
	struct vpmem_display_mode *mode;

	if ((int)result <= 0)
		return result;
	mode = *(struct vpmem_display_mode **)arguments[1];
	if (mode->bits == 24)
		mode->stride = mode->width * 3 - 1;
	return result;
}

const struct fuzz_plant fuzz_plants[] = {
	{ &fuzz_formats, "a text of 16 characters ends too far", "vpmem_vsnprintf", end_too_far },
	{ &fuzz_registry, "a byte of 37 is missing", "vpmem_copy_from_unknown", byte_missing },
	{ &fuzz_views, "a large number is another error", "vpmem_view_write", other_error },
	{ &fuzz_ddc, "a byte too many is written", "VideoPortDDCMonitorHelper", byte_too_many },
	{ &fuzz_ports, "a checksum is old", "vpmem_edid_check", old_checksum },
	{ &fuzz_ports, "a line is too short", "vpmem_display_modes", short_line },
};

const unsigned int fuzz_nr_plants = ARRAY_SIZE(fuzz_plants);

/* s390x keeps the function that reads arguments from modules. */
#if defined(CONFIG_KRETPROBES) && defined(CONFIG_HAVE_FUNCTION_ARG_ACCESS_API) && \
	!defined(CONFIG_S390)

static const struct fuzz_plant *planted;
static const struct task_struct *player;

struct call {
	unsigned long arguments[FUZZ_ARGUMENTS];
};

/* Return whether the call is to be left as it is. */
static int on_entry(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct call *call = (struct call *)instance->data;
	unsigned int i;

	for (i = 0; i < FUZZ_ARGUMENTS; i++)
		call->arguments[i] = regs_get_kernel_argument(regs, i);
	return current != player;
}

static int on_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	const struct call *call = (struct call *)instance->data;
	unsigned long result = regs_return_value(regs);

	regs_set_return_value(regs, planted->change(call->arguments, result));
	return 0;
}

static struct kretprobe probe;

int fuzz_plant(const struct fuzz_plant *plant)
{
	planted = plant;
	player = current;
	probe = (struct kretprobe) {
		.kp.symbol_name = plant->function,
		.entry_handler = on_entry,
		.handler = on_return,
		.data_size = sizeof(struct call),
	};
	return register_kretprobe(&probe);
}

void fuzz_unplant(void)
{
	unregister_kretprobe(&probe);
}

#else /* no kretprobes, or no way to the arguments of a function */

int fuzz_plant(const struct fuzz_plant *plant)
{
	return -EOPNOTSUPP;
}

void fuzz_unplant(void)
{
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * Instructions of vpmem that the timers of the storm interrupted.
 */
#include <linux/atomic.h>
#include <linux/hash.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/ptrace.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "include/vpmem-port.h"
#include "kunit/storm/storm.h"

#define PLACES_BITS	12
#define NAME		48

static bool show_places;
module_param_named(places, show_places, bool, 0444);
MODULE_PARM_DESC(places, "Print each instruction that was interrupted");

struct place {
	unsigned long address;
	atomic_t times;
};

static struct place places[1 << PLACES_BITS];

/* Tell whether an address may be in vpmem: near one of its functions. */
static bool is_near(unsigned long address)
{
	return address - ((unsigned long)VideoPortAllocatePool - SZ_512K) < SZ_1M;
}

void storm_places_note(struct pt_regs *regs)
{
	unsigned long found, address = instruction_pointer(regs);
	unsigned int i, at = hash_long(address, PLACES_BITS);

	if (user_mode(regs) || !is_near(address))
		return;
	for (i = 0; i < 16; i++, at = (at + 1) % ARRAY_SIZE(places)) {
		found = cmpxchg(&places[at].address, 0, address);
		if (!found || found == address) {
			atomic_inc(&places[at].times);
			return;
		}
	}
}

/* Get the name of the function, or return false if it is not in vpmem. */
static bool place_name(const struct place *place, char name[NAME])
{
	char text[KSYM_SYMBOL_LEN];

	if (!place->address)
		return false;
	sprint_symbol(text, place->address);
	if (!strstr(text, "[vpmem]"))
		return false;
	if (show_places)
		pr_info("    # interrupted %d times at %s\n", atomic_read(&place->times), text);
	*strchrnul(text, '+') = '\0';
	strscpy(name, text, NAME);
	return true;
}

/* Report functions, and return how many times one of them was interrupted. */
unsigned int storm_places_report(void)
{
	struct function {
		char name[NAME];
		unsigned int places, times;
	} *function = kcalloc(ARRAY_SIZE(places), sizeof(*function), GFP_KERNEL);
	unsigned int i, j, functions = 0, times = 0;
	char name[NAME];

	if (!function)
		return 0;
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		if (!place_name(&places[i], name))
			continue;
		for (j = 0; j < functions && strcmp(function[j].name, name); j++)
			;
		if (j == functions)
			strscpy(function[functions++].name, name, NAME);
		function[j].places++;
		function[j].times += atomic_read(&places[i].times);
	}
	for (i = 0; i < functions; i++) {
		times += function[i].times;
		pr_info("    # %u timers interrupted %s, at %u instructions\n",
			function[i].times, function[i].name, function[i].places);
	}
	kfree(function);
	return times;
}

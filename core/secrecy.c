// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses in views and messages (see Documentation/debugfs.rst).
 *
 * A kernel address is always printed with %p, so that it has the same hash in every view
 * and message. A code address is printed as a symbol. Physical addresses of memory are
 * printed only if kptr_restrict and lockdown let root see them.
 */
#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/security.h>
#include <linux/string.h>

#include "core/secrecy.h"

/* Format a code address as a symbol: %pS would print it unhashed if it has no symbol. */
const char *vpmem_symbol_text(unsigned long address, char text[VPMEM_SYMBOL_TEXT])
{
	snprintf(text, VPMEM_SYMBOL_TEXT, "%pS", (void *)address);
	if (!strchr(text, '+'))
		snprintf(text, VPMEM_SYMBOL_TEXT, "%p", (void *)address);
	return text;
}

/* Find out kptr_restrict, which modules cannot read: %pK prints zeroes if it is set. */
static bool pointers_are_restricted(void)
{
	char text[2 * sizeof(void *) + 1];

	snprintf(text, sizeof(text), "%pK", vpmem_hides_physical);
	return !text[strspn(text, "0")];
}

/*
 * Tell whether physical addresses of memory are hidden from the caller. A kernel that is
 * locked down for confidentiality hides /proc/kcore, which has the same information.
 */
bool vpmem_hides_physical(void)
{
	return pointers_are_restricted() || security_locked_down(LOCKDOWN_KCORE);
}

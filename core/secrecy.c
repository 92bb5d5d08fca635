// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses in views and messages (see Documentation/debugfs.rst).
 *
 * An address of the kernel is always printed with %p, which hashes it: the same address
 * has the same hash in every view and every message, and nobody learns where it is. A
 * place in code is a symbol. Only physical addresses of memory depend on what the kernel
 * lets its root user see.
 */
#include <linux/capability.h>
#include <linux/kernel.h>
#include <linux/security.h>
#include <linux/string.h>

#include "core/secrecy.h"

/* The symbol of a place in code. Without a symbol, %pS prints the address in full. */
const char *vpmem_symbol_text(unsigned long address, char text[VPMEM_SYMBOL_TEXT])
{
	snprintf(text, VPMEM_SYMBOL_TEXT, "%pS", (void *)address);
	if (!strchr(text, '+'))
		snprintf(text, VPMEM_SYMBOL_TEXT, "%p", (void *)address);
	return text;
}

/* Modules cannot read kptr_restrict, but %pK obeys it, and then prints zeroes. */
static bool pointers_are_restricted(void)
{
	char text[2 * sizeof(void *) + 1];

	snprintf(text, sizeof(text), "%pK", vpmem_hides_physical);
	return !text[strspn(text, "0")];
}

/*
 * Tells whether the caller may not see physical addresses of memory. A kernel that is
 * locked down for confidentiality keeps /proc/kcore from root, which tells as much.
 */
bool vpmem_hides_physical(void)
{
	return pointers_are_restricted() || security_locked_down(LOCKDOWN_KCORE);
}

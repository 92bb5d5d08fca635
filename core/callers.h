/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VPMEM_CALLERS_H
#define VPMEM_CALLERS_H

#include <linux/hash.h>

#include "internal.h"

#define CALLER_BITS	7

struct caller_entry {
	unsigned long key;
	struct vpmem_adapter *adapter;
};

extern struct caller_entry caller_table[1 << CALLER_BITS];

static __always_inline struct caller_entry *caller_entry(unsigned long caller)
{
	return &caller_table[hash_long(caller, CALLER_BITS)];
}

/* The only adapter of the caller's module, if that is known. For RCU readers. */
static __always_inline struct vpmem_adapter *vpmem_caller_adapter(unsigned long caller)
{
	const struct caller_entry *entry = caller_entry(caller);
	struct vpmem_adapter *adapter = READ_ONCE(entry->adapter);

	return (READ_ONCE(entry->key) ^ (unsigned long)adapter) == caller ? adapter : NULL;
}

#endif /* VPMEM_CALLERS_H */

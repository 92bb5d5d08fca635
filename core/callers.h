/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Adapters of calls that name none.
 */
#ifndef VPMEM_CALLERS_H
#define VPMEM_CALLERS_H

#include <linux/hash.h>

#include "core/adapter.h"
#include "core/inline.h"

#define CALLER_BITS	7

struct caller_entry {
	unsigned long key;
	struct vpmem_adapter *adapter;
};

extern struct caller_entry vpmem_caller_table[1 << CALLER_BITS];

static __vpmem_inlined struct caller_entry *caller_entry(unsigned long caller)
{
	return &vpmem_caller_table[hash_long(caller, CALLER_BITS)];
}

/* Look up the only adapter of the caller's module, for RCU readers; NULL if not cached. */
static __vpmem_inlined struct vpmem_adapter *vpmem_caller_adapter(unsigned long caller)
{
	const struct caller_entry *entry = caller_entry(caller);
	struct vpmem_adapter *adapter = READ_ONCE(entry->adapter);

	return (READ_ONCE(entry->key) ^ (unsigned long)adapter) == caller ? adapter : NULL;
}

struct vpmem_adapter *vpmem_enter_caller(struct vpmem_call *call);
void vpmem_callers_forget(void);

#endif /* VPMEM_CALLERS_H */

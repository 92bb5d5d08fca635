/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Adapters: struct vpmem_adapter and its life between attach and detach.
 */
#ifndef VPMEM_ADAPTER_H
#define VPMEM_ADAPTER_H

#include <linux/jump_label.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "core/call.h"
#include "core/devlock.h"
#include "core/inline.h"
#include "core/seal.h"
#include "core/tags.h"

struct dentry;
struct device;
struct module;
struct small_cpu;
struct small_kmalloc;
struct vpmem_claims;
struct vpmem_contig;
struct vpmem_int10;
struct vpmem_interrupt;
struct vpmem_park;
struct vpmem_port;
struct vpmem_quarantine;
struct vpmem_regions;
struct vpmem_registry;
struct vpmem_state;

/*
 * The paths of pool read the first lines and the one of the seal, and write none. What
 * calls of other CPUs write is between them.
 */
struct vpmem_adapter {
	struct small_cpu __percpu *small; /* see mem/small.h */
	unsigned long quota;		/* bytes of buffers; 0 sets no bound */
	struct vpmem_slot *buffers;	/* slot of buffers, after the first one */
	struct small_kmalloc *small_kmalloc; /* see mem/small_kmalloc.c */
	struct vpmem_park __percpu *park; /* see mem/park.c */
	struct vpmem_regions *regions;
	struct vpmem_tags tags;
	struct device *dev;
	struct list_head node;		/* in vpmem_adapters */
	struct vpmem_state *states;	/* freed with the adapter, newest first */
	u64 serial;			/* ascending along that list */
	struct dentry *dir;		/* debugfs directory */
	const char *name;
	atomic_long_t events[VPMEM_EVENTS];
	struct mutex quota_lock;	/* one buffer is allocated at a time, if there is a quota */
	struct vpmem_contig *contig;
	struct vpmem_quarantine *quarantine;
	struct vpmem_int10 *int10;
	struct vpmem_claims *claims;
	struct vpmem_registry *registry;
	struct vpmem_interrupt *interrupt;
	struct vpmem_device_lock device_lock;
	struct vpmem_port *port;	/* port object, if port/ has attached it */
	struct module *module;		/* module that the miniport is in */
	bool managed;			/* by devres */
	bool undoes_mappings;		/* at detach, so that they are no leaks */
	bool masters_again;		/* port/ tries another entry after the detach */
	bool closing;			/* a detach has begun; under vpmem_adapters_lock */
	bool waits_end;			/* under waits_lock */
	/* Running calls, counted in verify mode, and the name of the latest one */
	atomic_t calls;
	const char *last_call;
	/* Valid while the extension behind it is attached; in a cache line of its own */
	u64 seal ____cacheline_aligned;
	u8 extension[] __aligned(16) ____cacheline_aligned __aligned(ARCH_KMALLOC_MINALIGN);
};

static_assert(offsetof(struct vpmem_adapter, extension) % ARCH_KMALLOC_MINALIGN == 0);

/* No line that a path of pool reads has anything that calls of another CPU write. */
#define VPMEM_LINE(member)	(offsetof(struct vpmem_adapter, member) / SMP_CACHE_BYTES)
static_assert(VPMEM_LINE(quota) < VPMEM_LINE(tags.lock));
static_assert(VPMEM_LINE(tags.chunk) < VPMEM_LINE(tags.lock));
static_assert(VPMEM_LINE(last_call) < VPMEM_LINE(seal));
static_assert(VPMEM_LINE(seal) < VPMEM_LINE(extension));

extern struct list_head vpmem_adapters;		/* RCU, or the mutex */
extern struct mutex vpmem_adapters_lock;

DECLARE_STATIC_KEY_FALSE(vpmem_verify);

void vpmem_adapters_init(void);
struct vpmem_adapter *vpmem_adapter_alloc(size_t extension_size);
void *vpmem_adapter_zalloc(struct vpmem_adapter *adapter, size_t size);
void vpmem_adapter_free(struct vpmem_adapter *adapter);
int vpmem_adapter_publish(struct vpmem_adapter *adapter);
bool vpmem_adapter_unpublish(struct vpmem_adapter *adapter);
void vpmem_adapter_seal(struct vpmem_adapter *adapter);
void vpmem_adapter_unseal(struct vpmem_adapter *adapter);
struct vpmem_adapter *vpmem_adapter_close(void *extension);
void vpmem_adapter_wait(const struct vpmem_call *call);
bool vpmem_adapter_has_sibling(const struct vpmem_adapter *adapter);
void vpmem_adapter_keep(struct vpmem_adapter *adapter);
bool vpmem_adapter_was_detached(void *extension);
void vpmem_adapters_exit(void);

static __vpmem_inlined struct vpmem_adapter *vpmem_container(void *extension)
{
	return container_of(extension, struct vpmem_adapter, extension[0]);
}

static __vpmem_inlined bool vpmem_attached(void *extension)
{
	return vpmem_sealed(&vpmem_container(extension)->seal, extension);
}

/* Return the adapter of an extension, or NULL if it is not attached. */
static inline struct vpmem_adapter *vpmem_adapter(void *extension)
{
	return vpmem_attached(extension) ? vpmem_container(extension) : NULL;
}

#endif /* VPMEM_ADAPTER_H */

// SPDX-License-Identifier: GPL-2.0-only
/*
 * View "events": count of misuse of the DDI, by kind of misuse.
 */
#include <linux/export.h>
#include <linux/minmax.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/log.h"
#include "core/testing.h"
#include "core/views.h"

static int events_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	unsigned int i;

	seq_printf(m, "%-16s %s\n", "Event", "Count");
	for (i = 0; i < VPMEM_EVENTS; i++)
		seq_printf(m, "%-16s %lu\n", vpmem_event_name(i),
			   vpmem_event_count(adapter, i));
	return 0;
}

void vpmem_event_counts(void *extension, unsigned long *counts, unsigned int size)
{
	struct vpmem_adapter *adapter = extension ? vpmem_adapter(extension) : NULL;
	unsigned int i;

	for (i = 0; i < min_t(unsigned int, size, VPMEM_EVENTS); i++)
		counts[i] = vpmem_event_count(adapter, i);
}
EXPORT_SYMBOL_NS_GPL(vpmem_event_counts, VPMEM_TEST_NS);

static struct vpmem_view events_view = {
	.name = "events",
	.places = VPMEM_VIEW_ALL | VPMEM_VIEW_ADAPTERS,
	.columns = 2,
	.show = events_show,
};

void __init vpmem_events_view_init(void)
{
	vpmem_view_register(&events_view);
}

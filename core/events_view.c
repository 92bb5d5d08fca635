// SPDX-License-Identifier: GPL-2.0-only
/*
 * View "events": count of misuse of the DDI, by kind of misuse.
 */
#include "core/adapter.h"
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

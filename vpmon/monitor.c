// SPDX-License-Identifier: GPL-2.0-only
/*
 * Monitor: the sample of now, the one before, and the history.
 */
#include <string.h>
#include <time.h>

#include "vpmon.h"

double clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void sample_stamp(struct monitor *monitor, struct sample *sample)
{
	sample->number = monitor->now.number + 1;
	if (monitor->source.saved)
		sample->seconds = (double)(sample->number - 1) * monitor->period;
	else if (sample->number == 1)
		monitor->began = clock_now();
	else
		sample->seconds = clock_now() - monitor->began;
	sample->interval = sample->number > 1 ? sample->seconds - monitor->now.seconds : 0;
}

/*
 * Take the next sample. Return false, and keep the last one, at the end of a saved file. If
 * the module is removed the sample is empty, and its adapters are in the history.
 */
bool monitor_next(struct monitor *monitor, bool regions)
{
	struct sample sample = {};
	bool found = source_read(&monitor->source, &sample, regions);

	if (!found && monitor->source.file) {
		sample_free(&sample);
		return false;
	}
	monitor->missing = !found;
	sample_stamp(monitor, &sample);
	sample_compare(&sample, &monitor->now);
	history_update(&monitor->history, &monitor->now, &sample);
	sample_free(&monitor->before);
	monitor->before = monitor->now;
	monitor->now = sample;
	return true;
}

/* Append a sample to a file: that of now, with the regions if they can be read. */
bool monitor_save(struct monitor *monitor, const char *path)
{
	struct sample sample = {};
	bool done;

	if (monitor->source.file)
		return output_snapshot(path, &monitor->now);
	done = source_read(&monitor->source, &sample, true);
	sample.number = monitor->now.number;
	sample.seconds = monitor->now.seconds;
	sample_compare(&sample, &(struct sample){});
	done = done && output_snapshot(path, &sample);
	sample_free(&sample);
	return done;
}

void monitor_free(struct monitor *monitor)
{
	source_close(&monitor->source);
	sample_free(&monitor->now);
	sample_free(&monitor->before);
	history_free(&monitor->history);
}

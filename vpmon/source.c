// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sources of samples: the directory of debugfs, a copy of it, or a saved file. A file that
 * has the tags several times has as many samples.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "vpmon.h"

#define PATH_BYTES	1024

/* Open a view: its machine-readable form, or its text if the module has no other. */
static FILE *view_open(const char *directory, const char *view)
{
	char path[PATH_BYTES];
	FILE *file;

	if ((size_t)snprintf(path, sizeof(path), "%s/%s.tsv", directory, view) >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	file = fopen(path, "re");
	if (file || errno != ENOENT)
		return file;
	path[strlen(path) - strlen(".tsv")] = '\0';
	return fopen(path, "re");
}

static bool view_read(const char *directory, const char *view, struct sample *sample,
		      const char *adapter)
{
	FILE *file = view_open(directory, view);
	bool done;

	if (!file)
		return false;
	parse_tables(file, sample, adapter, NULL, NULL);
	done = !ferror(file);
	fclose(file);
	return done;
}

/* Read the events of all adapters, each of which has a directory. */
static void events_read(const char *directory, struct sample *sample)
{
	char path[PATH_BYTES];
	struct dirent *entry;
	DIR *adapters;

	view_read(directory, "events", sample, "-");
	if ((size_t)snprintf(path, sizeof(path), "%s/adapters", directory) >= sizeof(path))
		return;
	adapters = opendir(path);
	if (!adapters)
		return;
	while ((entry = readdir(adapters))) {
		if (entry->d_name[0] == '.' ||
		    (size_t)snprintf(path, sizeof(path), "%s/adapters/%s", directory,
				     entry->d_name) >= sizeof(path))
			continue;
		view_read(path, "events", sample, entry->d_name);
	}
	closedir(adapters);
}

static bool directory_read(const char *directory, struct sample *sample, bool regions)
{
	if (!view_read(directory, "tags", sample, ""))
		return false;
	if (regions)
		view_read(directory, "regions", sample, "");
	events_read(directory, sample);
	return true;
}

/* Open a source. Return false with errno if it cannot be read. */
bool source_open(struct source *source, const char *path, bool saved)
{
	struct stat status;
	FILE *file;

	memset(source, 0, sizeof(*source));
	source->path = path;
	source->saved = saved;
	if (stat(path, &status))
		return false;
	if (!S_ISDIR(status.st_mode)) {
		source->saved = true;
		source->file = fopen(path, "re");
		return source->file;
	}
	file = view_open(path, "tags");
	if (file)
		fclose(file);
	return file;
}

/*
 * Read the next sample. Return false if there is none: at the end of a saved file, or if the
 * module is not there (any more), which leaves an empty sample.
 */
bool source_read(struct source *source, struct sample *sample, bool regions)
{
	if (!source->file)
		return directory_read(source->path, sample, regions);
	parse_tables(source->file, sample, "-", &source->ahead, &source->has_ahead);
	return sample->tags.count || sample->regions.count || sample->events.count ||
	       sample->unread || source->has_ahead;
}

bool source_ended(const struct source *source)
{
	return source->file && !source->has_ahead;
}

void source_close(struct source *source)
{
	if (source->file)
		fclose(source->file);
	source->file = NULL;
}

/* Have the kernel begin the peaks again. */
bool source_reset_peaks(const struct source *source)
{
	char path[PATH_BYTES];
	FILE *file;
	bool done;

	if (source->saved) {
		errno = EROFS;
		return false;
	}
	if ((size_t)snprintf(path, sizeof(path), "%s/peaks", source->path) >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	file = fopen(path, "r+e");
	if (!file)
		return false;
	done = fputs("reset", file) >= 0;
	return !fclose(file) && done;
}

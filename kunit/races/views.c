// SPDX-License-Identifier: GPL-2.0-only
/*
 * Users of debugfs: they read, hold, write and map the files of vpmem and of its adapters.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "races.h"

/* Limit of what is read of a file: a frame buffer is slow */
#define READ_MAX	(256 * 1024)

/* Choose a file of vpmem, or of an adapter. */
static bool random_view(char *path)
{
	char adapter[PATH_SIZE];

	if (below(3) && random_entry(DEBUGFS "/adapters", adapter, false))
		return random_entry(adapter, path, true);
	return random_entry(DEBUGFS, path, true);
}

/* Choose the file of that name of an adapter. */
static bool adapter_view(const char *name, char *path)
{
	char adapter[PATH_SIZE];

	if (!random_entry(DEBUGFS "/adapters", adapter, false))
		return false;
	snprintf(path, PATH_SIZE, "%.200s/%s", adapter, name);
	return true;
}

/*
 * Files that were found, and those that were read
 */

static void note_view(const char *path, bool was_read)
{
	const char *name = strrchr(path, '/') + 1;
	struct view *view = shared->view;

	while (__atomic_test_and_set(&shared->views_locked, __ATOMIC_ACQUIRE))
		pause_below(2);
	while (view < shared->view + VIEWS_MAX - 1 && view->name[0] && strcmp(view->name, name))
		view++;
	snprintf(view->name, sizeof(view->name), "%s", name);
	view->reads += was_read;
	__atomic_clear(&shared->views_locked, __ATOMIC_RELEASE);
}

/* Return how many files were found but never read, and name them. */
unsigned int count_unread(void)
{
	struct view *view = shared->view;
	unsigned int unread = 0;

	for (; view < shared->view + VIEWS_MAX && view->name[0]; view++) {
		if (!view->reads)
			say("races: no process has read %s", view->name);
		unread += !view->reads;
	}
	say("races: %u files, %u of them never read", (unsigned int)(view - shared->view),
	    unread);
	return view == shared->view ? 1 : unread;
}

void read_views(void)
{
	static char text[4096];
	char path[PATH_SIZE];
	size_t total = 0, size = below(4) ? sizeof(text) : 1 + below(200);
	ssize_t bytes;
	int fd;

	pause_below(5);
	if (!random_view(path))
		return;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	do {
		bytes = read(fd, text, size);
		total += bytes > 0 ? bytes : 0;
	} while (bytes > 0 && total < READ_MAX);
	if (bytes >= 0)
		did(VIEW_READ);
	note_view(path, bytes >= 0);
	close(fd);
}

/* Make each call on a file whose adapter may be gone. */
static void use_file(int fd)
{
	char text[100];
	void *pages;

	if (read(fd, text, sizeof(text)) < 0)
		pause_ms(1);
	if (write(fd, "reset", 5) < 0)
		pause_ms(1);
	lseek(fd, 0, SEEK_SET);
	if (pread(fd, text, sizeof(text), 100) < 0)
		pause_ms(1);
	pages = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (pages != MAP_FAILED)
		munmap(pages, 4096);
}

/* Tell whether the file that is open has been removed. */
static bool is_removed(int fd, const char *path)
{
	struct stat open, named;

	return !fstat(fd, &open) && (stat(path, &named) || named.st_ino != open.st_ino);
}

/* Read a part of a file, and keep it open until its adapter is gone, for a while at most. */
void hold_views(void)
{
	char path[PATH_SIZE], text[64];
	unsigned long end;
	int fd;

	pause_below(20);
	if (below(4) ? !random_view(path) : !adapter_view("framebuffer", path))
		return;
	fd = open(path, (below(2) ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	if (fd < 0)
		return;
	if (read(fd, text, sizeof(text)) < 0)
		pause_ms(1);
	end = now_ms() + below(1500);
	while (!hurry() && now_ms() < end && !is_removed(fd, path))
		pause_below(20);
	if (is_removed(fd, path) && strstr(path, "/adapters/"))
		did(VIEW_OUTLIVES_ADAPTER);
	use_file(fd);
	close(fd);
}

/*
 * Text that a file accepts
 */

static bool is_named(const char *path, const char *name)
{
	return !strcmp(strrchr(path, '/') + 1, name);
}

static void control_text(const char *path, char *text, size_t size)
{
	if (!below(8))
		snprintf(text, size, "%x rubbish", below(1000));
	else if (is_named(path, "peaks"))
		snprintf(text, size, "reset");
	else if (is_named(path, "quota"))
		/* Spare quotas that refuse what the samples need to start. */
		snprintf(text, size, "%u", 1U << (24 + below(8)));
	else if (is_named(path, "mode"))
		snprintf(text, size, below(6) ? "reset" : "%u", below(40));
	else if (is_named(path, "fail"))
		snprintf(text, size, "none");
	else
		snprintf(text, size, "%u", below(2));
}

void write_controls(void)
{
	char path[PATH_SIZE], text[32];
	struct stat file;
	bool found;

	pause_below(30);
	found = below(2) ? random_view(path) : adapter_view("mode", path);
	if (!found || stat(path, &file) || !(file.st_mode & 0200))
		return;
	control_text(path, text, sizeof(text));
	if (!write_text(path, text))
		did(CONTROL_WRITTEN);
}

/*
 * Frame buffer
 */

/* Have a mode set, without which there is no frame buffer. */
static void set_some_mode(const char *framebuffer)
{
	char path[PATH_SIZE], text[16];

	snprintf(path, sizeof(path), "%.*s/mode",
		 (int)(strrchr(framebuffer, '/') - framebuffer), framebuffer);
	if (read_text(path, text, sizeof(text)) > 0 && text[0] == '-') {
		snprintf(text, sizeof(text), "%u", below(30));
		write_text(path, text);
	}
}

/* Map the file, and write to the mapping until it is revoked, for a while at most. */
void map_framebuffer(void)
{
	char path[PATH_SIZE];
	size_t length = 4096UL << below(8);
	unsigned long end;
	bool revoked = false;
	uint8_t *pages;
	int fd;

	pause_below(10);
	if (!adapter_view("framebuffer", path))
		return;
	/* Mostly take the mode of a display, which such a mode would keep off. */
	if (!below(16))
		set_some_mode(path);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	pages = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	/* A mapping alone keeps the file. */
	if (below(2)) {
		close(fd);
		fd = -1;
	}
	end = now_ms() + 200 + below(1500);
	while (pages != MAP_FAILED && !revoked && !hurry() && now_ms() < end) {
		if (touch_pages(pages, length, &revoked))
			did(FRAMEBUFFER_DRAWN);
		pause_below(10);
	}
	if (revoked)
		did(FRAMEBUFFER_REVOKED);
	if (pages != MAP_FAILED)
		munmap(pages, length);
	if (fd >= 0)
		close(fd);
}

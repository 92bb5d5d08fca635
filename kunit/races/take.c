// SPDX-License-Identifier: GPL-2.0-only
/*
 * Take the adapter from its driver and from the bus, unload modules, switch CPUs off, and suspend
 * the machine.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "races.h"

/*
 * Device
 */

/* Find the display adapter, of which the machine has one. */
bool find_device(void)
{
	char path[PATH_SIZE], class[16];
	struct dirent *entry;
	DIR *dir = opendir(PCI "/devices");

	while (dir && !shared->device[0] && (entry = readdir(dir))) {
		snprintf(path, sizeof(path), PCI "/devices/%.20s/class", entry->d_name);
		if (read_text(path, class, sizeof(class)) > 0 && !strncmp(class, "0x0300", 6))
			snprintf(shared->device, sizeof(shared->device), "%.20s",
				 entry->d_name);
	}
	if (dir)
		closedir(dir);
	return shared->device[0];
}

static bool device_has(const char *entry, char *path)
{
	snprintf(path, PATH_SIZE, PCI "/devices/%s/%s", shared->device, entry);
	return exists(path);
}

static bool device_is_bound(void)
{
	char path[PATH_SIZE];

	return device_has("driver", path);
}

/* Find the driver of a sample that is loaded. */
static bool find_driver(char *path)
{
	static const char * const drivers[] = { "vpmem_vga", "vpmem_vbe" };

	for (unsigned int i = 0; i < 2; i++) {
		snprintf(path, PATH_SIZE, PCI "/drivers/%s/bind", drivers[i]);
		if (exists(path))
			return true;
	}
	return false;
}

static void unbind_device(void)
{
	char path[PATH_SIZE];

	if (device_has("driver/unbind", path) && !write_text(path, shared->device))
		did(DEVICE_UNBOUND);
}

static void bind_device(void)
{
	char path[PATH_SIZE];

	if (!device_is_bound() && find_driver(path) && !write_text(path, shared->device))
		did(DEVICE_BOUND);
}

static void remove_device(void)
{
	char path[PATH_SIZE];
	bool bound = device_is_bound();

	if (device_has("remove", path) && !write_text(path, "1") && bound)
		did(DEVICE_REMOVED);
}

/* Scan the bus for the device, which then gets its driver. */
static void scan(void)
{
	char path[PATH_SIZE];

	if (!device_has("class", path) && !write_text(PCI "/rescan", "1") &&
	    device_has("class", path))
		did(DEVICE_FOUND);
}

/*
 * Have the adapter used for a while: until a client has drawn on its display, or a process on
 * its frame buffer.
 */
static void let_use(void)
{
	enum counter use = below(4) ? DISPLAY_DRAWN : FRAMEBUFFER_DRAWN;
	unsigned long end = now_ms() + below(6000), last = done(use) + 1 + below(10);

	/* Do not wait for it in some rounds, nor where there is no adapter. */
	if (!below(4) || !device_is_bound())
		end = now_ms() + below(50);
	while (!stopping() && now_ms() < end && done(use) < last)
		pause_below(20);
}

/* Wait for a driver, and bind the device to it where that has failed before. */
static void await_driver(void)
{
	unsigned long end = now_ms() + 3000;
	char path[PATH_SIZE];

	while (!stopping() && !device_is_bound() && now_ms() < end) {
		pause_below(100);
		if (find_driver(path))
			bind_device();
	}
}

void take_device(void)
{
	if (below(8))
		await_driver();
	let_use();
	if (below(4)) {
		unbind_device();
		pause_below(100);
		bind_device();
	} else {
		remove_device();
		pause_below(100);
		scan();
	}
}

/*
 * Modules
 */

static const char *sample;		/* that is loaded, or NULL */

/* Load a module of the image. */
bool load(const char *module)
{
	static const char * const settings[] = {
		"int10_timeout_ms=3000",
		"int10_timeout_ms=3000 kmalloc=1",
		"int10_timeout_ms=3000 verify=1",
		"int10_timeout_ms=3000 callers=1",
	};
	const char *parameters = !strcmp(module, "vpmem") ? settings[below(4)] : "";
	char path[PATH_SIZE];
	int fd, err;

	snprintf(path, sizeof(path), "/%s.ko", module);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	err = syscall(SYS_finit_module, fd, parameters, 0);
	close(fd);
	return !err;
}

/* Unload a module. Try for some time, because it is in use now and then. */
bool unload(const char *module, unsigned int ms)
{
	unsigned long start = now_ms();
	bool gone;

	while ((gone = !syscall(SYS_delete_module, module, O_NONBLOCK)) == false &&
	       (errno == EAGAIN || errno == EBUSY || errno == EWOULDBLOCK) &&
	       now_ms() - start < ms) {
		/* After a part of the time, ask the others not to hold it. */
		if (now_ms() - start > ms / 4)
			shared->unloads = true;
		pause_below(5);
	}
	shared->unloads = false;
	return gone;
}

/* Check the sums after the last detach: there is no adapter any more. */
static void check_totals(void)
{
	char text[4096], path[PATH_SIZE];

	if (read_text(DEBUGFS "/tags", text, sizeof(text)) <= 0)
		return;
	if (strchr(text, '\n')[1] || random_entry(DEBUGFS "/adapters", path, false)) {
		did(TOTALS_WERE_WRONG);
		say("races: left after the last detach: %.150s", strchr(text, '\n') + 1);
	} else {
		did(TOTALS_WERE_ZERO);
	}
}

static void unload_modules(void)
{
	if (sample && !unload(sample, 4000))
		return;
	if (sample)
		did(SAMPLE_UNLOADED);
	sample = NULL;
	check_totals();
	pause_below(50);
	if (below(2) && unload("vpmem_drm", 4000))
		did(DRM_UNLOADED);
	pause_below(50);
	if (!exists("/sys/module/vpmem_drm") && below(4) && unload("vpmem", 4000))
		did(VPMEM_UNLOADED);
}

/* Choose a sample. The last one has the VGA of the machine without PCI. */
const char *random_sample(void)
{
	static const char * const samples[] = { "vpmem_vga", "vpmem_vga", "vpmem_vga",
						"vpmem_vbe", "vpmem_vbe", "vpmem_legacy" };

	return samples[below(6)];
}

static void load_sample(void)
{
	const char *name = random_sample();

	if (sample || !load(name))
		return;
	sample = name;
	did(SAMPLE_LOADED);
}

static void load_modules(void)
{
	bool late = below(2);

	if (!exists("/sys/module/vpmem") && load("vpmem"))
		did(VPMEM_LOADED);
	pause_below(50);
	if (late)
		load_sample();
	pause_below(50);
	if (!exists("/sys/module/vpmem_drm") && load("vpmem_drm"))
		did(DRM_LOADED);
	load_sample();
}

void take_modules(void)
{
	load_modules();
	let_use();
	pause_below(below(2) ? 4000 : 400);
	unload_modules();
}

/*
 * Machine
 */

#define CPUS	4

/* Switch a CPU off or on. Return whether it was in the other state. */
static bool switch_cpu(unsigned int cpu, bool on)
{
	char path[PATH_SIZE], text[4];

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", cpu);
	return read_text(path, text, sizeof(text)) > 0 && (text[0] == '1') != on &&
	       !write_text(path, on ? "1" : "0");
}

/* Suspend and resume as far as a test of the kernel goes; one to idle ends earlier. */
static void sleep_machine(void)
{
	static const char * const depth[] = { "freezer", "devices", "platform",
					      "processors", "core" };
	bool idle = below(2);

	if (write_text("/sys/power/pm_test", depth[below(idle ? 3 : 5)]))
		return;
	if (!write_text("/sys/power/state", idle ? "freeze" : "mem"))
		did(MACHINE_SLEPT);
}

void take_cpus(void)
{
	unsigned int cpu = 1 + below(CPUS - 1);

	pause_below(1000);
	if (!below(8))
		sleep_machine();
	else if (switch_cpu(cpu, false))
		did(CPU_OFFLINE);
	else if (switch_cpu(cpu, true))
		did(CPU_ONLINE);
}

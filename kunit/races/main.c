// SPDX-License-Identifier: GPL-2.0-only
/*
 * Test of races, for a machine with a display adapter and the modules of vpmem in /:
 *
 *	races ROUNDS SEED	processes use vpmem, until its adapter was taken from them so
 *				often
 *	races load ROUNDS SEED	load, attach, detach and unload, and compare the memory
 *
 * The first prints the counters of races.h. Its exit status only tells that it ran; the
 * counters decide.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "races.h"

/* Time to end, in which a suspend may fail that waits for 20 seconds */
#define END_MS		60000

/* Time without an unbind after which the run ends, and fails for too few */
#define STALL_MS	300000

struct shared *shared;

static const char * const names[COUNTERS] = {
	[VIEW_READ] = "view_read",
	[VIEW_OUTLIVES_ADAPTER] = "view_outlives_adapter",
	[CONTROL_WRITTEN] = "control_written",
	[FRAMEBUFFER_DRAWN] = "framebuffer_drawn",
	[FRAMEBUFFER_REVOKED] = "framebuffer_revoked",
	[FBDEV_DRAWN] = "fbdev_drawn",
	[CONSOLE_WRITTEN] = "console_written",
	[DISPLAY_MODE_SET] = "display_mode_set",
	[DISPLAY_DRAWN] = "display_drawn",
	[DISPLAY_OUTLIVES_ADAPTER] = "display_outlives_adapter",
	[CLIENT_KILLED] = "client_killed",
	[INT10_OPENED] = "int10_opened",
	[INT10_REQUEST_TAKEN] = "int10_request_taken",
	[INT10_REQUEST_ANSWERED] = "int10_request_answered",
	[INT10_REQUEST_ABANDONED] = "int10_request_abandoned",
	[INT10_RUBBISH_REFUSED] = "int10_rubbish_refused",
	[HELPER_KILLED] = "helper_killed",
	[DEVICE_UNBOUND] = "device_unbound",
	[DEVICE_BOUND] = "device_bound",
	[DEVICE_REMOVED] = "device_removed",
	[DEVICE_FOUND] = "device_found",
	[SAMPLE_LOADED] = "sample_loaded",
	[SAMPLE_UNLOADED] = "sample_unloaded",
	[DRM_LOADED] = "drm_loaded",
	[DRM_UNLOADED] = "drm_unloaded",
	[VPMEM_LOADED] = "vpmem_loaded",
	[VPMEM_UNLOADED] = "vpmem_unloaded",
	[TOTALS_WERE_ZERO] = "totals_were_zero",
	[CPU_OFFLINE] = "cpu_offline",
	[CPU_ONLINE] = "cpu_online",
	[MACHINE_SLEPT] = "machine_slept",
	[TOTALS_WERE_WRONG] = "totals_were_wrong",
	[PROCESS_HANGS] = "process_hangs",
	[PROCESS_CRASHED] = "process_crashed",
	[VIEWS_UNREAD] = "views_unread",
};

static struct worker {
	const char *name;
	void (*step)(void);
	unsigned int number;		/* of processes */
	pid_t pid[2];
} workers[] = {
	{ "read_views", read_views, 2 },
	{ "hold_views", hold_views, 2 },
	{ "write_controls", write_controls, 1 },
	{ "map_framebuffer", map_framebuffer, 2 },
	{ "map_fbdev", map_fbdev, 1 },
	{ "write_console", write_console, 1 },
	{ "run_clients", run_clients, 2 },
	{ "use_int10", use_int10, 1 },
	{ "kill_helper", kill_helper, 1 },
	{ "take_device", take_device, 1 },
	{ "take_modules", take_modules, 1 },
	{ "take_cpus", take_cpus, 1 },
};

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define WORKERS			ARRAY_SIZE(workers)

static void run_worker(const struct worker *worker, unsigned int seed)
{
	random_seed(seed);
	while (!stopping())
		worker->step();
	exit(0);
}

static void start_workers(unsigned int seed)
{
	struct worker *worker;
	unsigned int i;

	for (worker = workers; worker < workers + WORKERS; worker++) {
		for (i = 0; i < worker->number; i++) {
			worker->pid[i] = fork();
			if (worker->pid[i] < 0)
				exit(1);
			if (!worker->pid[i])
				run_worker(worker, seed * 100 + (worker - workers) * 2 + i);
		}
	}
}

/* Print where in the kernel a process is. */
static void report_hanging(const struct worker *worker, pid_t pid)
{
	char path[PATH_SIZE], text[2048], *line, *rest = text;

	say("races: %s (%d) does not end", worker->name, pid);
	snprintf(path, sizeof(path), "/proc/%d/stack", pid);
	if (read_text(path, text, sizeof(text)) > 0)
		while ((line = strsep(&rest, "\n")) && *line)
			say("races: %s", line);
	did(PROCESS_HANGS);
	kill(pid, SIGKILL);
}

static void wait_for(const struct worker *worker, pid_t pid, unsigned long end)
{
	int status;
	pid_t done;

	while (!(done = waitpid(pid, &status, WNOHANG)) && now_ms() < end)
		pause_ms(50);
	if (!done) {
		report_hanging(worker, pid);
	} else if (done != pid || status) {
		say("races: %s (%d) ended with status 0x%x", worker->name, pid, status);
		did(PROCESS_CRASHED);
	}
}

static void stop_workers(void)
{
	unsigned long end = now_ms() + END_MS;
	const struct worker *worker;
	unsigned int i;

	shared->stop = true;
	for (worker = workers; worker < workers + WORKERS; worker++)
		for (i = 0; i < worker->number; i++)
			wait_for(worker, worker->pid[i], end);
}

static unsigned long rounds_done(void)
{
	return done(DEVICE_UNBOUND) + done(DEVICE_REMOVED);
}

/* Wait until the adapter was taken from its users so often. */
static void wait_rounds(unsigned int rounds)
{
	unsigned long last = 0, taken = 0, since = now_ms();

	while (taken < rounds && now_ms() - since < STALL_MS) {
		pause_ms(100);
		taken = rounds_done();
		if (taken / 50 != last / 50)
			say("races: %lu of %u rounds", taken, rounds);
		if (taken != last)
			since = now_ms();
		last = taken;
	}
}

static void print_counters(void)
{
	enum counter counter;

	printf("rounds %lu\n", rounds_done());
	for (counter = 0; counter < COUNTERS; counter++) {
		if (counter == FAULTS)
			printf("faults\n");
		printf("%s %lu\n", names[counter], done(counter));
	}
}

static int run_races(unsigned int rounds, unsigned int seed)
{
	start_workers(seed);
	wait_rounds(rounds);
	stop_workers();
	shared->count[VIEWS_UNREAD] = count_unread();
	print_counters();
	return 0;
}

int main(int argc, char **argv)
{
	bool loads = argc == 4 && !strcmp(argv[1], "load");

	if (argc != 3 && !loads) {
		fprintf(stderr, "usage: races [load] ROUNDS SEED\n");
		return 2;
	}
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || !find_device())
		return 1;
	if (!loads)
		return run_races(atoi(argv[1]), atoi(argv[2]));
	random_seed(atoi(argv[3]));
	return load_rounds(atoi(argv[2]));
}

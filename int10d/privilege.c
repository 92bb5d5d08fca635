// SPDX-License-Identifier: GPL-2.0-only
/*
 * Give up everything but what the loop needs: the ports, which stay, the files that
 * are open, and memory. What the BIOS could do with the helper is then what it can
 * do with the hardware.
 */

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "int10d.h"

/* No user's: the processes of the common nobody could send it signals. */
#define NOBODY	0x7fff0000
/* Megabyte, libraries and ample room, without the mapping above the megabyte */
#define MEMORY	(64 << 20)
#define ADDRESSES (sizeof(void *) > 4 ? 0x100000000ULL : 0)

static void must(bool done, const char *what)
{
	if (!done)
		die("cannot %s: %s", what, strerror(errno));
}

static void bound(int resource, rlim_t limit)
{
	const struct rlimit both = { limit, limit };

	must(setrlimit(resource, &both) == 0, "set its resource limits");
}

static void bound_resources(int last_file)
{
	bound(RLIMIT_CORE, 0);
	bound(RLIMIT_NPROC, 0);
	bound(RLIMIT_MEMLOCK, 0);
	bound(RLIMIT_AS, MEMORY + ADDRESSES);
	bound(RLIMIT_DATA, MEMORY);
	/* Not less: poll() takes no more files than may be open. */
	bound(RLIMIT_NOFILE, last_file + 1);
}

/* The bounding set goes first, since that takes a capability. */
static void drop_bounding_set(void)
{
	int capability = 0;

	while (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0)
		capability++;
	must(capability && errno == EINVAL, "drop the capability bounding set");
}

static void become_nobody(void)
{
	must(setgroups(0, NULL) == 0, "drop its groups");
	must(setresgid(NOBODY, NOBODY, NOBODY) == 0, "change its group");
	must(setresuid(NOBODY, NOBODY, NOBODY) == 0, "change its user");
}

static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = { 0 };

	must(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0,
	     "drop its ambient capabilities");
	must(syscall(SYS_capset, &header, none) == 0, "drop its capabilities");
}

static bool allow_calls(scmp_filter_ctx filter)
{
	static const int calls[] = {
		SCMP_SYS(read), SCMP_SYS(write),
		SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(ppoll_time64),
		SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigreturn),
		SCMP_SYS(exit), SCMP_SYS(exit_group),
		/* Closing the log, which stays open until nothing can fail any more. */
		SCMP_SYS(close),
		/* Needed by malloc(), with mmap and mremap below. */
		SCMP_SYS(brk), SCMP_SYS(munmap),
		/* The library asks for the time, which is no call on most machines. */
		SCMP_SYS(time), SCMP_SYS(gettimeofday), SCMP_SYS(clock_gettime),
		SCMP_SYS(clock_gettime64),
	};
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0))
			return false;
	return true;
}

/* Memory that is neither a file's nor executable. */
static bool allow_memory(scmp_filter_ctx filter, int call)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 2,
				SCMP_A2(SCMP_CMP_EQ, PROT_READ | PROT_WRITE, 0),
				SCMP_A3(SCMP_CMP_EQ, MAP_PRIVATE | MAP_ANONYMOUS, 0)) == 0;
}

static void filter_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);

	errno = EINVAL;
	must(filter &&
	     seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
	     allow_calls(filter) &&
	     allow_memory(filter, SCMP_SYS(mmap)) &&
	     allow_memory(filter, SCMP_SYS(mmap2)) &&
	     seccomp_load(filter) == 0, "filter its system calls");
	seccomp_release(filter);
}

/* @last_file: the highest descriptor that is open */
void privilege_drop(int last_file)
{
	must(chdir("/") == 0, "change its directory");
	bound_resources(last_file);
	drop_bounding_set();
	become_nobody();
	drop_capabilities();
	must(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0, "become undumpable");
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "renounce new privileges");
	filter_calls();
}

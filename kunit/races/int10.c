// SPDX-License-Identifier: GPL-2.0-only
/*
 * Users of the INT10 device: processes that open it in place of the helper, and answer
 * requests wrongly or not at all; and one that kills the helper.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "races.h"
#include "vpmem-int10.h"

#define DEVICE	"/dev/" VPMEM_INT10_DEVICE

static void write_rubbish(int fd)
{
	uint8_t bytes[2 * sizeof(struct vpmem_int10_reply)];
	size_t i, size = below(sizeof(bytes) + 1);

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = below(256);
	if (write(fd, bytes, size) < 0)
		did(INT10_RUBBISH_REFUSED);
}

/* Answer a request with registers that no BIOS returned. */
static void answer(int fd, const struct vpmem_int10_request *request)
{
	struct vpmem_int10_reply reply = {
		.status = below(3) ? VPMEM_INT10_DONE : below(VPMEM_INT10_STATUSES),
		.sequence = request->sequence,
		.registers = request->registers,
	};

	reply.registers.eax = below(2) ? 0x4f : below(1U << 31);
	if (write(fd, &reply, sizeof(reply)) == sizeof(reply))
		did(INT10_REQUEST_ANSWERED);
}

/* Wait for requests for a while, and end at a random place. */
static void serve(int fd)
{
	struct pollfd pollfd = { .fd = fd, .events = POLLIN };
	unsigned long end = now_ms() + below(600);
	struct vpmem_int10_request request;

	while (!hurry() && now_ms() < end) {
		if (!below(4))
			write_rubbish(fd);
		if (poll(&pollfd, 1, 50) <= 0)
			continue;
		if (read(fd, &request, sizeof(request)) != sizeof(request))
			return;
		did(INT10_REQUEST_TAKEN);
		if (!below(4)) {
			did(INT10_REQUEST_ABANDONED);
			return;
		}
		pause_below(20);
		answer(fd, &request);
	}
}

static void open_device(void)
{
	uint8_t *space;
	bool revoked;
	int fd;

	fd = open(DEVICE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	did(INT10_OPENED);
	/* Keep away from the interrupt table and the code of the BIOS, which would end calls. */
	space = mmap(NULL, 0x10000, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0x20000);
	serve(fd);
	if (below(2))
		close(fd);
	if (space != MAP_FAILED) {
		touch_pages(space, 0x10000, &revoked);
		munmap(space, 0x10000);
	}
	close(fd);
}

/* Open the device in a process of its own: vpmem kills one that does not answer. */
void use_int10(void)
{
	pause_below(3000);
	run_in_child(open_device, 0);
}

void kill_helper(void)
{
	char text[512], *at;
	int pid;

	pause_below(3000);
	if (read_text(DEBUGFS "/int10", text, sizeof(text)) <= 0)
		return;
	at = strstr(text, "\nHelper");
	if (!at || sscanf(at, "\nHelper %d", &pid) != 1 || pid <= 1)
		return;
	/* Spare the process of use_int10(), which is no helper. */
	snprintf(text, sizeof(text), "/proc/%d/comm", pid);
	if (read_text(text, text + 64, 64) <= 0 || strcmp(text + 64, "vpmem-int10d\n"))
		return;
	if (!kill(pid, SIGKILL))
		did(HELPER_KILLED);
}

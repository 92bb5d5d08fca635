// SPDX-License-Identifier: GPL-2.0-only
/*
 * Machine of the helper, with a hostile BIOS and a hostile adapter: code, registers, ports. A
 * call has an end, says how it went, and accesses no memory but that of the adapter.
 */
#include <stdarg.h>
#include <sys/mman.h>
#include "calls.h"
#include "engine.h"
#include "host.h"

/* Memory of adapters, of which a call gets two ranges */
#define ADAPTERS	0xfd000000
#define ADAPTERS_SIZE	0x2000
#define GUARD		0xa5

#define NS_PER_MS	1000000ULL
/* Time that a call may take longer: a wait for a tick, and looks at the clock */
#define SLACK_MS	100

char line[256];

void log_line(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(line, sizeof(line), format, list);
	va_end(list);
}

int fuzz_poll(struct pollfd *files, nfds_t nr, int milliseconds)
{
	(void)files;
	expect(!nr && milliseconds >= 0, "poll() of %lu files, %d ms", nr, milliseconds);
	host_wait(milliseconds * NS_PER_MS);
	return 0;
}

static uint8_t *adapters(void)
{
	return host_high + ADAPTERS - VPMEM_INT10_SPACE;
}

static void init(void)
{
	host_map(PROT_NONE);
	expect(!mprotect(adapters(), ADAPTERS_SIZE, PROT_READ | PROT_WRITE), "mprotect()");
	expect(machine_init(host_space, host_high, true), "the machine does not start");
}

static struct vpmem_int10_window window_of(struct input *input)
{
	uint32_t start = input_u16(input) % ADAPTERS_SIZE;

	return (struct vpmem_int10_window) {
		.start = ADAPTERS + start,
		.length = input_u16(input) % (ADAPTERS_SIZE - start) + 1,
	};
}

static bool is_in(const struct vpmem_int10_request *request, uint32_t address)
{
	unsigned int i;

	for (i = 0; i < request->nr_windows; i++)
		if (address >= request->windows[i].start &&
		    address - request->windows[i].start < request->windows[i].length)
			return true;
	return false;
}

static void check_adapters(const struct vpmem_int10_request *request)
{
	uint32_t i;

	for (i = 0; i < ADAPTERS_SIZE; i++)
		expect(adapters()[i] == GUARD || is_in(request, ADAPTERS + i),
		       "wrote %08x, which is in no range", ADAPTERS + i);
}

static void check_reply(const struct vpmem_int10_request *request,
			const struct vpmem_int10_reply *reply)
{
	expect(reply->sequence == request->sequence, "sequence");
	expect(reply->status < VPMEM_INT10_STATUSES, "status %u", reply->status);
	expect(reply->nanoseconds <= (request->milliseconds + SLACK_MS) * NS_PER_MS,
	       "took %llu ns of %u ms", (unsigned long long)reply->nanoseconds,
	       request->milliseconds);
	expect((reply->status <= VPMEM_INT10_NO_PORTS) == !*line, "status %u: \"%s\"",
	       reply->status, line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	struct vpmem_int10_request request = {
		.version = VPMEM_INT10_VERSION, .sequence = 7,
		.nr_windows = 2,
	};
	struct vpmem_int10_reply reply;

	if (!host_space)
		init();
	host_begin(&input);
	memset(adapters(), GUARD, ADAPTERS_SIZE);
	engine_set_interval(1 + input_u8(&input));
	request.milliseconds = 1 + input_u8(&input) % 32;
	input_bytes(&input, &request.registers, sizeof(request.registers));
	request.windows[0] = window_of(&input);
	request.windows[1] = window_of(&input);
	host_load(&input);
	*line = '\0';
	machine_call(&request, &reply);
	check_reply(&request, &reply);
	check_adapters(&request);
	return 0;
}

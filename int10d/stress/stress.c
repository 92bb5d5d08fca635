// SPDX-License-Identifier: GPL-2.0-only
/*
 * Replay of whole video BIOSes: calls that a driver would make, on an imitated display
 * adapter, and without time. Single instructions do not show what goes wrong where an
 * engine stops and goes on, so each call is repeated from the same state with stops every
 * few blocks, and must do the same. It prints TAP, and a line for each call with all that
 * the call has done, by which engines can be compared.
 *
 *	stress [-s] [-w STATES] [-r STATES] ROM...
 *
 * -s	with stops
 * -w	write the state after the start of each BIOS to a directory
 * -r	read it from there: not every engine can start every BIOS
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "../clock.h"
#include "../engine.h"
#include "../int10d.h"
#include "../test_log.h"
#include "card.h"

#define ROM		0xc0000
#define ROM_SEGMENT	0xc000
#define START_SEGMENT	0x9000
#define BLOCK_SEGMENT	0x2000
/* Looks at the clock that a call may take: it waits for nothing, unless it hangs. */
#define MOST_CHECKS	1000000

#define HIGH_SIZE	(CARD_REGISTERS + CARD_REGISTERS_SIZE - VPMEM_INT10_SPACE)

/* All that a call may change */
struct state {
	uint8_t space[VPMEM_INT10_SPACE];
	uint8_t memory[CARD_MEMORY_SIZE];
	uint8_t registers[CARD_REGISTERS_SIZE];
	struct card card;
};

/* All that it has done, without padding: outcomes are compared as bytes. */
struct outcome {
	uint64_t status;
	struct vpmem_int10_registers registers;
	uint64_t space, card, trace;
};

static uint8_t *space, *high;
static int number, failures;
static unsigned int checks;	/* of the clock, in this call */
static unsigned int stops;
static bool stopping;
static uint64_t now;

/*
 * Stand-in for the helper's clock
 */

void clock_init(void *unused)
{
	(void)unused;
}

void clock_begin(unsigned int milliseconds)
{
	(void)milliseconds;
	now = 0;
	checks = 0;
}

uint64_t clock_now(void)
{
	return now += 1000;
}

uint64_t clock_elapsed(void)
{
	return 0;
}

bool clock_wait(uint64_t nanoseconds)
{
	now += nanoseconds;
	return true;
}

bool clock_wait_tick(void)
{
	return true;
}

/* Stop the engine, but not the machine, which asks again before it goes on. */
bool clock_check(void)
{
	static bool is_machine;

	if (++checks > MOST_CHECKS)
		return false;
	if (!stopping)
		return true;
	is_machine = !is_machine;
	if (is_machine)
		stops++;
	return !is_machine;
}

/*
 * States
 */

static uint8_t *at_high(uint32_t address)
{
	return high + (address - VPMEM_INT10_SPACE);
}

static void state_save(struct state *state)
{
	memcpy(state->space, space, sizeof(state->space));
	memcpy(state->memory, at_high(CARD_MEMORY), sizeof(state->memory));
	memcpy(state->registers, at_high(CARD_REGISTERS), sizeof(state->registers));
	state->card = card;
}

/* Write only what differs, as a call does: the engine is to find that out. */
static void state_restore(const struct state *state)
{
	memcpy(space, state->space, sizeof(state->space));
	memcpy(at_high(CARD_MEMORY), state->memory, sizeof(state->memory));
	memcpy(at_high(CARD_REGISTERS), state->registers, sizeof(state->registers));
	card = state->card;
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static FILE *state_file(const char *directory, const char *rom, const char *mode)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.state", directory, name_of(rom));
	file = fopen(path, mode);
	if (!file)
		die("%s cannot be opened", path);
	return file;
}

static void state_write(const char *directory, const char *rom, const struct state *state)
{
	FILE *file = state_file(directory, rom, "wb");

	if (fwrite(state, sizeof(*state), 1, file) != 1 || fclose(file))
		die("cannot write the state of %s", rom);
}

static void state_read(const char *directory, const char *rom, struct state *state)
{
	FILE *file = state_file(directory, rom, "rb");

	if (fread(state, sizeof(*state), 1, file) != 1)
		die("cannot read the state of %s", rom);
	fclose(file);
}

/*
 * Calls
 */

static struct vpmem_int10_registers registers_of(uint32_t ax, uint32_t bx, uint32_t cx,
						 uint32_t dx)
{
	return (struct vpmem_int10_registers) {
		.eax = 0x11110000 | ax, .ebx = 0x22220000 | bx, .ecx = 0x33330000 | cx,
		.edx = 0x44440000 | dx, .esi = 0x55550004, .edi = 0x66660000,
		.ebp = 0x77770000, .ds = BLOCK_SEGMENT, .es = BLOCK_SEGMENT,
	};
}

static struct outcome call(const struct vpmem_int10_registers *registers)
{
	struct vpmem_int10_request request = {
		.version = VPMEM_INT10_VERSION, .milliseconds = 1000,
		.registers = *registers, .nr_windows = 2,
		.windows = {
			{ CARD_MEMORY, CARD_MEMORY_SIZE },
			{ CARD_REGISTERS, CARD_REGISTERS_SIZE },
		},
	};
	struct vpmem_int10_reply reply;
	struct outcome outcome = { 0 };

	*line = '\0';
	card.trace = 0;
	machine_call(&request, &reply);
	outcome.status = reply.status;
	outcome.registers = reply.registers;
	outcome.trace = card.trace;
	outcome.card = hash(0, &card, sizeof(card));
	outcome.space = hash(0, space, VPMEM_INT10_SPACE);
	return outcome;
}

static void print_call(const struct vpmem_int10_registers *in, const struct outcome *out)
{
	const struct vpmem_int10_registers *r = &out->registers;

	printf("# %04x %04x:", in->eax & 0xffff, in->ebx & 0xffff);
	printf(" %08x %08x %08x %08x", r->eax, r->ebx, r->ecx, r->edx);
	printf(" %08x %08x %08x %04x %04x", r->esi, r->edi, r->ebp, r->ds, r->es);
	printf(" %016jx %016jx %016jx", (uintmax_t)out->space, (uintmax_t)out->card,
	       (uintmax_t)out->trace);
	printf(" %ju %s\n", (uintmax_t)out->status, line);
}

static void result(bool good, const char *name, const char *rom)
{
	number++;
	if (!good)
		failures++;
	printf("%sok %d - %s %s\n", good ? "" : "not ", number, rom, name);
	fflush(stdout);
}

/* Repeat a call from a state with stops. Return whether each time it did the same. */
static bool same_with_stops(const struct vpmem_int10_registers *registers,
			    const struct state *before, const struct outcome *expected)
{
	static const unsigned int intervals[] = { 2, 3, 7, 50 };
	bool same = true;
	struct outcome outcome;
	size_t i;

	for (i = 0; i < sizeof(intervals) / sizeof(*intervals); i++) {
		state_restore(before);
		engine_set_interval(intervals[i]);
		stopping = true;
		outcome = call(registers);
		stopping = false;
		if (!memcmp(&outcome, expected, sizeof(outcome)))
			continue;
		printf("# with stops every %u blocks:\n", intervals[i]);
		print_call(registers, &outcome);
		same = false;
	}
	return same;
}

static bool run_call(struct vpmem_int10_registers registers, bool with_stops)
{
	static struct state before, after;
	struct outcome outcome;
	bool same;

	state_save(&before);
	outcome = call(&registers);
	print_call(&registers, &outcome);
	if (!with_stops)
		return true;
	state_save(&after);
	same = same_with_stops(&registers, &before, &outcome);
	state_restore(&after);
	return same;
}

static bool run_calls(bool with_stops)
{
	static const uint16_t calls[][4] = {
		{ 0x4f00 }, { 0x4f01, 0, 0x100 }, { 0x4f01, 0, 0x101 }, { 0x4f01, 0, 0x103 },
		{ 0x4f01, 0, 0x111 }, { 0x4f01, 0, 0x112 }, { 0x4f01, 0, 0x115 },
		{ 0x4f01, 0, 0x118 }, { 0x4f01, 0, 0x11b }, { 0x4f01, 0, 0x144 },
		{ 0x4f01, 0, 0x7fff }, { 0x4f03 }, { 0x0003 }, { 0x0f00 }, { 0x0e41, 7 },
		{ 0x0e0a, 7 }, { 0x0942, 0x1e, 10 }, { 0x0600, 0x0700, 0, 0x184f },
		{ 0x0702, 0x0700, 0x0101, 0x1040 }, { 0x0200, 0, 0, 0x0505 }, { 0x0300 },
		{ 0x0800 }, { 0x1003, 1 }, { 0x1002 }, { 0x1010, 3, 0x1234, 0x5600 },
		{ 0x1015, 3 }, { 0x1130, 0x0300 }, { 0x1130, 0x0600 }, { 0x1112 }, { 0x1104 },
		{ 0x1200, 0x10 }, { 0x1201, 0x30 }, { 0x1301, 0x001f, 12, 0x0a0a },
		{ 0x1a00 }, { 0x1b00 }, { 0x1c00, 0, 7 }, { 0x4f02, 0x0101 },
		{ 0x4f05, 0, 0, 2 }, { 0x4f05, 0x0100 }, { 0x4f06, 1 }, { 0x4f06, 0, 800 },
		{ 0x4f07, 0, 8, 8 }, { 0x4f07, 1 }, { 0x4f08, 0x0800 }, { 0x4f08, 1 },
		{ 0x4f04, 0, 15 }, { 0x4f04, 0x200, 15, 1 }, { 0x4f04, 0x200, 15, 2 },
		{ 0x4f02, 0x4112 }, { 0x4f03 }, { 0x4f02, 0xc118 }, { 0x4f09, 0, 16 },
		{ 0x4f0a }, { 0x4f10 }, { 0x4f15 }, { 0x4f15, 1 }, { 0x0012 },
		{ 0x0c0f, 0, 100, 100 }, { 0x0d00, 0, 100, 100 }, { 0x0013 },
		{ 0x0c33, 0, 50, 50 }, { 0x0e58, 12 }, { 0x0083 }, { 0x4f02, 3 }, { 0x6f00 },
	};
	bool same = true;
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!run_call(registers_of(calls[i][0], calls[i][1], calls[i][2], calls[i][3]),
			      with_stops))
			same = false;
	return same;
}

/*
 * Start of a BIOS
 */

static const struct {
	const char *part;
	uint32_t id;
} adapters[] = {
	{ "cirrus", 0x00b81013 },
	{ "vmware", 0x040515ad },
	{ "qxl", 0x01001b36 },
	{ "virtio", 0x10501af4 },
	{ "ati", 0x50461002 },
	{ "", 0x11111234 },
};

static uint32_t pci_id_of(const char *rom)
{
	size_t i = 0;

	while (!strstr(name_of(rom), adapters[i].part))
		i++;
	return adapters[i].id;
}

static void load_rom(const char *rom)
{
	FILE *file = fopen(rom, "rb");

	if (!file || !fread(space + ROM, 1, 0x10000, file))
		die("%s cannot be read", rom);
	fclose(file);
}

/* INT 10h; call c000:0003, where each ROM begins; iret */
static void prepare_start(void)
{
	static const uint8_t code[] = { 0x9a, 0x03, 0x00, 0x00, 0xc0, 0xcf };
	static const uint16_t vector[] = { 0, START_SEGMENT };

	memcpy(space + START_SEGMENT * 16, code, sizeof(code));
	memcpy(space + 0x10 * 4, vector, sizeof(vector));
}

static bool leads_to_rom(void)
{
	uint16_t segment;

	memcpy(&segment, space + 0x10 * 4 + 2, sizeof(segment));
	return segment >= ROM_SEGMENT;
}

static bool start(const char *rom, bool with_stops)
{
	bool same;

	memset(space, 0, VPMEM_INT10_SPACE);
	memset(at_high(CARD_MEMORY), 0, CARD_MEMORY_SIZE);
	memset(at_high(CARD_REGISTERS), 0, CARD_REGISTERS_SIZE);
	card_init(pci_id_of(rom));
	load_rom(rom);
	prepare_start();
	same = run_call(registers_of(CARD_PCI, 0, 0, 0), with_stops);
	result(same && leads_to_rom(), "starts", rom);
	return leads_to_rom();
}

static void replay(const char *rom, bool with_stops, const char *from, const char *to)
{
	static struct state state;

	if (from) {
		state_read(from, rom, &state);
		state_restore(&state);
	} else if (!start(rom, with_stops)) {
		return;
	}
	state_save(&state);
	if (to)
		state_write(to, rom, &state);
	stops = 0;
	result(run_calls(with_stops) && (!with_stops || stops > 1000), "calls", rom);
	if (with_stops)
		printf("# %u stops\n", stops);
}

static void *map_memory(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		die("no memory");
	return memory;
}

int main(int argc, char **argv)
{
	const char *from = NULL, *to = NULL;
	bool with_stops = false;
	int option;

	while ((option = getopt(argc, argv, "sw:r:")) != -1) {
		switch (option) {
		case 's':
			with_stops = true;
			break;
		case 'w':
			to = optarg;
			break;
		case 'r':
			from = optarg;
			break;
		default:
			die("usage: stress [-s] [-w STATES] [-r STATES] ROM...");
		}
	}
	space = map_memory(VPMEM_INT10_SPACE);
	high = map_memory(HIGH_SIZE);
	if (!machine_init(space, high, true))
		die("%s", line);
	printf("# %s\n", engine_name());
	for (; optind < argc; optind++)
		replay(argv[optind], with_stops, from, to);
	printf("1..%d\n", number);
	return failures || !number ? EXIT_FAILURE : EXIT_SUCCESS;
}

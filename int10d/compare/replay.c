// SPDX-License-Identifier: GPL-2.0-only
/*
 * Player of the cases of compare/run in the helper's machine, as calls of its BIOS.
 *
 *	replay CASES FIRST >>RESULTS
 *
 * The file of cases is described in firmware.S. A result is, in words of 32 bits: the
 * status of the call, the length of its message and the message, filled up with zeros, the
 * number of pairs, and the pairs of address and value by which the memory differs from that
 * after the setup. Each result is written before the next case runs: the machine may
 * die of a case, and compare/run then starts another player behind it.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include "../int10d.h"
#include "../test_log.h"

/* Milliseconds that a call may take, on a busy host */
#define LIMIT		5000
/* Seconds of the processor for a case */
#define PATIENCE	10
/* Conventional memory: what the cases may change */
#define SIZE		0xa0000
#define CHUNK		0x400

static uint8_t *space, *pristine;

/* No case uses a port. */
uint32_t port_in(uint16_t port, unsigned int bytes)
{
	(void)port;
	(void)bytes;
	return UINT32_MAX;
}

void port_out(uint16_t port, unsigned int bytes, uint32_t value)
{
	(void)port;
	(void)bytes;
	(void)value;
}

static bool start_machine(void)
{
	return machine_init(space, NULL, true);
}

static uint32_t call_machine(void)
{
	const struct vpmem_int10_request request = {
		.version = VPMEM_INT10_VERSION,
		.milliseconds = LIMIT,
	};
	struct vpmem_int10_reply reply;

	*line = '\0';
	machine_call(&request, &reply);
	return reply.status;
}

static uint32_t read_word(FILE *file)
{
	uint32_t word;

	if (fread(&word, sizeof(word), 1, file) != 1)
		die("replay: the file of cases is too short");
	return word;
}

static void write_word(uint32_t word)
{
	fwrite(&word, sizeof(word), 1, stdout);
}

static void apply(FILE *file)
{
	uint32_t count = read_word(file);

	while (count--) {
		uint32_t address = read_word(file);
		uint32_t value = read_word(file);

		if (address > SIZE - sizeof(value))
			die("replay: address %x is out of range", address);
		memcpy(space + address, &value, sizeof(value));
	}
}

/* Helper's own stack and code, and the data of the BIOS, in which the clock ticks. */
static bool is_compared(uint32_t at)
{
	return (at < VPMEM_INT10_HELPER || at >= VPMEM_INT10_HELPER + VPMEM_INT10_HELPER_SIZE) &&
		at / CHUNK != 0x400 / CHUNK;
}

/* Write the differences of a chunk if @writes, and return their number. */
static uint32_t compare_chunk(uint32_t at, bool writes)
{
	uint32_t count = 0, end = at + CHUNK, value;

	if (!is_compared(at) || !memcmp(space + at, pristine + at, CHUNK))
		return 0;
	for (; at < end; at += sizeof(value)) {
		if (!memcmp(space + at, pristine + at, sizeof(value)))
			continue;
		count++;
		if (!writes)
			continue;
		memcpy(&value, space + at, sizeof(value));
		write_word(at);
		write_word(value);
	}
	return count;
}

static uint32_t compare(bool writes)
{
	uint32_t count = 0, at;

	for (at = 0; at < SIZE; at += CHUNK)
		count += compare_chunk(at, writes);
	return count;
}

static void restore(void)
{
	uint32_t at;

	for (at = 0; at < SIZE; at += CHUNK)
		if (memcmp(space + at, pristine + at, CHUNK))
			memcpy(space + at, pristine + at, CHUNK);
}

static void run_case(void)
{
	static const char zeros[4];
	struct itimerval patience = { .it_value.tv_sec = PATIENCE };
	uint32_t status, length;

	setitimer(ITIMER_VIRTUAL, &patience, NULL);
	status = call_machine();
	length = strlen(line);
	write_word(status);
	write_word(length);
	fwrite(line, 1, length, stdout);
	fwrite(zeros, 1, -length % 4, stdout);
	write_word(compare(false));
	compare(true);
	fflush(stdout);
	restore();
}

static void *map(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			    -1, 0);

	if (memory == MAP_FAILED)
		die("replay: no memory");
	return memory;
}

static void skip_case(FILE *file)
{
	uint32_t count = read_word(file);

	if (fseek(file, count * 8L, SEEK_CUR))
		die("replay: cannot seek in the file of cases");
}

int main(int argc, char **argv)
{
	FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
	uint32_t cases, number, first;

	if (!file)
		die("usage: replay CASES FIRST");
	first = strtoul(argv[2], NULL, 10);
	space = map(VPMEM_INT10_SPACE);
	pristine = map(SIZE);
	if (!start_machine())
		die("replay: no machine");
	if (fseek(file, 12, SEEK_SET))
		die("replay: cannot seek in the file of cases");
	cases = read_word(file);
	apply(file);
	memcpy(pristine, space, SIZE);
	for (number = 0; number < cases; number++) {
		if (number < first) {
			skip_case(file);
			continue;
		}
		apply(file);
		run_case();
	}
	return EXIT_SUCCESS;
}

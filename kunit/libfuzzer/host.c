// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stand-ins for what the helper needs of its host.
 */
#include <sys/mman.h>
#include <time.h>
#include "calls.h"
#include "host.h"

/* Each look at the clock takes so long, which bounds the instructions of a call. */
#define STEP_NS		1000000ULL
#define NS_PER_SECOND	1000000000ULL

#define VECTORS		32		/* of exceptions, and some interrupts */
#define CODE_MAX	512
#define ROM		0xc0000
#define VIDEO		0xa0000

/* Descriptors, with a segment of 4 GiB, and behind them their limit and address for LGDT */
#define TABLE		0x20000
static const uint8_t table[] = {
	0, 0, 0, 0, 0, 0, 0, 0,
	0xff, 0xff, 0, 0, 0, 0x92, 0xcf, 0,
	15, 0, 0, 0, 2, 0,
};

/*
 * Code that loads FS with that segment, which stays when it is back in real mode: mov bx, 2000;
 * mov ds, bx; lgdt [10]; mov ecx, cr0; or cl, 1; mov cr0, ecx; mov bx, 8; mov fs, bx;
 * and cl, fe; mov cr0, ecx
 */
static const uint8_t unreal[] = {
	0xbb, 0x00, 0x20, 0x8e, 0xdb, 0x0f, 0x01, 0x16, 0x10, 0x00, 0x0f, 0x20, 0xc1, 0x80, 0xc9,
	0x01, 0x0f, 0x22, 0xc1, 0xbb, 0x08, 0x00, 0x8e, 0xe3, 0x80, 0xe1, 0xfe, 0x0f, 0x22, 0xc1,
};

uint8_t *host_space, *host_high;

static uint64_t now;
static struct input *ports;

/*
 * Memory
 */

/*
 * The sanitizer knows the end of what malloc() returned, to the byte. Nothing lies behind the
 * addresses of 32 bits, where an offset that is less than 0 leads to.
 */
void host_map(int prot)
{
	host_space = malloc(VPMEM_INT10_SPACE);
	expect(host_space, "no memory");
	host_high = mmap(NULL, HIGH_SIZE + 2 * VPMEM_INT10_SPACE, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	expect(host_high != MAP_FAILED && !mprotect(host_high, HIGH_SIZE, prot), "no memory");
}

void host_begin(struct input *of_ports)
{
	memset(host_space, 0, VPMEM_INT10_SPACE);
	memcpy(host_space + TABLE, table, sizeof(table));
	ports = of_ports;
}

/* Return where code goes: to the segment of a ROM, beside the video memory, or to either end. */
static uint32_t place_of(struct input *input, uint8_t choice, uint32_t size)
{
	switch (choice & 3) {
	case 0:
		return ROM;
	case 1:
		return VIDEO - size;
	case 2:
		return VPMEM_INT10_SPACE - size;
	default:
		return input_u32(input) % (VPMEM_INT10_SPACE - size);
	}
}

static void set_vector(unsigned int number, uint32_t linear, uint16_t offset)
{
	const uint16_t vector[] = { (linear & 15) + offset, linear >> 4 };

	memcpy(host_space + number * 4, vector, sizeof(vector));
}

void host_load(struct input *input)
{
	uint16_t size = 1 + input_u16(input) % CODE_MAX;
	uint8_t choice = input_u8(input);
	uint32_t before = choice & 4 ? sizeof(unreal) : 0;
	uint32_t place = place_of(input, choice, size + before);
	unsigned int nr = input_u8(input) % 8;

	while (nr--)
		set_vector(input_u8(input) % VECTORS, place, input_u8(input));
	set_vector(0x10, place, 0);
	memcpy(host_space + place, unreal, before);
	input_bytes(input, host_space + place + before, size);
}

/*
 * Ports
 */

uint32_t port_in(uint16_t port, unsigned int bytes)
{
	uint32_t value = 0;

	(void)port;
	input_bytes(ports, &value, bytes);
	return value;
}

void port_out(uint16_t port, unsigned int bytes, uint32_t value)
{
	(void)port;
	(void)bytes;
	(void)value;
}

/*
 * Time
 */

void host_wait(uint64_t nanoseconds)
{
	now += nanoseconds;
}

int fuzz_clock_gettime(clockid_t id, struct timespec *to)
{
	(void)id;
	now += STEP_NS;
	to->tv_sec = now / NS_PER_SECOND;
	to->tv_nsec = now % NS_PER_SECOND;
	return 0;
}

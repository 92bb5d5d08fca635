// SPDX-License-Identifier: GPL-2.0-only
/*
 * The test of the emulated machine and of the privileges, without a kernel module: a
 * megabyte of its own, small programs for a BIOS, ports and a log that remember what
 * was done. It prints TAP.
 *
 *	selftest [CALLS]
 *
 * CALLS is how many calls of new code an engine gets, 2000 by default.
 */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "engine.h"
#include "int10d.h"
#include "selftest.h"

#define BIOS_SEGMENT	0x3000
#define BIOS		(BIOS_SEGMENT * 16)
#define NESTED		0x100

uint8_t *space;
uint8_t *high;
static unsigned int limit = LIMIT;
static int number, failures;

struct port_access last;

uint32_t port_in(uint16_t port, unsigned int bytes)
{
	last.port = port;
	last.bytes = bytes;
	return 0x89abcdef;
}

void port_out(uint16_t port, unsigned int bytes, uint32_t value)
{
	last.port = port;
	last.bytes = bytes;
	last.value = value;
}

void result(const char *name, bool good)
{
	number++;
	if (!good)
		failures++;
	printf("%sok %d - %s\n", good ? "" : "not ", number, name);
	if (!good && *line)
		printf("# %s\n", line);
	fflush(stdout);
}

void set_vector(unsigned int vector, uint16_t segment, uint16_t offset)
{
	memcpy(space + vector * 4, &offset, 2);
	memcpy(space + vector * 4 + 2, &segment, 2);
}

const struct vpmem_int10_registers numbers = {
	.eax = 0x11114f00, .ebx = 0x22220001, .ecx = 0x33330002, .edx = 0x44440003,
	.esi = 0x55550004, .edi = 0x66660005, .ebp = 0x77770006,
	.ds = 0x8888, .es = 0x2000,
};

/* Runs @code, which is INT 10h, and perhaps @nested, which is INT 42h. */
struct vpmem_int10_reply run_both(const void *code, size_t size,
				  const void *nested, size_t nested_size)
{
	struct vpmem_int10_request request = {
		.version = VPMEM_INT10_VERSION,
		.milliseconds = limit,
		.sequence = 7,
		.nr_windows = 1,
		.windows = { { WINDOW, WINDOW_SIZE } },
		.registers = numbers,
	};
	struct vpmem_int10_reply reply;

	*line = '\0';
	memset(&last, 0, sizeof(last));
	memset(space, 0, VPMEM_INT10_SPACE);
	set_vector(0x10, BIOS_SEGMENT, 0);
	memcpy(space + BIOS, code, size);
	if (nested) {
		set_vector(0x42, BIOS_SEGMENT, NESTED);
		memcpy(space + BIOS + NESTED, nested, nested_size);
	}
	memset(&reply, 0xff, sizeof(reply));
	machine_call(&request, &reply);
	return reply;
}

/* Let calls take a number of milliseconds from now on. */
void set_limit(unsigned int milliseconds)
{
	limit = milliseconds;
}

bool ended(const struct vpmem_int10_reply *reply, uint32_t status, const char *said)
{
	return reply->status == status && reply->sequence == 7 && !reply->message_length &&
		strstr(line, said);
}

bool is_done(const struct vpmem_int10_reply *reply)
{
	return reply->status == VPMEM_INT10_DONE && reply->sequence == 7 && !*line;
}

static void test_registers(void)
{
	struct vpmem_int10_registers expected = numbers;
	struct vpmem_int10_reply reply = RUN("\xcf");

	result("registers_kept", is_done(&reply) &&
	       !memcmp(&reply.registers, &expected, sizeof(expected)));
	result("work_counted", reply.instructions == 3 || reply.blocks);

	/* inc of each, at 32 bits; push ds; push es; pop ds; pop es; iret */
	reply = RUN("\x66\x40\x66\x43\x66\x41\x66\x42\x66\x46\x66\x47\x66\x45"
		    "\x1e\x06\x1f\x07\xcf");
	expected.eax++;
	expected.ebx++;
	expected.ecx++;
	expected.edx++;
	expected.esi++;
	expected.edi++;
	expected.ebp++;
	expected.ds = numbers.es;
	expected.es = numbers.ds;
	result("registers_changed", is_done(&reply) &&
	       !memcmp(&reply.registers, &expected, sizeof(expected)));

	/* mov ax, 4f; iret */
	reply = RUN("\xb8\x4f\x00\xcf");
	result("upper_half_kept", is_done(&reply) && reply.registers.eax == 0x1111004f);
}

static void test_state(void)
{
	/* mov bp, sp; mov ax, [bp + 4]; mov bx, ss; mov cx, bp; iret */
	struct vpmem_int10_reply reply = RUN("\x89\xe5\x8b\x46\x04\x8c\xd3\x89\xe9\xcf");

	result("flags_of_the_caller", is_done(&reply) &&
	       (reply.registers.eax & 0x300) == 0x200);
	result("stack_in_the_arena", is_done(&reply) &&
	       (uint16_t)reply.registers.ebx == VPMEM_INT10_HELPER >> 4 &&
	       (uint16_t)reply.registers.ecx >= 0x8000);
}

static void test_memory(void)
{
	/* mov dword es:[di], 12345678; mov ax, es:[di + 1]; iret */
	struct vpmem_int10_reply reply = RUN("\x26\x66\xc7\x05\x78\x56\x34\x12"
					     "\x26\x8b\x45\x01\xcf");

	result("memory_shared", is_done(&reply) &&
	       !memcmp(space + 0x20005, "\x78\x56\x34\x12", 4) &&
	       reply.registers.eax == 0x11113456);
}

static void test_ports(void)
{
	/* mov dx, 1ce; then in or out; iret */
	struct vpmem_int10_reply reply = RUN("\xba\xce\x01\xec\xcf");

	result("in_byte", is_done(&reply) && reply.registers.eax == 0x11114fef &&
	       last.port == 0x1ce && last.bytes == 1);
	reply = RUN("\xba\xce\x01\x66\xed\xcf");
	result("in_long", is_done(&reply) && reply.registers.eax == 0x89abcdef &&
	       last.port == 0x1ce && last.bytes == 4);
	reply = RUN("\xba\xce\x01\xef\xcf");
	result("out_word", is_done(&reply) && last.port == 0x1ce && last.bytes == 2 &&
	       (uint16_t)last.value == 0x4f00);
	reply = RUN("\xba\xce\x01\x66\xef\xcf");
	result("out_long", is_done(&reply) && last.port == 0x1ce && last.bytes == 4 &&
	       last.value == numbers.eax);
}

static void test_interrupts(void)
{
	/* int 42h; iret, and there: mov bl, 42; iret */
	struct vpmem_int10_reply reply = RUN_NESTED("\xcd\x42\xcf", "\xb3\x42\xcf");

	result("nested_interrupt", is_done(&reply) && reply.registers.ebx == 0x22220042);
	reply = RUN("\xcd\x15\xcf");
	result("interrupt_without_handler",
	       ended(&reply, VPMEM_INT10_BAD_CODE, "nothing behind INT 15h"));
}

static void test_too_long(void)
{
	struct vpmem_int10_reply reply;

	set_limit(SHORT_LIMIT);
	reply = RUN("\xeb\xfe");
	result("endless_loop", ended(&reply, VPMEM_INT10_TOO_LONG, "3000:0000: no end"));
	/* mov ecx, 10; xor eax, eax; xor edx, edx; wrmsr; jmp to the wrmsr */
	reply = RUN("\x66\xb9\x10\x00\x00\x00\x66\x31\xc0\x66\x31\xd2\x0f\x30\xeb\xfc");
	result("counter_out_of_reach", ended(&reply, VPMEM_INT10_TOO_LONG, "no end"));
	set_limit(LIMIT);
	/* xor edi, edi; mov ecx, -1; rep stosb with 32-bit addresses */
	reply = RUN("\x66\x31\xff\x66\xb9\xff\xff\xff\xff\x67\xf3\xaa\xcf");
	result("repetition_beyond_the_megabyte",
	       ended(&reply, VPMEM_INT10_BAD_MEMORY, "00100000 is not memory"));
}

static void test_bad_code(void)
{
	char prefixes[0x10000];
	struct vpmem_int10_reply reply = RUN("\x90\x0f\x0b");

	result("invalid_opcode",
	       ended(&reply, VPMEM_INT10_BAD_CODE, "3000:0001: exception 6"));
	/* xor cx, cx; div cx */
	reply = RUN("\x31\xc9\xf7\xf1\xcf");
	result("division_by_zero",
	       ended(&reply, VPMEM_INT10_BAD_CODE, "3000:0002: exception 0"));
	/* aam 0 */
	reply = RUN("\xd4\x00\xcf");
	result("division_by_zero_of_aam",
	       ended(&reply, VPMEM_INT10_BAD_CODE, "3000:0000: exception 0"));
	/* mov edx, 80000000; xor eax, eax; or ecx, -1; idiv ecx */
	reply = RUN("\x66\xba\x00\x00\x00\x80\x66\x31\xc0\x66\x83\xc9\xff\x66\xf7\xf9\xcf");
	result("quotient_without_room",
	       ended(&reply, VPMEM_INT10_BAD_CODE, "exception 0"));
	/* mov eax, [fffe]: Unicorn knows no limits of segments, as QEMU */
	reply = RUN("\x66\xa1\xfe\xff\xcf");
	result("beyond_the_segment", strcmp(engine_unit(), "blocks") ?
	       ended(&reply, VPMEM_INT10_BAD_CODE, "3000:0000: exception 13") :
	       is_done(&reply));
	reply = RUN("\xfa\xf4\xcf");
	result("halt", ended(&reply, VPMEM_INT10_BAD_CODE, "3000:0001: HLT"));
	/* jmp ffff:0010 */
	reply = RUN("\xea\x10\x00\xff\xff");
	result("jump_out_of_the_megabyte",
	       reply.status == VPMEM_INT10_BAD_CODE || reply.status == VPMEM_INT10_BAD_MEMORY);
	memset(prefixes, 0x66, sizeof(prefixes));
	reply = run_both(prefixes, sizeof(prefixes), NULL, 0);
	result("endless_prefixes", ended(&reply, VPMEM_INT10_BAD_CODE, "exception 13"));
	/* Check that the calls above left no state behind. */
	reply = RUN("\xcf");
	result("well_again", is_done(&reply));
}

static void test_no_bios(void)
{
	struct vpmem_int10_reply reply = RUN("");

	result("no_code", reply.status == VPMEM_INT10_NO_BIOS);
	reply = RUN("\xff\xff\xff\xff");
	result("no_rom", reply.status == VPMEM_INT10_NO_BIOS);
	machine_init(space, high, false);
	reply = RUN("\xcf");
	result("no_ports", reply.status == VPMEM_INT10_NO_PORTS);
}

static int status_of(void (*act)(void))
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		privilege_drop(STDERR_FILENO);
		act();
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

static void run_once(void)
{
	struct vpmem_int10_reply reply = RUN("\xcf");

	if (write(STDOUT_FILENO, "", 0) != 0 || reply.sequence != 7)
		_exit(1);
}

static void open_something(void)
{
	open("/", O_RDONLY);
}

static void map_code(void)
{
	mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void fork_child(void)
{
	if (fork() == 0)
		_exit(0);
}

static bool is_killed(void (*act)(void))
{
	int status = status_of(act);

	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static void test_privileges(void)
{
	if (geteuid() != 0) {
		printf("ok %d - privileges # SKIP takes root\n", ++number);
		return;
	}
	result("confined_it_runs", status_of(run_once) == 0);
	result("confined_it_opens_nothing", is_killed(open_something));
	result("confined_it_maps_no_code", is_killed(map_code));
	result("confined_it_forks_not", is_killed(fork_child));
}

int main(int argc, char **argv)
{
	space = mmap(NULL, VPMEM_INT10_SPACE, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	high = test_memory_init();
	if (space == MAP_FAILED || !high || !machine_init(space, high, true))
		die("no memory");
	test_registers();
	test_state();
	test_memory();
	test_ports();
	test_interrupts();
	test_too_long();
	test_bad_code();
	test_high_memory();
	test_time();
	test_timer();
	test_engine(argc > 1 ? atoi(argv[1]) : CALLS);
	test_no_bios();
	test_privileges();
	printf("1..%d\n", number);
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}

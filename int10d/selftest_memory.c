// SPDX-License-Identifier: GPL-2.0-only
/*
 * Test of memory above the megabyte, and of code that changes itself.
 */

#include <string.h>
#include <sys/mman.h>
#include "selftest.h"

#define SIZE	(0x100000000ULL - VPMEM_INT10_SPACE)

/* Map room for all addresses above the megabyte. Only the window may be accessed. */
uint8_t *test_memory_init(void)
{
	uint8_t *all = mmap(NULL, SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			    -1, 0);

	if (all == MAP_FAILED)
		return NULL;
	if (mprotect(all + (WINDOW - VPMEM_INT10_SPACE), WINDOW_SIZE, PROT_READ | PROT_WRITE))
		return NULL;
	return all;
}

/*
 * Enter protected mode with the descriptor table at 2000:0, load FS with a segment of
 * 4 GiB, and return to real mode, where FS keeps its limit ("unreal mode").
 *
 * mov ax, 2000; mov ds, ax; lgdt [20]; cli; mov eax, cr0; or al, 1; mov cr0, eax;
 * mov bx, 8; mov fs, bx; and al, fe; mov cr0, eax
 */
#define UNREAL	"\xb8\x00\x20\x8e\xd8\x0f\x01\x16\x20\x00\xfa\x0f\x20\xc0\x0c\x01\x0f\x22\xc0" \
		"\xbb\x08\x00\x8e\xe3\x24\xfe\x0f\x22\xc0"

/* Write the descriptor table, at the end of the code so that run_both() keeps it. */
static const uint8_t descriptors[] = {
	0, 0, 0, 0, 0, 0, 0, 0,
	0xff, 0xff, 0, 0, 0, 0x92, 0xcf, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	/* Limit and base, for LGDT */
	15, 0, 0, 0, 2, 0,
};

/* Run code in unreal mode, as the handler of INT 42h that the first code calls. */
static struct vpmem_int10_reply run_unreal(const void *code, size_t size)
{
	/* push cs; pop ds; mov si, 10; mov ax, 2000; mov es, ax; xor di, di; mov cx, 26 */
	/* cld; rep movsb; int 42h; iret */
	uint8_t first[0x40 + sizeof(descriptors)] =
		"\x0e\x1f\xbe\x40\x00\xb8\x00\x20\x8e\xc0\x31\xff\xb9\x26\x00\xfc\xf3\xa4"
		"\xcd\x42\xcf";
	uint8_t second[256] = UNREAL;

	memcpy(first + 0x40, descriptors, sizeof(descriptors));
	memcpy(second + sizeof(UNREAL) - 1, code, size);
	return run_both(first, sizeof(first), second, sizeof(UNREAL) - 1 + size);
}

#define RUN_UNREAL(code)	run_unreal(code, sizeof(code) - 1)

static uint32_t window_word(uint32_t offset)
{
	uint32_t value;

	memcpy(&value, high + (WINDOW - VPMEM_INT10_SPACE) + offset, sizeof(value));
	return value;
}

static void test_window(void)
{
	/* mov edi, fd000010; mov dword fs:[edi], 12345678; mov eax, fs:[edi]; iret */
	struct vpmem_int10_reply reply =
		RUN_UNREAL("\x66\xbf\x10\x00\x00\xfd\x64\x67\x66\xc7\x07\x78\x56\x34\x12"
			   "\x64\x67\x66\x8b\x07\xcf");

	result("range_of_the_adapter", is_done(&reply) &&
	       reply.registers.eax == 0x12345678 && window_word(0x10) == 0x12345678);
	/* mov edi, fd001fff; mov byte fs:[edi], 5a; mov ax, fs:[edi]; iret */
	reply = RUN_UNREAL("\x66\xbf\xff\x1f\x00\xfd\x64\x67\xc6\x07\x5a\x64\x67\x8b\x07\xcf");
	/* Unicorn makes two accesses of one that is not aligned. */
	result("end_of_the_range",
	       (ended(&reply, VPMEM_INT10_BAD_MEMORY, "fd001fff is not memory") ||
		ended(&reply, VPMEM_INT10_BAD_MEMORY, "fd002000 is not memory")) &&
	       window_word(0x1ffc) >> 24 == 0x5a);
	/* mov edi, fe000000; mov dword fs:[edi], edi; iret */
	reply = RUN_UNREAL("\x66\xbf\x00\x00\x00\xfe\x64\x67\x66\x89\x3f\xcf");
	result("no_range_of_the_adapter",
	       ended(&reply, VPMEM_INT10_BAD_MEMORY, "fe000000 is not memory"));
	/* mov edi, fd000020; mov ecx, 8; mov eax, 55aa55aa; */
	/* mov fs:[edi], eax; add edi, 4; loop by ecx to the mov; iret */
	reply = RUN_UNREAL("\x66\xbf\x20\x00\x00\xfd\x66\xb9\x08\x00\x00\x00"
			   "\x66\xb8\xaa\x55\xaa\x55\x64\x67\x66\x89\x07"
			   "\x66\x83\xc7\x04\x67\xe2\xf4\xcf");
	result("range_filled", is_done(&reply) && window_word(0x20) == 0x55aa55aa &&
	       window_word(0x3c) == 0x55aa55aa && !window_word(0x40));
}

static void test_end_of_the_megabyte(void)
{
	/* mov ax, ffff; mov ds, ax; mov al, [f]; iret */
	struct vpmem_int10_reply reply = RUN("\xb8\xff\xff\x8e\xd8\xa0\x0f\x00\xcf");

	result("last_byte_of_the_megabyte",
	       is_done(&reply) && reply.registers.eax == 0x1111ff00);
	/* mov ax, ffff; mov ds, ax; mov al, [10]; iret */
	reply = RUN("\xb8\xff\xff\x8e\xd8\xa0\x10\x00\xcf");
	result("no_wrap_at_the_megabyte",
	       ended(&reply, VPMEM_INT10_BAD_MEMORY, "00100000 is not memory"));
	/* mov ax, ffff; mov ds, ax; mov [f], bx; iret */
	reply = RUN("\xb8\xff\xff\x8e\xd8\x89\x1e\x0f\x00\xcf");
	result("word_across_the_megabyte",
	       ended(&reply, VPMEM_INT10_BAD_MEMORY, "00100000 is not memory") && !space[0]);
}

static void test_own_code(void)
{
	/* mov byte cs:[a], 2; jmp +2; nop; nop; mov al, 1; iret */
	struct vpmem_int10_reply reply =
		RUN("\x2e\xc6\x06\x0b\x00\x02\xeb\x02\x90\x90\xb0\x01\xcf");

	result("code_changes_itself", is_done(&reply) && (uint8_t)reply.registers.eax == 2);
	/* The same twice: mov cx, 2; mov al, 1; inc byte cs:[4]; loop to the mov; iret */
	reply = RUN("\xb9\x02\x00\xb0\x01\x2e\xfe\x06\x04\x00\xe2\xf7\xcf");
	result("loop_changes_itself", is_done(&reply) && (uint8_t)reply.registers.eax == 2);
	/* Other code at the same place, written from outside */
	reply = RUN("\xb0\x07\xcf");
	result("code_changed_by_others", is_done(&reply) && (uint8_t)reply.registers.eax == 7);
}

void test_high_memory(void)
{
	test_end_of_the_megabyte();
	test_window();
	test_own_code();
}

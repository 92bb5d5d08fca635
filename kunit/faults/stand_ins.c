// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions in place of those of the kernel that can fail for want of memory. scripts/faults
 * makes a copy of vpmem.ko that calls these. Each asks whether this call has to fail: if
 * so, it returns as the function does that fails, else it jumps to that function, with
 * registers and stack as they were.
 */
#include <linux/export.h>
#include <linux/linkage.h>

#include "kunit/faults/faults.h"

#ifndef ASM_RET
#define ASM_RET	"ret\n\t"
#endif

/* Results of a failure. Keep the register of the third argument until then. */
#define RESULT_zero	"xorl %eax, %eax\n\t"
#define RESULT_error	"movq $-12, %rax\n\t"
#define RESULT_entry	"movq $(-12 * 4 + 2), %rax\n\t"
#define RESULT_mapping	"movq $-1, %rax\n\t"
#define RESULT_fault	"movl $1, %eax\n\t"
#define RESULT_copy	"movq %rdx, %rax\n\t"

#define STAND_IN(name, result)						\
	asm(".pushsection .rodata.str, \"a\"\n"				\
	    "fault_name_" #name ": .asciz \"" #name "\"\n"		\
	    ".popsection\n"						\
	    ".pushsection .text\n"					\
	    ".globl fault_" #name "\n"					\
	    ".type fault_" #name ", @function\n"			\
	    "fault_" #name ":\n\t"					\
	    "pushq %rbp\n\t"						\
	    "movq %rsp, %rbp\n\t"					\
	    "pushq %rdi\n\t"						\
	    "pushq %rsi\n\t"						\
	    "pushq %rdx\n\t"						\
	    "pushq %rcx\n\t"						\
	    "pushq %r8\n\t"						\
	    "pushq %r9\n\t"						\
	    "pushq %r10\n\t"						\
	    "pushq %rax\n\t"						\
	    "movq 8(%rbp), %rdi\n\t"					\
	    "leaq fault_name_" #name "(%rip), %rsi\n\t"			\
	    "call vpmem_faults_decide\n\t"				\
	    "testb %al, %al\n\t"					\
	    "popq %rax\n\t"						\
	    "popq %r10\n\t"						\
	    "popq %r9\n\t"						\
	    "popq %r8\n\t"						\
	    "popq %rcx\n\t"						\
	    "popq %rdx\n\t"						\
	    "popq %rsi\n\t"						\
	    "popq %rdi\n\t"						\
	    "popq %rbp\n\t"						\
	    "jnz 1f\n\t"						\
	    "jmp " #name "\n"						\
	    "1:\t" RESULT_##result					\
	    ASM_RET							\
	    ".size fault_" #name ", . - fault_" #name "\n"		\
	    ".popsection\n")

/* STAND_IN(name, result); and what exports it, for each function that this vpmem.ko calls */
#include "stand_ins.h"

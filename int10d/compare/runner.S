/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runner of a case, the same bytes in QEMU and in the helper's machine. INT 10h enters it,
 * as a BIOS; it loads every register from the block of the case, jumps to the case, and
 * stores every register again. Every vector of the interrupt table but that one is a
 * stub that records its number. MOV, POPF, PUSHFD and a far jump are all that it relies on.
 *
 * The addresses of the block come from generate.py, as symbols.
 */
	.code16
	.text
	movl	%esp, %cs:OLD_ESP
	movw	%ss, %cs:OLD_SS
	movw	%cs, %ax
	movw	%ax, %ss
	movl	$IN_FLAGS, %esp
	popfw
	movw	%cs:IN_SS, %ss
	movl	%cs:IN_ESP, %esp
	movw	%cs:IN_DS, %ds
	movw	%cs:IN_ES, %es
	movw	%cs:IN_FS, %fs
	movw	%cs:IN_GS, %gs
	movl	%cs:IN_EAX, %eax
	movl	%cs:IN_ECX, %ecx
	movl	%cs:IN_EDX, %edx
	movl	%cs:IN_EBX, %ebx
	movl	%cs:IN_EBP, %ebp
	movl	%cs:IN_ESI, %esi
	movl	%cs:IN_EDI, %edi
	ljmpw	*%cs:IN_ENTRY

	.org	EXIT
	movl	%esp, %cs:OUT_ESP
	movl	%eax, %cs:OUT_EAX
	movl	%ecx, %cs:OUT_ECX
	movl	%edx, %cs:OUT_EDX
	movl	%ebx, %cs:OUT_EBX
	movl	%ebp, %cs:OUT_EBP
	movl	%esi, %cs:OUT_ESI
	movl	%edi, %cs:OUT_EDI
	movw	%ss, %cs:OUT_SS
	movw	%ds, %cs:OUT_DS
	movw	%es, %cs:OUT_ES
	movw	%fs, %cs:OUT_FS
	movw	%gs, %cs:OUT_GS
	movw	%cs, %ax
	movw	%ax, %ss
	movl	$OUT_FLAGS + 4, %esp
	pushfl
	movw	%cs:OLD_SS, %ss
	movl	%cs:OLD_ESP, %esp
	cld
	iretw

	.org	STUBS
	number = 0
	.rept	256
	.org	STUBS + number * STUB_SIZE
	movb	$number, %cs:OUT_VECTOR
	jmp	EXIT
	number = number + 1
	.endr

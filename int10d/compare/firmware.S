/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Firmware for QEMU that answers the cases: it takes the place of the PC's BIOS, so
 * nothing else runs. The memory of the machine is a file of the host, into which compare/run has
 * written the cases, and from which it reads the answers.
 *
 * At INPUT: words of 32 bits. The end of the answers and the first stray write, both
 * filled in here, where the answers are to be, and the number of cases; then the setup and
 * the cases, each a count and as many pairs of an address and the value to write there.
 * An answer is a count and the pairs that differ from the region after the setup.
 */
	.code16
	.text
	cli
	cld
	/* Mask all interrupts: nothing but the cases may use a vector. */
	movb	$0xff, %al
	outb	%al, $0x21
	outb	%al, $0xa1

	/* Give segments their limit of 4 GiB, which they keep. */
	movw	%cs, %ax
	movw	%ax, %ds
	lgdtl	gdt_pointer
	movl	%cr0, %eax
	orb	$1, %al
	movl	%eax, %cr0
	movw	$8, %bx
	movw	%bx, %ds
	movw	%bx, %es
	andb	$0xfe, %al
	movl	%eax, %cr0
	movw	$STACK_SEGMENT, %ax
	movw	%ax, %ss
	movl	$0xfff0, %esp
	call	flat

	movl	$INPUT + 16, %esi
	call	apply
	pushl	%esi
	movl	$REGION, %esi
	movl	$PRISTINE, %edi
	movl	$REGION_SIZE / 4, %ecx
	addr32 rep movsl
	popl	%esi
	movl	$INPUT, %ebx
	addr32 movl	8(%ebx), %ebp
	addr32 movl	12(%ebx), %ecx
	jecxz	finish
next:
	pushl	%ecx
	call	apply
	pushl	%esi
	pushl	%ebp
	pushl	$2
	popfl
	int	$0x10
	call	flat
	popl	%ebp
	call	answer
	movl	$INPUT, %ebx
	addr32 movl	%ebp, (%ebx)
	popl	%esi
	popl	%ecx
	decl	%ecx
	jnz	next
finish:
	movl	$INPUT, %ebx
	/* Look for writes outside of the region: a case that makes one is no test. */
	movl	$0x500, %edi
	movl	$(STACK_SEGMENT * 16 - 0x500) / 4, %ecx
	call	is_clear
	movl	$STACK_SEGMENT * 16 + 0x10000, %edi
	movl	$(REGION - STACK_SEGMENT * 16 - 0x10000) / 4, %ecx
	call	is_clear
	movl	$REGION + REGION_SIZE, %edi
	movl	$(0xa0000 - REGION - REGION_SIZE) / 4, %ecx
	call	is_clear
	movb	$0x10, %al
	outb	%al, $0xf4
	hlt

flat:
	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	cld
	ret

/* Write the pairs at ESI, after their count. */
apply:
	addr32 lodsl
	movl	%eax, %ecx
	jecxz	2f
1:	addr32 lodsl
	movl	%eax, %edi
	addr32 movsl
	decl	%ecx
	jnz	1b
2:	ret

/* Store the pairs of the region that changed at EBP, and undo the changes. */
answer:
	movl	%ebp, %edx
	addl	$4, %ebp
	movl	$REGION, %esi
	movl	$PRISTINE, %edi
	movl	$REGION_SIZE / 4, %ecx
1:	addr32 repe cmpsl
	je	2f
	addr32 movl	-4(%esi), %eax
	leal	-4(%esi), %ebx
	addr32 movl	%ebx, %ds:(%ebp)
	addr32 movl	%eax, %ds:4(%ebp)
	addl	$8, %ebp
	addr32 movl	-4(%edi), %eax
	addr32 movl	%eax, -4(%esi)
	orl	%ecx, %ecx
	jnz	1b
2:	movl	%ebp, %eax
	subl	%edx, %eax
	shrl	$3, %eax
	addr32 movl	%eax, (%edx)
	ret

is_clear:
	xorl	%eax, %eax
	addr32 repe scasl
	je	1f
	subl	$4, %edi
	addr32 movl	%edi, 4(%ebx)
1:	ret

	.balign 8
gdt:
	.quad	0
	.quad	0x008f92000000ffff
gdt_pointer:
	.word	. - gdt - 1
	.long	0xf0000 + gdt

	.org	0xfff0
	ljmpw	$0xf000, $0
	.org	0x10000

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Video BIOS of the tests: INT 10h with AH = 5Fh waits in each way that a BIOS knows, or
 * accesses memory above the first megabyte. All other functions return at once, so that
 * firmware and Linux boot with it.
 */
	.code16
	.text

	.set	FUNCTION, 0x5f
	.set	TICKS, 0x46c		/* in segment 0 */
	.set	SYSTEM_CONTROL, 0x61
	.set	GATE_2, 0x01
	.set	REFRESH, 0x10
	.set	OUT_2, 0x20
	.set	COUNTER_2, 0x42
	.set	TIMER_CONTROL, 0x43

start:
	.word	0xaa55
	.byte	SECTORS
	jmp	init
	.org	0x18
	.word	pci_data
	.word	0

	.balign	4
pci_data:
	.ascii	"PCIR"
	.word	0x1234, 0x1111		/* QEMU's standard VGA */
	.word	0, 0x18
	.byte	0, 0, 0, 3		/* VGA controller */
	.word	SECTORS, 1
	.byte	0, 0x80
	.word	0

init:
	push	%ds
	xorw	%ax, %ax
	movw	%ax, %ds
	movw	$handler, 0x10 * 4
	movw	%cs, 0x10 * 4 + 2
	pop	%ds
	lret

handler:
	cmpb	$FUNCTION, %ah
	je	1f
	iret
1:	cmpb	$(functions_end - functions) / 2, %al
	jae	2f
	push	%ds
	push	%si
	xorw	%si, %si
	movw	%si, %ds
	movzbw	%al, %si
	addw	%si, %si
	callw	*%cs:functions(%si)
	pop	%si
	pop	%ds
2:	iret

functions:
	.word	wait_ticks, wait_system, wait_time_stamp, wait_counter, wait_refresh
	.word	wait_halted, wait_loop, access_high
functions_end:

/* Wait until the tick count has changed CX times. */
wait_ticks:
	movw	TICKS, %ax
1:	cmpw	TICKS, %ax
	je	1b
	loop	wait_ticks
	ret

/* Wait CX:DX microseconds. */
wait_system:
	movb	$0x86, %ah
	int	$0x15
	ret

/* Wait ECX cycles of the time stamp counter. */
wait_time_stamp:
	rdtsc
	movl	%eax, %ebx
1:	rdtsc
	subl	%ebx, %eax
	cmpl	%ecx, %eax
	jb	1b
	ret

/* Wait until counter 2 has counted CX down. */
wait_counter:
	inb	$SYSTEM_CONTROL, %al
	orb	$GATE_2, %al
	outb	%al, $SYSTEM_CONTROL
	movb	$0xb0, %al
	outb	%al, $TIMER_CONTROL
	movb	%cl, %al
	outb	%al, $COUNTER_2
	movb	%ch, %al
	outb	%al, $COUNTER_2
1:	inb	$SYSTEM_CONTROL, %al
	testb	$OUT_2, %al
	jz	1b
	ret

/* Wait until the refresh bit has toggled CX times. */
wait_refresh:
	inb	$SYSTEM_CONTROL, %al
	andb	$REFRESH, %al
	cmpb	%al, %ah
	je	wait_refresh
	movb	%al, %ah
	loop	wait_refresh
	ret

/* Wait for CX interrupts of the timer. */
wait_halted:
	sti
1:	hlt
	loop	1b
	ret

/* Wait ECX rounds. */
wait_loop:
	addr32 loop .
	ret

/*
 * Write EBX to the address EDI through a segment of 4 GiB, and read it back to EAX, in real
 * mode. The limit of the segment remains from protected mode.
 */
access_high:
	cli
	lgdtl	%cs:table_register
	movl	%cr0, %eax
	orb	$1, %al
	movl	%eax, %cr0
	jmp	1f
1:	movw	$8, %dx
	movw	%dx, %fs
	andb	$0xfe, %al
	movl	%eax, %cr0
	jmp	2f
2:	movl	%ebx, %fs:(%edi)
	movl	%fs:(%edi), %eax
	ret

	.balign	8
table:
	.quad	0
	.quad	0x00cf92000000ffff
table_register:
	.word	. - table - 1
	.long	0xc0000 + table

	.org	SECTORS * 512

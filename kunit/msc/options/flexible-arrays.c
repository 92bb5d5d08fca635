// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fstrict-flex-arrays=0
 * fails-without: gcc
 * kernel: -fstrict-flex-arrays=3 -fsanitize=bounds -fsanitize-undefined-trap-on-error
 *
 * An array of one element that ends a structure has as many as there is memory for. The
 * kernel says -fstrict-flex-arrays=3 since Linux 6.5.
 */
#ifdef FIRST

struct clut { unsigned short count, first; unsigned int table[1]; };

static __attribute__((noinline)) unsigned int get(struct clut *p, int i)
{
	return p->table[i];
}

int main(void)
{
	static unsigned int memory[9] = { 0, 1, 2, 3 };
	volatile int i = 2;

	return get((struct clut *)memory, i) != 3;
}

#endif

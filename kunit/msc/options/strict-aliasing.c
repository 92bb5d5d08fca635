// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-strict-aliasing
 * fails-without: gcc clang
 *
 * A ULONG and the USHORTs in it are the same memory, whatever the pointers say.
 */
#ifdef FIRST

static __attribute__((noinline)) unsigned int set(unsigned int *reg, unsigned short *low)
{
	*reg = 1;
	*low = 2;
	return *reg;
}

int main(void)
{
	unsigned int reg;

	return set(&reg, (unsigned short *)&reg) != 2;
}

#endif

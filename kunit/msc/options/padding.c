// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fzero-init-padding-bits=all
 *
 * = { 0 } is all of a union, and not only its first member. gcc 15 makes it less.
 */
#ifdef FIRST

union value { unsigned char byte; unsigned int all[4]; };

static __attribute__((noinline)) void fill(void)
{
	volatile unsigned int memory[64];
	int i;

	for (i = 0; i < 64; i++)
		memory[i] = 0x5a5a5a5a;
}

static __attribute__((noinline)) unsigned int last(union value *p)
{
	return p->all[1] | p->all[3];
}

int main(void)
{
	fill();
	{
		union value value = { 0 };

		return last(&value) != 0;
	}
}

#endif

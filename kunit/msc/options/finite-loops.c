// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-finite-loops
 * fails-without: clang
 *
 * A loop that only waits goes on waiting. clang believes that each loop ends, and leaves
 * out one that does nothing.
 */
#ifdef FIRST

typedef void handler(int);
handler *signal(int, handler *);
unsigned int alarm(unsigned int);
void _exit(int);

static void enough(int number)
{
	_exit(number != 14);
}

static __attribute__((noinline)) unsigned int wait_for(unsigned int *reg, unsigned int value)
{
	unsigned int i = 1;

	while (i != value)
		i += 2;
	return *reg;
}

int main(void)
{
	unsigned int reg = 0;

	signal(14, enough);
	alarm(1);
	wait_for(&reg, 0);
	return 1;
}

#endif

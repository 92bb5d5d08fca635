// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-allow-store-data-races
 * kernel: -fallow-store-data-races
 * fails-without: gcc
 *
 * What a loop may not have written is not written: here it cannot be.
 */
#ifdef FIRST

int mprotect(void *, unsigned long, int);

static int counter[1024] __attribute__((__aligned__(4096)));

static __attribute__((noinline)) void count(const int *restrict values, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (values[i] > 100)
			counter[0]++;
}

int main(void)
{
	static const int values[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	volatile int n = 8;

	mprotect(counter, sizeof(counter), 1);
	count(values, n);
	return 0;
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-strict-overflow
 * fails-without: gcc clang
 *
 * A sum that is too large becomes negative, and is compared as such.
 */
#ifdef FIRST

static __attribute__((noinline)) int is_last(int start)
{
	return start + 1 < start;
}

int main(void)
{
	volatile int last = 0x7fffffff;

	return !is_last(last);
}

#endif

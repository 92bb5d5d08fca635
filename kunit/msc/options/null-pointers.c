// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-delete-null-pointer-checks
 * fails-without: gcc
 *
 * A pointer that was passed to memcpy(), with a length of 0, may still be NULL.
 */
#ifdef FIRST

void *memcpy(void *, const void *, __SIZE_TYPE__) __attribute__((__nonnull__(1, 2)));

static __attribute__((noinline)) int copy(void *to, const void *from, unsigned int size)
{
	memcpy(to, from, size);
	return from ? 1 : 0;
}

int main(void)
{
	void *volatile null = 0;
	volatile int size = 0;
	char to[4];

	return copy(to, null, size);
}

#endif

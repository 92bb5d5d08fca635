/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions of the C library, of a driver's own, that leave the loop to another one. */
#ifdef FIRST

void exit(int);
static int depth;

static __attribute__((noinline)) void loop(char *restrict to, const char *restrict from, long n)
{
	long i;

	if (++depth > 3)
		exit(1);
	for (i = 0; i < n; i++)
#ifdef COPY
		to[i] = from[i];
#else
		to[i] = 0;
#endif
	depth--;
}

void *memset(void *to, int value, __SIZE_TYPE__ n)
{
	loop(to, to, n);
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, __SIZE_TYPE__ n)
{
	loop(to, from, n);
	return to;
}

int main(int argc, char **argv)
{
	static char from[1000] = "x", to[1000];

#ifdef COPY
	return !memcpy(to, from, 900 + argc) || to[0] != 'x';
#else
	return !memset(from, 0, 900 + argc) || from[0];
#endif
}

#endif

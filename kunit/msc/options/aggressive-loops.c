// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-aggressive-loop-optimizations
 * fails-without: gcc
 *
 * The array at the end of one structure goes on in the next: gcc believes that the loop
 * ends before its second element.
 */
#ifdef FIRST

struct clut { unsigned short count, first; unsigned int table[1]; };
struct palette { struct clut head; unsigned int more[255]; };

static struct palette palette;

static __attribute__((noinline)) int find(struct palette *p, unsigned int color)
{
	int i;

	for (i = 0; i < 256; i++)
		if (p->head.table[i] == color)
			break;
	return i;
}

int main(void)
{
	palette.more[76] = 5;
	return find(&palette, 5) != 77;
}

#endif

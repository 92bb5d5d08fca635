// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fstrict-volatile-bitfields
 * fails-without: gcc
 *
 * A bit-field of a register is read with the size of the register: here the rest of it
 * is in a page that cannot be read, so that the access is seen.
 */
#ifdef FIRST

typedef void handler(int);
handler *signal(int, handler *);
void *mmap(void *, unsigned long, int, int, int, long);
int mprotect(void *, unsigned long, int);
void _exit(int);

struct reg {
	unsigned int low : 8;
	unsigned int high : 24;
};

static void seen(int number)
{
	_exit(number != 11);
}

int main(void)
{
	char *pages = mmap(0, 0x2000, 3, 0x22, -1, 0);
	volatile struct reg *reg = (void *)(pages + 0xfff);

	mprotect(pages + 0x1000, 0x1000, 0);
	signal(11, seen);
	return reg->low ? 2 : 1;
}

#endif

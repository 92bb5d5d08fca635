// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fsigned-char
 * kernel: -funsigned-char
 * fails-without: gcc clang
 *
 * A CHAR has a sign. The kernel says -funsigned-char since Linux 6.2.
 */
#ifdef FIRST

int main(void)
{
	char c = -1;

	return c >= 0;
}

#endif

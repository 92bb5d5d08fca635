// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -mms-bitfields
 * fails-without: gcc clang
 *
 * Bit-fields of another type begin in memory of their own.
 */
#ifdef FIRST

struct bits {
	unsigned char a : 4;
	unsigned short b : 4;
	unsigned int c : 8;
};

int main(void)
{
	return sizeof(struct bits) != 8;
}

#endif

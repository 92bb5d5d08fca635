// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fshort-wchar
 * fails-without: gcc clang
 *
 * A wide character has 16 bits.
 */
#ifdef FIRST

int main(void)
{
	return sizeof(L"ab") != 6;
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fgnu89-inline
 * fails-without: gcc clang
 *
 * An inline function is there for whoever calls it from elsewhere, or takes its address.
 */
#ifdef FIRST

int called(int n);

int main(void)
{
	return called(2) != 4;
}

#else

inline int called(int n)
{
	return n * 2;
}

#endif

// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fcommon
 * fails-without: gcc clang
 *
 * A variable that a header defines is one, whichever sources include it.
 */
unsigned int shared;

#ifdef FIRST

void set(void);

int main(void)
{
	set();
	return shared != 5;
}

#else

void set(void)
{
	shared = 5;
}

#endif

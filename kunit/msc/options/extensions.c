// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fms-extensions
 * fails-without: gcc clang
 *
 * A member may be a structure without a name, that was declared with one.
 */
#ifdef FIRST

struct inner { int a, b; };
struct outer { struct inner; int c; };

int main(void)
{
	struct outer outer = { { 1, 2 }, 3 };

	return outer.b != 2;
}

#endif

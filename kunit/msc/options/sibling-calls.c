// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-optimize-sibling-calls
 * fails-without: gcc clang
 *
 * vpmem finds the driver that calls by the address to return to, which is in the driver
 * also where a function ends in the call.
 */
#ifdef FIRST

extern char __start_driver[], __stop_driver[];
static char *caller;

__attribute__((noinline)) int ExAllocatePool(int size)
{
	caller = __builtin_return_address(0);
	return size + 1;
}

__attribute__((noinline, section("driver"))) int DriverEntry(int size)
{
	return ExAllocatePool(size);
}

int main(int argc, char **argv)
{
	int n = DriverEntry(argc);

	return n != argc + 1 || caller < __start_driver || caller >= __stop_driver;
}

#endif

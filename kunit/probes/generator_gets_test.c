// SPDX-License-Identifier: GPL-2.0-only
/*
 * A generator of parameters gets the test, since 6.18.
 */
#include <kunit/test.h>

static const void *generate(struct kunit *test, const void *prev, char *desc)
{
	return prev;
}

void probe(struct kunit_case *test_case)
{
	test_case->generate_params = generate;
}

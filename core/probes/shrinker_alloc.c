// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel allocates shrinkers, since 6.7.
 *
 * exports: shrinker_alloc shrinker_register shrinker_free
 */
#include <linux/mm.h>
#include <linux/shrinker.h>

void probe(void)
{
	struct shrinker *shrinker = shrinker_alloc(0, "probe");

	shrinker_register(shrinker);
	shrinker_free(shrinker);
}

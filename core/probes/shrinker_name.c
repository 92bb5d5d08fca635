// SPDX-License-Identifier: GPL-2.0-only
/*
 * Shrinkers are registered with a name, since 6.0 and before 6.7.
 *
 * exports: register_shrinker
 */
#include <linux/mm.h>
#include <linux/shrinker.h>

int probe(struct shrinker *shrinker)
{
	return register_shrinker(shrinker, "probe");
}

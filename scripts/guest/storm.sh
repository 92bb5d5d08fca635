# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load a driver that allocates and frees on all CPUs at once, and then ask every checker of
# this kernel what it saw.

! watches_leaks || kmemleak_baseline
watch_races
need_vpmem
[ -z "${storm_steps-}" ] || tell steps
test_by_module storm "operations=${storm_operations:?}" "seed=${storm_seed:?}" places=1

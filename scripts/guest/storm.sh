# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load a driver that allocates and frees on all CPUs at once, and then ask every checker of
# this kernel what it saw.

! watches_leaks || kmemleak_baseline
watch_races
need_vpmem
[ -z "${storm_steps-}" ] || tell steps
# Load the module, which prints KTAP itself; the host fails for a "not ok".
insmod /vpmem_storm.ko "operations=${storm_operations:?}" "seed=${storm_seed:?}" places=1 || :
plan checkers
check read_views read_views
check unload_storm unload vpmem_storm
ask_checkers
finish

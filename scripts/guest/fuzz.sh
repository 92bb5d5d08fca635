# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load a driver that makes calls with hostile arguments and answers, and then ask every checker of
# this kernel what it saw.

! watches_leaks || kmemleak_baseline
need_vpmem
# Load the module, which prints KTAP itself; the host fails for a "not ok".
insmod /vpmem_fuzz.ko "cases=${fuzz_cases:?}" "seed=${fuzz_seed:?}" "target=${fuzz_target-}" \
	"first=${fuzz_first:-0}" || :
plan checkers
check read_views read_views
check unload_fuzz unload vpmem_fuzz
ask_checkers
finish

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load a driver that makes calls with hostile arguments and answers, and then ask every checker of
# this kernel what it saw.

! watches_leaks || kmemleak_baseline
need_vpmem
test_by_module fuzz "cases=${fuzz_cases:?}" "seed=${fuzz_seed:?}" "target=${fuzz_target-}" \
	"first=${fuzz_first:-0}"

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load a driver that makes random calls and compares them with a model, and then ask every
# checker of this kernel what it saw.

! watches_leaks || kmemleak_baseline
need_vpmem
test_by_module model "steps=${model_steps:?}" "seed=${model_seed:?}"

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load a driver that makes random calls and compares them with a model, and then ask every
# checker of this kernel what it saw.

! watches_leaks || kmemleak_baseline
need_vpmem
# Load the module, which prints KTAP itself; the host fails for a "not ok".
insmod /vpmem_model.ko "steps=${model_steps:?}" "seed=${model_seed:?}" || :
plan checkers
check read_views read_views
check unload_model unload vpmem_model
ask_checkers
finish

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The KUnit suites that need no device.

set_fault_injection
run_tests vpmem_kunit vpmem_executive

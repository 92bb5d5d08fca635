# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The KUnit suites that need no device.

# The directory of fault injection.
faults=/sys/kernel/debug

# Tests ask for failures of their own task: the nth (fail_nth) or all of them
# (make_it_fail). These knobs keep them quiet and reach every allocation.
set_fault_injection() {
	for kind in failslab fail_page_alloc; do
		[ -d $faults/$kind ] || continue
		echo 0 >$faults/$kind/verbose
		echo N >$faults/$kind/ignore-gfp-wait
		echo Y >$faults/$kind/task-filter
		echo -1 >$faults/$kind/times
		echo 100 >$faults/$kind/probability
	done
	if [ -d $faults/fail_page_alloc ]; then
		echo 0 >$faults/fail_page_alloc/min-order
		echo N >$faults/fail_page_alloc/ignore-gfp-highmem
	fi
}

set_fault_injection
run_tests vpmem_kunit vpmem_executive

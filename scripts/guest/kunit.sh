# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load vpmem and its KUnit suites, which run at load, and then ask every
# checker of this kernel what it saw.

debug=/sys/kernel/debug

# Tests ask for failures of their own task: the nth (fail_nth) or all of them
# (make_it_fail). These knobs keep them quiet and reach every allocation.
set_fault_injection() {
	for kind in failslab fail_page_alloc; do
		[ -d $debug/$kind ] || continue
		echo 0 >$debug/$kind/verbose
		echo N >$debug/$kind/ignore-gfp-wait
		echo Y >$debug/$kind/task-filter
		echo -1 >$debug/$kind/times
		echo 100 >$debug/$kind/probability
	done
	if [ -d $debug/fail_page_alloc ]; then
		echo 0 >$debug/fail_page_alloc/min-order
		echo N >$debug/fail_page_alloc/ignore-gfp-highmem
	fi
}

# kmemleak reports nothing younger than five seconds.
settle() {
	sleep 6
}

# What boot itself lost is not ours: report it now, and forget it.
kmemleak_baseline() {
	settle
	echo scan >$debug/kmemleak
	echo clear >$debug/kmemleak
}

# Two scans: a pointer that was still in a register or on a stack in one is
# gone in the next.
no_leak() {
	echo scan >$debug/kmemleak
	settle
	echo scan >$debug/kmemleak
	cat $debug/kmemleak >/tmp/leaks
	[ -s /tmp/leaks ] || return 0
	note "vpmem-test: kmemleak report"
	note_lines </tmp/leaks
	note "vpmem-test: end of kmemleak report"
	return 1
}

lockdep_on() {
	grep -q 'debug_locks: *1' /proc/lockdep_stats
}

dma_debug_on() {
	grep -q N $debug/dma-api/disabled
}

unload() {
	rmmod "$1" && ! grep -q "^$1 " /proc/modules
}

set_fault_injection
[ ! -e $debug/kmemleak ] || kmemleak_baseline
insmod /kunit.ko
insmod /vpmem.ko
insmod /vpmem_kunit.ko

plan checkers
check unload_vpmem_kunit unload vpmem_kunit
[ ! -e $debug/kmemleak ] || check kmemleak no_leak
check unload_vpmem unload vpmem
[ ! -e /proc/lockdep_stats ] || check lockdep_still_on lockdep_on
[ ! -e $debug/dma-api ] || check dma_debug_still_on dma_debug_on
finish

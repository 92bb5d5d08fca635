# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The KUnit suites that need no device, loads of vpmem and its views, with each call failing by
# which vpmem allocates, and the record of these failures.

# shellcheck source=lib.sh
. /lib.sh
# shellcheck source=fail.sh
. /fail.sh

# Load and unload vpmem. If that fails, it is for want of memory.
try_load() {
	if insmod /vpmem.ko 2>"$said"; then
		unload vpmem
	else
		failures=$((failures + 1))
		grep -q 'Cannot allocate memory' "$said"
	fi
}

# try_read FILE : read a view. If that fails, it is for want of memory.
try_read() {
	if ! cat "$1" >/dev/null 2>"$said"; then
		failures=$((failures + 1))
		grep -q 'Cannot allocate memory' "$said"
	fi
}

# try_write FILE TEXT : write to a view.
try_write() {
	if ! (echo "$2" >"$1") 2>"$said"; then
		failures=$((failures + 1))
		grep -qiE 'bad address|cannot allocate memory|out of memory' "$said"
	fi
}

# Open the device of the helper.
try_device() {
	if ! (: <>/dev/vpmem-int10) 2>"$said"; then
		failures=$((failures + 1))
		grep -qiE 'cannot allocate memory|out of memory' "$said"
	fi
}

# try_first CALL : load vpmem and a driver, and have that make its first call. Only this is to fail.
try_first() {
	echo 0 >$faults/nth
	load /vpmem.ko && load /vpmem_first.ko || return
	echo "$nth" >"$faults/nth"
	if ! (echo "$1" >/sys/module/vpmem_first/parameters/call) 2>"$said"; then
		failures=$((failures + 1))
		grep -qiE 'cannot allocate memory|out of memory' "$said" || return
	fi
	unload vpmem_first && unload vpmem
}

first_with_each_fault() {
	for call in query int10 map stop; do
		with_each_fault nth try_first $call || return
	done
}

load_with_each_fault() {
	with_each_fault load try_load && [ $failures -ge 5 ] && load_and_unload vpmem
}

read_with_each_fault() {
	need_vpmem
	views=$(find $debug/vpmem -type f)
	for view in $views; do
		[ ! -r "$view" ] || with_each_fault nth try_read "$view" || return
	done
	for view in verify callers; do
		with_each_fault nth try_write $debug/vpmem/$view 1 &&
			echo 0 >$debug/vpmem/$view || return
	done
	with_each_fault nth try_device && unload vpmem
}

set_fault_injection
need /vpmem_faults.ko
status=0
run_tests vpmem_kunit vpmem_executive || status=1

plan load_faults
check load_with_each_fault load_with_each_fault
check read_with_each_fault read_with_each_fault
check first_with_each_fault first_with_each_fault
! watches_leaks || check kmemleak no_leak
[ ! -e /proc/lockdep_stats ] || check lockdep_still_on lockdep_on
finish || status=1
gzip -c $faults/record | print_packed faults
[ $status = 0 ]

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The KUnit suites that need no device, loads of vpmem and its views, with each call failing by
# which vpmem allocates, and the record of these failures.

# shellcheck source=lib.sh
. /lib.sh

faults=$debug/vpmem_faults
# Error message of the command that failed
said=$tmp/said

# with_each_fault FILE COMMAND... : run the command with the first, second, third ... call of
# vpmem failing, until none does. FILE of vpmem_faults is where the number is written. The
# command gets the number of the last one that failed as $failures.
with_each_fault() {
	file=$1
	nth=0
	failures=0
	shift
	while :; do
		nth=$((nth + 1))
		echo $nth >"$faults/$file"
		"$@" || {
			note "vpmem-test: $*: failed wrongly when call $nth of vpmem did"
			note_lines <"$said"
			return 1
		}
		[ "$(cat $faults/left)" = 0 ] || break
	done
	note "vpmem-test: $*: $((nth - 1)) calls of vpmem failed, and $failures times this did"
}

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
! watches_leaks || check kmemleak no_leak
[ ! -e /proc/lockdep_stats ] || check lockdep_still_on lockdep_on
finish || status=1
gzip -c $faults/record | print_packed faults
[ $status = 0 ]

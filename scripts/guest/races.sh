# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Processes that use the sample miniports in each way, while others take the adapter, modules,
# CPUs and the machine from them; and rounds of load and unload. kunit/races counts what
# happened: what never did is a failure, too.

# shellcheck source=lib.sh
. /lib.sh
# shellcheck source=display.sh
. /display.sh

# value NAME FILE : print a number that the program has counted.
value() {
	awk -v name="$1" '$1 == name { print $2 }' "$2"
}

is_zero() {
	[ "$1" = 0 ]
}

is_positive() {
	[ "${1:-0}" -gt 0 ]
}

at_least() {
	[ "${1:-0}" -ge "$2" ]
}

# check_counters FILE : a test for each counter. Those behind the line "faults" must be zero.
check_counters() {
	expected=is_positive
	while read -r name count; do
		case $name in
		faults) expected=is_zero ;;
		*) check "$name" $expected "$count" ;;
		esac
	done <"$1"
}

# Suspend to a test of a part of it only, without a delay.
prepare() {
	echo 0 >/sys/module/suspend/parameters/pm_test_delay
	# Go on sleeping although tasks cannot be frozen, after less time.
	echo 8000 >/sys/power/pm_freeze_timeout
	mkdir -p /run
}

no_leak_reports() {
	! dmesg | grep 'vpmem: .* leak: ' >/tmp/view
}

# unload_all : unload what the program has left.
unload_all() {
	for module in vpmem_vga vpmem_vbe vpmem_legacy vpmem_drm vpmem; do
		! grep -q "^$module " /proc/modules || rmmod "$module" || return
	done
}

end_of_races() {
	[ -d $views ] || load /vpmem.ko || return
	for module in vpmem_vga vpmem_vbe vpmem_legacy; do
		rmmod $module 2>/dev/null || :
	done
	nothing_is_left
}

test_races() {
	plan races
	check prepare prepare
	note "races_seed=$seed"
	check run races "$rounds" "$seed" >/tmp/races
	note_lines </tmp/races
	check rounds at_least "$(value rounds /tmp/races)" "$rounds"
	check_counters /tmp/races
	check nothing_is_left end_of_races
	check no_leak_reports no_leak_reports
	check unload unload_all
	finish
}

test_loads() {
	plan loads
	# Have the grace periods of each unload short.
	echo 1 >/sys/kernel/rcu_expedited
	check run races load "$loads" "$seed" >/tmp/loads
	note_lines </tmp/loads
	check rounds at_least "$(value loads /tmp/loads)" "$loads"
	check_counters /tmp/loads
	check unload unload_all
	finish
}

rounds=${races_rounds:?} seed=${races_seed:?} loads=${races_loads:?}
load_all /modules || give_up "$reason"
! watches_leaks || kmemleak_baseline
status=0
[ "$rounds" = 0 ] || test_races || status=1
[ "$loads" = 0 ] || test_loads || status=1
plan checkers
! watches_leaks || check kmemleak no_leak
[ ! -e /proc/lockdep_stats ] || check lockdep_still_on lockdep_on
check log_is_whole [ -n "$(dmesg | head -n 1)" ]
finish || status=1
[ $status = 0 ]

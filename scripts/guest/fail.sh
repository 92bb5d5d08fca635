# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# shellcheck disable=SC2154 # what lib.sh sets
#
# Functions of the guest scripts whose calls of a module fail, see kunit/faults.

faults=$debug/vpmem_faults
# Error message of the command that failed
said=$tmp/said

# disarm : let no call fail any more, and note whether the one that was to fail has.
disarm() {
	[ -n "$pending" ] || pending=$(cat "$faults/left")
}

# fail_each FILE COMMAND... : run the command with the first, second, third ... call failing, until
# none does. FILE of vpmem_faults is where the number is written.
fail_each() {
	file=$1
	nth=0
	shift
	while :; do
		nth=$((nth + 1))
		pending=''
		echo $nth >"$faults/$file"
		"$@" || {
			note "vpmem-test: $*: failed wrongly when call $nth did"
			note_lines <"$said"
			return 1
		}
		disarm
		[ "$pending" = 0 ] || break
	done
	calls=$((calls + nth - 1))
}

# with_each_fault FILE COMMAND... : the same with each of these calls failing alone, and with
# all that follow it. The command adds to $failures when it fails.
with_each_fault() {
	calls=0
	failures=0
	for lasting in N Y; do
		echo $lasting >"$faults/lasting"
		fail_each "$@" || return
	done
	shift
	note "vpmem-test: $*: $calls calls failed, and $failures times this did"
}

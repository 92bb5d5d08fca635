# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What guest scripts share. Everything is printed through /dev/kmsg: whole
# records, which the kernel's own messages cannot tear apart as they would
# lines on a terminal.

# The kernel hands channel=... of its command line on in the environment.
open_channel() {
	[ -n "${channel-}" ] || return 0
	stty -F "$channel" raw -echo
	exec 3<>"$channel"
}

# tell COMMAND : a line to the host, on a serial port of its own where there
# is one, else on the console.
tell() {
	if [ -n "${channel-}" ]; then
		echo "$*" >&3
	else
		echo "vpmem-vm: $*" >/dev/kmsg
	fi
}

# What a serial port still holds is lost when the machine goes off, so wait until
# the host has it.
tell_verdict() {
	tell "$1"
	# shellcheck disable=SC3045 # the shell is busybox's, which has it
	[ -z "${channel-}" ] || read -r -t 10 _ <&3 || :
}

# note TEXT : into the log, and to whoever watches.
note() {
	echo "$*" >/dev/kmsg
	tell "say $*"
}

note_lines() {
	while IFS= read -r line; do
		note "$line"
	done
}

# screenshot NAME : succeeds when the host has the picture.
screenshot() {
	reply='no channel to ask on'
	if [ -n "${channel-}" ]; then
		tell "screenshot $1"
		read -r reply <&3
	fi
	[ "$reply" = ok ] || {
		note "screenshot: $reply"
		return 1
	}
}

# KTAP of a shell script: plan SUITE, then check NAME COMMAND..., then
# finish, which fails when a check did.
plan() {
	suite=$1
	number=0
	failed=0
	echo "KTAP version 1" >/dev/kmsg
	echo "    # Subtest: $suite" >/dev/kmsg
}

# check NAME COMMAND... : a test that passes when COMMAND does.
check() {
	name=$1
	shift
	number=$((number + 1))
	if "$@"; then
		note "    ok $number - $name"
	else
		failed=$((failed + 1))
		note "    not ok $number - $name"
	fi
}

finish() {
	echo "    1..$number" >/dev/kmsg
	if [ "$failed" = 0 ]; then
		note "ok 1 - $suite"
	else
		note "not ok 1 - $suite"
	fi
	[ "$failed" = 0 ]
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Functions for tests of shell functions, with results as KTAP. Source common.sh before.

number=0
failed=0

# attempt COMMAND... : run it in a shell of its own, since what is tested may exit, and set
# $status. It ends at its first failure, as the scripts do: set -e works only if the status is
# not tested at once.
attempt() {
	set +e
	(set -e && "$@")
	status=$?
	set -e
}

# fails COMMAND... : succeed if it does not.
fails() {
	local status

	attempt "$@"
	[ "$status" != 0 ]
}

# equal SEEN WANTED
equal() {
	[ "$1" = "$2" ] || {
		echo "seen: $1, wanted: $2"
		exit 1
	}
}

# verdict NAME : print the result of the test that was attempted last. Fail if it failed.
verdict() {
	number=$((number + 1))
	if [ "$status" = 0 ]; then
		echo "    ok $number - $1"
	else
		failed=$((failed + 1))
		echo "    not ok $number - $1"
		return 1
	fi
}

# finish SUITE : print the plan and the sum. Fail if a test failed.
finish() {
	echo "    1..$number"
	if [ $failed = 0 ]; then
		echo "ok 1 - $1"
	else
		echo "not ok 1 - $1"
		return 1
	fi
}

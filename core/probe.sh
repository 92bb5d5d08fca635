#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Compile a probe, and write 1 if the compiler accepts it, else 0.
#
#	core/probe.sh SOURCE ANSWER DEPFILE SYMVERS KEY COMPILER [OPTION...]
#
# ANSWER receives the result, and ANSWER.log the messages of the compiler. DEPFILE is the
# file that the compiler lists the headers in. KEY has no use but to change the command.
# Two lines may stand in the comment of SOURCE:
#
#	control: 0|1		the only possible answer; with another one probing does not work
#	exports: SYMBOL...	answer 0 if the kernel does not export one of them, as SYMVERS
#				says where that file exists

set -eu

LC_ALL=C
export LC_ALL

[ $# -ge 6 ] || {
	sed -n 's/^#\t\(core.*\)/usage: \1/p' "$0" >&2
	exit 2
}
source=$1
answer=$2
depfile=$3
symvers=$4
shift 5

# Print the values of such lines.
lines() {
	sed -n "s/^ \* $1: *//p" "$source"
}

# stop FAULT : without an answer, so that the probe is compiled again the next time.
stop() {
	{
		echo "vpmem: $source: $1"
		head -n 20 "$answer.log"
		echo "vpmem: see $answer.log; check that KDIR has the headers of a configured kernel,"
		echo "vpmem: and that the compiler (CC=, LLVM=, CROSS_COMPILE=) is installed and fits it"
	} >&2
	exit 1
}

# Tell whether the kernel exports all symbols that the probe needs. Believe only a list
# that has a symbol which every kernel exports.
exported() {
	symbols=$(lines exports)
	grep -qw kfree "$symvers" 2>/dev/null || return 0
	for symbol in $symbols; do
		grep -qw "$symbol" "$symvers" || {
			echo "$symvers has no $symbol" >>"$answer.log"
			return 1
		}
	done
}

# Tell whether the first error is in the probe. A compiler that is missing or was killed, and
# a header that needs others, say nothing about the kernel.
about_probe() {
	grep -m 1 'error: ' "$answer.log" |
		grep -qE "^[^ ]*${source##*/}:[0-9]|error: call to .* declared with .*error"
}

rm -f "$depfile"
if "$@" -c -o "$answer.o" "$source" >"$answer.log" 2>&1; then
	result=1
	exported || result=0
else
	about_probe || stop "the compiler does not accept it, for a reason that is not in this file"
	result=0
fi
rm -f "$answer.o"

control=$(lines control)
[ "${control:-$result}" = "$result" ] ||
	stop "the compiler must $([ "$control" = 1 ] || echo not\ )accept it: this kernel cannot be probed"

# List the probe alone if the compiler wrote no list, as clang does when it fails.
[ -s "$depfile" ] || echo "$answer: $source" >"$depfile"
echo "$result" >"$answer"

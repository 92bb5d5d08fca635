# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Functions that the scripts share: messages, the cache, and the build of vpmem in the
# cache. Debian packages are in apt.sh.

set -euo pipefail

scripts=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck disable=SC2034 # used by the scripts that source this file
top=$(dirname "$scripts")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/vpmem
# Add sbin: programs such as modinfo are not on every user's path.
PATH=$PATH:/usr/sbin:/sbin

# Print the comment at the head of the script for --help.
case ${1-} in
-h | --help)
	sed -n '3,/^$/{ /^$/d; s/^# \{0,1\}//p }' "$0"
	exit
	;;
esac

# Run under scripts/supervise, which ends all processes when the script is interrupted.
# Before python3 is installed, only the terminal's signals do that.
if [ -z "${VPMEM_SUPERVISED-}" ] && command -v python3 >/dev/null; then
	exec "$scripts/supervise" "$0" "$@"
fi

. "$scripts/apt.sh"
. "$scripts/arch.sh"
use_arch amd64

# Print messages on standard error: standard output has the result of a script.
say() {
	printf 'vpmem: %s\n' "$*" >&2
}

die() {
	say "error: $*"
	exit 1
}

# usage [FAULT] : print the synopsis, which is what has a tab in the head of the script.
usage() {
	[ $# = 0 ] || say "error: $*"
	sed -n '/^$/q; s/^#\t/usage: /p' "$0" >&2
	exit 2
}

# need_tools TOOL... : name every tool that is missing, not only the first.
need_tools() {
	local tool missing=()

	for tool; do
		command -v "$tool" >/dev/null || missing+=("$tool")
	done
	[ ${#missing[@]} -eq 0 ] ||
		die "not installed: ${missing[*]} (make setup installs what is needed)"
}

# run_logged LOG COMMAND... : keep the output, show its end only on failure.
run_logged() {
	local log=$1
	shift

	"$@" >>"$log" 2>&1 </dev/null && return
	tail -n 25 "$log" >&2
	die "failed: $* (whole log: $log)"
}

# locked FILE COMMAND... : one at a time of all that name FILE.
locked() {
	local lock status file=$1
	shift

	exec {lock}>"$file"
	flock -n "$lock" || {
		say "waiting for another run that has $file"
		flock "$lock"
	}
	"$@"
	status=$?
	exec {lock}>&-
	return $status
}

# cached DIR COMMAND... : run COMMAND, which fills DIR, unless DIR is finished.
# Only the marker says that it is: after an interrupted run COMMAND starts with an empty
# DIR, or with the one at hand if it has left a file .resume there.
cached() {
	! usable "$1" || return 0
	mkdir -p "$(dirname "$1")"
	locked "$1.lock" fill "$@"
}

# usable DIR : finished, and all that it links to is there: parts of it may have been
# deleted or moved.
usable() {
	[ -e "$1/.complete" ] && [ -z "$(find "$1" -maxdepth 1 -xtype l -print -quit)" ]
}

fill() {
	local dir=$1
	shift

	! usable "$dir" || return 0
	if [ -e "$dir/.complete" ]; then
		say "$dir is broken (see its links), making it again"
		rm -rf "$dir"
	elif [ ! -e "$dir/.resume" ]; then
		rm -rf "$dir"
	fi
	mkdir -p "$dir"
	"$@"
	touch "$dir/.complete"
}

# Print the version of vpmem.
vpmem_version() {
	sed -n 's/^#define VPMEM_VERSION\t"\(.*\)"$/\1/p' "$top/core/version.h"
}

# kernel_source PACKAGE VERSION : unpack Debian's source of a kernel, which
# apt_suites has made known. Sets $source.
kernel_source() {
	source=$cache/source-$2
	cached "$source" unpack_source "$source" "$1" "$2"
}

unpack_source() {
	apt_unpack "$1/deb" "$2=$3"
	say "unpacking the source of Linux $3"
	tar -xf "$1/deb/usr/src/$2.tar.xz" -C "$1" --strip-components=1
	rm -r "$1/deb"
}

# Variables of make for a stock kernel, which its machines and the matrix share, so that
# vpmem is built once for each.
# shellcheck disable=SC2034 # used by the scripts that source this file
stock_modules=(W=1 VPMEM_SAMPLES=1 VPMEM_STORM=1)

# build_module COMMAND KERNEL ARGUMENT... : build vpmem against $KERNEL/build with these
# arguments of make, from a copy of the sources, so that neither the objects of another
# kernel nor a running test gets in the way of work in the tree. It is built in the cache,
# where only what has changed is built anew. COMMAND gets the directory before anybody
# else builds there, and has a say in whether it is good.
build_module() {
	local command=$1 kernel=$2 place
	shift 2

	place=$(printf '%s\n' "$@" | sha256sum)
	place=$cache/vpmem-$(basename "$kernel")-${place:0:8}
	mkdir -p "$cache"
	locked "$place.lock" build_in "$place" "$command" "$kernel" "$@"
}

build_in() {
	local place=$1 command=$2 kernel=$3 key jobs=()
	shift 3

	key=$(untracked)
	[ "$(cat "$place/.complete" 2>/dev/null)" = "$key" ] || rm -rf "$place"
	rm -f "$place/.complete"
	# Keep the time of an unchanged file, also in a new clone, so that make does not
	# rebuild it.
	rsync -rlp --checksum --delete --exclude=.git --exclude=/.output \
		--exclude-from="$top/.gitignore" "$top/" "$place" || return
	# Leave -j to the calling make, if it has a number of jobs.
	[[ ${MAKEFLAGS-} = *jobserver* ]] || jobs=("-j$(nproc)")
	make -C "$kernel/build" --no-print-directory "${jobs[@]}" "M=$place" "$@" modules 2>&1 |
		tee -a "$place/.output" && "$command" "$place" && echo "$key" >"$place/.complete"
}

# hide_intended : drop the warnings that kunit/habits provokes, with the source lines
# below each. Keep errors, and warnings of other files.
hide_intended() {
	local line hidden='' included=''

	while IFS= read -r line; do
		case $line in
		'In file included from '* | '                 from '*)
			included+=$line$'\n'
			continue
			;;
		'  '[A-Z]*' '* | ' '*'|'*) ;;
		*': error: '* | *': fatal error: '* | make*) hidden='' ;;
		*kunit/habits/*) hidden=yes ;;
		*': note: '*) [[ $included != *kunit/habits/* ]] || hidden=yes ;;
		*) hidden='' ;;
		esac
		[[ -n $hidden && $line != '  '[A-Z]* ]] || printf '%s\n' "$included$line"
		included=''
	done
}

# Hash of the files that affect objects, but that kbuild does not track
untracked() {
	(
		cd "$top" &&
			find Kbuild include kunit/Kbuild kunit/habits samples scripts/{lp64,msc,msclib,names} \
				-type f ! -name '*.o' ! -name '*.mod*' ! -name '*.ko' ! -name '.*' \
				! -path '*/.*' -print0 | sort -z | xargs -0 sha256sum | sha256sum
	)
}

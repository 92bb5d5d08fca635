# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # log is of the script that sources this file
#
# Builds without a warning. Set log to the file for the output of the build.

# Variables of make for all modules. Symbols may be missing: a stock kernel has no KUnit.
everything=(W=1 KBUILD_MODPOST_WARN=1 VPMEM_KUNIT=1 VPMEM_BENCH=1 VPMEM_SAMPLES=1
	VPMEM_STORM=1)

# check_build KERNEL VARIABLE... : build, and fail if a warning is printed. A build that fails
# is done from scratch the next time.
check_build() {
	mkdir -p "$(dirname "$log")"
	build_module no_warnings "$@" >"$log" 2>&1 && return
	warnings || cat "$log"
	return 1
}

no_warnings() {
	! warnings >/dev/null
}

# none_in PLACE : whether no build there had a warning since it began from scratch.
none_in() {
	local log=$1/.output

	no_warnings
}

# Ignore what sparse does not understand: constants like 'agVp', and tables without
# inner braces. For gcc and clang, ntdef.h disables these. Functions that habits/ calls
# without a declaration are in names.h.
warnings() {
	grep -E '(warning|error|WARNING|ERROR):' "$log" | grep -vE 'habits/\w+/?\w*\.[ch]:' |
		grep -vE \
		'warning: (multi-character character constant|missing braces around initializer)|\bnames\.h:.* implicit declaration of function|modpost: (.* undefined!|suppressed )|Module\.symvers.* missing'
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The KUnit suites that need no device. Where the kernel fills memory with a pattern, no view and no
# frame buffer may show that.

# shellcheck source=lib.sh
. /lib.sh

# Succeed if the kernel fills what kmalloc() returns.
fills_memory() {
	[ -e /vpmem_leaky.ko ] && grep -q 'slub_debug=[A-Z]*P' /proc/cmdline
}

# shows_pattern FILE : succeed if four bytes of it are what memory is filled with before the first
# write, or after it was freed.
shows_pattern() {
	tr '\132\153\252' PQR <"$1" | tr -cs PQR '\n' | grep -qE 'PPPP|QQQQ|RRRR'
}

hides_pattern() {
	! shows_pattern "$1"
}

# Read all views at once, and in each mode the frame buffer of the miniport.
views_hide_pattern() {
	for mode in 1 2; do
		echo $mode >$debug/vpmem/adapters/vpmem-screen/mode || return
		find $debug/vpmem -type f -exec cat {} + >"$tmp/views" || return
		[ "$(wc -c <"$tmp/views")" -gt 100000 ] && hides_pattern "$tmp/views" || return
	done
}

look_for_pattern() {
	need_vpmem
	plan pattern
	check_load load_leaky /vpmem_leaky.ko
	for file in kmalloc pool buffer; do
		check "shown_by_$file" shows_pattern "$debug/vpmem_leaky/$file"
	done
	for file in contig common extension; do
		check "hidden_by_$file" hides_pattern "$debug/vpmem_leaky/zeroed-$file"
	done
	check_load load_screen /vpmem_screen.ko
	check views_hide_pattern views_hide_pattern
	check unload_screen unload vpmem_screen
	check unload_leaky unload vpmem_leaky
	check unload_vpmem unload vpmem
	finish
}

set_fault_injection
run_tests vpmem_kunit vpmem_executive
! fills_memory || look_for_pattern

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# A display of vpmem_drm.ko, with each call failing by which that allocates, and the record of
# these failures.

# shellcheck source=lib.sh
. /lib.sh
# shellcheck source=display.sh
. /display.sh
# shellcheck source=fail.sh
. /fail.sh

frame_buffer=$views/adapters/vpmem-screen/framebuffer

# try_load : load and unload all. If the driver does not load, or the miniport becomes no display,
# it is for want of memory.
try_load() {
	if insmod /vpmem_drm.ko 2>"$said"; then
		load /vpmem_screen.ko || return
		[ -e /dev/dri/card0 ] || failures=$((failures + 1))
		unload vpmem_screen && unload vpmem_drm && nothing_is_left
	else
		failures=$((failures + 1))
		grep -q 'Cannot allocate memory' "$said"
	fi
}

# try_draw : have a client draw. If that fails, it is for want of memory.
try_draw() {
	if ! client 2>"$said"; then
		failures=$((failures + 1))
		grep -q 'Cannot allocate memory' "$said"
	fi
}

# try_change : have the driver ask for the modes again.
try_change() {
	echo 1 >/sys/module/vpmem_screen/parameters/enumerate && sleep 0.3
}

still_draws() {
	client "$frame_buffer" 2>"$said" && return
	note_lines <"$said"
	return 1
}

# draw_with_each_fault : do so while the driver stays loaded, and expect that it draws afterwards.
draw_with_each_fault() {
	load /vpmem_drm.ko && load /vpmem_screen.ko && still_draws || return
	with_each_fault nth try_draw && still_draws || return
	with_each_fault nth try_change && still_draws || return
	unload vpmem_screen && unload vpmem_drm && nothing_is_left
}

load_all /modules || give_up "$reason"
! watches_leaks || kmemleak_baseline
need /vpmem.ko
need /vpmem_faults.ko
status=0
plan drm_faults
check load_with_each_fault with_each_fault nth try_load
check draw_with_each_fault draw_with_each_fault
! watches_leaks || check kmemleak no_leak
[ ! -e /proc/lockdep_stats ] || check lockdep_still_on lockdep_on
gzip -c $faults/record | print_packed faults
check unload_faults unload vpmem_faults
check unload_vpmem unload vpmem
finish || status=1
[ $status = 0 ]

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# All views of adapters, a frame buffer and a display, and then the KUnit suites that need no
# device, on a kernel that looks for bytes which nobody has initialised. A driver that shows such
# bytes proves that it finds them.

# shellcheck source=lib.sh
. /lib.sh
# shellcheck source=display.sh
. /display.sh

leaky=$debug/vpmem_leaky
frame_buffer=$views/adapters/vpmem-screen/framebuffer

# Count the reports. A rate limit would hide some, but KMSAN has none.
reports() {
	dmesg | grep -c 'BUG: KMSAN: ' || :
}

# shows_fresh FILE : succeed if KMSAN reports bytes of that file.
shows_fresh() {
	before=$(reports)
	echo 'vpmem-test: expect splat' >>"$kmsg"
	cat "$leaky/$1" >/dev/null
	echo 'vpmem-test: end splat' >>"$kmsg"
	[ "$(reports)" -gt "$before" ]
}

# hides FILE : succeed if it does not.
hides() {
	before=$(reports)
	cat "$leaky/$1" >/dev/null && [ "$(reports)" = "$before" ]
}

# Set modes of the miniport by its files, and read and write the frame buffer of each. Then leave the
# screen to a display.
use_frame_buffer() {
	for mode in 1 2; do
		echo $mode >"${frame_buffer%/*}/mode" || return
		cat "$frame_buffer" >/dev/null || return
		head -c 5000 "$frame_buffer" >"$tmp/part" && cat "$tmp/part" >"$frame_buffer" || return
	done
	echo reset >"${frame_buffer%/*}/mode"
}

# draw : have a client of DRM use each ioctl that it knows, and read what it has drawn.
draw() {
	client "$frame_buffer" 2>"$said" && return
	note_lines <"$said"
	return 1
}

said=$tmp/said
status=0

# Each step depends on those before it.
load_all /modules || give_up "$reason"
need_vpmem
plan leaving
check_load load_leaky /vpmem_leaky.ko
for file in kmalloc pool pool-again large large-again buffer text; do
	check "found_$file" shows_fresh $file
done
for file in contig common extension; do
	check "no_byte_of_$file" hides zeroed-$file
done
check_load load_screen /vpmem_screen.ko
check read_views_of_a_miniport read_views
check use_frame_buffer use_frame_buffer
check_load load_drm /vpmem_drm.ko
check draw draw
check read_views_of_a_display read_views
check unload_screen unload vpmem_screen
check unload_drm unload vpmem_drm
check unload_leaky unload vpmem_leaky
check unload_vpmem unload vpmem
finish || status=1
run_tests vpmem_kunit vpmem_executive || status=1
[ $status = 0 ]

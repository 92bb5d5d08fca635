# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The sample miniports on the display adapter that QEMU emulates, one after the other,
# as far as the image carries them: bind it, look at its memory and its picture, unbind
# it, look again.

views=/sys/kernel/debug/vpmem
tags=$views/tags

# The display adapter, of which there is one.
find_device() {
	for device in /sys/bus/pci/devices/*; do
		[ "$(cat "$device/class")" != 0x030000 ] || return 0
	done
	return 1
}

# bound [DRIVER] : to that one, or to any.
bound() {
	find_device && [ -e "$device/driver" ] || return 1
	[ $# = 0 ] || [ "$(basename "$(readlink "$device/driver")")" = "$1" ]
}

unbind() {
	basename "$device" >"$device/driver/unbind" && ! bound
}

# bind DRIVER
bind() {
	basename "$device" >"/sys/bus/pci/drivers/$1/bind" && bound "$1"
}

print_tags() {
	note "$tags $1:"
	cat $tags >/tmp/tags || return 1
	note_lines </tmp/tags
	grep -q '^ *Tag  *Type  *Allocs  *Frees  *Diff  *Bytes  *PerAlloc' /tmp/tags
}

# field N TAG : of the sample's row.
field() {
	awk -v n="$1" -v tag="$2" '$1 == tag { print $n }' $tags
}

sorted_by_bytes() {
	awk 'NR > 1 { print $6 }' $tags | sort -c -n -r
}

nothing_is_left() {
	[ "$(wc -l <$tags)" = 1 ] && [ -z "$(ls $views/adapters)" ]
}

# What the sample holds: one block of each kind that it uses.
vga_rows() {
	[ "$(field 2 DReg) $(field 3 DReg) $(field 5 DReg)" = 'Nonp 1 1' ] &&
		[ "$(field 2 DLin) $(field 5 DLin) $(field 6 DLin)" = 'Paged 1 65536' ] &&
		[ "$(field 2 Vprt) $(field 6 Vprt) $(field 8 Vprt)" = 'Buffer 65536 0x74727056' ]
}

quota_file() {
	quota=$views/adapters/$(basename "$device")/quota
	echo 1000000 >"$quota" && [ "$(cat "$quota")" = '1000000 used 65536' ]
}

# A record for every block, and guards around it, from the next bind on.
verify_switch() {
	echo 1 >$views/verify
	[ "$(cat $views/verify)" = Y ] && unbind && bind vpmem_vga &&
		[ "$(grep -c ' yes ' $views/regions)" = 4 ] &&
		echo 0 >$views/verify && [ "$(cat $views/verify)" = N ]
}

# The sample that programs the adapter itself.
demo_vga() {
	plan demo
	check load_vpmem insmod /vpmem.ko
	check load_samples insmod /vpmem_vga.ko
	check sample_bound bound vpmem_vga
	check tags_while_bound print_tags "while bound"
	check rows_are_exact vga_rows
	check sorted_by_bytes sorted_by_bytes
	check screenshot screenshot demo
	check quota_file quota_file
	check verify_switch verify_switch
	check unbind unbind
	check tags_after_unbind print_tags "after unbind"
	check nothing_is_left nothing_is_left
	check unload_samples rmmod vpmem_vga
	check unload_vpmem rmmod vpmem
	finish
}

# What vpmem_vbe has to say, from the last time that it was bound.
read_modes() {
	dmesg | sed -n 's/^\(\[[^]]*\] \)\?vpmem_vbe [0-9a-f:.]*: //p' |
		awk '/^VBE / { text = "" } { text = text $0 "\n" } END { printf "%s", text }' \
			>/tmp/modes
	grep -q '^VBE [2-9]\.' /tmp/modes && grep -q '^mode [0-9]' /tmp/modes
}

print_modes() {
	read_modes || return 1
	note_lines </tmp/modes
}

# The size of the mode that was set.
size() {
	sed -n 's/^set mode .*: \(.*\)x[0-9]*$/\1/p' /tmp/modes
}

# value NAME [DIRECTORY] : of a view of INT10, of the module or of the adapter.
value() {
	awk -v name="$1" '$1 == name { print $2 }' "$views/${2-}/int10"
}

print_int10() {
	for view in "$views/int10" "$views/$adapter/int10"; do
		note "$view:"
		cat "$view" >/tmp/view || return 1
		note_lines </tmp/view
	done
}

# Setting the mode was the last call.
int10_adapter() {
	[ "$(value Block "$adapter")" = 2000:0000 ] &&
		[ "$(value LastAxIn "$adapter")" = 0x4f02 ] &&
		[ "$(value LastAxOut "$adapter")" = 0x004f ] &&
		[ "$(value Failures "$adapter")" = 0 ]
}

int10_module() {
	[ "$(value Bios)" = yes ] && [ "$(value Calls)" -gt 0 ] &&
		[ "$(value Starts)" = 1 ] && [ "$(value Failures)" = 0 ]
}

# One of two rows of Vprt: the frame buffer is the other.
int10_row() {
	awk '$1 == "Vprt" && $2 == "Int10" && $5 == 1 && $6 == 4096 { found = 1 }
		END { exit !found }' $tags
}

no_events() {
	! awk 'NR > 1 && $2' "$views/$adapter/events" | grep .
}

helper_runs() {
	[ "$(value Helper)" -gt 0 ] && [ "$(pidof vpmem-int10d)" = "$(value Helper)" ]
}

helper_is_gone() {
	[ "$(value Helper)" = - ] && ! pidof vpmem-int10d
}

# In the text mode of every PC, 80 characters in 25 lines.
text_mode() {
	screenshot vbe-text 720x400
}

# vbe_shows PICTURE WIDTH HEIGHT BITS : sets that mode.
vbe_shows() {
	insmod /vpmem_vbe.ko "width=$2" "height=$3" "bits=$4" && bound vpmem_vbe &&
		read_modes && grep -q "^set mode .*: $2x$3x$4\$" /tmp/modes &&
		screenshot "$1" "$2x$3" && rmmod vpmem_vbe && ! bound
}

# The sample that asks the BIOS.
demo_vbe() {
	plan vbe
	check load_vpmem insmod /vpmem.ko
	check load_sample insmod /vpmem_vbe.ko
	check sample_bound bound vpmem_vbe
	# At once, since it leaves when it has not been needed for a while.
	check helper_runs helper_runs
	adapter=adapters/$(basename "$device")
	check modes print_modes
	check has_1024x768 grep -q '^mode .* 1024x768x' /tmp/modes
	check int10_views print_int10
	check int10_of_the_adapter int10_adapter
	check int10_of_the_module int10_module
	check tags_while_bound print_tags "while bound"
	check int10_row int10_row
	check no_events no_events
	check screenshot screenshot vbe "$(size)"
	check unbind unbind
	check text_mode text_mode
	check tags_after_unbind print_tags "after unbind"
	check nothing_is_left nothing_is_left
	check helper_is_gone helper_is_gone
	check unload_sample rmmod vpmem_vbe
	check 16_bits vbe_shows vbe-16 800 600 16
	check 24_bits vbe_shows vbe-24 640 480 24
	check nothing_is_left_again nothing_is_left
	check unload_vpmem rmmod vpmem
	finish
}

status=0
for sample in vga vbe; do
	[ ! -e "/vpmem_$sample.ko" ] || "demo_$sample" || status=1
done
[ $status = 0 ]

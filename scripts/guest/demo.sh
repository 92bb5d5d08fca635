# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The sample miniports on the display adapter that QEMU emulates, one after the other,
# as far as the image carries them: bind it, set a mode and draw, look at its memory and
# at the screen, unbind it, look again.

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

# The directory of the adapter in debugfs.
find_adapter() {
	adapter=$views/adapters/$(basename "$device")
	[ -d "$adapter" ]
}

# text_mode PICTURE : the screen is in that of every PC, 80 characters in 25 lines.
text_mode() {
	screenshot "$1" 720x400
}

# show FILE
show() {
	note "$1:"
	cat "$1" >/tmp/view || return 1
	note_lines </tmp/view
}

# drawing : of the sample, which has its name in it. $drawn is then what the screen shows.
drawing() {
	drawn=$(draw "$adapter" "$driver") && drawn=${drawn##* }
}

# set_mode WIDTH HEIGHT BITS : the first one that the miniport lists.
set_mode() {
	mode=$(awk -v width="$1" -v height="$2" -v bits="$3" \
		'$2 == width && $3 == height && $4 == bits { print $1; exit }' "$adapter/modes")
	[ -n "$mode" ] && echo "$mode" >"$adapter/mode" && [ "$(cat "$adapter/mode")" = "$mode" ]
}

# deepest WIDTH HEIGHT : the most bits of direct colour that there are in this size.
deepest() {
	awk -v width="$1" -v height="$2" \
		'$2 == width && $3 == height && $8 != "0x00000000" && $4 > bits { bits = $4 }
		END { print bits }' "$adapter/modes"
}

framebuffer_holds() {
	printf vpmem >"$adapter/framebuffer" && [ "$(head -c 5 "$adapter/framebuffer")" = vpmem ]
}

# An invalid mode is refused: the last one stays, with its frame buffer.
refused_mode() {
	! echo 9999 >"$adapter/mode" && [ "$(cat "$adapter/mode")" = "$mode" ] && framebuffer_holds
}

reset_mode() {
	echo reset >"$adapter/mode" && [ "$(cat "$adapter/mode")" = - ]
}

# registry_has NAME : among what the miniport has stored.
registry_has() {
	grep -q "^HardwareInformation\.$1 " "$adapter/registry"
}

# Its memory of each kind: a line for what it allocates, one for what it maps.
vga_rows() {
	[ "$(field 2 DReg) $(field 3 DReg) $(field 5 DReg)" = 'Nonp 1 1' ] &&
		[ "$(field 2 DMod) $(field 3 DMod) $(field 5 DMod)" = 'Paged 1 1' ] &&
		[ "$(field 2 DScr) $(field 5 DScr) $(field 6 DScr)" = 'Paged 1 65536' ] &&
		awk '$1 == "Vprt" && $2 == "Buffer" && $5 == 1 && $6 == 65536 { n++ }
			$1 == "Vprt" && $2 == "Mapped" && $5 == 2 { n++ }
			END { exit n != 2 }' $tags
}

# regions_tell WHAT : about each block where that is in memory, or that it is hidden;
# and never an address of the kernel.
regions_tell() {
	show "$adapter/regions"
	! grep -q ' ff[0-9a-f]\{14\} ' /tmp/view &&
		awk -v what="$1" 'NR > 1 && $1 != "Mapped" && $10 == "kmalloc" && $8 ~ what { n++ }
			NR > 1 && $1 == "Mapped" && $8 !~ /^0x/ { wrong++ }
			END { exit !n || wrong }' /tmp/view
}

# What the kernel hides from root, the view hides as well.
restricted_pointers() {
	regions_tell '^0x' &&
		echo 2 >/proc/sys/kernel/kptr_restrict && regions_tell '^hidden$' &&
		echo 0 >/proc/sys/kernel/kptr_restrict
}

# For good, so this comes last. Modules could not be loaded after it.
locked_down() {
	mount -t securityfs securityfs /sys/kernel/security
	echo confidentiality >/sys/kernel/security/lockdown
	regions_tell '^hidden$' && ! echo 1 >"$views/verify"
}

quota_file() {
	echo 1000000 >"$adapter/quota" && [ "$(cat "$adapter/quota")" = '1000000 used 65536' ]
}

# A record for every block, and guards around it, from the next bind on.
verify_switch() {
	echo 1 >$views/verify
	[ "$(cat $views/verify)" = Y ] && unbind && bind vpmem_vga &&
		[ "$(grep -c ' yes ' $views/regions)" = 4 ] &&
		echo 0 >$views/verify && [ "$(cat $views/verify)" = N ]
}

# What a driver forgets, by the registry of the sample, is named when it is unbound.
leak_report() {
	insmod /vpmem_vga.ko registry=BlocksToForget=2 && bound vpmem_vga && unbind &&
		dmesg | grep 'vpmem: .* leak: ' >/tmp/view && note_lines </tmp/view &&
		grep -q 'tag DScr .* 1 blocks, 65536 bytes; 1 reclaimed' /tmp/view &&
		grep -q 'tag DMod .* 1 blocks, ' /tmp/view && ! grep -q DReg /tmp/view
}

# The sample that programs the adapter itself.
demo_vga() {
	driver=vpmem_vga
	plan demo
	check_load load_vpmem /vpmem.ko
	check_load load_samples /vpmem_vga.ko
	check sample_bound bound vpmem_vga
	check adapter find_adapter
	check modes show "$adapter/modes"
	check set_mode set_mode 1024 768 32
	check framebuffer framebuffer_holds
	check refused_mode refused_mode
	check draw drawing
	check registry show "$adapter/registry"
	check registry_of_the_adapter registry_has MemorySize
	check tags_while_bound print_tags "while bound"
	check rows_are_exact vga_rows
	check sorted_by_bytes sorted_by_bytes
	check screenshot screenshot demo 1024x768 "$drawn"
	check restricted_pointers restricted_pointers
	check quota_file quota_file
	check verify_switch verify_switch
	check set_mode_again set_mode 800 600 16
	check draw_again drawing
	check screenshot_16_bits screenshot demo-16 800x600 "$drawn"
	check unbind unbind
	check text_mode text_mode demo-text
	check tags_after_unbind print_tags "after unbind"
	check nothing_is_left nothing_is_left
	check unload_samples rmmod vpmem_vga
	check leak_report leak_report
	check unload_samples_again rmmod vpmem_vga
	check unload_vpmem rmmod vpmem
	finish
}

# value NAME [DIRECTORY] : of a view of INT10, of the module or of the adapter.
value() {
	awk -v name="$1" '$1 == name { print $2 }' "${2-$views}/int10"
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
	! awk 'NR > 1 && $2' "$adapter/events" | grep .
}

helper_runs() {
	[ "$(value Helper)" -gt 0 ] && [ "$(pidof vpmem-int10d)" = "$(value Helper)" ]
}

helper_is_gone() {
	[ "$(value Helper)" = - ] && ! pidof vpmem-int10d
}

# vbe_shows PICTURE WIDTH HEIGHT BITS : sets that mode, and draws.
vbe_shows() {
	set_mode "$2" "$3" "$4" && drawing && screenshot "$1" "$2x$3" "$drawn"
}

# The same miniport for the VGA of the machine, of whose bus it knows nothing.
legacy() {
	vbe_shows vbe-legacy 640 480 16 && reset_mode
}

# Of the BIOS and of the monitor, as the sample and vpmem print them.
bios_and_monitor() {
	dmesg | grep -o 'miniport: VBE .*\|vpmem_vbe .*: child .*' >/tmp/view
	note_lines </tmp/view
	grep -q 'VBE [2-9]\.' /tmp/view
}

# The sample that asks the BIOS.
demo_vbe() {
	driver=vpmem_vbe
	plan vbe
	# Messages of all levels.
	check_load load_vpmem /vpmem.ko debug_level=3
	check_load load_sample /vpmem_vbe.ko
	check sample_bound bound vpmem_vbe
	# At once, since it leaves when it has not been needed for a while.
	check helper_runs helper_runs
	check adapter find_adapter
	check bios_and_monitor bios_and_monitor
	check modes show "$adapter/modes"
	check set_mode set_mode 1024 768 "$(deepest 1024 768)"
	check framebuffer framebuffer_holds
	check int10_view show "$views/int10"
	check int10_view_of_the_adapter show "$adapter/int10"
	check int10_of_the_adapter int10_adapter
	check int10_of_the_module int10_module
	check draw drawing
	check registry show "$adapter/registry"
	check registry_of_the_adapter registry_has BiosString
	check tags_while_bound print_tags "while bound"
	check int10_row int10_row
	check screenshot screenshot vbe 1024x768 "$drawn"
	check reset reset_mode
	check text_mode text_mode vbe-text
	check 16_bits vbe_shows vbe-16 800 600 16
	check 24_bits vbe_shows vbe-24 640 480 24
	check no_events no_events
	check unbind unbind
	check text_mode_again text_mode vbe-text
	check tags_after_unbind print_tags "after unbind"
	check nothing_is_left nothing_is_left
	check helper_is_gone helper_is_gone
	check unload_sample rmmod vpmem_vbe
	check_load load_legacy /vpmem_legacy.ko
	driver=vpmem_legacy
	adapter=$views/adapters/vpmem_legacy
	check legacy legacy
	check no_events_there no_events
	check locked_down locked_down
	check unload_legacy rmmod vpmem_legacy
	check nothing_is_left_again nothing_is_left
	check unload_vpmem rmmod vpmem
	finish
}

status=0
for sample in vga vbe; do
	[ ! -e "/vpmem_$sample.ko" ] || "demo_$sample" || status=1
done
[ $status = 0 ]

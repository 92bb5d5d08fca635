# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The sample miniports on the display adapter that QEMU emulates, one after the other,
# as far as the image carries them: bind it, set a mode and draw, look at its memory and
# at the screen, unbind it, look again.

# shellcheck source=display.sh
. /display.sh

tags=$views/tags

print_tags() {
	note "$tags $1:"
	cat $tags >/tmp/tags || return 1
	note_lines </tmp/tags
	grep -q '^ *Tag  *Type  *Allocs  *Frees  *Diff  *Bytes  *PerAlloc' /tmp/tags
}

# field N TAG : print field N of the sample's row of that tag.
field() {
	awk -v n="$1" -v tag="$2" '$1 == tag { print $n }' $tags
}

sorted_by_bytes() {
	awk 'NR > 1 { print $6 }' $tags | sort -c -n -r
}

# text_mode PICTURE : succeed if the screen is in the text mode of a PC, 80 by 25
# characters.
text_mode() {
	screenshot "$1" 720x400
}

# show FILE
show() {
	note "$1:"
	cat "$1" >/tmp/view || return 1
	note_lines </tmp/view
}

# drawing : draw, with the name of the sample. Sets $drawn to the picture on the screen.
drawing() {
	drawn=$(draw "$adapter" "$driver") && drawn=${drawn##* }
}

# set_mode WIDTH HEIGHT BITS : set the first such mode that the miniport lists.
set_mode() {
	mode=$(awk -v width="$1" -v height="$2" -v bits="$3" \
		'$2 == width && $3 == height && $4 == bits { print $1; exit }' "$adapter/modes")
	[ -n "$mode" ] && echo "$mode" >"$adapter/mode" && [ "$(cat "$adapter/mode")" = "$mode" ]
}

# deepest WIDTH HEIGHT : print the greatest depth of direct colour in this size.
deepest() {
	awk -v width="$1" -v height="$2" \
		'$2 == width && $3 == height && $8 != "0x00000000" && $4 > bits { bits = $4 }
		END { print bits }' "$adapter/modes"
}

framebuffer_holds() {
	printf vpmem >"$adapter/framebuffer" && [ "$(head -c 5 "$adapter/framebuffer")" = vpmem ]
}

# Set an invalid mode, which is refused: the previous one stays, with its frame buffer.
refused_mode() {
	! echo 9999 >"$adapter/mode" && [ "$(cat "$adapter/mode")" = "$mode" ] && framebuffer_holds
}

reset_mode() {
	echo reset >"$adapter/mode" && [ "$(cat "$adapter/mode")" = - ]
}

# registry_has NAME : succeed if the miniport has stored a value of that name.
registry_has() {
	grep -q "^HardwareInformation\.$1 " "$adapter/registry"
}

# Check its memory: a row for each allocation, one for its mappings.
vga_rows() {
	[ "$(field 2 DReg) $(field 3 DReg) $(field 5 DReg)" = 'Nonp 1 1' ] &&
		[ "$(field 2 DMod) $(field 3 DMod) $(field 5 DMod)" = 'Paged 1 1' ] &&
		[ "$(field 2 DScr) $(field 5 DScr) $(field 6 DScr)" = 'Paged 1 65536' ] &&
		awk '$1 == "Vprt" && $2 == "Buffer" && $5 == 1 && $6 == 65536 { n++ }
			$1 == "Vprt" && $2 == "Mapped" && $5 == 2 { n++ }
			END { exit n != 2 }' $tags
}

# columns FILE NUMBER : succeed if each line of a machine-readable view has so many.
columns() {
	awk -F '\t' -v number="$2" 'NF != number { wrong++ } END { exit NR < 2 || wrong }' "$1"
}

# Check the machine-readable form of the views, in which one mode is marked.
machine_readable() {
	show "$views/tags.tsv" && columns "$views/tags.tsv" 14 &&
		columns "$adapter/tags.tsv" 14 && columns "$adapter/regions.tsv" 14 &&
		columns "$adapter/modes.tsv" 12 && columns "$adapter/registry.tsv" 3 &&
		columns "$adapter/int10.tsv" 2 && columns "$adapter/events.tsv" 2 &&
		[ "$(awk -F '\t' '$12 == "*" { print $1 }' "$adapter/modes.tsv")" = "$mode" ]
}

# Reset the peaks: that of DScr is then what is live of it.
peaks() {
	[ "$(awk '$1 == "DScr" { print $12 }' $tags)" = 65536 ] &&
		echo reset >"$adapter/peaks" && [ "$(cat "$adapter/peaks")" -lt 60000 ] &&
		[ "$(awk '$1 == "DScr" { print $12 }' $tags)" = 65536 ]
}

# Run the monitor of tags: it finds the same.
vpmon_shows() {
	vpmon --json --count 2 --interval 0.5 '/iDScr' >/tmp/view && note_lines </tmp/view &&
		[ "$(grep -c '"tag":"DScr".*"bytes":65536,.*"peak":65536,' /tmp/view)" = 2 ] &&
		vpmon --csv --page regions --count 1 | grep -q 'Paged,DScr,' &&
		vpmon --reset-peaks && vpmon --save /tmp/saved && vpmon --file /tmp/saved --text |
		grep -q '^DScr'
}

# regions_tell WHAT : about each block where that is in memory, or that it is hidden;
# and never an address of the kernel.
regions_tell() {
	show "$adapter/regions"
	! grep -q ' ff[0-9a-f]\{14\} ' /tmp/view &&
		awk -v what="$1" 'NR > 1 && $1 != "Mapped" && $10 == "kmalloc" && $8 !~ what { wrong++ }
			NR > 1 && $1 == "Mapped" && $8 !~ /^0x/ { wrong++ }
			END { exit NR < 2 || wrong }' /tmp/view
}

# Hide addresses from root, and expect that the view hides them, too.
restricted_pointers() {
	regions_tell '^0x' &&
		echo 2 >/proc/sys/kernel/kptr_restrict && regions_tell '^hidden$' &&
		echo 0 >/proc/sys/kernel/kptr_restrict
}

# Lock the kernel down. Do this last: it cannot be undone, and prevents loading modules.
locked_down() {
	mount -t securityfs securityfs /sys/kernel/security
	echo confidentiality >/sys/kernel/security/lockdown
	regions_tell '^hidden$' && ! echo 1 >"$views/verify"
}

quota_file() {
	echo 1000000 >"$adapter/quota" && [ "$(cat "$adapter/quota")" = '1000000 used 65536' ]
}

# Switch on verify mode, which applies from the next bind on.
verify_switch() {
	echo 1 >$views/verify
	[ "$(cat $views/verify)" = Y ] && unbind && bind vpmem_vga &&
		[ "$(grep -c ' yes ' $views/regions)" = 4 ] &&
		echo 0 >$views/verify && [ "$(cat $views/verify)" = N ]
}

# Make the sample leak blocks, by its registry, and expect a report at unbind.
leak_report() {
	insmod /vpmem_vga.ko registry=BlocksToForget=2 && bound vpmem_vga && unbind &&
		dmesg | grep 'vpmem: .* leak: ' >/tmp/view && note_lines </tmp/view &&
		grep -q 'tag DScr .* 1 blocks, 65536 bytes; 1 reclaimed' /tmp/view &&
		grep -q 'tag DMod .* 1 blocks, ' /tmp/view && ! grep -q DReg /tmp/view
}

# Sample that programs the adapter itself
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
	# VIEW-21: The machine-readable forms can be read as files
	check view_21_machine_readable machine_readable
	# PEAK-09: The file ``peaks`` takes a reset
	check peak_09_reset_by_file peaks
	check vpmon vpmon_shows
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

# value NAME [DIRECTORY] : print a value of the file int10 of the module or an adapter.
value() {
	awk -v name="$1" '$1 == name { print $2 }' "${2-$views}/int10"
}

# Expect that the last call has set the mode.
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

# Accept either row of Vprt: the other one is the frame buffer.
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

# vbe_shows PICTURE WIDTH HEIGHT BITS : set that mode, and draw.
vbe_shows() {
	set_mode "$2" "$3" "$4" && drawing && screenshot "$1" "$2x$3" "$drawn"
}

# Bind the same miniport to the VGA of the machine, without PCI.
legacy() {
	vbe_shows vbe-legacy 640 480 16 && reset_mode
}

# Check messages about the BIOS and the monitor, of the sample and of vpmem.
bios_and_monitor() {
	dmesg | grep -o 'miniport: VBE .*\|vpmem_vbe .*: child .*' >/tmp/view
	note_lines </tmp/view
	grep -q 'VBE [2-9]\.' /tmp/view
}

# Record the trace events of vpmem.
trace_on() {
	mount -t tracefs tracefs /sys/kernel/tracing &&
		echo 1 >/sys/kernel/tracing/events/vpmem/enable
}

# traced EVENT [TEXT] : print how many events of that name have the text in their line.
traced() {
	grep " $1: " /tmp/trace | grep -c -e "${2-}"
}

# Expect that all that began has ended, and that the fields are there.
trace_off() {
	echo 0 >/sys/kernel/tracing/events/vpmem/enable
	cat /sys/kernel/tracing/trace >/tmp/trace
	grep -m 12 'pool_\|region_\|int10_' /tmp/trace >/tmp/view
	note_lines </tmp/view
	note "$(traced pool_alloc) pool_alloc, $(traced pool_free) pool_free, $(traced region_alloc) region_alloc, $(traced region_free) region_free"
	[ "$(traced pool_alloc)" -gt 0 ] &&
		[ "$(traced pool_alloc)" = "$(traced pool_free)" ] &&
		[ "$(traced region_alloc)" -gt 0 ] &&
		[ "$(traced region_alloc)" = "$(traced region_free)" ] &&
		[ "$(traced pool_alloc "adapter=$(basename "$device") type=Paged tag=VMod ")" -gt 0 ] &&
		[ "$(traced int10_call 'eax=0x00004f02 result=0x0000004f error=0 ')" -gt 0 ]
}

# Sample that calls the video BIOS
demo_vbe() {
	driver=vpmem_vbe
	plan vbe
	# Print messages of all levels.
	check_load load_vpmem /vpmem.ko debug_level=3
	check trace_on trace_on
	check_load load_sample /vpmem_vbe.ko
	check sample_bound bound vpmem_vbe
	# Check for the helper at once, since it exits when it is not needed for a
	# while.
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
	check trace_off trace_off
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

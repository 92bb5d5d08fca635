# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The sample miniport on the display adapter that QEMU emulates: bind it,
# look at its memory and its picture, unbind it, look again.

views=/sys/kernel/debug/vpmem
tags=$views/tags

# The driver that got hold of the adapter (PCI 1234:1111).
find_device() {
	for device in /sys/bus/pci/devices/*; do
		[ "$(cat "$device/vendor") $(cat "$device/device")" = "0x1234 0x1111" ] ||
			continue
		return 0
	done
	return 1
}

bound() {
	find_device && [ -e "$device/driver" ]
}

unbind() {
	basename "$device" >"$device/driver/unbind" && ! bound
}

bind() {
	basename "$device" >/sys/bus/pci/drivers/vpmem_vga/bind && bound
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

# The sample's four blocks, one of each kind that it uses.
rows_are_exact() {
	[ "$(field 2 DReg) $(field 3 DReg) $(field 5 DReg)" = 'Nonp 1 1' ] &&
		[ "$(field 2 DLin) $(field 5 DLin) $(field 6 DLin)" = 'Paged 1 65536' ] &&
		[ "$(field 2 Vprt) $(field 6 Vprt) $(field 8 Vprt)" = 'Buffer 65536 0x74727056' ]
}

sorted_by_bytes() {
	awk 'NR > 1 { print $6 }' $tags | sort -c -n -r
}

nothing_is_left() {
	[ "$(wc -l <$tags)" = 1 ] && [ -z "$(ls $views/adapters)" ]
}

quota_file() {
	quota=$views/adapters/$(basename "$device")/quota
	echo 1000000 >"$quota" && [ "$(cat "$quota")" = '1000000 used 65536' ]
}

# A record for every block, and guards around it, from the next bind on.
verify_switch() {
	echo 1 >$views/verify
	[ "$(cat $views/verify)" = Y ] && unbind && bind &&
		[ "$(grep -c ' yes ' $views/regions)" = 4 ] &&
		echo 0 >$views/verify && [ "$(cat $views/verify)" = N ]
}

# The sample modules are whatever else the image carries.
load_samples() {
	for module in /*.ko; do
		[ "$module" = /vpmem.ko ] || insmod "$module" || return 1
	done
}

unload_samples() {
	for module in /*.ko; do
		module=${module%.ko}
		[ "$module" = /vpmem ] || rmmod "${module#/}" || return 1
	done
}

plan demo
check load_vpmem insmod /vpmem.ko
check load_samples load_samples
check sample_bound bound
check tags_while_bound print_tags "while bound"
check rows_are_exact rows_are_exact
check sorted_by_bytes sorted_by_bytes
check screenshot screenshot demo
check quota_file quota_file
check verify_switch verify_switch
check unbind unbind
check tags_after_unbind print_tags "after unbind"
check nothing_is_left nothing_is_left
check unload_samples unload_samples
check unload_vpmem rmmod vpmem
finish

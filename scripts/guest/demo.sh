# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The sample miniport on the display adapter that QEMU emulates: bind it,
# look at its memory and its picture, unbind it, look again.

tags=/sys/kernel/debug/vpmem/tags

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

print_tags() {
	note "$tags $1:"
	cat $tags >/tmp/tags || return 1
	note_lines </tmp/tags
	grep -q '^ *Tag  *Type  *Allocs  *Frees  *Diff  *Bytes  *PerAlloc' /tmp/tags
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
check screenshot screenshot demo
check unbind unbind
check tags_after_unbind print_tags "after unbind"
check unload_samples unload_samples
check unload_vpmem rmmod vpmem
finish

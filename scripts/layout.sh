# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # abi is of the script that reads this
#
# Compare modules that are built here with those of their kernel. A kernel refuses a
# module whose struct module has another size, and takes the wrong members of one that
# only differs inside, so this is found out before anything boots.

# layout_of MODULE : print what the kernel checks in a module: its version, the size of
# struct module, and the offsets of init and exit in it.
layout_of() {
	modinfo -F vermagic "$1"
	echo "struct module: $(readelf -SW "$1" |
		sed -nE 's/.* \.gnu\.linkonce\.this_module +PROGBITS +[^ ]+ +[^ ]+ +([^ ]+).*/\1/p')"
	readelf -rW "$1" | sed -nE '/this_module/,/^$/ {
		s/^0*([0-9a-f]+) .* (init_module|cleanup_module)( .*)?$/\2: \1/p
	}' | sort
}

# unpacked MODULE : print its uncompressed contents.
unpacked() {
	case $1 in
	*.xz) xz -dc "$1" ;;
	*.gz) gzip -dc "$1" ;;
	*.zst) zstd -dc "$1" ;;
	*) cat "$1" ;;
	esac
}

# Print the layout of a module of the kernel's package. Not every module has both init
# and exit.
kernel_layout() {
	local dir=$1 module layout

	while read -r module; do
		unpacked "$module" >"$dir/kernel.ko"
		layout=$(layout_of "$dir/kernel.ko")
		[[ $layout = *cleanup_module*init_module* ]] || continue
		rm "$dir/kernel.ko"
		echo "$layout"
		return
	done < <(find "$dir/modules/kernel/drivers" -name '*.ko*' | sort)
	die "no module of $abi to compare the layout with"
}

# Check that modules which are built here fit the kernel.
same_layout() {
	local dir=$1

	kernel_layout "$dir" >"$dir/layout.kernel"
	layout_of "$dir/probe/probe.ko" >"$dir/layout.probe"
	cmp -s "$dir/layout.kernel" "$dir/layout.probe"
}

# Print the options that differ because of another compiler or pahole.
changed_options() {
	diff <(grep CONFIG_ "$1" | sort) <(grep CONFIG_ "$2" | sort) |
		sed -nE 's/^<.*(CONFIG_[A-Z0-9_]+).*/\1/p' |
		grep -vE '^CONFIG_(CC|GCC|CLANG|AS|LD|LLD|PAHOLE|RUSTC|BINDGEN)_' || true
}

refuse_layout() {
	local dir=$1 kdir=$2 options

	{ diff "$dir/layout.kernel" "$dir/layout.probe" || :; } |
		sed -n 's/^< /kernel: /p; s/^> /built here: /p' >&2
	mapfile -t options < <(changed_options "$kdir/.config" "$dir/build/.config")
	die "a module that is built here for $abi does not fit the kernel." \
		"Options that the programs here do not support: ${options[*]:-none}." \
		"Install what linux-headers-$abi depends on (such as pahole), or choose another KVER"
}

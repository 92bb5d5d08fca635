# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # what common.sh and packagetest set
#
# Virtual machines for packagetest, which boot the kernel of the system $root in which it has
# installed the packages. They share that directory with the host, and do not write there.
# Source common.sh before.

# Packages that the system needs for that, besides its kernel
# shellcheck disable=SC2034 # used by packagetest
vm_packages=(udev mokutil shim-signed grub-efi-amd64-signed)

# pack_modules DIR : the modules of the kernel for what the guest has to mount, in the order of
# loading.
pack_modules() {
	local name module

	rm -rf "$1"
	mkdir -p "$1"
	while read -r module; do
		name=$(basename "${module%.ko*}").ko
		[ ! -e "$1/$name" ] || continue
		unpacked "$module" >"$1/$name"
		echo "$name" >>"$1/order"
	done < <(for name in virtio_pci 9pnet_virtio 9p; do
		modprobe -d "$root" -S "$abi" --show-depends "$name" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
	done)
}

# boot_system PART PARAMETERS [OPTION...] : boot it for that part of scripts/guest/package.sh, with
# these parameters of the kernel and options of scripts/vm.
boot_system() {
	local part=$1 parameters=$2 dir=$root.vm modules
	shift 2

	pack_modules "$dir/modules"
	modules=("$dir"/modules/*)
	"$scripts/initrd" "$dir/initrd" package "${modules[@]/%/:modules}"
	"$scripts/vm" --kernel "$root/boot/vmlinuz-$abi" --initrd "$dir/initrd" \
		--log "$top/build/packages-$suite-$part.log" --show --mem 1G --timeout 3600 --vga std \
		--append "part=$part $parameters" "$@" -- \
		-fsdev "local,id=system,path=$root,security_model=none,readonly=on" \
		-device virtio-9p-pci,fsdev=system,mount_tag=system
}

# Make modules that no trusted key has signed: one without a signature, and one that is signed
# as secure-boot.rst says.
make_strange_modules() {
	unpacked "$(module_of "$abi")" >"$root/tmp/unsigned.ko"
	strip --strip-debug "$root/tmp/unsigned.ko"
	[ -z "$(modinfo -F signer "$root/tmp/unsigned.ko")" ]
	cp "$root/tmp/unsigned.ko" "$root/tmp/own.ko"
	in_root "cd /tmp && openssl req -new -x509 -newkey rsa:2048 -nodes -days 3650 \
		-subj '/CN=vpmem signing key/' -addext extendedKeyUsage=codeSigning \
		-outform DER -out mok.der -keyout mok.key &&
		/lib/modules/$abi/build/scripts/sign-file sha256 mok.key mok.der own.ko"
}

# Make the disk of a PC with Secure Boot, on which the programs have the names that the firmware
# and shim look for, and the firmware's variables, with the keys that PCs are sold with.
make_secure_disk() {
	local boot=$root.vm/disk/EFI/BOOT

	rm -rf "$root.vm/disk"
	mkdir -p "$boot" "$root.vm/disk/EFI/debian"
	cp "$root/usr/lib/shim/shimx64.efi.signed" "$boot/BOOTX64.EFI"
	cp "$root/usr/lib/shim/mmx64.efi.signed" "$boot/mmx64.efi"
	cp "$root/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed" "$boot/grubx64.efi"
	cp /usr/share/OVMF/OVMF_VARS_4M.ms.fd "$root.vm/variables"
}

# Boot the installed modules, with the version and srcversion that modinfo prints.
boot_installed() {
	boot_system installed "version=$version srcversion=$(field_of "$abi" srcversion)"
}

boot_enforced() {
	boot_system enforced module.sig_enforce=1
}

# Start with Secure Boot, and ask for the key of dkms to be enrolled.
boot_unenrolled() {
	make_secure_disk
	boot_system unenrolled '' --secure-boot "$root.vm"
}

# Enroll the key in shim's MOK manager, and start again.
boot_enrolled() {
	boot_system enrolled '' --secure-boot "$root.vm" --enroll vpmem
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# shellcheck disable=SC2154 # the kernel hands on part, version and srcversion
#
# The Debian packages in the system that scripts/packagetest has installed them in, and that the
# host shares: modules, helper, programs, and the rule for udev. The kernel's command line names
# the part of the tests.

# shellcheck source=display.sh
. /display.sh

# Make the root that of the system, but for /bin and the directories of this machine: the kernel
# starts vpmem-int10d and modprobe there.
enter_system() {
	load_all /modules || give_up "$reason"
	mkdir -p /system /run
	mount -t 9p -o trans=virtio,version=9p2000.L,ro system /system
	for directory in etc lib lib64 sbin usr var; do
		ln -s "system/$directory" "/$directory"
	done
	mount -t tmpfs tmpfs /run
	# Have these where links of Debian 12 lead, those of udevd and modprobe.
	ln -s /usr/bin/udevadm /usr/bin/kmod /bin/
	export PATH=/usr/sbin:/usr/bin:/bin
	use_kmod
}

# Use the programs of the system: busybox prefers its own.
use_kmod() {
	insmod() { /usr/sbin/insmod "$@"; }
	rmmod() { /usr/sbin/rmmod "$@"; }
	modinfo() { /usr/sbin/modinfo "$@"; }
	modprobe() { /usr/sbin/modprobe "$@"; }
}

# Load what DKMS has built, and not another vpmem.
loads_the_package() {
	modprobe vpmem && modinfo -n vpmem | grep '/updates/dkms/' &&
		[ "$(cat /sys/module/vpmem/version)" = "$version" ] &&
		[ "$(cat /sys/module/vpmem/srcversion)" = "$srcversion" ]
}

loads_vpmem_drm() {
	modprobe vpmem_drm && [ "$(cat /sys/module/vpmem_drm/version)" = "$version" ] &&
		modprobe -r vpmem_drm
}

# Start udevd with a rule that gives the device to a group, as one might that names all devices.
start_udevd() {
	mkdir -p /run/udev/rules.d
	echo 'SUBSYSTEM=="vpmem", GROUP="video", MODE="0666"' >/run/udev/rules.d/50-strange.rules
	/lib/systemd/systemd-udevd --daemon
}

# device_is OWNER GROUP MODE : load vpmem again, and compare what udevd has made of its device.
device_is() {
	modprobe -r vpmem && modprobe vpmem && udevadm settle || return
	seen=$(stat -c '%U %G %a' /dev/vpmem-int10)
	[ "$seen" = "$*" ] || {
		note "device is $seen, not $*"
		return 1
	}
}

# Hide the rule of vpmem: the other one then has effect, so that the test before means something.
device_without_the_rule() {
	ln -s /dev/null /run/udev/rules.d/60-vpmem.rules
	udevadm control --reload && device_is root video 666
}

# Bind the port that was built from vpmem-dev: its BIOS calls need vpmem-int10d of vpmem-utils,
# which a busy host may not start within the usual time.
binds_a_port() {
	modprobe -r vpmem && modprobe vpmem int10_timeout_ms=60000 &&
		insmod /system/tmp/vbe/vpmem_vbe.ko && bound vpmem_vbe &&
		[ "$(wc -l <"$views/adapters/$(basename "$device")/modes")" -gt 10 ]
}

vpmon_shows_the_port() {
	vpmon --csv --count 1 >/tmp/vpmon && note_lines </tmp/vpmon &&
		grep -q "$(basename "$device")" /tmp/vpmon
}

# refused FILE MESSAGE : expect insmod and the kernel to say why they do not load it.
refused() {
	before=$(dmesg | grep -c "$2") || :
	if insmod "$1" 2>/tmp/errors; then
		rmmod vpmem
		return 1
	fi
	note_lines </tmp/errors
	grep -q 'Key was rejected by service' /tmp/errors && [ "$(dmesg | grep -c "$2")" -gt "$before" ]
}

check_refusals() {
	check kernels_own_module modprobe loop
	check unsigned_is_refused refused /system/tmp/unsigned.ko 'Loading of unsigned module is rejected'
	check strange_key_is_refused refused /system/tmp/own.ko 'module with unavailable key is rejected'
}

key_of_dkms_is_refused() {
	refused "$(modinfo -n vpmem)" 'module with unavailable key is rejected'
}

secure_boot_is_on() {
	modprobe efivarfs
	mount -t efivarfs efivarfs /sys/firmware/efi/efivars
	mount -t securityfs securityfs /sys/kernel/security
	[ "$(mokutil --sb-state)" = 'SecureBoot enabled' ] &&
		grep -F '[integrity]' /sys/kernel/security/lockdown
}

# Import it with the password that scripts/vm types.
import_key() {
	mokutil --generate-hash=vpmem >/tmp/hash &&
		mokutil --import /var/lib/dkms/mok.pub --hash-file /tmp/hash && mokutil --timeout -1
}

key_is_enrolled() {
	# It prints this with a status of failure.
	mokutil --test-key /var/lib/dkms/mok.pub >/tmp/test || :
	grep 'is already enrolled' /tmp/test
}

# Load it, and have only the mark of a module from outside of the kernel's tree, not that of one
# whose signature is unknown.
loads_trusted() {
	modprobe vpmem && [ "$(cat /sys/module/vpmem/taint)" = O ]
}

# Expect what secure-boot.rst says of a kernel that is locked down.
is_locked_down() {
	cat $views/tags >/tmp/tags && ! cat $views/verify 2>/tmp/errors &&
		grep 'Operation not permitted' /tmp/errors
}

enter_system
plan "package_$part"
case $part in
installed)
	check loads_the_package loads_the_package
	check loads_vpmem_drm loads_vpmem_drm
	check udevd start_udevd
	check device_is_roots device_is root root 600
	check device_without_the_rule device_without_the_rule
	check binds_a_port binds_a_port
	check vpmon_shows_the_port vpmon_shows_the_port
	;;
enforced)
	check_refusals
	check key_of_dkms_is_refused key_of_dkms_is_refused
	;;
unenrolled)
	check secure_boot_is_on secure_boot_is_on
	check key_of_dkms_is_refused key_of_dkms_is_refused
	check import_key import_key
	;;
enrolled)
	check secure_boot_is_on secure_boot_is_on
	check key_is_enrolled key_is_enrolled
	check_refusals
	check loads_trusted loads_trusted
	check is_locked_down is_locked_down
	;;
esac
finish

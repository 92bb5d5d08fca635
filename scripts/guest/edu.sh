# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# KUnit suites of QEMU's edu device. They skip the tests of an IOMMU without one, so
# check here that there is an IOMMU if the machine should have one.

# The device, PCI 1234:11e8, is in a domain that translates.
is_translated() {
	for device in /sys/bus/pci/devices/*; do
		[ "$(cat "$device/vendor") $(cat "$device/device")" = "0x1234 0x11e8" ] ||
			continue
		grep -q '^DMA' "$device/iommu_group/type"
		return
	done
	return 1
}

if grep -q intel_iommu=on /proc/cmdline; then
	plan machine
	check behind_an_iommu is_translated
	finish
fi
run_tests vpmem_edu_kunit

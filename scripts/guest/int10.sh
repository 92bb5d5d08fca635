# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What the helper says of itself, and the KUnit suites of the video BIOS of this machine,
# with the helper where vpmem looks for it, and with the fuzzer of the helper's device.

# A helper that neither opens the device nor ends.
printf '#!/bin/sh\nwhile :; do sleep 1; done\n' >/tmp/hangs
chmod +x /tmp/hangs

# The kernel hands both on from its command line.
echo "${fuzz_seconds:-20} ${fuzz_seed:-1}" >/tmp/fuzz

# Its TAP as a suite of KTAP.
selftest() {
	echo "    # Subtest: selftest" >/dev/kmsg
	if /selftest >/tmp/selftest; then
		verdict='ok 1'
	else
		verdict='not ok 1'
	fi
	sed 's/^/    /' /tmp/selftest | note_lines
	note "$verdict - selftest"
}

# What the BIOS has overwritten is not there any more when vpmem comes back.
load_again() {
	insmod /vpmem.ko int10_timeout_ms=60000 && insmod /vpmem_reload_kunit.ko && unload vpmem_reload_kunit &&
		unload vpmem
}

selftest
status=0
run_tests vpmem_bios_kunit || status=1
load_again || status=1
[ $status = 0 ]

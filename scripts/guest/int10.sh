# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Self-test of the helper, and the KUnit suites of this machine's video BIOS, with the
# helper installed, and with the fuzzer of the helper's device.

# A helper that neither opens the device nor ends.
printf '#!/bin/sh\nwhile :; do sleep 1; done\n' >/tmp/hangs
chmod +x /tmp/hangs

# The kernel hands both on from its command line.
echo "${fuzz_seconds:-20} ${fuzz_seed:-1}" >/tmp/fuzz

# Its TAP as a suite of KTAP.
selftest() {
	echo "    # Subtest: selftest" >/dev/kmsg
	# Make few calls of new code, which takes a translator long on an emulated machine.
	if /selftest 100 >/tmp/selftest; then
		verdict='ok 1'
	else
		verdict='not ok 1'
	fi
	sed 's/^/    /' /tmp/selftest | note_lines
	note "$verdict - selftest"
}

# Load vpmem again: the data that the BIOS has overwritten must be restored.
load_again() {
	insmod /vpmem.ko int10_timeout_ms=60000 && insmod /vpmem_reload_kunit.ko && unload vpmem_reload_kunit &&
		unload vpmem
}

selftest
status=0
run_tests vpmem_bios_kunit || status=1
load_again || status=1
[ $status = 0 ]

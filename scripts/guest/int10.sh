# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The KUnit suite of the video BIOS of this machine, with the helper where vpmem looks
# for it, and with the fuzzer of the helper's device.

# A helper that neither opens the device nor ends.
printf '#!/bin/sh\nwhile :; do sleep 1; done\n' >/tmp/hangs
chmod +x /tmp/hangs

# The kernel hands both on from its command line.
echo "${fuzz_seconds:-20} ${fuzz_seed:-1}" >/tmp/fuzz

run_tests vpmem_bios_kunit

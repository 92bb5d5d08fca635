# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Run the benchmark, which measures at load and prints lines that start with
# its name.

need /vpmem.ko
need /vpmem_bench.ko
dmesg | sed -n 's/^\(\[[^]]*\] \)\?\(vpmem_bench: .*\)/\2/p' >/tmp/results
[ -s /tmp/results ] || {
	note "vpmem_bench printed nothing"
	exit 1
}
while IFS= read -r line; do
	tell "say $line"
done </tmp/results

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Run the benchmark, which measures at load and prints lines that start with
# its name.

# seconds COMMAND... : print its duration; a nanosecond of this clock is an instruction.
seconds() {
	begin=$(cut -d ' ' -f 1 /proc/uptime)
	"$@"
	end=$(cut -d ' ' -f 1 /proc/uptime)
	echo "$begin $end" | awk '{ print $2 - $1 }'
}

read_regions() {
	cat /sys/kernel/debug/vpmem/regions >/tmp/regions
}

# Cost of an adapter with 60000 regions for the others, and for readers of its view.
crowd() {
	insmod /vpmem_bench.ko crowd=60000
	time=$(seconds read_regions)
	echo "vpmem_bench: $(wc -l </tmp/regions) lines of regions read in $time s" >/dev/kmsg
	time=$(seconds rmmod vpmem_bench)
	echo "vpmem_bench: the adapter detached in $time s" >/dev/kmsg
}

need /vpmem.ko
need /vpmem_bench.ko
rmmod vpmem_bench
crowd
dmesg | sed -n 's/^\(\[[^]]*\] \)\?\(vpmem_bench: .*\)/\2/p' >/tmp/results
[ -s /tmp/results ] || {
	note "vpmem_bench printed nothing"
	exit 1
}
while IFS= read -r line; do
	tell "say $line"
done </tmp/results

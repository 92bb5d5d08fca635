# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Run the benchmark, which measures while it is loaded and prints lines that start with
# its name. A sample miniport has the frame buffer.

views=/sys/kernel/debug/vpmem

# set_mode WIDTH HEIGHT BITS : set the first such mode of the sample.
set_mode() {
	mode=$(awk -v width="$1" -v height="$2" -v bits="$3" \
		'$2 == width && $3 == height && $4 == bits { print $1; exit }' "$adapter/modes")
	echo "$mode" >"$adapter/mode"
}

need /vpmem.ko
if grep -qw scale /proc/cmdline; then
	need /vpmem_bench.ko scale=1
else
	need /vpmem_vga.ko
	adapter=$(echo "$views"/adapters/*)
	set_mode 1024 768 32
	need /vpmem_bench.ko "framebuffer=$adapter/framebuffer"
fi
unload vpmem_bench
[ ! -d /sys/module/vpmem_vga ] || unload vpmem_vga
unload vpmem

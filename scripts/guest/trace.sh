# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Examples of Documentation/tracing.rst: each command of it runs literally, in a Debian system
# with perf, trace-cmd and bpftrace, and what it prints is compared with debugfs. A command
# without a check here fails, and so does a check without its command.

# shellcheck source=display.sh
. /display.sh

tracing=/sys/kernel/tracing
traced=$views/adapters/vpmem_traced
events='adapter_attach adapter_detach dma_map dma_unmap int10_call misuse pool_alloc pool_free region_alloc region_free request'
here=/root
script=''
seen=''

# in_system COMMAND : run it as root types it, and keep what it prints.
in_system() {
	chroot /system sh -c "cd $here && $1" >/tmp/out 2>&1 && return
	note_lines </tmp/out
	return 1
}

# printed NUMBER TEXT : succeed if that many of the printed lines match.
printed() {
	[ "$(grep -c -e "$2" /tmp/out)" = "$1" ] && return
	note "$(grep -c -e "$2" /tmp/out) lines and not $1 have: $2"
	return 1
}

has() {
	grep -q -e "$1" /tmp/out && return
	note "no line has: $1; the last ones:"
	tail -n 20 /tmp/out | note_lines
	return 1
}

# column FILE NAME... : print these columns of a machine-readable view.
column() {
	awk -F '\t' -v names="$2 ${3-}" 'NR == 1 {
			for (i = 1; i <= NF; i++)
				at[$i] = i
			count = split(names, name, " ")
			next
		} {
			for (i = 1; i <= count; i++)
				printf "%s%s", $at[name[i]], i < count ? " " : "\n"
		}' "$1"
}

# pool_sums : print tag and bytes of the pool and the buffers of the driver, all of them live.
pool_sums() {
	column "$traced/tags.tsv" 'Type' 'Tag Bytes' |
		awk '$1 == "Nonp" || $1 == "Paged" || $1 == "Buffer" { bytes[$2] += $3 }
			END { for (tag in bytes) print tag, bytes[tag] }' | sort
}

# count_of NAME : print how often the driver made that mistake.
count_of() {
	column "$traced/events.tsv" 'Event' 'Count' | awk -v name="$1" '$1 == name { print $2 }'
}

# equals FILE TEXT : compare lines in any order.
equals() {
	echo "$2" | sort >/tmp/wanted
	sort "$1" | diff /tmp/wanted - >/tmp/difference && return
	note_lines </tmp/difference
	return 1
}

# Print how many mistakes the driver made.
mistakes() {
	column "$traced/events.tsv" 'Event' 'Count' | awk '{ sum += $2 } END { print sum }'
}

load_traced() {
	load /vpmem_traced.ko
}

unload_vbe() {
	rmmod vpmem_vbe
	echo >$tracing/trace
}

#
# Lines of events, as all tools print them: "pool_alloc: adapter=..."
#

# Expect what the sample that calls the BIOS makes when it is loaded.
lines_of_vbe() {
	bdf=$(basename "$device")
	has "adapter_attach: *adapter=$bdf driver=vpmem_vbe" &&
		has "pool_alloc: *adapter=$bdf type=Paged tag=VMod .*size=8184 caller=Vbe" &&
		has "region_alloc: *adapter=$bdf type=Int10 tag=Vprt .*size=4096 charged=4096" &&
		has "int10_call: *adapter=$bdf eax=0x00004f00 result=0x0000004f error=0 micro"
}

# Expect the sizes, tags and callers of the driver with known numbers. Callers have names while
# it is loaded.
fields_are_exact() {
	echo 1 >$tracing/events/vpmem/enable
	load_traced && cp $tracing/trace /tmp/out && printed 3 'pool_alloc: .*tag=Smal ' &&
		printed 1 'pool_alloc: .*tag=X\\x20\\x01\\xff ' &&
		printed 1 'pool_alloc: .*type=Paged tag=Lrge .*size=65536 caller=traced_allocate+' &&
		printed "$(count_of bad-pointer)" \
			'misuse: .*event=bad-pointer call=VideoPortFreePool caller=traced_misuse+' &&
		printed 1 'misuse: .*event=null-free call=VideoPortFreePool' &&
		printed 2 'dma_map: .*size=8192 elements=[0-9]* to_device=1 caller=traced_transfer+'
}

# Unload it, and expect that all that began has ended.
all_has_ended() {
	rmmod vpmem_traced
	echo 0 >$tracing/events/vpmem/enable
	cp $tracing/trace /tmp/out
	echo >$tracing/trace
	printed 9 'pool_alloc:' && printed 9 'pool_free:' && printed 2 'dma_unmap: .*size=8192' &&
		printed "$(grep -c 'region_alloc:' /tmp/out)" 'region_free:' &&
		printed 1 'region_alloc: .*type=Event tag=Vprt' &&
		printed 2 'region_alloc: .*type=SGList' && printed 1 'adapter_attach:' &&
		printed 1 'adapter_detach:'
}

#
# Commands
#

# Watch until the program sleeps, and so has begun to trace.
begins() {
	for _ in $(seq 600); do
		! grep -q poll "/proc/$(pidof "$1")/wchan" 2>/dev/null || return 0
		sleep 0.2
	done
	note_lines </tmp/out
	return 1
}

# interrupted PROGRAM WORK... : run the command until Ctrl-C, and the work meanwhile.
interrupted() {
	program=$1
	shift
	in_system "$command" &
	begins "$program" && "$@" && sleep 1 && kill -INT "$(pidof "$program")" && wait $!
}

# meanwhile WORK... : run the command, which starts sleep when it traces and ends with it, and
# the work meanwhile.
meanwhile() {
	in_system "$command" &
	until pidof sleep >/dev/null; do
		[ -d "/proc/$!" ] || return 1
		sleep 0.2
	done
	"$@" && wait $!
}

# Have the sample set a mode and draw, as on a running machine.
draw_on_vbe() {
	find_adapter && mode=$(awk '$2 == 800 && $3 == 600 { print $1; exit }' "$adapter/modes") &&
		echo "$mode" >"$adapter/mode" && draw "$adapter" traced >/dev/null &&
		echo reset >"$adapter/mode"
}

change_directory() {
	here=${command#cd }
	[ -d "$here" ]
}

succeeds() {
	in_system "$command"
}

tracefs_records() {
	in_system "$command" && lines_of_vbe && unload_vbe
}

# Expect just the large allocations of one adapter.
filter_filters() {
	in_system "$command" && echo 1 >$tracing/events/vpmem/pool_alloc/enable &&
		load_traced && load /vpmem_vbe.ko && grep 'pool_alloc:' $tracing/trace >/tmp/out &&
		echo 0 >$tracing/events/vpmem/pool_alloc/enable && has 'tag=VMod' &&
		printed 0 'adapter=vpmem_traced' && printed 0 'size=.\{1,3\} ' &&
		rmmod vpmem_traced && unload_vbe && echo 0 >$tracing/events/vpmem/pool_alloc/filter
}

stack_is_there() {
	in_system "$command" && load_traced && cp $tracing/trace /tmp/out && has 'stack trace' &&
		has '=> vpmem_warn_misuse' && has '=> traced_misuse' && rmmod vpmem_traced
}

histogram_begins() {
	in_system "$command" && load_traced
}

# Compare the sums of the kernel's histogram with the bytes that debugfs has.
histogram_sums() {
	in_system "$command" && note_lines </tmp/out &&
		sed -n 's/^{ text: *\([^ ]*\) *} hitcount: .* size: *\([0-9]*\)$/\1 \2/p' /tmp/out >/tmp/sums &&
		equals /tmp/sums "$(pool_sums)" && rmmod vpmem_traced
}

report_of_vbe() {
	in_system "$command" && lines_of_vbe && unload_vbe
}

list_is_complete() {
	in_system "$command" && for event in $events; do
		has "vpmem:$event " || return 1
	done
}

# Expect the fields of an allocation, and the stack that led to it.
stack_of_vbe() {
	in_system "$command" && unload_vbe && has 'vpmem:pool_alloc: adapter=.* type=Paged tag=VMod .*size=8184' &&
		has ' vpmem_miniport_register+0x.*/vpmem.ko' && printed 0 'unknown. (.*/vpmem.ko'
}

# Expect what the sample does while it draws, and nothing of another kind of event.
events_of_drawing() {
	in_system "$command" && has 'vpmem:request: adapter=.* status=0' &&
		has 'vpmem:int10_call: adapter=.* eax=0x00004f02 result=0x0000004f' && unload_vbe
}

records_drawing() {
	load /vpmem_vbe.ko && meanwhile draw_on_vbe
}

# stat_counts EVENT NUMBER
stat_counts() {
	has "^ *$2 *vpmem:$1 "
}

counts_are_exact() {
	meanwhile load_traced && note_lines </tmp/out && stat_counts pool_alloc 9 &&
		stat_counts dma_map 2 && stat_counts dma_unmap 1 && stat_counts misuse "$(mistakes)" &&
		stat_counts adapter_attach 1 && rmmod vpmem_traced
}

# Compare the sums with debugfs, to the byte.
sums_are_exact() {
	interrupted bpftrace load_traced && note_lines </tmp/out &&
		sed -n 's/^@\[\(.*\)\]: \([0-9]*\)$/\1 \2/p' /tmp/out >/tmp/sums &&
		equals /tmp/sums "$(pool_sums)" && rmmod vpmem_traced
}

calls_by_function() {
	interrupted bpftrace load /vpmem_vbe.ko && note_lines </tmp/out && has '^@\[20224\]:' &&
		has '^\[.*@' && unload_vbe
}

# Load the driver, and wait for its last mistake: bpftrace loses what it has not printed yet.
load_and_see() {
	load_traced && for _ in $(seq 300); do
		! grep -q '^wrong-pairing' /tmp/out || return 0
		sleep 0.2
	done
}

misuse_with_stack() {
	interrupted bpftrace load_and_see && head -n 12 /tmp/out | note_lines &&
		printed "$(count_of bad-pointer)" '^bad-pointer VideoPortFreePool' &&
		printed "$(count_of wrong-pairing)" '^wrong-pairing VideoPortReleaseBuffer' &&
		has ' traced_misuse+' && rmmod vpmem_traced
}

# Expect one operation: the other one is not completed. It takes 20 ms at least.
time_of_dma() {
	interrupted bpftrace load_traced && note_lines </tmp/out && has '^@us\[vpmem_traced\]:' &&
		has '^\[[0-9]\{2,\}K, .*) *1 ' && rmmod vpmem_traced
}

# checker COMMAND : print the check for it.
checker() {
	case $1 in
	'cd '*) echo change_directory ;;
	'echo '[01]' >'* | "echo '!"* | 'modprobe '*) echo succeeds ;;
	'cat /sys/kernel/tracing/trace') echo tracefs_records ;;
	'echo '*' >pool_alloc/filter') echo filter_filters ;;
	'echo stacktrace >misuse/trigger') echo stack_is_there ;;
	"echo 'hist:"*) echo histogram_begins ;;
	'cat pool_alloc/hist') echo histogram_sums ;;
	'trace-cmd record '* | 'perf record '*modprobe*) echo succeeds ;;
	'trace-cmd report') echo report_of_vbe ;;
	'perf list '*) echo list_is_complete ;;
	'perf record '*) echo records_drawing ;;
	'perf script') echo "${script:-no_record}" ;;
	'perf stat '*) echo counts_are_exact ;;
	bpftrace*pool_alloc*) echo sums_are_exact ;;
	bpftrace*int10_call*) echo calls_by_function ;;
	bpftrace*misuse*) echo misuse_with_stack ;;
	bpftrace*dma_map*) echo time_of_dma ;;
	*) echo unknown_example ;;
	esac
}

unknown_example() {
	note "scripts/guest/trace.sh has no check for: $command"
	return 1
}

# Run a command of the document, with the check that is for it.
example() {
	case $command in
	'perf record '*modprobe*) script=stack_of_vbe ;;
	'perf record '*) script=events_of_drawing ;;
	esac
	seen="$seen $checker"
	"$checker" </dev/null || {
		clean_up
		return 1
	}
}

# Have a failed example not fail those that follow.
clean_up() {
	for job in $(jobs -p); do
		kill "$job" || :
	done
	rmmod vpmem_traced 2>/dev/null || :
	rmmod vpmem_vbe 2>/dev/null || :
	echo 0 >$tracing/events/vpmem/enable
	echo 0 >$tracing/events/vpmem/pool_alloc/filter
	echo >$tracing/trace
}

# Each block of the document begins in the same directory.
examples() {
	last='' count=0
	while IFS='	' read -r block command <&4; do
		[ "$block" = "$last" ] || here=/root
		last=$block
		checker=$(checker "$command")
		note "# $command"
		count=$((count + 1))
		check "$(printf '%02d_%s' $count "$checker")" example
	done 4</examples
}

# Expect that the document has a command for each check.
all_are_there() {
	for checker in change_directory succeeds tracefs_records filter_filters stack_is_there \
		histogram_begins histogram_sums report_of_vbe list_is_complete stack_of_vbe \
		records_drawing events_of_drawing counts_are_exact sums_are_exact \
		calls_by_function misuse_with_stack time_of_dma; do
		case "$seen " in
		*" $checker "*) ;;
		*)
			note "Documentation/tracing.rst has no example for the check $checker"
			return 1
			;;
		esac
	done
}

# prepare_system : mount what the examples need, install modules and the programs that load them.
prepare_system() {
	modules=/system/lib/modules/$(uname -r)
	mount -t tracefs tracefs $tracing
	mount_system
	cp /bin/busybox /system/bin/busybox
	chroot /system busybox --install -s /bin
	mkdir -p "$modules"
	cp /vpmem.ko /vpmem_vbe.ko "$modules/"
	chroot /system depmod
}

plan trace
check prepare_system prepare_system
# Have patience with the BIOS: a busy host may leave the machine little time.
check_load load_vpmem /vpmem.ko int10_timeout_ms=60000
check adapter find_device
driver=vpmem_vbe
examples
check all_are_there all_are_there
check fields_are_exact fields_are_exact
check all_has_ended all_has_ended
check unload_vpmem unload vpmem
finish

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Functions that guest scripts share. Everything is printed through /dev/kmsg: its
# records are whole, while lines on a terminal mix with the kernel's messages.

debug=/sys/kernel/debug

# Paths of the kernel's log and of a directory for files; tests of these scripts use
# others.
kmsg=${kmsg-/dev/kmsg}
tmp=${tmp-/tmp}

# The kernel hands channel=... of its command line on in the environment.
open_channel() {
	[ -n "${channel-}" ] || return 0
	stty -F "$channel" raw -echo
	exec 3<>"$channel"
}

# tell COMMAND : send a line to the host, on a serial port of its own if there is one,
# else on the console.
tell() {
	if [ -n "${channel-}" ]; then
		echo "$*" >&3
	else
		echo "vpmem-vm: $*" >>"$kmsg"
	fi
}

# Wait until the host has read the serial port: the rest is lost at power off.
tell_verdict() {
	tell "$1"
	# shellcheck disable=SC3045 # the shell is busybox's, which has it
	[ -z "${channel-}" ] || read -r -t 10 _ <&3 || :
}

# note TEXT : print it in the log and on the console.
note() {
	echo "$*" >>"$kmsg"
	tell "say $*"
}

note_lines() {
	while IFS= read -r line; do
		note "$line"
	done
}

# screenshot NAME [SIZE [CRC]] : make the host save the screen; fail unless it has that
# size, and the pixels that samples/draw has drawn.
screenshot() {
	reply='no channel to ask on'
	if [ -n "${channel-}" ]; then
		tell "screenshot $*"
		read -r reply <&3
	fi
	[ "$reply" = ok ] || {
		note "screenshot: $reply"
		return 1
	}
}

# shows NAME CHECK [ARGUMENT...] : succeed as soon as the screen shows that, see
# scripts/picture; what was drawn may be copied to it a little later.
shows() {
	attempt=0
	while :; do
		tell "shows $*"
		read -r reply <&3
		[ "$reply" != ok ] || return 0
		attempt=$((attempt + 1))
		[ $attempt -lt "${attempts:-12}" ] || break
		sleep 0.5
	done
	note "shows $1: $reply"
	return 1
}

# send_file NAME FILE : save a file in the directory of screenshots on the host.
send_file() {
	tell "file $1 $(base64 -w 0 <"$2")"
	read -r reply <&3
	[ "$reply" = ok ]
}

# print_packed NAME : print standard input on the console, in short lines that the host unpacks.
print_packed() {
	base64 -w 400 | sed "s/^/vpmem-$1: /" | while read -r line; do
		echo "$line" >>"$kmsg"
	done
}

# Print the counters of vpmem's code, if it was built to have some. Their files seem to be empty,
# so tar would not read them.
print_coverage() {
	files=$(find $debug/gcov -name '*.gcda' 2>/dev/null) || :
	[ -n "$files" ] || return 0
	for file in $files; do
		copy=$tmp/coverage/${file#"$debug/gcov/"}
		mkdir -p "${copy%/*}"
		cat "$file" >"$copy"
	done
	tar -C "$tmp/coverage" -c . | gzip -c | print_packed coverage
}

# Prepare the Debian system in /system for chroot.
mount_system() {
	for directory in dev proc sys; do
		mount --rbind /$directory /system/$directory
	done
	export PATH=/bin:/usr/bin
}

# KTAP of a shell script: call plan SUITE, then check NAME COMMAND..., then finish,
# which fails if a check failed.
plan() {
	suite=$1
	number=0
	failed=0
	echo "KTAP version 1" >>"$kmsg"
	echo "    # Subtest: $suite" >>"$kmsg"
}

# check NAME COMMAND... : a test that passes when COMMAND does.
check() {
	name=$1
	shift
	number=$((number + 1))
	if "$@"; then
		note "    ok $number - $name"
	else
		failed=$((failed + 1))
		note "    not ok $number - $name"
	fi
}

finish() {
	echo "    1..$number" >>"$kmsg"
	if [ "$failed" = 0 ]; then
		note "ok 1 - $suite"
	else
		note "not ok 1 - $suite"
	fi
	[ "$failed" = 0 ]
}

# Wait: kmemleak reports no block that is younger than five seconds.
settle() {
	sleep 6
}

watches_leaks() {
	[ -e $debug/kmemleak ] && ! grep -q kmemleak=off /proc/cmdline
}

# Report and clear leaks of the boot itself, which are not vpmem's.
kmemleak_baseline() {
	settle
	echo scan >$debug/kmemleak
	echo clear >$debug/kmemleak
}

# Scan twice: a pointer that was in a register or on a stack in the first scan is gone
# in the second.
no_leak() {
	echo scan >$debug/kmemleak
	settle
	echo scan >$debug/kmemleak
	cat $debug/kmemleak >/tmp/leaks
	[ -s /tmp/leaks ] || return 0
	note "vpmem-test: kmemleak report"
	note_lines </tmp/leaks
	note "vpmem-test: end of kmemleak report"
	return 1
}

# Have KCSAN look for data races from now on, in a kernel that has it.
watch_races() {
	[ ! -e $debug/kcsan ] || echo on >$debug/kcsan
}

lockdep_on() {
	grep -q 'debug_locks: *1' /proc/lockdep_stats
}

dma_debug_on() {
	grep -q N $debug/dma-api/disabled
}

unload() {
	rmmod "$1" && ! grep -q "^$1 " /proc/modules
}

# load FILE [PARAMETER...] : load a module. On failure set $reason, which ends with the
# kernel's message.
load() {
	reason=''
	echo "vpmem-test: loading $1" >>"$kmsg"
	insmod "$@" 2>"$tmp/insmod" && return
	reason="$1 does not load: $(tail -n 1 "$tmp/insmod")"
	dmesg | sed 's/^\[ *[0-9.]*\] *\(\[ *[CT][0-9]*\] *\)\?//' | awk -v start="vpmem-test: loading $1" \
		'$0 == start { lines = ""; next } { lines = lines $0 "\n" }
		END { printf "%s", lines }' >"$tmp/kernel"
	note_lines <"$tmp/kernel"
	[ ! -s "$tmp/kernel" ] || reason="$reason: $(tail -n 1 "$tmp/kernel")"
	return 1
}

# give_up REASON : end the script; the host prints the reason last.
give_up() {
	echo "$*" >"$tmp/reason"
	exit 1
}

# need FILE [PARAMETER...] : load a module, or end the script.
need() {
	load "$@" || give_up "$reason"
}

# load_all DIRECTORY : load modules of the kernel, in the order that they depend on each other.
load_all() {
	while read -r module; do
		load "$1/$module" || return 1
	done <"$1/order"
}

# need_vpmem [PARAMETER...] : load vpmem, or end the script. The kernel's command line
# chooses where small blocks come from.
need_vpmem() {
	blocks=$(grep -o 'vpmem\.kmalloc=[01]' /proc/cmdline) || :
	need /vpmem.ko "$@" ${blocks:+"${blocks#vpmem.}"}
}

# check_load NAME FILE [PARAMETER...] : load a module as a test of the plan.
check_load() {
	name=$1
	shift
	check "$name" load "$@"
	[ -z "$reason" ] || {
		finish || :
		give_up "$reason"
	}
}

# Read each view of vpmem once.
read_views() {
	views=$(find $debug/vpmem -type f)
	[ "$(echo "$views" | wc -l)" -gt 5 ] || return
	for view in $views; do
		[ ! -r "$view" ] || cat "$view" >/dev/null || return
	done
}

# Write to each view that cannot be written, and too much to one that can.
views_refuse_writes() {
	views=$(find $debug/vpmem -type f ! -perm -200)
	for view in $views; do
		! (echo 1 >"$view") 2>/dev/null || return
	done
	! head -c 4000 /dev/zero | dd of=$debug/vpmem/verify bs=4000 2>/dev/null
}

# load_and_unload MODULE : load a driver, which fails without an adapter, and unload it.
load_and_unload() {
	load "/$1.ko" && unload "$1"
}

# Set fault injection up for tests, which ask for failures of their own task: the nth (fail_nth)
# or all of them (make_it_fail). These settings reach every allocation, and print nothing.
set_fault_injection() {
	for kind in failslab fail_page_alloc fail_usercopy; do
		[ -d "$debug/$kind" ] || continue
		echo 0 >"$debug/$kind/verbose"
		echo Y >"$debug/$kind/task-filter"
		echo -1 >"$debug/$kind/times"
		echo 100 >"$debug/$kind/probability"
		for setting in ignore-gfp-wait ignore-gfp-highmem; do
			[ ! -e "$debug/$kind/$setting" ] || echo N >"$debug/$kind/$setting"
		done
	done
	[ ! -d $debug/fail_page_alloc ] || echo 0 >$debug/fail_page_alloc/min-order
}

# Unload vpmem, and ask the checkers of every kernel what they saw.
ask_checkers() {
	! watches_leaks || check kmemleak no_leak
	check unload_vpmem unload vpmem
	[ ! -e /proc/lockdep_stats ] || check lockdep_still_on lockdep_on
}

# test_by_module NAME [PARAMETER...] : load vpmem_NAME.ko, which tests vpmem while it is loaded,
# and then ask every checker of this kernel what it saw. The module prints KTAP itself; the host
# fails for a "not ok".
test_by_module() {
	tester=$1
	shift
	insmod "/vpmem_$tester.ko" "$@" || :
	plan checkers
	check read_views read_views
	check "unload_$tester" unload "vpmem_$tester"
	ask_checkers
	finish
}

# Report no task as hung that loads tests, on a busy host: KUnit waits 300 seconds for each.
allow_long_tests() {
	patience_of_kernel=/proc/sys/kernel/hung_task_timeout_secs
	[ ! -e $patience_of_kernel ] || echo 310 >$patience_of_kernel
}

# run_tests MODULE [DRIVER...] : load vpmem and a module of KUnit suites, which run at
# load, and drivers, and then ask every checker of this kernel what it saw.
run_tests() {
	! watches_leaks || kmemleak_baseline
	# Kernels from 6.16 on run suites only if they are asked to; others ignore that.
	need /kunit.ko autorun=1
	watch_races
	need_vpmem "int10_timeout_ms=${patience:-5000}"
	allow_long_tests
	need "/$1.ko"

	plan checkers
	check read_views read_views
	check views_refuse_writes views_refuse_writes
	check "unload_$1" unload "$1"
	shift
	for driver; do
		# KE-50: A driver that calls all this, with the kernel's header and without, compiled by
		# ``include/miniport.mk``, loads, runs and unloads
		# Tested by: ``ke_50_vpmem_executive``
		check "ke_50_$driver" load_and_unload "$driver"
	done
	ask_checkers
	[ ! -e $debug/dma-api ] || check dma_debug_still_on dma_debug_on
	finish
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Load a driver that allocates memory of every kind until there is none, while a process
# sleeps that has more memory than any other. It must not be killed.

mkfifo /tmp/wake

# Keep 16 MiB, and sleep.
awk 'BEGIN {
	held = "x"
	while (length(held) < 16 * 1024 * 1024)
		held = held held
	print "ready" >"/tmp/ready"
	close("/tmp/ready")
	getline line <"/tmp/wake"
	print length(held) >"/tmp/woken"
}' &
innocent=$!
until [ -s /tmp/ready ]; do
	sleep 1
done

# Search the log, which names every task that invokes the OOM killer.
no_killer() {
	! dmesg | grep -iE 'oom-killer|out of memory|oom_reaper'
}

innocent_lives() {
	echo >/tmp/wake && wait $innocent && [ "$(cat /tmp/woken)" -ge 16777216 ]
}

insmod /vpmem.ko
# Load the module, which prints KTAP itself; the host fails for a "not ok".
insmod /vpmem_exhaust.ko || :
plan oom
# OOM-02: The OOM killer is not invoked
check oom_02_no_killer no_killer
# OOM-03: An innocent process lives
check oom_03_innocent_process_lives innocent_lives
check unload_exhaust rmmod vpmem_exhaust
check unload_vpmem rmmod vpmem
finish

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Check vpmem that was built in the tree of this kernel. Its test driver prints KTAP: when the
# kernel initializes it, or here, when it is loaded.

is_in_kernel() {
	[ ! -e /vpmem.ko ]
}

parameter_is_set() {
	[ "$(cat /sys/module/vpmem/parameters/verify)" = Y ]
}

has_views() {
	[ -d "${debug:?}/vpmem/adapters" ] && grep -q . "$debug/vpmem/events"
}

is_no_module() {
	! grep -q vpmem /proc/modules
}

if is_in_kernel; then
	plan in_tree_y
	check is_no_module is_no_module
else
	# Load before the plan: the test driver prints a plan of its own.
	load /vpmem.ko verify=1 || :
	load /vpmem_test.ko || :
	plan in_tree_m
	check load_vpmem test -d /sys/module/vpmem
	check load_test test -d /sys/module/vpmem_test
fi
check parameter_is_set parameter_is_set
check views has_views
check helper_device test -d /sys/class/vpmem/vpmem-int10
is_in_kernel || {
	check unload_test unload vpmem_test
	check unload_vpmem unload vpmem
}
finish

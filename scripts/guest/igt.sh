# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Tests of igt-gpu-tools for any driver, on a sample miniport, each as a suite of KTAP. The
# result of each of their subtests is in the log, with what it printed if it did not pass.

# shellcheck source=lib.sh
. /lib.sh
# shellcheck source=display.sh
. /display.sh

# Seconds for one test
patience=600

# Tests, some with the subtests to run. The others need a GPU, checksums of the screen, a
# cursor, or the timestamps of vertical blanking: plane-cursor-legacy takes the primary plane
# for the cursor where there is none. core_hotunplug and kms_dirtyfb are for some drivers only.
all='core_auth core_getversion core_setmaster
	kms_addfb_basic kms_atomic:*,!plane-cursor-legacy
	kms_flip:basic-*,!basic-flip-vs-wf_vblank kms_getfb kms_prop_blob kms_properties
	kms_rmfb kms_invalid_mode kms_display_modes kms_sysfs_edid_timing
	dumb_buffer fbdev'

# The kernel hands these on from its command line: the sample, and which of the tests.
sample=${sample:-vga} igt=${igt-}

# results NAME FILE STATUS : print KTAP of the subtests in the output, and the sum.
results() {
	awk -v test="$1" -v status="$3" '
		function result(name, verdict) {
			number++
			if (verdict == "SUCCESS") {
				passed++
				print "    ok " number " - " name
			} else if (verdict == "SKIP") {
				skipped++
				print "    ok " number " - " name " # SKIP"
			} else {
				failed++
				print "    not ok " number " - " name
			}
		}
		/^Starting subtest: / { subtest = $3; open = 1 }
		/^Subtest [^ ]*: / {
			name = $2
			sub(/:$/, "", name)
			result(name, $3)
			open = 0
		}
		END {
			if (open)
				result(subtest, "FAIL")
			else if (!number || status != 0 && status != 77 && !failed)
				result(test, status == 0 ? "SUCCESS" : status == 77 ? "SKIP" : "FAIL")
			print "    1.." number
			print (failed ? "not ok" : "ok") " 1 - " test
			printf "# %s: %d passed, %d failed, %d skipped\n", test, passed, failed, skipped
		}' "$2"
}

# run_igt NAME [SUBTESTS] : run one test, and print its results.
run_igt() {
	status=0
	timeout $patience chroot /system env HOME=/root "/usr/libexec/igt-gpu-tools/$1" \
		${2:+--run-subtest "$2"} >/tmp/igt 2>&1 </dev/null || status=$?
	echo "    # Subtest: $1" >>"$kmsg"
	sed 's/^/igt: /' /tmp/igt >/tmp/lines
	while IFS= read -r line; do
		echo "$line" >>"$kmsg"
	done </tmp/lines
	results "$1" /tmp/igt $status >/tmp/ktap
	while IFS= read -r line; do
		echo "$line" >>"$kmsg"
	done </tmp/ktap
	tell "say $(sed -n 's/^# //p' /tmp/ktap)"
	sed -n 's/^# //p' /tmp/ktap >>/tmp/sums
	! grep -q '^not ok' /tmp/ktap
}

mount_system
mkdir -p /dev/shm
driver=vpmem_$sample own=vpmem_drm
load_all /modules || give_up "$reason"
need_vpmem
need /vpmem_drm.ko
need "/$driver.ko"
find_card || give_up "there is no /dev/dri/card0"
failures=0
set -f
for test in $all; do
	name=${test%%:*} subtests=''
	[ "$name" = "$test" ] || subtests=${test#*:}
	case ,$igt, in
	,, | *,$name,*) run_igt "$name" "$subtests" || failures=$((failures + 1)) ;;
	esac
done
note_lines </tmp/sums
[ $failures = 0 ]

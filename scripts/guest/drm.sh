# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The sample miniports as Linux displays: modetest and the console of the kernel draw, and
# the host compares the screen with what they have to draw, pixel by pixel. Then the adapter
# is taken away while a client draws. With bochs.ko in the image, the kernel's own driver
# for the adapter is tested instead, as far as that is possible.

# shellcheck source=lib.sh
. /lib.sh
# shellcheck source=display.sh
. /display.sh

# Sizes to set; a machine with little video memory lacks the first.
sizes=${sizes:-1024x768,800x600,640x480}
sizes=$(echo "$sizes" | tr , ' ')

# modes_of_drm : print the sizes that the connector has.
modes_of_drm() {
	modetest -M "$display" -c | sed -n 's/^ *#[0-9]* \([0-9]*x[0-9]*\) .*/\1/p' | sort -u
}

# modes_of_miniport : print the sizes of graphics that the miniport lists, with 8 bits or
# more in one plane.
modes_of_miniport() {
	awk 'NR > 1 && $4 >= 8 && $6 == 1 { print $2 "x" $3 }' "$adapter/modes" | sort -u
}

same_modes() {
	modes_of_drm >/tmp/drm
	modes_of_miniport >/tmp/miniport
	[ -s /tmp/drm ] && cmp /tmp/drm /tmp/miniport && return
	diff /tmp/miniport /tmp/drm | note_lines
	return 1
}

has_sizes() {
	modes_of_drm >/tmp/drm
	for size in $sizes; do
		grep -qx "$size" /tmp/drm || return 1
	done
}

connected() {
	modetest -M "$display" -c >/tmp/view 2>&1
	note_lines </tmp/view
	find_connector && [ "$(cat "$card"-*/status)" = connected ]
}

# has_edid : succeed if the EDID of the monitor of QEMU is there. The sample vga reads none.
has_edid() {
	[ "$(head -c 8 "$card"-*/edid | hexdump -v -e '1/1 "%02x"')" = 00ffffffffffff00 ]
}

# draws_mode PICTURE SIZE : set that mode by modetest, which stays.
draws_mode() {
	draws "$suite-$1" "$2" -s "$connector:$2"
}

pattern() {
	draws_mode "$1" "$1" && stop_client
}

# pattern_16_bits : the same with a frame buffer of 16 bits, if the driver has that format.
pattern_16_bits() {
	if ! modetest -M "$display" -p | grep -q 'formats:.* RG16'; then
		note "no format RG16"
		return
	fi
	format=RG16
	draws "$suite-RG16" 800x600 -s "$connector:800x600@RG16" && stop_client
	status=$?
	format=''
	return $status
}

# pattern_atomic SIZE : the same by an atomic commit.
pattern_atomic() {
	draws "$suite-atomic" "$1" -a -s "$connector@$crtc:$1" -P "$plane@$crtc:$1" && stop_client
}

# flips : flip for some seconds, and expect a rate.
flips() {
	start_client -v -s "$connector:800x600"
	sleep 4
	stop_client && note "$(grep -o 'freq: .*' /tmp/client | tail -n 1)" && grep -q freq: /tmp/client
}

# console_is_back : succeed if the screen shows the console again. bochs.ko may lose the text,
# but not what is written now.
console_is_back() {
	[ "$own" != bochs ] || text_on_console "$suite"
	console_shows "$suite-console"
}

writes_text() {
	text_on_console "$suite" && console_is_back
}

# scrolls : have more lines than the screen.
scrolls() {
	for line in $(seq 120); do
		printf 'line %s of text\r\n' "$line"
	done >/dev/tty1
	console_shows "$suite-scroll"
}

# edits : change single cells, which are small parts of the screen.
edits() {
	for row in 1 3 7 12 20; do
		printf '\033[%s;%sH\033[7m%s\033[m' $row $((row * 3)) "<$row>"
		sleep 0.2
	done >/dev/tty1
	console_shows "$suite-edits"
}

other_terminal() {
	printf '\033c\033[?25l\033[1;33;44msecond terminal\033[m' >/dev/tty2
	chvt 2 && console_shows "$suite-vt2" 2 && chvt 1 && console_is_back
}

# blanks : switch the display off and on.
blanks() {
	echo 4 >/sys/class/graphics/fb0/blank && shows "$suite-off" plain 000000 &&
		echo 0 >/sys/class/graphics/fb0/blank && console_is_back
}

# killed_client : kill a client, and expect the console.
killed_client() {
	draws_mode kill 800x600 &&
		kill -9 "$client" && exec 4>&- && { wait "$client" || :; } && console_is_back
}

# killed_in_mode_set : kill clients while they set modes.
killed_in_mode_set() {
	for delay in 0 0.05 0.1 0.2 0.4 0.8; do
		start_client -s "$connector:640x480"
		sleep $delay
		kill -9 "$client"
		exec 4>&-
		wait "$client" || :
	done
	console_is_back && pattern 640x480
}

# sleep_devices : suspend the devices of the machine for a second, and resume them.
sleep_devices() {
	echo 1 >/sys/module/suspend/parameters/pm_test_delay &&
		echo devices >/sys/power/pm_test && echo mem >/sys/power/state
}

sleeps() {
	sleep_devices && console_is_back && pattern 800x600 && console_is_back
}

# sleeps_with_client : the same while a client draws.
sleeps_with_client() {
	draws_mode awake 800x600 &&
		sleep_devices && shows "$suite-resumed" smpte 800x600 "$(depth)" && stop_client && console_is_back
}

# set_mode : set the first mode of 800x600 with 16 bits, by the file in debugfs.
set_mode() {
	mode=$(awk '$2 == 800 && $3 == 600 && $4 == 16 { print $1; exit }' "$adapter/modes")
	[ -n "$mode" ] && echo "$mode" >"$adapter/mode"
}

# owns_mode : succeed if files in debugfs cannot change the mode while DRM has the screen.
owns_mode() {
	! set_mode 2>/tmp/view && note_lines </tmp/view && grep -qi busy /tmp/view &&
		console_is_back
}

# refuses_removal MODULE : succeed if it cannot be unloaded.
refuses_removal() {
	! rmmod "$1" 2>/tmp/view && grep -q "^$1 " /proc/modules
}

# busy_with_client : a client has the driver loaded.
busy_with_client() {
	draws_mode used 800x600 && refuses_removal "$own" &&
		shows "$suite-busy" smpte 800x600 "$(depth)" && stop_client
}

# loses_adapter : unbind the adapter from its driver while a client draws.
loses_adapter() {
	draws_mode lost 800x600 &&
		unbind && [ ! -e /dev/dri/card0 ] && end_client
}

has_text_mode() {
	screenshot "$suite-text" 720x400
}

# returns : bind the adapter again.
returns() {
	bind "$driver" && find_card && find_connector
}

rounds() {
	for round in 1 2; do
		note "round $round"
		loses_adapter || return
		returns || return
	done
}

# quick_rounds : the same often, at any time of a mode set, with two clients: one draws, and one
# only has the device open.
quick_rounds() {
	for round in $(seq "${rounds-20}"); do
		[ $((round % 20)) != 0 ] || note "round $round"
		sh -c 'exec 3</dev/dri/card0 sleep 1000' &
		idle=$!
		start_client -s "$connector:640x480"
		sleep "0.$((round * 7 % 10))"
		unbind && [ ! -e /dev/dri/card0 ] && end_client || return
		kill "$idle" && { wait "$idle" || :; }
		returns || return
	done
	pattern 640x480
}

# client_outlives_adapter : a client has the device open after the adapter is gone, and closes
# it after it is back.
client_outlives_adapter() {
	draws_mode outlives 640x480 && unbind && returns && end_client && pattern 640x480
}

# removes_miniport : unload the miniport's module while a client draws.
removes_miniport() {
	draws_mode unloaded 640x480 && rmmod "$driver" && [ ! -e /dev/dri/card0 ] &&
		end_client && load "/$driver.ko" && find_card && find_connector && pattern 640x480
}

# removes_driver : unload the module for DRM, and keep the adapter.
removes_driver() {
	unload "$own" && [ ! -e /dev/dri/card0 ] && bound "$driver" &&
		set_mode && screenshot "$suite-own" 800x600 && echo reset >"$adapter/mode" && has_text_mode
}

loads_again() {
	load "/$own.ko" && find_card && find_connector && pattern 800x600
}

# test_drawing : what every driver has to do.
test_drawing() {
	check card find_card
	check connected connected
	check sizes has_sizes
	[ "$driver" = vpmem_vga ] || check edid has_edid
	check font save_font
	check console writes_text
	for size in $sizes; do
		check "pattern_$size" pattern "$size"
	done
	check pattern_16_bits pattern_16_bits
	check console_after_clients console_is_back
	check atomic pattern_atomic 800x600
	check flips flips
	check scrolls scrolls
	check edits edits
	check other_terminal other_terminal
	check blanks blanks
	check killed_client killed_client
	check killed_in_mode_set killed_in_mode_set
	check text_again writes_text
	check sleeps sleeps
	check sleeps_with_client sleeps_with_client
	check busy_with_client busy_with_client
}

test_bochs() {
	driver=bochs-drm display=bochs-drm own=bochs
	plan drm_bochs
	check_load load_driver /bochs.ko
	test_drawing
	check loses_adapter loses_adapter
	check returns returns
	check console_returns writes_text
	finish
}

# test_sample NAME : the miniport in place of the kernel's driver.
test_sample() {
	driver=vpmem_$1 display=vpmem own=vpmem_drm
	plan "drm_$1"
	check_load load_vpmem /vpmem.ko
	# Load the miniport after the module for DRM, and before it.
	if [ "$1" = vga ]; then
		check_load load_driver /vpmem_drm.ko
		check_load load_sample "/$driver.ko"
	else
		check_load load_sample "/$driver.ko"
		check_load load_driver /vpmem_drm.ko
	fi
	check adapter find_adapter
	check same_modes same_modes
	test_drawing
	check owns_mode owns_mode
	check vpmem_is_used refuses_removal vpmem
	check loses_adapter loses_adapter
	check text_mode has_text_mode
	check returns returns
	check console_returns writes_text
	check client_outlives_adapter client_outlives_adapter
	check removes_miniport removes_miniport
	check removes_driver removes_driver
	check loads_again loads_again
	check rounds rounds
	check quick_rounds quick_rounds
	check unload_sample unload "$driver"
	check unload_driver unload vpmem_drm
	check text_mode_again has_text_mode
	check nothing_is_left nothing_is_left
	check unload_vpmem unload vpmem
	finish
}

mount_system
load_all /modules || give_up "$reason"
if [ -e /bochs.ko ]; then
	test_bochs
	exit
fi
status=0
for sample in vga vbe; do
	test_sample $sample || status=1
done
[ $status = 0 ]

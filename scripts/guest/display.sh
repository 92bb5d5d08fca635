# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Functions of the guest scripts that have a display.

# The driver of the adapter on the PCI bus, the name of the DRM driver, and its module; scripts
# set them.
driver='' display='' own=''
views=/sys/kernel/debug/vpmem
connector='' crtc='' plane=''

# Find the display adapter; the machine has one.
find_device() {
	for device in /sys/bus/pci/devices/*; do
		[ "$(cat "$device/class")" != 0x030000 ] || return 0
	done
	return 1
}

# bound [DRIVER] : succeed if the adapter is bound to that driver, or to any.
bound() {
	find_device && [ -e "$device/driver" ] || return 1
	[ $# = 0 ] || [ "$(basename "$(readlink "$device/driver")")" = "$1" ]
}

unbind() {
	find_device && basename "$device" >"$device/driver/unbind" && ! bound
}

# bind DRIVER
bind() {
	basename "$device" >"/sys/bus/pci/drivers/$1/bind" && bound "$1"
}

# Directory of the adapter in debugfs
find_adapter() {
	bound "$driver" && adapter=$views/adapters/$(basename "$device") && [ -d "$adapter" ]
}

nothing_is_left() {
	[ "$(wc -l <$views/tags)" = 1 ] && [ -z "$(ls $views/adapters)" ]
}

# find_card : succeed if DRM has a device, with a file for it. Sets $card.
find_card() {
	card=$(echo /sys/class/drm/card[0-9]) && [ -e /dev/dri/"${card##*/}" ] &&
		[ "$(basename "$(readlink "$card/device/driver")")" = "$driver" ]
}

modetest() {
	chroot /system modetest "$@"
}

# find_connector : set the numbers of what modetest needs.
find_connector() {
	modetest -M "$display" >/tmp/view 2>/tmp/errors || {
		note_lines </tmp/errors
		return 1
	}
	connector=$(awk '$3 == "connected" { print $1; exit }' /tmp/view)
	crtc=$(awk '/^CRTCs:/ { found = 1 } found && $1 ~ /^[0-9]+$/ { print $1; exit }' /tmp/view)
	plane=$(awk '/^Planes:/ { found = 1 } found && $1 ~ /^[0-9]+$/ { print $1; exit }' /tmp/view)
	[ -n "$connector" ] && [ -n "$crtc" ] && [ -n "$plane" ]
}

# depth : print the bits of red, green and blue of the mode.
depth() {
	case $own:${format-} in
	*:RG16) echo 565 ;;
	bochs:*) echo 888 ;;
	*) depth_of_miniport ;;
	esac
}

depth_of_miniport() {
	case $(awk -v mode="$(cat "$adapter/mode")" '$1 == mode { print $4 }' "$adapter/modes") in
	15) echo 555 ;;
	16) echo 565 ;;
	8) echo 332 ;;
	*) echo 888 ;;
	esac
}

# start_client OPTION... : modetest in the background, until its standard input ends. Sets
# $client. It sets the mode a little later.
start_client() {
	rm -f /tmp/hold
	mkfifo /tmp/hold
	chroot /system modetest -M "$display" "$@" </tmp/hold >/tmp/client 2>&1 &
	client=$!
	exec 4>/tmp/hold
}

client_lives() {
	[ -d "/proc/$client" ]
}

# A client may have exited before it is told to.
trap '' PIPE

# end_client : have it exit, with any status.
end_client() {
	echo >&4 || :
	exec 4>&-
	for _ in $(seq 200); do
		client_lives || break
		sleep 0.1
	done
	! client_lives && { wait "$client" || :; }
}

# stop_client : have it exit, without a fault. It sets a gamma table that not all have.
stop_client() {
	echo >&4
	exec 4>&-
	wait "$client" && ! grep -v gamma /tmp/client | grep -qi 'failed\|error' && return
	show_client
	return 1
}

show_client() {
	note "modetest:"
	note_lines </tmp/client
}

# draws PICTURE SIZE OPTION... : start it, and expect its pattern; leave it running.
draws() {
	picture=$1 expected=$2
	shift 2
	start_client "$@"
	shows "$picture" smpte "$expected" "$(depth)" && client_lives && return
	show_client
	end_client
	return 1
}

# Send the font of the console to the host.
save_font() {
	font >/tmp/font && send_file font /tmp/font
}

# console_shows NAME [TERMINAL] : succeed if the screen shows the cells of the terminal.
console_shows() {
	cat "/dev/vcsa${2-1}" >/tmp/cells && send_file cells /tmp/cells &&
		shows "$1" console font cells "$(depth)"
}

# text_on_console TITLE : draw text in all colours.
text_on_console() {
	{
		printf '\033c\033[?25l%s on Linux %s\r\n\n' "$1" "$(uname -r)"
		for color in 0 1 2 3 4 5 6 7; do
			printf '\033[3%s;4%sm color %s \033[1m bright \033[m ' \
				$color $(((color + 3) % 8)) $color
		done
		printf '\r\n\nThe quick brown fox jumps over the lazy dog 0123456789 !"#$%%&()*+,-./\r\n'
	} >/dev/tty1
}

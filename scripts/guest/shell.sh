# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Shell on the terminal of the host, in the debugfs directory of the sample's adapter.

# The kernel hands these on from its command line: the module, where the host keeps
# screenshots, and the size of the terminal.
sample=${sample:?} shots=${shots:?} rows=${rows:-24} columns=${columns:-80}
adapters=/sys/kernel/debug/vpmem/adapters

# Find the serial port on the PCI bus, whose number differs.
find_terminal() {
	for tty in /sys/class/tty/ttyS*; do
		case $(readlink -f "$tty/device") in
		*/pci*)
			terminal=/dev/${tty##*/}
			return
			;;
		esac
	done
	return 1
}

# Command of the user: save the current screen.
install_screenshot() {
	cat >/bin/screenshot <<-'END'
		#!/bin/sh
		. /lib.sh
		[ $# = 1 ] || {
			echo "usage: screenshot NAME" >&2
			exit 2
		}
		tell "screenshot $1"
		read -r reply <&3
		[ "$reply" = ok ] || {
			echo "screenshot: $reply" >&2
			exit 1
		}
		echo "saved as $shots/$1.png on the host"
	END
	chmod +x /bin/screenshot
}

banner() {
	cat <<-END

		vpmem on Linux $(uname -r). $sample has the display adapter; this is its directory:
		$adapter

		    cat modes               list its modes
		    echo 28 >mode           set one, by its number in the list
		    draw .                  draw a picture on it
		    screenshot NAME         save the screen as $shots/NAME.png on the host
		    echo reset >mode        go back to text
		    dmesg                   show the messages of the kernel

		To end the machine, type exit or press Ctrl-D; Ctrl-] ends it in any case.

	END
}

need /vpmem.ko
need "/$sample.ko"
adapter=$(echo "$adapters"/*)
[ -d "$adapter" ] || give_up "$sample is bound to no adapter"
find_terminal || give_up "there is no serial port for the terminal"
install_screenshot
stty -F "$terminal" sane rows "$rows" cols "$columns"
tell terminal
banner >"$terminal"
export PS1='# ' HOME=/ shots
cd "$adapter" || exit
# Start the shell in a session of its own with this terminal, for job control.
setsid -c sh -i <>"$terminal" >&0 2>&0 || :

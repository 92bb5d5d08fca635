# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# A Wayland compositor with software rendering on the sample miniports: Weston with a
# terminal, compared with the screenshot that the compositor itself takes. The adapter is
# unbound while it runs. There is no systemd, no udevd and no GPU.

# shellcheck source=lib.sh
. /lib.sh
# shellcheck source=display.sh
. /display.sh

background=336699
panel=203040
# Blue of the terminal, and pixels that its text has of it at least
blue=0000a8
rectangle=300x100

configure() {
	cat >/system/etc/weston.ini <<-END
		[core]
		require-input=false
		idle-time=0
		[shell]
		background-color=0xff$background
		panel-color=0xff$panel
		panel-position=top
		clock-format=none
		startup-animation=none
		animation=none
		close-animation=none
		locking=false
		[output]
		name=VGA-1
		mode=1024x768
		[terminal]
		font=DejaVu Sans Mono
		font-size=14
	END
	cat >/system/bin/text <<-'END'
		#!/bin/sh
		printf '\033[?25l'
		cd /sys/kernel/debug/vpmem/adapters/*
		for line in 1 2 3 4 5 6 7 8; do
			printf '\033[44m%60s\033[m\n' ''
		done
		echo "Linux $(cat /proc/sys/kernel/osrelease), /dev/dri/card0 is ${PWD##*/}"
		printf '\033[32mgreen \033[31mred \033[mThe quick brown fox jumps over the lazy dog\n'
		awk 'NR < 11 { printf "%5s %6s %6s %5s %6s\n", $1, $2, $3, $4, $5 }' modes
		read -r _
	END
	chmod +x /system/bin/text
	ln -s sh /system/bin/cat
	ln -s sh /system/bin/awk
}

# run PROGRAM... : in the system, in the background.
run() {
	chroot /system env HOME=/root XDG_RUNTIME_DIR=/run "$@" >>/tmp/output 2>&1 &
}

start_compositor() {
	rm -f /system/run/wayland-* /system/tmp/weston.log
	run weston --backend=drm-backend.so --use-pixman --tty=1 --drm-device=card0 --debug \
		--config=/etc/weston.ini --log=/tmp/weston.log --continue-without-input
	compositor=$!
	for _ in $(seq 100); do
		! grep -q 'launching.*desktop-shell' /system/tmp/weston.log 2>/dev/null || return 0
		sleep 0.2
	done
	show_log
	return 1
}

# show_log : print what the compositor said, but not its warning of --debug.
show_log() {
	cat /system/tmp/weston.log /tmp/output | grep -v WARNING | note_lines
}

compositor_lives() {
	[ -d "/proc/$compositor" ]
}

desktop_shows() {
	attempts=30 shows "$1" desktop $background $panel 32 ${2:+$blue $rectangle} || {
		show_log
		return 1
	}
}

start_terminal() {
	run env WAYLAND_DISPLAY=wayland-1 weston-terminal --shell=/bin/text
	desktop_shows "$suite-terminal" text
}

# own_screenshot : compare the screen with the screenshot that the compositor takes.
own_screenshot() {
	rm -f /system/tmp/wayland-screenshot*
	chroot /system env XDG_RUNTIME_DIR=/run WAYLAND_DISPLAY=wayland-1 \
		sh -c 'cd /tmp && exec weston-screenshooter' >>/tmp/output 2>&1 || show_log
	send_file "$suite-own.png" /system/tmp/wayland-screenshot*.png &&
		shows "$suite" image "$suite-own.png"
}

ends() {
	for _ in $(seq 100); do
		compositor_lives || return 0
		sleep 0.1
	done
	return 1
}

# stop_compositor : expect the console after it.
stop_compositor() {
	kill "$compositor" && ends && console_shows "$suite-console"
}

# loses_adapter : unbind the adapter while the compositor runs, which may exit.
loses_adapter() {
	unbind && [ ! -e /dev/dri/card0 ] && screenshot "$suite-text" 720x400 && sleep 1 && {
		kill "$compositor" || :
	} && ends && bind "$driver" && find_card
}

# Take the adapter from the compositor.
test_loss() {
	check starts_again start_compositor
	check terminal_again start_terminal
	check loses_adapter loses_adapter
	check starts_after_that start_compositor
	check terminal_after_that start_terminal
	check own_screenshot_after_that own_screenshot
	check console_after_that stop_compositor
}

# test_sample NAME
test_sample() {
	driver=vpmem_$1 own=vpmem_drm
	plan "desktop_$1"
	check_load load_vpmem /vpmem.ko
	check_load load_driver /vpmem_drm.ko
	check_load load_sample "/$driver.ko"
	check adapter find_adapter
	check card find_card
	check font save_font
	text_on_console "$suite"
	check starts start_compositor
	check background desktop_shows "$suite-empty"
	check terminal start_terminal
	check own_screenshot own_screenshot
	check console stop_compositor
	[ -n "${demo-}" ] || test_loss
	check unload_sample unload "$driver"
	check unload_driver unload vpmem_drm
	check nothing_is_left nothing_is_left
	check unload_vpmem unload vpmem
	finish
}

mount_system
# Have pseudo-terminals for the terminal.
mkdir -p /dev/pts
mount -t devpts devpts /system/dev/pts
configure
load_all /modules || give_up "$reason"
status=0
for sample in ${demo:-vga vbe}; do
	test_sample "$sample" || status=1
done
[ $status = 0 ]

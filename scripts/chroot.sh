# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # what common.sh sets
#
# Minimal Debian systems that are directories, for tests that install packages. Source
# common.sh before.

# Directory of the systems
place=$cache/fresh

# make_base DIR SUITE : make DIR/root, which has make and git, and nothing else that is not
# in each Debian.
make_base() {
	local packages=make,git mirror

	mirror=$(source_lines "$2" | sed -nE '1s/^deb (\[[^]]*\] )?([^ ]+) .*/\2/p')
	[[ $mirror != https:* ]] || packages+=,ca-certificates
	say "making a minimal $2 (log: $1.log)"
	run_logged "$1.log" debootstrap --variant=minbase "--include=$packages" "$2" \
		"$1/root" "$mirror"
	source_lines "$2" >"$1/root/etc/apt/sources.list"
	# Keep the machine's proxy, and its consent to an old mirror.
	apt-config dump | grep -E '^Acquire::(https?|Check-)' \
		>"$1/root/etc/apt/apt.conf.d/99machine" || true
}

# copy_base SUITE ROOT : make ROOT a new copy of the minimal system, for root's use.
copy_base() {
	local base=$place/$1-base root=$2

	cached "$base" make_base "$base" "$1"
	rm -rf --one-file-system "$root"
	cp -a --reflink=auto "$base/root" "$root"
	cp /etc/hosts /etc/resolv.conf "$root/etc/"
	# Write no file to the disk at once: nobody starts this system again after a crash.
	echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
}

# inside ROOT USER COMMAND : run it with mounts and processes that end with it.
inside() {
	# shellcheck disable=SC2016 # for the shell in the namespace
	unshare --mount --pid --fork --kill-child bash -ec '
		mount -t proc proc "$1/proc"
		mount --rbind /dev "$1/dev"
		mount -t sysfs sysfs "$1/sys" || true
		exec chroot "$1" su -l "$2" -c "$3"' inside "$@" </dev/null
}

# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # what common.sh sets
# shellcheck disable=SC2164 # which also has set -e
#
# Debian packages for the other scripts. What a machine needs is installed by
# install_packages; kernels are fetched with a private state of apt and unpacked in the
# cache. Source common.sh, which reads this file.

# Seconds to wait for another apt, between two attempts and in all.
apt_lock_step=5
apt_lock_patience=1800

# The codename of this machine's Debian release.
own_suite() {
	local ID='' VERSION_CODENAME=''

	# shellcheck disable=SC1091 # a file of the system
	. /etc/os-release
	[ "$ID" = debian ] ||
		die "kernels come from Debian's archive, and this is not a Debian release"
	echo "${VERSION_CODENAME:-sid}"
}

# apt_locking COMMAND... : run apt, and wait while another process has one of its locks.
# DPkg::Lock::Timeout is not enough: it counts for dpkg's lock, not for that of the lists.
# The messages of apt are in English here, so that the fault is recognised.
apt_locking() {
	local errors status waited=0 said=''

	while :; do
		status=0
		errors=$(LC_ALL=C "$@" 3>&2 2>&1 >&3 </dev/null) || status=$?
		if [ $status = 0 ] || [ $waited -ge "$apt_lock_patience" ] ||
			! grep -qE "$apt_lock_fault" <<<"$errors"; then
			break
		fi
		[ -n "$said" ] || say "waiting until another process releases apt's lock" \
			"($(grep -m 1 -E "$apt_lock_fault" <<<"$errors"))"
		said=yes
		sleep "$apt_lock_step"
		waited=$((waited + apt_lock_step))
	done
	[ -z "$errors" ] || printf '%s\n' "$errors" >&2
	return $status
}

apt_lock_fault='Could not get lock|frontend lock was locked by another process'

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# as_root COMMAND... : run it as root; fail if that needs sudo and there is none.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

can_be_root() {
	[ "$(id -u)" = 0 ] || command -v sudo >/dev/null
}

# install_packages PACKAGE... : install those that this machine lacks.
install_packages() {
	local package missing=() apt=(as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive)

	for package; do
		is_installed "$package" || missing+=("$package")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	can_be_root || {
		say "not root and no sudo; as root, run:" \
			"apt-get update && apt-get install ${missing[*]}"
		return 1
	}
	say "installing ${missing[*]}"
	apt_locking "${apt[@]}" apt-get -q "${apt_strict[@]}" update ||
		say "apt-get update failed, using the package lists of its last run"
	# Finish an installation that was interrupted: apt refuses another one before.
	! compgen -G '/var/lib/dpkg/updates/[0-9]*' >/dev/null ||
		apt_locking "${apt[@]}" dpkg --configure -a || :
	apt_locking "${apt[@]}" apt-get -q -y install --no-install-recommends \
		"${missing[@]}" || {
		say "apt could not install: ${missing[*]}"
		say "check the network and the sources of apt with: apt-get update"
		return 1
	}
}

# Make an unreachable server an error: apt-get update only warns, and exits with 0.
apt_strict=(-o APT::Update::Error-Mode=any)

# other_suites SERIES : Debian suites of a series of kernels that this release does not have
other_suites() {
	case $1 in
	5.10*) echo bullseye ;;
	6.1 | 6.1.*) echo bookworm ;;
	6.12*) echo trixie ;;
	*) echo trixie-backports forky sid ;;
	esac
}

# mirror_of SUITE... : where this machine's own apt configuration finds the
# first of them that it knows; empty for none.
mirror_of() {
	local suite uri uris

	uris=$(apt-get update --print-uris)
	for suite; do
		uri=$(sed -n "s|^'\(.*\)/dists/$suite/InRelease'.*|\1|p" <<<"$uris")
		[ -z "$uri" ] || break
	done
	head -n 1 <<<"$uri"
}

# source_lines SUITE : sources.list lines. Every suite of an archive lives
# beside the machine's own, so its mirrors serve them all.
source_lines() {
	local own main security opts=''
	local key=/usr/share/keyrings/debian-archive-keyring.gpg

	own=$(own_suite)
	main=$(mirror_of "$own" stable oldstable testing unstable)
	security=$(mirror_of "$own-security")
	[ -n "$main" ] || die "apt has no source for $own, so no mirror is known"
	[ ! -e "$key" ] || opts="[signed-by=$key] "
	echo "deb $opts$main $1 main"
	case $1 in
	*-backports | sid | forky) ;;
	*) [ -z "$security" ] || echo "deb $opts$security $1-security main" ;;
	esac
}

# apt_suites SUITE... : give apt a private state for those suites and $arch, so that
# neither root nor a change to the machine is needed. Sets apt_state and the array
# apt_opts. Preferences of the machine name suites that this state lacks.
apt_suites() {
	local suite lines=''

	apt_state=$cache/apt/$*
	apt_state=${apt_state// /+}
	! is_foreign || apt_state+=:$arch
	for suite; do
		lines+=$(source_lines "$suite")$'\n'
	done
	mkdir -p "$apt_state/lists/partial" "$apt_state/archives/partial"
	apt_opts=(
		-o Dir::Etc::sourcelist="$apt_state/sources.list"
		-o Dir::Etc::sourceparts=/dev/null
		-o Dir::Etc::preferences=/dev/null
		-o Dir::Etc::preferencesparts=/dev/null
		-o Dir::State::Lists="$apt_state/lists"
		-o Dir::Cache="$apt_state"
		-o APT::Architecture="$arch"
		-o APT::Architectures="$arch"
		-o APT::Default-Release=
		-o APT::Sandbox::User="$(id -un)"
	)
	# Ask for the security updates again after a day.
	[ -z "$(find "$apt_state/no-security" -mtime -1 2>/dev/null)" ] ||
		lines=$(grep -ve "$security_line" <<<"$lines")$'\n'
	locked "$apt_state/lock" read_lists "$apt_state" "$lines" || without_security ||
		die "apt could not read the package lists of $*:" \
			"check the network and the sources of apt, then run this again"
}

# without_security : read the lists of the suites alone. A mirror is sometimes out of step
# for one architecture of the archive of security updates, or lacks what its lists name. Fail if
# they are left out already.
without_security() {
	local lines

	lines=$(grep -ve "$security_line" "$apt_state/sources.list") || return
	[ "$lines" != "$(cat "$apt_state/sources.list")" ] || return
	say "continuing without the security updates for $arch"
	locked "$apt_state/lock" read_lists "$apt_state" "$lines"$'\n' || return
	touch "$apt_state/no-security"
}

security_line='-security main$'

# read_lists STATE LINES : unless that was done for those lines within a week. Write the
# stamp only for complete lists: a stamp over empty ones hides every package from later
# runs.
read_lists() {
	local stamp=$1/updated

	if [ "$2" != "$(cat "$1/sources.list" 2>/dev/null)"$'\n' ] || ! has_lists "$1"; then
		rm -f "$stamp"
	elif [ -n "$(find "$stamp" -mtime -7 2>/dev/null)" ]; then
		return
	fi
	printf '%s' "$2" >"$1/sources.list"
	if apt_update && has_lists "$1"; then
		touch "$stamp"
	elif [ -e "$stamp" ] && has_lists "$1"; then
		say "apt-get update failed, using the package lists of $(date -r "$stamp" +%F)"
	else
		rm -f "$stamp"
		return 1
	fi
}

# has_lists STATE : whether every line of its sources.list has its lists. An archive of
# security updates may be without packages.
has_lists() {
	local suite

	while read -r suite; do
		compgen -G "$1/lists/*_dists_${suite}_*Release" >/dev/null || return
		[[ $suite = *-security ]] ||
			compgen -G "$1/lists/*_dists_${suite}_main_binary-*_Packages*" >/dev/null ||
			return
	done < <(sed -E 's/^deb (\[[^]]*\] )?[^ ]* ([^ ]*) .*/\2/' "$1/sources.list")
}

apt_update() {
	say "reading package lists"
	apt_locking apt-get "${apt_opts[@]}" "${apt_strict[@]}" -qq update
}

# apt_version PACKAGE : the version that apt would take; empty for none.
apt_version() {
	apt-cache "${apt_opts[@]}" policy "$1" |
		sed -n 's/^  Candidate: //p' | grep -vxF '(none)' || true
}

# first_available : of the names of packages on standard input, print the one of the highest
# version that apt would take; nothing for none.
first_available() {
	local name

	while read -r name; do
		[ -n "$(apt_version "$name")" ] || continue
		echo "$name"
		return
	done < <(sort -rV)
}

# apt_depends PACKAGE : names of the packages it depends on.
apt_depends() {
	apt-cache "${apt_opts[@]}" --no-all-versions show "$1" |
		sed -n 's/^\(Pre-\)\?Depends: //p' |
		sed 's/[,|]/\n/g' | sed 's/^ *//; s/[ :(].*//' | sort -u
}

# apt_closure STATUS PACKAGE... : a line "NAME VERSION" for each package that apt would
# install for these on a machine with that dpkg status, upgrades left out.
apt_closure() {
	local status=$1 plan
	shift

	plan=$(LC_ALL=C apt-get "${apt_opts[@]}" -o Dir::State::status="$status" -qq \
		--simulate --no-install-recommends install "$@") || return
	sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1 \2/p' <<<"$plan"
}

# apt_download PACKAGE... : fetch the packages to the current directory. A list may have grown
# stale, so a failed fetch is tried once more after an update.
apt_download() {
	apt-get "${apt_opts[@]}" -qq download "$@" >&2 || {
		locked "$apt_state/lock" apt_update
		apt-get "${apt_opts[@]}" -qq download "$@" >&2
	}
}

# apt_unpack DIR PACKAGE... : fetch the packages, unpack them under DIR.
apt_unpack() {
	local dir=$1 deb
	shift

	mkdir -p "$dir/debs"
	(
		cd "$dir/debs"
		say "fetching $*"
		apt_download "$@" || die "could not fetch $*"
	)
	for deb in "$dir"/debs/*.deb; do
		dpkg -x "$deb" "$dir"
	done
	rm -r "$dir/debs"
}

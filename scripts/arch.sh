# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the scripts that source this file
#
# Architectures of Debian that the scripts build for: names of the kernel and of QEMU.
# Source common.sh, which reads this file.

# use_arch ARCH : set the names of an architecture of Debian:
#   arch		as Debian has it
#   kernel_arch		as the kernel has it
#   cross		prefix of the programs of binutils and gcc; empty for those of the machine
#   compiler		package that has them
#   flavour		end of the names of kernels
use_arch() {
	local triplet

	arch=$1
	cross=''
	compiler=gcc
	case $1 in
	amd64)
		kernel_arch=x86_64
		flavour=amd64
		;;
	i386)
		kernel_arch=i386
		flavour=686-pae
		;;
	arm64)
		kernel_arch=arm64
		triplet=aarch64-linux-gnu
		;;
	riscv64)
		kernel_arch=riscv
		triplet=riscv64-linux-gnu
		;;
	s390x)
		kernel_arch=s390
		triplet=s390x-linux-gnu
		;;
	*)
		die "unknown architecture $1: choose amd64, i386, arm64, riscv64 or s390x"
		;;
	esac
	[ -n "${triplet-}" ] || return 0
	flavour=$1
	cross=$triplet-
	compiler=gcc-$triplet
}

# is_foreign : whether programs of the architecture do not run on this machine without QEMU,
# or its kernel is built by other programs than the machine's own.
is_foreign() {
	[ "$arch" != amd64 ]
}

# name_arch DIR ARCH [CROSS] : write these names of the kernel into a directory that it was built
# in, so that make -C DIR M=... needs neither.
name_arch() {
	{
		echo "export ARCH := $2"
		[ -z "${3-}" ] || echo "export CROSS_COMPILE := $3"
		echo 'include Makefile'
	} >"$1/GNUmakefile"
}

# suite_has_arch SUITE : whether that release of Debian has the architecture. Security updates
# of an old one are for a few only, and its archive has no more.
suite_has_arch() {
	case $arch:$1 in
	riscv64:bullseye | riscv64:bookworm | s390x:bullseye) false ;;
	esac
}

# newest_clang : print the name of the newest clang that is installed.
newest_clang() {
	local name

	name=$(compgen -c | grep -xE 'clang-[0-9]+' | sort -rV | head -n 1) || name=clang
	command -v "$name" >/dev/null || die "not installed: clang (scripts/setup matrix)"
	echo "$name"
}

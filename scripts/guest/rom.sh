# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The KUnit suite that calls the video BIOS of kunit/rom, with the helper installed.

# Be patient: this machine, which is emulated, emulates another processor.
patience=60000 run_tests vpmem_rom_kunit

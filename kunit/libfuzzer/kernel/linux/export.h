/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exports, which a program has no use for: the Makefile has macros for them.
 */

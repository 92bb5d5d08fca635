# SPDX-License-Identifier: GPL-2.0-only
"""Inline assembly in Microsoft's syntax, which no compiler of Linux takes: __asm { ... },
and __asm in front of an instruction."""

WORDS = {"__asm", "_asm", "__asm__", "asm"}
# Words after which assembly is in gcc's syntax
GCC = {"(", "volatile", "__volatile__", "__volatile", "goto", "inline", "__inline__"}


def name_places(text, log):
    """Says what to do, once for each run of such lines."""
    last = None
    for place, token in enumerate(text.code):
        if token.text not in WORDS or text.word(place + 1) in GCC:
            continue
        if last is None or token.file != last.file or token.line > last.line + 1:
            log.warn(token, "inline assembly in Microsoft's syntax: write it in C, with "
                     "VideoPortReadPortUchar() and its like for in and out, see "
                     "Documentation/porting.rst of vpmem")
        last = token

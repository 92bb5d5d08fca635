# SPDX-License-Identifier: GPL-2.0-only
"""Functions that are inline and not static: headers define them, so several objects of
a driver have one. Microsoft's compiler lets the linker choose any; here they are weak,
and so do not hide that two other functions have the same name."""

import subprocess

# Behind these the compiler makes no function that others see.
LOCAL = {"static", "extern"}
INLINE = {"inline", "__inline", "__inline__"}


def names(text):
    """Of those functions in a text."""
    out = []
    for name, _, _ in text.functions():
        at, words = name - 1, []
        while at >= 0 and text.word(at) not in (";", "}", "{"):
            words.append(text.word(at))
            at -= 1
        if INLINE & set(words) and not LOCAL & set(words):
            out.append(text.word(name))
    return list(dict.fromkeys(out))


def weaken(program, text, command):
    """In the object that the compiler has made. Returns its status."""
    found = names(text)
    if not found or "-o" not in command:
        return 0
    path = command[command.index("-o") + 1]
    return subprocess.call([program, *(f"--weaken-symbol={name}" for name in found), path])

# SPDX-License-Identifier: GPL-2.0-only
"""Functions that are inline and not static. Microsoft's compiler lets the linker choose
any of those that have one name, as C++ does. Here

* one that a header defines is weak, since it is the same wherever that is included;
* one of a source, which no header declares, is that source's alone;
* one of a source, which a header declares, is for all, and the linker reports another."""

import subprocess

# Words after which the compiler emits no external function
LOCAL = {"static", "extern"}
INLINE = {"inline", "__inline", "__inline__"}


def inline_functions(text):
    """The places of their names."""
    for name, _, _ in text.functions():
        at, words = name - 1, set()
        while at >= 0 and text.word(at) not in (";", "}", "{"):
            words.add(text.word(at))
            at -= 1
        if INLINE & words and not LOCAL & words:
            yield name


def options(text, source):
    """What objcopy is told."""
    out = []
    for place in inline_functions(text):
        token = text.code[place]
        declared = any(t.text == token.text and t.file != source and
                       text.word(p + 1) == "(" for p, t in enumerate(text.code))
        if token.file != source:
            out.append(f"--weaken-symbol={token.text}")
        elif not declared:
            out.append(f"--localize-symbol={token.text}")
    return list(dict.fromkeys(out))


def separate(program, text, source, command):
    """In the object that the compiler has made. Returns its status."""
    told = options(text, source)
    if not told or "-o" not in command:
        return 0
    return subprocess.call([program, *told, command[command.index("-o") + 1]])

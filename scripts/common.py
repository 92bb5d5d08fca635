# SPDX-License-Identifier: GPL-2.0-only
"""What the scripts in Python share: paths, and small functions. common.sh is for the others."""

import importlib.machinery
import importlib.util
import os
import sys

SCRIPTS = os.path.dirname(os.path.realpath(__file__))
TOP = os.path.dirname(SCRIPTS)
BUILD = os.path.join(TOP, "build")
CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "vpmem")


def load(name):
    """Another script, as a module."""
    # Leave no compiled files in the tree.
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader(name, os.path.join(SCRIPTS, name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module


def read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def clock(seconds):
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def read_argued(path, words):
    """Exceptions in a file: lines of so many words, and below one or several of them the reason
    in indented lines. Return the reasons by the words."""
    argued, keys, told = {}, [], False
    for number, line in enumerate(read(path).splitlines() if path else [], 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and keys:
            argued.update((key, f"{argued[key]} {line.strip()}".strip()) for key in keys)
            told = True
        elif len(line.split()) == words and not line[0].isspace():
            keys = ([] if told else keys) + [tuple(line.split())]
            argued[keys[-1]] = ""
            told = False
        else:
            raise ValueError(f"{path}:{number}: not {words} words, nor a reason")
    return argued

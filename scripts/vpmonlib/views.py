# SPDX-License-Identifier: GPL-2.0-only
"""Saved views, a copy of the directory, and what vpmon prints of them."""

import json
import os
import shutil
import subprocess

# Timeout in seconds, for what takes a fraction of one
LIMIT = 20

TAGS = ("Tag", "Type", "Allocs", "Frees", "Diff", "Bytes", "PerAlloc", "Hex", "Charged",
        "Failures", "LastFailure", "Peak", "Adapter", "Caller")
POOLTAG = """rem Pooltag.txt
// a comment
Mode - mini.sys   - modes of the miniport
Vprt - videoprt.sys - video port driver
Big? - mini.sys   - by a pattern
Big1 - mini.sys   - in full
TooLongTag - x - ignored
"""
HOSTILE_NAME = "ev\x1b[31mil \x07\x9b2J\xffname"


class Wrong(Exception):
    """A test has failed."""


class Skipped(Exception):
    """A test cannot be run here."""


class Place:
    """The program that is tested, and a directory for files."""
    program = ""
    sources = ""
    directory = ""


def expect(condition, what):
    if not condition:
        raise Wrong(what)


def tag_number(tag):
    return int.from_bytes(tag.ljust(4).encode("latin-1")[:4], "little")


def escaped(text):
    """A tag or a name as the kernel module prints it."""
    return "".join(c if "!" <= c <= "~" and c != "\\" else f"\\x{ord(c):02x}" for c in text)


def row(tag, kind="Paged", allocs=1, frees=0, size=100, peak=None, adapter="0000:00:02.0",
        caller="-", failures=0):
    """A line of tags.tsv, of blocks that have that size."""
    live = (allocs - frees) * size
    fields = (escaped(tag.rstrip(" ")), kind, allocs, frees, allocs - frees, live,
              size if live else 0, f"0x{tag_number(tag):08x}", live, failures,
              "no-memory" if failures else "-", live if peak is None else peak,
              escaped(adapter), caller)
    return "\t".join(map(str, fields)) + "\n"


def tags(*rows):
    return "\t".join(TAGS) + "\n" + "".join(rows)


def regions():
    head = ("Type", "Tag", "Hex", "Size", "Charged", "Virtual", "Bus", "Physical", "Limit",
            "Backing", "Verify", "AgeMs", "Adapter", "Caller")
    line = ("Contig", "MmCm", "0x6d436d4d", 307200, 307200, "0000000036f8d76d", "-",
            "0x0000000000180000-0x00000000001cafff", "0x0000000000ffffff", "buddy", "no", 1368,
            "0000:00:02.0", "MiniTest+0x108/0x744 [mini]")
    return "\t".join(head) + "\n" + "\t".join(map(str, line)) + "\n"


def events(*counts):
    return "Event\tCount\n" + "".join(f"{name}\t{count}\n" for name, count in counts)


def save(name, *texts):
    path = os.path.join(Place.directory, name)
    with open(path, "wb") as file:
        for text in texts:
            file.write(text if isinstance(text, bytes) else text.encode("latin-1"))
    return path


def three():
    return save("three", tags(row("Bbbb", "Nonp", allocs=30, frees=1, size=1, peak=30),
                              row("Aaaa", allocs=20, frees=10, size=9, peak=999),
                              row("Cccc", allocs=10, frees=5, size=20, peak=100)))


def copy_of_debugfs():
    directory = os.path.join(Place.directory, "vpmem")
    shutil.rmtree(directory, ignore_errors=True)
    for adapter in ("0000:00:02.0", "odd name"):
        os.makedirs(os.path.join(directory, "adapters", adapter))
        save(f"vpmem/adapters/{adapter}/events.tsv", events(("double-free", 2)))
    save("vpmem/tags.tsv", tags(row("Mode")))
    save("vpmem/regions.tsv", regions())
    save("vpmem/events.tsv", events(("no-adapter", 7), ("leak", 0)))
    return directory


def run(*arguments, program=None, status=0, **options):
    """What vpmon prints."""
    said = subprocess.run([program or Place.program, *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=10 * LIMIT, check=False, **options)
    expect(said.returncode == status,
           f"{arguments}: status {said.returncode}: {said.stderr.decode()[-2000:]}")
    return (said.stdout if status == 0 else said.stderr).decode("ascii" if not status else "latin-1")


def samples(*arguments, **options):
    return [json.loads(line) for line in run("--json", *arguments, **options).splitlines()]


def shown(*arguments):
    """The tags of the last sample, in their order."""
    return [row["tag"] for row in samples(*arguments)[-1]["tags"]]

# SPDX-License-Identifier: GPL-2.0-only
"""Tests of vpmon with hostile files, by a program that checks itself, and with large ones."""

import json
import os
import random
import shutil
import subprocess

from .views import HOSTILE_NAME, Place, Skipped, events, expect, regions, row, run, samples, save, tags


def checked_program():
    """The program with the checks of gcc for addresses and undefined behaviour."""
    directory = os.path.join(Place.directory, "checked")
    if not os.path.exists(directory):
        build(directory, "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all")
    return os.path.join(directory, "vpmon")


def build(directory, flags):
    shutil.copytree(Place.sources, directory, ignore=shutil.ignore_patterns("*.o"))
    said = subprocess.run(["make", "-s", "-C", directory, "clean", "vpmon", f"CFLAGS={flags}"],
                          capture_output=True, text=True, check=False)
    return said.returncode == 0


def read_all(path, program):
    for arguments in (("--json",), ("--csv",), ("--text",), ("--json", "-p", "regions"),
                      ("--json", "-p", "events"), ("--csv", "-p", "history")):
        said = run("--file", path, *arguments, program=program)
        if "--json" in arguments:
            for line in said.splitlines():
                json.loads(line)
        expect("\x1b" not in said, "a control character came through")


def test_hostile_files():
    """Long lines, NULs, any bytes, numbers without end, columns without number."""
    program = checked_program()
    long = "x" * 1000000
    for number, text in enumerate((
            "", "\n" * 1000, "\0" * 1000, long, tags(long), tags(long + "\t" + long),
            tags("\t" * 5000), tags("\x1b[2J\t" * 14), "\t".join(["Tag", "Type"] + ["X"] * 500),
            "Tag\tType\n", "Tag Type\nx y\n", "Event Count\n" + "e " + "9" * 100 + "\n",
            tags(row("Mode").replace("\t1\t", "\t" + "9" * 40 + "\t")),
            tags(row("Mode").replace("0x", "0x123456789")), tags(row("Mode").replace("0x", "-0x")),
            tags(row("Mode", allocs=1).replace("\t1\t0\t", "\t0\t5\t")),
            tags(row("Mode", adapter=HOSTILE_NAME, caller=HOSTILE_NAME)),
            tags(row("Mode", adapter="\\x1b\\x0\\x\\")), regions()[:-20], regions() * 3,
            events((HOSTILE_NAME, 3), ("", 1)))):
        read_all(save(f"hostile{number}", text), program)


def test_random_files():
    """Saved views in which random bytes are changed."""
    program = checked_program()
    chance = random.Random(1)
    whole = (tags(row("Mode"), row("\xff\x00ab", allocs=3)) + regions() +
             events(("leak", 2)) + tags(row("Mode", allocs=4))).encode("latin-1")
    for number in range(40):
        text = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            text[chance.randrange(len(text))] = chance.choice((chance.randrange(256), 9, 10, 0))
        read_all(save(f"random{number}", bytes(text)), program)


def test_too_many_rows():
    """No more than 131072 rows are kept, and the rest is counted."""
    path = save("many", tags(*[row("Mode", adapter=f"a{i}") for i in range(140000)]))
    found = samples("--file", path)[0]
    expect(len(found["tags"]) == 131072 and found["unread"] == 140000 - 131072,
           f"{len(found['tags'])} rows, {found['unread']} not read")


def test_32_bits():
    """A 32-bit program prints the same."""
    directory = os.path.join(Place.directory, "small")
    if not build(directory, "-m32 -O2"):
        raise Skipped("no compiler and libraries for 32-bit programs")
    path = save("small.tsv", tags(row("Mode", allocs=2**40, frees=1, size=2**20),
                                  row("\xff\xff\xff\xff")),
                regions(), tags(row("Mode", allocs=2**41, frees=1, size=2**20)))
    for form in ("--json", "--csv", "--text"):
        small = run("--file", path, form, program=os.path.join(directory, "vpmon"))
        expect(small == run("--file", path, form) and str(2**41) in small, small)

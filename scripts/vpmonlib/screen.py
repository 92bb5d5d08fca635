# SPDX-License-Identifier: GPL-2.0-only
"""Tests of vpmon on a terminal: pages, keys, sizes, signals."""

import os
import signal
import subprocess
import time

from .terminal import COLUMNS, LINES, Terminal
from .views import (HOSTILE_NAME, LIMIT, Place, events, expect, regions, row, save, shown, tags,
                    three)


def test_screen():
    """Rows, totals, titles; q ends it, and the terminal is as before."""
    with Terminal("--file", three()) as terminal:
        terminal.expect("Cccc")
        terminal.expect("Total: 44 blocks, 219 bytes")
        terminal.expect("PerAlloc")
        terminal.expect_rows("CAB")
        terminal.quit()


def test_quit_keys():
    """Those of PoolMon, and Ctrl-C. Escape closes a question first, and does not quit then."""
    for key in ("q", "x", "\x1b", "\x03"):
        with Terminal("--file", three(), "--interval", "100") as terminal:
            terminal.expect_rows("CAB")
            terminal.type("i")
            terminal.expect_not("help, q: quit")
            # Type the next key only when the escape is seen to be one of its own.
            terminal.type("\x1b")
            terminal.expect("help, q: quit")
            terminal.quit(key)


def test_sort_keys():
    with Terminal("--file", three(), "--interval", "100") as terminal:
        terminal.expect_rows("CAB")
        for key, order in (("t", "ABC"), ("a", "BAC"), ("f", "ACB"), ("d", "BAC"), ("b", "CAB"),
                           ("t", "ABC"), ("m", "CAB"), ("k", "ACB"), ("v", "BCA")):
            terminal.type(key)
            terminal.expect_rows(order)
        terminal.quit()


def test_filter_keys():
    """p for the pools, i and X for patterns, u to undo."""
    with Terminal("--file", three(), "--interval", "100") as terminal:
        terminal.expect_rows("CAB")
        for keys, order in (("p", "B"), ("p", "CA"), ("p", "CAB"), ("iA*\r", "A"), ("u", "CAB"),
                            ("X?aaa\r", "CB"), ("iC\x7fB*\r", "B"), ("u", "CAB"),
                            ("omini\r", ""), ("u", "CAB")):
            terminal.type(keys)
            terminal.expect_rows(order)
        terminal.type("iCc")
        terminal.expect("Show tags: Cc")
        terminal.type("\x1b")
        terminal.expect_rows("CAB")
        terminal.quit()


def test_highlight():
    """What has changed is bold, unless l switches that off; the changes are in brackets."""
    path = save("bright", tags(row("Mode", allocs=5), row("Same")),
                tags(row("Mode", allocs=12), row("Same")))
    with Terminal("--file", path, "--interval", "100") as terminal:
        terminal.expect("sample 1")
        terminal.expect("Mode")
        expect(not terminal.is_bold("Mode"), "bold at once")
        terminal.type(" ")
        terminal.expect("(700)")
        expect(terminal.is_bold("Mode") and not terminal.is_bold("Same"), "the wrong lines")
        terminal.type("(")
        terminal.expect_not("(700)")
        terminal.type("l(")
        terminal.expect("(700)")
        expect(not terminal.is_bold("Mode"), "still bold")
        terminal.quit()


def test_pages():
    """Regions, events, the history; by number and by Tab."""
    path = save("pages", tags(row("Mode"), row("Gone", adapter="mini")), regions(),
                events(("double-free", 3), ("leak", 0)), tags(row("Mode")), regions(),
                events(("double-free", 5), ("leak", 0)))
    with Terminal("--file", path, "--interval", "100") as terminal:
        terminal.expect("Gone")
        terminal.type(" 2")
        terminal.expect("MiniTest+0x108/0x744 [mini]")
        terminal.type("3")
        terminal.expect("double-free")
        expect(not terminal.has("leak"), "an event that never happened")
        expect(terminal.is_bold("double-free"), "a new event is not bold")
        terminal.type("\t")
        terminal.expect("mini: detached before sample 2")
        terminal.expect("Gone")
        terminal.type("1")
        terminal.expect_rows("M")
        terminal.quit()


def test_columns():
    """80 columns have those of PoolMon; more have the peak, and so on."""
    for columns, wanted, missing in ((80, "Allocs|Frees|Diff|Bytes|PerAlloc|Adapter", "Peak"),
                                     (120, "Peak|Adapter", "Charged"),
                                     (160, "Peak|Rate|Charged|Fail|Adapter", "-")):
        with Terminal("--file", three(), "--interval", "100", columns=columns) as terminal:
            terminal.expect("help, q: quit")
            title = terminal.text()[3]
            expect(all(word in title for word in wanted.split("|")) and missing not in title, title)
            expect(len(terminal.rows()) == 3 and terminal.text()[4].endswith("0000:00:02.0"),
                   terminal.text()[4])
            terminal.quit()


def test_help():
    with Terminal("--file", three()) as terminal:
        terminal.expect("Cccc")
        terminal.type("h")
        terminal.expect("sort by tag, allocs, frees, diff, bytes, bytes per alloc")
        terminal.type("h")
        terminal.expect("Cccc")
        terminal.quit()


def test_intervals():
    """A file is played, one sample in an interval, and its last one stays."""
    path = save("played", *[tags(row("Mode", allocs=i)) for i in range(1, 4)])
    with Terminal("--file", path, "--interval", "0.2") as terminal:
        terminal.expect("sample 3")
        terminal.expect("(end of the file)")
        terminal.type("+")
        terminal.expect("every 0.4 s")
        terminal.quit()


def test_snapshot_key():
    """n appends the sample to the file of --snapshot."""
    path = os.path.join(Place.directory, "by-key")
    with Terminal("--file", three(), "--snapshot", path) as terminal:
        terminal.expect("Cccc")
        terminal.type("n")
        terminal.expect("Snapshot appended to")
        terminal.type("R")
        terminal.expect("cannot be reset")
        terminal.quit()
    expect(shown("--file", path) == ["Cccc", "Aaaa", "Bbbb"], "another snapshot")


def test_scroll():
    """Keys that scroll, with more rows than lines."""
    path = save("scroll", tags(*[row(f"T{i:03}") for i in range(200)]))
    with Terminal("--file", path, "--sort", "t", "--interval", "100") as terminal:
        terminal.expect("T000")
        for keys, text in (("\x1b[B", "T019"), ("\x1b[6~", "T038"), ("\x1b[4~", "T199"),
                           ("\x1b[5~", "T162"), ("\x1b[1~", "T000")):
            terminal.type(keys)
            terminal.expect(text)
        terminal.quit()


def test_scroll_aside():
    """What is wider than the terminal is to the right, up to its end."""
    with Terminal("--file", save("wide", regions(), tags(row("Mode"))), "--page", "regions",
                  "--interval", "100", columns=80) as terminal:
        terminal.expect("MmCm")
        expect(not terminal.has("Caller"), "all of it is shown")
        terminal.type("\x1b[C" * 9)
        terminal.expect("MiniTest+0x108/0x744 [mini]")
        terminal.expect("Caller")
        terminal.expect_not("MmCm")
        terminal.type("\x1b[D" * 9)
        terminal.expect("MmCm")
        terminal.type("\x1b[C")
        terminal.expect_not("MmCm")
        terminal.type("1")
        terminal.expect("Mode")
        terminal.quit()


def test_totals():
    """Those of PoolMon are shown in 80 columns, with gigabytes of both pools."""
    path = save("totals", tags(row("Mode", allocs=3000000, size=1000, peak=1),
                               row("Nonp", "Nonp", allocs=2000000, size=1000, peak=1)))
    with Terminal("--file", path, columns=80) as terminal:
        terminal.expect("paged 3000000000, nonpaged 2000000000")
        terminal.type("e")
        terminal.expect_not("Total")
        terminal.quit()


def test_sizes():
    """Any size of the terminal, down to one character, also while it runs."""
    with Terminal("--file", three(), "--interval", "0.1") as terminal:
        terminal.expect("Cccc")
        for lines, columns in ((1, 1), (2, 5), (5, 20), (3, 200), (60, 10), (24, 80)):
            terminal.resize(lines, columns)
            terminal.type("h2341h")
            for _ in range(3):
                terminal.read(0.1)
        terminal.type("h")
        terminal.resize(LINES, COLUMNS)
        terminal.type("1")
        terminal.expect("Cccc")
        terminal.quit()


def test_hostile_screen():
    """No byte of a file controls the terminal."""
    path = save("control", tags(row("\x1b[2J", adapter=HOSTILE_NAME, caller=HOSTILE_NAME),
                                row("\x9b\x07\x0e\x0f")),
                events((HOSTILE_NAME, 3)))
    with Terminal("--file", path, "--pooltag",
                  save("tags.txt", "Mode - \x1b]0;evil\x07 - x\n")) as terminal:
        terminal.expect("\\x1b[2J")
        terminal.type("3")
        terminal.expect("name")
        terminal.quit()
        for bad in (b"\x1b[31m", b"\x07", b"\x9b", b"\x1b[2J\x1b", b"\xff", b"\x0e"):
            expect(bad not in terminal.raw, f"{bad} came through")


def test_signals():
    """A signal ends it, and leaves the terminal as it was."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        with Terminal("--file", three()) as terminal:
            terminal.expect("Cccc")
            before = len(terminal.raw)
            os.kill(terminal.pid, number)
            end = time.monotonic() + LIMIT
            while terminal.status is None and time.monotonic() < end:
                terminal.read(0.1)
            expect(terminal.status == 0, f"signal {number}: status {terminal.status}")
            expect(len(terminal.raw) > before, "the terminal was not restored")


def test_terminal_without_cursor():
    """A terminal that curses does not know, or whose cursor cannot be moved, is an error."""
    for name in ("none-such", "dumb"):
        with subprocess.Popen(["script", "-qec", f"{Place.program} -f {three()}", "/dev/null"],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              env={**os.environ, "TERM": name}) as process:
            said = process.stdout.read()
        expect(process.returncode == 1 and b"cannot use this terminal" in said, (name, said))

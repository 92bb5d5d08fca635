# SPDX-License-Identifier: GPL-2.0-only
"""Tests of vpmon for scripts: its output, its options, its messages."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess

from .views import (LIMIT, POOLTAG, Place, Skipped, copy_of_debugfs, events, expect, regions, row,
                    run, samples, save, shown, tags)


def test_json():
    """All columns of a row, and the totals."""
    path = save("json", tags(row("Mode", allocs=5, frees=2, size=100, peak=450, failures=1),
                             row("DReg", "Nonp", allocs=1, size=22)))
    found = samples("--file", path)
    expect(len(found) == 1, f"{len(found)} samples")
    mode = found[0]["tags"][0]
    wanted = {"tag": "Mode", "hex": "0x65646f4d", "type": "Paged", "allocs": 5, "frees": 2,
              "diff": 3, "bytes": 300, "per_alloc": 100, "charged": 300, "failures": 1,
              "last_failure": "no-memory", "peak": 450, "adapter": "0000:00:02.0",
              "caller": "", "rate": 0, "allocs_delta": 0}
    expect({key: mode[key] for key in wanted} == wanted, mode)
    totals = found[0]["totals"]
    expect((totals["diff"], totals["bytes"], totals["paged"], totals["nonpaged"]) ==
           (4, 322, 300, 22), totals)


def test_changes():
    """What two samples of a file differ in, and the rate."""
    path = save("changes", tags(row("Mode", allocs=5, frees=2), row("Same")),
                tags(row("Mode", allocs=25, frees=22, size=200), row("Same"), row("Newt")))
    first, second = samples("--file", path, "--interval", "4")
    by_tag = {row["tag"]: row for row in second["tags"]}
    mode = by_tag["Mode"]
    expect((mode["allocs_delta"], mode["frees_delta"], mode["bytes_delta"], mode["rate"]) ==
           (20, 20, 300, 5.0), mode)
    expect(by_tag["Newt"]["allocs_delta"] == 1 and by_tag["Same"]["allocs_delta"] == 0, by_tag)
    expect((first["seconds"], second["seconds"], second["interval"]) == (0, 4, 4), second)


def test_csv():
    """The same in CSV, with quotes, below one header."""
    path = save("csv", tags(row("Mode"), row("a,\"b", caller="foo+0x1/0x2 [mini]")),
                tags(row("Mode", allocs=3)))
    found = list(csv.DictReader(io.StringIO(run("--csv", "--file", path))))
    expect([(r["sample"], r["tag"]) for r in found] ==
           [("1", "Mode"), ("1", "a,\"b"), ("2", "Mode")], found)
    expect(found[1]["caller"] == "foo+0x1/0x2 [mini]", found[1])
    expect(found[2]["allocs_delta"] == "2" and found[2]["bytes_delta"] == "200", found[2])


def test_count():
    """It ends after that number of samples."""
    path = save("count", *[tags(row("Mode", allocs=i)) for i in range(1, 6)])
    expect(len(samples("--file", path)) == 5, "not five samples")
    expect(len(samples("--file", path, "--count", "3")) == 3, "not three samples")


def test_text_is_read_again():
    """--text prints what --file reads, so that a saved view can be saved."""
    path = save("text", tags(row("Mode"), row("\x00\xff\t ", adapter="odd name\\")), regions(),
                events(("bad-pointer", 3)), tags(row("Mode", allocs=7)))
    first = run("--text", "--file", path)
    again = run("--text", "--file", save("text2", first))
    expect(first == again and "0x2009ff00" in first and "odd\\x20name\\x5c" in first, first)


def test_text_of_views():
    """The views for people can be read as well, also those of modules without peaks."""
    path = save("people", """Tag              Type          Allocs        Frees       Diff          Bytes   PerAlloc Hex               Charged Failures LastFailure Adapter
Vprt             Mapped             2            0          2       16781312    8390656 0x74727056       16781312        0 -           0000:00:02.0
DMod             Paged              1            0          1           2880       2880 0x646f4d44           4096        0 -           0000:00:02.0 VgaSetMode+0x6c/0x190 [vpmem_vga]
(other)          Nonp               9            0          9              9          1 -                       9        0 -           0000:00:02.0
""")
    found = samples("--file", path, "-s", "b")[0]["tags"]
    expect([row["tag"] for row in found] == ["Vprt", "DMod", "(other)"], found)
    expect(found[1]["caller"] == "VgaSetMode+0x6c/0x190 [vpmem_vga]", found[1])
    expect(found[1]["adapter"] == "0000:00:02.0" and found[1]["peak"] == 2880, found[1])


def test_own_peak():
    """Without peaks of the module, those of the samples."""
    old = [tags(row("Mode", allocs=n)).replace("\tPeak", "\tOld") for n in (2, 9)]
    old.append(tags(row("Mode", allocs=9, frees=8)).replace("\tPeak", "\tOld"))
    found = samples("--file", save("peak", *old))
    expect([sample["tags"][0]["peak"] for sample in found] == [200, 900, 900], found)


def test_patterns():
    """/i and /x, with ? and *, bytes and numbers."""
    path = save("patterns", tags(row("Mode"), row("More"), row("DMod"), row("A   "),
                                 row("\x01\xff*?"), row(" x y")))
    for arguments, wanted in (
            (("/iMo*",), {"Mode", "More"}),
            (("/iMo?e", "/xMor?"), {"Mode"}),
            (("/iMode", "/iDMod"), {"Mode", "DMod"}),
            (("-i", "????", "-x", "M*"), {"DMod", "\\x01\\xff*?", "\\x20x\\x20y"}),
            (("/iA",), {"A"}),
            (("/i0x646f4d44",), {"DMod"}),
            (("/i\\x01*",), {"\\x01\\xff*?"}),
            (("/i*od*",), {"Mode", "DMod"}),
            (("/imode",), set()),
            (("/x*",), set())):
        found = set(shown("--file", path, *arguments))
        expect(found == wanted, f"{arguments}: {found}")


def test_filters():
    """Adapters, types and the pools of /p."""
    path = save("filters", tags(row("Aone", "Nonp"), row("Atwo", "Paged", adapter="mini"),
                                row("Atri", "Common")))
    for arguments, wanted in ((("--adapter", "0000*"), {"Aone", "Atri"}),
                              (("-a", "mini"), {"Atwo"}),
                              (("--type", "Co*"), {"Atri"}),
                              (("/p",), {"Aone"}),
                              (("/p", "/p"), {"Atwo"}), (("/pp",), {"Atwo"})):
        found = set(shown("--file", path, *arguments))
        expect(found == wanted, f"{arguments}: {found}")


def test_sort():
    """PoolMon's sort keys as options of both kinds, and those that it lacks."""
    path = save("sort", tags(row("Bbbb"), row("Aaaa"), row("Cccc")),
                tags(row("Bbbb", allocs=30, frees=1, size=1, peak=30, adapter="z"),
                     row("Aaaa", allocs=20, frees=10, size=9, peak=999, failures=2),
                     row("Cccc", allocs=10, frees=5, size=20, peak=100)))
    orders = {"t": "ABC", "a": "BAC", "f": "ACB", "d": "BAC", "b": "CAB", "m": "CAB", "k": "ACB",
              "A": "ACB", "F": "ABC", "r": "BAC"}
    for key, wanted in orders.items():
        found = "".join(tag[0] for tag in shown("--file", path, "--sort", key))
        expect(found == wanted, f"{key}: {found}")
        found = "".join(tag[0] for tag in shown("--file", path, "--sort", key, "-v"))
        expect(found == wanted[::-1], f"{key} reversed: {found}")
        if key in "tafdbm":
            found = "".join(tag[0] for tag in shown("--file", path, "/" + key))
            expect(found == wanted, f"/{key}: {found}")


def test_descriptions():
    """Those of a pooltag.txt; a tag in full precedes a pattern."""
    path = save("described", tags(row("Mode"), row("Big1"), row("Big2"), row("None")))
    found = samples("--file", path, "--pooltag", save("pooltag.txt", POOLTAG))[0]["tags"]
    expect({row["tag"]: row["description"] for row in found} ==
           {"Mode": "mini.sys   - modes of the miniport", "Big1": "mini.sys   - in full",
            "Big2": "mini.sys   - by a pattern", "None": ""}, found)


def test_local_descriptions():
    """/c and /g read files of PoolMon's names, in the working directory."""
    path = save("local", tags(row("Mode")))
    for option, name in (("/c", "localtag.txt"), ("/g", "pooltag.txt")):
        save(name, f"Mode - {name} - mine\n")
        found = samples("--file", path, option, cwd=Place.directory)[0]["tags"][0]
        expect(found["description"] == f"{name} - mine", found)


def test_history():
    """Adapters that are detached, or replaced by another one, with their last rows."""
    path = save("history", tags(row("Mode", allocs=5), row("Mode", adapter="mini", allocs=9)),
                tags(row("Mode", allocs=6)),
                tags(row("Mode", allocs=2)))
    found = samples("--file", path, "--page", "history")
    gone = [[(a["adapter"], a["sample"], a["tags"][0]["allocs"]) for a in sample["detached"]]
            for sample in found]
    first = ("mini", 2, 9)
    expect(gone == [[], [first], [first, ("0000:00:02.0", 3, 6)]], gone)
    # The new adapter of that name has counters of its own.
    expect(samples("--file", path)[2]["tags"][0]["allocs_delta"] == 2, "wrong difference")
    lines = run("--file", path, "--csv", "--page", "history").splitlines()
    expect(len(lines) == 3 and lines[2].startswith("3,10.0,Mode,"), lines)


def test_history_is_bounded():
    """The last 16 adapters."""
    path = save("bounded", *[tags(row("Mode", adapter=f"mini.{i}")) for i in range(40)])
    gone = samples("--file", path, "--page", "history")[-1]["detached"]
    expect([a["adapter"] for a in gone] == [f"mini.{i}" for i in range(23, 39)], gone)


def test_regions():
    """The page of regions."""
    path = save("regions", regions())
    found = samples("--file", path, "--page", "regions")[0]["regions"]
    expect(len(found) == 1, found)
    wanted = {"tag": "MmCm", "type": "Contig", "size": 307200, "age_ms": 1368,
              "backing": "buddy", "caller": "MiniTest+0x108/0x744 [mini]",
              "physical": "0x0000000000180000-0x00000000001cafff"}
    expect({key: found[0][key] for key in wanted} == wanted, found)
    line = next(csv.DictReader(io.StringIO(run("--csv", "-f", path, "-p", "regions"))))
    expect(line["size"] == "307200" and line["tag"] == "MmCm", line)


def test_directory():
    """A copy of the directory: events of all adapters, and of none."""
    directory = copy_of_debugfs()
    found = samples("--file", directory, "--page", "events", "--count", "1")[0]["events"]
    found = {(event["adapter"], event["event"]): event["count"] for event in found}
    expect(found == {("-", "no-adapter"): 7, ("-", "leak"): 0, ("odd name", "double-free"): 2,
                     ("0000:00:02.0", "double-free"): 2}, found)
    expect(samples("-D", directory, "-p", "regions", "-c", "1")[0]["regions"], "no region")


def test_live():
    """A directory that changes; vpmem is removed in the end."""
    directory = copy_of_debugfs()
    with subprocess.Popen([Place.program, "-D", directory, "--json", "-p", "history", "-n", "0.3",
                           "-c", "4"], stdout=subprocess.PIPE, text=True) as monitor:
        first = json.loads(monitor.stdout.readline())
        shutil.rmtree(directory)
        rest = [json.loads(line) for line in monitor.stdout]
    expect(not first["detached"] and rest[-1]["detached"][0]["adapter"] == "0000:00:02.0", rest)
    expect(monitor.returncode == 0 and len(rest) == 3, rest)
    expect(0.2 < rest[0]["interval"] < 5, rest[0])


def test_save():
    """--save and /n append a sample, each of which --file reads."""
    directory = copy_of_debugfs()
    path = os.path.join(Place.directory, "appended")
    run("-D", directory, "--save", path)
    run("-D", directory, "/n" + path)
    expect(len(samples("--file", path)) == 2, "not two samples")
    expect(samples("--file", path, "-p", "regions")[1]["regions"], "no region")
    expect(len(samples("--file", path, "-p", "events")[1]["events"]) == 4, "not four events")
    run("-D", directory, "--save", "/dev/full", status=1)


def test_reset():
    """--reset-peaks writes to the file of the kernel module, and to no saved view."""
    directory = copy_of_debugfs()
    peaks = save("vpmem/peaks", "-\n")
    run("-D", directory, "--reset-peaks")
    with open(peaks, encoding="ascii") as file:
        expect(file.read().startswith("reset"), "nothing was written")
    run("--file", directory, "--reset-peaks", status=1)


def test_arguments():
    """Wrong ones are refused, with the usage."""
    path = save("arguments", tags(row("Mode")))
    for arguments in (("--sort", "z"), ("--page", "none"), ("--interval", "0"),
                      ("--interval", "nan"), ("--interval", "1x"), ("--count", "0"),
                      ("--count", "-1"), ("/z",), ("/tt",), ("/ppp",), ("/s",), ("/s3",), ("/",), ("word",), ("/i",),
                      ("--nothing",), *[("/iA",) * 65]):
        said = run("--file", path, "--json", *arguments, status=2)
        expect("usage: vpmon" in said, f"{arguments}: {said}")
    expect("usage: vpmon" in run("--help"), "no help")
    expect("No such file" in run("--file", path + ".none", status=1), "no message")
    expect("use --json" in run("--file", path, status=1), "it needs a terminal")


def test_output_that_fails():
    path = save("full", tags(row("Mode")))
    with open("/dev/full", "wb") as full:
        said = subprocess.run([Place.program, "--json", "--file", path], stdout=full,
                              stderr=subprocess.PIPE, timeout=LIMIT, check=False)
    expect(said.returncode == 1 and b"No space left" in said.stderr, said)


def test_broken_pipe():
    """The end of a reader ends vpmon, without a message."""
    with subprocess.Popen([Place.program, "-D", copy_of_debugfs(), "--json", "-n", "0.1"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as monitor:
        expect(monitor.stdout.read(1) == b"{", "no sample")
        monitor.stdout.close()
        said = monitor.stderr.read()
    expect(monitor.returncode == -signal.SIGPIPE and not said, (monitor.returncode, said))


def test_nothing_to_read():
    """Without vpmem, the message says what to type."""
    if os.path.exists("/sys/kernel/debug/vpmem"):
        raise Skipped("vpmem is loaded here")
    said = run("--json", status=1)
    expect(re.search(r"modprobe vpmem|mount -t debugfs|debugfs is for root", said), said)


def test_no_permission():
    """Who may not read debugfs is told so."""
    if os.geteuid():
        raise Skipped("only root can run it as another user")
    directory = copy_of_debugfs()
    program = shutil.copy(Place.program, os.path.join(Place.directory, "vpmon"))
    os.chmod(Place.directory, 0o755)
    os.chmod(directory, 0o700)
    said = run("-D", directory, "--json", status=1, program=program, user=65534, group=65534,
               extra_groups=[])
    expect("debugfs is for root" in said, said)


def test_no_root():
    """A saved view needs no root."""
    if os.geteuid():
        raise Skipped("this is not root, as every test here")
    path = save("anybody", tags(row("Mode")))
    os.chmod(Place.directory, 0o755)
    program = shutil.copy(Place.program, os.path.join(Place.directory, "vpmon"))
    found = samples("--file", path, program=program, user=65534, group=65534, extra_groups=[])
    expect(found[0]["tags"][0]["tag"] == "Mode", found)

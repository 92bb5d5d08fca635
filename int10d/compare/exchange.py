# SPDX-License-Identifier: GPL-2.0-only
"""Files that both processors read and write: firmware.S and replay.c describe them."""

import struct

# Address of the cases in QEMU's machine, above its first megabyte.
INPUT = 0x200000


class Failure(Exception):
    """The comparison cannot be made."""


class Result:
    """How the helper's machine ended a case, and the words of memory that changed."""

    def __init__(self, status, message="", changed=None):
        self.status, self.message, self.changed = status, message, changed or {}


class Reader:
    """Words of 32 bits from a file."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def words(self, count):
        end = self.at + 4 * count
        if end > len(self.data):
            raise EOFError
        values = struct.unpack_from(f"<{count}I", self.data, self.at)
        self.at = end
        return values

    def pairs(self):
        values = self.words(2 * self.words(1)[0])
        return dict(zip(values[::2], values[1::2]))

    def text(self, length):
        text = self.data[self.at:self.at + length].decode(errors="replace")
        self.at += length + -length % 4
        return text


def words_of(memory):
    """Bytes by address as words by address; they must fill the words."""
    for at in sorted(memory):
        if at % 4 == 0:
            yield at, int.from_bytes(bytes(memory[at + i] for i in range(4)), "little")


def packed(pairs):
    pairs = list(pairs)
    return struct.pack(f"<I{2 * len(pairs)}I", len(pairs), *(n for pair in pairs for n in pair))


def pack_cases(pristine, cases):
    body = packed(words_of(pristine))
    body += b"".join(packed(case.writes(pristine)) for case in cases)
    return struct.pack("<4I", 0, 0, INPUT + 16 + len(body), len(cases)) + body


def read_answers(data, count):
    """For each case the words that changed. There may be fewer than that many cases."""
    reader, answers = Reader(data), []
    try:
        while len(answers) < count:
            answers.append(reader.pairs())
    except EOFError:
        pass
    return answers


def read_results(data):
    """Results of the helper's machine. The last may be cut off."""
    reader, results = Reader(data), []
    while True:
        try:
            status, length = reader.words(2)
            message = reader.text(length)
            results.append(Result(status, message, reader.pairs()))
        except EOFError:
            return results

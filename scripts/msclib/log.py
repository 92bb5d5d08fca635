# SPDX-License-Identifier: GPL-2.0-only
"""The log of a build: each rewrite, with the file and line that its author knows."""

import sys


def ranges(numbers):
    """12, 14-16"""
    out = []
    for number in sorted(set(numbers)):
        if out and out[-1][1] == number - 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(f"{a}-{b}" if b > a else f"{a}" for a, b in out)


class Log:
    """Messages in the form of the compiler's, in the order of the text."""

    def __init__(self):
        self.messages, self.lists = [], {}

    def note(self, token, text):
        self.messages.append(f"{token.where()}: note: msc: {text}")

    def warn(self, token, text):
        self.messages.append(f"{token.where()}: warning: msc: {text}")

    def count(self, token, text):
        """A rewrite that is everywhere: one message for each file, with its lines."""
        self.lists.setdefault((token.file, text), []).append(token.line)

    def write(self):
        for (file, text), lines in self.lists.items():
            print(f"{file}: note: msc: {text}: line {ranges(lines)}", file=sys.stderr)
        for message in dict.fromkeys(self.messages):
            print(message, file=sys.stderr)
        self.lists, self.messages = {}, []
        sys.stderr.flush()

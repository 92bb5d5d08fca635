# SPDX-License-Identifier: GPL-2.0-only
"""A pseudo-terminal that vpmon runs on, and what it shows."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from .views import LIMIT, Place, Wrong, expect

LINES, COLUMNS = 24, 160


class Display:
    """The Linux console, as far as curses uses it."""

    SEQUENCE = re.compile(rb"\x1b\[([?\d;]*)([@-~])|\x1b[()].|\x1b\]R|\x1b[^\[\]()]|[^\x1b]")

    def __init__(self, lines, columns):
        self.bold = False
        self.rest = b""
        self.resize(lines, columns)

    def resize(self, lines, columns):
        """Forget what is shown: the program draws all again."""
        self.lines, self.columns = lines, columns
        self.cells = [[" "] * columns for _ in range(lines)]
        self.bolds = [[False] * columns for _ in range(lines)]
        self.y = self.x = 0
        self.top, self.end = 0, lines   # of the region that scrolls

    def feed(self, data):
        data = self.rest + data
        at = 0
        while match := self.SEQUENCE.match(data, at):
            at = match.end()
            if match[2]:
                self.control(match[1].decode(), match[2].decode())
            elif match[0] == b"\x1bM":
                self.line_up()
            elif len(match[0]) == 1:
                self.character(match[0].decode("latin-1"))
        self.rest = data[at:]

    def put(self, y, x, character):
        if y < self.lines and x < self.columns:
            self.cells[y][x] = character
            self.bolds[y][x] = self.bold and character != " "

    def character(self, character):
        if character == "\r":
            self.x = 0
        elif character == "\n":
            self.line_down()
        elif character == "\b":
            self.x = max(self.x - 1, 0)
        elif character == "\t":
            self.x = min((self.x // 8 + 1) * 8, self.columns - 1)
        elif character >= " ":
            if self.x >= self.columns:
                self.x = 0
                self.line_down()
            self.put(self.y, self.x, character)
            self.x += 1

    def line_down(self):
        if self.y != self.end - 1:
            self.y = min(self.y + 1, self.lines - 1)
        else:
            self.shift_lines(self.top, -1)

    def line_up(self):
        if self.y != self.top:
            self.y = max(self.y - 1, 0)
        else:
            self.shift_lines(self.top, 1)

    def blank(self, y, start, end):
        for x in range(start, min(end, self.columns)):
            self.cells[y][x] = " "
            self.bolds[y][x] = False

    def erase(self, mode):
        self.blank(self.y, 0 if mode else self.x, self.x + 1 if mode == 1 else self.columns)

    def control(self, parameters, letter):
        numbers = [int(number or 0) for number in parameters.lstrip("?").split(";")]
        count = numbers[0] or 1
        if letter in "Hf":
            self.y = min(count, self.lines) - 1
            self.x = min((numbers + [0])[1] or 1, self.columns) - 1
        elif letter == "G":
            self.x = min(count, self.columns) - 1
        elif letter == "d":
            self.y = min(count, self.lines) - 1
        elif letter in "AB":
            self.y = max(0, min(self.y + (count if letter == "B" else -count), self.lines - 1))
        elif letter in "CD":
            self.x = max(0, min(self.x + (count if letter == "C" else -count), self.columns - 1))
        elif letter == "J":
            self.erase(0)
            for y in range(self.y + 1, self.lines):
                self.blank(y, 0, self.columns)
        elif letter == "K":
            self.erase(numbers[0])
        elif letter == "X":
            self.blank(self.y, self.x, self.x + count)
        elif letter in "P@":
            self.shift(count if letter == "@" else -count)
        elif letter in "LM":
            self.shift_lines(self.y, count if letter == "L" else -count)
        elif letter == "r":
            self.top = count - 1
            self.end = min((numbers + [0])[1] or self.lines, self.lines)
            self.y = self.x = 0
        elif letter == "m":
            for number in numbers:
                self.bold = number == 1 or self.bold and number not in (0, 22)

    def shift(self, count):
        for line, fill in ((self.cells[self.y], " "), (self.bolds[self.y], False)):
            if count > 0:
                line[self.x:] = ([fill] * count + line[self.x:])[:self.columns - self.x]
            else:
                line[self.x:] = line[self.x - count:] + [fill] * min(-count, self.columns - self.x)

    def shift_lines(self, start, count):
        for lines, fill in ((self.cells, " "), (self.bolds, False)):
            below = lines[start:self.end]
            empty = [[fill] * self.columns for _ in range(min(abs(count), len(below)))]
            moved = empty + below if count > 0 else below[-count:] + empty
            lines[start:self.end] = moved[:len(below)]


class Terminal:
    """vpmon on a pseudo-terminal, and what that shows."""

    def __init__(self, *arguments, lines=LINES, columns=COLUMNS):
        self.display = Display(lines, columns)
        self.raw = b""
        self.status = None
        self.pid, self.master = pty.fork()
        if not self.pid:
            os.environ["TERM"] = "linux"
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", lines, columns, 0, 0))
            os.execv(Place.program, [Place.program, *arguments])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)

    def read(self, seconds):
        if not select.select([self.master], [], [], seconds)[0]:
            return
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        if not data:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        self.raw += data
        self.display.feed(data)

    def wait(self, condition, what):
        end = time.monotonic() + LIMIT
        while not condition():
            if self.status is not None or time.monotonic() > end:
                raise Wrong(f"{what}; the screen has:\n" + "\n".join(self.text()))
            self.read(0.1)

    def text(self):
        return ["".join(line).rstrip() for line in self.display.cells]

    def has(self, text):
        return any(text in line for line in self.text())

    def expect(self, text):
        self.wait(lambda: self.has(text), f"{text!r} never came")

    def expect_not(self, text):
        self.wait(lambda: not self.has(text), f"{text!r} stayed")

    def type(self, keys):
        os.write(self.master, keys.encode())

    def rows(self):
        """The first letters of the tags, from the top."""
        return "".join(line[0] for line in self.text()[4:-1] if line)

    def expect_rows(self, rows):
        self.wait(lambda: self.rows() == rows, f"{rows!r} never came, but {self.rows()!r}")

    def is_bold(self, text):
        for y, line in enumerate(self.text()):
            if text in line:
                return self.display.bolds[y][line.index(text)]
        return False

    def resize(self, lines, columns):
        self.display.resize(lines, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("4H", lines, columns, 0, 0))

    def quit(self, key="q"):
        self.type(key)
        end = time.monotonic() + LIMIT
        while self.status is None and time.monotonic() < end:
            self.read(0.1)
        expect(self.status == 0, f"status {self.status}")

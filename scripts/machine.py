# SPDX-License-Identifier: GPL-2.0-only
"""Dialog with a test machine: its lines, its verdict, and its control socket.

scripts/vm has the kinds of machines, and the lines that a guest may say.
"""

import base64
import collections
import json
import math
import os
import re
import selectors
import signal
import subprocess
import sys
import termios
import time

# Seconds for a guest to power off after its verdict
GRACE = 15
TAIL = 30


def tail(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as log:
            return "".join(collections.deque(log, TAIL))
    except OSError:
        return ""


class Failure(Exception):
    """Why the run counts as failed."""


class Interrupted(BaseException):
    """A signal that ends this program, after the machine."""


class Quit(Exception):
    """The user has ended the machine."""


class BootFailure(Failure):
    """The machine never came to its script."""


class Lines:
    """A file descriptor that is read without blocking, cut into lines."""

    def __init__(self, fd):
        self.fd = fd
        self.rest = b""
        os.set_blocking(fd, False)

    def fileno(self):
        return self.fd

    def read(self):
        """The lines that are complete now; None at the end."""
        try:
            data = os.read(self.fd, 65536)
        except BlockingIOError:
            return []
        except ConnectionResetError:
            data = b""
        if not data:
            return None
        *lines, self.rest = (self.rest + data).split(b"\n")
        return [line.decode(errors="replace").rstrip("\r") for line in lines]


class Copy:
    """Bytes of one file descriptor for another, which have no lines."""

    def __init__(self, source, sink, escape=None):
        self.source = source
        self.sink = sink
        self.escape = escape

    def fileno(self):
        return self.source

    def read(self):
        try:
            data = os.read(self.source, 65536)
        except OSError:
            # Handle a terminal that has hung up, too.
            data = b""
        if not data:
            return None
        if self.escape and self.escape in data:
            raise Quit()
        while data:
            data = data[os.write(self.sink, data):]
        return []


class Qmp:
    """QEMU's control socket."""

    def __init__(self, connection):
        self.stream = connection.makefile("rwb", buffering=0)
        self.answer()
        self.command("qmp_capabilities")

    def answer(self):
        while True:
            line = self.stream.readline()
            if not line:
                raise Failure("QEMU closed its control socket")
            message = json.loads(line)
            if "event" not in message:
                return message

    def command(self, name, **arguments):
        request = {"execute": name, "arguments": arguments}
        self.stream.write(json.dumps(request).encode() + b"\n")
        return self.answer()


class Machine:
    """What QEMU and User-mode Linux have in common."""

    # Seconds for the machine to start its script
    patience = 150

    def __init__(self, args):
        self.args = args
        self.patience = args.patience or self.patience
        self.process = None
        self.verdict = None
        self.booted = False
        self.deadline = math.inf
        self.settings = None
        self.selector = selectors.DefaultSelector()

    def start(self, command, **kwargs):
        try:
            # Start a new session, so that the helpers of User-mode Linux end with it.
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, start_new_session=True, **kwargs)
        except FileNotFoundError as error:
            raise Failure(f"not installed: {error.filename} (make setup)") from error

    def stop(self):
        self.restore_terminal()
        if not self.process:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def restore_terminal(self):
        if not self.settings:
            return
        try:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self.settings)
        except termios.error:
            # Ignore a terminal that has hung up.
            pass

    def boot(self):
        raise NotImplementedError

    def handle(self, line):
        """One line of the guest."""
        word, _, rest = line.partition(" ")
        if word == "say":
            if self.args.show:
                print(rest, flush=True)
        elif word == "screenshot":
            self.answer(self.screenshot(*rest.split()[:3]))
        elif word == "shows":
            self.answer(self.shows(*rest.split()))
        elif word == "file":
            self.answer(self.save(*rest.split()))
        elif word == "steps":
            self.take_steps()
        elif word == "terminal" and self.args.terminal:
            self.open_terminal()
        elif word in ("success", "fail"):
            self.verdict = self.verdict or (word, rest)
            self.acknowledge()
        else:
            raise Failure(f"the guest said something unknown: {line!r}")

    def open_terminal(self):
        raise NotImplementedError

    def screenshot(self, name="", size=None, crc=None):
        raise NotImplementedError

    def shows(self, name="", *check):
        raise NotImplementedError

    def save(self, name="", data=""):
        """A file that the guest has."""
        if not re.fullmatch(r"[\w-][\w.-]*", name):
            return "error: bad name"
        with open(os.path.join(self.args.shots, name), "wb") as file:
            file.write(base64.b64decode(data))
        return "ok"

    def take_steps(self):
        raise NotImplementedError

    def answer(self, text):
        raise NotImplementedError

    def acknowledge(self):
        """Tell the guest that its verdict has arrived."""

    def lines(self, text):
        """The guest's lines among those that were read."""
        return text

    def run(self):
        start = time.monotonic()
        self.deadline = start + self.args.timeout
        done = False
        while not done:
            left = self.deadline - time.monotonic()
            if left <= 0:
                break
            if time.monotonic() - start > self.patience and not self.has_booted():
                raise BootFailure(f"no script was started within {self.patience} s")
            for key, _ in self.selector.select(min(left, 1)):
                lines = key.fileobj.read()
                if lines is None:
                    done = True
                    continue
                for line in self.lines(lines):
                    self.handle(line)
            if self.verdict:
                self.deadline = min(self.deadline, time.monotonic() + GRACE)
        self.judge(done)

    def has_booted(self):
        """Whether the kernel has come to its first process; is asked again and again."""
        if not self.booted:
            with open(self.args.log, encoding="utf-8", errors="replace") as log:
                self.booted = "Run /init" in log.read()
        return self.booted

    def judge(self, ended):
        # Accept an end without a verdict: the user may have powered the machine off.
        if self.settings and ended and self.verdict is None and \
                "Kernel panic" not in tail(self.args.log):
            return
        if self.verdict is None and ended:
            raise Failure("the machine stopped before its script gave a verdict")
        if self.verdict is None:
            raise Failure(f"no verdict within {self.args.timeout} s")
        if self.verdict[0] != "success":
            raise Failure(self.verdict[1])

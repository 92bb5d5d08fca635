# SPDX-License-Identifier: GPL-2.0-only
"""The compiler: its steps, and where it refuses a text."""

import os
import re
import subprocess
import tempfile

MESSAGE = re.compile(r"^[^\n:]*:(\d+):(?:\d+:)? (error|note|fatal error): (.*)$", re.M)
BAD_PASTE = re.compile(r'^(.*?:\d+):\d+: error: pasting (.*) does not give a valid '
                       r'preprocessing token$', re.M)
ERROR = re.compile(r"^.*?\b(?:fatal error|error): ", re.M)


def split_arguments(arguments):
    """Those of the first step, and those of the second."""
    first, second, rest = [], [], iter(arguments)
    for argument in rest:
        if argument == "-o":
            second += [argument, next(rest)]
        elif argument == "-c":
            second.append(argument)
        elif argument == "-include":
            first += [argument, next(rest)]
        elif argument.startswith(("-Wp,-M", "-M")):
            first.append(argument)
        else:
            first.append(argument)
            second.append(argument)
    return first, second


def run(command, *arguments, english=False):
    env = {**os.environ, "LC_ALL": "C"} if english else None
    return subprocess.run([*command, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, env=env)


class Compiler:
    """One object of a build."""

    def __init__(self, command):
        self.source = next((a for a in reversed(command[1:])
                            if a.endswith((".c", ".C"))), None)
        self.first, self.second = split_arguments(command)
        self.second = [a for a in self.second if a != self.source]

    def preprocess(self, log, *flags):
        """The text and what the compiler says; the text is None if there is an error."""
        result = run(self.first, *flags, "-E")
        if not result.returncode:
            return result.stdout.decode("latin-1"), result.stderr
        again = run(self.first, *flags, "-E", english=True)
        said = again.stderr.decode("latin-1")
        bad = BAD_PASTE.findall(said)
        if not bad or len(ERROR.findall(said)) != len(bad):
            return None, result.stderr
        # Run gcc: it leaves two tokens that form no valid token unchanged, as
        # Microsoft's compiler does, and only reports an error. The text is right; only
        # the dependencies are missing.
        for where, tokens in dict.fromkeys(bad):
            log.messages.append(f"{where}: note: msc: ## left out: {tokens} make no token")
        with tempfile.NamedTemporaryFile("w") as file:
            run(self.first, *flags, "-E", "-fdirectives-only", "-o", file.name)
        return again.stdout.decode("latin-1"), b""

    def compile(self, text, *flags, english=False, program=None):
        """The second step."""
        with tempfile.NamedTemporaryFile("w", suffix=".i", encoding="latin-1") as file:
            file.write(text)
            file.flush()
            # Undefine macros that clang defines even here, such as linux.
            return run([*(program or self.second), *flags, "-undef", "-x", "cpp-output",
                        file.name], english=english)

    def diagnose(self, text):
        """Pairs of a place and a message, of each error, and of what is noted of it."""
        numbered, places = text.numbered()
        command, rest = [], iter(self.second)
        for argument in rest:
            if argument == "-o":
                next(rest)
            elif argument != "-c":
                command.append(argument)
        result = self.compile(numbered, "-fsyntax-only", english=True, program=command)
        out = []
        for line, kind, message in MESSAGE.findall(result.stderr.decode("latin-1")):
            place = places.get(int(line))
            if kind == "note":
                if out:
                    out[-1][2].append((place, message))
            else:
                out.append((place, message, []))
        return out

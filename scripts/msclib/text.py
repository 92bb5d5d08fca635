# SPDX-License-Identifier: GPL-2.0-only
"""Preprocessed text as tokens, each with the file and line that its author knows.

Text that is not the driver's stays in one piece: nothing in it is rewritten.
"""

import os
import re

TOKEN = re.compile(r"""
    (?P<skip> //[^\n]* | /\*.*?\*/ )
  | (?P<string> L?"(?:\\.|[^"\\\n])*" | L?'(?:\\.|[^'\\\n])*' )
  | (?P<number> \.?\b[0-9](?:[eEpP][+-]|[\w.])* )
  | (?P<word> [A-Za-z_$][\w$]* )
  | (?P<space> \s+ )
  | (?P<other> <<= | >>= | \.\.\. | -> | \+\+ | -- | [-+*/%&|^]= | << | >> | && | \|\|
             | [<>=!]= | . )
""", re.X | re.S)
LINEMARKER = re.compile(r'#(?:line)? (\d+) "((?:\\.|[^"\\])*)"')
OPEN = {"(": ")", "[": "]", "{": "}"}
CLOSE = {close: open_ for open_, close in OPEN.items()}
# Words before a parenthesis that are not the name of a function
NOT_NAMES = {"__attribute__", "__attribute", "__declspec", "__asm__", "asm", "__typeof__",
             "typeof", "_Alignas", "__pragma", "_Pragma", "_Static_assert"}


def is_below(name, paths):
    path = os.path.abspath(name)
    return any(path == p or path.startswith(p + os.sep) for p in paths)


class Token:
    """A token of the driver, or a piece of other text. Its text stays: @new is what it
    becomes, between @before and @after."""

    __slots__ = ("kind", "text", "file", "line", "driver", "before", "new", "after")

    def __init__(self, kind, text, file, line, driver=True):
        self.kind, self.text, self.file, self.line = kind, text, file, line
        self.driver = driver
        self.before = self.after = ""
        self.new = None

    def __str__(self):
        return self.before + (self.text if self.new is None else self.new) + self.after

    def bare(self):
        """Without what was put in front of it."""
        return (self.text if self.new is None else self.new) + self.after

    def where(self):
        return f"{self.file}:{self.line}"


class Text:
    """All of a translation unit. A place is the index of a token that is the driver's and
    neither space nor a comment."""

    def __init__(self, source, kernel):
        self.pieces = []
        self.code = []
        self.read(source, kernel)

    def read(self, source, kernel):
        file, line, driver, lines = "", 1, False, []
        for text in source.splitlines(keepends=True):
            if not text.startswith("#"):
                lines.append(text)
                continue
            line = self.add_lines(lines, driver, file, line)
            lines = []
            self.pieces.append(Token("directive", text, file, line, driver))
            match = LINEMARKER.match(text)
            if not match:
                line += 1
                continue
            line, file = int(match.group(1)), match.group(2)
            driver = not (not file or file.startswith("<") or is_below(file, kernel))
        self.add_lines(lines, driver, file, line)

    def add_lines(self, lines, driver, file, line):
        text = "".join(lines)
        if not text:
            return line
        if not driver:
            self.pieces.append(Token("other text", text, file, line, False))
            return line + text.count("\n")
        for match in TOKEN.finditer(text):
            token = Token(match.lastgroup, match.group(), file, line)
            self.pieces.append(token)
            if token.kind not in ("space", "skip"):
                self.code.append(token)
            else:
                line += token.text.count("\n")
        return line

    def __str__(self):
        return "".join(map(str, self.pieces))

    def numbered(self):
        """The text with one token a line, and the place that each line is, so that a
        compiler's message has the place even where it has no column."""
        lines, places, place = [], {}, 0
        for piece in self.pieces:
            if piece.kind == "directive":
                lines += [line for line in str(piece).split("\n")
                          if line.startswith("#pragma")]
            elif piece.kind == "other text":
                lines += piece.text.split("\n")
            elif piece.kind not in ("space", "skip"):
                lines.append(str(piece).replace("\n", " "))
                places[len(lines)] = place
                place += 1
        return "\n".join(lines) + "\n", places

    def word(self, place):
        return self.code[place].text if 0 <= place < len(self.code) else ""

    def words(self, first, end):
        return " ".join(token.text for token in self.code[first:end])

    def shown(self, first, end):
        """The same, closer together."""
        return re.sub(r"(?<!\w) | (?!\w)", "", self.words(first, end))

    def kind(self, place):
        return self.code[place].kind if 0 <= place < len(self.code) else ""

    def after(self, place):
        """The place behind the bracket that closes the one at @place."""
        depth = 0
        while place < len(self.code):
            text = self.code[place].text
            if text in OPEN:
                depth += 1
            elif text in CLOSE:
                depth -= 1
            place += 1
            if depth <= 0:
                break
        return place

    def opening(self, place):
        """The place of the bracket that the one at @place closes, or -1."""
        depth = 0
        while place >= 0:
            text = self.code[place].text
            if text in CLOSE:
                depth += 1
            elif text in OPEN:
                depth -= 1
            if not depth:
                return place
            place -= 1
        return -1

    def behind(self, place):
        """The place behind the token at @place, and behind all of a bracket."""
        return self.after(place) if self.word(place) in OPEN else place + 1

    def declarator(self, place):
        """The place behind the parameters of the function that is named at @place."""
        token = self.code[place]
        if token.kind != "word" or token.text in NOT_NAMES or self.word(place + 1) != "(":
            return None
        end = self.after(place + 1)
        return None if self.word(end) == "(" else end

    def functions(self):
        """Each function that is defined: (name, place of its body, end of its body)."""
        place, last = 0, None
        while place < len(self.code):
            # Body of a function whose parameters are declared after its name
            if self.word(place) == "{" and last is not None:
                end = self.after(place)
                yield last, place, end
                place, last = end, None
                continue
            name, place = self.declaration(place)
            if name is None:
                continue
            if self.word(place) == "{":
                end = self.after(place)
                yield name, place, end
                place, last = end, None
            else:
                last = name

    def declaration(self, place):
        """The function it names, if any, and the place of its body or of what follows."""
        name, value = None, False
        while place < len(self.code):
            word = self.word(place)
            end = None if name is not None or value else self.declarator(place)
            if word == ";":
                return name, place + 1
            if word == "{" and name is not None:
                return name, place
            value = value or word == "="
            if end:
                name, place = place, end
            else:
                place = self.behind(place)
        return name, place

# SPDX-License-Identifier: GPL-2.0-only
"""Declarations of a function that differ in their parameters. Microsoft's compiler takes
them, with a warning, and each call converts its arguments as the declaration before it
says. C refuses them, so this is asked only after a compiler has done so.

The first declaration counts. A later one is left out; a definition gets its parameters,
and converts them to those that it was written with.
"""

import re

CONFLICT = re.compile(r"conflicting types for '(\w+)'")
OLD_STYLE = re.compile(r"argument '\w+' doesn't match (?:built-in )?prototype")
QUALIFIERS = {"const", "volatile", "register", "restrict", "__const", "__volatile__",
              "__restrict", "__restrict__"}
BASIC = {"void", "char", "short", "int", "long", "signed", "unsigned", "float", "double"}
# Words that are not part of a function's return type
STORAGE = {"extern", "static", "inline", "__inline", "__inline__", "_Noreturn"}
TYPE = re.compile(r"(?:have|with type) '([^']*)'(?: {aka '([^']*)'})?")
TAGS = {"struct", "union", "enum"}


class Parameter:
    """A place in a list of parameters: its type as words, and its name or None. What is
    no plain type, pointers included, is @odd."""

    def __init__(self, words):
        self.words, self.name = words, None
        named = [word for word in words if word not in QUALIFIERS]
        self.odd = any(not re.fullmatch(r"\w+|\*", word) for word in words)
        if len(named) > 1 and named[-1] != "*" and named[-1] not in BASIC and \
                named[-2] not in TAGS:
            self.name = named[-1]
            at = len(words) - 1 - words[::-1].index(self.name)
            self.words = words[:at] + words[at + 1:]

    def kind(self):
        return " ".join(self.words)


def parameters(text, place):
    """Those in the parentheses at @place."""
    end, out, words = text.after(place) - 1, [], []
    at = place + 1
    while at < end:
        behind = text.behind(at)
        if text.word(at) == ",":
            out.append(Parameter(words))
            words = []
        else:
            words = words + [text.code[p].bare() for p in range(at, behind)]
        at = behind
    if words and words != ["void"]:
        out.append(Parameter(words))
    return out


def line(place, text):
    return text.code[place].line


class Prototypes:
    """Conflicts of one text."""

    def __init__(self, text, log):
        self.text, self.log = text, log

    def agree(self, place, name, message, notes):
        """Whether the declaration of @name at @place was rewritten."""
        text = self.text
        if place is None or text.word(place) != name or text.word(place + 1) != "(":
            return False
        noted = next(((p, m) for p, m in notes if m.startswith("previous")), (None, ""))
        behind = text.after(place + 1)
        while text.word(behind) in ("__attribute__", "__attribute", "__asm__"):
            behind = text.behind(behind + 1)
        if "implicit" in noted[1]:
            return self.declare(place, behind, noted[0])
        if not self.same_result(place, name, message, noted):
            return False
        if text.word(behind) == ";":
            return self.leave_out(place, behind)
        if noted[0] is None or text.word(noted[0]) != name:
            return False
        if text.word(behind) == "{":
            return self.convert(place, behind, noted[0])
        return self.old_style(behind)

    def same_result(self, place, name, message, noted):
        """Whether both return the same type. Where that is not certain, the compiler is
        asked: a call by another type would lose half of a pointer."""
        now, before = TYPE.search(message), TYPE.search(noted[1])
        if now and before:
            return result(now) == result(before)
        if noted[0] is None or self.text.word(noted[0]) != name:
            return True
        now, before = self.specifiers(place), self.specifiers(noted[0])
        if now != before:
            token = self.text.code[self.start(place)]
            token.before = f"_Static_assert(__builtin_types_compatible_p({now}, {before}), " \
                f'"{name} was declared with another type"); ' + token.before
        return True

    def specifiers(self, place):
        words, at = [], self.start(place)
        while at < place:
            if self.text.word(at) in ("__attribute__", "__attribute"):
                at += 1
            elif self.text.word(at) not in STORAGE:
                words.append(self.text.code[at].bare())
            at = self.text.behind(at)
        return " ".join(words).replace("\n", " ") or "int"

    def start(self, place):
        """Where the declaration at @place begins."""
        while place > 0 and text_ends(self.text, place - 1) is False:
            place -= 1
        return place

    def leave_out(self, place, end):
        first = self.start(place)
        self.log.note(self.text.code[place],
                      f"declaration with other parameters than before left out: "
                      f"{self.text.word(place)}")
        for token in self.text.code[first:end]:
            token.new = ""
        return True

    def declare(self, place, body, used):
        """In front of the function that calls what is not declared yet."""
        if used is None or self.text.word(body) != "{":
            return False
        depth, at = 0, used
        first = 0
        for at in range(used):
            word = self.text.word(at)
            if not depth and word in (";", "}"):
                first = at + 1
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(word, 0)
            if not depth and word == "}":
                first = at + 1
        begin = self.start(place)
        words = " ".join(self.text.code[p].bare() for p in range(begin, body))
        if begin == place:
            words = "int " + words
        token = self.text.code[first]
        token.before = words.replace("\n", " ") + "; " + token.before
        self.log.note(self.text.code[used], f"{self.text.word(place)} is declared as it is "
                      f"defined in line {line(place, self.text)}")
        return True

    def fill_in(self, place, earlier):
        """The parameters that a declaration without any leaves open."""
        end = self.text.after(place + 1) - 1
        words = " ".join(self.text.code[p].bare() for p in range(place + 2, end))
        self.text.code[earlier + 1].after = words.replace("\n", " ")
        self.log.note(self.text.code[earlier], f"{self.text.word(place)} is declared with the "
                      f"parameters that it is defined with in line {line(place, self.text)}")
        return True

    def convert(self, place, body, earlier):
        text = self.text
        if text.word(earlier + 1) != "(":
            return False
        if text.word(earlier + 2) == ")":
            return self.fill_in(place, earlier)
        before, now = parameters(text, earlier + 1), parameters(text, place + 1)
        if not before or len(before) != len(now):
            return False
        heads, converted = [], []
        for first, second in zip(before, now):
            if first.words == second.words:
                heads.append(" ".join(second.words + [second.name or ""]))
                continue
            if first.odd or second.odd or not second.name:
                return False
            heads.append(f"{first.kind()} vpmem_{second.name}")
            converted.append(f"{second.kind()} {second.name} = "
                             f"({second.kind()})vpmem_{second.name};")
        if not converted:
            return False
        end = text.after(place + 1) - 1
        for token in text.code[place + 2:end]:
            token.new = ""
        text.code[place + 1].after = ", ".join(heads)
        text.code[body].after = " " + " ".join(converted) + text.code[body].after
        self.log.note(text.code[place], f"{text.word(place)} has the parameters that it was "
                      f"declared with in line {line(earlier, text)}, and converts them")
        return True

    def old_style(self, place):
        """The same for a function whose parameters are declared behind its name; @place is
        in their declarations."""
        text = self.text
        name = next((n for n, body, _ in text.functions() if n < (place or 0) < body), None)
        if name is None:
            return False
        earlier = next((p for p in range(name) if text.word(p) == text.word(name) and
                        text.word(p + 1) == "(" and self.start(p) < p), None)
        end = text.after(name + 1)
        body = next(p for p in range(end, len(text.code)) if text.word(p) == "{")
        names = [text.word(p) for p in range(name + 2, end - 1) if text.word(p) != ","]
        before = parameters(text, earlier + 1) if earlier is not None else []
        declared = [text.code[p].bare() for p in range(end, body)]
        if len(before) != len(names) or any(p.odd for p in before) or "[" in declared:
            return False
        heads = ", ".join(f"{p.kind()} vpmem_{n}" for p, n in zip(before, names))
        values = " ".join(f"{n} = (__typeof__({n}))vpmem_{n};" for n in names)
        for token in [*text.code[name + 2:end - 1], *text.code[end:body]]:
            token.new = ""
        text.code[name + 1].after = heads
        text.code[body].after = f" {' '.join(declared)} {values}" + text.code[body].after
        self.log.note(text.code[name], f"{text.word(name)} has the parameters that it was "
                      f"declared with in line {line(earlier, text)}, and converts them")
        return True


def result(match):
    """What a function of a type in a compiler's message returns."""
    return (match[2] or match[1]).partition("(")[0].strip()


def text_ends(text, place):
    """Whether a declaration ends at @place; attributes and the like do not."""
    return text.word(place) in (";", "}", "{")

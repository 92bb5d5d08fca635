# SPDX-License-Identifier: GPL-2.0-only
"""Rewrites of what the compiler itself refuses, and only there: so C that is valid is
never rewritten. Each is compiled again; where that fails, the text stays as it was.

This list is complete: a cast that is changed, a function that is static only where it is
defined, an array without a size in a union, and parameters that differ (see
prototypes.py). More of them would need a proof as each of these has one.
"""

import re

from .prototypes import CONFLICT, OLD_STYLE, Prototypes

CHANGED = re.compile(r"lvalue required as (?:left operand of assignment|"
                     r"(?:in|de)crement operand)|assignment to cast is illegal|"
                     r"expression is not assignable")
STATIC = re.compile(r"(?:static declaration of|redeclaring non-static) '(\w+)'")
FLEXIBLE = re.compile(r"flexible array member (?:in union|in a struct with no named members|"
                      r"'\w+' (?:in a union is not allowed|not allowed in otherwise empty))")
REGISTER = re.compile(r"address of register variable")
NEGATIVE = re.compile(r"size of (?:unnamed )?array|array with a negative size|array size is negative")
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="}
# Tokens after which the left side of an assignment begins
LEFT = ASSIGNMENTS | {";", "{", "}", ",", "?", ":", "(", "[", "return", "else", "do", "case"}
HEADS = {"if", "while", "for", "switch"}
PREFIX = {"*", "&", "-", "+", "~", "!", "++", "--", "sizeof"}
ROUNDS = 12


class Cast:
    """(@first type) first operand @end: a cast that is changed."""

    def __init__(self, text, first, end):
        self.text, self.first, self.end = text, first, end
        self.operand = text.after(first)
        self.same_size = True
        self.saved = [(t, t.before, t.new, t.after) for t in text.code[first:end]]

    def inner(self):
        """The cast that its operand is, if any."""
        first, end = strip(self.text, self.operand, self.end)
        return Cast(self.text, first, end) if is_cast(self.text, first, end) else None

    def apply(self):
        """*(type *)&operand, if the type is not larger than the operand, and is a type."""
        text, code = self.text, self.text.code
        kind = text.words(self.first + 1, self.operand - 1)
        operand = text.words(self.operand, self.end)
        size = "==" if self.same_size else "<="
        inner = self.inner()
        code[self.first].before += "(*(__typeof__"
        code[self.operand - 1].after += (
            f" *)((void)sizeof(char[__builtin_types_compatible_p({kind}, {kind}) && "
            f"sizeof({kind}) {size} sizeof({operand}) ? 1 : -1]), &(")
        if inner:
            inner.apply()
        code[self.end - 1].after += ")))"

    def undo(self):
        for token, before, new, after in self.saved:
            token.before, token.new, token.after = before, new, after

    def __contains__(self, place):
        return place is not None and self.first <= place < self.end


def strip(text, first, end):
    """Without the parentheses around all of it."""
    while text.word(first) == "(" and text.after(first) == end:
        first, end = first + 1, end - 1
    return first, end


def is_cast(text, first, end):
    """Whether it has the form of a cast. The compiler says whether it is one."""
    if text.word(first) != "(":
        return False
    operand = text.after(first)
    return operand < end and operand > first + 2 and \
        (text.kind(operand) == "word" or text.word(operand) in ("(", "*"))


def left_of(text, place):
    """Where the expression begins that the operator at @place assigns to."""
    at = place - 1
    while at >= 0 and text.word(at) not in LEFT:
        if text.word(at) in (")", "]"):
            at = text.opening(at)
            if text.word(at - 1) in HEADS:
                return text.after(at)
        at -= 1
    return at + 1


def postfix_end(text, place):
    """The place behind the cast expression at @place."""
    while text.word(place) in PREFIX:
        place += 1
    if text.word(place) == "(":
        end = text.after(place)
        # Cast, or expression in parentheses
        if text.kind(end) in ("word", "number") or text.word(end) == "(":
            return postfix_end(text, end)
        place = end
    else:
        place += 1
    while text.word(place) in ("[", "(", ".", "->"):
        place = place + 2 if text.word(place) in (".", "->") else text.after(place)
    return place + 1 if text.word(place) in ("++", "--") else place


def changed_cast(text, place):
    """The cast that the operator at @place changes, or that is at @place; or None."""
    word = text.word(place)
    if word in ASSIGNMENTS:
        first, end = left_of(text, place), place
    elif word in ("++", "--") and text.kind(place + 1) != "word" and \
            text.word(place + 1) != "(":
        if text.word(place - 1) != ")":
            return None
        first, end = text.opening(place - 1), place
        # Call, not an expression in parentheses
        if text.kind(first - 1) == "word" and text.word(first - 1) not in ("return", "else"):
            return None
    elif word in ("++", "--"):
        first, end = place + 1, postfix_end(text, place + 1)
    elif word == "(":
        first, end = place, postfix_end(text, text.after(place))
    else:
        return None
    first, end = strip(text, first, end)
    # Forms that C parses as ++(type)(operand++).
    return Cast(text, first, end) if is_cast(text, first, end) else None


class Refused:
    """What a compiler says of a text, and what is made of it."""

    def __init__(self, text, compiler, log):
        self.text, self.compiler, self.log = text, compiler, log
        self.casts, self.tried = [], set()
        self.prototypes = Prototypes(text, log)

    def mend(self):
        """Whether anything was rewritten."""
        messages, any_change = self.compiler.diagnose(self.text), False
        for _ in range(ROUNDS):
            changed = self.check(messages)
            for place, message, notes in messages:
                if place is not None and (place, message) not in self.tried:
                    changed |= self.try_at(place, message, notes)
            if not changed:
                break
            any_change = True
            messages = self.compiler.diagnose(self.text)
        self.report()
        return any_change

    def check(self, messages):
        """Looks at the rewrites of the last round; whether one was changed."""
        changed, seen = False, []
        for place, message, _ in messages:
            cast = next((c for c in self.casts if place in c), None)
            if cast in seen:
                continue
            seen += [cast] if cast else []
            if cast and REGISTER.search(message):
                changed |= self.drop_register()
            elif cast and cast.same_size and NEGATIVE.search(message):
                cast.undo()
                cast.same_size = False
                cast.apply()
                changed = True
            elif cast:
                cast.undo()
                self.casts.remove(cast)
                self.log.note(self.text.code[cast.first],
                              "cast on the left of an assignment is not rewritten: " +
                              ("it is larger than its operand"
                               if NEGATIVE.search(message) else message))
                changed = True
        return changed

    def try_at(self, place, message, notes):
        self.tried.add((place, message))
        if CHANGED.search(message):
            cast = changed_cast(self.text, place)
            if not cast or any(c.first < cast.end and cast.first < c.end for c in self.casts):
                return False
            cast.apply()
            self.casts.append(cast)
            return True
        if FLEXIBLE.search(message):
            return self.give_size(place)
        match = CONFLICT.search(message)
        if match:
            return self.prototypes.agree(place, match.group(1), message, notes)
        if OLD_STYLE.search(message):
            return self.prototypes.old_style(place)
        match = STATIC.search(message)
        return bool(match and self.declare_static(place, match.group(1), notes))

    def report(self):
        for cast in self.casts:
            token = self.text.code[cast.first]
            words = self.text.shown(cast.first, cast.end)
            if cast.same_size:
                self.log.note(token, f"cast that is assigned to: {words}")
            else:
                self.log.warn(token, f"cast that is assigned to is smaller than its operand, "
                              f"whose other bytes stay: {words}")

    def drop_register(self):
        """A variable whose address is taken is in no register."""
        depth, changed = 0, False
        for place, token in enumerate(self.text.code):
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if token.text == "register" and token.new is None:
                bare = not depth or self.text.word(place - 1) in ("(", ",")
                token.new = "" if bare else "auto"
                self.log.count(token, "register left out")
                changed = True
        return changed

    def give_size(self, place):
        if self.text.word(place + 1) != "[" or self.text.word(place + 2) != "]":
            return False
        self.text.code[place + 1].after = "0"
        self.log.note(self.text.code[place], "array without a size has 0 elements")
        return True

    def start(self, place):
        """The place where the declaration at file scope begins that @place is in, and
        whether @place is at file scope itself."""
        depth, starts = 0, 0
        for at in range(place):
            word = self.text.word(at)
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(word, 0)
            if not depth and word in (";", "}"):
                starts = at + 1
        return starts, not depth

    def declare_static(self, place, name, notes):
        """Declares it so before its first declaration, which then is of the same."""
        earlier, message = next(((p, m) for p, m in notes if p is not None and
                                 m.startswith("previous")), (None, ""))
        if earlier is None or self.text.word(earlier) != name:
            return False
        first, outside = self.start(earlier)
        if "implicit" in message:
            copied = f"static int {name}();"
        elif outside:
            end = earlier
            while self.text.word(end) not in (";", "", ","):
                end = self.text.behind(end)
            words = [self.text.word(p) for p in range(first, end)]
            if self.text.word(end) != ";" or "," in self.outer(first, earlier) or \
                    "=" in words or "{" in words:
                return False
            copied = "static " + " ".join(self.text.code[p].bare() for p in range(first, end)
                                          if self.text.word(p) != "extern") + ";"
        else:
            return False
        token = self.text.code[first]
        token.before = copied.replace("\n", " ") + " " + token.before
        self.log.note(self.text.code[earlier],
                      f"{name} is static, as it is in line {self.text.code[place].line}")
        return True

    def outer(self, first, end):
        """The words that are in no brackets."""
        out = []
        while first < end:
            out.append(self.text.word(first))
            first = self.text.behind(first)
        return out

# SPDX-License-Identifier: GPL-2.0-only
"""Rewrites that need no compiler: each is of a text that has another meaning on Windows
by definition (sizes), has none in C (two tokens that never follow each other), or has
the same one afterwards."""

import bisect
import re

from .text import CLOSE

NAME_LITERALS = {"__FUNCTION__": "", "__FUNCDNAME__": "", "__FUNCSIG__": "",
                 "__FUNCTIONW__": "L", "L__FUNCTION__": "L"}
SPECIFIERS = {"long", "int", "unsigned", "signed", "double", "const", "volatile",
              "short", "char", "__signed__", "__const", "__volatile__", "static",
              "extern", "register", "typedef", "inline"}
INTEGER = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)([uUlL]*|u?i(?:8|16|32|64))$", re.I)
# Words before a parenthesis that begins an expression, and before one that a statement
# follows
KEYWORDS = {"return", "else", "do", "case", "sizeof", "goto", "if", "while", "for", "switch"}
HEADS = {"if", "while", "for", "switch"}
DECLSPEC = "vpmem_declspec_"
ESCAPE = re.compile(r"\\.|.", re.S)
LAST_ARRAY = re.compile(r"([A-Za-z_]\w*)\s*\[\s*[01]?\s*\]\s*;\s*\}")
PACK_POP = re.compile(r"#pragma\s+pack\s*\(\s*pop\s*((?:,\s*[A-Za-z_]\w*\s*)?),\s*(\d+)\s*\)")
# Pragmas that a compiler of Linux knows by these names.
PRAGMAS = re.compile(r"#pragma\s+(?:pack|GCC|clang|STDC|message|weak|redefine_extname)\b")


def narrow_long(text, log):
    """A long has 32 bits. @text keeps long long and long double."""
    place = 0
    while place < len(text.code):
        run = []
        while text.word(place) in SPECIFIERS:
            run.append(text.code[place])
            place += 1
        place += 1
        longs = [token for token in run if token.text == "long"]
        words = {token.text for token in run}
        if len(longs) == 1 and "double" not in words:
            longs[0].new = "" if "int" in words else "int"
            log.count(longs[0], "a long has 32 bits")


def narrow_number(number):
    """A constant as Windows has it: L adds nothing to an int, and a decimal one that is
    too large for an int, but not for 32 bits, has no sign."""
    match = INTEGER.match(number)
    if not match or "i" in match.group(2).lower():
        return number
    digits, suffix = match.group(1), match.group(2).lower()
    unsigned = "u" in suffix
    if suffix.count("l") == 2:
        return number
    if digits[0] != "0" and 1 << 31 <= int(digits) < 1 << 32:
        unsigned = True
    elif not suffix:
        return number
    return digits + ("u" if unsigned else "")


def widen_number(number):
    """10i64 is 10ll."""
    match = INTEGER.match(number)
    if not match or "i" not in match.group(2).lower():
        return number
    digits, suffix = match.group(1), match.group(2).lower()
    return digits + ("u" if "u" in suffix else "") + ("ll" if suffix.endswith("i64") else "")


def change_numbers(text, log, change, what):
    for token in text.code:
        if token.kind == "number":
            number = change(token.text)
            if number != token.text:
                log.count(token, what)
                token.new = number


def is_utf8(literal):
    try:
        literal.encode("latin-1").decode()
    except UnicodeDecodeError:
        return False
    return True


def escaped(character, wide):
    """A character of a literal: itself, or an escape of it."""
    if character.isascii():
        return character
    # Drop the backslash before a byte outside of the characters of Windows.
    character = character[-1]
    meant = character.encode("latin-1").decode("cp1252", "ignore") if wide else ""
    return meant.encode().decode("latin-1") or f"\\{ord(character):o}"


def plain_literals(text, log):
    """Compilers want UTF-8, or escapes. A character of the text is a byte."""
    for token in text.code:
        if token.kind != "string" or token.text.isascii() or is_utf8(token.text):
            continue
        wide = token.text[0] == "L"
        token.new = "".join(escaped(c, wide) for c in ESCAPE.findall(token.text))
        log.count(token, "literal not in UTF-8 has the bytes of the file, or if it is "
                  "wide the characters of code page 1252")


def drop_impossible(text, log):
    """A comma before ), left by __VA_ARGS__ that were empty; and Control-Z."""
    for place, token in enumerate(text.code):
        if token.text == "\x1a":
            token.new = ""
        elif token.text == "," and text.word(place + 1) == ")":
            log.note(token, "comma before ) left out")
            token.new = ""


def enum_braces(text):
    """The place of the brace of each enum."""
    for place in range(len(text.code)):
        if text.word(place) != "enum":
            continue
        brace = place + 1
        while text.word(brace) in ("__attribute__", "__attribute", "__declspec"):
            brace = text.after(brace + 1)
        if text.kind(brace) == "word":
            brace += 1
        if text.word(brace) == "{":
            yield brace


def enumerators(text, brace):
    """Places (first, end) of what is between the commas in the braces at @brace."""
    end = text.after(brace) - 1
    first = at = brace + 1
    while at < end:
        if text.word(at) == ",":
            yield first, at
            first = at + 1
        at = text.behind(at)
    if first < end:
        yield first, end


def sign_enums(text, log):
    """An enum is an int, and so is each constant: one more, of -1, gives it a sign."""
    for number, brace in enumerate(enum_braces(text)):
        last = None
        for first, end in enumerators(text, brace):
            last = end - 1
            if text.word(first + 1) == "=" and last > first + 1:
                text.code[first + 2].before = "(int)(" + text.code[first + 2].before
                text.code[last].after += ")"
        if last is not None:
            text.code[last].after += f", vpmem_enum_{number} = -1"
            log.count(text.code[brace], "an enum is an int")


def is_literal(text, place):
    word = text.word(place)
    return word.endswith('"') or word in NAME_LITERALS


def wants_literal(text, place):
    """Whether a literal has to be at @place: what C has there is an error."""
    if text.word(place) != "__FUNCTION__":
        return True
    if is_literal(text, place - 1) or is_literal(text, place + 1):
        return True
    before = place - 2 if text.word(place - 1) == "{" else place - 1
    return text.word(before) == "=" and text.word(before - 1) == "]"


def name_functions(text, log):
    """__FUNCTION__ is a literal, where it stands beside one or is assigned to an array."""
    bodies = None
    for place, token in enumerate(text.code):
        if token.text not in NAME_LITERALS or not wants_literal(text, place):
            continue
        if bodies is None:
            bodies = list(text.functions())
            starts = [start for _, start, _ in bodies]
        index = bisect.bisect_right(starts, place) - 1
        if index >= 0 and place < bodies[index][2]:
            name = text.word(bodies[index][0])
            log.count(token, f"{token.text} is a literal")
            token.new = f'{NAME_LITERALS[token.text]}"{name}"'


def align_structures(text, log):
    """__declspec(align(n)) in front of a structure's definition is the structure's. The
    headers spell it __attribute, without an end, so that it is known from gcc's own."""
    for place, token in enumerate(text.code):
        if token.text != "__attribute" or text.word(place + 3) != "__aligned__":
            continue
        end = at = text.after(place + 1)
        while text.kind(at) == "word" and text.word(at) not in ("struct", "union"):
            if text.word(at) in ("__attribute__", "__attribute"):
                at = text.after(at + 1)
            else:
                at += 1
        body = at + 2 if text.kind(at + 1) == "word" else at + 1
        if text.word(at) not in ("struct", "union") or text.word(body) != "{":
            continue
        text.code[at].after = " " + text.words(place, end) + text.code[at].after
        for piece in text.code[place:end]:
            piece.new = ""
        log.note(token, f"align is that of the {text.word(at)}")


def declspecs(text, log):
    """What the headers have not made an attribute of."""
    for token in text.code:
        if not token.text.startswith(DECLSPEC):
            continue
        word = token.text.removeprefix(DECLSPEC)
        if word == "deprecated":
            token.new = ""
        else:
            log.warn(token, f"__declspec({word}) is not supported: leave it out, or give what "
                     f"it is here by -D'{token.text}=...' in VPMEM_CFLAGS")


def pragmas(text):
    """#pragma pack(pop, 1), which gcc refuses; and pragmas that nothing here knows go,
    since __pragma() puts them into the midst of an expression."""
    for piece in text.pieces:
        if piece.kind != "directive" or not piece.driver or \
                not piece.text.startswith("#pragma"):
            continue
        match = PACK_POP.match(piece.text)
        if match:
            piece.new = f"#pragma pack(pop{match.group(1)})\n" \
                f"#pragma pack({match.group(2)})\n# {piece.line + 1} \"{piece.file}\"\n"
        elif not PRAGMAS.match(piece.text):
            piece.new = "\n"


def primary(text, place):
    """The place where the postfix expression begins that the name at @place, behind a
    dot or an arrow, is a member of; None if that is not certain."""
    while text.word(place - 1) in (".", "->"):
        place -= 2
        while text.word(place) == "]":
            place = text.opening(place) - 1
        if text.word(place) == ")":
            place = group(text, text.opening(place))
            if place is None:
                return None
        elif text.kind(place) != "word":
            return None
    return place


def group(text, place):
    """The same for what is in the parentheses at @place, or a call with them."""
    before = text.word(place - 1)
    if text.kind(place - 1) == "word" and before not in KEYWORDS:
        return place - 1
    if before == ")" and text.word(text.opening(place - 1) - 1) not in HEADS:
        return None
    return None if before == "]" else place


def is_constant(text, first, end):
    """Whether it has to be one: the offset of a member, by a null pointer or as such."""
    words = [text.word(place) for place in range(first, end)]
    if any(a == "0" and b == ")" for a, b in zip(words, words[1:])):
        return True
    while first > 0 and text.word(first - 1) not in (";", "{", "}"):
        first -= 1
        if text.word(first) in CLOSE:
            first = text.opening(first)
        elif text.word(first) == "(":
            return text.word(first - 1) == "__builtin_offsetof"
    return False


def free_arrays(text, names, log):
    """p->Table[i], where Table[1] ends a structure, is *(&p->Table[0] + (i)): the same to
    the letter of C, but gcc no longer believes that it is the first element."""
    for place, token in enumerate(text.code):
        if token.text not in names or text.word(place - 1) not in (".", "->") or \
                text.word(place + 1) != "[":
            continue
        first, end = primary(text, place), text.after(place + 1) - 1
        if end == place + 3 and text.kind(place + 2) == "number":
            continue
        if first is None or is_constant(text, first, place):
            continue
        text.code[first].before = "(*(&" + text.code[first].before
        text.code[place + 1].after = "0] + (" + text.code[place + 1].after
        text.code[end].new = ")))"
        log.count(token, f"{token.text}[] has more elements than it is declared with")


def last_arrays(source):
    """The names of arrays of at most one element that end a structure."""
    return set(LAST_ARRAY.findall(source))


def rewrite(text, names, log, narrow, gnu_enums):
    """All of these. @names are those of arrays that go on."""
    pragmas(text)
    drop_impossible(text, log)
    free_arrays(text, names, log)
    if narrow:
        narrow_long(text, log)
        change_numbers(text, log, narrow_number, "a constant has the size it has on Windows")
    change_numbers(text, log, widen_number, "i64 is ll")
    plain_literals(text, log)
    align_structures(text, log)
    declspecs(text, log)
    if not gnu_enums:
        sign_enums(text, log)
    name_functions(text, log)

# SPDX-License-Identifier: GPL-2.0-only
"""Exceptions: Linux catches none, so each place that reckons with one is named."""

import re

# Words that are no C keywords, and name something else in most sources
WORDS = {"try": "{", "except": "(", "finally": "{", "leave": ";"}
RAW = re.compile(r"\btry\s*\{")


def flags(source, text):
    """The macros that a source needs that says try for __try. @source is a first look."""
    if not RAW.search(source):
        return []
    pairs = {(token.text, text.word(place + 1)) for place, token in enumerate(text.code)
             if token.text in WORDS}
    used = [word for word, next_word in WORDS.items() if (word, next_word) in pairs]
    return [f"-D{word}=__{word}" for word in used] if "try" in used else []


def leaves(text, first, end):
    """Places from which the block between @first and @end is left, but not by __leave."""
    inner = []
    for place in range(first, end):
        word = text.word(place)
        if word in ("for", "while", "do", "switch"):
            at = place + 1 if word == "do" else text.after(place + 1)
            stop = text.after(at) if text.word(at) == "{" else statement_end(text, at)
            inner.append((place, stop, word))
        if word == "return" or word == "goto" and text.word(place + 1) != "vpmem_leave":
            yield place
        elif word in ("break", "continue") and not any(
                a <= place < b and (word == "break" or kind != "switch")
                for a, b, kind in inner):
            yield place


def statement_end(text, place):
    while text.word(place) not in (";", ""):
        place = text.behind(place)
    return place + 1


def name_places(text, log):
    """By what guarded.h makes of the words: a label that is declared and defined."""
    begun = []
    for place, token in enumerate(text.code):
        if token.text != "vpmem_leave":
            continue
        if text.word(place - 1) == "__label__":
            begun.append(place)
        elif text.word(place + 1) == ":" and begun:
            begin = begun.pop()
            name_block(text, log, begin, place)


def name_block(text, log, begin, end):
    token = text.code[end]
    behind = end
    while text.word(behind) not in ("}", ""):
        behind = text.behind(behind)
    if text.word(behind + 1) == "else":
        log.warn(token, "__except: no exception is caught: its block never runs, and a fault "
                 f"in the block of line {text.code[begin].line} is an oops")
        return
    log.warn(token, "__finally: its block runs at the end of the one of line "
             f"{text.code[begin].line}, or after __leave, but not after an exception")
    for place in leaves(text, begin + 1, end):
        log.warn(text.code[place], f"{text.word(place)} leaves the block of __try, so the "
                 f"block of __finally in line {token.line} does not run")

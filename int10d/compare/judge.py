# SPDX-License-Identifier: GPL-2.0-only
"""Compare what a case did in the helper's machine with what it did on QEMU's processor."""

import copy
import re

from case import BLOCK, BLOCK_SIZE, FLAGS, NO_VECTOR, OUT, REGISTERS, SEGMENTS
from exchange import Failure, Result

# enum vpmem_int10_status
STATUSES = ("done", "no BIOS", "no ports", "too long", "bad code")
DONE, TOO_LONG = 0, 3


def exception_in(result):
    """Number of the exception that has ended the call; None if it was something else."""
    match = re.search(r"exception (\d+)", result.message)
    return int(match[1]) if match else None


def is_refused(result):
    """Whether the machine says that it cannot run the instruction: a fault, but not silent."""
    return result.status not in (None, DONE, TOO_LONG) and exception_in(result) is None


class Judge:
    """Judge of the cases that start from the same memory."""

    def __init__(self, pristine):
        self.pristine = pristine

    def word(self, changed, at):
        if at in changed:
            return changed[at]
        return int.from_bytes(bytes(self.pristine.get(at + i, 0) for i in range(4)), "little")

    @staticmethod
    def address_of(name):
        """Where the runner stores a register."""
        return BLOCK + OUT[name]

    def out(self, changed, name):
        return self.word(changed, self.address_of(name))

    def differences(self, case, expected, result):
        """Pairs of what differs and the values."""
        if result.status is None:
            return [("died", result.message)]
        if result.status != DONE:
            return list(self.stopped(result, self.out(expected, "vector") & 0xFF))
        return [*self.registers(case, expected, result.changed),
                *self.flags(case, expected, result.changed),
                *self.memory(case, expected, result.changed)]

    @staticmethod
    def stopped(result, vector):
        if is_refused(result) or exception_in(result) == vector:
            return
        status = STATUSES[result.status] if result.status < len(STATUSES) else result.status
        yield "stopped", f"{status}: {result.message}" + \
            (f", expected exception {vector}" if vector != NO_VECTOR else "")

    def registers(self, case, expected, found):
        for name in (*REGISTERS, *(s for s in SEGMENTS if s != "cs"), "vector", "mark"):
            mask = 0xFF if name in ("vector", "mark") else 0xFFFFFFFF
            if name in REGISTERS:
                mask &= ~case.ignored_bits.get(REGISTERS.index(name), 0)
            one, other = self.out(found, name) & mask, self.out(expected, name) & mask
            if one != other:
                what = {"mark": "jump", "vector": "exception"}.get(name, name)
                yield what, f"{one:x}, expected {other:x}"

    def flags(self, case, expected, found):
        one, other = self.out(found, "flags"), self.out(expected, "flags")
        for name, mask in FLAGS.items():
            if (one ^ other) & mask & ~case.undefined:
                low = mask & -mask
                yield name, f"{(one & mask) // low}, expected {(other & mask) // low}"

    def memory(self, case, expected, found):
        ignored = self.ignored(case, expected)
        for at in sorted({*expected, *found}):
            if BLOCK <= at < BLOCK + BLOCK_SIZE:
                continue
            one, other = self.word(found, at), self.word(expected, at)
            mask = sum(ignored.get(at + i, 0) << 8 * i for i in range(4))
            if (one ^ other) & ~mask:
                yield "memory", f"{at:x}: {one:08x}, expected {other:08x}"

    def ignored(self, case, expected):
        """Masks of bits that are not compared, by address."""
        ignored = dict.fromkeys(case.ignored_bytes, 0xFF)
        if self.out(expected, "vector") & 0xFF != NO_VECTOR:
            # The flags that the exception has pushed.
            pushed = (self.out(expected, "ss") & 0xFFFF) * 16
            pushed += (self.out(expected, "esp") + 4) & 0xFFFF
            ignored[pushed] = case.undefined & 0xFF
            ignored[pushed + 1] = case.undefined >> 8 & 0xFF
        return ignored

    # Check of the comparison itself

    def corrupt(self, changed, at, bit):
        changed[at] = self.word(changed, at) ^ bit

    def check(self, case, answer):
        """Corrupt one thing of a right result after the other: each must be found, alone."""
        data = max(address & ~3 for address in self.pristine)
        places = [("jump", BLOCK + OUT["mark"], 1), ("exception", BLOCK + OUT["vector"], 1),
                  ("memory", data, 0x80000000), ("memory", 0x600, 1)]
        places += [(name, BLOCK + OUT[name], 0x8000) for name in (*REGISTERS, "ds", "gs")]
        places += [(name, BLOCK + OUT["flags"], mask & -mask) for name, mask in FLAGS.items()]
        self.expect(case, answer, Result(DONE, "", answer), [])
        self.expect(case, answer, Result(TOO_LONG, "too many instructions"), ["stopped"])
        self.expect(case, answer, Result(None, "killed"), ["died"])
        for what, at, bit in places:
            result = Result(DONE, "", copy.copy(answer))
            self.corrupt(result.changed, at, bit)
            hidden = bit & case.undefined and at == BLOCK + OUT["flags"] or \
                what in REGISTERS and bit & case.ignored_bits.get(REGISTERS.index(what), 0)
            self.expect(case, answer, result, [] if hidden else [what])

    def expect(self, case, answer, result, expected):
        found = [what for what, _ in self.differences(case, answer, result)]
        if found != expected:
            raise Failure(f"the comparison finds {found} instead of {expected}, "
                          f"case {case.number}")

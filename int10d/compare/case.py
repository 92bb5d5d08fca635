# SPDX-License-Identifier: GPL-2.0-only
"""A case: a real-mode program, and the registers and memory that it starts from. It reads
and writes only the region."""

import random

# Layout of the region, linear. Code and data have pages of their own, since processors that
# translate code lose their translations when its page is written.
REGION, REGION_SIZE = 0x30000, 0x8000
RUNNER, BLOCK, CODE, DATA = REGION, REGION + 0x1000, REGION + 0x2000, REGION + 0x4000
DATA_END = REGION + REGION_SIZE
EXIT, STUBS, STUB_SIZE = 0x100, 0x200, 10
# Where operands and stacks are, so that what lies beside them is in the region, too.
MIDDLE, MIDDLE_END = DATA + 0x1000, DATA_END - 0x1000

REGISTERS = ("eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi")
SEGMENTS = ("es", "cs", "ss", "ds", "fs", "gs")
EAX, ECX, EDX, EBX, ESP, EBP, ESI, EDI = range(8)
BYTE_NAMES = ("al", "cl", "dl", "bl", "ah", "ch", "dh", "bh")
PREFIXES = {"es": 0x26, "cs": 0x2E, "ss": 0x36, "ds": 0x3E, "fs": 0x64, "gs": 0x65}
CONDITIONS = ("o", "no", "b", "ae", "e", "ne", "be", "a", "s", "ns", "p", "np", "l", "ge", "le",
              "g")

# Words of the block, by their offsets in it.
IN = {"flags": 0, "entry": 4, "ss": 8, "ds": 12, "es": 16, "fs": 20, "gs": 24,
      **{name: 28 + 4 * i for i, name in enumerate(REGISTERS)}}
OUT = {"flags": 0x80, "vector": 0x84, "mark": 0x88, "ss": 0x90, "ds": 0x94, "es": 0x98,
       "fs": 0x9C, "gs": 0xA0, **{name: 0xA4 + 4 * i for i, name in enumerate(REGISTERS)}}
OLD = {"esp": 0xE0, "ss": 0xE4}
BLOCK_SIZE = 0x100
NO_VECTOR = 0xFF

CF, PF, AF, ZF, SF, TF, IF, DF, OF = 1, 4, 0x10, 0x40, 0x80, 0x100, 0x200, 0x400, 0x800
NT, AC, ID = 0x4000, 0x40000, 0x200000
ARITHMETIC = CF | PF | AF | ZF | SF | OF
FLAGS = {"CF": CF, "PF": PF, "AF": AF, "ZF": ZF, "SF": SF, "TF": TF, "IF": IF, "DF": DF,
         "OF": OF, "IOPL": 0x3000, "NT": NT, "RF": 0x10000, "VM": 0x20000, "AC": AC,
         "VIF": 0x80000, "VIP": 0x100000, "ID": ID}

FORMS16 = ((EBX, ESI), (EBX, EDI), (EBP, ESI), (EBP, EDI), (ESI,), (EDI,), (EBP,), (EBX,))
EDGES = (0, 1, 2, 3, 0x7F, 0x80, 0x81, 0xFF, 0x100, 0x7FFF, 0x8000, 0x8001, 0xFFFF, 0x10000,
         0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFE, 0xFFFFFFFF, 0x80008000)


def signed(value, bits):
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> bits - 1 else value


def little(value, size):
    return (value & (1 << 8 * size) - 1).to_bytes(size, "little")


def symbols():
    """Addresses for the sources in assembler."""
    yield from (("EXIT", EXIT), ("STUBS", STUBS), ("STUB_SIZE", STUB_SIZE), ("REGION", REGION),
                ("REGION_SIZE", REGION_SIZE))
    for prefix, block in ("IN", IN), ("OUT", OUT), ("OLD", OLD):
        for name, offset in block.items():
            yield f"{prefix}_{name.upper()}", BLOCK - RUNNER + offset


def setup(seed, runner):
    """Bytes of memory by address that all cases start from: vectors, region."""
    memory = bytearray(random.Random(f"{seed}/region").randbytes(REGION_SIZE))
    memory[:len(runner)] = runner
    memory[len(runner):CODE - REGION] = bytes(CODE - REGION - len(runner))
    memory[BLOCK - REGION + OUT["vector"]] = NO_VECTOR
    # A jump to the wrong place ends at INT3.
    memory[CODE - REGION:DATA - REGION] = b"\xcc" * (DATA - CODE)
    vectors = b"".join(little(STUBS + STUB_SIZE * number, 2) + little(RUNNER >> 4, 2)
                       for number in range(256))
    vectors = vectors[:0x40] + little(0, 2) + little(RUNNER >> 4, 2) + vectors[0x44:]
    return {**dict(enumerate(vectors)), **dict(enumerate(memory, REGION))}


class Operand:
    """Place of an operand: a register, or memory at a linear address."""

    def __init__(self, text, modrm, register=None, linear=None, override=None, wide=False):
        self.text, self.modrm, self.register, self.linear = text, modrm, register, linear
        self.override, self.wide = override, wide

    def kind(self, size):
        return f"{'r' if self.linear is None else 'm'}{size * 8}"

    def encoded(self, reg):
        return bytes([self.modrm[0] | reg << 3]) + self.modrm[1:]


class Case:
    """A program, and the registers and bytes of memory that it starts from."""

    def __init__(self, seed, number):
        self.rng = rng = random.Random(f"{seed}/{number}")
        self.number = number
        self.regs = [self.value(4) for _ in REGISTERS]
        # Registers whose values matter to the case.
        self.pinned = {ESP}
        self.base = {name: rng.randrange(0x28010, REGION + 1, 16) for name in SEGMENTS}
        self.flags = rng.getrandbits(12) & (ARITHMETIC | IF) | 2
        self.memory = {}
        self.code = bytearray()
        self.program = b""  # the code without its end
        self.code_at = rng.randrange(CODE, CODE + 0xE00)
        self.texts, self.form, self.family = [], "", ""
        # Flags that the program leaves undefined, reads, and reads although undefined.
        self.undefined = self.read = self.reads_undefined = 0
        self.ignored_bits = {}  # by register
        self.ignored_bytes = set()
        self.stack_at = rng.randrange(MIDDLE, MIDDLE_END, rng.choice((1, 2, 4, 4)))
        sp = self.stack_at - self.base["ss"]
        self.regs[ESP] = sp | rng.choice((0, 0, rng.getrandbits(16))) << 16
        self.simple = False  # memory operands without registers
        self.kept = set()  # registers that no instruction may use

    # Values

    def value(self, size):
        rng = self.rng
        value = rng.choice((rng.choice(EDGES), rng.getrandbits(32), rng.getrandbits(32),
                            1 << rng.randrange(32), rng.getrandbits(rng.randrange(1, 33))))
        return value & (1 << 8 * size) - 1

    def pin(self, register, value, mask=0xFFFFFFFF):
        self.regs[register] = self.regs[register] & ~mask | value & mask
        self.pinned.add(register)

    def free(self, *registers):
        """One of the registers whose value does not matter yet."""
        return self.rng.choice([r for r in registers or range(8) if r not in self.pinned])

    def poke(self, linear, value, size):
        self.memory.update(enumerate(little(value, size), linear))

    def poke_far(self, linear, offset, segment, size):
        self.poke(linear, offset, size)
        self.poke(linear + size, segment >> 4, 2)

    def linear(self, low=MIDDLE, high=MIDDLE_END):
        return self.rng.randrange(low, high, self.rng.choice((1, 1, 2, 4)))

    def chance(self, of_ten):
        return self.rng.randrange(10) < of_ten

    @property
    def ip(self):
        return self.code_at + len(self.code) - self.base["cs"]

    # Operands

    def segment_for(self, default, any_override=True):
        override = self.rng.choice(SEGMENTS) if any_override and self.chance(4) else None
        return override or default, override

    def memory_operand(self, size, linear=None, value=None):
        """Memory, through any form of address."""
        linear = linear or self.linear()
        wide = self.chance(4)
        operand = self.direct(linear, wide) if self.simple else \
            (self.address32 if wide else self.address16)(linear)
        if value is None:
            value = self.value(min(size, 4))
        if self.chance(7):
            self.poke(operand.linear, value, size)
        return operand

    def direct(self, linear, wide):
        segment, override = self.segment_for("ds")
        offset = linear - self.base[segment]
        modrm = bytes([5]) + little(offset, 4) if wide else bytes([6]) + little(offset, 2)
        return Operand(self.address_text(override, "", offset), modrm, None, linear, override,
                       wide)

    @staticmethod
    def address_text(override, registers, disp):
        disp = f"{'+' if registers else ''}{disp:#x}" if disp or not registers else ""
        return f"{override + ':' if override else ''}[{registers}{disp}]"

    def address16(self, linear):
        rng = self.rng
        rm, mod = rng.randrange(8), rng.randrange(3)
        if mod == 0 and rm == 6:
            return self.direct(linear, False)
        registers = FORMS16[rm]
        segment, override = self.segment_for("ss" if EBP in registers else "ds")
        offset = linear - self.base[segment]
        loose = [r for r in registers if r not in self.pinned]
        if not loose:
            mod = 2
        disp = rng.choice((0, rng.randrange(-128, 128))) if mod == 1 else 0
        missing = offset - disp - sum(self.regs[r] for r in registers)
        if mod == 2:
            disp = missing & 0xFFFF
        else:
            register = rng.choice(loose)
            self.pin(register, self.regs[register] + missing, 0xFFFF)
        self.pinned.update(registers)
        text = "+".join(REGISTERS[r][1:] for r in registers)
        return Operand(self.address_text(override, text, disp),
                       bytes([mod << 6 | rm]) + little(disp, mod), None, linear, override)

    def address32(self, linear):
        rng = self.rng
        rm, mod = rng.randrange(8), rng.randrange(3)
        sib, parts = b"", [(rm, 1)]
        default = "ss" if rm == EBP else "ds"
        if rm == 4:
            scale, index, base = rng.randrange(4), rng.randrange(8), rng.randrange(8)
            if self.chance(2):
                base = ESP
            sib = bytes([scale << 6 | index << 3 | base])
            default = "ss" if base in (ESP, EBP) else "ds"
            parts = [(base, 1)]
            if mod == 0 and base == EBP:
                parts, default, mod = [], "ds", 4
            if index != ESP:
                parts.append((index, 1 << scale))
        elif mod == 0 and rm == 5:
            return self.direct(linear, True)
        stack = parts == [(ESP, 1)] and mod < 2
        segment, override = self.segment_for(default, not stack)
        loose = [r for r, scale in parts if scale == 1 and r not in self.pinned and
                 sum(1 for other, _ in parts if other == r) == 1]
        disp = rng.randrange(-128, 128) if mod == 1 else 0
        if stack:
            # Address the stack, wherever it is: the upper half of ESP must be zero.
            self.regs[ESP] &= 0xFFFF
            linear = self.stack_at + disp
        elif not loose and mod < 2:
            mod, disp = 2, 0
        offset = linear - self.base[segment]
        missing = offset - disp - sum(self.regs[r] * scale for r, scale in parts)
        if mod in (2, 4):
            disp = missing & 0xFFFFFFFF
        elif not stack:
            register = rng.choice(loose)
            self.pin(register, self.regs[register] + missing)
        self.pinned.update(r for r, _ in parts)
        text = "+".join(REGISTERS[r] + (f"*{scale}" if scale > 1 else "") for r, scale in parts)
        size = (0, 1, 4, 4, 4)[mod]
        return Operand(self.address_text(override, text, disp),
                       bytes([mod % 4 << 6 | rm]) + sib + little(disp, size), None, linear,
                       override, True)

    def register_operand(self, size, register=None):
        if register is None:
            register = self.rng.choice([r for r in range(8) if (r & 3 if size == 1 else r)
                                        not in self.kept])
        return Operand(name_of(register, size), bytes([0xC0 | register]), register)

    def operand(self, size, value=None):
        return self.register_operand(size) if self.chance(5) else \
            self.memory_operand(size, value=value)

    def any_register(self, size):
        return self.register_operand(size).register

    # Code

    def emit(self, name, opcode, operands=(), *, operand=None, reg=0, immediate=b"", size=2,
             prefixes=b"", wide=False, form=None, undefined=0, defined=0, reads=0):
        """Append an instruction. Its size is that of the operands: 4 takes a prefix. The
        flags are those that it reads, sets to a value, and leaves undefined."""
        before = list(prefixes)
        if size == 4 or size == 1 and self.chance(1):
            # It does nothing to operands of a byte.
            before.append(0x66)
        if operand and operand.override:
            before.append(PREFIXES[operand.override])
        wide = wide or bool(operand and operand.wide)
        if wide:
            before.append(0x67)
        self.rng.shuffle(before)
        code = bytes(before) + bytes(opcode)
        code += (operand.encoded(reg) if operand else b"") + immediate
        self.code += code
        lock = "lock " if 0xF0 in prefixes else ""
        self.texts.append(f"{lock}{name} {', '.join(operands)}".strip())
        if not self.form:
            self.form = (form or name) + (" a32" if wide else "") + \
                (" lock" if lock else "")
        self.read |= reads
        self.reads_undefined |= self.undefined & reads
        self.undefined = self.undefined & ~defined | undefined

    def leave(self):
        """End the program."""
        self.program = self.program or bytes(self.code)
        self.code += b"\xea" + little(EXIT, 2) + little(RUNNER >> 4, 2)

    def landing(self, base=None):
        """Another end, which leaves a mark: its linear address."""
        at = self.rng.randrange(CODE + 0x1000, DATA - 0x40)
        mark = BLOCK + OUT["mark"] - (base or self.base["cs"])
        code = b"\x2e\xc6\x06" + little(mark, 2) + b"\x01"
        code += b"\xea" + little(EXIT, 2) + little(RUNNER >> 4, 2)
        self.memory.update(enumerate(code, at))
        return at

    def writes(self, pristine):
        """The words of 32 bits to write before the case: pairs of address and value."""
        memory = {**self.memory, **dict(enumerate(self.code, self.code_at))}
        block = {"flags": self.flags, "entry": self.base["cs"] >> 4 << 16 |
                 self.code_at - self.base["cs"]}
        block.update({name: base >> 4 for name, base in self.base.items() if name != "cs"})
        block.update(zip(REGISTERS, self.regs))
        for name, value in block.items():
            memory.update(enumerate(little(value, 4), BLOCK + IN[name]))
        for word in sorted({address & ~3 for address in memory}):
            value = bytes(memory.get(word + i, pristine[word + i]) for i in range(4))
            yield word, int.from_bytes(value, "little")


def name_of(register, size):
    if size == 1:
        return BYTE_NAMES[register]
    return REGISTERS[register] if size == 4 else REGISTERS[register][1:]

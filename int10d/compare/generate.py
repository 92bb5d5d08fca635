# SPDX-License-Identifier: GPL-2.0-only
"""Real-mode programs at random, of one instruction or of a few. Every effect that Intel's
manual leaves undefined is noted in the case, so that it is not compared."""

from case import (AC, AF, ARITHMETIC, BLOCK, CF, CONDITIONS, Case, DF, EAX, EBP, EBX, ECX, EDI,
                  EDX, ESI, ESP, ID, NT, OF, OUT, PREFIXES, REGION, REGISTERS, SEGMENTS, TF, ZF,
                  little, name_of, signed)


# Families. Each function appends one instruction to the case.

def sizes(case, *choice):
    return case.rng.choice(choice or (1, 2, 4))


def alu(case):
    operation = case.rng.randrange(9)
    name = ("add", "or", "adc", "sbb", "and", "sub", "xor", "cmp", "test")[operation]
    flags = {"undefined": AF if name in ("or", "and", "xor", "test") else 0,
             "defined": ARITHMETIC, "reads": CF if name in ("adc", "sbb") else 0}
    size = sizes(case)
    word = size > 1
    way = case.rng.randrange(5)
    value = case.value(size)
    if way == 0 and EAX not in case.kept:
        opcode = (0xA8 if operation == 8 else operation * 8 + 4) + word
        case.emit(name, [opcode], (name_of(EAX, size), f"{value:#x}"), size=size,
                  immediate=little(value, size), form=f"{name} {name_of(EAX, size)},imm", **flags)
        return
    operand = case.operand(size)
    kind = operand.kind(size)
    if operation < 7 and (way < 2 or way == 2 and word):
        flags["prefixes"] = locked(case, operand)
    if way in (0, 1):
        opcode, reg = ((0xF6, 0) if operation == 8 else (0x80, operation))
        case.emit(name, [opcode + word], (operand.text, f"{value:#x}"), operand=operand, reg=reg,
                  size=size, immediate=little(value, size), form=f"{name} {kind},imm", **flags)
    elif way == 2 and word and operation < 8:
        value = case.value(1)
        case.emit(name, [0x83], (operand.text, f"{signed(value, 8):#x}"), operand=operand,
                  reg=operation, size=size, immediate=little(value, 1),
                  form=f"{name} {kind},imm8", **flags)
    else:
        register = case.any_register(size)
        reverse = 2 if way == 3 and operation < 8 else 0
        texts = operand.text, name_of(register, size)
        opcode = (0x84 if operation == 8 else operation * 8 + reverse) + word
        case.emit(name, [opcode], texts[::-1] if reverse else texts, operand=operand,
                  reg=register, size=size,
                  form=f"{name} r,{kind}" if reverse else f"{name} {kind},r", **flags)


def unary(case):
    name = case.rng.choice(("inc", "dec", "neg", "not"))
    size = sizes(case)
    defined = {"neg": ARITHMETIC, "not": 0}.get(name, ARITHMETIC & ~CF)
    if name in ("inc", "dec") and size > 1 and case.chance(4):
        register = case.any_register(size)
        case.emit(name, [(0x40 if name == "inc" else 0x48) + register],
                  (name_of(register, size),), size=size, form=f"{name} r{size * 8} short",
                  defined=defined)
        return
    operand = case.operand(size)
    opcode, reg = {"inc": (0xFE, 0), "dec": (0xFE, 1), "not": (0xF6, 2), "neg": (0xF6, 3)}[name]
    case.emit(name, [opcode + (size > 1)], (operand.text,), operand=operand, reg=reg, size=size,
              form=f"{name} {operand.kind(size)}", defined=defined,
              prefixes=locked(case, operand))


def shift_flags(name, size, count):
    """Flags that a shift or rotation by that count defines, undefines and reads."""
    reads = CF if name in ("rcl", "rcr") else 0
    count &= 31
    if not count:
        return {"reads": reads}
    undefined = OF if count != 1 else 0
    if name in ("rol", "ror", "rcl", "rcr"):
        return {"defined": CF | OF, "undefined": undefined, "reads": reads}
    undefined |= AF
    if name != "sar" and count >= size * 8:
        undefined |= CF
    return {"defined": ARITHMETIC, "undefined": undefined}


def shift_count(case):
    return case.rng.choice((0, 1, 2, 7, 8, 9, 15, 16, 17, 18, 31, 32, 33, case.rng.getrandbits(8)))


def shift(case):
    operation = case.rng.choice((0, 1, 2, 3, 4, 5, 6, 7))
    name = ("rol", "ror", "rcl", "rcr", "shl", "shr", "sal", "sar")[operation]
    size = sizes(case)
    way = case.rng.choice((0, 1, 1, 2, 2)) if not case.simple else case.rng.randrange(2)
    count = shift_count(case) if way else 1
    if way == 2:
        case.pin(ECX, count, 0xFF)
    operand = case.operand(size)
    opcode = (0xD0, 0xC0, 0xD2)[way] + (size > 1)
    count_text = ("1", f"{count:#x}", f"cl ; cl={count:#x}")[way]
    case.emit(name, [opcode], (operand.text, count_text), operand=operand, reg=operation,
              size=size, immediate=little(count, 1) if way == 1 else b"",
              form=f"{name} {operand.kind(size)},{('1', 'imm8', 'cl')[way]}",
              **shift_flags(name, size, count))


def double_shift(case):
    name, opcode = case.rng.choice((("shld", 0xA4), ("shrd", 0xAC)))
    size = sizes(case, 2, 4)
    by_cl = case.chance(5) and not case.simple
    count = shift_count(case)
    if by_cl:
        case.pin(ECX, count, 0xFF)
    operand = case.operand(size)
    register = case.any_register(size)
    masked = count & 31
    undefined = 0
    if masked:
        undefined = AF | (OF if masked > 1 else 0)
    if masked > size * 8:
        undefined = ARITHMETIC
        ignore_operand(case, operand, size)
    case.emit(name, [0x0F, opcode + by_cl],
              (operand.text, name_of(register, size),
               f"cl ; cl={count:#x}" if by_cl else f"{count:#x}"),
              operand=operand, reg=register, size=size,
              immediate=b"" if by_cl else little(count, 1), undefined=undefined,
              form=f"{name} {operand.kind(size)},r,{'cl' if by_cl else 'imm8'}")


def ignore_operand(case, operand, size):
    if operand.register is None:
        case.ignored_bytes.update(range(operand.linear, operand.linear + size))
    else:
        case.ignored_bits[operand.register] = (1 << 8 * size) - 1


def bit_test(case):
    number = case.rng.randrange(4)
    name = ("bt", "bts", "btr", "btc")[number]
    size = sizes(case, 2, 4)
    undefined = {"undefined": ARITHMETIC & ~(CF | ZF)}
    if case.chance(4) or case.simple:
        bit = case.rng.choice((0, 1, 15, 16, 17, 31, 32, 33, case.rng.getrandbits(8)))
        operand = case.operand(size)
        case.emit(name, [0x0F, 0xBA], (operand.text, f"{bit:#x}"), operand=operand,
                  reg=4 + number, size=size, immediate=little(bit, 1),
                  form=f"{name} {operand.kind(size)},imm8", **undefined)
        return
    register = case.free()
    in_memory = case.chance(7)
    bit = case.value(4)
    if in_memory:
        # Stay within the data: some kilobytes on both sides of the operand.
        bit = case.rng.choice((case.rng.randrange(size * 8), case.rng.randrange(-64, 64),
                               case.rng.randrange(-0x3F00, 0x3F00)))
        if size == 2:
            bit = bit & 0xFFFF | case.rng.getrandbits(16) << 16
    case.pin(register, bit)
    operand = case.memory_operand(size) if in_memory else case.register_operand(size)
    beyond = in_memory and not 0 <= signed(bit, size * 8) < size * 8
    case.emit(name, [0x0F, 0xA3 + 8 * number],
              (operand.text, f"{name_of(register, size)} ; bit {signed(bit, size * 8)}"),
              operand=operand, reg=register, size=size,
              form=f"{name} {operand.kind(size)},r{' beyond' if beyond else ''}", **undefined)


def bit_scan(case):
    name, opcode = case.rng.choice((("bsf", 0xBC), ("bsr", 0xBD)))
    size = sizes(case, 2, 4)
    operand = case.operand(size, value=case.rng.choice((0, 0, case.value(size))))
    if operand.register not in (None, ESP) and case.chance(3):
        case.pin(operand.register, 0)
    register = case.any_register(size)
    # The manual leaves the register undefined for a zero; processors do not change it.
    case.emit(name, [0x0F, opcode], (name_of(register, size), operand.text), operand=operand,
              reg=register, size=size, form=f"{name} r,{operand.kind(size)}",
              undefined=ARITHMETIC & ~ZF)


def multiply(case):
    way = case.rng.randrange(5) if not case.simple else 2
    undefined = {"undefined": ARITHMETIC & ~(CF | OF), "defined": CF | OF}
    if way < 2:
        name, size = ("mul", "imul")[way], sizes(case)
        operand = case.operand(size)
        case.emit(name, [0xF6 + (size > 1)], (operand.text,), operand=operand, reg=4 + way,
                  size=size, form=f"{name} {operand.kind(size)}", **undefined)
        return
    size = sizes(case, 2, 4)
    operand = case.operand(size)
    register = case.any_register(size)
    target = name_of(register, size)
    if way == 2:
        case.emit("imul", [0x0F, 0xAF], (target, operand.text), operand=operand, reg=register,
                  size=size, form=f"imul r,{operand.kind(size)}", **undefined)
        return
    short = way == 4
    value = case.value(1 if short else size)
    text = signed(value, 8) if short else value
    case.emit("imul", [0x6B if short else 0x69], (target, operand.text, f"{text:#x}"),
              operand=operand, reg=register, size=size,
              immediate=little(value, 1 if short else size),
              form=f"imul r,{operand.kind(size)},imm{'8' if short else ''}", **undefined)


def divide(case):
    name = case.rng.choice(("div", "idiv"))
    size = sizes(case)
    bits = size * 8
    divisor = case.value(size)
    if case.chance(1):
        divisor = case.rng.choice((0, -1))
    if case.chance(6) and divisor:
        quotient = case.value(size)
        if name == "idiv":
            divisor, quotient = signed(divisor, bits), signed(quotient, bits)
        rest = case.rng.randrange(abs(divisor))
        dividend = quotient * divisor
        dividend += -rest if dividend < 0 else rest
    else:
        dividend = case.value(size) << bits | case.value(size)
    if size == 1:
        case.pin(EAX, dividend, 0xFFFF)
    else:
        mask = (1 << bits) - 1
        case.pin(EAX, dividend, mask)
        case.pin(EDX, dividend >> bits, mask)
    if case.chance(5):
        register = case.free() if size > 1 else case.free(ECX, EBX)
        case.pin(register, divisor, (1 << bits) - 1)
        operand = case.register_operand(size, register)
    else:
        operand = case.memory_operand(size)
        case.poke(operand.linear, divisor, size)
    case.emit(name, [0xF6 + (size > 1)],
              (operand.text + f" ; dividend {dividend & (1 << 2 * bits) - 1:#x}, divisor "
               f"{divisor:#x}",), operand=operand, reg=6 if name == "div" else 7, size=size,
              undefined=ARITHMETIC, form=f"{name} {operand.kind(size)}")


def string(case):
    name, opcode = case.rng.choice((("movs", 0xA4), ("cmps", 0xA6), ("stos", 0xAA),
                                    ("lods", 0xAC), ("scas", 0xAE)))
    size = sizes(case)
    wide = case.chance(5)
    down = case.chance(4)
    case.flags |= DF if down else 0
    compares = name in ("cmps", "scas")
    repeat = case.rng.choice((None, 0xF3, 0xF2 if compares else 0xF3))
    count = case.rng.choice((0, 1, 2, 3, case.rng.randrange(40)))
    if repeat:
        case.pin(ECX, count, 0xFFFFFFFF if wide else 0xFFFF)
    source, target = case.linear(), case.linear()
    if name == "movs" and case.chance(3):
        target = source + case.rng.randrange(-8, 9)
    override = case.rng.choice(SEGMENTS) if case.chance(4) else None
    mask = 0xFFFFFFFF if wide else 0xFFFF
    if name in ("movs", "cmps", "lods"):
        case.pin(ESI, source - case.base[override or "ds"], mask)
    if name != "lods":
        case.pin(EDI, target - case.base["es"], mask)
    step = -size if down else size
    for i in range(case.rng.randrange(count + 1) if compares else 0):
        value = case.value(size) if name == "cmps" else case.regs[EAX]
        if name == "cmps":
            case.poke(source + i * step, value, size)
        case.poke(target + i * step, value, size)
    prefix = {0xF3: "repe " if compares else "rep ", 0xF2: "repne "}.get(repeat, "")
    full = f"{prefix}{name}{'bw.d'[size - 1]}"
    text = f"{override}:" if override else ""
    case.emit(full, [opcode + (size > 1)],
              (f"{text} ; {'down' if down else 'up'}, count {count if repeat else 1}".strip(),),
              size=size, wide=wide, form=full, defined=ARITHMETIC if compares else 0,
              prefixes=bytes([repeat] if repeat else []) +
              bytes([PREFIXES[override]] if override else []))


def idle_prefix(case):
    """A size of addresses for an instruction without one: the stack keeps its own."""
    return {"wide": case.chance(1)}


def push(case):
    way = case.rng.randrange(6)
    size = sizes(case, 2, 4)
    idle = idle_prefix(case)
    if way == 0:
        register = case.any_register(size)
        case.emit("push", [0x50 + register], (name_of(register, size),), size=size,
                  form=f"push r{size * 8}", **idle)
    elif way == 1:
        segment = case.rng.choice(SEGMENTS)
        opcode = {"es": [0x06], "cs": [0x0E], "ss": [0x16], "ds": [0x1E], "fs": [0x0F, 0xA0],
                  "gs": [0x0F, 0xA8]}[segment]
        if size == 4:
            # Processors differ in the upper half.
            case.ignored_bytes.update((case.stack_at - 2, case.stack_at - 1))
        case.emit("push", opcode, (segment,), size=size, form=f"push sreg o{size * 8}", **idle)
    elif way == 2:
        value = case.value(1)
        case.emit("push", [0x6A], (f"{signed(value, 8):#x}",), size=size,
                  immediate=little(value, 1), form=f"push imm8 o{size * 8}", **idle)
    elif way == 3:
        value = case.value(size)
        case.emit("push", [0x68], (f"{value:#x}",), size=size, immediate=little(value, size),
                  form=f"push imm{size * 8}", **idle)
    else:
        operand = case.operand(size) if way == 4 else case.memory_operand(size)
        case.emit("push", [0xFF], (operand.text,), operand=operand, reg=6, size=size,
                  form=f"push {operand.kind(size)}")


def pop(case):
    way = case.rng.randrange(5)
    size = sizes(case, 2, 4)
    idle = idle_prefix(case)
    if way == 0:
        register = case.any_register(size)
        case.emit("pop", [0x58 + register], (name_of(register, size),), size=size,
                  form=f"pop r{size * 8}", **idle)
    elif way == 1:
        segment = case.rng.choice(("es", "ss", "ds", "fs", "gs"))
        opcode = {"es": [0x07], "ss": [0x17], "ds": [0x1F], "fs": [0x0F, 0xA1],
                  "gs": [0x0F, 0xA9]}[segment]
        case.emit("pop", opcode, (segment,), size=size, form=f"pop sreg o{size * 8}", **idle)
    else:
        operand = case.operand(size) if way == 2 else case.memory_operand(size)
        case.emit("pop", [0x8F], (operand.text,), operand=operand, size=size,
                  form=f"pop {operand.kind(size)}{' [esp]' if 'esp' in operand.text else ''}")


def push_all(case):
    name, opcode = case.rng.choice((("pusha", 0x60), ("popa", 0x61)))
    size = sizes(case, 2, 4)
    case.emit(name + ("d" if size == 4 else ""), [opcode], size=size, **idle_prefix(case))


def frame(case):
    size = sizes(case, 2, 4)
    # The frame above, from which ENTER takes its pointers.
    upper = case.rng.choice((0, case.rng.getrandbits(16))) << 16
    case.pin(EBP, case.stack_at + case.rng.randrange(-64, 64) - case.base["ss"] | upper)
    if case.chance(4):
        case.emit("leave", [0xC9], size=size, form=f"leave o{size * 8}", **idle_prefix(case))
        return
    if size == 4:
        # The manual has the frame pointer from SP, processors have it from ESP.
        case.regs[ESP] &= 0xFFFF
    level = case.rng.choice((0, 0, 1, 2, 3, 32, 33))
    space = case.rng.choice((0, case.rng.randrange(0x200)))
    case.emit("enter", [0xC8], (f"{space:#x}", f"{level}"), size=size,
              immediate=little(space, 2) + little(level, 1),
              form=f"enter o{size * 8} level {level & 31}", **idle_prefix(case))


def flag_stack(case):
    size = sizes(case, 2, 4)
    suffix = "d" if size == 4 else ""
    if case.chance(3):
        case.emit("pushf" + suffix, [0x9C], size=size, **idle_prefix(case))
        return
    flags = case.rng.getrandbits(32) & ~TF
    if case.chance(5):
        flags = 2 | case.rng.choice((NT, 0x1000, 0x2000, 0x3000, AC, ID, NT | AC | ID | 0x3000))
    case.poke(case.stack_at, flags, size)
    case.emit("popf" + suffix, [0x9D], (f"; {flags & (1 << 8 * size) - 1:#x}",), size=size,
              form="popf" + suffix, **idle_prefix(case))
    if case.chance(5):
        case.emit("pushf", [0x9C])
        case.emit("pop", [0x58], ("ax",))


def flag_moves(case):
    most = ARITHMETIC & ~OF
    name, opcode, defined, reads = case.rng.choice((
        ("lahf", 0x9F, 0, most), ("sahf", 0x9E, most, 0), ("clc", 0xF8, CF, 0),
        ("stc", 0xF9, CF, 0), ("cmc", 0xF5, 0, CF), ("cld", 0xFC, 0, 0), ("std", 0xFD, 0, 0),
        ("cli", 0xFA, 0, 0), ("sti", 0xFB, 0, 0), ("nop", 0x90, 0, 0), ("fwait", 0x9B, 0, 0),
        ("salc", 0xD6, 0, CF)))
    if opcode == 0x90 and case.chance(5):
        operand, size = case.operand(2), sizes(case, 2, 4)
        case.emit(name, [0x0F, 0x1F], (operand.text,), operand=operand, size=size,
                  form=f"nop {operand.kind(size)}")
        return
    case.emit(name, [opcode], defined=defined, reads=reads)


def invalid(case):
    """What a processor refuses in real mode, or in that form: exception 6. QEMU takes some
    that it should refuse, such as LOCK MOV."""
    name, code = case.rng.choice((
        ("ud2", "0f0b"), ("arpl", "63c0"), ("mov cs,ax", "8ec8"),
        ("lock cmp", "f0380e0050"), ("lea of a register", "8dc0"),
        ("les of a register", "c4c0"), ("bound of a register", "62c0"),
        ("cmpxchg8b of a register", "0fc7c8"), ("lldt", "0f00d0"), ("str", "0f00c8")))
    case.emit(name, bytes.fromhex(code))


def set_condition(case):
    condition = case.rng.randrange(16)
    operand = case.operand(1)
    case.emit(f"set{CONDITIONS[condition]}", [0x0F, 0x90 + condition], (operand.text,),
              operand=operand, form=f"setcc {operand.kind(1)}", reads=ARITHMETIC)


def move_condition(case):
    condition, size = case.rng.randrange(16), sizes(case, 2, 4)
    operand, register = case.operand(size), case.any_register(size)
    case.emit(f"cmov{CONDITIONS[condition]}", [0x0F, 0x40 + condition],
              (name_of(register, size), operand.text), operand=operand, reg=register, size=size,
              form=f"cmovcc r,{operand.kind(size)}", reads=ARITHMETIC)


def bcd(case):
    name, opcode, undefined = case.rng.choice((
        ("daa", 0x27, OF), ("das", 0x2F, OF), ("aaa", 0x37, ARITHMETIC & ~(AF | CF)),
        ("aas", 0x3F, ARITHMETIC & ~(AF | CF)), ("aam", 0xD4, OF | AF | CF),
        ("aad", 0xD5, OF | AF | CF)))
    if opcode < 0xD0:
        case.emit(name, [opcode], (f"; ax={case.regs[EAX] & 0xFFFF:04x}",), undefined=undefined,
                  defined=ARITHMETIC)
        return
    base = case.rng.choice((10, 10, 10, 16, 0, case.rng.getrandbits(8)))
    if name == "aam" and not base:
        undefined = ARITHMETIC
    case.emit(name, [opcode], (f"{base}",), immediate=little(base, 1), undefined=undefined)


def convert(case):
    size = sizes(case, 2, 4)
    name, opcode = case.rng.choice((("cbw cwde", 0x98), ("cwd cdq", 0x99)))
    case.emit(name.split()[size == 4], [opcode], size=size)


def extend(case):
    name, opcode = case.rng.choice((("movzx", 0xB6), ("movsx", 0xBE)))
    size, source = sizes(case, 2, 4), sizes(case, 1, 2)
    operand, register = case.operand(source), case.any_register(size)
    case.emit(name, [0x0F, opcode + (source == 2)], (name_of(register, size), operand.text),
              operand=operand, reg=register, size=size,
              form=f"{name} r{size * 8},{operand.kind(source)}")


def exchange(case):
    size = sizes(case)
    if size > 1 and case.chance(3):
        register = case.any_register(size)
        case.emit("xchg", [0x90 + register], (name_of(EAX, size), name_of(register, size)),
                  size=size, form=f"xchg {name_of(EAX, size)},r")
        return
    operand, register = case.operand(size), case.any_register(size)
    case.emit("xchg", [0x86 + (size > 1)], (operand.text, name_of(register, size)),
              operand=operand, reg=register, size=size, form=f"xchg {operand.kind(size)},r")


def locked(case, operand):
    return b"\xf0" if operand.linear is not None and case.chance(2) else b""


def exchange_add(case):
    size = sizes(case)
    operand, register = case.operand(size), case.any_register(size)
    case.emit("xadd", [0x0F, 0xC0 + (size > 1)], (operand.text, name_of(register, size)),
              operand=operand, reg=register, size=size, form=f"xadd {operand.kind(size)},r",
              prefixes=locked(case, operand), defined=ARITHMETIC)


def compare_exchange(case):
    if case.chance(2):
        operand = case.memory_operand(4)
        if case.chance(5):
            case.poke(operand.linear, case.regs[EAX], 4)
            case.poke(operand.linear + 4, case.regs[EDX], 4)
        case.emit("cmpxchg8b", [0x0F, 0xC7], (operand.text,), operand=operand, reg=1,
                  prefixes=locked(case, operand))
        return
    size = sizes(case)
    operand, register = case.operand(size), case.any_register(size)
    if case.chance(5):
        if operand.linear is not None:
            case.poke(operand.linear, case.regs[EAX], size)
        elif size > 1 and operand.register != ESP:
            case.pin(operand.register, case.regs[EAX])
    case.emit("cmpxchg", [0x0F, 0xB0 + (size > 1)], (operand.text, name_of(register, size)),
              operand=operand, reg=register, size=size, form=f"cmpxchg {operand.kind(size)},r",
              prefixes=locked(case, operand), defined=ARITHMETIC)


def swap_bytes(case):
    register = case.any_register(4)
    case.emit("bswap", [0x0F, 0xC8 + register], (REGISTERS[register],), size=4)


def move(case):
    way, size = case.rng.randrange(6), sizes(case)
    if way == 3 and case.simple:
        way = 4
    word = size > 1
    value = case.value(size)
    if way == 0:
        register = case.any_register(size)
        case.emit("mov", [(0xB8 if word else 0xB0) + register],
                  (name_of(register, size), f"{value:#x}"), size=size,
                  immediate=little(value, size), form=f"mov r{size * 8},imm")
    elif way == 1:
        operand = case.direct(case.linear(), case.chance(5))
        to_memory = case.chance(5)
        texts = name_of(EAX, size), operand.text
        case.emit("mov", [0xA0 + 2 * to_memory + word], texts[::-1] if to_memory else texts,
                  size=size, immediate=operand.modrm[1:], wide=operand.wide,
                  prefixes=bytes([PREFIXES[operand.override]] if operand.override else []),
                  form=f"mov {'moffs,acc' if to_memory else 'acc,moffs'} {size * 8}")
    elif way == 2:
        operand = case.operand(size)
        case.emit("mov", [0xC6 + word], (operand.text, f"{value:#x}"), operand=operand,
                  size=size, immediate=little(value, size), form=f"mov {operand.kind(size)},imm")
    elif way == 3:
        operand = case.operand(2)
        segment = case.rng.randrange(6)
        if case.chance(5):
            case.emit("mov", [0x8C], (operand.text, SEGMENTS[segment]), operand=operand,
                      reg=segment, form=f"mov {operand.kind(2)},sreg")
            return
        segment = 3 if segment == 1 else segment
        case.emit("mov", [0x8E], (SEGMENTS[segment], operand.text), operand=operand,
                  reg=segment, form=f"mov sreg,{operand.kind(2)}")
    else:
        operand, register = case.operand(size), case.any_register(size)
        reverse = 2 * (way == 4)
        texts = operand.text, name_of(register, size)
        case.emit("mov", [0x88 + reverse + word], texts[::-1] if reverse else texts,
                  operand=operand, reg=register, size=size,
                  form=f"mov r,{operand.kind(size)}" if reverse else
                  f"mov {operand.kind(size)},r")


def load_address(case):
    size = sizes(case, 2, 4)
    operand, register = case.memory_operand(4), case.any_register(size)
    case.emit("lea", [0x8D], (name_of(register, size), operand.text), operand=operand,
              reg=register, size=size, form=f"lea r{size * 8},m")


def load_far(case):
    name, opcode = case.rng.choice((("les", [0xC4]), ("lds", [0xC5]), ("lss", [0x0F, 0xB2]),
                                    ("lfs", [0x0F, 0xB4]), ("lgs", [0x0F, 0xB5])))
    size = sizes(case, 2, 4)
    operand, register = case.memory_operand(4), case.any_register(size)
    case.poke(operand.linear + size, case.value(2), 2)
    case.emit(name, opcode, (name_of(register, size), operand.text), operand=operand,
              reg=register, size=size, form=f"{name} r{size * 8},m")


def translate(case):
    wide = case.chance(5)
    segment, override = case.segment_for("ds")
    offset = case.linear() - case.base[segment] - (case.regs[EAX] & 0xFF)
    case.pin(EBX, offset, 0xFFFFFFFF if wide else 0xFFFF)
    case.emit("xlat", [0xD7], (f"{override}:" if override else "",), wide=wide,
              prefixes=bytes([PREFIXES[override]] if override else []))


# Families that end the program: they may go elsewhere.

def relative(case, target, size, length):
    """The displacement behind an instruction of that length."""
    return little(target - case.code_at - len(case.code) - length, size)


def loop(case):
    name, opcode = case.rng.choice((("loopne", 0xE0), ("loope", 0xE1), ("loop", 0xE2),
                                    ("jcxz", 0xE3)))
    wide, size = case.chance(5), sizes(case, 2, 4)
    count = case.rng.choice((0, 1, 2, case.value(4), 0x10000, 0x10001))
    case.pin(ECX, count)
    case.emit(name + f" ; ecx={count:#x}", [opcode], wide=wide, size=size,
              immediate=b"\x05", form=f"{name} o{size * 8}")
    marked_end(case)


def marked_end(case):
    """The end that is reached without a jump, and behind it that of a jump by five bytes."""
    case.leave()
    mark = BLOCK + OUT["mark"] - case.base["cs"]
    case.code += b"\x2e\xc6\x06" + little(mark, 2) + b"\x01"
    case.leave()


def jump_condition(case):
    condition = case.rng.randrange(16)
    name = f"j{CONDITIONS[condition]}"
    if case.chance(5):
        case.emit(name, [0x70 + condition], ("+5",), immediate=b"\x05", size=sizes(case, 2, 4),
                  form="jcc short")
    else:
        size = sizes(case, 2, 4)
        case.emit(name, [0x0F, 0x80 + condition], ("+5",), immediate=little(5, size), size=size,
                  form=f"jcc near o{size * 8}")
    marked_end(case)


def transfer(case):
    """Jump or call, near or far, direct or indirect."""
    calls = case.chance(6)
    name = "call" if calls else "jmp"
    size, way = sizes(case, 2, 4), case.rng.randrange(4)
    if way == 0:
        target = case.landing()
        length = 1 + size + (size == 4)
        case.emit(name, [0xE8 if calls else 0xE9], (f"{target - case.base['cs']:#x}",), size=size,
                  immediate=relative(case, target, size, length), form=f"{name} rel{size * 8}")
    elif way == 1:
        base = case.rng.randrange(0x28010, REGION + 1, 16)
        target = case.landing(base)
        case.emit(name + " far", [0x9A if calls else 0xEA],
                  (f"{base >> 4:#x}:{target - base:#x}",), size=size,
                  immediate=little(target - base, size) + little(base >> 4, 2),
                  form=f"{name} ptr16:{size * 8}")
        ignore_upper_cs(case, calls, size)
    elif way == 2:
        target = case.landing()
        if case.chance(5):
            register = case.free()
            case.pin(register, target - case.base["cs"], (1 << 8 * size) - 1)
            operand = case.register_operand(size, register)
        else:
            operand = case.memory_operand(size)
            case.poke(operand.linear, target - case.base["cs"], size)
        case.emit(name, [0xFF], (operand.text,), operand=operand, reg=2 if calls else 4,
                  size=size, form=f"{name} {operand.kind(size)}")
    else:
        base = case.rng.randrange(0x28010, REGION + 1, 16)
        target = case.landing(base)
        operand = case.memory_operand(size)
        case.poke_far(operand.linear, target - base, base, size)
        case.emit(name + " far", [0xFF], (operand.text,), operand=operand,
                  reg=3 if calls else 5, size=size, form=f"{name} m16:{size * 8}")
        ignore_upper_cs(case, calls, size)
    case.leave()


def ignore_upper_cs(case, calls, size):
    """Leave out what a far call with 32 bits pushes above CS: that is not defined."""
    if calls and size == 4:
        case.ignored_bytes.update((case.stack_at - 2, case.stack_at - 1))


def back(case):
    """Return, near or far, or from an interrupt."""
    size, way = sizes(case, 2, 4), case.rng.randrange(5)
    extra = case.rng.choice((0, 2, 4, case.rng.randrange(0x300)))
    if way < 2:
        case.poke(case.stack_at, case.landing() - case.base["cs"], size)
        name, opcode = "ret", 0xC2 + way
    else:
        base = case.rng.randrange(0x28010, REGION + 1, 16)
        case.poke_far(case.stack_at, case.landing(base) - base, base, size)
        name, opcode = ("retf", 0xC8 + way) if way < 4 else ("iret", 0xCF)
        if name == "retf":
            opcode = 0xCA + (way == 3)
        else:
            flags = case.rng.getrandbits(32) & ~TF
            case.poke(case.stack_at + 2 * size, flags, size)
    counted = opcode in (0xC2, 0xCA)
    case.emit(name, [opcode], (f"{extra:#x}",) if counted else (), size=size,
              immediate=little(extra, 2) if counted else b"",
              form=f"{name}{' n' if counted else ''} o{size * 8}", **idle_prefix(case))
    case.leave()


def interrupt(case):
    way = case.rng.randrange(4)
    if way == 0:
        number = case.rng.randrange(0x20, 0x100)
        case.emit("int", [0xCD], (f"{number:#x}",), immediate=little(number, 1))
    elif way == 1:
        case.emit("int3", [0xCC])
    elif way == 2:
        case.emit("into", [0xCE])
    else:
        size = sizes(case, 2, 4)
        register = case.free()
        value = case.value(size)
        case.pin(register, value, (1 << 8 * size) - 1)
        operand = case.memory_operand(size)
        bits = size * 8
        low, high = sorted(signed(case.value(size), bits) for _ in range(2))
        if case.chance(3):
            low = signed(value, bits)
        case.poke(operand.linear, low, size)
        case.poke(operand.linear + size, case.rng.choice((high, signed(value, bits))), size)
        case.emit("bound", [0x62], (name_of(register, size), operand.text), operand=operand,
                  reg=register, size=size, form=f"bound r{bits},m")
    case.leave()


# Weights by which single instructions are drawn.
SINGLE = ((alu, 10), (unary, 4), (shift, 14), (double_shift, 6), (bit_test, 9), (bit_scan, 3),
          (multiply, 5), (divide, 7), (string, 12), (push, 5), (pop, 6), (push_all, 2),
          (frame, 4), (flag_stack, 5), (flag_moves, 2), (set_condition, 2), (move_condition, 1),
          (bcd, 4), (convert, 1), (extend, 3), (exchange, 2), (exchange_add, 3),
          (compare_exchange, 4), (swap_bytes, 1), (move, 7), (load_address, 2), (load_far, 4),
          (translate, 2), (loop, 5), (jump_condition, 3), (transfer, 6), (back, 6),
          (interrupt, 4), (invalid, 1))
ENDS_ITSELF = (loop, jump_condition, transfer, back, interrupt)


# Programs: some instructions behind each other, which pass registers, memory and flags on.

def plain_push(case):
    size = sizes(case, 2, 4)
    if case.chance(5):
        register = case.any_register(size)
        case.emit("push", [0x50 + register], (name_of(register, size),), size=size)
    else:
        operand = case.operand(size)
        case.emit("push", [0xFF], (operand.text,), operand=operand, reg=6, size=size)


def plain_pop(case):
    size = sizes(case, 2, 4)
    operand = case.operand(size)
    case.emit("pop", [0x8F], (operand.text,), operand=operand, size=size)


# Instructions that do not need the value of a register.
PLAIN = (alu, alu, unary, shift, double_shift, bit_test, multiply, set_condition, move_condition,
         convert, extend, exchange, swap_bytes, move, load_address, flag_moves, plain_push,
         plain_pop)


def plain(case):
    """Append one of them, unless the rest of the program would depend on what is undefined."""
    before = case.code[:], case.texts[:], case.undefined, case.read
    case.rng.choice(PLAIN)(case)
    if case.reads_undefined or case.ignored_bits or case.ignored_bytes:
        case.code, case.texts, case.undefined, case.read = before
        case.reads_undefined = 0
        case.ignored_bits, case.ignored_bytes = {}, set()


def skipped(case):
    """An instruction, and a jump over it by a condition."""
    if case.undefined:
        return
    at, text, undefined = len(case.code), len(case.texts), case.undefined
    plain(case)
    condition = case.rng.randrange(16)
    case.code[at:at] = bytes([0x70 + condition, len(case.code) - at])
    case.texts.insert(text, f"j{CONDITIONS[condition]} over")
    case.undefined |= undefined
    case.read |= ARITHMETIC


def repeated(case):
    """Some instructions in a loop, which they do not change the count of."""
    if ECX in case.kept:
        return
    before = case.code[:], case.texts[:], case.undefined, case.kept
    case.kept = {*case.kept, ECX}
    case.read, count = 0, case.rng.randrange(1, 20)
    case.emit("mov", [0xB9], ("cx", f"{count}"), immediate=little(count, 2))
    at = len(case.code)
    for _ in range(case.rng.randrange(1, 5)):
        case.rng.choice((plain, plain, skipped))(case)
    case.emit("loop", [0xE2], immediate=little(at - len(case.code) - 2, 1))
    if case.read & case.undefined or len(case.code) - at > 0x80:
        # The next round would depend on what is undefined, or is too far away.
        case.code, case.texts, case.undefined, case.kept = before
    case.kept = before[3]


def program(case):
    case.simple = True
    case.kept = {ESP}
    case.form = "program"
    for _ in range(case.rng.randrange(2, 8)):
        case.rng.choice((plain, plain, plain, plain, skipped, repeated))(case)


FAMILIES = {family.__name__: family for family in (program, *(f for f, _ in SINGLE))}


def generate(seed, number, name=None):
    """A case; of the family of that name, if there is one."""
    case = Case(seed, number)
    if name:
        family = FAMILIES[name]
    elif case.rng.randrange(12) == 0:
        family = program
    else:
        family = case.rng.choices([f for f, _ in SINGLE], [w for _, w in SINGLE])[0]
    case.family = family.__name__
    family(case)
    if family not in ENDS_ITSELF:
        case.leave()
    return case

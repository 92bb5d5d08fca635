# SPDX-License-Identifier: GPL-2.0-only
"""Run cases on QEMU's processor, and in the helper's machine."""

import os
import struct
import subprocess

from case import symbols
from exchange import INPUT, Failure, Result, read_answers, read_results

HERE = os.path.dirname(os.path.realpath(__file__))
PRISTINE, STACK_SEGMENT = 0x100000, 0x1000
# Seconds for a batch of cases.
PATIENCE = 120
# Exit status of QEMU when the firmware writes 10h to its device for that.
FINISHED = 0x10 << 1 | 1


def call(*command):
    try:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, check=False)
    except FileNotFoundError as error:
        raise Failure(f"not installed: {command[0]}") from error
    return result.returncode, result.stdout.decode(errors="replace")


def assemble(name, directory):
    """The bytes of a source in assembler."""
    addresses = dict(symbols(), PRISTINE=PRISTINE, INPUT=INPUT, STACK_SEGMENT=STACK_SEGMENT)
    path = os.path.join(directory, name)
    flags = [f"--defsym={key}={value}" for key, value in addresses.items()]
    for command in (["as", "--32", *flags, "-o", f"{path}.o", os.path.join(HERE, f"{name}.S")],
                    ["ld", "-m", "elf_i386", "-Ttext=0", "--entry=0", "-o", f"{path}.elf",
                     f"{path}.o"],
                    ["objcopy", "-O", "binary", "-j", ".text", f"{path}.elf", f"{path}.bin"]):
        status, said = call(*command)
        if status:
            raise Failure(f"{shown(command)}\n{said}")
    with open(f"{path}.bin", "rb") as file:
        return file.read()


def shown(command):
    return " ".join([command[0], "...", *command[-1:]])


def ask_qemu(data, cases, directory):
    """Answers of QEMU's processor, as they are in its memory."""
    bios, memory = (os.path.join(directory, name) for name in ("firmware.bin", "memory"))
    size = INPUT + len(data) + 0x100000 + len(cases) * 1024
    size = (size + 0xFFFFF) & ~0xFFFFF
    with open(memory, "wb") as file:
        file.truncate(size)
        file.seek(INPUT)
        file.write(data)
    status, said = call(
        "timeout", "-k", "5", str(PATIENCE), "qemu-system-x86_64",
        "-accel", "tcg,thread=single", "-nodefaults", "-display", "none", "-no-reboot",
        "-bios", bios, "-m", f"{size}B", "-machine", "pc,memory-backend=memory", "-object",
        f"memory-backend-file,id=memory,size={size},mem-path={memory},share=on",
        "-device", "isa-debug-exit,iobase=0xf4,iosize=1")
    with open(memory, "rb") as file:
        file.seek(INPUT)
        end, stray, start, _ = struct.unpack("<4I", file.read(16))
        file.seek(start)
        answers = file.read(max(end - start, 0))
    os.unlink(memory)
    if status != FINISHED:
        done = len(read_answers(answers, len(cases)))
        raise Failure(f"QEMU: status {status} after {done} cases of {len(cases)}\n{said}")
    if stray:
        raise Failure(f"a case writes to {stray:x}, outside of the region")
    return answers


def replay(program, path, count):
    """Results of the program for the file of cases. A case may kill it."""
    results = []
    while len(results) < count:
        try:
            run = subprocess.run([program, path, str(len(results))], stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, check=False, timeout=PATIENCE)
            data, status = run.stdout, run.returncode
        except subprocess.TimeoutExpired as error:
            data, status = error.stdout or b"", -9
        except OSError as error:
            raise Failure(f"{program}: {error.strerror}") from error
        results += read_results(data)
        if len(results) < count:
            if status >= 0:
                raise Failure(f"{program}: status {status} after {len(results)} cases")
            results.append(Result(None, f"killed by signal {-status}"))
    return results

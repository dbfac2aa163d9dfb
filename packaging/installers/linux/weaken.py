"""Let a library load where its C++ runtime is older than it asks for: `weaken.py FILE VERSION...`.

Each version named becomes a weak demand, and the symbols bound to it are bound to none, so that whatever
definition is there serves. Only for symbols that are known to mean the same. ELF, 64 bit, little endian.
"""

import struct
import sys
from pathlib import Path

VERNEED, VERSYM, DYNSYM = 0x6FFFFFFE, 0x6FFFFFFF, 11
WEAK, GLOBAL, HIDDEN = 2, 1, 0x8000


def weaken(data: bytearray, unwanted: set[str]) -> None:
    """Change the library's bytes in place."""
    (table,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + n * size) for n in range(count)]
    kinds = {section[1]: section for section in sections}
    names = sections[kinds[VERNEED][6]][4]
    indices = weakened(data, kinds[VERNEED][4], names, unwanted)
    start, length = kinds[VERSYM][4], kinds[VERSYM][5]
    for place in range(start, start + length, 2):
        if struct.unpack_from("<H", data, place)[0] & ~HIDDEN in indices:
            struct.pack_into("<H", data, place, GLOBAL)


def weakened(data: bytearray, place: int, names: int, unwanted: set[str]) -> set[int]:
    """Mark the demands for these versions as weak; return the numbers symbols refer to them by."""
    found = set()
    while True:
        _, count, _, first, following = struct.unpack_from("<HHIII", data, place)
        at = place + first
        for _ in range(count):
            _, flags, index, name, step = struct.unpack_from("<IHHII", data, at)
            text = data[names + name : data.index(b"\0", names + name)].decode()
            if text in unwanted:
                struct.pack_into("<H", data, at + 4, flags | WEAK)
                found.add(index)
            at += step
        if not following:
            return found
        place += following


if __name__ == "__main__":
    path = Path(sys.argv[1])
    content = bytearray(path.read_bytes())
    weaken(content, set(sys.argv[2:]))
    path.write_bytes(content)

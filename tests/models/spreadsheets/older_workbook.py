"""A small workbook of Excel 97 (BIFF8 in a compound file), made from rows of text and numbers."""

import struct
from collections.abc import Sequence
from pathlib import Path

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write(path: Path, rows: Sequence[Sequence[str | float]], sheet: str = "Sheet1") -> Path:
    """Write the rows as the only sheet."""
    path.write_bytes(_compound(_workbook(rows, sheet)))
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _string(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _workbook(rows: Sequence[Sequence[str | float]], sheet: str) -> bytes:
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    head_length = len(_record(0x0809, begin)) + 4 + 6 + len(name) + 4
    head = _record(0x0809, begin) + _record(0x0085, struct.pack("<IH", head_length, 0) + name) + _record(0x000A, b"")
    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                cells += _record(0x0204, at + _string(value))
            else:
                cells += _record(0x0203, at + struct.pack("<d", value))
    body = _record(0x0809, begin[:2] + struct.pack("<H", 0x0010) + begin[4:]) + cells + _record(0x000A, b"")
    return (head + body).ljust(9 * _SECTOR, b"\0")


def _compound(stream: bytes) -> bytes:
    """One stream named Workbook; sector 0 is the table, sector 1 the directory, the stream follows."""
    count = -(-len(stream) // _SECTOR)
    chain = [_TABLE, _END, *range(3, 2 + count), _END]
    table = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0) + struct.pack("<I", 4096)
    header += struct.pack("<IIII", _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    directory = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    directory += bytes(_SECTOR - len(directory))
    return header + table + directory + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child) + bytes(36)
        + struct.pack("<IQ", start, size)
    )  # fmt: skip

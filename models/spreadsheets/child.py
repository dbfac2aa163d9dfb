"""The reading process: one spreadsheet read within limits, its sheets told as lines of JSON on standard output.

Lines are ``{"sheet": …}`` followed by that sheet's rows, then ``{"end": true}``; or one ``{"refused": sentence}``.
"""

import datetime as dt
import io
import json
import os
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models.errors import Refusal
from models.spreadsheets import kinds, limits, other_formats, scan

_BLOCK = 500
"""Rows told in one line."""


def serve(name: str) -> int:
    """Read the file of that name and tell what it holds; returns the exit code."""
    limits.limit_this_process()
    with os.fdopen(os.dup(1), "wb") as out:

        def tell(message: Any) -> None:
            line = json.dumps(message, ensure_ascii=False, default=_coded, separators=(",", ":"))
            out.write(line.encode("utf-8", "surrogatepass") + b"\n")

        _tell_all(Path(name), tell)
    return 0


def _tell_all(path: Path, tell: Callable[[Any], None]) -> None:
    try:
        for message in messages(path):
            tell(message)
        tell({"end": True})
    except Refusal as refusal:
        tell({"refused": refusal.sentence})
    except MemoryError:
        tell({"refused": scan.too_much(path.name, "的内容超过能读取的限度").sentence})
    except Exception:
        tell({"fault": traceback.format_exc()})
    except BaseException as error:  # A Rust library's panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        tell({"refused": scan.damaged(path.name).sentence})


def messages(path: Path) -> Iterator[Any]:
    """What is told of a file, message by message.

    Raises:
        Refusal: it is no workbook, damaged, locked or too large.
    """
    from python_calamine import CalamineError, PasswordError  # loaded in the reading process alone

    kind = kinds.kind_of(path)
    try:
        found = _workbook(path) if kind == kinds.XLSX else _other(path, kind)
        for name, rows, merged, last, far, hidden in found:
            held = [_short(row) for row in rows]
            yield {"sheet": name, "merged": _within(path, merged, last), "far": far, "hidden": hidden}
            yield from (held[start : start + _BLOCK] for start in range(0, len(held), _BLOCK))
    except PasswordError as error:
        raise Refusal(f"“{path.name}”设有打开密码，请取消密码后另存再导入。") from error
    except (CalamineError, *scan.UNREADABLE, RecursionError) as error:
        raise scan.damaged(path.name) from error


def _workbook(path: Path) -> Iterator[Any]:
    """The sheets of an .xlsx workbook, passed through the scan first."""
    from python_calamine import CalamineWorkbook  # as above

    scanned = scan.scan(path)
    book = CalamineWorkbook.from_filelike(io.BytesIO(scanned.data))
    del scanned.data
    for name in scanned.sheets:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        yield (
            name,
            rows,
            sheet.merged_cell_ranges or (),
            sheet.end or (-1, -1),
            scanned.far.get(name),
            scanned.hidden[name],
        )


def _other(path: Path, kind: str) -> Iterator[Any]:
    for name, rows, merged in other_formats.tables(path, kind):
        yield name, rows, merged, (len(rows) - 1, max(map(len, rows), default=0) - 1), None, []


def _short(row: list[Any]) -> list[Any]:
    """A row without the empty cells at its end."""
    while row and row[-1] == "":
        row.pop()
    return row


def _within(path: Path, merged: Any, last: tuple[int, int]) -> list[Any]:
    """Merged blocks as far as they lie on the table, whose last cell is ``last``."""
    found, covered = [], 0
    for (top, left), end in merged:
        bottom, right = min(end[0], last[0]), min(end[1], last[1])
        if top > bottom or left > right:
            continue
        covered += (bottom - top + 1) * (right - left + 1)
        if covered > limits.MOST_PLACES:
            raise scan.too_much(path.name, "的合并单元格太多")
        found.append([[top, left], [bottom, right]])
    return found


def _coded(value: Any) -> Any:
    """A cell that JSON has no word for."""
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    if isinstance(value, dt.time):
        return {"time": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return {"seconds": value.total_seconds()}
    raise TypeError(f"a cell of type {type(value).__name__}")

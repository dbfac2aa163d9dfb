"""A paper with the changes of a document that came back: each in the part it was made in."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from exporters.returned.comparing import Change
from exporters.returned.levels import LEVELS, without_ordinal
from models.paper import editing, marks
from models.paper.elements import Block, Paper, Paragraph, Photos, Table
from models.paper.numbering import ordinals

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SHORT: Final = 30
"""Characters a heading of the first level may have to be taken for one."""
_SENTENCE: Final = "。"


class NotAppliedError(Exception):
    """A change has no place in the paper any more."""


def apply(paper: Paper, changes: Iterable[Change]) -> tuple[Paper, tuple[Change, ...]]:
    """The paper with these changes, and those that found no place in it.

    Args:
        paper: as it went out.
        changes: those taken over.
    """
    missed: list[Change] = []
    anchors: dict[str, str] = {}
    for change in changes:
        if change.kind == "comment":
            continue
        try:
            paper = _APPLY[change.kind](paper, change, anchors)
        except NotAppliedError:
            missed.append(change)
    return paper, tuple(missed)


def _place(paper: Paper, mark: str) -> marks.Marked:
    """The block of that name.

    Raises:
        NotAppliedError: there is none.
    """
    found = next((one for one in marks.all_blocks(paper) if one.mark == mark), None)
    if found is None:
        raise NotAppliedError(mark)
    return found


def _row_of(paper: Paper, mark: str) -> tuple[marks.Marked, Table, int]:
    """The table and index of the row of that name; -1 for a head row."""
    for one in marks.all_blocks(paper):
        if not isinstance(one.block, Table):
            continue
        if marks.head(one.mark) == mark:
            return one, one.block, -1
        names = marks.rows(one.mark, one.block)
        if mark in names:
            return one, one.block, names.index(mark)
    raise NotAppliedError(mark)


def _with(paper: Paper, place: marks.Marked, block: Block) -> Paper:
    return editing.replace(paper, place.at, block, place.annex)


# --- text -----------------------------------------------------------------------------------------------


def _text(paper: Paper, change: Change, _anchors: dict[str, str]) -> Paper:
    if change.row:
        return _cells(paper, change)
    if change.mark.startswith(marks.CAPTION):
        return _caption(paper, change)
    place = _place(paper, change.mark)
    if not isinstance(place.block, Paragraph):
        raise NotAppliedError(change.mark)
    ordinal = list(ordinals(editing.blocks_of(paper, place.annex)))[place.at]
    before, after = change.before.removeprefix(ordinal), without_ordinal(change.after, place.block.level)
    return _with(paper, place, _reworded(place.block, before, after))


def _reworded(block: Paragraph, before: str, after: str) -> Paragraph:
    """The paragraph with one line of it changed, which may hold its heading."""
    replace = msgspec.structs.replace
    if before in block.text and not before.startswith(block.heading or "\0"):
        return replace(block, text=block.text.replace(before, after, 1))
    body = before.removeprefix(block.heading)
    heading, said = _parted(after, block.heading)
    if not body:
        return replace(block, heading=heading + said) if block.heading else replace(block, text=after)
    if body not in block.text:
        raise NotAppliedError(before)
    return replace(block, heading=heading, text=block.text.replace(body, said, 1))


def _parted(after: str, heading: str) -> tuple[str, str]:
    """A changed line as heading and text, parted where the heading was."""
    if not heading:
        return "", after
    if after.startswith(heading):
        return heading, after.removeprefix(heading)
    end = heading[-1]
    start, found, rest = after.partition(end)
    return (start + found, rest) if found else (after, "")


def _cells(paper: Paper, change: Change) -> Paper:
    place, table, at = _row_of(paper, change.mark)
    cells = (*change.after.split("\t"), *[""] * len(table.columns))[: len(table.columns)]
    if at < 0:
        named = zip(table.columns, cells, strict=True)
        columns = tuple(msgspec.structs.replace(column, title=title) for column, title in named)
        return _with(paper, place, msgspec.structs.replace(table, columns=columns))
    rows = (*table.rows[:at], tuple(cells), *table.rows[at + 1 :])
    return _with(paper, place, msgspec.structs.replace(table, rows=rows))


def _caption(paper: Paper, change: Change) -> Paper:
    name, _, number = change.mark.removeprefix(marks.CAPTION).partition("_")
    place = _place(paper, marks.BLOCK + name)
    if number and isinstance(place.block, Photos):
        photos = list(place.block.photos)
        photos[int(number)] = msgspec.structs.replace(photos[int(number)], caption=change.after)
        return _with(paper, place, msgspec.structs.replace(place.block, photos=tuple(photos)))
    return editing.replace_text(paper, place.at, change.after, annex=place.annex)


# --- header, title, signature ---------------------------------------------------------------------------


def _header(paper: Paper, change: Change, _anchors: dict[str, str]) -> Paper:
    if change.mark.startswith(marks.ANNEX):
        number = int(change.mark.removeprefix(marks.ANNEX))
        return editing.change_annex(paper, number, title=change.after.replace("\n", ""))
    name = change.mark.removeprefix(marks.FIELD)
    if name.startswith("organ_"):
        assert paper.signature is not None
        organs = tuple(change.after.strip() if one == change.before else one for one in paper.signature.organs)
        return editing.with_fields(paper, {"signing_organs": organs})
    if name not in _READ:
        raise NotAppliedError(change.mark)
    field, read = _READ[name]
    return editing.with_fields(paper, {field: read(change.after)})


def _several(text: str) -> tuple[str, ...]:
    """Organs as they stand in a line: apart by ，, else by 、."""
    plain = re.sub(r"^(?:主送|抄送)[：:]", "", text.strip()).rstrip("：:。")
    parts = re.split(r"[，,]", plain) if re.search(r"[，,]", plain) else plain.split("、")
    return tuple(part.strip() for part in parts if part.strip())


def _day(text: str) -> dt.date:
    """The date of a signature.

    Raises:
        NotAppliedError: it is none.
    """
    found = _DAY.search(text.replace(" ", ""))
    try:
        if found is not None:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise NotAppliedError(text) from error
    raise NotAppliedError(text)


_READ: Final[dict[str, tuple[str, Callable[[str], Any]]]] = {
    "title": ("title", lambda text: text.replace("\n", "")),
    "subtitle": ("subtitle", str.strip),
    "addressees": ("addressees", _several),
    "number": ("number", str.strip),
    "date": ("date", _day),
    "note": ("note", lambda text: text.strip().strip("（）")),
    "copies": ("copy_to", _several),
    "printer": ("printer", lambda text: text.split("\t")[0].strip()),
}
"""By the name of a field in the document: the field of the paper, and how its words are read."""


# --- order ----------------------------------------------------------------------------------------------


def _deleted(paper: Paper, change: Change, _anchors: dict[str, str]) -> Paper:
    if change.row:
        place, table, at = _row_of(paper, change.mark)
        keys = (*table.keys[:at], *table.keys[at + 1 :])
        rows = (*table.rows[:at], *table.rows[at + 1 :])
        return _with(paper, place, msgspec.structs.replace(table, rows=rows, keys=keys))
    if change.mark.startswith(marks.FIELD + "addressees"):
        return editing.with_fields(paper, {"addressees": ()})
    place = _place(paper, change.mark)
    block = place.block
    if isinstance(block, Paragraph):
        lines = [one for one in block.text.split("\n") if one.strip()]
        said = change.before.strip()
        if len(lines) > 1 and said in lines:
            kept = "\n".join(one for one in lines if one != said)
            return _with(paper, place, msgspec.structs.replace(block, text=kept))
    return editing.drop(paper, place.at, place.annex)


def _added(paper: Paper, change: Change, anchors: dict[str, str]) -> Paper:
    if change.row:
        return _added_row(paper, change)
    anchor = anchors.get(change.anchor, change.anchor)
    annex, at = _after(paper, anchor)
    paragraph = _new_paragraph(change.after)
    paper = editing.add(paper, at, paragraph, annex)
    # What is added next follows this one.
    named = next(one.mark for one in marks.all_blocks(paper) if (one.annex, one.at) == (annex, at))
    anchors[change.anchor] = named
    return paper


def _new_paragraph(text: str) -> Paragraph:
    text = text.strip()
    for level, pattern in LEVELS.items():
        if (found := pattern.match(text)) is None:
            continue
        said = text[found.end() :]
        if level == 1 and len(said) <= _SHORT:
            return Paragraph(heading=said, level=level)
        start, end, rest = said.partition(_SENTENCE)
        heading = start + end if level == 2 and len(start) <= _SHORT else ""
        return Paragraph(heading=heading, text=rest if heading else said, level=level)
    return Paragraph(text=text)


def _added_row(paper: Paper, change: Change) -> Paper:
    place, table, at = _row_of(paper, change.anchor)
    cells = (*change.after.split("\t"), *[""] * len(table.columns))[: len(table.columns)]
    rows = (*table.rows[: at + 1], tuple(cells), *table.rows[at + 1 :])
    keys = (*table.keys[: at + 1], "", *table.keys[at + 1 :]) if table.keys else ()
    return _with(paper, place, msgspec.structs.replace(table, rows=rows, keys=keys))


def _after(paper: Paper, mark: str) -> tuple[int | None, int]:
    """Attachment and index behind the part of that name; the body's start behind what stands above it."""
    if mark.startswith(marks.ANNEX):
        return int(mark.removeprefix(marks.ANNEX)), 0
    if mark.startswith((marks.ROW, marks.HEAD)):
        place, _table, _at = _row_of(paper, mark)
    elif mark.startswith(marks.CAPTION):
        place = _place(paper, marks.BLOCK + mark.removeprefix(marks.CAPTION).partition("_")[0])
    elif mark.startswith(marks.BLOCK):
        place = _place(paper, mark)
    elif mark in (marks.field("date"), marks.field("note"), marks.field("copies"), marks.field("printer")):
        return None, len(paper.blocks)
    else:
        return None, 0
    return place.annex, place.at + 1


def _moved(paper: Paper, change: Change, anchors: dict[str, str]) -> Paper:
    if change.row:
        return _moved_row(paper, change)
    place = _place(paper, change.mark)
    annex, to = _after(paper, anchors.get(change.anchor, change.anchor))
    if annex != place.annex:
        raise NotAppliedError(change.mark)
    return editing.move(paper, place.at, to - (place.at < to), annex)


def _moved_row(paper: Paper, change: Change) -> Paper:
    place, table, at = _row_of(paper, change.mark)
    other, _table, to = _row_of(paper, change.anchor)
    if other.mark != place.mark or at < 0:
        raise NotAppliedError(change.mark)
    rows, keys = list(table.rows), list(table.keys)
    to = to + 1 - (at < to + 1)
    rows.insert(to, rows.pop(at))
    if keys:
        keys.insert(to, keys.pop(at))
    return _with(paper, place, msgspec.structs.replace(table, rows=tuple(rows), keys=tuple(keys)))


_APPLY: Final[dict[str, Callable[[Paper, Change, dict[str, str]], Paper]]] = {
    "text": _text, "header": _header, "deleted": _deleted, "added": _added, "moved": _moved,
}  # fmt: skip

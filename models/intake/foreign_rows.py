"""Answers in other offices' ledgers that say no outcome: it is taken from the row, or the words are kept as a note."""

from dataclasses import replace
from typing import Final

from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome
from models.domain.intake.said_outcomes import outcome_of, outcome_told, status_of
from models.domain.text.entry import normalize_line
from models.intake import cells
from models.intake.cells import Cell
from models.intake.sheets import BY_TABLE
from models.intake.workbook import Book, Line

FINDING, ANSWER = "finding", "feedback"
_OF_STATUS: Final = {Status.CLOSED: Outcome.DONE, Status.VERIFYING: Outcome.DONE, Status.RECTIFYING: Outcome.ONGOING}


def settle(book: Book) -> None:
    """Give every answer that says no outcome the one its row tells; what tells none goes into the finding's note."""
    answers = book.lines.get(ANSWER)
    if not answers:
        return
    kept: list[Line] = []
    noted = 0
    for line in answers:
        if line.parent is None or "outcome" in line.cells or line.record:
            kept.append(line)
            continue
        found = _outcome(line)
        if found is not None:
            columns = {**line.columns, "outcome": BY_TABLE[ANSWER].column("outcome")}
            kept.append(replace(line, cells={**line.cells, "outcome": str(found)}, columns=columns))
        else:
            noted += _note(line)
    if noted:
        book.notes.append(f"有 {noted} 行写了整改情况或措施，看不出整改结果，已记入问题的备注，没有记为反馈。")
    book.lines[ANSWER] = kept
    if not kept:
        del book.lines[ANSWER]


def _outcome(line: Line) -> Outcome | None:
    """By the status in the row, else by what the text on the rectification begins with."""
    assert line.parent is not None
    said = line.parent.cells.get("status")
    if isinstance(said, str):
        closing = "销号" in line.parent.header("status")
        status = status_of(said, closing=closing)
        if status in _OF_STATUS:
            return _OF_STATUS[status]
        if closing and outcome_of(said) is Outcome.ONGOING:
            return _told(line) or Outcome.ONGOING
    return _told(line)


def _told(line: Line) -> Outcome | None:
    """What the text on the rectification begins with, by its first line or as a whole."""
    cell = line.cells.get("measures")
    first = str(cell).strip().split("\n", 1)[0] if isinstance(cell, str) else ""
    return outcome_told(first) or outcome_told(_text(cell))


def _note(line: Line) -> int:
    """Keep the words of an answer in the note of its finding."""
    assert line.parent is not None
    texts = [f"{line.columns[name].label}：{_text(cell)}" for name, cell in line.cells.items() if _text(cell)]
    before = _text(line.parent.cells.get("note"))
    line.parent.cells["note"] = "\n".join(filter(None, (before, *texts)))
    if "note" not in line.parent.columns:
        line.parent.columns["note"] = BY_TABLE[FINDING].column("note")  # type: ignore[index]
    return 1


def _text(cell: Cell) -> str:
    return normalize_line(cells.text_of(cell)) if cell not in (None, "") else ""

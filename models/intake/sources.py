"""What is remembered of files that were imported before: their rows, word for word, and the records they became."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.intake import identity
from models.intake.known_sheet import Entry, Shelf
from models.intake.workbook import Book, Line
from models.records import ImportedRow


class Memory:
    """The rows that one source brought before; empty for rows that come from no file, as pasted ones."""

    def __init__(self, session: Session, book: Book) -> None:
        self._rows: dict[str, list[str]] = defaultdict(list)
        self._records: set[str] = set()
        query = select(ImportedRow.content, ImportedRow.record_uuid).where(ImportedRow.source == book.source)
        for content, uuid in session.execute(query.order_by(ImportedRow.id)) if book.source else ():
            self._rows[content].append(uuid)
            self._records.add(uuid)

    def __bool__(self) -> bool:
        """Whether anything came from this source before."""
        return bool(self._records)

    def knows(self, entry: Entry) -> bool:
        """Whether a kept record came from this source."""
        return entry.uuid in self._records

    def take(self, line: Line, shelf: Shelf) -> Entry | None:
        """The record that this row became, each only once; None where it is new, was changed, or the record is gone."""
        waiting = self._rows.get(content_of(line), [])
        while waiting:
            entry = shelf.by_uuid.get(waiting.pop(0))
            if entry is not None:
                return entry
        return None


def content_of(line: Line) -> str:
    """A line as it is known again."""
    return identity.content(f"{line.sheet.name}\x1e{line.origin}", line.cells)

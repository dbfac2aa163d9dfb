"""An import done: everything that was previewed, in one transaction."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from models.domain.documents.numbering import CASES, FINDINGS
from models.domain.findings import lifecycle
from models.errors import Refusal, Stale
from models.intake.known_records import record_values
from models.intake.known_sheet import Entry
from models.intake.rows import Preview, Row, Verdict
from models.intake.sheets import SHEETS, Sheet
from models.records import AccountabilityCase, Change, Finding, Term
from models.records.base import new_uuid
from models.services import findings, records
from models.services.numbering import at_least, next_serial
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace
from models.storage import backup


def apply(workspace: Workspace, preview: Preview) -> ChangeSet:
    """Write what a preview found new or changed; rejected rows stay out. A snapshot is made first.

    Raises:
        Stale: the data was changed after the preview was made; nothing was written.
        Refusal: there is nothing to write, or no snapshot could be made.
    """
    if not preview.writes:
        if preview.hopeless:
            raise Refusal("没有可以导入的行，请按所列原因改正后再导入。")
        if preview.doubts:
            raise Refusal(f"有 {len(preview.doubts)} 行要先确认是不是已有的记录，其余没有需要导入的行。")
        raise Refusal("文件里的内容都已在台账中，没有需要导入的行。")
    backup.snapshot(workspace.store.folder, backup.BEFORE_IMPORT, workspace.now)
    with workspace.writing(f"导入 {preview.name}") as work:
        if (work.session.scalar(select(func.max(Change.id))) or 0) != preview.seen:
            raise Stale("预览之后数据有改动，请重新预览再导入。")
        _words(work, preview)
        for sheet in SHEETS:
            rows = [row for row in preview.rows if row.sheet is sheet]
            _add(work, sheet, [r for r in rows if r.verdict is Verdict.NEW and not r.step])
            _change(work, sheet, [r for r in rows if r.verdict is Verdict.CHANGED])
        _steps(work, [r for r in preview.rows if r.verdict is Verdict.NEW and r.step])
        work.remember_rows(preview.source, [(content, entry.uuid) for content, entry in preview.remember])
    return work.done


def _words(work: UnitOfWork, preview: Preview) -> None:
    rows = [{"dictionary": name, "name": word} for name, words in preview.new_terms.items() for word in words]
    work.bulk_add(Term, rows)


def _add(work: UnitOfWork, sheet: Sheet, rows: list[Row]) -> None:
    """Insert a sheet's new records; those that name others of the same sheet wait for them."""
    entries = [row.entry for row in rows if row.entry is not None]
    _number(work, sheet, entries)
    while entries:
        ready = [e for e in entries if not any(link.id is None for link in _links(e))]
        if not ready:
            raise Refusal(f"“{sheet.name}”表里有互为上级的记录，请核对。")
        for entry in ready:
            entry.uuid = new_uuid()
        given = [{**record_values(sheet.record, e.values), "uuid": e.uuid} for e in ready]
        ids = work.bulk_add(sheet.record, given)
        for entry, id_ in zip(ready, ids, strict=True):
            entry.id = id_
        entries = [e for e in entries if e.id is None]


def _links(entry: Entry) -> Iterable[Entry]:
    for value in entry.values.values():
        if isinstance(value, Entry):
            yield value
        elif isinstance(value, list):
            yield from (v for v in value if isinstance(v, Entry))


def _number(work: UnitOfWork, sheet: Sheet, entries: list[Entry]) -> None:
    """Give numbers to what came without, and let the series go on after those that came with one."""
    if sheet.record not in _NUMBERED:
        return
    series, name, day = _NUMBERED[sheet.record]
    given = filter(None, (series.read(entry.values.get(name) or "") for entry in entries))
    for year, number in dict(sorted(given)).items():
        at_least(work, series.name, year, number)
    for entry in entries:
        if not entry.values.get(name):
            entry.values[name] = next_serial(work, series, (entry.values.get(day) or work.workspace.today).year)


_NUMBERED = {Finding: (FINDINGS, "serial", "found_on"), AccountabilityCase: (CASES, "code", "conduct_from")}
"""Which series numbers a record, the field for it, and the day that says the year."""


def _change(work: UnitOfWork, sheet: Sheet, rows: list[Row]) -> None:
    for row in rows:
        assert row.entry is not None
        assert row.entry.id is not None
        given = {name: new for name, (_, new) in row.changes.items()}
        record = work.get(sheet.record, row.entry.id)
        work.set(record, **record_values(sheet.record, given))
        records.prepare(work, record)


def _steps(work: UnitOfWork, rows: list[Row]) -> None:
    """Answers and checks of living findings go through the same steps as on the screen."""
    for row in rows:
        assert row.entry is not None
        given: dict[str, Any] = dict(row.entry.values)
        finding = work.get(Finding, given.pop("finding_id").id)
        if row.sheet.key == "feedback":
            findings.take_feedback(work, finding, given)
        else:
            findings.move(work, finding, lifecycle.step(row.step), given)

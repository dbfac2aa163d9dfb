"""How one party was dealt with: each measure with what the law says of it, beside the field it is about."""

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from gui.forms.form import Form
from gui.forms.panels.sublist import SubList, SubRow
from gui.widgets.styled import label
from models.domain.cases import clocks, discipline, effects
from models.paper.numbering import full_day
from models.queries.lookups import measures
from models.queries.lookups.measure_doubts import doubted
from models.records import Disposition, Party, Record

_READ = ("measure", "organ", "decided_on", "effective_on", "restored_on", "term")
"""What the meaning of a measure follows from."""


class DispositionList(SubList):
    """How one party was dealt with; basis and end of the effect follow the measure, where the law fixes them."""

    party: Party

    def describe(self, record: Record) -> tuple[str, str]:
        """The measure, by whom and until when it counts."""
        assert isinstance(record, Disposition)
        until = f"影响期至 {full_day(record.effect_end)}" if record.effect_end else ""
        decided = full_day(record.decided_on) if record.decided_on else ""
        return record.measure, "，".join(filter(None, (record.organ, decided, until)))

    def dress(self, row: SubRow, column: QVBoxLayout) -> None:
        """Under the form: what the measure means."""
        hint = label(name="note", wrap=True, shown=False)
        column.addWidget(hint)
        form = row.form
        assert form is not None
        by_law: dict[str, str] = {}
        for name in _READ:
            form[name].edited.connect(lambda: self._work_out(row, hint, by_law))
            form[name].left.connect(lambda: self._work_out(row, hint, by_law))
        self._work_out(row, hint, by_law, opening=True)

    def _work_out(self, row: SubRow, hint: Any, by_law: dict[str, str], *, opening: bool = False) -> None:
        form = row.form
        if form is None:
            return
        values, _ = form.read(name for name in _READ if name in form.cells)
        given = Disposition(**{name: values.get(name) for name in _READ})
        given.measure, given.organ = given.measure or "", given.organ or ""
        given.id = row.record.id if row.record is not None else None  # type: ignore[assignment]
        with self.context.workspace.reading() as session, session.no_autoflush:
            measure = measures.measure_named(session, given.measure) if given.measure else None
            found = list(doubted(session, self.party, given)) if given.measure else []
        _advise(form, [(problem.field, problem.sentence) for _, problem in found])
        form.show_field("restored_on", shown=bool(measure and measure.name == discipline.PROBATION))
        form.show_field("term", shown=bool(measure and measure.months_entered))
        hint.setVisible(measure is not None)
        if measure is None:
            return
        hint.setText(_meaning(measure, given))
        if not opening:
            _fill_in(form, measure, given, by_law)
        else:
            by_law |= _by_law(measure, given)


def _advise(form: Form, found: list[tuple[str, str]]) -> None:
    """Each sentence under its field."""
    for name in ("measure", "organ", "term", "effect_end"):
        form.cells[name].advise("\n".join(sentence for field, sentence in found if field == name))


def _since(given: Disposition) -> dt.date | None:
    return given.effective_on or given.decided_on


def _by_law(measure: discipline.Measure, given: Disposition) -> dict[str, str]:
    end = effects.effect_end(measure, _since(given), restored_on=given.restored_on)
    return {"effect_end": end.isoformat() if end else "", "basis": measure.source}


def _fill_in(form: Form, measure: discipline.Measure, given: Disposition, by_law: dict[str, str]) -> None:
    """End and basis as the law has them, where the clerk did not put something else."""
    before = dict(by_law)
    by_law |= _by_law(measure, given)
    end = effects.effect_end(measure, _since(given), restored_on=given.restored_on)
    if end is not None or form["effect_end"].raw() == before.get("effect_end"):
        form["effect_end"].show_value(end)
    if form["basis"].raw() in ("", before.get("basis")):
        form["basis"].show_value(measure.source)


def _meaning(measure: discipline.Measure, given: Disposition) -> str:
    """Group, class, period, the dates that follow, source and how far it is to be trusted."""
    months = f"影响期{measure.months}个月" if measure.months else ""
    if measure.months_entered and measure.name != discipline.PROBATION:
        months = "期限由决定机关确定，请填写"
    form = f"{measure.form}形态" if measure.form else ""
    parts = [measure.group, form, months, *_dates(measure, given), measure.note, measure.source, measure.certainty]
    return "；".join(part.rstrip("。") for part in parts if part) + "。"


def _dates(measure: discipline.Measure, given: Disposition) -> list[str]:
    """Two dates of 留党察看, the note after 开除党籍, what is to be done and what may be asked for."""
    since = _since(given)
    found = []
    if end := effects.term_end(measure, since, given.term):
        found.append(f"{'察看期' if measure.name == discipline.PROBATION else '期限'}至{full_day(end)}")
    if until := effects.note_until(measure, since):
        found.append(f"至{full_day(until)}")
    found += [f"{one.task}：{full_day(one.due)}前（{one.basis}）" for one in clocks.clocks(measure, since)]
    return found

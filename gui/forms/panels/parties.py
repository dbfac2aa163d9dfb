"""Who is held to account in a case, and how each was dealt with."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout
from sqlalchemy import select

from gui.core.context import Context
from gui.core.operation import Operation
from gui.forms.carrying import Start
from gui.forms.editors.pick import unit_around
from gui.forms.form import Form
from gui.forms.panels.dispositions import DispositionList
from gui.forms.panels.sublist import SubList, SubRow
from gui.widgets.styled import label
from models.domain.cases import duties
from models.domain.text.naming import mask_name
from models.queries.lookups import earlier_cases
from models.records import Disposition, Party, Person, Record, Unit
from models.services import cases


def known_by_name(context: Context, form: Form, names: tuple[str, ...]) -> None:
    """The name is all one types: a known person's fills the rest and ties the record to that person.

    Args:
        context: for reading the person.
        form: of a member or a party, with ``name`` and ``person_id``.
        names: the fields a person fills.
    """
    form.show_field("person_id", shown=False)

    def tie(person_id: int) -> None:
        form["person_id"].show_value(person_id)
        fill_from_person(context, form, names)

    def typed() -> None:
        if form["person_id"].raw() and form["name"].value() != form["person_id"].caption:
            form["person_id"].show_value(None)

    form["name"].named.connect(tie)  # type: ignore[attr-defined]
    form["name"].edited.connect(typed)


def fill_from_person(context: Context, form: Form, names: tuple[str, ...]) -> None:
    """A picked person fills name, unit, post and the like; what is there already stays, but for the name."""
    person_id = form["person_id"].raw()
    if not isinstance(person_id, int):
        return
    with context.workspace.reading() as session:
        person = session.get(Person, person_id)
    if person is None:
        return
    values = {name: getattr(person, name) for name in names if name == "name" or not form[name].raw()}
    form.fill({name: value for name, value in values.items() if value})


def _fit_duty(form: Form) -> None:
    """Offer the duties of the ground named; one it does not know is told under the field (问责条例 6, 党纪 39)."""
    ground, duty = str(form["ground"].raw() or ""), str(form["duty"].raw() or "")
    form["duty"].offered = duties.DUTIES.get(ground, ())  # type: ignore[attr-defined]
    wrong = duties.wrong_duty(ground, duty, is_unit=bool(form["is_unit"].raw()))
    form.cells["duty"].advise(wrong.sentence if wrong else "")


class PartyList(SubList):
    """The parties of a case in the order the bulletin names them."""

    def gather(self, session: Any, found: list[Any]) -> None:
        """Units and measures of all parties, for their lines."""
        units = {p.unit_id for p in found if p.unit_id}
        self._units = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))).tuples().all())
        where = (Disposition.party_id.in_([p.id for p in found]), Disposition.deleted_at.is_(None))
        self._measures: dict[int, list[str]] = {}
        for party_id, measure in session.execute(select(Disposition.party_id, Disposition.measure).where(*where)):
            self._measures.setdefault(party_id, []).append(measure)

    def describe(self, record: Record) -> tuple[str, str]:
        """Name, how it is printed, unit and post, measures."""
        assert isinstance(record, Party)
        hidden = "" if record.is_unit or record.public_name else mask_name(record.name)
        name = f"{record.name}（公开版写“{hidden}”）" if hidden not in ("", record.name) else record.name
        former = "原" if record.former else ""
        where = f"{self._units.get(record.unit_id or 0, '')}{former}{record.post}"
        measures = "、".join(self._measures.get(record.id, [])) or record.elsewhere or "尚无处理"
        return name, "，".join(filter(None, (where, record.duty, measures)))

    def starting(self) -> Start:
        """Of the unit of the party before; the first is of the unit the case is about."""
        return super().starting().usually({"unit_id": unit_around(self)})

    def _written(self, row: SubRow, done: Any) -> None:
        """A new party is there to be dealt with: its first disposition opens under it."""
        super()._written(row, done)
        if row.record is None:
            made = next(one for one in self.rows if one.record is not None and one.record.id == done.id)
            made.open()
            if made.nested is not None:
                made.nested.add()

    def follow(self, *, fresh: bool) -> None:
        """After a new party comes its disposition, after that the next party."""
        if not fresh:
            self.add()

    def row_deeds(self, record: Record) -> list[tuple[str, Callable[[], object]]]:
        """Up and down in the bulletin's order."""
        return [("上移", partial(self._move, record.id, -1)), ("下移", partial(self._move, record.id, 1))]

    def _move(self, party_id: int, by: int) -> None:
        def show(done: Any) -> None:
            self.read()
            self.changed.emit(done)

        write = Operation(lambda: cases.move_party(self.context.workspace, party_id, by), self)
        write.on_success(show).say_failure(self.context.status).run()

    def dress(self, row: SubRow, column: QVBoxLayout) -> None:
        """A picked person fills the form; dispositions and earlier cases stand under it."""
        form = row.form
        assert form is not None
        names = ("name", "unit_id", "post", "identities")
        known_by_name(self.context, form, names)
        for name in ("ground", "duty", "is_unit"):
            form[name].edited.connect(lambda: _fit_duty(form))
        _fit_duty(form)
        party = row.record
        if not isinstance(party, Party):
            column.addWidget(label("保存后可录入处理。", "note"))
            return
        with self.context.workspace.reading() as session:
            before = earlier_cases.earlier(session, party)
        if before:
            lines = (f"{one.code} {one.title} {one.measure}".strip() for one in before)
            column.addWidget(label("既往问责：" + "；".join(lines), "note", wrap=True))
        column.addWidget(label("处理", "heading"))
        dispositions = DispositionList(self.context, Disposition, "party_id", lambda: party.id)
        dispositions.party = party
        dispositions.show_parent(party.id)
        dispositions.changed.connect(lambda done: self._dealt_with(row, done))
        dispositions.edited.connect(self.edited)
        row.nested = dispositions
        column.addWidget(dispositions)

    def _dealt_with(self, row: SubRow, done: Any) -> None:
        with self.context.workspace.reading() as session:
            self.gather(session, [one.record for one in self.rows if one.record])
        row.show_head()
        self.changed.emit(done)

"""The small form of a step: made from what the rule wants, filled with what is likely."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.core.context import Context
from gui.forms.autosave import DraftAutosave
from gui.forms.carrying import CARRIED
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.widgets.styled import button, label, say
from models.domain import carry_over
from models.domain.carry_over import Where
from models.domain.findings.deadlines import DeadlineKind
from models.domain.state_machine import Step, Want, always, blank, merged, never
from models.errors import Problem
from models.queries.lookups import carrying
from models.records import RECORDS, Finding, fields_of
from models.records.fields import Field

Values = Mapping[str, Any]

TODAY = frozenset({
    "verified_on", "received_on", "on", "applied_on", "finished_on", "proposed_on", "handed_on", "executed_on",
    "confirmed_on",
})  # fmt: skip
"""Days that usually are today."""
WORDS = {
    ("report", "outcome"): "已整改",
    ("progress", "outcome"): "正在推进",
}
"""The usual answer of a step. What decides is never among them: no step is taken by one key, unread."""
DECIDING = frozenset({"conclusion", "method"})
"""Choices by which a verification decides: they open empty, for every problem and every round."""
_PLACE, _CAMPAIGN = "of.place", "of.campaign"
"""Where a step's values were typed, kept beside them."""
_GIVEN_KIND = ("deadline_kind", "deadline_days")


def field_of(want: Want) -> Field:
    """A want as a form's field."""
    required = want.required_when is not never
    if want.kind == "unit":
        return Field(want.label, "ref", required, target="unit")
    if want.kind == "person":
        return Field(want.label, "line", required, limit=30, editor="person")
    if want.kind == "line":
        return Field(want.label, "line", required, limit=60, suggests=want.catalog)
    limit = 2000 if want.kind == "text" else 60
    return Field(
        want.label, want.kind, required, term=want.catalog, limit=limit, past=want.past or want.field in past_days()
    )


@cache
def past_days() -> frozenset[str]:
    """Names of the days on which something has happened, as the records declare them."""
    return frozenset(name for cls in RECORDS.values() for name, field in fields_of(cls).items() if field.past)


def fields_for(step: Step[Any]) -> dict[str, Field]:
    """The fields of a step's form; where a deadline is given, also how."""
    fields = {want.field: field_of(want) for want in step.wants}
    if "deadline" in fields:
        declared = fields_of(Finding)
        fields = {**{name: declared[name] for name in _GIVEN_KIND}, **fields}
        order = ("unit_id", "department_id", *_GIVEN_KIND, "deadline", "requirement", "reason")
        fields = {name: fields[name] for name in order if name in fields}
    return fields


def proposals(step: Step[Any], facts: Values, about: Values, context: Context) -> tuple[dict[str, Any], dict[str, str]]:
    """What the step's form starts with, and what of it was taken over from the last step of its kind.

    The record's own values, the program's usual answers and today, the operator, and who was named last where the
    rule of taking over lets it be proposed here.

    Args:
        step: to be taken.
        facts: the record as the rules see it.
        about: of these, what tells its place and 专项.
        context: for reading and what was remembered.
    """
    last = _again(step, about, context)
    values: dict[str, Any] = {}
    words: dict[str, str] = {}
    for name in fields_for(step):
        want = next((w for w in step.wants if w.field == name), None)
        if want is None or want.known:
            values[name] = facts.get(name)
        if blank(values.get(name)):
            values[name] = last.get(name) or _usual(step, name, facts, context)
            words |= {name: CARRIED} if last.get(name) else {}
    if not values.get("verifier", "x"):
        values["verifier"] = context.workspace.operator
    return values, words


def _again(step: Step[Any], facts: Values, context: Context) -> dict[str, Any]:
    kept: dict[str, Any] = context.state.get(f"step.{step.key}", {})
    place = tuple(int(one) for one in str(kept.get(_PLACE, "")).split() if one.isdigit())
    campaign = kept.get(_CAMPAIGN)
    of = Where(place, campaign if isinstance(campaign, int) else None)
    return carry_over.again(kept, of=of, now=_where(facts, context))


def _where(facts: Values, context: Context) -> Where:
    with context.workspace.reading() as session:
        found = carrying.where(session, "", facts)
    return Where(found.place, found.campaign)


def _usual(step: Step[Any], name: str, facts: Values, context: Context) -> Any:
    if name in TODAY:
        return context.workspace.today
    if name == "total":
        return facts.get("count")
    return WORDS.get((step.key, name))


def remember(step: Step[Any], facts: Values, given: Values, context: Context) -> None:
    """Keep what may be proposed next time, with the place and the 专项 it was typed for."""
    of = _where(facts, context)
    belongs = {_PLACE: " ".join(map(str, of.place)), _CAMPAIGN: of.campaign}
    context.state.set(f"step.{step.key}", carry_over.remembered(given) | belongs)


class StepForm(QFrame):
    """Asks for what one step wants. ``agreed`` carries the values; ``backed_out`` that nothing is to happen."""

    agreed = Signal(object)
    backed_out = Signal()

    def __init__(
        self,
        context: Context,
        step: Step[Any],
        facts: Values,
        parent: QWidget | None = None,
        *,
        about: Values | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("class", "step")
        self.context, self.step, self._facts = context, step, dict(facts)
        self.drafts: DraftAutosave | None = None
        fields = fields_for(step)
        self.form = Form(context, fields, [Section("", tuple(fields))])
        values, words = proposals(step, facts, facts if about is None else about, context)
        self.form.show_values(values)
        self.form.mark_carried(words)
        self._build()
        self.form.edited.connect(self._edited)
        self.form.finished.connect(self.yes.setFocus)
        self._edited()

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addWidget(label(self.step.name, "heading"))
        self._trouble = label(name="wrong", wrap=True, shown=False)
        column.addWidget(self._trouble)
        self._scroller = _FittingChoice(self.form)
        column.addWidget(self._scroller)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.yes = button(f"确认{self.step.name}  Ctrl+Enter", "primary")
        self.yes.clicked.connect(lambda _on: self.agree())
        self.no = button("取消  Esc")
        self.no.clicked.connect(lambda _on: self.backed_out.emit())
        self._row, self._column = row, column
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch()
        column.addLayout(row)

    def add_above(self, told: str) -> None:
        """What is to be judged, between the step's name and its fields."""
        line = label(told, wrap=True)
        line.setMaximumHeight(4 * line.fontMetrics().lineSpacing())
        self._column.insertWidget(1, line)

    def add_beside(self, other: QWidget) -> None:
        """One more button, behind the first."""
        self._row.insertWidget(1, other)

    def add_below(self, caption: str, editor: QWidget, error: QWidget) -> None:
        """One more input, between the form and the buttons."""
        row = QHBoxLayout()
        row.setSpacing(8)
        name = label(caption, "field")
        row.addWidget(name)
        inner = QVBoxLayout()
        inner.setSpacing(2)
        inner.addWidget(editor)
        inner.addWidget(error)
        row.addLayout(inner, 1)
        self._column.insertLayout(self._column.count() - 1, row)

    def _edited(self) -> None:
        """Conditional fields come and go with the outcome; a deadline in words gets its day."""
        values, _ = self.form.values()
        now = merged(self._facts, values)
        for want in self.step.wants:
            conditional = want.required_when not in (always, never)
            if conditional:
                self.form.show_field(want.field, shown=want.required_when(now))
        if "deadline_kind" in self.form.cells:
            self._work_out_deadline(values)
        self._scroller.updateGeometry()

    def _work_out_deadline(self, values: dict[str, Any]) -> None:
        kind, days = values.get("deadline_kind"), values.get("deadline_days")
        self.form.show_field("deadline_days", shown=kind == DeadlineKind.WORKDAYS)
        if kind not in (DeadlineKind.AT_ONCE, DeadlineKind.WORKDAYS):
            return
        from models.domain.findings import deadlines
        from models.queries.lookups import calendar

        with self.context.workspace.reading() as session:
            workdays = calendar.load(session)
        try:
            due = deadlines.due_day(kind, days, self.context.workspace.today, workdays)
        except ValueError:
            return
        self.form["deadline"].show_value(due.day)

    def given(self) -> tuple[dict[str, Any], list[Problem]]:
        """What was typed into the fields that show, and what cannot be read."""
        values, problems = self.form.values()
        if values.get("deadline_kind") in (DeadlineKind.AT_ONCE, DeadlineKind.WORKDAYS):
            values.pop("deadline", None)  # worked out anew when the step is taken, with its 暂定 mark
        shown = {name: value for name, value in values.items() if not self.form.cells[name].isHidden()}
        return {name: value for name, value in shown.items() if not blank(value)}, problems

    def agree(self) -> None:
        """Hand the values over, or say what cannot be read."""
        given, problems = self.given()
        if problems:
            self.complain(problems)
        else:
            self.agreed.emit(given)

    def complain(self, problems: list[Problem] | tuple[Problem, ...]) -> None:
        """Show what stands against the step."""
        homeless = self.form.complain(problems)
        say(self._trouble, "".join(p.sentence for p in homeless))


class _FittingChoice(QScrollArea):
    """As high as the form wants, up to half the panel; then it scrolls."""

    most = 340

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(form)
        form.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        form.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The form grew or shrank."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """The form's own height within bounds."""
        form = self.widget()
        width = max(self.width(), 400)
        height = form.heightForWidth(width) if form.hasHeightForWidth() else form.sizeHint().height()
        return QSize(width, min(height, self.most))

    def minimumSizeHint(self) -> QSize:
        """At least three rows."""
        return QSize(200, min(self.sizeHint().height(), 160))

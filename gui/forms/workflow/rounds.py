"""Feedback and verification, round beside round; earlier ones stay readable."""

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.widgets.styled import label, plain, restyle
from models.paper.numbering import full_day
from models.queries.facts.finding_life import Round
from models.records import Feedback, Verification, fields_of

CARD = 248
"""Least width of a round, so that two stand side by side in the form."""

_ANSWER = (
    "outcome", "measures", "finished_on", "person", "reason", "no_evidence_reason", "next_steps", "lessons",
    "submitted_by", "submitted_at",
)  # fmt: skip
_CHECK = ("conclusion", "method", "verifier", "verified_on", "opinion", "reason", "approver", "approved_on")


def in_words(value: object) -> str:
    """A value as the screen says it."""
    if isinstance(value, dt.datetime):
        return f"{full_day(value)} {value:%H:%M}"
    return full_day(value) if isinstance(value, dt.date) else str(value)


def facts(pairs: Iterable[tuple[str, object]], paired: int = 0) -> QWidget:
    """Label and value, a line each; what is empty is left out.

    ``paired``: so many of the first stand two in a line.
    """
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    for column in (1, 3) if paired else (1,):
        grid.setColumnStretch(column, 1)
    row, column = 0, 0
    for place, (name, value) in enumerate(pairs):
        if value in (None, "", []):
            continue
        half = place < paired
        if not half and column:
            row, column = row + 1, 0
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(name, "muted"), row, column, top | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(in_words(value), wrap=True), row, column + 1, 1, 1 if half or not paired else 3, top)
        row, column = (row, 2) if half and not column else (row + 1, 0)
    return box


def _values(record: Feedback | Verification, names: tuple[str, ...]) -> list[tuple[str, object]]:
    declared = fields_of(type(record))
    pairs = [(declared[name].label, getattr(record, name)) for name in names]
    if isinstance(record, Feedback) and record.total and record.done is not None:
        pairs.insert(1, ("进度", f"{record.done or 0}/{record.total}"))
    return pairs


class RoundCard(QFrame):
    """One round: the answer above, what the county found below."""

    def __init__(self, one: Round, *, now: bool) -> None:
        super().__init__()
        self.setProperty("class", "round")
        self.setProperty("now", now)
        self.setMinimumWidth(CARD)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(f"第 {one.number} 轮", "heading"))
        for feedback in one.feedbacks:
            if feedback.unexpected:
                column.addWidget(label("非应报时上报，未改变办理状态", "note"))
            column.addWidget(facts(_values(feedback, _ANSWER)))
        if one.verification is not None:
            column.addWidget(label("核查", "heading"))
            column.addWidget(facts(_values(one.verification, _CHECK)))
        elif one.feedbacks:
            column.addWidget(label("尚未核查", "note"))
        column.addStretch()
        restyle(self)


class RoundsView(QScrollArea):
    """All rounds from the left, the newest first in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rounds(self, rounds: tuple[Round, ...]) -> None:
        """Show the rounds, the newest on the left."""
        box = plain("paper")
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        newest = list(reversed(rounds))
        for one in newest:
            row.addWidget(RoundCard(one, now=one is newest[0]), 1)
        if not rounds:
            row.addWidget(label("还没有整改反馈。", "note"))
        self.setWidget(box)
        self._fit()

    def _fit(self) -> None:
        box = self.widget()
        if box is None:
            return
        width = max(self.viewport().width(), box.minimumSizeHint().width())
        height = box.heightForWidth(width) if box.hasHeightForWidth() else box.sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height() if box.minimumSizeHint().width() > self.width() else 0
        self.setFixedHeight(height + bar + 2)

    def resizeEvent(self, event: object) -> None:
        """Texts wrap anew at another width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

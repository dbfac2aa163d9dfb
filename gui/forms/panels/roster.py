"""A month to click through: a day opens its members as chips; a rotation is proposed; clashes are shown."""

import calendar
import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.styled import CalmCombo, button, emptied, label, restyle, say
from models.queries.lookups import roster
from models.records import Member
from models.services import rosters

_WEEK = "一二三四五六日"


class DayCell(QPushButton):
    """One day: its number and who serves."""

    walked = Signal(int)

    def __init__(self, day: dt.date) -> None:
        super().__init__()
        self.day = day
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("class", "day")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(56)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 4, 2)
        column.setSpacing(0)
        self._number, self._names = Label(str(day.day)), Label()
        self._names.setWordWrap(True)
        self._names.setProperty("class", "note")
        for part in (self._number, self._names):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch()

    def show_names(self, names: list[str], trouble_: str) -> None:
        """Show who serves; what clashes colours the day and is its tool tip."""
        shown = " ".join(names[:4]) + ("…" if len(names) > 4 else "")
        self._names.setText(shown)
        set_tip(self, trouble_ or "、".join(names))
        self.setAccessibleName(f"{self.day.month}月{self.day.day}日 {'、'.join(names) or '未排班'} {trouble_}")
        self.setProperty("clash", bool(trouble_))
        self._number.setText(f"{self.day.day}{'  !' if trouble_ else ''}")
        restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys walk through the month."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(by)


class RosterView(QFrame):
    """One team's month. ``changed`` carries the ``ChangeSet`` of every writing."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.team_id: int | None = None
        today = context.workspace.today
        self.year, self.month = today.year, today.month
        self.chosen: dt.date | None = None
        self.cells: dict[dt.date, DayCell] = {}
        self._month = roster.Month((), (), ())
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._band())
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        column.addLayout(self._grid)
        self._picked = label(name="heading")
        column.addWidget(self._picked)
        self._chips_box = QWidget()
        self._chips = FlowLayout(self._chips_box)
        column.addWidget(self._chips_box)
        self._clashes = label(name="wrong", wrap=True, shown=False)
        column.addWidget(self._clashes)

    def _band(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        before, after = button("‹", tip="上一个月"), button("›", tip="下一个月")
        before.clicked.connect(lambda _on: self.turn(-1))
        after.clicked.connect(lambda _on: self.turn(1))
        self._title = label(name="heading")
        self._size = CalmCombo()
        for size in range(1, 10):
            self._size.addItem(f"每天 {size} 人", size)
        self._size.setCurrentIndex(1)
        propose = button("轮流排班", tip="把空着的日子按在班天数轮流排满，可撤销")
        propose.clicked.connect(lambda _on: self.propose())
        for part in (before, self._title, after):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self._size)
        row.addWidget(propose)
        return row

    # ---- showing

    def show_team(self, team_id: int | None) -> None:
        """Show this team's month."""
        self.team_id = team_id
        self.read()

    def turn(self, by: int) -> None:
        """Go some months on."""
        years, month = divmod(self.year * 12 + self.month - 1 + by, 12)
        self.year, self.month, self.chosen = years, month + 1, None
        self.read()

    def read(self) -> None:
        """Read the month again."""
        with self.context.workspace.reading() as session:
            self._month = roster.month(session, self.year, self.month)
        self._title.setText(f"{self.year}年{self.month}月")
        days = calendar.monthrange(self.year, self.month)[1]
        if [*self.cells] != [dt.date(self.year, self.month, d) for d in range(1, days + 1)]:
            self._lay_out(days)
        self._show_days()
        self._show_chosen()

    def _lay_out(self, days: int) -> None:
        emptied(self._grid)
        for place, name in enumerate(_WEEK):
            head = label(name, "note")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, place)
            self._grid.setColumnStretch(place, 1)
        offset = dt.date(self.year, self.month, 1).weekday()
        self.cells = {}
        for number in range(1, days + 1):
            cell = DayCell(dt.date(self.year, self.month, number))
            cell.clicked.connect(partial(self.choose, cell.day))
            cell.walked.connect(partial(self._walk, cell.day))
            self.cells[cell.day] = cell
            row, column = divmod(offset + number - 1, 7)
            self._grid.addWidget(cell, row + 1, column)

    def _show_days(self) -> None:
        wrong: dict[dt.date, str] = {}
        for clash in roster.clashes(self._month):
            wrong[clash.on] = wrong.get(clash.on, "") + clash.sentence
        for day, cell in self.cells.items():
            names = [name for shift in self._month.on(day, self.team_id) for name in self._month.named(shift)]
            cell.show_names(names, wrong.get(day, "") if names else "")
            cell.setChecked(day == self.chosen)
        mine = [f"{day.month}月{day.day}日 {said}" for day, said in wrong.items() if self._month.on(day, self.team_id)]
        say(self._clashes, "".join(mine[:4]) + (f"另有 {len(mine) - 4} 天有冲突。" if len(mine) > 4 else ""))

    @property
    def members(self) -> list[Member]:
        """The team's members."""
        return [m for m in self._month.members if m.team_id == self.team_id]

    def _walk(self, day: dt.date, by: int) -> None:
        to = day + dt.timedelta(days=by)
        if to not in self.cells:
            self.turn(1 if by > 0 else -1)
        self.cells[to].setFocus()
        self.choose(to)

    def choose(self, day: dt.date, _on: bool = True) -> None:
        """Open a day: its members as chips."""
        self.chosen = day
        for one, cell in self.cells.items():
            cell.setChecked(one == day)
        self._show_chosen()

    def _show_chosen(self) -> None:
        emptied(self._chips)
        day = self.chosen
        self._picked.setVisible(day is not None)
        self._chips_box.setVisible(day is not None)
        if day is None:
            return
        self._picked.setText(f"{day.month}月{day.day}日 星期{_WEEK[day.weekday()]}：点选值班人员")
        on_duty = self.on_duty(day)
        for member in self.members:
            chip = button(member.name, "tick", "" if roster.serving(member, day) else "当天不在组")
            chip.setCheckable(True)
            chip.setChecked(member.id in on_duty)
            chip.setParent(self._chips_box)
            chip.clicked.connect(partial(self._toggle, member.id))
            self._chips.addWidget(chip)
            chip.show()
        if not self.members:
            self._picked.setText("这个组还没有成员，请先在“成员”里登记。")
        self._chips_box.updateGeometry()

    def on_duty(self, day: dt.date) -> list[int]:
        """The members on duty that day."""
        return [i for shift in self._month.on(day, self.team_id)[:1] for i in shift.member_ids]

    # ---- writing

    def _toggle(self, member_id: int, on: bool) -> None:
        assert self.chosen is not None
        now = [i for i in self.on_duty(self.chosen) if i != member_id]
        self.put(self.chosen, [*now, member_id] if on else now)

    def put(self, day: dt.date, member_ids: list[int]) -> None:
        """Put these members on duty."""
        if self.team_id is None:
            return
        team_id = self.team_id

        write = Operation(lambda: rosters.set_day(self.context.workspace, team_id, day, member_ids), self)
        write.on_success(self._after_write).say_failure(self.context.status).run()

    def _after_write(self, done: Any) -> None:
        self.read()
        self.changed.emit(done)

    def proposal(self) -> dict[dt.date, list[int]]:
        """A rotation for the days of this month that are still empty, from today on where it is this month."""
        empty = [day for day in self.cells if not self.on_duty(day)]
        served: dict[int, int] = {}
        for shift in self._month.shifts:
            for id_ in shift.member_ids:
                served[id_] = served.get(id_, 0) + 1
        return roster.rotation(self.members, empty, self._size.currentData(), served)

    def propose(self) -> None:
        """轮流排班: fill the empty days, in one deed that one undo takes back."""
        if self.team_id is None or not self.members:
            self.context.status("这个组还没有成员，请先在“成员”里登记。")
            return
        team_id, plan = self.team_id, self.proposal()

        def show(done: Any) -> None:
            self._after_write(done)
            self.context.status(f"已排 {len(plan)} 天，可点日期调整，或按 Ctrl+Z 撤销。")

        write = Operation(lambda: rosters.set_days(self.context.workspace, team_id, plan), self)
        write.on_success(show).say_failure(self.context.status).run()

"""The records of an incoming package: how each is sorted, what is said of it, and both sides where they differ."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QRadioButton, QWidget

from gui.core import theme
from gui.core.plain_text import Label

if TYPE_CHECKING:
    from models.exchange.merge import Choice
    from models.exchange.plan import Item

SORTS = {
    "conflicting": "冲突",
    "new": "新增",
    "changed": "更新",
    "foreign": "不属于本单位",
    "barred": "不收的附件",
    "same": "相同",
}
"""What a clerk has to decide comes first."""
FIRST = ("feedback", "plan", "finding", "verification", "extension", "attachment")


def order(item: "Item") -> tuple[int, int]:
    """Conflicts first; of each sort, what is talked about before what it names."""
    told = FIRST.index(item.row.table) if item.row.table in FIRST else len(FIRST)
    return list(SORTS).index(item.sort), told


TELLING = ("outcome", "fact", "measures", "conclusion", "reason", "description")
"""The fields that tell in a line what a record says, in this order."""
MOST_TOLD = 60


def said(item: "Item") -> str:
    """Why it is sorted so, what differs, and what the record says, in a line."""
    changed = "、".join(one.label for one in item.differences)
    told = "，".join(str(item.row.values[name]) for name in TELLING if item.row.values.get(name))
    short = " ".join(told.split())
    short = f"{short[:MOST_TOLD]}……" if len(short) > MOST_TOLD else short
    differs = f"{item.why}（{changed}）" if item.why and changed else item.why or (changed and f"不同：{changed}")
    return "；".join(filter(None, (differs, short)))


def _words(text: str, name: str) -> QLabel:
    made = Label(text)
    made.setProperty("class", name)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def both_sides(item: "Item", decide: "Callable[[Choice], object]", *, theirs: bool) -> QWidget:
    """A record as it is here and as it came, and the choice where they conflict.

    Args:
        item: the record.
        decide: called with the choice.
        theirs: whether the other side's was chosen.
    """
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.LARGE)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    for column, text in enumerate((item.title, "本机", "对方")):
        grid.addWidget(_words(text, "heading"), 0, column)
    for n, one in enumerate(item.differences, start=1):
        for column, (text, name) in enumerate(((one.label, "muted"), (one.ours, ""), (one.theirs, ""))):
            grid.addWidget(_words(text, name), n, column, Qt.AlignmentFlag.AlignTop)
    if item.sort == "conflicting":
        _choices(grid, len(item.differences) + 1, decide, theirs=theirs)
    return box


def _choices(grid: QGridLayout, row: int, decide: "Callable[[Choice], object]", *, theirs: bool) -> None:
    ours, other = QRadioButton("保留本机的"), QRadioButton("采用对方的")
    (other if theirs else ours).setChecked(True)
    ours.toggled.connect(lambda on: decide("ours" if on else "theirs"))
    grid.addWidget(ours, row, 1)
    grid.addWidget(other, row, 2)

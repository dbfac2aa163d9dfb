"""The office's five document fonts: the names Word gets, and what this PC draws where one is missing."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.forms.form import LABEL_WIDTH
from gui.widgets.styled import CalmCombo, button, label
from models.paper.elements import Fonts

ROLES = (
    ("mark", "发文机关标志、标题"),
    ("body", "正文"),
    ("hei", "一级标题"),
    ("kai", "二级标题"),
    ("song", "页码、表格"),
)
"""Which role draws what (GB/T 9704)."""


class FontsBox(QWidget):
    """One line a role: the family, and under it a note where this PC lacks it."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._standard = Fonts()
        self._have = set(QFontDatabase.families())
        self.boxes: dict[str, CalmCombo] = {}
        self.notes: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
        for place, (role, name) in enumerate(ROLES):
            box, note = CalmCombo(), label(name="note", wrap=True, shown=False)
            box.setEditable(True)
            if (typed := box.lineEdit()) is not None:
                typed.setAcceptDrops(False)
            box.addItems(list(dict.fromkeys([getattr(self._standard, role), *families])))
            box.editTextChanged.connect(lambda _text, role=role: self._changed(role))
            self.boxes[role], self.notes[role] = box, note
            grid.addWidget(label(name, "field"), 2 * place, 0)
            grid.addWidget(box, 2 * place, 1)
            grid.addWidget(note, 2 * place + 1, 1)
        back = button("恢复公文标准字体", "link")
        back.clicked.connect(lambda _on: self.show_fonts({}))
        grid.addWidget(back, 2 * len(ROLES), 1)

    def _changed(self, role: str) -> None:
        self._remark(role)
        self.edited.emit()

    def _remark(self, role: str) -> None:
        family = self.boxes[role].currentText().strip()
        missing = bool(family) and family not in self._have
        self.notes[role].setVisible(missing)
        self.notes[role].setText(f"本机没有“{family}”：Word 文件仍写这个字体，本机预览和打印用相近的字体代替。")

    def show_fonts(self, fonts: Mapping[str, Any]) -> None:
        """Show the office's fonts; roles it leaves open get the standard's."""
        for role, box in self.boxes.items():
            box.setEditText(str(fonts.get(role) or getattr(self._standard, role)))
            self._remark(role)

    def fonts(self) -> dict[str, str]:
        """The fonts that differ from the standard's."""
        chosen = {role: box.currentText().strip() for role, box in self.boxes.items()}
        return {role: name for role, name in chosen.items() if name and name != getattr(self._standard, role)}

"""A form: a record's fields in sections, read and shown together, each error under its field."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.icons import icon
from gui.core.plain_text import Label, set_tip, starred
from gui.forms.editors import Editor, editor_for, pair_days
from gui.forms.sections import Section
from gui.widgets.styled import label, say, tool
from models.errors import Problem, Refusal
from models.records.fields import Field

LABEL_WIDTH = 86
"""Six Chinese characters and the required mark, in pixels at 14 px."""
BREADTHS = (440, 500)
"""From these widths on a row holds two short fields, and then two of any but the wide ones."""
SPAN = 4
"""Columns of the grid: label and input, twice."""


class FieldCell(QWidget):
    """An editor with its error under it."""

    def __init__(self, name: str, field: Field, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.field, self.editor = name, field, editor
        self.label = self._label()
        self.error = label(name="wrong", wrap=True, shown=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(editor)
        column.addWidget(self.error)
        self.advice = label(name="doubt", wrap=True, shown=False)
        column.addWidget(self.advice)

    def _label(self) -> QLabel:
        made = (starred if self.field.required else Label)(self.field.label, self.parentWidget())
        made.setProperty("class", "field")
        made.setMinimumHeight(32)
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_tip(made, self.field.help)
        made.setBuddy(self.editor)
        return made

    def complain(self, sentence: str) -> None:
        """Show the error, or take it away with ""."""
        if sentence == self.error.text() and self.error.isHidden() != bool(sentence):
            return
        say(self.error, sentence)
        self.editor.set_wrong(bool(sentence))

    def advise(self, sentence: str) -> None:
        """Show what to look at, which stops nothing, or take it away with ""."""
        say(self.advice, sentence)


class SectionBox(QWidget):
    """A heading that folds what is under it."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None, *, folded: bool = False) -> None:
        super().__init__(parent)
        self.content = content
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.head = tool(title, "section")
        self.head.setCheckable(True)
        self.head.setChecked(not folded)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.toggled.connect(self._fold)
        column.addWidget(self.head)
        self.head.setVisible(bool(title))  # only now: without a parent it would flash up as a window
        column.addWidget(content)
        self._fold(not folded)

    def _fold(self, is_open: bool) -> None:
        self.content.setVisible(is_open)
        self.head.setIcon(icon("chevron-down" if is_open else "chevron-right"))

    def unfold(self) -> None:
        """Open it."""
        self.head.setChecked(True)


class Form(QWidget):
    """Editors for some fields, laid out two short ones or one wide one a row.

    ``edited`` after every change by the clerk; ``finished`` at Enter in the last field.
    """

    edited = Signal()
    finished = Signal()
    left = Signal()

    def __init__(
        self,
        context: Context,
        fields: Mapping[str, Field],
        sections: Sequence[Section],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.cells: dict[str, FieldCell] = {}
        self.boxes: list[SectionBox] = []
        self._before: dict[str, Any] = {}
        self._grids: list[tuple[QGridLayout, list[FieldCell]]] = []
        self._breadth = len(BREADTHS)
        self.passed_over: frozenset[str] = frozenset()
        self.folded = frozenset(name for section in sections if section.folded for name in section.names)
        """Fields whose section is folded away at first."""
        self.carried: dict[str, str] = {}
        """Fields whose value was taken over, with the word that says so; typing takes the mark away."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for section in sections:
            # From the outside in: whatever moves to a new parent is looked up in the style sheet again.
            box = SectionBox(section.title, QWidget(), self, folded=section.folded)
            self.boxes.append(box)
            column.addWidget(box)
            self._fill(box.content, section, fields)
        self._place()
        pair_days({name: cell.editor for name, cell in self.cells.items()})
        self._before = self.raw()

    def _fill(self, content: QWidget, section: Section, fields: Mapping[str, Field]) -> None:
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for column in (0, 2):
            grid.setColumnMinimumWidth(column, LABEL_WIDTH)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        self._grids.append((grid, [self._cell(name, fields[name], content) for name in section.names]))

    def _place(self) -> None:
        """Two short fields a row; names alone where the form is narrow, everything where it is very narrow."""
        for grid, cells in self._grids:
            row, at = 0, 0
            for cell in cells:
                editor = cell.editor
                wide = editor.wide or self._breadth == 0 or (editor.roomy and self._breadth == 1)
                if wide and at:
                    row, at = row + 1, 0
                top = Qt.AlignmentFlag.AlignTop
                grid.addWidget(cell.label, row, at, top)
                grid.addWidget(cell, row, at + 1, 1, SPAN - 1 if wide else 1, top)
                row, at = (row, 2) if not wide and at == 0 else (row + 1, 0)

    def widen(self, name: str) -> None:
        """Give a short field a row of its own, where its words need it."""
        if name in self.cells:
            self.cells[name].editor.wide = True
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another breadth, another layout."""
        super().resizeEvent(event)
        breadth = sum(self.width() >= limit for limit in BREADTHS)
        if breadth != self._breadth:
            self._breadth = breadth
            self._place()

    def _cell(self, name: str, field: Field, parent: QWidget) -> FieldCell:
        editor = editor_for(self._context, name, field)
        cell = FieldCell(name, field, editor, parent)
        self.cells[name] = cell
        editor.edited.connect(lambda: self._edited(cell))
        editor.advance.connect(lambda: self.advance_from(name))
        editor.left.connect(lambda: self._left(cell))
        editor.unwanted.connect(lambda: self._unwanted(name))
        return cell

    def _edited(self, cell: FieldCell) -> None:
        cell.complain("")
        self.unmark(cell.name)
        self.edited.emit()

    def mark_carried(self, words: Mapping[str, str]) -> None:
        """Say of these fields where their values come from; no field that holds such a one is folded away."""
        for name, word in words.items():
            if name in self.cells and self[name].raw():
                self.carried[name] = word
                self[name].mark(word)
                self._unfold(name)

    def unmark(self, *names: str) -> None:
        """These fields hold the record's own values now."""
        for name in names:
            if self.carried.pop(name, ""):
                self[name].mark("")

    def let_go(self, names: Iterable[str], instead: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Empty fields that were taken over, or show what is usual in their place."""
        for name in list(names):
            self.unmark(name)
            self[name].show_value(instead.get(name))
        self.edited.emit()

    def _unwanted(self, name: str) -> None:
        self.let_go([name])
        self.go_to(name)

    def _left(self, cell: FieldCell) -> None:
        """Say what cannot be read while the clerk still has it in mind."""
        _, problems = self.read([cell.name])
        for problem in problems:
            cell.complain(problem.sentence)
        self.left.emit()

    def __getitem__(self, name: str) -> Editor:
        return self.cells[name].editor

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show a record's values; what the form has and ``values`` lacks is emptied."""
        self.clear_errors()
        self.unmark(*self.carried)
        for name, cell in self.cells.items():
            cell.editor.show_value(values.get(name))
        self._before = self.raw()

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put values in as if the clerk had typed them."""
        for name, value in values.items():
            if name in self.cells:
                self[name].show_value(value)
        self.edited.emit()

    def raw(self) -> dict[str, Any]:
        """What stands in every field, JSON-ready."""
        return {name: cell.editor.raw() for name, cell in self.cells.items()}

    def typed(self) -> dict[str, Any]:
        """What differs from what was shown, raw: what a draft keeps."""
        return {name: raw for name, raw in self.raw().items() if raw != self._before.get(name)}

    def show_typed(self, raw: Mapping[str, Any]) -> None:
        """Show what a draft kept over what the record holds."""
        for name, value in raw.items():
            if name in self.cells:
                self[name].show_raw(value)

    @property
    def dirty(self) -> bool:
        """Whether the clerk changed anything."""
        return bool(self.typed())

    def read(self, names: Iterable[str]) -> tuple[dict[str, Any], list[Problem]]:
        """The values of these fields, and a problem for each that cannot be read."""
        values: dict[str, Any] = {}
        problems = []
        for name in names:
            try:
                values[name] = self[name].value()
            except ValueError as error:
                problems.append(Problem(name, f"“{self.cells[name].field.label}”{error}"))
        return values, problems

    def values(self) -> tuple[dict[str, Any], list[Problem]]:
        """All values, and what cannot be read."""
        return self.read(self.cells)

    def changed(self) -> tuple[dict[str, Any], list[Problem]]:
        """The values the clerk changed, and what cannot be read."""
        return self.read(self.typed())

    def read_values(self, *, changed: bool = False) -> dict[str, Any]:
        """All values, or those the clerk changed.

        Raises:
            Refusal: what cannot be read, a problem a field.
        """
        values, problems = self.changed() if changed else self.values()
        if problems:
            raise Refusal(*problems)
        return values

    def complain(self, problems: Iterable[Problem]) -> list[Problem]:
        """Put each problem under its field and the cursor into the topmost; gives back those of no field here."""
        self.clear_errors()
        homeless, wrong = [], set()
        for problem in problems:
            cell = self.cells.get(problem.field)
            if cell is None:
                homeless.append(problem)
                continue
            cell.complain(problem.sentence)
            wrong.add(problem.field)
        if wrong:
            self.go_to(next(name for name in self.cells if name in wrong))
        return homeless

    def clear_errors(self) -> None:
        """Take all errors away."""
        for cell in self.cells.values():
            cell.complain("")

    def go_to(self, name: str) -> None:
        """Unfold the field's section and put the cursor into it."""
        cell = self.cells[name]
        self._unfold(name)
        QTimer.singleShot(0, cell, lambda: cell.editor.setFocus(Qt.FocusReason.TabFocusReason))

    def _unfold(self, name: str) -> None:
        for box in self.boxes:
            if box.isAncestorOf(self.cells[name]):
                box.unfold()

    def show_field(self, name: str, *, shown: bool) -> None:
        """Show or hide one field with its label."""
        cell = self.cells[name]
        cell.setVisible(shown)
        cell.label.setVisible(shown)

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""
        if self.cells:
            empty = (n for n, c in self.cells.items() if not c.editor.raw() and not c.isHidden())
            self.go_to(next(empty, next(iter(self.cells))))

    def start_typing(self, name: str) -> bool:
        """Put the cursor into a field, what stands there marked to be typed over, unless one before it is empty."""
        names = [one for one in self.cells if not self.cells[one].isHidden()]
        if name not in names or not all(self[one].raw() for one in names[: names.index(name)]):
            return False
        self.go_to(name)
        return True

    def advance_from(self, name: str) -> None:
        """Enter: to the next field that can be typed into; Tab alone stops at those that were proposed."""
        names = list(self.cells)
        for following in names[names.index(name) + 1 :]:
            editor = self[following]
            if editor.isVisible() and editor.isEnabled() and not (following in self.passed_over and editor.raw()):
                editor.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.finished.emit()

    def set_read_only(self, read_only: bool) -> None:
        """Let everything be read and nothing changed."""
        for cell in self.cells.values():
            cell.editor.set_read_only(read_only)

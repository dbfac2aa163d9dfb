"""Editors that name other records: one, several, or a person's name as text."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.plain_text import Label, set_tip
from gui.forms.editors.base import Editor
from gui.forms.editors.suggest import SuggestEdit, SuggestEditor, Suggestion
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.styled import plain, tool
from models.domain.text.guess import is_initials
from models.records.fields import Field

if TYPE_CHECKING:
    from models.queries.lookups.pickers import Candidate

CREATED_IN_PLACE = {"unit": "单位", "person": "人员", "site": "点位", "team": "督查组", "campaign": "专项"}
"""Records that may be made while another one is being entered."""


class Finder:
    """Looks records of one table up for a picker, and makes a new one on the spot."""

    def __init__(self, context: Context, table: str) -> None:
        self.context = context
        self.table = table

    def suggest(self, typed: str) -> list[Suggestion]:
        """What the typed text finds, and an offer to make it where nothing bears that name."""
        from models.queries.lookups import pickers

        with self.context.workspace.reading() as session:
            found = pickers.candidates(session, self.table, typed)
        rows = [Suggestion(one.name, one.detail, one.id) for one in found]
        if not typed.isascii() and self.table in CREATED_IN_PLACE and all(one.name != typed for one in found):
            rows.append(Suggestion(typed, f"新建{CREATED_IN_PLACE[self.table]}", fresh=True))
        if not rows and typed:
            then = "，输入汉字可新建" if self.table in CREATED_IN_PLACE else ""
            rows.append(Suggestion(f"没有找到“{typed}”{then}", hint=True))
        return rows

    def named(self, ids: list[int]) -> "dict[int, Candidate]":
        """The records with these ids."""
        from models.queries.lookups import pickers

        with self.context.workspace.reading() as session:
            return pickers.named(session, self.table, ids)

    def exactly(self, name: str) -> "Candidate | None":
        """The one record of that name."""
        from models.queries.lookups import pickers

        with self.context.workspace.reading() as session:
            return pickers.exactly(session, self.table, name)

    def make(self, name: str, parent: QWidget) -> int | None:
        """Ask for the little a new record needs; its id, or None when the clerk backs out."""
        from models.records import RECORDS

        return self.context.navigator.quick_new(RECORDS[self.table], self._start(name, parent), parent)

    def _start(self, name: str, parent: QWidget) -> dict[str, Any]:
        """What the name and the form around tell of a new record."""
        from models.domain.text import guess
        from models.queries.lookups import pickers

        if self.table == "unit":
            return {"name": name, "kind": guess.unit_kind(name)}
        if self.table != "site":
            return {"name": name}
        with self.context.workspace.reading() as session:
            kinds = pickers.entries(session, "site_kind")
            unit = pickers.unit_named_in(session, name)
        return {"name": name, "kind": guess.site_kind(name, kinds), "unit_id": unit or unit_around(parent)}


def unit_around(widget: QWidget | None) -> int | None:
    """The unit named in the nearest form around a widget; one that was taken over from another record is none."""
    while widget is not None:
        form: Any = getattr(widget, "form", widget)
        cells = getattr(form, "cells", {})
        unit = cells["unit_id"].editor.raw() if "unit_id" in cells else None
        if isinstance(unit, int):
            return None if "unit_id" in form.carried else unit
        widget = widget.parentWidget()
    return None


class RefEditor(Editor):
    """One other record."""

    roomy = True

    def __init__(self, field: Field, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder = finder
        self._id: int | None = None
        self._shown = ""
        self.edit = SuggestEdit(finder.suggest)
        set_tip(self.edit, field.help)
        self.edit.setPlaceholderText("汉字或拼音首字母")
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._leave)
        self.edit.picked.connect(self._pick)
        self.edit.advance.connect(self.advance)
        self.host(self.edit)

    def _typed(self, text: str) -> None:
        if text != self._shown:
            self._id = None
        self.edited.emit()

    def _leave(self) -> None:
        typed = self.edit.text().strip()
        if typed and self._id is None and (one := self._finder.exactly(typed)):
            self._show(one.id, one.name, one.detail)
        self.left.emit()

    def _pick(self, suggestion: Suggestion) -> None:
        if suggestion.fresh:
            with QSignalBlocker(self.edit):  # the dialog takes the focus, and the field is not left yet
                made = self._finder.make(suggestion.text, self)
            if made is None:
                return
            self.show_value(made)
        else:
            self._show(suggestion.data, suggestion.text, suggestion.detail)
        self.edited.emit()
        if suggestion.fresh:
            self.advance.emit()

    def _show(self, id_: int | None, name: str, detail: str = "") -> None:
        self._id, self._shown = id_, name
        self.edit.setText(name)
        self.edit.setCursorPosition(0)
        set_tip(self.edit, detail)

    def value(self) -> Any:
        """The record's id."""
        if self._id is None and self.edit.text().strip():
            raise ValueError(f"里没有“{self.edit.text().strip()}”，请从列表中选择或新建。")
        return self._id

    def show_value(self, value: Any) -> None:
        """Show the record with this id."""
        found = self._finder.named([value]).get(value) if value else None
        self._show(value if found else None, found.name if found else "", found.detail if found else "")

    def raw(self) -> Any:
        """The id where one was picked, else the text."""
        return self._id if self._id is not None else self.edit.text()

    def show_raw(self, raw: Any) -> None:
        """Show a picked record or the text."""
        if isinstance(raw, int):
            self.show_value(raw)
        else:
            self._show(None, raw or "")

    def set_read_only(self, read_only: bool) -> None:
        """Keep the name readable."""
        self.edit.setReadOnly(read_only)

    @property
    def caption(self) -> str:
        """The record's name."""
        return self.edit.text()


class RefsEditor(Editor):
    """Several other records, in the clerk's order, as chips with a cross."""

    wide = True

    def __init__(self, field: Field, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finder = finder
        self._names: dict[int, str] = {}
        self._chips: list[QWidget] = []
        column = QVBoxLayout()
        column.setSpacing(4)
        self._box = QWidget()
        self._box.hide()
        self._flow = FlowLayout(self._box)
        self.edit = SuggestEdit(self._suggest, stays=True)
        self.edit.setPlaceholderText(f"添加{field.label}：汉字、拼音或首字母")
        set_tip(self.edit, field.help)
        self.edit.picked.connect(self._pick)
        self.edit.advance.connect(self.advance)
        self.edit.editingFinished.connect(self._leave)
        column.addWidget(self._box)
        column.addWidget(self.edit)
        self._row.addLayout(column)
        self.setFocusProxy(self.edit)

    def _suggest(self, typed: str) -> list[Suggestion]:
        return [one for one in self._finder.suggest(typed) if one.data not in self._names]

    def _pick(self, suggestion: Suggestion) -> None:
        with QSignalBlocker(self.edit):
            id_ = self._finder.make(suggestion.text, self) if suggestion.fresh else suggestion.data
        if id_ is None:
            return
        self.edit.clear()
        self._names[id_] = suggestion.text
        self._lay_out()
        self.edited.emit()

    def _leave(self) -> None:
        typed = self.edit.text().strip()
        if typed and (one := self._finder.exactly(typed)):
            self._pick(Suggestion(one.name, one.detail, one.id))
        self.left.emit()

    def _lay_out(self) -> None:
        for old in self._chips:
            old.hide()
            old.deleteLater()
        self._flow.clear()
        self._chips = [picked_chip(name, partial(self._drop, id_), self._box) for id_, name in self._names.items()]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._box.setVisible(bool(self._names))
        self._box.updateGeometry()

    def _drop(self, id_: int) -> None:
        self._names.pop(id_, None)
        self._lay_out()
        self.edited.emit()

    def value(self) -> Any:
        """The ids."""
        if typed := self.edit.text().strip():
            raise ValueError(f"里没有“{typed}”，请从列表中选择或删去。")
        return list(self._names)

    def show_value(self, value: Any) -> None:
        """Show the records with these ids; deleted ones fall away."""
        ids = list(value or [])
        found = self._finder.named(ids)
        self._names = {id_: found[id_].name for id_ in ids if id_ in found}
        self.edit.clear()
        self._lay_out()

    def raw(self) -> Any:
        """The ids; what was typed and not picked is let go."""
        return list(self._names)

    def set_read_only(self, read_only: bool) -> None:
        """Keep the names, hide the input."""
        self.edit.setVisible(not read_only)
        self._box.setEnabled(not read_only)

    @property
    def caption(self) -> str:
        """The names in a row."""
        return "、".join(self._names.values())


def picked_chip(name: str, drop: Callable[[], object], parent: QWidget) -> QWidget:
    """A chosen record with its cross."""
    chip = plain("picked")
    chip.setParent(parent)
    row = QHBoxLayout(chip)
    row.setContentsMargins(8, 2, 4, 2)
    row.setSpacing(4)
    cross = tool("×", tip=f"去掉“{name}”")
    cross.clicked.connect(lambda _on: drop())
    row.addWidget(Label(name))
    row.addWidget(cross)
    chip.show()
    return chip


class NameEditor(SuggestEditor):
    """A person's name as text, suggested from the people the office knows. ``named`` carries a known one's id.

    Initials that find nobody are no name: they are refused.
    """

    named = Signal(object)

    def __init__(self, field: Field, finder: Finder, parent: QWidget | None = None) -> None:
        super().__init__(field, self._suggest, parent, loose=True)
        self._finder = finder

    def _suggest(self, typed: str) -> list[Suggestion]:
        found = [one for one in self._finder.suggest(typed) if not one.fresh and not one.hint]
        if not found and is_initials(typed):
            return [Suggestion(f"没有找到“{typed}”，请输入汉字姓名", hint=True)]
        return found

    def _pick(self, suggestion: Suggestion) -> None:
        super()._pick(suggestion)
        self.named.emit(suggestion.data)

    def _leave(self) -> None:
        typed = self.edit.text().strip()
        if is_initials(typed):
            found = self._suggest(typed)
            if len(found) == 1 and not found[0].hint:
                self._pick(found[0])
        super()._leave()

    def value(self) -> Any:
        """The name."""
        name = super().value()
        if is_initials(name):
            raise ValueError(f"里没有叫“{name}”的人员，请输入汉字姓名。")
        return name


class MeasureEditor(SuggestEditor):
    """A measure by its name: the office's own catalogue, else the shipped one; a name of its own is allowed."""

    def __init__(self, field: Field, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        super().__init__(field, self._suggest, parent, loose=True)

    def _suggest(self, typed: str) -> list[Suggestion]:
        from models.domain.cases import discipline
        from models.domain.text import pinyin
        from models.queries.lookups import pickers

        with self._context.workspace.reading() as session:
            own = pickers.candidates(session, "measure", limit=200)
        known = [(one.name, one.detail) for one in own] or [(one.name, one.group) for one in discipline.measures()]
        others = [(other, f"即{one.name}") for one in discipline.measures() for other in one.aliases if typed]
        known += [one for one in others if one[0] not in {name for name, _ in known}]
        return [Suggestion(name, group) for name, group in known if not typed or pinyin.matches(typed, name)]

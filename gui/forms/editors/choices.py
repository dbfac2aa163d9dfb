"""Editors over a dictionary: one entry, or several as chips; the clerk can add an entry on the spot."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.plain_text import set_tip
from gui.forms.editors.base import Editor, EnterAdvances, is_enter
from gui.forms.editors.suggest import SuggestEdit, SuggestEditor, Suggestion
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.styled import CalmCombo, button
from models.domain.dictionaries import FIXED
from models.domain.text import pinyin
from models.domain.text.guess import is_initials
from models.records.fields import Field


class Dictionary:
    """The entries of one dictionary, and how one is added."""

    def __init__(self, context: Context, name: str) -> None:
        self._context = context
        self.name = name

    @property
    def closed(self) -> bool:
        """Whether only its own words may be used."""
        return self.name in FIXED

    def words(self) -> list[str]:
        """The entries in their order."""
        from models.queries.lookups import pickers

        with self._context.workspace.reading() as session:
            return pickers.entries(session, self.name)

    def add(self, word: str) -> None:
        """Keep a new entry behind the others.

        Raises:
            Refusal: the word is too long.
        """
        from models.records import Term
        from models.services import records

        if word not in self.words():
            records.create(self._context.workspace, Term, {"dictionary": self.name, "name": word})


class ChoiceEditor(SuggestEditor):
    """One entry of a dictionary, found by Chinese, pinyin or initials."""

    def __init__(self, field: Field, dictionary: Dictionary, parent: QWidget | None = None) -> None:
        super().__init__(field, self._suggest, parent)
        self._dictionary = dictionary
        self.offered: tuple[str, ...] = ()
        """The entries to choose from where another field narrows them; typed ones are taken all the same."""

    def _suggest(self, typed: str) -> list[Suggestion]:
        words = self._dictionary.words()
        if self.offered and not typed:
            return [Suggestion(word) for word in words if word in self.offered]
        found = [Suggestion(word) for word in words if not typed or pinyin.matches(typed, word)]
        if is_initials(typed):
            return found or [Suggestion(f"没有“{typed}”，请输入汉字", hint=True)]
        if (not typed.isascii() or (typed and not found)) and not self._dictionary.closed and typed not in words:
            found.append(Suggestion(typed, "加入字典", fresh=True))
        return found

    def _pick(self, suggestion: Suggestion) -> None:
        if suggestion.fresh:
            self._dictionary.add(suggestion.text)
        super()._pick(suggestion)
        if suggestion.fresh:
            self.advance.emit()

    def _leave(self) -> None:
        typed = self.edit.text().strip()
        words = self._dictionary.words() if typed else []
        if typed and typed not in words:
            found = [word for word in words if pinyin.matches(typed, word)]
            if len(found) == 1 and typed.isascii():
                self.edit.setText(found[0])
                self.edited.emit()
        super()._leave()

    def value(self) -> Any:
        """The entry's words."""
        word = super().value()
        if word and self._dictionary.closed and word not in (words := self._dictionary.words()):
            raise ValueError(f"没有“{word}”这一项，请从{'、'.join(words[:8])}中选择。")
        if is_initials(word) and word not in self._dictionary.words():
            raise ValueError(f"没有“{word}”这一项，请输入汉字，或按 ↓ 从列表中选择。")
        return word


class ChoicesEditor(Editor):
    """Several entries of a dictionary: every entry is a chip, a click or the space bar takes it."""

    wide = True

    def __init__(self, dictionary: Dictionary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dictionary = dictionary
        self._chips: dict[str, QPushButton] = {}
        self._chosen: list[str] = []
        self._box = QWidget()
        self._flow = FlowLayout(self._box)
        self.host(self._box)
        self._other = SuggestEdit(self._suggest, self._box)
        self._other.setPlaceholderText("＋ 其他")
        self._other.setFixedWidth(112)
        self._other.setVisible(not dictionary.closed)
        self._other.picked.connect(self._pick_other)
        self._other.advance.connect(self.advance)
        self._lay_out(self._dictionary.words())

    def _lay_out(self, words: list[str]) -> None:
        if words == list(self._chips):
            for word, chip in self._chips.items():
                chip.setChecked(word in self._chosen)
            return
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._flow.clear()
        self._chips = {word: self._chip(word) for word in words}
        for chip in self._chips.values():
            self._flow.addWidget(chip)
        self._flow.addWidget(self._other)
        self._other.setVisible(not self._dictionary.closed)
        first = next(iter(self._chips.values()), None)
        self.setFocusProxy(first or self._other)
        if first:
            first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _chip(self, word: str) -> QPushButton:
        chip = button(word, "tick")
        chip.setParent(self._box)
        chip.setCheckable(True)
        chip.setChecked(word in self._chosen)
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        chip.clicked.connect(lambda on: self._toggle(word, on))
        chip.installEventFilter(self)
        chip.show()
        return chip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """← and → walk along the chips, Enter goes to the next field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QPushButton):
            chips = list(self._chips.values())
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                by = 1 if event.key() == Qt.Key.Key_Right else -1
                chips[(chips.index(watched) + by) % len(chips)].setFocus()
                return True
            if is_enter(event):
                self.advance.emit()
                return True
        return super().eventFilter(watched, event)

    def _suggest(self, typed: str) -> list[Suggestion]:
        return [Suggestion(typed, "加入字典", fresh=True)] if typed and typed not in self._chips else []

    def _pick_other(self, suggestion: Suggestion) -> None:
        self._dictionary.add(suggestion.text)
        self._chosen.append(suggestion.text)
        self._other.clear()
        self._lay_out([*self._chips, suggestion.text])
        self.edited.emit()

    def _toggle(self, word: str, on: bool) -> None:
        self._chosen = [*self._chosen, word] if on else [one for one in self._chosen if one != word]
        self.edited.emit()

    def value(self) -> Any:
        """The chosen words in the dictionary's order."""
        return [word for word in self._chips if word in self._chosen]

    def show_value(self, value: Any) -> None:
        """Show what is chosen; a word the dictionary has lost keeps its chip."""
        self._chosen = list(value or [])
        words = self._dictionary.words()
        self._lay_out(words + [word for word in self._chosen if word not in words])

    def raw(self) -> Any:
        """The chosen words."""
        return self.value()

    @property
    def caption(self) -> str:
        """The words in a row."""
        return "、".join(self.value())


class FlagEditor(Editor):
    """Yes or no."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QCheckBox(field.help if 0 < len(field.help) <= 12 else "是")
        set_tip(self.box, field.help)
        self.box.setMinimumHeight(theme.FIELD)
        self.box.clicked.connect(lambda _on: self.edited.emit())
        self.box.installEventFilter(self)
        self.host(self.box)
        self._row.addStretch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and is_enter(event):
            self.advance.emit()
            return True
        return super().eventFilter(watched, event)

    def value(self) -> Any:
        """Whether it is ticked."""
        return self.box.isChecked()

    def show_value(self, value: Any) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))

    def raw(self) -> Any:
        """Whether it is ticked."""
        return self.box.isChecked()


class CodedEditor(Editor):
    """One of the program's own keys, shown by its Chinese name."""

    def __init__(self, field: Field, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CalmCombo()
        set_tip(self.box, field.help)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.addItem("", "")
        for key, name in names.items():
            self.box.addItem(name, key)
        self.box.activated.connect(lambda _index: self.edited.emit())
        self.enter = EnterAdvances(self.box)
        self.enter.pressed.connect(self.advance)
        self.host(self.box)

    def value(self) -> Any:
        """The key."""
        return self.box.currentData() or ""

    def show_value(self, value: Any) -> None:
        """Show a key by its name; an unknown one as it is."""
        place = self.box.findData(value or "")
        if place < 0:
            self.box.addItem(str(value), value)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)

    def raw(self) -> Any:
        """The key."""
        return self.value()

    @property
    def caption(self) -> str:
        """Its name."""
        return self.box.currentText()

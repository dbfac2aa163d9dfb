"""A line over the form that says what the clerk should know, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from gui.widgets.styled import button, label, restyle

Deed = tuple[str, Callable[[], object]]


class Notice(QFrame):
    """One notice at a time; ``grave`` ones are refusals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "notice")
        self.setVisible(False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(8)
        self._text = label(wrap=True)
        self._row.addWidget(self._text, 1)
        self._buttons: list[QPushButton] = []

    @property
    def text(self) -> str:
        """What it says; "" while hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, sentence: str, *deeds: Deed, grave: bool = False) -> None:
        """Show a sentence and a button for each deed."""
        for old in self._buttons:
            old.deleteLater()
        self._buttons = [self._button(*deed) for deed in deeds]
        self._text.setText(sentence)
        self.setProperty("grave", grave)
        restyle(self)
        self.setVisible(True)

    def _button(self, verb: str, deed: Callable[[], object]) -> QPushButton:
        made = button(verb, "link")
        made.setFlat(True)
        made.clicked.connect(lambda _on: deed())
        self._row.addWidget(made)
        return made

    def clear(self) -> None:
        """Nothing to say."""
        self.setVisible(False)

"""Counts that are filters: 全部 120  待交办 12 …; what does not fit waits under 更多."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from gui.core import icons
from models.queries.lists.listing import ALL, Chip


class ChipBar(QWidget):
    """One chip is always chosen; ``chosen`` carries its key."""

    chosen = Signal(str)

    def __init__(self, chips: tuple[Chip, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = (Chip(ALL, "全部", "1", always=True), *chips)
        self._counts: dict[str, int] = {}
        self._key = ALL
        self._group = QButtonGroup(self)
        self._buttons = {chip.key: self._button(chip) for chip in self._chips}
        self._more = QToolButton()
        self._more.setText("更多")
        self._more.setIcon(icons.icon("chevron-down"))
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setProperty("class", "flat")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for button in (*self._buttons.values(), self._more):
            layout.addWidget(button)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._label()

    def _button(self, chip: Chip) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setProperty("class", "chip")
        button.setProperty("urgent", chip.urgent)
        button.clicked.connect(lambda _on, key=chip.key: self._choose(key))
        self._group.addButton(button)
        return button

    @property
    def key(self) -> str:
        """The chosen chip."""
        return self._key

    def set_key(self, key: str) -> None:
        """Choose a chip without telling; an unknown one is 全部."""
        self._key = key if key in self._buttons else ALL
        self._label()

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each chip has."""
        self._counts = counts
        self._label()

    def _choose(self, key: str) -> None:
        self.set_key(key)
        self.chosen.emit(key)

    def _text(self, chip: Chip) -> str:
        return f"{chip.label} {self._counts[chip.key]:,}{chip.note}" if chip.key in self._counts else chip.label

    def _label(self) -> None:
        for chip in self._chips:
            button = self._buttons[chip.key]
            button.setText(self._text(chip))
            button.setChecked(chip.key == self._key)
            urgent = chip.urgent and self._counts.get(chip.key, 0) > 0
            if button.property("urgent") != urgent:
                button.setProperty("urgent", urgent)
                button.style().unpolish(button)
                button.style().polish(button)
        self._place()

    def _wanted(self, chip: Chip) -> bool:
        return chip.always or chip.key == self._key or self._counts.get(chip.key, 0) > 0

    def _place(self) -> None:
        """Show the chips in their order as far as they fit; the chosen, the noted and the lasting ones come first."""
        wanted = [chip for chip in self._chips if self._wanted(chip)]
        widths = {chip.key: self._buttons[chip.key].sizeHint().width() for chip in wanted}
        room = self.width() - self._more.sizeHint().width()
        if sum(widths.values()) <= self.width():
            room = self.width()
        shown: set[str] = set()
        for chip in sorted(wanted, key=lambda c: (c.key != self._key, not c.urgent, not c.note, not c.always)):
            if widths[chip.key] > room:
                break
            shown.add(chip.key)
            room -= widths[chip.key]
        for chip in self._chips:
            self._buttons[chip.key].setVisible(chip.key in shown)
        self._fill_more([chip for chip in wanted if chip.key not in shown])

    def _fill_more(self, hidden: list[Chip]) -> None:
        self._menu.clear()
        for chip in hidden:
            self._menu.addAction(self._text(chip)).triggered.connect(lambda _=False, key=chip.key: self._choose(key))
        self._more.setVisible(bool(hidden))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the chips anew."""
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Room for two chips at least."""
        return QSize(120, self._more.sizeHint().height())

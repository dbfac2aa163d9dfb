"""What an empty list shows: what to do first, with the button to do it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.core import icons, theme
from gui.core.plain_text import Label
from gui.lists.filters import button


class EmptyPage(QWidget):
    """Says in one sentence how the list is begun."""

    def __init__(
        self,
        noun: str,
        hint: str,
        said: str = "",
        new: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("class", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, 0, theme.HUGE, 0)
        layout.setSpacing(theme.MEDIUM)
        layout.addStretch(1)
        picture = Label()
        picture.setPixmap(icons.picture("clipboard-list", theme.FAINT, 48, 2.0))
        title = Label(said or f"还没有{noun}")
        title.setProperty("class", "title")
        text = Label(hint)
        text.setProperty("class", "muted")
        text.setWordWrap(True)
        for part in (picture, title, text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)  # unaligned: only so a wrapped text gets the height it needs
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.SMALL)
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._buttons)
        layout.addStretch(2)
        if new is not None:
            self.offer(f"新增{noun}", new, "primary")

    def offer(self, label: str, do: Callable[[], object], kind: str = "") -> None:
        """Add a button."""
        self._buttons.addWidget(button(label, do, kind))

"""What every panel is built around: a head, a scrolled body, and a hint while no record is shown."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.core import icons, theme
from gui.core.context import Context
from gui.core.plain_text import set_tip
from gui.forms.panels.sublist import SubRow
from gui.widgets.styled import button, label, plain, tool
from models.records import Record


class PanelFrame(QWidget):
    """The parts of a panel around its form; ``body`` is the scrolled column, ``head`` the column above it."""

    scroller: QScrollArea
    _top: QWidget
    _foot_row: QWidget
    _hint: QWidget

    context: Context
    cls: type[Record]

    def invitation(self) -> str:
        """What is said while no record is shown."""
        raise NotImplementedError

    def save(self) -> bool:
        """Write what is typed; whether it is written."""
        raise NotImplementedError

    def more_actions(self) -> list[QAction]:
        """What 更多 offers."""
        raise NotImplementedError

    def _nothing(self) -> QWidget:
        """What stands here while no record is shown."""
        page = plain("paper")
        column = QVBoxLayout(page)
        column.addStretch(1)
        picture = label()
        picture.setPixmap(icons.picture("clipboard-list", theme.FAINT, 48, 2.0))
        said = label(self.invitation(), name="muted")
        for part in (picture, said):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def show_page(self, *, shown: bool) -> None:
        """Show the form with its buttons, or the hint in their place."""
        for part in (self._top, self.scroller, self._foot_row):
            part.setVisible(shown)
        self._hint.setVisible(not shown)

    def _header(self) -> QWidget:
        head = plain("panel-head")
        self.head = QVBoxLayout(head)
        self.head.setContentsMargins(16, 12, 16, 8)
        self.head.setSpacing(4)
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(8)
        self.title_label = label(name="title")
        self.title_row.addWidget(self.title_label)
        self.title_row.addStretch()
        self.head.addLayout(self.title_row)
        return head

    def _scroller(self) -> QScrollArea:
        scroller = QScrollArea(self, widgetResizable=True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = plain("paper")
        scroller.setWidget(content)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(16, 8, 16, 16)
        self.body.setSpacing(16)
        return scroller

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """What gets the cursor by a key is brought into sight, its whole row where there is room."""
        content = self.scroller.widget()
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not by_mouse and self.isVisible() and content.isAncestorOf(now):
            QTimer.singleShot(0, now, lambda: self._bring_into_sight(now))

    def _bring_into_sight(self, widget: QWidget) -> None:
        row: QWidget | None = widget
        while row is not None and not isinstance(row, SubRow):
            row = row.parentWidget()
        if row is not None and row.height() < self.scroller.viewport().height():
            self.scroller.ensureWidgetVisible(row, 0, 8)
        self.scroller.ensureWidgetVisible(widget, 0, 40)

    def _buttons(self) -> QWidget:
        foot = plain("panel-foot")
        self.button_row = QHBoxLayout(foot)
        self.button_row.setContentsMargins(16, 8, 16, 8)
        self.button_row.setSpacing(8)
        self.save_button = button("保存  Ctrl+S", "primary")
        self.save_button.clicked.connect(self.save)
        self.more_button = tool("更多", "button")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more = QMenu(self.more_button)
        self.more.aboutToShow.connect(self._fill_more)
        self.more_button.setMenu(self.more)
        self.again = QCheckBox("连续新增")
        set_tip(self.again, "保存后接着新增一条；沿用的内容有标记，换了地方或专项的不沿用")
        self._again_key = f"again.{self.cls.__tablename__}"
        self.again.setChecked(bool(self.context.state.get(self._again_key)))
        self.again.toggled.connect(lambda on: self.context.state.set(self._again_key, on))
        self.button_row.addWidget(self.save_button)
        self.add_buttons()
        self.button_row.addWidget(self.again)
        self.button_row.addStretch()
        self.button_row.addWidget(self.more_button)
        return foot

    def add_buttons(self) -> None:
        """Put a subclass's own buttons behind 保存 (``self.button_row``)."""

    def _fill_more(self) -> None:
        self.more.clear()
        for action in self.more_actions():
            self.more.addAction(action)

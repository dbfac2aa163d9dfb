"""Several lists in one tab, with a segmented bar on top: 督查组's 组, 成员, 排班, 督查活动, 走访点位."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.pages.list_page import RecordTab
from gui.pages.page import Page
from gui.pages.page_spec import ListPage, TabSpec


class GroupTab(Page):
    """Builds each list when it is first chosen."""

    def __init__(
        self,
        context: Context,
        key: str,
        specs: tuple[TabSpec, ...],
        parent: QWidget | None = None,
        make: Callable[[Context, TabSpec], RecordTab] = RecordTab,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self.context, self._key, self._specs = context, key, specs
        self._tabs: dict[int, RecordTab] = {}
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar())
        layout.addWidget(self._stack, 1)
        self.choose(int(context.state.get(f"segment.{key}", 0)) % len(specs))

    def _bar(self) -> QWidget:
        bar = QFrame()
        line = QHBoxLayout(bar)
        line.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        line.setSpacing(0)
        for n, spec in enumerate(self._specs):
            button = QPushButton(spec.title)
            button.setCheckable(True)
            button.setProperty("class", "segment")
            button.clicked.connect(lambda _on, n=n: self.choose(n))
            self._group.addButton(button, n)
            line.addWidget(button)
        line.addStretch(1)
        return bar

    def choose(self, n: int) -> None:
        """Show the n-th list."""
        if n not in self._tabs:
            tab = self._make(self.context, self._specs[n])
            tab.unsaved.connect(lambda _dirty: self._tell(n))
            tab.told.connect(self.told)
            self._tabs[n] = tab
            self._stack.addWidget(tab)
        self._group.button(n).setChecked(True)
        self._stack.setCurrentWidget(self._tabs[n])
        self.context.state.set(f"segment.{self._key}", n)
        self.told.emit()

    def choose_list(self, name: str) -> RecordTab | None:
        """Show the list of that name; None where this tab has none."""
        for n, spec in enumerate(self._specs):
            if spec.name == name:
                self.choose(n)
                return self._tabs[n]
        return None

    def _tell(self, n: int) -> None:
        mark = " ●" if self._tabs[n].dirty else ""
        self._group.button(n).setText(self._specs[n].title + mark)
        self.unsaved.emit(self.dirty)

    @property
    def current(self) -> RecordTab:
        """The list that is shown."""
        return self._tabs[self._group.checkedId()]

    @property
    def lists(self) -> list[ListPage]:
        """The lists built so far."""
        return list(self._tabs.values())

    @property
    def dirty(self) -> bool:
        """Whether any of its forms holds something unsaved."""
        return any(tab.dirty for tab in self._tabs.values())

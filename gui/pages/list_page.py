"""The one screen pattern: a band on top, a table on the left, one record's form on the right."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, icons, theme
from gui.core.context import Context
from gui.core.drops import LineInput
from gui.lists.filters import FilterMark, button, popup
from gui.lists.model import RecordModel
from gui.lists.shown_list import ShownList
from gui.lists.view import RecordTable
from gui.pages import list_menus
from gui.pages.chips import ChipBar
from gui.pages.empty_state import EmptyPage
from gui.pages.list_actions import ListActions
from gui.pages.list_buttons import add_buttons, mark_bar
from gui.pages.page_parts import menu_button
from gui.pages.page_spec import NEXT_STEP, ListPage, TabSpec
from models.queries.lists import catalog
from models.queries.lists.listing import Filter, ListQuery

if TYPE_CHECKING:
    from gui.forms.panels.record_panel import RecordPanel
    from models.services.unit_of_work import ChangeSet

TYPING_PAUSE = 120
"""Milliseconds after the last key before the search runs."""


class RecordTab(ListActions):
    """One list with the form of its current record."""

    def __init__(self, context: Context, spec: TabSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.spec = context, spec
        self.list = catalog.spec(spec.name)
        self.counts: dict[str, int] = {}
        self.selected = 0
        self.panel: Any = None
        self._wanted: int | None = None
        self.model = RecordModel(context.folder.database, self.list, self.days(), context.runner.quietly, self)
        self.table = RecordTable(self.model, context.state)
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._build()
        self._connect()
        self._restore()

    # ---- building

    def _build(self) -> None:
        self._pages = QStackedWidget()
        self.empty = EmptyPage(self.list.noun, self.spec.hint, self.spec.empty, self.new if self.spec.record else None)
        if self.spec.begins:
            label, begin = self.spec.begins
            self.empty.offer(label, partial(begin, self), "" if self.spec.record else "primary")
        if self.spec.imports:
            self.empty.offer("从 Excel 导入", self.import_)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        self.splitter.addWidget(self._pages)
        self._right = QFrame()
        self._right.setProperty("class", "paper")
        QVBoxLayout(self._right).setContentsMargins(0, 0, 0, 0)
        self._right.setVisible(self.spec.record is not None)
        self.splitter.addWidget(self._right)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._band())
        self._mark_bar, self._flow = mark_bar()
        layout.addWidget(self._mark_bar)
        layout.addWidget(self.splitter, 1)

    def _band(self) -> QWidget:
        band = QFrame()
        band.setProperty("class", "band")
        layout = QHBoxLayout(band)
        layout.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        layout.setSpacing(theme.SMALL)
        self.search = LineInput(placeholderText="搜索 (Ctrl+F)", clearButtonEnabled=True)
        self.search.setAccessibleName(f"搜索{self.list.noun}")
        self.search.addAction(icons.icon("search"), LineInput.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(200)
        self.chips = ChipBar(self.list.chips)
        layout.addWidget(self.search)
        layout.addWidget(self.chips, 1)
        layout.addWidget(menu_button("筛选 ▾", "filter", partial(list_menus.fill_filters, self)))
        layout.addWidget(menu_button("列 ▾", "columns-3", partial(list_menus.fill_columns, self)))
        self._add_buttons(layout)
        return band

    def _add_buttons(self, layout: QHBoxLayout) -> None:
        add_buttons(self, layout)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._searched)
        self.search.returnPressed.connect(self._to_table)
        self.chips.chosen.connect(lambda key: self.ask(replace(self.model.query, chip=key, ids=None, why="")))
        self.model.counted.connect(self._counted)
        self.model.completed.connect(self._completed)
        self.table.head.sectionClicked.connect(self._sort_clicked)
        self.table.head.filterAsked.connect(self.ask_filter)
        self.table.currentChangedTo.connect(self._current_changed)
        self.table.clicked.connect(lambda index: self._current_changed(self.model.id_at(index.row())))
        self.table.selectedChanged.connect(self._selected_changed)
        self.table.opened.connect(self.open_form)
        self.table.deleteAsked.connect(self.delete)
        self.table.menuAsked.connect(partial(list_menus.context_menu, self))
        self.table.pasted.connect(self.paste)
        self.table.copyAsked.connect(lambda: self.context.status("已复制，可粘贴到 Excel 或 WPS 表格。"))
        self.splitter.splitterMoved.connect(
            lambda *_: self.context.state.set(f"splitter.{self.spec.name}", self.splitter.sizes())
        )

    def _restore(self) -> None:
        kept = self.context.state.get(f"view.{self.spec.name}", {})
        query = replace(ListQuery.from_json(kept), campaign=self.context.state.get("campaign"))
        if query.sort and not self.list.has(query.sort):
            query = replace(query, sort="")
        self.chips.set_key(query.chip)
        self.splitter.setSizes(self.context.state.get(f"splitter.{self.spec.name}", [760, 560]))
        self.ask(query)

    def days(self) -> dict[str, str]:
        """The bounds lights are judged by today."""
        return self.context.bounds().parameters()

    # ---- asking

    def ask(self, query: ListQuery) -> None:
        """Show what a query gives, from its top."""
        self.model.ask(query)
        self.table.scrollToTop()
        self._show_marks()
        sections = [c.key for c in self.list.columns]
        self.table.head.show_sorted(sections.index(query.sort) if query.sort else -1, query.descending)
        kept = replace(query, search="", ids=None, campaign=None)
        self.context.state.set(f"view.{self.spec.name}", kept.as_json())
        self._show_empty()

    def show_only(self, query: ListQuery) -> None:
        """Show the rows behind a number that was clicked elsewhere."""
        self.search.blockSignals(True)
        self.search.setText(query.search)
        self.search.blockSignals(False)
        self.chips.set_key(query.chip)
        self.ask(replace(query, campaign=self.model.query.campaign))

    @property
    def current(self) -> ListPage:
        """This page is one list."""
        return self

    @property
    def lists(self) -> list[ListPage]:
        """This page is one list."""
        return [self]

    def choose_list(self, name: str) -> ListPage | None:
        """This list, where it bears that name."""
        return self if self.spec.name == name else None

    def shown(self) -> ShownList:
        """What the list shows now, for whatever writes it into a file."""
        columns = tuple((place, self.table.columnWidth(place)) for place in self.table.shown_columns())
        return ShownList(self.spec.title, self.list, self.model.query, self.days(), columns, self.model.all_ids)

    def set_campaign(self, campaign: int | None) -> None:
        """Show one 专项, or all for None."""
        self.ask(replace(self.model.query, campaign=campaign))

    def _searched(self) -> None:
        if self.search.text() != self.model.query.search:
            self.ask(replace(self.model.query, search=self.search.text()))

    def _to_table(self) -> None:
        self._typing.stop()
        self._searched()
        self.table.setFocus()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _sort_clicked(self, section: int) -> None:
        key, query = self.list.columns[section].key, self.model.query
        if query.sort != key:
            self.ask(replace(query, sort=key, descending=False))
        elif not query.descending:
            self.ask(replace(query, descending=True))
        else:
            self.ask(replace(query, sort="", descending=False))

    def ask_filter(self, section: int, where: QPoint) -> QWidget:
        """Open the filter of a column; the popup."""
        column, query = self.list.columns[section], self.model.query
        one = next((f for f in query.filters if f.key == column.key), None)
        asking = popup(column, one, lambda: self.model.values(column.key), self.context.workspace.today)
        asking.chosen.connect(lambda found: self.filter(found, column.key))
        asking.sortAsked.connect(lambda down: self.ask(replace(self.model.query, sort=column.key, descending=down)))
        asking.open_at(where)
        self.asking = asking
        return asking

    def filter(self, one: Filter | None, key: str) -> None:
        """Put a column's filter in force, or take it away."""
        self.ask(self.model.query.filtered(one, key))

    def clear_filters(self) -> None:
        """Take all filters, the search and the chip away."""
        self.show_only(ListQuery(sort=self.model.query.sort, descending=self.model.query.descending))

    def _show_marks(self) -> None:
        query = self.model.query
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().deleteLater()
        marks = [(f"{self.list.column(f.key).label}：{f.words}", f.key) for f in query.filters if self.list.has(f.key)]
        for words, key in marks:
            mark = FilterMark(words)
            mark.removed.connect(lambda key=key: self.filter(None, key))
            self._flow.addWidget(mark)
        if query.ids is not None or query.why:
            mark = FilterMark(self._why(query.why) if query.why else f"只看选定的 {len(query.ids or ())} 条")
            mark.removed.connect(self.clear_filters)
            self._flow.addWidget(mark)
        for _chip, label, do in (one for one in self.spec.on_chip if one[0] == query.chip):
            self._flow.addWidget(button(label, partial(do, self), "link"))
        if len(marks) > 1:
            self._flow.addWidget(button("全部清除", self.clear_filters, "link"))
        self._mark_bar.setVisible(bool(self._flow.count()))
        self.table.head.filtered = frozenset(f.key for f in query.filters)
        self.table.head.viewport().update()

    def _why(self, number: str) -> str:
        """逾期未整改，23条46个问题: the number these rows are behind, and what they come to."""
        problems = sum(self.model.totals.values())
        return f"{number}，{self.model.rowCount()}条" + (f"{problems}个问题" if problems else "")

    # ---- what came back

    def _counted(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.chips.set_counts(counts)
        if self.model.query.why:
            self._show_marks()
        self._show_empty()
        self.told.emit()

    def _completed(self) -> None:
        """What was just saved becomes the current row, if the form still shows it and no filter hides it."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.panel is not None and self.panel.record_id == wanted:
            self.table.select_id(wanted)

    def _show_empty(self) -> None:
        query = self.model.query
        asked = query.search or query.filters or query.chip or query.ids is not None
        bare = self.model.rowCount() == 0 and not asked
        self._pages.setCurrentWidget(self.empty if bare else self.table)

    def _selected_changed(self, count: int) -> None:
        self.selected = count
        self.told.emit()

    def _current_changed(self, id_: int | None) -> None:
        if id_ is None or self.spec.record is None:
            return
        if self.isVisible():
            self.show_record(id_)

    # ---- the form

    def form(self) -> Any:
        """The form, built when it is first wanted; None for a list without one."""
        self._build_form()
        layout = self._right.layout()
        assert layout is not None
        if self.panel is not None and not layout.count():
            layout.addWidget(self.panel)
        return self.panel

    def _build_form(self) -> None:
        if self.panel is not None or self.spec.record is None:
            return
        self.panel = self.make_form()
        self.panel.saved.connect(self._saved)
        self.panel.dirtyChanged.connect(self.unsaved)
        self.panel.moved.connect(self.table.select_id)
        self.panel.listed = self.model.all_ids

    def showEvent(self, event: QShowEvent) -> None:
        """The form follows the list once that is on the screen."""
        super().showEvent(event)
        if self.panel is None:
            error_reporting.later(self, self._build_form_idly)

    def make_form(self) -> "RecordPanel":
        """The form of one of these records."""
        from gui.forms.panels.by_record import panel_for

        assert self.spec.record is not None
        return panel_for(self.context, self.spec.record(), self._right)

    def _build_form_idly(self) -> None:
        """Made in one turn of the event loop, laid out in another: neither is long enough to be felt."""
        self._build_form()
        error_reporting.later(self, self.form)

    @property
    def dirty(self) -> bool:
        """Whether the form holds something unsaved."""
        return self.panel is not None and bool(self.panel.dirty)

    def show_record(self, id_: int | None) -> None:
        """Show a record in the form."""
        form = self.form()
        if form is not None and (id_ is None or id_ != form.record_id):
            form.show_record(id_)

    def go_to(self, id_: int) -> None:
        """Make a record current, whatever is filtered."""
        if not self.table.select_id(id_):
            self.clear_filters()
            self.table.select_id(id_)
        self.show_record(id_)

    def open_form(self) -> None:
        """Enter and F2: the cursor goes to the form; a list without one does what it has for Enter."""
        form, id_ = self.form(), self.table.current_id
        entered = next((action for action in self.spec.actions if action.shortcut == "Enter"), None)
        if form is None and entered is not None and id_ is not None:
            entered.do(self, [id_])
        if form is not None and id_ is not None:
            self.show_record(id_)
            form.focus_first()

    def new(self, values: dict[str, Any] | None = None) -> None:
        """Start a new record, or what a list without a form begins."""
        if self.spec.begins and not self.spec.record:
            self.spec.begins[1](self)
        form = self.form()
        if form is not None:
            self.table.clearSelection()
            form.new_record(values or {})

    def next_step(self) -> None:
        """Ctrl+Enter: the form's next step; with several rows selected in the list, all of theirs at once."""
        ids = self.table.selected_ids()
        together = next((action for action in self.spec.actions if action.shortcut == NEXT_STEP), None)
        focus = QApplication.focusWidget()
        in_form = focus is not None and self._right.isAncestorOf(focus)
        if together is not None and len(ids) > 1 and not in_form:
            together.do(self, ids)
            return
        if self.panel is not None:
            self.panel.next_step()

    def _saved(self, done: "ChangeSet") -> None:
        table = self.list.name
        id_ = next((t.id for t in done.touched if t.table == table), None)
        # With 连续新增 the form is at the next record already: the row just written must not take its place.
        if id_ is not None and id_ == self.panel.record_id and id_ != self.table.current_id:
            self._wanted = id_

    def export(self) -> None:
        """Ctrl+P: the first export the tab offers."""
        if self.spec.exports:
            self.spec.exports[0][1](self)

    # ---- after a write

    def touched(self, done: "ChangeSet") -> None:
        """Something was written: read again what this list shows of it."""
        mine = [t.id for t in done.touched if t.table == self.list.name]
        others = any(t.table in self.spec.watches for t in done.touched)
        if mine or others or self.spec.name in ("change", "bin"):
            self.model.refresh(mine, around=others)
        if self.panel is not None and self.panel.record_id in mine:
            self.panel.refresh()

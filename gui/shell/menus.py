"""The menu bar: every command with its shortcut."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QMenu, QPlainTextEdit

from gui.core import icons

if TYPE_CHECKING:
    from gui.core.context import Context
    from gui.pages.page_spec import ListPage
    from gui.shell.page_tabs import PageTabs


FOR_COUNTY = ("measure",)
"""Lists of the 资料 menu that an answering unit has no use for."""


def build_menus(window: QMainWindow, tabs: "PageTabs", context: "Context", show_backups: Callable[[], object]) -> None:
    """Fill the window's menu bar."""
    menus, bar = _Menus(window, tabs, context, show_backups), window.menuBar()
    for title, fill in (
        ("记录", menus.records), ("资料", menus.kept), ("收发", menus.exchange), ("查看", menus.views),
        ("帮助", menus.help),
    ):  # fmt: skip
        fill(bar.addMenu(title))


def entry(menu: QMenu, label: str, do: Callable[[], object], keys: str = "", icon: str = "") -> QAction:
    """One menu entry with its shortcuts, the first of which is shown."""
    first = keys.split(maxsplit=1)[0] if keys else ""
    # Qt's translation calls Enter 回车: here it is called what the buttons and the keyboard call it.
    action = menu.addAction(f"{label}\t{first}" if first.endswith("Enter") else label)
    action.triggered.connect(lambda _checked=False: do())
    if keys:
        action.setShortcuts([QKeySequence(key) for key in keys.split()])
    if icon:
        action.setIcon(icons.icon(icon))
    return action


@dataclass(frozen=True, slots=True)
class _Menus:
    """Fills one menu after the other; what an entry opens is imported when it is chosen."""

    window: QMainWindow
    tabs: "PageTabs"
    context: "Context"
    show_backups: Callable[[], object]

    def records(self, menu: QMenu) -> None:
        entry(menu, "新增", self._front(lambda t: t.new()), "Ctrl+N", "plus")
        entry(menu, "以本条为样子新增", self._front(lambda t: t.copy_record()), "Ctrl+D", "copy")
        entry(menu, "保存", self._front(lambda t: t.save()), "Ctrl+S", "device-floppy")
        entry(menu, "下一步", self._front(lambda t: t.next_step()), "Ctrl+Enter Ctrl+Return", "arrow-right")
        menu.addSeparator()
        entry(menu, "撤销", self._undo, "Ctrl+Z", "arrow-back-up")
        entry(menu, "撤销最近的操作…", self._undo_list, "Ctrl+Alt+Z", "history")
        entry(menu, "批量修改…", self._front(lambda t: t.edit_many()), "", "list-check")
        entry(menu, "移入回收站", self._front(lambda t: t.delete()), "", "trash")
        if not self.tabs.is_unit:
            entry(menu, "草稿送交办…", self._whole_drafts, "", "checks")
        menu.addSeparator()
        entry(menu, "起草公文…", self._new_paper, "Ctrl+Shift+N", "file-text")
        entry(menu, "取回改稿…", self._return_draft, "", "file-import")
        entry(menu, "审读文稿…", self._review, "", "checks")
        menu.addSeparator()
        entry(menu, "搜索", self._front(lambda t: t.to_search()), "Ctrl+F", "search")
        if not self.tabs.is_unit:
            entry(menu, "导入 Excel…", self._import, "Ctrl+I", "file-import")
        entry(menu, "导出…", self._front(lambda t: t.export()), "Ctrl+P", "file-export")
        menu.addSeparator()
        entry(menu, "退出", self.window.close, "Ctrl+Q")

    def kept(self, menu: QMenu) -> None:
        from gui.pages import page_specs

        signs = {"unit": "building", "person": "user", "site": "map-pin", "campaign": "flag", "document": "file-text"}
        signs |= {"change": "history", "bin": "trash", "term": "books", "phrase": "notebook", "holiday": "calendar"}
        for spec in (one for one in page_specs.KEPT if not (self.tabs.is_unit and one.name in FOR_COUNTY)):
            if spec.name in ("document", "change", "term"):
                menu.addSeparator()
            show = partial(self.context.navigator.open_list, spec.name)
            entry(menu, spec.title, show, "", signs.get(spec.name, "list-check"))
        menu.addSeparator()
        entry(menu, "更新法规和节假日数据…", self._data_pack, "", "books")
        entry(menu, "备份与恢复…", self.show_backups, "Ctrl+B", "archive")
        entry(menu, "设置…", self._settings, "Ctrl+,", "settings")

    def exchange(self, menu: QMenu) -> None:
        """What goes to and fro between the county and its units."""
        if self.tabs.is_unit:
            entry(menu, "上报反馈…", self._report_up, "F9", "file-export")
            entry(menu, "导入任务包…", self._take_packages, "Ctrl+T", "file-import")
            return
        entry(menu, "发任务包…", lambda: self._packages(tick=True), "F9", "file-export")
        entry(menu, "导入数据包…", self._take_packages, "Ctrl+T", "file-import")
        entry(menu, "收发情况…", lambda: self._packages(tick=False), "", "checks")
        menu.addSeparator()
        entry(menu, "制作乡镇安装盘…", self._hand_out, "", "database-export")

    def views(self, menu: QMenu) -> None:
        for place, (n, title) in enumerate(self.tabs.titles.items(), start=1):
            entry(menu, title, partial(self.tabs.setCurrentIndex, n), f"Ctrl+{place}")
        menu.addSeparator()
        entry(menu, "清除全部筛选", self._front(lambda t: t.clear_filters()), "Ctrl+Shift+F", "x")

    def help(self, menu: QMenu) -> None:
        manual = self.context.navigator.open_manual
        entry(menu, "使用手册", lambda: manual(self.tabs.manual_page()), "F1", "help")
        entry(menu, "更新说明", self._news, "", "file-text")
        entry(menu, "更新前后对照…", self._update_note, "", "history")
        entry(menu, "关于督查通", self._about, "", "info-circle")

    def _front(self, do: Callable[["ListPage"], object]) -> Callable[[], None]:
        def run() -> None:
            shown = self.tabs.front()
            if shown is not None:
                do(shown)

        return run

    def _undo(self) -> None:
        """In a text field Ctrl+Z takes back typing; elsewhere the last operation."""
        focus = QApplication.focusWidget()
        typed = isinstance(focus, QLineEdit) and focus.isUndoAvailable()
        written = isinstance(focus, QPlainTextEdit) and focus.document().isUndoAvailable()
        if isinstance(focus, QLineEdit | QPlainTextEdit) and (typed or written):
            focus.undo()
        else:
            self.context.navigator.undo()

    def _undo_list(self) -> None:
        from gui.dialogs.undo_list import UndoList

        UndoList(self.context, self.window).exec()

    def _whole_drafts(self) -> None:
        from gui.dialogs.whole_drafts import show

        show(self.context, self.window)

    def _data_pack(self) -> None:
        from gui.dialogs.data_pack import ask  # a dialog is loaded when it is wanted

        ask(self.context, self.window)

    def _new_paper(self) -> None:
        from gui.dialogs.new_paper import begin  # a dialog is loaded when it is wanted

        begin(self.context, self.window)

    def _return_draft(self) -> None:
        from gui.dialogs.return_draft import begin  # a dialog is loaded when it is wanted

        begin(self.context, self.window)

    def _review(self) -> None:
        from gui.dialogs.review import begin  # a dialog is loaded when it is wanted

        begin(self.context, self.window)

    def _import(self) -> None:
        from gui.dialogs.import_workbook import import_file

        import_file(self.context, self.window)

    def _settings(self) -> None:
        from gui.dialogs.settings import Settings

        Settings(self.context, self.window).exec()

    def _take_packages(self) -> None:
        from gui.exchange import receiving

        receiving.ask_and_take(self.context, self.window)

    def _packages(self, *, tick: bool) -> None:
        from gui.exchange.overview import Packages

        Packages(self.context, self.window, tick=tick).exec()

    def _report_up(self) -> None:
        from gui.exchange.report_up import report_up

        report_up(self.context, self.window)

    def _hand_out(self) -> None:
        from gui.exchange.handout import HandOut

        HandOut(self.context, self.window).exec()

    def _news(self) -> None:
        from gui.dialogs.about import News

        News(self.window).exec()

    def _update_note(self) -> None:
        from gui.dialogs.update_note import show_again

        show_again(self.context, self.window)

    def _about(self) -> None:
        from gui.dialogs.about import About

        About(self.context, self.window).exec()

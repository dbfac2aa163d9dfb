"""The menu bar: every deed with its shortcut."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit

from gui.core import icons
from gui.exchange import incoming

if TYPE_CHECKING:
    from gui.pages.list_page import RecordTab
    from gui.shell.main_window import MainWindow


FOR_COUNTY = ("measure",)
"""Lists of the 资料 menu that an answering unit has no use for."""


def build_menus(window: "MainWindow") -> None:
    """Fill the window's menu bar."""
    _records(window, window.menuBar().addMenu("记录"))
    _kept(window, window.menuBar().addMenu("资料"))
    _exchange(window, window.menuBar().addMenu("收发"))
    _views(window, window.menuBar().addMenu("查看"))
    _help(window, window.menuBar().addMenu("帮助"))


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


def _front(window: "MainWindow", do: Callable[["RecordTab"], object]) -> Callable[[], None]:
    def run() -> None:
        tab = window.front()
        if tab is not None:
            do(tab)

    return run


def _records(window: "MainWindow", menu: QMenu) -> None:
    entry(menu, "新增", _front(window, lambda t: t.new()), "Ctrl+N", "plus")
    entry(menu, "以本条为样子新增", _front(window, lambda t: t.copy_record()), "Ctrl+D", "copy")
    entry(menu, "保存", _front(window, lambda t: t.save()), "Ctrl+S", "device-floppy")
    entry(menu, "下一步", _front(window, lambda t: t.next_step()), "Ctrl+Enter Ctrl+Return", "arrow-right")
    menu.addSeparator()
    entry(menu, "撤销", lambda: _undo(window), "Ctrl+Z", "arrow-back-up")
    entry(menu, "撤销最近的操作…", lambda: _undo_list(window), "Ctrl+Alt+Z", "history")
    entry(menu, "批量修改…", _front(window, lambda t: t.edit_many()), "", "list-check")
    entry(menu, "移入回收站", _front(window, lambda t: t.delete()), "", "trash")
    if not window.is_unit:
        entry(menu, "草稿送交办…", lambda: _whole_drafts(window), "", "checks")
    menu.addSeparator()
    entry(menu, "搜索", _front(window, lambda t: t.to_search()), "Ctrl+F", "search")
    if not window.is_unit:
        entry(menu, "导入 Excel…", lambda: _import(window), "Ctrl+I", "file-import")
    entry(menu, "导出…", _front(window, lambda t: t.export()), "Ctrl+P", "file-export")
    menu.addSeparator()
    entry(menu, "退出", window.close, "Ctrl+Q")


def _undo(window: "MainWindow") -> None:
    """In a text field Ctrl+Z takes back typing; elsewhere the last operation."""
    focus = QApplication.focusWidget()
    typed = isinstance(focus, QLineEdit) and focus.isUndoAvailable()
    written = isinstance(focus, QPlainTextEdit) and focus.document().isUndoAvailable()
    if isinstance(focus, QLineEdit | QPlainTextEdit) and (typed or written):
        focus.undo()
    else:
        window.undo()


def _undo_list(window: "MainWindow") -> None:
    from gui.dialogs.undo_list import UndoList

    assert window.context is not None
    UndoList(window.context, window).exec()


def _whole_drafts(window: "MainWindow") -> None:
    from gui.dialogs.whole_drafts import show

    assert window.context is not None
    show(window.context, window)


def _import(window: "MainWindow") -> None:
    from gui.dialogs.import_workbook import import_file

    assert window.context is not None
    import_file(window.context, window)


def _kept(window: "MainWindow", menu: QMenu) -> None:
    from gui.pages import page_specs

    icons = {"unit": "building", "person": "user", "site": "map-pin", "campaign": "flag", "document": "file-text"}
    icons |= {"change": "history", "bin": "trash", "term": "books", "phrase": "notebook", "holiday": "calendar"}
    for spec in (one for one in page_specs.KEPT if not (window.is_unit and one.name in FOR_COUNTY)):
        if spec.name in ("document", "change", "term"):
            menu.addSeparator()
        label, name = spec.title, spec.name
        entry(menu, label, partial(_open_kept, window, name), "", icons.get(name, "list-check"))
    menu.addSeparator()
    entry(menu, "备份与恢复…", window.show_backups, "Ctrl+B", "archive")
    entry(menu, "设置…", lambda: _settings(window), "Ctrl+,", "settings")


def _open_kept(window: "MainWindow", name: str) -> None:
    from gui.dialogs.list_window import open_list

    assert window.context is not None
    open_list(window, window.context, name)


def _settings(window: "MainWindow") -> None:
    from gui.dialogs.settings import Settings

    assert window.context is not None
    Settings(window.context, window).exec()


def _exchange(window: "MainWindow", menu: QMenu) -> None:
    """What goes to and fro between the county and its units."""
    assert window.context is not None
    if incoming.is_unit(window.context):
        entry(menu, "上报反馈…", lambda: report_up(window), "F9", "file-export")
        entry(menu, "导入任务包…", lambda: incoming.ask_and_take(window), "Ctrl+T", "file-import")
        return
    entry(menu, "发任务包…", lambda: _packages(window, tick=True), "F9", "file-export")
    entry(menu, "导入数据包…", lambda: incoming.ask_and_take(window), "Ctrl+T", "file-import")
    entry(menu, "收发情况…", lambda: _packages(window, tick=False), "", "checks")
    menu.addSeparator()
    entry(menu, "制作乡镇安装盘…", lambda: _hand_out(window), "", "database-export")


def _packages(window: "MainWindow", *, tick: bool) -> None:
    from gui.exchange.overview import Packages

    assert window.context is not None
    Packages(window.context, window, tick=tick).exec()


def report_up(window: "MainWindow") -> None:
    """上报反馈, at an answering unit."""
    from gui.exchange.report_up import ReportUp

    assert window.context is not None
    ReportUp(window.context, window).exec()


def _hand_out(window: "MainWindow") -> None:
    from gui.exchange.handout import HandOut

    assert window.context is not None
    HandOut(window.context, window).exec()


def _views(window: "MainWindow", menu: QMenu) -> None:
    for place, (n, title) in enumerate(window.titles.items(), start=1):
        entry(menu, title, partial(window.tabs.setCurrentIndex, n), f"Ctrl+{place}")
    menu.addSeparator()
    entry(menu, "清除全部筛选", _front(window, lambda t: t.clear_filters()), "Ctrl+Shift+F", "x")


def _help(window: "MainWindow", menu: QMenu) -> None:
    entry(menu, "使用手册", lambda: _manual(window), "F1", "help")
    entry(menu, "更新说明", lambda: _news(window), "", "file-text")
    entry(menu, "更新前后对照…", lambda: _update_note(window), "", "history")
    entry(menu, "关于督查通", lambda: _about(window), "", "info-circle")


def _manual(window: "MainWindow") -> None:
    from gui.shell.manual import open_manual

    open_manual(window, window.manual_page())


def _news(window: "MainWindow") -> None:
    from gui.dialogs.about import News

    News(window).exec()


def _update_note(window: "MainWindow") -> None:
    from gui.dialogs.update_note import show_again

    assert window.context is not None
    show_again(window.context, window)


def _about(window: "MainWindow") -> None:
    from gui.dialogs.about import About

    assert window.context is not None
    About(window.context, window).exec()

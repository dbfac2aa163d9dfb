"""Pictures of every tab and dialog, taken by the program itself: for a machine without a display, and for review."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow

Scene = tuple[str, Callable[[], QWidget | None]]
"""A picture's name, and what brings its window up."""
SETTLE = 0.4
"""Seconds given to background reading before a picture."""


def take(window: "MainWindow", folder: Path) -> None:
    """Grab everything into ``folder`` once the window is idle, then close it."""
    folder.mkdir(parents=True, exist_ok=True)
    QTimer.singleShot(0, window, lambda: _take(window, folder))


def _take(window: "MainWindow", folder: Path) -> None:
    window.resize(1366, 728) if window.devicePixelRatioF() == 1.0 else window.resize(1280, 680)
    try:
        for name, show in (*_tabs(window), *_exports(window), *_dialogs(window)):
            shown = show()
            settle()
            if shown is not None:
                shown.grab().save(str(folder / f"{name}.png"))
                if shown is not window:
                    shown.close()
    finally:
        window.close()


def settle(seconds: float = SETTLE) -> None:
    """Let the event loop run."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def _tabs(window: "MainWindow") -> Iterator[Scene]:
    from gui.pages import page_specs
    from gui.shell.page_tabs import TEAMS

    def tab(n: int, name: str = "") -> QWidget:
        window.tabs.setCurrentIndex(n)
        if name:
            window.body(n).choose_list(name)
        settle(0.1)
        front = window.front()
        if front is not None and front.model.rowCount():
            front.table.selectRow(0)
        return window

    yield "1-首页", lambda: tab(0)
    for spec in page_specs.TEAMS:
        yield f"2-督查组-{spec.title}", partial(tab, TEAMS, spec.name)
    for n, name in ((2, "督查问题"), (3, "问责通报"), (4, "整改反馈")):
        yield f"{n + 1}-{name}", partial(tab, n)


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    settle(1.0)
    return dialog


def _exports(window: "MainWindow") -> Iterator[Scene]:
    from gui.dialogs.export_document import ExportDocument
    from gui.shell.page_tabs import CASES, FINDINGS

    context = window.context
    assert context is not None

    def export(n: int, kind: str, option: str) -> ExportDocument:
        window.tabs.setCurrentIndex(n)
        front = window.front()
        ids = tuple(front.model.all_ids() if front else ())[:60]
        dialog = ExportDocument(context, kind, {option: ids}, f"列表中的 {len(ids)} 条", window)
        _shown(dialog)
        return dialog

    def pages() -> QWidget:
        dialog = export(CASES, "accountability_bulletin", "case_ids")
        dialog.views.setCurrentIndex(1)
        settle(1.0)
        return dialog

    yield "6-导出督查通报", lambda: export(FINDINGS, "findings_bulletin", "finding_ids")
    yield "6-问责通报版面", pages


def _dialogs(window: "MainWindow") -> Iterator[Scene]:
    from gui.dialogs.about import About
    from gui.dialogs.edit_many import EditMany
    from gui.dialogs.settings import Settings
    from gui.dialogs.undo_list import UndoList
    from gui.exchange.handout import HandOut
    from gui.exchange.overview import Packages
    from gui.pages import page_specs
    from gui.shell.first_run import FirstRun
    from gui.shell.page_tabs import FINDINGS
    from models.records import Finding

    context, navigator = window.context, window.navigator
    assert context is not None
    assert navigator is not None

    def filtering() -> QWidget:
        window.tabs.setCurrentIndex(FINDINGS)
        front = window.front()
        assert front is not None
        popup = front.ask_filter(3, window.mapToGlobal(window.rect().center()))
        settle()
        return popup

    yield "7-筛选", filtering
    made: dict[str, Callable[[], QWidget]] = {
        "7-批量修改": lambda: EditMany(context, Finding, [1, 2, 3], window),
        "7-设置": lambda: Settings(context, window),
        "7-关于": lambda: About(context, window),
        "7-备份与恢复": window.backups,
        "7-撤销操作": lambda: UndoList(context, window),
        "7-收发情况": lambda: Packages(context, window),
        "7-制作乡镇安装盘": lambda: HandOut(context, window),
        "7-手册": lambda: navigator.open_manual("督查问题"),
        "8-首次使用": lambda: _sized(FirstRun(context)),
        **{f"9-{spec.title}": partial(navigator.open_list, spec.name) for spec in page_specs.KEPT},
    }
    for name, make in made.items():
        yield name, partial(_made, make)


def _made(make: Callable[[], QWidget]) -> QWidget:
    return _shown(make())


def _sized(widget: QWidget) -> QWidget:
    widget.resize(1100, 700)
    return widget

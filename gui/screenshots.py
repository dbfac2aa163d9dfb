"""Pictures of every tab and dialog, taken by the program itself: for a machine without a display, and for review."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from gui.app import Session

SETTLE = 0.4
"""Seconds given to background reading before a picture."""


def take(session: "Session", folder: Path) -> None:
    """Grab everything into ``folder`` once the window is idle, then close it."""
    folder.mkdir(parents=True, exist_ok=True)
    QTimer.singleShot(0, session, lambda: _take(session, folder))


def _take(session: "Session", folder: Path) -> None:
    window = session.window
    window.resize(1366, 728) if window.devicePixelRatioF() == 1.0 else window.resize(1280, 680)
    try:
        for name, show in _scenes(session):
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


def _scenes(session: "Session") -> list[tuple[str, Callable[[], QWidget | None]]]:
    scenes: list[tuple[str, Callable[[], QWidget | None]]] = []
    window = session.window

    def tab(n: int, segment: int = -1) -> QWidget:
        window.tabs.setCurrentIndex(n)
        if segment >= 0:
            window.body(n).choose(segment)
        settle(0.1)
        front = window.front()
        if front is not None and front.model.rowCount():
            front.table.selectRow(0)
        return window

    scenes.append(("1-首页", lambda: tab(0)))
    segments = ("组", "成员", "排班", "督查活动", "走访点位")
    scenes += [(f"2-督查组-{name}", partial(tab, 1, n)) for n, name in enumerate(segments)]
    scenes += [(f"{n + 1}-{name}", partial(tab, n)) for n, name in ((2, "督查问题"), (3, "问责通报"), (4, "整改反馈"))]
    return [*scenes, *_dialogs(session)]


def _dialogs(session: "Session") -> list[tuple[str, Callable[[], QWidget | None]]]:
    from gui.dialogs.about import About
    from gui.dialogs.backups import Backups
    from gui.dialogs.edit_many import EditMany
    from gui.dialogs.export import ExportDocument
    from gui.dialogs.first_run import FirstRun
    from gui.dialogs.handout import HandOut
    from gui.dialogs.list_window import open_list
    from gui.dialogs.packages import Packages
    from gui.dialogs.settings import Settings
    from gui.dialogs.undo_list import UndoList
    from gui.manual import open_manual
    from gui.tabs import specs
    from gui.window import CASES, FINDINGS
    from models.records import Finding

    window, context = session.window, session.context
    assert context is not None

    def shown(dialog: QWidget) -> QWidget:
        dialog.show()
        settle(1.0)
        return dialog

    def export(n: int, kind: str, option: str) -> QWidget:
        ids = tuple(window.body(n).model.all_ids())[:60]
        return shown(ExportDocument(context, kind, {option: ids}, f"列表中的 {len(ids)} 条", window))

    def pages() -> QWidget:
        dialog = export(CASES, "accountability_bulletin", "case_ids")
        dialog.views.setCurrentIndex(1)  # type: ignore[attr-defined]
        settle(1.0)
        return dialog

    def filtering() -> QWidget:
        window.tabs.setCurrentIndex(FINDINGS)
        tab = window.body(FINDINGS)
        tab.ask_filter(3, window.mapToGlobal(window.rect().center()))
        settle()
        popup: QWidget = tab.asking
        return popup

    scenes: list[tuple[str, Callable[[], QWidget | None]]] = [
        ("6-导出督查通报", lambda: export(FINDINGS, "findings_bulletin", "finding_ids")),
        ("6-问责通报版面", pages),
        ("7-筛选", filtering),
        ("7-批量修改", lambda: shown(EditMany(context, Finding, [1, 2, 3], window))),
        ("7-设置", lambda: shown(Settings(context, window))),
        ("7-关于", lambda: shown(About(context, window))),
        ("7-备份与恢复", lambda: shown(Backups(window))),
        ("7-撤销操作", lambda: shown(UndoList(context, window))),
        ("7-收发情况", lambda: shown(Packages(context, window))),
        ("7-制作乡镇安装盘", lambda: shown(HandOut(context, window))),
        ("7-手册", lambda: shown(open_manual(window, "督查问题"))),
        ("8-首次使用", lambda: shown(_sized(FirstRun(context)))),
    ]

    def listed(name: str) -> QWidget | None:
        return shown(open_list(window, context, name))

    scenes += [(f"9-{spec.title}", partial(listed, spec.name)) for spec in specs.KEPT]
    return scenes


def _sized(widget: QWidget) -> QWidget:
    widget.resize(1100, 700)
    return widget

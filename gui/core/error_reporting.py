"""The two kinds of trouble on the screen: a sentence for the clerk, a report for us."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from gui.core.drops import TextInput
from gui.core.plain_text import Label, MessageBox
from gui.core.screen_fit import fit
from models.errors import Refusal

if TYPE_CHECKING:
    import logging


def _log() -> "logging.Logger":
    # Imported when there is something to say: at start it would cost as much as half the window.
    import logging

    return logging.getLogger("duchatong")


on_damage: Callable[[str], object] | None = None
"""Takes the sentence where the database turns out to be damaged; set while a window is open on one."""


looks_damaged: Callable[[BaseException], bool] = lambda _error: False  # noqa: E731
"""Whether the data read through show what an error comes from; set with ``on_damage``."""


def note(text: str) -> None:
    """Write a line to the program's log, unseen by the clerk."""
    _log().warning(text)


def tell(error: BaseException) -> None:
    """Show whatever was raised: a Refusal or trouble with the disk as a sentence, anything else as a fault."""
    from models.storage import disk_errors, schema

    damaged = isinstance(error, schema.Damaged) or disk_errors.is_damage(error)
    if on_damage is not None and (damaged or (not isinstance(error, Refusal) and looks_damaged(error))):
        on_damage("数据文件已损坏，请从备份恢复。")
        return
    refusal = error if isinstance(error, Refusal) else disk_errors.refusal(error)
    if refusal is not None:
        refuse(refusal)
    else:
        fault(error)


def refuse(refusal: Refusal, parent: QWidget | None = None) -> None:
    """Say in a box what the clerk has to do; one line a problem."""
    said = "\n".join(p.sentence for p in refusal.problems)
    box = MessageBox(parent or QApplication.activeWindow(), QMessageBox.Icon.Warning, said)
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def report_of(error: BaseException) -> str:
    """The whole report as text: program, machine, traceback."""
    import platform
    import traceback

    from models.program import version

    trace = "".join(traceback.format_exception(error))
    return f"督查通 {version()} / Python {platform.python_version()} / {platform.platform()}\n\n{trace}"


def fault(error: BaseException) -> None:
    """Log one of our own faults and show a report that can be copied; the window stays open."""
    report = report_of(error)
    _log().error(report)
    if QApplication.instance() is not None:
        FaultDialog(report, QApplication.activeWindow()).exec()


class FaultDialog(QDialog):
    """Our fault: asks to look what was done, and offers the report to copy."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出现问题")
        fit(self, 640, 400)
        sentence = Label("程序出现问题，刚才的操作可能没有完成，请核对后再继续。请复制下面的报告，发给软件维护人员。")
        sentence.setWordWrap(True)
        text = TextInput(report, readOnly=True)
        text.setLineWrapMode(TextInput.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox()
        copy = buttons.addButton("复制报告", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(report))
        buttons.addButton("继续工作", QDialogButtonBox.ButtonRole.AcceptRole).clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        for part in (sentence, text, buttons):
            layout.addWidget(part)


def install(logs: Path) -> None:
    """Send every uncaught exception and every message of Qt to the log file, faults to the screen too."""
    from logging import Formatter
    from logging.handlers import RotatingFileHandler

    logs.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        logs / "duchatong.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log().addHandler(handler)
    sys.excepthook = _hook
    qInstallMessageHandler(_qt_message)


_showing = False


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    global _showing  # noqa: PLW0603 - a fault while a fault is shown must not pile up dialogs
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    elif threading.current_thread() is not threading.main_thread():
        _log().error(report_of(error))  # only the screen's thread may show anything
    elif isinstance(error, Refusal):
        tell(error)
    elif _showing:
        _log().error(report_of(error))
    else:
        _showing = True
        try:
            tell(error)
        finally:
            _showing = False


_LEVELS = {
    QtMsgType.QtDebugMsg: 10,
    QtMsgType.QtInfoMsg: 20,
    QtMsgType.QtWarningMsg: 30,
    QtMsgType.QtCriticalMsg: 40,
    QtMsgType.QtFatalMsg: 50,
}
"""Qt's kinds as the levels of logging."""


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    _log().log(_LEVELS.get(kind, 30), "Qt: %s", text)


def later(owner: QObject, deed: Callable[[], object]) -> None:
    """Do a deed at the next turn of the event loop while its owner lives; what it raises is told.

    A timer with a context object loses every exception (PySide 6.8).
    """

    def told() -> None:
        try:
            deed()
        except Exception as error:
            tell(error)

    QTimer.singleShot(0, owner, told)


def ask(parent: QWidget | None, sentence: str, verb: str, other: str = "取消", *, detail: str = "") -> bool:
    """A question before what cannot be undone; its buttons are verbs, and Enter takes the safe one."""
    box = MessageBox(parent, QMessageBox.Icon.Question, sentence, detail)
    do = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    safe = box.addButton(other, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(safe)
    box.exec()
    return box.clickedButton() is do

"""The whole program at a clerk's hands: sessions that are started, left, killed and started again."""

import pytest
from PySide6.QtWidgets import QApplication

from gui.dialogs.bulk_step import BulkStep
from gui.dialogs.export_document import ExportDocument
from gui.dialogs.export_done import Finished
from gui.dialogs.import_workbook import ImportDialog
from gui.shell import application as program


@pytest.fixture
def dialogs(monkeypatch):
    """The program's own dialogs stay open beside the test instead of waiting for it; newest last."""
    shown = []

    def beside(dialog):
        shown.append(dialog)
        dialog.show()
        return 0

    for kind in (BulkStep, ExportDocument, ImportDialog):
        monkeypatch.setattr(kind, "exec", beside)
    monkeypatch.setattr(Finished, "exec", lambda _dialog: 0)
    yield shown
    for one in shown:
        one.close()


@pytest.fixture
def started(qtbot, qapp, monkeypatch):
    """Start the program on a folder; what still runs at the end is let go."""
    monkeypatch.setattr(QApplication, "exit", lambda _code=0: None)
    running = []

    def start(folder, opened=()) -> program.Session:
        session = program.Session(folder, opened)
        running.append(session)
        session.start()
        qtbot.waitUntil(lambda: session.context is not None)
        return session

    yield start
    for session in running:
        if session.window.keeper is not None:
            session.window.keeper.stop()
        session._give_back()
        session.window.hide()

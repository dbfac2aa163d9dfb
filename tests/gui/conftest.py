"""A data folder of the demo office, a window on it, patience, and a guard against dialogs nobody expects."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

import main as program
from gui.core import theme
from gui.core.context import Context, Runner, UiState
from gui.shell.main_window import MainWindow
from gui.shell.navigator import DialogNavigator
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

PATIENCE = 60_000
"""Milliseconds a busy machine may need; what is waited for ends the wait at once."""


class PatientBot(QtBot):
    """The robot at the screen."""

    def waitUntil(self, callback, *, timeout=PATIENCE):  # noqa: N802 - the name there
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE, **more):  # noqa: N802 - the name there
        return super().waitSignal(signal, timeout=timeout, **more)

    def rest(self, context):
        """Until no work runs any more and the screen has taken in what it brought."""
        self.waitUntil(lambda: not context.runner.busy)
        context.runner.wait()
        self.wait(30)


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture(autouse=True)
def no_unexpected_dialogs(monkeypatch):
    """A modal dialog would wait for ever: it fails the test, saying what it says."""

    def refuse(dialog, *_):
        said = dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle()
        raise AssertionError(f"unexpected dialog: {said}")

    for kind in (QDialog, QMessageBox):
        monkeypatch.setattr(kind, "exec", refuse)
    for name in ("getText", "getItem"):
        monkeypatch.setattr(QInputDialog, name, lambda *_: pytest.fail("unexpected question"))


@pytest.fixture(scope="session")
def demo_root(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo office, played once a run."""
    from models.demo.office import fill

    root = tmp_path_factory.mktemp("demo") / "演示"
    shutil.copytree(pristine, root)
    store = Store(DataFolder(root))
    fill(Workspace(store))
    store.close()
    return root


@pytest.fixture
def demo_folder(demo_root: Path, tmp_path: Path) -> DataFolder:
    root = tmp_path / "演示 数据"
    shutil.copytree(demo_root, root)
    return DataFolder(root)


@pytest.fixture
def run(demo_folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """A command on a copy of the demo office: its exit code, what it said, what it complained of."""

    def call(*words: str) -> tuple[int, str, str]:
        code = program.main(["--data", str(demo_folder.root), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def office(demo_folder: DataFolder) -> Iterator[Workspace]:
    """The same office as the program reads and writes it."""
    store = Store(demo_folder)
    yield Workspace(store)
    store.close()


@pytest.fixture
def demo(qapp, demo_folder):
    """A context on a copy of the demo office."""
    theme.install(qapp)
    store = Store(demo_folder)
    runner = Runner()
    context = Context(Workspace(store, operator="测试员"), runner, UiState(demo_folder.root / "ui.json"))
    context.navigator = DialogNavigator(context)
    yield context
    runner.wait()
    store.close()


@pytest.fixture
def window(qtbot, demo):
    """The furnished main window."""
    made = MainWindow(demo.state)
    qtbot.addWidget(made, before_close_func=_let_go)
    made.resize(1366, 728)
    made.show()
    made.build_pages(demo)
    return made


def _let_go(window):
    assert window.context is not None
    window.context.runner.wait()
    for tab in window.built():
        tab.model.close()
    window.context = None

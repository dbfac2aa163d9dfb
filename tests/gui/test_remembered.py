"""ui.json may be anything: the window opens, with defaults where a value is not what it should be."""

import json

import pytest

from gui.core import ui_state
from gui.shell import application as room
from gui.shell.page_tabs import FINDINGS

ODD = [None, True, -1, 5, 10**30, 1.5, "x", "\ud800", [], [1], ["x"], {}, {"a": []}, {"widths": {"fact": "x"}}]
KEYS = [
    "tab", "geometry", "campaign", "operators", "operator_day", "first", "splitter.finding", "columns.finding",
    "view.finding", "segment.teams", "backup.folder", "backup.lacking", "export.folder",
    "export.findings_bulletin.detail", "handout.target", "package.photos", "again.finding", "step.verify",
]  # fmt: skip
GOOD = {
    "tab": 1, "campaign": None, "operators": ["王晓燕"], "geometry": "AdnQywADAAA", "splitter.finding": [700, 500],
    "columns.finding": {"widths": {"fact": 300}, "hidden": [], "order": ["fact"]}, "package.photos": True,
    "view.finding": {"search": "", "filters": [], "chip": "全部", "sort": "", "descending": False, "campaign": None},
    "first": {"sql": "SELECT 1", "params": {}, "columns": [["fact", "事实", 300, 129]], "splitter": [1, 1]},
    "something.new": [1, {"a": 2}],
}  # fmt: skip


def test_what_the_program_writes_is_read_again(tmp_path):
    path = tmp_path / "ui.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert ui_state.read(path) == GOOD


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"tab": 1', b'{"tab": "finding"}']
)
def test_what_is_no_memory_is_none(tmp_path, content):
    (tmp_path / "ui.json").write_bytes(content)
    assert ui_state.read(tmp_path / "ui.json") == {}


def test_a_folder_of_that_name_is_none(tmp_path):
    (tmp_path / "ui.json").mkdir()
    assert ui_state.read(tmp_path / "ui.json") == {}


@pytest.fixture
def opened(qtbot, qapp, demo_folder, monkeypatch):
    """Open the window on a ui.json; gives the session, without a fault told meanwhile."""
    monkeypatch.setattr(room.QApplication, "exit", lambda _code=0: None)
    told = []
    monkeypatch.setattr("gui.core.error_reporting.tell", told.append)
    monkeypatch.setattr("gui.shell.toolbar.QInputDialog.getText", lambda *_: ("王晓燕", True))
    sessions = []

    def open_(content):
        (demo_folder.root / "ui.json").write_text(content, encoding="utf-8")
        session = room.Session(demo_folder)
        sessions.append(session)
        session.start()
        qtbot.waitUntil(lambda: session.window.is_furnished)
        qtbot.rest(session.context)
        session.window.tabs.setCurrentIndex(FINDINGS)
        assert told == []
        return session

    yield open_
    for session in sessions:
        session.window.keeper.stop()
        session._give_back()
        session.window.hide()


@pytest.mark.parametrize("odd", ODD, ids=[str(n) for n in range(len(ODD))])
def test_the_window_opens_whatever_every_key_says(opened, odd):
    opened(json.dumps(dict.fromkeys(KEYS, odd)))


def test_what_fits_its_shape_and_nothing_else_is_forgotten(opened):
    view = {"search": "", "sort": "没有这一列", "chip": "没有", "filters": [
        {"key": "没有", "kind": "values", "values": [1], "labels": ["x"]}]}  # fmt: skip
    session = opened(json.dumps({**GOOD, "tab": FINDINGS, "view.finding": view, "campaign": 12345}))
    assert session.window.front() is not None

"""A computer with a wrong date: the window says so and asks, the command line says so and takes --today."""

import datetime as dt
import json

import pytest

import main
from gui.shell import application as room
from gui.shell.date_warning import DayStrip
from models import clock
from models.records import Finding, Unit
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage.engine import Store

LAST = dt.date(2022, 3, 16)


@pytest.fixture(autouse=True)
def by_the_computer(monkeypatch):
    monkeypatch.setattr(room.QApplication, "exit", lambda _code=0: None)
    yield
    clock.believe(None)


@pytest.fixture
def asleep(demo_folder):
    """The office, where nothing was written since a day years ago."""
    store = Store(demo_folder)
    workspace = Workspace(store, clock=lambda: dt.datetime.combine(LAST, dt.time(9)))
    records.create(workspace, Unit, {"name": "石桥镇", "kind": "乡镇"})
    store.close()
    return demo_folder


@pytest.fixture
def session(qtbot, qapp, asleep):
    made = room.Session(asleep)
    made.start()
    qtbot.waitUntil(lambda: made.window.is_furnished)
    yield made
    made.window.keeper.stop()
    made._give_back()
    made.window.hide()


def strip(session):
    return next((one for one in session.window.findChildren(DayStrip) if one.isVisible()), None)


def test_the_window_says_so_and_opens_anew_on_the_day_that_is_named(qtbot, session):
    asked, window = strip(session), session.window
    assert "离上次录入（2022年3月16日）已有" in asked.told.text()
    assert asked.day.text() == "2022-03-16"
    asked.day.setText("3月40日")
    asked.take()
    assert "3月40日" in asked.told.text()
    asked.day.setText("3.17")
    asked.take()
    qtbot.waitUntil(lambda: session.window is not window and session.window.is_furnished)
    assert session.context.workspace.today == dt.date(2022, 3, 17)
    assert strip(session) is None
    id_ = records.create(session.context.workspace, Finding, {"fact": "新问题", "source_level": "县"}).id
    with session.context.workspace.reading() as reading:
        assert reading.get(Finding, id_).created_at.date() == dt.date(2022, 3, 17)


def test_a_computer_that_is_right_is_kept(qtbot, session):
    strip(session).keep()
    assert strip(session) is None
    assert session.context.workspace.today == dt.date.today()


def test_a_command_says_so_and_does_its_work(asleep, capsys):
    assert main.main(["--data", str(asleep.root), "statistics", "--json"]) == 0
    said = capsys.readouterr()
    assert "可能不准" in said.err
    assert "--today" in said.err
    assert json.loads(said.out)["problems"] > 0


@pytest.mark.parametrize("words", [["--today", "2022-03-20", "statistics"], ["statistics", "--today=2022年3月20日"]])
def test_the_day_that_is_typed_holds_for_the_command(asleep, capsys, words):
    assert main.main(["--data", str(asleep.root), *words]) == 0
    assert capsys.readouterr().err == ""
    assert clock.today() == dt.date(2022, 3, 20)
    main.main(["--data", str(asleep.root), "register"])
    assert clock.today() == dt.date.today()


def test_a_document_bears_the_day_that_is_typed(demo_folder, tmp_path, capsys):
    import docx

    target, day = tmp_path / "总结.docx", dt.date.today() + dt.timedelta(days=3)
    words = ["document", "阶段总结", "--out", str(target)]
    assert main.main(["--data", str(demo_folder.root), "--today", day.isoformat(), *words]) == 0, capsys.readouterr()
    said = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
    assert f"{day.year}年{day.month}月{day.day}日" in said


def test_what_is_no_day_is_a_usage_error(asleep, capsys):
    with pytest.raises(SystemExit) as left:
        main.main(["--data", str(asleep.root), "--today", "明年", "statistics"])
    assert left.value.code == 2
    assert "“明年”" in capsys.readouterr().err

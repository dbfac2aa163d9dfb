"""A township starts from what its county gave it, whichever way the folder reached its PC."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

import main
from gui.exchange.preview import PackagePreview
from gui.shell import first_run_files
from gui.shell.first_run import FirstRun
from models.errors import Refusal
from models.exchange import handout
from models.records import Finding, Office, Unit
from models.services import findings, office_setup, records
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store


@pytest.fixture
def stick(tmp_path, pristine):
    """A stick with the folders of two townships; something was handed to the first."""
    shutil.copytree(pristine, tmp_path / "县")
    workspace = Workspace(Store(DataFolder(tmp_path / "县")), operator="王晓燕")
    office = {"role": "county", "name": "云水县指挥部办公室", "short_name": "县防控办", "county_name": "云水县"}
    office_setup.found_office(workspace, office)
    units = [
        records.create(workspace, Unit, {"name": name, "kind": "乡镇", "contact": contact}).id
        for name, contact in (("柳河镇", "何平"), ("青石镇", ""))
    ]
    finding = {
        "fact": "无人值守。", "kind": "测温", "source_level": "县", "found_on": dt.date(2022, 3, 5),
        "unit_id": units[0],
    }  # fmt: skip
    id_ = records.create(workspace, Finding, finding).id
    findings.take(workspace, id_, "hand_over", {"deadline": dt.date(2022, 3, 14), "requirement": "立即整改"})
    handout.make(workspace, tmp_path / "U 盘", [])
    workspace.store.close()
    return tmp_path / "U 盘"


@pytest.fixture
def previews(monkeypatch):
    """The packages that were shown."""
    shown: list[Path] = []

    def show(dialog) -> int:
        shown.extend(dialog._paths)
        return 0

    monkeypatch.setattr(PackagePreview, "exec", show)
    return shown


def first_page(qtbot, session) -> FirstRun:
    qtbot.waitUntil(lambda: isinstance(session.window.centralWidget(), FirstRun))
    qtbot.rest(session.context)
    return session.window.centralWidget()


def begin(qtbot, session, page: FirstRun) -> Office:
    page.start()
    qtbot.waitUntil(lambda: session.window.is_furnished)
    qtbot.rest(session.context)
    return session.context.workspace.office()


def test_a_stick_that_is_plugged_in_answers_everything(qtbot, folder, started, stick, previews, monkeypatch):
    shutil.rmtree(stick / "青石镇")
    monkeypatch.setattr(first_run_files, "sticks", lambda: [stick])
    session = started(folder)
    page = first_page(qtbot, session)
    assert page.operator.text() == "何平"
    office = begin(qtbot, session, page)
    assert (office.role, office.short_name) == ("unit", "柳河镇")
    qtbot.waitUntil(lambda: bool(previews))
    assert previews == list((stick / "柳河镇").glob("*.dct"))


def test_a_double_click_on_the_package_or_on_the_answers_is_enough(
    qtbot, folder, started, stick, previews, monkeypatch
):
    monkeypatch.setattr(first_run_files, "sticks", list)
    (package,) = (stick / "柳河镇").glob("*.dct")
    session = started(folder, [package])
    assert first_page(qtbot, session).untouched is False
    session._take([stick / "柳河镇" / "首次运行.json"])
    page = first_page(qtbot, session)
    assert begin(qtbot, session, page).short_name == "柳河镇"
    qtbot.waitUntil(lambda: bool(previews))
    assert previews == [package]
    said: list[str] = []
    session.context.status = said.append
    session._take([stick / "青石镇" / "首次运行.json"])
    assert ["不用再读" in sentence for sentence in said] == [True]


def test_a_clerk_of_the_county_is_not_overruled(qtbot, folder, started, stick, previews, monkeypatch):
    monkeypatch.setattr(first_run_files, "sticks", list)
    session = started(folder, [stick / "柳河镇" / "首次运行.json"])
    page = first_page(qtbot, session)
    page.county.setChecked(True)
    page.form["number_code"].show_value("云指办")
    assert begin(qtbot, session, page).role == "county"
    assert previews == []


def test_several_units_on_one_stick_are_for_the_clerk_to_tell(qtbot, folder, started, stick, monkeypatch):
    with pytest.raises(Refusal, match="柳河镇、青石镇"):
        first_run_files.on_sticks([stick])
    monkeypatch.setattr(first_run_files, "sticks", lambda: [stick])
    page = first_page(qtbot, started(folder))
    assert page.untouched
    assert "几个单位" in page.notice._text.text()


def test_what_was_typed_meanwhile_stays(qtbot, folder, started, stick, monkeypatch):
    shutil.rmtree(stick / "青石镇")
    monkeypatch.setattr(first_run_files, "sticks", lambda: [stick])
    monkeypatch.setattr(FirstRun, "untouched", False)
    assert first_page(qtbot, started(folder)).form["name"].value() in ("", None)


def test_where_answers_are_looked_for(tmp_path, stick):
    folder = DataFolder(tmp_path / "空")
    assert first_run_files.nearby(folder) is None
    told = stick / "柳河镇" / "首次运行.json"
    assert first_run_files.nearby(folder, [stick / "柳河镇" / "任务包.dct"]) == told
    assert first_run_files.on_sticks([tmp_path / "没有", stick / "柳河镇"]) == told
    assert first_run_files.on_sticks([]) is None
    assert tmp_path.anchor not in [str(path) for path in first_run_files.sticks()]


def test_the_desktop_may_hand_over_packages_and_answers():
    files = ["甲/首次运行.json", "乙.DCT"]
    assert main._plain(["--data", "数据", *files]) == ("数据", [Path(name) for name in files])
    assert main._plain(["office", "--name", "甲.json"]) is None

import datetime as dt
import json
import shutil
from pathlib import Path

import hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QRadioButton
from sqlalchemy import select

from gui.core import theme
from gui.core.context import Context, Runner, UiState
from gui.exchange import incoming
from gui.exchange.handout import HandOut
from gui.exchange.overview import Packages
from gui.exchange.preview import PackagePreview
from gui.exchange.report_up import ReportUp
from gui.forms.attachments import FilesView
from gui.shell.main_window import MainWindow
from gui.shell.page_tabs import CASES, FEEDBACK, FINDINGS, HOME, TEAMS
from gui.shell.single_instance import InstanceServer, raise_first
from models.domain.findings.lifecycle import Status
from models.queries.lists.listing import ListQuery
from models.records import Feedback, Finding, Plan, Receipt, Unit
from models.services import findings, office_setup, records
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

NOW = dt.datetime(2022, 3, 16, 9, 30)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)


class Seat:
    """An office with its window."""

    def __init__(self, qtbot, root: Path, pristine: Path, role: str, name: str, short: str) -> None:
        shutil.copytree(pristine, root)
        self.folder = DataFolder(root)
        self.workspace = Workspace(Store(self.folder), operator="王晓燕", clock=lambda: NOW)
        office_setup.found_office(
            self.workspace, {"role": role, "name": name, "short_name": short, "county_name": "云水县"}
        )
        self.context = Context(self.workspace, Runner(), UiState(root / "ui.json"))
        self._qtbot = qtbot

    def open(self) -> MainWindow:
        window = MainWindow(self.context.state)
        self._qtbot.addWidget(window, before_close_func=lambda made: setattr(made, "context", None))
        window.resize(1366, 728)
        window.show()
        window.build_pages(self.context)
        self.window = window
        return window

    def all(self, cls):
        with self.workspace.reading() as session:
            return list(session.scalars(select(cls).where(cls.deleted_at.is_(None)).order_by(cls.id)))

    def close(self) -> None:
        self.context.runner.wait()
        if hasattr(self, "window"):
            for tab in self.window.built():
                tab.model.close()
        self.workspace.store.close()


@pytest.fixture
def county(qtbot, qapp, pristine, tmp_path):
    theme.install(qapp)
    made = Seat(qtbot, tmp_path / "县", pristine, "county", "云水县疫情防控指挥部办公室", "县防控办")
    made.units = [records.create(made.workspace, Unit, {"name": n, "kind": "乡镇"}).id for n in ("柳河镇", "青石镇")]
    yield made
    made.close()


@pytest.fixture
def unit(qtbot, qapp, pristine, tmp_path):
    made = Seat(qtbot, tmp_path / "乡", pristine, "unit", "云水县柳河镇人民政府", "柳河镇")
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U 盘"
    folder.mkdir()
    return folder


def hand_over(county: Seat, number: int = 0, fact: str = "体温检测点无人值守。") -> int:
    given = {
        "fact": fact, "kind": "测温", "source_level": "县", "found_on": dt.date(2022, 3, 5),
        "unit_id": county.units[number],
    }  # fmt: skip
    id_ = records.create(county.workspace, Finding, given).id
    findings.take(county.workspace, id_, "hand_over", {"deadline": dt.date(2022, 3, 14), "requirement": "立即整改"})
    return id_


def send(qtbot, county: Seat, stick: Path, number: int = 0) -> Path:
    """The county's package for one unit, made in its dialog."""
    dialog = Packages(county.context)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.standings))
    dialog.tick({county.units[number]})
    before = set(stick.glob("*.dct"))
    dialog.send_to(stick)
    qtbot.rest(county.context)
    (made,) = set(stick.glob("*.dct")) - before
    return made


def take(qtbot, seat: Seat, *paths: Path) -> PackagePreview:
    """Import packages through the preview."""
    dialog = PackagePreview(seat.context, paths)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.parcel is not None)
    dialog.take_in()
    qtbot.rest(seat.context)
    return dialog


def test_everyone_gets_a_package_at_once_and_who_owes_is_seen(qtbot, county, stick):
    hand_over(county, 0)
    hand_over(county, 1)
    dialog = Packages(county.context)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: len(dialog.standings) == 2)
    assert dialog._summary.text() == "2 个单位，2 个有问题待办结，2 个问题逾期"
    assert dialog.ticked() == county.units
    dialog.send_to(stick)
    qtbot.rest(county.context)
    assert sorted(path.name for path in stick.iterdir()) == [
        "任务包_柳河镇_2022-03-16_第1批.dct", "任务包_青石镇_2022-03-16_第1批.dct",
    ]  # fmt: skip
    assert "已写出 2 个文件" in dialog.notice._text.text()
    assert dialog.table.item(0, 5).text() == "没有回执"
    assert "任务包_柳河镇" in dialog.table.item(0, 7).text()
    assert dialog.ticked() == []


def test_a_unit_without_the_program_gets_a_sheet(qtbot, county, stick):
    hand_over(county)
    dialog = Packages(county.context)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.standings))
    dialog.send_to(stick, sheets=True)
    qtbot.rest(county.context)
    assert [path.name for path in stick.iterdir()] == ["整改反馈表_柳河镇_2022-03-16.xlsx"]


def test_a_place_that_cannot_be_written_is_told_unit_by_unit(qtbot, county, stick):
    hand_over(county)
    dialog = Packages(county.context)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.standings))
    dialog.send_to(stick / "没有的文件夹")
    qtbot.rest(county.context)
    assert "1 个没有写出" in dialog.notice._text.text()
    assert dialog.ticked() == county.units[:1]


def test_one_round_from_the_county_and_back(qtbot, county, unit, stick):
    id_ = hand_over(county)
    task = send(qtbot, county, stick)

    # The unit takes the task in and sends a receipt back.
    window = unit.open()
    taken = take(qtbot, unit, task)
    assert "新增" in taken._about.text()
    told = [taken.table.item(row, 3).text() for row in range(taken.table.rowCount())]
    assert "体温检测点无人值守。" in told
    assert not taken.receipt.isHidden()
    taken.write_receipts_to(stick)
    qtbot.rest(unit.context)

    # It sees only its three tabs, and the problem waits for an answer.
    assert [n for n in range(5) if window.tabs.isTabVisible(n)] == [HOME, FINDINGS, FEEDBACK]
    window.tabs.setCurrentIndex(FINDINGS)
    tab = window.front()
    qtbot.waitUntil(lambda: tab.model.rowCount() == 1)
    qtbot.waitUntil(tab.isVisible)
    tab.table.selectRow(0)
    panel = tab.form()
    assert panel.local.text() == "填报：未填"
    assert panel.form.isHidden()
    assert "上报" not in panel.next_button.text()

    # It plans and answers, with a photo.
    panel.next_step()
    row = panel.answer_list.rows[0]
    assert row.form.cells["submitted_at"].isHidden()  # it is stamped when it leaves
    row.form["measures"].show_raw("已配齐测温设备，安排专人值守。")
    row.form["person"].show_raw("何平")
    row.form["finished_on"].show_raw("2022-03-10")
    photos = panel.answer_list.findChildren(FilesView)[0]
    assert photos.add([PNG])
    qtbot.rest(unit.context)
    (feedback,) = unit.all(Feedback)
    assert (feedback.outcome, feedback.finished_on) == ("已整改", dt.date(2022, 3, 10))
    assert panel.local.text() == "填报：填写中"
    assert panel.rounds_told() == ()  # it stands above, where it can still be changed
    assert not panel.plans.add_button.isHidden()
    plan = panel.plans.add()
    assert panel.plans.add_button.isHidden()
    plan.back_out()
    assert not panel.plans.add_button.isHidden()
    plan = panel.plans.add()
    plan.form["measures"].show_raw("本周内补齐。")
    assert panel.save()
    assert panel.plans.add_button.isHidden()
    assert [one.measures for one in unit.all(Plan)] == ["本周内补齐。"]

    # It sends the answer up; what was sent cannot be taken back.
    report = ReportUp(unit.context)
    qtbot.addWidget(report)
    assert report._title.text() == "1 条反馈、1 条整改计划还没有上报"
    report.write_to(stick)
    qtbot.rest(unit.context)
    assert unit.all(Finding)[0].local_status == "已上报"
    assert [one.number for one in panel.rounds_told()] == [1]
    assert panel.files_box.isHidden()  # its own photo is not the county's
    (answer,) = stick.glob("整改反馈_*.dct")
    (receipt,) = stick.glob("回执_云水县柳河镇人民政府_*.dct")

    # A receipt says what it is for and lists nothing.
    shown = PackagePreview(county.context, [receipt])
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: shown.parcel is not None)
    assert "“收发情况”" in shown.notice.text
    assert shown.table.isHidden()
    assert shown.do.text() == "收下"

    # The county takes both in at one go.
    taken = take(qtbot, county, receipt, answer)
    qtbot.waitUntil(lambda: taken._at == 1 and taken.parcel is not None)
    assert taken.parcel.counts["new"] == 3
    taken.take_in()
    qtbot.rest(county.context)
    assert not taken.table.isHidden()
    assert county.all(Receipt)
    (arrived,) = county.all(Feedback)
    assert arrived.measures == "已配齐测温设备，安排专人值守。"
    with county.workspace.reading() as session:
        assert session.get(Finding, id_).status == Status.VERIFYING

    # A second time changes nothing and says so.
    again = PackagePreview(county.context, [answer])
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.parcel is not None)
    assert "以前导入过" in again.notice._text.text()
    assert again.parcel.counts["new"] == 0
    assert len(county.all(Feedback)) == 1

    # What the county closes is no longer 已上报 at the unit.
    closing = {
        "verifier": "王晓燕", "method": "现场核查", "verified_on": dt.date(2022, 3, 16), "conclusion": "已整改到位",
        "approver": "陈志远",
    }  # fmt: skip
    findings.take(county.workspace, id_, "close", closing)
    take(qtbot, unit, send(qtbot, county, stick))
    qtbot.waitUntil(lambda: panel.local.text() == "填报：已销号")
    column = [one.key for one in tab.model.columns].index("local_status")
    qtbot.waitUntil(lambda: tab.model.index(0, column).data() == "已销号")


def test_a_conflict_is_shown_side_by_side_and_decided(qtbot, county, unit, stick):
    id_ = hand_over(county)
    take(qtbot, unit, send(qtbot, county, stick))
    from models.services import unit_answers

    finding = unit.all(Finding)[0]
    unit_answers.write_plan(unit.workspace, finding.id, {"measures": "乡镇的计划", "person": "何平"})
    given = {"outcome": "正在推进", "measures": "正在采购设备。", "person": "何平"}
    unit_answers.write_feedback(unit.workspace, finding.id, given)
    records.create(county.workspace, Plan, {"finding_id": id_, "measures": "县里代填的计划", "person": "何平"})
    report = ReportUp(unit.context)
    qtbot.addWidget(report)
    report.write_to(stick)
    qtbot.rest(unit.context)
    dialog = PackagePreview(county.context, list(stick.glob("整改反馈_*.dct")))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.parcel is not None)
    assert dialog.parcel.counts["conflicting"] == 1
    assert not dialog._sides.isHidden()
    assert "两边填得不同" in dialog.notice._text.text()
    assert dialog.do.text() == "导入 1 条"
    words = {label.text() for label in dialog._sides.findChildren(QLabel)}
    assert {"县里代填的计划", "乡镇的计划"} <= words
    dialog._sides.findChildren(QRadioButton)[1].setChecked(True)
    assert dialog.table.item(0, 0).text() == "冲突：用对方"
    assert dialog.do.text() == "导入 2 条"
    dialog.take_in()
    qtbot.rest(county.context)
    assert [one.measures for one in county.all(Plan)] == ["乡镇的计划"]


def test_a_plan_goes_up_before_any_feedback(qtbot, county, unit, stick):
    hand_over(county)
    take(qtbot, unit, send(qtbot, county, stick))
    from models.services import unit_answers

    report = ReportUp(unit.context)
    qtbot.addWidget(report)
    assert report._title.text() == "没有新的反馈和计划"
    assert not report.do.isEnabled()
    unit_answers.write_plan(unit.workspace, unit.all(Finding)[0].id, {"measures": "月底前配齐", "person": "何平"})
    home = unit.open().body(HOME)
    qtbot.waitUntil(lambda: "1 条整改计划还没有上报" in home._said.text())
    report.read()
    assert report._title.text() == "1 条整改计划还没有上报"
    report.write_to(stick)
    qtbot.rest(unit.context)
    assert report._title.text() == "没有新的反馈和计划"
    take(qtbot, county, *stick.glob("整改反馈_*.dct"))
    assert [one.measures for one in county.all(Plan)] == ["月底前配齐"]


def test_a_passphrase_is_asked_for_and_a_wrong_one_told(qtbot, county, unit, stick):
    hand_over(county)
    sending = Packages(county.context)
    qtbot.addWidget(sending)
    qtbot.waitUntil(lambda: bool(sending.standings))
    sending.passphrase.setText("春暖花开")
    sending.send_to(stick)
    qtbot.rest(county.context)
    dialog = PackagePreview(unit.context, list(stick.glob("*.dct")))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._locked.isVisible()
    dialog.passphrase.setText("不对")
    dialog._read()
    qtbot.rest(unit.context)
    assert dialog.parcel is None
    assert "口令" in dialog.notice._text.text()
    dialog.passphrase.setText("春暖花开")
    dialog._read()
    qtbot.waitUntil(lambda: dialog.parcel is not None)


def test_another_unit_s_package_and_a_broken_one_are_refused(qtbot, county, unit, stick):
    hand_over(county, 1)
    wrong = send(qtbot, county, stick, 1)
    broken = stick / "坏.dct"
    broken.write_bytes(b"no package")
    dialog = PackagePreview(unit.context, [wrong])
    qtbot.addWidget(dialog)
    qtbot.rest(unit.context)
    assert "不是发给本单位的" in dialog.notice._text.text()
    assert not dialog.do.isEnabled()
    dialog = PackagePreview(unit.context, [broken])
    qtbot.addWidget(dialog)
    assert "坏.dct" in dialog.notice._text.text()
    assert unit.all(Finding) == []


def drop(window, paths) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


@pytest.fixture
def arrived(monkeypatch):
    """Where each file that came in was sent."""
    seen = []
    monkeypatch.setattr(
        "gui.exchange.receiving.show",
        lambda _context, paths, _parent: seen.extend(("preview", path.name) for path in paths),
    )
    monkeypatch.setattr("gui.dialogs.import_workbook.ImportDialog.exec", lambda dialog: seen.append(("import", "")))
    monkeypatch.setattr(
        "gui.exchange.receiving.refuse", lambda refusal, _parent: seen.append(("refused", refusal.sentence))
    )
    return seen


def test_what_is_dropped_goes_where_it_belongs_by_what_it_holds(qtbot, county, stick, arrived):
    from exporters.workbooks.template import write_template

    window = county.open()
    (stick / "坏.dct").write_bytes(b"x")
    write_template(None, stick / "台账.xlsx")
    Workbook().save(stick / "别处的表.xlsx")
    sheet = Workbook()
    sheet.create_sheet("标识")
    sheet.save(stick / "反馈表.改名")
    (stick / "说明.txt").write_text("说明")
    drop(window, [stick / name for name in ("坏.dct", "台账.xlsx", "反馈表.改名", "说明.txt")])
    qtbot.waitUntil(lambda: len(arrived) == 4)
    assert arrived[:3] == [("preview", "坏.dct"), ("preview", "反馈表.改名"), ("import", "")]
    assert arrived[3][0] == "refused"
    assert "说明.txt" in arrived[3][1]
    assert incoming.kind_of(stick / "别处的表.xlsx") == "workbook"
    qtbot.rest(county.context)


def test_a_unit_is_told_that_a_workbook_is_none_of_its_business(qtbot, unit, stick, arrived):
    window = unit.open()
    Workbook().save(stick / "表.xlsx")
    drop(window, [stick / "表.xlsx"])
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived[0][0] == "refused"
    assert "任务包" in arrived[0][1]
    qtbot.rest(unit.context)


@given(st.binary(max_size=200), st.sampled_from([("甲.xlsx", "workbook"), ("乙.zip", ""), ("丙", "")]))
def test_any_bytes_are_some_kind_of_file(tmp_path_factory, content, named):
    name, kind = named
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(content)
    assert incoming.kind_of(path) == kind


def test_a_workbook_with_a_password_is_no_stranger(stick):
    path = stick / "台账.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    assert incoming.kind_of(path) == "workbook"


def test_an_archive_of_countless_parts_is_not_listed_in_the_window(stick):
    path = hostile.book(stick / "包.zip", hostile.sheet_of(hostile.rows()))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (200 << 20).to_bytes(4, "little")
    path.write_bytes(data)
    assert incoming.kind_of(path) == ""


def test_a_second_start_hands_its_package_over(qtbot, county, stick):
    window = county.open()
    doorman = InstanceServer(county.folder, window)
    with qtbot.waitSignal(doorman.handed) as handed:
        assert raise_first(county.folder, [stick / "任务包.dct"])
    assert handed.args == [[stick / "任务包.dct"]]
    doorman.close()
    qtbot.rest(county.context)


def test_a_double_click_s_words_are_told_from_a_command_s():
    import main

    assert main._plain([]) == (None, [])  # an empty name is no folder: it is refused
    assert main._plain(["a.dct", "--data", "x"]) == ("x", [Path("a.dct")])
    assert main._plain(["check", "a.dct"]) is None
    assert main._plain(["--data"]) is None
    assert main._plain(["--data", "--self-check"]) is None


def test_the_unit_s_numbers_lead_to_their_rows_and_county_records_stay(qtbot, county, unit, stick):
    hand_over(county)
    hand_over(county, 0, "未设扫码点。")
    take(qtbot, unit, send(qtbot, county, stick))
    window = unit.open()
    home = window.body(HOME)
    qtbot.waitUntil(lambda: all(card._number.text() != "…" for card in home.cards))
    for card in home.cards:
        card.opened.emit()
        qtbot.rest(unit.context)
        assert window.front().model.rowCount() == int(card._number.text()), card.figure.label
    tab = window.body(FINDINGS).choose_list("received")
    tab.show_only(ListQuery())
    tab.table.selectAll()
    tab.delete()
    tab.edit_many()
    tab.new()
    assert len(unit.all(Finding)) == 2
    assert "自查问题" in window.statusBar().currentMessage()
    assert CASES not in window.tabs.titles
    assert TEAMS not in window.tabs.titles


def test_a_unit_keeps_its_own_problems(qtbot, unit):
    window = unit.open()
    window.tabs.setCurrentIndex(FINDINGS)
    tab = window.body(FINDINGS).choose_list("own")
    tab.new()
    panel = tab.panel
    panel.form["kind"].show_value("测温")
    panel.form["fact"].show_raw("集市入口无人测温。")
    assert panel.save()
    (own,) = unit.all(Finding)
    assert own.self_found
    assert own.source_level == "乡自查"
    assert panel.status_mark.words == "未整改"
    assert panel.life.words == ["未整改", "整改中", "已整改"]
    panel.next_step()
    step = panel.step_form.form
    step["measures"].show_raw("已安排专人。")
    step["person"].show_raw("何平")
    step["no_evidence_reason"].show_raw("现场已看")
    panel.next_step()
    assert unit.all(Finding)[0].status == Status.CLOSED
    assert panel.status_mark.words == "已整改"
    column = [one.key for one in tab.model.columns].index("status")
    qtbot.waitUntil(lambda: tab.model.index(0, column).data() == "已整改")
    qtbot.rest(unit.context)


def test_a_hand_out_is_made_and_answers_the_first_run(qtbot, county, stick, tmp_path, pristine, qapp):
    from gui.shell.first_run import FirstRun

    hand_over(county)
    source = tmp_path / "安装程序"
    source.mkdir()
    (source / "duchatong-1.0.0-setup.exe").write_bytes(b"MZ")
    dialog = HandOut(county.context)
    qtbot.addWidget(dialog)
    assert not dialog.do.isEnabled()
    dialog.set_folder("source", source)
    dialog.set_folder("target", stick)
    dialog.make()
    qtbot.rest(county.context)
    assert dialog.table.rowCount() == 2
    folder = stick / "柳河镇"
    assert json.loads((folder / "首次运行.json").read_bytes())["office"]["short_name"] == "柳河镇"

    fresh = tmp_path / "新乡"
    shutil.copytree(pristine, fresh)
    workspace = Workspace(Store(DataFolder(fresh)), clock=lambda: NOW)
    page = FirstRun(Context(workspace, Runner(), UiState(fresh / "ui.json")))
    qtbot.addWidget(page)
    page.take(folder / "首次运行.json")
    assert page.unit.isChecked()
    with qtbot.waitSignal(page.founded):
        page.start()
    office = workspace.office()
    assert (office.role, office.short_name) == ("unit", "柳河镇")
    (task,) = page.packages()
    parcel = incoming.open_package(workspace, task)
    assert parcel.counts["new"] >= 1
    workspace.store.close()


def test_the_preview_may_be_left_without_anything_done(qtbot, county, unit, stick):
    hand_over(county)
    task = send(qtbot, county, stick)
    dialog = PackagePreview(unit.context, [task])
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.parcel is not None)
    dialog.reject()
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert unit.all(Finding) == []


def test_a_unit_that_received_nothing_yet_is_told_how(qtbot, county, unit, stick):
    home = unit.open().body(HOME)
    qtbot.waitUntil(lambda: "任务包" in home._said.text())
    hand_over(county)
    take(qtbot, unit, send(qtbot, county, stick))
    home.refresh()
    qtbot.waitUntil(lambda: home._said.text().startswith("还没有填写反馈。"))

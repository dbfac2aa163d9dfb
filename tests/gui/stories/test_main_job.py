"""From an empty folder to two bulletins and a ledger, with the keys a clerk presses."""

import datetime as dt

from clerk import CTRL, ENTER, come_back, fill_finding, press, write
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from gui.dialogs.bulk_step import BulkStep
from gui.shell.first_run import FirstRun
from gui.shell.page_tabs import CASES, FINDINGS
from models.domain.text import pinyin
from models.records import AccountabilityCase, Disposition, Finding, Party, Site, Unit
from models.services import cases, records

FACTS = ("店内无员工测温记录。", "早班无人值守。", "消毒台账缺三天。")


def lay_in(workspace) -> None:
    """A township and its sites, as an import would have brought them."""
    unit = records.create(
        workspace, Unit, {"name": "柳河镇", "kind": "乡镇", "pinyin": pinyin.index("柳河镇"), "leader": "赵志国"}
    ).id
    for name in ("惠民药店", "向阳超市"):
        records.create(workspace, Site, {"name": name, "kind": "药店", "unit_id": unit, "pinyin": pinyin.index(name)})


def all_text(path) -> str:
    found = Document(str(path))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in found.paragraphs), *cells])


def test_from_an_empty_folder_to_the_leaders_desk(qtbot, folder, started, dialogs, monkeypatch, tmp_path):
    session = started(folder)
    qtbot.waitUntil(lambda: isinstance(session.window.centralWidget(), FirstRun))
    found_the_office(qtbot, session)
    window, context = session.window, session.context
    context.state.set("export.folder", str(tmp_path))
    lay_in(context.workspace)
    enter_findings(qtbot, window, context)
    hand_over(qtbot, window, context, dialogs)
    document = export(qtbot, window, context, dialogs, FINDINGS)
    said = all_text(document)
    assert all(fact.rstrip("。") in said for fact in FACTS)
    assert "柳河镇" in said
    ledger = tmp_path / "问题整改台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(ledger), ""))
    tab = window.front()
    next(do for label, do in tab.spec.exports if "台账" in label)(tab)
    qtbot.rest(context)
    cells = [str(cell.value) for row in load_workbook(ledger).active.iter_rows() for cell in row]
    assert all(any(fact in cell for cell in cells) for fact in FACTS)
    enter_a_case(qtbot, window, context)
    said = all_text(export(qtbot, window, context, dialogs, CASES))
    assert "孙" in said
    assert "党内警告" in said


def found_the_office(qtbot, session) -> None:
    page = session.window.centralWidget()
    write(page.form["name"].edit, "青山县疫情防控指挥部办公室")
    assert page.form["county_name"].value() == "青山县"
    write(page.form["number_code"].edit, "青防指督")
    write(page.operator, "李晓")
    press(page.operator, ENTER)
    qtbot.waitUntil(lambda: session.window.is_furnished)
    qtbot.rest(session.context)
    assert session.context.workspace.operator == "李晓"


def enter_findings(qtbot, window, context) -> None:
    press(window, Qt.Key.Key_3, CTRL)
    qtbot.rest(context)
    press(window, Qt.Key.Key_N, CTRL)
    panel = window.front().panel
    panel.again.setChecked(True)
    day = context.workspace.today - dt.timedelta(days=3)
    for n, fact in enumerate(FACTS):
        if n == 0:
            panel.form["source_level"].edit.clear()
            write(panel.form["source_level"].edit, "县")
        fill_finding(panel, "hmyd" if n else "xycs", "rybzg", fact, found_on=f"{day.month}.{day.day}" if n == 0 else "")
        press(panel.form["fact"].edit, Qt.Key.Key_S, CTRL)
        assert panel.notice.text == ""
        assert [c.error.text() for c in panel.form.cells.values() if c.error.text()] == []
        qtbot.rest(context)
    panel.again.setChecked(False)
    with context.workspace.reading() as reading:
        kept = list(reading.scalars(select(Finding).order_by(Finding.id)))
    assert [one.fact for one in kept] == list(FACTS)
    assert {one.found_on for one in kept} == {day}
    assert all(one.unit_id for one in kept)


def hand_over(qtbot, window, context, dialogs) -> None:
    tab = window.front()
    tab.table.selectAll()
    next(action for action in tab.spec.actions if action.label == "办理…").do(tab, tab.table.selected_ids())
    bulk = dialogs[-1]
    assert isinstance(bulk, BulkStep)
    assert bulk.step.key == "hand_over"
    write(bulk.step_form.form["deadline_kind"].edit, "立即")
    write(bulk.step_form.form["requirement"].edit, "立行立改，举一反三。")
    bulk.preview()
    assert bulk.go.text().endswith(f" {len(FACTS)} 个  Ctrl+Enter"), [bulk.table.item(0, c).text() for c in range(4)]
    qtbot.mouseClick(bulk.go, Qt.MouseButton.LeftButton)
    bulk.close()
    qtbot.rest(context)
    with context.workspace.reading() as reading:
        assert set(reading.scalars(select(Finding.status))) == {"已交办"}


def enter_a_case(qtbot, window, context) -> None:
    """The case and its party as the form keeps them; the sub-lists are driven by tests of their own."""
    come_back(qtbot, window)
    press(window, Qt.Key.Key_4, CTRL)
    qtbot.rest(context)
    press(window, Qt.Key.Key_N, CTRL)
    panel = window.front().panel
    write(panel.form["title"].edit, "柳河镇卡点值守人员脱岗的问题")
    write(panel.form["unit_id"].edit, "lhz")
    press(panel.form["unit_id"].edit, ENTER)
    write(panel.form["fact"].edit, "孙强值守期间脱岗两小时。")
    press(panel.form["fact"].edit, Qt.Key.Key_S, CTRL)
    qtbot.rest(context)
    id_ = panel.record_id
    workspace = context.workspace
    party = records.create(
        workspace,
        Party,
        {"case_id": id_, "name": "孙强", "post": "值守人员", "duty": "直接责任", "identities": ["中共党员"]},
    ).id
    decided = {"measure": "党内警告", "organ": "镇纪委", "decided_on": dt.date(2022, 3, 9)}
    records.create(workspace, Disposition, {"party_id": party, **decided})
    day = dt.date(2022, 3, 8)
    proposed = {"proposer": "县指挥部办公室", "proposed_on": day}
    approved = {"approver": "李晓", "approved_on": day, "receiving_organ": "镇纪委", "handed_on": day}
    for step, given in (("verify", {}), ("propose", proposed), ("submit", {}), ("transfer", approved), ("decide", {})):
        cases.take(workspace, id_, step, given)
    qtbot.rest(context)
    with workspace.reading() as reading:
        assert reading.get(AccountabilityCase, id_).unit_id


def export(qtbot, window, context, dialogs, n):
    """Ctrl+P, then the dialog's own button; gives back the file."""
    window.tabs.setCurrentIndex(n)
    qtbot.rest(context)
    folder = dialogs_folder(context)
    before = set(folder.iterdir())
    come_back(qtbot, window)
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.rest(context)
    dialog = dialogs[-1]
    qtbot.wait(50)
    dialog.write("docx")
    qtbot.rest(context)
    dialog.close()
    made = [path for path in folder.iterdir() if path not in before and path.suffix == ".docx"]
    assert len(made) == 1
    return made[0]


def dialogs_folder(context):
    from pathlib import Path

    return Path(context.state.get("export.folder"))

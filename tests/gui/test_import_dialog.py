"""The import's preview: what each row is known by, old → new, and the rows in doubt that the clerk answers."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel
from sqlalchemy import select

from gui.dialogs.import_workbook import HEAD, ImportDialog
from models.intake.apply import apply
from models.intake.preview import preview
from models.intake.rows import Verdict
from models.intake.workbook import read
from models.records import Finding

COLUMNS = ["属地", "检查地点", "发现日期", "问题描述", "整改时限", "整改状态"]
SHOTS = Path(__file__).parents[2] / "screenshots"
ROWS = [
    ["柳河镇", "好又多超市", "2022-3-5", "员工未按要求佩戴口罩", "2022-3-9", "整改中"],
    ["柳河镇", "惠民药店", "2022-3-5", "消毒记录不全，近5天未填写", "2022-3-9", "整改中"],
]


def ledger(path, rows):
    book = openpyxl.Workbook()
    for row in (COLUMNS, *rows):
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def dialog(qtbot, window, tmp_path):
    context = window.context
    workspace = context.workspace
    with workspace.reading() as session:
        apply(workspace, preview(session, read(ledger(tmp_path / "台账0308.xlsx", ROWS)), today=workspace.today))
    changed = [*ROWS[0][:4], "2022-3-20", ROWS[0][5]]
    doubtful = ["柳河镇", "", "2022-3-5", "消毒记录不全，近5天未填写", "2022-3-9", "整改中"]
    new = ["柳河镇", "永安诊所", "2022-3-6", "值班人员不在岗", "2022-3-12", "整改中"]
    wrong = ["柳河镇", "永安诊所", "说不清", "登记簿漏登", "2022-3-12", "整改中"]
    path = ledger(tmp_path / "台账0315.xlsx", [changed, doubtful, new, new, wrong])
    dialog = ImportDialog(window.context, path, window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.preview is not None)
    yield dialog
    qtbot.rest(context)


def shown(dialog):
    model = dialog.table.model()
    return [
        dict(zip(HEAD, (model.data(model.index(r, c)) for c in range(len(HEAD))), strict=True))
        for r in range(model.rowCount())
    ]


def choose(dialog, row):
    index = dialog.table.model().index(row, 0)
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    dialog.table.selectionModel().select(index, flags)


def test_each_row_shows_unit_place_day_and_fact_and_what_changes(dialog):
    dialog.show()
    rows = {row["结果"]: row for row in shown(dialog)}
    assert set(rows) == {"待确认", "不能导入", "合并", "变更", "新增"}
    assert [rows["变更"][part] for part in ("属地", "点位", "日期", "内容")] == [
        "柳河镇", "好又多超市", "2022-03-05", "员工未按要求佩戴口罩",
    ]  # fmt: skip
    assert "整改时限：2022-03-09 → 2022-03-20" in rows["变更"]["说明"]
    assert "与第4行是同一条问题" in rows["合并"]["说明"]
    SHOTS.mkdir(exist_ok=True)
    choose(dialog, 0)
    assert "点位没有填，可能是同一条" in dialog._question.text()
    dialog.grab().save(str(SHOTS / "import_preview.png"))


@pytest.mark.parametrize("answer", ["same", "new"])
def test_a_row_in_doubt_is_answered_and_then_comes_in(qtbot, window, dialog, answer):
    assert shown(dialog)[0]["结果"] == "待确认"
    assert not dialog._same.isEnabled()
    before = dialog.preview
    choose(dialog, 0)
    (dialog._same if answer == "same" else dialog._new).click()
    qtbot.waitUntil(lambda: dialog.preview is not before)
    assert dialog.preview.doubts == []

    wanted = Verdict.SAME if answer == "same" else Verdict.NEW
    assert next(r for r in dialog.preview.rows if r.line and r.line.number == 3).verdict is wanted
    dialog.accept()
    qtbot.rest(window.context)
    with window.context.workspace.reading() as session:
        facts = session.scalars(select(Finding.fact).where(Finding.fact == ROWS[1][3])).all()
    assert len(facts) == (1 if answer == "same" else 2)

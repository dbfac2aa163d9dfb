import datetime as dt

import pytest
from filling import load

from gui.dialogs.bulk_step import BulkStep
from gui.forms.font_settings import FontsBox
from models.records import Finding
from models.services import findings, undo


@pytest.fixture
def dialog(context, qtbot):
    def make(ids, key="") -> BulkStep:
        made = BulkStep(context, ids, key)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


@pytest.fixture
def mixed(workspace, office) -> list[int]:
    """Three that wait to be handed over, one draft."""
    return [*(office.finding() for _ in range(3)), office.finding(status="草稿")]


def results(dialog) -> list[str]:
    return [dialog.table.item(row, dialog.table.columnCount() - 1).text() for row in range(dialog.table.rowCount())]


def test_the_usual_step_is_chosen_and_the_summary_tells_each_row(dialog, mixed):
    bulk = dialog(mixed)
    assert bulk.step.key == "hand_over"
    assert results(bulk)[0] == "请先填写“整改时限”。请先填写“整改要求”。"
    assert "现为“草稿”" in results(bulk)[3]
    assert not bulk.go.isEnabled()
    assert "将对 0 个问题" in bulk.summary.text()


def test_what_is_being_typed_is_no_mistake_until_it_is_agreed_to(dialog, mixed, workspace):
    bulk = dialog(mixed)
    bulk.step_form.form.fill({"deadline": dt.date(2022, 3, 20), "requirement": "立即整改。"})
    cell = bulk.step_form.form.cells["deadline"]
    bulk.step_form.form["deadline"].edit.setText("13.45")
    bulk.preview()
    assert cell.error.isHidden()
    bulk.take()
    assert not cell.error.isHidden()
    assert load(workspace, Finding, mixed[0]).status == "待交办"


def test_those_that_may_go_go_and_one_undo_takes_them_back(dialog, mixed, workspace, office):
    bulk = dialog(mixed)
    bulk.step_form.form.fill({"deadline_kind": "工作日", "deadline_days": 5, "requirement": "立即整改。"})
    bulk.preview()
    assert results(bulk) == ["可以办理"] * 3 + [results(bulk)[3]]
    assert bulk.go.text() == "交办 3 个  Ctrl+Enter"
    bulk.take()
    kept = [load(workspace, Finding, id_) for id_ in mixed]
    assert [one.status for one in kept] == ["已交办"] * 3 + ["草稿"]
    assert {one.deadline for one in kept[:3]} == {dt.date(2022, 3, 23)}
    assert {one.unit_id for one in kept[:3]} == {office.cheng}
    assert "已对 3 个问题“交办”" in bulk.summary.text()
    with workspace.reading() as session:
        last = undo.recent(session)[0]
    undo.undo(workspace, last.operation)
    assert load(workspace, Finding, mixed[0]).status == "待交办"


def test_nothing_to_do_is_said(dialog, mixed, workspace):
    findings.take_many(workspace, mixed, "void", {"reason": "重复"})
    bulk = dialog(mixed)
    assert "没有可以批量办理的事项" in bulk.summary.text()
    assert not bulk.go.isEnabled()


def test_a_missing_font_is_told_and_the_standard_is_not_kept(qtbot):
    box = FontsBox()
    qtbot.addWidget(box)
    box.show_fonts({"body": "没有这个字体"})
    assert "本机没有“没有这个字体”" in box.notes["body"].text()
    assert box.fonts() == {"body": "没有这个字体"}
    box.show_fonts({})
    assert box.fonts() == {}

"""核查: nothing stands ready that decides, an objection has choices of its own, and none is closed with others."""

import datetime as dt

import pytest
from filling import load, pick_first, type_text
from PySide6.QtCore import Qt

from gui.dialogs.bulk_step import BulkStep
from gui.forms.panels.feedback_panel import FeedbackPanel
from gui.forms.panels.finding_panel import FindingPanel
from gui.shell.page_tabs import FEEDBACK
from models.queries.lists.listing import ListQuery
from models.queries.lookups import pickers
from models.records import Finding, Verification
from models.services import findings

CTRL = Qt.KeyboardModifier.ControlModifier
DONE = {
    "outcome": "已整改", "measures": "已补齐记录。", "finished_on": dt.date(2022, 3, 15), "person": "赵志国",
    "no_evidence_reason": "现场已看",
}  # fmt: skip
OBJECTION = {"outcome": "异议(不属实)", "person": "赵志国", "reason": "当日有登记。"}
SEEN = {"conclusion": "已整改到位", "method": "现场核查", "approver": "周明"}


@pytest.fixture
def panel(context, show, office):
    return lambda cls=FeedbackPanel: show(cls(context))


@pytest.fixture
def waiting(workspace, handed):
    def make(answer, **values) -> int:
        id_ = handed(**values)
        findings.take(workspace, id_, "report", answer)
        return id_

    return make


def raws(panel, *names):
    return [panel.step_form.form[name].raw() for name in names]


def test_what_decides_opens_empty_and_keys_alone_close_nothing(panel, waiting, workspace):
    one, two = waiting(DONE), waiting(DONE, fact="第二条")
    shown = panel()
    shown.show_finding(one)
    for _ in range(3):
        assert raws(shown, "conclusion", "method") == ["", ""]
        shown.next_step()
    assert load(workspace, Finding, one).status == "待核查"
    assert shown.step_form.form.cells["conclusion"].error.text() == "请先选择“核查结论”。"
    shown.step_form.form.fill(SEEN)
    shown.next_step()
    assert load(workspace, Finding, one).status == "已销号"
    shown.show_finding(two)
    assert raws(shown, "conclusion", "method") == ["", ""]
    shown.next_step()
    shown.next_step()
    assert load(workspace, Finding, two).status == "待核查"


def test_a_half_done_verification_does_not_decide_the_next_round(panel, waiting, workspace):
    id_ = waiting(DONE)
    shown = panel()
    shown.show_finding(id_)
    shown.step_form.form.fill({**SEEN, "approver": "孙立"})
    shown.show_record(None)
    shown.show_finding(id_)
    assert raws(shown, "conclusion", "approver") == ["已整改到位", "孙立"]
    shown.show_record(None)
    findings.take(workspace, id_, "return_", {"reason": "照片看不清"})
    findings.take(workspace, id_, "report", DONE)
    shown.show_finding(id_)
    assert raws(shown, "conclusion", "method", "approver") == ["", "", "孙立"]


def test_an_objection_opens_with_its_own_choices(panel, waiting, workspace, qtbot):
    id_ = waiting(OBJECTION)
    shown = panel()
    shown.show_finding(id_)
    assert shown.step_form.step.name == "核查异议"
    choices = shown.step_form.form["conclusion"]
    choices.edit.show_all()
    assert [one.text for one in choices.edit.suggestions] == ["属实维持", "部分采纳", "不属实撤销"]
    choices.edit._list.popup().hide()
    assert "当日有登记。" in [one.text() for one in shown.summary.findChildren(type(shown.title_label))]
    shown.next_step()
    assert load(workspace, Finding, id_).status == "待核查"
    type_text(choices.edit, "属实")
    pick_first(choices.edit)
    type_text(shown.step_form.form["opinion"].edit, "调看监控，确无登记。")
    shown.step_form.form["method"].show_value("查阅资料")
    shown.next_step()
    kept = load(workspace, Finding, id_)
    assert (kept.status, kept.returned_reason) == ("退回重改", "属实维持：调看监控，确无登记。")


def test_the_findings_own_form_names_the_step(panel, waiting):
    shown = panel(FindingPanel)
    shown.show_record(waiting(OBJECTION))
    assert shown.next_button.text().startswith("下一步：核查异议")
    actions = {action.text(): action for action in shown.more_actions()}
    assert not actions["销号"].isEnabled()
    assert "核查异议" in actions["销号"].toolTip()
    shown.show_record(waiting(DONE))
    assert shown.next_button.text().startswith("下一步：销号")
    assert "“销号”或“退回重改”" in {a.text(): a.toolTip() for a in shown.more_actions()}["核查异议"]


def test_ctrl_r_upholds_the_problem(panel, waiting, workspace, qtbot):
    shown = panel()
    shown.show_finding(waiting(OBJECTION))
    choices = shown.step_form.form["conclusion"].edit
    qtbot.waitUntil(choices.hasFocus)
    qtbot.keyClick(choices, Qt.Key.Key_R, CTRL)
    assert raws(shown, "conclusion") == ["属实维持"]
    qtbot.waitUntil(shown.step_form.form["opinion"].edit.hasFocus)


def test_untrue_it_is_revoked_and_the_next_comes_up(panel, waiting, workspace, qtbot):
    one, two = waiting(OBJECTION), waiting(DONE)
    shown = panel()
    shown.show_finding(one)
    shown.step_form.form.fill(
        {"conclusion": "不属实撤销", "opinion": "台账齐全。", "method": "查阅资料", "approver": "周明"}
    )
    with qtbot.waitSignal(shown.moved):
        shown.next_step()
    assert load(workspace, Finding, one).status == "撤销"
    assert shown.finding.id == two
    with workspace.reading() as session:
        assert pickers.latest(session, Verification).conclusion == "不属实撤销"


def test_the_bulk_dialog_tells_the_answers_and_leaves_objections_out(context, qtbot, waiting, workspace):
    ids = [waiting(DONE), waiting(OBJECTION, fact="有异议"), waiting(DONE, fact="第三条")]
    bulk = BulkStep(context, ids, "close")
    qtbot.addWidget(bulk)
    bulk.show()
    assert bulk.step.key == "close"
    assert not bulk.go.isEnabled()
    bulk.step_form.form.fill(SEEN)
    bulk.preview()
    rows = [[bulk.table.item(row, column).text() for column in (3, 4)] for row in range(3)]
    assert [told for told, _ in rows] == ["已整改", "异议(不属实)", "已整改"]
    assert [result == "可以办理" for _, result in rows] == [True, False, True]
    assert "核查异议" in rows[1][1]
    assert bulk.go.text() == "销号 2 个  Ctrl+Enter"
    assert "将对 2 个问题“销号”，1 个暂不能办" in bulk.summary.text()
    bulk.take()
    assert [load(workspace, Finding, id_).status for id_ in ids] == ["已销号", "待核查", "已销号"]


@pytest.mark.parametrize(("key", "given"), [("return_", {"reason": "照片看不清"}), ("suspend", {"coordinator": "局"})])
def test_objections_are_not_sent_back_with_others_either(context, qtbot, waiting, workspace, key, given):
    ids = [waiting(DONE), waiting(OBJECTION, fact="有异议")]
    bulk = BulkStep(context, ids, key)
    qtbot.addWidget(bulk)
    bulk.step_form.form.fill({**given, **({"review_on": dt.date(2022, 4, 1)} if key == "suspend" else {})})
    bulk.agree()
    target = "退回重改" if key == "return_" else "挂账协调"
    assert [load(workspace, Finding, id_).status for id_ in ids] == [target, "待核查"]
    assert "请逐条用“核查异议”办理" in bulk.table.item(1, 4).text()
    assert "已对 1 个问题" in bulk.summary.text()


def test_a_click_on_a_row_leaves_the_keys_in_the_list(qtbot, window, demo):
    window.tabs.setCurrentIndex(FEEDBACK)
    qtbot.waitExposed(window)
    window.activateWindow()
    tab = window.front()
    tab.show_only(ListQuery(chip="waiting"))
    qtbot.rest(demo)
    tab.form()
    for place in (1, 2):
        where = tab.table.visualRect(tab.model.index(place, tab.table.shown_columns()[1])).center()
        qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        qtbot.wait(50)
        assert tab.panel.step_form is not None
        assert tab.table.hasFocus()
    before = tab.panel.step_form.form.raw()
    qtbot.keyClick(tab.table, Qt.Key.Key_Up)
    qtbot.wait(50)
    assert tab.table.currentIndex().row() == 1
    assert tab.panel.step_form.form.raw()["conclusion"] == before["conclusion"] == ""
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.panel.isAncestorOf(window.focusWidget()))


def test_after_a_step_the_row_below_comes_next(qtbot, window, demo):
    window.tabs.setCurrentIndex(FEEDBACK)
    qtbot.waitExposed(window)
    window.activateWindow()
    tab = window.front()
    tab.show_only(ListQuery(chip="waiting"))
    qtbot.rest(demo)
    tab.form()
    ids = list(tab.model.all_ids())
    tab.table.selectRow(3)
    tab.panel.scroller.verticalScrollBar().setValue(50)
    for place in (3, 4):
        assert tab.panel.record_id == ids[place]
        assert tab.panel.scroller.verticalScrollBar().value() == 0 or place == 3
        tab.panel.next_step()
        form = tab.panel.step_form.form
        form.fill({"conclusion": "已整改到位", "method": "现场核查", "approver": "周明", "opinion": "已看"})
        form.fill({"conclusion": "属实维持"} if tab.panel.step_form.step.key == "judge" else {})
        form.fill({"reported_up_on": demo.workspace.today} if "reported_up_on" in form.cells else {})
        qtbot.keyClick(form["approver"].edit, Qt.Key.Key_Return, CTRL)
        qtbot.rest(demo)
    assert tab.panel.record_id == ids[5]
    assert tab.table.current_id == ids[5]

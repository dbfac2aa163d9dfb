import datetime as dt

import pytest
from filling import load, type_text
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from gui.forms.panels.feedback_panel import FeedbackPanel
from gui.forms.panels.finding_panel import FindingPanel
from models.records import Attachment, Extension, Feedback, Finding, Plan, Verification
from models.services import findings


@pytest.fixture
def panel(context, show, office):
    return lambda cls=FindingPanel: show(cls(context), height=640)


@pytest.fixture
def told(context) -> list[str]:
    """What the status bar said."""
    said: list[str] = []
    context.status = said.append
    return said


ANSWER = {
    "outcome": "已整改", "measures": "已补齐记录。", "finished_on": dt.date(2022, 3, 15), "person": "赵志国",
    "no_evidence_reason": "现场已看",
}  # fmt: skip

FOUND_DONE = {"conclusion": "已整改到位", "method": "现场核查"}


@pytest.fixture
def waiting(workspace, handed):
    def make(**values) -> int:
        id_ = handed(**values)
        findings.take(workspace, id_, "report", ANSWER)
        return id_

    return make


def latest(workspace, cls):
    from models.queries.lookups import pickers

    with workspace.reading() as session:
        return pickers.latest(session, cls)


def test_one_key_saves_a_new_finding_and_sends_it_on(panel, office, workspace):
    findings_panel = panel()
    findings_panel.new_record({"site_id": office.site, "kind": "人员不在岗", "source_level": "县"})
    findings_panel.form["found_on"].edit.setText("3.5")
    type_text(findings_panel.form["fact"].edit, "值班人员不在岗。")
    findings_panel.next_step()
    assert load(workspace, Finding, findings_panel.record_id).status == "待交办"
    assert findings_panel.life.words[0] == "待交办"


def test_a_step_that_lacks_something_says_so_at_the_field(panel, office, workspace):
    shown = panel()
    shown.show_record(office.finding(fact=""))
    shown.next_step()
    assert shown.form.cells["fact"].error.text() == "请先填写“问题事实”。"
    assert load(workspace, Finding, shown.record_id).status == "草稿"


def test_handing_over_by_working_days_names_the_day(panel, office, workspace):
    shown = panel()
    shown.show_record(office.finding())
    shown.next_step()
    form = shown.step_form.form
    assert form["unit_id"].value() == office.cheng
    form["deadline_kind"].show_value("工作日")
    form["deadline_days"].show_value(5)
    form.edited.emit()
    assert form["deadline"].value() == dt.date(2022, 3, 23)
    shown.next_step()
    assert form.cells["requirement"].error.text() == "请先填写“整改要求”。"
    type_text(form["requirement"].edit, "立即整改。")
    shown.next_step()
    kept = load(workspace, Finding, shown.record_id)
    assert (kept.status, kept.deadline, kept.deadline_days) == ("已交办", dt.date(2022, 3, 23), 5)
    assert "3月23日到期" in shown.status_mark.words


def test_what_cannot_be_done_now_is_grey_with_its_reason(panel, handed):
    shown = panel()
    shown.show_record(handed())
    actions = {action.text(): action for action in shown.more_actions()}
    assert not actions["销号"].isEnabled()
    assert "现为“已交办”" in actions["销号"].toolTip()
    assert actions["作废"].toolTip() == "编号不再使用，不再计入问题数。"
    assert actions["延期"].isEnabled()


def test_an_overdue_finding_says_by_how_much(panel, handed):
    shown = panel()
    shown.show_record(handed())
    assert "逾期 2 天" in shown.status_mark.words


def test_conditional_fields_come_and_go_with_the_outcome(panel, handed):
    shown = panel()
    shown.show_record(handed())
    shown.start("report")
    form = shown.step_form.form
    assert not form.cells["no_evidence_reason"].isHidden()
    assert form.cells["reason"].isHidden()
    form["outcome"].show_value("暂时无法整改")
    form.edited.emit()
    assert form.cells["no_evidence_reason"].isHidden()
    assert not form.cells["reason"].isHidden()
    assert form["person"].value() == "赵志国"


def test_a_step_that_is_left_keeps_what_was_typed(panel, handed):
    first = panel()
    id_ = handed()
    first.show_record(id_)
    first.start("report")
    type_text(first.step_form.form["measures"].edit, "写了一半")
    first.show_record(None)
    first.show_record(id_)
    first.start("report")
    assert first.step_form.form["measures"].value() == "写了一半"


def test_the_approver_of_last_time_is_proposed_again(panel, waiting):
    shown = panel()
    shown.show_record(waiting())
    shown.next_step()
    assert shown.step_form.form["verifier"].value() == "王晓燕"
    shown.step_form.form.fill(FOUND_DONE)
    shown.step_form.form["approver"].show_value("周明")
    shown.next_step()
    assert shown.record.status == "已销号"
    shown.show_record(waiting())
    shown.next_step()
    assert shown.step_form.form["approver"].value() == "周明"


def test_two_rounds_stand_side_by_side(panel, waiting, workspace):
    id_ = waiting()
    findings.take(workspace, id_, "return_", {"reason": "仍有缺项"})
    findings.take(workspace, id_, "report", ANSWER)
    shown = panel()
    shown.show_record(id_)
    assert [one.number for one in shown.life_now.rounds] == [1, 2]
    assert shown.life_now.rounds[0].verification.reason == "仍有缺项"
    assert not shown.rounds_box.isHidden()


def test_files_are_dropped_pasted_described_and_removed(panel, office, workspace, tmp_path, qtbot, context):
    shown = panel()
    shown.show_record(office.finding())
    file = tmp_path / "说明.txt"
    file.write_text("佐证", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert shown.files.take(data)
    picture = QMimeData()
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    picture.setImageData(image)
    assert shown.files.take(picture)
    qtbot.rest(context)
    assert [one.media_type for one in shown.files.files] == ["text/plain", "image/png"]
    shown.files.remove(shown.files.files[0])
    assert [one.media_type for one in shown.files.files] == ["image/png"]
    assert load(workspace, Attachment, 1).deleted_at


def test_a_plan_is_added_in_place(panel, handed, workspace):
    shown = panel()
    shown.show_record(handed())
    row = shown.plans.add()
    type_text(row.form["measures"].edit, "增配人员，落实登记。")
    assert shown.dirty
    assert shown.save()
    assert latest(workspace, Plan).measures == "增配人员，落实登记。"
    assert not shown.dirty
    assert shown.plans.rows[0].record is not None


def test_an_extension_shows_old_and_new_day(panel, handed, workspace):
    shown = panel()
    shown.show_record(handed())
    shown.start("extend")
    given = {"applicant": "赵志国", "reason": "施工未完", "new_deadline": dt.date(2022, 3, 25), "approver": "周明"}
    shown.step_form.form.fill(given)
    shown.next_step()
    assert latest(workspace, Extension).old_deadline == dt.date(2022, 3, 14)
    assert not shown.extensions_box.isHidden()


def test_one_key_accepts_and_the_next_comes_up(panel, waiting, workspace, qtbot):
    one, two = waiting(fact="第一条"), waiting(fact="第二条")
    shown = panel(FeedbackPanel)
    shown.show_record(1)
    assert shown.finding.id == one
    assert shown.record_id == 1
    shown.step_form.form.fill(FOUND_DONE)
    shown.step_form.form["approver"].show_value("周明")
    with qtbot.waitSignal(shown.moved):
        shown.next_step()
    assert load(workspace, Finding, one).status == "已销号"
    assert shown.finding.id == two
    assert shown.step_form.form["approver"].value() == "周明"


def test_one_key_returns_with_a_reason(panel, waiting, workspace):
    id_ = waiting()
    shown = panel(FeedbackPanel)
    shown.show_record(1)
    shown.return_()
    assert shown._reason_error.text() == "请先填写“退回原因”。"
    assert load(workspace, Finding, id_).status == "待核查"
    type_text(shown.reason.edit, "记录仍有缺项。")
    shown.return_()
    assert load(workspace, Finding, id_).status == "退回重改"
    assert latest(workspace, Verification).reason == "记录仍有缺项。"


def test_a_new_feedback_asks_for_its_finding_and_goes_where_its_outcome_says(panel, handed, workspace):
    id_ = handed()
    shown = panel(FeedbackPanel)
    shown.new_record({"finding_id": id_})
    form = shown.step_form.form
    form["outcome"].show_value("正在推进")
    type_text(form["measures"].edit, "已动工。")
    shown.next_step()
    assert latest(workspace, Feedback).outcome == "正在推进"
    assert load(workspace, Finding, id_).status == "整改中"


def test_at_the_answering_unit_a_received_finding_is_answered_not_edited(panel, handed, workspace, office):
    from models.records import Office
    from models.services import records

    id_ = handed()
    values = {"role": "unit", "name": "城关镇人民政府", "short_name": "城关镇"}
    records.create(workspace, Office, values)
    shown = panel()
    shown.show_record(id_)
    assert shown.form["fact"].edit.isReadOnly()
    assert not shown.save_button.isEnabled()
    shown.start("report")
    shown.step_form.form.fill({"outcome": "已整改", "measures": "已补齐。", "finished_on": dt.date(2022, 3, 15)})
    shown.step_form.form.fill({"person": "赵志国", "no_evidence_reason": "现场已看"})
    shown.next_step()
    kept = load(workspace, Finding, id_)
    assert (kept.status, kept.local_status) == ("已交办", "填写中")
    assert latest(workspace, Feedback).measures == "已补齐。"


def test_the_documents_that_cover_a_finding_are_named(panel, handed, workspace):
    from models.records import Document, DocumentRecord
    from models.services import records

    id_ = handed()
    uuid = load(workspace, Finding, id_).uuid
    values = {"kind": "findings_bulletin", "number": "云防指办〔2022〕7号", "title": "关于督查情况的通报"}
    paper = records.create(workspace, Document, values).id
    records.create(workspace, DocumentRecord, {"document_id": paper, "table": "finding", "record_uuid": uuid})
    with workspace.writing("印发") as work:
        work.set(work.get(Document, paper), issued_at=workspace.now)
    shown = panel()
    shown.show_record(id_)
    assert shown.papers.text() == "已写入：云防指办〔2022〕7号"


def fill(shown, **values) -> None:
    """Type a whole new finding, without a kind unless one is given."""
    shown.new_record({"source_level": "县", **values})
    shown.form["found_on"].edit.setText("3.5")
    type_text(shown.form["fact"].edit, "值班人员不在岗。")


def test_saving_a_whole_finding_lets_it_count_and_says_so(panel, office, workspace, context, told):
    shown = panel()
    fill(shown, site_id=office.site, kind="人员不在岗")
    assert shown.keep_button.isVisible()
    assert shown.save()
    kept = load(workspace, Finding, shown.record_id)
    assert kept.status == "待交办"
    assert told[-1] == f"已保存 {kept.serial}。现为“待交办”。"
    assert not shown.keep_button.isVisible()
    assert shown.draft_line.isHidden()


def test_kept_as_a_draft_it_stays_one_until_it_is_saved_again(panel, office, workspace, told):
    shown = panel()
    fill(shown, site_id=office.site, kind="人员不在岗")
    shown.keep_button.click()
    assert load(workspace, Finding, shown.record_id).status == "草稿"
    assert shown.draft_line.text() == "草稿：内容完整，可以送交办。不计入问题数，不写入公文。"
    assert "不计入问题数" in told[-1]
    type_text(shown.form["fact"].edit, "值班人员两人不在岗。")
    shown.keep_button.click()
    assert load(workspace, Finding, shown.record_id).status == "草稿"
    type_text(shown.form["fact"].edit, "值班人员三人不在岗。")
    assert shown.save()
    assert load(workspace, Finding, shown.record_id).status == "待交办"
    assert shown.draft_line.isHidden()


def test_an_incomplete_finding_says_what_it_lacks(panel, workspace):
    shown = panel()
    fill(shown)
    assert shown.save()
    assert load(workspace, Finding, shown.record_id).status == "草稿"
    assert shown.draft_line.text() == "草稿：还缺属地单位或点位。不计入问题数，不写入公文。"


def test_a_kind_that_was_not_chosen_is_taken_and_said(panel, office, workspace, told):
    shown = panel()
    fill(shown, site_id=office.site)
    assert shown.save()
    kept = load(workspace, Finding, shown.record_id)
    assert (kept.status, kept.kind) == ("待交办", "其他")
    assert "待补：问题类别，现为暂记。" in told[-1]
    assert shown.draft_line.text() == "待补：问题类别，现为暂记。"


def test_a_report_is_sent_on_with_who_verified_it(panel, office, workspace):
    shown = panel()
    fill(shown, site_id=office.site, kind="人员不在岗", source_level="群众举报")
    shown.next_step()
    assert load(workspace, Finding, shown.record_id).status == "草稿"
    assert shown.draft_line.text() == "草稿：群众举报，核实后送交办。不计入问题数，不写入公文。"
    form = shown.step_form.form
    assert [name for name, cell in form.cells.items() if not cell.isHidden()] == ["confirmed_by", "confirmed_on"]
    assert not shown.keep_button.isVisible()
    shown.close_step()
    assert shown.keep_button.isVisible()
    shown.next_step()
    form = shown.step_form.form
    shown.next_step()
    assert form.cells["confirmed_by"].error.text() == "请先选择“核实人”。"
    form["confirmed_by"].show_value("王晓燕")
    shown.next_step()
    kept = load(workspace, Finding, shown.record_id)
    assert kept.status == "待交办"
    assert "群众举报已核实：王晓燕" in kept.note


def test_what_waits_goes_back_to_a_draft_in_one_step(panel, office, workspace):
    shown = panel()
    shown.show_record(office.finding())
    back = {action.text(): action for action in shown.more_actions()}["退回草稿"]
    assert back.isEnabled()
    back.trigger()
    assert load(workspace, Finding, shown.record_id).status == "草稿"
    assert shown.keep_button.isVisible()

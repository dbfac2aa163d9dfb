"""A copy is the copied record, a draft is what was typed: they never mix, and neither is lost."""

import datetime as dt

import pytest
from filling import load, type_text

from gui.forms.panels.case_panel import CasePanel
from gui.forms.panels.finding_panel import FindingPanel
from gui.forms.panels.record_panel import RecordPanel
from models.records import AccountabilityCase, Draft, Finding, Party, Site
from models.services import form_drafts, records


@pytest.fixture
def panel(context, show, office):
    return lambda cls, *more: show(cls(context, *more))


def press_notice(panel, verb: str) -> None:
    next(one for one in panel.notice._buttons if one.text() == verb).click()


def raw_of(panel, record) -> dict:
    """What the form shows for a record, without what names it."""
    panel.show_record(record)
    return {name: raw for name, raw in panel.form.raw().items() if name != "serial"}


@pytest.fixture
def copied(office, workspace):
    return office.finding(
        fact="柜台无登记。", severity="较重", requirement="补齐登记。", deadline=dt.date(2022, 3, 20), note="样子",
        unit_id=office.liu, source_number="市督〔2022〕3号",
    )  # fmt: skip


def test_a_copy_is_the_copied_record_whatever_was_being_typed(panel, office, workspace, copied):
    findings = panel(FindingPanel)
    wanted = raw_of(findings, copied)
    findings.new_record()
    for name in ("fact", "note", "advice"):
        type_text(findings.form[name].edit, "写了一半")
    findings.form["severity"].show_value("严重")
    findings.form["severity"].edited.emit()
    findings.show_record(copied)
    findings.new_like(findings.record)
    shown = {name: raw for name, raw in findings.form.raw().items() if name != "serial"}
    assert shown == wanted
    assert "已留为草稿" in findings.notice.text
    assert findings.save()
    assert load(workspace, Finding, findings.record_id).note == "样子"
    findings.new_record()
    assert findings.form["fact"].value() == "写了一半"
    assert findings.form["advice"].value() == "写了一半"
    assert findings.form["severity"].value() == "严重"


def test_both_are_kept_and_each_can_be_gone_on_with(panel, office, workspace, copied):
    findings = panel(FindingPanel)
    findings.new_record()
    type_text(findings.form["fact"].edit, "第一份")
    findings.show_record(copied)
    findings.new_like(findings.record)
    type_text(findings.form["advice"].edit, "第二份")
    press_notice(findings, "继续填写")
    assert (findings.form["fact"].value(), findings.form["advice"].value()) == ("第一份", "")
    assert findings.record is None
    assert len(form_drafts.waiting(workspace, "finding")) == 2
    findings.discard()
    assert findings.form["fact"].value() == ""
    press_notice(findings, "继续填写")
    assert (findings.form["fact"].value(), findings.form["advice"].value()) == ("柜台无登记。", "第二份")
    assert findings.save()
    assert form_drafts.waiting(workspace, "finding") == []


def test_a_copy_that_is_being_typed_survives_a_crash(panel, office, workspace, copied):
    first = panel(FindingPanel)
    first.show_record(copied)
    first.new_like(first.record)
    type_text(first.form["advice"].edit, "又写了几个字")
    first.drafts.keep()
    office.finding(severity="一般", unit_id=office.cheng)  # another one is entered meanwhile
    second = panel(FindingPanel)
    second.new_record()
    assert second.form["fact"].value() == "柜台无登记。"
    assert second.form["unit_id"].value() == office.liu
    assert second.form["severity"].value() == "较重"
    assert "草稿已恢复" in second.notice.text


def test_a_draft_comes_back_as_it_was_whatever_is_proposed_by_then(panel, office, workspace):
    findings = panel(FindingPanel)
    findings.new_record()
    type_text(findings.form["fact"].edit, "写了一半")
    before = findings.form.raw()
    findings.show_record(office.finding(severity="严重", source_level="省", found_on=dt.date(2022, 3, 9)))
    findings.new_record()
    assert findings.form.raw() == before


def test_edits_of_the_copied_record_stay_its_own(panel, office, workspace, copied):
    findings = panel(FindingPanel)
    findings.show_record(copied)
    type_text(findings.form["advice"].edit, "还没保存")
    findings.more_actions()
    findings._copy_this()
    assert findings.form["advice"].value() == ""
    assert "没有保存的修改" in findings.notice.text
    press_notice(findings, "回去修改")
    assert findings.record_id == copied
    assert findings.form["advice"].value() == "还没保存"
    assert "草稿已恢复" in findings.notice.text


def test_values_from_elsewhere_do_not_mix_with_a_draft_either(panel, office, workspace):
    sites = panel(RecordPanel, Site)
    sites.new_record()
    type_text(sites.form["name"].edit, "半个点位")
    sites.new_record({"kind": "药店", "unit_id": office.liu})
    assert sites.form["name"].value() == ""
    assert sites.form["unit_id"].value() == office.liu
    assert "已留为草稿" in sites.notice.text


def test_a_series_goes_on_with_empty_forms_while_a_draft_waits(panel, office, workspace):
    findings = panel(FindingPanel)
    findings.new_record()
    type_text(findings.form["fact"].edit, "写了一半")
    findings.show_record(office.finding())
    findings.new_like(findings.record)
    findings.again.setChecked(True)
    for _ in range(2):
        findings.form["fact"].edit.setPlainText("又一条。")
        findings.form["fact"].edited.emit()
        assert findings.save()
        assert findings.record is None
        assert findings.form["fact"].value() == ""
        assert "已留为草稿" in findings.notice.text
    assert len(form_drafts.waiting(workspace, "finding")) == 1


def test_a_leader_is_not_mixed_with_the_party_being_typed(panel, office, workspace):
    case = records.create(
        workspace, AccountabilityCase, {"title": "值守缺位", "unit_id": office.cheng, "fact": "无人。"}
    ).id
    cases = panel(CasePanel)
    cases.show_record(case)
    row = cases.parties.add()
    type_text(row.form["name"].edit, "周海林")
    type_text(row.form["conduct"].edit, "带队脱岗。")
    other = cases.parties.add({"name": "赵志国", "post": "镇长", "duty": "主要领导责任"})
    assert (other.form["name"].value(), other.form["conduct"].value()) == ("赵志国", "")
    assert row.form["name"].value() == "周海林"
    other.form["name"].edit.setFocus()
    assert other.save()
    with workspace.reading() as session:
        assert [one.name for one in session.query(Party)] == ["赵志国"]
    kept = next(one for one in cases.parties.rows if one.record is None)
    assert (kept.form["name"].value(), kept.form["conduct"].value()) == ("周海林", "带队脱岗。")
    kept.form["duty"].show_value("直接责任")
    assert kept.save()
    with workspace.reading() as session:
        assert [(one.name, one.conduct) for one in session.query(Party)] == [("赵志国", ""), ("周海林", "带队脱岗。")]
        assert session.query(Draft).count() == 0


def test_a_row_that_is_left_with_its_parent_keeps_what_was_typed(panel, office, workspace):
    values = {"title": "值守缺位", "unit_id": office.cheng, "fact": "无人。"}
    one, two = (records.create(workspace, AccountabilityCase, values).id for _ in range(2))
    cases = panel(CasePanel)
    cases.show_record(one)
    type_text(cases.parties.add().form["name"].edit, "周海林")
    cases.show_record(two)
    assert [row for row in cases.parties.rows if row.record is None] == []
    cases.show_record(one)
    assert cases.parties.rows[-1].form["name"].value() == "周海林"

import datetime as dt

import pytest
from filling import load, pick_first, type_text
from PySide6.QtCore import Qt

from gui.forms.panels.record_panel import RecordPanel
from gui.forms.sections import sections_of
from gui.pages import page_specs
from models.errors import Problem
from models.records import Finding, Site, Team, fields_of
from models.services import form_drafts, records


@pytest.fixture
def panel(context, show, office):
    return lambda cls: show(RecordPanel(context, cls), height=640)


@pytest.mark.parametrize(
    "spec", [s for s in (*page_specs.TEAMS, *page_specs.KEPT) if s.record], ids=lambda spec: spec.name
)
def test_what_must_be_filled_in_is_never_folded_away(spec):
    cls = spec.record()
    folded = {name for section in sections_of(cls) if section.folded for name in section.names}
    assert not [name for name in folded if fields_of(cls)[name].required]


def test_a_new_finding_is_typed_and_saved(panel, office, workspace, qtbot):
    findings = panel(Finding)
    findings.new_record()
    type_text(findings.form["found_on"].edit, "3.5")
    for name, typed in (("source_level", "县"), ("site_id", "hmyd"), ("kind", "rybzg")):
        type_text(findings.form[name].edit, typed)
        pick_first(findings.form[name].edit)
    type_text(findings.form["fact"].edit, "值班人员不在岗。")
    assert findings.dirty
    with qtbot.waitSignal(findings.saved) as signal:
        qtbot.mouseClick(findings.save_button, Qt.MouseButton.LeftButton)
    kept = load(workspace, Finding, signal.args[0].id)
    assert (kept.found_on, kept.site_id, kept.kind) == (dt.date(2022, 3, 5), office.site, "人员不在岗")
    assert kept.unit_id == office.cheng
    assert kept.campaign_id == office.campaign
    assert not findings.dirty
    assert findings.title_label.text() == kept.serial


def test_enter_walks_the_fields_in_reading_order(panel, qtbot):
    findings = panel(Finding)
    findings.new_record()
    findings.form["found_on"].setFocus()
    for name in ("found_on", "source_level", "site_id", "unit_id"):
        assert findings.form[name].edit.hasFocus(), name
        qtbot.keyClick(findings.form[name].edit, Qt.Key.Key_Return)


def test_tab_walks_the_fields_in_reading_order(panel, qtbot):
    sites = panel(Site)
    sites.new_record()
    sites.form["name"].setFocus()
    for name in ("name", "kind", "unit_id", "department_id", "address"):
        assert sites.form[name].edit.hasFocus(), name
        qtbot.keyClick(sites.form[name].edit, Qt.Key.Key_Tab)


def test_only_what_was_changed_is_written(panel, office, workspace, monkeypatch):
    findings = panel(Finding)
    findings.show_record(office.finding())
    written = []
    real = records.update
    monkeypatch.setattr(records, "update", lambda *args: (written.append(args[-1]), real(*args))[1])
    findings.form["fact"].edit.setPlainText("改过的事实。")
    assert findings.save()
    assert written == [{"fact": "改过的事实。"}]


def test_errors_stand_under_their_fields_and_the_first_gets_the_cursor(panel, qtbot):
    sites = panel(Site)
    sites.new_record()
    sites.form["phone"].edit.setText("不是电话")
    assert not sites.save()
    assert "不像电话号码" in sites.form.cells["phone"].error.text()
    sites.form["phone"].edit.setText("")
    assert not sites.save()
    assert sites.form.cells["name"].error.text() == "请先填写“点位名称”。"
    assert sites.form.cells["phone"].error.isHidden()
    qtbot.waitUntil(sites.form["name"].edit.hasFocus)
    type_text(sites.form["name"].edit, "新点位")
    assert sites.form.cells["name"].error.isHidden()


def test_the_cursor_goes_to_the_topmost_error_whatever_was_said_first(panel, qtbot):
    findings = panel(Finding)
    findings.new_record()
    findings.complain([Problem("fact", "请先填写“问题事实”。"), Problem("kind", "请先选择“问题类别”。")])
    qtbot.waitUntil(findings.form["kind"].edit.hasFocus)


def test_a_draft_survives_a_crash(panel, office, workspace):
    first = panel(Finding)
    id_ = office.finding()
    first.show_record(id_)
    first.form["found_on"].edit.setText("3.")
    first.form["found_on"].edited.emit()
    first.drafts.keep()
    del first
    second = panel(Finding)
    second.show_record(id_)
    assert second.form["found_on"].edit.text() == "3."
    assert "草稿已恢复" in second.notice.text
    assert second.dirty
    second.discard()
    assert second.form["found_on"].edit.text() == "2022-03-05"
    assert form_drafts.load(workspace, "finding", id_) is None


def test_switching_records_and_hiding_keep_the_draft(panel, office, workspace):
    findings = panel(Finding)
    one, two = office.finding(), office.finding()
    findings.show_record(one)
    type_text(findings.form["fact"].edit, "补充")
    findings.show_record(two)
    assert not findings.dirty
    type_text(findings.form["note"].edit, "另一条")
    findings.hide()
    findings.show_record(one)
    assert "补充" in findings.form["fact"].value()
    assert form_drafts.load(workspace, "finding", two).values == {"note": "另一条"}


def test_an_unfinished_new_record_is_restored_and_gone_once_saved(panel, office, workspace):
    sites = panel(Site)
    sites.new_record()
    type_text(sites.form["name"].edit, "半个点位")
    sites.show_record(office.site)
    sites.new_record()
    assert sites.form["name"].edit.text() == "半个点位"
    sites.form["kind"].show_value("药店")
    sites.form["unit_id"].show_value(office.cheng)
    assert sites.save()
    assert form_drafts.load(workspace, "site", None) is None


def test_a_stale_form_says_what_changed_and_keeps_what_was_typed(panel, office, workspace):
    findings = panel(Finding)
    id_ = office.finding()
    findings.show_record(id_)
    type_text(findings.form["note"].edit, "我的备注")
    records.update(workspace, Finding, id_, None, {"severity": "严重", "deadline": dt.date(2022, 3, 20)})
    assert not findings.save()
    assert "整改时限 （空） → 2022年3月20日" in findings.notice.text
    assert findings.form["note"].value() == "我的备注"
    assert findings.form["severity"].value() == "严重"
    assert findings.save()
    kept = load(workspace, Finding, id_)
    assert (kept.note, kept.severity) == ("我的备注", "严重")


def test_the_next_record_starts_with_what_was_used_last(panel, office, workspace):
    office.finding(severity="较重", source_level="省")
    findings = panel(Finding)
    findings.new_record()
    assert findings.form["severity"].value() == "较重"
    assert findings.form["source_level"].value() == "省"
    assert findings.form["fact"].value() == ""
    assert not findings.dirty


def test_one_after_the_other_and_copy_of_the_last(panel, office, workspace):
    findings = panel(Finding)
    findings.new_record({"kind": "人员不在岗", "source_level": "县", "found_on": dt.date(2022, 3, 6)})
    type_text(findings.form["fact"].edit, "第一条")
    findings.again.setChecked(True)
    assert findings.save()
    assert findings.record is None
    assert findings.form["found_on"].value() == dt.date(2022, 3, 6)
    assert findings.form["fact"].value() == ""
    findings.copy_last()
    assert findings.form["fact"].value() == "第一条"
    assert findings.form["kind"].value() == "人员不在岗"


def test_values_the_form_does_not_show_are_kept_for_a_new_record(panel, office, workspace):
    teams = panel(Team)
    teams.new_record({"name": "第三督查组", "number": 3, "campaign_id": office.campaign})
    assert teams.save()
    assert load(workspace, Team, teams.record_id).campaign_id == office.campaign


def test_dirty_is_told_once(panel, office):
    findings = panel(Finding)
    findings.show_record(office.finding())
    told = []
    findings.dirtyChanged.connect(told.append)
    type_text(findings.form["note"].edit, "一")
    type_text(findings.form["note"].edit, "二")
    findings.discard()
    assert told == [True, False]


def test_a_refresh_shows_what_was_written_elsewhere(panel, office, workspace):
    findings = panel(Finding)
    id_ = office.finding()
    findings.show_record(id_)
    records.update(workspace, Finding, id_, None, {"severity": "严重"})
    findings.refresh()
    assert findings.form["severity"].value() == "严重"

"""The forms inside the real window, driven by its own keys, on the demo office."""

import pytest
from filling import load, pick_first, type_text
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from gui.shell.page_tabs import CASES, FEEDBACK, FINDINGS, TEAMS
from models.queries.lists.listing import ListQuery
from models.records import Feedback, Finding

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def front(window, qtbot):
    """Open a tab and give it back with its form built."""

    def open_tab(n: int, chip: str = ""):
        qtbot.waitExposed(window)
        window.activateWindow()
        window.tabs.setCurrentIndex(n)
        tab = window.front()
        if chip:
            tab.show_only(ListQuery(chip=chip))
        qtbot.rest(window.context)
        tab.form()
        tab.table.clearSelection()
        tab.go_to(tab.model.id_at(0))
        qtbot.waitUntil(lambda: tab.panel.record_id == tab.table.current_id)
        qtbot.rest(window.context)
        return tab

    return open_tab


def test_new_type_save_and_send_on_by_keys_alone(window, front, qtbot, demo):
    tab = front(FINDINGS)
    before = tab.model.rowCount()
    qtbot.keyClick(window, Qt.Key.Key_N, CTRL)
    panel = tab.panel
    assert panel.record is None
    form = panel.form
    type_text(form["found_on"].edit, "") if form["found_on"].raw() else type_text(form["found_on"].edit, "今天")
    site = form["site_id"].edit
    site.clear()  # the place of the one before is proposed
    type_text(site, "酒店")
    pick_first(site)
    kind = form["kind"].edit
    kind.clear()
    type_text(kind, "rybzg")
    pick_first(kind)
    type_text(form["fact"].edit, "前台无人值守。")
    qtbot.keyClick(panel.form["fact"].edit, Qt.Key.Key_Return, CTRL)
    qtbot.rest(window.context)
    kept = load(demo.workspace, Finding, panel.record_id)
    assert kept.status == "待交办"
    assert kept.unit_id
    assert tab.model.rowCount() == before + 1
    assert tab.table.current_id == kept.id
    assert not window.tabs.tabText(FINDINGS).startswith("●")


def test_feedbacks_are_accepted_by_one_key_each_once_they_are_judged(window, front, qtbot, demo):
    tab = front(FEEDBACK, "waiting")
    panel = tab.panel
    panel.step_form.form["approver"].show_value("批准人甲")
    waiting = tab.model.rowCount()
    assert waiting > 3
    done = []
    for _ in range(3):
        done.append(panel.finding.id)
        judged = panel.step_form.step.key == "judge"
        assert panel.step_form.form["approver"].value() == ("" if judged else "批准人甲")
        above = panel.finding.source_level in ("国家", "省", "市")
        if above and not judged:
            panel.step_form.form["reported_up_on"].show_value(demo.workspace.today)
        qtbot.keyClick(panel.step_form.form["approver"].edit, Qt.Key.Key_Return, CTRL)
        qtbot.rest(window.context)
        assert load(demo.workspace, Finding, done[-1]).status == "待核查"
        assert panel.step_form.form.cells["conclusion"].error.text() == "请先选择“核查结论”。"
        panel.step_form.form.fill({"conclusion": "已整改到位", "method": "现场核查"})
        panel.step_form.form.fill({"conclusion": "属实维持", "opinion": "调看监控核实。"} if judged else {})
        qtbot.keyClick(panel.step_form.form["approver"].edit, Qt.Key.Key_Return, CTRL)
        qtbot.rest(window.context)
    assert {load(demo.workspace, Finding, id_).status for id_ in done} == {"已销号", "退回重改"}
    assert panel.finding.status == "待核查"


def test_a_return_says_why_and_the_round_stays(window, front, qtbot, demo):
    tab = front(FEEDBACK, "waiting")
    panel, id_ = tab.panel, tab.panel.finding.id
    panel.reason.setFocus()
    type_text(panel.reason.edit, "照片看不清，请重拍。")
    qtbot.keyClick(panel.reason.edit, Qt.Key.Key_R, CTRL)
    qtbot.rest(window.context)
    kept = load(demo.workspace, Finding, id_)
    assert (kept.status, kept.returned_reason) == ("退回重改", "照片看不清，请重拍。")


def test_typed_and_unsaved_survives_another_tab(window, front, qtbot, demo):
    tab = front(FINDINGS)
    type_text(tab.panel.form["note"].edit, "写到一半")
    window.tabs.setCurrentIndex(CASES)
    qtbot.wait(20)
    window.tabs.setCurrentIndex(FINDINGS)
    assert "写到一半" in tab.panel.form["note"].value()
    assert tab.dirty


@pytest.mark.parametrize("n", [TEAMS, FINDINGS, CASES, FEEDBACK])
def test_every_row_can_be_shown(window, front, qtbot, demo, n):
    tab = front(n)
    for id_ in list(tab.model.all_ids())[:40]:
        tab.panel.show_record(id_)
        assert tab.panel.record_id == id_
        assert not tab.panel.dirty
    with demo.workspace.reading() as session:
        assert session.get(Feedback, 1) is not None


class Flashes(QObject):
    """Windows that showed up."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt calls it
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(repr(watched))
        return False


@pytest.mark.parametrize("n", [TEAMS, FINDINGS, CASES, FEEDBACK])
def test_no_part_of_a_form_flashes_up_as_a_window_of_its_own(window, front, qapp, qtbot, n):
    tab = front(n)
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    tab.panel.show_record(None)
    tab.panel.show_record(tab.model.id_at(1))
    tab.panel.new_record()
    for sublist in tab.panel.sublists:
        tab.panel.show_record(tab.model.id_at(1))
        sublist.add()
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []

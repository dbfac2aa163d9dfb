"""Ctrl+Enter with several rows selected, and what the deeds on one record are called."""

import pytest
from PySide6.QtCore import QItemSelectionModel
from sqlalchemy import select

from gui.dialogs.bulk_step import BulkStep
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from models.domain.findings.lifecycle import Status
from models.queries.lists.listing import ListQuery
from models.records import Feedback, Finding
from models.services import undo


@pytest.fixture
def opened(monkeypatch) -> list[BulkStep]:
    """The dialogs that came up."""
    found: list[BulkStep] = []

    def note(dialog: BulkStep) -> None:
        found.append(dialog)

    monkeypatch.setattr(BulkStep, "exec", note)
    return found


@pytest.fixture
def tab(qtbot, demo):
    made: list[RecordTab] = []

    def make(spec, chip: str, count: int) -> RecordTab:
        one = RecordTab(demo, spec)
        qtbot.addWidget(one)
        made.append(one)
        demo.workspace.listeners.append(one.touched)
        one.resize(1366, 700)
        one.show()
        one.show_only(ListQuery(chip=chip))
        qtbot.waitUntil(lambda: one.panel is not None and one.model.rowCount() >= count)
        one.table.selectRow(0)
        for row in range(1, count):
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            one.table.selectionModel().select(one.model.index(row, 0), flags)
        assert len(one.table.selected_ids()) == count
        return one

    yield make
    demo.runner.wait()
    for one in made:
        one.model.close()


def test_all_selected_take_the_step_the_form_names_in_one_operation(demo, tab, opened):
    several = tab(page_specs.FINDINGS, "handed", 3)
    several.next_step()
    bulk = opened[0]
    assert bulk.ids == several.table.selected_ids()
    assert bulk.step.key == several.panel.usual_step().key == "sign_for"
    bulk.step_form.form.fill({"signer": "陈晓东"})
    bulk.agree()
    with demo.workspace.reading() as session:
        taken = session.scalars(select(Finding.status).where(Finding.id.in_(bulk.ids)))
        assert set(taken) == {Status.RECTIFYING}
        last = undo.recent(session)[0]
    undo.undo(demo.workspace, last.operation)
    with demo.workspace.reading() as session:
        assert set(session.scalars(select(Finding.status).where(Finding.id.in_(bulk.ids)))) == {Status.HANDED}


def test_in_the_form_the_key_stays_the_forms_own(tab, opened, qtbot, monkeypatch):
    several = tab(page_specs.FINDINGS, "handed", 2)
    monkeypatch.setattr("gui.pages.list_page.QApplication.focusWidget", lambda: several.panel.next_button)
    several.next_step()
    assert opened == []
    assert several.panel.step_form is not None


def test_feedbacks_are_accepted_together_by_their_findings(demo, tab, opened):
    several = tab(page_specs.FEEDBACK, "waiting", 2)
    several.next_step()
    with demo.workspace.reading() as session:
        ids = several.table.selected_ids()
        answered = [session.get_one(Feedback, id_).finding_id for id_ in ids]
    assert opened[0].ids == answered
    assert opened[0].step.key == "close"


def test_the_deed_and_the_message_name_the_record(demo, tab):
    said: list[str] = []
    demo.status = said.append
    one = tab(page_specs.FINDINGS, "", 1)
    with demo.workspace.reading() as session:
        serial = session.get_one(Finding, one.table.selected_ids()[0]).serial
    one.delete()
    assert said[-1].startswith(f"已移入回收站：问题 {serial}。")
    with demo.workspace.reading() as session:
        assert undo.recent(session)[0].deed == f"删除问题 {serial}"

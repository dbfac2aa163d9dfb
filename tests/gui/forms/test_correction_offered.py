"""A case that was appealed against: its form names the issued bulletins that say what no longer holds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from exporters.composing import composed
from gui.dialogs.export_document import ExportDocument
from gui.forms.panels.case_panel import CasePanel
from gui.shell.navigator import DialogNavigator
from models.records import AccountabilityCase, Disposition, Party
from models.services import cases, documents, records


@pytest.fixture
def appealed(demo):
    """A case of an issued bulletin whose measure is another by now."""
    with demo.workspace.reading() as session:
        made = composed(session, "accountability_bulletin")
        paper = documents.numbered(session, made.paper)
        case = session.get_one(AccountabilityCase, made.selection.included[0].id)
        parties = select(Party.id).where(Party.case_id == case.id)
        row = session.scalars(select(Disposition).where(Disposition.party_id.in_(parties))).first()
    id_ = documents.draft(demo.workspace, paper).id
    documents.issue(demo.workspace, id_, gap_reason="演示", despite_warnings=True)
    cases.take(demo.workspace, case.id, "amend", {"stage_reason": "经复查，原处理过重"})
    records.update(demo.workspace, Disposition, row.id, row.version, {"measure": "提醒谈话", "detail": ""})
    return case.id, id_, paper.header.number


def offers(panel):
    return [one for one in panel.findChildren(QPushButton) if one.text() == "起草更正通报…"]


def test_the_form_offers_the_correction_and_opens_it(qtbot, demo, appealed, monkeypatch):
    case, document, number = appealed
    opened = []
    monkeypatch.setattr(ExportDocument, "exec", lambda dialog: (opened.append(dialog), qtbot.addWidget(dialog)))
    monkeypatch.setattr(demo, "navigator", DialogNavigator(demo))
    panel = CasePanel(demo)
    qtbot.addWidget(panel)
    panel.show_record(case)
    (offer,) = offers(panel)
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    (dialog,) = opened
    assert (dialog.options().case_ids, dialog.options().corrects) == ((case,), document)
    dialog.compose()
    qtbot.waitUntil(lambda: bool(dialog._selection.judged))
    assert dialog.wording.paper().title.startswith(f"关于更正{number}文件")


def test_a_case_that_nothing_was_changed_of_offers_nothing(qtbot, demo, appealed):
    with demo.workspace.reading() as session:
        other = session.scalars(select(AccountabilityCase.id).where(AccountabilityCase.id != appealed[0])).first()
    panel = CasePanel(demo)
    qtbot.addWidget(panel)
    panel.show_record(other)
    assert offers(panel) == []

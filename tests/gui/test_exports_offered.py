"""Every ledger is offered by the list it belongs to, and a period's summary asks for its period."""

import pytest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from exporters.workbooks import KINDS
from gui.dialogs.export_document import ExportDocument
from gui.dialogs.export_rows import export_document
from gui.pages import page_specs, unit_pages
from gui.pages.list_page import RecordTab
from models.domain.dictionaries import phrases
from models.domain.findings.lifecycle import Status
from models.paper.kinds import KINDS as PAPERS
from models.records import Finding


def test_every_ledger_is_offered_and_written(qtbot, demo, tmp_path, monkeypatch):
    def choose(_parent, title, *_more):
        return str(tmp_path / f"{title}.xlsx"), ""

    monkeypatch.setattr("gui.core.save_file.QFileDialog.getSaveFileName", choose)
    monkeypatch.setattr("gui.dialogs.export_workbook.Finished.exec", lambda _self: 0)
    for spec in (page_specs.FINDINGS, page_specs.CASES, page_specs.FEEDBACK, *page_specs.TEAMS, *page_specs.KEPT):
        tab = RecordTab(demo, spec)
        qtbot.addWidget(tab)
        for label, do in spec.exports:
            if label.endswith(" (Excel)"):
                do(tab)
                demo.runner.wait()
        tab.model.close()
    assert {path.stem for path in tmp_path.glob("*.xlsx")} >= {f"导出{kind.name}" for kind in KINDS.values()}


def test_every_kind_of_document_is_offered_by_a_list_and_has_a_lead():
    lists = (
        page_specs.FINDINGS,
        page_specs.CASES,
        page_specs.FEEDBACK,
        *page_specs.TEAMS,
        *page_specs.KEPT,
        *unit_pages.PROBLEMS,
        unit_pages.ANSWERS,
    )
    offered = {label for spec in lists for label, _ in spec.exports}
    from_records = {kind.key: kind.name for kind in PAPERS if not kind.blank}
    assert {f"{name} (Word)" for name in from_records.values()} <= offered
    assert {phrase.document_kind for phrase in phrases() if phrase.slot == "lead"} == set(from_records)


@pytest.fixture
def shown(monkeypatch):
    """The dialogs that were opened, instead of waiting for them."""
    opened = []

    def remember(dialog):
        opened.append(dialog)

    monkeypatch.setattr(ExportDocument, "exec", remember)
    return opened


def test_a_summary_asks_for_its_period(qtbot, demo, shown):
    tab = RecordTab(demo, page_specs.FINDINGS)
    qtbot.addWidget(tab)
    export_document(demo, "period_summary", tab.shown(), [], tab)
    (dialog,) = shown
    qtbot.addWidget(dialog)
    assert {"from_", "until"} <= set(dialog.form.cells)
    dialog.show()
    demo.runner.wait()
    assert [one.text() for one in dialog.findChildren(QPushButton) if one.isDefault()] == ["导出 Word"]
    dialog.compose()
    demo.runner.wait()
    qtbot.waitUntil(lambda: "督查" in dialog.wording.paper().title)
    tab.model.close()


def test_the_cases_of_a_list_go_as_they_were_written_down(qtbot, demo, shown):
    tab = RecordTab(demo, page_specs.CASES)
    qtbot.addWidget(tab)
    qtbot.waitUntil(lambda: len(tab.model.all_ids()) == 8)
    every = list(tab.model.all_ids())
    export_document(demo, "accountability_bulletin", tab.shown(), [], tab)
    export_document(demo, "accountability_bulletin", tab.shown(), every, tab)
    for dialog in shown:
        qtbot.addWidget(dialog)
    listed, marked = (dialog._records["case_ids"] for dialog in shown)
    assert listed == marked == tuple(sorted(every)) != tuple(every)
    tab.model.close()


def test_a_letter_asks_for_its_unit_where_the_rows_are_of_several(qtbot, demo):
    with demo.workspace.reading() as session:
        every = tuple(session.scalars(select(Finding.id)))
        unit = session.scalars(select(Finding.unit_id).where(Finding.status == Status.RECTIFYING)).first()
    for kind in ("rectification_notice", "reminder"):
        dialog = ExportDocument(demo, kind, {"finding_ids": every}, "列表中的 120 条", None)
        qtbot.addWidget(dialog)
        dialog.compose()
        qtbot.waitUntil(lambda dialog=dialog: "先选择“单位”" in dialog._said.text())
        dialog.form.fill({"unit_ids": [unit]})
        dialog._later.stop()
        dialog.compose()
        qtbot.waitUntil(lambda dialog=dialog: dialog._doing[-1].isEnabled())
        assert len(dialog.wording.paper().addressees) == 1


def test_a_bulletin_of_chosen_rows_does_not_ask_for_units(qtbot, demo):
    dialog = ExportDocument(demo, "findings_bulletin", {"finding_ids": (1, 2)}, "选中的 2 条", None)
    qtbot.addWidget(dialog)
    assert not {"unit_ids", "from_", "until"} & set(dialog.form.cells)


def test_what_is_not_chosen_is_left_to_the_kind_and_remembered_for_it_alone(qtbot, demo):
    def dialog(kind):
        made = ExportDocument(demo, kind, {"finding_ids": (1, 2)}, "选中的 2 条", None)
        qtbot.addWidget(made)
        return made

    first = dialog("self_inspection_report")
    assert first.options().group_by is None
    first._later.stop()
    box = dialog("findings_bulletin")._choices.boxes["group_by"]
    box.setCurrentIndex(box.findData("team"))
    bulletin = box.window()
    bulletin._later.stop()
    assert bulletin.options().group_by == "team"
    assert dialog("findings_bulletin").options().group_by == "team"
    assert dialog("self_inspection_report").options().group_by is None

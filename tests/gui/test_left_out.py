"""What a document leaves out, in the window: told in a line, listed, ticked with a reason, kept with the draft."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from gui.dialogs import left_out
from gui.dialogs.export_document import ExportDocument
from gui.dialogs.export_rows import export_document
from gui.dialogs.left_out import LeftOut, Ticks
from gui.documents.draft_session import Draft
from gui.documents.window import DocumentWindow
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from models.domain.documents.selection import Answer, Trait, judge, row_of
from models.domain.findings.lifecycle import Status
from models.queries.selection.choices import Judged, Selection
from models.records import AccountabilityCase, Document, Finding, Inspection, Party
from models.services import documents, records


@pytest.fixture
def rows(demo):
    """One finding that is in, one the table asks about, one that is out."""
    with demo.workspace.reading() as session:
        own = (Finding.source_level == "县", ~Finding.self_found)
        found = [
            session.scalars(select(Finding.id).where(Finding.status == status, *own)).first()
            for status in (Status.RECTIFYING, Status.SUSPENDED, Status.VOID)
        ]
    assert all(found)
    return tuple(found)


@pytest.fixture
def dialog(qtbot, demo, rows):
    made = ExportDocument(demo, "findings_bulletin", {"finding_ids": rows}, "选中的 3 条", None)
    qtbot.addWidget(made)
    made.compose()
    qtbot.waitUntil(lambda: bool(made._selection.judged))
    return made


def listed(dialog, demo, qtbot):
    shown = LeftOut(demo, dialog._selection, dialog._ticks, "")
    qtbot.addWidget(shown)
    return shown


def said(dialog):
    """The line at the foot: how many are left out, and each reason as a link."""
    links = dialog.left_out.reasons
    return [dialog.left_out.text.text(), *(links.itemAt(n).widget().text() for n in range(links.count()))]


def test_the_dialog_tells_what_it_leaves_out_and_why(qtbot, demo, dialog):
    assert dialog.left_out.isVisibleTo(dialog)
    assert said(dialog) == ["未写入 2 件：", "挂账协调 1 件", "已作废 1 件"]
    shown = listed(dialog, demo, qtbot)
    assert [shown.table.item(n, 2).text() for n in range(2)] == ["正在挂账协调", "已作废"]
    assert shown._box(0) is not None
    assert shown._box(1) is None
    assert shown.table.item(1, 0).text() == "不能写入"


def test_a_tick_wants_a_reason_and_takes_the_record_in(qtbot, demo, dialog, rows, monkeypatch):
    def tick(shown):
        shown.tick_all()
        shown.accept()
        assert not shown.result()
        assert "写入理由" in shown._wrong.text()
        shown.reason.setText("县领导同意")
        shown.accept()
        return shown.result()

    monkeypatch.setattr(LeftOut, "exec", tick)
    dialog.choose_left_out()
    qtbot.waitUntil(lambda: len(dialog._selection.included) == 2)
    assert list(dialog._ticks.reasons.values()) == ["县领导同意"]
    assert said(dialog) == ["未写入 1 件；经勾选写入 1 件：", "已作废 1 件"]
    assert demo.state.get("export.findings_bulletin.reason") == "县领导同意"
    shown = listed(dialog, demo, qtbot)
    assert shown.table.item(0, 0).checkState() is Qt.CheckState.Checked
    shown.table.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    shown.accept()
    assert shown.ticks.reasons == {}


def test_where_nothing_may_be_written_the_reasons_are_still_listed(qtbot, demo, rows):
    made = ExportDocument(demo, "findings_bulletin", {"finding_ids": rows[1:]}, "选中的 2 条", None)
    qtbot.addWidget(made)
    made.compose()
    qtbot.waitUntil(lambda: "未写入 2 件" in made._said.text())
    assert made.left_out.isVisibleTo(made)
    assert not made._doing[-1].isEnabled()


def test_the_records_of_a_list_are_the_selected_the_shown_or_by_days(qtbot, demo, monkeypatch):
    shown = []
    monkeypatch.setattr(ExportDocument, "exec", lambda dialog: (shown.append(dialog), qtbot.addWidget(dialog)))
    tab = RecordTab(demo, page_specs.FINDINGS)
    qtbot.addWidget(tab)
    qtbot.waitUntil(lambda: len(tab.model.all_ids()) > 20)
    some = list(tab.model.all_ids())[:3]
    for selected in (some, some[:1]):
        export_document(demo, "findings_bulletin", tab.shown(), selected, tab)
    names = [[dialog.range.itemText(n) for n in range(dialog.range.count())] for dialog in shown]
    assert [one[0] for one in names] == ["写入选中的 3 条", f"写入筛选出的 {len(tab.model.all_ids())} 条"]
    assert [one[-1] for one in names] == ["按条件", "按条件"]
    dialog = shown[0]
    assert not dialog.form.cells["from_"].isVisibleTo(dialog)
    assert dialog.options().finding_ids == tuple(some)
    dialog.range.setCurrentIndex(dialog.range.count() - 1)
    dialog._later.stop()
    assert dialog.form.cells["from_"].isVisibleTo(dialog)
    assert dialog.options().finding_ids == ()
    tab.model.close()


def test_a_draft_keeps_its_ticks_and_its_window_lists_the_rest(qtbot, demo, rows, monkeypatch):
    from exporters.composing import Options, composed, settled, to_data

    with demo.workspace.reading() as session:
        made = composed(session, "findings_bulletin", options := Options(finding_ids=rows))
    window = DocumentWindow(demo, Draft(demo, made.paper, to_data(settled(options, made.selection))))
    qtbot.addWidget(window, before_close_func=lambda one: setattr(one.draft, "state", "已印发"))
    asked = []

    def decide(_context, kind, selection, ticks, _parent):
        asked.append((kind, [one.verdict.short for one in selection.left_out], ticks.reasons))
        return Ticks({one.uuid: "补充通报" for one in selection.left_out if one.verdict.answer is Answer.ASK})

    monkeypatch.setattr("gui.documents.left_out.ask", decide)
    window.left_button.click()
    qtbot.waitUntil(lambda: "经勾选" not in window._said.text() and "未写入 1 件" in window._said.text())
    assert asked == [("findings_bulletin", ["挂账协调", "已作废"], {})]
    assert list(window.draft.options["ticks"].values()) == ["补充通报"]
    window.save()
    with demo.workspace.reading() as session:
        kept = session.get_one(Document, window.draft.document_id)
        assert list(kept.options["ticks"].values()) == ["补充通报"]
        suspended = session.get_one(Finding, rows[1]).uuid
        assert suspended in str(kept.content)


def test_what_became_out_since_drafting_is_red_before_issue(qtbot, demo, rows):
    from exporters.composing import Options, composed, to_data

    with demo.workspace.reading() as session:
        made = composed(session, "findings_bulletin", options := Options(finding_ids=rows))
    id_ = documents.draft(demo.workspace, made.paper, options=to_data(options)).id
    with demo.workspace.writing("作废") as work:
        work.set(work.get(Finding, rows[0]), status="作废")
    with demo.workspace.reading() as session:
        found = [n for n in documents.check(session, session.get_one(Document, id_)) if n.code == "selection_out"]
    assert [n.severity for n in found] == ["error"]
    assert "已作废，不能写入督查通报" in found[0].sentence
    assert found[0].record.startswith("finding:")


def test_the_dialog_asks_who_approved_and_whom_to_leave_out(qtbot, demo):
    with demo.workspace.reading() as session:
        ids = tuple(session.scalars(select(AccountabilityCase.id).order_by(AccountabilityCase.id)))
    made = ExportDocument(demo, "accountability_bulletin", {"case_ids": ids}, "列表中的 8 条", None)
    qtbot.addWidget(made)
    made.compose()
    qtbot.waitUntil(lambda: bool(made._selection.judged))
    made._ticks = Ticks({"a": "b"}, "方正", ("周平",))
    options = made.options()
    assert (options.ticks, options.approver, options.leave_out) == ({"a": "b"}, "方正", ("周平",))
    assert left_out.LeftOut(demo, made._selection, made._ticks, "").people.text() == "周平"


def test_a_name_to_leave_out_is_one_of_those_that_are_asked_about(qtbot, demo):
    """As the command line refuses one: a name typed wrong would leave nobody out and say nothing."""
    verdict = judge(row_of("accountability_bulletin", "county"), {Trait.UNSETTLED})
    asked = Judged("accountability_case", 1, "甲", "A003 值守缺位", verdict, False, people=("周六", "冯九"))
    shown = LeftOut(demo, Selection((asked,)), Ticks(leave_out=("钱七",)), "")
    qtbot.addWidget(shown)
    for typed, wrong in (("周六、周七", "“周七”"), ("A004:周六", "“A004:周六”"), ("王五", "“王五”")):
        shown.people.setText(typed)
        shown.accept()
        assert not shown.result()
        assert wrong in shown._wrong.text()
        assert "可以不写的：周六、冯九" in shown._wrong.text()
    shown.people.setText("A003:周六，钱七")
    shown.accept()
    assert shown.result()
    assert shown.ticks.leave_out == ("A003:周六", "钱七")


def test_a_reason_in_the_line_leads_to_its_records(qtbot, demo, dialog, monkeypatch):
    shown = []
    monkeypatch.setattr(LeftOut, "exec", lambda one: shown.append(one.table.currentRow()))
    links = dialog.left_out.reasons
    for n in range(links.count()):
        qtbot.mouseClick(links.itemAt(n).widget(), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.left_out.open, Qt.MouseButton.LeftButton)
    assert shown == [0, 1, 0]


def test_each_person_of_whom_nothing_is_known_is_asked_about(qtbot, demo):
    """One is named, one is left out of this paper, one waits: the first is written on the person."""
    with demo.workspace.reading() as session:
        at = session.scalars(select(Inspection.unit_id).where(Inspection.unit_id.is_not(None))).first()
    unit = {"unit_id": at, "duty": "直接责任", "post": "干部"}
    case = records.create(demo.workspace, AccountabilityCase, {"fact": "值守缺位", "stage": "决定", "unit_id": at}).id
    for name in ("周六", "冯九", "陈十"):
        records.create(demo.workspace, Party, {"case_id": case, "name": name, **unit})
    made = ExportDocument(demo, "accountability_bulletin", {"case_ids": (case,)}, "选中的 1 条", None)
    qtbot.addWidget(made)
    made.compose()
    qtbot.waitUntil(lambda: bool(made._selection.judged))
    shown = listed(made, demo, qtbot)
    assert [one.party.name for one in shown.mentions.asked] == ["周六", "冯九", "陈十"]
    assert shown.mentions.isVisibleTo(shown)
    first, second, _ = shown.mentions.asked
    first.box.setCurrentText("点名通报")
    second.box.setCurrentText("这次不写入")
    shown.accept()
    assert shown.ticks.leave_out == (f"{first.case}:冯九",)
    with demo.workspace.reading() as session:
        told = dict(session.execute(select(Party.name, Party.mention).where(Party.case_id == case)).tuples().all())
    assert told == {"周六": "点名通报", "冯九": "", "陈十": ""}


def test_a_problem_without_an_inspection_is_put_into_that_of_its_day(qtbot, demo):
    with demo.workspace.reading() as session:
        trip = session.scalars(
            select(Inspection).where(Inspection.unit_id.is_not(None)).order_by(Inspection.id)
        ).first()
        alone = {"fact": "消防通道堵塞", "unit_id": trip.unit_id, "found_on": trip.starts_on, "kind": "其他"}
    id_ = records.create(demo.workspace, Finding, {**alone, "source_level": "县", "status": "已交办"}).id
    made = ExportDocument(demo, "inspection_report", {"inspection_ids": (trip.id,)}, "选中的 1 条", None)
    qtbot.addWidget(made)
    made.compose()
    qtbot.waitUntil(lambda: any(one.id == id_ for one in made._selection.left_out))
    shown = listed(made, demo, qtbot)
    assert shown.attach.isVisibleTo(shown)
    shown.table.setCurrentCell(next(at for at, one in enumerate(shown._rows) if one.id == id_), 1)
    shown.attach_record()
    assert "已归入督查活动" in shown._wrong.text()
    with demo.workspace.reading() as session:
        assert session.get_one(Finding, id_).inspection_id == trip.id


def test_before_the_first_bulletin_the_last_inspections_are_proposed(qtbot, demo, monkeypatch):
    shown = []
    monkeypatch.setattr(ExportDocument, "exec", lambda dialog: (shown.append(dialog), qtbot.addWidget(dialog)))
    tab = RecordTab(demo, page_specs.FINDINGS)
    qtbot.addWidget(tab)
    qtbot.waitUntil(lambda: len(tab.model.all_ids()) > 20)
    with demo.workspace.writing("作废") as work:
        for paper in work.session.scalars(select(Document).where(Document.kind == "findings_bulletin")):
            work.set(work.get(Document, paper.id), state="作废")
    some = list(tab.model.all_ids())[:2]
    for selected in (some, []):
        export_document(demo, "findings_bulletin", tab.shown(), selected, tab)
    names = [[dialog.range.itemText(n)[:7] for n in range(dialog.range.count())] for dialog in shown]
    assert names == [
        ["写入选中的 2", "写入最近一轮督", "写入筛选出的 ", "按条件"],
        ["写入最近一轮督", "写入筛选出的 ", "按条件"],
    ]
    assert shown[1].options().inspection_ids
    assert not shown[1].options().finding_ids
    tab.model.close()

"""A document beside its pages: edited, taken back, checked, issued, exported, printed."""

import docx
import pymupdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from sqlalchemy import select

from exporters.composing import Options, compose
from exporters.pages import lay_out
from gui.dialogs.export_done import Finished
from gui.documents import printing
from gui.documents.block_list import place_of
from gui.documents.draft_session import Draft
from gui.documents.issuing import IssueDialog
from gui.documents.window import DocumentWindow, open_document
from models.paper.elements import Paragraph
from models.records import AccountabilityCase, Document
from models.services import documents, records


@pytest.fixture
def window(qtbot, demo):
    with demo.workspace.reading() as session:
        paper = compose(session, "accountability_bulletin", Options())
    shown = DocumentWindow(demo, Draft(demo, paper, {}))
    qtbot.addWidget(shown, before_close_func=let_go)
    with qtbot.waitSignal(shown.draft.laidOut):
        shown.show()
    return shown


def let_go(shown):
    """Close without a question."""
    shown.draft.state = "已印发"


def typed(qtbot, window, part, text):
    window.parts.choose(part)
    window.parts.text.selectAll()
    with qtbot.waitSignal(window.draft.laidOut):
        qtbot.keyClicks(window.parts.text, text)


def test_typing_changes_the_pages_at_once(qtbot, window):
    typed(qtbot, window, "blocks.0", "Notice 7.")
    assert window.draft.paper.blocks[0].text == "Notice 7."
    lines = [line.text for page in window._layout.pages for line in page.lines]
    assert any("Notice 7." in line for line in lines)
    assert window.draft.dirty


def test_typing_in_one_place_is_one_step_to_take_back(qtbot, window):
    before = window.draft.paper
    typed(qtbot, window, "blocks.0", "abc")
    assert window.draft.undo() == "修改文字"
    assert window.draft.paper == before
    window.draft.redo()
    assert window.draft.paper.blocks[0].text == "abc"
    assert window.draft.undo()
    assert window.draft.undo() == ""


def test_items_are_moved_added_and_dropped_and_numbers_follow(qtbot, window):
    headed = [i for i, b in enumerate(window.draft.paper.blocks) if isinstance(b, Paragraph) and b.level == 1]
    first, second = window.draft.paper.blocks[headed[0]], window.draft.paper.blocks[headed[1]]
    window.parts.choose(f"blocks.{headed[0]}")
    window.parts._move(1)
    assert window.draft.paper.blocks[headed[0]].heading == second.heading
    assert window.parts.part == f"blocks.{headed[0] + 1}"
    window.parts._drop()
    assert first.heading not in [getattr(b, "heading", "") for b in window.draft.paper.blocks]
    count = len(window.draft.paper.blocks)
    window.parts._add()
    assert len(window.draft.paper.blocks) == count + 1
    assert window.parts.list.item(headed[0] + 2).text().startswith("一、")


def test_the_counts_follow_an_item_that_is_dropped(qtbot, window):
    headed = [i for i, b in enumerate(window.draft.paper.blocks) if isinstance(b, Paragraph) and b.level == 1]
    assert "关于2起" in window.draft.paper.title
    window.parts.choose(f"blocks.{headed[0]}")
    window.parts._drop()
    assert "关于一起" in window.draft.paper.title
    assert window._said.text() == "已随之改数：案件数由2改为一。"
    window.draft.undo()
    assert "关于2起" in window.draft.paper.title


def test_a_click_on_a_page_chooses_its_part(qtbot, window):
    index, region = window._layout.find("blocks.1")[0]
    view = window.pages
    view.select("blocks.1")
    top = view._page_top(index) + (region.y + region.height / 2) * view._scale - view.verticalScrollBar().value()
    place = QPointF(view._page_left(index) + region.x * view._scale + 20, top)
    assert view.part_at(place) == "blocks.1"
    window.parts.choose("title")
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(place.x()), int(place.y())))
    assert window.parts.part == "blocks.1"


def test_header_fields_reach_the_paper(qtbot, window):
    window.head.form.fill({"number": "云防指办〔2026〕9号", "signers": "陈志远、周敏"})
    window.head._take()
    assert window.draft.paper.header.number == "云防指办〔2026〕9号"
    assert window.draft.paper.header.signers == ("陈志远", "周敏")


def differing(qtbot, window, demo):
    """A case edited by hand whose record changed since; its place among the blocks."""
    at = next(i for i, b in enumerate(window.draft.paper.blocks) if isinstance(b, Paragraph) and b.level == 1)
    uuid = window.draft.paper.blocks[at].origin.records[0].partition(":")[2]
    typed(qtbot, window, f"blocks.{at}", "By hand.")
    with demo.workspace.reading() as session:
        case = session.scalars(select(AccountabilityCase).where(AccountabilityCase.uuid == uuid)).one()
    records.update(demo.workspace, AccountabilityCase, case.id, case.version, {"fact": "事实另有更正。"})
    return at


def test_hand_edits_survive_new_records_and_are_named(qtbot, window, demo):
    at = differing(qtbot, window, demo)
    found = []
    window.draft.recompose(lambda mismatches, _selection: found.extend(mismatches), pytest.fail)
    qtbot.waitUntil(lambda: bool(found))
    assert window.draft.paper.blocks[at].text == "By hand."
    assert "手工改过" in found[0].sentence
    window.draft.accept(found[0])
    assert window.draft.mismatches == ()


def test_settling_the_last_difference_leaves_nothing_to_press(qtbot, window, demo):
    at = differing(qtbot, window, demo)
    window.recompose()
    qtbot.waitUntil(lambda: window.notices.list.count() == 1)
    window.tabs.setCurrentWidget(window.notices)
    window.notices.list.setCurrentRow(0)
    assert window.notices._take.isVisible()
    window.notices._take.click()
    assert "事实另有更正" in window.draft.paper.blocks[at].text
    assert window.notices._said.text() == "没有发现问题。"
    assert not any(one.isVisible() for one in (window.notices._record, window.notices._keep, window.notices._take))


def test_save_check_issue_and_open_again(qtbot, window, demo, monkeypatch):
    assert window.save()
    assert not window.draft.dirty
    window.check()
    assert window.tabs.currentWidget() is window.notices
    assert window.notices._said.text() == "没有发现问题。"
    monkeypatch.setattr(QDialog, "exec", lambda dialog: dialog.issue() if isinstance(dialog, IssueDialog) else 0)
    window.issue()
    assert window.draft.state == "已印发"
    assert window.draft.read_only
    with demo.workspace.reading() as session:
        document = session.get(Document, window.draft.document_id)
        cases = session.scalars(select(AccountabilityCase).where(AccountabilityCase.publicised)).all()
    assert document.number.endswith("号")
    assert document.hashes["content"]
    assert cases
    again = open_document(demo, document.id, None)
    qtbot.addWidget(again)
    assert again.draft.paper == documents.paper_of(document)
    before = again.draft.paper
    again.draft.edit("文字 title", before)
    assert again.draft.paper == before


@pytest.mark.parametrize("public", [False, True])
def test_an_export_holds_the_text_and_its_hash_is_kept(qtbot, window, demo, monkeypatch, tmp_path, public):
    monkeypatch.setattr(QDialog, "exec", lambda dialog: dialog.issue() if isinstance(dialog, IssueDialog) else 0)
    monkeypatch.setattr(Finished, "exec", lambda _self: 0)
    window.save()
    window.issue()
    target = tmp_path / "通报 7号.docx"
    window.draft.look_at(public=public)
    window.write(target)
    qtbot.waitUntil(lambda: "已导出" in window._said.text())
    text = "\n".join(p.text for p in docx.Document(target).paragraphs)
    assert window.draft.paper.blocks[-1].text[:12] in text
    with demo.workspace.reading() as session:
        document = session.get(Document, window.draft.document_id)
    assert target.name in str(document.hashes)
    assert [file["public"] for file in document.hashes["files"].values()] == [public]


def test_several_documents_print_each_from_a_front_side(qapp, demo, tmp_path):
    with demo.workspace.reading() as session:
        layouts = [lay_out(compose(session, kind, Options())) for kind in ("accountability_bulletin", "period_summary")]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printing.prepare(printer)
    pages = [len(layout.pages) for layout in layouts]
    blank = pages[0] % 2 if printer.duplex() != QPrinter.DuplexMode.DuplexNone else 0
    assert printing.paint(printer, layouts) == sum(pages) + blank
    assert (tmp_path / "打印.pdf").stat().st_size > 1000


def printer_to(target) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printing.prepare(printer)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    return printer


def test_a_range_of_pages_and_several_copies_are_printed(qapp, demo, tmp_path):
    with demo.workspace.reading() as session:
        layout = lay_out(compose(session, "accountability_bulletin", Options()))
    total = len(layout.pages)
    printer = printer_to(tmp_path / "全部.pdf")
    printer.setCopyCount(2)
    assert printing.paint(printer, [layout]) == (total if printer.supportsMultipleCopies() else total * 2)
    printer = printer_to(tmp_path / "一部分.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert printing.paint(printer, [layout, layout]) == 1
    text = pymupdf.open(tmp_path / "一部分.pdf")[0].get_text().replace("\n", "")
    assert "2" in text[-8:]


def test_a_document_without_text_says_so(demo):
    said = []
    demo.status = said.append
    with demo.workspace.reading() as session:
        bare = session.scalars(select(Document.id).where(Document.content.is_(None))).first()
    assert open_document(demo, bare, None) is None
    assert "没有正文" in said[0]


@pytest.mark.parametrize(("part", "place"), [("blocks.3", (None, 3)), ("annexes.1.blocks.2", (1, 2)), ("title", None)])
def test_parts_name_blocks(part, place):
    assert place_of(part) == place


def test_what_the_check_found_is_marked_where_it_stands_after_an_edit(qtbot, window):
    at = next(i for i, b in enumerate(window.draft.paper.blocks) if isinstance(b, Paragraph) and b.level == 1)
    typed(qtbot, window, f"blocks.{at}", "XXXX")
    window.check()
    sentence = window.pages._notices[f"blocks.{at}"]
    assert "还没有填写" in sentence
    window.parts.choose("title")
    with qtbot.waitSignal(window.draft.laidOut):
        window.parts._add()
    assert window.pages._notices[f"blocks.{at + 1}"] == sentence


def test_a_draft_without_a_number_is_not_told_so_before_it_is_issued(window):
    assert window.draft.paper.header.number == ""
    window.check()
    assert "number_missing" in [notice.code for notice in window.draft.notices()]
    assert window.notices.list.count() == 0

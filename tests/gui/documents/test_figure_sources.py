"""From where? A click on a number lists its records; an old paper says it does not know."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from exporters.composing import Options, compose
from gui.documents.draft_session import Draft
from gui.documents.figure_sources import FigureSources
from gui.documents.window import DocumentWindow
from models.paper.editing import text_of


@pytest.fixture
def window(qtbot, demo):
    with demo.workspace.reading() as session:
        paper = compose(session, "findings_bulletin", Options(include=True))
    shown = DocumentWindow(demo, Draft(demo, paper, {}))
    qtbot.addWidget(shown, before_close_func=lambda w: setattr(w.draft, "state", "已印发"))
    with qtbot.waitSignal(shown.draft.laidOut):
        shown.show()
    return shown


@pytest.fixture
def asked(monkeypatch):
    found = []
    monkeypatch.setattr(
        "gui.documents.window.show_sources", lambda _context, _paper, figure, _parent: found.append(figure)
    )
    return found


def place_of(window, figure):
    """Where a number of the lead stands in the view."""
    for page in window._layout.pages:
        for line in page.lines:
            at = line.text.find(figure.shown)
            if line.part == "blocks.0" and at >= 0 and line.start <= figure.at < line.start + len(line.text):
                at = figure.at - line.start
                wide = [2 if c >= "\u2e80" else 1 for c in line.text]
                x = line.x + line.width * (sum(wide[:at]) + 0.5) / sum(wide)
                view = window.pages
                y = view._page_top(page.index) + (line.baseline - 3) * view._scale - view.verticalScrollBar().value()
                return QPointF(view._page_left(page.index) + x * view._scale, y)
    raise AssertionError(figure)


def test_a_click_on_a_number_in_the_pages_asks_for_its_records(qtbot, window, asked):
    lead = next(f for f in window.draft.paper.figures if (f.name, f.key) == ("问题数", "lead:1"))
    at = place_of(window, lead)
    assert window.pages.figure_at(at) == lead
    qtbot.mouseClick(window.pages.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(at.x()), int(at.y())))
    assert asked == [lead]
    assert window.pages.figure_at(QPointF(at.x() + 60, at.y())) is None


def test_ctrl_and_a_click_in_the_text_asks_too(qtbot, window, asked):
    window.parts.choose("blocks.0")
    field = window.parts.text
    lead = next(f for f in window.draft.paper.figures if (f.name, f.key) == ("问题数", "lead:1"))
    cursor = field.textCursor()
    cursor.setPosition(lead.at)
    spot = field.cursorRect(cursor).center() + QPoint(2, 0)
    qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, spot)
    assert asked == [lead]
    qtbot.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    assert len(asked) == 1


def test_the_records_of_a_number_come_to_it(qtbot, window):
    paper = window.draft.paper
    lead = next(f for f in paper.figures if (f.name, f.key) == ("问题数", "lead:1"))
    dialog = FigureSources(window.context, paper, lead, window)
    qtbot.addWidget(dialog)
    rows = range(dialog.records.rowCount())
    assert sum(int(dialog.records.item(row, 1).text()) for row in rows) == lead.value
    assert {dialog.records.item(row, 0).text() for row in rows} == {"问题"}
    assert dialog.said.text() == f"问题数{lead.value}：来自下列{len(lead.records)}条记录。双击打开记录。"
    assert dialog.numbers.rowCount() == len(paper.figures)


def test_a_number_typed_over_says_what_it_was(qtbot, window):
    lead = next(f for f in window.draft.paper.figures if (f.name, f.key) == ("问题数", "lead:1"))
    window.parts.choose("blocks.0")
    text = text_of(window.draft.paper.blocks[0])
    window.parts.text.setPlainText(text[: lead.at] + "99" + text[lead.at + len(lead.shown) :])
    dialog = FigureSources(window.context, window.draft.paper, lead, window)
    qtbot.addWidget(dialog)
    assert dialog.said.text().startswith(f"问题数99（手工改过，生成时为{lead.value}）")


def test_a_paper_of_before_says_that_it_does_not_know(qtbot, window):
    old = msgspec.structs.replace(window.draft.paper, figures=(), counted=())
    dialog = FigureSources(window.context, old, None, window)
    qtbot.addWidget(dialog)
    assert dialog.said.text().startswith("旧稿无出处")

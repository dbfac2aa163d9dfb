"""A document so long that its pages come in slices: keys come in between, and nothing old is printed."""

import msgspec
import pytest
from PySide6.QtCore import Qt

from exporters.pages import lay_out
from gui.documents import draft_session as drafting
from gui.documents import printing
from gui.documents.draft_session import Draft
from gui.documents.window import DocumentWindow
from models.paper.elements import Annex, Column, Paper, Paragraph, Table

COLUMNS = tuple(Column(title) for title in ("序号", "属地", "点位", "问题", "时限"))
ROWS = tuple((str(n), "青石镇", f"第{n}处", "入口处无人值守，扫码测温落实不到位", "3月12日") for n in range(300))


@pytest.fixture
def window(qtbot, demo, monkeypatch):
    """A window whose slices are one page each."""
    monkeypatch.setattr(drafting, "SLICE", 0.0)
    paper = Paper(
        kind="findings_bulletin",
        title="关于督查情况的通报",
        blocks=tuple(Paragraph(text=f"第{n}处值班人员脱岗。" * 12) for n in range(60)),
        annexes=(Annex("问题清单", (Table(COLUMNS, ROWS),)),),
    )
    shown = DocumentWindow(demo, Draft(demo, paper, {}))
    qtbot.addWidget(shown, before_close_func=lambda one: setattr(one.draft, "state", "已印发"))
    with qtbot.waitSignal(shown.draft.laidOut):
        shown.show()
    return shown


def shown_text(window):
    return "".join(line.text for page in window._layout.pages for line in page.lines)


def test_the_pages_come_whole_after_many_slices(window):
    assert window._layout.pages == lay_out(window.draft.paper, window.draft.photo).pages
    assert len(window._layout.pages) > 20
    assert not window.draft.waits


def test_a_key_between_two_slices_begins_anew_and_is_shown(qtbot, window):
    window.parts.choose("blocks.30")
    window.draft.lay_out()
    assert window.draft.waits
    qtbot.keyClick(window.parts.text, Qt.Key.Key_A)
    with qtbot.waitSignal(window.draft.laidOut, check_params_cb=lambda layout: layout.paper == window.draft.paper):
        assert window.draft.waits
    assert "a第30处" in shown_text(window)


def test_what_was_typed_last_is_printed(qtbot, window, monkeypatch):
    printed = []
    monkeypatch.setattr(printing, "print_layouts", lambda layouts, *_: printed.extend(layouts))
    window.parts.choose("blocks.0")
    qtbot.keyClick(window.parts.text, Qt.Key.Key_B)
    window.print_()
    assert printed[0].paper == window.draft.paper


def test_a_cell_of_a_long_table_is_typed_in_and_shown(qtbot, window):
    window.parts.choose("annexes.0.blocks.0")
    window.parts.grid.choose(299, 3)
    with qtbot.waitSignal(window.draft.laidOut):
        qtbot.keyClicks(window.parts.grid.bar, "zz")
    assert "zz" in shown_text(window)[-60:]
    table = window.draft.paper.annexes[0].blocks[0]
    assert msgspec.structs.replace(table, rows=ROWS) == Table(COLUMNS, ROWS)


def test_missing_fonts_and_rare_characters_are_named_at_rest(qtbot, window):
    window.parts.choose("blocks.0")
    window.parts.text.setPlainText("㐂䶮")
    expected = lay_out(window.draft.paper)
    rare = "".join(expected.missing_characters)[:8]
    qtbot.waitUntil(lambda: window._layout.paper == window.draft.paper and not window._resting.isActive())
    assert rare in window._fonts.text()
    assert all(name in window._fonts.toolTip() for name in expected.missing_fonts)

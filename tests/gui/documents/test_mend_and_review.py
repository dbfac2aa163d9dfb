"""The check list puts right what is mechanical; a paper of another office is listed and marked in a copy."""

import docx
import pytest
from sqlalchemy import select

from exporters.composing import Options, compose
from exporters.docx.writer import write_docx
from gui.dialogs import review as reviewing
from gui.dialogs.export_done import Finished
from gui.documents.draft_session import Draft
from gui.documents.window import DocumentWindow
from models.paper import editing
from models.records import Office
from models.text_files import review as reader
from models.text_files.parts import parts_of
from tests.check_examples import paper


@pytest.fixture
def window(qtbot, demo):
    with demo.workspace.reading() as session:
        made = compose(session, "accountability_bulletin", Options())
    shown = DocumentWindow(demo, Draft(demo, made, {}))
    qtbot.addWidget(shown, before_close_func=lambda one: setattr(one.draft, "state", "已印发"))
    with qtbot.waitSignal(shown.draft.laidOut):
        shown.show()
    return shown


def line(window, part):
    """The notices with that in their sentence, by their row."""
    rows = range(window.notices.list.count())
    return [n for n in rows if part in window.notices.list.item(n).text()]


def test_a_mend_is_one_step_and_takes_its_line_away(window):
    before = window.draft.paper.blocks[0].text
    window.draft.edit("修改文字", editing.replace_text(window.draft.paper, 0, before + "请统一布署，。"), "blocks.0")
    window.check()
    (row,) = line(window, "疑为")
    window.notices.list.setCurrentRow(row)
    assert window.notices._mend.text() == "改正：改为“部署”"
    window.notices._mend.click()
    assert window.draft.paper.blocks[0].text == before + "请统一部署，。"
    assert line(window, "疑为") == []
    assert len(line(window, "连用了标点")) == 1
    assert window.draft.undo() == "改正"
    assert "布署" in window.draft.paper.blocks[0].text


def test_an_addressee_nobody_knows_is_known_from_then_on(window, demo):
    window.draft.edit("改主送", editing.with_fields(window.draft.paper, {"addressees": ("县搬迁办",)}), "addressees")
    window.check()
    (row,) = line(window, "县搬迁办")
    window.notices.list.setCurrentRow(row)
    assert window.notices._mend.text() == "加入常用主送"
    window.notices._mend.click()
    assert line(window, "县搬迁办") == []
    with demo.workspace.reading() as session:
        assert session.scalars(select(Office.known_addressees)).one() == "县搬迁办"


def test_a_notice_says_what_it_rests_on(window):
    window.draft.edit("改标题", editing.with_fields(window.draft.paper, {"title": "关于通报的通报。"}), "title")
    window.check()
    (row,) = line(window, "末尾不用标点")
    assert "GB/T 9704" in window.notices.list.item(row).toolTip()


@pytest.fixture
def file(tmp_path):
    write_docx(paper("XX镇未登记。", "各单位要统一布署。"), tmp_path / "来文.docx")
    return tmp_path / "来文.docx"


def test_a_paper_of_others_is_listed_with_its_places(qtbot, demo, file):
    dialog = reviewing.ReviewDialog(demo, reader.of_parts(parts_of(file)), file)
    qtbot.addWidget(dialog)
    cells = [[dialog.table.item(row, n).text() for n in range(3)] for row in range(dialog.table.rowCount())]
    assert cells == [
        ["须改正", "正文第2段“XX镇未登记。”", "“XX镇未登记。”里的“XX”还没有填写。"],
        ["请核对", "正文第3段“各单位要统一布署。”", "“布署”疑为“部署”，请核对。"],
    ]
    assert "XX镇未登记。" in dialog.words.toPlainText()


def test_the_marked_copy_stands_beside_the_file(qtbot, demo, file, monkeypatch):
    dialog = reviewing.ReviewDialog(demo, reader.of_parts(parts_of(file)), file)
    qtbot.addWidget(dialog)
    asked = []

    def ask(_parent, _title, proposed, *_):
        asked.append(proposed)
        return proposed

    monkeypatch.setattr(reviewing, "ask_file", ask)
    monkeypatch.setattr(Finished, "exec", lambda _dialog: 0)
    before = file.read_bytes()
    dialog.save.click()
    assert asked == [file.with_name("来文（批注）.docx")]
    assert len(list(docx.Document(str(asked[0])).comments)) == 2
    assert file.read_bytes() == before


def test_it_is_read_in_the_background_and_shown(qtbot, demo, file, monkeypatch):
    shown = []
    monkeypatch.setattr(reviewing.ReviewDialog, "exec", lambda dialog: shown.append(dialog.table.rowCount()))
    reviewing.show(demo, file, None)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [2]

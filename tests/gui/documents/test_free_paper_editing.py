"""A figure of the records is put into a free paper at the cursor, and its source is found by a click."""

import datetime as dt

import pytest

from exporters.composing import Options, compose, to_data
from gui.documents import block_editor
from gui.documents.draft_session import Draft
from gui.documents.figure_clicks import figure_in_text
from gui.documents.figure_picker import FigurePicker
from gui.documents.window import DocumentWindow
from models.queries.figures import statistics


@pytest.fixture
def window(qtbot, demo):
    options = Options(title="关于督查情况的通知", text="目前发现问题个。")
    with demo.workspace.reading() as session:
        paper = compose(session, "free_paper", options)
    made = DocumentWindow(demo, Draft(demo, paper, to_data(options)))
    qtbot.addWidget(made, before_close_func=lambda shown: setattr(shown.draft, "state", "已印发"))
    return made


def test_the_figures_are_those_of_the_statistics(qtbot, demo) -> None:
    picker = FigurePicker(demo)
    qtbot.addWidget(picker)
    with demo.workspace.reading() as session:
        total = statistics.summary(session, demo.workspace.today)
    told = {one.name: one for one in picker.figures}
    assert told["问题数"].value == total.problems
    assert sum(weight for _, weight in told["问题数"].sources) == total.problems
    picker.form.fill({"from_": dt.date(2026, 10, 1), "until": dt.date(2026, 9, 1)})
    picker.count()
    assert "早于" in picker._wrong.text()
    assert picker.figures == ()


def test_it_is_put_in_at_the_cursor_and_knows_its_source(qtbot, demo, window, monkeypatch) -> None:
    picker = FigurePicker(demo)
    qtbot.addWidget(picker)
    problems = next(one for one in picker.figures if one.name == "问题数")
    monkeypatch.setattr(block_editor, "ask_figure", lambda *_given: problems)
    window.show()
    window.parts.choose("blocks.0")
    cursor = window.parts.text.textCursor()
    cursor.setPosition(len("目前发现问题"))
    window.parts.text.setTextCursor(cursor)
    window.parts._add_figure()
    assert window.draft.paper.blocks[0].text == f"目前发现问题{problems.shown}个。"
    figure = figure_in_text(window.draft.paper, "blocks.0", len("目前发现问题1"))
    assert figure is not None
    assert figure.value == problems.value
    assert len(figure.records) == len(problems.sources)
    assert window.save()
    window.undo()
    assert window.draft.paper.blocks[0].text == "目前发现问题个。"


def test_without_a_paragraph_it_says_where(window, demo, monkeypatch) -> None:
    said = []
    monkeypatch.setattr(demo, "status", said.append)
    window.parts.choose("title")
    window.parts._add_figure()
    assert said == ["请先选中一段正文，再插入数字。"]


def test_enter_begins_another_paragraph_and_one_step_takes_it_back(qtbot, window) -> None:
    window.show()
    window.parts.choose("blocks.0")
    window.parts.text.setFocus()
    cursor = window.parts.text.textCursor()
    cursor.setPosition(len("目前"))
    window.parts.text.setTextCursor(cursor)
    window.parts.text.insertPlainText("如下。\n一、总体情况\n")
    texts = [block.heading + block.text for block in window.draft.paper.blocks]
    assert texts[:3] == ["目前如下。", "总体情况", "发现问题个。"]
    assert window.parts.part == "blocks.2"
    assert window.draft.undo() == "分段"
    assert window.draft.paper.blocks[0].text == "目前发现问题个。"

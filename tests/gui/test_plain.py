"""Every text from outside is shown letter by letter: no picture, no link, no bold type of a stranger's."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QApplication, QLabel, QListWidgetItem, QMessageBox, QWidget
from test_drops import earlier, everything  # noqa: F401 - every window at once

from gui.core import error_reporting
from gui.core.plain_text import PLAIN, Label, MessageBox, set_tip, starred, tip_text
from gui.shell.page_tabs import FINDINGS
from models.errors import Refusal
from models.records import Finding
from models.services import records

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = "<img src='file:///x.png'><b>粗</b>&lt;"
SOURCES = sorted(path for path in (ROOT / "gui").rglob("*.py") if path.name != "plain_text.py")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_is_made_past_the_helper(path):
    """Labels, message boxes and tool tips are made in gui/core/plain_text.py only; HTML in the manual and about."""
    text, strays = path.read_text("utf-8"), []
    assert "ToolTipRole" not in text or "tip_text" in text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            strays += [f"{node.lineno}: {called}"] * (
                called in ("QLabel", "QMessageBox", "QErrorMessage", "QToolTip.showText")
                or (called.endswith((".setToolTip", ".setWhatsThis", ".setTextFormat", ".setInformativeText"))
                and not called.endswith("box.setInformativeText"))
                or (called.endswith(".setHtml") and path.stem not in ("manual", "about"))
                or (called.startswith("QMessageBox.") and called.split(".")[1] in ("about", "warning", "question"))
            )  # fmt: skip
        if isinstance(node, ast.ClassDef):
            strays += [
                f"{node.lineno}: {node.name}" for base in node.bases if ast.unparse(base) in ("QLabel", "QMessageBox")
            ]
    assert strays == []


def test_every_label_of_every_window_is_plain(everything, window):  # noqa: F811 - the fixture
    every = [one for one in QApplication.allWidgets() if isinstance(one, QLabel)]
    labels = [one for one in every if type(one) is not QLabel]
    bare = [one for one in every if type(one) is QLabel and "<" in one.text()]
    assert len(labels) > 100
    star = "<span style='color:#C00000'>*</span> "
    rich = [one.text() for one in labels if one.textFormat() != PLAIN]
    assert [text for text in rich if "<" in text.removeprefix(star)] == []
    assert all(text.startswith(star) for text in rich)
    assert [one.text() for one in labels if one.textFormat() == PLAIN and "<span" in one.text()] == []
    assert bare == []


def test_a_message_box_is_plain_in_all_its_parts(qtbot):
    box = MessageBox(None, QMessageBox.Icon.Warning, HOSTILE, HOSTILE)
    qtbot.addWidget(box)
    texts = [one for one in box.findChildren(QLabel) if one.text()]
    assert [one.text() for one in texts] == [HOSTILE, HOSTILE]
    assert all(one.textFormat() == PLAIN and not one.openExternalLinks() for one in texts)


def test_a_refusal_with_a_strangers_name_is_plain(qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: seen.extend(box.findChildren(QLabel)))
    kept = []
    monkeypatch.setattr(error_reporting, "MessageBox", lambda *given: kept.append(MessageBox(*given)) or kept[-1])
    error_reporting.refuse(Refusal(f"“{HOSTILE}”不是本县的单位。"))
    error_reporting.ask(None, HOSTILE, "打开", detail=HOSTILE)
    shown = [one for box in kept for one in box.findChildren(QLabel) if HOSTILE in one.text()]
    assert len(shown) == 3
    assert all(one.textFormat() == PLAIN for one in shown)


@pytest.mark.parametrize("make", [QWidget, QListWidgetItem, QStandardItem])
def test_a_tool_tip_is_shown_letter_by_letter(qtbot, make):
    made = make()
    set_tip(made, HOSTILE)
    assert "<img" not in made.toolTip()
    assert "&lt;img" in made.toolTip()
    assert "&amp;lt;" in made.toolTip()
    set_tip(made, "平常的话 & 符号")
    assert made.toolTip() == "平常的话 & 符号"
    assert tip_text("a\nb") == "a\nb"


def test_a_cell_of_a_list_is_told_letter_by_letter(window, demo, qtbot):
    records.update(demo.workspace, Finding, 1, None, {"fact": HOSTILE})
    window.tabs.setCurrentIndex(FINDINGS)
    qtbot.rest(demo)
    model = window.front().model
    place = model.place_of(1)
    told = [model.data(model.index(place, n), Qt.ItemDataRole.ToolTipRole) for n in range(model.columnCount())]
    assert any("&lt;img" in (one or "") for one in told)
    assert not any("<img" in (one or "") for one in told)


def test_the_star_of_a_field_is_the_only_thing_coloured(qtbot):
    made = starred(HOSTILE)
    qtbot.addWidget(made)
    assert "<img" not in made.text()
    assert "&lt;img" in made.text()


def test_a_label_is_plain_from_the_start(qtbot):
    made = Label(HOSTILE)
    qtbot.addWidget(made)
    small = Label("x")
    qtbot.addWidget(small)
    assert made.textFormat() == PLAIN
    assert made.sizeHint().width() > small.sizeHint().width()

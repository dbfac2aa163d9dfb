import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from gui.core import icons, theme
from models.domain.cases.stages import Stage
from models.domain.catalogs import resources
from models.domain.findings.lifecycle import Status


def test_every_name_in_the_style_sheet_is_filled_in():
    assert "$" not in theme.style_sheet()


def test_every_status_has_a_mark_of_its_own(qtbot):
    marks = [icons.MARKS[status] for status in Status if status is not Status.REVOKED]
    assert len(set(marks)) == len(marks)
    assert all(stage in icons.MARKS for stage in Stage)


@pytest.mark.parametrize("name", icons.MARKS)
def test_every_mark_is_drawn(qtbot, name):
    picture = icons.mark(name).toImage()
    inked = {picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height())}
    assert max(inked) == 255


def test_icons_are_drawn_in_the_wanted_colour(qtbot):
    picture = icons.picture("plus", theme.ACCENT, 24).toImage()
    assert QColor(theme.ACCENT).name() in {picture.pixelColor(12, y).name() for y in range(24)}


def test_every_icon_that_is_asked_for_is_there_and_no_other():
    style = [*(resources() / "style").glob("*.qss"), *Path(theme.__file__).parents[1].rglob("*.py")]
    text = "\n".join(file.read_text("utf-8") for file in style)
    asked = set(re.findall(r'(?:icon|picture)\("([a-z0-9-]+)"', text))
    assert asked
    assert [name for name in asked if not icons.icon_path(name).is_file()] == []
    shipped = [file.stem for file in (resources() / "icons").glob("*.svg")]
    assert [name for name in shipped if not re.search(rf'["/]{name}(?:\.svg|")', text)] == []


def test_standard_buttons_are_chinese(qtbot, qapp):
    from PySide6.QtWidgets import QDialogButtonBox

    theme.install(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.buttons()[0].text()

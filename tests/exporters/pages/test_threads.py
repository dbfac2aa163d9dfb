"""Laying out and painting in any thread, also one after another's end."""

import threading

import pytest

from exporters.pages import lay_out, page_image, write_pdf
from models.errors import Refusal
from models.paper.elements import Fonts, Paper, Paragraph


def test_each_thread_has_its_own_fonts(qapp, tmp_path):
    paper = Paper(format="plain", title="关于喆的情况", blocks=(Paragraph("经查，情况属实。" * 40),))
    faults = []

    def work(number):
        try:
            page_image(lay_out(paper), 0)
            write_pdf(paper, tmp_path / f"{number}.pdf")
        except BaseException as error:
            faults.append(error)

    for number in range(4):
        page_image(lay_out(paper), 0)
        thread = threading.Thread(target=work, args=(number,))
        thread.start()
        thread.join()
    assert faults == []
    assert page_image(lay_out(paper), 0).width() > 0


def test_a_computer_without_fonts_is_told(qapp, monkeypatch):
    from PySide6.QtGui import QFontDatabase

    from exporters.pages.fonts import FontBook

    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    with pytest.raises(Refusal, match="没有任何字体"):
        FontBook(Fonts())

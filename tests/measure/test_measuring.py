"""The measuring tool finds what is wrong, and nothing on a page as the standard asks; by our own PDF, without Word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exporters.docx.writer import write_docx
from exporters.pages import write_pdf
from models.paper.elements import Annex, Fonts, Paper, Paragraph
from tests.exporters.docx import corpus
from tests.measure.measuring import measure
from tests.measure.page import Rule
from tests.measure.standard import face

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("qapp")]

FAULTS: dict[str, tuple[Callable[[], Paper], set[str]]] = {
    "a number in square brackets": (lambda: of(header=corpus.header(number="云疫督[2022]7号")), {"docno.form"}),
    "a number that begins with 0": (lambda: of(header=corpus.header(number="云疫督〔2022〕07号")), {"docno.form"}),
    "a copy number of four digits": (lambda: of(header=corpus.header(copy_number="0012")), {"copyno"}),
    "a title broken inside a word": (lambda: of(title="关于全县疫情防\n控工作\n督查情况的通报"), {"title.shape"}),
    "no addressees": (lambda: of(addressees=()), {"to.left"}),
    "no colophon": (lambda: of(colophon=None), {"bj.page"}),
    "no signature": (lambda: of(signature=None), {"date.form"}),
    "a second level heading with 、": (
        lambda: of(blocks=(Paragraph(text=corpus.LEAD), Paragraph(text="（一）、值守不严。无人在岗。"))),
        {"h.form"},
    ),
}  # fmt: skip


def of(**more: Any) -> Paper:
    return corpus.paper(**({"blocks": corpus.body(1), "colophon": corpus.colophon(2)} | more))


def failures(paper: Paper, folder: Path, form: str = "general") -> set[str]:
    write_pdf(paper, folder / "paper.pdf", corpus.photo_path)
    return set(measure(folder / "paper.pdf", "full", form).failures())


@pytest.mark.parametrize("form", ["general", "letter"])
def test_a_document_as_the_standard_asks_has_no_fault(form: Any, tmp_path: Path) -> None:
    paper = corpus.paper(form, annexes=(Annex("督查点位分布情况", (Paragraph(text=corpus.CLOSING),)),))
    assert failures(paper, tmp_path, form) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, tmp_path: Path) -> None:
    make, wanted = FAULTS[fault]
    assert wanted <= failures(make(), tmp_path)


def test_other_faces_than_the_standard_s_are_found(tmp_path: Path) -> None:
    other = Fonts(body="黑体", kai="宋体", hei="仿宋", mark="楷体", song="黑体")
    write_docx(of(fonts=other), tmp_path / "paper.docx", corpus.photo_path)
    wanted = {"body.font", "to.font", "docno.font", "sign.font", "bj.font", "h1.font", "h2.font", "mark.font"}
    wanted |= {"title.font", "pn.font", "secret", "urgent"}
    assert set(measure(tmp_path / "paper.docx").failures()) >= wanted


def test_what_is_no_letter_fails_as_one(tmp_path: Path) -> None:
    assert {"letter.rules", "mark.top", "docno.pos", "pn.first"} <= failures(of(), tmp_path, "letter")


def test_a_working_paper_needs_neither_header_nor_colophon(tmp_path: Path) -> None:
    write_pdf(corpus.paper("plain"), tmp_path / "paper.pdf", corpus.photo_path)
    report = measure(tmp_path / "paper.pdf", "plain")
    assert report.failures() == {}
    assert {item.id for item in report.items if item.verdict == "n/a"} >= {
        "mark.top",
        "docno.form",
        "rule.w",
        "bj.page",
    }
    assert "FAIL" not in report.text().splitlines()[0]


@pytest.mark.parametrize(
    ("font", "known"),
    [
        ("ABCDEF+FandolFang-Regular", "仿宋"),
        ("NotoSerifCJKsc-SemiBold", "小标宋"),
        ("KaiTi", "楷体"),
        ("Arial", "?Arial"),
    ],
)
def test_fonts_are_known_by_their_names(font: str, known: str) -> None:
    assert face(font) == known


def test_a_rule_has_width_and_thickness() -> None:
    rule = Rule(10.0, 10.35, 28.0, 184.0)
    assert (rule.width, round(rule.thickness, 2)) == (156.0, 0.35)

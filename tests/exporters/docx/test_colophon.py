"""版记 by its XML: its place, rows, rules, indents and tab stop (7.4); needs no LibreOffice."""

import datetime as dt
from typing import Any

import pytest
from docx.oxml.ns import qn

from exporters.docx import colophon as colophons
from models.paper.elements import Colophon, Fonts
from tests.exporters.docx.corpus import ORGAN, UNITS
from tests.exporters.docx.geometry import MM, SMALL_CELL, WIDTH, Row, millimetres, paragraphs, read, said

FULL = Colophon(UNITS[:3], ORGAN, dt.date(2022, 3, 5))
ADDRESSEES = "各乡（镇）人民政府，县直各有关部门："
NEAR = 0.1


def written(given: Colophon = FULL, **more: Any) -> Any:
    return read(colophons.write(given, Fonts(), **more))


def rows(body: Any) -> list[list[Row]]:
    """The paragraphs of each row of the table."""
    return [paragraphs(row) for row in body.iter(qn("w:tr"))]


def rules(body: Any) -> list[tuple[str | None, str | None]]:
    """Above and below each row, in eighths of a point."""
    cells = body.iter(qn("w:tc"))
    return [tuple(said(cell, f"tcPr/tcBorders/{edge}", "sz") for edge in ("top", "bottom")) for cell in cells]


def test_it_lies_on_the_foot_of_the_text_area_and_is_as_wide() -> None:
    (table,) = written().iter(qn("w:tbl"))
    place = "tblPr/tblpPr"
    assert [said(table, place, name) for name in ("vertAnchor", "horzAnchor", "tblpYSpec")] == [
        "margin",
        "page",
        "bottom",
    ]
    assert millimetres(table, place, "tblpX") == pytest.approx(28, abs=NEAR)
    assert millimetres(table, "tblPr/tblW", "w") == pytest.approx(WIDTH, abs=NEAR)
    assert {millimetres(cell, "tcPr/tcW", "w") for cell in table.iter(qn("w:tc"))} == {
        millimetres(table, "tblPr/tblW", "w")
    }
    assert said(table, "tblPr/tblOverlap") == "never"
    assert said(table, "tblPr/tblInd", "w") == "0"
    assert {said(table, f"tblPr/tblCellMar/{edge}", "w") for edge in ("top", "left", "bottom", "right")} == {"0"}


def test_it_hangs_on_a_paragraph_that_takes_no_row() -> None:
    *_, last = paragraphs(written())
    assert (last.text, last.height) == ("", pytest.approx(10 * MM))


@pytest.mark.parametrize(
    ("given", "addressees", "texts", "lines"),
    [
        (FULL, "", ["抄送", "印发"], [("8", "6"), ("6", "8")]),
        (FULL, ADDRESSEES, ["主送抄送", "印发"], [("8", "6"), ("6", "8")]),
        (Colophon((), ORGAN, dt.date(2022, 3, 5)), "", ["印发"], [("8", "8")]),
        (Colophon((), ORGAN, dt.date(2022, 3, 5)), ADDRESSEES, ["主送", "印发"], [("8", "6"), ("6", "8")]),
        (Colophon(UNITS[:3]), "", ["抄送"], [("8", "8")]),
        (Colophon((), ORGAN), "", [ORGAN], [("8", "8")]),
    ],
)
def test_rows_and_rules(given: Colophon, addressees: str, texts: list[str], lines: list[tuple[str, str]]) -> None:
    """Thick rules above and below (0.35 mm), a thin one between; none between 主送 and 抄送 (7.4.1, 7.4.2)."""
    body = written(given, addressees=addressees)
    assert rules(body) == lines
    for row, wanted in zip(rows(body), texts, strict=True):
        whole = "".join(part.text for part in row)
        assert [word for word in ("主送", "抄送", "印发") if word in whole] == [
            word for word in ("主送", "抄送", "印发") if word in wanted
        ]
    assert len(list(body.iter(qn("w:cantSplit")))) == len(texts)


def test_the_rules_are_black_and_as_thick_as_recommended() -> None:
    edges = [edge for borders in written().iter(qn("w:tcBorders")) for edge in borders]
    assert {(edge.get(qn("w:val")), edge.get(qn("w:color"))) for edge in edges} == {("single", "000000")}
    thick, thin = (int(eighths) / 8 * 25.4 / 72 for eighths in ("8", "6"))
    assert (thick, thin) == (pytest.approx(0.35, abs=0.01), pytest.approx(0.25, abs=0.02))


def test_addressees_and_copies_begin_one_character_in_and_wrap_after_the_colon() -> None:
    (sent, copied), _ = rows(written(addressees=ADDRESSEES))
    assert sent.text == "主送：各乡（镇）人民政府，县直各有关部门。"
    assert copied.text == f"抄送：{'，'.join(UNITS[:3])}。"
    for row in (sent, copied):
        assert row.start == pytest.approx(SMALL_CELL, abs=NEAR)
        assert row.left == pytest.approx(4 * SMALL_CELL, abs=NEAR)
        assert row.right == pytest.approx(SMALL_CELL, abs=NEAR)
        assert row.justify == "both"


def test_printer_and_date_keep_one_character_from_both_edges() -> None:
    ((printed,),) = rows(written())[1:]
    assert printed.pieces == [ORGAN, "2022年3月5日印发"]
    assert printed.start == pytest.approx(SMALL_CELL, abs=NEAR)
    assert printed.tabs == [("right", pytest.approx(WIDTH - SMALL_CELL, abs=NEAR))]


def test_all_is_in_small_letters_of_one_face_and_lines_of_24_points() -> None:
    for row in [row for part in rows(written(addressees=ADDRESSEES)) for row in part]:
        assert row.size == 14
        assert {font for font, _ in row.fonts} == {"仿宋_GB2312"}
        assert row.line == pytest.approx(24 * 25.4 / 72)


@pytest.mark.parametrize(("count", "scale"), [(10, 1), (20, 1), (22, 0.9), (40, 0.5)])
def test_a_long_printer_narrows_and_leaves_the_date_its_room(count: int, scale: float) -> None:
    ((printed,),) = rows(written(Colophon((), "督" * count, dt.date(2022, 3, 5))))
    date = (len("2022年3月5日印发") - 3) * SMALL_CELL
    assert count * SMALL_CELL * printed.scale <= WIDTH - 2 * SMALL_CELL - date - SMALL_CELL + 0.5
    assert printed.scale == pytest.approx(scale, abs=0.1)


def test_a_letter_has_neither_rules_nor_printer() -> None:
    body = written(ruled=False)
    assert rules(body) == [(None, None)]
    assert [row.text for part in rows(body) for row in part] == [f"抄送：{'，'.join(UNITS[:3])}。"]


@pytest.mark.parametrize("given", [Colophon(), Colophon(("  ",))])
def test_nothing_to_say_leaves_no_colophon(given: Colophon) -> None:
    assert colophons.write(given, Fonts()) == ""
    assert colophons.write(FULL, Fonts(), ruled=False) != ""


@pytest.mark.parametrize("name", ["县委办公室。", "县委办公室，", " 县委办公室；", "县委办公室"])
def test_copies_end_with_one_full_stop(name: str) -> None:
    assert colophons.copies(Colophon((name,))) == "县委办公室。"

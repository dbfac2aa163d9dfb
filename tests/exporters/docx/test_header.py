"""版头 by its XML: places, heights, tab stops, order and the red rule (7.2); needs no LibreOffice."""

from typing import Any

import pytest
from docx.oxml.ns import qn

from exporters.docx import header as headers
from models.paper.elements import Fonts, Header
from tests.exporters.docx.corpus import FOUR, ORGAN, header
from tests.exporters.docx.geometry import CELL, ROW, WIDTH, Row, millimetres, paragraphs, read, said, tops

FONTS = Fonts()
SIGNERS = ("周明远", "吴桐", "郑若水", "孙立", "钱守义")
WIDE = "云岭县新型冠状病毒感染肺炎疫情防控工作领导小组指挥部办公室"
MARKS = {"usual": (ORGAN,), "short": ("云岭县委",), "narrowed": (ORGAN + "办公室综合组",), "broken": (WIDE,)}


def written(given: Header) -> list[Row]:
    return paragraphs(read(headers.write(given, FONTS)))


def numbered(rows: list[Row]) -> int:
    """Which row carries the document's number."""
    return next(n for n, row in enumerate(rows) if "〔2022〕" in row.text)


def flat(rows: list[Row]) -> list[Row]:
    """The rows one below the other: of a table's second column, which stands beside the first, nothing."""
    return [row for row in rows if row.text != "文件" or row.justify != "right"]


def test_the_three_rows_above_the_mark_are_in_order() -> None:
    rows = written(header())[:3]
    assert [row.fonts for row in rows] == [
        [("仿宋_GB2312", "000012")],
        [("黑体", "秘密★1年")],
        [("黑体", "特急")],
    ]
    assert {(row.start, row.justify, row.size) for row in rows} == {(0, "left", 16)}
    assert [row.height for row in rows] == pytest.approx([ROW] * 3, abs=0.02)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"copy_number": ""}, ["秘密★1年", "特急", ""]),
        ({"secrecy": ""}, ["000012", "特急", ""]),
        ({"copy_number": "", "secrecy": "", "urgency": ""}, ["", "", ""]),
    ],
)
def test_what_is_missing_leaves_its_row_at_the_foot(given: dict[str, str], shown: list[str]) -> None:
    assert [row.text for row in written(header(**given))[:3]] == shown


@pytest.mark.parametrize("name", MARKS)
def test_the_letters_of_the_mark_begin_35_mm_down(name: str) -> None:
    """An exact line has its baseline at four fifths; 小标宋 rises 0.85 of its size."""
    rows = written(header(organs=MARKS[name]))
    mark, top = next(found for found in tops(rows) if found[0].color == "FF0000")
    ink = top + mark.before + 0.8 * mark.line - 0.85 * mark.size * 25.4 / 72
    assert ink == pytest.approx(35, abs=0.3)
    assert mark.justify == "center"
    assert (mark.left, mark.right, mark.start) == (0, 0, 0)


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_is_large_and_fits_its_line(name: str) -> None:
    lines = [row for row in written(header(organs=MARKS[name])) if row.color == "FF0000"]
    assert "".join(row.text for row in lines) == MARKS[name][0] + "文件"
    assert len(lines) == (2 if name == "broken" else 1)
    for row in lines:
        assert 0.6 <= row.scale <= 1
        assert 28 <= row.size <= 48
        assert len(row.text) * row.size * row.scale * 25.4 / 72 <= WIDTH
        assert row.fonts == [("方正小标宋简体", row.text)]


@pytest.mark.parametrize(
    "given",
    [
        *(header(organs=organs) for organs in MARKS.values()),
        *(header(organs=FOUR[:count]) for count in (2, 3, 4)),
        *(header(signers=SIGNERS[:count]) for count in (1, 2, 3, 5)),
    ],
)
def test_the_head_takes_whole_rows_as_reckoned(given: Header) -> None:
    """So that the text below it stands on the same grid as every other page (5.2.3)."""
    height = sum(row.height for row in flat(written(given)))
    rule = written(given)[numbered(written(given))].border
    height += float(rule["space"]) * 25.4 / 72 + float(rule["sz"]) / 8 * 25.4 / 72
    assert height / ROW == pytest.approx(headers.rows(given), abs=0.02)


@pytest.mark.parametrize("organs", [*MARKS.values(), FOUR[:2], FOUR[:3], FOUR])
def test_two_rows_stand_between_mark_and_number_and_below_the_rule(organs: tuple[str, ...]) -> None:
    rows = flat(written(header(organs=organs)))
    number = numbered(rows)
    mark = max(n for n, row in enumerate(rows) if row.color == "FF0000")
    assert sum(row.height for row in rows[mark + 1 : number]) / ROW == pytest.approx(2, abs=0.3)
    assert not any(row.text for row in rows[mark + 1 : number])
    assert sum(row.height for row in rows[number + 1 :]) / ROW == pytest.approx(2, abs=0.3)
    assert not any(row.text for row in rows[number + 1 :])


def test_the_red_rule_is_as_wide_as_the_text_and_4_mm_below_the_number() -> None:
    rows = written(header())
    row = rows[numbered(rows)]
    assert {name: row.border[name] for name in ("val", "color")} == {"val": "single", "color": "FF0000"}
    # An exact line of 28.95 pt ends 0.2 of itself below the baseline; characters of 16 pt end 0.14 of 16 pt below.
    gap = 0.2 * row.line - 0.14 * 16 * 25.4 / 72 + float(row.border["space"]) * 25.4 / 72
    assert gap == pytest.approx(4, abs=0.7)
    assert (row.left, row.right) == (0, 0)
    assert (row.justify, row.size, row.fonts) == ("center", 16, [("仿宋_GB2312", "云疫督〔2022〕7号")])
    assert sum(bool(row.border) for row in rows) == 1


@pytest.mark.parametrize("count", range(1, 6))
def test_signers_stand_two_to_a_row_and_the_number_beside_the_last(count: int) -> None:
    rows = [row for row in written(header(signers=SIGNERS[:count])) if row.tabs]
    assert len(rows) == (count + 1) // 2
    assert [text for row in rows for font, text in row.fonts if font == "楷体_GB2312"] == list(SIGNERS[:count])
    assert [row.pieces[1] for row in rows] == [""] * (len(rows) - 1) + ["云疫督〔2022〕7号"]
    assert ["签发人：" in row.text for row in rows] == [True] + [False] * (len(rows) - 1)
    assert [bool(row.border) for row in rows] == [False] * (len(rows) - 1) + [True]
    assert {font for row in rows for font, text in row.fonts if text not in SIGNERS} == {"仿宋_GB2312"}


@pytest.mark.parametrize("count", range(1, 6))
def test_number_and_signers_keep_one_character_from_the_edges(count: int) -> None:
    signers = SIGNERS[:count]
    (row, *_) = [row for row in written(header(signers=signers)) if row.tabs]
    assert {kind for kind, _ in row.tabs} == {"left"}
    (number, label, *names) = (at for _, at in row.tabs)
    widest = max(map(len, signers)) * CELL
    assert len(names) == min(2, count)
    assert number == pytest.approx(CELL, abs=0.05)
    assert names[0] - label == pytest.approx(4 * CELL, abs=0.1)
    assert names[-1] + widest == pytest.approx(WIDTH - CELL, abs=0.2)
    if len(names) == 2:
        assert names[1] - names[0] == pytest.approx(widest + CELL, abs=0.1)


@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("suffix", ["文件", ""])
def test_joint_organs_stand_below_each_other_and_the_word_beside_them(count: int, suffix: str) -> None:
    body = read(headers.write(header(organs=FOUR[:count], mark_suffix=suffix), FONTS))
    (table,) = body.iter(qn("w:tbl"))
    cells: list[Any] = list(table.iter(qn("w:tc")))
    assert len(cells) == (2 if suffix else 1)
    names = [Row(p) for p in cells[0].iter(qn("w:p"))]
    assert [row.text for row in names] == list(FOUR[:count])
    assert {row.justify for row in names} == {"distribute"}
    if suffix:
        (word,) = (Row(p) for p in cells[1].iter(qn("w:p")))
        assert (word.text, word.justify, word.color) == (suffix, "right", "FF0000")
        assert word.size == names[0].size
    assert {said(cell, "tcPr/vAlign") for cell in cells} == {"center"}
    assert said(table, "tblPr/jc") == "center"
    assert sum(millimetres(cell, "tcPr/tcW", "w") for cell in cells) <= WIDTH
    assert millimetres(table, "tblPr/tblW", "w") == pytest.approx(sum(millimetres(c, "tcPr/tcW", "w") for c in cells))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_first_of_joint_organs_begins_35_mm_down_and_no_name_wraps(count: int) -> None:
    body = read(headers.write(header(organs=FOUR[:count]), FONTS))
    rows = flat(paragraphs(body))
    first, top = next(found for found in tops(rows) if found[0].color == "FF0000")
    assert top + 0.8 * first.line - 0.85 * first.size * 25.4 / 72 == pytest.approx(35, abs=0.4)
    room = millimetres(next(body.iter(qn("w:tc"))), "tcPr/tcW", "w")
    for row in [row for row in rows if row.color == "FF0000"]:
        assert len(row.text) * row.size * row.scale * 25.4 / 72 <= room
        assert row.size <= 32

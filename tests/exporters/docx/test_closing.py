"""附件说明, 署名, 成文日期 and 附注 by their XML: places, rows, tab stops (7.3.4–7.3.6); needs no LibreOffice."""

import datetime as dt

import pytest
from docx.oxml.ns import qn

from exporters.docx import closing
from models.paper.elements import Annex, Fonts, Paragraph, Signature
from tests.exporters.docx.corpus import DAY, FOUR, LONG_DAY, ORGAN, annexes, paper
from tests.exporters.docx.geometry import CELL, ROW, WIDTH, Row, paragraphs, read

FONTS = Fonts()
NEAR = 0.45
"""The program's character is 5.556 mm wide, the standard's 5.571; a whole line adds that up."""


def signed(organs: tuple[str, ...], date: dt.date = DAY, *, sealed: bool) -> list[Row]:
    return paragraphs(read(closing.signature(Signature(organs, date, sealed), FONTS)))


def shown(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def middle_of_the_date(date: dt.date) -> float:
    """Of a date that ends four characters from the right edge."""
    width = len(shown(date)) - sum(c.isdigit() for c in shown(date)) / 2 + 5 / 4
    return WIDTH - (4 + width / 2) * CELL


@pytest.mark.parametrize("date", [DAY, LONG_DAY])
def test_a_seal_has_its_room_and_the_organ_stands_over_the_date(date: dt.date) -> None:
    *blanks, organ, day = signed((ORGAN,), date, sealed=True)
    assert [row.text for row in (*blanks, organ, day)] == ["", "", ORGAN, shown(date)]
    assert (day.justify, organ.justify) == ("right", "center")
    assert day.right == pytest.approx(4 * CELL, abs=NEAR)
    assert (organ.left + WIDTH) / 2 == pytest.approx(middle_of_the_date(date), abs=NEAR)
    assert [row.height for row in (*blanks, organ, day)] == pytest.approx([ROW] * 4, abs=0.02)
    assert [row.stays for row in (*blanks, organ, day)] == [True, True, True, False]


def test_a_sealing_organ_wider_than_twice_its_room_ends_at_the_edge() -> None:
    name = "云岭县新型冠状病毒感染肺炎疫情防控工作领导小组"
    *_, organ, _ = signed((name,), sealed=True)
    assert (organ.text, organ.justify, organ.left, organ.right) == (name, "right", 0, 0)


@pytest.mark.parametrize("organ", [ORGAN, "云岭县疫情防控工作指挥部督查组办公室"])
def test_without_a_seal_the_organ_ends_two_characters_from_the_edge(organ: str) -> None:
    blank, name, day = signed((organ,), sealed=False)
    assert (blank.text, name.text, day.text) == ("", organ, shown(DAY))
    assert name.left + name.width() == pytest.approx(WIDTH - 2 * CELL, abs=NEAR)
    assert day.left - name.left == pytest.approx(2 * CELL, abs=NEAR)
    assert [row.stays for row in (blank, name, day)] == [True, True, False]


@pytest.mark.parametrize("organ", ["县督查组", ORGAN])
def test_a_date_that_would_reach_further_ends_two_characters_from_the_edge(organ: str) -> None:
    _, name, day = signed((organ,), LONG_DAY, sealed=False)
    assert day.left + day.width() == pytest.approx(WIDTH - 2 * CELL, abs=NEAR)
    assert day.left - name.left == pytest.approx(2 * CELL, abs=NEAR)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_organs_without_seals_stand_below_each_other_as_wide_as_the_longest(count: int) -> None:
    blank, *names, day = signed(FOUR[:count], sealed=False)
    assert (blank.text, [row.text for row in names]) == ("", list(FOUR[:count]))
    widest = max(len(organ) for organ in FOUR[:count]) * CELL
    for row in names:
        assert row.justify == "distribute"
        assert row.left == pytest.approx(WIDTH - 2 * CELL - widest, abs=NEAR)
        # An eighth of a character more, lest rounding wraps the name.
        assert WIDTH - row.left - row.right == pytest.approx(widest + CELL / 8, abs=NEAR)
    assert day.left - names[-1].left == pytest.approx(2 * CELL, abs=NEAR)


@pytest.mark.parametrize(
    ("count", "rows"),
    [
        (2, ["", "", "01", "date"]),
        (3, ["", "", "01", "", "", "", "", "2", "date"]),
        (4, ["", "", "01", "", "", "", "", "23", "date"]),
    ],
)
def test_seals_stand_two_a_row_and_never_touch(count: int, rows: list[str]) -> None:
    found = signed(FOUR[:count], sealed=True)
    known = {"": "", "date": shown(DAY)} | {key: "".join(FOUR[int(n)] for n in key) for key in ("01", "2", "23")}
    assert [row.text for row in found] == [known[key] for key in rows]
    pairs = [row for row in found if row.tabs]
    for row in pairs:
        (left, first), (right, second) = row.tabs
        assert (left, right) == ("center", "center")
        assert second == pytest.approx(middle_of_the_date(DAY), abs=NEAR)
        # As far from the left edge as the other from the right one.
        assert first == pytest.approx(WIDTH - second, abs=0.01)
        assert row.pieces == ["", *(FOUR[:2] if row is pairs[0] else FOUR[2:])]


def test_a_long_name_beside_another_breaks_and_both_end_level() -> None:
    organs = ("云岭县新型冠状病毒感染肺炎疫情防控工作领导小组", "云岭县公安局")
    rows = [row.pieces for row in signed(organs, sealed=True) if row.tabs]
    assert "".join(left for _, left, _ in rows) == organs[0]
    assert [right for _, _, right in rows] == [""] * (len(rows) - 1) + [organs[1]]
    assert len(rows) > 1


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("sealed", [True, False])
def test_a_signature_takes_the_rows_that_are_reckoned(count: int, sealed: bool) -> None:
    rows = signed(FOUR[:count], sealed=sealed)
    assert len(rows) == closing.signature_rows(Signature(FOUR[:count], DAY, sealed))


def test_the_date_stays_with_a_note_that_follows() -> None:
    rows = paragraphs(read(closing.after_text(paper(note="此件公开发布"))))
    assert [(row.text, row.stays) for row in rows[-2:]] == [(shown(DAY), True), ("（此件公开发布）", False)]


@pytest.mark.parametrize("text", ["此件公开发布", "（此件公开发布）", " 此件公开发布 "])
def test_a_note_stands_two_characters_in_and_in_one_pair_of_brackets(text: str) -> None:
    (row,) = paragraphs(read(closing.note(text, FONTS)))
    assert row.text == "（此件公开发布）"
    assert row.start == pytest.approx(2 * CELL, abs=NEAR)
    assert row.left == 0
    assert closing.note(" （） ", FONTS) == ""


def test_one_attachment_has_no_number_and_wraps_below_its_first_character() -> None:
    blank, row = paragraphs(read(closing.annex_note(annexes(1), FONTS)))
    assert (blank.text, blank.stays) == ("", True)
    assert row.text == f"附件：{annexes(1)[0].title}"
    assert row.start == pytest.approx(2 * CELL, abs=NEAR)
    assert row.left == pytest.approx(5 * CELL, abs=NEAR)
    assert row.stays


def test_several_attachments_are_numbered_and_their_names_begin_alike() -> None:
    _, first, second, third = paragraphs(read(closing.annex_note(annexes(3), FONTS)))
    assert [row.text[:5] for row in (first, second, third)] == ["附件：1.", "2.督查点", "3.整改照"]
    assert first.start == pytest.approx(2 * CELL, abs=NEAR)
    assert second.start == third.start == pytest.approx(5 * CELL, abs=NEAR)
    # A digit and its full stop are half a character each, with a quarter before what follows.
    assert first.left == second.left == third.left
    assert first.left - second.start == pytest.approx(CELL, abs=0.3)


def test_names_in_the_list_stand_on_one_line_without_a_mark_at_the_end() -> None:
    names = ("督查点位。", "两行的\n名称；", "清单，", "清单.")
    listed = closing.annex_names(tuple(Annex(name) for name in names))
    assert listed == ["督查点位", "两行的名称", "清单", "清单"]


@pytest.mark.parametrize(("count", "whole"), [(1, True), (3, True), (14, False)])
def test_a_list_longer_than_the_page_parts_and_its_last_name_stays(count: int, whole: bool) -> None:
    listed = annexes(1) * count
    given = paper(annexes=listed, signature=Signature((ORGAN,), DAY))
    assert closing.stays_whole(given) is whole
    rows = [row for row in paragraphs(read(closing.after_text(given))) if "整改清单" in row.text]
    assert [row.stays for row in rows] == ([True] * count if whole else [False] * (count - 1) + [True])


@pytest.mark.parametrize(("count", "rows"), [(0, 0), (1, 2), (2, 3)])
def test_the_rows_of_a_list_are_reckoned(count: int, rows: int) -> None:
    short = tuple(Annex("督查点位分布情况", (Paragraph(text="一"),)) for _ in range(count))
    assert closing.annex_rows(short) == rows
    assert len(paragraphs(read(closing.annex_note(short, FONTS)))) == rows


def test_what_follows_the_text_is_in_its_order() -> None:
    given = paper(annexes=annexes(1), note="此件公开发布")
    rows = [row.text for row in paragraphs(read(closing.after_text(given))) if row.text]
    assert rows == [f"附件：{annexes(1)[0].title}", ORGAN, shown(DAY), "（此件公开发布）"]
    assert closing.after_text(paper(signature=None)) == ""
    assert not list(read(closing.after_text(paper(signature=None))).iter(qn("w:p")))

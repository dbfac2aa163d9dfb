"""Pages: what stands where, in which order, with which number."""

import datetime as dt
import itertools
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.docx.breaking import WORD
from exporters.pages import Layout, lay_out, laying_out
from exporters.pages.geometry import LEFT, MM, PITCH, PORTRAIT, SHEET_WIDTH, TEXT_WIDTH, TOP
from exporters.pages.paginate import fill
from exporters.pages.rows import Row, Rule, Text
from models.paper.elements import (
    Annex,
    Colophon,
    Column,
    Header,
    Origin,
    Paper,
    Paragraph,
    Photo,
    Photos,
    Signature,
    Table,
)
from tests.exporters.docx.corpus import endings, photo_path

pytestmark = pytest.mark.usefixtures("qapp")

FULL_LINE = "督查工作" * 7
DAY = dt.date(2022, 3, 5)
COLOPHON = Colophon(("青石镇人民政府",), "云岭县疫情防控督查组", DAY)
HEADER = Header(organs=("云岭县疫情防控督查组",), number="云疫督〔2022〕7号")


def plain(*blocks: Paragraph | Table | Photos, **more: object) -> Paper:
    return Paper(format="plain", title="关于督查情况的通报", blocks=blocks, **more)  # type: ignore[arg-type]


def texts(layout: Layout, page: int = 0) -> list[str]:
    return [line.text for line in layout.pages[page].lines]


def list_table(rows: int, text: str = "入口无人值守") -> Table:
    return Table((Column("序号", 0.5, "center"), Column("问题", 3)), tuple((str(n), text) for n in range(rows)))


def test_a_page_takes_22_lines_of_28_characters() -> None:
    layout = lay_out(plain(Paragraph(text="督查工作" * 400)))
    second = layout.pages[1]
    assert len(second.lines) == 22
    assert {len(line.text) for line in second.lines} == {28}
    assert second.lines[0].x == pytest.approx(LEFT)
    assert second.lines[0].x + second.lines[0].width == pytest.approx(LEFT + TEXT_WIDTH)
    steps = [b.baseline - a.baseline for a, b in itertools.pairwise(second.lines)]
    assert steps == pytest.approx([PITCH] * 21)


def test_a_paragraph_begins_two_characters_in_and_starts_count_its_characters() -> None:
    layout = lay_out(plain(Paragraph(text=FULL_LINE * 2)))
    body = [line for line in layout.pages[0].lines if line.part == "blocks.0"]
    assert [len(line.text) for line in body] == [26, 28, 2]
    assert [line.start for line in body] == [0, 26, 54]
    assert body[0].x - body[1].x == pytest.approx(31.5)


def test_levels_are_numbered_and_set_in_their_fonts() -> None:
    layout = lay_out(
        plain(
            Paragraph(heading="总体情况", level=1),
            Paragraph(heading="好的方面。", text="做法较好。", level=2),
            Paragraph(text="第二条。", level=3),
        )
    )
    rows = {row.part: row for _, row in layout.pages[0].rows if row.part.startswith("blocks")}
    runs = {
        part: [(run.text, run.style.role) for mark in row.marks if isinstance(mark, Text) for run in mark.line.runs]
        for part, row in rows.items()
    }
    assert runs["blocks.0"] == [("一、总体情况", "hei")]
    assert runs["blocks.1"] == [("（一）好的方面。", "kai"), ("做法较好。", "body")]
    assert runs["blocks.2"] == [("1.第二条。", "body")]


@settings(max_examples=30)
@given(st.lists(st.text("督查，。（一二12A\n", max_size=300), max_size=12))
def test_every_character_of_every_block_is_on_some_page_once(written: list[str]) -> None:
    layout = lay_out(plain(*(Paragraph(text=text) for text in written)))
    shown = "".join(line.text for page in layout.pages for line in page.lines if line.part.startswith("blocks"))
    assert shown.replace(" ", "") == "".join(written).replace("\n", "")
    for page in layout.pages:
        for y, row in page.rows:
            assert y + row.height <= page.frame.bottom + 0.1


def test_page_numbers_stand_at_the_outer_side() -> None:
    layout = lay_out(plain(Paragraph(text="督查工作" * 400)))
    first, second = (page.number for page in layout.pages[:2])
    assert first is not None
    assert second is not None
    assert (first.text, second.text) == ("— 1 —", "— 2 —")
    assert TEXT_WIDTH - first.x - first.width == pytest.approx(14)
    assert second.x == pytest.approx(14)


def test_the_header_puts_mark_and_rule_where_the_standard_wants_them() -> None:
    layout = lay_out(Paper(header=HEADER, title="关于督查情况的通报", addressees=("各乡镇",)))
    rows = layout.pages[0].rows
    rule = next((y + m.y, m) for y, row in rows for m in row.marks if isinstance(m, Rule))
    number = next(line for line in layout.pages[0].lines if "〔2022〕" in line.text)
    assert rule[1].red
    assert rule[1].width == pytest.approx(156 * MM, abs=0.2)
    assert (rule[0] - number.baseline) / MM == pytest.approx(4.8, abs=0.5)
    mark = next(line for line in layout.pages[0].lines if line.text.endswith("文件"))
    assert (mark.baseline - 0.85 * mark.size - TOP) / MM == pytest.approx(35, abs=0.5)
    assert mark.x + mark.width / 2 == pytest.approx(LEFT + TEXT_WIDTH / 2, abs=0.5)


def test_an_upward_document_puts_its_number_left_and_its_signer_right() -> None:
    header = msgspec.structs.replace(HEADER, signers=("周明远",))
    lines = lay_out(Paper(header=header, title="关于督查情况的报告")).pages[0].lines
    by_text = {line.text: line for line in lines}
    assert by_text["云疫督〔2022〕7号"].x == pytest.approx(LEFT + 15.75)
    name = by_text["周明远"]
    assert name.x + name.width == pytest.approx(LEFT + TEXT_WIDTH - 15.75, abs=0.5)
    assert by_text["签发人："].baseline == name.baseline


@pytest.mark.parametrize("count", [2, 3, 4])
def test_joint_organs_are_equally_wide_with_the_suffix_beside_their_middle(count: int) -> None:
    organs = ("云岭县疫情防控督查组", "云岭县卫生健康局", "云岭县公安局", "云岭县市场监督管理局")[:count]
    lines = lay_out(Paper(header=msgspec.structs.replace(HEADER, organs=organs), title="通报")).pages[0].lines
    names = [line for line in lines if line.text in organs]
    suffix = next(line for line in lines if line.text == "文件")
    assert [line.text for line in names] == list(organs)
    assert {round(line.width) for line in names} == {round(names[0].width)}
    assert suffix.baseline == pytest.approx((names[0].baseline + names[-1].baseline) / 2)
    assert suffix.x > max(line.x + line.width for line in names)


def test_a_letter_has_two_double_rules_and_no_number_on_page_one() -> None:
    layout = lay_out(Paper(format="letter", header=HEADER, title="函", blocks=(Paragraph(text="督查工作" * 400),)))
    rules = [(y + m.y, m) for y, row in layout.pages[0].rows for m in row.marks if isinstance(m, Rule)]
    assert [round(m.width / MM) for _, m in rules] == [170] * 4
    lowest = max(y + m.height for y, m in rules)
    assert (layout.pages[0].frame.height - lowest) / MM == pytest.approx(20, abs=0.2)
    assert [page.number is None for page in layout.pages] == [True, *[False] * (len(layout.pages) - 1)]


@pytest.mark.parametrize("lines", range(1, 24))
def test_the_colophon_stands_on_the_foot_of_the_last_page_or_moves_whole(lines: int) -> None:
    fill = tuple(Paragraph(text="督查工作") for _ in range(lines))
    layout = lay_out(Paper(header=HEADER, title="通报", blocks=fill, colophon=COLOPHON))
    y, row = layout.pages[-1].rows[-1]
    assert row.part == "colophon"
    assert (y + row.height) / MM == pytest.approx(262, abs=0.2)
    above = [(top, each) for top, each in layout.pages[-1].rows if each.part != "colophon"]
    assert all(top + each.height <= y + 0.01 for top, each in above)
    assert not any(each.part == "colophon" for page in layout.pages[:-1] for _, each in page.rows)


def test_a_blank_page_goes_before_the_colophon_of_an_even_page_and_both_are_unnumbered() -> None:
    pages = {}
    for lines in range(1, 50):
        fill = tuple(Paragraph(text="督查工作") for _ in range(lines))
        layout = lay_out(Paper(header=HEADER, title="通报", blocks=fill, colophon=COLOPHON, blank_before_colophon=True))
        assert len(layout.pages) % 2 == 0
        pages[lines] = layout.pages
    bare = [[page.number is None for page in found] for found in pages.values() if not found[-2].rows]
    assert bare
    assert all(each == [*[False] * (len(each) - 2), True, True] for each in bare)


def test_a_sealed_signature_is_centred_over_its_date() -> None:
    signed = Signature(("云岭县疫情防控督查组",), DAY)
    lines = lay_out(plain(Paragraph(text="督查。"), signature=signed)).pages[0].lines
    organ, date = [line for line in lines if line.part == "signature"]
    right = SHEET_WIDTH - (date.x + date.width) - 73.7
    assert right == pytest.approx(4 * 15.75, abs=0.1)
    assert organ.x + organ.width / 2 == pytest.approx(date.x + date.width / 2, abs=0.5)


def test_an_unsealed_date_starts_two_characters_right_of_the_organ() -> None:
    signed = Signature(("云岭县疫情防控督查组",), DAY, sealed=False)
    lines = lay_out(plain(Paragraph(text="督查。"), signature=signed)).pages[0].lines
    organ, date = [line for line in lines if line.part == "signature"]
    assert date.x - organ.x == pytest.approx(2 * 15.75)


def test_joint_organs_without_seals_are_as_wide_as_the_longest() -> None:
    organs = ("云岭县疫情防控督查组", "云岭县公安局", "云岭县市场监督管理局")
    signed = Signature(organs, DAY, sealed=False)
    lines = lay_out(plain(Paragraph(text="督查。"), signature=signed)).pages[0].lines
    *names, date = [line for line in lines if line.part == "signature"]
    assert [line.text for line in names] == list(organs)
    assert len({round(line.x) for line in names}) == 1
    assert len({round(line.x + line.width) for line in names}) == 1
    assert date.x - names[-1].x == pytest.approx(2 * 15.75)


@pytest.mark.parametrize("lines", range(14, 22))
def test_no_page_holds_the_signature_without_text(lines: int) -> None:
    fill = tuple(Paragraph(text="督查工作") for _ in range(lines))
    layout = lay_out(plain(*fill, signature=Signature(("督查组",), DAY)))
    parts = [{row.part for _, row in page.rows if row.part} for page in layout.pages]
    with_signature = next(each for each in parts if "signature" in each)
    assert any(part.startswith("blocks") for part in with_signature)


@pytest.mark.parametrize(("name", "paper"), list(endings()))
def test_no_signature_stands_alone_after_whatever_ends_the_text(name: str, paper: Paper) -> None:
    pages = [[row.part for _, row in page.rows if row.part] for page in lay_out(paper, photo_path).pages]
    signed = [parts for parts in pages if "signature" in parts]
    assert len(signed) == 1
    assert signed[0][0].startswith("annex_note" if "listed" in name else ("title", "blocks")), signed[0]


def test_a_long_last_paragraph_leaves_no_hole_in_the_page_before() -> None:
    for name, paper in endings():
        if "long" in name:
            first = lay_out(paper).pages[0]
            assert first.frame.bottom - first.rows[-1].y < 9 * PITCH, name


def test_seals_of_two_organs_stand_beside_each_other() -> None:
    organs = ("云岭县疫情防控指挥部办公室", "云岭县卫生健康局", "云岭县公安局")
    lines = lay_out(plain(Paragraph(text="督查。"), signature=Signature(organs, DAY))).pages[0].lines
    shown = {line.text: line for line in lines if line.part == "signature"}
    assert list(shown) == ["云岭县疫情防控", "", "指挥部办公室", "云岭县卫生健康局", "云岭县公安局", "2022年3月5日"]
    upper, lead, second, last, date = (shown[text] for text in shown if text)
    assert lead.baseline == second.baseline
    assert upper.x + upper.width / 2 == pytest.approx(lead.x + lead.width / 2)
    assert second.x + second.width / 2 == pytest.approx(last.x + last.width / 2)
    # Seals of 42 mm do not touch, neither beside nor below each other (7.3.5.1).
    assert (second.x + second.width / 2) - (lead.x + lead.width / 2) > 42 * MM
    assert last.baseline - second.baseline > 42 * MM
    assert date.baseline - last.baseline == pytest.approx(PITCH)


def test_a_table_repeats_its_head_and_loses_no_row() -> None:
    layout = lay_out(plain(list_table(70)))
    heads = ["序号" in texts(layout, page) for page in range(len(layout.pages))]
    assert len(layout.pages) > 2
    assert all(heads)
    numbers = [line.text for page in layout.pages for line in page.lines if line.text.isdigit()]
    assert numbers == [str(n) for n in range(70)]


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    layout = lay_out(plain(list_table(1, "督查工作" * 300)))
    shown = "".join(line.text for page in layout.pages for line in page.lines if "督" in line.text[:4])
    assert len(layout.pages) == 3
    assert shown.count("督查工作") == 300
    assert all(y + row.height <= page.frame.bottom for page in layout.pages for y, row in page.rows)


def test_a_caption_does_not_push_a_row_as_high_as_the_page_below_its_edge() -> None:
    tall = msgspec.structs.replace(list_table(1, "督查工作" * 300), caption="问题清单")
    layout = lay_out(plain(tall))
    assert all(y + row.height <= page.frame.bottom for page in layout.pages for y, row in page.rows)


@pytest.mark.parametrize("columns", [(), (Column("问" * 3000),)])
def test_an_odd_table_still_ends(columns: tuple[Column, ...]) -> None:
    assert lay_out(plain(Table(columns, (("甲", "乙"), ())))).pages


def test_annexes_begin_pages_and_a_landscape_one_is_turned() -> None:
    annexes = (Annex("问题清单", (list_table(3),)), Annex("点位", (Paragraph(text="督查。"),), landscape=True))
    layout = lay_out(plain(Paragraph(text="督查。"), annexes=annexes))
    assert [page.frame.landscape for page in layout.pages] == [False, False, True]
    assert texts(layout, 0)[-2:] == ["附件：1.问题清单", "2.点位"]
    assert texts(layout, 1)[:2] == ["附件1", "问题清单"]
    head, title = layout.pages[2].lines[:2]
    assert head.x == pytest.approx(35 * MM, abs=0.2)
    assert (title.baseline - head.baseline) / PITCH == pytest.approx(2, abs=0.1)


def test_parts_are_found_where_they_stand() -> None:
    layout = lay_out(plain(Paragraph(text="甲。"), Paragraph(text="督查工作" * 300, origin=Origin("lead"))))
    places = layout.find("blocks.1")
    assert [index for index, _ in places] == [0, 1, 2]
    index, region = places[0]
    assert layout.pages[index].part_at(region.y + 1) == "blocks.1"
    assert layout.pages[index].part_at(region.y - 1) == "blocks.0"
    assert layout.pages[index].part_at(5) == ""


def test_the_outline_names_headings_and_annexes_with_their_pages() -> None:
    paper = plain(
        Paragraph(heading="总体情况", level=1),
        Paragraph(text="督查工作" * 300),
        Paragraph(heading="好的方面。", text="做法。", level=2),
        annexes=(Annex("问题清单"),),
    )
    assert [(entry.text, entry.level, entry.page) for entry in lay_out(paper).outline] == [
        ("关于督查情况的通报", 0, 0),
        ("一、总体情况", 1, 0),
        ("（一）好的方面。", 2, 2),
        ("附件 问题清单", 0, 3),
    ]


def test_a_picture_that_is_gone_leaves_its_frame() -> None:
    photos = Photos((Photo("0" * 64, "整改前"), Photo("1" * 64, "整改后")), "对比")
    assert texts(lay_out(plain(photos)))[1:] == ["整改前", "整改后", "对比"]


def test_the_same_paper_is_laid_out_the_same_again() -> None:
    paper = plain(Paragraph(text=FULL_LINE * 3), list_table(5))
    assert lay_out(paper).pages == lay_out(paper).pages


def test_a_long_paper_is_laid_out_page_by_page_and_comes_out_the_same() -> None:
    paper = plain(Paragraph(text="督查工作" * 900), annexes=(Annex("问题清单", (list_table(120),)),))
    *before, layout = laying_out(paper)
    assert before == [None] * len(lay_out(paper).pages)
    assert layout is not None
    assert layout.pages == lay_out(paper).pages


def test_rows_are_set_when_a_page_asks_for_them() -> None:
    asked: list[int] = []

    def rows() -> Iterator[Row]:
        for number in range(1000):
            asked.append(number)
            yield Row(PITCH)

    next(fill(rows(), PORTRAIT))
    assert len(asked) == 23


def test_an_empty_paper_is_one_page() -> None:
    assert len(lay_out(Paper(format="plain")).pages) == 1


def test_addressees_without_room_for_text_after_them_move_to_the_colophon() -> None:
    units = tuple(f"第{number}乡镇人民政府" for number in range(60))
    moved = lay_out(Paper(header=HEADER, title="通报", addressees=units, colophon=COLOPHON))
    foot = "".join(line.text for line in moved.pages[-1].lines if line.part == "colophon")
    assert moved.find("addressees") == []
    assert foot.startswith("主送：第0乡镇人民政府")
    kept = lay_out(Paper(header=HEADER, title="通报", addressees=units[:3], colophon=COLOPHON))
    assert len(kept.find("addressees")) == 1


def test_word_s_habit_lets_a_stop_hang_where_libreoffice_takes_a_character_over() -> None:
    paper = plain(Paragraph(text="督" * 26 + "，" + "查" * 30))
    assert [line.text[-1] for line in lay_out(paper).pages[0].lines[1:2]] == ["督"]
    assert [line.text[-1] for line in lay_out(paper, habit=WORD).pages[0].lines[1:2]] == ["，"]

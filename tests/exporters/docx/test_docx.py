"""What the written package holds, read back by python-docx."""

import datetime as dt
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from exporters.docx.writer import write_docx
from models.errors import Refusal
from models.paper.elements import Annex, Fonts, Header, Paper, Paragraph, Photo, Photos, Signature, Table
from tests.exporters.docx.corpus import (
    CLOSING,
    DAY,
    FOUR,
    ORGAN,
    RARE,
    UNITS,
    body,
    colophon,
    header,
    paper,
    papers,
    photo_path,
    photos,
    table,
)

EVERY = dict(papers())


def written(given_paper: Paper, folder: Path) -> Any:
    target = folder / "paper.docx"
    write_docx(given_paper, target, photo_path)
    return docx.Document(str(target))


def texts(document: Any) -> list[str]:
    return [p.text for p in document.paragraphs]


def everything(document: Any) -> str:
    return "".join(t.text or "" for t in document.element.body.iter(qn("w:t")))


def paragraph_with(document: Any, text: str) -> Any:
    return next(p for p in document.paragraphs if text in p.text)


def slots(run: Any) -> set[str]:
    fonts = run._r.rPr.find(qn("w:rFonts"))
    return {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}


@pytest.mark.parametrize("name", EVERY)
def test_every_paper_opens_and_keeps_its_text(name: str, tmp_path: Path) -> None:
    given_paper = EVERY[name]
    shown = everything(written(given_paper, tmp_path))
    for block in (*given_paper.blocks, *(b for annex in given_paper.annexes for b in annex.blocks)):
        if isinstance(block, Paragraph):
            assert re.sub(r"\s", "", block.text) in re.sub(r"\s", "", shown)
        elif isinstance(block, Table):
            assert all(cell in shown for row in block.rows for cell in row)
    assert given_paper.title.replace("\n", "") in shown


@pytest.mark.parametrize("name", ["general-wide", "letter-annexed", "body-photos", "header-joint-4"])
def test_parts_are_well_formed_and_related(name: str, tmp_path: Path) -> None:
    written(EVERY[name], tmp_path)
    with zipfile.ZipFile(tmp_path / "paper.docx") as package:
        names = set(package.namelist())
        for part in names:
            if part.endswith((".xml", ".rels")):
                etree.fromstring(package.read(part))
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        targets = {f"word/{relation.get('Target')}" for relation in relations}
        used = set(re.findall(r'r:(?:id|embed)="(rId\d+)"', package.read("word/document.xml").decode()))
    assert targets <= names
    assert used <= {relation.get("Id") for relation in relations}


def test_the_page_is_the_standard_s(tmp_path: Path) -> None:
    section = written(paper(), tmp_path).sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(length.mm) for length in lengths] == [210, 297, 37, 28]
    assert round((section.page_width - section.left_margin - section.right_margin) / 36000) == 156
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_all_four_font_slots_are_the_office_s_fonts(tmp_path: Path) -> None:
    fonts = Fonts(body="仿宋", kai="楷体", hei="黑体甲", mark="小标宋乙", song="宋体丙")
    document = written(paper(fonts=fonts), tmp_path)
    seen = set()
    for p in document.paragraphs:
        for run in p.runs:
            if run.text.strip():
                assert len(slots(run)) == 1
                seen |= slots(run)
                assert run._r.rPr.find(qn("w:rFonts")).get(qn("w:hint")) == "eastAsia"
    assert seen == {fonts.body, fonts.kai, fonts.hei, fonts.mark}
    assert "Theme" not in document.element.xml


def test_levels_have_their_fonts_and_the_text_runs_on(tmp_path: Path) -> None:
    document = written(paper(blocks=body(1)), tmp_path)
    first = paragraph_with(document, "一、督查工作开展情况")
    second = paragraph_with(document, "（一）重点场所管控不严。")
    third = paragraph_with(document, "1.青石镇：")
    assert slots(first.runs[0]) == {"黑体"}
    assert slots(second.runs[0]) == {"楷体_GB2312"}
    assert [run.text[:5] for run in third.runs] == ["1.青石镇", "督查发现，"]
    outline = first._p.pPr.find(qn("w:outlineLvl"))
    assert outline.get(qn("w:val")) == "0"
    assert third._p.pPr.find(qn("w:outlineLvl")) is None


def test_lines_of_a_text_become_paragraphs(tmp_path: Path) -> None:
    document = written(paper(blocks=(Paragraph(text="第一段。\r\n第二段。\n\n  第三段。"),)), tmp_path)
    shown = [text for text in texts(document) if text.startswith("第")]
    assert shown == ["第一段。", "第二段。", "第三段。"]


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    hostile = "甲\x00乙\x0b丙\ufffe丁<&>\"'\x1f"
    document = written(
        paper(
            title=hostile,
            header=header(organs=(hostile,)),
            blocks=(Paragraph(text=hostile), Table(table().columns, ((hostile,),))),
            addressees=(hostile,),
        ),
        tmp_path,
    )
    assert everything(document).count("甲乙丙丁<&>\"'") == 5
    assert document.core_properties.title == "甲乙丙丁<&>\"'"


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_any_text_gives_a_readable_document(text: str, title: str, cell: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given_paper = paper(
            title=title,
            subtitle=cell,
            addressees=(text,),
            blocks=(Paragraph(text=text, heading=title, level=2), Table(table().columns, ((cell,),), title)),
            note=text,
            annexes=(Annex(title),),
            header=header(organs=(title, cell), number=text, signers=(cell,)),
            signature=Signature((text,), DAY),
        )
        written(given_paper, Path(folder))


def test_rare_characters_take_the_wider_font(tmp_path: Path) -> None:
    document = written(paper(blocks=(Paragraph(text=RARE),)), tmp_path)
    runs = paragraph_with(document, "赵喆").runs
    assert "".join(run.text for run in runs) == RARE
    assert {run.text for run in runs if slots(run) == {"仿宋"}} == {"喆", "玥", "祎", "垚"}


def test_addressees_are_joined_or_taken_as_given(tmp_path: Path) -> None:
    assert "各乡（镇）人民政府、县直各有关部门：" in texts(written(paper(), tmp_path))
    given_text = "各乡（镇）人民政府，县直各部门："
    assert given_text in texts(written(paper(addressees=(given_text,)), tmp_path))


def test_addressees_of_which_one_is_two_stand_apart_by_commas(tmp_path: Path) -> None:
    two = ("各乡镇党委、政府", "县直各单位")
    assert "各乡镇党委、政府，县直各单位：" in texts(written(paper(addressees=two), tmp_path))


def test_addressees_that_fill_page_one_go_to_the_colophon(tmp_path: Path) -> None:
    document = written(EVERY["addressees-40"], tmp_path)
    assert not any(text.endswith("：") and "青石镇人民政府、" in text for text in texts(document))
    cell = document.tables[-1].rows[0].cells[0]
    assert cell.paragraphs[0].text.startswith("主送：青石镇人民政府、")
    assert cell.paragraphs[0].text.endswith("。")
    assert cell.paragraphs[1].text.startswith("抄送：")


@pytest.mark.parametrize(
    ("count", "notes"),
    [
        (1, ["附件：2022年第一季度全县疫情防控工作督查发现问题整改清单"]),
        (2, ["附件：1.2022年第一季度全县疫情防控工作督查发现问题整改清单", "2.督查点位分布情况"]),
    ],
)
def test_the_annex_note_lists_the_annexes(tmp_path: Path, count: int, notes: list[str]) -> None:
    document = written(EVERY[f"annexes-{count}"], tmp_path)
    start = texts(document).index(notes[0])
    assert texts(document)[start : start + count] == notes
    heads = [p for p in document.paragraphs if re.fullmatch(r"附件\d*", p.text)]
    assert [p.text for p in heads] == (["附件"] if count == 1 else ["附件1", "附件2"])
    assert all(p._p.pPr.find(qn("w:pageBreakBefore")) is not None for p in heads)


def test_a_wide_annex_has_its_own_landscape_section(tmp_path: Path) -> None:
    document = written(EVERY["annexes-landscape"], tmp_path)
    sizes = [(s.page_width.mm > s.page_height.mm, round(s.left_margin.mm)) for s in document.sections]
    assert sizes == [(False, 28), (True, 35), (False, 28)]
    turned = document.sections[1].footer._element.xml
    assert 'vert="vert"' in turned
    assert "PAGE" in turned


def test_a_colophon_after_a_wide_annex_stands_on_an_upright_page(tmp_path: Path) -> None:
    document = written(EVERY["annexes-landscape-last"], tmp_path)
    last = document.sections[-1]
    assert last.page_width < last.page_height


def test_page_numbers_differ_by_side(tmp_path: Path) -> None:
    document = written(paper(), tmp_path)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert "PAGE" in odd._p.xml
    assert odd.text.startswith("—")


def test_page_one_of_a_letter_has_no_number(tmp_path: Path) -> None:
    document = written(paper("letter"), tmp_path)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_footer._element.xml
    assert "FF0000" in section.first_page_footer._element.xml


def test_a_letter_s_colophon_has_no_rules_and_no_printer(tmp_path: Path) -> None:
    final = written(paper("letter"), tmp_path).tables[-1]
    assert len(final.rows) == 1
    assert len(final.rows[0].cells[0]._tc.tcPr.find(qn("w:tcBorders"))) == 0


def test_a_working_paper_has_neither_header_nor_colophon(tmp_path: Path) -> None:
    document = written(paper("plain", header=header(), colophon=colophon()), tmp_path)
    assert "FF0000" not in document.element.xml
    assert "抄送" not in everything(document)


def test_signers_stand_two_to_a_row_and_the_number_beside_the_last(tmp_path: Path) -> None:
    document = written(EVERY["header-upward-three"], tmp_path)
    rows = [text for text in texts(document) if "周明远" in text or "郑若水" in text]
    assert rows == ["\t\t签发人：周明远\t吴桐", "\t云疫督〔2022〕7号\t\t郑若水"]


def test_several_organs_share_one_mark(tmp_path: Path) -> None:
    mark = written(EVERY["header-joint-3"], tmp_path).tables[0]
    names, suffix = mark.rows[0].cells
    assert names.paragraphs[0].text == ORGAN
    assert len(names.paragraphs) == 3
    assert suffix.text == "文件"


def test_a_long_mark_narrows_then_breaks(tmp_path: Path) -> None:
    def red(organ: str) -> list[str]:
        document = written(paper(header=Header(organs=(organ,))), tmp_path)
        return [p.text for p in document.paragraphs if p.runs and p.runs[0].font.color.rgb is not None]

    assert len(red("云岭县疫情防控工作指挥部督查组办公室")) == 1
    assert len(red("云岭县新型冠状病毒感染肺炎疫情防控工作领导小组指挥部办公室")) == 2


def test_the_signature_stays_with_the_text(tmp_path: Path) -> None:
    document = written(paper(), tmp_path)
    last = paragraph_with(document, CLOSING)
    organ = [p for p in document.paragraphs if p.text == ORGAN][-1]
    assert last.paragraph_format.keep_with_next
    assert organ.paragraph_format.keep_with_next


def test_the_last_row_of_a_table_goes_with_the_signature(tmp_path: Path) -> None:
    rows = written(paper(blocks=(Paragraph(text=CLOSING), table(3))), tmp_path).tables[0].rows
    kept = [[p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs] for row in rows]
    assert [all(each) for each in kept] == [False, False, False, True]


def test_four_organs_sign_two_a_row_in_their_order(tmp_path: Path) -> None:
    document = written(paper(signature=Signature(FOUR, DAY)), tmp_path)
    shown = [text.split("\t")[1:] for text in texts(document) if text.startswith("\t") and "〔" not in text]
    assert shown == [list(FOUR[:2]), list(FOUR[2:])]


@pytest.mark.parametrize("day", [dt.date(2022, 3, 5), dt.date(2022, 12, 28)])
def test_an_unsealed_date_starts_two_characters_after_the_organ(tmp_path: Path, day: dt.date) -> None:
    document = written(paper(signature=Signature((ORGAN,), day, sealed=False)), tmp_path)
    date = paragraph_with(document, f"{day.year}年{day.month}月{day.day}日")
    organ = [p for p in document.paragraphs if p.text == ORGAN][-1]
    shift = date.paragraph_format.left_indent - organ.paragraph_format.left_indent
    assert shift / 635 == pytest.approx(630, abs=1)


@pytest.mark.parametrize(("copies", "rules"), [(6, [(8, 6), (6, 8)]), (0, [(8, 8)])])
def test_the_middle_rule_needs_copies(tmp_path: Path, copies: int, rules: list[tuple[int, int]]) -> None:
    final = written(paper(colophon=colophon(copies)), tmp_path).tables[-1]
    found = []
    for row in final.rows:
        borders = row.cells[0]._tc.tcPr.find(qn("w:tcBorders"))
        found.append(tuple(int(borders.find(qn(f"w:{e}")).get(qn("w:sz"))) for e in ("top", "bottom")))
    assert found == rules


def test_a_table_s_head_repeats_and_short_rows_are_filled(tmp_path: Path) -> None:
    columns = table(columns=4).columns
    document = written(paper("plain", blocks=(Table(columns, (("1",), ("2", "甲", "乙\n丙", "丁"))),)), tmp_path)
    rows = document.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [len(row.cells) for row in rows] == [4, 4, 4]
    assert rows[2].cells[2].text == "乙\n丙"


def test_two_tables_stay_two(tmp_path: Path) -> None:
    document = written(paper("plain", blocks=(Table(table().columns, ()), Table(table().columns, ()))), tmp_path)
    assert len(document.tables) == 2


def test_pictures_keep_their_shape_and_are_stored_once(tmp_path: Path) -> None:
    document = written(paper("plain", blocks=(photos(2), photos(3))), tmp_path)
    sizes = [(s.width, s.height) for s in document.inline_shapes]
    ratios = [width / height for width, height in sizes]
    assert ratios == pytest.approx([4 / 3, 3 / 4, 4 / 3, 3 / 4, 16 / 9], rel=0.01)
    with zipfile.ZipFile(tmp_path / "paper.docx") as package:
        assert len([n for n in package.namelist() if "media" in n]) == 3


def test_a_lost_or_damaged_picture_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    given_paper = paper(blocks=(Photos((Photo("0" * 64, "整改前"),)),))
    for path, words in ((tmp_path / "gone.png", "整改前.*找不到"), (broken, "整改前.*已损坏")):
        with pytest.raises(Refusal, match=words):
            write_docx(given_paper, tmp_path / "a.docx", lambda _, path=path: path)
    assert not (tmp_path / "a.docx").exists()
    with pytest.raises(ValueError, match="photo_path"):
        write_docx(given_paper, tmp_path / "a.docx")


def test_an_even_page_is_asked_for_only_where_it_is_needed(tmp_path: Path) -> None:
    def starts(given_paper: Paper) -> list[str]:
        kinds = written(given_paper, tmp_path).element.body.iter(qn("w:type"))
        return [kind.get(qn("w:val")) for kind in kinds]

    # Text and colophon on page 1; the same with the colophon pushed to page 2 already.
    short = paper(blocks=(Paragraph(text="短。"),), colophon=colophon(0), signature=None, blank_before_colophon=True)
    assert starts(short) == ["nextPage", "evenPage"]
    assert starts(paper(blocks=body(1), blank_before_colophon=True)) == ["nextPage"]


def test_properties_name_title_number_and_author(tmp_path: Path) -> None:
    known = written(paper(), tmp_path).core_properties
    assert known.title == paper().title
    assert known.subject == "云疫督〔2022〕7号"
    assert known.author == known.last_modified_by == ORGAN


def test_forty_copies_end_with_a_full_stop(tmp_path: Path) -> None:
    final = written(EVERY["copies-40"], tmp_path).tables[-1]
    text = final.rows[0].cells[0].text
    assert text.startswith(f"抄送：{UNITS[0]}，")
    assert text.endswith(f"{UNITS[-1]}。")

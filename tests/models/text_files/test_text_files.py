"""Papers from outside give their text, or one sentence that says what to do."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from models.errors import Refusal
from models.text_files.extract import paragraphs
from models.text_files.reading import text_of


def saved(path: Path, lines: list[str]) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_paragraphs_and_tables_of_word_in_their_order(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("一、存在的问题")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "石门乡", "台账不全"
    document.add_paragraph("二、要求")
    document.save(str(tmp_path / "a.docx"))
    assert text_of(tmp_path / "a.docx").splitlines() == ["一、存在的问题", "石门乡\t台账不全", "二、要求"]


def test_text_that_was_deleted_in_revision_is_gone_and_what_was_inserted_is_there(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("台账")
    for tag, text in (("w:del", "完整"), ("w:ins", "不全")):
        change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement("w:delText" if tag == "w:del" else "w:t")
        said.text = text
        run.append(said)
        change.append(run)
        paragraph._p.append(change)
    document.save(str(tmp_path / "a.docx"))
    assert text_of(tmp_path / "a.docx").strip() == "台账不全"


def test_ordinals_that_word_counts_stand_in_the_text(tmp_path: Path) -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", "chineseCounting"), ("w:lvlText", "（%1）")):
        one = OxmlElement(tag)
        one.set(qn("w:val"), value)
        level.append(one)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    of = OxmlElement("w:abstractNumId")
    of.set(qn("w:val"), "77")
    number.append(of)
    numbering.append(number)
    for text in ("台账不全", "无人值守"):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        listed = properties.get_or_add_numPr()
        listed.get_or_add_ilvl().val = 0
        listed.get_or_add_numId().val = 77
    document.save(str(tmp_path / "a.docx"))
    assert text_of(tmp_path / "a.docx").splitlines() == ["（一）台账不全", "（二）无人值守"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_the_encodings_offices_use(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes("一是台账不全。\r\n".encode(encoding))
    assert text_of(tmp_path / "a.txt").strip() == "一是台账不全。"


def test_lines_of_a_page_are_put_together_to_paragraphs() -> None:
    lines = ["各村防火检查站值守力量普遍不足，夜间无人在岗的情况较", "多，存在较大隐患。", "2.灭火器过期", "- 3 -"]
    assert paragraphs(lines).splitlines() == [lines[0] + lines[1], "2.灭火器过期"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"", "空文件"),
        ("a.docx", b"PK\x03\x04rotten", "已损坏"),
        ("a.doc", b"\xd0\xcf\x11\xe0" * 99, "旧格式"),
        ("a.pdf", b"%PDF-1.7 nothing", "已损坏"),
        ("a.bin", b"\x00\x01\x02" * 99, "不是 Word、PDF"),
        ("a.txt", b"  \n ", "没有文字"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refusal, match=said):
        text_of(tmp_path / name)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有找到"):
        text_of(tmp_path / "none.docx")
    with pytest.raises(Refusal, match="是文件夹"):
        text_of(tmp_path)


def test_a_bomb_of_text_is_refused_within_its_limits(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b"x" * (150 << 20) + b"</a>")
    (tmp_path / "a.docx").write_bytes(buffer.getvalue())
    with pytest.raises(Refusal, match="超过能读取的限度"):
        text_of(tmp_path / "a.docx")


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>')
    (tmp_path / "a.docx").write_bytes(buffer.getvalue())
    with pytest.raises(Refusal, match="已损坏"):
        text_of(tmp_path / "a.docx")

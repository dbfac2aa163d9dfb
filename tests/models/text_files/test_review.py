"""A paper of another office is read into its parts, checked like our own, and marked in a copy."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from exporters.docx.marked import write_marked
from exporters.docx.writer import write_docx
from main import main
from models.errors import Refusal
from models.paper.elements import Paragraph, Table
from models.text_files.review import comments
from models.text_files.reviewing import review
from tests.check_examples import LEAD, paper

HEAD = (
    "云岭县疫情防控指挥部文件",
    "",
    "云岭防指〔2022〕7号",
    "",
    "关于全县疫情防控督查情况的通报",
    "",
    "各乡镇人民政府，县直各单位：",
)
BODY = (
    "3月1日至4日，县督查组对柳河镇、青石镇开展督查，发现问题3个。现将有关情况通报如下。",
    "一、存在的问题",
    "（一）柳河镇惠民药店未登记购药信息。",
    "（二）柳河镇车站未测温。",
    "（三）青石镇超市未设提示牌。",
    "二、有关要求",
    "各乡镇要逐条整改，于3月25日前报送整改情况。",
)
FOOT = ("附件：1.问题清单", "云岭县疫情防控指挥部", "2022年3月20日", "（联系人：周敏，电话：0000-1234567）")


def word(path: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        paragraph = document.add_paragraph(line)
        if line in HEAD[:5]:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(path))
    return path


def formal(path: Path, change: Callable[[str], str] = str, *more: str) -> Path:
    annex = (
        "附件1",
        "问题清单",
        "柳河镇惠民药店未登记购药信息。",
        "抄送：县委办公室。",
        "云岭县疫情防控指挥部办公室 2022年3月20日印发",
    )
    return word(path, *(change(line) for line in (*HEAD, *BODY, *more, *FOOT, *annex)))


def test_the_parts_of_a_formal_paper_are_known(tmp_path: Path) -> None:
    found = review(formal(tmp_path / "a.docx"))
    read = found.paper
    assert (read.title, read.addressees) == ("关于全县疫情防控督查情况的通报", ("各乡镇人民政府", "县直各单位"))
    assert (read.header.organs, read.header.number) == (("云岭县疫情防控指挥部",), "云岭防指〔2022〕7号")
    assert read.signature is not None
    assert (read.signature.organs, read.signature.date) == (("云岭县疫情防控指挥部",), dt.date(2022, 3, 20))
    assert read.colophon is not None
    assert (read.colophon.copy_to, read.colophon.print_date) == (("县委办公室。",), dt.date(2022, 3, 20))
    assert [annex.title for annex in read.annexes] == ["问题清单"]
    assert len(read.blocks) == len(BODY)
    assert read.note == "联系人：周敏，电话：0000-1234567"
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("柳河镇车站", "XX镇车站", "placeholder", "正文第4段"),
        ("问题3个", "问题4个", "", ""),
        ("（三）", "（四）", "ordinal", "正文第5段"),
        ("3月25日前", "3月15日前", "deadline", "正文第7段"),
        ("的通报", "的通报。", "title_stop", "标题"),
        ("的通报", "的情况说", "type_missing", "标题"),
        ("通报如下", "报告如下", "type_differs", "正文第1段"),
        ("惠民药店未登记", "惠民药店（未登记", "unpaired", "正文第3段"),
        ("云岭防指〔2022〕7号", "云岭防指[2022]07号", "number_form", "发文字号"),
        ("3月1日至4日", "2月30日", "day_impossible", "正文第1段"),
        ("2022年3月20日印发", "2022年3月12日印发", "printed_before", "版记"),
        ("县委办公室。", "县直各单位。", "copied_too", "版记"),
    ],
)
def test_faults_are_told_at_their_place(tmp_path: Path, old: str, new: str, code: str, where: str) -> None:
    found = review(formal(tmp_path / "a.docx", lambda line: line.replace(old, new)))
    told = [(one.notice.code, one.where.split("“")[0]) for one in found.remarks]
    if code:
        assert (code, where) in told


def test_what_was_deleted_is_not_read_and_what_stands_in_boxes_tables_and_notes_is(tmp_path: Path) -> None:
    document = Document()
    for line in HEAD:
        document.add_paragraph(line)
    paragraph = document.add_paragraph("药店未登记。")
    gone, run, text = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    text.text = "XX镇"
    run.append(text)
    gone.append(run)
    paragraph._p.append(gone)
    words = "<w:p><w:r><w:t>盒中____</w:t></w:r></w:p>"
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent>{words}</w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    table = document.add_table(rows=2, cols=2)
    for cell, said in zip(
        [c for row in table.rows for c in row.cells], ("单位", "问题", "××乡", "未登记"), strict=True
    ):
        cell.text = said
    document.add_paragraph("云岭县疫情防控指挥部")
    document.add_paragraph("2022年3月20日")
    document.sections[0].footer.paragraphs[0].text = "{单位}"
    document.save(str(tmp_path / "a.docx"))
    found = review(tmp_path / "a.docx")
    told = [(one.where.split("“")[0], one.notice.sentence) for one in found.remarks if one.notice.code == "placeholder"]
    assert [where for where, _ in told] == ["正文第1段", "正文第1张表", "页眉、页脚或脚注"]
    assert not any("XX镇" in sentence for _, sentence in told)
    assert isinstance(found.paper.blocks[2], Table)


def test_our_own_papers_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    made = paper("一、柳河镇惠民药店未登记。", "二、青石镇车站未测温。")
    write_docx(made, tmp_path / "a.docx")
    read = review(tmp_path / "a.docx").paper
    assert (read.title, read.addressees, read.header.number) == (made.title, made.addressees, made.header.number)
    assert [block.text for block in read.blocks if isinstance(block, Paragraph)] == [
        LEAD.text, "一、柳河镇惠民药店未登记。", "二、青石镇车站未测温。",
    ]  # fmt: skip
    assert read.signature is not None
    assert made.signature is not None
    assert (read.signature.organs, read.signature.date) == (made.signature.organs, made.signature.date)


def test_the_copy_has_a_comment_at_each_place_and_the_file_is_as_before(tmp_path: Path) -> None:
    source = formal(tmp_path / "a.docx", lambda line: line.replace("柳河镇车站", "XX镇车站"))
    before = source.read_bytes()
    found = review(source)
    write_marked(source, tmp_path / "b.docx", comments(found), dt.datetime(2022, 3, 20, 9))
    assert source.read_bytes() == before
    copy = Document(str(tmp_path / "b.docx"))
    assert [one.text for one in copy.comments] == [text for _at, text in comments(found)]
    marked = [p.text for p in copy.paragraphs if "commentReference" in p._p.xml]
    assert marked == ["（二）XX镇车站未测温。"]
    assert [p.text for p in copy.paragraphs] == [p.text for p in Document(str(source)).paragraphs]
    with pytest.raises(Refusal, match="原文件"):
        write_marked(source, source, comments(found), dt.datetime(2022, 3, 20, 9))


def test_comments_of_others_stay(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("XX镇未登记。")
    document.add_comment(paragraph.runs, text="请核实", author="李主任")
    document.save(str(tmp_path / "a.docx"))
    write_marked(tmp_path / "a.docx", tmp_path / "b.docx", [(0, "未填写")], dt.datetime(2022, 3, 20))
    told = [(one.author, one.text) for one in Document(str(tmp_path / "b.docx")).comments]
    assert told == [("李主任", "请核实"), ("督查通", "未填写")]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b"x" * (150 << 20) + b"</a>")
    return buffer.getvalue()


def nested() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" * 100_000 + "</a>" * 100_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空文件"),
        (b"PK\x03\x04rotten", "已损坏"),
        (b"\xd0\xcf\x11\xe0" * 99, "旧格式"),
        (b"%PDF-1.7", "不是 Word 文档"),
        (bomb(), "超过能读取的限度"),
        (nested(), "已损坏"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(Refusal, match=said):
        review(tmp_path / "a.docx")


def test_a_paper_made_to_keep_the_checks_busy_ends_in_a_sentence(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("1" * 900_000)
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(Refusal, match="超过能读取的限度"):
        review(tmp_path / "a.docx")


def test_the_command_tells_programs_and_writes_the_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = formal(tmp_path / "a.docx", lambda line: line.replace("柳河镇车站", "XX镇车站"))
    words = ["--data", str(tmp_path / "数据"), "review", str(source), "--out", str(tmp_path / "b.docx"), "--json"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["level"], one["code"], one["where"]) for one in told["findings"]] == [
        ("red", "placeholder", "正文第4段“（二）XX镇车站未测温。”"),
    ]  # fmt: skip
    assert (tmp_path / "b.docx").is_file()
    assert main(["--data", str(tmp_path / "数据"), "review", str(tmp_path / "none.docx"), "--json"]) == 1
    assert "没有找到" in json.loads(capsys.readouterr().out)["error"]

"""Ledgers in the formats offices keep them in give the same rows as an .xlsx workbook."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import older_workbook
import pytest

from models.errors import Refusal
from models.spreadsheets import reading

ROWS = [
    ["属地", "检查点位", "发现日期", "存在问题"],
    ["石门乡", "惠民超市", "2022-03-05", "台账不全,无人签字"],
    ["青石镇", "", "2022-03-06", "值班表缺页"],
]
PAGE = """<html><body><table><tr><th>属地</th><th>存在问题</th></tr>
<tr><td rowspan="2">石门乡</td><td>台账不全<br>无人签字</td></tr>
<tr><td>值班表缺页 &amp; 破损</td></tr></table></body></html>"""
ODS = """<?xml version="1.0"?><office:document-content
xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="台账">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0"?><manifest:manifest
xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"
manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def rows_of(path: Path) -> list[list[str]]:
    (sheet,) = reading.sheets(path)
    return [[str(cell) for cell in row] for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_with_separators(tmp_path, encoding, separator):
    quoted = (separator.join(f'"{cell}"' for cell in row) for row in ROWS)
    (tmp_path / "台账.csv").write_bytes("\r\n".join(quoted).encode(encoding))
    assert rows_of(tmp_path / "台账.csv") == [row if row[-1] else row[:-1] for row in ROWS]


def test_text_that_calls_itself_a_workbook(tmp_path):
    (tmp_path / "台账.xlsx").write_bytes("\n".join(",".join(row[:3]) for row in ROWS).encode("gb18030"))
    assert rows_of(tmp_path / "台账.xlsx") == [row[:3] for row in ROWS]


def test_a_web_page_that_calls_itself_a_workbook(tmp_path):
    (tmp_path / "台账.xls").write_bytes(PAGE.encode("gb18030"))
    (sheet,) = reading.sheets(tmp_path / "台账.xls")
    assert sheet.rows == [["属地", "存在问题"], ["石门乡", "台账不全\n无人签字"], ["", "值班表缺页 & 破损"]]
    assert sheet.merged == [((1, 0), (2, 0))]


def test_tables_in_word(tmp_path):
    document = docx.Document()
    document.add_paragraph("附件")
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, (("属地", "存在问题"), ("石门乡", "台账不全"), ("", "值班表缺页")), strict=True):
        row.cells[0].text, row.cells[1].text = cells
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(tmp_path / "表.docx"))
    (sheet,) = reading.sheets(tmp_path / "表.docx")
    assert sheet.rows == [["属地", "存在问题"], ["石门乡", "台账不全"], ["", "值班表缺页"]]
    assert sheet.merged == [((1, 0), (2, 0))]


def open_workbook(path: Path, rows: list[list[str]]) -> Path:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    told = "".join(
        f"<table:table-row>{''.join(cell.format(escape(one)) for one in row)}</table:table-row>" for row in rows
    )
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("META-INF/manifest.xml", MANIFEST)
        out.writestr("content.xml", ODS.format(rows=told))
    return path


@pytest.mark.parametrize("write", [older_workbook.write, open_workbook])
@pytest.mark.parametrize("name", ["台账.xls", "台账.ods", "台账.et", "改名.xlsx"])
def test_older_and_open_workbooks_whatever_they_are_called(tmp_path, write, name):
    (sheet,) = reading.sheets(write(tmp_path / name, ROWS))
    assert sheet.rows == ROWS


def test_text_in_no_known_encoding_is_told(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a,b\n" * 2000 + b"\xff\xff\xff")
    with pytest.raises(Refusal, match="文字编码不能识别"):
        reading.sheets(tmp_path / "a.csv")


def test_a_cell_without_end_is_told(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n" + "问" * 200_000 + ",c\n", "utf-8")
    with pytest.raises(Refusal, match="文字太多"):
        reading.sheets(tmp_path / "a.csv")

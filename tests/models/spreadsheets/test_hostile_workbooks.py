"""No workbook ends the program: one true sentence, memory and time within limits, good rows read all the same."""

import subprocess
import sys
import time
import zipfile
from pathlib import Path

import hostile
import pytest

from models.errors import Refusal
from models.spreadsheets import limits, reading, scan

ROOT = Path(__file__).parents[3]
MEASURED = """
import resource, sys
from pathlib import Path
from models.errors import Refusal
from models.spreadsheets.reading import sheets
try:
    print([(s.name, len(s.rows)) for s in sheets(Path(sys.argv[1]))])
except Refusal as refusal:
    print(refusal.sentence)
own, read = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(max(own, read) // 1024)
"""


def told(path):
    """What reading the file says, with the most megabytes that either process took and the seconds."""
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", MEASURED, path], cwd=ROOT, capture_output=True, text=True, check=True)
    said, most = done.stdout.splitlines()
    return said, int(most), time.monotonic() - start


def far_cell(place):
    return f'<row r="{place.lstrip("ABCDEFIVX")}">{hostile.text(".", place)}</row>'


def a_long_text(path):
    return hostile.strings(path, 1500)


def one_that_lies_on_its_size(path):
    return hostile.smaller_by_its_own_word(hostile.strings(path, 1500))


def a_bomb_in_the_sheet(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        hostile.parts(out)
        with out.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(hostile.sheet_of(hostile.rows()).encode())
            for _ in range(1500):
                part.write(b" " * (1 << 20))
    return path


def two_far_corners(path):
    corners = "".join(
        f'<row r="{row}">{"".join(hostile.text("x", f"{scan.letters_of(c)}{row}") for c in range(0, 16384, 150))}</row>'
        for row in range(1, 60_000, 900)
    )
    return hostile.book(path, hostile.sheet_of(corners))


def a_text_repeated(path):
    long = "问" * 30_000
    shared = f"<sst {hostile.MAIN}><si><t>{long}</t></si></sst>"
    cells = '<c t="s"><v>0</v></c>' * 100
    data = "".join(f'<row r="{n}">{cells}</row>' for n in range(1, 1000))
    return hostile.book(path, hostile.sheet_of(data), more={"xl/sharedStrings.xml": shared})


def many_rows(path):
    data = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 150_000))
    return hostile.book(path, hostile.sheet_of(data))


def many_cells(path):
    cells = "<c><v>1</v></c>" * 500
    return hostile.book(path, hostile.sheet_of("".join(f'<row r="{n}">{cells}</row>' for n in range(1, 3000))))


def merged_over_and_over(path):
    merged = '<mergeCell ref="A1:A60000"/>' * 1000
    data = "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 60_000))
    return hostile.book(path, hostile.sheet_of(data, f"<mergeCells>{merged}</mergeCells>"))


def entities_of_entities(path):
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    before = f'<!DOCTYPE worksheet [<!ENTITY e0 "问题">{names}]>'
    return hostile.book(path, hostile.sheet_of(hostile.rows([("&e9;",)]), before=before))


def a_list_of_parts_without_end(path):
    hostile.book(path, hostile.sheet_of(hostile.rows()))
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (200 << 20).to_bytes(4, "little")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (a_long_text, "展开后超过 100 MB"), (one_that_lies_on_its_size, "已损坏"), (a_bomb_in_the_sheet, "展开后超过"),
        (two_far_corners, "超过能读取的范围"), (a_text_repeated, "超过能读取的限度"), (many_rows, "超过 10 万行"),
        (many_cells, "单元格超过 100 万个"), (merged_over_and_over, "合并单元格太多"),
        (entities_of_entities, "已损坏"), (a_list_of_parts_without_end, "部件太多"),
    ],
)  # fmt: skip
def test_a_hostile_workbook_gets_one_sentence_within_memory_and_time(tmp_path, make, words):
    said, megabytes, seconds = told(make(tmp_path / "台账.xlsx"))
    assert words in said
    assert "台账.xlsx" in said
    assert megabytes < 1000
    assert seconds < 10


@pytest.mark.parametrize("place", ["XFD1048576", "IV200000", "A1048576", "XFD2"])
@pytest.mark.parametrize("first", [True, False])
def test_a_stray_cell_is_left_out_and_told_and_the_table_beside_it_is_read(tmp_path, place, first):
    far, near = far_cell(place), hostile.rows()
    path = hostile.book(tmp_path / "台账.xlsx", hostile.sheet_of(far + near if first else near + far))
    (sheet,) = reading.sheets(path)
    assert [tuple(row) for row in sheet.rows] == hostile.GOOD
    assert sheet.notes == [f"“督查问题”表离表格很远的 {place} 没有读取。"]


def test_blank_cells_far_away_are_nothing_to_tell(tmp_path):
    far = '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"></c></row>'
    (sheet,) = reading.sheets(hostile.book(tmp_path / "台账.xlsx", hostile.sheet_of(hostile.rows() + far)))
    assert (len(sheet.rows), sheet.notes) == (4, [])


def test_cells_that_do_not_say_where_they_stand_are_counted_and_prefixes_do_not_hide_them(tmp_path):
    data = hostile.rows() + '<row r="900000"><c><v>7</v></c></row>' + '<row><c a=">" b="/>"><v>8</v></c></row>'
    (sheet,) = reading.sheets(hostile.book(tmp_path / "台账.xlsx", hostile.sheet_of(data)))
    assert (len(sheet.rows), sheet.notes) == (4, ["“督查问题”表离表格很远的 A900000、A900001 没有读取。"])
    data = hostile.rows() + '<x:row r="900000"><x:c r="B900000"><x:v>7</x:v></x:c></x:row>'
    prefixed = hostile.sheet_of(data).replace("<worksheet ", f"<worksheet {hostile.MAIN.replace('xmlns', 'xmlns:x')} ")
    (sheet,) = reading.sheets(hostile.book(tmp_path / "前缀.xlsx", prefixed))
    assert (len(sheet.rows), sheet.notes) == (4, ["“督查问题”表离表格很远的 B900000 没有读取。"])


def locked_parts(path):
    hostile.book(path, hostile.sheet_of(hostile.rows()))
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)


CONTENTS = {
    "报告.pdf": (b"%PDF-1.7\n", "是 PDF 文件"),
    "照片.jpg": (b"\xff\xd8\xff\xe0\0\0", "是图片"),
    "压缩包.rar": (b"Rar!\x1a\x07\0", "请先解压"),
    "程序.exe": (b"MZ\x90\0", "是程序文件"),
    "旧表.xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "已损坏"),
    "旧文档.doc": (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word 文档"),
    "密码.xlsx": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    "乱码.dat": (b"\0\1\2\3" * 40, "不是表格"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_renamed_file_is_named_by_what_it_holds(tmp_path, name):
    content, words = CONTENTS[name]
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=words):
        reading.sheets(path)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("content.xml", "已损坏"), ("xl/workbook.bin", "已损坏"), ("ppt/presentation.xml", "演示文稿"), ("a", ".xlsx"),
        ("word/document.xml", "里面没有表格"),
    ],
)  # fmt: skip
def test_another_kind_of_archive_is_named_too(tmp_path, part, words):
    with zipfile.ZipFile(tmp_path / "表.xlsx", "w") as out:
        out.writestr(part, "<x/>")
    with pytest.raises(Refusal, match=words):
        reading.sheets(tmp_path / "表.xlsx")


def test_a_password_on_the_archive_is_told(tmp_path):
    locked_parts(tmp_path / "表.xlsx")
    with pytest.raises(Refusal, match="打开密码"):
        reading.sheets(tmp_path / "表.xlsx")


def test_a_reader_that_does_not_answer_is_ended(tmp_path, monkeypatch):
    path = hostile.book(tmp_path / "表.xlsx", hostile.sheet_of(hostile.rows()))
    monkeypatch.setattr(reading, "_program", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(limits, "PATIENCE", 0.5)
    start = time.monotonic()
    with pytest.raises(Refusal, match="超过能读取的限度"):
        reading.sheets(path)
    assert time.monotonic() - start < 5


def test_a_reader_that_cannot_be_started_is_told(tmp_path, monkeypatch):
    path = hostile.book(tmp_path / "表.xlsx", hostile.sheet_of(hostile.rows()))
    monkeypatch.setattr(reading, "_program", lambda: [str(tmp_path / "没有")])
    with pytest.raises(Refusal, match="没有启动起来"):
        reading.sheets(path)


def test_our_own_fault_in_the_reader_stays_our_own(tmp_path, monkeypatch):
    path = hostile.book(tmp_path / "表.xlsx", hostile.sheet_of(hostile.rows()))
    said = """print('{"fault": "Traceback"}')"""
    monkeypatch.setattr(reading, "_program", lambda: [sys.executable, "-c", said])
    with pytest.raises(RuntimeError, match="Traceback"):
        reading.sheets(path)


def test_the_frozen_program_reads_by_the_one_that_has_a_console(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "duchatong.exe"))
    assert reading._program() == [str(tmp_path / "duchatong.exe")]
    (tmp_path / "duchatong-cli.exe").touch()
    assert reading._program() == [str(tmp_path / "duchatong-cli.exe")]
    monkeypatch.setattr(sys, "executable", str(tmp_path / "duchatong-cli.exe"))
    assert reading._program() == [str(tmp_path / "duchatong-cli.exe")]


def test_every_sort_of_cell_comes_through_as_it_was(tmp_path):
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    values = [1, 2.5, "甲\n乙😀", True, dt.datetime(2022, 3, 5, 14, 30), dt.date(2022, 3, 5), dt.time(8, 30)]
    page.append(values)
    page.append([])
    page.append([None, None, "末"])
    page.merge_cells("C3:D9")
    book.create_chartsheet("图")
    book.save(tmp_path / "表.xlsx")
    (sheet,) = reading.sheets(tmp_path / "表.xlsx")
    assert sheet.rows == [[1.0, 2.5, "甲\n乙😀", True, values[4], values[5], values[6]], [], ["", "", "末"]]
    assert sheet.merged == [((2, 2), (2, 3))]

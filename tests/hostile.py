"""Workbooks that no office makes: written part by part, so that they may be larger than any library would write."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADER = ("属地单位", "发现日期", "问题事实")
GOOD = [HEADER, *(("柳河镇", "2022-3-5", f"现场无人值守{n}") for n in (1, 2, 3))]


def text(value: str, place: str = "", head: str = "") -> str:
    """A cell with a text of its own."""
    at = f' r="{place}"' if place else ""
    return f'{head}<c{at} t="inlineStr"><is><t>{value}</t></is></c>'


def rows(lines: Iterable[Iterable[str]] = GOOD) -> str:
    """Rows from the first one on."""
    return "".join(
        f'<row r="{number}">' + "".join(text(value) for value in line) + "</row>"
        for number, line in enumerate(lines, start=1)
    )


def sheet_of(data: str, after: str = "", before: str = "") -> str:
    """A worksheet's XML."""
    body = f"<worksheet {MAIN}><sheetData>{data}</sheetData>{after}</worksheet>"
    return f"<?xml version='1.0' encoding='UTF-8'?>{before}{body}"


def book(target: Path, sheet: str, name: str = "督查问题", more: dict[str, str] | None = None) -> Path:
    """A workbook of one sheet."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        parts(out, name)
        out.writestr("xl/worksheets/sheet1.xml", sheet)
        for part, content in (more or {}).items():
            out.writestr(part, content)
    return target


def parts(out: zipfile.ZipFile, name: str = "督查问题") -> None:
    """What makes the archive a workbook."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    out.writestr("[Content_Types].xml", types)
    sheets = f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
    out.writestr("xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{LINKS}">{sheets}</workbook>')
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/{kind}" Target="{to}"/>'
        for n, (kind, to) in enumerate(
            (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")), 1
        )
    )
    out.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')


def strings(target: Path, megabytes: int) -> Path:
    """A workbook whose one text has so many megabytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        parts(out)
        with out.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f"<sst {MAIN}><si><t>".encode())
            for _ in range(megabytes):
                part.write(b"a" * (1 << 20))
            part.write(b"</t></si></sst>")
        out.writestr("xl/worksheets/sheet1.xml", sheet_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    return target


def smaller_by_its_own_word(target: Path) -> Path:
    """Let every part say that it holds one byte."""
    data = bytearray(target.read_bytes())
    for start, size in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(start)
        while at >= 0:
            data[at + size : at + size + 4] = (1).to_bytes(4, "little")
            at = data.find(start, at + 4)
    target.write_bytes(data)
    return target

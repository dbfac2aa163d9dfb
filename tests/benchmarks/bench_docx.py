"""How long a .docx takes against writing the same XML by hand; prints ratios, asserts nothing.

Run: python -m tests.benchmarks.bench_docx
"""

import datetime as dt
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from exporters.docx.breaking import line_count
from exporters.docx.writer import write_docx
from models.paper.elements import Colophon, Column, Header, Paper, Paragraph, Signature, Table
from models.paper.numbering import chinese_numeral

ROOT = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ORGAN = "云岭县疫情防控督查组"
DAY = dt.date(2022, 3, 5)
FACT = "督查发现入口处无人值守，扫码测温、查验行程卡落实不到位，消毒记录不全，现场人员对工作要求掌握不清。"


def sample(items: int) -> Paper:
    blocks = tuple(Paragraph(heading="青石镇农贸市场。", text=FACT, level=2) for _ in range(items))
    return Paper(
        header=Header(organs=(ORGAN,), number="云疫督〔2022〕7号"),
        title="督查通报",
        blocks=blocks,
        signature=Signature((ORGAN,), DAY),
        colophon=Colophon(("县委办公室",), ORGAN, DAY),
    )


def ledger(rows: int) -> Paper:
    columns = tuple(Column(title) for title in ("序号", "单位", "问题", "时限", "责任人"))
    cells = tuple((str(n), "青石镇", FACT, "3月15日", "周某") for n in range(rows))
    return Paper(format="plain", title="问题清单", blocks=(Table(columns, cells),))


def by_hand(items: int, target: Path, shape: str) -> None:
    """The least a program must do: join the same text into the same XML and zip it."""
    start, middle, end = shape.split("|")
    body = "".join(
        f"{start}（{chinese_numeral(n)}）青石镇农贸市场。{middle}{escape(FACT)}{end}" for n in range(1, items + 1)
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {ROOT}><w:body>{body}</w:body></w:document>")


def fastest(call, times: int = 5) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def afresh(paper: Paper, target: Path) -> None:
    """Write a paper without what counting its lines remembers."""
    line_count.cache_clear()
    write_docx(paper, target)


def shape_of(target: Path) -> str:
    """The XML around heading and text of one item, as it was really written."""
    with zipfile.ZipFile(target) as package:
        text = package.read("word/document.xml").decode()
    head = text.index("（一）")
    start = text.rindex("<w:p>", 0, head)
    fact = text.index(FACT, head)
    end = text.index("</w:p>", fact) + len("</w:p>")
    return "|".join((text[start:head], text[head + len("（一）青石镇农贸市场。") : fact], text[fact + len(FACT) : end]))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "paper.docx"
        write_docx(sample(1), target)
        shape = shape_of(target)
        for items in (100, 1_000, 10_000):
            paper = sample(items)
            ours = fastest(lambda paper=paper: afresh(paper, target))
            hand = fastest(lambda items=items: by_hand(items, target, shape))
            sys.stdout.write(
                f"{items:6} items: {ours / hand:5.2f}x by hand ({ours * 1e3:.0f} ms, {hand * 1e3:.0f} ms)\n"
            )
        for rows in (100, 1_000, 10_000):
            paper = ledger(rows)
            ours = fastest(lambda paper=paper: afresh(paper, target), 2)
            sys.stdout.write(f"{rows:6} rows:  {ours / rows * 1e6:5.0f} us a row\n")


if __name__ == "__main__":
    main()

"""What `misjudged` leaves out comes from the cause KNOWN_TOOL_LIMITS.md names: taken away, the tool finds no fault."""

import re
from pathlib import Path
from typing import Any

import pytest

from exporters.docx.writer import write_docx
from exporters.pages import lay_out
from models.paper.elements import Annex, Paper, Paragraph, Signature
from tests.exporters.docx import corpus
from tests.exporters.measuring import failures

pytestmark = [pytest.mark.libreoffice, pytest.mark.full, pytest.mark.usefixtures("qapp")]

FILL = Paragraph(text="各单位要认真对照检查逐项落实整改责任并按时限报送结果")
WESTERN = Paragraph(text="KN95口罩和PCR检测点共12份，APP扫码平台共15次，ABC公司供应N95口罩1200只，" * 4)


def ending_above_the_colophon(rows: int) -> Paper:
    return corpus.paper(annexes=(Annex("问题清单", (corpus.table(rows, 2),)),))


def short_letter(text: Paragraph) -> Paper:
    bare = corpus.header(copy_number="", secrecy="", urgency="")
    return corpus.paper("letter", header=bare, addressees=("柳河镇人民政府",), blocks=(text,))


def rows_down_to_the_colophon() -> int:
    """The longest table that still leaves the colophon its room on the same page."""
    shortest = len(lay_out(ending_above_the_colophon(8)).pages)
    return max(n for n in range(8, 26) if len(lay_out(ending_above_the_colophon(n)).pages) == shortest)


def pushed_over() -> int:
    """How many lines fill page 1 to its foot, so that the last of them goes over with the signature."""
    return max(n for n in range(2, 20) if _page_of_the_last(_filled(n, signature=None)) < _page_of_the_last(_filled(n)))


def _page_of_the_last(paper: Paper) -> int:
    return lay_out(paper).find(f"blocks.{len(paper.blocks) - 1}")[-1][0]


def _filled(lines: int, **more: Any) -> Paper:
    return corpus.paper(blocks=(Paragraph(text=corpus.PURE), *(FILL,) * lines), colophon=corpus.colophon(2), **more)


CASES: dict[str, tuple[dict[str, str], Any, Any]] = {
    "a table outweighs the text": (
        {"body.size": r"12\.0pt"},
        lambda: corpus.paper(annexes=corpus.annexes(2)),
        lambda: corpus.paper(annexes=corpus.annexes(1)),
    ),
    "the colophon outweighs the text": (
        {"body.size": r"14\.0pt", "x.charcap": r"31 .*"},
        lambda: corpus.paper("letter", blocks=(Paragraph(text=corpus.CLOSING),), colophon=corpus.colophon(40)),
        lambda: corpus.paper("letter", blocks=corpus.body(2), colophon=corpus.colophon(6)),
    ),
    "no line of the text goes from edge to edge": (
        {"grid.chars": "-"},
        lambda: short_letter(Paragraph(text="请认真整改。")),
        lambda: short_letter(Paragraph(text=corpus.PURE)),
    ),
    "the addressees stand in the colophon": (
        {"to.left": "未识别", "bj.cc_wrap": r"1[45]\.\dmm"},
        lambda: corpus.paper(addressees=corpus.UNITS, blocks=corpus.body(4)),
        lambda: corpus.paper(addressees=corpus.UNITS[:6], blocks=corpus.body(4)),
    ),
    "a table ends right above the colophon": (
        {"bj.thick": r"0\.1\d/0\.3\d", "bj.thin": r"0\.3\d 0\.2\d"},
        lambda: ending_above_the_colophon(rows_down_to_the_colophon()),
        lambda: ending_above_the_colophon(rows_down_to_the_colophon() - 2),
    ),
    "two organs sign": (
        {"sign.gap": r"0\.0\d"},
        lambda: corpus.paper(signature=Signature(corpus.FOUR[:2], corpus.DAY, sealed=False)),
        lambda: corpus.paper(signature=Signature(corpus.FOUR[:1], corpus.DAY, sealed=False)),
    ),
    "the last line goes over with the signature": (
        {"grid.lines": r"2[01] \(各页 2[01]\)"},
        lambda: _filled(pushed_over()),
        lambda: _filled(pushed_over(), signature=None),
    ),
    "every full line holds Western words": (
        {"grid.chars": r"2[4-7]/2[4-8] .*"},
        lambda: corpus.paper(blocks=(WESTERN, WESTERN)),
        lambda: corpus.paper(blocks=(WESTERN, Paragraph(text=corpus.PURE * 2))),
    ),
}


@pytest.mark.parametrize("cause", CASES)
def test_what_the_tool_finds_goes_with_its_cause(cause: str, tmp_path: Path) -> None:
    found, with_it, without = CASES[cause]
    given, taken = (
        measured(make(), tmp_path / name) for name, make in (("with.docx", with_it), ("without.docx", without))
    )
    assert all(re.fullmatch(pattern, given.get(item, "")) for item, pattern in found.items()), given
    assert not set(taken) & set(found)


def measured(paper: Paper, target: Path) -> dict[str, str]:
    write_docx(paper, target, corpus.photo_path)
    return failures(paper, target)

"""How far our pages agree with LibreOffice's pages of our own .docx.

Run as a program it prints a line a paper and the totals:
    python tests/exporters/pages/agreement.py [NAME...]
"""

import datetime as dt
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pymupdf

_ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests"), str(_ROOT / "tests" / "exporters" / "docx")]

import needed_tools  # noqa: E402

from models.paper.elements import Block, Paper, Paragraph, Signature  # noqa: E402
from tests.measure.rendering import to_pdf  # noqa: E402


@dataclass(frozen=True)
class Agreement:
    """One paper in both writers: its pages as lists of lines, blanks left out."""

    name: str
    ours: list[list[str]]
    theirs: list[list[str]]

    @property
    def same_count(self) -> bool:
        return len(self.ours) == len(self.theirs)

    @property
    def starts_near(self) -> bool:
        """Whether each page begins within one line of where the other begins it."""
        ours, theirs = _starts(self.ours), _starts(self.theirs)
        return len(ours) == len(theirs) and all(abs(a - b) <= 1 for a, b in zip(ours, theirs, strict=True))

    @property
    def equal_lines(self) -> tuple[int, int]:
        """How many lines are the same on the same page, and how many LibreOffice has."""
        equal = sum(_common(a, b) for a, b in zip(self.ours, self.theirs, strict=False))
        return equal, sum(map(len, self.theirs))


def _starts(pages: list[list[str]]) -> list[int]:
    counts = [len(page) for page in pages]
    return [sum(counts[:n]) for n in range(len(counts))]


def _common(ours: list[str], theirs: list[str]) -> int:
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def pdf_lines(path: Path) -> list[list[str]]:
    """The lines of each page from top to bottom; what stands on one baseline is one line."""
    with pymupdf.open(path) as document:
        return [_page_lines(page) for page in document]


def _page_lines(page: pymupdf.Page) -> list[str]:
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    chars = [
        (char["origin"][1], char["origin"][0], char["c"])
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        if abs(line["dir"][1]) < 0.1
        for span in line["spans"]
        for char in span["chars"]
        if char["c"].strip()
    ]
    for y, x, char in sorted(chars):
        if not rows or y - rows[-1][0] > 2:
            rows.append((y, []))
        rows[-1][1].append((x, char))
    return ["".join(char for _, char in sorted(row)) for _, row in rows]


def compare(
    papers: Iterable[tuple[str, Paper]], photo_path: Callable[[str], Path], folder: Path
) -> Iterator[Agreement]:
    """Write every paper both ways and read both back."""
    from exporters.docx.writer import write_docx
    from exporters.pages import write_pdf

    names = []
    for name, paper in papers:
        names.append(name)
        write_docx(paper, folder / f"{name}.docx", photo_path)
        write_pdf(paper, folder / f"{name}.ours.pdf", photo_path)
    to_pdf([folder / f"{name}.docx" for name in names], folder)
    for name in names:
        yield Agreement(name, pdf_lines(folder / f"{name}.ours.pdf"), pdf_lines(folder / f"{name}.pdf"))


def totals(found: Iterable[Agreement]) -> tuple[float, float, float]:
    """The shares of papers with as many pages, of papers whose pages start alike, of equal lines."""
    known = list(found)
    equal, total = map(sum, zip(*(each.equal_lines for each in known), strict=True))
    count = len(known)
    return (
        sum(each.same_count for each in known) / count,
        sum(each.starts_near for each in known) / count,
        equal / total,
    )


def generated(count: int, seed: int = 1) -> Iterator[tuple[str, Paper]]:
    """Papers of random content, format and length; the same ones for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        yield f"generated-{number}", _random_paper(chance)


_CLAUSES = (
    "督查组对8个乡（镇）的36个重点场所进行了实地查看", "入口处扫码测温、查验行程卡落实不到位", "整改率仅为66.7%",
    "个别单位思想上麻痹松懈、侥幸心理抬头", "通过“四不两直”方式开展暗访", "于2022年3月15日前将整改情况报县督查组",
    "消毒记录停留在2月26日", "对照《疫情防控工作台账》逐项销号", "责任单位为青石镇人民政府（联系人：周某）",
    "储备N95口罩1,200只、防护服35套", "要举一反三——不走过场", "A区、B区和C/D区均未设置“一米线”", "存在3类问题：",
)  # fmt: skip


def _random_text(chance: random.Random, most: int) -> str:
    clauses = [chance.choice(_CLAUSES) for _ in range(chance.randint(1, most))]
    return "".join(clause + chance.choice("，；，。") for clause in clauses).rstrip("，；。") + "。"


def _random_paper(chance: random.Random) -> Paper:
    from corpus import annexes, colophon, header, paper, photos, table

    blocks: list[Block] = [Paragraph(text=_random_text(chance, 8))]
    for _ in range(chance.randint(0, 25)):
        level = chance.randint(0, 4)
        heading = chance.choice(_CLAUSES) if level else ""
        blocks.append(Paragraph(_random_text(chance, 9) if level != 1 else "", heading, level))
    if chance.random() < 0.3:
        blocks.insert(chance.randint(1, len(blocks)), table(chance.randint(1, 30), chance.randint(2, 6)))
    if chance.random() < 0.15:
        blocks.insert(chance.randint(1, len(blocks)), photos(chance.randint(1, 3)))
    more: dict[str, object] = {
        "blocks": tuple(blocks),
        "note": chance.choice(("", "此件公开发布")),
        "annexes": annexes(chance.choice((0, 0, 0, 1, 2)), landscape=chance.random() < 0.2),
    }
    form = chance.choice(("general", "general", "letter", "plain"))
    if form != "plain":
        organs = ("云岭县疫情防控督查组", "云岭县卫生健康局", "云岭县公安局")[: chance.choice((1, 1, 2, 3))]
        signed = Signature(organs, dt.date(2022, chance.randint(1, 12), chance.randint(1, 28)), chance.random() < 0.7)
        signers = chance.choice(((), (), ("周明远",)))
        more |= {"header": header(organs=organs, signers=signers), "signature": signed}
        more["colophon"] = colophon(chance.randint(0, 12))
    return paper(form, **more)


def main(wanted: list[str]) -> None:
    """Compare the corpus, or the papers whose names match; ``generated`` compares 200 random ones."""
    needed_tools.prepare()
    from corpus import papers, photo_path
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    folder = Path(tempfile.gettempdir()) / "agreement"
    folder.mkdir(exist_ok=True)
    if wanted == ["generated"]:
        chosen = list(generated(200))
    else:
        chosen = [(n, p) for n, p in papers() if not wanted or any(re.fullmatch(w, n) for w in wanted)]
    found = list(compare(chosen, photo_path, folder))
    for each in found:
        same, lines = each.equal_lines
        flag = "" if each.same_count and each.starts_near and same == lines else "  <<"
        sys.stdout.write(f"{each.name:24} pages {len(each.ours)}/{len(each.theirs)} lines {same}/{lines}{flag}\n")
    pages, starts, equal = totals(found)
    sys.stdout.write(f"{len(found)} papers: pages {pages:.1%}, starts {starts:.1%}, equal lines {equal:.2%}\n")
    application.quit()


if __name__ == "__main__":
    main(sys.argv[1:])

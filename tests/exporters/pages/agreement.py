"""How far our pages agree with LibreOffice's pages of our own .docx.

Run as a program it prints a line a paper and the totals:
    python tests/exporters/pages/agreement.py [NAME...]
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pymupdf

FONTCONF = Path.home() / ".cache" / "gbt9704-fonts" / "fonts.conf"


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


def render_docx(paths: Iterable[Path], folder: Path) -> None:
    """Let LibreOffice make a PDF of each .docx into ``folder``."""
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTCONF)}
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, paths)],
            env=environment, check=True, capture_output=True, timeout=1200,
        )  # fmt: skip


def compare(papers: Iterable[tuple[str, object]], photo_path: object, folder: Path) -> Iterator[Agreement]:
    """Write every paper both ways and read both back."""
    from exporters.gongwen.writer import write_docx
    from exporters.pages import write_pdf

    names = []
    for name, paper in papers:
        names.append(name)
        write_docx(paper, folder / f"{name}.docx", photo_path)
        write_pdf(paper, folder / f"{name}.ours.pdf", photo_path)
    render_docx([folder / f"{name}.docx" for name in names], folder)
    for name in names:
        yield Agreement(name, pdf_lines(folder / f"{name}.ours.pdf"), pdf_lines(folder / f"{name}.pdf"))


def main(wanted: list[str]) -> None:
    root = Path(__file__).resolve().parents[3]
    sys.path[:0] = [str(root), str(root / "tests" / "exporters" / "gongwen")]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("FONTCONFIG_FILE", str(FONTCONF))
    from corpus import papers, photo_path
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    folder = Path(tempfile.gettempdir()) / "agreement"
    folder.mkdir(exist_ok=True)
    chosen = [(n, p) for n, p in papers() if not wanted or any(re.fullmatch(w, n) for w in wanted)]
    equal = total = pages = starts = 0
    for found in compare(chosen, photo_path, folder):
        same, lines = found.equal_lines
        equal, total = equal + same, total + lines
        pages, starts = pages + found.same_count, starts + found.starts_near
        flag = "" if found.same_count and found.starts_near and same == lines else "  <<"
        print(f"{found.name:24} pages {len(found.ours)}/{len(found.theirs)} lines {same}/{lines}{flag}")
    count = len(chosen)
    print(f"{count} papers: pages {pages}, starts {starts}, equal lines {equal}/{total} = {equal / total:.2%}")
    application.quit()


if __name__ == "__main__":
    main(sys.argv[1:])

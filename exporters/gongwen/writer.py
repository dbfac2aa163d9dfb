"""A paper's elements to a .docx file that keeps GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.gongwen import body, closing, colophon, header, letter, page, shell
from exporters.gongwen.pictures import Pictures
from exporters.gongwen.sections import Sections
from exporters.gongwen.text import NAMESPACES, blank, closes_section, kept, paragraph, run, speck
from exporters.output import replacing
from models.paper.elements import Annex, Paper

if TYPE_CHECKING:
    from docx.document import Document


def write_docx(paper: Paper, target: Path, photo_path: Callable[[str], Path] | None = None) -> None:
    """Write a paper as a Word document, beside ``target`` first and then into its place.

    Args:
        paper: the document's elements.
        target: the .docx file to make or replace.
        photo_path: the file of a picture by its hash; needed when the paper holds photos.

    Raises:
        Refusal: the file cannot be written there, or a picture's file is gone or damaged.
        ValueError: the paper holds photos and ``photo_path`` is missing.
    """
    from docx.oxml import parse_xml

    document = shell.new(paper)
    content = _Flow(paper, document, photo_path).write()
    root = document.element.body
    root.clear()
    root.extend(list(parse_xml(f"<w:body {NAMESPACES}>{content}</w:body>")))
    with replacing(target) as beside:
        document.save(str(beside))


class _Flow:
    """The document from its first row to its last section, as XML text."""

    def __init__(self, paper: Paper, document: Document, photo_path: Callable[[str], Path] | None) -> None:
        self._paper = paper
        self._pictures = Pictures(document, photo_path)
        self._sections = Sections(document, paper.fonts)
        self._parts: list[str] = []
        self._turned = False
        self._section = self._sections.portrait(first_foot=letter.first_page_foot() if paper.format == "letter" else "")

    def write(self) -> str:
        self._front()
        self._text()
        for number, annex in enumerate(self._paper.annexes, 1):
            self._annex(annex, str(number) if len(self._paper.annexes) > 1 else "")
        self._back()
        return "".join(self._parts) + self._section

    def _front(self) -> None:
        paper = self._paper
        if paper.format == "general":
            self._parts += [header.write(paper.header, paper.fonts)]
        elif paper.format == "letter":
            self._parts.append(letter.write(paper.header, paper.fonts))

    def _text(self) -> None:
        paper, fonts = self._paper, self._paper.fonts
        self._parts.append(body.heading(paper))
        to = body.addressees(paper.addressees)
        self._parts.append(paragraph(run(to, fonts.body), justify="left") if to else "")
        self._parts += body.blocks(paper.blocks, fonts, self._pictures)
        closing_part = closing.after_text(paper)
        if closing_part:
            # 7.3.5.5: no page may hold the signature without text.
            self._parts[-1] = kept(self._parts[-1])
            self._parts.append(closing_part)

    def _annex(self, annex: Annex, number: str) -> None:
        """附件N on the first row of a new page, its title on the third (7.3.7)."""
        fonts = self._paper.fonts
        turns = annex.landscape != self._turned
        if turns:
            self._turn()
        label = run(f"附件{number}", fonts.hei)
        self._parts += [
            paragraph(label, justify="left", new_page=not turns, outline=0),
            blank(),
            body.title(annex.title, fonts),
            blank(),
        ]
        width = page.TEXT_HEIGHT if annex.landscape else page.TEXT_WIDTH
        self._parts += body.blocks(annex.blocks, fonts, self._pictures, width)

    def _back(self) -> None:
        paper = self._paper
        if paper.colophon is None or paper.format == "plain":
            return
        if self._turned:
            self._turn()
        ruled = paper.format == "general"
        self._parts.append(colophon.write(paper.colophon, paper.fonts, ruled=ruled))

    def _turn(self) -> None:
        """End the section and start one the other way round."""
        if not self._parts[-1].endswith("</w:p>"):
            self._parts.append(speck())
        self._parts[-1] = closes_section(self._parts[-1], self._section)
        self._turned = not self._turned
        self._section = self._sections.landscape() if self._turned else self._sections.portrait()

"""A paper's elements to a .docx file that keeps GB/T 9704-2012."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from exporters import standard
from exporters.docx import body, closing, colophon, estimate, header, letter
from exporters.docx.marks import marked
from exporters.docx.package import Package
from exporters.docx.pictures import Pictures
from exporters.docx.sections import Sections
from exporters.docx.text import blank, closes_section, kept, paragraph, run, speck
from exporters.output import replacing
from models.paper import marks
from models.paper.editing import blocks_of
from models.paper.elements import Block, Paper, Paragraph
from models.paper.marks import Marked


def write_docx(
    paper: Paper, target: Path, photo_path: Callable[[str], Path] | None = None, *, stamp: str = "",
    at: dt.datetime | None = None,
) -> None:  # fmt: skip
    """Write a paper as a Word document, beside ``target`` first and then into its place.

    Args:
        paper: the document's elements.
        target: the .docx file to make or replace.
        photo_path: the file of a picture by its hash; needed when the paper holds photos.
        stamp: what stands in a red frame at the top right of every page, as 草稿 before issue.
        at: the moment its properties say it was made, as of the issue; then the same paper gives the same bytes.

    Raises:
        Refusal: the file cannot be written there, or a picture's file is gone or damaged.
        ValueError: the paper holds photos and ``photo_path`` is missing.
    """
    package = Package()
    content = _Flow(paper, package, photo_path, stamp).write()
    with replacing(target) as beside:
        package.write(paper, content, beside, at)


_UNSURE = 1
"""Rows by which the estimate of a page that ends in text may be out."""


class _Flow:
    """The document from its first row to its last section, as XML text."""

    def __init__(
        self, paper: Paper, package: Package, photo_path: Callable[[str], Path] | None, stamp: str = ""
    ) -> None:
        self._given, self._paper = paper, estimate.parted(paper)
        self._pictures = Pictures(package, photo_path)
        self._sections = Sections(package, paper.fonts, stamp)
        self._parts: list[str] = []
        self._turned = False
        self._moves_addressees = estimate.moves_addressees(paper)
        self._section = self._sections.portrait(first_foot=letter.first_page_foot() if paper.format == "letter" else "")

    def write(self) -> str:
        self._front()
        self._text()
        for number in range(len(self._paper.annexes)):
            self._annex(number)
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
        self._parts.append(body.heading(paper, marks.token(self._given)))
        to = "" if self._moves_addressees else body.addressees(paper.addressees)
        content = marked(run(to, fonts.body), marks.field("addressees"))
        self._parts.append(paragraph(content, justify="left") if to else "")
        self._parts += body.blocks(self._marked(None), fonts, self._pictures)
        closing_part = closing.after_text(paper)
        if closing_part:
            # 7.3.5.5: no page may hold the signature without text; a table or pictures end in a paragraph of their own.
            tail = 2 if paper.blocks and not isinstance(paper.blocks[-1], Paragraph) else 1
            self._parts[-tail:] = [kept(part) for part in self._parts[-tail:]]
            self._parts.append(closing_part)

    def _annex(self, at: int) -> None:
        """附件N on the first row of a new page, its title on the third (7.3.7)."""
        fonts, annex = self._paper.fonts, self._paper.annexes[at]
        number = str(at + 1) if len(self._paper.annexes) > 1 else ""
        turns = annex.landscape != self._turned
        if turns:
            self._turn()
        label = run(f"附件{number}", fonts.hei)
        self._parts += [
            paragraph(label, justify="left", new_page=not turns, outline=0),
            blank(),
            body.title(annex.title, fonts, marks.annex(at)),
            blank(),
        ]
        width = standard.TEXT_HEIGHT if annex.landscape else standard.TEXT_WIDTH
        self._parts += body.blocks(self._marked(at), fonts, self._pictures, width)

    def _marked(self, annex: int | None) -> list[Marked]:
        """Blocks as they are set, with the names they have in the paper as it is kept."""
        kept = marks.blocks(blocks_of(self._given, annex), annex)
        set_as = blocks_of(self._paper, annex)
        return [replace(one, block=block) for one, block in zip(kept, set_as, strict=True)]

    def _back(self) -> None:
        paper = self._paper
        if paper.colophon is None or paper.format == "plain":
            return
        self._to_colophon()
        self._parts.append(
            colophon.write(
                paper.colophon,
                paper.fonts,
                addressees=body.addressees(paper.addressees) if self._moves_addressees else "",
                ruled=paper.format == "general",
            )
        )

    def _to_colophon(self) -> None:
        """Leave a landscape sheet, and for an even page where one is asked for."""
        if not (self._paper.blank_before_colophon or self._turned or self._may_tear()):
            return
        count, left = estimate.pages(self._paper, self._pictures.heights)
        wanted = estimate.colophon_rows(self._paper)
        fits = wanted <= left
        if self._paper.blank_before_colophon and (count + (not fits)) % 2:
            # The colophon's page and a blank page before it carry no number (7.5).
            self._end_section(self._sections.portrait("evenPage", numbered=fits))
        elif self._turned:
            self._end_section(self._sections.portrait())
        elif self._may_tear() and self._needs_page(wanted, left):
            self._parts.append(speck(new_page=True))
            return
        else:
            return
        # A floating table alone would be drawn on the page before.
        self._parts.append(speck())

    def _may_tear(self) -> bool:
        """Whether LibreOffice would tear a table, or lose text behind a picture, before a colophon that goes over.

        After text alone the floating colophon finds its page by itself.
        """
        return any(not isinstance(block, Paragraph) for block in self._last_blocks())

    def _needs_page(self, wanted: float, left: float) -> bool:
        """Whether the colophon must be given a new page."""
        signed = bool(self._paper.signature and not self._paper.annexes)
        text_last = signed or isinstance(self._last_blocks()[-1], Paragraph)
        unsure = _UNSURE if text_last else 0
        return unsure <= left < wanted - unsure

    def _last_blocks(self) -> tuple[Block, ...]:
        return self._paper.annexes[-1].blocks if self._paper.annexes else self._paper.blocks

    def _end_section(self, following: str) -> None:
        if not self._parts[-1].endswith("</w:p>"):
            self._parts.append(speck())
        self._parts[-1] = closes_section(self._parts[-1], self._section)
        self._section = following

    def _turn(self) -> None:
        """End the section and start one the other way round."""
        self._turned = not self._turned
        self._end_section(self._sections.landscape() if self._turned else self._sections.portrait())

"""The parts a paper must have: title, text, signature; paragraphs and titles nobody wrote."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.notices import SIGNATURE, TITLE, Notice, Subject
from models.paper.elements import Paragraph
from models.paper.titles import break_title

MOST_TITLE_LINES: Final = 4
_ANNEX = re.compile(r"annexes\.\d+")


def parts(subject: Subject) -> Iterator[Notice]:
    """Title, text and signature that are missing."""
    paper = subject.paper
    if not paper.title.strip():
        yield Notice("title", "标题是空的，请填写。", TITLE, severity="error")
    if len(break_title(paper.title)) > MOST_TITLE_LINES:
        yield Notice("title_long", f"标题超过{MOST_TITLE_LINES}行，请精简。", TITLE)
    if not paper.blocks:
        yield Notice("empty", "正文是空的。", severity="error")
    if paper.signature is None or not any(o.strip() for o in paper.signature.organs):
        yield Notice("signature", "没有发文机关署名和成文日期。", SIGNATURE, severity="error")


def blank(subject: Subject) -> Iterator[Notice]:
    """Paragraphs and titles of attachments that nobody wrote."""
    for place in subject.places:
        if not place.text.strip() and _ANNEX.fullmatch(place.key):
            yield Notice("annex_title", "附件没有标题，请填写。", place.key, severity="error")
        elif not place.text.strip() and place.at >= 0 and isinstance(subject.paper.blocks[place.at], Paragraph):
            yield Notice("blank", "有一段是空的，请填写或删去。", place.key, place.record, "warning", place.at)

"""What stands against issuing a document: read from the paper and from what its records say.

Pure: the action hands in the paper and the `Facts` it collected. Each notice names the block and the
record at fault, so that the preview can show the place and one click can open the record. What is looked
for stands in ``catalog``.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Final

from models.paper.checks.catalog import BY_CODE, CHECKS
from models.paper.checks.notices import (
    ADDRESSEES,
    COLOPHON,
    SIGNATURE,
    TITLE,
    Check,
    Facts,
    FindingFact,
    Notice,
    PersonFact,
    Place,
    Severity,
    Subject,
)
from models.paper.editing import key_of, records_of
from models.paper.elements import Block, Paper, Paragraph, Photos, Table

__all__ = ["Facts", "FindingFact", "Notice", "PersonFact", "Severity", "before_issue", "in_order", "places_of"]

NOTHING_KNOWN: Final = Facts()


def before_issue(
    paper: Paper, facts: Facts = NOTHING_KNOWN, checks: Iterable[Check] = CHECKS, beside: tuple[Place, ...] = ()
) -> tuple[Notice, ...]:
    """Everything to look at before a paper is issued, errors first, each in the paper's order.

    Args:
        paper: with its title, text and attachments.
        facts: what the records say.
        checks: rows of the list.
        beside: further texts of it, as those of page headers and footnotes of a file.
    """
    subject = Subject(paper, (*places_of(paper), *beside), facts)
    wanted = {check.code: check for check in checks}
    finders = dict.fromkeys(check.find for check in wanted.values() if check.find)
    found = [notice for find in finders for notice in find(subject) if notice.code in wanted]
    order = {place.key: n for n, place in reversed(list(enumerate(subject.places)))}
    return in_order(sorted(found, key=lambda notice: order.get(notice.key, -1)))


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Notices errors first, each once and with the clause of its row.

    Raises:
        KeyError: one is of no row of the list.
    """
    found = dict.fromkeys(
        notice if notice.clause else dataclasses.replace(notice, clause=BY_CODE[notice.code].clause)
        for notice in notices
    )
    return tuple(sorted(found, key=lambda notice: notice.severity != "error"))


def places_of(paper: Paper) -> Iterator[Place]:
    """Every text of a paper with where it stands."""
    yield Place(TITLE, paper.title)
    yield Place(ADDRESSEES, "、".join(paper.addressees))
    for at, block in enumerate(paper.blocks):
        yield Place(key_of(block) or f"blocks.{at}", _text(block), at, records_of(block))
    if paper.signature:
        yield Place(SIGNATURE, "\n".join((*paper.signature.organs, paper.note)))
    if paper.colophon:
        yield Place(COLOPHON, "\n".join((*paper.colophon.copy_to, paper.colophon.printer)))
    for number, annex in enumerate(paper.annexes):
        yield Place(f"annexes.{number}", annex.title)
        for at, block in enumerate(annex.blocks):
            yield Place(key_of(block) or f"annexes.{number}.blocks.{at}", _text(block), -1, records_of(block), True)


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.heading + block.text
    if isinstance(block, Table):
        return "\n".join(filter(None, (block.caption, *(" ".join(row) for row in block.rows))))
    assert isinstance(block, Photos)
    return "\n".join(filter(None, (block.caption, *(photo.caption for photo in block.photos))))

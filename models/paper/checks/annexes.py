"""Attachments: those a text sends to, and those it has."""

import re
from collections.abc import Iterator

from models.paper.checks.notices import Notice, Place, Subject
from models.paper.checks.texts import plain

_SENDS = re.compile(
    r"(?:详?见|参见|附|列入|填写|按照?)附件\s*(\d{0,2})|(?<![\d件])附件\s*(\d{1,2})(?![\d.．：:])|附后|附表|见附"
)
_MENTION = re.compile(r"附件|附后|附表|见附|所附|附[：:]")


def missing(subject: Subject) -> Iterator[Notice]:
    """见附件 in a paper without one, 附件3 in a paper with two."""
    annexes = len(subject.paper.annexes)
    for place in _body(subject):
        for found in _SENDS.finditer(plain(place.text)):
            number = int(found[1] or found[2] or 0)
            if not annexes or number > annexes:
                has = f"只有{annexes}个附件" if annexes else "没有附件"
                sentence = f"文中写“{found[0]}”，这份公文{has}，请补上附件或改写。"
                yield Notice("annex_missing", sentence, place.key, place.record, at=place.at)


def unmentioned(subject: Subject) -> Iterator[Notice]:
    """An attachment added by hand that the text never speaks of."""
    texts = "\n".join(place.text for place in _body(subject)) + subject.paper.note
    if _MENTION.search(texts):
        return
    for number, annex in enumerate(subject.paper.annexes):
        if annex.origin is None and annex.title.strip():
            sentence = f"附件“{annex.title}”正文里没有提到，请在有关处写“见附件”。"
            yield Notice("annex_unmentioned", sentence, f"annexes.{number}")


def _body(subject: Subject) -> Iterator[Place]:
    return (place for place in subject.places if place.at >= 0)

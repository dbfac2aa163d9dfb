"""What a paper says of a problem's state against where it stands."""

import re
from collections.abc import Iterable, Iterator

from models.domain.findings.lifecycle import Status
from models.paper.checks.notices import Notice, Place, Subject
from models.paper.kinds import BY_KEY

_SILENT = re.compile(r"(?<!后)(?:仍|尚|均|至今|一直)?未(?:按时|及时|按要求)?(?:反馈|报送整改|上报整改)")
_STILL_OPEN = re.compile(r"未整改|正在整改|尚未反馈|逾期未")


def closest(places: Iterable[Place], ref: str) -> Place:
    """The place that speaks of a record most closely: its own paragraph, not the lead that is about all of them."""
    holding = (place for place in places if ref in place.records)
    return min(holding, key=lambda place: len(place.records), default=Place("", ""))


def closed(subject: Subject) -> Iterator[Notice]:
    """A closed finding listed as open."""
    paper, places, facts = subject.paper, subject.places, subject.facts
    for one in facts.findings:
        if one.status is not Status.CLOSED:
            continue
        place = closest(places, one.ref)
        alone = len([r for r in place.records if r.startswith("finding:")]) == 1
        if ((kind := BY_KEY.get(paper.kind)) and kind.of_open) or (alone and _STILL_OPEN.search(place.text)):
            sentence = f"问题{one.serial}已销号，不应再列为未整改。"
            yield Notice("closed", sentence, place.key, one.ref, "error", place.at)


def answered(subject: Subject) -> Iterator[Notice]:
    """未反馈 said of a problem that was answered, or answered and returned."""
    told = {one.ref: one for one in subject.facts.findings if one.answered}
    for place in subject.places:
        if not _SILENT.search(place.text):
            continue
        for ref in place.records:
            if one := told.get(ref):
                sentence = f"问题{one.serial}已经反馈过，不应再写“{_SILENT.findall(place.text)[0]}”，请改写。"
                yield Notice("answered", sentence, place.key, ref, "error", place.at)

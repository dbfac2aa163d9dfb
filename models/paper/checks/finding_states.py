"""What a paper says of a problem's state against where it stands."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from models.domain.findings.lifecycle import Status
from models.paper.checks.notices import FindingFact, Notice, Place, Subject
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


_SAID_CLOSED = re.compile(r"已(?:全部)?(?:销号|核销|办结|整改完毕|整改完成|整改到位|全部整改|完成整改|解决)")
_SERIAL = re.compile(r"(?:自查)?\d{4}-\d{4,6}")
_NOT_YET = re.compile(r"退回|未到位|未整改到位|未销号|待核查|未通过|反弹|正在|尚未|部分")
_SAID_OPEN = re.compile(r"未整改|正在整改|尚未整改|整改中|仍未|未销号|未完成整改|逾期未|未解决")


def told_closed(subject: Subject) -> Iterator[Notice]:
    """An open finding told as closed, in its own paragraph or row or by its 台账编号."""
    known = {one.serial: one for one in (*subject.facts.findings, *subject.facts.named) if one.serial}
    refs = {one.ref: one for one in subject.facts.findings}
    for place in subject.places:
        alone = [refs[ref] for ref in place.records if ref in refs]
        for piece in _pieces(place.text):
            if not (_SAID_CLOSED.search(piece) or _SAID_OPEN.search(piece)):
                continue
            by_serial = [known[serial] for serial in _SERIAL.findall(piece) if serial in known]
            for one in by_serial or (alone if len(alone) == 1 else []):
                yield from _state(place, piece, one, named=bool(by_serial))


def _pieces(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from re.split("[。；]", line)


def _state(place: Place, piece: str, one: FindingFact, *, named: bool) -> Iterator[Notice]:
    """What a sentence or row says of a finding against where it stands."""
    said = piece.replace(one.fact, "") if one.fact else piece
    open_ = one.status in _OPEN and not one.solved
    if open_ and (found := _SAID_CLOSED.search(said)) and not _NOT_YET.search(said):
        sentence = f"问题{one.serial}现在是“{one.status}”，不应写作“{found[0]}”，请改写。"
        yield Notice("told_closed", sentence, place.key, one.ref, "error", place.at)
    if named and one.status is Status.CLOSED and (found := _SAID_OPEN.search(said)):
        sentence = f"问题{one.serial}已销号，不应写作“{found[0]}”，请改写。"
        yield Notice("told_open", sentence, place.key, one.ref, "error", place.at)


_OPEN: Final = frozenset({Status.PENDING, Status.HANDED, Status.RECTIFYING, Status.RETURNED})


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

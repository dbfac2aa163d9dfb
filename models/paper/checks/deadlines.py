"""Deadlines that are past before the paper is dated."""

import datetime as dt
import re
from collections.abc import Iterator

from models.domain.findings.lifecycle import Status
from models.paper.checks.finding_states import closest
from models.paper.checks.notices import Notice, Subject

_DUE = re.compile(r"于(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日前")


def past_deadlines(subject: Subject) -> Iterator[Notice]:
    """Deadlines told in the text; a reminder is about just these."""
    paper = subject.paper
    if paper.signature is None or paper.kind == "reminder":
        return
    dated = paper.signature.date
    for place in subject.places:
        for year, month, number in _DUE.findall(place.text):
            day = _day(int(year or dated.year), int(month), int(number))
            if day is not None and day < dated:
                sentence = f"期限{day.month}月{day.day}日早于成文日期{dated.month}月{dated.day}日，请核对。"
                yield Notice("deadline", sentence, place.key, place.record, "error", place.at)


def recorded_deadlines(subject: Subject) -> Iterator[Notice]:
    """Deadlines of the problems a 整改通知书 hands over."""
    paper = subject.paper
    if paper.signature is None or paper.kind != "rectification_notice":
        return
    dated = paper.signature.date
    for one in sorted(subject.facts.findings, key=lambda one: one.serial):
        if one.deadline and one.deadline < dated and one.status not in (Status.CLOSED, Status.VERIFYING):
            place = closest(subject.places, one.ref)
            said = f"{one.deadline.month}月{one.deadline.day}日"
            sentence = f"问题{one.serial}的整改时限{said}早于成文日期，请核对或先办延期。"
            yield Notice("deadline_recorded", sentence, place.key, one.ref, "warning", place.at)


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None

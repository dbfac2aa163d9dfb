"""Deadlines that are past before the paper is dated."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from models.domain.findings.lifecycle import Status
from models.paper.checks.finding_states import closest
from models.paper.checks.notices import Notice, Subject
from models.paper.checks.texts import plain, said_days, sentences

_BY = re.compile(r"\s*(?:\d{1,2}[时点:：]\d{0,2}分?)?\s*(?:（含）)?(?:下班)?(?:[之以]?前|止|为限|底前)")
_UNTIL = re.compile(
    r"(?:时限|期限|限期|限于|限|截止(?:时间|日期)?|最迟(?:于)?|不晚于|不迟于|延期至|延至)[为是于至：:]*\s*$"
)
_MONTH_END = re.compile(r"(?:(\d{4})年)?(?<!\d)(1[0-2]|[1-9])月份?底[之以]?前")
_TOLD = re.compile(
    r"逾期|超期|超时|原定|原时限|原整改时限|已于|此前|曾|仍未|尚未|未按|未在|没有在|截至|已(?:完成|整改|反馈|报送|销号|办结)"
)
_OF_PAST = ("reminder",)


def past_deadlines(subject: Subject) -> Iterator[Notice]:
    """Deadlines told in the text, in any wording; a reminder is about just these."""
    paper = subject.paper
    if paper.signature is None or paper.kind in _OF_PAST or "催办" in paper.title:
        return
    dated = paper.signature.date
    for place in subject.written():
        for _start, sentence in sentences(plain(place.text)):
            if _TOLD.search(sentence):
                continue
            for day in _limits(sentence, dated):
                if day < dated:
                    words = f"期限{day.month}月{day.day}日早于成文日期{dated.month}月{dated.day}日，请核对。"
                    yield Notice("deadline", words, place.key, place.record, "warning", place.at)


def _limits(sentence: str, dated: dt.date) -> Iterator[dt.date]:
    """The days by which something is to be done."""
    for one in said_days(sentence, dated):
        if one.day and (_BY.match(sentence, one.end) or _UNTIL.search(sentence[: one.start])):
            yield one.day
    for found in _MONTH_END.finditer(sentence):
        year, month = int(found[1] or dated.year), int(found[2])
        yield dt.date(year, month, calendar.monthrange(year, month)[1])


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

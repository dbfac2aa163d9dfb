"""Days a paper tells: that there are such days, in the right order, written right, and none it cannot know yet."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from models.paper.checks.finding_states import closest
from models.paper.checks.notices import COLOPHON, SIGNATURE, Mend, Notice, Place, Severity, Subject
from models.paper.checks.texts import SaidDay, around, plain, said_days, sentences
from models.paper.numbering import full_day

_WEEKDAYS: Final = "一二三四五六日"
_WEEKDAY = re.compile(r"[（(，、 ]?(?:星期|周|礼拜)([一二三四五六日天])")
_LEADING = re.compile(r"(?<!\d)((?:\d{4}年)?)(0?)([1-9]\d?)月(0?)([1-9]\d?)日")
_DOTTED = re.compile(r"(?<![\d.])((?:19|20)\d{2})[./-](\d{1,2})[./-](\d{1,2})(?![\d.])")
_SHORT_YEAR = re.compile(r"(?<![\d〇零一二三四五六七八九十])(\d{2})年(\d{1,2})月")
_LONG_YEAR = re.compile(r"\d{5,}年(?=\d{1,2}月|度)")
_MIXED = re.compile(r"[二一][0-9〇零○][0-9〇零○一二三四五六七八九]{2}年")
_HOURS = re.compile(r"(?<![\d:：])(\d{1,2})(?:时|[:：])(\d{2})(?![\d:：])分?")
_HAPPENED = re.compile(r"发现|查看|查实|检查|督查|核查|走访|暗访|接到|收到|反馈|印发|下发|召开|作出|决定|给予|脱岗|未")
_AHEAD = re.compile(
    r"将于|将在|拟于|拟在|定于|计划|届时|之?前|以前|截止|截至|期限|时限|限期|到期|为止|止[，。；）]?|起[，施执实]|延期|延至|研判|"
    r"请于|要求|务必|回头看|下一步|有效期|预计|安排"
)
_SOON: Final = 180
_BETWEEN = re.compile(r"[至到—－~～-]{1,2}")


def impossible(subject: Subject) -> Iterator[Notice]:
    """2月30日, 13月1日, 25时10分, a year of five digits."""
    dated = _dated(subject)
    for place in subject.places:
        for one in said_days(place.text, dated):
            if one.day is None:
                yield _at(place, "day_impossible", f"没有“{one.words}”这一天，请核对。", "error")
        for found in _LONG_YEAR.finditer(place.text):
            yield _at(place, "day_impossible", f"没有“{found[0]}”这样的年份，请核对。", "error")
        for found in _HOURS.finditer(place.text):
            if int(found[1]) > 24 or int(found[2]) > 59:
                yield _at(place, "day_impossible", f"没有“{found[0]}”这个时刻，请核对。", "error")


def reversed_period(subject: Subject) -> Iterator[Notice]:
    """3月10日至3月5日."""
    dated = _dated(subject)
    for place in subject.places:
        for one, other in pairwise(said_days(place.text, dated)):
            between = place.text[one.end : other.start]
            turn = not other.with_year and one.day and other.day and one.day.month - other.day.month > 6
            if _BETWEEN.fullmatch(between) and one.day and other.day and other.day < one.day and not turn:
                said = place.text[one.start : other.end]
                yield _at(place, "period_reversed", f"“{said}”后一个日期早于前一个，请核对。", "error")


def weekday(subject: Subject) -> Iterator[Notice]:
    """3月5日（星期三）, of a day that is another one."""
    dated = _dated(subject)
    for place in subject.places:
        for one in said_days(place.text, dated):
            found = _WEEKDAY.match(place.text, one.end)
            if found is None or one.day is None:
                continue
            right = _WEEKDAYS[one.day.weekday()]
            if found[1].replace("天", "日") != right:
                words = found[0].strip("（(，、 ")
                mend = Mend(one.words + found[0], one.words + found[0].replace(found[1], right))
                sentence = f"{one.words}是星期{right}，文中写“{words}”，请核对。"
                yield _at(place, "weekday", sentence, "warning", mend)


def written(subject: Subject) -> Iterator[Notice]:
    """Leading zeros, dots, a year of two digits, 二0二二年."""
    for place in subject.places:
        text = plain(place.text)
        for found in _LEADING.finditer(text):
            if found[2] or found[4]:
                right = f"{found[1]}{found[3]}月{found[5]}日"
                yield _written(place, found[0], right)
        for found in _DOTTED.finditer(text):
            yield _written(place, found[0], f"{found[1]}年{int(found[2])}月{int(found[3])}日")
        for found in _SHORT_YEAR.finditer(text):
            yield _written(place, found[0], f"20{found[1]}年{found[2]}月")
        for found in _MIXED.finditer(text):
            if re.search(r"\d", found[0]):
                yield _written(place, found[0], found[0].translate(_WHOLE))


_WHOLE = str.maketrans("0123456789○零", "〇一二三四五六七八九〇〇")


def _written(place: Place, wrong: str, right: str) -> Notice:
    return _at(place, "day_form", f"日期“{wrong}”应写作“{right}”。", "warning", Mend(wrong, right))


def told_too_early(subject: Subject) -> Iterator[Notice]:
    """What happened after the paper's own date: it cannot be known yet."""
    if subject.paper.signature is None:
        return
    dated = subject.paper.signature.date
    for place in subject.places:
        if place.at < 0 and not place.key.startswith("annexes"):
            continue
        for start, sentence in sentences(place.text):
            for one in said_days(sentence, dated):
                if _is_later(one, dated) and _has_happened(sentence, one):
                    said = around(place.text, start + one.start, start + one.end)
                    words = f"“{said}”里的日期晚于成文日期{full_day(dated)}，请核对。"
                    yield _at(place, "fact_later", words, "error")


def _is_later(one: SaidDay, dated: dt.date) -> bool:
    if one.day is None or one.day <= dated:
        return False
    return one.with_year or (one.day - dated).days < _SOON


def _has_happened(sentence: str, one: SaidDay) -> bool:
    clause = re.split("[，、]", sentence[one.end :], maxsplit=2)
    return bool(_HAPPENED.search("，".join(clause[:2]))) and not _AHEAD.search(sentence)


def recorded_later(subject: Subject) -> Iterator[Notice]:
    """Problems found after the paper's own date."""
    if subject.paper.signature is None:
        return
    dated = subject.paper.signature.date
    for one in subject.facts.findings:
        if one.found_on and one.found_on > dated:
            place = closest(subject.places, one.ref)
            sentence = f"问题{one.serial}{full_day(one.found_on)}才发现，晚于成文日期{full_day(dated)}，请核对。"
            yield Notice("dated_before_fact", sentence, place.key, one.ref, "error", place.at)


def before_last(subject: Subject) -> Iterator[Notice]:
    """A paper dated before the one issued last under a smaller number."""
    facts, signature = subject.facts, subject.paper.signature
    if signature is None or facts.last_issued is None or signature.date >= facts.last_issued[1]:
        return
    number, day = facts.last_issued
    sentence = f"成文日期{full_day(signature.date)}早于上一份公文{number}的{full_day(day)}，请核对。"
    if facts.gap_reason.strip():
        yield Notice("dated_before_last", sentence, SIGNATURE)
    else:
        yield Notice("dated_before_last", f"{sentence}确是如此的，请写明原因。", SIGNATURE, severity="error")


def printed(subject: Subject) -> Iterator[Notice]:
    """印发日期 before 成文日期."""
    signature, colophon = subject.paper.signature, subject.paper.colophon
    if signature and colophon and colophon.print_date and colophon.print_date < signature.date:
        sentence = f"印发日期{full_day(colophon.print_date)}早于成文日期{full_day(signature.date)}，请核对。"
        mend = Mend(field="print_date", value=signature.date, label=f"改为{full_day(signature.date)}")
        yield Notice("printed_before", sentence, COLOPHON, severity="error", mend=mend)


def _dated(subject: Subject) -> dt.date:
    return subject.paper.signature.date if subject.paper.signature else dt.date(2022, 12, 31)


def _at(place: Place, code: str, sentence: str, severity: Severity, mend: Mend | None = None) -> Notice:
    return Notice(code, sentence, place.key, place.record, severity, place.at, mend=mend)

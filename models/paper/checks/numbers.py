"""发文字号 and 期号: there, written right, of the year, the next one."""

import re
from collections.abc import Iterator
from typing import Final

from models.domain.documents.numbering import document_number, numbering_sentence
from models.paper.checks.notices import NUMBER, TITLE, Facts, Mend, Notice, Subject

NUMBERED: Final = frozenset({"general", "letter"})
_WRONG_BRACKETS = re.compile(r"[\[(（【［{]\s*((?:19|20)\d{2})\s*[\])）】］}]\s*(第?)(\d{1,5})\s*号")
_RIGHT_NUMBER = re.compile(r"[^\s〔〕]+〔(\d{4})〕([1-9]\d*)号")


def number(subject: Subject) -> Iterator[Notice]:
    """The paper's own 发文字号."""
    paper, facts = subject.paper, subject.facts
    text = paper.header.number.strip()
    if not text:
        if paper.format in NUMBERED:
            yield Notice("number_missing", "没有发文字号，请填写。", NUMBER, severity="error")
        return
    found = _RIGHT_NUMBER.fullmatch(text)
    if not found:
        yield Notice("number_form", f"发文字号“{text}”写法不对，{_meant(text)}", NUMBER, severity="error")
        return
    if paper.signature and int(found[1]) != paper.signature.date.year:
        yield Notice(
            "number_year", f"发文字号是{found[1]}年的，成文日期是{paper.signature.date.year}年，请核对。", NUMBER
        )
    sentence = numbering_sentence(int(found[2]), facts.used) if facts.used or int(found[2]) > 1 else ""
    if sentence:
        yield _out_of_order("number_order", sentence, NUMBER, facts)


def issue(subject: Subject) -> Iterator[Notice]:
    """The paper's own 期号."""
    facts = subject.facts
    if facts.issue is None:
        return
    sentence = numbering_sentence(facts.issue, facts.issues_used)
    if sentence:
        yield _out_of_order("issue_order", "期号：" + sentence.replace("号", "期"), TITLE, facts)


def _out_of_order(code: str, sentence: str, key: str, facts: Facts) -> Notice:
    """A number that is not the next one: with a reason it may be passed over."""
    if facts.gap_reason.strip():
        return Notice(code, sentence, key)
    return Notice(code, f"{sentence}确要使用的，请写明原因。", key, severity="error")


def _meant(text: str) -> str:
    try:
        return f"应写作“{document_number(text)}”。"
    except ValueError:
        return "应写作“代字〔2022〕7号”的样子。"


def brackets(subject: Subject) -> Iterator[Notice]:
    """Document numbers cited with other brackets than 〔〕, or with 第."""
    for place in subject.places:
        for found in _WRONG_BRACKETS.finditer(place.text):
            right = f"〔{found[1]}〕{int(found[3])}号"
            sentence = f"文号“{found[0]}”应写作“{right}”。"
            yield Notice("brackets", sentence, place.key, place.record, "warning", place.at, mend=Mend(found[0], right))

"""发文字号 and 期号: there, written right, of the year, the next one."""

import re
from collections.abc import Iterator
from typing import Final

from models.domain.documents.numbering import document_number, numbering_sentence
from models.paper.checks.notices import NUMBER, TITLE, Facts, Mend, Notice, Severity, Subject

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
        right = _meant(text)
        said = f"应写作“{right}”。" if right else "应写作“代字〔2022〕7号”的样子。"
        mend = Mend(text, right) if right else None
        yield Notice("number_form", f"发文字号“{text}”写法不对，{said}", NUMBER, severity="error", mend=mend)
        return
    if paper.signature and int(found[1]) != paper.signature.date.year:
        yield Notice(
            "number_year", f"发文字号是{found[1]}年的，成文日期是{paper.signature.date.year}年，请核对。", NUMBER
        )
    serial = int(found[2])
    sentence = numbering_sentence(serial, facts.used) if facts.used or serial > 1 else ""
    if sentence:
        code = "number_twice" if serial in facts.used else "number_gap"
        yield _out_of_order(code, sentence, NUMBER, facts)


def issue(subject: Subject) -> Iterator[Notice]:
    """The paper's own 期号."""
    facts = subject.facts
    if facts.issue is None:
        return
    sentence = numbering_sentence(facts.issue, facts.issues_used)
    if sentence:
        code = "issue_twice" if facts.issue in facts.issues_used else "issue_gap"
        yield _out_of_order(code, "期号：" + sentence.replace("号", "期"), TITLE, facts)


def _out_of_order(code: str, sentence: str, key: str, facts: Facts) -> Notice:
    """A number that is not the next one: one given already stands against issuing until there is a reason."""
    if facts.gap_reason.strip():
        return Notice(code, sentence, key)
    severity: Severity = "error" if code.endswith("_twice") else "warning"
    return Notice(code, f"{sentence}确要使用的，请写明原因。", key, severity=severity)


def _meant(text: str) -> str:
    try:
        return str(document_number(text))
    except ValueError:
        return ""


def brackets(subject: Subject) -> Iterator[Notice]:
    """Document numbers cited with other brackets than 〔〕, or with 第."""
    for place in subject.places:
        for found in _WRONG_BRACKETS.finditer(place.text):
            right = f"〔{found[1]}〕{int(found[3])}号"
            sentence = f"文号“{found[0]}”应写作“{right}”。"
            yield Notice("brackets", sentence, place.key, place.record, "warning", place.at, mend=Mend(found[0], right))

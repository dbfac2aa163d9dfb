"""Words of other offices' ledgers in ours; what is not sure stays unsaid."""

import datetime as dt

import pytest

from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome
from models.domain.intake.said_deadlines import said
from models.domain.intake.said_outcomes import outcome_of, outcome_told, source_of, status_of

FOUND = dt.date(2022, 3, 5)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("已整改", Outcome.DONE),
        ("整改完毕", Outcome.DONE),
        ("√", Outcome.DONE),
        ("100%", Outcome.DONE),
        (" 是 ", Outcome.DONE),
        ("未整改", Outcome.ONGOING),
        ("正在整改", Outcome.ONGOING),
        ("否", Outcome.ONGOING),
        ("长期整改", Outcome.LONG_TERM),
        ("立行立改", Outcome.ON_SPOT),
        ("部分整改", None),
        ("基本完成", None),
        ("", None),
        ("已安排专人", None),
    ],
)
def test_an_outcome(word: str, meant: Outcome | None) -> None:
    assert outcome_of(word) is meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("已完成整改", Outcome.DONE),
        ("已整改到位，更换了登记簿。", Outcome.DONE),
        ("正在整改", Outcome.ONGOING),
        ("正在协调上级解决", Outcome.ONGOING),
        ("已安排专人负责", None),
        ("整改措施正在制定", None),
    ],
)
def test_a_sentence_on_the_rectification(words: str, meant: Outcome | None) -> None:
    assert outcome_told(words) is meant


@pytest.mark.parametrize(
    ("word", "closing", "meant"),
    [
        ("已整改", False, Status.VERIFYING),
        ("是", False, Status.VERIFYING),
        ("是", True, Status.CLOSED),
        ("已销号", False, Status.CLOSED),
        ("√", True, Status.CLOSED),
        ("整改中", False, Status.RECTIFYING),
        ("长期坚持", False, Status.RECTIFYING),
        ("否", True, None),
        ("部分整改", False, None),
    ],
)
def test_a_status_is_closed_only_by_a_word_of_closing(word: str, closing: bool, meant: Status | None) -> None:
    assert status_of(word, closing=closing) is meant


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("县级督查", "县"),
        ("市督导组", "市"),
        ("省第三督导组2022年3月反馈", "省"),
        ("国务院督查组", "国家"),
        ("12345热线", "群众举报"),
        ("企业自查", "乡自查"),
        ("县市场监管局检查", "县"),
        ("某某反馈", ""),
    ],
)
def test_a_source(phrase: str, meant: str) -> None:
    assert source_of(phrase) == meant


@pytest.mark.parametrize(
    ("words", "values", "kept"),
    [
        ("立即整改", {"deadline_kind": "立即"}, False),
        ("即日起", {"deadline_kind": "立即"}, False),
        ("5个工作日", {"deadline_kind": "工作日", "deadline_days": 5}, False),
        ("3日内", {"deadline": dt.date(2022, 3, 8)}, False),
        ("24小时内", {"deadline": dt.date(2022, 3, 6)}, False),
        ("36小时内", {"deadline": dt.date(2022, 3, 7)}, False),
        ("两周内", {"deadline": dt.date(2022, 3, 19)}, False),
        ("3月中旬", {"deadline": dt.date(2022, 3, 20)}, False),
        ("长期坚持", {}, True),
        ("已完成", {}, True),
        ("/", {}, True),
    ],
)
def test_a_deadline_in_words(words: str, values: dict[str, object], kept: bool) -> None:
    found = said(words, FOUND, lambda text: dt.datetime.strptime(f"2022年{text}", "%Y年%m月%d日").date())
    assert found is not None
    assert (found.values, found.keeps_words) == (values, kept)


def test_a_day_is_no_deadline_in_words_and_days_are_counted_from_the_finding() -> None:
    assert said("3月10日", FOUND, lambda _text: FOUND) is None
    found = said("3日内", None, lambda _text: FOUND)
    assert found is not None
    assert (found.values, found.keeps_words) == ({}, True)

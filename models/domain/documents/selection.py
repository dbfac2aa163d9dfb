"""Which record may stand in which kind of document: one table for composing, window, command line and checks.

A record is seen as its traits: where it stands (``Status`` or ``Stage``), whose book it is in (``Source``)
and what else is so (``Trait``). A row of the table says of a kind which traits keep a record out and which
want the clerk's tick; what it does not name does not matter there. Pure: queries find the traits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from models.domain.cases.stages import Stage
from models.domain.findings.lifecycle import ABOVE, SELF_FOUND, Status
from models.domain.state_machine import Role


class Answer(StrEnum):
    """What the table says of a record, from the mildest on."""

    IN = "in"
    ASK = "ask"
    OUT = "out"


class Source(StrEnum):
    """Whose book a finding is in."""

    OWN = "own"
    ABOVE = "above"
    SELF = "self"


class Trait(StrEnum):
    """What else is so of a record, seen from a document of one kind and date."""

    DELETED = "deleted"
    REPORTED = "reported"
    AFTER_DATE = "after_date"
    UNDATED = "undated"
    BEFORE_PERIOD = "before_period"
    AFTER_PERIOD = "after_period"
    OBJECTION = "objection"
    OBJECTION_RETURNED = "objection_returned"
    NEVER_HANDED = "never_handed"
    SELF_NEVER_HANDED = "self_never_handed"
    NOTIFIED = "notified"
    BACKFILLED = "backfilled"
    NO_DEADLINE = "no_deadline"
    NOT_DUE = "not_due"
    UNATTACHED = "unattached"
    UNDATED_DECISION = "undated_decision"
    FUTURE_DECISION = "future_decision"
    FACTS_ONLY = "facts_only"
    UNSETTLED = "unsettled"
    DECIDED_BEFORE = "decided_before"
    DECIDED_AFTER = "decided_after"
    NO_DAY = "no_day"
    NOT_TOLD = "not_told"
    UNCHANGED = "unchanged"


Feature = Status | Stage | Source | Trait
"""One thing about a record that a row may judge."""
Row = Mapping[Feature, Answer]
_IN, _ASK, _OUT = Answer


def _row(out: Iterable[Feature], ask: Iterable[Feature] = ()) -> Row:
    """A row; reasons are told in this order, those against it first."""
    return {Trait.DELETED: _OUT, **dict.fromkeys(out, _OUT), **dict.fromkeys(ask, _ASK)}


_NEVER: tuple[Feature, ...] = (Status.DRAFT, Status.REVOKED, Status.VOID, Trait.AFTER_DATE)
"""In no paper about findings: incomplete, not counted, or found after the paper's own date."""
_OTHER_DAYS: tuple[Feature, ...] = (Trait.UNDATED, Trait.BEFORE_PERIOD, Trait.AFTER_PERIOD)
_BULLETIN = _row(
    (*_NEVER, Source.SELF),
    (Trait.REPORTED, Source.ABOVE, Status.SUSPENDED, Trait.OBJECTION, Trait.OBJECTION_RETURNED, *_OTHER_DAYS),
)
_CASES = _row(
    (
        Stage.CLUE, Stage.VERIFIED, Stage.PROPOSED, Stage.SUBMITTED, Stage.TRANSFERRED, Stage.DROPPED, Stage.AMENDED,
        Trait.UNDATED_DECISION, Trait.FUTURE_DECISION,
    ),
    (
        Trait.REPORTED, Trait.FACTS_ONLY, Trait.UNSETTLED, Trait.DECIDED_BEFORE, Trait.DECIDED_AFTER, *_OTHER_DAYS[1:],
        Trait.NO_DAY,
    ),
)  # fmt: skip
_CORRECTED = _row((Trait.NOT_TOLD, Trait.UNCHANGED, Trait.FUTURE_DECISION), (Trait.REPORTED,))
_NOTICE = _row(
    (*_NEVER, Status.VERIFYING, Status.CLOSED, Status.SUSPENDED),
    (Trait.NOTIFIED, Trait.BACKFILLED, Trait.SELF_NEVER_HANDED, Trait.UNDATED),
)
_REMINDER = _row((*_NEVER, Status.PENDING, Status.VERIFYING, Status.CLOSED, Trait.NOT_DUE), (Trait.NO_DEADLINE,))
_INSPECTED = _row((*_NEVER, Source.SELF), (Trait.UNATTACHED,))
_SELF = _row((*_NEVER, Source.OWN, Source.ABOVE), (Trait.UNDATED,))

TABLE: Final[Mapping[tuple[str, Role], Row]] = {
    ("findings_bulletin", "county"): _BULLETIN,
    ("accountability_bulletin", "county"): _CASES,
    ("correction", "county"): _CORRECTED,
    ("rectification_notice", "county"): _NOTICE,
    ("reminder", "county"): _REMINDER,
    ("inspection_report", "county"): _INSPECTED,
    ("rectification_report", "county"): _row((*_NEVER, Trait.NEVER_HANDED), (Trait.UNDATED,)),
    ("rectification_report", "unit"): _row(_NEVER, (Trait.UNDATED,)),
    ("rectification_plan", "county"): _row((*_NEVER, Status.PENDING), (Status.CLOSED, Trait.UNDATED)),
    ("rectification_plan", "unit"): _row(_NEVER, (Status.CLOSED, Trait.UNDATED)),
    ("self_inspection_report", "county"): _SELF,
    ("self_inspection_report", "unit"): _SELF,
    ("period_summary", "county"): _row((*_NEVER, Source.SELF, Trait.UNDATED)),
    ("period_summary", "unit"): _row((*_NEVER, Trait.UNDATED)),
    ("free_paper", "county"): _row(_NEVER),
    ("free_paper", "unit"): _row(_NEVER),
}
"""Every kind an office of a role may compose; one that is not here it may not."""

_WORDS: Final[Mapping[Feature, tuple[str, str]]] = {
    Trait.DELETED: ("已删除", "已移入回收站"),
    Status.DRAFT: ("草稿", "还是草稿，内容不全"),
    Status.REVOKED: ("已撤销", "已撤销"),
    Status.VOID: ("已作废", "已作废"),
    Trait.AFTER_DATE: ("成文日期后发现", "发现日期晚于成文日期"),
    Source.SELF: ("乡镇自查", "是乡镇自查的问题"),
    Source.OWN: ("不是自查", "不是自查发现的问题"),
    Source.ABOVE: ("上级反馈", "是上级反馈的问题"),
    Trait.REPORTED: ("已通报", "已经通报过"),
    Status.SUSPENDED: ("挂账协调", "正在挂账协调"),
    Trait.OBJECTION: ("有异议", "责任单位有异议，还没有核查"),
    Trait.OBJECTION_RETURNED: ("异议退回", "异议退回后还没有再报"),
    Trait.UNDATED: ("没有发现日期", "没有发现日期"),
    Trait.BEFORE_PERIOD: ("早于本期", "发生在本期之前"),
    Trait.AFTER_PERIOD: ("晚于本期", "发生在本期之后"),
    Status.PENDING: ("尚未交办", "还没有交办"),
    Status.VERIFYING: ("待核查", "已反馈，等待核查"),
    Status.CLOSED: ("已销号", "已销号"),
    Trait.NEVER_HANDED: ("尚未交办", "还没有交办"),
    Trait.SELF_NEVER_HANDED: ("乡镇自查", "是乡镇自查的问题，没有交办"),
    Trait.NOTIFIED: ("已发整改通知书", "已写入发给这个单位的整改通知书"),
    Trait.BACKFILLED: ("补录已交办", "是补录的，已有交办日期"),
    Trait.NO_DEADLINE: ("没有时限", "没有整改时限"),
    Trait.NOT_DUE: ("时限未到", "时限还没有临近"),
    Trait.UNATTACHED: ("未归入督查活动", "没有归入督查活动"),
    Stage.DROPPED: ("不予问责", "不予问责"),
    Stage.AMENDED: ("申诉变更", "正在申诉变更"),
    Trait.UNDATED_DECISION: ("没有决定日期", "处理没有决定日期"),
    Trait.FUTURE_DECISION: ("决定晚于成文日期", "处理的决定日期晚于成文日期"),
    Trait.FACTS_ONLY: ("只通报问题", "没有处理，只能通报问题"),
    Trait.UNSETTLED: ("人员未定通报方式", "有人员既没有处理，也没有通报方式"),
    Trait.DECIDED_BEFORE: ("以前决定", "处理是本期之前决定的"),
    Trait.DECIDED_AFTER: ("晚于本期决定", "处理是本期之后决定的"),
    Trait.NO_DAY: ("没有日期", "没有决定日期和行为日期"),
    Trait.NOT_TOLD: ("原通报没有写", "要更正的通报里没有写这个案件"),
    Trait.UNCHANGED: ("处理没有变更", "没有申诉变更，或变更后的处理还没有登记"),
}
_UNDECIDED = ("尚未决定", "还没有作出处理决定")
"""What a stage is called that comes before a decision."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The table's answer for one record, with all its reasons of that weight in the row's order."""

    answer: Answer
    reasons: tuple[Feature, ...] = ()

    @property
    def code(self) -> str:
        """The first reason for programs; empty where the record is in."""
        return _code(self.reasons[0]) if self.reasons else ""

    @property
    def short(self) -> str:
        """The first reason in the few words a summary counts by."""
        return _said(self.reasons[0])[0] if self.reasons else ""

    @property
    def words(self) -> str:
        """All reasons as part of a sentence; empty where the record is in."""
        return "，".join(dict.fromkeys(_said(one)[1] for one in self.reasons))


IN: Final = Verdict(Answer.IN)


def may_compose(kind: str, role: Role) -> bool:
    """Whether an office of a role writes this kind at all."""
    return (kind, role) in TABLE


def row_of(kind: str, role: Role) -> Row:
    """What the table says of a kind.

    Raises:
        KeyError: the role may not compose it.
    """
    return TABLE[kind, role]


def judge(row: Row, features: Iterable[Feature]) -> Verdict:
    """The answer for a record with these features: the severest of theirs."""
    held = set(features)
    for answer in (Answer.OUT, Answer.ASK):
        reasons = tuple(one for one, said in row.items() if said is answer and one in held)
        if reasons:
            return Verdict(answer, reasons)
    return IN


def source_of(source_level: str, *, self_found: bool) -> Source:
    """Whose book a finding is in; what names no level is the office's own."""
    if self_found or source_level == SELF_FOUND:
        return Source.SELF
    return Source.ABOVE if source_level in ABOVE else Source.OWN


def _said(one: Feature) -> tuple[str, str]:
    """A reason in the words of a summary and of a sentence."""
    return _WORDS.get(one, _UNDECIDED)


def _code(one: Feature) -> str:
    return one.name.lower() if one in _WORDS else "undecided"

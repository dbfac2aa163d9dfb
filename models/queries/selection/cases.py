"""Which cases stand in a bulletin, and which of their dispositions: by the decision, as of the bulletin's date."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from models.domain.cases.stages import Stage
from models.domain.documents.mentions import ticked_in
from models.domain.documents.selection import Answer, Feature, Trait, judge
from models.domain.text.said_days import first_day
from models.queries.facts.cases import CaseFacts, cases_for_documents
from models.queries.selection import reported
from models.queries.selection.choices import Choice, Judged, Selection
from models.records import AccountabilityCase, Disposition, Party

TABLE = "accountability_case"


@dataclass(frozen=True, slots=True)
class CaseSelection(Selection):
    """The cases that were looked at; ``cases`` are those that stand in the bulletin, as they are printed there."""

    cases: tuple[CaseFacts, ...] = ()


def select_cases(session: Session, choice: Choice) -> CaseSelection:
    """Every case the filters reach, with the table's answer, in the order they are printed."""
    scope = replace(choice.scope, from_=None, until=None)
    return _selection(session, choice, cases_for_documents(session, choice.case_ids, scope))


def judge_cases(session: Session, choice: Choice, case_ids: Sequence[int]) -> CaseSelection:
    """These cases wherever they are now: what the check before issue asks of a draft's records."""
    return _selection(session, choice, cases_for_documents(session, case_ids, gone=True) if case_ids else [])


def _selection(session: Session, choice: Choice, cases: Sequence[CaseFacts]) -> CaseSelection:
    told = reported.covered(session, choice.kind, TABLE)
    since = reported.Since(session, choice.kind, TABLE, choice.date)
    judged, printed = [], []
    for facts in cases:
        case = facts.case
        seen = as_of(facts, choice.date)
        features = set(_features(choice, facts, seen, since.of(case.campaign_id)))
        if case.publicised or case.uuid in told:
            features.add(Trait.REPORTED)
        verdict = judge(choice.row, features)
        parties = nameless(choice, seen) if Trait.UNSETTLED in verdict.reasons else ()
        people = tuple(party.name for party in parties)
        hindrance = _hindrance(choice, facts, parties, features) if verdict.answer is Answer.ASK else ""
        taken = choice.takes(case.uuid, verdict) and not hindrance
        label = " ".join(filter(None, (case.code, case.title or case.fact[:24])))
        judged.append(Judged(TABLE, case.id, case.uuid, label, verdict, taken, _told(choice, case, hindrance), people))
        if taken:
            printed.append(seen)
    return CaseSelection(tuple(judged), tuple(printed))


def decided_on(disposition: Disposition, case: AccountabilityCase, year: int) -> dt.date | None:
    """When a disposition was decided: its day, else the first of the time its words name."""
    after = case.conduct_from or case.conduct_until
    return disposition.decided_on or first_day(disposition.decided_text, after, year)


def as_of(facts: CaseFacts, date: dt.date) -> CaseFacts:
    """The case as a paper of a date may tell it: what was decided later never stands in it."""

    def known(one: Disposition) -> bool:
        day = decided_on(one, facts.case, date.year)
        return day is None or day <= date

    parties = (replace(p, dispositions=tuple(d for d in p.dispositions if known(d))) for p in facts.parties)
    return replace(facts, parties=tuple(parties))


def unsettled(facts: CaseFacts) -> tuple[Party, ...]:
    """Parties with neither a disposition nor a word on how they are to be named."""
    open_ = (p.party for p in facts.parties if not (p.dispositions or p.party.mention or p.party.elsewhere.strip()))
    return tuple(open_)


def nameless(choice: Choice, facts: CaseFacts) -> tuple[Party, ...]:
    """Of the unsettled parties those that naming the case does not settle.

    A party with a failing of its own, and the unit the case is about, are then named for it (点名通报).
    """
    ticked = ticked_in(facts.case.code, choice.leave_out)

    def settled(party: Party) -> bool:
        own = party.is_unit and party.unit_id in (None, facts.case.unit_id)
        return bool(party.conduct.strip()) or own or party.name in ticked

    return tuple(party for party in unsettled(facts) if not settled(party))


def _hindrance(choice: Choice, facts: CaseFacts, people: Sequence[Party], features: set[Feature]) -> str:
    """What keeps out a case that was ticked; empty where nothing does."""
    later = {p.party.id for p in facts.parties if p.dispositions}
    said = (
        ([one.name for one in people if one.id not in later], "既没有处理，也没有通报方式"),
        ([one.name for one in people if one.id in later], "的处理决定晚于成文日期，也没有通报方式"),
    )
    if people:
        told = "，".join(f"{'、'.join(names)}{what}" for names, what in said if names)
        return f"{told}，请填写“通报方式”，或选择不写入"
    if Trait.FACTS_ONLY in features and not (facts.case.approver.strip() or choice.approver.strip()):
        return "没有处理，只能通报问题，须填写“批准人”"
    return ""


def _told(choice: Choice, case: AccountabilityCase, hindrance: str) -> str:
    """A hindrance is told of a case that was ticked; of the others the table's own reason."""
    return hindrance if choice.include or case.uuid in choice.ticks else ""


def _features(choice: Choice, facts: CaseFacts, seen: CaseFacts, since: dt.date | None) -> Iterator[Feature]:
    case = facts.case
    yield Stage(case.stage or Stage.CLUE)
    if case.deleted_at:
        yield Trait.DELETED
    every = [d for p in facts.parties for d in p.dispositions]
    days = [decided_on(d, case, choice.date.year) for d in every]
    dated = [day for day in days if day and day <= choice.date]
    if every and not dated:
        yield Trait.FUTURE_DECISION if any(days) else Trait.UNDATED_DECISION
    if not every:
        yield Trait.FACTS_ONLY
    if unsettled(seen):
        yield Trait.UNSETTLED
    yield from _period(choice, case, dated, since)


def _period(
    choice: Choice, case: AccountabilityCase, decided: Sequence[dt.date], since: dt.date | None
) -> Iterator[Feature]:
    """Whether anything was decided in the period; of a case without a decision, whether it happened in it."""
    first, last = choice.scope.from_, choice.scope.until
    chosen = first is not None or last is not None
    first = first if chosen else since
    days = list(decided) or ([day for day in _conduct(choice, case) if day] if chosen else [])
    if chosen and not days:
        yield Trait.NO_DAY
    if not days or any((not first or day >= first) and (not last or day <= last) for day in days):
        return
    before = first is not None and min(days) < first
    if decided:
        yield Trait.DECIDED_BEFORE if before else Trait.DECIDED_AFTER
    else:
        yield Trait.BEFORE_PERIOD if before else Trait.AFTER_PERIOD


def _conduct(choice: Choice, case: AccountabilityCase) -> tuple[dt.date | None, ...]:
    """The days of the conduct, else the first of the time its words name."""
    days = (case.conduct_from, case.conduct_until)
    return days if any(days) else (first_day(case.period_text, None, choice.date.year),)

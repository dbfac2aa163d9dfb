"""What a summary tells of accountability, and of the letters to units that went out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from exporters.composing.frame import Frame
from exporters.composing.period import of_sources
from exporters.composing.wording import listed
from models.domain.cases.stages import Stage
from models.paper.kinds import NAMES
from models.queries.facts.cases import PartyFacts, cases_for_documents
from models.queries.figures import statistics
from models.queries.figures.scope import Scope
from models.queries.selection.cases import decided_on
from models.records import AccountabilityCase, Disposition

_DECIDED = (Stage.DECIDED, Stage.EXECUTED, Stage.PUBLICISED, Stage.FILED)
_LETTERS = ("rectification_notice", "reminder")


def letters(frame: Frame, scope: Scope) -> str:
    """发出整改通知书3份、催办单1份: letters issued in the period; of some units or teams it is not known."""
    found: list[str] = []
    for kind in () if scope.unit_ids or scope.team_ids else _LETTERS:
        refs = statistics.refs_of_bulletins(frame.session, scope, (kind,))
        if refs:
            number = of_sources(f"{NAMES[kind]}份数", [(ref, 1) for ref in refs])
            found.append(f"{NAMES[kind]}{number}份")
    return f"发出{listed(found)}" if found else ""


def held_responsible(frame: Frame, scope: Scope) -> str:
    """对2起问题问责3人（党内警告1人、诫勉谈话2人）。: by the decisions of the period; empty where there was none.

    Cases have no team: a summary of some teams does not tell of them.
    """
    if scope.team_ids or scope.inspection_ids or scope.finding_ids:
        return ""
    cases: list[str] = []
    people: list[str] = []
    units: list[str] = []
    measures: dict[str, list[str]] = {}
    for case, facts, measure in _decisions(frame, scope):
        ref = f"party:{facts.party.uuid}"
        cases.append(f"{AccountabilityCase.__tablename__}:{case.uuid}")
        (units if facts.party.is_unit else people).append(ref)
        measures.setdefault(measure, []).append(ref)
    if not cases:
        return ""
    whom = "、".join(
        f"{_number(name, refs)}{word}"
        for name, refs, word in (("问责人数", people, "人"), ("问责单位数", units, "个单位"))
        if refs
    )
    several = len({*people, *units}) < sum(len(set(refs)) for refs in measures.values())
    word = "人次" if several else "人"
    by_measure = "" if units else "、".join(f"{name}{_number(name, refs)}{word}" for name, refs in measures.items())
    return f"对{_number('问责案件数', cases)}起问题问责{whom}{f'（{by_measure}）' if by_measure else ''}。"


def _number(name: str, refs: list[str]) -> str:
    return str(of_sources(name, [(ref, 1) for ref in dict.fromkeys(refs)]))


def _decisions(frame: Frame, scope: Scope) -> Iterator[tuple[AccountabilityCase, PartyFacts, str]]:
    """Every measure that was decided in the period, up to the paper's date."""
    for facts in cases_for_documents(frame.session, (), replace(scope, from_=None, until=None)):
        if facts.case.stage not in _DECIDED:
            continue
        for party in facts.parties:
            for one in party.dispositions:
                if _within(frame, scope, one, facts.case):
                    yield facts.case, party, one.measure


def _within(frame: Frame, scope: Scope, one: Disposition, case: AccountabilityCase) -> bool:
    day = decided_on(one, case, frame.date.year)
    last = min(filter(None, (scope.until, frame.date)))
    return day is not None and (scope.from_ or dt.date.min) <= day <= last

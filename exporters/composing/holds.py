"""What holds of the records of a document, by the words of ``dictionaries.NEEDS``: what its phrases may say."""

import re
from collections.abc import Sequence

from exporters.composing.duties import due_of
from exporters.composing.frame import Frame
from models.domain.findings.books import Book, book_of
from models.domain.findings.deadlines import days_overdue
from models.domain.findings.lifecycle import AT_UNIT, Status
from models.queries.facts.cases import CaseFacts
from models.queries.facts.findings import FindingFacts

_UNTRUE = re.compile("弄虚作假|编造|虚报|谎报|谎称|伪造|造假|随意填|虚假|事后补记|补填|应付检查")
_ABSENT = re.compile("不在岗|脱岗|离岗|漏岗|未到岗|不到岗|擅自离开|未请假|缺岗")


def of_problems(frame: Frame, facts: Sequence[FindingFacts], *, dated: bool) -> frozenset[str]:
    """What holds of problems as of the document's date.

    Args:
        frame: the composition.
        facts: the problems the document states.
        dated: whether the days it speaks of are known.
    """
    findings = [one.finding for one in facts]
    units = {one.responsible_id for one in facts}
    teams = {one.team.id for one in facts if one.team}
    books = {book_of(f.source_level, self_found=f.self_found, role=frame.office.role) for f in findings}
    late = [one for one in facts if _late(frame, one)]
    again = any(f.status == Status.RETURNED or f.rebound_count for f in findings)
    told = {
        "dated": dated,
        "problems": bool(findings),
        "open": any(f.status != Status.CLOSED for f in findings),
        "solved": any(f.status == Status.CLOSED or f.solved_count for f in findings),
        "overdue": bool(late),
        "repeated": bool(late) or again,
        "departments": any(f.department_id for f in findings),
        "units": len(units) > 1,
        "teams": len(teams) > 1,
        "one_team": len(teams) == 1,
        "own": bool(findings) and Book.ABOVE not in books,
        "above": books == {Book.ABOVE},
        "handed": bool(findings) and all(_handed(one) for one in facts),
        "owing": any(f.status not in (Status.CLOSED, Status.SUSPENDED) for f in findings),
    }
    return frozenset(name for name, so in told.items() if so)


def _late(frame: Frame, one: FindingFacts) -> bool:
    due = due_of(one)
    waiting = one.finding.status in (Status.CLOSED, Status.SUSPENDED, Status.VERIFYING)
    return bool(due and not waiting and days_overdue(due, frame.date))


def _handed(one: FindingFacts) -> bool:
    finding = one.finding
    return bool(finding.handed_on) or finding.status in (*AT_UNIT, Status.VERIFYING, Status.SUSPENDED)


def of_cases(cases: Sequence[CaseFacts], *, dated: bool) -> frozenset[str]:
    """What holds of cases."""
    facts = [party for one in cases for party in one.parties]
    text = "".join(f"{one.case.title}{one.case.fact}" for one in cases) + "".join(p.party.conduct for p in facts)
    told = {
        "dated": dated,
        "decided": all(any(party.dispositions for party in one.parties) for one in cases),
        "one_case": len(cases) == 1,
        "leaders": any("领导责任" in p.party.duty or "监管责任" in p.party.duty for p in facts),
        "untrue": bool(_UNTRUE.search(text)),
        "absent": bool(_ABSENT.search(text)),
    }
    return frozenset(name for name, so in told.items() if so)

"""Whether a finding that is written down counts: the status it starts in, and what stands in for an empty field.

The rules are in ``rules.completeness``; every way in (typed, pasted, imported) goes through them.
"""

from typing import Any

from sqlalchemy import inspect

from models.domain.findings import completeness, lifecycle
from models.domain.findings.lifecycle import Status
from models.records import Finding
from models.services.unit_of_work import UnitOfWork

Facts = dict[str, Any]
_FIELDS = (*completeness.NEEDED, *completeness.STAND_INS)


def settle(work: UnitOfWork, finding: Finding) -> None:
    """Give a finding that is about to be written its status, and unmark what has been given.

    One that comes with a status keeps it.
    """
    facts, before = _facts(finding), _before(finding)
    for name in completeness.STAND_INS:
        if finding.id is not None and before[name] != facts[name] and facts[name]:
            work.set(finding, missing=completeness.unmarked(finding.missing, name))
    if not finding.status:
        finding.status = str(Status.DRAFT)
        start(work, finding)
    elif finding.id is not None:
        status = completeness.status_after(Status(finding.status), before, facts)
        if status is Status.PENDING and finding.status == Status.DRAFT:
            start(work, finding)
        elif status != finding.status:
            work.set(finding, status=str(status))


def start(work: UnitOfWork, finding: Finding) -> None:
    """A complete draft counts from now on (待交办); an incomplete one and an unverified report stay as they are.

    So does one whose day lies ahead: the PC's clock may be wrong, and what is typed is not lost for it.
    """
    facts = _facts(finding)
    if completeness.first_status(facts) is not Status.PENDING:
        return
    facts |= {**completeness.stood_in(facts), "status": Status.DRAFT, "today": work.workspace.today}
    if not lifecycle.step("submit").check(facts, {}):
        stand_in(work, finding)
        work.set(finding, status=str(Status.PENDING))


def stand_in(work: UnitOfWork, finding: Finding) -> None:
    """Fill an empty 问题类别 or 问题来源, and mark it 待补."""
    given = completeness.stood_in(_facts(finding))
    if given:
        work.set(finding, **given, missing=completeness.marked(finding.missing or "", given))


def _facts(finding: Finding) -> Facts:
    return {name: getattr(finding, name) for name in _FIELDS}


def _before(finding: Finding) -> Facts:
    """The same as the database still has them."""
    state = inspect(finding)
    histories = {name: state.attrs[name].history for name in _FIELDS}
    return {name: (h.deleted[0] if h.deleted else getattr(finding, name)) for name, h in histories.items()}

"""When a finding is whole enough to count: what it must say, what may be filled in later, and where it starts.

A 草稿 is in no paper and no figure. Only a finding without its fact, its day, or both its unit and its place is
one by itself; so is a report from the public (群众举报) until somebody has verified it.
"""

from collections.abc import Iterable
from typing import Any, Final

from models.domain.findings.lifecycle import Status, is_report
from models.domain.state_machine import Values, blank

STAND_INS: Final = {"kind": "其他", "source_level": "县"}
"""What is taken for a 问题类别 or 问题来源 that nobody gave; the finding is marked 待补 with it."""
LABELS: Final = {"kind": "问题类别", "source_level": "问题来源"}
"""What those fields are called where they are marked."""
NEEDED: Final = ("fact", "found_on", "site_id", "unit_id")
"""The fields completeness is judged by."""


def lacking(facts: Values) -> tuple[str, ...]:
    """What keeps a finding a draft, as labels; empty where it is complete."""
    labels = [label for name, label in (("fact", "问题事实"), ("found_on", "发现日期")) if blank(facts.get(name))]
    placed = not blank(facts.get("site_id")) or not blank(facts.get("unit_id"))
    return (*labels, *(() if placed else ("属地单位或点位",)))


def first_status(facts: Values) -> Status:
    """Where a finding starts that is written down without a status."""
    return Status.DRAFT if lacking(facts) or is_report(facts) else Status.PENDING


def status_after(status: Status, before: Values, after: Values) -> Status:
    """Where an edit leaves a finding that was not handed over yet.

    A draft that becomes complete is no draft any more, and what loses a part is one again. A draft that was
    complete before was kept back by the clerk, and stays.
    """
    if status is Status.DRAFT and lacking(before):
        return first_status(after)
    if status is Status.PENDING and lacking(after) and not lacking(before):
        return Status.DRAFT
    return status


def stood_in(facts: Values) -> dict[str, Any]:
    """The stand-ins of those fields that are empty."""
    return {name: usual for name, usual in STAND_INS.items() if blank(facts.get(name))}


def marked(missing: str, names: Iterable[str]) -> str:
    """``Finding.missing`` with these fields added, each once."""
    known = [label for label in missing.split("、") if label]
    return "、".join(dict.fromkeys([*known, *(LABELS[name] for name in names)]))


def unmarked(missing: str, name: str) -> str:
    """``Finding.missing`` without a field that has been given."""
    return "、".join(label for label in missing.split("、") if label and label != LABELS[name])


def to_be_given(facts: Values) -> tuple[str, ...]:
    """The fields that hold a stand-in, as labels."""
    known = str(facts.get("missing") or "").split("、")
    return tuple(label for name, label in LABELS.items() if label in known and not blank(facts.get(name)))

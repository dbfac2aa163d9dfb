"""Splitting one wrongly written problem, and merging several: both keep the trail."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.domain.findings.lifecycle import Status
from models.errors import Problem, Refusal
from models.records import Finding, fields_of
from models.services import records
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace

OPEN_FOR_RESHAPING = frozenset({Status.DRAFT, Status.PENDING, Status.HANDED, Status.RECTIFYING})
"""Later a round has been answered for the problem as it was written."""
_OWN = frozenset(
    {"serial", "status", "fact", "count", "split_from_id", "merged_into_id", "solved_count", "rebound_count"}
)
"""What a part of a split problem does not inherit: answers and rechecks stay with the first."""


def split(
    workspace: Workspace, finding_id: int, parts: Sequence[Mapping[str, Any]], version: int | None = None
) -> ChangeSet:
    """Write one problem as several: the first part stays under the old serial, the others get new ones.

    Each part has ``fact`` and may have ``count`` and other fields; what it does not name it
    inherits, status and deadline included.

    Raises:
        Refusal: fewer than two parts, an empty fact, counts that do not add up, or it is too late.
    """
    with workspace.writing("") as work:
        finding = work.get(Finding, finding_id, version)
        work.deed = f"拆分问题 {finding.serial} 为 {len(parts)} 个"
        _refuse_late(finding)
        _refuse_parts(finding, parts)
        kept = {n: getattr(finding, n) for n in fields_of(Finding) if n not in _OWN}
        for part in parts[1:]:
            values = kept | dict(part) | {"split_from_id": finding.id, "status": finding.status}
            records.add(work, Finding, values | {"count": part.get("count") or 1})
        records.change(work, finding, {"count": parts[0].get("count") or 1, **parts[0]})
    return work.done


def merge(workspace: Workspace, ids: Iterable[int], into: int, fact: str = "") -> ChangeSet:
    """Write several problems as one: its count is their sum, the others become 作废 and say into which.

    Raises:
        Refusal: they belong to different units, or a round was answered for one of them.
    """
    others = [id_ for id_ in dict.fromkeys(ids) if id_ != into]
    with workspace.writing("") as work:
        kept = work.get(Finding, into)
        gone = [work.get(Finding, id_) for id_ in others]
        work.deed = f"合并 {len(gone) + 1} 个问题为 {kept.serial}"
        _refuse_merge(kept, gone)
        total = sum(one.count for one in (kept, *gone))
        records.change(work, kept, {"count": total, **({"fact": fact} if fact else {})})
        for one in gone:
            _retire(work, one, kept)
    return work.done


def _retire(work: UnitOfWork, finding: Finding, into: Finding) -> None:
    note = "\n".join(filter(None, (finding.note, f"已并入 {into.serial}")))
    work.set(finding, status=str(Status.VOID), merged_into_id=into.id, note=note)


def _refuse_late(finding: Finding) -> None:
    if Status(finding.status) not in OPEN_FOR_RESHAPING:
        raise Refusal(f"问题 {finding.serial} 现为“{finding.status}”，已有反馈，不能拆分或合并。")


def _refuse_parts(finding: Finding, parts: Sequence[Mapping[str, Any]]) -> None:
    if len(parts) < 2:
        raise Refusal("请至少写成两个问题。")
    for number, part in enumerate(parts, start=1):
        if not str(part.get("fact") or "").strip():
            raise Refusal(Problem("fact", f"请填写第 {number} 个问题的“问题事实”。"))
    total = sum(int(part.get("count") or 1) for part in parts)
    if finding.count > 1 and total != finding.count:
        raise Refusal(Problem("count", f"原问题合计 {finding.count} 个，拆分后共 {total} 个，请核对。"))


def _refuse_merge(kept: Finding, gone: Sequence[Finding]) -> None:
    if not gone:
        raise Refusal("请选择两个以上的问题再合并。")
    for one in (kept, *gone):
        _refuse_late(one)
    if len({(one.unit_id, one.department_id) for one in (kept, *gone)}) > 1:
        raise Refusal("只能合并同一责任单位的问题。")
    if len({one.status for one in (kept, *gone)}) > 1:
        raise Refusal("只能合并状态相同的问题。")

"""Where a problem stands at the answering unit: a status of its own, never the county's."""

from enum import StrEnum
from typing import Final

from models.domain.findings.lifecycle import AT_UNIT, ENDED, Status


class LocalStatus(StrEnum):
    """填报状态 of a finding at the township or department."""

    EMPTY = "未填"
    WRITING = "填写中"
    SENT = "已上报"
    RETURNED = "被退回"
    LEFT = "已改派"


NOT_WANTED: Final = "不用填"


def told(local: LocalStatus, status: Status) -> str:
    """What the clerk reads as 填报状态, given what the county last said of the problem.

    Where nothing is under way here, the county's last word is the answer's too: a problem that ended is no
    longer 已上报, and one that wants no answer is not 未填.
    """
    if local in (LocalStatus.EMPTY, LocalStatus.SENT) and status in ENDED:
        return str(status)
    if local is LocalStatus.EMPTY and status not in AT_UNIT:
        return NOT_WANTED
    return str(local)


OWN: Final = {Status.PENDING: "未整改", Status.RECTIFYING: "整改中", Status.CLOSED: "已整改"}
"""What the clerk reads of a problem the unit found itself, in the order it goes: nobody hands it over."""


def own_told(status: Status) -> str:
    """The status of a self-found problem, in words."""
    return OWN.get(status, str(status))

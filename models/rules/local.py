"""Where a problem stands at the answering unit: a status of its own, never the county's."""

from enum import StrEnum
from typing import Final, Literal

Event = Literal["write", "clear", "send", "returned"]


class LocalStatus(StrEnum):
    """填报状态 of a finding at the township or department."""

    EMPTY = "未填"
    WRITING = "填写中"
    SENT = "已上报"
    RETURNED = "被退回"
    LEFT = "已改派"


_MOVES: Final[dict[tuple[LocalStatus, Event], LocalStatus]] = {
    (LocalStatus.EMPTY, "write"): LocalStatus.WRITING,
    (LocalStatus.WRITING, "write"): LocalStatus.WRITING,
    (LocalStatus.SENT, "write"): LocalStatus.WRITING,
    (LocalStatus.RETURNED, "write"): LocalStatus.WRITING,
    (LocalStatus.WRITING, "clear"): LocalStatus.EMPTY,
    (LocalStatus.WRITING, "send"): LocalStatus.SENT,
    (LocalStatus.SENT, "send"): LocalStatus.SENT,
    (LocalStatus.SENT, "returned"): LocalStatus.RETURNED,
    (LocalStatus.WRITING, "returned"): LocalStatus.RETURNED,
}


def moved(status: LocalStatus, event: Event) -> LocalStatus | None:
    """The status after the event; None where it cannot happen.

    ``write``: the clerk typed into the answer; ``clear``: took it all out again; ``send``: put it
    into a return package; ``returned``: the county's next package sent the round back.
    """
    return _MOVES.get((status, event))

"""How many problems of a finding count as solved, as of a day."""

from datetime import date

from models.domain.findings.lifecycle import Status


def solved(status: str, count: int, part: int, *, closed_on: date | None = None, day: date | None = None) -> int:
    """All of a closed finding, x of a part-done one.

    Args:
        status: where it stands now.
        count: problems it stands for.
        part: how many of them an answer or a clerk said are done.
        closed_on: when it was closed; one without a day was closed before any.
        day: judged as of this day. Of what was closed later nobody knows how far it was then: nothing.
    """
    if status != Status.CLOSED:
        return min(part, count)
    return 0 if day and closed_on and closed_on > day else count

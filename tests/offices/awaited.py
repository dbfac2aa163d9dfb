"""What the program does not do yet, each with what it waits for, as it is told; the list only gets shorter."""

import re

AWAITED: tuple[str, ...] = (
    # Of a problem partly done, what is solved is not overdue.
    r"period_summary: (lost: .*逾期未办\d+个|invented: \d+个)",
)


def awaited(told: str) -> bool:
    """Whether something amiss is known."""
    return any(re.fullmatch(one, told) for one in AWAITED)

"""What the program does not do yet, each with what it waits for, as it is told; the list only gets shorter."""

import re

AWAITED: tuple[str, ...] = (
    # Teams, leaders by post and 职责 in a 总结.
    r"半年总结: lost: .*组长",
    r"半年总结: lost: .*负责东部片区督查，每月不少于两次",
    # A bulletin by team: its lead, and 建议 by team.
    r"六个督查组的通报: lost: .*(6个督查组|“四不两直”|建议).*",
    # Of a problem partly done, what is solved is not overdue.
    r"period_summary: (lost: .*逾期未办\d+个|invented: \d+个)",
)


def awaited(told: str) -> bool:
    """Whether something amiss is known."""
    return any(re.fullmatch(one, told) for one in AWAITED)

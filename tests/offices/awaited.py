"""What the program does not do yet, each with what it waits for, as it is told; the list only gets shorter."""

import re

AWAITED: tuple[str, ...] = (
    # Teams, leaders by post and 职责 in a 总结.
    r"半年总结: lost: .*组长",
    r"半年总结: lost: .*负责东部片区督查，每月不少于两次",
    # 来文号, 我镇 and the addressee of what a township answers; its groups kept.
    r"按.*的整改报告: lost: .*〔2024〕.*",
    r"按方面的整改报告: lost: .*(组织领导|火源管控|物资储备)",
    r"按方面的整改报告: invented: 上级指挥部办公室",
    # A bulletin by team: its lead, and 建议 by team.
    r"六个督查组的通报: lost: .*(6个督查组|“四不两直”|建议).*",
    # Of a problem partly done, what is solved is not overdue.
    r"period_summary: (lost: .*逾期未办\d+个|invented: \d+个)",
)


def awaited(told: str) -> bool:
    """Whether something amiss is known."""
    return any(re.fullmatch(one, told) for one in AWAITED)

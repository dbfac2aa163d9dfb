"""What the program does not do yet, each with what it waits for, as it is told; the list only gets shorter."""

import re

AWAITED: tuple[str, ...] = ()


def awaited(told: str) -> bool:
    """Whether something amiss is known."""
    return any(re.fullmatch(one, told) for one in AWAITED)

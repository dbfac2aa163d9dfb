"""What a paper narrowed by the clerk's filters is called: its title says so, and never speaks of the whole county."""

from collections.abc import Sequence
from typing import Final

from exporters.composing.wording import listed

FEW: Final = 3
"""So many units or teams are named one by one."""
FOUND: Final = "督查发现问题"
ABOVE: Final = "上级反馈问题"
_LEVELS: Final = {
    "国家": "国家反馈问题",
    "省": "省级反馈问题",
    "市": "市级反馈问题",
    "县": "本级督查发现问题",
    "群众举报": "群众举报问题",
    "乡自查": "自查发现问题",
}
_OF_A_UNIT: Final = {"县": "县级督查反馈问题"}


def units(names: Sequence[str], count: int | None = None) -> str:
    """The units chosen; of many the first and how many they are: ``count``, where it knows its records."""
    return f"{names[0]}等{count or len(names)}个单位" if len(names) > FEW else listed(names)


def teams(names: Sequence[str]) -> str:
    """The teams chosen; of many how many they are."""
    return f"{len(names)}个督查组" if len(names) > FEW else listed(names)


def problems(levels: Sequence[str], by: str = "", *, own: bool = True, role: str = "county") -> str:
    """What the problems of a paper are called in its title: by the 问题来源 chosen, else by whose they are.

    Args:
        levels: the 问题来源 chosen.
        by: the teams chosen.
        own: some of them are this office's own.
        role: of this office; to an answering unit the county is no 本级.
    """
    if levels and role == "unit":
        return listed(_OF_A_UNIT.get(level) or _LEVELS.get(level, FOUND) for level in levels)
    if levels:
        return listed(_LEVELS.get(level, FOUND) for level in levels)
    return f"{by}{FOUND}" if own else ABOVE

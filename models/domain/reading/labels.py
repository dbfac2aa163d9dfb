"""Headings and labels of a paper: 存在的问题 opens problems, 下一步 closes them, 整改措施： is of the point above."""

import re
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 30
"""Characters a heading may have."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a heading says of what follows.

    Attributes:
        problems: problems follow; anything else otherwise.
        detail: it speaks of the point above it: measures, advice, deadline, person, situation.
        end: where its words end in the piece, the colon included.
        alone: nothing else stands in its line.
    """

    problems: bool = False
    detail: str = ""
    end: int = 0
    alone: bool = False


_PROBLEMS = re.compile(
    r"(?:存在|发现|查出|暴露|反映|排查|梳理|检查|督查|主要|突出|共性|具体|典型|个性|有关|上述|其他)[^，。；]{0,12}?"
    r"(?:问题|不足|短板|困难|薄弱环节|隐患|差距|堵点)(?:和[^，。；：]{1,8})?(?:清单|如下|情况|通报如下|及原因)?[：。]?$"
    r"|^(?:问题|不足|困难|隐患|薄弱环节|短板)(?:清单|情况|表现|及不足|和不足)?[：。]?$"
    r"|(?:主要有|主要是|主要表现[在为]|表现在|分别是|具体为|问题[^。；]{0,12}如下)[：。]?$|^(?:关于)?[^，。；]{2,20}(?:存在|方面)的(?:主要|突出)?问题[：。]?$"
    r"|现将.{0,30}(?:问题|情况)通报如下[：。]?$"
)
_OTHERS = re.compile(
    r"^(?:(?:[^，。；：]{0,10}?)(?:意见建议|整改建议|工作建议|几点建议|有关建议|建议意见|意见和建议|对策建议)|建议|下一?步|下步|今后|工作要求|整改要求|有关要求|几点要求|相关要求"
    r"|主要做法|工作(?:开展|进展|落实|推进)?(?:情况|成效|措施|亮点|特点|安排|打算|部署|做法|经验|思路)|(?:基本|总体|督查|检查|有关)情况|经验做法|特色亮点|取得的?成[效绩]|主要成[效绩]|好的方面|整改(?:落实)?(?:情况|成效|进展)"
    r"|[^，。；：]{2,18}工作(?:开展|进展|落实|推进|完成)?(?:情况|成效|做法)$|(?:主要)?原因(?:分析)?|针对(?:上述|以上|存在|督查|这些|发现)|处理(?:情况|结果|意见)|问责情况|值得肯定)"
)
_DETAILS: Final = (
    (
        "advice",
        re.compile(
            r"^(?:督查组|督导组|检查组|该组)?(?:整改)?(?:意见)?建议[：]"
            r"|^(?:督查组|督导组|该组)(?:当场)?(?:要求|建议|提出)[：，]?"
        ),
    ),
    (
        "measures",
        re.compile(
            r"^(?:整改|防范|具体|工作|解决|拟采取)?(?:措施|目标|方案|举措)[：]"
            r"|^(?:下一?步|下步)(?:打算|措施|工作|安排|计划)?[：]|^整改要求[：]"
        ),
    ),
    (
        "situation",
        re.compile(r"^(?:整改|落实|完成|进展|处理|办理|反馈)(?:落实)?(?:情况|结果|进展)(?:及[^，：]{1,6})?[：]"),
    ),
    ("deadline", re.compile(r"^(?:完成|整改|办结|反馈|拟完成)?(?:时限|期限|时间|日期|时间节点)[：]")),
    ("person", re.compile(r"^(?:整改)?(?:责任人|负责人|责任领导|包联领导|牵头领导|联系人)(?:员)?[：]")),
    ("liable", re.compile(r"^(?:整改)?(?:责任单位|牵头单位|责任部门|配合单位|主体责任|督办单位|监管单位)[：]")),
)
_COLON = re.compile(r"[：。]")


def label_of(line: str) -> Label | None:
    """What a line's heading says; None where it is none of those known."""
    for name, pattern in _DETAILS:
        if (found := pattern.match(line)) is not None:
            return Label(detail=name, end=found.end(), alone=not line[found.end() :].strip())
    head = _COLON.split(line, maxsplit=1)[0]
    alone = len(head) + 1 >= len(line.rstrip())
    if len(head) > _LONGEST and not alone:
        return None
    if _OTHERS.match(head):
        return Label(end=len(head), alone=alone)
    if alone and _PROBLEMS.search(head[-_LONGEST:]):
        return Label(problems=True, end=len(head), alone=True)
    return None


def details_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """Labels that stand inside a piece: what of, where the label begins, where its words end."""
    found: list[tuple[str, int, int]] = []
    for start in (hit.end() for hit in re.finditer(r"[。；，\n）]\s*", text)):
        for name, pattern in _DETAILS:
            if (hit := pattern.match(text[start:])) is not None:
                found.append((name, start, start + hit.end()))
                break
    return tuple(found)

"""The dictionaries and phrase blocks the program brings; the office edits its own copies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from models.domain.catalogs import catalog

LABELS: Final[Mapping[str, str]] = {
    "finding_kind": "问题类别",
    "aspect": "方面",
    "site_kind": "点位类别",
    "source_level": "问题来源",
    "severity": "严重程度",
    "method": "督查方式",
    "inspection_kind": "督查类型",
    "authority": "督查性质",
    "notice_type": "整改通知书文种",
    "identity": "身份",
    "duty": "责任类型",
    "mention": "通报方式",
    "ground": "问责依据",
    "instruction": "责令或责成",
    "case_task": "已办事项",
    "certainty": "来源级别",
    "organ_kind": "机关类别",
    "team_role": "组内角色",
    "verification_method": "核查方式",
    "conclusion": "核查结论",
    "ruling": "异议核查结论",
    "unit_kind": "单位类别",
    "outcome": "整改结果",
    "deadline_kind": "时限方式",
    "recheck_result": "回头看结果",
    "urgency": "紧急程度",
    "secrecy": "密级",
    "attachment_role": "附件用途",
    "case_source": "线索来源",
    "deciding_organ": "决定机关",
}
"""What the screen calls each dictionary, in the order settings show them."""

FIXED: Final = frozenset({
    "outcome", "ruling", "deadline_kind", "recheck_result", "source_level", "urgency", "secrecy", "mention", "ground",
    "instruction", "case_task", "certainty", "organ_kind", "authority", "notice_type",
})  # fmt: skip
"""Dictionaries the rules rest on or a standard sets; shown, not edited."""

PLACEHOLDERS: Final[Mapping[str, str]] = {
    "campaign": "专项名称",
    "office": "本机构名称",
    "county": "县（区）名称",
    "unit": "单位名称",
    "team": "督查组名称",
    "source": "来源",
    "source_paper": "来文",
    "from": "开始日期",
    "until": "结束日期",
    "deadline": "整改时限",
    "methods": "督查方式",
    "team_count": "督查组数",
    "unit_count": "单位数",
    "inspection_count": "督查次数",
    "site_count": "走访点位数",
    "problem_site_count": "有问题点位数",
    "problem_count": "问题数",
    "solved_count": "已解决数",
    "case_count": "案件数",
    "contact": "联系人",
    "phone": "联系电话",
}
"""What may stand in braces in a phrase, and what it is called to the clerk."""

UNKNOWN: Final = "XX"
"""Stands where a value is not known; the check before issuing finds it."""


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One word of a dictionary."""

    dictionary: str
    name: str
    group: str
    position: int


@dataclass(frozen=True, slots=True)
class PhraseBlock:
    """A phrase block: ``slot`` is lead, requirements or closing; each line of ``text`` a paragraph.

    ``needs`` are those of `NEEDS` that must hold of the records before it is used by itself.
    """

    document_kind: str
    slot: str
    name: str
    text: str
    default: bool
    needs: tuple[str, ...] = ()


NEEDS: Final[Mapping[str, str]] = {
    "dated": "时期或日期已知",
    "problems": "有问题",
    "open": "有没有整改完的问题",
    "solved": "有已整改的问题",
    "overdue": "有逾期的问题",
    "repeated": "有逾期、退回或反弹的问题",
    "departments": "有行业主管部门的问题",
    "units": "涉及两个以上单位",
    "teams": "有两个以上督查组",
    "one_team": "只有一个督查组",
    "own": "都是本机构发现的",
    "above": "都是上级反馈的",
    "handed": "已经交办",
    "owing": "有要在时限前整改的问题",
    "decided": "每起案件都有处理决定",
    "one_case": "只有一起案件",
    "leaders": "有负领导或监管责任的人",
    "untrue": "案件里有弄虚作假",
    "absent": "案件里有不在岗",
}
"""What a shipped phrase may need: keys and what they mean."""


def fits(kind: str, slot: str, text: str, holds: frozenset[str] | None) -> bool:
    """Whether a phrase may be used by itself: all a shipped one needs holds; the office's own words always fit."""
    return holds is None or _needs().get((kind, slot, keyed(text)), frozenset()) <= holds


@cache
def _needs() -> dict[tuple[str, str, str], frozenset[str]]:
    return {(one.document_kind, one.slot, keyed(one.text)): frozenset(one.needs) for one in phrases()}


@cache
def terms() -> tuple[TermEntry, ...]:
    """Every word of every shipped dictionary in its order, positions from 1."""
    return tuple(
        TermEntry(key, row, "", place) if isinstance(row, str) else TermEntry(key, row["name"], row["group"], place)
        for key, rows in catalog("terms").items()
        for place, row in enumerate(rows, start=1)
    )


@cache
def phrases() -> tuple[PhraseBlock, ...]:
    """Every shipped phrase block in its order."""
    return tuple(PhraseBlock(**{**row, "needs": tuple(row.get("needs", ()))}) for row in catalog("phrases"))


def keyed(text: str) -> str:
    """A phrase with the clerk's names in braces, {开始日期}, told by their keys, {from}."""
    for key, name in PLACEHOLDERS.items():
        text = text.replace(f"{{{name}}}", f"{{{key}}}")
    return text


def fill(text: str, values: Mapping[str, object]) -> str:
    """The phrase with its ``{names}`` filled in; what is not known becomes `UNKNOWN`.

    Braces around anything that is no placeholder stay as the clerk wrote them.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in PLACEHOLDERS:
            return found[0]
        known = values.get(name)
        return UNKNOWN if known is None or known == "" else str(known)

    return re.sub(r"\{(\w+)\}", value, keyed(text))

"""What is asked before a document is exported: the fields of its form, its choices, and the range of its records."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from models.records.fields import Field

FIELDS: Final = {
    "number": Field("发文字号", "line", help="按顺序拟的，印发登记后才算用掉；可以改，可只写序号，如 7"),
    "issue": Field("期号", "number", help="打印为（第7期）"),
    "date": Field("成文日期", "day", help="不填为今天"),
    "theme": Field("问题性质", "line", help="写进标题，如“形式主义、官僚主义”"),
    "reply_by": Field("反馈期限", "day", help="不填为所列问题最晚的时限"),
    "addressees": Field("主送", "line", help="不填用“设置”里的默认主送，几个之间用顿号"),
    "signers": Field("签发人", "line"),
    "from_": Field("从哪天", "day"),
    "until": Field("到哪天", "day"),
    "unit_ids": Field("单位", "refs", target="unit"),
    "team_ids": Field("督查组", "refs", target="team"),
    "source_levels": Field("问题来源", "choices", term="source_level"),
    "work_text": Field(
        "工作开展情况", "text", help="本单位自己的写法，替换程序按数字拟的；不填时用拟的，起草后也可以在编辑里改"
    ),
    "next_text": Field("下一步打算", "text", help="本单位自己的写法；不填时用所选的要求"),
    "members": Field("写明督查组成员", "flag", help="组长、副组长和职责总是写明"),
    "advice": Field("写入意见建议", "flag", help="按督查组归类时总是写明"),
    "annex_table": Field("附问题清单", "flag"),
    "photos": Field("附整改前后照片", "flag"),
}
"""What the form asks for, of the options a kind has."""
CHOICES: Final = {
    "group_by": ("问题归类", {
        "": "自动", "unit": "按单位", "site_kind": "按点位类别", "team": "按督查组", "kind": "按问题类别",
        "aspect": "按方面", "source_level": "按问题来源",
    }),
    "detail": ("详略", {"normal": "一类一段", "full": "一处一段", "brief": "只写数量"}),
    "format": ("格式", {"": "工作用稿（无红头、文号）", "letter": "函（信函格式）"}),
    "version": ("版本", {"internal": "内部版（写全名）", "public": "公开版（隐去未勾选“公开全名”的姓名）"}),
}  # fmt: skip
"""The choices in words; an empty key leaves it to the kind's own way."""
IDS: Final = {"finding": "finding_ids", "accountability_case": "case_ids", "inspection": "inspection_ids"}
"""Which option takes a list's records."""
CONDITIONS: Final = frozenset({"from_", "until", "unit_ids", "team_ids", "source_levels"})
"""Fields that choose records where no list's rows do: asking for both would only confuse."""


class Range(NamedTuple):
    """Which records a document is looked for in: a list's rows, or none of them, which leaves it to the conditions."""

    name: str
    records: Mapping[str, Any]


BY_CONDITIONS: Final = Range("按条件", {})


def ranges(option: str, selected: list[int], listed: list[int]) -> list[Range]:
    """选中 N 条, 筛选出的 M 条, 按条件: the first where more than the current row is selected."""
    found = [Range(f"选中的 {len(selected)} 条", {option: tuple(selected)})] if len(selected) > 1 else []
    found.append(Range(f"筛选出的 {len(listed)} 条", {option: tuple(listed)}))
    return [*found, BY_CONDITIONS]

"""Headings of other offices' ledgers that mean the same: 隐患描述, 存在隐患 and 具体问题 are all 问题."""

import re
from functools import lru_cache
from typing import Final

_SAME: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<=.{2})[及和与].*$", ""),
        (r"受检查?|被检查?|被查|受查", "被督查"),
        (r"被督查(?=[乡镇街])", ""),
        (r"隐患|风险点", "问题"),
        (r"(?<!被)(?:检查|巡查|排查|督察|督导|暗访|抽查|巡察|走访)", "督查"),
        (r"举措", "措施"),
        (r"期限|限期", "时限"),
        (r"时间", "日期"),
        (r"^实际", ""),
        (r"^(?:计划|预计|要求|应|拟)(?:整改)?完成(?:日期|时限)$|^(?:计划|要求|拟)整改(?:日期|时限)$", "整改时限"),
        (r"^(?:整改)?进[展度](?:情况)?$|^整改进[展度](?:情况)?$|^(?:整改)?(?:完成|落实|办理)情况$", "整改情况"),
        (r"^(?:存在|发现|查出|反馈|主要|具体|突出|督查|的)+(?=问题)", ""),
        (r"(?<=^问题)(?:描述|内容|详情|概述|表述|事实|情况|明细|点)$", ""),
        (r"^(?:所属|所在)(?=[乡镇街村社])", ""),
        (r"^(?:镇街|街镇|镇乡|乡镇街道|镇街道|乡镇办|镇办|乡|镇|街道)(?:名称)?$", "乡镇"),
        (r"^(?:村|社区|村社区|村居)(?:名称)?$", "点位"),
        (r"^(?:企业|商户|经营主体)名称$", "场所名称"),
        (r"^牵头(?:责任)?单位$", "责任单位"),
        (r"^(?:问题|风险)等级$", "程度"),
        (r"^(?:整改|处置)意见$", "整改要求"),
        (r"^(?:被问责|被处理|问责|被处分)(?:人|人员|对象)(?:姓名)?$", "姓名"),
        (r"^(?:问责|处分)日期$", "处理日期"),
        (r"^整改(?=责任人)|(?<=^责任人)姓名$|(?<=^整改责任人)姓名$", ""),
        (r"^是?否?已?(?:整改)?(?:完毕|完成|到位|办结)$", "是否完成"),
        (r"^(?:是否)?已?销号(?:状态|情况)?$", "是否销号"),
    )
)


_LONGEST: Final = 20
"""Characters of a heading that is looked at; a longer text is none."""


@lru_cache(maxsize=2048)
def kind_of(heading: str) -> str:
    """What a heading means in the plainest words; two headings of one meaning give one text.

    Args:
        heading: without blanks and remarks in brackets.
    """
    if len(heading) > _LONGEST:
        return heading
    for pattern, plain in _SAME:
        heading = pattern.sub(plain, heading)
    return heading

"""What a name tells of the thing it names: 镇 is a 乡镇, 大药房 a 药店, hxy nobody yet."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_UNITS: Final[Mapping[str, str]] = {
    "乡镇": "镇 乡 镇政府 乡政府 镇人民政府 乡人民政府 镇党委 乡党委",
    "街道": "街道 街道办 街道办事处",
    "村": "村 村委会 村民委员会",
    "社区": "社区 居委会 社区居委会 居民委员会",
    "指挥部工作组": "工作组 专班 工作专班",
    "医疗机构": "医院 卫生院 卫生室 诊所 门诊部 卫生服务中心 妇幼保健院 中医院",
    "学校": "学校 小学 中学 幼儿园 学院 大学 一中 二中 三中",
    "企业": "公司 集团 厂 企业 合作社 超市 酒店 宾馆 药店 大药房",
    "部门": "局 委 办 部 委员会 办公室 监委 大队 支队 联社 政府 管委会 中心 工会 妇联 团委 法院 检察院",
    "县": "县 区 市",
}
_SITES: Final[Mapping[str, str]] = {
    "药店": "药房 大药房 药业", "商超": "超市 商场 购物中心 便利店 商贸城", "农贸市场": "市场 集贸市场 菜市场",
    "酒店": "宾馆 旅馆 招待所 民宿", "餐饮店": "饭店 餐厅 饭庄 火锅 小吃", "学校": "小学 中学 学院 一中 二中 三中",
    "医院": "妇幼保健院", "村卫生室": "卫生室 卫生所", "社区卫生服务中心": "卫生服务中心",
    "隔离点": "隔离酒店 集中隔离", "采样点": "核酸采样", "养老院": "敬老院 福利院",
    "村部": "村委会 党群服务中心", "网吧": "网咖", "浴室": "浴池 洗浴",
    "美容美发店": "理发店 美发 美容", "快递网点": "快递 驿站", "高速口": "收费站 高速", "车站": "火车站 高铁站",
    "客运站": "汽车站", "小区": "花园 家园 公寓 苑 家属院", "企业": "公司 厂 集团", "卡点": "检查点 卡口 服务点",
    "培训机构": "培训学校 培训中心", "工地": "项目部",
}  # fmt: skip
_STEM = re.compile(r"(镇|乡|街道|街道办事处|村|社区)$")
"""What a unit's name ends in and people leave out when they name a place in it."""
_INITIALS = re.compile(r"[a-z']+|[A-Z]+")


def unit_kind(name: str) -> str:
    """The 单位类别 a unit's name ends in, or else speaks of; "" where it tells none."""
    said = [(end, kind) for kind, ends in _UNITS.items() for end in ends.split()]
    return _longest(name, said, at_end=True) or _longest(
        name, [pair for pair in said if len(pair[0]) > 1], at_end=False
    )


def unit_named_in(name: str, units: Iterable[tuple[int, str, str]]) -> int | None:
    """The unit a site's name speaks of: 柳河镇卫生院 and 柳河集贸市场 lie in 柳河镇.

    Args:
        name: of the site.
        units: id, name and short name of each. The longest name found decides; two as long tell nothing.
    """
    name = name.strip()
    hits: dict[int, int] = {}
    for id_, full, short in units:
        stem = _STEM.sub("", full)
        inside = [one for one in (full, short) if len(one) > 1 and one in name]
        start = [stem] if len(stem) > 1 and name.startswith(stem) else []
        if inside or start:
            hits[id_] = max(map(len, (*inside, *start)))
    longest = max(hits.values(), default=0)
    found = [id_ for id_, length in hits.items() if length == longest]
    return found[0] if len(found) == 1 else None


def county_of(office: str) -> str:
    """The county an office's name begins with: 云岭县 of 云岭县疫情防控指挥部办公室; "" where it tells none."""
    return next((office[: office.index(mark) + 1] for mark in "县区市旗" if mark in office[1:]), "")


def campaign_of(office: str) -> str:
    """What an office is there for: 防汛抗旱 of 云岭县防汛抗旱指挥部办公室; "" where its name tells nothing."""
    found = re.search(r"[县区市旗](.+?)(?:应急)?(?:工作)?(?:指挥部|领导小组)", office)
    return "" if found is None or found[1] in ("防控", "应急", "总", "前线") else found[1]


def site_kind(name: str, kinds: Iterable[str]) -> str:
    """The 点位类别 a site's name speaks of.

    Args:
        name: such as 惠民大药房.
        kinds: the office's dictionary; only one of these is answered, "" where none fits.
    """
    known = list(kinds)
    said = [(kind, kind) for kind in known]
    said += [(word, kind) for kind, words in _SITES.items() if kind in known for word in words.split()]
    return _longest(name, said, at_end=True) or _longest(name, said, at_end=False)


def is_initials(text: str) -> bool:
    """Whether a text is what one types to find a Chinese name, not a name itself: hxy, huangxiaoyan, HXY."""
    return bool(_INITIALS.fullmatch(text.strip()))


def _longest(name: str, said: Iterable[tuple[str, str]], *, at_end: bool) -> str:
    name = name.strip()
    hits = [(len(word), kind) for word, kind in said if (name.endswith(word) if at_end else word in name)]
    return max(hits, key=lambda hit: hit[0], default=(0, ""))[1]

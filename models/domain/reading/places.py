"""Of whom and where a sentence speaks: a site before what is wrong there, a unit by its ending or the office's list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.domain.reading.tone import first_problem

_SITE_END: Final = (
    "医院|卫生院|卫生所|卫生室|诊所|门诊部|门诊|医药|药店|药房|药业|药堂|超市|商场|商店|商贸城|购物中心|购物广场|购物|便利店|门市部|门市|大厅|服务中心|中心|酒店|宾馆|旅馆|民宿|饭店|餐厅|餐馆|饭庄|火锅店|食府|食堂|烧烤店|烧烤"
    "|学校|小学|中学|幼儿园|学院|大学|教育|培训班|公司|厂|集团|合作社|市场|集市|大集|小区|花园|家园|公寓|苑|广场|车站|客运站|火车站|高铁站|高铁东站|收费站|加油站|加气站|检查站|服务站|卡口|卡点|检查点|服务点|采样点|接种点|隔离点|防控点"
    "|工地|项目部|项目|养老院|敬老院|福利院|网吧|影院|影城|浴池|洗浴|KTV|理发店|美容院|银行|支行|营业厅|信用社|驿站|快递点|网点|棋牌室|图书馆|体育馆|景区|公园|寺|教堂|水库|河道|大坝|堤防|闸站|泵站|林场|护林站|瞭望塔|仓库|库房|矿业|矿|站|店|所|馆|场|城"
    "|连锁|号楼|社区|木业|纸业|酒业|建材|化工|食品|粮油|物流园|工业园区|工业园|产业园|公墓|墓园|陵园|物流|汽修|汽贸|村"
)
_PART_OF_A_SITE = re.compile(r"^(?:发热)?(?:门诊|食堂|库房|仓库|大厅|卡口|卡点|门口|所)$")
_SITE = re.compile(rf"(?:{_SITE_END})(?:（[^（）]{{1,14}}）)?(?:[东西南北门前内外侧]{{0,2}}(?:卡口|门口))?")
_STOP = re.compile(
    r"个别|部分|工作人员|值[守班]|人员|员工|从业|顾客|群众|村民|居民|进出|外来|门口|电子屏|入口|出入口|现场|内部|仍|对|因|为|在|把|将|于|已|虽|有(?!限)|，|。|；|：|“|检查(?![站点])|督查|发现|存在|共|扫码|测温|消毒|登记|台账|电子|的(?!士)|是|正|可|能|均|都"
)
_GENERAL = re.compile(
    r"^(?:部分|个别|有的|一些|多数|大部分|少数|各|全|对|由于|因|在|该|某|以上|上述|其他|其余|多个|多家|一家|每|如|其中|同时|此外|另外|目前|截至|据|经|当|本)"
)
_KINDS_ALONE = re.compile(
    rf"^(?:农|乡|镇|城|小|大|村|社|中|基层|公共|经营|重点|集中|工作|疫情|防控|防疫|生产|企业|沿街|周边)*(?:{_SITE_END}|场所|单位)*$"
)
_STEM: Final = "(?:(?![该本各全我对在向的和与及因为由虽但认总别每返回务打工来等赴])[A-Za-z一-龥])"
"""A character a unit's name may hold before its ending."""
_UNIT = re.compile(
    rf"(?!有的|部分|一些|多数|上|下|城乡|家乡|外乡|老乡|大部){_STEM}{{1,4}}?(?:镇|乡|街道)"
    r"(?:办事处|(?!村|上|里|长|干|政|域|情|区|直|办|党|卫|中|敬|人大|司|派|驻|级|内|纪|土|愁|亲|民|贤|企|居|街))"
)
_VILLAGE = re.compile(
    r"(?!农|乡|各|该|全|本)[A-Za-z一-龥]{1,5}?(?:村|社区)(?!民|组|级|里|内|干|卫|医|口|居|两|支|工|党|书|委|庄|屯|镇|防|排|封|值)"
)
_BOUNDARY = re.compile(
    r"^|[，。；：、（“\s]|其中|如|在|赴|前往|深入|对|是|的|到|和|与|由|发现|督查|检查|走访|反映|抽查"
)
_SAME = re.compile(r"该(?:县|区|市|镇|乡|街道|村|社区|局|单位|公司|院|校|店)")
_COUNTY = re.compile(
    rf"(?!有的|部分|一些|多数|上|下|[小社地辖城园山疫景校院片厂灾林库牧矿]区|[超门城股夜楼菜]市|[一-龥]?[小社]区){_STEM}{{1,3}}?(?:县|区|市)"
    r"(?![委政直域级里场民内外长人间公场别])"
)
_OFFICE = re.compile(
    r"(?:县|区|市)?(?!有的|部分|个别|各)[一-龥]{2,6}?(?:局|委员会|办公室|执法大队)(?=[，：。对在未\n]|存在|的|$)"
    r"|[县区市](?!有的|部分|个别|各)[一-龥]{2,5}?局(?![部面势限长促])"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence begins with.

    Attributes:
        sites: one or several sites that the same is said of.
        unit: the 镇 or the like in front of the site.
        end: where it ends, counted from the sentence's start.
    """

    sites: tuple[str, ...] = ()
    unit: str = ""
    end: int = 0


NOBODY: Final = Subject()


def subject_of(sentence: str) -> Subject:
    """The sites a sentence begins with; `NOBODY` where it begins otherwise."""
    stop = _STOP.search(sentence)
    wrong = first_problem(sentence)
    ends = [at for at in (stop.start() if stop else -1, wrong) if at >= 0]
    zone = sentence[: min(ends, default=len(sentence))]
    hits = [found for found in _SITE.finditer(zone) if found.end() > 2]
    if not hits or len(zone) > 40 or _GENERAL.match(zone):
        return NOBODY
    end = next((hit.end() for hit in reversed(hits) if not _PART_OF_A_SITE.search(hit[0])), hits[-1].end())
    names = [name.strip() for name in zone[:end].split("、")]
    if not all(_is_name(name) for name in names):
        return NOBODY
    unit = _UNIT.match(names[0])
    if unit and not _KINDS_ALONE.match(names[0][unit.end() :]):
        names[0] = names[0][unit.end() :]
    if unit:
        return Subject(tuple(names), unit[0], end)
    return Subject(tuple(names), "", end)


def names_a_unit(sentence: str, known: Iterable[str] = ()) -> bool:
    """Whether a sentence begins with a unit: 柳河镇…, 该镇…, one of the office's own."""
    return bool(_UNIT.match(sentence) or _SAME.match(sentence) or sentence.startswith(tuple(filter(None, known))))


def _is_name(text: str) -> bool:
    return 2 < len(text) <= 20 and not _KINDS_ALONE.match(text) and _SITE.search(text) is not None


def unit_in(text: str, known: Iterable[str] = ()) -> str:
    """The unit a piece names: one of the office's own, else 石门乡 with a village that follows; "" for none."""
    own = [(text.index(name), -len(name), name) for name in known if name and name in text]
    if own:
        return min(own)[2]
    for pattern in (_UNIT, _COUNTY, _OFFICE):
        for boundary in _BOUNDARY.finditer(text):
            if (found := pattern.match(text, boundary.end())) is None:
                continue
            village = _VILLAGE.match(text, found.end()) if pattern is _UNIT else None
            return text[found.start() : village.end() if village else found.end()]
    same = _SAME.search(text)
    return same[0] if same else ""


def named_before(text: str, same: str, known: Iterable[str] = ()) -> str:
    """Whom 该镇 means: the last unit of that kind named before; "" where none was."""
    ending = same[1:]
    found = [
        hit[0]
        for start in _BOUNDARY.finditer(text)
        for pattern in (_UNIT, _COUNTY, _OFFICE)
        if (hit := pattern.match(text, start.end())) is not None and hit[0].endswith(ending)
    ]
    own = [name for name in known if name.endswith(ending) and name in text]
    return max(own or found, key=text.rfind, default="")

"""The order in which offices name organs and people: 党组织 before 行政, the first before the deputy."""

import re
from collections.abc import Iterable
from typing import Final

_ORGANS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"党委|党工委|党组|县委|(?<!社)区委|市委|省委|旗委|党支部|党总支|支部",
        r"人大",
        r"政府|办事处|管委会",
        r"政协",
        r"纪委|纪工委|纪检",
        r"监委|监察",
        r"武装部|人武部",
        r"指挥部|领导小组",
    )
)

_OFFICE: Final = "办公室|(?<!街道)办副?主任|中心副?主任|科副?主任"
"""办公室, 民政办 and the like, whose 主任 is none of the unit's heads; 街道办主任 is one."""
_DEPUTY_OR_VILLAGE: Final = rf"^(?!.*(副|村|社区|居委|{_OFFICE}))"
# First match counts: deputies stand before the posts whose words they contain.
_POSTS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?!.*(副|纪|支部|总支|第一|政法|团委|村|社区|居委)).*书记",
        _DEPUTY_OR_VILLAGE + r".*(县长|区长|市长|镇长|乡长|主任|局长|院长|校长|经理)",
        r"人大(?!.*副).*主席",
        r"^(?!.*(支部|总支|纪|村|社区|居委)).*副书记",
        r"纪委书记|纪工委书记|监察室主任|纪检组长",
        r"^(?!.*(村|社区|居委|居民)).*(委员|常委|党组成员|班子成员|政法委书记)|^(?!.*副).*(武装|组织|宣传|统战)部部?长",
        rf"^(?!.*(村|社区|居委|{_OFFICE})).*副(县长|区长|市长|镇长|乡长|主任|局长|院长|校长|经理)|人大副主席",
        r"^(?!.*副).*(所长|站长|股长|科长|办公室主任|办主任|中心主任|科主任|队长)",
        r"副(所长|站长|股长|科长|队长)|(办公室|办|中心|科)副主任",
        r"^(?!.*副).*(支部|总支|第一|村|社区|居委).*书记",
        r"^(?!.*副).*(村|社区|居委).*主任",
        r"(支部|总支|村|社区|居委).*副书记",
        r"(村|社区|居委).*副主任",
        r"(村|社区|居委|支部|居民).*委员",
    )
)

_NO_VILLAGE: Final = re.compile(r"[包驻联挂]村|[包驻联]社区|农村|乡村|城中村|社区卫生|村(?=[镇乡区县街旗市])")
"""Words whose 村 or 社区 says nothing of the level: 包村干部 is of the township, 石村镇 is one."""
_STATION: Final = re.compile(
    r"(卫生|防疫|保障|服务|文化|农技|畜牧|水利|林业|国土|动检|工作|检查|检疫|查验|收费|加油|车)站|所$|所[^属]"
    r"|(医|卫生|学|敬老|养老|福利|设计|研究)院|大学|中学|小学|学校|园$|中心|队$|[大中]队|公司|厂$|店$"
)
# From the township's or department's own leaders down: 站所, then villages.
_LEVELS: Final = ((2, re.compile(r"村|社区|居委|居民小组|网格")), (1, _STATION))
_OF_THE_COUNTY: Final = re.compile(r"[县市区旗]长|[县市区旗]委(书记|副书记|常委|委员)|[县市区旗](人大|政协)")
_HEAD_OF_STATION: Final = re.compile(r"(?<!法院)(?<!检察院)院长|校长|园长|经理|厂长|店长")
_NO_PLACE: Final = re.compile(r"城乡|乡村|市场|市政|[小景园校库林牧灾]区|服务区|开发区|镇(?=[市区县江])")
"""Words whose 市, 区 or 乡 names no place."""


def organ_level(name: str) -> int:
    """Level of a deciding organ.

    Returns:
        0 a province and above, 1 a city, 2 a county, 3 one that names no place, 4 a township or village.
    """
    text = _NO_VILLAGE.sub("", _NO_PLACE.sub("", name))
    if re.search(r"[镇乡村]|街道|社区|居委", text):
        return 4
    levels = ((2, "[县区旗]"), (1, "[市州盟]"), (0, "省|中央|自治区"))
    return next((level for level, word in levels if re.search(word, text.replace("自治区", "省"))), 3)


def organ_rank(name: str) -> int:
    """Place of an organ among others, 0 first; departments and all else come last."""
    return next((place for place, kind in enumerate(_ORGANS) if kind.search(name)), len(_ORGANS))


def post_rank(post: str) -> int:
    """Place of a post among others, 0 first; of several posts named together the highest counts."""
    parts = [part for part in re.split(r"[、，,兼 ]+", post.removeprefix("原")) if part]
    return min((_one_post(part) for part in parts), default=len(_POSTS))


def people_key(unit_name: str, post: str) -> tuple[int, int]:
    """Sort key for the people of one township or department; equal ones keep the clerk's order."""
    return post_rank(post), organ_rank(unit_name + post)


def leaders_key(unit_name: str, post: str, *, is_unit: bool = False) -> tuple[int, bool, int, int]:
    """Sort key for those of several units: 县领导, 党委书记, 镇长, 党委副书记, 副镇长, 站所, 村; a unit first.

    Equal ones keep the clerk's order.
    """
    texts = [_NO_VILLAGE.sub("", text) for text in (unit_name, post)]
    if _OF_THE_COUNTY.search(post):
        return -1, not is_unit, *people_key(unit_name, post)
    head = 1 if _HEAD_OF_STATION.search("".join(texts)) else 0
    level = next((level for level, kind in _LEVELS if any(map(kind.search, texts))), head)
    return level, not is_unit, *people_key(unit_name, post)


def organs_key(organs: Iterable[str]) -> tuple[int, int]:
    """Sort key for what several organs decided: the highest counts, 县 before 镇, 纪委 before 监委; none comes last."""
    return min(((organ_level(organ), organ_rank(organ)) for organ in organs if organ), default=(9, 0))


def _one_post(post: str) -> int:
    plain = _NO_VILLAGE.sub("", post)
    return next((place for place, kind in enumerate(_POSTS) if kind.search(plain)), len(_POSTS))

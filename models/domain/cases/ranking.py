"""The order in which offices name organs and people: 党组织 before 行政, the first before the deputy."""

import re
from typing import Final

_ORGANS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"党委|党工委|党组|县委|区委|市委|党支部|党总支|支部",
        r"人大",
        r"政府|办事处|管委会",
        r"政协",
        r"纪委|监委|纪检|监察",
        r"武装部|人武部",
        r"指挥部|领导小组",
    )
)

# First match counts: deputies stand before the posts whose words they contain.
_POSTS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?!.*(副|纪|支部|总支|第一)).*书记",
        r"^(?!.*(副|村|社区|居委|办公室)).*(县长|区长|市长|镇长|乡长|主任|局长|院长|校长|经理)",
        r"人大(?!.*副).*主席",
        r"^(?!.*(支部|总支|纪)).*副书记",
        r"纪委书记|纪工委书记|监察室主任|纪检组长",
        r"委员",
        r"^(?!.*(村|社区|居委|办公室)).*副(县长|区长|市长|镇长|乡长|主任|局长|院长|校长|经理)",
        r"^(?!.*副).*(所长|站长|股长|科长|办公室主任|队长)",
        r"副(所长|站长|股长|科长|队长)|办公室副主任",
        r"^(?!.*副).*(支部|总支|第一).*书记",
        r"^(?!.*副).*(村|社区|居委).*主任",
        r"(支部|总支).*副书记",
        r"(村|社区|居委).*副主任",
    )
)


# From the township's or department's own leaders down: 站所, then villages.
_LEVELS: Final = (
    (2, re.compile(r"村|社区|居委|居民小组")),
    (
        1,
        re.compile(
            r"(卫生|防疫|保障|服务|文化|农技|畜牧|水利|林业|国土|动检|工作|检查|检疫|查验|收费|加油|车)站|所$|所[^属]"
            r"|院|学|园$|中心|队$|公司|厂$|店$"
        ),
    ),
)
_COUNTY: Final = re.compile(r"^(?!.*[镇乡]|.*街道).*[县区旗市]|^(县|区|市)")


def organ_level(name: str) -> int:
    """Level of a deciding organ, 0 the county and above, 1 a department or one that names no place, 2 a township."""
    if _COUNTY.search(name):
        return 0
    return 2 if re.search(r"[镇乡村]|街道|社区", name) else 1


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


def leaders_key(unit_name: str, post: str) -> tuple[int, int, int]:
    """Sort key for leaders of several units: 党委书记, 镇长, 党委副书记, 副镇长, 站所, 村.

    Equal ones keep the clerk's order.
    """
    level = next((level for level, kind in _LEVELS if kind.search(unit_name) or kind.search(post)), 0)
    return level, *people_key(unit_name, post)


def _one_post(post: str) -> int:
    return next((place for place, kind in enumerate(_POSTS) if kind.search(post)), len(_POSTS))

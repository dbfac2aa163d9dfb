"""How other offices spell a unit: 柳河镇人民政府, 柳河, 云溪街道办, 县卫健局; what is no unit, or several."""

import re
from collections.abc import Iterable
from typing import Final

_ENDS: Final = (
    (re.compile(r"(镇|乡|街道)(?:人民)?政府$"), r"\1"),
    (re.compile(r"街道办(?:事处)?$"), "街道"),
    (re.compile(r"(镇|乡)党委(?:政府)?$"), r"\1"),
    (re.compile(r"街道党工委$"), "街道"),
    (re.compile(r"村(?:民)?委(?:员)?会$"), "村"),
    (re.compile(r"社区(?:居)?委(?:员)?会$"), "社区"),
)
_OLD_FORMS: Final = str.maketrans("鎮鄉縣衛區", "镇乡县卫区")
_PLACES: Final = ("街道", "镇", "乡")
_OFFICES: Final = "局委办队会院部社"
_GROUP = re.compile(
    r"^(?:各|全[县区市镇乡]|所有|有关|相关|县直|县级).*(?:单位|乡镇|镇|乡|街道|部门|村|社区|）|\))$|^各.+"
)
_SEVERAL = re.compile(r"[、，,；;/]|\s和\s")
_COUNTY = re.compile(r"^(?:县|区(?!域)|市(?!场)|旗|[一-龥]{1,4}?(?:县|区(?!域)|市(?!场)|旗))(?=[一-龥]{2,}$)")
_SHORTEST: Final = 2


def plain(name: str) -> str:
    """A unit's name without blanks, old forms of characters and what says the same: 人民政府, 办事处."""
    text = re.sub(r"\s+", "", name).translate(_OLD_FORMS)
    for pattern, instead in _ENDS:
        text = pattern.sub(instead, text)
    return text


def is_group(text: str) -> bool:
    """Whether the words name a group of units: 各乡镇（街道）, 县直有关单位."""
    return bool(_GROUP.match(re.sub(r"\s+", "", text)))


def several(text: str) -> tuple[str, ...]:
    """The units of a cell that names more than one; empty for one."""
    parts = tuple(part.strip() for part in _SEVERAL.split(text) if part.strip())
    return parts if len(parts) > 1 else ()


def same(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that a spelling may mean: the surest ones only, several where it is not sure.

    Args:
        text: as another office writes it.
        names: of units the office has.
    """
    wanted, known = plain(text), tuple(dict.fromkeys(names))
    local = _without_county(wanted)
    for fits in (_equal, _stem, _abbreviation):
        found = tuple(name for name in known if fits(wanted, local, name))
        if found:
            return found
    return ()


def _without_county(name: str) -> str:
    return _COUNTY.sub("", name)


def _equal(wanted: str, local: str, name: str) -> bool:
    own = plain(name)
    return own in (wanted, local) or _without_county(own) in (wanted, local)


def _stem(wanted: str, _local: str, name: str) -> bool:
    """柳河 is 柳河镇."""
    own = plain(name)
    return len(wanted) >= _SHORTEST and any(own == wanted + end for end in _PLACES)


def _abbreviation(_wanted: str, local: str, name: str) -> bool:
    """卫健局 is 卫生健康局, either way round: the same ends, and the letters of one in the other in order."""
    own = _without_county(plain(name))
    short, long = sorted((local, own), key=len)
    if len(short) <= _SHORTEST or short[-1] not in _OFFICES or short[0] != long[0] or short[-1] != long[-1]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)

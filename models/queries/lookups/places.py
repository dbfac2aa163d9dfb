"""What texts call a unit: its way down from under the county, as 柳河镇桥头村."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.cases.ranking import post_rank
from models.records import Office, Unit

_THIS = {
    "办事处": "街道",
    "中学": "校",
    "小学": "校",
    "学校": "校",
    **{one: one for one in ["社区", "街道", "公司", "中心", "支队", "大队"]},
}
_THIS |= {one: one for one in "镇乡村局委院所站队办"}
_NOT_PART_OF_A_DEPARTMENT = frozenset({"医疗机构", "学校", "企业"})


_OF_THE_TOWNSHIP = re.compile("镇(?![长村区上])|乡(?![长村镇间道土贤下])")
"""How a text begins that calls something the township's: 镇卫生院, but not 镇长 and 乡村道路."""


def overlap(before: str, after: str) -> int:
    """Characters said twice where two texts meet: 柳河镇中心卫生院 + 中心卫生院院长; 柳河镇 + 镇卫生院.

    Any other one character alone is chance.
    """
    sizes = range(min(len(before), len(after)), 1, -1)
    alone = int(bool(_OF_THE_TOWNSHIP.match(after)) and before.endswith(after[0]))
    return next((size for size in sizes if before.endswith(after[:size])), alone)


@dataclass(frozen=True)
class Places:
    """All units of the office, read once for one document."""

    units: dict[int, Unit]
    county: str = ""
    own: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def load(cls, session: Session) -> "Places":
        """The units as they stand, those in the recycle bin included for old records' sake."""
        units = {unit.id: unit for unit in session.scalars(select(Unit))}
        office = session.scalars(select(Office)).first()
        county = office.county_name if office else ""
        own = {i for i, u in units.items() if u.parent_id is None and u.kind == "县" and county in ("", u.name)}
        if office and office.role == "county" and office.unit_id:
            own.add(office.unit_id)
        return cls(units, county, frozenset(own))

    def name(self, unit_id: int | None) -> str:
        """The unit's own name; empty where none is named."""
        unit = self.units.get(unit_id or 0)
        return unit.name if unit else ""

    def path(self, unit_id: int | None) -> str:
        """The unit with those above it, the county left out: 柳河镇桥头村.

        What a name says already is not said again, 柳河镇中心卫生院; nor that a department runs a school or a hospital.
        """
        text = above = ""
        for unit in reversed(self._upwards(unit_id)):
            led = above == "部门" and unit.kind in _NOT_PART_OF_A_DEPARTMENT
            whole = led or unit.name.startswith(text) or self._countywide(unit.name)
            above = unit.kind
            text = unit.name if whole else text + unit.name[overlap(text, unit.name) :]
        return text

    def called(self, unit_id: int | None) -> str:
        """The unit with those above it; the county, which has nothing to be called by, by its name."""
        return self.path(unit_id) or self.name(unit_id)

    def _countywide(self, name: str) -> bool:
        """Whether a name begins with the county itself, 云岭县人民医院 or 县第一中学, so that none stands above it."""
        if not self.county:
            return False
        ending = re.escape(self.county[-1])
        return name.startswith(self.county) or bool(re.match(rf"{ending}(?!场|舰|政(?![府务协]))", name))

    def within(self, unit_id: int | None, name: str) -> str:
        """A site with its unit before it, 柳河镇桥头村卡点, unless the name says where it is: 县人民医院."""
        unit = self.path(unit_id)
        return name if unit in name or self._countywide(name) else unit + name[overlap(unit, name) :]

    def place(self, unit_id: int | None) -> tuple[int, int]:
        """Sort key: the office's own order."""
        unit = self.units.get(unit_id or 0)
        return (10**9 if unit is None or unit.rank is None else unit.rank, unit_id or 10**9)

    def person(self, unit_id: int | None, post: str, name: str, *, former: bool = False) -> str:
        """A person as documents name one: unit, post, name; 原 once, and the unit once."""
        where = self.path(unit_id)
        held = post.strip()
        if former and "原" not in held:
            held = self._former(unit_id, held)
        if held.removeprefix("原").startswith(tuple(self._spellings(unit_id))):
            where = self._above(unit_id, held)
        level = where[-1:]
        once = held[1:2] != "长" if level in ("镇", "乡") else level == "村" and held[1:2] in ("党", "支")
        shared = overlap(where, held) or (once and held[:1] == level)
        return f"{where}{held[shared:]}{name}"

    @staticmethod
    def this(path: str) -> str:
        """该镇, 该局, 该校: how a text calls a unit it has named; the whole name where there is no word for it."""
        word = next((word for end, word in _THIS.items() if path.endswith(end)), "")
        return f"该{word}" if word else path

    def opens(self, text: str, unit_id: int | None) -> bool:
        """Whether a text begins with the unit or one above it, by whichever of its names."""
        names = (name for unit in self._upwards(unit_id) for name in (unit.name, unit.short_name))
        return text.startswith(tuple(name for name in names if name))

    def spellings(self, unit_id: int | None) -> list[str]:
        """Every way a text may call a unit, the longest first; empty of none."""
        return self._spellings(unit_id) if unit_id else []

    def begins_with_unit(self, text: str) -> bool:
        """Whether a text begins with one of the office's units, behind 建议 or 请."""
        plain = text.removeprefix("建议").removeprefix("请")
        return plain.startswith(tuple(self._names))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple({name for unit in self.units.values() for name in (unit.name, unit.short_name) if len(name) > 1})

    def _former(self, unit_id: int | None, post: str) -> str:
        for known in self._spellings(unit_id):
            if post.startswith(known):
                return f"{known}原{post.removeprefix(known)}"
        return f"原{post}" if post else "原工作人员"

    def _spellings(self, unit_id: int | None) -> list[str]:
        """How a post may already begin: the whole way, or any part of it down to the unit."""
        way = self._upwards(unit_id)
        found = [self.path(unit_id)]
        for start in range(len(way)):
            found.append("".join(unit.name for unit in reversed(way[: start + 1])))
        short = [unit.short_name for unit in way[:1] if unit.short_name]
        return sorted({one for one in [*found, *short] if one}, key=len, reverse=True)

    def _above(self, unit_id: int | None, post: str) -> str:
        """What stands above the unit the post itself begins with."""
        text = post.removeprefix("原")
        way = self._upwards(unit_id)
        for place, unit in enumerate(way):
            if text.startswith((unit.name, unit.short_name or unit.name)):
                later = way[place + 1 :]
                path = self.path(later[0].id) if later else ""
                return "" if text.startswith(path) and path else path
        return ""

    def _upwards(self, unit_id: int | None) -> list[Unit]:
        way: list[Unit] = []
        unit = self.units.get(unit_id or 0)
        while unit is not None and unit.id not in self.own and unit not in way:
            way.append(unit)
            unit = self.units.get(unit.parent_id or 0)
        return way

    @cached_property
    def leaders(self) -> dict[int, tuple[str, ...]]:
        """Names of each unit's leaders, the higher post first."""
        found = {}
        for unit in self.units.values():
            named = [(unit.leader_post, unit.leader), (unit.deputy_post, unit.deputy)]
            found[unit.id] = tuple(name for post, name in sorted(named, key=lambda n: post_rank(n[0])) if name)
        return found

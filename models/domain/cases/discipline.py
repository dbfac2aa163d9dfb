"""Measures of accountability: the catalogue, and the order in which a sentence names them.

Group, period, who may decide, whom it is for, source and its certainty stand with every measure in
``resources/catalogs/measures.json``; the office may edit all of them. Who may decide it about whom is in
``authority``, until when it counts in ``effects``, which days are to be kept in ``clocks``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from models.domain.catalogs import catalog

PARTY_GROUP: Final = "党纪"
STATE_GROUP: Final = "政务"
OFFICE_GROUP: Final = "机关处分"
INSTITUTION_GROUP: Final = "事业单位处分"
ENTERPRISE_GROUP: Final = "国有企业处分"
ADMONITION: Final = "诫勉"
PROBATION: Final = "留党察看"
EXPULSION: Final = "开除党籍"
BARE: Final = ("警告", "记过", "记大过", "降级", "撤职", "开除")
"""What several laws call alike; without the law's word before it nobody knows whose 处分 it is."""
FROM_THE_LAW, FROM_A_COPY, SECOND_HAND = "法律原文", "公开文本", "次级来源"
"""来源级别: read in the law's own text, in a public copy of it, or only read about."""
_FORMS: Final = {"第一种": "1", "第二种": "2", "第三种": "3", "第四种": "4"}
_PRINTED_FIRST: Final = (PARTY_GROUP, STATE_GROUP, OFFICE_GROUP, INSTITUTION_GROUP, ENTERPRISE_GROUP)


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of 处理.

    Attributes:
        name: as printed, 党内警告.
        group: 党纪, 政务, 机关处分, 组织处理, 诫勉, …
        form: of the 四种形态, 第一种 … 第四种; empty where it is of none.
        months: effect period the law fixes; None where there is none or the organ sets it.
        months_entered: the deciding organ sets the period.
        least_months: least the organ may set, None where not bound.
        most_months: most the organ may set, None where not bound.
        note_months: of a dated note that holds nothing open: five years without a new admission to the Party.
        source: law and article.
        certainty: 法律原文, 公开文本 or 次级来源.
        applies_to: person, unit or both.
        whom: identities it is for; empty for everybody.
        deciders: kinds of organ that may decide it, as in `authority.KINDS`; empty for any.
        wording: how a bulletin says it, 受到党内警告处分.
        aliases: other names met in ledgers.
        note: what a clerk should know.
    """

    name: str
    group: str
    form: str = ""
    months: int | None = None
    months_entered: bool = False
    least_months: int | None = None
    most_months: int | None = None
    note_months: int | None = None
    source: str = ""
    certainty: str = ""
    applies_to: str = "both"
    whom: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    wording: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""

    @property
    def secondary(self) -> bool:
        """The law itself was not read; to be checked before it is relied on."""
        return self.certainty == SECOND_HAND


def measure_of(row: dict[str, Any]) -> Measure:
    """A measure from a catalog row, as a dict of `Measure`'s fields."""
    return Measure(**{**row, **{name: tuple(row.get(name, ())) for name in ("whom", "deciders", "aliases")}})


@cache
def measures() -> tuple[Measure, ...]:
    """The shipped measures in their order, lighter before heavier within a group."""
    return tuple(measure_of(row) for row in catalog("measures"))


def find_measure(name: str, among: Iterable[Measure] | None = None) -> Measure | None:
    """The measure of that name or alias; None where the office uses a name of its own."""
    pool = measures() if among is None else tuple(among)
    exact = next((one for one in pool if one.name == name), None)
    return exact or next((one for one in pool if name in one.aliases), None)


def weight(measure: Measure) -> tuple[str, int]:
    """Sort key from light to heavy: the form of the 四种形态, then the catalogue's order."""
    order = {one.name: place for place, one in enumerate(measures())}
    return _FORMS.get(measure.form, "0"), order.get(measure.name, -1)


def print_order(measure: Measure) -> tuple[int, tuple[str, int]]:
    """Sort key for a sentence about one person: 党纪 before 政务, light to heavy; then others as they were written."""
    if measure.group not in _PRINTED_FIRST:
        return len(_PRINTED_FIRST), ("", 0)
    return _PRINTED_FIRST.index(measure.group), weight(measure)

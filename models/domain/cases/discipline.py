"""Measures of accountability: what each is, whom it fits and until when it counts.

Sources stand with every measure in ``resources/catalogs/measures.json``; those that were not
read in the law's own text are marked ``secondary`` there, and the office may edit all of them.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from models.domain.catalogs import catalog
from models.errors import Problem

PARTY_GROUP: Final = "党纪"
STATE_GROUP: Final = "政务"
PARTY_MEMBER: Final = "中共党员"
PUBLIC_OFFICIAL: Final = "公职人员"
VILLAGE_CADRE: Final = "村(社区)干部"
MOST_TOGETHER: Final = 48
"""Months that several of one kind may reach together (政务处分法 art. 15)."""
_FOR_VILLAGE: Final = frozenset({"政务警告", "政务记过", "政务记大过"})


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of 处理.

    Attributes:
        name: as printed, 党内警告.
        group: 党纪, 政务, 组织处理, 诫勉, …
        form: of the 四种形态, 第一种 … 第四种.
        months: effect period the law fixes; None where there is none or the organ sets it.
        months_entered: the deciding organ sets the period.
        least_months: least the organ may set, None where not bound.
        most_months: most the organ may set, None where not bound.
        source: law and article.
        secondary: the source was not read in its own text; to be checked before it is relied on.
        applies_to: person, unit or both.
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
    source: str = ""
    secondary: bool = False
    applies_to: str = "both"
    wording: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


def measure_of(row: dict[str, Any]) -> Measure:
    """A measure from a catalog row or the office's own record, as a dict of `Measure`'s fields."""
    return Measure(**{**row, "aliases": tuple(row.get("aliases", ()))})


@cache
def measures() -> tuple[Measure, ...]:
    """The shipped measures in their order, lighter before heavier within a group."""
    return tuple(measure_of(row) for row in catalog("measures"))


def find_measure(name: str, among: Iterable[Measure] | None = None) -> Measure | None:
    """The measure of that name or alias; None where the office uses a name of its own."""
    pool = measures() if among is None else tuple(among)
    exact = next((one for one in pool if one.name == name), None)
    return exact or next((one for one in pool if name in one.aliases), None)


def check(
    measure: Measure, identities: Iterable[str], *, is_unit: bool = False, organ: str = ""
) -> tuple[Problem, ...]:
    """What stands against giving this measure to this party (domain: check on entry).

    Args:
        measure: what was chosen.
        identities: of the person, as in the identity dictionary.
        is_unit: the party is a unit.
        organ: 决定机关, where known.
    """
    if is_unit:
        wrong = measure.applies_to == "person"
        return (Problem("measure", f"“{measure.name}”只适用于个人，不能用于单位。"),) if wrong else ()
    if measure.applies_to == "unit":
        return (Problem("measure", f"“{measure.name}”只适用于单位，不能用于个人。"),)
    held = {one.replace("（", "(").replace("）", ")") for one in identities}
    if measure.group == PARTY_GROUP and PARTY_MEMBER not in held:
        return (Problem("measure", f"“{measure.name}”是党纪处分，当事人身份须有“{PARTY_MEMBER}”。"),)
    if measure.group == STATE_GROUP and PUBLIC_OFFICIAL not in held:
        return _check_state_measure(measure, held, organ)
    return ()


def _check_state_measure(measure: Measure, held: set[str], organ: str) -> tuple[Problem, ...]:
    if VILLAGE_CADRE not in held:
        return (Problem("measure", f"“{measure.name}”是政务处分，当事人身份须有“{PUBLIC_OFFICIAL}”。"),)
    if measure.name not in _FOR_VILLAGE:
        return (Problem("measure", "对村（社区）干部的政务处分只有警告、记过、记大过（政务处分法第二十二条）。"),)
    if organ and "监" not in organ:
        return (Problem("organ", "对村（社区）干部的政务处分由监察机关作出（政务处分法第二十二条）。"),)
    return ()


def effect_months(measure: Measure, entered: int | None = None, count: int = 1) -> int | None:
    """Months the effect lasts; None where there is no period or it is not known yet.

    Args:
        measure: what was given.
        entered: what the deciding organ set, for 留党察看 and for several together.
        count: how many of this kind were decided together.

    Raises:
        ValueError: the organ's period is out of what the law allows; the message ends a Chinese sentence.
    """
    least, most = month_range(measure, count)
    if entered is None:
        return measure.months if count == 1 else None
    if least is not None and entered < least:
        raise ValueError(f"不少于 {least} 个月，现填 {entered} 个月，请核对。")
    if most is not None and entered > most:
        raise ValueError(f"不超过 {most} 个月，现填 {entered} 个月，请核对。")
    return entered


def month_range(measure: Measure, count: int = 1) -> tuple[int | None, int | None]:
    """Least and most months for ``count`` measures of one kind decided together, None where not bound.

    Several of one kind of 政务处分 last at least one period and at most the sum, never more
    than 48 months (政务处分法 art. 15).
    """
    if measure.months is None:
        return measure.least_months, measure.most_months
    if count > 1 and measure.group == STATE_GROUP:
        return measure.months, min(measure.months * count, MOST_TOGETHER)
    return (measure.months, measure.months) if count == 1 else (measure.months, None)


def effect_end(measure: Measure, decided_on: date | None, entered: int | None = None, count: int = 1) -> date | None:
    """The last day of the effect period; None where there is none or something is still unknown.

    The day of the decision is the period's first day (政务处分法 art. 8), so six months from
    14 February end on 13 August; where the month has no such day, on its last.
    """
    months = effect_months(measure, entered, count)
    return None if decided_on is None or months is None else _last_day(decided_on, months)


def _last_day(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if first.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, first.day) - timedelta(days=1)


def weight(measure: Measure) -> tuple[str, int]:
    """Sort key from light to heavy: the form of the 四种形态, then the catalogue's order."""
    forms = {"第一种": "1", "第二种": "2", "第三种": "3", "第四种": "4"}
    order = {one.name: place for place, one in enumerate(measures())}
    return forms.get(measure.form, "0"), order.get(measure.name, -1)


def print_order(measure: Measure) -> tuple[int, tuple[str, int]]:
    """Sort key for a sentence about one person: 党纪 before 政务, light to heavy; then others as they were written."""
    groups = (PARTY_GROUP, STATE_GROUP)
    if measure.group not in groups:
        return len(groups), ("", 0)
    return groups.index(measure.group), weight(measure)

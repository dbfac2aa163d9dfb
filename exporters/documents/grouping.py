"""Problems gathered under headings and merged where alike: site；site；… with their counts."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from exporters.documents.frame import Frame
from exporters.documents.options import GroupBy
from exporters.documents.writing import bare, clause, listed
from models.paper.numbering import chinese_numeral
from models.queries.breakdown import place_of, top_units
from models.queries.places import overlap
from models.queries.problems import FindingFacts
from models.records import Record
from models.rules.dictionaries import terms

_MEASURES = "个名处份笔部户人台家辆次张盒栋条件瓶只袋套批间"
_LACKING = re.compile(r"^(未|无|没有|不)")
_NAMELESS = {"unit": "其他单位", "team": "其他", "kind": "其他问题", "aspect": "其他方面", "site_kind": "其他点位"}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings under one heading."""

    name: str
    facts: tuple[FindingFacts, ...]

    @property
    def count(self) -> int:
        """Problems in it."""
        return sum(one.finding.count for one in self.facts)


@dataclass(frozen=True, slots=True)
class Item:
    """One clause of a text and the findings it states."""

    text: str
    facts: tuple[FindingFacts, ...]

    @property
    def records(self) -> list[Record | None]:
        """The records behind the clause."""
        return [record for one in self.facts for record in (one.finding, one.site)]

    @property
    def key(self) -> str:
        """Stable between two compositions: the first finding's own."""
        return f"finding:{self.facts[0].finding.uuid}"


def groups(frame: Frame, facts: Sequence[FindingFacts], dimension: GroupBy) -> list[Group]:
    """The findings by a dimension: units and teams in the office's order, the rest by the dictionary or the number.

    Groups the clerk ordered by hand come first.
    """
    naming, ranking = _naming(frame, dimension)
    found: dict[str, list[FindingFacts]] = {}
    for one in facts:
        found.setdefault(naming(one), []).append(one)
    made = [Group(name or _NAMELESS.get(dimension, "其他"), tuple(rows)) for name, rows in found.items()]
    wanted = {name: place for place, name in enumerate(frame.options.order)}
    return sorted(made, key=lambda g: (wanted.get(g.name, len(wanted)), g.name in _NAMELESS.values(), ranking(g)))


Naming = Callable[[FindingFacts], str]
Ranking = Callable[[Group], Any]


def _naming(frame: Frame, dimension: GroupBy) -> tuple[Naming, Ranking]:
    if dimension == "unit":
        tops = top_units(frame.session)
        places = frame.places

        def unit(one: FindingFacts) -> str:
            top = tops.get(one.finding.unit_id or one.finding.department_id or 0)
            return top[1] if top else ""

        def rank(group: Group) -> Any:
            first = group.facts[0].finding
            top = tops.get(first.unit_id or first.department_id or 0)
            return places.place(top[0] if top else None)

        return unit, rank
    if dimension == "team":
        return (
            lambda one: one.team.name if one.team else "",
            lambda group: place_of(group.facts[0].team.number if group.facts[0].team else None),
        )
    if dimension == "site_kind":
        return lambda one: one.site.kind if one.site else "", _by_number("site_kind")
    dictionaries = {"kind": "finding_kind", "aspect": "aspect", "source_level": "source_level"}
    return lambda one: getattr(one.finding, dimension), _by_number(dictionaries[dimension], dimension != "kind")


def _by_number(dictionary: str, in_order: bool = False) -> Ranking:
    order = {term.name: term.position for term in terms() if term.dictionary == dictionary}
    if in_order:
        return lambda group: place_of(order.get(group.name))
    return lambda group: (-group.count, place_of(order.get(group.name)))


def items(frame: Frame, facts: Sequence[FindingFacts], *, units: bool) -> list[Item]:
    """The findings as clauses without their end mark; like ones as one where the clerk wants that.

    Args:
        frame: the composition.
        facts: the findings of one group.
        units: name the unit before the site, because the heading does not.
    """
    if not frame.options.merge_like:
        return [Item(_clause([_where(frame, one, units)], [said(one)], one.finding.count), (one,)) for one in facts]
    same_fact: dict[str, list[FindingFacts]] = {}
    for one in facts:
        same_fact.setdefault(bare(said(one)), []).append(one)
    same_sites: dict[tuple[object, ...], list[list[FindingFacts]]] = {}
    for fact, rows in same_fact.items():
        sites = {one.finding.site_id for one in rows}
        # Facts about no site in particular have nothing in common.
        key = (fact,) if None in sites else tuple(sorted(id_ for id_ in sites if id_))
        same_sites.setdefault(key, []).append(rows)
    return [_merged(frame, lists, units) for lists in same_sites.values()]


def _merged(frame: Frame, lists: list[list[FindingFacts]], units: bool) -> Item:
    sites = list(dict.fromkeys(_where(frame, one, units) for one in lists[0]))
    whats = []
    for rows in lists:
        count = sum(one.finding.count for one in rows)
        whats.append(_numbered(said(rows[0]), count, len(sites)))
    rows_ = tuple(one for rows in lists for one in rows)
    return Item(_clause(sites, whats), rows_)


def _clause(sites: list[str], whats: list[str], count: int = 1) -> str:
    where = listed(sites)
    what = "，".join(_numbered(one, count, 1) for one in whats)
    both = "均" if where and len(sites) > 1 and _LACKING.match(what) else ""
    return f"{where}{both}{what[overlap(where, what) :]}"


def _numbered(what: str, count: int, sites: int) -> str:
    """The fact with its number, where it is more than one a site and the fact does not say it."""
    return what if count <= sites or states(what, count) else f"{what}（{count}个）"


def states(text: str, count: int) -> bool:
    """Whether the text says the number itself, in figures or as 两笔, 三户."""
    word = "两" if count == 2 else chinese_numeral(count)
    return bool(re.search(rf"(?<!\d){count}(?!\d)|(?<!第){word}[{_MEASURES}]", text))


def said(one: FindingFacts) -> str:
    """The fact without the site's name before it and the mark behind it."""
    fact = clause(one.finding.fact)
    site = one.site.name if one.site else ""
    return fact.removeprefix(site).lstrip("：，、 ") if site and fact != site else fact


def _where(frame: Frame, one: FindingFacts, units: bool) -> str:
    site = one.site.name if one.site else ""
    unit_id = one.finding.unit_id or one.finding.department_id or (one.site.unit_id if one.site else None)
    unit = frame.places.path(unit_id)
    fact = bare(one.finding.fact)
    if not site:
        return "" if not units or bare(unit) in fact else unit
    if not units:
        return site
    return site if site.startswith(unit) or bare(unit) in bare(site) else unit + site


def records_of(facts: Iterable[FindingFacts]) -> list[Record | None]:
    """Findings and sites of several facts."""
    return [record for one in facts for record in (one.finding, one.site)]

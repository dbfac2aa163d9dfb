"""Problems gathered under headings and merged where alike: site；site；… with their counts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from exporters.composing.frame import Frame, references
from exporters.composing.options import GroupBy
from exporters.composing.stated import Count, of_findings
from exporters.composing.wording import bare, clause, dated, listed, listed_shortly
from models.domain.dictionaries import terms
from models.domain.findings.lifecycle import Status
from models.paper.numbering import chinese_numeral
from models.queries.facts.findings import FindingFacts
from models.queries.figures.breakdown import place_of
from models.queries.lookups.places import overlap
from models.records import Record

_MEASURES = "个名处份笔部户人台家辆次张盒栋条件瓶只袋套批间"
_LACKING = re.compile(r"^(未|无|没有|不)")
_INNER = re.compile(r"[；。](?![”）]|$)")
"""A mark inside a clause that is fuller than a comma."""
_SOLVED = re.compile("(已|已经|当场|立即)(整改|改正|解决|纠正|补齐)|立行立改|立查立改|即知即改|整改到位|整改完毕")
"""What a fact says that tells of its own solution."""
_NAMELESS = {"unit": "其他单位", "team": "其他", "kind": "其他问题", "aspect": "其他方面", "site_kind": "其他点位"}


@dataclass(frozen=True, slots=True)
class Group:
    """Findings under one heading."""

    name: str
    facts: tuple[FindingFacts, ...]

    @property
    def count(self) -> Count:
        """Problems in it."""
        return of_findings(f"{self.name}问题数", self.facts)


@dataclass(frozen=True, slots=True)
class Item:
    """One clause of a text and the findings it states: ``parts`` are a site's problems, the first after its name.

    ``state`` says of all of them that they are solved, where the document tells it.
    """

    parts: tuple[str, ...]
    facts: tuple[FindingFacts, ...]
    state: str = ""

    @property
    def text(self) -> str:
        """The clause without its end mark; no two problems are joined by a comma, no full stop of a fact is taken."""
        mark = "。" if any(_INNER.search(part) for part in self.parts) else "；"
        return mark.join(self.parts) + self.state

    @property
    def manifold(self) -> bool:
        """Whether it states several problems, or one in several sentences, that a ； would not keep from the next."""
        return len(self.parts) > 1 or bool(_INNER.search(self.parts[0]))

    @property
    def title(self) -> str:
        """The short title of its problems, where all have the same."""
        titles = {short_title(one) for one in self.facts}
        return titles.pop() if len(titles) == 1 else ""

    @property
    def titled(self) -> str:
        """The clause with its short title before it as a sentence of its own."""
        return f"{self.title}。{self.text}" if self.title else self.text

    @property
    def records(self) -> list[Record | None]:
        """The records behind the clause."""
        return records_of(self.facts)

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


def written(frame: Frame, facts: Sequence[FindingFacts], dimension: GroupBy) -> list[str]:
    """The groups' names in the order they were written down, where the ledger has them one after the other.

    Empty where the findings of one group stand scattered among others, or are of no group.
    """
    naming, _ = _naming(frame, dimension)
    runs = [name for name, _ in groupby(facts, key=naming)]
    return runs if len(set(runs)) == len(runs) and all(runs) else []


def heading_of(group: Group, dimension: GroupBy) -> str:
    """A group's name as a heading: an aspect is 监督检查方面."""
    whole = dimension != "aspect" or group.name.endswith("方面")
    return group.name if whole else f"{group.name}方面"


def groups_as_written(frame: Frame, facts: Sequence[FindingFacts], dimension: GroupBy) -> list[Group]:
    """The findings by a dimension, in the order they were written down where that may be told and none was chosen."""
    found, order = groups(frame, facts, dimension), written(frame, facts, dimension)
    if order and not frame.options.order:
        found.sort(key=lambda group: order.index(group.name))
    return found


Naming = Callable[[FindingFacts], str]
Ranking = Callable[[Group], Any]


def _naming(frame: Frame, dimension: GroupBy) -> tuple[Naming, Ranking]:
    if dimension == "unit":
        if frame.role == "unit":
            return _own_villages(frame)
        tops, places = frame.tops, frame.places

        def unit(one: FindingFacts) -> str:
            top = tops.get(one.responsible_id or 0)
            return "" if top is None else f"全{frame.county}" if top[0] in places.own else top[1]

        def rank(group: Group) -> Any:
            top = tops.get(group.facts[0].responsible_id or 0)
            return top is None or top[0] in places.own, places.place(top[0] if top else None)

        return unit, rank
    if dimension == "team":
        return (
            lambda one: one.team.name if one.team else "",
            lambda group: place_of(group.facts[0].team.number if group.facts[0].team else None),
        )
    if dimension == "site_kind":
        return lambda one: one.site.kind if one.site else "", _by_number("site_kind")
    if dimension == "kind":
        return lambda one: short_title(one) or one.finding.kind, _by_number("finding_kind")
    return lambda one: getattr(one.finding, dimension), _by_number(dimension, in_order=True)


def _own_villages(frame: Frame) -> tuple[Naming, Ranking]:
    """An answering unit's problems by the villages and stations below it, what is nobody's by its own name."""
    places, office = frame.places, frame.office

    def village(one: FindingFacts) -> str:
        return places.path(one.finding.unit_id) or office.short_name or office.name

    return village, lambda group: places.place(group.facts[0].finding.unit_id)


def short_title(one: FindingFacts) -> str:
    """The clerk's own short title of a problem, without a mark at its end."""
    return clause(one.finding.short_title)


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
        return [_merged(frame, [[one]], units) for one in facts]
    by_site: dict[object, list[FindingFacts]] = {}
    for one in facts:
        # Facts about no site in particular have nothing in common but their words.
        at = one.finding.site_id or bare(said(one))
        by_site.setdefault((at, short_title(one), _state(frame, one)), []).append(one)
    alike: dict[object, list[FindingFacts]] = {}
    for rows in by_site.values():
        first = rows[0]
        alone = first.finding.site_id is None or names_its_site(first)
        same = (alone, short_title(first), _state(frame, first), *(bare(said(one)) for one in rows))
        alike.setdefault(same, []).extend(rows)
    return [_merged(frame, _by_fact(rows), units) for rows in alike.values()]


def _by_fact(facts: Iterable[FindingFacts]) -> list[list[FindingFacts]]:
    found: dict[str, list[FindingFacts]] = {}
    for one in facts:
        found.setdefault(bare(said(one)), []).append(one)
    return list(found.values())


def _merged(frame: Frame, lists: list[list[FindingFacts]], units: bool) -> Item:
    sites = {_where(frame, one, units): frame.places.path(unit_of(one)) for one in lists[0]}
    whats = [_numbered(said(rows[0]), of_findings("同类问题数", rows), len(sites)) for rows in lists]
    where = _sites(frame, _unit_once(sites) if units else list(sites), lists[0])
    both = "均" if where and len(sites) > 1 and _LACKING.match(whats[0]) else ""
    whats[0] = f"{where}{both}{whats[0][overlap(where, whats[0]) :]}" if both else _led(where, whats[0], lists[0][0])
    state = _state(frame, lists[0][0])
    if len(whats) > 1 or len(sites) > 1:
        state = state.replace("（", "（均")
    return Item(tuple(whats), tuple(one for rows in lists for one in rows), state)


def _sites(frame: Frame, sites: Sequence[str], rows: Iterable[FindingFacts]) -> str:
    """Sites before what they have in common: at most five and how many they are, all of them where each is wanted."""
    whole = frame.kind.key == "rectification_notice" or frame.options.detail == "full"
    return listed(sites) if whole else listed_shortly(sites, "点位", references(one.site for one in rows))


def _led(where: str, what: str, one: FindingFacts) -> str:
    """A fact behind its place; one that begins with a time, or names its site itself, stands apart from it."""
    apart = where and (dated(what) or names_its_site(one))
    return f"{where}：{what}" if apart else f"{where}{what[overlap(where, what) :]}"


def _unit_once(sites: Mapping[str, str]) -> list[str]:
    """柳河镇甲药店、乙药店: the unit of several sites before the first of them."""
    found: list[str] = []
    last = ""
    for site, unit in sites.items():
        found.append(site.removeprefix(unit) if unit and unit == last and site != unit else site)
        last = unit if site.startswith(unit) else ""
    return found


def running(clauses: Iterable[Item], *, titled: bool = True) -> str:
    """The clauses as running text: apart by ；, or by 。 where one of them has marks of its own inside.

    ``titled``: with the short titles of their own before them, because no heading has said them.
    """
    found = list(clauses)
    mark = "。" if any(item.manifold or (titled and item.title) for item in found) else "；"
    return mark.join(item.titled if titled else item.text for item in found) + "。"


def _numbered(what: str, count: Count, sites: int) -> str:
    """The fact with its number, where it is more than one a site and the fact does not say it."""
    return what if count <= sites or states(what, int(count)) else f"{what}（{count}个）"


def single(frame: Frame, one: FindingFacts, *, units: bool) -> str:
    """One problem as an item of its own: where, what, and how many it stands for."""
    where, what = _where(frame, one, units), said(one)
    return counted(_led(where, what, one), one)


def counted(text: str, one: FindingFacts) -> str:
    """A numbered item with how many problems it stands for, so that the items come to the total that is told."""
    count = one.finding.count
    plain = count == 1 or re.search(rf"(?<!\d){count}个问题|问题{count}个", text)
    return text if plain else f"{text}（计{of_findings('同类问题数', [one])}个问题）"


def states(text: str, count: int) -> bool:
    """Whether the text says the number itself, in figures or as 两笔, 三户, or lists as many."""
    word = "两" if count == 2 else chinese_numeral(count)
    if count > 1 and count in (len(re.split(marks, text)) for marks in ("；", "[；。]", "[；，。]", "、")):
        return True
    if sum(int(number) for number in re.findall(rf"(\d+)[{_MEASURES}人]", text)) == count:
        return True
    return bool(re.search(rf"(?<!\d){count}(?!\d)|(?<!第){word}[{_MEASURES}]", text))


def _state(frame: Frame, one: FindingFacts) -> str:
    """（已整改） in a bulletin, of what was closed by its date and does not say so itself."""
    finding = one.finding
    closed = finding.status == Status.CLOSED and (finding.closed_on is None or finding.closed_on <= frame.date)
    if frame.kind.key != "findings_bulletin" or not closed or _SOLVED.search(finding.fact):
        return ""
    return "（已当场整改）" if finding.fixed_on_spot else "（已整改）"


def said(one: FindingFacts) -> str:
    """The fact without the site's name before it and the mark behind it."""
    fact = clause(one.finding.fact)
    site = one.site.name if one.site else ""
    return fact.removeprefix(site).lstrip("：，、 ") if site and fact != site else fact


def names_its_site(one: FindingFacts) -> bool:
    """Whether a fact says itself, further on, at which site it was, as 督查组检查发现，惠民药店未登记 does."""
    site = re.sub(r"[（(][^（）()]*[）)]$", "", one.site.name) if one.site else ""
    return len(site) > 1 and bare(site) in bare(said(one))


def site_before(one: FindingFacts) -> str:
    """The site as it stands before its fact: less what the fact repeats of it, nothing where the fact names it."""
    what, site = said(one), one.site.name if one.site else ""
    if not site or names_its_site(one):
        return ""
    return f"{site}：" if dated(what) else site[: len(site) - overlap(site, what)]


def unit_of(one: FindingFacts) -> int | None:
    """The unit a problem is told of: whose it is, else the one its site is in."""
    return one.responsible_id or (one.site.unit_id if one.site else None)


def _where(frame: Frame, one: FindingFacts, units: bool) -> str:
    """Site and unit as they stand before the fact; what the fact says itself is not put before it again."""
    site = "" if names_its_site(one) or one.site is None else one.site.name
    unit = frame.places.path(unit_of(one)) if units else ""
    if site:
        return frame.places.within(unit_of(one), site) if units else site
    return "" if bare(unit) in bare(one.finding.fact) else unit


def records_of(facts: Iterable[FindingFacts]) -> list[Record | None]:
    """Findings and sites of several facts."""
    return [record for one in facts for record in (one.finding, one.site)]

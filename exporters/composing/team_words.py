"""督查组 in texts: their names in one word, who leads them, their members and what they are there for."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from exporters.composing.frame import Frame, heading, paragraph
from exporters.composing.own_text import lines_of, own_paragraphs
from exporters.composing.wording import bare, clause, listed, sentence
from models.domain.cases.ranking import post_rank
from models.paper.elements import Block
from models.paper.numbering import chinese_numeral, numeral_value
from models.records import Member, Record, Team

_NUMBERED = re.compile(r"^第([一二三四五六七八九十]+)(\D*组)$")
_LEADERS = ("组长", "常务副组长", "副组长")
_FEWEST = 3
"""Teams in a row from which on they are 第五至第十督查组."""


def team_names(teams: Iterable[Team]) -> str:
    """第五至第十督查组: three and more in a row in one word, others one by one."""
    ordered = _in_order(teams)
    numbers = [_numbered(team) for team in ordered]
    first, last = (numbers[0], numbers[-1]) if numbers else (None, None)
    if len(ordered) >= _FEWEST and first and last and None not in numbers:
        in_a_row = [n for n, _ in filter(None, numbers)] == list(range(first[0], last[0] + 1))
        if in_a_row and first[1] == last[1]:
            return f"第{chinese_numeral(first[0])}至第{chinese_numeral(last[0])}{last[1]}"
    return listed(team.name for team in ordered)


def _numbered(team: Team) -> tuple[int, str] | None:
    found = _NUMBERED.match(team.name)
    if not found:
        return None
    number = numeral_value(found[1])
    return (number, found[2]) if number else None


def team_blocks(frame: Frame, teams: Sequence[Team], level: int = 2) -> list[Block]:
    """Who leads each team by post, its members where they are wanted, and its duties; empty where none is written down.

    Those count who were there in the period of the document.
    """
    ordered, members = _in_order(teams), _members(frame, teams)
    duties = {bare(team.duties) for team in ordered}
    alike = len(ordered) > 1 and len(duties) == 1 and any(duties)
    blocks: list[Block] = []
    for team in ordered:
        blocks += _team(frame, team, members[team.id], "" if alike else team.duties, level)
    if alike:
        blocks += _duties("work:duties", "各督查组工作职责：", ordered[0].duties, ordered, level)
    return [heading("work:teams", "督查力量", level), *blocks] if blocks else []


def _in_order(teams: Iterable[Team]) -> list[Team]:
    return sorted(teams, key=lambda team: (team.number or 0, team.id))


def _team(frame: Frame, team: Team, members: Sequence[Member], duties: str, level: int) -> list[Block]:
    """Who leads a team, with the duties that are its own."""
    led = "，".join(filter(None, (_leaders(frame, members), _others(frame, members))))
    key, records = f"work:team:{team.uuid}", [team, *members]
    if not bare(duties):
        return [paragraph(key, f"{team.name}由{led}。", records)] if led else []
    return _duties(key, f"{team.name}由{led}。" if led else f"{team.name}：", duties, records, level)


def _duties(key: str, before: str, duties: str, records: Sequence[Record], level: int) -> list[Block]:
    """Duties of one line behind what leads to them, of several below it with their own numbering."""
    lines = lines_of(duties)
    if len(lines) == 1:
        return [paragraph(key, f"{before}{sentence(lines[0].whole)}", records)]
    return [paragraph(key, before, records), *own_paragraphs(key, duties, records, level=level + 1)]


def _members(frame: Frame, teams: Sequence[Team]) -> dict[int, list[Member]]:
    """Each team's members of the document's period, who leads it first."""
    found: dict[int, list[Member]] = {team.id: [] for team in teams}
    first, last = frame.options.from_ or frame.date, frame.options.until or frame.date
    query = select(Member).where(
        Member.team_id.in_(found), Member.deleted_at.is_(None),
        or_(Member.left_on.is_(None), Member.left_on >= first),
        or_(Member.joined_on.is_(None), Member.joined_on <= last),
    )  # fmt: skip
    for member in sorted(frame.session.scalars(query), key=lambda one: (_role(one), post_rank(one.post), one.id)):
        found[member.team_id or 0].append(member)
    return found


def _role(member: Member) -> int:
    return _LEADERS.index(member.role) if member.role in _LEADERS else len(_LEADERS)


def _leaders(frame: Frame, members: Sequence[Member]) -> str:
    """县委常委、副县长程立新任组长，县水利局副局长莫然任副组长."""
    told = []
    for role in _LEADERS:
        names = listed(_named(frame, one) for one in members if one.role == role)
        if names:
            told.append(f"{names}任{role}")
    return "，".join(told)


def _others(frame: Frame, members: Sequence[Member]) -> str:
    """成员有……: all of them by name, never shortened; empty where the clerk does not want them."""
    if not frame.options.members:
        return ""
    names = listed(_named(frame, one) for one in members if one.role not in _LEADERS)
    return f"{names}为成员" if names else ""


def _named(frame: Frame, member: Member) -> str:
    return frame.places.person(member.unit_id, clause(member.post), member.name)

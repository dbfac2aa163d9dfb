"""工作开展情况 of a summary: the office's own text, else a proposal of the period's figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from exporters.composing.frame import Frame, paragraph
from exporters.composing.own_text import own_paragraphs
from exporters.composing.period import told_above
from exporters.composing.stated import Count, Share, plain
from exporters.composing.summary_cases import held_responsible, letters
from exporters.composing.team_words import team_blocks
from exporters.composing.wording import listed
from models.domain.findings.deadlines import Bucket
from models.paper.elements import Block
from models.queries.facts.findings import FindingFacts
from models.queries.figures.scope import Scope
from models.queries.figures.statistics import Row, Summary, percent
from models.records import Inspection, Team

WHOLE = 10
"""The smallest whole a percentage is told of."""
_PLACES = 3
"""Kinds of sites that are named as where was inspected."""


def own_work(frame: Frame) -> list[Block]:
    """工作开展情况 in the office's own words, where the clerk gave any."""
    return [*own_paragraphs("work:own", frame.options.work_text)]


@dataclass(frozen=True, slots=True)
class Period:
    """What a summary speaks of: its figures, the placeholders' values, its problems and inspections."""

    total: Summary
    words: Mapping[str, object]
    facts: Sequence[FindingFacts]
    trips: Sequence[Inspection]
    scope: Scope


def composed_work(frame: Frame, period: Period, told: str) -> list[Block]:
    """Who inspected, and what was done in figures but for what the lead has told: a proposal for the office's text."""
    ids = {one.team_id for one in period.trips} | {one.team.id for one in period.facts if one.team}
    teams = frame.session.scalars(select(Team).where(Team.id.in_(ids))).all()
    work = _work(period.total, period.words, told, _seen(period.facts), letters(frame, period.scope))
    held = held_responsible(frame, period.scope)
    cases = [paragraph("work:cases", held, heading="问责处理。", level=2)] if held else []
    return [*team_blocks(frame, teams), *work, *cases]


def _seen(facts: Sequence[FindingFacts]) -> str:
    """对药店、小区、学校等重点场所: the kinds of sites with most problems; empty of one kind alone."""
    found = Counter(one.site.kind for one in facts if one.site and one.site.kind and one.site.kind != "其他")
    named = [kind for kind, _ in found.most_common(_PLACES)]
    return f"对{listed(named)}等重点场所" if len(named) > 1 else ""


def _work(total: Summary, words: Mapping[str, object], told: str, places: str, sent: str) -> list[Block]:
    """What was done, in figures; what did not happen, or the lead has told, is not mentioned."""
    trips = f"{total.inspections}次" if total.inspections and plain(f"督查{total.inspections}次") not in told else ""
    figures = (
        ("走访点位{}个", total.sites_visited),
        ("其中存在问题的点位{}个" if total.sites_visited else "涉及点位{}个", total.sites_concerned),
        ("发现问题{}个", total.problems),
    )
    how, whom = _how(total, words)
    inspected = [how, f"{places}开展督查{trips}" if places or trips else "", whom]
    inspected += [form.format(count) for form, count in figures if count and plain(form[2:].format(count)) not in told]
    if total.inspections and not total.problems and "未发现问题" not in told:
        inspected.append("未发现问题")
    handled = [
        _bulletins(total),
        sent,
        f"提出整改建议{total.suggestions}条" if total.suggestions else "",
    ]
    rated = total.solved > 0  # a share of nothing is told by what is still open
    on_time = rated and were_due(total) >= WHOLE and not total.opening.of("problems")
    solved = [
        f"已整改问题{total.solved}个" if total.solved else "",
        f"其中当场整改{total.solved_on_spot}个" if total.solved_on_spot and not total.opening.of("solved") else "",
        f"整改率{share('整改率', total.closure_rate, total.problems)}" if rated and known_share(total) else "",
        f"按时办结率{share('按时办结率', total.on_time_rate, *due(total))}" if on_time else "",
    ]
    above = told_above(total.from_above, total.from_above_solved)
    parts = (
        ("work:inspected", "督查走访。", _joined(inspected)),
        ("work:handled", "通报建议。", _joined(handled)),
        ("work:solved", "整改销号。", _joined(solved) + above),
    )
    return [paragraph(key, text, heading=name, level=2) for key, name, text in parts if text]


def were_due(total: Summary | Row) -> int:
    """Problems that were due: what 按时办结率 is a share of."""
    return sum(due(total))


def known_share(total: Summary) -> bool:
    """Whether it is known of enough problems which of them are solved."""
    return total.problems >= WHOLE and total.opening.knows_solved


def due(total: Summary | Row) -> list[int]:
    """Problems that were due, by how it went with them."""
    return [total.buckets[one] for one in (Bucket.ON_TIME, Bucket.LATE, Bucket.OVERDUE)]


def share(name: str, share: float | None, *wholes: int) -> Share:
    """A percentage with the records of its whole."""
    records = dict.fromkeys(ref for whole in wholes if isinstance(whole, Count) for ref in whole.records)
    return Share(round(100 * (share or 0), 1), name, percent(share), records)


def _how(total: Summary, words: Mapping[str, object]) -> tuple[str, str]:
    """Who inspected and how; and how many units."""
    teams, methods = words.get("team_count"), words.get("methods")
    how = f"采取{methods}{'等' if '、' in str(methods) else ''}方式" if methods else ""
    # Fewer units than teams would read as if most teams had gone nowhere.
    whom = f"督查单位{total.units_inspected}个" if total.units_inspected >= max(_int(teams), 1) else ""
    return f"{teams}个督查组{how}" if teams and how else how, whom


def _int(number: object) -> int:
    return number if isinstance(number, int) else 0


def _joined(parts: Sequence[str]) -> str:
    told = [part for part in parts if part]
    return f"{'，'.join(told)}。" if told else ""


def _bulletins(total: Summary) -> str:
    if not total.bulletins:
        return ""
    kinds = [
        f"督查通报{total.findings_bulletins}期" if total.findings_bulletins else "",
        f"问责通报{total.accountability_bulletins}期" if total.accountability_bulletins else "",
    ]
    return f"制发{listed(kinds)}"

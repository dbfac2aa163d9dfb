"""The fact lists of the made offices, one function a kind, from what was typed in and from the pages of design alone.

Which finding may stand in which kind is typed out here a second time, not taken from the program.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.offices.facts import Expected, Fact, fact, own
from tests.offices.making import ANSWERED, CLOSED, DATE, Made, Maker

_NOWHERE = {"draft", "void", "revoked"}
_OUT = {
    "findings_bulletin": _NOWHERE | {"self", "suspended", "above", "above_closed", "reported", "objection"},
    "rectification_notice": _NOWHERE | CLOSED | {"verifying", "suspended", "self"},
    "reminder": _NOWHERE | CLOSED | {"verifying", "open", "report", "self", "handed", "no_deadline"},
    "inspection_report": _NOWHERE | {"self"},
    "rectification_report": _NOWHERE | {"open", "report"},
    "rectification_plan": _NOWHERE | CLOSED | {"open", "report", "self"},
    "self_inspection_report": set(),
}
"""Profiles that a county's paper of a kind does not print, left out or asked about alike."""
_OUT_OF_TOWN = {
    "rectification_report": _NOWHERE,
    "rectification_plan": _NOWHERE | CLOSED,
    "self_inspection_report": set(),
}


def chosen(maker: Maker, kind: str, findings: Iterable[Made] | None = None) -> list[Made]:
    """The findings that stand in a kind, by day and serial."""
    out = (_OUT_OF_TOWN if maker.town else _OUT)[kind]
    rows = [one for one in (maker.findings if findings is None else findings) if one.profile not in out]
    if kind == "self_inspection_report":
        rows = [one for one in rows if one.profile == "self"]
    return sorted(rows, key=lambda one: (one.found, one.serial))


def day(one: dt.date) -> str:
    return f"{one.month}月{one.day}日"


def _never(maker: Maker, rows: Sequence[Made]) -> tuple[str, ...]:
    return tuple(one.fact for one in maker.findings if one not in rows)


def _problems(rows: Iterable[Made]) -> int:
    return sum(one.count for one in rows)


def _counts(rows: Sequence[Made]) -> frozenset[str]:
    """Every number of problems a paper about these findings may count, over all and over a town, kind or state."""
    found = {_problems(rows)}
    for name in ("town", "unit", "kind", "profile", "team"):
        groups: Counter[str] = Counter()
        for one in rows:
            groups[getattr(one, name)] += one.count
        found |= set(groups.values())
    found |= {one.count for one in rows} | {_problems(r for r in rows if r.profile in CLOSED)}
    found |= {_problems(r for r in rows if r.profile in CLOSED) + 3 * sum(r.profile == "part" for r in rows)}
    return frozenset(f"{n}个" for n in found)


def _sites(rows: Sequence[Made]) -> str:
    return f"{len({one.site for one in rows})}个"


def _own(rows: Iterable[Made]) -> list[Fact]:
    return [own(one.fact) for one in rows] if rows else []


def findings_bulletin(maker: Maker) -> Expected:
    rows = chosen(maker, "findings_bulletin")
    facts = [fact(f"问题{_problems(rows)}个"), *_own(rows)]
    facts += [fact(one.site, one.fact, within="sentence") for one in rows if "，" not in one.site]
    facts += [fact(one.fact, "已整改|已当场整改") for one in rows if one.profile in CLOSED]
    facts += [fact(f"{one.fact}（{one.count}个）|{one.fact}（已整改）") for one in rows if one.count > 1]
    towns = [town for town in maker.towns if any(one.town == town for one in rows)]
    for town in towns:
        here = [one for one in rows if one.town == town]
        facts += [fact(town, f"{_problems(here)}个问题", here[0].fact)] if len(towns) > 1 else []
    if maker.shape.visits:
        facts.append(fact(f"走访点位{len({one.site for one in maker.findings if one.trip})}个"))
    order = [tuple(one.fact for one in rows if one.town == town) for town in towns]
    figures = _counts(rows) | {_sites(rows), f"{len({o.site for o in maker.findings if o.trip})}个"}
    return Expected(
        "findings_bulletin",
        tuple(facts),
        (*order, tuple(towns)),
        _never(maker, rows),
        figures,
        {"group_by": "unit", "detail": "normal"},
    )


def of_unit(maker: Maker, kind: str, town: str) -> Expected | None:
    """A notice or a reminder to one unit."""
    rows = chosen(maker, kind, (one for one in maker.findings if one.town == town))
    if not rows:
        return None
    facts = [fact(f"{town}人民政府|{town}办事处", within="paper")]
    facts += (
        [fact(f"{_problems(rows)}个{maker.shape.work.campaign}问题|{_problems(rows)}个问题")]
        if kind == "rectification_notice"
        else []
    )
    facts += [fact(one.site, one.fact) for one in rows] + _own(rows)
    if kind == "rectification_notice":
        facts += [fact(one.fact, one.wanted) for one in rows]
        facts += [fact(one.fact, f"整改时限：{day(one.due)}") for one in rows if one.due]
        order = [tuple(one.fact for one in rows)]
    else:
        facts += [
            fact(one.fact, f"已逾期{(DATE - one.due).days}天")
            for one in rows
            if one.due and one.due < DATE and one.profile != "suspended"
        ]
        facts += [fact(one.fact, day(DATE + dt.timedelta(1))) for one in rows if one.profile in ("near", "suspended")]
        late = [o for o in rows if o.due and o.due < DATE and o.profile != "suspended"]
        facts += [fact(f"{_problems(late)}个", "逾期|超过")] if late else []
        near = [o for o in rows if o.profile == "near"]
        facts += [fact(f"{_problems(near)}个", "到期")] if near else []
        order = [tuple(o.fact for o in late)]
    facts += [fact(one.fact, "6月12日", f"第{one.number}处仍未处理") for one in rows if one.profile == "returned"]
    groups = {
        _problems(r for r in rows if (r.due or DATE) < DATE and r.profile != "suspended"),
        *(o.count for o in rows),
    }
    figures = _counts(rows) | {f"{n}个" for n in groups} | {f"{(DATE - o.due).days}天" for o in rows if o.due}
    return Expected(
        kind,
        tuple(facts),
        tuple(order),
        _never(maker, rows),
        figures | {"1天", "1个"},
        {"units": (town,)},
        f"{kind} {town}",
    )


def inspection_report(maker: Maker) -> Expected:
    trips = maker.trips
    rows = chosen(maker, "inspection_report", (one for one in maker.findings if one.trip))
    above = [one for one in rows if one.profile.startswith("above")]
    mine = [one for one in rows if one not in above]
    facts = [fact(f"问题{_problems(mine)}个"), *_own(rows), *(fact(t["被督查单位"], within="paper") for t in trips)]
    whole = f"第一至{maker.rows['督查组'][-1]['组名']}"  # as such papers say it of more than two
    facts += [fact(f"{t['督查组']}|{whole}", within="paper") for t in trips]
    facts += [fact(one.site, one.fact, within="sentence") for one in rows]
    lines = [line for t in trips for line in t["工作开展情况"].splitlines()]
    advice = [_unnumbered(line) for t in trips for line in t["意见建议"].splitlines()]
    facts += [own(line) for line in (*lines, *advice) if line]
    # A day spelled in words of the whole period stands in the lead.
    last = max(t["结束日期"] for t in trips)
    facts.append(fact("2024年6月3日", f"{last.day}日"))
    order = [tuple(line for line in lines if line), tuple(line for line in advice if line)]
    for town in maker.towns:
        order.append(tuple(one.fact for one in rows if one.town == town))
    sites = len({one.site for one in maker.findings if one.trip})
    facts += [fact(f"上级反馈问题{_problems(above)}个")] if above else []
    figures = (
        _counts(rows)
        | _counts(mine)
        | _counts(above)
        | {f"{len(trips)}个", f"{sites}个", f"{len(maker.rows['督查组'])}个", _sites(rows)}
    )
    return Expected("inspection_report", tuple(facts), tuple(order), _never(maker, rows), figures, {"group_by": "unit"})


def _unnumbered(line: str) -> str:
    return line.partition("）")[2] if line.startswith("（") else line.partition("是")[2]


def rectification_report(maker: Maker, town: str) -> Expected:
    rows = chosen(maker, "rectification_report", (one for one in maker.findings if one.town == town))
    # What a township found itself was not fed back to it, and is told apart.
    fed = [one for one in rows if not (maker.town and one.profile == "self")]
    found = [one for one in rows if one not in fed]
    facts = [fact(f"{_problems(fed)}个"), *_own(rows), *(fact(one.site, one.fact) for one in rows)]
    facts += [fact(f"自查发现问题{_problems(found)}个")] if found else []
    told = [one for one in rows if one.profile in ANSWERED]
    facts += [fact(one.fact, one.done) for one in told] + [own(one.done) for one in told]
    facts += [fact(one.fact, one.post, one.person) for one in told]
    facts += [fact(one.fact, day(one.finished)) for one in told if one.profile in CLOSED | {"verifying", "returned"}]
    facts += [fact(one.fact, "销号") for one in rows if one.profile in CLOSED]
    facts += [fact(one.fact, "6月12日", f"第{one.number}处仍未处理") for one in rows if one.profile == "returned"]
    facts += [fact(one.fact, "待核查") for one in rows if one.profile == "verifying"]
    facts += [fact(one.fact, f"第{one.number}项与实际不符") for one in rows if one.profile == "objection"]
    facts += [own(f"余下1处{one.number}日内完成") for one in rows if one.profile == "part"]
    facts += [fact(one.fact, "3个") for one in rows if one.profile == "part"]
    solved = _problems(r for r in rows if r.profile in CLOSED) + 3 * sum(r.profile == "part" for r in rows)
    if maker.town:  # its own word: what it answered as done, before anybody verified it
        solved += _problems(r for r in rows if r.profile == "verifying")
        facts.append(fact(f"{_problems(fed)}个", f"已完成{solved}个"))
    at_work = _problems(r for r in rows if r.profile not in ANSWERED | CLOSED | {"suspended"})
    sent = len({one.number for one in rows if one.profile.startswith("above")})  # papers from above that it answers
    figures = _counts(rows) | {f"{solved}个", f"{at_work}个", f"{sent}个", "3个", "4个"}
    figures |= {f"{_problems(fed)}个", f"{_problems(found)}个"}
    return Expected(
        "rectification_report",
        tuple(facts),
        (tuple(one.fact for one in told),),
        _never(maker, rows),
        figures,
        {} if maker.town else {"units": (town,)},
        f"rectification_report {town}",
    )


def rectification_plan(maker: Maker, town: str) -> Expected | None:
    rows = chosen(maker, "rectification_plan", (one for one in maker.findings if one.town == town))
    if not rows:
        return None
    # A township that plans for what it found itself too does not say that all was handed to it.
    count = [] if any(one.profile == "self" for one in rows) else [fact(f"{_problems(rows)}个")]
    facts = [*count, *_own(rows), *(fact(one.site, one.fact) for one in rows)]
    facts += [own(f"{one.wanted}，明确责任") for one in rows]
    facts += [fact(day(one.due or DATE), one.post, one.person) for one in rows]
    return Expected(
        "rectification_plan",
        tuple(facts),
        (tuple(one.fact for one in rows),),
        _never(maker, rows),
        _counts(rows),
        {} if maker.town else {"units": (town,)},
        f"rectification_plan {town}",
    )


def self_inspection_report(maker: Maker) -> Expected | None:
    rows = chosen(maker, "self_inspection_report")
    if not rows:
        return None
    facts = [fact(f"问题{_problems(rows)}个"), *_own(rows), *(fact(one.site, one.fact) for one in rows)]
    facts += [own(f"{one.wanted}，明确责任") for one in rows]
    return Expected("self_inspection_report", tuple(facts), (), _never(maker, rows), _counts(rows) | {"0个"})


def _late(rows: Iterable[Made]) -> int:
    """Problems past their day that are not closed; of one partly done what is left."""
    late = (r for r in rows if r.profile not in CLOSED | {"suspended", "near", "verifying"} and r.due and r.due < DATE)
    return sum(one.count - (3 if one.profile == "part" else 0) for one in late)


def _suggestions(maker: Maker) -> int:
    return sum(len(trip["意见建议"].splitlines()) for trip in maker.trips)


def _shares(rows: Sequence[Made], parts: Iterable[int]) -> frozenset[str]:
    """Every share of the whole, to one decimal; the rates of closing and of closing in time are checked elsewhere."""
    whole = _problems(rows) or 1
    return frozenset(f"{round(n * 100 / whole, 1):g}%" for n in (*parts, *range(whole + 1)))


def period_summary(maker: Maker) -> Expected:
    rows = [one for one in maker.findings if one.profile not in _NOWHERE | {"self"}]
    mine = [one for one in rows if not one.profile.startswith("above")]
    above = [one for one in rows if one.profile.startswith("above")]
    solved = _problems(r for r in mine if r.profile in CLOSED) + 3 * sum(r.profile == "part" for r in mine)
    left = _problems(mine) - solved
    trips = len(maker.trips)
    facts = [fact(f"问题{_problems(mine)}个"), fact(f"{trips}次")]
    facts += [fact(f"已解决{solved}个|已整改问题{solved}个|已整改{solved}个")] if solved else []
    facts += [fact(f"尚有{left}个")] if left else []
    if above:
        done = _problems(r for r in above if r.profile in CLOSED)
        facts.append(fact(f"上级反馈问题{_problems(above)}个"))
        facts.append(fact(f"已整改{done}个|已全部整改|已整改") if done else fact("正在整改"))
    kinds: Counter[str] = Counter()
    for one in mine:
        kinds[one.kind] += one.count
    facts += [fact(kind, f"{count}个") for kind, count in kinds.items()]
    late = _late(mine)
    figures = _counts(mine) | _counts(rows) | {f"{n}个" for n in (_problems(above), late, left, solved, trips)}
    figures |= {f"{len({o.site for o in rows if o.trip})}个", f"{trips}次", f"{len(maker.rows.get('督查组', ()))}个"}
    figures |= {f"{len({o.site for o in maker.findings if o.trip})}个"}
    figures |= {f"{_late(o for o in mine if o.town == town)}个" for town in maker.towns}
    figures |= _shares(mine, kinds.values()) | {f"{_suggestions(maker)}条"}
    closed = _problems(r for r in mine if r.profile in CLOSED)
    whole = sum(o.count for o in mine if o.profile == "part") - sum(o.profile == "part" for o in mine)
    figures |= {f"{round(closed * 100 / max(closed + due, 1), 1):g}%" for due in (late, late + whole)}
    facts += [fact(f"尚有{left}个", f"其中超过整改时限的{late}个")] if late else []
    figures |= {f"{len({o.site for o in mine if o.trip})}个", f"{_problems(r for r in above if r.profile in CLOSED)}个"}
    told = _held(maker)
    return Expected("period_summary", (*facts, *told[0]), (), _never(maker, rows), figures | told[1])


def _held(maker: Maker) -> tuple[list[Fact], frozenset[str]]:
    """How many cases, people and units were held responsible, and by which measures."""
    cases = len({case for case, *_ in maker.held})
    people = len({(case, name) for case, name, _, unit in maker.held if not unit})
    units = len({(case, name) for case, name, _, unit in maker.held if unit})
    each = Counter(measure for _, _, measure, _ in maker.held)
    if not cases:
        return [], frozenset()
    facts = [fact(f"{cases}起问题", f"问责{people}人")]
    facts += [fact("问责", f"{units}个单位")] if units else [fact(measure, f"{n}人") for measure, n in each.items()]
    counts = {f"{cases}起", f"{people}人", f"{units}个", *(f"{n}人" for n in each.values())}
    return facts, frozenset(counts)

"""Cases of many shapes, and the fact list of the bulletin of those that may stand in it."""

import datetime as dt
from dataclasses import dataclass

from tests.offices.facts import Expected, Fact, fact, own
from tests.offices.listed import day
from tests.offices.making import Maker, Row

SHAPES = (
    "one",
    "leaders",
    "alike",
    "unit",
    "elsewhere",
    "clue",
    "two_organs",
    "not_written",
    "later",
    "month",
    "reported",
    "dropped",
)
_IN = frozenset({"one", "leaders", "alike", "unit", "elsewhere", "two_organs", "not_written", "month"})
_RANKED = ("党委书记", "镇长", "副镇长")
_MEASURES = {
    "党内警告": "党内警告",
    "诫勉谈话": "诫勉谈话|诫勉",
    "提醒谈话": "提醒谈话",
    "通报批评": "通报批评",
    "政务记过": "政务记过",
    "责令书面检查": "书面检查",
    "党内严重警告": "党内严重警告",
}


@dataclass
class Party:
    """A person or unit of a case with what became of it."""

    name: str
    post: str
    duty: str
    conduct: str
    measures: tuple[tuple[str, str, dt.date | str], ...] = ()
    elsewhere: str = ""
    mention: str = ""
    is_unit: bool = False


def accountability_bulletin(maker: Maker) -> Expected | None:
    """Type the cases in and list what their bulletin says."""
    facts: list[Fact] = []
    order, never, titles = [], [], []
    count = 0
    for place in range(maker.shape.cases):
        shape = SHAPES[place % len(SHAPES)]
        town, number = maker.towns[place % len(maker.towns)], next(maker.numbers)
        text = f"6月{3 + place}日，督查组在{town}检查{number}号点位时发现，值班记录提前填写{number}天，现场无人在岗"
        title = f"{town}{number}号点位值班记录造假的问题"
        parties = _parties(maker, shape, town, number)
        _type(maker, f"A{place + 1:03}", shape, town, title, text, number, parties)
        if shape in _IN or shape == "reported":
            maker.held += [(title, p.name, measure, p.is_unit) for p in parties for measure, *_ in p.measures]
        if shape not in _IN:
            never += [title, text, *(p.name for p in parties if not p.is_unit)]
            continue
        count += 1
        titles.append(title)
        facts += [fact(title), own(text), fact(title, f"造成{number}户群众误报")]
        facts += [one for party in parties for one in _listed(title, party)]
        named = [p for p in parties if p.mention != "另案处理不写"]
        never += [p.name for p in parties if p not in named]
        leaders = sorted((p for p in named if p.duty != "直接责任" and not p.is_unit), key=lambda p: _rank(p.post))
        order.append(tuple(p.name for p in (*(p for p in named if p.duty == "直接责任"), *leaders)))
    if not count:
        return None
    facts.insert(0, fact(f"{count}起" if count > 1 else "一起"))
    figures = frozenset({f"{count}起", "一起", "两人", "2名", "两名"})
    return Expected("accountability_bulletin", tuple(facts), (tuple(titles), *order), tuple(never), figures)


def _rank(post: str) -> int:
    return _RANKED.index(post) if post in _RANKED else len(_RANKED)


def _listed(title: str, party: Party) -> list[Fact]:
    if party.mention == "另案处理不写":
        return []
    told = [fact(title, party.name, party.post)]
    told += [fact(title, party.conduct)] if party.conduct else []
    for measure, organ, when in party.measures:
        told.append(fact(title, party.name, _MEASURES[measure], organ))
        told.append(fact(title, f"{day(when)}|同日|{when.day}日" if isinstance(when, dt.date) else when))
    return told + ([fact(title, party.name, party.elsewhere)] if party.elsewhere else [])


def _parties(maker: Maker, shape: str, town: str, number: int) -> list[Party]:
    on = dt.date(2024, 6, 20)
    first = Party(
        next(maker.people), "办公室主任", "直接责任", f"擅自离岗{number}小时", (("党内警告", "县纪委监委", on),)
    )
    if shape == "leaders":
        seconds = [
            Party(
                next(maker.people), post, "主要领导责任", f"对{number}号点位{fault}", (("诫勉谈话", "县纪委监委", on),)
            )
            for post, fault in (("副镇长", "督促不力"), ("党委书记", "过问不够"), ("镇长", "检查不严"))
        ]
        return [first, *seconds]
    if shape == "alike":
        measures = (("提醒谈话", f"{town}纪委", on),)
        return [Party(next(maker.people), "网格员", "直接责任", f"替人代签{number}次", measures) for _ in range(2)]
    if shape == "unit":
        return [
            first,
            Party(town, "", "主要领导责任", f"审核{number}号记录不严", (("通报批评", "县委", on),), is_unit=True),
        ]
    if shape == "elsewhere":
        return [
            first,
            Party(next(maker.people), "护卫队员", "直接责任", f"默许{number}号代签", elsewhere="主管单位另行处理"),
        ]
    if shape == "not_written":
        return [first, Party(next(maker.people), "保洁员", "直接责任", "", mention="另案处理不写")]
    if shape == "two_organs":
        more = (("政务记过", "县监委", on), ("党内严重警告", "县纪委", dt.date(2024, 6, 18)))
        return [Party(first.name, first.post, "直接责任", first.conduct, more)]
    if shape == "month":
        return [Party(first.name, first.post, "直接责任", first.conduct, (("责令书面检查", f"{town}党委", "6月"),))]
    if shape == "later":
        return [
            Party(first.name, first.post, "直接责任", first.conduct, (("党内警告", "县纪委监委", dt.date(2024, 8, 1)),))
        ]
    return [first]


_STAGES = {"clue": "线索", "dropped": "不予问责"}


def _type(
    maker: Maker, code: str, shape: str, town: str, title: str, text: str, number: int, parties: list[Party]
) -> None:
    """The case, its parties and their dispositions as rows."""
    rows = maker.rows
    case: Row = {
        "案件编号": code,
        "案件标题": title,
        "阶段": _STAGES.get(shape, "决定"),
        "发生单位": town,
        "违规事实": f"{text}。",
        "后果": f"造成{number}户群众误报",
        "行为开始日期": dt.date(2024, 6, 3),
        "已通报": "是" if shape == "reported" else "",
        "不予问责或变更原因": "情节轻微" if shape == "dropped" else "",
    }
    rows.setdefault("问责案件", []).append(case)
    for party in parties:
        rows.setdefault("责任人员", []).append(
            {
                "案件编号": code,
                "姓名或单位名称": party.name,
                "是单位": "是" if party.is_unit else "否",
                "所在单位": town,
                "职务": party.post,
                "责任类型": party.duty,
                "本人行为或失职": party.conduct,
                "另行处理": party.elsewhere,
                "通报方式": party.mention,
            },
        )
        for measure, organ, when in party.measures:
            days = {"决定日期": when} if isinstance(when, dt.date) else {"决定时间表述": when}
            rows.setdefault("处理", []).append(
                {"案件编号": code, "责任人员": party.name, "处理措施": measure, "决定机关": organ, **days}
            )

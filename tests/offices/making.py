"""Offices made by script: every number in a text is the text's own, so that it is known whose words a paper says."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.offices import pools

Row = dict[str, Any]
DATE = dt.date(2024, 7, 5)
"""成文日期 of every made paper, a Friday."""
SAID_LATE, SAID_NEAR = DATE - dt.timedelta(9), DATE + dt.timedelta(1)


@dataclass(frozen=True)
class Shape:
    """What an office is like."""

    number: int
    role: str = "county"
    towns: int = 3
    findings: int = 14
    teams: int = 1
    cases: int = 3
    visits: bool = True
    villages: bool = False
    pasted: bool = False
    surname: str = ""
    above: bool = True
    long_list: bool = False

    @property
    def work(self) -> pools.Work:
        return pools.WORKS[self.number % len(pools.WORKS)]


PROFILES = (
    "open",
    "handed",
    "working",
    "near",
    "verifying",
    "returned",
    "closed",
    "on_spot",
    "suspended",
    "above",
    "above_closed",
    "self",
    "draft",
    "void",
    "revoked",
    "reported",
    "no_deadline",
    "report",
    "objection",
    "rebound",
    "part",
)
"""What became of a finding: each is one row of the list of what may stand where."""
_STATUS = {
    "open": "待交办",
    "handed": "已交办",
    "working": "整改中",
    "near": "整改中",
    "verifying": "待核查",
    "returned": "退回重改",
    "closed": "已销号",
    "on_spot": "已销号",
    "suspended": "挂账协调",
    "above": "整改中",
    "above_closed": "已销号",
    "self": "待交办",
    "draft": "草稿",
    "void": "作废",
    "revoked": "撤销",
    "reported": "整改中",
    "no_deadline": "已交办",
    "report": "待交办",
    "objection": "整改中",
    "rebound": "整改中",
    "part": "整改中",
}
CLOSED = frozenset({"closed", "on_spot", "above_closed"})
ANSWERED = CLOSED | {"verifying", "returned", "objection", "part"} - {"on_spot"}


@dataclass
class Made:
    """A finding as typed in, with what the list says of it."""

    serial: str
    profile: str
    town: str
    site: str
    kind: str
    fact: str
    found: dt.date
    due: dt.date | None
    count: int
    number: int
    trip: str = ""
    village: str = ""
    person: str = ""
    post: str = ""
    done: str = ""
    wanted: str = ""
    team: str = ""

    @property
    def finished(self) -> dt.date:
        return self.found + dt.timedelta(3)

    @property
    def unit(self) -> str:
        return self.village or self.town


@dataclass
class Maker:
    """Fills the sheets of one office."""

    shape: Shape
    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Made] = field(default_factory=list)
    held: list[tuple[str, str, str, bool]] = field(default_factory=list)
    """Every measure decided by the papers' day: case, name, measure, and whether the party is a unit."""
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(11))

    def __post_init__(self) -> None:
        self.towns = [pools.TOWNS[(self.shape.number * 3 + n) % len(pools.TOWNS)] for n in range(self.shape.towns)]
        self.people = self._people()
        self.trips: list[Row] = []

    def _people(self) -> Iterator[str]:
        """Names that are nobody else's; all of one surname where the office wants it."""
        surnames = self.shape.surname or pools.SURNAMES
        for number, given in enumerate(itertools.cycle(pools.GIVEN)):
            again = "" if number < len(pools.GIVEN) else pools.GIVEN[number // len(pools.GIVEN) % 4]
            yield surnames[number % len(surnames)] + (given if not again else given[:1] + again[:1])

    @property
    def town(self) -> bool:
        return self.shape.role == "unit"

    def fill(self) -> dict[str, list[Row]]:
        """Every sheet but those of the cases."""
        self._units()
        if not self.town:
            self._teams()
        self._write_findings()
        return self.rows

    def _units(self) -> None:
        kinds = {"道": "街道"}
        if self.town:
            self.rows["单位"] = [{"单位名称": v, "单位类别": "村", "上级单位": self.towns[0]} for v in pools.VILLAGES]
            return
        units = [
            {"单位名称": name, "单位类别": kinds.get(name[-1], "乡镇"), "排序号": place}
            for place, name in enumerate(self.towns, 1)
        ]
        units += [{"单位名称": n, "单位类别": "部门", "排序号": 50 + p} for p, n in enumerate(pools.BUREAUS)]
        if self.shape.villages:
            units += [
                {"单位名称": f"{t[:2]}{v}", "单位类别": "村", "上级单位": t} for t in self.towns for v in pools.VILLAGES
            ]
        self.rows["单位"] = units

    def _teams(self) -> None:
        numerals = "一二三四五六七八"
        names = [f"第{numerals[n]}督查组" for n in range(self.shape.teams)]
        self.rows["督查组"] = [{"组名": name, "组号": n} for n, name in enumerate(names, 1)]
        self.rows["成员"] = [
            {"督查组": name, "姓名": next(self.people), "抽调单位": pools.BUREAUS[0], "职务": post, "组内角色": role}
            for name in names
            for role, post in (("组长", "副局长"), ("成员", "科员"))
        ]
        for place, town in enumerate(self.towns):
            number = next(self.numbers)
            trip = {
                "活动编号": f"H{place + 1}",
                "督查组": names[place % len(names)],
                "被督查单位": town,
                "开始日期": dt.date(2024, 6, 3 + place),
                "结束日期": dt.date(2024, 6, 5 + place),
                "督查类型": "专项",
                "督查方式": "四不两直、实地走访",
                "工作开展情况": pools.OVERVIEWS[place % 2].format(n=number) if self.shape.pasted else "",
                "意见建议": pools.ADVICE[place % 2].format(n=number) if self.shape.pasted else "",
            }
            self.trips.append(trip)
        self.rows["督查活动"] = self.trips

    def _write_findings(self) -> None:
        """The profiles one after the other, town by town; what the office's shape leaves out is left out."""
        wanted = [p for p in PROFILES if self.shape.above or not p.startswith("above")]
        if self.town:
            wanted = [p for p in wanted if p not in ("open", "reported", "report", "suspended", "draft", "revoked")]
        cells: list[Row] = []
        for place in range(self.shape.findings):
            one = self._made(place, wanted[place % len(wanted)])
            self.findings.append(one)
            cells.append(self._finding_row(one))
            self._answers(one)
        self.rows["督查问题"] = cells
        if self.shape.visits and not self.town:
            seen = {(f.trip, f.site): f for f in self.findings if f.trip}
            self.rows["走访点位"] = [
                {"活动编号": trip, "点位": site, "走访日期": one.found} for (trip, site), one in seen.items()
            ]

    def _made(self, place: int, profile: str) -> Made:
        work, number = self.shape.work, next(self.numbers)
        town = self.towns[place % len(self.towns)]
        kind, text = work.facts[place % len(work.facts)]
        village = ""
        if self.shape.villages:
            village = pools.VILLAGES[place % 3] if self.town else f"{town[:2]}{pools.VILLAGES[place % 3]}"
        found = dt.date(2024, 6, 3 + place % len(self.towns))
        due = {"near": SAID_NEAR, "no_deadline": None, "handed": DATE + dt.timedelta(20)}.get(profile, SAID_LATE)
        site = f"{pools.GIVEN[place % 7][:1]}字{number}号{work.sites[place % len(work.sites)]}"
        trip = "" if self.town or profile == "self" else f"H{place % len(self.towns) + 1}"
        team = self.trips[place % len(self.towns)]["督查组"] if trip else ""
        return Made(
            f"2024-{place + 1:04}",
            profile,
            town,
            site,
            kind,
            text.format(n=number),
            found,
            due,
            4 if profile == "part" else 3 if place % 5 == 4 else 1,
            number,
            trip,
            village,
            next(self.people),
            ("副镇长", "办公室主任", "站长")[place % 3],
            work.done.format(n=number),
            work.wanted.format(n=number),
            team,
        )

    def _finding_row(self, one: Made) -> Row:
        above = one.profile.startswith("above")
        source = "市" if above else {"self": "乡自查", "report": "群众举报"}.get(one.profile, "县")
        return {
            "台账编号": one.serial,
            "问题来源": source,
            "来文号": f"市督办〔2024〕{one.number}号" if above else "",
            "活动编号": one.trip,
            "督查组": one.team,
            "点位": one.site,
            "属地单位": one.unit,
            "发现日期": one.found,
            "问题类别": one.kind,
            "问题事实": f"{one.fact}。",
            "同类问题数": one.count,
            "整改要求": one.wanted,
            "整改时限": one.due,
            "状态": _STATUS[one.profile],
            "当场整改": "是" if one.profile == "on_spot" else "",
            "销号日期": one.found + dt.timedelta(5) if one.profile in CLOSED else None,
            "已通报": "是" if one.profile == "reported" else "",
            "反弹次数": 1 if one.profile == "rebound" else None,
            "下次研判日期": SAID_NEAR if one.profile == "suspended" else None,
            "协调责任人": one.person if one.profile == "suspended" else "",
        }

    def _answers(self, one: Made) -> None:
        if one.profile not in ("void", "draft", "revoked"):
            self.rows.setdefault("整改计划", []).append(
                {
                    "台账编号": one.serial,
                    "整改措施": f"{one.wanted}，明确责任",
                    "完成时限": one.due or DATE,
                    "责任人": one.person,
                    "责任人职务": one.post,
                }
            )
        if one.profile not in ANSWERED:
            return
        outcome = {"objection": "异议(不属实)", "part": "部分完成"}.get(one.profile, "已整改")
        part = one.profile == "part"
        self.rows.setdefault("整改反馈", []).append(
            {
                "台账编号": one.serial,
                "整改结果": outcome,
                "整改措施": one.done,
                "完成日期": None if part else one.finished,
                "责任人": one.person,
                "责任人职务": one.post,
                "无佐证说明": "现场核实",
                "已完成数": 3 if part else None,
                "应完成数": 4 if part else None,
                "原因说明": f"第{one.number}项与实际不符" if one.profile == "objection" else "",
                "下步打算": f"余下1处{one.number}日内完成" if part else "",
            }
        )
        if one.profile == "returned":
            self.rows.setdefault("核查", []).append(
                {
                    "台账编号": one.serial,
                    "核查人": "周敏",
                    "核查方式": "现场核查",
                    "核查日期": dt.date(2024, 6, 12),
                    "核查结论": "未整改到位",
                    "退回原因": f"第{one.number}处仍未处理",
                }
            )

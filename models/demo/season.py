"""The demo's season: what was found, handed over, answered, checked, rebounded and dealt with, day by day.

Every status is reached by the steps a clerk would take, so that the history told is a true one.
"""

import datetime as dt
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from models.demo.sources import Clock, Known, picture_of, told
from models.domain.cases.stages import Stage, next_step
from models.domain.documents.states import DocumentState
from models.domain.findings.lifecycle import SELF_FOUND, Status
from models.queries.facts.findings import AFTER, BEFORE
from models.records import AccountabilityCase, Disposition, Document, Finding, Inspection, Party, Plan, Record, Visit
from models.services import attachments, cases, findings, records
from models.services.unit_of_work import UnitOfWork, Workspace

OLD = (
    "close", "close", "return_close", "close", "spot", "rebound", "overdue", "close", "suspend", "close", "steady",
    "revoke", "close", "late",
)  # fmt: skip
MIDDLE = ("verify", "rectify", "returned", "verify", "close", "part", "extend", "spot", "objection", "returned")
NEW = ("handed", "pending", "draft", "handed", "rectify", "pending", "draft", "handed", "void", "pending")
"""What becomes of the findings, in the order they were found."""

Story = tuple[tuple[str, int, float], ...]
_PENDING: Story = (("submit", 0, 0.05),)
_HANDED: Story = (*_PENDING, ("hand_over", 0, 1))
_SIGNED: Story = (*_HANDED, ("sign_for", 0, 2), ("plan", 0, 2.1))
_REPORTED: Story = (*_SIGNED, ("report", 1, -0.5))
_RETURNED: Story = (*_REPORTED, ("return", 1, 1.5))
_CLOSED: Story = (*_REPORTED, ("close", 1, 6))
_OBJECTED: Story = (*_SIGNED, ("object", 0, 3))

STORIES: dict[str, Story] = {
    "draft": (),
    "pending": _PENDING,
    "spot": (*_PENDING, ("fix", 0, 0.1)),
    "void": (*_PENDING, ("void", 0, 1)),
    "handed": _HANDED,
    "overdue": _SIGNED,
    "rectify": (*_SIGNED, ("progress", 0, 3)),
    "part": (*_SIGNED, ("part", 0, 3)),
    "extend": (*_SIGNED, ("extend", 0, 3.5)),
    "suspend": (*_SIGNED, ("obstacle", 0, 5), ("suspend", 0, 6)),
    "objection": _OBJECTED,
    "revoke": (*_OBJECTED, ("revoke", 0, 5)),
    "verify": _REPORTED,
    "returned": _RETURNED,
    "return_close": (*_RETURNED, ("report", 1, 4), ("close", 1, 6)),
    "close": _CLOSED,
    "late": (*_SIGNED, ("report", 1, 3), ("close", 1, 6)),
    "steady": (*_CLOSED, ("recheck", 1, 16)),
    "rebound": (*_CLOSED, ("rebound", 1, 16)),
}
"""The steps of each fate: the method that takes it, 1 where its day counts from the deadline, and days."""


@dataclass(frozen=True, slots=True)
class Tale:
    """One finding the demo tells of: its row in ``findings.json`` and the trip that found it."""

    place: int
    row: list[Any]
    inspection: Inspection
    limit: int

    @property
    def site(self) -> str:
        """Where it was found."""
        return str(self.row[0])

    @property
    def fact(self) -> str:
        """What was found, which is what it is known by here."""
        return str(self.row[4])

    @property
    def self_found(self) -> bool:
        """Whether the township found it itself, so that no team of the county's did."""
        return _self_found(self.row)

    @property
    def measures(self) -> str:
        """What was done about it."""
        return str(self.row[5])


def _self_found(row: list[Any]) -> bool:
    return len(row) > 6


class Season:
    """Plays the demo's events in the order of their days."""

    def __init__(self, workspace: Workspace, clock: Clock, today: dt.date, known: Known) -> None:
        self.workspace = workspace
        self.clock = clock
        self.today = today
        self.known = known
        self.texts = told("county")
        self.ids: dict[str, int] = {}
        self._turns = itertools.count()
        self._agenda: list[tuple[dt.datetime, int, Callable[[], object]]] = []
        self._end = dt.datetime.combine(today, dt.time(0, 5))

    def play(self, inspections: list[Inspection]) -> None:
        """Everything from the first visit to this morning."""
        rows = self._spread(inspections)
        self._visits(inspections, rows)
        for place, (row, inspection) in enumerate(rows):
            self._lay_out(place, row, inspection)
        while self._agenda:
            self.clock.now, _, deed = heapq.heappop(self._agenda)
            deed()
        self.clock.now = self._end
        for place, case in enumerate(told("cases"), start=1):
            self._case(place, case)

    def _spread(self, inspections: list[Inspection]) -> list[tuple[list[Any], Inspection]]:
        """Each finding with the inspection that found it, in the order of days."""
        trips: dict[int, list[Inspection]] = {}
        for one in inspections:
            trips.setdefault(one.unit_id or 0, []).append(one)
        of_unit: dict[int, list[list[Any]]] = {}
        for row in told("findings"):
            of_unit.setdefault(self.known.site_units[row[0]], []).append(row)
        pairs = [
            (row, trips[unit][place * len(trips[unit]) // len(rows)])
            for unit, rows in of_unit.items()
            for place, row in enumerate(rows)
        ]
        return sorted(pairs, key=lambda pair: (pair[1].starts_on, pair[1].id))

    def _visits(self, inspections: list[Inspection], rows: list[tuple[list[Any], Inspection]]) -> None:
        """Every site of the unit is seen on a trip; those without a finding were clean."""
        faulty = {(inspection.id, row[0]) for row, inspection in rows if not _self_found(row)}
        made = []
        for inspection in inspections:
            for name, unit in self.known.site_units.items():
                if unit == inspection.unit_id:
                    clean = (inspection.id, name) not in faulty
                    site = self.known.sites[name]
                    made.append({
                        "inspection_id": inspection.id, "site_id": site, "on": inspection.starts_on, "clean": clean,
                        "note": "现场查看，各项措施落实较好。" if clean else "",
                    })  # fmt: skip
        with self.workspace.writing("登记走访点位") as work:
            ids = work.bulk_add(Visit, made)
        self.visits = {(v["inspection_id"], v["site_id"]): id_ for v, id_ in zip(made, ids, strict=True)}

    def _lay_out(self, place: int, row: list[Any], inspection: Inspection) -> None:
        """Put one finding's steps on the agenda; those that would fall after today are moved closer together."""
        one = Tale(place, row, inspection, (3, 5, 7, 10)[place % 4])
        fate = OLD[place % len(OLD)] if place < 70 else MIDDLE[place % 10] if place < 100 else NEW[place % 10]
        first = dt.datetime.combine(inspection.starts_on or self.today, dt.time(18, place % 60))
        steps = [(days + one.limit * limited, name) for name, limited, days in STORIES[fate]]
        room = max((self._end - first).total_seconds() / 86400, 0.1)
        pace = min(1.0, room / max((days for days, _ in steps), default=1.0))
        self._at(first, lambda: self._create(one, draft=fate == "draft"))
        for order, (days, name) in enumerate(steps):
            moment = first + dt.timedelta(days=days * pace, seconds=order)
            civil = dt.datetime.combine(moment.date(), dt.time(9 + (place * 7 + order) % 8, (place * 13) % 60, order))
            later = moment.date() > first.date() and civil < self._end
            self._at(civil if later else moment, partial(getattr(self, f"_{name}"), one))

    def _at(self, moment: dt.datetime, deed: Callable[[], object]) -> None:
        heapq.heappush(self._agenda, (moment, next(self._turns), deed))

    def _pick(self, name: str, place: int) -> str:
        return str(self.texts[name][place % len(self.texts[name])])

    def _take(self, one: Tale, key: str, **given: Any) -> None:
        findings.take(self.workspace, self.ids[one.fact], key, given)

    def _person(self, one: Tale) -> str:
        unit = next(s[2] for s in told("sites") if s[0] == one.site)
        return str(next(t[6] for t in self.texts["townships"] if t[0] == unit))

    def _create(self, one: Tale, *, draft: bool) -> None:
        kind, place, inspection = one.row[1], one.place, one.inspection
        level = ("市", "省", "群众举报")[place // 9 % 3] if place % 9 == 4 else "县"
        site = self.known.sites[one.site]
        trip = {
            "inspection_id": inspection.id, "team_id": inspection.team_id, "visit_id": self.visits[inspection.id, site],
        }  # fmt: skip
        if one.self_found:
            level, trip = SELF_FOUND, {}
        above = f"{level}疫指督〔{self.today.year}〕{place}号" if level in "省市" else ""
        values = {
            **trip, "source_level": level, "source_number": above, "campaign_id": 1, "site_id": site,
            "found_on": inspection.starts_on, "kind": kind,
            "aspect": self.texts["aspects"].get(kind, "风险管控"), "fact": f"{one.fact}。",
            "severity": one.row[2], "count": one.row[3],
            "requirement": self.texts["requirements"].get(kind) or self._pick("common_requirements", place),
            "advice": "建议行业主管部门对同类点位开展一次排查。" if one.row[2] == "严重" else "",
        }  # fmt: skip
        values |= {"status": str(Status.DRAFT)} if draft else {}
        with self.workspace.writing(f"新增督查问题 {one.site}") as work:
            finding = records.add(work, Finding, values)
            self._show(work, finding, one, "before", BEFORE)
        self.ids[one.fact] = finding.id

    def _show(self, work: UnitOfWork, owner: Record, one: Tale, stage: str, role: str) -> None:
        """Evidence with a finding or a feedback, for those that have any."""
        picture = picture_of(one.fact, stage)
        if picture is not None:
            file = attachments.prepared(picture, f"{one.site}{role}.jpg")
            attachments.keep(work, owner, file, role=role, taken_on=self.workspace.today)

    def _submit(self, one: Tale) -> None:
        """A report is verified before it counts; what a team found itself counts as it is written down."""
        with self.workspace.reading() as session:
            waits = session.get_one(Finding, self.ids[one.fact]).status == Status.DRAFT
        if waits:
            self._take(
                one, "submit", confirmed_by=self._pick("verifiers", one.place), confirmed_on=self.workspace.today
            )

    def _void(self, one: Tale) -> None:
        self._take(one, "void", reason="与市级督查反馈问题重复登记")

    def _hand_over(self, one: Tale) -> None:
        given: dict[str, Any] = {"deadline_kind": "工作日", "deadline_days": one.limit}
        if one.place % 3 == 0:
            given = {"deadline_kind": "指定日期", "deadline": self.workspace.today + dt.timedelta(one.limit + 1)}
        if one.place % 11 == 0:
            given = {"deadline_kind": "立即"}
        self._take(one, "hand_over", **given)

    def _sign_for(self, one: Tale) -> None:
        self._take(one, "sign_for", received_on=self.workspace.today, receiver=self._person(one))

    def _plan(self, one: Tale) -> None:
        due = self.workspace.today + dt.timedelta(one.limit - 1)
        values = {"finding_id": self.ids[one.fact], "measures": f"{one.measures}。", "due_on": due}
        records.create(self.workspace, Plan, {**values, "person": self._person(one), "post": "包联干部"})

    def _answer(self, one: Tale, outcome: str, **more: Any) -> None:
        given = {"outcome": outcome, "person": self._person(one), "post": "包联干部", **more}
        with self.workspace.writing(f"登记反馈 {one.site}") as work:
            findings.take_feedback(work, work.get(Finding, self.ids[one.fact]), given)
            if given.get("evidence"):
                feedback = findings.latest_feedback(work.session, work.get(Finding, self.ids[one.fact]))
                assert feedback is not None
                self._show(work, feedback, one, "after", AFTER)

    def _report(self, one: Tale) -> None:
        lessons = self._pick("lessons", one.place) if one.place % 3 == 0 else ""
        proof = self._pick("no_evidence", one.place)
        shown = picture_of(one.fact, "after") is not None
        proven = {"evidence": 1} if shown else {"no_evidence_reason": proof}
        more = {"finished_on": self.workspace.today, "lessons": lessons, **proven}
        self._answer(one, "已整改", measures=f"{one.measures}。", **more)

    def _progress(self, one: Tale) -> None:
        self._answer(one, "正在推进", measures=f"{self._pick('progress', one.place)}。")

    def _part(self, one: Tale) -> None:
        count = one.row[3]
        if count < 2:
            self._progress(one)
            return
        more = {"done": count // 2, "total": count, "next_steps": "剩余部分按计划推进，完成后一并上报。"}
        self._answer(one, "部分完成", measures=f"{self._pick('progress', one.place)}。", **more)

    def _obstacle(self, one: Tale) -> None:
        measures = f"{self._pick('progress', one.place)}。"
        self._answer(one, "正在协调上级", measures=measures, reason=self._pick("obstacles", one.place))

    def _object(self, one: Tale) -> None:
        self._answer(one, "异议(不属实)", reason=self._pick("objections", one.place))

    def _suspend(self, one: Tale) -> None:
        review = self.today + dt.timedelta(one.place % 9 - 2)
        reason = self._pick("obstacles", one.place)
        self._take(
            one, "suspend", coordinator="县指挥部办公室", review_on=max(review, self.workspace.today), reason=reason
        )

    def _check(self, one: Tale, key: str, **more: Any) -> None:
        method = ("现场核查", "查阅资料", "暗访核查")[one.place % 3]
        given = {"verifier": self._pick("verifiers", one.place), "method": method, "verified_on": self.workspace.today}
        self._take(one, key, **given, **more)

    def _close(self, one: Tale) -> None:
        day = {"approved_on": self.workspace.today, "reported_up_on": self.workspace.today, "approver": "程立新"}
        self._check(one, "close", conclusion="已整改到位", opinion=self._pick("opinions", one.place), **day)

    def _return(self, one: Tale) -> None:
        self._check(one, "return_", reason=self._pick("returns", one.place))

    def _revoke(self, one: Tale) -> None:
        self._check(one, "revoke", reason="经核查，反映情况属实，原记录有误", approver="程立新")

    def _fix(self, one: Tale) -> None:
        given = {"measures": f"{one.measures}。", "person": self._person(one), "finished_on": self.workspace.today}
        self._take(one, "fix_on_spot", **given)

    def _extend(self, one: Tale) -> None:
        with self.workspace.reading() as session:
            old = session.get_one(Finding, self.ids[one.fact]).deadline or self.workspace.today
        day = {"applied_on": self.workspace.today, "new_deadline": max(old, self.today) + dt.timedelta(4)}
        reason = self._pick("extensions", one.place)
        self._take(one, "extend", applicant=self._person(one), reason=reason, approver="程立新", **day)

    def _recheck(self, one: Tale) -> None:
        self._take(one, "recheck", on=self.workspace.today, checker="沈佳", situation="现场复查，未反弹。")

    def _rebound(self, one: Tale) -> None:
        situation = "回头看时发现同类问题再次出现，值守人员更换后未交接工作要求。"
        due = self.today + dt.timedelta(3)
        self._take(one, "rebound", on=self.workspace.today, checker="莫然", situation=situation, new_deadline=due)

    def _case(self, place: int, told_case: dict[str, Any]) -> None:
        """One case, taken stage by stage to where the demo leaves it."""
        with self.workspace.reading() as session:
            finding = session.scalars(select(Finding).where(Finding.fact.contains(told_case["finding"]))).one()
        until = finding.found_on or self.today
        since = until - dt.timedelta(told_case["days"][0] - told_case["days"][1])
        self.clock.now = dt.datetime.combine(min(until + dt.timedelta(1), self.today), dt.time(10, place))
        with self.workspace.writing("新增问责案件") as work:
            case = self._write_case(work, told_case, finding, since, until)
        self._advance(case, told_case["stage"])

    def _write_case(
        self, work: UnitOfWork, told_case: dict[str, Any], finding: Finding, since: dt.date, until: dt.date
    ) -> AccountabilityCase:
        same_month = (since.year, since.month) == (until.year, until.month)
        words = {"from": _spoken(since), "until": f"{until.day}日" if same_month else _spoken(until)}
        values = {
            "title": told_case["title"], "unit_id": self.known.units[told_case["unit"]], "campaign_id": 1,
            "conduct_from": since, "conduct_until": until, "place": told_case["place"],
            "fact": told_case["fact"].format(**words), "consequence": told_case["consequence"],
            "finding_ids": [finding.id], "source": told_case["source"],
        }  # fmt: skip
        case = records.add(work, AccountabilityCase, values)
        for told_party in told_case["parties"]:
            names = ("name", "post", "identities", "duty", "conduct")
            more = {n: told_party[n] for n in ("is_unit", "public_name", "elsewhere") if n in told_party}
            about = {**{n: told_party[n] for n in names}, **more, "unit_id": self.known.units[told_party["unit"]]}
            party = records.add(work, Party, {**about, "case_id": case.id})
            for measure, detail, organ, _, number, widely in told_party["dispositions"]:
                decided = min(until + dt.timedelta(10 + len(organ)), self.today - dt.timedelta(1))
                records.add(work, Disposition, {
                    "party_id": party.id, "measure": measure, "detail": detail, "organ": organ, "decided_on": decided,
                    "document_number": number.format(year=decided.year), "publicised_widely": widely,
                })  # fmt: skip
        return case

    def _advance(self, case: AccountabilityCase, goal: str) -> None:
        given: dict[str, dict[str, Any]] = {
            "propose": {"proposer": "县疫情防控指挥部办公室"},
            "transfer": {"approver": "程立新", "receiving_organ": "县纪委监委"},
        }
        stage = Stage.CLUE
        while stage != goal:
            step = next_step(stage)
            assert step is not None
            today = self.workspace.today
            days = {"propose": {"proposed_on": today}, "transfer": {"approved_on": today, "handed_on": today}}
            cases.take(self.workspace, case.id, step.key, {**given.get(step.key, {}), **days.get(step.key, {})})
            assert step.target is not None
            stage = step.target
            self.clock.now = min(self.clock.now + dt.timedelta(2, minutes=7), self._end)

    def enter_documents(self) -> None:
        """The bulletins issued earlier in the season, as the register holds them."""
        code = self.texts["office"]["number_code"]
        rows: list[dict[str, Any]] = []
        for number, (kind, back, title) in enumerate(self.texts["documents"], start=1):
            day = self.today - dt.timedelta(back)
            bulletin = kind.endswith("_bulletin")
            issue = 1 + sum(row["kind"] == kind for row in rows) if bulletin else None
            rows.append({
                "kind": kind, "state": DocumentState.ISSUED, "number": f"{code}〔{day.year}〕{number}号",
                "number_year": day.year, "number_serial": number, "title": title, "dated_on": day,
                "signer": self.texts["office"]["signer"], "addressees": self.texts["office"]["addressees"],
                "copy_to": self.texts["office"]["copy_to"],
                "historical": True, "campaign_id": 1, "issue": issue, "issue_year": day.year if bulletin else None,
                "issued_at": dt.datetime.combine(day, dt.time()),
            })  # fmt: skip
        with self.workspace.writing("补录发文") as work:
            work.bulk_add(Document, rows)


def _spoken(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"

"""What a row needs beyond its cells: rules over several of them, and what follows from what it names."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from models.domain import openings
from models.domain.cases import authority, discipline, duties, effects, stages
from models.domain.documents import numbering
from models.domain.documents.states import DocumentState
from models.domain.findings import completeness
from models.errors import Problem
from models.intake.convert import Reason
from models.intake.known_records import Register
from models.intake.known_sheet import Entry
from models.intake.workbook import Line
from models.records import Person, Site, Unit
from models.services import records

Values = dict[str, Any]
_ORDERED = (
    ("starts_on", "ends_on"),
    ("conduct_from", "conduct_until"),
    ("joined_on", "left_on"),
    ("found_on", "deadline"),
    ("found_on", "closed_on"),
    ("decided_on", "effect_end"),
)
"""Days of one row that may not be the wrong way round."""
_MOST_DOUBTS = 3
_ORGAN = re.compile(
    "(党委|党组|党工委|支部|政府|办事处|局|委员会|村委会|居委会|公司|医院|卫生院|学校|中学|小学|幼儿园|中心|指挥部"
    "|办公室|药店|超市|大队)$"
    "|..(社区|街道)$|...(村|镇|乡)$"
)
"""A name no person bears: 柳河镇党委, whether or not it is among the office's units."""


class Finisher:
    """Checks and completes rows, sheet by sheet."""

    def __init__(self, register: Register, today: dt.date, usual: Mapping[str, str]) -> None:
        self.register = register
        self.lacking: Counter[str] = Counter()
        """How many new findings came without a 问题类别 or 问题来源, by field."""
        self._doubts: list[str] = []
        self._guessed = 0
        self._usual = usual
        self.today = today
        self._campaign = register.campaign()
        self._people: dict[str, list[tuple[int, int | None]]] | None = None
        self._positions: dict[Entry, int] = {}
        self._rounds: dict[Entry, int] | None = None
        self._visits: dict[tuple[Any, Any], Entry] | None = None

    def check(self, sheet: str, line: Line, values: Values) -> list[Reason]:
        """What stands against a row as a whole; what it spells otherwise than the office is put right."""
        reasons = []
        for first, second in _ORDERED:
            if values.get(first) and values.get(second) and values[second] < values[first]:
                labels = f"“{line.columns[second].label}”早于“{line.columns[first].label}”"
                reasons.append(Reason(line.place(second), f"{labels}，请核对。"))
        if values.get("found_on") and values["found_on"] > self.today:
            reasons.append(Reason(line.place("found_on"), "“发现日期”晚于今天，请核对。"))
        own = _CHECKS.get(sheet)
        reasons += own(line, values) if own else []
        if sheet == "disposition" and not reasons:
            self._look_at(values)
        return reasons + (self._opening(line, values) if sheet == OPENING else [])

    def _look_at(self, values: Values) -> None:
        """Who may decide what about whom: told when all is read, and taken in all the same."""
        party, name, organ = values["party_id"].values, values["measure"], values.get("organ", "")
        held, is_unit = party.get("identities") or (), bool(party.get("is_unit"))
        for one in authority.doubts(name, discipline.find_measure(name), held, is_unit=is_unit, organ=organ):
            by = f"（{organ}）" if one.field == "organ" else ""
            self._doubts.append(f"{party['name']}的{name}{by}：{one.sentence.removesuffix('。')}")

    def doubts(self) -> list[str]:
        """One sentence with the first dispositions to look at, and how many there are."""
        more = f"；等{len(self._doubts)}项" if len(self._doubts) > _MOST_DOUBTS else ""
        found = [f"处理请核对：{'；'.join(self._doubts[:_MOST_DOUBTS])}{more}。"] if self._doubts else []
        guessed = f"{self._guessed} 名责任人员没有“责任类型”，按职务推断，备注里已注明，请核对。"
        return [*found, *([guessed] if self._guessed else [])]

    def _opening(self, line: Line, values: Values) -> list[Reason]:
        """期初数 are numbers, and reach into no record that they may hold already."""
        found = openings.problems(values)
        first = self._first_record(values.get("campaign_id") or self._campaign, values.get("unit_id"))
        settled = bool(values.get("includes_recorded") or (values.get("not_double") or "").strip())
        if asked := openings.overlap(values.get("ends_on"), first, settled=settled):
            found.append(Problem("ends_on", asked))
        if not found:
            values |= {name: str(openings.amount(values.get(name) or "") or "") for name in openings.FIGURES}
        return [Reason(line.place(problem.field), problem.sentence) for problem in found]

    def _first_record(self, campaign: Any, unit: Entry | None) -> dt.date | None:
        """The first day of the kept and the coming records of that unit and 专项."""
        days = []
        for sheet, day in (("finding", "found_on"), ("inspection", "starts_on")):
            for entry in self.register.shelf(sheet):
                here = entry.values.get("campaign_id") in (campaign, None) or campaign is None
                if here and entry.values.get(day) and _lies_in(entry.values.get("unit_id"), unit):
                    days.append(entry.values[day])
        return min(days, default=None)

    def defaults(self, sheet: str, values: Values) -> Values:
        """The values of a new record with what follows from them."""
        filled = dict(values)
        if sheet in _WITH_CAMPAIGN:
            filled.setdefault("campaign_id", self._campaign)
        own = getattr(self, f"_{_OWN[sheet]}") if sheet in _OWN else None
        if own:
            own(filled)
        return filled

    def rounds(self, finding: Entry) -> int:
        """How many rounds of a kept finding are closed."""
        if self._rounds is None:
            self._rounds = {}
            for entry in self.register.shelf("verification"):
                owner = entry.values["finding_id"]
                self._rounds[owner] = max(self._rounds.get(owner, 0), entry.values.get("round") or 0)
        return self._rounds.get(finding, 0)

    def _unit(self, values: Values) -> None:
        if "parent_id" not in values and values.get("kind") in ("乡镇", "街道", "部门"):
            values["parent_id"] = self.register.root()
        values["pinyin"] = records.looked_up_by(Unit(name=values["name"], short_name=values.get("short_name", "")))

    def _site(self, values: Values) -> None:
        values["pinyin"] = records.looked_up_by(Site(name=values["name"]))

    def _finding(self, values: Values) -> None:
        site, trip = values.get("site_id"), values.get("inspection_id")
        if site:
            values["unit_id"] = values.get("unit_id") or site.values.get("unit_id")
            values["department_id"] = values.get("department_id") or site.values.get("department_id")
        if trip:
            values["team_id"] = values.get("team_id") or trip.values.get("team_id")
            values["unit_id"] = values.get("unit_id") or trip.values.get("unit_id")
            values["found_on"] = values.get("found_on") or trip.values.get("starts_on")
            values["visit_id"] = self._visit(trip, site)
        values["count"] = max(1, values.get("count") or 1)
        self._stand_in(values)

    def _stand_in(self, values: Values) -> None:
        """A 问题类别 or 问题来源 that nobody gave: what the clerk said for all of them, else the usual, marked 待补."""
        for name, usual in completeness.stood_in(values).items():
            self.lacking[name] += 1
            values[name] = self._usual.get(name) or usual
            if not self._usual.get(name):
                values["missing"] = completeness.marked(values.get("missing") or "", (name,))

    def _visit(self, trip: Entry, site: Entry | None) -> Entry | None:
        """The visit on which the finding was made, where the workbook or the data tells of it."""
        if self._visits is None:
            self._visits = {}
            for entry in self.register.shelf("visit"):
                self._visits.setdefault((entry.values["inspection_id"], entry.values["site_id"]), entry)
        return self._visits.get((trip, site))

    def _party(self, values: Values) -> None:
        case = values["case_id"]
        if case not in self._positions:
            kept = [e for e in self.register.shelf("party") if e.id and e.values["case_id"] is case]
            self._positions[case] = len(kept)
        self._positions[case] += 1
        values["position"] = self._positions[case]
        unit = self.register.shelf("unit").named(values["name"]) or _ORGAN.search(values["name"])
        if "is_unit" not in values and unit:
            values["is_unit"] = True
        self._duty(values)
        self._person(values)

    def _duty(self, values: Values) -> None:
        """A 责任类型 that the ledger does not have, from the post, marked to be looked at."""
        if values.get("duty"):
            return
        first, is_unit = values["position"] == 1, bool(values.get("is_unit"))
        unit = values["unit_id"].values.get("name", "") if values.get("unit_id") else ""
        values["duty"] = duties.guessed(unit, values.get("post") or "", first=first, is_unit=is_unit)
        values["note"] = "；".join(filter(None, (values.get("note"), duties.GUESSED)))
        self._guessed += 1

    def _person(self, values: Values) -> None:
        """Link the row to the one known person of that name, where the unit does not speak against it."""
        if values.get("is_unit"):
            return
        if self._people is None:
            self._people = {}
            query = select(Person.name, Person.id, Person.unit_id).where(Person.deleted_at.is_(None))
            for name, id_, unit in self.register.session.execute(query):
                self._people.setdefault(name, []).append((id_, unit))
        unit = values.get("unit_id")
        found = [i for i, u in self._people.get(values["name"], ()) if unit is None or u is None or u == unit.id]
        if len(found) == 1:
            values["person_id"] = found[0]

    def _document(self, values: Values) -> None:
        values["historical"] = True
        values["state"] = values.get("state") or DocumentState.ISSUED
        day = values.get("dated_on")
        if values.get("number"):
            parsed = numbering.document_number(values["number"])
            values |= {"number": str(parsed), "number_year": parsed.year, "number_serial": parsed.serial}
        if day:
            values["issued_at"] = dt.datetime.combine(day, dt.time())
        if values.get("issue") and day:
            values["issue_year"] = day.year


def _lies_in(below: Entry | None, unit: Entry | None) -> bool:
    """Whether a unit is the other one or lies below it; everything lies in none named."""
    seen: set[int] = set()
    while unit is not None and below is not None and below is not unit and id(below) not in seen:
        seen.add(id(below))
        below = below.values.get("parent_id")
    return unit is None or below is unit


OPENING = "opening_figures"
_WITH_CAMPAIGN = frozenset({"team", "inspection", "finding", "accountability_case", "document", "opening_figures"})
_OWN = {
    "unit": "unit",
    "site": "site",
    "member": "person",
    "finding": "finding",
    "party": "party",
    "document": "document",
}


def _disposition(line: Line, values: Values) -> list[Reason]:
    """The measure by its whole name, what is plainly impossible, and the effect's end where the law fixes it.

    What the clerk calls otherwise, 责成作出书面检查 or 留党察看一年, stays as he put it: the bulletin says it so.
    """
    measure = discipline.find_measure(values["measure"])
    if measure is None:
        return []
    if measure.name.endswith(values["measure"].removesuffix("处分")):
        values["measure"] = measure.name
    party = values["party_id"].values
    if party.get("identities") or party.get("is_unit"):
        problems = authority.impossible(measure, is_unit=bool(party.get("is_unit")))
        if problems:
            return [Reason(line.place(p.field), p.sentence) for p in problems]
    if not values.get("effect_end"):
        since = values.get("effective_on") or values.get("decided_on")
        values["effect_end"] = effects.effect_end(measure, since, restored_on=values.get("restored_on"))
    return []


def _document_number(line: Line, values: Values) -> list[Reason]:
    if not values.get("number"):
        return []
    try:
        values["number"] = str(numbering.document_number(values["number"]))
    except ValueError as error:
        return [Reason(line.place("number"), f"“发文字号”{error}")]
    return []


def _stage(_line: Line, values: Values) -> list[Reason]:
    """A stage of version 1.0 in today's words."""
    if values.get("stage"):
        values["stage"] = stages.current(values["stage"], publicised=bool(values.get("publicised")))
    return []


_CHECKS: dict[str, Callable[[Line, Values], list[Reason]]] = {
    "disposition": _disposition,
    "document": _document_number,
    "accountability_case": _stage,
}

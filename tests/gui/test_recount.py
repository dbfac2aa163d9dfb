"""Every number of every document recounted by another route: plain Python over the rows of the database file.

Nothing of ``models.queries`` or ``exporters`` counts here; a number without a rule of its own fails the test.
"""

import datetime as dt
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from test_one_word_one_number import shaken

from exporters.composing import NothingToWrite, Options, compose
from models.domain.documents.selection import may_compose
from models.paper.checks.counting import item_places
from models.paper.editing import key_of, records_of
from models.paper.elements import Figure, Paper
from models.paper.figures import sources
from models.paper.kinds import NAMES

Row = dict[str, Any]
SUM = re.compile("(?!同类).*问题数")
DECIDED = ("决定", "宣布执行", "通报", "归档")
UNCOUNTED = ("草稿", "作废", "撤销")
ABOVE = ("国家", "省", "市")


@pytest.fixture(params=["demo", 11, 12, 13])
def office(request, demo):
    if request.param != "demo":
        shaken(demo.workspace, request.param)
    return demo


class Rows:
    """The tables as they lie in the file, and what a clerk would count in them by hand."""

    def __init__(self, database: Any, today: dt.date) -> None:
        self.today = today
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            self.tables = {
                name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} WHERE deleted_at IS NULL")]
                for name in (
                    "finding",
                    "inspection",
                    "visit",
                    "document",
                    "unit",
                    "feedback",
                    "site",
                    "accountability_case",
                    "party",
                    "disposition",
                )
            }
        self.by_uuid = {f"{table}:{row['uuid']}": row for table, rows in self.tables.items() for row in rows}
        self.units = {row["id"]: row for row in self.tables["unit"]}

    def book(self, row: Row) -> str:
        if row["self_found"] or row["source_level"] == "乡自查":
            return "self"
        return "above" if row["source_level"] in ABOVE else "own"

    def counted(self, book: str) -> list[Row]:
        return [r for r in self.tables["finding"] if r["status"] not in UNCOUNTED and self.book(r) == book]

    def solved(self, row: Row) -> int:
        if row["status"] != "已销号":
            return min(row["solved_count"], row["count"])
        later = row["closed_on"] and row["closed_on"] > str(self.today)
        return 0 if later else row["count"]

    def overdue(self, row: Row) -> bool:
        """Owed, its day past, and not waiting for a verification of an answer that came in time."""
        limit = (row["review_on"] or row["deadline"]) if row["status"] == "挂账协调" else row["deadline"]
        if row["status"] == "已销号" or not limit:
            return False
        clock = str(self.today)
        if row["status"] == "待核查":
            sent = [f["submitted_at"][:10] for f in self.tables["feedback"]
                    if f["finding_id"] == row["id"] and f["submitted_at"] and not f["unexpected"]]  # fmt: skip
            clock = row["submitted_on"] or max(sent, default=clock)
        return clock > limit

    def top(self, row: Row) -> str:
        """The township or department a finding is of."""
        at = row["unit_id"] or row["department_id"]
        if not at:
            return "未填"
        way = [at]
        while (above := self.units[way[-1]]["parent_id"]) in self.units:
            way.append(above)
        county = self.units[way[-1]]["kind"] == "县"
        return self.units[way[-2] if county and len(way) > 1 else way[-1]]["name"]

    def seen(self) -> set[int]:
        own = [r for r in self.counted("own") if r["inspection_id"] or r["team_id"] or r["visit_id"]]
        return {r["site_id"] for r in (*self.tables["visit"], *own) if r["site_id"]}


def summary(rows: Rows) -> dict[str, float]:
    """What a summary of everything says, by the names of its numbers."""
    own, above = rows.counted("own"), rows.counted("above")
    trips = rows.tables["inspection"]
    issued = [d["kind"] for d in rows.tables["document"] if d["state"] == "已印发"]
    found = {
        "督查次数": len(trips),
        "被督查单位数": len({t["unit_id"] for t in trips if t["unit_id"]}),
        "走访点位数": len(rows.seen()),
        "涉及点位数": len({r["site_id"] for r in own if r["site_id"] in rows.seen()}),
        "问题数": sum(r["count"] for r in own),
        "已整改数": sum(map(rows.solved, own)),
        "当场整改数": sum(r["count"] for r in own if r["fixed_on_spot"] and r["status"] == "已销号"),
        "意见建议条数": sum(bool(r["advice"].strip()) for r in own)
        + sum(bool(line.strip()) for t in trips for line in t["advice"].splitlines()),
        "督查通报期数": issued.count("findings_bulletin"),
        "整改通知书份数": issued.count("rectification_notice"),
        "催办单份数": issued.count("reminder"),
        "问责通报期数": issued.count("accountability_bulletin"),
        "上级反馈问题数": sum(r["count"] for r in above),
        "上级反馈问题已整改数": sum(map(rows.solved, above)),
        "逾期未办": sum(r["count"] for r in own if rows.overdue(r)),
        "超期未整改数": sum(r["count"] - rows.solved(r) for r in own if rows.overdue(r)),
    }
    found["未整改数"] = found["问题数"] - found["已整改数"]
    found["印发通报期数"] = found["督查通报期数"] + found["问责通报期数"]
    found["整改率"] = share(found["已整改数"], found["问题数"])
    for name in {r["kind"] for r in own}:
        found[f"{name}问题数"] = sum(r["count"] for r in own if r["kind"] == name)
        found[f"{name}占比"] = share(found[f"{name}问题数"], found["问题数"])
    for unit in {rows.top(r) for r in own}:
        here = [r for r in own if rows.top(r) == unit]
        found[f"{unit}问题数"] = sum(r["count"] for r in here)
        found[f"{unit}已整改数"] = sum(map(rows.solved, here))
        found[f"{unit}未整改数"] = found[f"{unit}问题数"] - found[f"{unit}已整改数"]
        found[f"{unit}逾期未办"] = sum(r["count"] for r in here if rows.overdue(r))
        found[f"{unit}超期未整改数"] = sum(r["count"] - rows.solved(r) for r in here if rows.overdue(r))
        found[f"{unit}整改率"] = share(found[f"{unit}已整改数"], found[f"{unit}问题数"])
    return found | accountability(rows)


def accountability(rows: Rows) -> dict[str, float]:
    """Cases, persons and measures decided by the day."""
    cases = {c["id"]: c for c in rows.tables["accountability_case"] if c["stage"] in DECIDED}
    parties = {p["id"]: p for p in rows.tables["party"] if p["case_id"] in cases}
    decided = [d for d in rows.tables["disposition"]
               if d["party_id"] in parties and d["decided_on"] and d["decided_on"] <= str(rows.today)]  # fmt: skip
    dealt = {d["party_id"] for d in decided}
    found: dict[str, float] = {
        "问责案件数": len({parties[id_]["case_id"] for id_ in dealt}),
        "问责人数": sum(not parties[id_]["is_unit"] for id_ in dealt),
        "问责单位数": sum(bool(parties[id_]["is_unit"]) for id_ in dealt),
    }
    for measure in {d["measure"] for d in decided}:
        found[measure] = len({d["party_id"] for d in decided if d["measure"] == measure})
    return found


def share(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0


def listed(paper: Paper, rows: Rows, key: str = "") -> list[Row]:
    """The findings that the paper's items tell: all, or those of one part."""
    refs = {ref for at in item_places(paper) for ref in records_of(paper.blocks[at]) if not key
            or key_of(paper.blocks[at]) == key}  # fmt: skip
    return [rows.by_uuid[ref] for ref in refs if ref.startswith("finding:")]


def expected(paper: Paper, rows: Rows, figure: Figure) -> float | None:
    """What a number of a paper that lists its problems should be; None where no rule here knows it."""
    here = listed(paper, rows, figure.key) if figure.key.startswith(("finding", "group")) else listed(paper, rows)
    apart = paper.kind in ("findings_bulletin", "inspection_report")
    own = [r for r in here if not apart or rows.book(r) != "above"]
    above = [r for r in here if rows.book(r) == "above"]
    rules: dict[str, Callable[[], float]] = {
        "问题数": lambda: sum(r["count"] for r in own),
        "已整改数": lambda: sum(map(rows.solved, own)),
        "同类问题数": lambda: sum(rows.by_uuid[ref]["count"] for ref in sources(paper, figure)),
        "上级反馈问题数": lambda: sum(r["count"] for r in above),
        "上级反馈问题已整改数": lambda: sum(map(rows.solved, above)),
    }
    if figure.name in rules:
        return rules[figure.name]()
    if figure.key.startswith(("group", "findings")) and figure.name.endswith("问题数"):
        return sum(r["count"] for r in here)
    return None


LISTING = ("findings_bulletin", "inspection_report", "rectification_report", "rectification_plan",
           "self_inspection_report")  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind in LISTING if may_compose(kind, "county")])
def test_numbers_of_papers_that_list_their_problems(office, kind: str) -> None:
    rows = Rows(office.folder.database, office.workspace.today)
    paper = written(office, kind, include=True)
    if paper is None:
        return
    known = 0
    for figure in paper.figures:
        if (wanted := expected(paper, rows, figure)) is not None:
            known += 1
            assert figure.value == wanted, figure
    assert known or kind == "rectification_plan", NAMES[kind]


def test_numbers_of_a_summary(office) -> None:
    rows = Rows(office.folder.database, office.workspace.today)
    wanted = summary(rows)
    paper = written(office, "period_summary", annex_table=True)
    assert paper is not None
    unknown = {"督查组数", "单位数", "同类问题数", "按时办结率"}
    rest = [figure for figure in paper.figures if figure.key == "group:rest"]
    for figure in (figure for figure in paper.figures if figure not in rest):
        if figure.name in unknown or figure.name.endswith("按时办结率"):
            continue
        assert figure.name in wanted, figure
        assert figure.value == wanted[figure.name], figure
    heads = sum(f.value for f in paper.figures if f.key.startswith("group:") and SUM.fullmatch(f.name))
    assert heads == wanted["问题数"]


def written(office, kind: str, **options: Any) -> Paper | None:
    with office.workspace.reading() as session:
        try:
            return compose(session, kind, Options(date=office.workspace.today, **options))
        except NothingToWrite:
            return None

"""Every kind over every state, with dates and without, under every filter, internal and public."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from exporters.composing import Composed, Options, composed
from exporters.composing.wording import bare
from models.domain.cases.stages import Stage
from models.domain.documents.selection import TABLE, Answer
from models.domain.findings.lifecycle import SELF_FOUND, Status
from models.errors import Refusal
from models.paper.elements import Paper, Paragraph, Table
from models.paper.kinds import BY_KEY
from models.paper.masking import public
from models.records import AccountabilityCase, Campaign, Finding, Inspection, Office, Party, Team, Unit
from tests.offices import every_state
from tests.offices.office import Desk

COUNTED = ("brief",)
FILTERS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "everything asked": {"include": True, "approver": "方正明"},
    "a unit": {"units": ("枫桥坪镇",)},
    "a unit with all asked": {"units": ("枫桥坪镇",), "include": True, "approver": "方正明"},
    "a unit in full": {"units": ("青荷街道",), "include": True, "detail": "full", "annex_table": True},
    "a unit in a period": {"units": ("柏塘镇",), "from_": dt.date(2024, 6, 1), "until": dt.date(2024, 6, 30)},
    "two units": {"units": ("柏塘镇", "青荷街道"), "include": True, "approver": "方正明"},
    "a team": {"teams": ("第二督查组",)},
    "an inspection": {"inspections": ("H2",), "include": True},
    "a period": {"from_": dt.date(2024, 6, 1), "until": dt.date(2024, 6, 30)},
    "a period with all asked": {"from_": dt.date(2024, 6, 10), "until": dt.date(2024, 6, 20), "include": True},
    "from a day": {"from_": dt.date(2024, 6, 15)},
    "until a day": {"until": dt.date(2024, 5, 31)},
    "a day": {"from_": dt.date(2024, 6, 7), "until": dt.date(2024, 6, 7), "include": True},
    "nothing found then": {"from_": dt.date(2023, 1, 1), "until": dt.date(2023, 1, 31)},
    "the campaign": {"campaign": True},
    **{f"by {by}": {"group_by": by} for by in ("unit", "site_kind", "team", "kind", "aspect", "source_level")},
    **{f"detail {detail}": {"detail": detail} for detail in ("brief", "full")},
    "not merged": {"merge_like": False},
    "a table": {"annex_table": True, "include": True, "approver": "方正明"},
    "an earlier date": {"date": dt.date(2024, 5, 20)},
    "the next year": {"date": dt.date(2025, 1, 10), "include": True, "approver": "方正明"},
    "one finding": {"findings": ("2024-115",), "include": True},
    "one case": {"cases": ("A064",), "include": True, "approver": "方正明"},
    "an answer by a day": {"reply_by": dt.date(2024, 7, 30)},
}
_BROKEN = re.compile(
    r"[{}\uE000-\uF8FF\U00100000-\U0010FFFF]|None|，，|。。|，。|、、|；。|：。|。，|、。|（）|“”|(?<!\d)0个"
    r"|书面。|的的|问题问题|年年|月月|日日|次次"
)
"""What no composed text may hold: placeholders, marks that meet, empty brackets, a count of nothing."""


@pytest.fixture(scope="module", params=("county", "unit"))
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(every_state.office(request.param), tmp_path_factory.mktemp("office"))
    assert not desk.left
    yield desk
    desk.close()


KINDS = sorted({kind for kind, _ in TABLE})


def options(session: Any, given: dict[str, Any]) -> Options:
    """The choices by the names of records."""
    values: dict[str, Any] = {"date": every_state.DATE, **given}
    named = {
        "units": ("unit_ids", Unit.name),
        "teams": ("team_ids", Team.name),
        "inspections": ("inspection_ids", Inspection.code),
        "findings": ("finding_ids", Finding.serial),
        "cases": ("case_ids", AccountabilityCase.code),
    }
    for key, (option, column) in named.items():
        if key in values:
            values[option] = tuple(session.scalars(select(column.class_.id).where(column.in_(values.pop(key)))))
    if values.pop("campaign", False):
        values["campaign_id"] = session.scalars(select(Campaign.id)).first()
    return Options(**values)


def compose(desk: Desk, kind: str, given: dict[str, Any]) -> Composed | None:
    """The paper; None where it is refused in a sentence."""
    with desk.workspace.reading() as session:
        try:
            return composed(session, kind, options(session, given))
        except Refusal as refusal:
            sentence = str(refusal)
            assert re.search(r"[\u4e00-\u9fff].*。", sentence), sentence
            return None


def texts(paper: Paper) -> Iterator[str]:
    """Every printed text: title, paragraphs, cells."""
    yield paper.title
    for blocks in (paper.blocks, *(annex.blocks for annex in paper.annexes)):
        for block in blocks:
            if isinstance(block, Paragraph):
                yield block.heading + block.text
            elif isinstance(block, Table):
                yield from (cell for row in block.rows for cell in row)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_every_state_reads_whole(desk: Desk, kind: str, name: str) -> None:
    made = compose(desk, kind, FILTERS[name])
    if made is None:
        return
    found = list(texts(made.paper))
    broken = [text for text in found if _BROKEN.search(text)]
    assert not broken, broken[:3]
    assert all(block.heading + block.text for block in made.paper.blocks if isinstance(block, Paragraph))
    _holds_what_stands(desk, kind, FILTERS[name], made)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "accountability_bulletin"])
def test_a_paper_of_one_status_reads_whole(desk: Desk, kind: str, status: Status) -> None:
    for town in every_state.TOWNS:
        rows = desk.office.rows["督查问题"]
        serials = [row["台账编号"] for row in rows if row["状态"] == status and row["属地单位"] == town]
        given = {"findings": tuple(serials), "include": True}
        if (made := compose(desk, kind, given)) is None:
            continue
        broken = [text for text in texts(made.paper) if _BROKEN.search(text)]
        assert not broken, broken[:3]
        if kind != "inspection_report":  # it tells of inspections, whatever their findings
            _holds_what_stands(desk, kind, given, made)


@pytest.mark.parametrize("stage", Stage)
def test_a_bulletin_of_one_stage_reads_whole(desk: Desk, stage: Stage) -> None:
    for case in desk.office.rows.get("问责案件", ()):
        if case["阶段"] != stage:
            continue
        given = {"cases": (case["案件编号"],), "include": True, "approver": "方正明"}
        if made := compose(desk, "accountability_bulletin", given):
            broken = [text for text in texts(made.paper) if _BROKEN.search(text)]
            assert not broken, broken[:3]
            _holds_what_stands(desk, "accountability_bulletin", given, made)
            assert stage not in ("线索", "核实", "问责建议", "报批", "移交有权机关", "不予问责", "申诉变更")


def _holds_what_stands(desk: Desk, kind: str, given: dict[str, Any], made: Composed) -> None:
    """Each record that is in is printed, none that was left out is, and the lead counts those printed."""
    paper = made.paper
    whole = bare("".join(texts(paper)))
    with desk.workspace.reading() as session:
        cls = AccountabilityCase if kind == "accountability_bulletin" else Finding
        facts = dict(map(tuple, session.execute(select(cls.uuid, cls.fact))))
        counts = dict(map(tuple, session.execute(select(Finding.uuid, Finding.count))))
        levels = dict(map(tuple, session.execute(select(Finding.uuid, Finding.source_level))))
        role = session.scalars(select(Office.role)).first()
    included = {one.uuid for one in made.selection.included}
    printed = {uuid for uuid, fact in facts.items() if bare(fact) in whole}
    assert printed <= included, [facts[uuid] for uuid in printed - included][:3]
    if kind == "period_summary" or given.get("detail") == "brief":
        return
    assert included <= printed, [facts[uuid] for uuid in included - printed][:3]
    if kind in ("rectification_notice", "rectification_report"):
        own = sum(counts[uuid] for uuid in included if levels[uuid] == SELF_FOUND)
        total = sum(counts[uuid] for uuid in included)
        # A unit's report tells what was fed back and what it found itself as two books.
        split = kind == "rectification_report" and role == "unit" and 0 < own < total
        for number in (total - own, own) if split else (total,):
            assert f"{number}个" in "".join(texts(paper)), number
    if kind == "accountability_bulletin":
        number = len(included)
        assert ("一起" if number == 1 else f"{number}起") in paper.title


@pytest.mark.parametrize("name", ["a unit", "two units", "a period", "a day", "one finding", "an inspection", "a team"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_filter_lets_nothing_else_through(desk: Desk, kind: str, name: str) -> None:
    given = FILTERS[name]
    made = compose(desk, kind, given)
    if made is None or kind == "accountability_bulletin":
        return
    county = desk.office.settings["role"] == "county"  # at a township all other units of the office are below it
    ids = [one.id for one in made.selection.included]
    with desk.workspace.reading() as session:
        rows = session.execute(
            select(Finding, Unit.name, Inspection.code, Team.name)
            .outerjoin(Unit, Unit.id == Finding.unit_id)
            .outerjoin(Inspection, Inspection.id == Finding.inspection_id)
            .outerjoin(Team, Team.id == Finding.team_id)
            .where(Finding.id.in_(ids))
        ).all()
    for finding, unit, trip, team in rows:
        if "units" in given and county:
            assert unit in given["units"]
        if "findings" in given and "findings" in BY_KEY[kind].options:
            assert finding.serial in given["findings"]
        if "inspections" in given and kind == "inspection_report":
            assert trip in (*given["inspections"], None)
        if "teams" in given and county and kind in ("findings_bulletin", "period_summary"):
            assert team in given["teams"]
        if "until" in given and not given.get("include") and kind != "inspection_report":
            days = [day for day in (finding.found_on, finding.closed_on) if day]
            assert any(given["from_"] <= day <= given["until"] for day in days)


@pytest.mark.parametrize("name", ["nothing", "everything asked", "a table"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_public_version_names_only_who_agreed(desk: Desk, kind: str, name: str) -> None:
    made = compose(desk, kind, FILTERS[name])
    if made is None:
        return
    with desk.workspace.reading() as session:
        people = session.execute(select(Party.name, Party.public_name, Party.mention)).all()
    inside, outside = ("".join(texts(version)) for version in (made.paper, public(made.paper)))
    for person, agreed, _ in people:
        assert person not in outside or agreed, person
        if agreed:
            assert (person in inside) == (person in outside)


def test_every_answer_of_the_table_is_met(desk: Desk) -> None:
    """The office holds records for all that the table can say of them."""
    met = {Answer.IN: 0, Answer.ASK: 0, Answer.OUT: 0}
    for kind in KINDS:
        made = compose(desk, kind, {"include": False}) if kind not in ("rectification_notice", "reminder") else None
        for one in made.selection.judged if made else ():
            met[one.verdict.answer] += 1
    assert all(met.values()), met

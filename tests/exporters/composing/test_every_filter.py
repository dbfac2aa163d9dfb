"""Each kind under each filter: in a paper stands what the filters reach and the table lets in, and nothing else."""

import datetime as dt
import itertools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paperwork import Bureau, day

from exporters.composing import NothingToWrite, Options, composed
from models.domain.documents.selection import Answer, may_compose
from models.domain.findings.lifecycle import ABOVE, Status
from models.errors import Refusal
from models.paper.kinds import BY_KEY, NAMES
from models.queries.selection.choices import Selection
from models.records import Finding

DATE = day(3, 20)
TOWNS = ("柳河镇", "石门乡", "青石镇")
SOURCES = ("县", "市", "群众举报", "乡自查")
KINDS = [kind for kind in NAMES if may_compose(kind, "county") and kind not in ("correction", "free_paper")]
OF_FINDINGS = [kind for kind in KINDS if kind != "accountability_bulletin"]
NEVER = {Status.DRAFT, Status.REVOKED, Status.VOID}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Bureau:
    """Every status from every source, in three towns, with and without a day, an inspection and a deadline."""
    made = Bureau(tmp_path_factory.mktemp("office") / "data")
    draw = random.Random(7)
    teams = [made.team(f"第{n}督查组", at) for at, n in enumerate("一二", 1)]
    trips = {town: made.inspection(teams[at % 2], town, starts_on=day(3, 1), ends_on=day(3, 10))
             for at, town in enumerate(TOWNS)}  # fmt: skip
    for at, (status, source) in enumerate(itertools.product(Status, SOURCES)):
        town = TOWNS[at % 3]
        found = None if at % 7 == 0 else day(3, 1 + draw.randrange(24))
        values: dict[str, Any] = {
            "status": status, "source_level": source, "unit_id": made.unit(town), "found_on": found,
            "inspection_id": trips[town] if at % 3 else None, "publicised": at % 5 == 0,
            "deadline": day(3, 1 + draw.randrange(28)) if at % 4 else None,
        }  # fmt: skip
        id_ = made.finding(f"第{at}个问题", **{**values, "status": "待交办"})
        made.set(Finding, id_, status=status, closed_on=found if status is Status.CLOSED else None, found_on=found)
    made.teams = teams
    return made


def selected(office: Bureau, kind: str, options: dict[str, Any]) -> Selection | None:
    """What came of every record; None where the choices themselves are refused."""
    with office.workspace.reading() as session:
        try:
            return composed(session, kind, Options(date=DATE, **options)).selection
        except NothingToWrite as refusal:
            return refusal.selection
        except Refusal:
            return None


def rows(office: Bureau) -> dict[int, Finding]:
    with office.workspace.reading() as session:
        return {row.id: row for row in session.query(Finding)}


def filters(office: Bureau) -> st.SearchStrategy[dict[str, Any]]:
    """Any filters together: units, a team, days, sources; and whether everything asked about is taken in."""
    units = [office.units[town] for town in TOWNS]
    days = st.one_of(st.none(), st.dates(day(3, 1), DATE))
    return st.fixed_dictionaries({
        "unit_ids": st.lists(st.sampled_from(units), max_size=2, unique=True).map(tuple),
        "team_ids": st.lists(st.sampled_from(office.teams), max_size=1).map(tuple),
        "source_levels": st.lists(st.sampled_from(SOURCES), max_size=2, unique=True).map(tuple),
        "from_": days, "until": days, "include": st.booleans(),
    })  # fmt: skip


@pytest.mark.parametrize("kind", OF_FINDINGS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_what_stands_there_is_what_filters_and_table_let_in(office: Bureau, kind: str, data: st.DataObject) -> None:
    options = data.draw(filters(office))
    known = {name: value for name, value in options.items() if name == "include" or name in BY_KEY[kind].options}
    found = selected(office, kind, known)
    if found is None:
        return
    every = rows(office)
    taken, left = set(found.ids), {one.id for one in found.left_out}
    assert not taken & left
    assert all(one.words for one in found.left_out)
    assert all(one.verdict.answer is not Answer.OUT for one in found.included)
    assert known["include"] or all(one.verdict.answer is Answer.IN for one in found.included)
    for id_ in taken:
        _may_stand(every[id_], kind, known)


def _may_stand(row: Finding, kind: str, known: dict[str, Any]) -> None:
    """Drafts and void ones never, nothing found later; and only what the filters reach."""
    assert row.status not in NEVER
    assert row.found_on is None or row.found_on <= DATE
    if known.get("unit_ids"):
        assert row.unit_id in known["unit_ids"]
    if known.get("source_levels"):
        assert row.source_level in known["source_levels"]
    if kind in ("findings_bulletin", "inspection_report", "period_summary"):
        assert row.source_level != "乡自查"
    if kind == "findings_bulletin" and not known["include"]:
        assert row.source_level not in ABOVE
        assert not row.publicised
        _within(row, known)


def _within(row: Finding, known: dict[str, Any]) -> None:
    """Found in the period, or closed in it."""
    if not (known.get("from_") or known.get("until")):
        return
    first, last = known.get("from_") or dt.date.min, known.get("until") or dt.date.max
    days = [one for one in (row.found_on, row.closed_on if row.status == Status.CLOSED else None) if one]
    assert any(first <= one <= last for one in days)


@pytest.mark.parametrize("kind", OF_FINDINGS)
def test_a_narrower_filter_never_lets_in_what_the_wider_one_kept_out(office: Bureau, kind: str) -> None:
    unit = {"unit_ids": (office.units["柳河镇"],)}
    narrow, wide = selected(office, kind, unit), selected(office, kind, {"include": True})
    if narrow is not None and wide is not None:
        assert set(narrow.ids) <= set(wide.ids)

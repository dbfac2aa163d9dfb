"""Counting rules: each figure against a small world counted by hand, the SQL against the rules in Python."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.findings import deadlines
from models.domain.findings.books import Book, book_of
from models.domain.findings.deadlines import Bounds, Bucket
from models.domain.findings.lifecycle import Status
from models.queries.figures import drill_down, statistics
from models.queries.figures import home as first_page
from models.queries.figures.behind import Sources
from models.queries.figures.conditions import counted
from models.queries.figures.drill_down import DrillDown
from models.queries.figures.scope import Scope
from models.queries.lists import catalog
from models.queries.lists.listing import ListQuery, ListReader
from models.records import (
    Campaign,
    Disposition,
    Document,
    Feedback,
    Finding,
    Inspection,
    Office,
    Party,
    Site,
    Team,
    Unit,
    Visit,
)
from models.records.accountability import AccountabilityCase
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

TODAY = dt.date(2022, 3, 16)


def day(month: int, number: int) -> dt.date:
    return dt.date(2022, month, number)


class World:
    """县 with 柳河镇 (and 桥头村 below it) and 石门乡; two teams; sites."""

    def __init__(self, root: Path) -> None:
        self.workspace = Workspace(Store(DataFolder(root)), "周敏", clock=lambda: dt.datetime(2022, 3, 16, 9))
        self.add(Office, role="county", name="县督查组", short_name="督查组", county_name="云岭县")
        self.campaign = self.add(Campaign, name="疫情防控")
        self.county = self.add(Unit, name="云岭县", kind="县")
        self.town = self.add(Unit, name="柳河镇", kind="乡镇", parent_id=self.county, rank=2)
        self.village = self.add(Unit, name="桥头村", kind="村", parent_id=self.town)
        self.other = self.add(Unit, name="石门乡", kind="乡镇", parent_id=self.county, rank=1)
        self.team = self.add(Team, name="第一督查组", number=1)
        self.sites = [
            self.add(Site, name=f"点位{n}", kind="药店" if n % 2 else "小区", unit_id=self.village if n else self.other)
            for n in range(4)
        ]

    def add(self, cls: type, **values: object) -> int:
        return records.create(self.workspace, cls, values).id

    def finding(self, status: str = "整改中", **more: object) -> int:
        values = {"fact": "无记录", "kind": "测温不规范", "source_level": "县", "found_on": day(3, 1), "count": 1,
                  "campaign_id": self.campaign, "status": status}  # fmt: skip
        return self.add(Finding, **(values | more))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "data")


def figure(world: World, name: str, scope: Scope = statistics.EVERYTHING) -> object:
    with world.workspace.reading() as session:
        return getattr(statistics.summary(session, TODAY, scope), name)


def test_sites_visited_problem_sites_and_problems_are_three_counts(world: World) -> None:
    inspection = world.add(Inspection, team_id=world.team, unit_id=world.town, kind="综合", starts_on=day(3, 1))
    for site in world.sites[:3]:
        world.add(Visit, inspection_id=inspection, site_id=site, on=day(3, 1))
    world.add(Visit, inspection_id=inspection, site_id=world.sites[0], on=day(3, 2))
    for _ in range(2):
        world.finding(site_id=world.sites[0], inspection_id=inspection, count=3)
    world.finding(site_id=world.sites[3], source_level="群众举报")
    assert figure(world, "inspections") == 1
    assert figure(world, "sites_visited") == 3
    assert figure(world, "problem_sites") == 1
    assert figure(world, "problems") == 7


def test_void_and_revoked_problems_are_not_counted(world: World) -> None:
    world.finding(count=5, site_id=world.sites[0])
    for status in ("作废", "撤销"):
        world.finding(status, count=9, site_id=world.sites[1])
    gone = world.finding(count=4)
    records.delete(world.workspace, Finding, [gone])
    assert figure(world, "problems") == 5
    assert figure(world, "sites_concerned") == 1


def test_in_a_part_done_problem_x_count_as_solved(world: World) -> None:
    world.finding("整改中", count=5, solved_count=2)
    world.finding("已销号", count=3)
    world.finding("已销号", count=4, solved_count=4, fixed_on_spot=True)
    world.finding("待核查", count=2)
    assert figure(world, "solved") == 9
    assert figure(world, "unsolved") == 5
    assert figure(world, "solved_on_spot") == 4
    assert figure(world, "closure_rate") == pytest.approx(9 / 14)


def test_suggestions_are_advice_of_findings_and_lines_of_inspections(world: World) -> None:
    world.finding(advice="配备体温枪")
    world.finding(advice="  ")
    world.add(
        Inspection,
        team_id=world.team,
        unit_id=world.town,
        kind="综合",
        starts_on=day(3, 1),
        advice="一是甲。\n\n二是乙。",
    )
    assert figure(world, "suggestions") == 3


def test_only_issued_bulletins_of_the_period_count(world: World) -> None:
    for state, kind, on in (
        ("已印发", "findings_bulletin", day(3, 1)), ("已印发", "accountability_bulletin", day(3, 2)),
        ("草稿", "findings_bulletin", day(3, 3)), ("作废", "findings_bulletin", day(3, 3)),
        ("已印发", "reminder", day(3, 3)), ("已印发", "findings_bulletin", day(1, 1)),
    ):  # fmt: skip
        world.add(Document, kind=kind, state=state, dated_on=on)
    march = Scope(from_=day(3, 1), until=day(3, 31))
    assert figure(world, "bulletins", march) == 2
    assert figure(world, "findings_bulletins", march) == 1
    assert figure(world, "accountability_bulletins", march) == 1
    assert figure(world, "bulletins") == 3


def test_problems_from_above_and_their_closing(world: World) -> None:
    for level, status in (("市", "已销号"), ("省", "整改中"), ("国家", "已销号"), ("县", "已销号"), ("市", "作废")):
        world.finding(status, source_level=level, count=2)
    world.finding("整改中", source_level="市", count=3, solved_count=1)
    assert figure(world, "from_above") == 9
    assert figure(world, "from_above_closed") == 4
    assert figure(world, "from_above_solved") == 5
    assert (figure(world, "problems"), figure(world, "solved")) == (2, 2)


def test_a_site_nobody_wrote_a_visit_for_is_no_problem_site(world: World) -> None:
    for site in world.sites[:3]:
        world.finding(site_id=site)
    assert (figure(world, "sites_visited"), figure(world, "problem_sites"), figure(world, "sites_concerned")) == (
        0,
        0,
        3,
    )
    inspection = world.add(Inspection, team_id=world.team, unit_id=world.town, kind="综合", starts_on=day(3, 1))
    world.add(Visit, inspection_id=inspection, site_id=world.sites[0], on=day(3, 1))
    assert (figure(world, "sites_visited"), figure(world, "problem_sites")) == (1, 1)
    world.finding(site_id=world.sites[3], inspection_id=inspection)
    assert (figure(world, "sites_visited"), figure(world, "problem_sites")) == (2, 2)
    world.finding(site_id=world.sites[0], source_level="市", inspection_id=inspection)
    assert figure(world, "problem_sites") == 2


def test_what_is_not_recorded_is_not_told(world: World) -> None:
    world.finding(site_id=world.sites[0])
    with world.workspace.reading() as session:
        labels = [label for label, _ in statistics.told(statistics.summary(session, TODAY))]
        assert "走访点位" not in first_page.today_text(session, TODAY)
    assert ("走访点位数" in labels, "问题点位数" in labels, "涉及点位数" in labels) == (False, False, True)


def test_in_a_units_folder_its_own_are_what_it_found_and_the_rest_came_from_above(world: World) -> None:
    world.finding(source_level="县", count=2)
    world.finding("已销号", source_level="市")
    world.finding(source_level="乡自查", self_found=True, count=4)
    with world.workspace.writing("改") as work:
        work.session.query(Office).update({"role": "unit"})
    assert (figure(world, "problems"), figure(world, "from_above"), figure(world, "from_above_solved")) == (4, 3, 1)
    assert figure(world, "found_by_units") == 0


sources = st.sampled_from(("国家", "省", "市", "县", "群众举报", "乡自查", ""))
places = st.integers(0, 4)
problems_found = st.lists(
    st.tuples(
        sources, st.booleans(), places, st.sampled_from(list(Status)), st.integers(1, 5), st.integers(0, 6),
        st.booleans(), st.integers(1, 6),
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(places, st.integers(1, 6)), max_size=6), problems_found, st.sampled_from(("county", "unit")))
def test_no_figure_of_a_random_office_is_impossible(
    world: World, visits: list[tuple[int, int]], found: list[tuple[Any, ...]], role: str
) -> None:
    trip = fill(world, visits, found, role)
    for scope in (Scope(), Scope(from_=day(3, 2), until=day(3, 4)), Scope(unit_ids=(world.town,)),
                  Scope(campaign_id=world.campaign), Scope(inspection_ids=(trip,))):  # fmt: skip
        with world.workspace.reading() as session:
            whole = statistics.summary(session, TODAY, scope)
            parts = statistics.by_each(session, ("unit", "kind", "status", "source_level"), TODAY, scope)
            weeks = statistics.by_week(session, scope)
            recount = by_hand(session, scope, role)
        assert whole.problem_sites <= whole.sites_visited
        assert whole.solved <= whole.problems
        assert whole.from_above_closed <= whole.from_above_solved <= whole.from_above
        assert whole.found_by_units_solved <= whole.found_by_units
        assert whole.unsolved + whole.solved == whole.problems == sum(whole.buckets.values())
        for rows in parts:
            assert (sum(r.problems for r in rows), sum(r.solved for r in rows)) == (whole.problems, whole.solved)
        assert sum(week[1] for week in weeks) == whole.problems
        assert recount == {Book.OWN: whole.problems, Book.ABOVE: whole.from_above} | (
            {Book.SELF: whole.found_by_units} if role == "county" else {Book.SELF: 0}
        )


def fill(world: World, visits: list[tuple[int, int]], found: list[tuple[Any, ...]], role: str) -> int:
    """An office of some role with these visits and findings and nothing else."""
    sites = (*world.sites, None)
    with world.workspace.writing("试") as work:
        for cls in (Finding, Visit, Inspection):
            work.session.query(cls).delete()
        work.session.query(Office).update({"role": role})
        trip = work.bulk_add(Inspection, [
            {"team_id": world.team, "unit_id": world.town, "kind": "综合", "starts_on": day(3, 1),
             "campaign_id": world.campaign}
        ])[0]  # fmt: skip
        work.bulk_add(Visit, [{"inspection_id": trip, "site_id": sites[at], "on": day(3, n)} for at, n in visits])
        work.bulk_add(Finding, [
            {"serial": str(n), "status": str(status), "source_level": source, "self_found": own and source == "乡自查",
             "site_id": sites[at], "count": count, "solved_count": min(done, count), "kind": "甲", "fact": "乙",
             "inspection_id": trip if tied else None, "found_on": day(3, on), "unit_id": world.village,
             "campaign_id": world.campaign}
            for n, (source, own, at, status, count, done, tied, on) in enumerate(found)
        ])  # fmt: skip
    return trip


def by_hand(session: Session, scope: Scope, role: str) -> dict[Book, int]:
    """The counted problems of a scope, by the rule in Python."""
    found = dict.fromkeys(Book, 0)
    for one in session.scalars(select(Finding).where(*counted(scope))):
        found[book_of(one.source_level, self_found=one.self_found, role=role)] += one.count
    return found


def test_scopes_narrow_by_day_unit_team_and_campaign(world: World) -> None:
    world.finding(unit_id=world.village, found_on=day(2, 1))
    world.finding(unit_id=world.other, team_id=world.team)
    world.finding(department_id=world.town, campaign_id=None)
    own = world.finding(source_level="乡自查", unit_id=world.other)
    assert figure(world, "problems", Scope(unit_ids=(world.town,))) == 2
    assert figure(world, "problems", Scope(from_=day(3, 1))) == 2
    assert figure(world, "problems", Scope(until=day(2, 28))) == 1
    assert figure(world, "problems", Scope(team_ids=(world.team,))) == 1
    assert figure(world, "problems", Scope(campaign_id=world.campaign)) == 2
    assert figure(world, "problems", Scope(finding_ids=(own,))) == 0
    assert figure(world, "found_by_units", Scope(finding_ids=(own,))) == 1
    assert figure(world, "problems", Scope(self_found=True)) == 1
    assert figure(world, "problems", Scope(self_found=False)) == 3
    assert figure(world, "problems", Scope(unit_ids=(world.town, world.other))) == 3


def test_on_time_compares_the_submission_with_the_deadline_in_force(world: World) -> None:
    due = {"deadline": day(3, 10)}
    world.finding("已销号", **due, submitted_on=day(3, 10), closed_on=day(3, 15))
    world.finding("已销号", **due, submitted_on=day(3, 11), closed_on=day(3, 15))
    world.finding("已销号", **due, closed_on=day(3, 9))
    world.finding("已销号", fixed_on_spot=True)
    world.finding("整改中", **due)
    world.finding("整改中", deadline=TODAY, count=3)
    world.finding("整改中")
    late_usb = world.finding("待核查", **due)
    world.add(
        Feedback, finding_id=late_usb, outcome="已整改", measures="已改", submitted_at=dt.datetime(2022, 3, 9, 17)
    )
    world.finding("挂账协调", **due, review_on=day(4, 1))
    with world.workspace.reading() as session:
        found = statistics.buckets(session, TODAY)
        assert found == {
            Bucket.ON_TIME: 3, Bucket.LATE: 1, Bucket.AHEAD: 5, Bucket.OVERDUE: 1, Bucket.NO_LIMIT: 1,
        }  # fmt: skip
        assert statistics.on_time_rate(session, TODAY) == pytest.approx(3 / 5)
        assert sum(found.values()) == statistics.problems(session)


def test_nothing_has_no_rates(world: World) -> None:
    with world.workspace.reading() as session:
        assert statistics.closure_rate(session) is None
        assert statistics.on_time_rate(session, TODAY) is None
        assert statistics.by_week(session) == []
        assert statistics.percent(None) == "—"


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (1, "100%"), (2 / 3, "66.7%"), (0.5, "50%"), (9999 / 10000, "99.9%")]
)
def test_percents_are_never_rounded_up_to_all(share: float, text: str) -> None:
    assert statistics.percent(share) == text


def test_units_hold_all_below_them_in_the_offices_order(world: World) -> None:
    world.finding(unit_id=world.village, site_id=world.sites[1], count=2)
    world.finding(unit_id=world.town, site_id=world.sites[1])
    world.finding(unit_id=world.other, site_id=world.sites[0])
    world.finding(unit_id=world.county)
    world.finding()
    with world.workspace.reading() as session:
        rows = statistics.by(session, "unit", TODAY)
    assert [(r.name, r.problems, r.findings, r.sites) for r in rows] == [
        ("石门乡", 1, 1, 1), ("柳河镇", 3, 2, 1), ("云岭县", 1, 1, 0), ("未填", 1, 1, 0),
    ]  # fmt: skip


def test_every_breakdown_adds_up(world: World) -> None:
    world.finding(site_id=world.sites[0], team_id=world.team, aspect="思想认识", count=2)
    world.finding("已销号", kind="台账缺失", site_id=world.sites[1], department_id=world.other, severity="严重")
    with world.workspace.reading() as session:
        dimensions = ("unit", "department", "status", "kind", "aspect", "site_kind", "team", "source_level", "severity")
        for dimension in dimensions:
            rows = statistics.by(session, dimension, TODAY)
            assert sum(r.problems for r in rows) == 3, dimension
            assert sum(r.solved for r in rows) == 1, dimension
            assert all(sum(r.buckets.values()) == r.problems for r in rows), dimension
        assert [r.name for r in statistics.by(session, "status", TODAY)] == ["整改中", "已销号"]
        assert [r.name for r in statistics.by(session, "kind", TODAY)] == ["测温不规范", "台账缺失"]


def test_no_week_is_skipped(world: World) -> None:
    world.finding(found_on=day(3, 6), count=2)
    world.finding("已销号", found_on=day(3, 21))
    with world.workspace.reading() as session:
        weeks = statistics.by_week(session)
    assert weeks == [(day(2, 28), 2, 0), (day(3, 7), 0, 0), (day(3, 14), 0, 0), (day(3, 21), 1, 1)]


def test_home_tells_what_to_do_today(world: World) -> None:
    world.finding("整改中", deadline=day(3, 15), unit_id=world.town)
    world.finding("已交办", deadline=TODAY)
    world.finding("退回重改", deadline=day(3, 17))
    world.finding("整改中", deadline=day(3, 21))
    world.finding("待核查", deadline=day(3, 1))
    world.finding("草稿")
    world.finding("待交办")
    world.finding("挂账协调", review_on=TODAY)
    world.finding("已销号", closed_on=TODAY, found_on=TODAY, count=2)
    case = world.add(AccountabilityCase, fact="未到岗", unit_id=world.town)
    party = world.add(Party, case_id=case, name="周平", duty="直接责任")
    for end in (day(4, 1), day(5, 30), day(3, 1)):
        world.add(Disposition, party_id=party, measure="通报批评", effect_end=end)
    with world.workspace.reading() as session:
        found = first_page.home(session, TODAY)
        assert (found.overdue, found.due, found.near) == (1, 3, 1)
        assert (found.to_hand_over, found.to_verify, found.returned, found.to_review) == (1, 1, 1, 1)
        assert (found.effects_ending, found.found_today, found.closed_today) == (1, 1, 1)
        assert found.problems == statistics.problems(session) == 9
        assert found.solved == statistics.solved(session) == 2
        assert found.buckets == statistics.buckets(session, TODAY)
        assert found.closure_rate == statistics.closure_rate(session)
        assert found.on_time_rate == statistics.on_time_rate(session, TODAY)
        assert "发现问题2个，销号2个" in first_page.today_text(session, TODAY)


def test_json_has_the_same_figures(world: World) -> None:
    world.finding("已销号", count=2, unit_id=world.town)
    world.finding(unit_id=world.town)
    with world.workspace.reading() as session:
        content = json.loads(statistics.as_json(session, TODAY, Scope(from_=day(1, 1))))
    assert (content["problems"], content["solved"], content["from"], content["until"]) == (3, 2, "2022-01-01", None)
    assert content["by_unit"][0]["name"] == "柳河镇"
    assert content["by_week"] == [{"monday": "2022-02-28", "problems": 3, "solved": 2}]


def test_every_figure_has_its_chinese_name() -> None:
    assert set(statistics.LABELS) == set(statistics.Summary.__dataclass_fields__) - {"opening"}


days = st.none() | st.dates(dt.date(2022, 3, 1), dt.date(2022, 3, 31))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(list(Status)), days, days, days, days, st.booleans()), min_size=1, max_size=12)
)
def test_the_sql_is_the_rule(world: World, rows: list[tuple[Status, dt.date, dt.date, dt.date, dt.date, bool]]) -> None:
    """Buckets by SQL against ``deadlines.bucket`` for whatever a finding may hold."""
    with world.workspace.writing("试") as work:
        work.session.query(Finding).delete()
        found = work.bulk_add(Finding, [
            {"serial": str(n), "status": str(status), "deadline": deadline, "review_on": review, "closed_on": closed,
             "submitted_on": submitted, "fixed_on_spot": spot, "kind": "甲", "source_level": "县", "fact": "乙"}
            for n, (status, deadline, review, closed, submitted, spot) in enumerate(rows)
        ])  # fmt: skip
    assert len(found) == len(rows)
    wanted: dict[Bucket, int] = dict.fromkeys(list(Bucket)[:5], 0)
    for status, deadline, review, closed, submitted, spot in rows:
        one = deadlines.bucket(
            status, deadlines.limit(status, deadline, review), TODAY,
            submitted_on=submitted, closed_on=closed, on_spot=spot,
        )  # fmt: skip
        if one is not Bucket.NOT_COUNTED:
            wanted[one] += 1
    with world.workspace.reading() as session:
        assert statistics.buckets(session, TODAY) == wanted


@pytest.mark.parametrize("status", ["草稿", "作废", "撤销"])
def test_what_is_not_counted_is_in_no_figure(world: World, status: str) -> None:
    """A draft is not written down whole yet: as what was made void it is in no total, card, chart or breakdown."""
    world.finding("整改中", unit_id=world.town, site_id=world.sites[1], deadline=day(3, 1))
    with world.workspace.reading() as session:
        before = statistics.as_json(session, TODAY)
        home, told = first_page.home(session, TODAY), first_page.today_text(session, TODAY)
    more = {"unit_id": world.other, "site_id": world.sites[2], "team_id": world.team, "deadline": day(3, 2)}
    world.finding(status, count=7, found_on=TODAY, advice="补记录", fixed_on_spot=True, rebound_count=2, **more)
    world.finding(status, count=5, source_level="市", **more)
    with world.workspace.reading() as session:
        assert statistics.as_json(session, TODAY) == before
        assert (first_page.home(session, TODAY), first_page.today_text(session, TODAY)) == (home, told)
        figures = DrillDown(unit_id=world.other), DrillDown(status=status), DrillDown(bucket="逾期未办")
        assert [len(drill_down.findings(session, one, TODAY)) for one in figures] == [0, 0, 1]


def test_lists_of_inspections_and_visits_count_as_the_statistics_do(world: World) -> None:
    trip = world.add(Inspection, team_id=world.team, unit_id=world.town, starts_on=day(3, 1), kind="综合")
    visit = world.add(Visit, inspection_id=trip, site_id=world.sites[1], on=day(3, 1))
    for status, count in (("整改中", 2), ("草稿", 5), ("作废", 7), ("撤销", 3)):
        world.finding(status, count=count, inspection_id=trip, visit_id=visit, site_id=world.sites[1])
    connection = connect(world.workspace.store.folder.database, read_only=True)
    shown = []
    for name in ("inspection", "visit"):
        list_ = ListReader(connection, catalog.spec(name), Bounds(TODAY, TODAY).parameters())
        (row,) = list_.rows(list_.ids(ListQuery()))
        shown.append(row[1 + [one.key for one in list_.spec.columns].index("problems")])
    connection.close()
    assert shown == [2, 1]
    assert figure(world, "problems") == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(places, st.integers(1, 6)), max_size=6), problems_found, st.sampled_from(("county", "unit")))
def test_what_stands_behind_a_figure_adds_up_to_it(
    world: World, visits: list[tuple[int, int]], found: list[tuple[Any, ...]], role: str
) -> None:
    fill(world, visits, found, role)
    for scope in (Scope(), Scope(from_=day(3, 2), until=day(3, 4)), Scope(unit_ids=(world.town,))):
        with world.workspace.reading() as session:
            whole = statistics.summary(session, TODAY, scope)
            sources = Sources(session, TODAY, scope)
            for name in statistics.LABELS:
                if isinstance(value := getattr(whole, name), int):
                    assert sum(number for _, number in sources.of(name)) == value, name
            for one, number in whole.buckets.items():
                assert sum(n for _, n in sources.bucket(one)) == number, one


def test_as_of_a_day_what_was_found_or_closed_later_was_not_yet(world: World) -> None:
    world.finding("已销号", found_on=day(3, 1), closed_on=day(3, 4), count=2, deadline=day(3, 5))
    late = {"deadline": day(3, 5), "submitted_on": day(3, 9)}
    world.finding("已销号", found_on=day(3, 2), closed_on=day(3, 12), count=3, **late)
    world.finding("整改中", found_on=day(3, 11), count=5)
    with world.workspace.reading() as session:
        now = statistics.summary(session, TODAY)
        then = statistics.summary(session, day(3, 10), Scope(as_of=day(3, 10)))
        before = statistics.summary(session, day(3, 8))
        rows = statistics.by(session, "unit", day(3, 10))
    assert (now.problems, now.solved) == (10, 5)
    assert (then.problems, then.solved, then.unsolved) == (5, 2, 3)
    assert (then.buckets[Bucket.OVERDUE], now.buckets[Bucket.LATE]) == (3, 3)
    assert before.buckets[Bucket.OVERDUE] == 3
    assert sum(row.problems for row in rows) == 5
    assert sum(then.buckets.values()) == then.problems

"""期初数 are added to totals that cover them whole, said to be among them, and to nothing else."""

import datetime as dt
import json
from pathlib import Path

import pytest
from paperwork import Bureau, day, text

from models.errors import Refusal
from models.queries.figures import home, statistics
from models.queries.figures.openings import first_record
from models.queries.figures.scope import EVERYTHING, Scope
from models.records import Finding, OpeningFigures
from models.services import documents, records

JANUARY, FEBRUARY = dt.date(2022, 1, 1), dt.date(2022, 2, 28)
TODAY = day(3, 20)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    trip = made.inspection(made.team("第一督查组", 1), "柳河镇")
    place = made.site("惠民药店", "柳河镇")
    made.visit(trip, place)
    made.finding("无测温记录", site_id=place, count=5, status="整改中", inspection_id=trip)
    made.finding("未消毒", site_id=place, count=7, status="已销号", inspection_id=trip)
    return made


def opened(bureau: Bureau, **more: object) -> int:
    values = {"campaign_id": bureau.campaign, "starts_on": JANUARY, "ends_on": FEBRUARY, "inspections": "12",
              "sites_visited": "300余", "problem_sites": "90余", "problems": "41", "solved": "30",
              "findings_bulletins": "3"}  # fmt: skip
    return bureau.add(OpeningFigures, **(values | more))


def summary(bureau: Bureau, scope: Scope = EVERYTHING) -> statistics.Summary:
    with bureau.workspace.reading() as session:
        return statistics.summary(session, TODAY, scope)


def test_totals_hold_them_and_say_so(bureau: Bureau) -> None:
    opened(bureau)
    whole = summary(bureau)
    assert (whole.inspections, whole.sites_visited, whole.problems, whole.solved) == (13, 301, 53, 37)
    assert (whole.unsolved, whole.bulletins, whole.opening.of("problems")) == (16, 3, 41)
    assert whole.closure_rate == pytest.approx(37 / 53)
    assert sum(whole.buckets.values()) == 12
    with bureau.workspace.reading() as session:
        told = json.loads(statistics.as_json(session, TODAY))
        page = home.home(session, TODAY)
        said = home.today_text(session, TODAY)
    assert (told["problems"], told["opening"]["figures"]["problems"]) == (53, 41)
    assert told["opening"]["about"] == ["sites_visited", "problem_sites"]
    assert sum(row["problems"] for row in told["by_unit"]) == 12
    assert (page.problems, page.solved, page.opening.of("solved")) == (53, 37, 30)
    assert "累计发现问题53个，已整改37个" in said
    assert "累计数含期初问题41、已整改30。" in said


@pytest.mark.parametrize(
    "scope",
    [Scope(from_=day(3, 1)), Scope(until=day(2, 1)), Scope(from_=day(1, 15)), Scope(team_ids=(1,)),
     Scope(unit_ids=(2,)), Scope(campaign_id=99), Scope(inspection_ids=(1,))],
)  # fmt: skip
def test_what_does_not_cover_them_whole_leaves_them_out(bureau: Bureau, scope: Scope) -> None:
    before = summary(bureau, scope)
    opened(bureau)
    after = summary(bureau, scope)
    assert not after.opening.amounts
    assert (after.problems, after.inspections) == (before.problems, before.inspections)
    assert bool(after.opening.partly) == (scope in (Scope(until=day(2, 1)), Scope(from_=day(1, 15))))


def test_a_units_figures_are_parts_of_the_whole_offices(bureau: Bureau) -> None:
    town = bureau.units["柳河镇"]
    opened(bureau, unit_id=town, problems="10", solved="10")
    assert summary(bureau).opening.of("problems") == 10
    opened(bureau)
    assert summary(bureau).opening.of("problems") == 41
    assert summary(bureau, Scope(unit_ids=(town,))).opening.of("problems") == 10


def test_what_is_recorded_already_is_asked_about_and_not_counted_twice(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="已含录入的记录"):
        opened(bureau, ends_on=day(3, 31))
    opened(bureau, ends_on=day(3, 31), includes_recorded=True)
    assert (summary(bureau).problems, summary(bureau).inspections) == (41, 12)


def test_a_part_without_its_whole_is_not_added(bureau: Bureau) -> None:
    opened(bureau, problems="", sites_visited="")
    whole = summary(bureau)
    assert (whole.problems, whole.solved, whole.sites_visited, whole.problem_sites) == (12, 7, 1, 1)


def test_of_problems_nobody_knows_solved_no_rate_is_told(bureau: Bureau) -> None:
    opened(bureau, solved="")
    whole = summary(bureau)
    assert (whole.problems, whole.unsolved) == (53, 5)
    assert whole.closure_rate == pytest.approx(7 / 12)


def test_the_first_record_is_of_that_unit_and_campaign(bureau: Bureau) -> None:
    other = bureau.unit("石门乡")
    with bureau.workspace.reading() as session:
        assert first_record(session, bureau.campaign, None) == day(3, 1)
        assert first_record(session, bureau.campaign, other) is None


def test_a_summary_adds_them_and_says_so_and_the_check_knows(bureau: Bureau) -> None:
    opened(bureau)
    paper = bureau.compose("period_summary", annex_table=True)
    whole = text(paper)
    assert "发现问题53个" in whole
    assert "走访点位300余个" in whole.partition("以上数字")[0]
    assert ("以上数字含2022年1月至2月的期初数：督查12次、走访点位300余个、存在问题的点位90余个、发现问题41个、"
            "已整改30个、督查通报3期。") in whole  # fmt: skip
    assert "（含期初11个）" in whole
    assert "占" not in whole
    lead = next(f for f in paper.figures if (f.name, f.key) == ("问题数", "lead:1"))
    assert (lead.value, lead.opening, sum(lead.weights)) == (53, 41, 53)
    assert any(ref.startswith("opening_figures:") for ref in paper.counted)
    with bureau.workspace.reading() as session:
        found = documents.check_paper(session, paper, {})
    assert not [n for n in found if n.code.startswith("count") or n.code == "impossible"], found
    told = bureau.compose("findings_bulletin")
    assert "53" not in text(told)


def test_they_are_taken_back_like_any_record(bureau: Bureau) -> None:
    id_ = opened(bureau)
    with bureau.workspace.reading() as session:
        version = session.get_one(OpeningFigures, id_).version
    records.update(bureau.workspace, OpeningFigures, id_, version, {"problems": "50多个"})
    assert summary(bureau).opening.of("problems") == 50
    with bureau.workspace.reading() as session:
        assert session.get_one(OpeningFigures, id_).problems == "50余"
        assert session.get(Finding, 1) is not None

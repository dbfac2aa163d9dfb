"""What this office found and what came from above are told apart in every paper, and no total is impossible."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paperwork import Bureau, day, text

from exporters.composing.period import told_above
from exporters.workbooks.figures import units
from models.paper.checks.before_issue import Notice
from models.paper.elements import Paper
from models.queries.figures.scope import EVERYTHING
from models.records import Document, Finding, Inspection, Visit
from models.services import documents


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1)
    made.unit("青石镇", rank=2)
    made.places = [made.site(f"第{n}药店", "柳河镇") for n in range(1, 5)]
    made.trip = made.inspection(made.team("第一督查组", 1), "柳河镇")
    return made


def found(bureau: Bureau, fact: str, **more: Any) -> int:
    values = {"unit_id": bureau.units["柳河镇"], "inspection_id": bureau.trip, "status": "整改中"}
    return bureau.finding(fact, **(values | more))


def test_a_summary_tells_the_citys_problems_in_a_sentence_of_their_own(bureau: Bureau) -> None:
    bureau.visit(bureau.trip, bureau.places[0])
    found(bureau, "无测温记录", site_id=bureau.places[0], count=2)
    found(bureau, "台账不全", site_id=bureau.places[1], source_level="市", inspection_id=None, status="已销号", count=7)
    found(bureau, "值守空岗", site_id=bureau.places[2], source_level="乡自查", inspection_id=None, count=5)
    whole = text(bureau.compose("period_summary", from_=day(3, 1), until=day(3, 20)))
    assert "走访点位1个，其中存在问题的点位1个，发现问题2个" in whole
    assert "上级反馈问题7个，已全部整改。" in whole
    assert "台账不全" not in whole
    assert "值守空岗" not in whole


def test_a_bulletin_counts_its_own_and_names_what_came_from_above(bureau: Bureau) -> None:
    bureau.visit(bureau.trip, bureau.places[0])
    found(bureau, "无测温记录", site_id=bureau.places[0], count=2)
    city = found(bureau, "台账不全", site_id=bureau.places[3], source_level="市", inspection_id=None, count=3)
    both = text(bureau.compose("findings_bulletin", finding_ids=(city, city - 1), include=True))
    assert "走访点位1个，发现存在问题的点位1个、问题2个" in both
    assert "另有上级反馈问题3个，正在整改，一并通报。" in both
    paper = bureau.compose("findings_bulletin", finding_ids=(city, city - 1), include=True)
    assert not [n for n in checked(bureau, paper) if n.code.startswith("count") or n.code == "impossible"]


def checked(bureau: Bureau, paper: Paper) -> tuple[Notice, ...]:
    document = Document(kind=paper.kind, options={}, gap_reason="", hashes={})
    document.content = documents.to_json(paper)
    with bureau.workspace.reading() as session:
        return documents.check(session, document)


@pytest.mark.parametrize(
    ("count", "done", "said"),
    [(0, 0, ""), (3, 3, "上级反馈问题3个，已全部整改。"), (1, 1, "上级反馈问题1个，已整改。"),
     (3, 1, "上级反馈问题3个，已整改1个。"), (3, 0, "上级反馈问题3个，正在整改。")],
)  # fmt: skip
def test_what_came_from_above_in_words(count: int, done: int, said: str) -> None:
    assert told_above(count, done) == said


def test_nothing_found_is_news_and_nothing_written_down_is_not(bureau: Bureau) -> None:
    summary = text(bureau.compose("period_summary"))
    assert "2022年3月1日至4日，云岭县疫情防控指挥部办公室共开展疫情防控督查1次，未发现问题。" in summary
    assert not re.search(r"0个|走访点位|整改率", summary), summary
    found(bureau, "无测温记录", site_id=bureau.places[0])
    lead = bureau.compose("findings_bulletin").blocks[0].text
    assert "走访点位" not in lead
    assert "问题1个" in lead


def test_units_have_the_citys_problems_in_columns_of_their_own(bureau: Bureau) -> None:
    found(bureau, "无测温记录", count=2)
    found(bureau, "台账不全", source_level="市", unit_id=bureau.units["青石镇"], status="已销号", count=3)
    with bureau.workspace.reading() as session:
        page = units(session, EVERYTHING, dt.date(2022, 3, 20))
    labels = [column.label for column in page.columns]
    rows = {row[1]: dict(zip(labels, row, strict=True)) for row in page.rows}
    assert (rows["柳河镇"]["问题数"], rows["柳河镇"]["上级反馈问题数"]) == (2, 0)
    assert (rows["青石镇"]["问题数"], rows["青石镇"]["上级反馈已整改数"]) == (0, 3)
    assert (rows["合计"]["问题数"], rows["合计"]["上级反馈问题数"]) == (2, 3)
    assert "本级督查发现" in page.note


rows_ = st.lists(
    st.tuples(
        st.sampled_from(("县", "群众举报", "市", "省")), st.integers(0, 3), st.booleans(),
        st.sampled_from(("待交办", "整改中", "已销号", "挂账协调")), st.integers(1, 4),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_, st.lists(st.integers(0, 3), max_size=4))
def test_no_paper_of_a_random_office_has_an_impossible_total(
    bureau: Bureau, rows: list[tuple[Any, ...]], visits: list[int]
) -> None:
    with bureau.workspace.writing("试") as work:
        for cls in (Finding, Visit):
            work.session.query(cls).delete()
        work.bulk_add(Visit, [
            {"inspection_id": bureau.trip, "site_id": bureau.places[n], "on": day(3, 2)} for n in visits
        ])  # fmt: skip
        work.bulk_add(Finding, [
            {"serial": f"2022-{n:04}", "status": status, "source_level": source, "site_id": bureau.places[at],
             "inspection_id": bureau.trip if tied else None, "count": count, "fact": f"第{n}项记录缺失",
             "kind": "台账缺失", "unit_id": bureau.units["柳河镇"], "found_on": day(3, 2),
             "campaign_id": bureau.campaign}
            for n, (source, at, tied, status, count) in enumerate(rows)
        ])  # fmt: skip
        assert work.session.get(Inspection, bureau.trip) is not None
    for kind in ("findings_bulletin", "period_summary", "inspection_report"):
        paper = bureau.compose(kind, include=True)
        possible(paper, bool(visits))
        wrong = [n for n in checked(bureau, paper) if n.code.startswith("count") or n.code == "impossible"]
        assert not wrong, (wrong, text(paper))


def possible(paper: Paper, visited: bool) -> None:
    whole = text(paper)
    seen = [int(n) for n in re.findall(r"走访点位(\d+)个", whole)]
    faulty = [int(n) for n in re.findall(r"存在问题的(?:点位)?(\d+)个", whole)]
    assert visited or not seen, whole
    assert not seen or max(faulty, default=0) <= min(seen), whole
    total = [int(n) for n in re.findall(r"(?<!反馈)问题(\d+)个", whole)]
    done = [int(n) for n in re.findall(r"已解决(\d+)个", whole)]
    assert not done or max(done) <= max(total), whole
    groups = [int(n) for n in re.findall(r"（(\d+)个问题）", whole)]
    above = [int(n) for n in re.findall(r"另有上级反馈问题(\d+)个", whole)]
    assert not groups or sum(groups) == max(total) + sum(above), whole


def test_items_of_a_heading_that_says_a_number_come_to_it(bureau: Bureau) -> None:
    found(bureau, "测温枪停用，登记簿未用", site_id=bureau.places[0], count=2)
    found(bureau, "无人值守", site_id=bureau.places[1], inspection_id=None)
    found(bureau, "另一镇无人值守", unit_id=bureau.units["青石镇"], inspection_id=None)
    paper = bureau.compose("findings_bulletin", group_by="unit", detail="full")
    assert "测温枪停用，登记簿未用（计2个问题）。" in text(paper)
    assert not [n for n in checked(bureau, paper) if n.code.startswith("count")]


def test_what_a_township_found_itself_was_not_fed_back_to_it(tmp_path: Path) -> None:
    town = Bureau(tmp_path / "town", role="unit", name="柳河镇人民政府", short_name="柳河镇", county_name="")
    town.unit("东村", "村")
    at = {"unit_id": town.units["东村"], "found_on": day(3, 2)}
    town.finding("无测温记录", status="整改中", source_level="县", source_number="云防〔2022〕6号", count=2, **at)
    town.finding("值守空岗", status="整改中", source_level="乡自查", self_found=True, count=5, **at)
    paper = town.compose("rectification_report")
    assert "对照反馈的2个" in text(paper)
    assert "另有自查发现问题5个，一并报告。" in text(paper)
    assert not [n for n in checked(town, paper) if n.code.startswith("count")]

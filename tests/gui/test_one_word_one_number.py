"""One word, one number: every surface that tells a figure is asked for it, and all say the same.

首页 (cards and charts), 复制今日情况, the chips and the foot of the lists, the statistics as JSON and as a workbook,
and composed papers; over the demo office and offices made at random.
"""

import json
import random
import re

import pytest
from sqlalchemy import select

from exporters.composing import Options, compose
from exporters.workbooks.figures import period, units
from models.domain.findings.deadlines import Bucket
from models.domain.findings.lifecycle import Status
from models.queries.figures import drill_down, home, statistics
from models.queries.figures.drill_down import DrillDown
from models.queries.figures.scope import EVERYTHING
from models.queries.lists import catalog
from models.queries.lists.listing import ALL, ListQuery, ListReader
from models.queries.lookups import calendar
from models.records import Finding
from models.services.unit_of_work import Workspace
from models.storage.connection import connect

LEAD = re.compile(r"(?:(\d+)次|走访点位(\d+)个|存在问题的点位(\d+)个|发现问题(\d+)个|已解决(\d+)个)")


def shaken(workspace: Workspace, seed: int) -> None:
    """Another office with the same places: states, counts, sources and days drawn anew."""
    draw = random.Random(seed)
    with workspace.writing("试") as work:
        for finding in work.session.scalars(select(Finding).order_by(Finding.id)):
            work.set(
                finding,
                count=draw.choice((1, 1, 1, 2, 3, 12)),
                source_level=draw.choice(("县", "县", "群众举报", "市", "省", "乡自查")),
                status=str(draw.choice(list(Status))),
            )


@pytest.fixture(params=["demo", 1, 2, 3])
def office(request, demo):
    if request.param != "demo":
        shaken(demo.workspace, request.param)
    return demo


def surfaces(office) -> dict[str, dict[str, int]]:
    """By word, what each surface says."""
    today = office.workspace.today
    with office.workspace.reading() as session:
        page = home.home(session, today)
        told = json.loads(statistics.as_json(session, today))
        text = home.today_text(session, today)
        whole, pages = statistics.summary(session, today), period(session, EVERYTHING, today)
        days = calendar.bounds(session, today).parameters()
        paper = compose(session, "period_summary", Options(date=today))
        by_unit = units(session, EVERYTHING, today)
    sheet = dict(pages[0].rows)
    sums = dict(zip((column.label for column in by_unit.columns), by_unit.rows[-1], strict=True))
    figures = {figure.name: figure.value for figure in reversed(paper.figures)}
    connection = connect(office.folder.database, read_only=True)
    try:
        reader = ListReader(connection, catalog.spec("finding"), days)
        visits = ListReader(connection, catalog.spec("visit"), days)
        totals, chips = reader.totals(ListQuery()), reader.counts(ListQuery())
        visited = visits.counts(ListQuery())[ALL]
    finally:
        connection.close()
    return {
        "问题数": {"首页": page.problems, "json": told["problems"], "表": sheet["问题数"], "分单位": sums["问题数"],
                "列表": totals["问题"], "今日": int(re.search(r"累计发现问题(\d+)个", text)[1]),
                "各单位": sum(row.problems for row in page.units), "公文": figures.get("问题数", 0)},
        "已整改数": {"首页": page.solved, "json": told["solved"], "表": sheet["已整改数"], "分单位": sums["已整改数"],
                 "今日": int(re.search(r"已整改(\d+)个", text)[1]), "公文": figures.get("已整改数", 0)},
        "上级反馈问题数": {"首页": page.from_above, "json": told["from_above"], "列表": totals["上级反馈"],
                     "表": sheet["上级反馈问题数"], "公文": figures.get("上级反馈问题数", 0)},
        "单位自查问题数": {"json": told["found_by_units"], "列表": totals["单位自查"], "表": sheet["单位自查问题数"]},
        "逾期未办": {"首页": page.buckets[Bucket.OVERDUE], "json": told["buckets"]["逾期未办"], "表": sheet["逾期未办"],
                 "今日": int(re.search(r"逾期未办(\d+)个", text)[1]), "分单位": sums["逾期未办"],
                 "各单位": sum(row.overdue for row in page.units)},
        "逾期未整改（条）": {"首页": page.overdue, "筛选": chips["overdue"]},
        "待核查（条）": {"首页": page.to_verify, "筛选": chips["verifying"]},
        "督查次数": {"json": told["inspections"], "表": sheet["督查次数"], "公文": figures.get("督查次数", 0)},
        "走访点位数": {"json": told["sites_visited"], "表": sheet["走访点位数"], "公文": figures.get("走访点位数", 0)},
        "走访点次": {"列表": visited, "记录": whole.visits},
    }  # fmt: skip


def test_every_surface_says_the_same_of_the_same_word(office) -> None:
    found = surfaces(office)
    assert {word: said for word, said in found.items() if len(set(said.values())) > 1} == {}


def test_rows_and_problems_behind_a_number_are_its_own(office) -> None:
    today = office.workspace.today
    with office.workspace.reading() as session:
        page = home.home(session, today)
        counts = dict(session.execute(select(Finding.id, Finding.count)).tuples().all())
        for row in (*page.units, *page.kinds, *page.statuses):
            figure = DrillDown(unit_id=row.id) if row in page.units else DrillDown(
                kind=row.name if row in page.kinds else None, status=row.name if row in page.statuses else ""
            )  # fmt: skip
            behind = drill_down.findings(session, figure, today)
            assert (len(behind), sum(counts[id_] for id_ in behind)) == (row.findings, row.problems), row.name

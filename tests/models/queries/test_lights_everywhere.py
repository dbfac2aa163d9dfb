"""The office's 临期提醒 holds wherever a light is shown: in the rule, the list, the first page and the figures."""

import datetime as dt
from itertools import product
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from gui.lists.cached_first_page import read, remember
from models.domain.findings.deadlines import Light, light, limit, near_until
from models.domain.findings.lifecycle import Status
from models.queries.figures import statistics
from models.queries.lists import columns
from models.queries.lists.listing import ListQuery, ListReader, bounds
from models.queries.lookups import calendar
from models.records import Finding, Office, Unit
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

TODAY = dt.date(2022, 3, 15)
OFFSETS = (*range(-2, 16), None)
REVIEWS = (None, 1, 6)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A problem of every status, due on every day around today."""
    store = Store(DataFolder(tmp_path_factory.mktemp("office")))
    made = Workspace(store, clock=lambda: dt.datetime.combine(TODAY, dt.time(9)))
    records.create(made, Office, {"role": "county", "name": "云水县防控办", "short_name": "县防控办"})
    unit = records.create(made, Unit, {"name": "临河镇", "kind": "乡镇"}).id
    with made.writing("备数据") as work:
        for number, (status, due, review) in enumerate(product(Status, OFFSETS, REVIEWS)):
            work.add(
                Finding(
                    serial=f"2022-{number:04d}", status=str(status), unit_id=unit, kind="测温", fact=f"第{number}项",
                    found_on=dt.date(2022, 3, 1), source_level="县", deadline=day(due), review_on=day(review),
                )
            )  # fmt: skip
    yield made
    store.close()


def day(offset: int | None) -> dt.date | None:
    return None if offset is None else TODAY + dt.timedelta(days=offset)


@pytest.fixture(params=[1, 3, 8])
def near(request, workspace):
    """The last day that is near, by the office's own number of days."""
    records.update(workspace, Office, 1, None, {"near_days": request.param})
    with workspace.reading() as session:
        found = calendar.near_until(session, TODAY)
    assert found == {1: dt.date(2022, 3, 16), 3: dt.date(2022, 3, 18), 8: dt.date(2022, 3, 25)}[request.param]
    return found


def by_the_rule(workspace, today, near):
    """The light of every problem by the rule itself."""
    days = next(n for n in range(30) if near_until(today, near=n) >= near)
    with workspace.reading() as session:
        found = session.execute(select(Finding.id, Finding.status, Finding.deadline, Finding.review_on)).all()
    return {
        id_: light(Status(status), limit(Status(status), deadline, review), today, near=days)
        for id_, status, deadline, review in found
    }


@pytest.fixture
def reader(workspace, near):
    connection = connect(workspace.store.folder.database, read_only=True)
    yield ListReader(connection, columns.spec("finding"), bounds(TODAY, near))
    connection.close()


def test_the_list_shows_the_lights_of_the_rule(workspace, near, reader):
    rows = reader.rows(reader.ids(ListQuery()))
    assert len(rows) == len(Status) * len(OFFSETS) * len(REVIEWS)
    assert {row[0]: row[1] for row in rows} == by_the_rule(workspace, TODAY, near)


def test_the_chips_count_the_lights_of_the_rule(workspace, near, reader):
    lights = list(by_the_rule(workspace, TODAY, near).values())
    counts = reader.counts(ListQuery())
    assert counts["overdue"] == lights.count(Light.RED)
    assert counts["near"] == lights.count(Light.BLUE) + lights.count(Light.YELLOW)


@pytest.mark.parametrize("later", [0, 1, 4])
def test_the_remembered_first_page_shows_the_lights_of_its_day(workspace, near, reader, later):
    """What is near is known from the day before; red and yellow are of the day it is shown on."""
    table = SimpleNamespace(
        records=SimpleNamespace(columns=reader.spec.columns, spec=reader.spec, query=ListQuery(sort="serial")),
        shown_columns=lambda: [n for n, c in enumerate(reader.spec.columns) if c.key in ("light", "serial")],
        columnWidth=lambda _: 80,
    )
    kept = remember(table, bounds(TODAY, near))
    kept["sql"] = kept["sql"].replace("LIMIT 40", "LIMIT 4000")
    shown = read(workspace.store.folder.database, kept, day(later))
    with workspace.reading() as session:
        ids = dict(session.execute(select(Finding.serial, Finding.id)).all())
    keys = [column[0] for column in kept["columns"]]
    found = {ids[row[keys.index("serial")]]: row[keys.index("light")] for row in shown}
    assert len(found) == len(ids)
    right = by_the_rule(workspace, day(later), near)
    differing = {id_ for id_ in ids.values() if found[id_] != right[id_]}
    assert not {id_ for id_ in differing if Light.BLUE not in (found[id_], right[id_])}
    assert not differing or later


def test_the_home_page_counts_the_lights_of_the_rule(workspace, near):
    lights = list(by_the_rule(workspace, TODAY, near).values())
    with workspace.reading() as session:
        home = statistics.home(session, TODAY)
    assert (home.overdue, home.due, home.near) == tuple(map(lights.count, (Light.RED, Light.YELLOW, Light.BLUE)))

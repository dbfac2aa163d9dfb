"""Lights and 填报状态 are one rule each: Python, the lists' SQL, the figures and the remembered first page agree."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gui.forms.panels.finding_panel import due_in_words
from gui.lists import cached_first_page
from models.domain.findings import deadlines
from models.domain.findings.lifecycle import UNCOUNTED, Status
from models.domain.findings.unit_status import OWN, LocalStatus, own_told, told
from models.errors import Refusal
from models.queries.figures import conditions
from models.queries.figures import home as first_page
from models.queries.lists import catalog
from models.queries.lists.listing import Filter, ListQuery, ListReader
from models.queries.lookups import calendar
from models.records import Finding, Holiday, Office
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

TODAY = dt.date(2026, 9, 25)  # before a week of holidays
days = st.one_of(st.none(), st.integers(-5, 30).map(lambda n: TODAY + dt.timedelta(days=n)))
Row = tuple[Status, dt.date | None, dt.date | None, str, bool]
rows_of_findings = st.lists(
    st.tuples(st.sampled_from(list(Status)), days, days, st.sampled_from(["", *LocalStatus]), st.booleans()),
    min_size=1, max_size=20,
)  # fmt: skip


EVERY_DAY: list[Row] = [
    (status, TODAY + dt.timedelta(days=n), review, "", False)
    for n in range(-2, 16)
    for status, review in ((Status.RECTIFYING, None), (Status.SUSPENDED, TODAY + dt.timedelta(days=n - 1)))
]
"""Deadlines on and beside every bound, which generated ones seldom meet."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    store = Store(DataFolder(tmp_path_factory.mktemp("office")))
    workspace = Workspace(store, clock=lambda: dt.datetime.combine(TODAY, dt.time(9)))
    with workspace.writing("备数据") as work:
        work.add(Office(role="county", name="云水县指挥部办公室", short_name="指挥部办公室"))
        work.add(Holiday(on=dt.date(2026, 10, 1), name="国庆节", works=False))
        work.add(Holiday(on=dt.date(2026, 9, 27), name="调休", works=True))
    yield workspace
    store.close()


def write(workspace: Workspace, near: int, rows: list[Row]) -> None:
    with workspace.writing("试") as work:
        work.session.query(Finding).delete()
        work.set(work.session.scalars(select(Office)).one(), near_days=near)
        work.bulk_add(Finding, [
            {"serial": f"{n:03d}", "status": str(status), "deadline": deadline, "review_on": review,
             "local_status": str(local), "self_found": own, "kind": "甲", "source_level": "县", "fact": "乙"}
            for n, (status, deadline, review, local, own) in enumerate(rows)
        ])  # fmt: skip


def cells(workspace: Workspace, bounds: deadlines.Bounds, name: str, key: str) -> dict[str, str]:
    """What a list shows in one column, by the findings' serials."""
    with closing(connect(workspace.store.folder.database, read_only=True)) as connection:
        reader = ListReader(connection, catalog.spec(name), bounds.parameters())
        at = {column.key: n for n, column in enumerate(reader.spec.columns, 1)}
        found = [row for row in reader.rows(reader.ids(ListQuery())) if row]
        return {row[at["serial"]]: row[at[key]] for row in found}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(1, EVERY_DAY)
@example(3, EVERY_DAY)
@given(st.integers(0, 12), rows_of_findings)
def test_everywhere_a_finding_has_the_same_light(workspace: Workspace, near: int, rows: list[Row]) -> None:
    write(workspace, near, rows)
    with workspace.reading() as session:
        bounds = calendar.bounds(session, TODAY)
        lit = session.execute(select(Finding.serial, conditions.light(bounds)))
        figures = {row.serial: row[1] for row in lit}
        form = {one.serial: due_in_words(one, bounds)[0] for one in session.scalars(select(Finding))}
        home = first_page.home(session, TODAY)
    wanted = {
        f"{n:03d}": str(deadlines.light(status, deadlines.limit(status, deadline, review), bounds))
        for n, (status, deadline, review, *_) in enumerate(rows)
    }
    assert cells(workspace, bounds, "finding", "light") == figures == form == wanted
    counted = [wanted[f"{n:03d}"] for n, row in enumerate(rows) if row[0] not in UNCOUNTED]
    assert (home.overdue, home.due, home.near) == tuple(counted.count(light) for light in "红黄蓝")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(1, EVERY_DAY)
@example(3, EVERY_DAY)
@given(st.integers(0, 12), rows_of_findings)
def test_chips_and_days_overdue_follow_the_light(workspace: Workspace, near: int, rows: list[Row]) -> None:
    write(workspace, near, rows)
    with workspace.reading() as session:
        bounds = calendar.bounds(session, TODAY)
    with closing(connect(workspace.store.folder.database, read_only=True)) as connection:
        reader = ListReader(connection, catalog.spec("finding"), bounds.parameters())
        counts = reader.counts(ListQuery())
        lit = {light: reader.count(ListQuery(filters=(Filter("light", "values", (light,)),))) for light in "红黄蓝"}
        late = reader.count(ListQuery(filters=(Filter("days_over", "number", low="1"),)))
    assert (counts["overdue"], counts["near"]) == (lit["红"], lit["黄"] + lit["蓝"])
    assert late == lit["红"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 12), st.integers(-3, 400))
def test_the_remembered_first_page_has_the_bounds_of_its_own_day(workspace: Workspace, near: int, later: int) -> None:
    write(workspace, near, [])
    today = TODAY + dt.timedelta(days=later)
    with workspace.reading() as session, closing(connect(workspace.store.folder.database, read_only=True)) as plain:
        assert cached_first_page.bounds(plain, today) == calendar.bounds(session, today)


@pytest.mark.parametrize("later", [0, 1, 9])
@pytest.mark.parametrize("near", [1, 3, 8])
def test_the_remembered_first_page_shows_the_lights_of_the_day_it_is_read(
    workspace: Workspace, near: int, later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [(Status.RECTIFYING, TODAY + dt.timedelta(days=n), None, "", False) for n in range(-2, 30)]
    write(workspace, near, rows)
    monkeypatch.setattr(cached_first_page, "ROWS", len(rows))
    spec, today = catalog.spec("finding"), TODAY + dt.timedelta(days=later)
    table = SimpleNamespace(
        records=SimpleNamespace(spec=spec, columns=spec.columns, query=ListQuery()),
        shown_columns=lambda: [n for n, column in enumerate(spec.columns) if column.key in ("light", "deadline")],
        columnWidth=lambda _: 80,
    )
    with workspace.reading() as session:
        kept = cached_first_page.remember(table, calendar.bounds(session, TODAY).parameters())
        bounds = calendar.bounds(session, today)
    shown = {row[1]: row[0] for row in cached_first_page.read(workspace.store.folder.database, kept, today)}
    assert shown == {
        deadline.isoformat(): str(deadlines.light(status, deadline, bounds)) for status, deadline, *_ in rows
    }


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_of_findings)
def test_a_units_lists_say_what_its_form_says(workspace: Workspace, rows: list[Row]) -> None:
    write(workspace, 3, rows)
    bounds = deadlines.Bounds.of(TODAY)
    received = {f"{n:03d}": row for n, row in enumerate(rows) if not row[4]}
    own = {f"{n:03d}": row for n, row in enumerate(rows) if row[4]}
    assert cells(workspace, bounds, "received", "local_status") == {
        serial: told(LocalStatus(local or LocalStatus.EMPTY), status)
        for serial, (status, _, _, local, _) in received.items()
    }
    assert cells(workspace, bounds, "own", "status") == {serial: own_told(row[0]) for serial, row in own.items()}


def test_the_manual_names_the_shipped_number_of_days() -> None:
    manual = Path(__file__).parents[2] / "resources" / "manual" / "督查问题.md"
    assert f"没有改过就是 {deadlines.NEAR_WORKDAYS} 个" in manual.read_text("utf-8")
    assert OWN[Status.CLOSED] == "已整改"


def test_more_days_than_a_year_are_refused_by_name(workspace: Workspace) -> None:
    office = workspace.office()
    with pytest.raises(Refusal, match="“临期提醒”最多 366 个工作日，现填 400。"):
        records.update(workspace, Office, office.id, office.version, {"near_days": 400})

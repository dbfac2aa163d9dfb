import datetime as dt

import pytest

from models.domain.findings.deadlines import Bounds
from models.queries.lists import catalog, columns
from models.queries.lists.listing import Filter, ListQuery, ListReader
from models.records import Finding, Person, Site, Term, Unit
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

TODAY = dt.date(2022, 3, 15)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    store = Store(DataFolder(tmp_path_factory.mktemp("office")))
    workspace = Workspace(store, clock=lambda: dt.datetime(2022, 3, 15, 9))
    units = [
        records.create(workspace, Unit, {"name": name, "kind": "乡镇", "pinyin": pinyin}).id
        for name, pinyin in (("临河镇", "linhezhen lhz"), ("安阳乡", "anyangxiang ayx"))
    ]
    site = records.create(workspace, Site, {"name": "惠民药店", "kind": "药店", "unit_id": units[0]}).id
    with workspace.writing("备数据") as work:
        for n in range(40):
            work.add(
                Finding(
                    serial=f"2022-{n:04d}", status=("草稿", "整改中", "已销号", "待核查")[n % 4],
                    unit_id=units[n % 2], site_id=site if n % 2 == 0 else None, kind="测温" if n < 10 else "消杀",
                    fact=f"第{n}项未测温记录", found_on=dt.date(2022, 3, 1), source_level="县",
                    deadline=dt.date(2022, 3, 1) + dt.timedelta(days=n),
                )
            )  # fmt: skip
    yield workspace
    store.close()


@pytest.fixture
def reader(workspace):
    connection = connect(workspace.store.folder.database, read_only=True)
    yield lambda name: ListReader(connection, catalog.spec(name), Bounds(TODAY, dt.date(2022, 3, 18)).parameters())
    connection.close()


@pytest.mark.parametrize("name", catalog.ALL_SPECS)
def test_every_list_reads_sorts_and_filters_every_column(reader, name):
    list_ = reader(name)
    for column in list_.spec.columns:
        for kind in ("values", "text", "days", "number"):
            one = Filter(column.key, kind, (None, "x"), ("", "x"), "1", "2", "x")
            query = ListQuery("字 zi", (one,), sort=column.key, descending=True, campaign=1)
            ids = list_.ids(query)
            assert len(ids) == list_.count(query)
            assert list_.values(query, column.key) is not None
        list_.rows(list_.ids(ListQuery(sort=column.key)))
    for chip in list_.spec.chips:
        assert list_.counts(ListQuery())[chip.key] == list_.count(ListQuery(chip=chip.key))


def test_a_row_holds_id_and_every_column(reader):
    list_ = reader("finding")
    ids = list_.ids(ListQuery(), 5)
    rows = list_.rows([*ids, 9999])
    assert [row[0] for row in rows[:-1]] == list(ids)
    assert rows[-1] is None
    assert all(len(row) == len(list_.spec.columns) + 1 for row in rows[:-1])


def test_units_sort_by_pinyin(reader):
    names = [row[1] for row in reader("unit").rows(reader("unit").ids(ListQuery(sort="name")))]
    assert names == ["安阳乡", "临河镇"]
    list_ = reader("finding")
    place = [c.key for c in list_.spec.columns].index("unit_id") + 1
    units = [row[place] for row in list_.rows(list_.ids(ListQuery(sort="unit_id")))]
    assert units == ["安阳乡"] * 20 + ["临河镇"] * 20


def test_status_sorts_by_its_place_in_life(reader):
    list_ = reader("finding")
    place = [c.key for c in list_.spec.columns].index("status") + 1
    states = [row[place] for row in list_.rows(list_.ids(ListQuery(sort="status")))]
    assert list(dict.fromkeys(states)) == ["草稿", "整改中", "待核查", "已销号"]


@pytest.mark.parametrize(("typed", "found"), [("第7项", 1), ("测温", 40), ("惠民", 20), ("测温 安阳", 20), ("没有", 0)])
def test_findings_are_searched_as_typed(reader, typed, found):
    assert reader("finding").count(ListQuery(search=typed)) == found


def test_units_are_found_by_initials_and_wildcards_mean_themselves(reader):
    assert reader("unit").count(ListQuery(search="lhz")) == 1
    assert reader("site").count(ListQuery(search="lhz")) == 1
    assert reader("unit").count(ListQuery(search="%")) == 0


def test_lights_chips_and_overdue_agree(reader):
    list_ = reader("finding")
    counts = list_.counts(ListQuery())
    red = Filter("light", "values", ("红",), ("红",))
    late = Filter("days_over", "number", low="1")
    assert counts["overdue"] == list_.count(ListQuery(filters=(red,))) == list_.count(ListQuery(filters=(late,))) == 4
    assert counts["near"] == list_.count(ListQuery(filters=(Filter("light", "values", ("蓝", "黄"), ()),))) == 1


def test_values_count_under_the_other_filters_but_not_its_own(reader):
    list_ = reader("finding")
    own = Filter("kind", "values", ("测温",), ("测温",))
    other = Filter("unit_id", "values", (1,), ("临河镇",))
    assert list_.values(ListQuery(filters=(own,)), "kind") == [("测温", "测温", 10), ("消杀", "消杀", 30)]
    assert [n for *_, n in list_.values(ListQuery(filters=(own, other)), "kind")] == [5, 15]


def test_empty_values_can_be_asked_for(reader):
    nowhere = Filter("site_id", "values", (None,), ("",))
    assert reader("finding").count(ListQuery(filters=(nowhere,))) == 20


def test_days_filter_includes_both_ends(reader):
    days = Filter("deadline", "days", low="2022-03-03", high="2022-03-05")
    assert reader("finding").count(ListQuery(filters=(days,))) == 3


def test_deleted_records_leave_their_list_for_the_bin(workspace, reader):
    id_ = records.create(workspace, Person, {"name": "赵一"}).id
    records.delete(workspace, Person, [id_])
    assert reader("person").count(ListQuery(search="赵一")) == 0
    rows = reader("bin").rows(reader("bin").ids(ListQuery()))
    assert [(columns.bin_row(row[0]), row[2], row[3]) for row in rows] == [(("person", id_), "人员", "赵一")]


def test_a_query_comes_back_from_json():
    import json

    query = ListQuery("测温", (Filter("kind", "values", ("测温", None), ("测温", "")),), "overdue", "deadline", True, 3)
    assert ListQuery.from_json(json.loads(json.dumps(query.as_json()))) == query


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Filter("a", "values", (1, None), ("甲", "")), "甲、（空）"),
        (Filter("a", "text", text="测温"), "含“测温”"),
        (Filter("a", "days", low="2022-03-01"), "2022-03-01 起"),
        (Filter("a", "days", high="2022-03-01"), "到 2022-03-01 止"),
        (Filter("a", "days", low="2022-03-01", high="2022-03-02"), "2022-03-01 至 2022-03-02"),
        (Filter("a", "days", low="2022-03-01", high="2022-03-01"), "2022-03-01"),
    ],
)
def test_a_filter_reads_as_words(one, words):
    assert one.words == words


def test_choices_sort_by_their_place_in_the_dictionary(workspace, reader):
    for name, position in (("测温", 2), ("消杀", 1)):
        records.create(workspace, Term, {"dictionary": "finding_kind", "name": name, "position": position})
    list_ = reader("finding")
    place = [column.key for column in list_.spec.columns].index("kind") + 1
    kinds = [row[place] for row in list_.rows(list_.ids(ListQuery(sort="kind")))]
    assert kinds == ["消杀"] * 30 + ["测温"] * 10


def test_the_log_calls_a_field_as_its_record_does(workspace, reader):
    records.update(workspace, Finding, 1, None, {"fact": "改过的事实", "note": "改过的备注"})
    log = reader("change")
    place = 1 + [column.key for column in log.spec.columns].index("what")
    assert log.rows(log.ids(ListQuery())[:1])[0][place] == "问题事实、备注"

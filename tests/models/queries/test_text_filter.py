"""The filter of a long text goes by the search index: it must find what reading every row would."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.findings.deadlines import Bounds
from models.queries.lists import catalog
from models.queries.lists.listing import Filter, ListQuery, ListReader
from models.records import Finding
from models.services.unit_of_work import Workspace
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

TODAY = dt.date(2022, 3, 15)
FACTS = (
    "第7771号药店未登记，体温枪2把坏。",
    "Wi-Fi 覆盖 50%_不足；“三查”缺 ①②，ＡＢ类Ⅱ级",
    "第二次检查\n换行后仍未测温 é È ß",
    "𠮷野家门口🙂无人值守—‘扫码’",
    "  空格  和全角　空格 a b c  ",
)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = DataFolder(tmp_path_factory.mktemp("office"))
    store = Store(folder)
    with Workspace(store, clock=lambda: dt.datetime(2022, 3, 15, 9)).writing("备数据") as work:
        for n, fact in enumerate(FACTS):
            work.add(Finding(serial=f"2022-{n:04d}", status="草稿", fact=fact, found_on=TODAY, source_level="县"))
    connection = connect(folder.database, read_only=True)
    yield ListReader(connection, catalog.spec("finding"), Bounds(TODAY, TODAY).parameters())
    connection.close()
    store.close()


def _lowered(text: str) -> str:
    """As SQLite compares: capital letters of ASCII only."""
    return "".join(one.lower() if one.isascii() else one for one in text)


@given(data=st.data())
def test_every_part_of_a_text_finds_it(read, data):
    fact = data.draw(st.sampled_from(FACTS))
    start = data.draw(st.integers(0, len(fact) - 1))
    part = fact[start : data.draw(st.integers(start + 1, len(fact)))]
    asked = ListQuery(filters=(Filter("fact", "text", text=part),))
    assert read.count(asked) == sum(_lowered(part) in _lowered(one) for one in FACTS)


def test_the_index_is_not_asked_about_other_columns(read):
    assert read.count(ListQuery(filters=(Filter("serial", "text", text="2-000"),))) == len(FACTS)
    assert read.count(ListQuery(filters=(Filter("unit_id", "text", text="未测温"),))) == 0

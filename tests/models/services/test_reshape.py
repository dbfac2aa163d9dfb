"""Splitting and merging keep every problem counted once, and the trail."""

import datetime as dt

import pytest

from models.errors import Refusal
from models.queries.figures import statistics
from models.records import Finding, Unit
from models.services import findings, records, split_merge, undo


@pytest.fixture
def units(desk):
    return [records.create(desk, Unit, {"name": n, "kind": "乡镇"}).id for n in ("柳河镇", "新桥镇")]


def finding(desk, unit, fact="无测温记录", count=1):
    values = {
        "fact": fact, "kind": "测温登记", "source_level": "县", "found_on": dt.date(2022, 3, 5),
        "unit_id": unit, "count": count,
    }  # fmt: skip
    return records.create(desk, Finding, values).id


def read(desk, id_):
    with desk.reading() as session:
        return session.get(Finding, id_)


def problems(desk):
    with desk.reading() as session:
        return statistics.problems(session)


def test_split_parts_inherit_and_add_up(desk, units):
    id_ = finding(desk, units[0], count=5)
    done = split_merge.split(desk, id_, [{"fact": "甲", "count": 2}, {"fact": "乙", "count": 3}])
    new = next(t.id for t in done.touched if t.id != id_)
    assert (read(desk, id_).fact, read(desk, id_).count) == ("甲", 2)
    other = read(desk, new)
    assert (other.fact, other.count, other.split_from_id, other.unit_id) == ("乙", 3, id_, units[0])
    assert (other.status, other.serial) == ("待交办", "2022-0002")
    assert problems(desk) == 5
    undo.undo(desk, done.operation)
    assert (read(desk, id_).fact, read(desk, id_).count) == ("无测温记录", 5)
    assert problems(desk) == 5


def test_merge_sums_and_names_where_the_others_went(desk, units):
    ids = [finding(desk, units[0], fact, count) for fact, count in (("甲", 1), ("乙", 2), ("丙", 1))]
    split_merge.merge(desk, ids, ids[0], fact="甲、乙、丙")
    assert (read(desk, ids[0]).count, read(desk, ids[0]).fact) == (4, "甲、乙、丙")
    assert [read(desk, i).merged_into_id for i in ids[1:]] == [ids[0], ids[0]]
    assert {read(desk, i).status for i in ids[1:]} == {"作废"}
    assert "2022-0001" in read(desk, ids[1]).note
    assert problems(desk) == 4


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([{"fact": "甲"}], "两个"),
        ([{"fact": "甲"}, {"fact": " "}], "第 2 个"),
        ([{"fact": "甲", "count": 1}, {"fact": "乙", "count": 1}], "合计 5 个"),
    ],
)
def test_parts_that_will_not_do(desk, units, parts, sentence):
    id_ = finding(desk, units[0], count=5)
    with pytest.raises(Refusal, match=sentence):
        split_merge.split(desk, id_, parts)
    assert read(desk, id_).count == 5


def test_what_cannot_be_merged(desk, units):
    one, other = finding(desk, units[0]), finding(desk, units[1])
    with pytest.raises(Refusal, match="两个以上"):
        split_merge.merge(desk, [one], one)
    with pytest.raises(Refusal, match="同一责任单位"):
        split_merge.merge(desk, [one, other], one)
    third = records.create(desk, Finding, {"fact": "丁", "unit_id": units[0]}).id
    with pytest.raises(Refusal, match="状态相同"):
        split_merge.merge(desk, [one, third], one)
    findings.take(desk, other, "void", {"reason": "写错"})
    with pytest.raises(Refusal, match="不能拆分或合并"):
        split_merge.split(desk, other, [{"fact": "甲"}, {"fact": "乙"}])

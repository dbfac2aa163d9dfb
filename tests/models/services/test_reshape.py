"""Splitting and merging keep every problem counted once, and the trail."""

import datetime as dt

import pytest

from models.errors import Refusal
from models.queries.figures import statistics
from models.records import Finding, Unit
from models.services import findings, records, split_merge, undo


@pytest.fixture
def units(workspace):
    return [records.create(workspace, Unit, {"name": n, "kind": "乡镇"}).id for n in ("柳河镇", "新桥镇")]


def finding(workspace, unit, fact="无测温记录", count=1):
    values = {
        "fact": fact, "kind": "测温登记", "source_level": "县", "found_on": dt.date(2022, 3, 5),
        "unit_id": unit, "count": count,
    }  # fmt: skip
    return records.create(workspace, Finding, values).id


def read(workspace, id_):
    with workspace.reading() as session:
        return session.get(Finding, id_)


def problems(workspace):
    with workspace.reading() as session:
        return statistics.problems(session)


def test_split_parts_inherit_and_add_up(workspace, units):
    id_ = finding(workspace, units[0], count=5)
    done = split_merge.split(workspace, id_, [{"fact": "甲", "count": 2}, {"fact": "乙", "count": 3}])
    new = next(t.id for t in done.touched if t.id != id_)
    assert (read(workspace, id_).fact, read(workspace, id_).count) == ("甲", 2)
    other = read(workspace, new)
    assert (other.fact, other.count, other.split_from_id, other.unit_id) == ("乙", 3, id_, units[0])
    assert (other.status, other.serial) == ("待交办", "2022-0002")
    assert problems(workspace) == 5
    undo.undo(workspace, done.operation)
    assert (read(workspace, id_).fact, read(workspace, id_).count) == ("无测温记录", 5)
    assert problems(workspace) == 5


def test_merge_sums_and_names_where_the_others_went(workspace, units):
    ids = [finding(workspace, units[0], fact, count) for fact, count in (("甲", 1), ("乙", 2), ("丙", 1))]
    split_merge.merge(workspace, ids, ids[0], fact="甲、乙、丙")
    assert (read(workspace, ids[0]).count, read(workspace, ids[0]).fact) == (4, "甲、乙、丙")
    assert [read(workspace, i).merged_into_id for i in ids[1:]] == [ids[0], ids[0]]
    assert {read(workspace, i).status for i in ids[1:]} == {"作废"}
    assert "2022-0001" in read(workspace, ids[1]).note
    assert problems(workspace) == 4


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([{"fact": "甲"}], "两个"),
        ([{"fact": "甲"}, {"fact": " "}], "第 2 个"),
        ([{"fact": "甲", "count": 1}, {"fact": "乙", "count": 1}], "合计 5 个"),
    ],
)
def test_parts_that_will_not_do(workspace, units, parts, sentence):
    id_ = finding(workspace, units[0], count=5)
    with pytest.raises(Refusal, match=sentence):
        split_merge.split(workspace, id_, parts)
    assert read(workspace, id_).count == 5


def test_what_cannot_be_merged(workspace, units):
    one, other = finding(workspace, units[0]), finding(workspace, units[1])
    with pytest.raises(Refusal, match="两个以上"):
        split_merge.merge(workspace, [one], one)
    with pytest.raises(Refusal, match="同一责任单位"):
        split_merge.merge(workspace, [one, other], one)
    third = records.create(workspace, Finding, {"fact": "丁", "unit_id": units[0]}).id
    with pytest.raises(Refusal, match="状态相同"):
        split_merge.merge(workspace, [one, third], one)
    findings.take(workspace, other, "void", {"reason": "写错"})
    with pytest.raises(Refusal, match="不能拆分或合并"):
        split_merge.split(workspace, other, [{"fact": "甲"}, {"fact": "乙"}])

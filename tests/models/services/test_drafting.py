"""A finding counts as soon as it is whole; what is kept back, incomplete or only reported does not."""

import datetime as dt

import pytest

from models.errors import Refusal
from models.queries.integrity import check
from models.records import Finding, Unit
from models.services import findings, records, undo

DAY = dt.date(2022, 3, 5)


@pytest.fixture
def unit(workspace) -> int:
    return records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id


@pytest.fixture
def made(workspace, unit):
    def make(**values) -> int:
        usual = {"fact": "无人值守", "kind": "值守", "source_level": "县", "found_on": DAY, "unit_id": unit}
        return records.create(workspace, Finding, usual | values).id

    return make


def state(workspace, id_: int) -> Finding:
    with workspace.reading() as session:
        return session.get_one(Finding, id_)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "待交办"),
        ({"fact": ""}, "草稿"),
        ({"found_on": None}, "草稿"),
        ({"unit_id": None}, "草稿"),
        ({"source_level": "群众举报"}, "草稿"),
        ({"source_level": "市"}, "待交办"),
        ({"status": "草稿"}, "草稿"),
    ],
)
def test_where_a_finding_starts(workspace, made, values, status):
    assert state(workspace, made(**values)).status == status


def test_without_a_kind_or_a_source_the_usual_is_taken_and_marked(workspace, made):
    id_ = made(kind="", source_level="")
    found = state(workspace, id_)
    assert (found.status, found.kind, found.source_level) == ("待交办", "其他", "县")
    assert found.missing == "问题类别、问题来源"
    records.update(workspace, Finding, id_, None, {"kind": "消毒"})
    assert state(workspace, id_).missing == "问题来源"


def test_with_a_day_ahead_it_is_kept_as_a_draft(workspace, made):
    """The clock of an old PC may stand years back: nothing is lost for it, and nothing counts that is not so."""
    id_ = made(found_on=dt.date(2023, 1, 1))
    assert state(workspace, id_).status == "草稿"
    with pytest.raises(Refusal, match="“发现日期”晚于今天"):
        findings.take(workspace, id_, "submit", {})
    findings.save(workspace, id_, None, {"found_on": DAY})
    assert state(workspace, id_).status == "待交办"


def test_filling_in_what_was_missing_makes_it_count_however_it_is_filled_in(workspace, made, unit):
    one, other = made(unit_id=None), made(found_on=None)
    records.update_many(workspace, Finding, [one, other], {"unit_id": unit, "found_on": DAY})
    assert {state(workspace, one).status, state(workspace, other).status} == {"待交办"}
    with workspace.reading() as session:
        last = undo.recent(session, 1)[0]
    undo.undo(workspace, last.operation)
    assert {state(workspace, one).status, state(workspace, other).status} == {"草稿"}
    assert check(workspace.store.folder) == []


def test_what_was_kept_back_stays_when_many_are_edited(workspace, made):
    kept = made(status="草稿")
    records.update_many(workspace, Finding, [kept], {"note": "补充材料"})
    assert state(workspace, kept).status == "草稿"


def test_what_loses_its_day_is_a_draft_again(workspace, made):
    id_ = made()
    records.update(workspace, Finding, id_, None, {"found_on": None})
    assert state(workspace, id_).status == "草稿"


def test_saving_in_the_form_lets_it_count_and_keeping_it_back_does_not(workspace, made):
    id_ = made(status="草稿")
    findings.save(workspace, id_, None, {"fact": "卡点无人值守"}, keep_draft=True)
    assert state(workspace, id_).status == "草稿"
    findings.save(workspace, id_, None, {"fact": "东口卡点无人值守"})
    assert state(workspace, id_).status == "待交办"
    findings.save(workspace, id_, None, {"fact": "西口卡点无人值守"}, keep_draft=True)
    assert state(workspace, id_).status == "草稿"


def test_it_goes_back_before_it_is_handed_over_and_not_after(workspace, made):
    id_ = made()
    findings.take(workspace, id_, "hold", {})
    assert state(workspace, id_).status == "草稿"
    findings.take(workspace, id_, "submit", {})
    findings.take(workspace, id_, "hand_over", {"deadline": dt.date(2022, 3, 20), "requirement": "整改"})
    with pytest.raises(Refusal, match="“待交办”时才能“退回草稿”"):
        findings.take(workspace, id_, "hold", {})


def test_a_report_counts_once_it_is_said_who_verified_it(workspace, made):
    id_ = made(source_level="群众举报", note="来电举报")
    findings.save(workspace, id_, None, {"fact": "卡点无人值守"})
    assert state(workspace, id_).status == "草稿"
    with pytest.raises(Refusal, match="核实人"):
        findings.take(workspace, id_, "submit", {})
    findings.take(workspace, id_, "submit", {"confirmed_by": "王晓燕", "confirmed_on": dt.date(2022, 3, 6)})
    found = state(workspace, id_)
    assert (found.status, found.note) == ("待交办", "来电举报\n群众举报已核实：王晓燕，2022年3月6日")


def test_many_are_sent_on_at_once_each_with_what_stands_in(workspace, made):
    ids = [made(status="草稿", kind=""), made(status="草稿"), made(fact="", status="草稿")]
    _done, results = findings.take_many(workspace, ids, "submit", {})
    assert [bool(one.reason) for one in results] == [False, False, True]
    assert (state(workspace, ids[0]).kind, state(workspace, ids[0]).missing) == ("其他", "问题类别")

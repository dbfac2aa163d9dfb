"""A case's stages, the checks of its dispositions, and the order of its parties."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.domain.cases.duties import GUESSED
from models.errors import Refusal
from models.queries.facts import history
from models.queries.lookups.measure_doubts import doubted
from models.records import AccountabilityCase, Change, Disposition, Measure, Party, Unit
from models.services import cases, records


@pytest.fixture
def case(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    return records.create(
        workspace, AccountabilityCase, {"unit_id": unit, "fact": "值守脱岗", "conduct_from": dt.date(2022, 2, 3)}
    ).id


def party(workspace, case, name="何平", identities=("中共党员", "公职人员"), **more):
    values = {"case_id": case, "name": name, "duty": "直接责任", "identities": list(identities)} | more
    return records.create(workspace, Party, values).id


def dispose(workspace, party, measure, **more):
    values = {"party_id": party, "measure": measure, "decided_on": dt.date(2022, 2, 14)} | more
    return records.create(workspace, Disposition, values).id


def test_a_case_is_numbered_and_starts_as_a_clue(workspace, case):
    with workspace.reading() as session:
        found = session.get(AccountabilityCase, case)
    assert (found.code, found.stage) == ("2022-A001", "线索")


def test_a_number_of_the_clerks_own_is_not_given_again(workspace, case):
    records.update(workspace, AccountabilityCase, case, None, {"code": "2022-A007"})
    following = records.create(workspace, AccountabilityCase, {"fact": "值守迟到", "unit_id": 1}).id
    with workspace.reading() as session:
        assert session.get(AccountabilityCase, following).code == "2022-A008"


def test_the_way_to_the_decision(workspace, case):
    cases.take(workspace, case, "verify", {})
    with pytest.raises(Refusal, match="责任人员"):
        cases.take(workspace, case, "propose", {"proposer": "县防控办", "proposed_on": dt.date(2022, 2, 10)})
    someone = party(workspace, case)
    cases.take(workspace, case, "propose", {"proposer": "县防控办", "proposed_on": dt.date(2022, 2, 10)})
    cases.take(workspace, case, "submit", {})
    given = {
        "approver": "陈志远", "approved_on": dt.date(2022, 2, 11), "receiving_organ": "县纪委监委",
        "handed_on": dt.date(2022, 2, 12),
    }  # fmt: skip
    cases.take(workspace, case, "transfer", given)
    with pytest.raises(Refusal, match="处理"):
        cases.take(workspace, case, "decide", {})
    dispose(workspace, someone, "党内警告")
    cases.take(workspace, case, "decide", {})
    with workspace.reading() as session:
        found = session.get(AccountabilityCase, case)
        assert (found.stage, found.receiving_organ) == ("决定", "县纪委监委")


def test_what_has_no_column_is_kept_in_the_log(workspace, case):
    party_ = party(workspace, case)
    proposed = {"proposer": "县防控办", "proposed_on": dt.date(2022, 2, 10)}
    handed = {"approver": "陈志远", "approved_on": dt.date(2022, 2, 11), "receiving_organ": "县纪委监委"}
    handed["handed_on"] = dt.date(2022, 2, 12)
    for key, given in (("verify", {}), ("propose", proposed), ("submit", {}), ("transfer", handed)):
        cases.take(workspace, case, key, given)
    dispose(workspace, party_, "党内警告")
    cases.take(workspace, case, "decide", {})
    cases.take(workspace, case, "execute", {"executed_on": dt.date(2022, 2, 20)})
    with workspace.reading() as session:
        last = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert "2022-02-20" in last.note
        assert any(
            "2022-02-20" in line
            for event in history.of(session, session.get(AccountabilityCase, case))
            for line in event.details
        )


def test_the_effect_ends_where_the_law_fixes_it(workspace, case):
    disposition = dispose(workspace, party(workspace, case), "政务记过")
    with workspace.reading() as session:
        assert session.get(Disposition, disposition).effect_end == dt.date(2023, 2, 13)


@pytest.mark.parametrize(
    ("identities", "measure"),
    [(["公职人员"], "党内警告"), (["中共党员"], "政务记过"), (["村(社区)干部"], "政务撤职")],
)
def test_a_measure_that_does_not_fit_the_party_is_kept_and_told(workspace, case, identities, measure):
    id_ = dispose(workspace, party(workspace, case, identities=identities), measure)
    with workspace.reading() as session:
        row = session.get(Disposition, id_)
        assert [code for code, _ in doubted(session, session.get(Party, row.party_id), row)] == ["measure_person"]


def test_a_guessed_duty_that_is_put_right_is_guessed_no_more(workspace, case):
    someone = party(workspace, case, note=f"见台账；{GUESSED}")
    with workspace.reading() as session:
        assert GUESSED in session.get(Party, someone).note
    records.update(workspace, Party, someone, None, {"post": "副镇长"})
    records.update(workspace, Party, someone, None, {"duty": "重要领导责任"})
    with workspace.reading() as session:
        assert session.get(Party, someone).note == "见台账"


def test_only_what_is_plainly_impossible_is_refused(workspace, case):
    with pytest.raises(Refusal) as refusal:
        dispose(workspace, party(workspace, case, is_unit=True), "政务记过")
    assert refusal.value.problems[0].field == "measure"
    with pytest.raises(Refusal):
        dispose(workspace, party(workspace, case), "解散")


def test_probation_takes_effect_from_the_day_rights_are_restored(workspace, case):
    id_ = dispose(workspace, party(workspace, case), "留党察看", term=12)
    with workspace.reading() as session:
        row = session.get(Disposition, id_)
    assert row.effect_end is None
    records.update(workspace, Disposition, id_, row.version, {"restored_on": dt.date(2023, 2, 20)})
    with workspace.reading() as session:
        assert session.get(Disposition, id_).effect_end == dt.date(2025, 2, 19)


def test_the_offices_own_row_says_who_may_decide(workspace, case):
    someone = party(workspace, case)
    id_ = dispose(workspace, someone, "诫勉谈话", organ="县防控指挥部")

    def told():
        with workspace.reading() as session:
            row = session.get(Disposition, id_)
            return [code for code, _ in doubted(session, session.get(Party, someone), row)]

    assert told() == ["measure_organ"]
    records.create(workspace, Measure, {"name": "诫勉", "group": "诫勉", "deciders": ["指挥部"]})
    assert told() == []


def test_the_offices_own_measure_goes_before_the_shipped_one(workspace, case):
    with workspace.reading() as session:
        row = session.scalars(select(Measure).where(Measure.name == "诫勉谈话")).first()
    values = {"name": "诫勉谈话", "group": "组织处理", "months": 3}
    if row is None:
        records.create(workspace, Measure, values)
    else:
        records.update(workspace, Measure, row.id, row.version, {"months": 3})
    disposition = dispose(workspace, party(workspace, case), "诫勉谈话")
    with workspace.reading() as session:
        assert session.get(Disposition, disposition).effect_end == dt.date(2022, 5, 13)


def test_parties_are_moved_within_their_case(workspace, case):
    ids = [party(workspace, case, name) for name in ("甲某", "乙某", "丙某")]
    cases.move_party(workspace, ids[2], -2)
    with workspace.reading() as session:
        query = select(Party.name).where(Party.case_id == case).order_by(Party.position)
        assert session.scalars(query).all() == ["丙某", "甲某", "乙某"]
    with pytest.raises(Refusal):
        cases.move_party(workspace, ids[2], -1)

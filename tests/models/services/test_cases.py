"""A case's stages, the checks of its dispositions, and the order of its parties."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.errors import Refusal
from models.queries.facts import history
from models.records import AccountabilityCase, Change, Disposition, Measure, Party, Unit
from models.services import cases, records


@pytest.fixture
def case(desk):
    unit = records.create(desk, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    return records.create(
        desk, AccountabilityCase, {"unit_id": unit, "fact": "值守脱岗", "conduct_from": dt.date(2022, 2, 3)}
    ).id


def party(desk, case, name="何平", identities=("中共党员", "公职人员"), **more):
    values = {"case_id": case, "name": name, "duty": "直接责任", "identities": list(identities)} | more
    return records.create(desk, Party, values).id


def dispose(desk, party, measure, **more):
    values = {"party_id": party, "measure": measure, "decided_on": dt.date(2022, 2, 14)} | more
    return records.create(desk, Disposition, values).id


def test_a_case_is_numbered_and_starts_as_a_clue(desk, case):
    with desk.reading() as session:
        found = session.get(AccountabilityCase, case)
    assert (found.code, found.stage) == ("2022-A001", "线索")


def test_a_number_of_the_clerks_own_is_not_given_again(desk, case):
    records.update(desk, AccountabilityCase, case, None, {"code": "2022-A007"})
    following = records.create(desk, AccountabilityCase, {"fact": "值守迟到", "unit_id": 1}).id
    with desk.reading() as session:
        assert session.get(AccountabilityCase, following).code == "2022-A008"


def test_the_way_to_the_decision(desk, case):
    cases.take(desk, case, "verify", {})
    with pytest.raises(Refusal, match="责任人员"):
        cases.take(desk, case, "propose", {"proposer": "县防控办", "proposed_on": dt.date(2022, 2, 10)})
    someone = party(desk, case)
    cases.take(desk, case, "propose", {"proposer": "县防控办", "proposed_on": dt.date(2022, 2, 10)})
    cases.take(desk, case, "submit", {})
    given = {
        "approver": "陈志远", "approved_on": dt.date(2022, 2, 11), "receiving_organ": "县纪委监委",
        "handed_on": dt.date(2022, 2, 12),
    }  # fmt: skip
    cases.take(desk, case, "transfer", given)
    with pytest.raises(Refusal, match="处理"):
        cases.take(desk, case, "decide", {})
    dispose(desk, someone, "党内警告")
    cases.take(desk, case, "decide", {})
    with desk.reading() as session:
        found = session.get(AccountabilityCase, case)
        assert (found.stage, found.receiving_organ) == ("决定", "县纪委监委")


def test_what_has_no_column_is_kept_in_the_log(desk, case):
    party_ = party(desk, case)
    proposed = {"proposer": "县防控办", "proposed_on": dt.date(2022, 2, 10)}
    handed = {"approver": "陈志远", "approved_on": dt.date(2022, 2, 11), "receiving_organ": "县纪委监委"}
    handed["handed_on"] = dt.date(2022, 2, 12)
    for key, given in (("verify", {}), ("propose", proposed), ("submit", {}), ("transfer", handed)):
        cases.take(desk, case, key, given)
    dispose(desk, party_, "党内警告")
    cases.take(desk, case, "decide", {})
    cases.take(desk, case, "execute", {"executed_on": dt.date(2022, 2, 20)})
    with desk.reading() as session:
        last = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert "2022-02-20" in last.note
        assert any(
            "2022-02-20" in line
            for event in history.of(session, session.get(AccountabilityCase, case))
            for line in event.details
        )


def test_the_effect_ends_where_the_law_fixes_it(desk, case):
    disposition = dispose(desk, party(desk, case), "政务记过")
    with desk.reading() as session:
        assert session.get(Disposition, disposition).effect_end == dt.date(2023, 2, 13)


@pytest.mark.parametrize(
    ("identities", "measure"),
    [(["公职人员"], "党内警告"), (["中共党员"], "政务记过"), (["村(社区)干部"], "政务撤职")],
)
def test_a_measure_that_does_not_fit_the_party_is_refused(desk, case, identities, measure):
    with pytest.raises(Refusal) as refusal:
        dispose(desk, party(desk, case, identities=identities), measure)
    assert refusal.value.problems[0].field == "measure"


def test_the_offices_own_measure_goes_before_the_shipped_one(desk, case):
    with desk.reading() as session:
        row = session.scalars(select(Measure).where(Measure.name == "诫勉谈话")).first()
    values = {"name": "诫勉谈话", "group": "组织处理", "months": 3}
    if row is None:
        records.create(desk, Measure, values)
    else:
        records.update(desk, Measure, row.id, row.version, {"months": 3})
    disposition = dispose(desk, party(desk, case), "诫勉谈话")
    with desk.reading() as session:
        assert session.get(Disposition, disposition).effect_end == dt.date(2022, 5, 13)


def test_parties_are_moved_within_their_case(desk, case):
    ids = [party(desk, case, name) for name in ("甲某", "乙某", "丙某")]
    cases.move_party(desk, ids[2], -2)
    with desk.reading() as session:
        query = select(Party.name).where(Party.case_id == case).order_by(Party.position)
        assert session.scalars(query).all() == ["丙某", "甲某", "乙某"]
    with pytest.raises(Refusal):
        cases.move_party(desk, ids[2], -1)

"""What a new record takes over, field by field, and what may never go to another place or 专项."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import carry_over
from models.domain.carry_over import BOUND, FIELDS, IN_A_COPY, Bounds, Says, Where, fits, misfits, taken_over
from models.records import RECORDS, fields_of

DAY = dt.date(2022, 3, 5)
SHIMEN, QINGSHI, VILLAGE, OTHER_VILLAGE = (3,), (4,), (31, 3), (32, 3)
HERE = Where(SHIMEN, campaign=1, on=DAY, under=7)
EVERY = [(table, name, says) for table, names in FIELDS.items() for name, says in names.items()]
COPIES = [(table, name, says) for table, names in IN_A_COPY.items() for name, says in names.items()]
ids = [f"{table}.{name}" for table, name, _ in EVERY]
copy_ids = [f"{table}.{name}" for table, name, _ in COPIES]


def values(table):
    return {name: [1] if name.endswith("ids") else 1 for name in FIELDS[table]}


@pytest.mark.parametrize("table", [*FIELDS, *IN_A_COPY])
def test_what_is_taken_over_is_a_field_that_can_be_seen(table):
    declared = fields_of(RECORDS[table])
    assert [n for n in (*FIELDS.get(table, ()), *IN_A_COPY.get(table, ())) if n not in declared] == []
    assert [n for n in FIELDS.get(table, ()) if declared[n].hidden] == []


@pytest.mark.parametrize(("table", "name", "says"), EVERY, ids=ids)
def test_a_field_goes_to_the_next_record_of_the_same_place_and_day(table, name, says):
    found = taken_over(table, values(table), of=HERE, now=Where(campaign=1), same_day=True)
    assert found[name] == values(table)[name]


@pytest.mark.parametrize(("table", "name", "says"), EVERY, ids=ids)
def test_a_field_does_not_go_to_another_campaign_unless_it_says_how(table, name, says):
    found = taken_over(table, values(table), of=HERE, now=Where(campaign=2), same_day=True)
    assert (name in found) == (says is Says.MANNER)


@pytest.mark.parametrize(("table", "name", "says"), EVERY, ids=ids)
def test_a_field_does_not_go_to_another_day_unless_it_says_how(table, name, says):
    found = taken_over(table, values(table), of=HERE, now=Where(campaign=1), same_day=False)
    assert (name in found) == (says is Says.MANNER)


@pytest.mark.parametrize(("table", "name", "says"), EVERY, ids=ids)
def test_a_field_does_not_begin_at_another_place_unless_it_says_how(table, name, says):
    found = taken_over(table, values(table), of=HERE, now=Where(QINGSHI, 1), same_day=True)
    assert (name in found) == (says is Says.MANNER)


@pytest.mark.parametrize(("table", "name", "says"), [*EVERY, *COPIES], ids=[*ids, *copy_ids])
@pytest.mark.parametrize(
    "now",
    [replace(HERE, place=QINGSHI), replace(HERE, campaign=2), replace(HERE, under=8)],
    ids=["地方", "专项", "上级"],
)
def test_a_field_that_was_taken_over_goes_when_another_is_typed(table, name, says, now):
    bound = {name: Bounds((SHIMEN,), campaign=1)} if name in BOUND else {}
    gone = misfits(table, [name], of=HERE, now=now, bounds=bound)
    kept_by_itself = name in BOUND and now.under == 8
    assert (gone == (name,)) == (says is not Says.MANNER and not kept_by_itself)


@pytest.mark.parametrize(("table", "name", "says"), [*EVERY, *COPIES], ids=[*ids, *copy_ids])
@pytest.mark.parametrize("now", [HERE, replace(HERE, place=VILLAGE), Where(), replace(HERE, place=())])
def test_a_field_stays_where_nothing_else_is_typed(table, name, says, now):
    bound = {name: Bounds((SHIMEN,), campaign=1, since=DAY, until=DAY)} if name in BOUND else {}
    assert misfits(table, [name], of=HERE, now=now, bounds=bound) == ()


def test_only_what_was_taken_over_goes():
    assert misfits("finding", [], of=HERE, now=replace(HERE, place=QINGSHI), bounds={}) == ()
    gone = misfits("finding", ["found_on", "severity"], of=HERE, now=replace(HERE, place=QINGSHI), bounds={})
    assert gone == ("found_on",)


@pytest.mark.parametrize(
    ("bounds", "where", "fit"),
    [
        (Bounds(), HERE, True),
        (Bounds((SHIMEN,)), HERE, True),
        (Bounds((SHIMEN,)), replace(HERE, place=VILLAGE), True),
        (Bounds((VILLAGE,)), HERE, True),
        (Bounds((VILLAGE,)), replace(HERE, place=OTHER_VILLAGE), False),
        (Bounds((SHIMEN,)), replace(HERE, place=QINGSHI), False),
        (Bounds((SHIMEN, QINGSHI)), replace(HERE, place=QINGSHI), True),
        (Bounds(((9,),)), replace(HERE, department=(9,)), True),
        (Bounds(((9,),)), HERE, False),
        (Bounds((SHIMEN,)), Where(), True),
        (Bounds(campaign=2), HERE, False),
        (Bounds(campaign=1), HERE, True),
        (Bounds(since=DAY, until=DAY), HERE, True),
        (Bounds(since=dt.date(2022, 3, 6)), HERE, False),
        (Bounds(until=dt.date(2022, 3, 4)), HERE, False),
        (Bounds(since=dt.date(2022, 3, 6)), Where(), True),
    ],
)
def test_an_inspection_or_a_team_stays_as_long_as_it_fits(bounds, where, fit):
    assert fits(bounds, where) is fit
    assert misfits("finding", ["team_id"], of=where, now=where, bounds={"team_id": bounds}) == (
        () if fit else ("team_id",)
    )


def test_two_villages_of_a_township_are_one_place():
    one, other = replace(HERE, place=VILLAGE), replace(HERE, place=OTHER_VILLAGE)
    assert not carry_over.is_elsewhere(one, other)
    assert carry_over.is_elsewhere(one, replace(HERE, place=QINGSHI))


def test_what_is_empty_is_not_taken_over():
    last = {"severity": "", "deadline_days": None, "site_id": 0, "found_on": DAY}
    assert taken_over("finding", last, of=HERE, now=Where(), same_day=True) == {"site_id": 0, "found_on": DAY}
    assert taken_over("holiday", {"name": "春节"}, of=HERE, now=HERE, same_day=True) == {}


STEP = {
    "verifier": "王", "approver": "周", "checker": "李", "confirmed_by": "孙", "applicant": "赵",
    "coordinator": "住建局", "organ": "县纪委", "receiving_organ": "县监委", "proposer": "县防控办",
    "deadline_kind": "工作日", "deadline_days": 5,
    "conclusion": "已整改到位", "method": "现场核查", "reason": "照片不清", "opinion": "属实",
}  # fmt: skip
OFFICE = {"verifier", "approver", "checker", "confirmed_by"}
PLACE = {"applicant", "coordinator", "organ", "receiving_organ", "proposer"}
STEPS = {"deadline_kind", "deadline_days"}


def test_of_a_step_nothing_that_decides_or_gives_reasons_is_remembered():
    assert set(carry_over.remembered(STEP)) == OFFICE | PLACE | STEPS
    assert carry_over.remembered({"approver": "", "deadline_days": None}) == {}


@pytest.mark.parametrize("name", sorted(OFFICE | PLACE | STEPS))
def test_who_took_a_step_is_proposed_again_where_it_may_be(name):
    kept = carry_over.remembered(STEP)

    def proposed(of, now):
        return name in carry_over.again(kept, of=of, now=now)

    assert proposed(HERE, HERE)
    assert proposed(HERE, replace(HERE, place=QINGSHI)) == (name in OFFICE | STEPS)
    assert proposed(HERE, replace(HERE, campaign=2)) == (name in STEPS)
    assert proposed(HERE, Where(campaign=1)) == (name in OFFICE | STEPS)
    assert proposed(Where(), HERE) == (name in OFFICE | STEPS)


places = st.sampled_from([(), SHIMEN, QINGSHI, VILLAGE, OTHER_VILLAGE])
wheres = st.builds(
    Where, places, st.sampled_from([None, 1, 2]), st.none() | st.dates(), st.sampled_from([None, 7, 8]), places
)


@given(of=wheres, now=wheres, table=st.sampled_from(list(FIELDS)), same_day=st.booleans())
def test_what_begins_a_record_is_never_let_go_of_at_once(of, now, table, same_day):
    found = taken_over(table, values(table), of=of, now=now, same_day=same_day)
    assert misfits(table, [n for n in found if n not in BOUND], of=of, now=now, bounds={}) == ()

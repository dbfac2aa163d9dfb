"""The rule of identity, cell by cell: what is proved the same, what is asked, what is another record."""

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.intake import identity
from models.domain.intake.identity import Case, Finding, Likeness, Part, Proof

SAME, UNSURE, OTHER = Likeness.SAME, Likeness.UNSURE, Likeness.OTHER
DAY = dt.date(2022, 3, 5)
KEPT = Finding("柳河镇", "好又多超市", DAY, "员工未佩戴口罩")
ELSEWHERE, AGAIN, HERE = Proof(), Proof(one_source=True), Proof(one_file=True, one_source=True)


def changed(**values):
    return KEPT._replace(**values)


@pytest.mark.parametrize(
    ("row", "elsewhere", "again", "here"),
    [
        (KEPT, UNSURE, SAME, SAME),
        (changed(place="惠民药店"), OTHER, OTHER, OTHER),
        (changed(fact="消毒记录不全"), OTHER, OTHER, OTHER),
        (changed(fact="员工未佩戴口罩。"), UNSURE, UNSURE, OTHER),
        (changed(day=dt.date(2022, 3, 9)), UNSURE, UNSURE, OTHER),
        (changed(unit="青石镇"), UNSURE, UNSURE, OTHER),
        (changed(place=None), UNSURE, UNSURE, OTHER),
        (changed(day=None), UNSURE, UNSURE, OTHER),
        (changed(unit=None), UNSURE, UNSURE, OTHER),
        (changed(fact=""), UNSURE, UNSURE, OTHER),
        (changed(unit=None, day=None), OTHER, OTHER, OTHER),
        (changed(unit=None, place=None, day=None), OTHER, OTHER, OTHER),
        (changed(unit="青石镇", day=dt.date(2022, 3, 9)), OTHER, OTHER, OTHER),
    ],
)
def test_a_finding(row, elsewhere, again, here):
    assert [identity.finding(KEPT, row, proof) for proof in (ELSEWHERE, AGAIN, HERE)] == [elsewhere, again, here]


def test_two_unknown_values_are_not_equal():
    nowhere = changed(place=None)
    assert identity.finding(nowhere, nowhere, HERE) is OTHER
    assert identity.finding(nowhere, nowhere, AGAIN) is UNSURE
    assert identity.part(None, None) is identity.part("", "甲") is Part.UNKNOWN


VALUES = st.builds(
    Finding,
    st.sampled_from(["甲镇", "乙镇", None]),
    st.sampled_from(["一店", "二店", None]),
    st.sampled_from([DAY, dt.date(2022, 3, 9), None]),
    st.sampled_from(["未佩戴口罩", "消毒记录不全", ""]),
)


@given(VALUES, VALUES, st.booleans(), st.booleans())
def test_nothing_is_the_same_that_is_not_wholly_known_and_equal(kept, row, one_source, one_file):
    proof = Proof(one_source, one_file)
    found = identity.finding(kept, row, proof)
    assert found is identity.finding(row, kept, proof)
    proved = all(kept) and kept == row and (one_source or one_file)
    assert (found is SAME) == proved


CASE = Case("柳河镇", "柳河镇卡点脱岗问题", "卡点无人值守")


@pytest.mark.parametrize(
    ("kept", "row", "elsewhere", "again", "here"),
    [
        (CASE, CASE, UNSURE, SAME, SAME),
        (CASE, CASE._replace(unit="青石镇"), OTHER, OTHER, OTHER),
        (CASE, CASE._replace(fact="登记簿漏登"), OTHER, OTHER, OTHER),
        (CASE, CASE._replace(title=""), UNSURE, UNSURE, OTHER),
        (CASE, CASE._replace(unit=None), UNSURE, UNSURE, OTHER),
        (CASE, Case("柳河镇", "", ""), OTHER, OTHER, OTHER),
        (CASE._replace(title=""), CASE._replace(title=""), UNSURE, UNSURE, SAME),
        (CASE._replace(unit=None), CASE._replace(unit=None), UNSURE, UNSURE, SAME),
    ],
)
def test_a_case(kept, row, elsewhere, again, here):
    assert [identity.case(kept, row, proof) for proof in (ELSEWHERE, AGAIN, HERE)] == [elsewhere, again, here]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("值班人员不在岗，登记簿漏登3人", "值班人员不在岗、登记簿漏登2人", True),
        ("员工未佩戴口罩", "员工未佩戴口罩3人", True),
        ("未佩戴口罩", "消毒记录不全", False),
        ("口罩", "员工未按要求佩戴口罩", False),
        ("", "", False),
    ],
)
def test_wordings_that_may_be_one(one, other, wanted):
    assert identity.alike(identity.plain_fact(one), identity.plain_fact(other)) is wanted


def test_punctuation_and_blanks_do_not_make_another_fact():
    assert identity.plain_fact("值班人员不在岗， 登记簿漏登３人。") == identity.plain_fact(
        "值班人员不在岗，登记簿漏登3人"
    )


def test_a_file_is_known_again_under_next_weeks_name():
    heads = ["编号", "属地"]
    names = ["问题台账.xlsx", "问题台账0322.xlsx", "问题台账（2022年3月22日）.XLSX", "问题台账 - 副本(1).xlsx"]
    assert len({identity.source(name, heads) for name in names}) == 1
    others = [identity.source(names[0], ["编号"]), identity.source("青石镇问题台账.xlsx", heads)]
    assert identity.source(names[0], heads) not in others


def test_a_row_is_known_again_by_its_cells_and_its_sheet():
    cells = {"fact": "甲", "unit_id": "柳河镇"}
    assert identity.content("表", cells) == identity.content("表", dict(reversed(cells.items())))
    assert identity.content("表", cells) != identity.content("别的表", cells)
    assert identity.content("表", cells) != identity.content("表", {"fact": "甲"})


def test_the_whole_table_is_told_apart():
    for parts in product((None, "甲", "乙"), repeat=3):
        row = Finding(*parts, "事实")
        assert identity.finding(row, row, HERE) is (SAME if all(parts) else OTHER)

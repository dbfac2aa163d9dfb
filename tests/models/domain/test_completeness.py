"""When a finding counts: what it must say, where it starts, and what an edit makes of it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.domain.findings import completeness
from models.domain.findings.completeness import first_status, lacking, status_after, stood_in, to_be_given
from models.domain.findings.lifecycle import Status, check, step

WHOLE = {
    "fact": "无人值守",
    "found_on": date(2022, 3, 5),
    "unit_id": 3,
    "site_id": None,
    "kind": "",
    "source_level": "",
}
FACTS = st.fixed_dictionaries({
    "fact": st.sampled_from(["", " ", "无人值守"]),
    "found_on": st.sampled_from([None, date(2022, 3, 5)]),
    "unit_id": st.sampled_from([None, 3]),
    "site_id": st.sampled_from([None, 7]),
    "kind": st.sampled_from(["", "值守"]),
    "source_level": st.sampled_from(["", "县", "市", "群众举报"]),
})  # fmt: skip


def test_only_fact_day_and_place_keep_a_finding_a_draft():
    assert first_status(WHOLE) is Status.PENDING
    assert lacking({}) == ("问题事实", "发现日期", "属地单位或点位")
    for name in ("fact", "found_on", "unit_id"):
        assert first_status({**WHOLE, name: None}) is Status.DRAFT
    assert lacking({**WHOLE, "unit_id": None, "site_id": 7}) == ()


def test_a_report_is_a_draft_until_somebody_has_verified_it():
    assert first_status({**WHOLE, "source_level": "群众举报"}) is Status.DRAFT
    facts = {**WHOLE, "source_level": "群众举报", "kind": "值守", "status": Status.DRAFT, "today": date(2022, 3, 9)}
    assert [p.field for p in check(step("submit"), facts, {})] == ["confirmed_by", "confirmed_on"]
    given = {"confirmed_by": "王晓燕", "confirmed_on": date(2022, 3, 6)}
    assert check(step("submit"), facts, given) == ()
    assert [p.field for p in check(step("submit"), facts, {**given, "confirmed_on": date(2022, 3, 1)})] == [
        "confirmed_on"
    ]
    fixed = {"measures": "当场整改", "person": "李安", "finished_on": date(2022, 3, 6)}
    assert [p.field for p in check(step("fix_on_spot"), facts, fixed)] == ["source_level"]


def test_sending_on_asks_only_where_something_was_reported():
    assert not step("submit").asks(WHOLE)
    assert step("submit").asks({**WHOLE, "source_level": "群众举报"})
    assert step("hand_over").asks(WHOLE)


def test_an_edit_completes_a_draft_or_makes_one_and_leaves_what_was_kept_back():
    bare = {**WHOLE, "found_on": None}
    assert status_after(Status.DRAFT, bare, WHOLE) is Status.PENDING
    assert status_after(Status.DRAFT, WHOLE, WHOLE) is Status.DRAFT
    assert status_after(Status.PENDING, WHOLE, bare) is Status.DRAFT
    assert status_after(Status.PENDING, bare, bare) is Status.PENDING
    assert status_after(Status.HANDED, WHOLE, bare) is Status.HANDED
    assert status_after(Status.DRAFT, bare, {**WHOLE, "source_level": "群众举报"}) is Status.DRAFT


def test_what_stands_in_is_marked_until_it_is_given():
    taken = stood_in(WHOLE)
    assert taken == {"kind": "其他", "source_level": "县"}
    missing = completeness.marked("整改要求", taken)
    assert missing == "整改要求、问题类别、问题来源"
    assert completeness.marked(missing, taken) == missing
    assert to_be_given({**WHOLE, **taken, "missing": missing}) == ("问题类别", "问题来源")
    left = completeness.unmarked(missing, "kind")
    assert (left, to_be_given({**WHOLE, **taken, "missing": left})) == ("整改要求、问题来源", ("问题来源",))
    assert to_be_given(WHOLE) == ()


@given(facts=FACTS)
def test_what_counts_by_itself_may_be_sent_on(facts):
    """A finding that starts as 待交办 passes every guard of 送交办 with its stand-ins."""
    whole = {**facts, **stood_in(facts), "status": Status.DRAFT, "today": date(2022, 3, 9)}
    if first_status(facts) is Status.PENDING:
        assert check(step("submit"), whole, {}) == ()
    else:
        assert check(step("submit"), whole, {}) != ()

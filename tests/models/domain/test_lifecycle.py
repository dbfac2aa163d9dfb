from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import STEPS, Status, allowed, check, feedback_step, missing_for, next_step, step
from models.domain.findings.outcomes import Outcome
from models.domain.objections import LAST
from models.records import Extension, Feedback, Finding, Recheck, Verification, fields_of

TODAY = date(2026, 11, 21)
FACTS = {
    "site_id": 3,
    "unit_id": 5,
    "department_id": None,
    "fact": "惠民药店无员工测温记录。",
    "kind": "测温不规范",
    "source_level": "县",
    "found_on": date(2026, 11, 2),
    "handed_on": date(2026, 11, 3),
    "deadline": date(2026, 11, 10),
    "requirement": "立即补齐记录。",
    "closed_on": date(2026, 11, 12),
    "review_on": date(2026, 11, 30),
    "count": 1,
    "today": TODAY,
}
GIVEN = {
    "submit": {},
    "hold": {},
    "fix_on_spot": {"measures": "当场补齐", "person": "李强生", "finished_on": date(2026, 11, 2)},
    "hand_over": {},
    "sign_for": {"received_on": date(2026, 11, 4)},
    "report": {
        "outcome": "已整改",
        "measures": "已补齐",
        "person": "李强生",
        "finished_on": date(2026, 11, 8),
        "evidence": 2,
    },
    "progress": {"outcome": "正在推进", "measures": "正在补", "person": "李强生"},
    "close": {
        "verifier": "周海明",
        "method": "现场核查",
        "verified_on": date(2026, 11, 12),
        "conclusion": "已整改到位",
        "approver": "赵国栋",
    },
    "judge": {
        "conclusion": "不属实撤销",
        "opinion": "复核台账齐全",
        "verifier": "周海明",
        "method": "查阅资料",
        "verified_on": date(2026, 11, 12),
        "approver": "赵国栋",
    },
    "return_": {"reason": "照片看不出整改结果"},
    "suspend": {"coordinator": "县住建局", "review_on": date(2026, 12, 1)},
    "resume": {"reason": "资金已到位"},
    "revoke": {"reason": "现场复核不存在", "approver": "赵国栋"},
    "recheck": {"on": date(2026, 11, 20)},
    "rebound": {"on": date(2026, 11, 20), "situation": "又无记录", "new_deadline": date(2026, 11, 27)},
    "extend": {
        "applicant": "王镇长",
        "reason": "设备未到货",
        "new_deadline": date(2026, 11, 27),
        "approver": "赵国栋",
    },
    "reassign": {"unit_id": 6, "reason": "属地有误"},
    "void": {"reason": "重复登记"},
}
TABLE = {
    ("草稿", "待交办"),
    ("待交办", "草稿"),
    ("草稿", "已销号"),
    ("待交办", "已销号"),
    ("待交办", "已交办"),
    ("已交办", "整改中"),
    ("整改中", "待核查"),
    ("待核查", "退回重改"),
    ("退回重改", "待核查"),
    ("待核查", "已销号"),
    ("整改中", "挂账协调"),
    ("待核查", "挂账协调"),
    ("待核查", "撤销"),
    ("挂账协调", "整改中"),
    ("已销号", "整改中"),
    ("已交办", "已交办"),
    ("整改中", "已交办"),
} | {(str(s), "作废") for s in Status if s is not Status.VOID}


def facts(status, **more):
    return {**FACTS, "status": status, **more}


def facts_for(one, status, **more):
    """The record as the step needs it: an objection where one is judged."""
    return facts(status, **({LAST: "异议(不属实)"} if one.key == "judge" else {}), **more)


def fields(problems):
    return {p.field for p in problems}


@pytest.mark.parametrize("one", STEPS, ids=lambda s: s.key)
def test_every_step_goes_from_every_source_with_what_it_wants(one):
    for status in one.sources:
        assert check(one, facts_for(one, status), GIVEN[one.key]) == ()


@pytest.mark.parametrize("one", STEPS, ids=lambda s: s.key)
def test_no_step_goes_from_elsewhere(one):
    for status in frozenset(Status) - one.sources:
        assert fields(check(one, facts(status), GIVEN[one.key])) == {"status"}


def test_the_table_is_the_designs():
    moves = set()
    for one in STEPS:
        for status in one.sources:
            at = status
            for word in [told for told, _ in one.forks] or [""]:
                for entered in one.route(status, {"conclusion": word}):
                    moves.add((str(at), str(entered)))
                    at = entered
                at = status
    assert moves == TABLE


@pytest.mark.parametrize(
    ("key", "field"),
    [(one.key, w.field) for one in STEPS for w in one.wants if w.field in GIVEN[one.key] and w.required_when({})],
)
def test_each_mandatory_field_is_wanted(key, field):
    one = step(key)
    status = next(s for s in Status if s in one.sources)
    typed = {k: v for k, v in GIVEN[key].items() if k != field}
    assert field in fields(check(one, facts_for(one, status), typed))


@pytest.mark.parametrize("field", ["fact", "kind", "source_level", "found_on"])
def test_a_draft_needs_what_was_found(field):
    bare = facts(Status.DRAFT, **{field: ""})
    assert field in fields(check(step("submit"), bare, {}))
    reasons = {s.key: r for s, r in allowed(Status.DRAFT, bare)}
    assert "请先" in reasons["submit"]


def test_a_draft_needs_a_site_or_a_unit():
    assert fields(check(step("submit"), facts(Status.DRAFT, site_id=None, unit_id=None), {})) == {"site_id"}
    assert check(step("submit"), facts(Status.DRAFT, site_id=None), {}) == ()


def test_handing_over_needs_somebody_a_deadline_and_a_requirement():
    bare = facts(Status.PENDING, unit_id=None, deadline=None, requirement="")
    assert fields(check(step("hand_over"), bare, {})) == {"unit_id", "deadline", "requirement"}
    typed = {"department_id": 9, "deadline": date(2026, 12, 1), "requirement": "限期整改"}
    assert check(step("hand_over"), bare, typed) == ()
    early = {"deadline": date(2026, 11, 1)}
    assert fields(check(step("hand_over"), facts(Status.PENDING), early)) == {"deadline"}


def test_what_came_from_above_is_reported_back_up_before_it_closes():
    above = facts(Status.VERIFYING, source_level="省")
    assert fields(check(step("close"), above, GIVEN["close"])) == {"reported_up_on"}
    assert check(step("close"), above, {**GIVEN["close"], "reported_up_on": TODAY}) == ()
    assert check(step("close"), {**above, "reported_up_on": TODAY}, GIVEN["close"]) == ()
    assert lifecycle.upward_label("省") == "报省日期"
    assert lifecycle.upward_label("市") == "报市日期"


def test_an_extension_is_approved_by_another():
    same = {**GIVEN["extend"], "approver": "王镇长"}
    assert fields(check(step("extend"), facts(Status.RECTIFYING), same)) == {"approver"}


def test_an_extension_gives_more_time():
    less = {**GIVEN["extend"], "new_deadline": FACTS["deadline"]}
    assert fields(check(step("extend"), facts(Status.RECTIFYING), less)) == {"new_deadline"}
    assert check(step("extend"), facts(Status.RECTIFYING, deadline=None), less) == ()


def test_reassigning_needs_another_unit():
    for unit in (5, None):
        typed = {"unit_id": unit, "reason": "属地有误"}
        assert fields(check(step("reassign"), facts(Status.HANDED), typed)) == {"unit_id"}


def test_a_suspended_one_resumes_on_its_review_date_or_for_a_reason():
    assert fields(check(step("resume"), facts(Status.SUSPENDED), {})) == {"reason"}
    assert check(step("resume"), facts(Status.SUSPENDED, review_on=TODAY), {}) == ()
    assert fields(check(step("resume"), facts(Status.SUSPENDED, review_on=None), {})) == {"reason"}


def test_the_unit_only_answers():
    free = {s.key for s, reason in allowed(Status.RECTIFYING, facts(Status.RECTIFYING), "unit") if not reason}
    assert free == {"report", "progress"}


def test_a_first_feedback_signs_for_the_finding_too():
    assert step("report").route(Status.HANDED) == (Status.RECTIFYING, Status.VERIFYING)
    assert step("progress").route(Status.HANDED) == (Status.RECTIFYING,)
    assert step("progress").route(Status.RETURNED) == ()


@pytest.mark.parametrize("status", Status)
def test_the_big_button_names_a_step_that_may_be_taken(status):
    one = next_step(status)
    if status in (Status.REVOKED, Status.VOID):
        assert one is None
    else:
        assert status in one.sources


def test_a_feedback_that_is_not_due_takes_no_step():
    assert feedback_step(Status.RECTIFYING, Outcome.DONE).key == "report"
    assert feedback_step(Status.RETURNED, Outcome.PART).key == "progress"
    assert feedback_step(Status.VERIFYING, Outcome.DONE) is None
    assert feedback_step(Status.CLOSED, Outcome.ONGOING) is None


def test_an_old_record_says_what_it_lacks():
    whole = FACTS | GIVEN["report"] | GIVEN["close"]
    assert missing_for(Status.CLOSED, whole) == ()
    assert missing_for(Status.CLOSED, {"fact": "无记录", "found_on": TODAY}) == (
        "问题类别",
        "问题来源",
        "点位或属地单位",
        "整改时限",
        "整改要求",
        "属地单位或行业主管部门",
        "整改结果",
        "整改措施",
        "责任人",
        "核查人",
        "核查方式",
        "核查日期",
        "核查结论",
        "批准人",
    )
    assert missing_for(Status.DRAFT, {}) == ()


def test_an_old_record_corrected_on_the_spot_needs_no_deadline():
    assert missing_for(Status.CLOSED, {**FACTS, **GIVEN["fix_on_spot"], "fixed_on_spot": True}) == ()
    assert "整改措施" in missing_for(Status.CLOSED, {**FACTS, "fixed_on_spot": True})


@pytest.mark.parametrize("status", Status)
def test_every_status_can_be_taken_in_afterwards(status):
    assert isinstance(missing_for(status, {}), tuple)


OWN_WORDS = {"reason", "new_deadline", "situation", "confirmed_by", "confirmed_on"}


def test_forms_and_records_call_a_field_the_same():
    labels = {}
    for record in (Finding, Feedback, Verification, Extension, Recheck):
        for name, field in fields_of(record).items():
            labels.setdefault(name, set()).add(field.label)
    for one in STEPS:
        for want in (*one.wants, *one.needs):
            assert want.field in OWN_WORDS or want.label in labels[want.field]


def test_what_follows_is_told_in_sentences():
    assert all(sentence.endswith("。") for one in STEPS for sentence in one.effects)


def test_an_unknown_step_is_our_own_fault():
    with pytest.raises(KeyError):
        step("nonsense")


@given(keys=st.lists(st.sampled_from(STEPS), max_size=40))
@settings(max_examples=150)
def test_random_steps_never_leave_the_table(keys):
    status = Status.DRAFT
    for one in keys:
        if check(one, facts(status), GIVEN[one.key]):
            continue
        for entered in one.route(status, GIVEN[one.key]):
            assert (str(status), str(entered)) in TABLE
            status = entered


def test_a_report_of_the_public_is_verified_before_it_is_fixed_on_the_spot():
    facts = {**FACTS, "status": Status.DRAFT, "source_level": "群众举报"}
    problems = check(step("fix_on_spot"), facts, GIVEN["fix_on_spot"])
    assert ("source_level", "群众举报须先核实、送交办，再登记当场整改。") in {(p.field, p.sentence) for p in problems}
    assert check(step("fix_on_spot"), {**facts, "source_level": "县"}, GIVEN["fix_on_spot"]) == ()


def test_what_the_county_decides_no_unit_may():
    facts = {**FACTS, "status": Status.VERIFYING}
    for one in (step(key) for key in ("close", "return", "void") if key in GIVEN):
        assert check(one, facts, GIVEN[one.key]) == check(one, facts, GIVEN[one.key], "county")
        assert check(one, facts, GIVEN[one.key], "unit") != check(one, facts, GIVEN[one.key], "county")

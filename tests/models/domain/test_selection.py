"""The table of which record may stand in which document, cell by cell."""

import pytest

from models.domain.cases.stages import Stage
from models.domain.documents import selection
from models.domain.documents.selection import Answer, Feature, Source, Trait, judge, row_of, source_of
from models.domain.findings.lifecycle import Status
from models.domain.state_machine import Role
from models.paper.kinds import NAMES

_MARKS = {"i": Answer.IN, "?": Answer.ASK, "x": Answer.OUT}
# One letter a status: 草稿 待交办 已交办 整改中 待核查 退回重改 已销号 挂账协调 撤销 作废.
_FINDINGS = {
    ("findings_bulletin", "county"): {
        "own": "xiiiiii?xx", "above": "x???????xx", "self": "xxxxxxxxxx", "own reported": "x???????xx",
        "above reported": "x???????xx", "self reported": "xxxxxxxxxx",
    },
    ("rectification_notice", "county"): {
        "own": "xiiixixxxx", "above": "xiiixixxxx", "self": "x?iixixxxx", "own reported": "xiiixixxxx",
    },
    ("reminder", "county"): {
        "own": "xxiixixixx", "above": "xxiixixixx", "self": "xxiixixixx", "own reported": "xxiixixixx",
    },
    ("inspection_report", "county"): {
        "own": "xiiiiiiixx", "above": "xiiiiiiixx", "self": "xxxxxxxxxx", "own reported": "xiiiiiiixx",
    },
    ("rectification_report", "county"): {
        "own": "xxiiiiiixx", "above": "xxiiiiiixx", "self": "xiiiiiiixx", "own reported": "xxiiiiiixx",
    },
    ("rectification_report", "unit"): {
        "own": "xiiiiiiixx", "above": "xiiiiiiixx", "self": "xiiiiiiixx", "own reported": "xiiiiiiixx",
    },
    ("rectification_plan", "county"): {
        "own": "xxiiii?ixx", "above": "xxiiii?ixx", "self": "xxiiii?ixx", "own reported": "xxiiii?ixx",
    },
    ("rectification_plan", "unit"): {
        "own": "xiiiii?ixx", "above": "xiiiii?ixx", "self": "xiiiii?ixx", "own reported": "xiiiii?ixx",
    },
    ("self_inspection_report", "county"): {
        "own": "xxxxxxxxxx", "above": "xxxxxxxxxx", "self": "xiiiiiiixx", "self reported": "xiiiiiiixx",
    },
    ("self_inspection_report", "unit"): {
        "own": "xxxxxxxxxx", "above": "xxxxxxxxxx", "self": "xiiiiiiixx", "self reported": "xiiiiiiixx",
    },
    ("period_summary", "county"): {
        "own": "xiiiiiiixx", "above": "xiiiiiiixx", "self": "xxxxxxxxxx", "own reported": "xiiiiiiixx",
    },
    ("period_summary", "unit"): {
        "own": "xiiiiiiixx", "above": "xiiiiiiixx", "self": "xiiiiiiixx", "own reported": "xiiiiiiixx",
    },
}  # fmt: skip
_CELLS = [
    (kind, role, book, status, _MARKS[mark])
    for (kind, role), books in _FINDINGS.items()
    for book, marks in books.items()
    for status, mark in zip(Status, marks, strict=True)
]


@pytest.mark.parametrize(("kind", "role", "book", "status", "answer"), _CELLS)
def test_every_cell_of_a_kind_about_findings(kind: str, role: Role, book: str, status: Status, answer: Answer) -> None:
    source, _, reported = book.partition(" ")
    features: list[Feature] = [status, Source(source)]
    if reported:
        features.append(Trait.REPORTED)
    if status is Status.PENDING and source != "self":
        features.append(Trait.NEVER_HANDED)
    if status is Status.PENDING and source == "self":
        features.append(Trait.SELF_NEVER_HANDED)
    assert judge(row_of(kind, role), features).answer is answer


_STAGES = {
    Stage.CLUE: "x", Stage.VERIFIED: "x", Stage.PROPOSED: "x", Stage.SUBMITTED: "x", Stage.TRANSFERRED: "x",
    Stage.DECIDED: "i", Stage.EXECUTED: "i", Stage.PUBLICISED: "i", Stage.FILED: "i",
    Stage.DROPPED: "x", Stage.AMENDED: "x",
}  # fmt: skip


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_of_a_case(stage: Stage) -> None:
    row = row_of("accountability_bulletin", "county")
    assert judge(row, [stage]).answer is _MARKS[_STAGES[stage]]
    reported = judge(row, [stage, Trait.REPORTED]).answer
    assert reported is (Answer.ASK if _STAGES[stage] == "i" else Answer.OUT)


_TRAITS = {
    "findings_bulletin": "deleted:x after_date:x undated:? before_period:? after_period:? objection:?"
    " objection_returned:? reported:? notified:i no_deadline:i unattached:i backfilled:i",
    "accountability_bulletin": "deleted:x reported:? undated_decision:x future_decision:x facts_only:? unsettled:?"
    " decided_before:? decided_after:? no_day:?",
    "rectification_notice": "deleted:x after_date:x notified:? backfilled:? self_never_handed:? undated:? reported:i"
    " no_deadline:i objection:i",
    "reminder": "deleted:x after_date:x no_deadline:? not_due:x reported:i notified:i",
    "inspection_report": "deleted:x after_date:x unattached:? reported:i undated:i objection:i",
    "rectification_report": "deleted:x after_date:x never_handed:x undated:? reported:i objection:i",
    "rectification_plan": "deleted:x after_date:x undated:? reported:i no_deadline:i",
    "self_inspection_report": "deleted:x after_date:x undated:? reported:i",
    "period_summary": "deleted:x after_date:x undated:x reported:i objection:i",
    "correction": "deleted:x not_told:x unchanged:x future_decision:x reported:? facts_only:i unsettled:i",
    "free_paper": "deleted:x after_date:x undated:i reported:i",
}


@pytest.mark.parametrize("kind", list(NAMES))
def test_every_other_thing_that_may_be_so_of_a_record(kind: str) -> None:
    for cell in _TRAITS[kind].split():
        name, _, mark = cell.partition(":")
        assert judge(row_of(kind, "county"), [Trait(name)]).answer is _MARKS[mark], name


def test_a_unit_writes_five_kinds_and_a_county_all_ten() -> None:
    county = {kind for kind in NAMES if selection.may_compose(kind, "county")}
    unit = {kind for kind in NAMES if selection.may_compose(kind, "unit")}
    assert county == set(NAMES)
    assert unit == {
        "rectification_report", "rectification_plan", "self_inspection_report", "period_summary", "free_paper",
    }  # fmt: skip
    with pytest.raises(KeyError):
        row_of("findings_bulletin", "unit")


def test_what_is_out_stays_out_whatever_else_would_only_ask() -> None:
    row = row_of("findings_bulletin", "county")
    found = judge(row, [Status.DRAFT, Source.ABOVE, Trait.REPORTED])
    assert (found.answer, found.code, found.short) == (Answer.OUT, "draft", "草稿")
    asked = judge(row, [Status.SUSPENDED, Source.ABOVE, Trait.REPORTED])
    assert (asked.answer, asked.code) == (Answer.ASK, "reported")
    assert asked.words == "已经通报过，是上级反馈的问题，正在挂账协调"
    assert judge(row, [Status.HANDED, Source.OWN]) == selection.IN


@pytest.mark.parametrize(("level", "self_found", "source"), [
    ("县", False, Source.OWN), ("群众举报", False, Source.OWN), ("", False, Source.OWN), ("市", False, Source.ABOVE),
    ("省", False, Source.ABOVE),
    ("国家", False, Source.ABOVE), ("乡自查", False, Source.SELF), ("县", True, Source.SELF),
])  # fmt: skip
def test_whose_book_a_finding_is_in(level: str, self_found: bool, source: Source) -> None:
    assert source_of(level, self_found=self_found) is source


def test_every_reason_of_the_table_has_its_words() -> None:
    for row in selection.TABLE.values():
        for feature, answer in row.items():
            verdict = selection.Verdict(answer, (feature,))
            assert all((verdict.short, verdict.words, verdict.code))
    told = {stage: judge(row_of("accountability_bulletin", "county"), [stage]) for stage in Stage}
    assert (told[Stage.CLUE].short, told[Stage.CLUE].code) == ("尚未决定", "undecided")
    assert told[Stage.DROPPED].short == "不予问责"
    assert selection.IN.code == selection.IN.short == selection.IN.words == ""

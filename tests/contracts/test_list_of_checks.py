"""The list of checks: each row has a paper that has it and one that has not, and nothing is checked outside it."""

import ast
import datetime as dt
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import check_examples
import pytest
from check_examples import block, paper
from check_examples_of_law import EXAMPLES_OF_LAW

from models.paper import checks
from models.paper.checks.before_issue import before_issue
from models.paper.checks.catalog import BY_CODE, CHECKS
from models.paper.checks.notices import Notice, Subject
from models.paper.editing import records_of
from models.paper.elements import Paper
from models.records import AccountabilityCase, Disposition, Finding, Office, Party, Record, Unit
from models.services import documents, records
from models.services.unit_of_work import Workspace

EXAMPLES = check_examples.EXAMPLES | EXAMPLES_OF_LAW
ROOT = Path(__file__).resolve().parents[2]
READ = [check.code for check in CHECKS if check.find]
ASKED = [check.code for check in CHECKS if not check.find]


def test_every_row_has_a_code_of_its_own() -> None:
    assert len(BY_CODE) == len(CHECKS)


@pytest.mark.parametrize("code", READ)
def test_a_paper_that_has_it_is_told_and_one_that_has_not_is_not(code: str) -> None:
    having, clean = EXAMPLES[code]
    found = [notice for notice in before_issue(*having()) if notice.code == code]
    assert [notice.severity for notice in found[:1]] == [BY_CODE[code].level]
    assert [notice.code for notice in before_issue(*clean()) if notice.code == code] == []


def test_no_example_is_left_of_a_check_that_is_gone() -> None:
    assert set(EXAMPLES) == set(READ)


def test_what_says_that_it_needs_no_records_finds_its_example_without_them() -> None:
    for check in CHECKS:
        if check.find and not check.records:
            given, _facts = EXAMPLES[check.code][0]()
            assert check.code in {notice.code for notice in before_issue(given)}, check.code


def test_every_function_that_looks_at_a_paper_is_in_the_list() -> None:
    listed = {check.find for check in CHECKS}
    for path in sorted(Path(checks.__file__).parent.glob("*.py")):
        module = importlib.import_module(f"models.paper.checks.{path.stem}") if path.stem != "__init__" else checks
        for name, function in inspect.getmembers(module, inspect.isfunction):
            asked = [p.annotation for p in inspect.signature(function).parameters.values()]
            if function.__module__ == module.__name__ and not name.startswith("_") and asked == [Subject]:
                assert function in listed, f"{module.__name__}.{name}"


def test_every_notice_made_anywhere_is_of_a_row() -> None:
    for path in (*(ROOT / "models").rglob("*.py"), *(ROOT / "exporters").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Notice":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    assert first.value in BY_CODE, f"{path.name}: {first.value}"


# ---- what only the database can say


def create(workspace: Workspace, cls: type[Record], **values: Any) -> Any:
    id_ = records.create(workspace, cls, values).id
    with workspace.reading() as session:
        return session.get_one(cls, id_)


def bulletin(workspace: Workspace, status: str) -> Paper:
    found = create(workspace, Finding, fact="药店未登记", kind="管控措施不到位", source_level="县",
                   found_on=workspace.today, status=status)  # fmt: skip
    return paper(block("finding:1", "药店未登记。", f"finding:{found.uuid}"))


def decided(
    workspace: Workspace, stage: str = "决定", *, dealt: bool = True, held: list[str] | None = None, ground: str = "",
    unit: int = 0, **disposition: Any,
) -> Paper:  # fmt: skip
    unit = unit or create(workspace, Unit, name="县交通运输局", kind="部门").id
    one = create(workspace, AccountabilityCase, fact="值班脱岗", stage=stage, unit_id=unit)
    refs = [f"accountability_case:{one.uuid}"]
    party = create(workspace, Party, case_id=one.id, name="周立新", unit_id=unit, post="主任", conduct="脱岗",
                   duty="直接责任", identities=held or [], ground=ground)  # fmt: skip
    refs.append(f"party:{party.uuid}")
    if dealt:
        values = {"measure": "诫勉", "organ": "县纪委", "decided_on": workspace.today} | disposition
        refs.append(f"disposition:{create(workspace, Disposition, party_id=party.id, **values).uuid}")
    return paper(block("case:1", "周立新脱岗。", *refs), kind="accountability_bulletin")


def twice(workspace: Workspace, measure: str, organ: str) -> Paper:
    """政务警告, and another measure of the same person; only the second is told."""
    paper_ = decided(workspace, measure="政务警告", organ="县监委")
    with workspace.reading() as session:
        party = session.query(Party).order_by(Party.id.desc()).first()
    assert party
    values = {"party_id": party.id, "measure": measure, "organ": organ, "decided_on": workspace.today}
    more = create(workspace, Disposition, **values)
    return paper(block("case:1", "周立新脱岗。", f"disposition:{more.uuid}"), kind=paper_.kind)


def again(workspace: Workspace, before: dt.date) -> Paper:
    """党内警告, after a 党内严重警告 of another case."""
    unit = create(workspace, Unit, name=f"{before.year}年的局", kind="部门").id
    decided(workspace, measure="党内严重警告", decided_on=before, unit=unit)
    return decided(workspace, measure="党内警告", unit=unit)


def handed(workspace: Workspace, **more: Any) -> Paper:
    found = create(workspace, Finding, fact="药店未登记", kind="管控措施不到位", source_level="县",
                   found_on=workspace.today, status="待交办", requirement="立即登记", **more)  # fmt: skip
    ref = f"finding:{found.uuid}"
    return paper(block("finding:1", "药店未登记。", ref), kind="rectification_notice", title="整改通知书")


def unticked(workspace: Workspace, *, approved: bool) -> tuple[Paper, dict[str, Any]]:
    """A case of which nothing was decided, ticked; without who approved it, it lacks something."""
    given = decided(workspace, dealt=False)
    ref = next(ref for block in given.blocks for ref in records_of(block) if ref.startswith("accountability_case"))
    return given, {"ticks": {ref.partition(":")[2]: "领导同意"}, "approver": "方正明" if approved else ""}


Asked = Callable[[Workspace], tuple[Paper, dict[str, Any]]]
NEXT_YEAR = dt.date(2023, 1, 5)
ASKED_EXAMPLES: dict[str, tuple[Asked, Asked]] = {
    "selection_out": (lambda w: (bulletin(w, "作废"), {}), lambda w: (bulletin(w, "待交办"), {})),
    "selection_ask": (lambda w: (bulletin(w, "挂账协调"), {}), lambda w: (bulletin(w, "待交办"), {})),
    "selection_lacks": (lambda w: unticked(w, approved=False), lambda w: (decided(w), {})),
    "decided_later": (lambda w: (decided(w, decided_on=NEXT_YEAR), {}), lambda w: (decided(w), {})),
    "undated_decision": (lambda w: (decided(w, decided_on=None), {}), lambda w: (decided(w), {})),
    "no_organ": (lambda w: (decided(w, organ=""), {}), lambda w: (decided(w), {})),
    "measure_unclear": (lambda w: (decided(w, measure="记过"), {}), lambda w: (decided(w, measure="政务记过"), {})),
    "measure_organ": (
        lambda w: (decided(w, measure="政务记过", organ="县卫健局"), {}),
        lambda w: (decided(w, measure="政务记过", organ="县监委"), {}),
    ),
    "measure_person": (
        lambda w: (decided(w, measure="政务撤职", organ="县监委", held=["村(社区)干部"]), {}),
        lambda w: (decided(w, measure="政务记过", organ="县监委", held=["村(社区)干部"]), {}),
    ),
    "measure_ground": (
        lambda w: (decided(w, measure="批评教育", ground="中国共产党问责条例"), {}),
        lambda w: (decided(w, measure="诫勉", ground="中国共产党问责条例"), {}),
    ),
    "measure_together": (
        lambda w: (twice(w, "机关记过", "县卫健局"), {}),
        lambda w: (twice(w, "党内警告", "县纪委"), {}),
    ),
    "measure_again": (lambda w: (again(w, dt.date(2022, 1, 5)), {}), lambda w: (again(w, dt.date(2019, 1, 5)), {})),
    "measure_term": (
        lambda w: (decided(w, measure="停职检查", organ="县委", term=9), {}),
        lambda w: (decided(w, measure="停职检查", organ="县委", term=3), {}),
    ),
    "duty_ground": (
        lambda w: (decided(w, ground="中国共产党问责条例"), {}),
        lambda w: (decided(w, ground="中国共产党纪律处分条例"), {}),
    ),
    "not_to_hand_over": (
        lambda w: (handed(w), {}),
        lambda w: (handed(w, deadline=dt.date(2022, 3, 30)), {}),
    ),
}


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    create(workspace, Office, role="county", name="云岭县疫情防控指挥部办公室", short_name="县防控办")
    return workspace


def test_every_row_that_asks_the_database_has_its_examples() -> None:
    assert set(ASKED_EXAMPLES) == set(ASKED)


@pytest.mark.parametrize("code", ASKED)
def test_a_draft_that_has_it_is_told_and_one_that_has_not_is_not(office: Workspace, code: str) -> None:
    having, clean = ASKED_EXAMPLES[code]
    told = [notice.severity for notice in check(office, *having(office)) if notice.code == code]
    assert told == [BY_CODE[code].level]
    assert code not in {notice.code for notice in check(office, *clean(office))}


def check(office: Workspace, given: Paper, options: dict[str, Any]) -> tuple[Notice, ...]:
    with office.reading() as session:
        return documents.check_paper(session, given, options)


@pytest.mark.parametrize(("total", "told"), [(7, 0), (6, 0), (8, 1)])
def test_a_heading_that_says_no_number_may_be_one_problem(total: int, told: int) -> None:
    lines = (f"督查发现问题{total}个。", "一、柳河镇（问题4个）。", "二、青石镇（问题2个）。", "三、值守人员脱岗。")
    made = check_examples.only(*map(check_examples.typed, lines))
    assert len([n for n in before_issue(made, check_examples.NOTHING) if n.code == "count_parts"]) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("村党支部书记李木森未安排值守。3月1日，镇党委给予李木生党内严重警告处分。", 1),
        ("村党支部书记李木生未安排值守。3月1日，镇党委给予李木生党内严重警告处分。", 0),
        ("护林员杜小满、村主任杜大满脱岗。3月1日，镇政府对杜小满进行批评教育，给予杜大满政务警告处分。", 0),
        ("镇党委书记高岩督促不力，3月2日县纪委对其进行批评教育。", 0),
    ],
)
def test_who_was_given_a_measure_is_who_was_told_with_his_post(words: str, told: int) -> None:
    assert len([n for n in before_issue(paper(words), check_examples.NOTHING) if n.code == "name_near"]) == told

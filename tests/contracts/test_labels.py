"""No label is a key: what a clerk reads may be worded anew without a rule that goes another way.

Fields are known by their attribute, sheets by their table, records by their class; a label is only shown.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.forms.workflow.step_form import field_of, past_days
from models.domain.cases import stages
from models.domain.findings import lifecycle
from models.intake import known_sheet, matching
from models.intake.sheets import BY_TABLE, LEDGERS, LINK_OF_PART, PARENTS, SHEETS
from models.records import RECORDS, Recheck, Transfer, Visit, fields_of

ROOT = Path(__file__).resolve().parents[2]
SHOWN = {
    "models/intake/sheets.py": "whether a sheet's own header differs from the field's label",
    "models/services/records.py": "whether a record's title says its noun already",
    "models/intake/rows.py": "the summary a clerk or a program reads, by the sheets' names",
    "models/queries/lists/listing.py": "the totals of a list's foot, by the words they are shown with",
    "models/intake/convert.py": "words a dictionary lacks, told in a note by their field's label",
    "models/exchange/answer_sheet.py": "the pages of a workbook that came in, by their titles",
    "exporters/workbooks/figures.py": "a column's header, or the one that replaces it on paper",
}
"""Files in which a label is held against another, and why that is no rule."""


def keys(node: ast.AST) -> list[ast.expr]:
    """What a node compares, or looks something up by."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators] if not isinstance(node.ops[0], ast.Is | ast.IsNot) else []
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "setdefault"):
        return node.args[:1]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    return [node.key] if isinstance(node, ast.DictComp) else []


def is_word(node: ast.AST) -> bool:
    """``field.label``, ``cls.noun``, ``row.sheet.name``."""
    if not isinstance(node, ast.Attribute):
        return False
    of = getattr(node.value, "id", getattr(node.value, "attr", ""))
    return (node.attr == "label" and of != "last") or node.attr == "noun" or (node.attr == "name" and of == "sheet")


def by_words() -> Iterator[str]:
    """The files of the program in which a label is a key."""
    for room in ("models", "exporters", "gui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            found = [key for node in ast.walk(ast.parse(path.read_text("utf-8"))) for key in keys(node)]
            if any(is_word(one) for key in found for one in (key.elts if isinstance(key, ast.Tuple) else [key])):
                yield path.relative_to(ROOT).as_posix()


def test_no_label_is_a_key() -> None:
    assert set(by_words()) == set(SHOWN)


@pytest.mark.parametrize(
    "table",
    [known_sheet.KEYS, known_sheet.WHOLE, known_sheet.NUMBERED, known_sheet.OWN_SERIES, matching.REMEMBERED,
     LINK_OF_PART, PARENTS, [part for ledger in LEDGERS for part, _ in ledger.parts]],
)  # fmt: skip
def test_what_is_said_of_sheets_is_said_by_table(table) -> None:
    assert set(table) <= set(BY_TABLE) == {sheet.record.__tablename__ for sheet in SHEETS}


def test_a_day_that_has_been_says_so_itself() -> None:
    """Whatever it is called: a form and a filter then read 3.5 as the last one of that name."""
    assert past_days() >= {"found_on", "finished_on", "verified_on", "decided_on", "taken_on", "on"}
    days = {(cls, name) for cls in RECORDS.values() for name, field in fields_of(cls).items() if field.past}
    assert all(fields_of(cls)[name].kind == "day" for cls, name in days)
    assert {cls for cls, name in days if name == "on"} == {Visit, Recheck, Transfer}  # a shift may lie ahead


def test_a_day_of_a_step_that_may_not_lie_ahead_is_one() -> None:
    """A guard that refuses a later day and a form that reads one without a year go together."""
    for step in (*lifecycle.STEPS, *stages.STEPS):
        wants = {want.field: want for want in step.wants if want.kind == "day"}
        refused = {one.__closure__[0].cell_contents for one in step.guards if one.__qualname__.startswith("not_ahead")}
        for name in wants.keys() & refused:
            assert field_of(wants[name]).past, (step.key, name)

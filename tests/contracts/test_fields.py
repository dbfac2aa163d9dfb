"""A field is declared once, in ``models/records``: what follows from its declaration, surface by surface."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from gui.forms.editors import CODED
from gui.forms.sections import sections_of
from models.domain import dictionaries
from models.exchange.container import FORMAT
from models.exchange.content import NEEDED, TRAVELS
from models.intake.sheets import BY_TABLE, LEDGERS, SHEETS, Sheet
from models.queries.lists import columns
from models.records import RECORDS, Record, fields_of
from models.records.fields import Absent, Field
from models.records.surfaces import in_form, in_list, on_sheet, ordered

KEPT = json.loads(Path(__file__).with_name("surfaces.json").read_text("utf-8"))
"""What stood on each surface when the lists became views of the fields: a field that is added needs no line in it."""


LISTS = {
    spec.name: spec
    for spec in (
        columns.findings(),
        columns.teams(),
        columns.members(),
        columns.shifts(),
        columns.inspections(),
        columns.visits(),
        columns.cases(),
        columns.parties(),
        columns.feedback(),
        columns.units(),
        columns.people(),
        columns.sites(),
        columns.campaigns(),
        columns.opening_figures(),
        columns.documents(),
        columns.terms(),
        columns.measures(),
        columns.phrases(),
        columns.holidays(),
    )
}


def kept(table: str, names: Iterable[str]) -> list[str]:
    """The names on a surface without the fields that were added to the record since."""
    return [name for name in names if name in KEPT["fields"].get(table, ()) or name not in fields_of(RECORDS[table])]


def declared() -> list[tuple[str, str, Field]]:
    return [(table, name, f) for table, record in RECORDS.items() for name, f in fields_of(record).items()]


FORMAT_1 = {
    "campaign": "name starts_on ends_on basis",
    "unit": "name short_name kind parent_id rank pinyin",
    "site": "name kind unit_id department_id address pinyin",
    "finding": (
        "serial status campaign_id source_level source_number site_id unit_id department_id found_on kind aspect"
        " fact count severity requirement advice deadline_kind deadline_days deadline original_deadline"
        " deadline_provisional handed_on received_on solved_count closed_on submitted_on coordinator review_on"
        " fixed_on_spot rebound_count returned_reason"
    ),
    "plan": "finding_id measures due_on due_text person post",
    "feedback": (
        "finding_id outcome measures done total finished_on person post next_steps lessons no_evidence_reason"
        " reason submitted_by submitted_at"
    ),
    "verification": "finding_id feedback_id round verifier method verified_on conclusion reason",
    "extension": "finding_id applicant reason old_deadline new_deadline approver approved_on",
    "attachment": "owner_table owner_uuid sha256 original_sha256 name media_type size taken_on role description",
}
"""What packages of format 1 carry since 1.0.0 (docs/formats.md): offices that were not updated read no other field."""
FORMAT_1_ALWAYS = {
    "plan": "finding_id",
    "feedback": "finding_id outcome",
    "verification": "finding_id",
    "extension": "finding_id",
    "attachment": "owner_table owner_uuid sha256 name",
}


def test_what_travels_in_format_1_is_frozen():
    since = {
        table: " ".join(name for name, field in fields_of(record).items() if field.travels_since == 1)
        for table, record in RECORDS.items()
    }
    assert {table: names for table, names in since.items() if names} == FORMAT_1


def test_no_field_travels_in_a_format_that_is_not_written():
    assert not [one for *one, f in declared() if not 0 <= f.travels_since <= FORMAT]
    assert not [one for *one, f in declared() if f.travels_always and not f.travels_since]


def test_packages_carry_what_the_fields_say_a_table_after_those_it_names():
    assert {table: " ".join(names) for table, names in TRAVELS.items()} == FORMAT_1
    assert list(TRAVELS) == list(FORMAT_1)
    assert {table: " ".join(names) for table, names in NEEDED.items() if names} == FORMAT_1_ALWAYS


def test_a_field_that_is_absent_says_why():
    absent = [
        (one, said) for *one, f in declared() for said in (f.column, f.sheet, f.ledger) if isinstance(said, Absent)
    ]
    assert not [one for one, said in absent if len(said.why.split()) < 3]


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
def test_an_order_names_fields_that_are_there_each_once(record: type[Record]):
    form = [name for names in in_form(record).values() for name in names]
    order = record.field_order
    surfaces = ((order.form, form), (order.columns, in_list(record)), (order.sheet, on_sheet(record)))
    for names, present in surfaces:
        assert sorted(set(names.split())) == sorted(names.split())
        assert set(names.split()) <= set(present)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_has_every_field_of_its_record_that_is_not_absent(sheet: Sheet):
    fields = fields_of(sheet.record)
    there = {name for name, field in fields.items() if not isinstance(field.sheet, Absent)}
    assert {column.name for column in sheet.columns} & fields.keys() == there


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_is_what_it_was(sheet: Sheet):
    told = {c.name: [c.label, c.required, [*c.aliases], [*c.choices], c.help, c.retired] for c in sheet.columns}
    names = kept(sheet.record.__tablename__, told)
    assert [(name, told[name]) for name in names] == list(KEPT["sheets"].get(sheet.name, {}).items())


def test_ledgers_are_read_back_by_the_columns_they_had():
    found = {
        ledger.name: [[BY_TABLE[part].name, kept(part, names)] for part, names in ledger.parts] for ledger in LEDGERS
    }
    assert found == KEPT["ledgers"]


def test_a_field_no_order_names_follows_the_one_declared_before_it():
    assert ordered("abcde", set("abce"), "c a e") == ("c", "a", "b", "e")


@pytest.mark.parametrize("record", RECORDS.values(), ids=list(RECORDS))
def test_a_form_has_every_field_that_is_not_hidden_once(record: type[Record]):
    names = [name for section in sections_of(record) for name in section.names]
    assert sorted(names) == sorted(name for name, field in fields_of(record).items() if not field.hidden)


@pytest.mark.parametrize("table", KEPT["form"])
def test_a_form_is_what_it_was(table: str):
    found = [[s.title, kept(table, s.names), s.folded] for s in sections_of(RECORDS[table])]
    assert [section for section in found if section[1]] == KEPT["form"][table]


def test_what_a_line_offers_is_there_to_be_offered():
    terms = {term.dictionary for term in dictionaries.terms()}
    assert not [one for *one, f in declared() if f.suggests and f.suggests not in terms]
    assert {f.codes for *_, f in declared() if f.codes} == set(CODED)
    assert not [one for *one, f in declared() if f.kind != "line" and (f.editor or f.suggests or f.codes)]


@pytest.mark.parametrize("table", LISTS)
def test_a_list_has_every_field_of_its_record_that_is_not_absent(table: str):
    fields = fields_of(RECORDS[table])
    there = [name for name, field in fields.items() if not isinstance(field.column, Absent)]
    counted = ("serial", "unit", "fact", "status") if table == "feedback" else ()
    assert sorted(c.key for c in LISTS[table].columns if c.key in fields and c.key not in counted) == sorted(there)


@pytest.mark.parametrize("table", LISTS)
def test_a_list_is_what_it_was(table: str):
    found = {c.key: [c.key, c.label, c.width, c.shown] for c in LISTS[table].columns}
    assert [found[name] for name in kept(table, found)] == KEPT["lists"].get(table, [])


@pytest.mark.parametrize("table", KEPT["searched"])
def test_a_list_is_searched_by_what_it_was(table: str):
    assert set(KEPT["searched"][table]) <= set(LISTS[table].search)

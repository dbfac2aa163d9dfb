"""A field is declared once, in ``models/records``: what follows from its declaration, surface by surface."""

from models.exchange.container import FORMAT
from models.exchange.content import NEEDED, TRAVELS
from models.records import RECORDS, fields_of

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
    fields = [(table, name, f) for table, record in RECORDS.items() for name, f in fields_of(record).items()]
    assert not [one for *one, f in fields if not 0 <= f.travels_since <= FORMAT]
    assert not [one for *one, f in fields if f.travels_always and not f.travels_since]


def test_packages_carry_what_the_fields_say_a_table_after_those_it_names():
    assert {table: " ".join(names) for table, names in TRAVELS.items()} == FORMAT_1
    assert list(TRAVELS) == list(FORMAT_1)
    assert {table: " ".join(names) for table, names in NEEDED.items() if names} == FORMAT_1_ALWAYS

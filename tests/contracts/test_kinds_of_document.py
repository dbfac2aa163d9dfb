"""Every kind of document is what its declaration says: in menus, dialog, command line, table, phrases, manual."""

from pathlib import Path

import pytest

from exporters import composing
from exporters.composing.options import Options
from gui.commands import choosing
from gui.dialogs.export_fields import CHOICES, FIELDS, IDS
from gui.pages import page_specs, unit_pages
from models.domain.dictionaries import phrases
from models.domain.documents.selection import may_compose
from models.paper.elements import Format
from models.paper.kinds import BULLETINS, BY_KEY, KINDS, NAMES, SLOTS, Kind, key_of, offered_by

MANUAL = Path(__file__).parents[2] / "resources" / "manual" / "公文.md"
COUNTY = (page_specs.FINDINGS, page_specs.CASES, page_specs.FEEDBACK, *page_specs.TEAMS, *page_specs.KEPT)
UNIT = (*unit_pages.PROBLEMS, unit_pages.ANSWERS)
KEPT_BY_THE_PROGRAM = {"campaign_id", "case_ids", "finding_ids", "inspection_ids", "merge_like", "order", "issue"}
"""Options that no field of the form asks for: the list's rows, the window's 专项, what the editor arranges."""
every_kind = pytest.mark.parametrize("kind", KINDS, ids=NAMES)


def test_keys_and_names_are_unique() -> None:
    assert len(BY_KEY) == len(KINDS) == len(set(NAMES.values()))
    assert [key_of(kind.name) for kind in KINDS] == [key_of(kind.key) for kind in KINDS] == list(BY_KEY)


@every_kind
def test_the_lists_it_names_offer_it_and_no_other(kind: Kind) -> None:
    offering = {spec.name for spec in (*COUNTY, *UNIT) if f"{kind.name} (Word)" in [label for label, _ in spec.exports]}
    assert offering == set(kind.offered)
    assert bool(kind.offered) != kind.blank  # the menu offers what is begun from a blank page


@every_kind
def test_the_table_lets_every_office_that_is_offered_it_write_it(kind: Kind) -> None:
    county, unit = ({spec.name for spec in specs} & set(kind.offered) for specs in (COUNTY, UNIT))
    assert may_compose(kind.key, "county") or not county
    assert may_compose(kind.key, "unit") or not unit


@every_kind
def test_its_options_are_options_and_each_is_asked_for(kind: Kind) -> None:
    assert set(kind.options) <= set(Options.__struct_fields__)
    assert len(set(kind.options)) == len(kind.options)
    asked = {*FIELDS, *CHOICES, *IDS.values(), *KEPT_BY_THE_PROGRAM}
    assert set(kind.options) <= asked | set(choosing.OPTIONS.values())


@every_kind
def test_what_it_says_of_itself_fits_together(kind: Kind) -> None:
    assert kind.format in Format.__args__
    assert not kind.in_issues or kind.makes_known
    assert not kind.to_one_unit or "unit_ids" in kind.options
    assert not kind.of_period or {"from_", "until"} <= set(kind.options)
    assert ("issue" in kind.options) == (kind.key in BULLETINS)
    assert "signers" not in kind.options or kind.upward


@every_kind
def test_phrases_are_shipped_for_its_slots_and_no_others(kind: Kind) -> None:
    assert set(kind.slots) <= set(SLOTS)
    assert {phrase.slot for phrase in phrases() if phrase.document_kind == kind.key} == set(kind.slots)


def test_no_phrase_is_of_an_unknown_kind() -> None:
    assert {phrase.document_kind for phrase in phrases()} == set(NAMES)


def test_the_command_line_knows_every_kind() -> None:
    assert [composing.kind_of(kind.name) for kind in KINDS] == list(KINDS)


@pytest.mark.parametrize("spec", [spec for spec in (*COUNTY, *UNIT) if offered_by(spec.name)], ids=lambda s: s.name)
def test_the_manual_names_what_a_list_offers(spec: page_specs.TabSpec) -> None:
    named = "、".join(kind.name for kind in offered_by(spec.name))
    where = f"- **{spec.title}**" + ("（乡镇使用）" if spec in UNIT else "")
    assert f"{where}：{named}\n" in MANUAL.read_text("utf-8")

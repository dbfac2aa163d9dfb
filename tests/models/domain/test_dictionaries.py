import re

import pytest

from models.domain.catalogs import catalog, resources
from models.domain.dictionaries import FIXED, LABELS, PLACEHOLDERS, fill, phrases, terms
from models.domain.findings.deadlines import DeadlineKind
from models.domain.findings.lifecycle import ABOVE, STEPS
from models.domain.findings.outcomes import Outcome


def words(dictionary):
    return [term.name for term in terms() if term.dictionary == dictionary]


def test_every_dictionary_has_a_label_and_different_words():
    assert set(catalog("terms")) == set(LABELS)
    for key in LABELS:
        assert len(words(key)) == len(set(words(key))) >= 2
    assert set(LABELS) >= FIXED


def test_the_rules_and_the_dictionaries_agree():
    assert words("outcome") == list(Outcome)
    assert words("deadline_kind") == list(DeadlineKind)
    assert set(words("source_level")) > ABOVE
    asked = {want.catalog for step in STEPS for want in (*step.wants, *step.needs) if want.catalog}
    assert asked <= set(LABELS)


def test_groups_keep_campaigns_apart():
    groups = {term.name: term.group for term in terms() if term.dictionary == "finding_kind"}
    assert groups["未佩戴口罩"] == "疫情防控"
    assert groups["人员不在岗"] == "通用"


def test_phrases_are_neutral_and_whole():
    for phrase in phrases():
        assert phrase.slot in {"lead", "requirements", "closing"}
        assert phrase.text.endswith(("。", "："))
        assert set(re.findall(r"\{([^}]+)\}", phrase.text)) <= set(PLACEHOLDERS.values())
        assert "疫情" not in phrase.text
    defaults = {(p.document_kind, p.slot) for p in phrases() if p.default}
    assert {kind for kind, _ in defaults} == {p.document_kind for p in phrases()}


def test_filling_leaves_what_is_not_known_to_be_seen():
    text = "{from}至{until}，共{problem_count}个{怪}。"
    assert fill(text, {"from": "3月1日", "problem_count": 0}) == "3月1日至XX，共0个{怪}。"
    assert fill("{office}", {"office": ""}) == "XX"
    assert fill("{本机构名称}", {"office": "县指挥部"}) == "县指挥部"


def test_a_frozen_program_reads_its_own_resources(monkeypatch, tmp_path):
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"


def test_an_unknown_catalog_is_our_own_fault():
    with pytest.raises(FileNotFoundError):
        catalog("nonsense")

"""Mistakes planted in papers of every kind are told at their place; clean papers have none."""

from pathlib import Path

import pytest

from tests.planted.defects import DEFECTS
from tests.planted.trying import KINDS, LEAST, Papers, Tried, clean, counted


@pytest.fixture
def papers(tmp_path: Path):
    made = Papers(tmp_path)
    yield made
    made.close()


def told(rows: list[Tried]) -> str:
    """The mistakes that were missed, and how many were caught."""
    missed = [f"{one.defect} in {one.kind}: elsewhere {one.elsewhere}" for one in rows if not one.caught]
    return "\n".join([*missed, f"{len(rows) - len(missed)} of {len(rows)} caught"])


def test_planted_mistakes_are_told_at_their_place(papers: Papers) -> None:
    rows = list(papers.tried())
    assert {one.kind for one in rows} == set(KINDS)
    whole, kinds = counted(rows)
    assert kinds == len(DEFECTS) >= 60
    assert whole >= kinds - (60 - LEAST), told(rows)


def test_planted_mistakes_are_told_in_a_word_document_too(papers: Papers, tmp_path: Path) -> None:
    rows = list(papers.reviewed(tmp_path))
    assert sum(bool(one.caught) for one in rows) >= len(rows) - 6, told(rows)


def test_clean_papers_are_not_spoken_of(tmp_path: Path) -> None:
    found = dict(clean(tmp_path))
    assert len(found) >= 20
    assert {name: codes for name, codes in found.items() if codes} == {}

"""Our pages against LibreOffice's pages of our own .docx."""

from pathlib import Path

import agreement
import pytest
from corpus import papers, photo_path

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("qapp")]

SAMPLE = {"general-long", "letter-unsealed", "plain-annexed", "header-joint-3", "annexes-landscape", "body-table"}


def test_a_sample_has_the_same_lines_on_the_same_pages(tmp_path: Path) -> None:
    chosen = [(name, paper) for name, paper in papers() if name in SAMPLE]
    pages, starts, equal = agreement.totals(agreement.compare(chosen, photo_path, tmp_path))
    assert (pages, starts) == (1.0, 1.0)
    assert equal > 0.99


@pytest.mark.full
def test_the_whole_corpus_has_the_same_lines_on_the_same_pages(tmp_path: Path) -> None:
    pages, starts, equal = agreement.totals(agreement.compare(papers(), photo_path, tmp_path))
    assert (pages, starts) == (1.0, 1.0)
    assert equal > 0.995


@pytest.mark.full
def test_200_random_papers_agree(tmp_path: Path) -> None:
    # LibreOffice parts a dash (——) at a line's end, which GB/T 15834 forbids and we do not, and does not take the
    # last row of a table that began on the page before along to the signature, which we do and Word is asked to.
    found = agreement.compare(agreement.generated(200), photo_path, tmp_path)
    pages, starts, equal = agreement.totals(found)
    assert pages == 1.0
    assert starts >= 0.99
    assert equal > 0.995

"""Papers rendered by LibreOffice and measured against GB/T 9704-2012."""

from pathlib import Path

import pytest

from exporters.docx import estimate
from exporters.docx.writer import write_docx
from tests.exporters.docx.corpus import body, paper, papers, photo_path
from tests.exporters.measuring import measured

EVERY = dict(papers())
FEW = ("general-long", "letter-long", "plain-long", "annexes-1")
# What the measuring tool cannot see: a subtitle or nothing at all between title and text, second
# signers' rows, turned pages, tables that outweigh the text, several organs' signatures.
MANY = (
    *(name for name in EVERY if name.startswith(("title-", "foot-", "sign-", "copies-"))),
    *("body-1", "body-12", "body-60", "body-200"),
    *("header-bare", "header-upward", "header-short-mark", "addressees-given", "colophon-blank-page"),
)
SUBTITLED = {"title-broken-by-hand"}
# The last lines follow the signature to page 2, so that no page before it is full (7.3.5.5).
SHORT = {"foot-3", "foot-4", "foot-21"}

pytestmark = pytest.mark.libreoffice


def of(name: str, folder: Path) -> tuple[dict[str, str], int]:
    """What fails, with what was measured instead, and the number of pages."""
    target = folder / f"{name}.docx"
    write_docx(EVERY[name], target, photo_path)
    report = measured(EVERY[name], target)
    return report.failures(), report.pages


@pytest.mark.parametrize("name", FEW)
def test_the_standard_is_kept(name: str, tmp_path: Path) -> None:
    failed, _ = of(name, tmp_path)
    assert not failed


@pytest.mark.full
@pytest.mark.parametrize("name", MANY)
def test_the_standard_is_kept_everywhere(name: str, tmp_path: Path) -> None:
    failed, _ = of(name, tmp_path)
    if name in SUBTITLED:
        failed.pop("to.left", None)
    if name in SHORT:
        failed.pop("grid.lines", None)
    assert not failed


@pytest.mark.parametrize("name", ["addressees-40", "annexes-landscape-last"])
def test_pages_are_estimated(name: str, tmp_path: Path) -> None:
    _, real = of(name, tmp_path)
    count, left = estimate.pages(EVERY[name])
    assert count + (estimate.colophon_rows(EVERY[name]) > left) == real


def test_a_page_holds_what_the_estimate_says() -> None:
    assert estimate.pages(paper(blocks=body(200)))[0] > estimate.pages(paper(blocks=body(60)))[0] > 10

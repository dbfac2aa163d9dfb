"""Papers rendered by LibreOffice and measured against GB/T 9704-2012."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exporters.docx import estimate
from exporters.docx.writer import write_docx
from tests.exporters.docx.corpus import body, paper, papers, photo_path

MEASURE = Path(__file__).resolve().parents[4] / "shared" / "tools" / "gbt9704" / "measure.py"
FONTS = Path(os.environ.get("GBT9704_FONTCONF", Path.home() / ".cache" / "gbt9704-fonts" / "fonts.conf"))
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

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not MEASURE.is_file(), reason="the measuring tool is not beside the repository"),
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Writer is not installed"),
    pytest.mark.skipif(not FONTS.is_file(), reason="the free fonts are not set up"),
]


def measured(name: str, folder: Path) -> tuple[dict[str, str], int]:
    """What fails, with what was measured instead, and the number of pages."""
    given = EVERY[name]
    target, report = folder / f"{name}.docx", folder / "report.json"
    write_docx(given, target, photo_path)
    profile = "plain" if given.format == "plain" else "full"
    form = "letter" if given.format == "letter" else "general"
    command = [sys.executable, str(MEASURE), str(target), "--profile", profile, "--format", form]
    done = subprocess.run([*command, "--json", str(report)], capture_output=True, text=True, timeout=300, check=False)
    assert report.is_file(), done.stderr
    found = json.loads(report.read_text("utf-8"))
    failed = {item["id"]: item["got"] for item in found["items"] if item["verdict"] == "FAIL"}
    return failed, found["summary"]["pages"]


@pytest.mark.parametrize("name", FEW)
def test_the_standard_is_kept(name: str, tmp_path: Path) -> None:
    failed, _ = measured(name, tmp_path)
    assert not failed


@pytest.mark.full
@pytest.mark.parametrize("name", MANY)
def test_the_standard_is_kept_everywhere(name: str, tmp_path: Path) -> None:
    failed, _ = measured(name, tmp_path)
    if name in SUBTITLED:
        failed.pop("to.left", None)
    if name in SHORT:
        failed.pop("grid.lines", None)
    assert not failed


@pytest.mark.parametrize("name", ["addressees-40", "annexes-landscape-last"])
def test_pages_are_estimated(name: str, tmp_path: Path) -> None:
    _, real = measured(name, tmp_path)
    count, left = estimate.pages(EVERY[name])
    assert count + (estimate.colophon_rows(EVERY[name]) > left) == real


def test_a_page_holds_what_the_estimate_says() -> None:
    assert estimate.pages(paper(blocks=body(200)))[0] > estimate.pages(paper(blocks=body(60)))[0] > 10

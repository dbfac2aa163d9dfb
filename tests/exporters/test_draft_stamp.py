"""The stamp of what is not issued yet, on every page; and an issued paper that gives the same file each time."""

import datetime as dt
import hashlib
import re
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from exporters.composing import Options, compose
from exporters.draft_stamp import DRAFT
from exporters.files import write_file
from exporters.pages import lay_out
from models.demo.office import fill
from models.paper.elements import Paper, to_json
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from tests.measure.rendering import to_pdf

pytestmark = pytest.mark.usefixtures("qapp")
AT = dt.datetime(2026, 11, 20, 10, 30)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    """A bulletin with a landscape annex, a letter, and a paper without a header."""
    workspace = Workspace(Store(DataFolder(tmp_path_factory.mktemp("office"))))
    fill(workspace)
    with workspace.reading() as session:
        return {
            "general": compose(session, "findings_bulletin", Options(annex_table=True)),
            "letter": compose(session, "findings_bulletin", Options(format="letter")),
            "plain": compose(session, "findings_bulletin", Options(format="plain")),
        }


@pytest.mark.parametrize("form", ["general", "letter", "plain"])
def test_every_page_of_a_draft_is_stamped_and_nothing_of_it_moves(
    papers: dict[str, Paper], form: str, tmp_path: Path
) -> None:
    paper = papers[form]
    whole, plain = lay_out(paper, stamp=DRAFT), lay_out(paper)
    assert [page.lines for page in whole.pages] == [page.lines for page in plain.pages]
    write_file(paper, tmp_path / "a.pdf", stamp=DRAFT)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages]
    assert len(pages) == len(plain.pages)
    assert all(DRAFT in text for text in pages)
    write_file(paper, tmp_path / "b.pdf")
    assert not any(DRAFT in page.extract_text() for page in PdfReader(tmp_path / "b.pdf").pages)


@pytest.mark.libreoffice
@pytest.mark.parametrize("form", ["general", "letter"])
def test_word_has_the_stamp_on_every_page_too(papers: dict[str, Paper], form: str, tmp_path: Path) -> None:
    for name, stamp in (("a", DRAFT), ("b", "")):
        write_file(papers[form], tmp_path / f"{name}.docx", stamp=stamp)
    to_pdf([tmp_path / "a.docx", tmp_path / "b.docx"], tmp_path)
    stamped, bare = ([page.extract_text() for page in PdfReader(tmp_path / f"{name}.pdf").pages] for name in ("a", "b"))
    assert all(DRAFT in text for text in stamped)
    assert not any(DRAFT in text for text in bare)
    assert [text.replace(DRAFT, "").split() for text in stamped] == [text.split() for text in bare]


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_an_issued_paper_gives_the_same_bytes_again(papers: dict[str, Paper], suffix: str, tmp_path: Path) -> None:
    """In another run of the program, at another moment: the hash kept at the first export is the file's for good."""
    (tmp_path / "paper.json").write_bytes(to_json(papers["general"]))
    script = (
        "import sys, datetime as dt; from pathlib import Path; from exporters.files import write_file;"
        "from models.paper.elements import from_json;"
        "write_file(from_json(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), at=dt.datetime(2026, 11, 20, 10, 30))"
    )
    made = tmp_path / f"1.{suffix}"
    write_file(papers["general"], made, at=AT)
    time.sleep(2)  # a zip counts two seconds
    again = tmp_path / f"2.{suffix}"
    subprocess.run([sys.executable, "-c", script, tmp_path / "paper.json", again], check=True, cwd=ROOT)
    assert hashlib.sha256(made.read_bytes()).digest() == hashlib.sha256(again.read_bytes()).digest()


def test_the_file_says_when_it_was_issued(papers: dict[str, Paper], tmp_path: Path) -> None:
    write_file(papers["plain"], tmp_path / "a.pdf", at=AT)
    found = PdfReader(tmp_path / "a.pdf").metadata
    assert found is not None
    assert str(found["/CreationDate"]).startswith("D:20261120103000")
    write_file(papers["plain"], tmp_path / "a.docx", at=AT)
    with ZipFile(tmp_path / "a.docx") as zipped:
        core = zipped.read("docProps/core.xml").decode()
        assert {one.date_time for one in zipped.infolist()} == {(2026, 11, 20, 10, 30, 0)}
    assert set(re.findall(r"2026-11-20T10:30:00Z", core)) == {"2026-11-20T10:30:00Z"}

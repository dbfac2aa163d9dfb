"""Documents from the command line: written, issued, listed."""

import json
from pathlib import Path

import docx
import openpyxl
import pymupdf
import pytest
from sqlalchemy import select

import main as program
from exporters.documents import KINDS
from models.actions import documents, records
from models.actions.work import Desk
from models.records import Document, Finding, Party, Unit
from models.store.engine import Store


@pytest.fixture
def run(demo_folder, capsys):
    """A command on a copy of the demo office: its exit code, what it said, what it complained of."""

    def call(*words: str) -> tuple[int, str, str]:
        code = program.main(["--data", str(demo_folder.root), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def office(demo_folder):
    store = Store(demo_folder)
    yield Desk(store)
    store.close()


@pytest.fixture
def unit(office) -> str:
    """A unit with problems still open, and one it found itself."""
    with office.reading() as session:
        finding = session.scalars(
            select(Finding).where(Finding.status == "已交办", Finding.unit_id.is_not(None))
        ).first()
        name = session.get_one(Unit, finding.unit_id).name
    records.create(
        office,
        Finding,
        {
            "fact": "自查发现消毒记录不全。", "found_on": finding.found_on, "kind": finding.kind,
            "unit_id": finding.unit_id, "source_level": "乡自查",
        },
    )  # fmt: skip
    return name


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written(run, unit, tmp_path: Path, kind: str, suffix: str) -> None:
    target = tmp_path / f"公文.{suffix}"
    narrowed = ("--unit", unit) if kind in ("rectification_notice", "reminder", "self_inspection_report") else ()
    code, said, complaint = run("document", kind, *narrowed, "--out", str(target))
    assert (code, complaint) == (0, "")
    assert KINDS[kind].name in said
    text = (
        "".join(p.text for p in docx.Document(str(target)).paragraphs)
        if suffix == "docx"
        else "".join(page.get_text() for page in pymupdf.open(target))
    )
    assert len(text) > 100


@pytest.mark.parametrize(("format", "mark"), [("general", "文件"), ("letter", "指挥部办公室"), ("plain", "通报")])
def test_the_format_is_chosen(run, tmp_path: Path, format: str, mark: str) -> None:
    target = tmp_path / "通报.docx"
    assert run("document", "督查通报", "--format", format, "--number", "7", "--out", str(target))[0] == 0
    texts = [p.text for p in docx.Document(str(target)).paragraphs]
    assert any(mark in text for text in texts[:6])
    assert any("〕7号" in text for text in texts) == (format != "plain")


def test_the_next_number_is_proposed_and_not_used_up(run, office, tmp_path: Path) -> None:
    with office.reading() as session:
        wanted = str(documents.propose(session, "findings_bulletin", office.today.year).number)
    for _ in range(2):
        target = tmp_path / "通报.docx"
        code, said, _ = run("document", "督查通报", "--out", str(target))
        assert code == 0
        assert wanted in said
        assert any(wanted in p.text for p in docx.Document(str(target)).paragraphs)
    assert "文号" not in run("document", "督查通报", "--format", "plain", "--out", str(target))[1]


def test_names_are_full_inside_and_masked_outside(run, office, tmp_path: Path) -> None:
    with office.reading() as session:
        parties = [p for p in session.scalars(select(Party)) if p.name and not p.is_unit and "某" not in p.name]
    records.update_many(office, Party, [p.id for p in parties], {"masked": True})
    names = [p.name for p in parties]
    texts = []
    for more in ((), ("--masked",)):
        target = tmp_path / "问责通报.docx"
        assert run("document", "accountability_bulletin", *more, "--out", str(target))[0] == 0
        texts.append("\n".join(p.text for p in docx.Document(str(target)).paragraphs))
    printed = [name for name in names if name in texts[0]]
    assert printed
    assert not [name for name in printed if name in texts[1]]


def test_what_cannot_be_written_is_said(run, tmp_path: Path) -> None:
    code, _, complaint = run("document", "督查通报", "--out", str(tmp_path / "通报.txt"))
    assert code == 1
    assert ".docx" in complaint
    assert run("document", "督查周报", "--out", str(tmp_path / "a.docx"))[0] == 1


def test_a_kind_is_drafted_issued_and_registered(run, office, tmp_path: Path) -> None:
    target = tmp_path / "问责通报.pdf"
    code, said, complaint = run("issue", "accountability_bulletin", "--despite-warnings", "--out", str(target))
    assert (code, complaint) == (0, "")
    number = said.strip()
    with office.reading() as session:
        document = session.scalars(select(Document).where(Document.number == number)).one()
    assert document.state == "已印发"
    assert next(iter(document.hashes["files"].values()))["name"] == target.name
    assert run("issue", str(document.id))[0] == 1
    code, said, _ = run("register", "--json")
    assert [row["number"] for row in json.loads(said)][-1] == number
    assert f"共 {len(json.loads(said))} 件" in run("register")[1]
    book = tmp_path / "登记簿.xlsx"
    assert run("register", "--out", str(book))[0] == 0
    assert number in str(list(openpyxl.load_workbook(book).active.values))


def test_a_bulletin_published_in_issues_gets_the_next_one(run) -> None:
    def issues() -> list[int | None]:
        rows = json.loads(run("register", "--json")[1])
        return [row["issue"] for row in rows if row["kind"] == "findings_bulletin"]

    before = issues()
    assert run("issue", "findings_bulletin", "--despite-warnings")[0] == 0
    assert issues() == [*before, max(filter(None, before), default=0) + 1]


def test_a_gap_in_the_numbers_wants_a_reason(run) -> None:
    words = ("issue", "findings_bulletin", "--number", "90", "--despite-warnings")
    code, said, complaint = run(*words)
    assert (code, said) == (1, "")
    assert "写明原因" in complaint
    assert "草稿" in complaint
    code, said, _ = run(*words, "--reason", "前号留给联合行文")
    assert code == 0
    assert said.strip().endswith("〕90号")

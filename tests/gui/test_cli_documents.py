"""Documents from the command line: written, issued, listed."""

import json
from pathlib import Path

import docx
import openpyxl
import pymupdf
import pytest
from sqlalchemy import select

from exporters.composing import KINDS, compose
from models.records import AccountabilityCase, Document, Finding, Party, Unit
from models.services import documents, records


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
            "unit_id": finding.unit_id, "source_level": "乡自查", "status": "待交办",
        },
    )  # fmt: skip
    return name


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "correction"])  # of what was appealed against
def test_every_kind_is_written(run, unit, tmp_path: Path, kind: str, suffix: str) -> None:
    target = tmp_path / f"公文.{suffix}"
    narrowed = ("--unit", unit) if kind in ("rectification_notice", "reminder", "self_inspection_report") else ()
    if kind == "free_paper":
        narrowed = ("--title", "关于做好汛期值守工作的通知", "--lead", "汛期已到，各单位要落实值班制度。" * 8)
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
        parties = _of_open_cases(session)
    agreed = parties[0].name
    records.update_many(office, Party, [p.id for p in parties if p.name == agreed], {"public_name": True})
    names = [p.name for p in parties if p.name != agreed]
    texts = []
    for more in ((), ("--public",), ("--masked",)):
        target = tmp_path / "问责通报.docx"
        assert run("document", "accountability_bulletin", *more, "--out", str(target))[0] == 0
        texts.append("\n".join(p.text for p in docx.Document(str(target)).paragraphs))
    printed = [name for name in names if name in texts[0]]
    assert printed
    assert not [name for name in printed if name in texts[1]]
    assert texts[1] == texts[2]
    assert (agreed in texts[0], agreed in texts[1]) == (True, True)


def test_a_draft_of_the_public_version_is_written_as_that(run, office, tmp_path: Path) -> None:
    """The choice stays with the draft: issued later without a word, it does not come out whole."""
    with office.reading() as session:
        names = {p.name for p in session.scalars(select(Party)) if not p.is_unit and "某" not in p.name}
        paper = compose(session, "accountability_bulletin")
    id_ = documents.draft(office, paper, options={"version": "public"}).id
    target = tmp_path / "公开.docx"
    assert run("issue", str(id_), "--despite-warnings", "--out", str(target))[0] == 0
    text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
    assert "通报" in text
    assert not [name for name in names if name in text]


def test_a_file_name_that_says_the_masked_name_is_told(run, office, tmp_path: Path) -> None:
    with office.reading() as session:
        name = _of_open_cases(session)[0].name
    ids = [str(c.code) for c in _cases_of(office, name)]
    target = tmp_path / f"{name}等人的通报.docx"
    _, said, _ = run("document", "问责通报", "--public", "--case", ids[0], "--out", str(target))
    assert f"文件名里有{name}的全名" in said
    _, said, _ = run("document", "问责通报", "--case", ids[0], "--out", str(target))
    assert "全名" not in said


def _of_open_cases(session) -> list[Party]:
    """The people of cases that were decided and not made known yet: those a bulletin is about."""
    decided = (AccountabilityCase.stage.in_(("决定", "宣布执行")), ~AccountabilityCase.publicised)
    query = select(Party).join(AccountabilityCase, AccountabilityCase.id == Party.case_id).where(*decided)
    return [p for p in session.scalars(query) if p.name and not p.is_unit and "某" not in p.name]


def _cases_of(office, name: str):
    with office.reading() as session:
        where = (Party.case_id == AccountabilityCase.id, Party.name == name)
        return list(session.scalars(select(AccountabilityCase).join(Party, where[0]).where(where[1])))


def test_what_cannot_be_written_is_said(run, tmp_path: Path) -> None:
    code, _, complaint = run("document", "督查通报", "--out", str(tmp_path / "通报.txt"))
    assert code == 1
    assert ".docx" in complaint


def test_a_kind_is_drafted_issued_and_registered(run, office, tmp_path: Path) -> None:
    target = tmp_path / "问责通报.pdf"
    code, said, told = run("issue", "accountability_bulletin", "--despite-warnings", "--out", str(target))
    assert code == 0
    assert told.startswith("未写入")
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

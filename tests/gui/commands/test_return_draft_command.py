"""return-draft: the changes of a corrected Word document told, and taken over into a draft."""

import json

import docx
from sqlalchemy import select
from word_editing import corrected

from models.records import Attachment, Document, Finding
from models.services import documents
from models.services.returned_drafts import ROLE


def test_a_change_is_told_with_the_record_it_came_from_and_taken_over(run, office, tmp_path) -> None:
    paper = tmp_path / "通报.docx"
    assert run("document", "督查通报", "--out", str(paper))[0] == 0
    with office.reading() as session:
        facts = {one.fact.rstrip("。"): one.uuid for one in session.scalars(select(Finding)) if one.fact}
    text = "\n".join(one.text for one in docx.Document(str(paper)).paragraphs)
    fact = next(fact for fact in facts if fact in text and len(fact) > 12)
    corrected(paper, fact, fact + "，要求当场整改")
    code, out, _ = run("return-draft", str(paper), "--json")
    assert code == 0
    (one,) = json.loads(out)["changes"]
    assert one["kind"] == "text"
    assert one["after"] == one["before"].replace(fact, fact + "，要求当场整改")
    code, out, _ = run("return-draft", str(paper), "--accept", "all", "--json")
    assert code == 0
    id_ = json.loads(out)["document"]
    with office.reading() as session:
        kept = session.get_one(Document, id_)
        assert fact + "，要求当场整改" in "".join(b.text for b in documents.paper_of(kept).blocks if hasattr(b, "text"))
        attached = session.scalars(select(Attachment).where(Attachment.owner_uuid == kept.uuid)).one()
        assert (attached.role, attached.name) == (ROLE, "通报.docx")
    # The same file comes back to the same draft, which says it already.
    again = json.loads(run("return-draft", str(paper), "--accept", "all", "--json")[1])
    assert again["document"] == id_


def test_a_number_that_a_record_says_is_offered(run, office, tmp_path) -> None:
    paper = tmp_path / "通报.docx"
    assert run("document", "督查通报", "--out", str(paper), "--detail", "full")[0] == 0
    with office.reading() as session:
        facts = [one for one in session.scalars(select(Finding)) if "名" in one.fact]
    text = "\n".join(one.text for one in docx.Document(str(paper)).paragraphs)
    finding = next(one for one in facts if one.fact.rstrip("。") in text and "2名" in one.fact)
    start = finding.fact[: finding.fact.index("2名")]
    corrected(paper, f"{start}2名", f"{start}3名")
    code, out, _ = run("return-draft", str(paper), "--json")
    assert code == 0
    offers = [offer for one in json.loads(out)["changes"] for offer in one["records"]]
    (offer,) = [one for one in offers if one["field"] == "fact"]
    assert (offer["table"], offer["uuid"]) == ("finding", finding.uuid)
    assert offer["after"] == finding.fact.replace("2名", "3名", 1)


def test_a_document_of_somebody_else_is_refused_in_one_sentence(run, tmp_path) -> None:
    document = docx.Document()
    document.add_paragraph("关于开展工作的通知")
    document.save(str(tmp_path / "a.docx"))
    code, out, err = run("return-draft", str(tmp_path / "a.docx"))
    assert (code, out) == (1, "")
    assert "不是由督查通导出的文稿" in err


def test_what_is_issued_is_told_and_not_changed(run, tmp_path) -> None:
    paper = tmp_path / "通报.docx"
    code, *_ = run("issue", "督查通报", "--out", str(paper), "--despite-warnings", "--reason", "试")
    assert code == 0
    corrected(paper, "工作要求", "有关工作要求")
    assert "共 1 处改动" in run("return-draft", str(paper))[1]
    code, _, err = run("return-draft", str(paper), "--accept", "all")
    assert code == 1
    assert "是“已印发”，内容已经固定" in err

"""A 更正通报: what an issued bulletin says that was changed on appeal since, with its 文号."""

from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, text

from exporters.composing import NothingToWrite, Options, composed
from models.domain.documents.selection import Answer
from models.errors import Refusal
from models.queries.facts.amendments import amended, to_correct
from models.records import Disposition, Document, Party
from models.services import cases, documents, records
from models.services.documents import check_paper


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """Two cases made known by one bulletin, 云防指办〔2022〕1号."""
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇")
    for name, title in (("张建国", "柳河镇干部张建国脱岗的问题"), ("李小红", "柳河镇干部李小红漏报的问题")):
        warned = {"measure": "党内警告", "organ": "柳河镇党委", "decided_on": day(3, 8)}
        party = {
            "name": name,
            "unit_id": made.units["柳河镇"],
            "post": "干部",
            "duty": "直接责任",
            "identities": ["中共党员"],
            "measures": (warned,),
        }
        made.case(
            f"{name}未履行职责", [party],
            title=title, unit_id=made.units["柳河镇"], conduct_from=day(3, 1), code=f"2022-A{name}",
            stage="宣布执行",
        )  # fmt: skip
    issue(made)
    return made


def issue(bureau: Bureau, kind: str = "accountability_bulletin", **options: Any) -> int:
    """Draft and issue a document; its id."""
    with bureau.workspace.reading() as session:
        made = composed(session, kind, Options(**({"date": day(3, 20)} | options)))
        paper = documents.numbered(session, made.paper)
    done = documents.draft(bureau.workspace, paper, options=options)
    documents.issue(bureau.workspace, done.id, despite_warnings=True)
    return int(done.id)


def appeal(bureau: Bureau, name: str, **measure: Any) -> None:
    """申诉变更 of the case of somebody, whose disposition is another by now; taken back where nothing is given."""
    with bureau.workspace.reading() as session:
        party = session.query(Party).filter_by(name=name).one()
        disposition = session.query(Disposition).filter_by(party_id=party.id).one()
    cases.take(bureau.workspace, party.case_id, "amend", {"stage_reason": "经复查，原处分过重"})
    if measure:
        records.update(bureau.workspace, Disposition, disposition.id, disposition.version, measure)
    else:
        records.delete(bureau.workspace, Disposition, [disposition.id])


TALK = {"measure": "诫勉谈话", "organ": "县纪委", "decided_on": day(3, 18)}


def test_what_was_said_and_what_holds_stand_beside_each_other(bureau: Bureau) -> None:
    appeal(bureau, "张建国", **TALK)
    said = text(bureau.compose("correction"))
    assert "2022年3月20日印发的《关于2起疫情防控工作典型问题的通报》（云防指办〔2022〕1号）" in said
    assert "原通报“2022年3月8日，柳河镇党委给予柳河镇干部张建国党内警告处分”" in said
    assert "现更正为“2022年3月18日，县纪委对柳河镇干部张建国进行诫勉谈话”" in said
    assert "李小红" not in said
    with bureau.workspace.reading() as session:
        made = composed(session, "correction", Options(date=day(3, 20)))
        assert [(one.verdict.answer, one.taken) for one in made.selection.judged] == [
            (Answer.IN, True), (Answer.OUT, False),
        ]  # fmt: skip
        assert made.paper.title == "关于更正云防指办〔2022〕1号文件有关内容的通报"
        found = check_paper(session, made.paper, {"corrects": session.query(Document).one().id})
    assert [one.code for one in found if one.severity == "error"] in ([], ["number_missing"])


def test_what_was_taken_back_whole_is_said_to_be(bureau: Bureau) -> None:
    appeal(bureau, "张建国")
    assert "柳河镇干部张建国党内警告处分”，原处理已撤销，现予更正。" in text(bureau.compose("correction"))


def test_a_name_is_masked_in_the_public_version(bureau: Bureau) -> None:
    from models.paper.masking import public

    appeal(bureau, "张建国", **TALK)
    paper = public(bureau.compose("correction"))
    assert "张建国" not in text(paper)
    assert "张某某" in text(paper)


def test_without_an_appeal_nothing_is_to_be_corrected(bureau: Bureau) -> None:
    """A disposition that is only put right is no appeal; neither is an appeal whose outcome is not written down."""
    with bureau.workspace.reading() as session:
        row = session.query(Disposition).first()
        case_id = session.get_one(Party, row.party_id).case_id
    records.update(bureau.workspace, Disposition, row.id, row.version, {"detail": "书面"})
    with pytest.raises(Refusal, match="不用更正"):
        bureau.compose("correction")
    cases.take(bureau.workspace, case_id, "amend", {"stage_reason": "正在复查"})
    with bureau.workspace.reading() as session:
        assert [one.number for one in to_correct(session)] == ["云防指办〔2022〕1号"]  # what was put right differs too


def test_an_appeal_before_the_issue_is_in_the_bulletin_already(bureau: Bureau) -> None:
    appeal(bureau, "张建国", **TALK)
    with bureau.workspace.reading() as session:
        case_id = session.query(Party).filter_by(name="张建国").one().case_id
    cases.take(bureau.workspace, case_id, "decide", {})
    second = issue(bureau, include=True)
    with bureau.workspace.reading() as session:
        assert not amended(session, session.get_one(Document, second))
        assert [one.number for one in to_correct(session)] == ["云防指办〔2022〕1号"]


def test_a_decision_after_the_papers_date_waits(bureau: Bureau) -> None:
    appeal(bureau, "张建国", **{**TALK, "decided_on": day(3, 25)})
    with bureau.workspace.reading() as session, pytest.raises(NothingToWrite, match="没有变更，不用更正") as refused:
        composed(session, "correction", Options(date=day(3, 20)))
    assert {one.verdict.code for one in refused.value.selection.judged} == {"future_decision", "unchanged"}


def test_once_corrected_it_is_asked_about_until_it_changes_again(bureau: Bureau) -> None:
    appeal(bureau, "张建国", **TALK)
    with bureau.workspace.reading() as session:
        first = session.query(Document).one().id
    issue(bureau, "correction", corrects=first)
    with bureau.workspace.reading() as session, pytest.raises(NothingToWrite) as refused:
        composed(session, "correction", Options(date=day(3, 20)))
    assert "已通报 1 件" in refused.value.selection.summary


def test_a_withdrawn_bulletin_needs_no_correction_and_of_several_one_is_chosen(bureau: Bureau) -> None:
    second = issue(bureau, include=True)
    appeal(bureau, "张建国", **TALK)
    with pytest.raises(Refusal, match="有 2 份通报写着已变更的处理"):
        bureau.compose("correction")
    assert "云防指办〔2022〕2号文件" in bureau.compose("correction", corrects=second).title
    documents.withdraw(bureau.workspace, second, "重复印发")
    assert "云防指办〔2022〕1号文件" in bureau.compose("correction").title

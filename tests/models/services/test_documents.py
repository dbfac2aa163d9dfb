"""A document's way: draft, numbers, issue, freeze, two exports, withdraw, void, scan, 补录."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from models.domain.documents.states import DocumentState
from models.errors import Refusal, Stale
from models.paper import editing
from models.paper.elements import Header, Mask, Origin, Paper, Paragraph, Signature, to_json
from models.queries.facts import documents as register
from models.queries.facts import history
from models.records import AccountabilityCase, Attachment, Disposition, Document, Finding, Office, Party, Unit
from models.services import documents, records, undo
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

DAY = dt.date(2022, 3, 20)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(Store(DataFolder(tmp_path / "data")), "周敏", clock=lambda: dt.datetime(2022, 3, 20, 9))
    records.create(made, Office, {"role": "county", "name": "县督查组", "short_name": "督查组", "number_code": "云防"})
    unit = records.create(made, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    base = {"unit_id": unit, "kind": "其他", "source_level": "县", "found_on": DAY, "status": "待交办"}
    base |= {"deadline": dt.date(2022, 3, 31), "requirement": "立即整改。"}
    for fact in ("无记录", "未消毒"):
        records.create(made, Finding, {"fact": fact, **base})
    case = records.create(made, AccountabilityCase, {"fact": "马友良未到岗。", "unit_id": unit, "stage": "决定"}).id
    party = records.create(made, Party, {"case_id": case, "name": "马友良", "duty": "直接责任"}).id
    records.create(made, Disposition, {"party_id": party, "measure": "批评教育", "decided_on": DAY})
    return made


def ref(workspace: Workspace, cls: type, id_: int) -> str:
    with workspace.reading() as session:
        record = session.get(cls, id_)
        return f"{cls.__tablename__}:{record.uuid}"


def block(key: str, text: str, *refs: str) -> Paragraph:
    return Paragraph(text=text, origin=Origin(key, refs, text))


def bulletin(
    workspace: Workspace, number: str = "云防〔2022〕1号", kind: str = "findings_bulletin", **more: object
) -> Paper:
    refs = [ref(workspace, Finding, 1), ref(workspace, Finding, 2)] if kind == "findings_bulletin" else []
    refs += [ref(workspace, AccountabilityCase, 1)] if kind == "accountability_bulletin" else []
    values = {
        "kind": kind, "title": "关于督查情况的\n通报", "addressees": ("各乡镇",),
        "header": Header(("县督查组",), number=number), "signature": Signature(("县督查组",), DAY),
        "blocks": (block("lead:1", "现将有关情况通报如下。"), block("a", "马友良药店无记录、未消毒。", *refs)),
        "masks": (Mask("马友良", "马某某"),),
    }  # fmt: skip
    return Paper(**(values | more))


def row(workspace: Workspace, id_: int) -> Document:
    with workspace.reading() as session:
        found = session.get(Document, id_)
        assert found is not None
        return found


def publicised(workspace: Workspace) -> list[bool]:
    with workspace.reading() as session:
        return [session.get(Finding, n).publicised for n in (1, 2)]


def issued(workspace: Workspace, number: str = "云防〔2022〕1号", **more: object) -> int:
    """A bulletin that was issued; what another one told already is told again."""
    id_ = documents.draft(workspace, bulletin(workspace, number), **({"options": {"include": True}} | more)).id
    documents.issue(workspace, id_)
    return id_


def test_a_draft_shows_in_the_register_and_can_be_edited(workspace: Workspace) -> None:
    id_ = documents.draft(workspace, bulletin(workspace), issue=1, options={"group_by": "unit"}).id
    made = row(workspace, id_)
    assert (made.state, made.title, made.number_year, made.number_serial) == ("草稿", "关于督查情况的通报", 2022, 1)
    assert (made.issue, made.issue_year, made.options) == (1, 2022, {"group_by": "unit"})
    edited = editing.with_fields(editing.replace_text(bulletin(workspace), 1, "改过的。"), {"title": "新标题"})
    documents.save(workspace, id_, made.version, edited)
    assert documents.paper_of(row(workspace, id_)) == edited
    assert row(workspace, id_).title == "新标题"
    with pytest.raises(Stale):
        documents.save(workspace, id_, made.version, edited)


def test_issuing_freezes_marks_and_remembers(workspace: Workspace) -> None:
    id_ = issued(workspace)
    made = row(workspace, id_)
    assert (made.state, made.issued_at) == ("已印发", dt.datetime(2022, 3, 20, 9))
    assert publicised(workspace) == [True, True]
    with workspace.reading() as session:
        finding = session.get(Finding, 1)
        assert [d.id for d in register.issued_by(session, finding.uuid)] == [id_]
    assert to_json(documents.paper_of(made)) == made.content
    with pytest.raises(Refusal, match="只有草稿可以修改"):
        documents.save(workspace, id_, made.version, bulletin(workspace))
    with pytest.raises(Refusal, match="不能再修改"):
        records.update(workspace, Document, id_, None, {"title": "改标题"})
    with pytest.raises(Refusal, match="只有草稿可以印发"):
        documents.issue(workspace, id_)


def test_one_issue_has_two_exports_and_both_stay_the_same(workspace: Workspace) -> None:
    made = row(workspace, issued(workspace))
    internal, public = documents.exported(made, masked=False), documents.exported(made, masked=True)
    assert "马友良" in internal.blocks[1].text
    assert public.blocks[1].text.startswith("马某某药店")
    records.update(workspace, Finding, 1, None, {"fact": "后来改了"})
    again = row(workspace, made.id)
    assert documents.exported(again, masked=False) == internal
    assert documents.exported(again, masked=True) == public


def test_a_damaged_frozen_text_is_not_handed_out(workspace: Workspace) -> None:
    id_ = issued(workspace)
    with workspace.writing("损坏") as work:
        work.set(work.get(Document, id_), content=to_json(bulletin(workspace, title="别的")))
    with pytest.raises(Refusal, match="与印发时不一致"):
        documents.paper_of(row(workspace, id_))


def test_an_error_stops_the_issue_and_names_its_block(workspace: Workspace) -> None:
    id_ = documents.draft(workspace, bulletin(workspace, blocks=(block("a", "XX未消毒。"),))).id
    with pytest.raises(Refusal, match="还没有填写") as refusal:
        documents.issue(workspace, id_, despite_warnings=True)
    assert [p.field for p in refusal.value.problems] == ["a"]
    assert row(workspace, id_).state == "草稿"
    assert publicised(workspace) == [False, False]


def test_a_warning_can_be_passed_over(workspace: Workspace) -> None:
    id_ = documents.draft(workspace, bulletin(workspace, blocks=(block("a", "某镇未消毒。"),))).id
    with pytest.raises(Refusal, match="应写明名称"):
        documents.issue(workspace, id_)
    documents.issue(workspace, id_, despite_warnings=True)
    assert row(workspace, id_).state == "已印发"


def test_numbers_follow_one_another_by_year_and_issues_by_kind(workspace: Workspace) -> None:
    issued(workspace, issue=1)
    with workspace.reading() as session:
        found = documents.propose(session, "findings_bulletin", 2022)
        assert (str(found.number), found.issue) == ("云防〔2022〕2号", 2)
        assert documents.propose(session, "accountability_bulletin", 2022).issue == 1
        assert documents.propose(session, "findings_bulletin", 2023).number.serial == 1


def test_a_gap_or_a_repeat_needs_a_reason_that_is_kept(workspace: Workspace) -> None:
    issued(workspace)
    again = documents.draft(workspace, bulletin(workspace)).id
    with pytest.raises(Refusal, match="已经用过"):
        documents.issue(workspace, again, despite_warnings=True)
    far = documents.draft(workspace, bulletin(workspace, "云防〔2022〕5号")).id
    with pytest.raises(Refusal, match="空出3个"):
        documents.issue(workspace, far, despite_warnings=True)
    documents.issue(workspace, far, gap_reason="2至4号预留", despite_warnings=True)
    assert row(workspace, far).gap_reason == "2至4号预留"
    with workspace.reading() as session:
        assert documents.propose(session, "findings_bulletin", 2022).number.serial == 6


def test_a_withdrawn_document_keeps_its_number_and_makes_nothing_known(workspace: Workspace) -> None:
    first = issued(workspace)
    second = issued(workspace, "云防〔2022〕2号")
    documents.withdraw(workspace, second, "数字有误")
    assert publicised(workspace) == [True, True]
    documents.withdraw(workspace, first, "一并撤回")
    assert publicised(workspace) == [False, False]
    assert (row(workspace, first).state, row(workspace, first).void_reason) == ("已撤回", "一并撤回")
    with workspace.reading() as session:
        assert documents.propose(session, "findings_bulletin", 2022).number.serial == 3
    with pytest.raises(Refusal, match="不能撤回"):
        documents.withdraw(workspace, first, "再撤")
    documents.void(workspace, first, "作废存档")
    assert row(workspace, first).state == "作废"
    with pytest.raises(Refusal, match="不能作废"):
        documents.void(workspace, first, "再作废")


def test_ending_a_document_wants_a_reason(workspace: Workspace) -> None:
    id_ = issued(workspace)
    for end in (documents.withdraw, documents.void):
        with pytest.raises(Refusal, match="原因"):
            end(workspace, id_, " ")


def test_an_accountability_bulletin_moves_its_cases_on(workspace: Workspace) -> None:
    with workspace.writing("宣布") as work:
        work.set(work.get(AccountabilityCase, 1), stage="宣布执行")
    id_ = documents.draft(workspace, bulletin(workspace, kind="accountability_bulletin", masks=())).id
    documents.issue(workspace, id_, despite_warnings=True)
    with workspace.reading() as session:
        case = session.get(AccountabilityCase, 1)
        assert (case.publicised, case.stage) == (True, "通报")
    documents.withdraw(workspace, id_, "有误")
    with workspace.reading() as session:
        case = session.get(AccountabilityCase, 1)
        assert (case.publicised, case.stage) == (False, "宣布执行")


def test_what_another_bulletin_states_too_stays_known_when_one_ends(workspace: Workspace) -> None:
    first = issued(workspace)
    second = issued(workspace, "云防〔2022〕2号")
    documents.void(workspace, first, "有误")
    assert publicised(workspace) == [True, True]
    documents.void(workspace, second, "有误")
    assert publicised(workspace) == [False, False]


def test_what_was_known_before_a_bulletin_stays_known_without_it(workspace: Workspace) -> None:
    with workspace.writing("已在以前的通报中通报") as work:
        work.set(work.get(Finding, 1), publicised=True)
    id_ = issued(workspace)
    assert publicised(workspace) == [True, True]
    documents.withdraw(workspace, id_, "有误")
    assert publicised(workspace) == [True, False]
    documents.void(workspace, id_, "有误")
    assert publicised(workspace) == [True, False]


def test_a_notice_covers_its_findings_but_makes_none_known(workspace: Workspace) -> None:
    id_ = documents.draft(workspace, msgspec.structs.replace(bulletin(workspace), kind="rectification_notice")).id
    documents.issue(workspace, id_, despite_warnings=True)
    assert publicised(workspace) == [False, False]
    with workspace.reading() as session:
        assert len(register.issued_by(session, session.get(Finding, 1).uuid)) == 1


def test_a_finding_says_by_which_document_it_was_written_of(workspace: Workspace) -> None:
    notice = bulletin(
        workspace, kind="rectification_notice", blocks=(block("a", "马友良药店无记录。", ref(workspace, Finding, 1)),)
    )
    documents.issue(workspace, documents.draft(workspace, notice).id, despite_warnings=True)
    issued(workspace, "云防〔2022〕2号")
    with workspace.reading() as session:
        deeds = [event.deed for event in history.of(session, session.get(Finding, 1))]
    assert sorted(deed for deed in deeds if deed.startswith("印发")) == [
        "印发云防〔2022〕1号《关于督查情况的通报》",
        "印发云防〔2022〕2号《关于督查情况的通报》",
    ]


def test_the_signed_copy_is_kept_with_the_document(workspace: Workspace) -> None:
    id_ = documents.draft(workspace, bulletin(workspace)).id
    with pytest.raises(Refusal, match="先印发"):
        documents.attach_scan(workspace, id_, b"%PDF-1.4", "盖章件.pdf")
    documents.issue(workspace, id_)
    documents.attach_scan(workspace, id_, b"%PDF-1.4", "盖章件.pdf")
    with workspace.reading() as session:
        kept = register.scans(session, [row(workspace, id_)])[row(workspace, id_).uuid]
    assert (kept.role, kept.name) == ("签章扫描件", "盖章件.pdf")
    assert row(workspace, id_).hashes["scan"] == kept.sha256
    assert documents.paper_of(row(workspace, id_))


def test_another_signed_copy_takes_its_place_for_a_reason(workspace: Workspace) -> None:
    id_ = issued(workspace)
    documents.attach_scan(workspace, id_, b"%PDF-1.4", "缺页.pdf")
    with pytest.raises(Refusal, match="写明原因"):
        documents.attach_scan(workspace, id_, b"%PDF-1.5", "完整.pdf", reason=" ")
    done = documents.attach_scan(workspace, id_, b"%PDF-1.5", "完整.pdf", reason="原扫描件缺一页")
    assert done.deed == "更换云防〔2022〕1号签章扫描件"
    with workspace.reading() as session:
        kept = {a.name: (a.role, a.description) for a in session.scalars(select(Attachment))}
        assert register.scans(session, [row(workspace, id_)])[row(workspace, id_).uuid].name == "完整.pdf"
    assert kept["缺页.pdf"] == ("已更换的扫描件", "2022-03-20更换：原扫描件缺一页")
    assert kept["完整.pdf"] == ("签章扫描件", "")


def test_a_kind_goes_on_in_issues_as_the_office_does(workspace: Workspace) -> None:
    def wanted(kind: str) -> bool:
        with workspace.reading() as session:
            return documents.propose(session, kind, 2022).in_issues

    assert [wanted(kind) for kind in ("findings_bulletin", "accountability_bulletin", "reminder")] == [
        True,
        False,
        False,
    ]
    issued(workspace)
    assert not wanted("findings_bulletin")
    issued(workspace, "云防〔2022〕2号", issue=1)
    assert wanted("findings_bulletin")


def test_numbers_that_are_not_given_are_the_next_ones(workspace: Workspace) -> None:
    paper = bulletin(workspace, "")
    with workspace.reading() as session:
        made = documents.numbered(session, paper)
        assert (made.header.number, made.title) == ("云防〔2022〕1号", "关于督查情况的\n通报（第1期）")
        given = documents.numbered(session, paper, "9", 4)
        assert (given.header.number, given.title) == ("云防〔2022〕9号", "关于督查情况的\n通报（第4期）")
        assert documents.numbered(session, given) == given
        assert documents.numbered(session, paper, "县发〔2022〕3号").header.number == "县发〔2022〕3号"
        bare = documents.numbered(session, bulletin(workspace, "", "accountability_bulletin"))
        assert bare.title == "关于督查情况的\n通报"


def test_exported_files_leave_their_hash(workspace: Workspace) -> None:
    id_ = issued(workspace)
    documents.note_export(workspace, id_, "通报.docx", "ab" * 32, masked=True)
    files = row(workspace, id_).hashes["files"]
    assert files["ab" * 32]["name"] == "通报.docx"
    assert documents.paper_of(row(workspace, id_))


def test_old_documents_are_taken_in_without_text(workspace: Workspace) -> None:
    values = {"kind": "findings_bulletin", "title": "旧通报", "number": "云防[2022]第08号", "dated_on": DAY, "issue": 8}
    with workspace.writing("补录发文") as work:
        id_ = records.add(work, Document, values | {"state": DocumentState.ISSUED, "historical": True}).id
    made = row(workspace, id_)
    assert (made.number, made.state, made.historical) == ("云防〔2022〕8号", "已印发", True)
    with pytest.raises(Refusal, match="补录"):
        documents.paper_of(made)
    records.update(workspace, Document, id_, None, {"title": "旧通报（更正）"})
    with workspace.reading() as session:
        assert documents.propose(session, "findings_bulletin", 2022).number.serial == 9
        assert documents.propose(session, "findings_bulletin", 2022).issue == 9


def test_a_number_that_is_none_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refusal, match="不是发文字号"):
        documents.draft(workspace, bulletin(workspace, "七号"))


def test_an_issue_is_not_undone_but_withdrawn(workspace: Workspace) -> None:
    id_ = documents.draft(workspace, bulletin(workspace)).id
    done = documents.issue(workspace, id_)
    with pytest.raises(Refusal, match="已写入印发的"):
        undo.undo(workspace, done.operation)
    assert publicised(workspace) == [True, True]


def drafted_report(workspace: Workspace, number: str, *refs: str) -> int:
    """A draft that makes nothing known, so that issuing it changes no other record."""
    lines = (block("lead:1", "现将督查情况报告如下。"), block("a", "马友良药店无记录。", *refs))
    paper = bulletin(workspace, number, "inspection_report", title="关于督查情况的报告", blocks=lines)
    return documents.draft(workspace, paper, options={"include": True}).id


def test_a_number_once_given_is_not_proposed_again(workspace: Workspace) -> None:
    """Not even where its document is deleted: the printed paper is in somebody's hands."""
    id_ = issued(workspace)
    with workspace.writing("删除") as work:
        work.set(work.get(Document, id_), deleted_at=workspace.now)
    with workspace.reading() as session:
        proposed = documents.propose(session, "findings_bulletin", 2022)
        assert (proposed.number.serial, proposed.issue) == (2, 1)
        assert documents.next_number(session, "inspection_report", 2022) == "云防〔2022〕2号"
        assert documents.propose(session, "findings_bulletin", 2023).number.serial == 1


def test_an_issue_number_once_given_is_not_proposed_again(workspace: Workspace) -> None:
    with workspace.reading() as session:
        paper = documents.numbered(session, bulletin(workspace, ""))
    id_ = documents.draft(workspace, paper, issue=1).id
    documents.issue(workspace, id_)
    with workspace.writing("删除") as work:
        work.set(work.get(Document, id_), deleted_at=workspace.now)
    with workspace.reading() as session:
        assert documents.propose(session, "findings_bulletin", 2022).issue == 2
        assert documents.propose(session, "accountability_bulletin", 2022).issue == 1


def test_what_an_issued_document_states_is_not_taken_back(workspace: Workspace) -> None:
    edited = records.update(workspace, Finding, 1, None, {"fact": "药店无消毒记录"})
    other = records.update(workspace, Finding, 2, None, {"fact": "药店无登记"})
    id_ = drafted_report(workspace, "云防〔2022〕1号", ref(workspace, Finding, 1))
    documents.issue(workspace, id_)
    with pytest.raises(Refusal, match="“2022-0001”已写入印发的《关于督查情况的报告》，不能撤销。"):
        undo.undo(workspace, edited.operation)
    undo.undo(workspace, other.operation)
    with workspace.reading() as session:
        facts = [session.get(Finding, number).fact for number in (1, 2)]
    assert facts == ["药店无消毒记录", "未消毒"]


def test_what_only_a_draft_states_or_was_changed_after_the_issue_can_be_taken_back(workspace: Workspace) -> None:
    edited = records.update(workspace, Finding, 1, None, {"fact": "药店无消毒记录"})
    id_ = drafted_report(workspace, "云防〔2022〕1号", ref(workspace, Finding, 1))
    undo.undo(workspace, edited.operation)
    documents.issue(workspace, id_)
    workspace.clock = lambda: dt.datetime(2022, 3, 21, 9)
    later = records.update(workspace, Finding, 1, None, {"fact": "药店无登记"})
    undo.undo(workspace, later.operation)
    with workspace.reading() as session:
        assert session.get(Finding, 1).fact == "无记录"


def test_what_a_withdrawn_document_stated_can_be_taken_back(workspace: Workspace) -> None:
    edited = records.update(workspace, Finding, 1, None, {"fact": "药店无消毒记录"})
    id_ = drafted_report(workspace, "云防〔2022〕1号", ref(workspace, Finding, 1))
    documents.issue(workspace, id_)
    documents.withdraw(workspace, id_, "事实有误")
    undo.undo(workspace, edited.operation)
    with workspace.reading() as session:
        assert session.get(Finding, 1).fact == "无记录"


def test_an_imported_row_counts_by_its_day(workspace: Workspace) -> None:
    row = {"kind": "findings_bulletin", "state": "已印发", "issue": 4, "dated_on": DAY, "title": "旧通报"}
    with workspace.writing("导入") as work:
        work.bulk_add(Document, [row])
    with workspace.reading() as session:
        assert documents.propose(session, "findings_bulletin", 2022).issue == 5
        assert documents.propose(session, "findings_bulletin", 2023).issue == 1

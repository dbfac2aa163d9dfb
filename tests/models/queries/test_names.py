"""Who is masked in the public version, as the records say it when it is asked."""

import datetime as dt

import pytest
from sqlalchemy import select

from exporters.composing import Options, compose
from models.paper.masking import public
from models.records import AccountabilityCase, Disposition, Document, Finding, Party, Plan, Unit
from models.services import documents, findings, records
from models.services.office_setup import found_office

DAY = dt.date(2022, 3, 5)


@pytest.fixture
def case(workspace):
    """A problem, the case that came of it, and its two parties."""
    found_office(workspace, {"role": "county", "name": "云岭县防控办", "short_name": "防控办", "county_name": "云岭县"})
    workspace.unit = records.create(workspace, Unit, {"name": "石门乡", "kind": "乡镇"}).id
    values = {
        "unit_id": workspace.unit,
        "found_on": DAY,
        "source_level": "县",
        "kind": "值班值守",
        "fact": "周建明脱岗",
    }
    workspace.finding = records.create(workspace, Finding, values).id
    told = {
        "unit_id": workspace.unit,
        "fact": "周建明与李强脱岗。",
        "finding_ids": [workspace.finding],
        "title": "脱岗问题",
        "stage": "决定",
    }
    case_id = records.create(workspace, AccountabilityCase, told).id
    workspace.parties = [
        records.create(workspace, Party, {"case_id": case_id, "name": name, "duty": "直接责任", **more}).id
        for name, more in (("周建明", {}), ("李强", {"public_name": True}))
    ]
    for id_ in workspace.parties:
        records.create(workspace, Disposition, {"party_id": id_, "measure": "批评教育", "decided_on": DAY})
    return case_id


def composed(workspace, kind, **options):
    with workspace.reading() as session:
        return compose(session, kind, Options(**options))


def test_consent_taken_back_while_a_draft_waits_is_taken_back_in_the_draft(workspace, case):
    paper = composed(workspace, "accountability_bulletin", case_ids=(case,))
    assert ("李强" in str(public(paper)), "周建明" in str(public(paper))) == (True, False)
    id_ = documents.draft(workspace, paper).id
    records.update(workspace, Party, workspace.parties[1], None, {"public_name": False})
    with workspace.reading() as session:
        draft = session.get(Document, id_)
        assert "李强" not in str(public(documents.paper_as_it_is(session, draft)))
        number, issue = documents.numbered(session, paper, "县指办〔2022〕1号"), None
    documents.save(workspace, id_, draft.version, number, issue=issue)
    documents.issue(workspace, id_, despite_warnings=True)
    with workspace.reading() as session:
        frozen = session.get(Document, id_)
        assert "李强" not in str(documents.exported(frozen, masked=True))
        assert "李强" in str(documents.exported(frozen, masked=False))
    records.update(workspace, Party, workspace.parties[1], None, {"public_name": True})
    with workspace.reading() as session:
        again = session.get(Document, id_)
        assert documents.paper_as_it_is(session, again) == documents.paper_of(frozen)


def test_a_party_named_in_the_fact_of_its_finding_is_masked_there_too(workspace, case):
    paper = composed(workspace, "findings_bulletin", finding_ids=(workspace.finding,))
    assert "周建明" in str(paper.blocks)
    assert "周建明" not in str(public(paper))


def test_who_answers_for_a_problem_is_masked_where_it_says_so(workspace, case):
    records.create(
        workspace, Plan, {"finding_id": workspace.finding, "measures": "补岗", "person": "何平", "due_text": "立即"}
    )
    findings.take(
        workspace, workspace.finding, "hand_over", {"deadline": dt.date(2022, 3, 31), "requirement": "补岗。"}
    )
    paper = composed(workspace, "rectification_plan", finding_ids=(workspace.finding,))
    assert "何平" in str(paper.blocks)
    assert "何平" not in str(public(paper).blocks)
    with workspace.writing("负责人") as work:
        work.set(work.get(Unit, workspace.unit), leader="孙立群", leader_post="乡长")
        work.set(work.session.scalars(select(Plan)).one(), person="")
    paper = composed(workspace, "rectification_plan", finding_ids=(workspace.finding,))
    assert ("孙立群" in str(paper.blocks), "孙立群" in str(public(paper).blocks)) == (True, False)


def test_an_older_mark_takes_consent_back_and_a_new_tick_is_above_it(workspace, case):
    records.update(workspace, Party, workspace.parties[1], None, {"masked": True})
    assert flags(workspace) == (True, False)
    records.update(workspace, Party, workspace.parties[1], None, {"public_name": True})
    assert flags(workspace) == (False, True)


def flags(workspace):
    with workspace.reading() as session:
        party = session.get(Party, workspace.parties[1])
        return party.masked, party.public_name

"""Which drafts a county is offered to send on, and which of them an issued document names."""

import datetime as dt

import pytest

from models.paper.elements import Paper, Paragraph
from models.queries.whole_drafts import whole_drafts
from models.records import Document, DocumentRecord, Finding, Site, Unit
from models.services import documents, records
from models.services.office_setup import found_office

DAY = dt.date(2022, 3, 5)


@pytest.fixture
def made(workspace):
    found_office(workspace, {"role": "county", "name": "云水县防控办", "short_name": "防控办"})
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    site = records.create(workspace, Site, {"name": "惠民药店", "kind": "药店", "unit_id": unit}).id

    def make(**values) -> int:
        usual = {"fact": "无人值守", "kind": "值守", "source_level": "县", "found_on": DAY, "site_id": site}
        return records.create(workspace, Finding, usual | {"status": "草稿"} | values).id

    return make


def listed(workspace):
    with workspace.reading() as session:
        return whole_drafts(session)


def test_complete_drafts_are_offered_and_nothing_else(workspace, made):
    whole, reported = made(count=3), made(source_level="群众举报", status="")
    for values in ({"fact": ""}, {"found_on": None}, {"site_id": None}, {"status": ""}, {"self_found": True}):
        made(**values)
    records.delete(workspace, Finding, [made()])
    found = listed(workspace)
    assert [(one.id, one.reported) for one in found] == [(whole, False), (reported, True)]
    assert (found[0].place, found[0].count, found[0].papers) == ("柳河镇 惠民药店", 3, ())


@pytest.mark.parametrize(("state", "papers"), [("已印发", ("云防指办〔2022〕7号",)), ("草稿", ()), ("作废", ())])
def test_an_issued_document_that_names_one_is_said(workspace, made, state, papers):
    id_ = made()
    paper = documents.draft(workspace, Paper(kind="findings_bulletin", title="通报", blocks=(Paragraph("一"),))).id
    with workspace.reading() as session:
        uuid = session.get_one(Finding, id_).uuid
    with workspace.writing("印发") as work:
        work.set(work.get(Document, paper), number="云防指办〔2022〕7号", state=state)
        records.add(work, DocumentRecord, {"document_id": paper, "table": "finding", "record_uuid": uuid})
    assert [one.papers for one in listed(workspace)] == [papers]

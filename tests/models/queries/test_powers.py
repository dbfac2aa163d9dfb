"""Whose supervision an inspection is, who approved it, and the law of a campaign."""

import pytest
from sqlalchemy import select

from models.errors import Refusal
from models.queries.facts import powers
from models.records import Campaign, Document, Finding, Inspection
from tests.exporters.composing.paperwork import Bureau, day


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    return Bureau(tmp_path / "office")


def asked(bureau: Bureau):
    with bureau.workspace.reading() as session:
        rows = list(session.scalars(select(Finding)))
        return powers.authorities(session, rows), powers.unapproved(session, rows)


def test_the_approval_of_the_governments_own_inspections_is_asked_for(bureau: Bureau) -> None:
    trip = bureau.inspection(bureau.team("第一组", 1), "柳河镇", code="DC-01")
    bureau.finding("未登记。", inspection_id=trip)
    assert asked(bureau) == (frozenset(), ())
    bureau.set(Inspection, trip, authority="政府督查组", approver="程立新")
    assert asked(bureau) == (frozenset({"政府督查组"}), (("DC-01", "批准日期、批准文号"),))
    bureau.set(Inspection, trip, authority="党委督查")
    assert asked(bureau) == (frozenset({"党委督查"}), ())


def test_the_law_is_that_of_the_chosen_campaign_else_of_the_current_one(bureau: Bureau) -> None:
    other = bureau.add(Campaign, name="防汛", legal_basis="《防汛条例》第十五条")
    bureau.set(Campaign, other, active=False)
    with bureau.workspace.reading() as session:
        assert powers.legal_basis(session, Document(options={"campaign_id": other})) == "《防汛条例》第十五条"
        assert powers.legal_basis(session, Document(options={})) == ""


def test_of_a_secret_paper_the_register_keeps_number_and_date_only(bureau: Bureau) -> None:
    given = {"kind": "free_paper", "state": "已印发", "number": "云防指办〔2022〕3号", "dated_on": day(3, 1),
             "secrecy": "秘密"}  # fmt: skip
    with pytest.raises(Refusal, match="只登记文号和日期，请把“标题”、“主送”留空"):
        bureau.add(Document, **given, title="关于某事的通知", addressees="各乡镇")
    bureau.add(Document, **given)

"""What a campaign's law changes in a paper, and what a work sheet is."""

import pytest

from models.records import Campaign
from tests.exporters.composing.paperwork import Bureau, day, text


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    made = Bureau(tmp_path / "office")
    made.finding("河道堆放杂物。", unit_id=made.unit("柳河镇"), status="已交办")
    return made


def season(bureau: Bureau, **values: str) -> None:
    bureau.set(Campaign, bureau.campaign, **values)


def test_a_notice_begins_with_the_law_of_its_campaign(bureau: Bureau) -> None:
    plain = bureau.compose("rectification_notice", include=True)
    season(bureau, legal_basis="《防汛条例》第十五条")
    paper = bureau.compose("rectification_notice", include=True)
    assert paper.blocks[0].text == f"根据《防汛条例》第十五条，{plain.blocks[0].text}"
    given = bureau.compose("rectification_notice", include=True, lead="依据《防汛条例》第十五条，现交办如下。")
    assert given.blocks[0].text == "依据《防汛条例》第十五条，现交办如下。"


def test_a_notice_is_of_the_type_and_issuer_the_campaign_says(bureau: Bureau) -> None:
    assert bureau.compose("rectification_notice", include=True).title.endswith("的通知")
    season(bureau, notice_type="通知书", notice_issuer="云岭县林业局")
    paper = bureau.compose("rectification_notice", include=True)
    assert paper.title.endswith("的通知书")
    assert paper.header.organs == ("云岭县林业局",)
    assert paper.signature is not None
    assert paper.signature.organs == ("云岭县林业局",)


def test_a_reminder_is_a_work_sheet_unless_a_letter_is_wanted(bureau: Bureau) -> None:
    sheet = bureau.compose("reminder", include=True)
    assert (sheet.format, sheet.header.organs, sheet.colophon) == ("plain", (), None)
    assert sheet.title == "疫情防控督查问题催办单"
    letter = bureau.compose("reminder", include=True, format="letter", number="3")
    assert letter.title == "关于催办疫情防控督查问题整改的函"
    assert letter.header.number == "云防指办〔2022〕3号"
    assert text(letter).count("河道堆放杂物") == text(sheet).count("河道堆放杂物") == 1


def test_a_bulletin_keeps_who_approved_it_and_when(bureau: Bureau) -> None:
    paper = bureau.compose("findings_bulletin", include=True, approver="程立新", approved_on=day(3, 18))
    assert (paper.approver, paper.approved_on) == ("程立新", day(3, 18))

"""自由公文: every type in the form it has by itself; what was typed stands in it word for word."""

import pytest

from exporters.composing import Options, compose
from models.domain.documents.document_types import BY_NAME, TYPES, type_of
from models.errors import Refusal
from models.paper.editing import is_edited
from tests.exporters.composing.paperwork import Bureau, day, text

TITLE = "关于做好汛期值守工作的{}"


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    return Bureau(tmp_path / "office")


def made(bureau: Bureau, name: str, **options):
    given = {"title": TITLE.format(name), "text": "汛期已到。\n一、落实值班", "date": day(6, 1)} | options
    with bureau.workspace.reading() as session:
        return compose(session, "free_paper", Options(**given))


@pytest.mark.parametrize("name", BY_NAME)
def test_every_type_has_its_form(bureau: Bureau, name: str) -> None:
    paper, found = made(bureau, name), BY_NAME[name]
    assert paper.kind == "free_paper"
    assert paper.format == found.format
    assert paper.header.upward == found.upward
    assert bool(paper.addressees) == (found.addressed and found.direction != "level")
    assert paper.signature is not None
    assert paper.signature.sealed == (found.sealed and found.format != "plain")
    assert "汛期已到。\n一、落实值班" in text(paper)


def test_the_fifteen_types_of_the_regulation() -> None:
    assert len(TYPES) == 15
    assert "、".join(one.name for one in TYPES) == (
        "通知、通报、报告、请示、函、纪要、意见、决定、批复、通告、公告、决议、公报、议案、命令"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("关于开展督查的通知", "通知"), ("关于增加经费的请示", "请示"), ("关于商请支持的函", "函"),
        ("第3次办公会议纪要（第3期）", "纪要"), ("关于转发通知的通报", "通报"), ("会议材料", None),
    ],
)  # fmt: skip
def test_the_title_says_the_type(title: str, name: str | None) -> None:
    found = type_of(title)
    assert (found.name if found else None) == name


def test_a_request_goes_up_with_its_signer_and_whom_to_ask(bureau: Bureau) -> None:
    paper = made(bureau, "请示")
    assert paper.addressees == ("县委", "县政府")
    assert paper.header.signers == ("方正明",)
    assert paper.note == "联系人：周敏，电话：0000-1234567"
    assert text(paper).endswith("妥否，请批示。")


def test_minutes_bear_their_mark_and_no_seal(bureau: Bureau) -> None:
    paper = made(bureau, "纪要")
    assert paper.header.mark_suffix == "会议纪要"
    assert paper.addressees == ()


def test_closing_words_are_not_said_twice(bureau: Bureau) -> None:
    paper = made(bureau, "通知", text="汛期已到。\n特此通知。")
    assert text(paper).count("特此通知。") == 1


def test_the_pasted_text_brings_title_and_addressees(bureau: Bureau) -> None:
    paper = made(bureau, "", title="", text="关于商请派员的函\n县水务局：\n现商请派员参加。")
    assert (paper.title, paper.addressees, paper.format) == ("关于商请派员的函", ("县水务局",), "letter")
    decided = made(bureau, "", title="", text="关于表扬先进的决定\n各乡镇：\n经研究，决定表扬。")
    assert decided.addressees == ("各乡镇",)


def test_only_what_is_edited_later_counts_as_edited(bureau: Bureau) -> None:
    assert not [block for block in made(bureau, "通知").blocks if is_edited(block)]


def test_a_paper_without_a_title_or_of_an_unknown_type_is_refused(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="请填写标题"):
        made(bureau, "", title="", text="汛期已到。")
    with pytest.raises(Refusal, match="没有“指示”这个文种"):
        made(bureau, "通知", document_type="指示")


def test_a_unit_writes_one_to_the_office_above(tmp_path) -> None:
    town = Bureau(tmp_path / "town", role="unit", name="柳河镇人民政府", short_name="柳河镇")
    assert made(town, "报告").addressees == ()

"""One issue, two exports: each mask holds at its own place."""

import msgspec
import pytest

from models.paper.elements import Annex, Column, Mask, Origin, Paper, Paragraph, Photo, Photos, Table
from models.paper.half_masked import half_masked
from models.paper.masking import internal, public, wants_public


def block(key: str, text: str) -> Paragraph:
    return Paragraph(heading=text, text=text, origin=Origin(key, (), text + text))


def test_namesakes_in_two_cases_stay_apart() -> None:
    paper = Paper(
        title="关于张伟等人的通报",
        blocks=(block("case:1", "张伟未到岗。"), block("case:2", "张伟聚餐。"), Paragraph(text="张伟手写。")),
        masks=(Mask("张伟", "张某", ("case:2",)),),
    )
    shown = public(paper)
    assert [b.text for b in shown.blocks] == ["张伟未到岗。", "张某聚餐。", "张某手写。"]
    assert shown.blocks[1].heading == "张某聚餐。"
    assert shown.title == "关于张某等人的通报"
    assert shown.masks == ()


def test_tables_and_pictures_are_masked_too() -> None:
    table = Table((Column("责任人"),), (("马友良",),), "马友良")
    paper = Paper(
        title="通报", note="马友良", masks=(Mask("马友良", "马某某"),),
        annexes=(Annex("马友良的材料", (table, Photos((), "马友良"))),),
    )  # fmt: skip
    shown = public(paper)
    assert "马友良" not in str(shown)
    assert shown.annexes[0].blocks[0].rows == (("马某某",),)


def test_without_masks_the_paper_is_the_same() -> None:
    paper = Paper(title="通报", blocks=(block("a", "甲。"),))
    assert public(paper) is paper


def consenting(*masks: Mask, **more) -> Paper:
    return Paper(masks=masks, consent=True, **more)


def test_a_name_masked_in_a_case_is_masked_wherever_else_it_stands() -> None:
    """A caption, an annex's table and the lead of a newer paper; a case that says otherwise keeps its own say."""
    table = Table((Column("责任人"),), (("张　伟",),))
    paper = consenting(
        Mask("张伟", "张某", ("case:1",)), Mask("张伟", "张伟", ("case:2",)),
        title="关于张伟等人的通报",
        blocks=(block("lead:1", "张伟等人"), block("case:1", "张伟未到岗。"), block("case:2", "张伟聚餐。")),
        annexes=(Annex("清单", (table, Photos((Photo("a", "张伟值守"),), origin=Origin("photos:1")))),),
    )  # fmt: skip
    shown = public(paper)
    assert [b.text for b in shown.blocks] == ["张某等人", "张某未到岗。", "张伟聚餐。"]
    assert shown.annexes[0].blocks[0].rows == (("张某",),)
    assert shown.annexes[0].blocks[1].photos[0].caption == "张某值守"
    assert shown.title == "关于张某等人的通报"


def test_a_paper_frozen_by_1_0_is_masked_as_it_was() -> None:
    paper = Paper(
        blocks=(block("lead:1", "张伟等人"), block("case:1", "张伟未到岗。")),
        masks=(Mask("张伟", "张某", ("case:1",)),),
    )
    assert [b.text for b in public(paper).blocks] == ["张伟等人", "张某未到岗。"]


def test_an_edited_public_version_goes_back_to_the_internal_one() -> None:
    whole = consenting(
        Mask("张伟", "张某甲", ("case:1",)), Mask("张华", "张某乙", ("case:1",)), Mask("张力", "张某甲", ("case:2",)),
        title="关于张伟的通报",
        blocks=(block("lead:1", "照抄的张某。"), block("case:1", "张伟与张华聚餐。"), block("case:2", "张力缺岗。")),
        annexes=(Annex("张华的材料", (block("note:1", "张华。"),)),),
    )  # fmt: skip
    seen = public(whole)
    assert internal(seen, whole) == whole
    longer = msgspec.structs.replace(seen.blocks[1], text="张某乙说与张某甲没有聚餐。")
    edited = msgspec.structs.replace(seen, blocks=(seen.blocks[2], longer, Paragraph(text="另，张某乙已检讨。")))
    back = internal(edited, whole)
    assert [b.text for b in back.blocks] == ["张力缺岗。", "张华说与张伟没有聚餐。", "另，张华已检讨。"]
    assert back.blocks[1].origin == whole.blocks[1].origin
    assert (back.title, back.annexes, back.masks) == (whole.title, whole.annexes, whole.masks)
    assert public(back) == edited
    unclear = internal(msgspec.structs.replace(seen, note="张某甲"), whole)
    assert unclear.note == "张某甲"  # two persons could be meant: nobody is guessed


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({}, False),
        ({"version": "public"}, True),
        ({"version": "internal", "masked": "all"}, False),
        ({"masked": "full"}, False),
        ({"masked": "all"}, True),
        ({"masked": "person"}, True),
    ],
)
def test_the_choice_kept_by_1_0_still_holds(options, wanted) -> None:
    assert wants_public(options) is wanted


def where(paper: Paper) -> list[str]:
    return [slip.where for slip in half_masked(paper)]


def test_what_the_public_version_still_says_in_full_is_found() -> None:
    hidden, agreed = Mask("张伟", "张某", ("case:1",)), Mask("张伟", "张伟", ("case:2",))
    told = (block("case:1", "张伟未到岗。"), block("case:2", "张伟聚餐。"))
    assert where(consenting(hidden, blocks=told)) == []
    assert where(consenting(hidden, agreed, blocks=told)) == ["正文"]
    assert where(consenting(hidden, addressees=("张 伟同志",))) == ["主送"]


def test_a_name_masked_by_hand_and_whole_elsewhere_is_found() -> None:
    annexes = (
        Annex("张伟的材料", (Table((Column("姓名"),), (("张伟",),)), Photos((Photo("a", "张伟值守"),)))),
        Annex("其他", (block("x", "无关。"),)),
    )
    mask = Mask("张伟", "张某", ("case:1",))
    paper = consenting(mask, title="关于张伟的通报", blocks=(block("case:1", "张某未到岗。"),), annexes=annexes)
    assert where(paper) == ["标题", "附件1的标题", "附件1的表格", "附件1的照片说明"]
    whole = consenting(mask, title="关于张伟的通报", blocks=(block("case:1", "张伟未到岗。"),), annexes=annexes)
    assert where(whole) == []

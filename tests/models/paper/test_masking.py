"""One issue, two exports: each mask holds at its own place."""

from models.paper.elements import Annex, Column, Mask, Origin, Paper, Paragraph, Photos, Table
from models.paper.masking import public


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

"""A text as it is pasted: title, addressees, levels, tables and attachments are known; nothing is lost."""

from models.paper.elements import Paper, Paragraph, Table
from models.paper.numbering import ordinals
from models.paper.typed_text import taken_apart, with_lines

PASTED = """关于做好汛期值守工作的通知
各乡镇人民政府、街道办事处，县直各有关单位：
　　汛期已到，现就有关事项通知如下。
一、压实责任
（一）落实包保。县领导包乡镇，
名单于6月底前报送。
1. 各乡镇明确专人负责。
（1）每日16时前报送值守情况。
二、加强巡查
2.5米以上水位每小时报一次。
时段\t责任单位
主汛期\t县水务局
四、其他
附件1
值守名单
姓名\t电话
周敏\t0000-1
附件2
报送要求
一、按时报送。
"""


def printed(blocks) -> list[str]:
    return [
        number + block.heading + block.text if isinstance(block, Paragraph) else f"表{len(block.rows)}"
        for block, number in zip(blocks, ordinals(blocks), strict=True)
    ]


def test_a_whole_paper_is_taken_apart() -> None:
    found = taken_apart(PASTED)
    assert found.title == "关于做好汛期值守工作的通知"
    assert found.addressees == ("各乡镇人民政府", "街道办事处，县直各有关单位")
    assert printed(found.blocks) == [
        "汛期已到，现就有关事项通知如下。", "一、压实责任", "（一）落实包保。县领导包乡镇，", "名单于6月底前报送。",
        "1.各乡镇明确专人负责。", "（1）每日16时前报送值守情况。", "二、加强巡查", "2.5米以上水位每小时报一次。", "表1",
        "四、其他",
    ]  # fmt: skip
    assert [(annex.title, printed(annex.blocks)) for annex in found.annexes] == [
        ("值守名单", ["表1"]), ("报送要求", ["一、按时报送。"]),
    ]  # fmt: skip


def test_headings_stand_in_the_font_of_their_level() -> None:
    blocks = taken_apart("一、压实责任\n（一）落实包保。县领导包乡镇。\n1.各乡镇明确专人。").blocks
    assert blocks == (
        Paragraph(heading="压实责任", level=1),
        Paragraph("县领导包乡镇。", "落实包保。", 2),
        Paragraph("各乡镇明确专人。", level=3),
    )


def test_an_ordinal_that_is_not_the_next_one_stays_as_typed() -> None:
    (block,) = taken_apart("四、其他").blocks
    assert block == Paragraph(heading="四、其他", level=1, numbered=False)


def test_lines_with_tabs_are_a_table_with_the_first_as_its_head() -> None:
    (table,) = taken_apart("名称\t数量\n口罩\t3\n手套").blocks[:1]
    assert isinstance(table, Table)
    assert [one.title for one in table.columns] == ["名称", "数量"]
    assert table.rows == (("口罩", "3"),)


def test_a_long_sentence_before_a_list_is_no_addressee() -> None:
    first = "按照上级通知要求，我镇对照反馈问题逐项整改，目前取得了初步成效，现将有关情况报告如下："
    found = taken_apart(f"{first}\n一、总体情况")
    assert (found.title, found.addressees) == ("", ())
    assert printed(found.blocks) == [first, "一、总体情况"]


def test_an_empty_text_is_nothing() -> None:
    assert taken_apart(" \n　\n") == taken_apart("")
    assert taken_apart("").blocks == ()


def lines_put_in(blocks, at: int, text: str) -> tuple[list[str], int]:
    paper, last = with_lines(Paper(kind="free_paper", blocks=blocks), at, text.split("\n"))
    return printed(paper.blocks), last


def test_a_line_break_begins_another_paragraph() -> None:
    here = (Paragraph("甲。乙。"), Paragraph("丙。"))
    assert lines_put_in(here, 0, "甲。\n乙。") == (["甲。", "乙。", "丙。"], 1)
    assert lines_put_in(here, 0, "甲。乙。\n") == (["甲。乙。", "", "丙。"], 1)


def test_pasted_lines_go_on_with_the_numbers_before_them() -> None:
    here = (Paragraph(heading="压实责任", level=1), Paragraph(), Paragraph("特此通知。"))
    text = "二、加强巡查\n每日一次。\n四、其他"
    assert lines_put_in(here, 1, text) == (["一、压实责任", "二、加强巡查", "每日一次。", "四、其他", "特此通知。"], 3)


def test_a_heading_keeps_its_place_when_lines_follow_it() -> None:
    here = (Paragraph("县领导包乡镇。", "落实包保。", 2),)
    assert lines_put_in(here, 0, "县领导包乡镇。\n1.各乡镇明确专人。") == (
        ["（一）落实包保。县领导包乡镇。", "1.各乡镇明确专人。"], 1,
    )  # fmt: skip


def test_a_title_and_addressees_that_are_given_leave_other_lines_in_the_text() -> None:
    text = "关于商请支持的函\n县水务局：\n现商请如下。"
    given = taken_apart(text, "关于商请支持的函", ("县水务局",))
    assert (given.title, given.addressees, printed(given.blocks)) == (
        "关于商请支持的函",
        ("县水务局",),
        ["现商请如下。"],
    )
    others = taken_apart(text, "关于会议的通知", ("县财政局",))
    assert (others.title, others.addressees) == ("", ())
    assert printed(others.blocks) == ["关于商请支持的函", "县水务局：", "现商请如下。"]

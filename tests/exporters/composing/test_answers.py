"""What a unit writes about its own problems: in its own name, to whom it knows, nothing said twice or made up."""

from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, text, texts

from exporters.composing.wording import ours
from models.records import Document, DocumentRecord, Finding, Peer


@pytest.fixture
def town(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "town", role="unit", name="柳河镇人民政府", short_name="柳河镇", number_code="柳政")
    made.unit("柳河镇")
    return made


def received(bureau: Bureau, fact: str, unit: str = "柳河镇", **more: Any) -> int:
    return bureau.finding(fact, **({"unit_id": bureau.units[unit], "status": "整改中"} | more))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("柳河镇", "我镇"), ("石门乡人民政府", "我乡"), ("东街街道办事处", "我街道"), ("县市场监督管理局", "我局"),
        ("县卫生健康委员会", "我单位"), ("县卫健委", "我委"), ("向阳小学", "我校"), ("县人民医院", "我院"),
        ("红旗社区", "我社区"), ("某集团", "我单位"),
    ],
)  # fmt: skip
def test_a_unit_calls_itself_by_what_it_is(name: str, word: str) -> None:
    assert ours(name) == word


def test_the_lead_names_the_paper_it_answers_and_the_unit_itself(town: Bureau) -> None:
    received(town, "卡点无人值守", source_number="《关于交办督查问题的通知》（云防指办〔2022〕6号）")
    paper = town.compose("rectification_report")
    assert paper.blocks[0].text == (
        "按照《关于交办督查问题的通知》（云防指办〔2022〕6号）要求，我镇对照反馈的1个疫情防控问题逐项整改。现将有关情况报告如下。"
    )
    assert paper.addressees == ()
    assert "上级" not in text(paper)
    town.add(Peer, name="云岭县疫情防控指挥部办公室", role="county")
    assert town.compose("rectification_report").addressees == ("云岭县疫情防控指挥部办公室",)


def test_a_number_alone_is_a_papers_and_nothing_is_made_up_where_none_is_known(town: Bureau) -> None:
    one = received(town, "卡点无人值守", source_number="云防指办〔2022〕6号")
    assert town.compose("rectification_report").blocks[0].text.startswith("按照云防指办〔2022〕6号文件要求，我镇对照")
    town.set(Finding, one, source_number="")
    assert town.compose("rectification_report").blocks[0].text.startswith("我镇对照反馈的1个")
    assert town.compose("rectification_plan").blocks[0].text.startswith("收到交办问题后，我镇对照")


def test_a_county_names_the_notice_that_handed_the_problems_over(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "county")
    made.unit("柳河镇")
    one = received(made, "卡点无人值守")
    with made.workspace.reading() as session:
        uuid = session.get(Finding, one).uuid
    paper = made.add(
        Document, kind="rectification_notice", state="已印发", number="云防指办〔2022〕7号", title="关于限期整改的通知",
        dated_on=day(3, 5),
    )  # fmt: skip
    made.add(DocumentRecord, document_id=paper, table="finding", record_uuid=uuid)
    lead = made.compose("rectification_report").blocks[0].text
    assert lead.startswith("按照《关于限期整改的通知》（云防指办〔2022〕7号）要求，柳河镇对照反馈的1个")


@pytest.mark.parametrize(
    ("outcome", "measures", "printed"),
    [
        ("正在协调上级", "正在向上级部门协调解决。", "整改情况：正在向上级部门协调解决。"),
        ("正在协调上级", "已打报告", "整改情况：已打报告。正在协调上级解决。"),
        ("已整改", "登记本已整改到位", "整改情况：登记本已整改到位。2022年3月6日完成。"),
        ("已整改", "3月6日已整改到位", "整改情况：3月6日已整改到位。"),
        ("已整改", "已设登记表", "整改情况：已设登记表。2022年3月6日整改到位。"),
        ("立行立改", "现场立即改正", "整改情况：现场立即改正。2022年3月6日完成。"),
        ("正在推进", "正在办理手续", "整改情况：正在办理手续。正在推进。"),
        ("正在推进", "正在推进招标", "整改情况：正在推进招标。"),
    ],
)
def test_an_outcome_is_not_repeated_after_a_text_that_says_it(
    town: Bureau, outcome: str, measures: str, printed: str
) -> None:
    one = received(town, "卡点无人值守")
    town.feedback(one, outcome=outcome, measures=measures, finished_on=day(3, 6))
    assert f"（一）卡点无人值守。{printed}" in list(texts(town.compose("rectification_report")))


def test_a_long_problem_stands_under_its_title_and_its_answer_apart(town: Bureau) -> None:
    fact = "镇农贸市场南门入口处未设置查验岗，3月2日上午9时至11时共有26人未经查验进入，现场无人劝阻"
    one = received(town, fact, short_title="入口无人查验", kind="管控措施不到位")
    town.feedback(one, outcome="立行立改", measures="当场设岗")
    two = received(town, "登记本缺页")
    town.feedback(two, outcome="正在推进", measures="已订购")
    lines = list(texts(town.compose("rectification_report")))
    assert lines[2:6] == [
        f"（一）关于入口无人查验的问题。{fact}。", "整改情况：当场设岗。已立行立改。",
        "（二）登记本缺页。", "整改情况：已订购。正在推进。",
    ]  # fmt: skip


def test_its_villages_and_the_senders_headings_stay_the_groups(town: Bureau) -> None:
    for village in ("白石村", "青松村"):
        town.unit(village, "村", "柳河镇")
    rows = (("青松村", "甲项缺失"), ("青松村", "乙项缺失"), ("白石村", "丙项缺失"))
    for village, fact in rows:
        town.feedback(received(town, fact, village), outcome="立行立改", measures="已补齐")
    lines = list(texts(town.compose("rectification_report")))
    assert [line for line in lines if line.startswith("（")] == ["（一）青松村", "（二）白石村"]
    assert lines[3] == "1.甲项缺失。整改情况：已补齐。已立行立改。"


def test_next_steps_that_announce_themselves_are_no_points(town: Bureau) -> None:
    one = received(town, "卡点无人值守")
    town.feedback(one, outcome="正在推进", measures="已排班", next_steps="下一步，我镇将加强值守。")
    lines = list(texts(town.compose("rectification_report")))
    assert "下一步，我镇将加强值守。" in lines
    assert not any(line.startswith("一是下一步") for line in lines)

"""问责通报 composed from records: parts, order, facts, ranks, masks."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from invented import CASES, bare
from paperwork import Bureau, day, text, texts

from models.errors import Refusal
from models.paper.masking import public

MEMBER = ["中共党员", "公职人员"]
WRITTEN, LATER = day(3, 20), day(5, 1)


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    for rank, name in enumerate(("柳河镇", "石门乡"), 1):
        made.unit(name, rank=rank)
    made.unit("桥头村", "村", "柳河镇")
    made.unit("柳河镇中心卫生院", "医疗机构", "柳河镇")
    return made


def person(bureau: Bureau, name: str, unit: str, post: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "unit_id": bureau.units[unit], "post": post, "duty": "直接责任", "identities": MEMBER} | more


def measure(name: str, **more: Any) -> tuple[dict[str, Any], ...]:
    """One measure that was decided."""
    return ({"measure": name, "decided_on": day(3, 5)} | more,)


def only_case(bureau: Bureau, fact: str, parties: list[dict[str, Any]], date: dt.date = WRITTEN, **more: Any) -> str:
    bureau.case(fact, parties, unit_id=bureau.units["石门乡"], **more)
    return case_of(bureau, date=date)


def case_of(bureau: Bureau, *case_ids: int, **options: Any) -> str:
    """The one case of a bulletin, which stands without a number; further options go to the composer."""
    paper = bureau.compose("accountability_bulletin", case_ids=case_ids, **options)
    (found,) = [block for block in paper.blocks if getattr(block, "level", 0) == 1]
    assert not found.numbered
    return found.heading + found.text


def test_a_case_reads_from_the_fault_to_the_leaders(bureau: Bureau) -> None:
    parties = [
        person(bureau, "赵启文", "石门乡", "党委副书记", former=True, measures=(
            {"measure": "免职", "detail": "免去其乡党委副书记职务", "decided_on": day(2, 10)},
            {"measure": "党内严重警告", "decided_on": day(2, 10)},
        )),
        person(bureau, "孙立群", "石门乡", "党委书记", duty="主要领导责任", conduct="对赵启文监管不到位",
               measures=({"measure": "提醒谈话", "decided_on": day(2, 12)},)),
    ]  # fmt: skip
    line = only_case(
        bureau, "赵启文未请假，累计4天未到岗。", parties, title="不到岗履职的问题",
        conduct_from=day(1, 28), conduct_until=day(2, 1), consequence="造成不良影响",
    )  # fmt: skip
    assert line == (
        "石门乡原党委副书记赵启文不到岗履职的问题。2022年1月28日至2月1日，赵启文未请假，累计4天未到岗，造成不良影响。"
        "2月10日，赵启文受到党内严重警告处分，免去其乡党委副书记职务。"
        "该乡党委书记孙立群对赵启文监管不到位，2月12日受到提醒谈话。"
    )


def test_organs_stand_by_rank_and_the_second_clause_says_qi(bureau: Bureau) -> None:
    measures = (
        {"measure": "党内严重警告", "organ": "柳河镇纪委", "decided_on": day(2, 9)},
        {"measure": "免职", "detail": "免去其村党支部书记职务", "organ": "柳河镇党委", "decided_on": day(2, 9)},
    )
    line = only_case(
        bureau, "2月7日，李卫东未劝离。", [person(bureau, "李卫东", "桥头村", "党支部书记", measures=measures)]
    )
    assert "2月9日，柳河镇党委免去李卫东村党支部书记职务，柳河镇纪委给予其党内严重警告处分。" in line
    assert line.count("2月7日") == 1


@pytest.mark.parametrize(
    ("fact", "heading"),
    [
        (
            "石门乡卡点值守流于形式。3月8日，2名值守人员玩手机。",
            "石门乡卡点值守流于形式的问题。3月8日，2名值守人员玩手机。",
        ),
        ("3月8日，2名值守人员玩手机。至查时未上岗。", "石门乡的问题。3月8日，2名值守人员玩手机。"),
        ("石门乡值守流于形式。", "石门乡的问题。石门乡值守流于形式。"),
    ],
)
def test_the_first_sentence_of_an_untitled_case_is_its_heading(bureau: Bureau, fact: str, heading: str) -> None:
    assert only_case(bureau, fact, [], stage="决定").startswith(heading)


def test_leaders_with_the_same_fault_and_measure_share_a_clause(bureau: Bureau) -> None:
    widely = ({"measure": "诫勉谈话", "publicised_widely": True},)
    parties = [
        person(bureau, "苟明", "柳河镇中心卫生院", "临聘人员", identities=["临聘人员"], measures=(
            {"measure": "解聘", "detail": "按程序予以解聘", "decided_on": day(2, 12)},)),
        person(bureau, "王思远", "柳河镇中心卫生院", "支部书记、院长", duty="主要领导责任", conduct="督查不力",
               measures=widely),
        person(bureau, "陈江", "桥头村", "村委会主任", duty="监管责任", conduct="督查不力", measures=widely),
        person(bureau, "吴巧玲", "柳河镇", "副镇长", duty="重要领导责任", conduct="督促不到位",
               measures=({"measure": "责令书面检查", "publicised_widely": True},)),
    ]  # fmt: skip
    line = only_case(bureau, "苟明编造数据上报。", parties, period_text="1月")
    assert "。1月，苟明编造数据上报。2022年2月12日，苟明被按程序予以解聘。" in line
    assert line.endswith(
        "柳河镇副镇长吴巧玲督促不到位，被责令作出书面检查并全县通报；"
        "柳河镇中心卫生院支部书记、院长王思远，柳河镇桥头村村委会主任陈江督查不力，均受到诫勉谈话并全县通报。"
    )


def test_a_party_left_to_its_own_department_is_named_once(bureau: Bureau) -> None:
    parties = [
        person(
            bureau, "张得胜", "桥头村", "党支部副书记", measures=({"measure": "党内警告", "decided_on": day(2, 14)},)
        ),
        person(bureau, "马友良", "桥头村", "村医", elsewhere="主管单位另行处理"),
    ]
    line = only_case(bureau, "张得胜与桥头村村医马友良聚集打牌。", parties)
    assert line.count("另行处理") == 1
    assert "马友良由主管单位另行处理。" in line
    said = only_case_again(bureau, "张得胜与桥头村村医马友良(主管单位另行处理)聚集打牌。", parties)
    assert said.count("另行处理") == 1


def only_case_again(bureau: Bureau, fact: str, parties: list[dict[str, Any]]) -> str:
    case = bureau.case(fact, parties, unit_id=bureau.units["石门乡"])
    return case_of(bureau, case)


def test_without_a_conduct_the_duty_is_named(bureau: Bureau) -> None:
    parties = [
        person(bureau, "张得胜", "桥头村", "党支部副书记", measures=measure("党内警告")),
        person(bureau, "吴巧玲", "柳河镇", "副镇长", duty="重要领导责任", measures=({"measure": "批评教育"},)),
    ]
    assert "柳河镇副镇长吴巧玲负有重要领导责任，受到批评教育。" in only_case(bureau, "张得胜聚集打牌。", parties)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ({"measure": "诫勉谈话", "organ": "县纪委监委"}, "县纪委监委对李卫东进行诫勉谈话"),
        ({"measure": "责令书面检查", "organ": "柳河镇党委"}, "柳河镇党委责令李卫东作出书面检查"),
        ({"measure": "调离岗位", "organ": "柳河镇党委"}, "柳河镇党委将李卫东调离岗位"),
        ({"measure": "政务记过", "organ": "县监委"}, "县监委给予李卫东政务记过处分"),
        ({"measure": "通报批评"}, "李卫东受到通报批评"),
        ({"measure": "留党察看", "detail": "一年"}, "李卫东受到留党察看一年处分"),
        ({"measure": "移送司法机关"}, "李卫东被移送司法机关"),
        ({"measure": "取消评优资格"}, "李卫东被取消评优资格"),
        ({"measure": "免职"}, "李卫东被免职"),
        ({"measure": "解聘", "organ": "柳河镇中心卫生院"}, "柳河镇中心卫生院按程序解聘李卫东"),
    ],
)
def test_each_measure_has_its_wording(bureau: Bureau, measure: dict[str, Any], said: str) -> None:
    party = person(bureau, "李卫东", "桥头村", "党支部书记", measures=({"decided_on": day(2, 9), **measure},))
    assert f"2022年2月9日，{said}。" in only_case(bureau, "李卫东未劝离。", [party])


def test_two_punishments_are_one_clause(bureau: Bureau) -> None:
    measures = ({"measure": "政务记过", "decided_on": day(2, 9)}, {"measure": "党内警告", "decided_on": day(2, 9)})
    line = only_case(bureau, "李卫东未劝离。", [person(bureau, "李卫东", "桥头村", "党支部书记", measures=measures)])
    assert "李卫东受到党内警告、政务记过处分。" in line


def test_the_public_version_names_those_who_agreed_and_the_internal_one_everybody(bureau: Bureau) -> None:
    parties = [
        person(bureau, "张得胜", "桥头村", "党支部副书记", public_name=True, measures=measure("党内警告")),
        person(bureau, "马友良", "桥头村", "村医", elsewhere="主管单位另行处理"),
    ]
    bureau.case("张得胜与村医马友良聚集打牌。", parties, unit_id=bureau.units["桥头村"])
    internal = bureau.compose("accountability_bulletin")
    assert ("张得胜" in text(internal), "马友良" in text(internal)) == (True, True)
    shown = text(public(internal))
    assert "张得胜" in shown
    assert "马某某" in shown
    assert "马友良" not in shown


def test_a_party_not_marked_in_1_0_has_agreed_to_nothing(bureau: Bureau) -> None:
    bureau.case(
        "张得胜聚集打牌。",
        [person(bureau, "张得胜", "桥头村", "村医", masked=False, measures=measure("党内警告"))],
        unit_id=bureau.units["桥头村"],
    )
    assert "张得胜" not in text(public(bureau.compose("accountability_bulletin")))


def test_the_number_in_the_title_is_the_number_of_cases(bureau: Bureau) -> None:
    for name in ("赵启文", "钱守义", "孙立群"):
        party = person(bureau, name, "石门乡", "干部", measures=measure("批评教育"))
        bureau.case(f"{name}未到岗。", [party], unit_id=bureau.units["石门乡"])
    undecided = bureau.case("还在核实。", [person(bureau, "周平", "石门乡", "干部")], unit_id=bureau.units["石门乡"])
    paper = bureau.compose("accountability_bulletin", theme="形式主义、官僚主义", issue=7, number="12")
    assert paper.title == "关于3起疫情防控工作中形式主义、官僚主义典型问题的通报（第7期）"
    assert paper.header.number == "云防指办〔2022〕12号"
    assert sum(block.level == 1 for block in paper.blocks) == 3
    assert undecided not in bureau.compose("accountability_bulletin").blocks
    assert "还在核实" not in text(paper)


def test_every_block_knows_its_records(bureau: Bureau) -> None:
    party = person(bureau, "赵启文", "石门乡", "干部", measures=measure("批评教育"))
    bureau.case("赵启文未到岗。", [party], unit_id=bureau.units["石门乡"])
    paper = bureau.compose("accountability_bulletin")
    keys = [block.origin.key for block in paper.blocks]
    assert len(keys) == len(set(keys))
    case = next(block for block in paper.blocks if block.origin.key.startswith("case:"))
    assert [ref.split(":")[0] for ref in case.origin.records] == ["accountability_case", "party", "disposition"]
    assert all(block.origin.text == block.heading + block.text for block in paper.blocks)


def test_nothing_to_write_about_is_refused(bureau: Bureau) -> None:
    with pytest.raises(Refusal, match="没有可以通报的问责案件"):
        bureau.compose("accountability_bulletin")


def test_another_campaign_and_a_district_change_the_words(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "district", county_name="青原区", name="青原区防汛指挥部办公室")
    made.set_campaign("防汛工作")
    made.unit("东街街道", "街道")
    party = {"name": "陆平", "unit_id": made.units["东街街道"], "post": "副主任", "duty": "直接责任",
             "measures": measure("通报批评", publicised_widely=True)}  # fmt: skip
    made.case("陆平未按要求值守。", [party], unit_id=made.units["东街街道"])
    found = text(made.compose("accountability_bulletin"))
    assert "疫情" not in found
    assert "防汛工作工作" not in found
    assert "受到全区通报批评" in found
    assert "我县" not in found


def test_a_long_bulletin_comes_out_whole(tmp_path: Path) -> None:
    """Five cases as records: every day and number of them comes out, and each title, in order."""
    made = Bureau(tmp_path / "city", county_name="", name="明河市纪委监委")
    unit_id = made.unit("某地")
    for case in CASES:
        made.case(case["fact"], [_principal(case)], title=case["title"], unit_id=unit_id)
    paper = made.compose("accountability_bulletin", date=day(2, 15), theme="形式主义、官僚主义")
    bodies = [line for line in texts(paper) if re.match(r"[一二三四五]、", line)]
    assert paper.title.replace("\n", "").startswith("关于5起")
    assert len(bodies) == 5
    for ours, case in zip(bodies, CASES, strict=True):
        month, number = case["decided"]
        assert numbers(case["fact"]) | {str(month), str(number)} <= numbers(ours), ours
        assert bare(case["title"].removesuffix("的问题")) in bare(ours)


def numbers(found: str) -> set[str]:
    return set(re.findall(r"\d+", found))


def _principal(case: dict[str, Any]) -> dict[str, Any]:
    measures = [{"measure": measure, "decided_on": day(*case["decided"])} for measure in case["measures"]]
    return {
        "name": case["name"],
        "post": case["post"],
        "duty": "直接责任",
        "identities": ["中共党员"],
        "measures": measures,
    }


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("诫勉谈话", "全县通报"), "李卫东受到诫勉谈话并全县通报"),
        (("责成作出书面检查",), "李卫东被责成作出书面检查"),
        (("党内警告处分",), "李卫东受到党内警告处分"),
        (("免去党支部书记职务",), "李卫东被免去党支部书记职务"),
        (("留党察看一年",), "李卫东受到留党察看一年处分"),
        (("辞退",), "李卫东被辞退"),
        (("警示约谈",), "李卫东受到警示约谈"),
        (("全县通报批评",), "李卫东被全县通报批评"),
    ],
)
def test_a_measure_is_said_as_the_clerk_put_it(bureau: Bureau, names: tuple[str, ...], said: str) -> None:
    measures = tuple({"measure": name, "decided_on": day(2, 9)} for name in names)
    party = person(bureau, "李卫东", "桥头村", "党支部书记", measures=measures)
    assert f"2022年2月9日，{said}。" in only_case(bureau, "李卫东未劝离。", [party])


def test_one_organ_twice_is_named_once(bureau: Bureau) -> None:
    organ = {"organ": "石门乡党委", "decided_on": day(2, 9)}
    measures = ({"measure": "党内警告", **organ}, {"measure": "免职", "detail": "免去其副书记职务", **organ})
    line = only_case(bureau, "赵启文未到岗。", [person(bureau, "赵启文", "石门乡", "党委副书记", measures=measures)])
    assert "石门乡党委给予赵启文党内警告处分，并免去其副书记职务。" in line


def test_a_conduct_the_fact_tells_already_is_not_told_twice(bureau: Bureau) -> None:
    party = person(
        bureau,
        "邱洪",
        "石门乡",
        "副主任",
        conduct="未逐户上门，编造数据上报",
        measures=measure("批评教育"),
    )
    line = only_case(bureau, "邱洪未逐户上门，凭印象编造排查数据上报。", [party])
    assert line.count("未逐户上门") == 1
    other = person(
        bureau,
        "邱洪",
        "石门乡",
        "副主任",
        conduct="被问及时拒不说明",
        measures=measure("批评教育"),
    )
    assert only_case_again(bureau, "邱洪未逐户上门。", [other]).count("被问及时拒不说明") == 1
    titled = bureau.case("邱洪未逐户上门。", [other], title="弄虚作假的问题", unit_id=bureau.units["石门乡"])
    assert "邱洪被问及时拒不说明。" in text(bureau.compose("accountability_bulletin", case_ids=(titled,)))


def test_a_responsible_unit_is_named_as_one(bureau: Bureau) -> None:
    unit = {"name": "柳河镇", "is_unit": True, "unit_id": bureau.units["柳河镇"], "duty": "监管责任",
            "conduct": "督促检查不到位", "measures": ({"measure": "通报批评"},)}  # fmt: skip
    party = person(bureau, "李卫东", "桥头村", "党支部书记", measures=measure("党内警告"))
    line = only_case(bureau, "李卫东未劝离。", [party, unit])
    assert line.endswith("柳河镇督促检查不到位，受到通报批评。")


@pytest.mark.parametrize(
    ("organ", "detail", "expected"),
    [
        ("柳河镇党委", "免去李卫东村党支部书记职务", "柳河镇党委免去李卫东村党支部书记职务。"),
        ("", "免去李卫东村党支部书记职务", "李卫东被免去村党支部书记职务。"),
        ("柳河镇党委", "免去李卫东同志的村党支部书记职务", "柳河镇党委免去李卫东村党支部书记职务。"),
    ],
)
def test_a_name_in_the_particulars_is_said_once(bureau: Bureau, organ: str, detail: str, expected: str) -> None:
    measures = ({"measure": "免职", "detail": detail, "organ": organ, "decided_on": day(2, 9)},)
    line = only_case(bureau, "李卫东未劝离。", [person(bureau, "李卫东", "桥头村", "党支部书记", measures=measures)])
    assert line.endswith(expected)


def test_leaders_an_organ_dealt_with_alike_are_two_persons(bureau: Bureau) -> None:
    measures = ({"measure": "诫勉谈话", "organ": "柳河镇党委", "decided_on": day(2, 9)},)
    about = {"duty": "监管责任", "conduct": "督查不力", "measures": measures}
    parties = [
        person(bureau, "李卫东", "桥头村", "党支部书记", measures=({"measure": "党内警告"},)),
        person(bureau, "陈江", "桥头村", "村委会主任", **about),
        person(bureau, "吴巧玲", "柳河镇", "副镇长", **about),
    ]
    line = only_case(bureau, "李卫东未劝离。", parties)
    assert line.endswith("督查不力，2022年2月9日柳河镇党委对二人进行诫勉谈话。"), line


def test_a_fact_that_leaves_out_the_year_sets_the_tone(bureau: Bureau) -> None:
    party = person(
        bureau, "李卫东", "桥头村", "党支部书记", measures=({"measure": "党内警告", "decided_on": day(2, 14)},)
    )
    line = only_case(bureau, "2月7日，李卫东未劝离聚餐人员。", [party], conduct_from=day(2, 7))
    assert line.endswith("未劝离聚餐人员。2月14日，李卫东受到党内警告处分。")


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("石门乡桥头村周某脱岗问题", "石门乡桥头村网格员周建明脱岗问题。"),
        ("桥头村网格员周某某脱岗", "石门乡桥头村网格员周建明脱岗的问题。"),
        ("周建明脱岗问题", "石门乡桥头村网格员周建明脱岗问题。"),
        ("网格员脱岗问题", "石门乡桥头村网格员周建明脱岗问题。"),
        ("脱岗问题", "石门乡桥头村村委会主任李强、网格员周建明脱岗问题。"),
        ("李强脱岗问题", "石门乡桥头村村委会主任李强脱岗问题。"),
        ("桥头村党支部值班缺岗", "石门乡桥头村党支部值班缺岗的问题。"),
        ("石门乡落实值班制度不力问题", "石门乡落实值班制度不力问题。"),
        ("督查发现周建明脱岗问题", "督查发现周建明脱岗问题。"),
    ],
)
def test_a_title_is_completed_and_nothing_said_twice(tmp_path: Path, title: str, heading: str) -> None:
    made = Bureau(tmp_path / "data")
    made.unit("石门乡")
    made.unit("桥头村", "村", "石门乡")
    warned = ({"measure": "党内警告", "decided_on": day(3, 8)},)
    parties = [
        person(made, "周建明", "桥头村", "网格员", measures=warned),
        person(made, "李强", "桥头村", "村委会主任", measures=warned),
    ]
    made.case("3月5日，卡口无人值守。", parties, unit_id=made.units["桥头村"], title=title)
    assert case_of(made).startswith(f"{heading}3月5日")
    shown = text(public(made.compose("accountability_bulletin")))
    assert ("周建明" in shown, "周某脱" in shown) == (False, False)


def test_a_mask_that_could_be_two_stays_and_is_not_led_by_a_name(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "data")
    made.unit("石门乡")
    parties = [person(made, name, "石门乡", "干部", elsewhere="另行处理") for name in ("周建明", "周立")]
    made.case("3月5日，卡口无人值守。", parties, unit_id=made.units["石门乡"], title="周某脱岗问题")
    assert case_of(made).startswith("周某脱岗问题。")


def test_the_case_of_one_person_goes_day_by_day_in_one_sentence(bureau: Bureau) -> None:
    measures = (
        {"measure": "党内严重警告", "organ": "县纪委", "decided_on": day(4, 20)},
        {"measure": "政务降级", "organ": "县监委", "decided_on": day(4, 25)},
        {"measure": "免职", "detail": "免去其副镇长职务", "organ": "柳河镇党委", "decided_on": day(4, 18)},
    )
    line = only_case(
        bureau, "隔离点混用通道。", [person(bureau, "罗长山", "柳河镇", "副镇长", measures=measures)], day(5, 1)
    )
    assert line.endswith(
        "2022年4月18日，柳河镇党委免去罗长山副镇长职务；4月20日，县纪委给予其党内严重警告处分；4月25日，县监委给予其政务降级处分。"
    )


def test_whom_only_the_fact_names_is_introduced_with_the_post(bureau: Bureau) -> None:
    taken = ({"measure": "免职", "detail": "免去其院长职务", "organ": "县卫健局党组", "decided_on": day(4, 18)},)
    parties = [
        person(bureau, "赵启文", "石门乡", "副乡长", measures=({"measure": "批评教育"},)),
        person(bureau, "何敏", "柳河镇中心卫生院", "院长", measures=taken),
        person(bureau, "马友良", "桥头村", "村医", elsewhere="另案处理"),
    ]
    line = only_case(bureau, "赵启文、何敏和村医马友良聚餐。", parties, LATER, title="副乡长赵启文聚餐的问题")
    assert line.startswith("石门乡副乡长赵启文聚餐的问题。")
    assert "柳河镇中心卫生院院长何敏被县卫健局党组免去院长职务。" in line
    assert line.endswith("马友良另案处理。")
    headed = bureau.case("聚餐。", parties, title="聚餐的问题", unit_id=bureau.units["石门乡"])
    line = case_of(bureau, headed, date=LATER)
    assert line.startswith("石门乡副乡长赵启文、柳河镇中心卫生院院长何敏聚餐的问题。")
    assert "县卫健局党组免去何敏院长职务。" in line


def test_of_many_the_heading_counts_them(bureau: Bureau) -> None:
    warned = ({"measure": "批评教育", "decided_on": day(3, 12)},)
    names = ("赵启文", "钱守义", "孙立群", "周平", "吴江")
    parties = [person(bureau, name, "石门乡", f"第{name}工作组副组长", measures=warned) for name in names]
    assert only_case(bureau, "聚餐。", parties, title="聚餐").startswith(
        "石门乡第赵启文工作组副组长赵启文等5人聚餐的问题。"
    )


def test_a_city_names_the_county_a_case_was_made_known_in(tmp_path: Path) -> None:
    made = Bureau(tmp_path / "city", county_name="南江市", name="南江市防控办")
    made.unit("平昌县大寨镇")
    known = measure("诫勉谈话", publicised_widely=True)
    line = case_in(made, "平昌县大寨镇", person(made, "赵启文", "平昌县大寨镇", "镇长", measures=known))
    assert line.endswith("赵启文受到诫勉谈话并全县通报。")


def case_in(bureau: Bureau, unit: str, party: dict[str, Any]) -> str:
    return case_of(bureau, bureau.case("未到岗。", [party], unit_id=bureau.units[unit]))


def test_people_of_one_unit_name_it_once(bureau: Bureau) -> None:
    warned = ({"measure": "党内警告", "organ": "县纪委监委", "decided_on": day(3, 12)},)
    people = (("石军", "党委委员、人大主席"), ("范勇", "财政所所长"))
    parties = [person(bureau, name, "石门乡", post, measures=warned) for name, post in people]
    line = only_case(bureau, "石军、范勇聚集打牌。", parties, title="干部职工聚集打牌问题")
    assert line.startswith("石门乡干部职工聚集打牌问题。")
    assert line.endswith("县纪委监委给予该乡党委委员、人大主席石军，财政所所长范勇党内警告处分。")


@pytest.mark.parametrize(
    ("title", "place"), [("城东高速出口查验点漏检车辆", ""), ("老粮站卡口无人值守", ""), ("七里坪漏检车辆", "七里坪")]
)
def test_no_person_is_put_before_a_place(bureau: Bureau, title: str, place: str) -> None:
    party = person(bureau, "谷明", "石门乡", "武装部部长", measures=measure("提醒谈话"))
    line = only_case(bureau, "当班人员漏检货车3辆。", [party], title=title, place=place)
    assert line.startswith(f"{title}的问题。")
    assert "石门乡武装部部长谷明受到提醒谈话。" in line


def test_a_title_with_part_of_the_post_gets_the_whole(bureau: Bureau) -> None:
    party = person(
        bureau,
        "贺建军",
        "石门乡",
        "党委副书记、乡长",
        former=True,
        measures=measure("政务撤职"),
    )
    line = only_case(bureau, "酒后辱骂值守人员。", [party], title="石门乡乡长贺建军辱骂值守人员")
    assert line.startswith("石门乡原党委副书记、乡长贺建军辱骂值守人员的问题。")


def test_cases_stand_in_the_order_they_were_written_down(bureau: Bureau) -> None:
    """Whatever their numbers: one without a day is numbered by the year it was written in."""
    for number, day_ in (("2", day(3, 5)), ("10", None), ("11", day(3, 1))):
        party = person(bureau, f"钱{number}", "石门乡", "干部", measures=measure("批评教育"))
        bureau.case(f"第{number}起。", [party], unit_id=bureau.units["石门乡"], code=number, conduct_from=day_)
    found = [line for line in texts(bureau.compose("accountability_bulletin")) if "起。" in line and "、" in line]
    assert ["第2起" in found[0], "第10起" in found[1], "第11起" in found[2]] == [True, True, True]


def test_one_case_is_yi_qi_and_no_list(bureau: Bureau) -> None:
    party = person(bureau, "赵启文", "石门乡", "干部", measures=measure("批评教育"))
    bureau.case("赵启文未到岗。", [party], unit_id=bureau.units["石门乡"])
    paper = bureau.compose("accountability_bulletin")
    assert paper.title == "关于一起疫情防控工作典型问题的通报"
    assert "现将一起典型问题通报如下。" in text(paper)
    assert "一、" not in text(paper)


def test_what_the_fact_tells_of_the_dispositions_is_not_told_again(bureau: Bureau) -> None:
    warned = {"measure": "党内警告", "decided_on": day(2, 20)}
    taken = {"measure": "免职", "detail": "免去其副乡长职务", "decided_on": day(2, 22)}
    parties = [
        person(bureau, "韩庆", "石门乡", "副乡长", measures=(warned, taken)),
        person(bureau, "汪海", "石门乡", "党委书记", duty="主要领导责任", measures=({"measure": "批评教育"},)),
    ]
    fact = "韩庆未到岗。2月20日，韩庆受到党内警告处分。党委书记汪海受到批评教育。"
    line = only_case(bureau, fact, parties, conduct_from=day(2, 7))
    assert line.endswith(f"{fact}2月22日，韩庆被免去副乡长职务。")
    before = only_case_again(bureau, "韩庆2020年曾受到党内警告处分，仍未到岗。", parties)
    assert "2月20日，韩庆受到党内警告处分" in before


def test_several_measures_in_one_cell_are_several(bureau: Bureau) -> None:
    both = ({"measure": "党内严重警告、政务记过", "organ": "县纪委监委", "decided_on": day(2, 25)},)
    line = only_case(bureau, "虚报数据。", [person(bureau, "陆海波", "石门乡", "副乡长", measures=both)])
    assert line.endswith("县纪委监委给予陆海波党内严重警告、政务记过处分。")

"""Papers in the ways offices write them become the problems they tell, each at its place and in its own words."""

from hypothesis import given
from hypothesis import strategies as st

from models.domain.reading.findings import findings
from models.domain.reading.proposals import proposals
from tests.measure.readings import PASSAGES, Score, passages, score

MEASURES = {"党内警告": "党内警告", "党内警告处分": "党内警告", "诫勉谈话": "诫勉谈话", "批评教育": "批评教育"}


def test_passages_of_many_styles_are_split_as_written_beside_them() -> None:
    total = Score()
    for passage in passages(PASSAGES):
        total.add(score(passage))
    assert total.recall >= 0.95, total.missed
    assert total.precision >= 0.95, total.missed
    for name, (same, of) in total.exact.items():
        assert same >= of * 0.85, name


def test_an_own_unit_is_found_where_its_name_has_no_ending_that_tells() -> None:
    text = "1.经开管委会值班室无人在岗。\n2.农产品物流港未建立消毒台账。"
    assert [one.unit for one in findings(text, ("经开管委会",))] == ["经开管委会", ""]


def test_what_is_said_after_a_problem_belongs_to_it() -> None:
    text = "1.消防通道堆放杂物。\n整改措施：清理杂物。\n完成时限：3月15日前\n责任人：张三\n2.灯具损坏7处。"
    first, second = findings(text)
    assert (first.measures, first.deadline_text, first.person) == ("清理杂物。", "3月15日前", "张三")
    assert (second.measures, second.deadline_text, second.person) == ("", "", "")


def test_two_sites_of_one_predicate_are_two_problems() -> None:
    first, second = findings("检查发现，兴隆超市、好又多便利店未落实扫码测温；康宁大药房退热药未登记。")[:2]
    assert (first.site, second.site) == ("兴隆超市", "好又多便利店")
    assert first.fact == second.fact == "未落实扫码测温"


def test_the_second_point_counts_only_after_a_first() -> None:
    (found,) = findings("存在的问题：\n1.台账不规范，二是指导手册所列表格未使用。")
    assert "二是" in found.fact


def test_orders_reports_of_work_and_advice_are_no_problems() -> None:
    assert findings("下一步工作：\n1.压实责任，坚决克服麻痹思想。\n2.补齐短板，消除隐患。") == ()
    assert findings("一是部署及时。召开会议3次，未发生险情。\n二是宣传到位。发放传单。") == ()


def test_a_line_that_only_names_a_unit_is_no_part_of_its_problem_nor_what_all_are_told() -> None:
    text = "通报如下：\n一、红旗镇\n值班电话无人接听。\n二、县水利局\n值班日志未填写。\n请各单位对照通报，立即整改。"
    assert [(one.fact, one.unit) for one in findings(text)] == [
        ("值班电话无人接听。", "红旗镇"), ("值班日志未填写。", "县水利局"),
    ]  # fmt: skip


def test_the_sentence_that_opens_a_list_names_whose_it_is() -> None:
    text = "督查组深入三河乡检查，该乡存在以下不足：\n1.巡查记录由一人代签，台账不规范。\n2.底数不掌握。"
    assert [one.unit for one in findings(text)] == ["三河乡", "三河乡"]


def test_what_forbids_is_no_problem() -> None:
    assert findings("一、严禁向河道倾倒垃圾。\n二、任何单位不得擅自占用堤防。\n三、违反上述规定的，依法处理。") == ()


def test_a_paragraph_goes_on_with_the_point_before_it() -> None:
    (found,) = findings("存在的问题：\n1.台账不规范，漏登3人。\n李庄村尤其突出。")
    assert found.fact.endswith("李庄村尤其突出。")


def test_all_that_stands_behind_a_site_and_a_colon_is_of_that_site() -> None:
    (found,) = findings("存在的问题：\n1.汇丰商场：防火卷帘下方堆放杂物；值班人员持证不足2人。")
    assert (found.site, found.fact) == ("汇丰商场", "防火卷帘下方堆放杂物；值班人员持证不足2人")


LETTERS = "一二三四五六七八九十（）()1234567890、.。；，：是未不到位无缺发现问题镇乡超市督查组第①②\n 建议整改措施"


@given(st.text(alphabet=LETTERS, max_size=300))
def test_every_place_lies_in_the_text_and_nothing_is_both_told_and_left(text: str) -> None:
    found = proposals(text, MEASURES)
    told = [(one.start, one.end) for one in (*found.findings, *found.cases)]
    for start, end in (*told, *found.rest):
        assert 0 <= start < end <= len(text)
    for one in found.findings:
        assert one.fact == text[one.start : one.end]
    covered = {at for start, end in told for at in range(start, end)}
    left = {at for start, end in found.rest for at in range(start, end)}
    assert not covered & left
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered | left)


def test_a_sentence_that_names_nobody_goes_on_with_the_one_before() -> None:
    (found,) = findings("存在的问题：\n柳河镇值班室无人在岗。记录缺失三天，台账不全。\n整改措施：增派人员。")
    assert found.fact == "柳河镇值班室无人在岗。记录缺失三天，台账不全。"
    assert found.measures == "增派人员。"


def test_a_part_that_names_no_site_goes_on_with_the_one_before() -> None:
    found = findings("检查发现，兴隆超市未落实扫码；员工台账不全；康宁大药房退热药未登记。")
    assert [(one.site, one.fact) for one in found] == [
        ("兴隆超市", "未落实扫码；员工台账不全"), ("康宁大药房", "退热药未登记"),
    ]  # fmt: skip


def test_a_list_behind_a_line_of_measures_is_no_list_of_problems() -> None:
    text = "1.值班室无人在岗。\n2.台账记录缺失。\n下一步工作：\n1.值班室无人在岗的要补齐人员。\n2.台账缺失的要补记。"
    assert [one.fact for one in findings(text)] == ["值班室无人在岗。", "台账记录缺失。"]


def test_a_heading_without_an_ordinal_ends_a_long_point() -> None:
    long = "1." + "值班室夜间无人在岗，交接班记录连续缺失，" * 3 + "台账不全。"
    assert len(findings(f"存在的问题：\n{long}\n工作要求：\n1.值班室无人在岗的，应当增派人员。")) == 1


def test_a_point_of_a_higher_level_ends_the_list_before_it() -> None:
    text = "1.台账记录不全。\n（一）值班值守不到位。夜间无人在岗。"
    assert [one.fact for one in findings(text)] == ["台账记录不全。", "值班值守不到位。夜间无人在岗。"]


def test_a_long_sentence_before_a_colon_is_no_heading() -> None:
    opening = "为进一步压实各级各部门防汛抗旱和应急值守工作责任并推动各项措施落到实处县督查组"
    assert findings(f"{opening}：采取暗访方式，走访点位12个。") == ()

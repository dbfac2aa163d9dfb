"""What became of somebody, measure by measure: as it is suffered, as an organ imposes it, and several together."""

import pytest

from exporters.composing.dispositions import Wording, predicate
from exporters.composing.wording import Days
from models.records import Disposition


def said(subject: str, *measures: tuple[str, str], organ: str = "", names: tuple[str, ...] = ("李明",)) -> str:
    group = [
        Disposition(measure=m, detail=d, organ=organ, publicised_widely=False, instruction="") for m, d in measures
    ]
    return predicate(Wording(Days()), subject, group, names)


@pytest.mark.parametrize(
    ("measure", "detail", "suffered", "imposed"),
    [
        ("立案审查", "", "李明被立案审查", "县纪委对李明立案审查"),
        ("行政拘留", "行政拘留5日", "李明被行政拘留5日", "县纪委对李明行政拘留5日"),
        ("罚款", "2000元", "李明被处以罚款2000元", "县纪委对李明处以罚款2000元"),
        ("停业整顿", "3日", "李明被责令停业整顿3日", "县纪委责令李明停业整顿3日"),
        ("吊销执业证书", "", "李明被吊销执业证书", "县纪委吊销李明执业证书"),
        ("组织处理", "", "李明受到组织处理", "县纪委给予李明组织处理"),
        (
            "组织处理",
            "调离执法岗位",
            "李明受到组织处理，并被调离执法岗位",
            "县纪委给予李明组织处理，并将其调离执法岗位",
        ),
        ("扣发绩效", "扣发三个月绩效工资", "李明被扣发三个月绩效工资", "县纪委扣发李明三个月绩效工资"),
        ("撤职", "", "李明受到撤职处分", "县纪委给予李明撤职处分"),
        ("行政记过", "", "李明受到行政记过处分", "县纪委给予李明行政记过处分"),
        ("机关警告", "", "李明受到警告处分", "县纪委给予李明警告处分"),
        ("责令检查", "", "李明被责令作出检查", "县纪委责令李明作出检查"),
        ("责令书面检查", "", "李明被责令作出书面检查", "县纪委责令李明作出书面检查"),
        ("提醒谈话", "", "李明受到提醒谈话", "县纪委对李明进行提醒谈话"),
        ("诫勉谈话", "", "李明受到诫勉谈话", "县纪委对李明进行诫勉谈话"),
        ("延长预备期", "一年", "李明被延长预备期一年", "县纪委延长李明预备期一年"),
        ("取消预备党员资格", "", "李明被取消预备党员资格", "县纪委取消李明预备党员资格"),
        ("扣发补贴", "三个月", "李明被扣发补贴三个月", "县纪委扣发李明补贴三个月"),
        ("责令改正", "", "李明被责令改正", "县纪委责令李明改正"),
        ("公开道歉", "", "李明被责令公开道歉", "县纪委责令李明公开道歉"),
        ("解除合同", "", "李明被解除合同", "县纪委解除李明合同"),
        ("劝退", "", "李明被劝退", "县纪委劝退李明"),
        ("除名", "", "李明被除名", "县纪委将李明除名"),
        ("移送监察机关", "", "李明被移送监察机关", "县纪委将李明移送监察机关"),
        ("调整职务", "", "李明被调整职务", "县纪委调整李明职务"),
        ("责令辞职", "", "李明被责令辞职", "县纪委责令李明辞职"),
        ("降低薪酬待遇", "", "李明被降低薪酬待遇", "县纪委降低李明薪酬待遇"),
        ("训诫", "", "李明受到训诫", "县纪委对李明进行训诫"),
        ("开除公职", "", "李明受到开除公职处分", "县纪委给予李明开除公职处分"),
        ("书面检查", "", "李明被责令作出书面检查", "县纪委责令李明作出书面检查"),
        ("责成作出书面检查", "", "李明被责成作出书面检查", "县纪委责成李明作出书面检查"),
        ("通报批评", "", "李明受到通报批评", "县纪委对李明予以通报批评"),
        ("集体约谈", "", "李明被集体约谈", "县纪委集体约谈李明"),
        ("辞退", "", "李明被辞退", "县纪委辞退李明"),
        ("限期调离", "", "李明被限期调离", "县纪委限期将李明调离"),
        (
            "移送司法机关",
            "涉嫌危险驾驶罪",
            "李明因涉嫌危险驾驶罪被移送司法机关",
            "李明因涉嫌危险驾驶罪被县纪委移送司法机关",
        ),
        (
            "移送司法",
            "涉嫌诈骗罪，移送检察机关",
            "李明因涉嫌诈骗罪被移送检察机关",
            "李明因涉嫌诈骗罪被县纪委移送检察机关",
        ),
        ("诫勉", "影响期六个月", "李明受到诫勉（影响期六个月）", "县纪委对李明进行诫勉（影响期六个月）"),
        ("给予党内警告处分", "", "李明受到党内警告处分", "县纪委给予李明党内警告处分"),
    ],
)
def test_each_side_has_its_own_words(measure: str, detail: str, suffered: str, imposed: str) -> None:
    assert said("李明", (measure, detail)) == suffered
    assert said("李明", (measure, detail), organ="县纪委") == imposed


def test_a_clue_is_handed_on_and_a_pronoun_is_talked_to() -> None:
    clue = ("移送公安机关", "涉嫌滥用职权犯罪线索移送公安机关")
    assert said("李明", clue) == "李明涉嫌滥用职权犯罪线索被移送公安机关"
    assert said("李明", ("辞退", ""), clue) == "李明被辞退，其涉嫌滥用职权犯罪线索被移送公安机关"
    assert said("李明", clue, organ="县纪委") == "县纪委将李明涉嫌滥用职权犯罪线索移送公安机关"
    assert said("", ("约谈", ""), organ="县政府") == "县政府对其进行约谈"
    assert said("", ("辞退", ""), organ="县医院") == "县医院将其辞退"
    treated = ("组织处理", "给予批评教育并调整岗位")
    assert said("李明", treated, organ="镇党委") == "镇党委对李明进行批评教育并调整岗位"


def test_the_clerk_says_how_it_was_ordered() -> None:
    def ordered(measure: str, word: str, organ: str = "") -> str:
        one = Disposition(measure=measure, organ=organ, detail="", publicised_widely=False, instruction=word)
        return predicate(Wording(Days()), "柳河镇", [one], ("柳河镇",))

    assert ordered("责令书面检查", "责成") == "柳河镇被责成作出书面检查"
    assert ordered("书面检查", "责成", "县委") == "县委责成柳河镇作出书面检查"
    assert ordered("责成作出书面检查", "责令") == "柳河镇被责令作出书面检查"
    assert ordered("停职检查", "责成", "县委") == "县委责成柳河镇停职检查"
    assert ordered("通报批评", "责成") == "柳河镇受到通报批评"


def test_several_share_a_verb_and_one_bing() -> None:
    several = (("党内严重警告", ""), ("政务降级", ""), ("免职", "免去其副镇长职务"))
    assert said("李明", *several) == "李明受到党内严重警告、政务降级处分，免去其副镇长职务"
    assert said("李明", *several, organ="县委") == "县委给予李明党内严重警告、政务降级处分，并免去其副镇长职务"
    talked = (("通报批评", ""), ("诫勉谈话", ""), ("责令书面检查", ""))
    assert said("李明", *talked) == "李明受到通报批评、诫勉谈话，并被责令作出书面检查"
    assert said("李明", ("党内警告", ""), ("诫勉谈话", "")) == "李明受到党内警告处分，并受到诫勉谈话"


def test_a_criticism_made_known_is_one() -> None:
    known = [Disposition(measure="通报批评", organ="", detail="", publicised_widely=True, instruction="")]
    assert predicate(Wording(Days(), "区"), "李明", known, ("李明",)) == "李明受到全区通报批评"


def test_one_introduced_by_the_post_is_not_given_it_twice() -> None:
    taken = ("免职", "免去其院长职务")
    assert said("卫生院院长李明", taken, organ="县卫健局") == "卫生院院长李明被县卫健局免去院长职务"
    assert said("县公安局民警李明", ("政务警告", ""), organ="县公安局") == "县公安局给予民警李明政务警告处分"
    assert said("李明、王强", taken, organ="县委", names=("李明", "王强")) == "县委免去李明、王强院长职务"

import pytest

from models.domain.cases import authority
from models.domain.cases.discipline import BARE, Measure, find_measure, measures, print_order
from models.domain.dictionaries import terms


def one(name):
    found = find_measure(name)
    assert found is not None
    return found


def test_every_measure_has_what_a_clerk_asks():
    identities = {term.name for term in terms() if term.dictionary == "identity"}
    for measure in measures():
        assert measure.source
        assert measure.wording
        assert measure.certainty in {"法律原文", "公开文本", "次级来源"}
        assert measure.form in {"", "第一种", "第二种", "第三种", "第四种"}
        assert measure.applies_to in {"person", "unit", "both"}
        assert set(measure.deciders) <= set(authority.KINDS)
        assert set(measure.whom) <= identities
    names = [name for measure in measures() for name in (measure.name, *measure.aliases)]
    assert len(names) == len(set(names))


NAMED = (
    "延长预备期", "取消预备党员资格", "限期改正", "劝退", "除名", "公开道歉", "降低薪酬待遇", "解除合同", "取消评优",
    "扣发绩效", "移送监察机关", "训诫", "责令改正", "机关警告", "机关开除", "事业单位记大过", "国企撤职", "解散",
    "调整职务",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_the_catalogue_has_what_offices_use(name):
    assert one(name).name == name


def test_measures_are_found_by_other_names():
    assert one("诫勉谈话").name == "诫勉"
    assert one("提醒谈话").name == "谈话提醒"
    assert one("责令书面检查").name == "责令检查"
    assert one("行政记过").name == "机关记过"
    assert one("党内严重警告处分").name == "党内严重警告"
    assert find_measure("罚抄") is None
    own = Measure("罚抄", "其他")
    assert find_measure("罚抄", [own]) is own
    assert [find_measure(name) for name in BARE] == [None] * len(BARE)


@pytest.mark.parametrize(
    ("names", "form"),
    [
        (("谈话提醒", "批评教育", "责令检查", "诫勉"), "第一种"),
        (("停职检查", "调整职务", "责令辞职", "免职", "降职", "引咎辞职", "党内警告", "党内严重警告"), "第二种"),
        (("撤销党内职务", "留党察看", "开除党籍", "政务撤职", "政务开除"), "第三种"),
        (("移送司法机关",), "第四种"),
    ],
)
def test_the_class_of_a_measure(names, form):
    assert {one(name).form for name in names} == {form}


def test_a_sentence_names_party_discipline_first():
    given_out = [one("免职"), one("机关警告"), one("政务记过"), one("党内警告"), one("政务警告")]
    named = [m.name for m in sorted(given_out, key=print_order)]
    assert named == ["党内警告", "政务警告", "政务记过", "机关警告", "免职"]

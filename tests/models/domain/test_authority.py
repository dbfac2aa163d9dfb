"""Who may decide what about whom: each cell of the tables."""

import pytest

from models.domain.cases.authority import doubts, impossible, organ_kinds
from models.domain.cases.discipline import BARE, find_measure


def told(name, identities=(), organ="", *, is_unit=False):
    return [p.sentence for p in doubts(name, find_measure(name), identities, is_unit=is_unit, organ=organ)]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("县纪委", {"纪委"}),
        ("县纪委监委", {"纪委", "监察机关"}),
        ("云河县监察委员会", {"监察机关"}),
        ("派驻县卫健局纪检监察组", {"纪委", "监察机关"}),
        ("县委", {"党委（党组）"}),
        ("县委组织部", {"组织部门"}),
        ("县委县政府", {"党委（党组）", "机关、单位"}),
        ("柳河镇党委", {"党委（党组）"}),
        ("城关街道党工委", {"党委（党组）"}),
        ("县卫健局党组", {"党委（党组）"}),
        ("县公安局党委", {"党委（党组）"}),
        ("中共红岩镇委员会", {"党委（党组）"}),
        ("中国共产党松岭县委员会", {"党委（党组）"}),
        ("中共松岭县纪律检查委员会", {"纪委"}),
        ("中共桥头村支部委员会", {"党支部"}),
        ("桥头村党支部", {"党支部"}),
        ("县卫健局", {"机关、单位"}),
        ("县卫健委", {"机关、单位"}),
        ("柳河镇人民政府", {"机关、单位"}),
        ("柳河镇", {"机关、单位", "党委（党组）"}),
        ("县人民医院", {"机关、单位"}),
        ("县公安局", {"机关、单位", "司法机关"}),
        ("东风社区居委会", {"机关、单位"}),
        ("县疫情防控指挥部办公室", {"指挥部"}),
        ("县防指办", {"指挥部"}),
        ("", set()),
    ],
)
def test_an_organ_is_known_by_its_name(name, kinds):
    assert organ_kinds(name) == kinds


PARTY, STATE, OFFICE, TALK, MOVE = "党内警告", "政务警告", "机关警告", "诫勉", "免职"
ORGANS = {
    "县委": {PARTY, OFFICE, TALK, MOVE},
    "县纪委": {PARTY, TALK},
    "县监委": {STATE, TALK},
    "县纪委监委": {PARTY, STATE, TALK},
    "县委组织部": {OFFICE, TALK, MOVE},
    "县卫健局": {OFFICE, TALK, MOVE},
    "桥头村党支部": {PARTY},
    "县防控指挥部": set(),
    "": {PARTY, STATE, OFFICE, TALK, MOVE},
}


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("name", [PARTY, STATE, OFFICE, TALK, MOVE])
def test_which_organ_may_decide_which_measure(organ, name):
    assert (told(name, organ=organ) == []) == (name in ORGANS[organ])


@pytest.mark.parametrize(
    ("name", "organ", "right"),
    [
        ("政务记过", "县卫健局", "应为“机关记过”"),
        ("政务记过", "县人民医院", "应为“事业单位记过”"),
        ("政务记过", "县城投公司", "应为“国企记过”"),
        ("政务警告", "县纪委", "应为“党内警告”"),
        ("政务记过", "县纪委", "请核对决定机关"),
        ("党内警告", "县监委", "应为“政务警告”"),
        ("党内严重警告", "县监委", "请核对决定机关"),
        ("机关撤职", "县监委", "应为“政务撤职”"),
        ("事业单位开除", "县监委", "应为“政务开除”"),
        ("降低岗位等级", "县监委", "请核对决定机关"),
    ],
)
def test_the_right_name_is_offered(name, organ, right):
    (sentence,) = told(name, organ=organ)
    assert right in sentence
    assert "（" in sentence, "the article"


def test_a_manager_of_an_institution_has_its_own_names():
    (sentence,) = told("政务记过", ["事业单位管理人员"], "县教体局")
    assert "应为“事业单位记过”" in sentence or "应为“机关记过”" in sentence


PEOPLE = ["中共党员", "预备党员", "公职人员", "公务员", "村(社区)干部", "临聘人员", "群众"]
FITS = {
    "党内警告": {"中共党员"},
    "延长预备期": {"预备党员"},
    "取消预备党员资格": {"预备党员"},
    "劝退": {"中共党员", "预备党员"},
    "政务警告": {"公职人员", "公务员", "村(社区)干部"},
    "政务记过": {"公职人员", "公务员", "村(社区)干部"},
    "政务记大过": {"公职人员", "公务员", "村(社区)干部"},
    "政务降级": {"公职人员", "公务员"},
    "政务撤职": {"公职人员", "公务员"},
    "政务开除": {"公职人员", "公务员"},
    "机关记过": {"公职人员", "公务员"},
    "扣发补贴": {"村(社区)干部"},
    "批评教育": set(PEOPLE),
    "诫勉": set(PEOPLE),
}


@pytest.mark.parametrize("held", PEOPLE)
@pytest.mark.parametrize("name", FITS)
def test_whom_a_measure_is_for(name, held):
    assert (told(name, [held]) == []) == (held in FITS[name])


STAFF = {
    "事业单位警告": {"事业单位管理人员", "事业单位工作人员", "医务人员", "教职工"},
    "事业单位记大过": {"事业单位管理人员"},
    "事业单位撤职": {"事业单位管理人员"},
    "降低岗位等级": {"事业单位工作人员", "医务人员", "教职工"},
    "事业单位开除": {"事业单位管理人员", "事业单位工作人员", "医务人员", "教职工"},
    "国企记过": {"国企管理人员"},
    "政务撤职": {"事业单位管理人员", "国企管理人员"},
}


@pytest.mark.parametrize(
    "held", ["事业单位管理人员", "事业单位工作人员", "医务人员", "教职工", "国企管理人员", "企业人员"]
)
@pytest.mark.parametrize("name", STAFF)
def test_staff_of_institutions_and_enterprises(name, held):
    assert (told(name, [held]) == []) == (held in STAFF[name])


def test_the_sentence_says_what_fits_instead_and_by_which_article():
    assert "延长预备期" in told("党内警告", ["预备党员"])[0]
    assert "第二十二条" in told("政务撤职", ["村（社区）干部"])[0]
    assert "第十五条第六项" in told("政务警告", ["临聘人员"])[0]
    assert "只有警告、记过、记大过" in told("政务撤职", ["临聘人员"])[0]
    assert "县级或者乡镇人民政府" in told("扣发补贴", ["村(社区)干部"], "桥头村村委会")[0]
    assert told("扣发补贴", ["村(社区)干部"], "柳河镇政府") == []


def test_nothing_is_said_of_a_person_nobody_described():
    assert told("党内警告") == told("政务撤职") == told("延长预备期") == []


@pytest.mark.parametrize("name", BARE)
def test_a_bare_word_asks_which(name):
    (sentence,) = told(name)
    assert f"“{name}”没有写明是哪一种处分" in sentence
    assert "“政务" in sentence
    assert "“机关" in sentence
    (alone,) = told(f"{name}处分", ["公职人员"], "县监委")
    assert f"请改写为“政务{name}”（" in alone


def test_only_what_nobody_can_mean_is_impossible():
    assert impossible(find_measure("诫勉"), is_unit=True)[0].sentence == "“诫勉”只适用于个人，不能用于单位。"
    assert impossible(find_measure("改组"), is_unit=False)[0].sentence == "“改组”只适用于单位，不能用于个人。"
    for name in ("通报批评", "责令检查", "责令改正"):
        assert impossible(find_measure(name), is_unit=True) == impossible(find_measure(name), is_unit=False) == ()

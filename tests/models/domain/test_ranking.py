import random

import pytest

from models.domain.cases.ranking import leaders_key, organ_level, organ_rank, organs_key, people_key, post_rank

POSTS = [
    "镇党委书记",
    "镇党委副书记、镇长",
    "镇人大主席",
    "镇党委副书记",
    "镇纪委书记",
    "副镇长",
    "民政所所长",
    "村党支部书记",
    "村委会主任",
    "村党支部副书记",
]


def test_posts_stand_as_offices_name_them():
    shuffled = POSTS.copy()
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=post_rank) == POSTS


def test_the_highest_of_several_posts_counts():
    assert post_rank("原党委委员、副镇长") == post_rank("党委委员")
    assert post_rank("") == post_rank("网格员") > post_rank("村委会副主任")


def test_party_before_government_before_departments():
    names = ["县卫健局", "县人民政府", "县委", "县纪委监委", "县人大常委会"]
    assert sorted(names, key=organ_rank) == ["县委", "县人大常委会", "县人民政府", "县纪委监委", "县卫健局"]


def test_people_stand_by_post_then_organ():
    people = [("城关镇", "镇长"), ("城关镇", "党委书记"), ("城关镇", "网格员")]
    assert [p for _, p in sorted(people, key=lambda p: people_key(*p))] == ["党委书记", "镇长", "网格员"]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("省纪委监委", 0), ("滨河市纪委", 1), ("云河县纪委", 2), ("滨河市云河县监委", 2), ("城东区委", 2),
        ("周村区纪委", 2),
        ("县城乡建设局党组", 2), ("县乡村振兴局", 2), ("市场监管局", 3), ("主管部门党组", 3), ("县市场监管局", 2),
        ("柳河镇党委", 4), ("云河县柳河镇纪委", 4), ("东风社区党支部", 4), ("城关街道党工委", 4), ("桥头村党支部", 4),
    ],
)  # fmt: skip
def test_an_organ_has_the_level_of_its_place(name, level):
    assert organ_level(name) == level


def test_organs_stand_by_level_then_commission_before_supervision():
    names = ["", "柳河镇党委", "县监委", "县卫健局党组", "县纪委", "市纪委监委"]
    assert sorted(names, key=lambda name: organs_key([name])) == [
        "市纪委监委", "县卫健局党组", "县纪委", "县监委", "柳河镇党委", "",
    ]  # fmt: skip
    assert organs_key(["柳河镇党委", "县纪委"]) == organs_key(["县纪委"])


LEADERS = [
    ("云河县", "县委常委、宣传部部长", False),
    ("云河县", "副县长", False),
    ("柳河镇党委", "", True),
    ("柳河镇", "党委书记", False),
    ("石村镇", "镇长", False),
    ("柳河镇", "人大主席", False),
    ("柳河镇", "党委副书记、政法委员", False),
    ("柳河镇", "纪委书记", False),
    ("柳河镇", "党委委员、武装部部长", False),
    ("柳河镇", "副镇长", False),
    ("柳河镇", "民政办主任", False),
    ("柳河镇", "党政办公室副主任", False),
    ("柳河镇", "包村干部", False),
    ("柳河镇卫生院", "", True),
    ("柳河镇", "卫生院院长", False),
    ("柳河镇", "民政所副所长", False),
    ("柳河镇桥头村", "党支部书记", False),
    ("柳河镇桥头村", "村委会主任", False),
    ("柳河镇桥头村", "村委会委员", False),
]


def test_leaders_stand_from_the_township_down_to_the_village():
    shuffled = LEADERS.copy()
    random.Random(3).shuffle(shuffled)
    assert sorted(shuffled, key=lambda one: leaders_key(one[0], one[1], is_unit=one[2])) == LEADERS


def test_the_head_of_a_sub_district_is_no_head_of_an_office():
    assert post_rank("街道办主任") == post_rank("镇长") < post_rank("街道办副主任") == post_rank("副镇长")
    assert post_rank("副镇长") < post_rank("民政办主任") < post_rank("民政办副主任")


def test_a_court_is_no_hospital():
    assert leaders_key("县人民法院", "院长") < leaders_key("县交通局", "副局长") < leaders_key("县医院", "院长")

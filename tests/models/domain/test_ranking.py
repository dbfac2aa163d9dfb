import random

from models.domain.cases.ranking import organ_rank, people_key, post_rank

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

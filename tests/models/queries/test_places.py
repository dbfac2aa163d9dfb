"""What texts call units and people."""

import pytest

from models.queries.lookups.places import Places
from models.records import Unit


@pytest.fixture
def places() -> Places:
    units = [
        Unit(id=1, name="云岭县", kind="县"),
        Unit(id=2, name="柳河镇", kind="乡镇", parent_id=1, rank=1),
        Unit(id=3, name="桥头村", kind="村", parent_id=2, short_name="桥头"),
        Unit(id=4, name="柳河镇中心卫生院", kind="医疗机构", parent_id=2, short_name=""),
        Unit(id=5, name="县卫健局", kind="部门", parent_id=1, short_name=""),
        Unit(id=6, name="县第一中学", kind="学校", parent_id=5, short_name=""),
        Unit(id=7, name="云岭县人民医院", kind="医疗机构", parent_id=5, short_name=""),
        Unit(id=8, name="南江县下两镇", kind="乡镇", parent_id=1, short_name=""),
        Unit(id=10, name="下两镇卫生院", kind="医疗机构", parent_id=8, short_name=""),
        Unit(id=12, name="东固中学", kind="学校", parent_id=5, short_name=""),
        Unit(id=11, name="城关派出所", kind="部门", parent_id=5, short_name=""),
    ]
    return Places({unit.id: unit for unit in units}, "云岭县", frozenset({1}))


@pytest.mark.parametrize(
    ("unit", "path"),
    [
        (1, ""), (2, "柳河镇"), (3, "柳河镇桥头村"), (4, "柳河镇中心卫生院"), (5, "县卫健局"), (9, ""), (None, ""),
        (6, "县第一中学"), (7, "云岭县人民医院"), (10, "南江县下两镇卫生院"), (11, "县卫健局城关派出所"),
        (12, "东固中学"),
    ],
)  # fmt: skip
def test_a_unit_is_named_from_below_the_county(places: Places, unit: int | None, path: str) -> None:
    assert places.path(unit) == path


@pytest.mark.parametrize(
    ("unit", "post", "former", "said"),
    [
        (2, "党委书记", False, "柳河镇党委书记周平"),
        (2, "党委书记", True, "柳河镇原党委书记周平"),
        (2, "原党委书记", True, "柳河镇原党委书记周平"),
        (3, "党支部书记", False, "柳河镇桥头村党支部书记周平"),
        (3, "桥头村党支部书记", False, "柳河镇桥头村党支部书记周平"),
        (3, "柳河镇桥头村党支部书记", False, "柳河镇桥头村党支部书记周平"),
        (3, "柳河镇桥头村党支部书记", True, "柳河镇桥头村原党支部书记周平"),
        (4, "中心卫生院院长", False, "柳河镇中心卫生院院长周平"),
        (2, "镇政府副镇长", False, "柳河镇政府副镇长周平"),
        (2, "镇长", False, "柳河镇镇长周平"),
        (None, "村医", False, "村医周平"),
        (2, "", True, "柳河镇原工作人员周平"),
    ],
)
def test_a_person_is_named_with_unit_and_post_once(
    places: Places, unit: int | None, post: str, former: bool, said: str
) -> None:
    assert places.person(unit, post, "周平", former=former) == said


def test_a_circle_of_units_ends(places: Places) -> None:
    places.units[2].parent_id = 3
    assert places.path(3)


@pytest.mark.parametrize(
    ("county", "name", "said"),
    [
        ("云岭县", "县政务服务中心", "县政务服务中心"),
        ("云岭县", "云岭县汽车站", "云岭县汽车站"),
        ("云岭县", "桥头村卡点", "柳河镇桥头村卡点"),
        ("云岭县", "柳河镇农贸市场", "柳河镇农贸市场"),
        ("南江市", "市场监管所", "柳河镇市场监管所"),
        ("南江市", "市政公司", "柳河镇市政公司"),
        ("南江市", "市政府大厅", "市政府大厅"),
        ("", "县医院", "柳河镇县医院"),
    ],
)
def test_a_site_is_named_with_its_unit_where_its_name_does_not_tell(county: str, name: str, said: str) -> None:
    units = {2: Unit(id=2, name="柳河镇", kind="乡镇")}
    assert Places(units, county, frozenset()).within(2, name) == said


@pytest.mark.parametrize(
    ("unit", "site", "said"),
    [
        (2, "镇卫生院", "柳河镇卫生院"), (2, "镇应急仓库", "柳河镇应急仓库"), (2, "镇区北街", "柳河镇镇区北街"),
        (3, "村部", "柳河镇桥头村村部"), (5, "局机关", "县卫健局局机关"),
    ],
)  # fmt: skip
def test_what_is_the_townships_is_not_called_so_twice(places: Places, unit: int, site: str, said: str) -> None:
    assert places.within(unit, site) == said

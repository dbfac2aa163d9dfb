import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain import dictionaries
from models.domain.text.guess import campaign_of, county_of, is_initials, site_kind, unit_kind

SITE_KINDS = [term.name for term in dictionaries.terms() if term.dictionary == "site_kind"]
UNIT_KINDS = [term.name for term in dictionaries.terms() if term.dictionary == "unit_kind"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("柳河镇", "乡镇"), ("柳河镇人民政府", "乡镇"), ("城东街道办事处", "街道"), ("杨家村", "村"),
        ("和平社区", "社区"), ("县卫健局", "部门"), ("县委办公室", "部门"), ("县市场监督管理局", "部门"),
        ("县人民医院", "医疗机构"), ("柳河镇卫生院", "医疗机构"), ("第一小学", "学校"),
        ("云水县", "县"), ("交通管控工作组", "指挥部工作组"),
        ("某处", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_units_name_tells_its_kind(name, kind):
    assert unit_kind(name) == kind
    assert kind in ("", *UNIT_KINDS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("惠民药店", "药店"), ("惠民大药房", "药店"), ("万家福超市", "商超"), ("幸福里小区", "小区"),
        ("城关镇卫生院", "卫生院"), ("和平社区卫生服务中心", "社区卫生服务中心"), ("杨家村卫生室", "村卫生室"),
        ("锦绣家园", "小区"), ("云岭高速口", "高速口"), ("云岭收费站", "高速口"), ("东门农贸市场二期", "农贸市场"),
        ("某某", ""),
    ],
)  # fmt: skip
def test_a_sites_name_tells_its_kind(name, kind):
    assert site_kind(name, SITE_KINDS) == kind


def test_a_kind_the_office_does_not_keep_is_not_answered():
    assert site_kind("惠民大药房", ["小区"]) == ""


@given(st.text(max_size=30))
def test_any_name_is_answered_with_a_kind_of_the_dictionary(name):
    assert site_kind(name, SITE_KINDS) in ("", *SITE_KINDS)
    assert unit_kind(name) in ("", *UNIT_KINDS)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [("hxy", True), ("HXY", True), (" li ", True), ("Tom", False), ("黄", False), ("", False), ("A3", False)],
)
def test_initials_are_no_name(text, is_so):
    assert is_initials(text) is is_so


@pytest.mark.parametrize(
    ("office", "county", "campaign"),
    [
        ("云岭县防汛抗旱指挥部办公室", "云岭县", "防汛抗旱"),
        ("云岭县新冠肺炎疫情防控工作领导小组办公室", "云岭县", "新冠肺炎疫情防控"),
        ("青原区疫情防控应急指挥部办公室", "青原区", "疫情防控"),
        ("云岭县防控指挥部办公室", "云岭县", ""),
        ("指挥部办公室", "", ""),
    ],
)
def test_an_offices_name_tells_its_county_and_its_work(office, county, campaign):
    assert (county_of(office), campaign_of(office)) == (county, campaign)

"""A first package finds its office although two registers write the name differently."""

import pytest

from models.exchange.manifest import Party
from models.exchange.pairing import Me, bare_name
from models.exchange.pairing import _is_addressed as is_addressed
from models.records import Office


def office(name: str, short: str = "") -> Me:
    return Me(Office(name=name, short_name=short, county_name="云水县", role="unit", uuid="甲", epoch="1"))


def to(name: str, short: str = "", uuid: str = "") -> Party:
    return Party(uuid, name, "unit", "1", (), short)


@pytest.mark.parametrize(
    ("own", "short", "written", "is_so"),
    [
        ("云水县柳河镇人民政府", "", "柳河镇", True),
        ("柳河镇", "", "云水县柳河镇人民政府", True),
        ("云水县城东街道办事处", "", "城东街道", True),
        ("云水县卫生健康局", "", "县卫生健康局", True),
        ("云水县卫生健康局", "卫健局", "县卫健局", True),
        ("云水县柳河镇人民政府", "", "青石镇", False),
        ("云水县柳河镇人民政府", "", "柳河镇卫生院", False),
        ("云水县", "", "", False),
    ],
)
def test_the_name_is_compared_without_county_and_body(own, short, written, is_so):
    assert is_addressed(office(own, short), to(written)) is is_so


def test_a_known_identity_outweighs_the_name():
    assert not is_addressed(office("柳河镇"), to("柳河镇", uuid="乙"))
    assert is_addressed(office("柳河镇"), to("别的名字", uuid="甲"))


def test_a_body_alone_is_a_name():
    assert bare_name("人民政府", "") == "人民政府"

"""Spellings of a unit mean the one the office has; a group or a list is no unit."""

import pytest

from models.domain.intake.unit_spellings import is_group, same, several

UNITS = (
    "柳河镇",
    "青石乡",
    "云溪街道",
    "县卫生健康局",
    "住房和城乡建设局",
    "市场监督管理局",
    "公安局",
    "交通运输局",
    "县应急管理局",
    "向阳村",
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("柳河镇人民政府", "柳河镇"),
        ("柳河镇政府", "柳河镇"),
        ("柳河", "柳河镇"),
        (" 柳 河 镇 ", "柳河镇"),
        ("柳河鎮", "柳河镇"),
        ("青石乡党委", "青石乡"),
        ("云溪街道办事处", "云溪街道"),
        ("云溪街道办", "云溪街道"),
        ("云水县卫生健康局", "县卫生健康局"),
        ("卫健局", "县卫生健康局"),
        ("县住建局", "住房和城乡建设局"),
        ("县市监局", "市场监督管理局"),
        ("县交通局", "交通运输局"),
        ("应急局", "县应急管理局"),
        ("向阳村委会", "向阳村"),
    ],
)
def test_a_spelling(text: str, unit: str) -> None:
    assert same(text, UNITS) == (unit,)


@pytest.mark.parametrize("text", ["红旗镇", "县教体局", "石河", "县城管局", "河"])
def test_what_is_not_sure_is_nobody(text: str) -> None:
    assert same(text, UNITS) == ()


def test_two_that_fit_are_both_told() -> None:
    assert same("柳河", ("柳河镇", "柳河乡")) == ("柳河镇", "柳河乡")


def test_groups_and_lists() -> None:
    assert is_group("各乡镇（街道）")
    assert is_group("县直有关单位")
    assert not is_group("柳河镇")
    assert several("柳河镇、青石乡") == ("柳河镇", "青石乡")
    assert several("柳河镇") == ()

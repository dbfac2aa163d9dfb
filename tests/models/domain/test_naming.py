import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.text.naming import (
    file_name,
    free_name,
    mask_name,
    mask_names,
    masked_text,
    safe_stem,
    surname,
    unmasked,
)


def test_files_are_named_as_an_office_names_them():
    title = "关于3起典型问题\n的通报"
    assert file_name(title, number="云防指办〔2022〕7号") == "〔2022〕7号 关于3起典型问题的通报.docx"
    assert file_name(title, number="第3期", suffix="pdf") == "第3期 关于3起典型问题的通报.pdf"
    assert file_name(title) == "关于3起典型问题的通报.docx"


def test_barred_characters_become_full_width():
    assert safe_stem('a/b\\c:d*e?f"g<h>i|j') == "a／b＼c：d＊e？f”g＜h＞i｜j"
    assert safe_stem(" .. ") == "未命名"
    assert safe_stem("con.txt") == "_con.txt"


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_title_makes_a_file_name(title, number):
    name = file_name(title, number=number)
    assert name.endswith(".docx")
    assert len(name.encode()) <= 201
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert not name.startswith((" ", "."))


def test_a_free_name_counts_on():
    assert free_name("通报.docx", {"其他.docx"}) == "通报.docx"
    assert free_name("A.docx", {"a.DOCX", "A (2).docx"}) == "A (3).docx"
    assert free_name("通报", {"通报"}) == "通报 (2)"


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("杨振华", "杨某某"),
        ("杨华", "杨某"),
        ("杨", "杨某"),
        ("欧阳振华", "欧阳某某"),
        ("欧阳华", "欧阳某"),
        ("东方", "东某"),
        ("阿不都·热合曼", "阿某某"),
        ("杨某某", "杨某某"),
        ("Bob", "某某"),
        (" ", ""),
    ],
)
def test_masks(name, mask):
    assert mask_name(name) == mask


def test_surnames():
    assert surname("司马光明") == "司马"
    assert surname("司光") == "司"


def test_masks_tell_people_apart():
    masks = mask_names(["杨振华", "李明", "杨振国", "杨振华", "杨华"])
    assert masks == {"杨振华": "杨某甲", "李明": "李某", "杨振国": "杨某乙", "杨华": "杨某丙"}
    many = mask_names(f"杨振{chr(0x4E00 + n)}" for n in range(12))
    assert len(set(many.values())) == 12
    assert many["杨振一"] == "杨某甲"


def test_a_text_is_masked_in_one_pass_longest_name_first():
    masks = {"杨华": "杨某", "杨华强": "杨某某", "": "x"}
    assert masked_text("杨华强与杨华谈话", masks) == "杨某某与杨某谈话"
    assert masked_text("原文", {}) == "原文"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("关口村周某脱岗", "关口村周建明脱岗"),
        ("周某某脱岗", "周建明脱岗"),
        ("周某甲脱岗", "周建明脱岗"),
        ("欧阳某、周某脱岗", "欧阳华、周建明脱岗"),
        ("周建明隐瞒周某行程", "周建明隐瞒周某行程"),
        ("李某脱岗", "李某脱岗"),
        ("吴某脱岗", "吴某脱岗"),
    ],
)
def test_a_typed_mask_is_written_out_where_only_one_can_be_meant(text: str, plain: str) -> None:
    assert unmasked(text, ["周建明", "李强", "李刚", "欧阳华", ""]) == plain


def test_without_names_a_typed_mask_stays() -> None:
    assert unmasked("周某脱岗", []) == "周某脱岗"

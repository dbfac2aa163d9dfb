import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.documents.numbering import (
    CASES,
    FINDINGS,
    SELF_FOUND,
    DocumentNumber,
    document_number,
    in_order,
    next_number,
    numbering_sentence,
)


@pytest.mark.parametrize(
    "text", ["云防指办〔2022〕7号", "云防指办[2022]第07号", "云防指办 （２０２２） ７号", "云防指办【2022】7"]
)
def test_a_document_number_in_every_hand(text):
    number = document_number(text)
    assert number == DocumentNumber("云防指办", 2022, 7)
    assert str(number) == "云防指办〔2022〕7号"
    assert number.short == "〔2022〕7号"


@pytest.mark.parametrize("text", ["", "7号", "云防指办2022年7号", "云防指办〔22〕7号", "云防指办〔2022〕0号"])
def test_what_is_no_document_number(text):
    with pytest.raises(ValueError, match="不是发文字号"):
        document_number(text)


@given(st.integers(1000, 9999), st.integers(1, 999_999))
def test_what_was_written_reads_back(year, serial):
    number = DocumentNumber("云防指办", year, serial)
    assert document_number(str(number)) == number
    for series in (FINDINGS, SELF_FOUND, CASES):
        assert series.read(series.written(year, serial)) == (year, serial)


def test_serials():
    assert FINDINGS.written(2022, 137) == "2022-0137"
    assert FINDINGS.written(2022, 12345) == "2022-12345"
    assert SELF_FOUND.written(2022, 1) == "自查2022-0001"
    assert CASES.written(2022, 7) == "2022-A007"
    assert FINDINGS.read("２０２２－１３７") == (2022, 137)
    assert FINDINGS.read(" 2022 - 第 137 号") == (2022, 137)
    assert CASES.read("2022 -\tA007") == (2022, 7)
    for text in ("", "137", "2022-0", "2022-1234567", "2022-A007", "自查2022-0001"):
        assert FINDINGS.read(text) is None


def test_the_next_is_one_above_the_highest():
    assert next_number([]) == 1
    assert next_number([1, 5, 3]) == 6


def test_numbers_of_a_ledger_stand_as_they_count():
    assert sorted(["2022-10", "2022-9", "A", "10", "2", "1"], key=in_order) == [
        "A",
        "1",
        "2",
        "10",
        "2022-9",
        "2022-10",
    ]


def test_a_clerk_is_told_about_an_odd_number():
    assert numbering_sentence(4, [1, 3]) == ""
    assert numbering_sentence(3, [1, 3]) == "3号已经用过，下一个是4号。"
    assert numbering_sentence(6, [1, 3]) == "上一个是3号，中间会空出2个。"
    assert numbering_sentence(6, []) == "今年还没有用过，前面会空出5个。"
    assert numbering_sentence(2, [1, 3]) == "2号是以前空出的，下一个是4号。"

"""Cells as values: whatever a workbook or a clipboard holds is read or refused with a sentence, never a fault."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake import cells
from models.intake.pasted import table
from models.records import Finding, fields_of

TODAY = dt.date(2022, 3, 16)
anything = st.one_of(
    st.text(max_size=40),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(anything, st.sampled_from(["day", "number", "flag", "line", "text", "moment"]))
def test_any_cell_is_read_or_refused_in_words(cell, kind):
    field = next(f for f in fields_of(Finding).values() if f.kind == (kind if kind != "moment" else "day"))
    read = cells.reader(field, TODAY) if kind != "moment" else lambda c: cells.moment_of(c, TODAY)
    refusal = ""
    try:
        read(cell)
    except ValueError as error:
        refusal = str(error)
    assert refusal == "" or refusal.endswith("。")


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
def test_a_day_survives_each_of_its_spellings(day):
    spellings = [day, dt.datetime.combine(day, dt.time(8)), day.isoformat(), f"{day.year}年{day.month}月{day.day}日"]
    assert {cells.day_of(one, TODAY) for one in spellings} == {day}


@pytest.mark.parametrize(
    ("cell", "day"),
    [(44625.0, dt.date(2022, 3, 5)), (20220305.0, dt.date(2022, 3, 5)), ("2022.3.5", dt.date(2022, 3, 5))],
)
def test_serial_numbers_and_packed_days(cell, day):
    assert cells.day_of(cell, TODAY) == day


@pytest.mark.parametrize("cell", [5.0, "随便", "2022-2-30", dt.date(1900, 1, 1), "#REF!"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(ValueError, match=r"。$"):
        cells.day_of(cell, TODAY)


def test_phones_and_ids_keep_their_digits():
    assert cells.text_of(13812345678.0) == "13812345678"
    assert cells.text_of("051312345678901234") == "051312345678901234"


def test_error_values_of_formulas_are_named():
    with pytest.raises(ValueError, match="#N/A"):
        cells.text_of("#N/A")


@pytest.mark.parametrize(("cell", "value"), [("√", True), ("是", True), (1.0, True), ("否", False), (0.0, False)])
def test_ticks(cell, value):
    assert cells.flag_of(cell) is value


def test_brackets_and_blanks_do_not_part_a_word_from_its_dictionary():
    assert cells.matched("村（社区） 干部", ["公职人员", "村(社区)干部"]) == "村(社区)干部"


@given(st.text())
def test_any_clipboard_is_a_table(text):
    assert all(isinstance(cell, str) for row in table(text) for cell in row)


def test_quoted_cells_keep_their_line_breaks():
    assert table('甲\t"第一行\n第""二""行"\r\n乙\t丙') == [["甲", '第一行\n第"二"行'], ["乙", "丙"]]

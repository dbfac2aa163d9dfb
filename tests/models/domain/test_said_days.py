"""Days that are said in words, as a clerk writes when something was decided."""

import datetime as dt

import pytest

from models.domain.text.said_days import first_day

SPRING = dt.date(2022, 3, 1)


@pytest.mark.parametrize(
    ("text", "after", "day"),
    [
        ("4月", SPRING, dt.date(2022, 4, 1)), ("3月", SPRING, dt.date(2022, 3, 1)),
        ("1月", SPRING, dt.date(2023, 1, 1)),
        ("2021年12月", SPRING, dt.date(2021, 12, 1)), ("4月中旬", None, dt.date(2022, 4, 11)),
        ("4月下旬", SPRING, dt.date(2022, 4, 21)), ("4月25日", SPRING, dt.date(2022, 4, 25)),
        ("1月", None, dt.date(2022, 1, 1)), ("13月", SPRING, None), ("4月31日", None, None), ("近期", SPRING, None),
        ("", None, None), ("2022年4月份", SPRING, dt.date(2022, 4, 1)),
    ],
)  # fmt: skip
def test_the_first_day_a_text_may_mean(text: str, after: dt.date | None, day: dt.date | None) -> None:
    assert first_day(text, after, 2022) == day

"""期初数 as a clerk types them: 41, 1,286, 300余; parts that fit their wholes; records that may be double."""

import datetime as dt

import pytest

from models.domain.openings import FIGURES, Amount, about, amount, overlap, problems

DAYS = {"starts_on": dt.date(2022, 1, 1), "ends_on": dt.date(2022, 5, 31)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("41", Amount(41)), ("1,286", Amount(1286)), ("１，２８６", Amount(1286)), ("30余", Amount(30, True)),
        ("300多个", Amount(300, True)), ("12次", Amount(12)), ("0", Amount(0)), ("", None), (" ", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written(typed: str, meant: Amount | None) -> None:
    assert amount(typed) == meant
    if meant is not None:
        assert amount(str(meant)) == meant


@pytest.mark.parametrize("typed", ["约30", "三十余", "-4", "3.5", "余"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        amount(typed)
    found = problems({**DAYS, "problems": typed})
    assert [(p.field, "30余" in p.sentence) for p in found] == [("problems", True)]


def test_something_must_be_told_and_parts_fit_their_wholes() -> None:
    assert [p.field for p in problems(DAYS)] == ["problems"]
    assert not problems({**DAYS, "problems": "41", "solved": "41"})
    assert not problems({**DAYS, "problems": "40余", "solved": "42"})
    assert [p.sentence for p in problems({**DAYS, "problems": "41", "solved": "42"})] == [
        "“已整改数”42多于“问题数”41，请核对。"
    ]
    wrong = problems({"problems": "1", "starts_on": DAYS["ends_on"], "ends_on": DAYS["starts_on"]})
    assert [p.field for p in wrong] == ["ends_on"]


def test_records_of_the_period_are_asked_about_unless_the_clerk_said_how_they_stand() -> None:
    ends = DAYS["ends_on"]
    assert not overlap(ends, None, settled=False)
    assert not overlap(ends, dt.date(2022, 6, 1), settled=False)
    assert "2022年5月31日" in overlap(ends, ends, settled=False)
    assert not overlap(ends, ends, settled=True)


def test_a_sum_with_an_about_in_it_is_told_in_tens() -> None:
    assert [about(n) for n in (301, 347, 42, 7)] == ["300余", "340余", "40余", "7余"]


def test_every_figure_has_a_name() -> None:
    assert len(set(FIGURES.values())) == len(FIGURES)

"""Line breaking on plain widths: nothing is lost, no rule of the page's edge is broken."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.docx.breaking import (
    LIBREOFFICE,
    NO_END,
    NO_START,
    WORD,
    Habit,
    Measured,
    break_lines,
    measure,
    positions,
)

ALPHABET = "汉字公文督查，。、；：？！“”（）《》——……123４5.%-/ABc de\n①★"
TEXT = st.text(st.sampled_from(ALPHABET), max_size=120)
HABITS = st.sampled_from([LIBREOFFICE, WORD])
WIDTHS = st.integers(min_value=4, max_value=30)


def cells(text: str) -> Measured:
    """Chinese characters one unit wide, Western ones half a unit, no gaps."""
    wide = [0.5 if char < "\u2000" else 1.0 for char in text]
    return measure(text, wide, wide, [0.0] * len(text))


def broken(text: str, width: float, first: float | None = None, habit: Habit = LIBREOFFICE) -> list[str]:
    lines = break_lines(cells(text), width if first is None else first, width, habit)
    return [text[line.start : line.end] for line in lines]


@given(TEXT, WIDTHS, HABITS)
def test_no_character_is_lost_or_doubled(text: str, width: int, habit: Habit) -> None:
    lines = break_lines(cells(text), width, width, habit)
    joined = "".join(text[line.start : line.end] for line in lines)
    assert joined == text.replace("\n", "")
    assert [line.start for line in lines] == sorted(line.start for line in lines)


@given(TEXT, WIDTHS)
def test_every_line_is_within_the_width(text: str, width: int) -> None:
    measured = cells(text)
    for line in break_lines(measured, width, width):
        ink = text[line.start : line.end].rstrip(" ")
        if len(ink) > 1:
            assert measured.right[line.start + len(ink) - 1] - measured.left[line.start] <= width + 0.01


@given(TEXT, WIDTHS)
def test_only_one_stop_hangs_and_by_one_cell_at_most(text: str, width: int) -> None:
    measured = cells(text)
    for line in break_lines(measured, width, width, habit=WORD):
        if line.hangs:
            last = line.end - 1
            assert text[last] in "，。、；：？！"
            assert measured.right[last - 1] - measured.left[line.start] <= width + 0.01


@given(TEXT, WIDTHS, HABITS)
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(text: str, width: int, habit: Habit) -> None:
    lines = break_lines(cells(text), width, width, habit)
    for before, after in itertools.pairwise(lines):
        if before.closed or not _could_break_earlier(text, before.start, before.end):
            continue
        assert text[after.start] not in NO_START
        assert text[before.end - 1] not in NO_END


def _could_break_earlier(text: str, start: int, end: int) -> bool:
    """Whether two plain Chinese characters stand side by side inside the line."""
    return any(text[at - 1] in "汉字公文督查" and text[at] in "汉字公文督查" for at in range(start + 1, end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("汉字公文督查汉字，公文", ["汉字公文督查汉", "字，公文"]),
        ("汉字公文督查汉（公文）", ["汉字公文督查汉", "（公文）"]),
        ("汉字公文督查汉“，公文", ["汉字公文督查汉", "“，公文"]),
        ("汉字公文督查汉2022年", ["汉字公文督查汉", "2022年"]),
        ("汉字公文督查66.7%的", ["汉字公文督查", "66.7%的"]),
        ("汉字公文督查汉——公文", ["汉字公文督查汉", "——公文"]),
        ("汉字公文督查汉……公文", ["汉字公文督查汉", "……公文"]),
        ("汉字公文2022-2023年", ["汉字公文2022-", "2023年"]),
        ("汉字公文abc cdefg hij", ["汉字公文abc ", "cdefg hij"]),
        ("汉字公文督查公文 ！公", ["汉字公文督查公", "文 ！公"]),
        ('汉字公文督查公文 "A"', ["汉字公文督查公文 ", '"A"']),
        ("汉字\n公文督查", ["汉字", "公文督查"]),
        ("ABCDEFGHIJKLMNOPQRSTUV", ["ABCDEFGHIJKLMNOP", "QRSTUV"]),
        ("", [""]),
    ],
)
def test_where_a_line_of_eight_cells_ends(text: str, expected: list[str]) -> None:
    assert broken(text, 8) == expected


def test_a_stop_hangs_only_where_that_is_asked_for() -> None:
    text = "汉字公文督查汉字，公文"
    assert broken(text, 8, habit=WORD) == ["汉字公文督查汉字，", "公文"]
    assert broken("汉字公文督查汉字。”公文", 8, habit=WORD)[0] == "汉字公文督查汉"


def test_a_line_ends_before_a_western_word_after_a_stop_only_where_the_program_does_so() -> None:
    text = "汉字公文督查汉，ABC公文"
    assert broken(text, 8) == ["汉字公文督查", "汉，ABC公文"]
    assert broken(text, 8, habit=WORD)[0] == "汉字公文督查汉，"


def test_the_first_line_may_be_narrower() -> None:
    assert broken("汉字公文督查", 5, first=3) == ["汉字公", "文督查"]


@given(TEXT, WIDTHS)
def test_a_justified_line_fills_the_width_and_keeps_its_order(text: str, width: int) -> None:
    measured = cells(text)
    for line in break_lines(measured, width, width):
        xs = positions(measured, line, width, justify=True)
        assert xs == sorted(xs)
        ink = text[line.start : line.end].rstrip(" ")
        chinese = sum(char > "\u2000" for char in ink)
        if not line.closed and chinese > 1:
            last = line.start + len(ink) - 1
            assert xs[len(ink) - 1] + measured.right[last] - measured.left[last] == pytest.approx(width)


def test_a_western_word_is_never_stretched() -> None:
    text = "汉字2022年公文督查汉"
    measured = cells(text)
    line = break_lines(measured, 7.5, 7.5)[0]
    xs = positions(measured, line, 7.5, justify=True)
    figures = [xs[at + 1] - xs[at] for at in range(2, 5)]
    assert figures == pytest.approx([0.5, 0.5, 0.5])


def test_a_gap_stands_between_letters_of_two_scripts_but_not_beside_a_mark() -> None:
    text = "年3月（4）"
    left = measure(text, [0.9] * 6, [1.0] * 6, [0.2] * 6).left
    steps = [round(after - before, 3) for before, after in itertools.pairwise(left)]
    assert steps == [1.2, 1.2, 0.9, 1.0, 1.0]

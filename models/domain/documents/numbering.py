"""Numbers an office gives: 发文字号 代字〔year〕n号, 期号, and the serials of its ledgers.

GB/T 9704-2012, 7.2.5: the full year in hexagonal brackets, no 第, no leading zero.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.domain.text.entry import normalize_line, text_half

_DOCUMENT = re.compile(r"(?P<code>[^\[(【〔{]*)[\[(【〔{](?P<year>\d{4})[\])】〕}]第?(?P<serial>\d{1,6})号?")


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """发文字号; orders by code, year, serial."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @property
    def short(self) -> str:
        """Without the code, as file names begin: 〔2022〕7号."""
        return f"〔{self.year}〕{self.serial}号"


def document_number(text: str) -> DocumentNumber:
    """The number meant by 云防指办〔2022〕7号, [2022]第07号 and the like; the code may be empty.

    Raises:
        ValueError: none of these; the message ends a Chinese sentence.
    """
    plain = re.sub(r"\s", "", text_half(normalize_line(text)))
    found = _DOCUMENT.fullmatch(plain)
    if not found or int(found["serial"]) == 0:
        raise ValueError("不是发文字号，请按 代字〔2022〕7号 的样子填写。")
    return DocumentNumber(found["code"], int(found["year"]), int(found["serial"]))


def completed(given: str, code: str, year: int) -> DocumentNumber:
    """The number meant where only its serial is typed, or the code left out.

    Args:
        given: 7, 〔2022〕7号 or the whole.
        code: 发文代字 of the office.
        year: of the document's date, for a serial alone.

    Raises:
        ValueError: no number is meant; the message ends a Chinese sentence.
    """
    plain = re.sub(r"\s", "", text_half(given))
    if not plain.isdecimal():
        found = document_number(given)
        return found if found.code else DocumentNumber(code, found.year, found.serial)
    if int(plain) == 0:
        raise ValueError("不能用作发文字号，序号从 1 起。")
    return DocumentNumber(code, year, int(plain))


def in_order(number: str) -> tuple[tuple[int, str], ...]:
    """Sort key for numbers of a ledger: 2 stands before 10, 2022-9 before 2022-10."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", number))


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that begin anew each year and are never given twice; one grows a digit where it must.

    Attributes:
        name: what ``Sequence`` keeps the last number under.
        before: what stands before the year.
        mark: what stands before the number.
        digits: at least so many.
    """

    name: str
    before: str = ""
    mark: str = ""
    digits: int = 4

    def written(self, year: int, number: int) -> str:
        """A number as it is shown, 2022-0137."""
        return f"{self.before}{year}-{self.mark}{number:0{self.digits}d}"

    def read(self, text: str) -> tuple[int, int] | None:
        """Year and number of what was written so, 2022-137号 and full-width included; None where it is another."""
        plain = re.sub(r"\s", "", text_half(text))
        found = re.fullmatch(rf"{self.before}(\d{{4}})-?第?{self.mark}(\d{{1,6}})号?", plain)
        return (int(found[1]), int(found[2])) if found and int(found[2]) else None


FINDINGS: Final = Series("finding")
"""台账编号."""
SELF_FOUND: Final = Series("self_found", before="自查")
"""台账编号 of what an answering unit found itself."""
CASES: Final = Series("case", mark="A", digits=3)
"""案件编号."""


def next_number(used: Iterable[int]) -> int:
    """One more than the highest ever used; numbers of void records stay used."""
    return max(used, default=0) + 1


def numbering_sentence(number: int, used: Iterable[int]) -> str:
    """What to tell the clerk about a number he is about to give; empty when it is the next one."""
    used = tuple(used)
    expected = next_number(used)
    if number in used:
        return f"{number}号已经用过，下一个是{expected}号。"
    if number > expected:
        last = f"上一个是{expected - 1}号，中间" if used else "今年还没有用过，前面"
        return f"{last}会空出{number - expected}个。"
    return f"{number}号是以前空出的，下一个是{expected}号。" if number < expected else ""

"""Numbers an office gives: 发文字号 代字〔year〕n号, 期号, and the ledger's serial YYYY-NNNN.

GB/T 9704-2012, 7.2.5: the full year in hexagonal brackets, no 第, no leading zero.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.entry import normalize_line, text_half

_DOCUMENT = re.compile(r"(?P<code>[^\[(【〔{]*)[\[(【〔{](?P<year>\d{4})[\])】〕}]第?(?P<serial>\d{1,6})号?")
_SERIAL = re.compile(r"(?P<year>\d{4})-?第?(?P<number>\d{1,6})号?")


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


def finding_serial(year: int, number: int) -> str:
    """The ledger's serial, 2022-0137; it grows a digit beyond 9999 and is never given twice."""
    return f"{year}-{number:04d}"


def parse_finding_serial(text: str) -> tuple[int, int]:
    """Year and number of a serial, 2022-137 and full-width included.

    Raises:
        ValueError: no serial; the message ends a Chinese sentence.
    """
    found = _SERIAL.fullmatch(re.sub(r"\s", "", text_half(text)))
    if not found or int(found["number"]) == 0:
        raise ValueError("不是台账编号，请按 2022-0137 的样子填写。")
    return int(found["year"]), int(found["number"])


def next_number(used: Iterable[int]) -> int:
    """One more than the highest ever used; numbers of void records stay used."""
    return max(used, default=0) + 1


def numbering_sentence(number: int, used: Iterable[int]) -> str:
    """What to tell the clerk about a number he is about to give; empty when it is the next one."""
    used = tuple(used)
    expected = next_number(used)
    if number in used:
        return f"{number}号已经用过，下一个是 {expected}号。"
    if number > expected:
        return f"上一个是 {expected - 1}号，中间会空出 {number - expected} 个号，请写明原因。"
    return f"{number}号是以前空出的号，下一个是 {expected}号。" if number < expected else ""

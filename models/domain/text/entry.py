"""What a clerk types: days, numbers, phones and texts, full-width or half-width, read kindly.

Every reader raises ValueError with the end of a Chinese sentence (``不是日期，请……。``);
`read` puts the field's label before it and makes a Refusal of it.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from models.errors import Problem, Refusal

T = TypeVar("T")

_DAY_HINT = "不是日期，请按 3.5、3月5日 或 2022-3-5 的样子填写。"
_NUMBER_HINT = "不是整数，请只填数字。"
_PHONE_HINT = "不像电话号码，手机写 11 位，座机写“区号-号码”。"

_HALF = {
    **{code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)},
    **{code: code - 0xFEE0 for code in range(0xFF21, 0xFF3B)},
    **{code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)},
}
_MARKS = str.maketrans("．。／－—–−～：，＋（）　\xa0", "../----~:,+()  ")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile("[\t\xa0\u2000-\u200a\u202f\u205f]")
_BLANKS = re.compile(r"[\s\u3000]+")
_TO_MEND = re.compile(f"{_UNSEEN.pattern}|{_SPACES.pattern}|[\r\x85．％０-９Ａ-Ｚａ-ｚ]|[ \u3000]\n")
_WORD_DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1}
_WORD_DAYS |= {"后天": 2, "大后天": 3}
_WORD_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1}
_CLOCK = re.compile(r"[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SEPARATOR = r"[-/.年月]"
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})[日号]?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千]+")
_DIGITS = {**{char: value for value, char in enumerate("零一二三四五六七八九")}, "〇": 0}
_SIZES = {"十": 10, "百": 100, "千": 1000}
_COUNTERS = "个条处家名人户起件次项份元天日"


def read(parse: Callable[[str], T], text: str, field: str, label: str) -> T:
    """What ``parse`` makes of the text.

    Raises:
        Refusal: with the field's label and what to do.
    """
    try:
        return parse(text)
    except ValueError as error:
        raise Refusal(Problem(field, f"“{label}”{error}")) from error


def parse_day(text: str, today: date, *, until: date | None = None, since: date | None = None) -> date:
    """The day meant by 3.5, 3月5日, 今天, 2022-3-5, 20220305, 22.3.5, ２０２２．３．５, 二〇二二年三月五日.

    Without a year it is the one that puts the day nearest to ``today``, the past one in a tie; with ``until``
    the last such day up to that one, for what can only have happened already; with ``since`` the first such day
    from that one on, for what follows something else.

    Raises:
        ValueError: no day, or one that the calendar does not have.
    """
    plain = _CLOCK.sub("", _plain(text, keep_spaces=True).strip()).replace(" ", "")
    if plain in _WORD_DAYS:
        return today + timedelta(days=_WORD_DAYS[plain])
    plain = _with_year(plain, today)
    if found := _FULL.fullmatch(plain) or _PACKED.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
        return _day(_full_year(year), month, day)
    if found := _SHORT.fullmatch(plain):
        return _nearest(int(found[1]), int(found[2]), today, until, since)
    raise ValueError(_DAY_HINT)


def parse_number(text: str, least: int = 0) -> int:
    """A whole number: 41, ４１, 1,200, 41个, 四十一.

    Raises:
        ValueError: no whole number, below ``least`` or beyond 999,999,999.
    """
    plain = _plain(text).replace(",", "")
    if plain and plain[-1] in _COUNTERS:
        plain = plain[:-1]
    if not re.fullmatch(r"\d{1,12}", plain):
        raise ValueError(_NUMBER_HINT)
    number = int(plain)
    if not least <= number <= 999_999_999:
        raise ValueError(f"应在 {least} 到 999999999 之间，请核对。")
    return number


def parse_phone(text: str) -> str:
    """Phones as the office writes them: 13812345678, 0839-5221234, several joined by 、; "" for none.

    Raises:
        ValueError: something that is no phone number.
    """
    numbers = [
        part for part in re.split(r"[、,;；/\n]|(?<=\d)\s+(?=1\d{10}|0\d{2,3})", text_half(text)) if part.strip()
    ]
    return "、".join(_phone(part) for part in numbers)


def normalize_text(text: str) -> str:
    """Several lines as they are kept: letters and digits half-width, nothing unseen, no trailing blanks.

    Chinese punctuation, full-width brackets and the clerk's line breaks stay.
    """
    if not _TO_MEND.search(text):
        return text.strip(" \n\u3000")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    text = _SPACES.sub(" ", _UNSEEN.sub("", text)).translate(_HALF)
    text = re.sub(r"(?<=\d)．(?=\d)", ".", text)
    text = re.sub(r"(?<=\d)％", "%", text)
    return "\n".join(line.rstrip(" \u3000") for line in text.split("\n")).strip(" \n\u3000")


def normalize_line(text: str) -> str:
    """One line as it is kept: as `normalize_text`, line breaks and runs of blanks made one space."""
    return _BLANKS.sub(" ", normalize_text(text)).strip()


def text_half(text: str) -> str:
    """Full-width letters, digits and the marks of dates and phones as half-width."""
    return _UNSEEN.sub("", text).translate(_HALF).translate(_MARKS)


def _plain(text: str, *, keep_spaces: bool = False) -> str:
    half = _NUMERAL.sub(lambda m: str(_numeral(m[0])), text_half(text))
    return half if keep_spaces else re.sub(r"\s", "", half)


def _numeral(text: str) -> int:
    """二〇二二 by digit, 三十一 by place."""
    if not any(char in _SIZES for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * _SIZES[char]
            digit = 0
    return total + digit


def _with_year(text: str, today: date) -> str:
    word = text[:2]
    return f"{today.year + _WORD_YEARS[word]}年{text[2:]}" if word in _WORD_YEARS else text


def _full_year(year: int) -> int:
    return year + 2000 if year < 100 else year


def _day(year: int, month: int, day: int) -> date:
    if not 1949 <= year <= 2100:
        raise ValueError(f"的年份 {year} 不对，请核对。")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"不对，{year}年没有{month}月{day}日。") from None


def _nearest(month: int, day: int, today: date, until: date | None = None, since: date | None = None) -> date:
    candidates = []
    around = since or today
    for year in (around.year - 1, around.year, around.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    if not candidates:
        leap = (month, day) == (2, 29)
        raise ValueError("不对，近年没有2月29日，请写明年份。" if leap else f"不对，没有{month}月{day}日。")
    if since is not None:
        return min([found for found in candidates if found >= since] or candidates)
    gone = [found for found in candidates if until is not None and found <= until]
    return min(gone or candidates, key=lambda found: (abs((found - (until or today)).days), found))


def _phone(text: str) -> str:
    plain = re.sub(r"[\s().]", "", text).removeprefix("+86").removeprefix("-")
    digits = plain.replace("-", "")
    if re.fullmatch(r"(86)?1[3-9]\d{9}", digits):
        return digits[-11:]
    if found := re.fullmatch(r"(0(?:10|2\d|[3-9]\d{2}))-?(\d{7,8})(?:(?:-|转)(\d{1,6}))?", plain):
        return f"{found[1]}-{found[2]}" + (f"-{found[3]}" if found[3] else "")
    if re.fullmatch(r"\d{3,8}|[48]00\d{7}", digits):
        return digits
    raise ValueError(_PHONE_HINT)

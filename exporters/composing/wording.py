"""How such an office writes: dates, sentences, lists; the small tools all document kinds share."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from exporters.composing.stated import Count
from models.paper.numbering import chinese_numeral, full_day

_CJK = r"\u3400-\u9fff\uf900-\ufaff《》〈〉“”‘’（）〔〕【】、。，；：！？…—"
_HALF_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF = re.compile(rf"(?<=[{_CJK}0-9A-Za-z%℃)])([,;:?!])(?=\s*[{_CJK}])|(?<=[{_CJK}])([,;:?!])(?!//)")
_QUOTED = re.compile(r'["“]([^"“”\n]*)"|"([^"“”\n]*)”')
_BRACKETED = re.compile(rf"\(([^()\n]*[{_CJK}][^()\n]*)\)")
_MARKS = "。；，、：！？,.;:!? \t\r\n\u3000"
_DATED = re.compile(r"^(\d{4}年)?(\d{1,2}月|近期|近日|今年|去年|自|截至|当[日天])")
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是要]|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|\d+[.．、])\s*"
)
_COUNTED = re.compile(r"(^|[。；：，]\s*)一是")
_NOT_WORDS = re.compile(r"[\W_]+")


class Days:
    """Writes dates; the year stands where it differs from the one named last."""

    def __init__(self, year: int | None = None) -> None:
        self._year = year

    def day(self, day: dt.date) -> str:
        """2022年3月5日 at first, 3月5日 while the year stays."""
        known, self._year = self._year, day.year
        return plain_day(day) if known == day.year else full_day(day)

    def heard(self, text: str, meant: int | None = None) -> None:
        """Take note of the year a text itself named last, or of the one ``meant`` where it names a day without."""
        if years := re.findall(r"(\d{4})年", text):
            self._year = int(years[-1])
        elif self._year is None and re.search(r"\d月\d{1,2}日", text):
            self._year = meant

    def span(self, first: dt.date | None, last: dt.date | None) -> str:
        """3月1日至4日, 3月28日至4月2日; one day alone where they are the same or one is missing."""
        start, end = first or last, last or first
        if start is None or end is None:
            return ""
        text = self.day(start)
        if start == end:
            return text
        if (start.year, start.month) == (end.year, end.month):
            return f"{text}至{end.day}日"
        return f"{text}至{self.day(end)}"


def plain_day(day: dt.date) -> str:
    """3月5日."""
    return f"{day.month}月{day.day}日"


def tidy(text: str) -> str:
    """One line with the marks of Chinese print: full-width between Chinese, “ ” for straight quotes.

    Lines of a text are joined by ， where the first of two does not end in a mark of its own, points of a list by ；.
    """
    rows = [row for row in (part.strip() for part in text.splitlines()) if row]
    ends = ["" if row[-1] in _MARKS else "；" if _ORDINAL.match(after) else "，" for row, after in pairwise(rows)]
    line = "".join(row + end for row, end in zip(rows, [*ends, ""], strict=False))
    line = re.sub(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])|\t+", "", line)
    line = _QUOTED.sub(lambda m: f"“{m[1] if m[1] is not None else m[2]}”", line)
    for _ in range(2):  # brackets inside brackets, and first of all: a comma behind ） stands between Chinese
        line = _BRACKETED.sub(r"（\1）", line)
    return _HALF.sub(lambda m: _HALF_MARKS[m[1] or m[2]], line)


def clause(text: str) -> str:
    """Tidy, without the mark at its end."""
    return tidy(text).rstrip(_MARKS)


def sentence(text: str) -> str:
    """Tidy, ending in 。; empty stays empty."""
    line = tidy(text)
    if line.endswith(("。", "！", "？", "。”", "。）")):
        return line
    return f"{line.rstrip(_MARKS)}。" if line.rstrip(_MARKS) else ""


def says(text: str, part: str) -> bool:
    """Whether the text already says that, whatever the marks between."""
    wanted = bare(part)
    return not wanted or wanted in bare(text)


def retold(text: str, part: str, share: float = 0.5) -> bool:
    """Whether the text already says that in much the same words: that share of its pairs of characters is there."""
    told, new = bare(text), bare(part)
    pairs = [new[n : n + 2] for n in range(len(new) - 1)]
    return says(text, part) or (bool(pairs) and sum(pair in told for pair in pairs) >= len(pairs) * share)


def bare(text: str) -> str:
    """The words alone, for comparing two wordings."""
    return _NOT_WORDS.sub("", text).lower()


def dated(text: str) -> bool:
    """Whether the text itself begins with a time."""
    return bool(_DATED.match(tidy(text)))


def listed(parts: Iterable[str]) -> str:
    """甲、乙、丙, each once."""
    return "、".join(dict.fromkeys(part for part in parts if part))


_OURS = (
    "街道", "社区", "中心", "公司", "镇", "乡", "村", "局", "委", "办", "院", "校", "站", "所", "部", "厅", "处", "队",
)  # fmt: skip


def ours(name: str) -> str:
    """我镇, 我街道, 我局: how a unit of that name calls itself in a paper of its own; 我单位 where no word fits."""
    place = re.sub("(人民政府|办事处|党委|委员会)$", "", name)
    if place.endswith(("中学", "小学", "学校", "幼儿园")):
        return "我园" if place.endswith("园") else "我校"
    return next((f"我{word}" for word in _OURS if place.endswith(word)), "我单位")


def period_name(first: dt.date | None, last: dt.date | None) -> str:
    """2022年上半年, 2022年第一季度, 2022年3月, 2022年1至5月, 2022年: whole months in a word; else empty."""
    if first is None or last is None or first.year != last.year or first > last:
        return ""
    if first.day != 1 or (last + dt.timedelta(days=1)).day != 1:
        return ""
    months = (first.month, last.month)
    whole = {(1, 12): "", (1, 6): "上半年", (7, 12): "下半年"}
    whole |= {(n * 3 - 2, n * 3): f"第{chinese_numeral(n)}季度" for n in range(1, 5)}
    if months in whole:
        return f"{first.year}年{whole[months]}"
    return f"{first.year}年{first.month}月" if months[0] == months[1] else f"{first.year}年{months[0]}至{months[1]}月"


LISTED = 5
"""As many places and units are named before 等N个."""


def listed_shortly(parts: Iterable[str], noun: str = "单位", behind: Iterable[str] = ()) -> str:
    """甲、乙、丙、丁、戊等8个单位: at most five of many and how many they are; never for persons.

    ``behind`` are the records that are counted.
    """
    found = list(dict.fromkeys(part for part in parts if part))
    if len(found) <= LISTED:
        return listed(found)
    return f"{listed(found[:LISTED])}等{Count(len(found), f'{noun}数', behind)}个{noun}"


def counted_clauses(parts: Sequence[str], word: str = "是") -> str:
    """一是…；二是…。 One part alone, and parts that count 一是二是 themselves, stand without a number."""
    clauses = [clause(part) for part in parts if clause(part)]
    if not clauses:
        return ""
    if len(clauses) == 1 or any(_COUNTED.search(one) for one in clauses):
        return "".join(sentence(one) for one in clauses)  # a numbering of its own is not numbered again
    inner = any("。" in one for one in clauses)
    return ("。" if inner else "；").join(f"{chinese_numeral(n)}{word}{one}" for n, one in enumerate(clauses, 1)) + "。"


def unique(texts: Iterable[str]) -> list[str]:
    """The texts without those another one says in the same words."""
    seen: dict[str, str] = {}
    for text in texts:
        if bare(text):
            seen.setdefault(bare(text), text)
    return list(seen.values())

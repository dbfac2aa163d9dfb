"""Text of a foreign paper made alike without moving a character, so that places in it stay true."""

import re
from typing import Final

_ALIKE: Final = str.maketrans("(),:;?!．ＸｘＯ０１２３４５６７８９\u3000\t\xa0", "（），：；？！.XxO0123456789   ")
_IN_NUMBER = re.compile(r"(?<=\d)[，：](?=\d)")
_HALF: Final = {"，": ",", "：": ":"}
_PUNCTUATION = re.compile(r"[\s，。；：、？！,.;:?!（）()“”\"'‘’《》〈〉【】\[\]—–\-…·]+")


def alike(text: str) -> str:
    """The text with full-width Chinese punctuation and half-width digits; every character stays at its place."""
    return _IN_NUMBER.sub(lambda found: _HALF[found[0]], text.replace("\r", "\n").translate(_ALIKE))


def bare(text: str) -> str:
    """The text without spaces and punctuation, to compare by."""
    return _PUNCTUATION.sub("", alike(text))


def stripped(text: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """The piece without spaces, and without what ``also`` names, at its ends."""
    gone = " \n" + also
    while start < end and text[start] in gone:
        start += 1
    while end > start and text[end - 1] in gone:
        end -= 1
    return start, end

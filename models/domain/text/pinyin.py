"""Look-up by Chinese, by pinyin, by initials, or by a mixture (柳河zf, liuhzf).

The table is generated from pypinyin by ``packaging/generate_catalogs.py``; nothing of it runs here.
A word that is read otherwise than its characters (重庆, 镇长) gets private-use characters of
its own, so that one ``str.translate`` spells a row.
"""

import re
from dataclasses import dataclass
from functools import cache

from models.domain.catalogs import catalog
from models.domain.text.entry import text_half

_PRIVATE = 0xE000


@dataclass(frozen=True, slots=True)
class _Table:
    initials: dict[int, str]
    spellings: dict[int, str]
    words: re.Pattern[str]
    marked: dict[str, str]
    surnames: dict[str, str]

    def mark(self, text: str) -> str:
        """The text, lower-case, with specially read characters replaced by their private ones."""
        return self.words.sub(lambda found: self.marked[found[0]], text.lower())


@cache
def _table() -> _Table:
    data = catalog("pinyin")
    spellings = {ord(char): sound for sound, chars in data["readings"].items() for char in chars}
    private: dict[str, str] = {}

    def stand_in(sound: str) -> str:
        if sound not in private:
            private[sound] = chr(_PRIVATE + len(private))
            spellings[ord(private[sound])] = sound
        return private[sound]

    def mark(word: str, sounds: str) -> str:
        pairs = zip(word, sounds.split(), strict=True)
        return "".join(char if spellings[ord(char)] == sound else stand_in(sound) for char, sound in pairs)

    marked = {word: mark(word, sounds) for word, sounds in data["words"].items()}
    surnames = {char: stand_in(sound) for char, sound in data["surnames"].items()}
    longest_first = sorted(marked, key=len, reverse=True)
    return _Table(
        initials={code: sound[0] for code, sound in spellings.items()},
        spellings=spellings,
        words=re.compile("|".join(longest_first)),
        marked=marked,
        surnames=surnames,
    )


def initials(text: str) -> str:
    """First letters, lower-case: 柳河镇 → lhz; what is no Chinese stays."""
    table = _table()
    return table.mark(text).translate(table.initials)


def index(text: str) -> str:
    """What a record keeps for look-up in SQL: initials and spelling, read as a surname too where that differs.

    柳河镇 → ``lhz liuhezhen``; 仇明 → ``cm chouming qm qiuming``.
    """
    table = _table()
    keys = (key for marked in _readings(text) for key in _both(table, marked))
    return " ".join(dict.fromkeys(keys))


def matches(query: str, text: str) -> bool:
    """Whether what was typed finds the text; an empty query finds everything."""
    query = "".join(text_half(query).split()).lower()
    if query in text.lower():
        return True
    table = _table()
    return any(
        any(query in key for key in _both(table, marked)) or _walks(query, text.lower(), marked)
        for marked in _readings(text)
    )


def _both(table: _Table, marked: str) -> tuple[str, str]:
    return marked.translate(table.initials), marked.translate(table.spellings)


def _readings(text: str) -> tuple[str, ...]:
    """The marked text, and again with its first character read as a surname where it is one."""
    table = _table()
    marked = table.mark(text)
    surname = table.surnames.get(marked[:1])
    return (marked, surname + marked[1:]) if surname else (marked,)


def _walks(query: str, text: str, marked: str) -> bool:
    """Whether the query is spelt along the text: each character by itself, its initial or its spelling.

    The last spelling may be unfinished (liuh finds 柳河).
    """
    spellings = _table().spellings
    ends: set[int] = set()
    for char, key in zip(text, marked, strict=True):
        reached: set[int] = set()
        for start in (0, *ends):
            reached |= _steps(query, start, char, spellings.get(ord(key), char))
        if len(query) in reached:
            return True
        ends = reached
    return False


def _steps(query: str, start: int, char: str, sound: str) -> set[int]:
    """Where the query may stand after one character of the text; its length when all is found."""
    rest = query[start:]
    if sound.startswith(rest):
        return {len(query)}
    steps = {len(part) for part in (char, sound, sound[0]) if rest.startswith(part)}
    return {start + step for step in steps}

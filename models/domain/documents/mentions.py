"""Which party of a printed case stands in its text, and whether a text names somebody.

No party of a printed case is lost: who was dealt with is named with the measures, who is dealt with
elsewhere or only made known is named, and only one who was not dealt with may be left out, by
通报方式 另案处理不写 or by the clerk's tick.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

NOT_WRITTEN: Final = "另案处理不写"
"""通报方式 of a party whose own case is still open."""


def left_out(name: str, mention: str, *, dealt: bool, ticked: Collection[str] = (), elsewhere: str = "") -> bool:
    """Whether a party stays out of the text of its case.

    Args:
        name: of the party.
        mention: its 通报方式.
        dealt: it has a disposition; then it is always named.
        ticked: names the clerk left out of its case; they are asked for nobody else than whom nothing is said of.
        elsewhere: its 另行处理; then it is named unless 通报方式 says otherwise.
    """
    if dealt or mention == NOT_WRITTEN:
        return not dealt
    return name in ticked and not mention and not elsewhere.strip()


def ticked_in(code: str, typed: Iterable[str]) -> frozenset[str]:
    """The names left out of one case: those typed alone, and those typed after its number (A003:张三)."""
    found = set()
    for one in typed:
        case, colon, name = one.replace("：", ":").partition(":")
        if not colon:
            found.add(case.strip())
        elif case.strip() == code:
            found.add(name.strip())
    return frozenset(found)


def times_named(text: str, name: str, others: Iterable[str] = ()) -> int:
    """How often a text names somebody; 张三 is not named by 张三丰, where that is another party."""
    return without(text, name, others).count(_plain(name))


def without(text: str, name: str, others: Iterable[str]) -> str:
    """The text with the names of others that hold this one taken out, and no spaces."""
    plain, wanted = _plain(text), _plain(name)
    longer = {_plain(other) for other in others} - {wanted}
    for other in sorted((other for other in longer if wanted and wanted in other), key=len, reverse=True):
        plain = plain.replace(other, "□")
    return plain


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)

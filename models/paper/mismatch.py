"""A part of a paper that the clerk edited and the records have left behind."""

from dataclasses import dataclass
from typing import Literal

Reason = Literal["changed", "gone"]
_SHORT = 20


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A part kept as the clerk edited it, though its records have moved on.

    Attributes:
        key: the block's or the attachment's, title or addressees; of a table's row "table#record".
        reason: changed, the records now say something else; gone, they are no longer among those chosen.
        kept: the words as edited.
        fresh: what would be composed now, as an origin keeps it; empty where gone.
        records: "table:uuid" of the records behind it.
    """

    key: str
    reason: Reason
    kept: str
    fresh: str
    records: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell the clerk."""
        start = f"“{self.kept[:_SHORT]}{'…' if len(self.kept) > _SHORT else ''}”"
        if self.reason == "gone":
            return f"{start}是手工改过的，原来的记录已不在所选范围，请核对是否保留。"
        return f"{start}是手工改过的，改过之后记录有变化，请核对。"

    @property
    def now(self) -> str:
        """What the records say now in one line; empty where that takes more."""
        return "" if "\n" in self.fresh else self.fresh.replace("\t", "　").strip()

"""The records of one sheet, kept ones and those a workbook adds, found by what makes them up and by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from models.domain.text.entry import normalize_text
from models.intake.sheets import Sheet
from models.intake.workbook import Line

Key = tuple[tuple[str, ...], tuple[str, ...]]
"""What is looked up by, and what must be equal besides: where only one side knows it, the clerk is asked."""

KEYS: Final[dict[str, tuple[Key, ...]]] = {
    "unit": ((("name",), ("parent_id",)),),
    "site": ((("name",), ("unit_id",)),),
    "team": ((("name",), ("campaign_id",)),),
    "member": ((("team_id", "name"), ("unit_id",)),),
    "inspection": ((("team_id", "starts_on", "unit_id"), ("code",)),),
    "visit": ((("inspection_id", "site_id", "on"), ()),),
    "finding": (),
    "plan": ((("finding_id", "measures"), ()),),
    "feedback": ((("finding_id", "outcome", "measures", "finished_on"), ()),),
    "verification": ((("finding_id", "conclusion", "verified_on"), ()),),
    "accountability_case": (),
    "party": ((("case_id", "name"), ("unit_id",)),),
    "disposition": ((("party_id", "measure", "decided_on"), ("detail",)),),
    "document": ((("number",), ()), (("kind", "title", "dated_on"), ())),
    "opening_figures": ((("ends_on", "starts_on", "campaign_id", "unit_id"), ()),),
}
"""How a record is known by itself and by the proved record it belongs to.

督查问题 and 问责案件 have rules of their own in `models.domain.intake.identity`. A number that some office gave is no
key; a 发文字号 names its office and is one.
"""
TOLD_APART_BY: Final = {"document": "number"}
"""A field in which two records of a sheet that both have one are two, whatever else they share."""
WHOLE: Final = frozenset({"inspection", "document"})
"""Sheets whose keys prove nothing where a part of them is unknown."""
NUMBERED: Final = {"finding": "serial", "accountability_case": "code", "inspection": "code"}
"""Fields that hold a number which some office gave."""
OWN_SERIES: Final = frozenset({"finding", "accountability_case"})
"""Sheets whose numbers this office gives from a series of its own."""


@dataclass(slots=True, eq=False)
class Entry:
    """One record, kept or to come; links between records hold entries until ids are known."""

    id: int | None
    values: dict[str, Any]
    line: Line | None = None
    uuid: str = ""


class Unsure(ValueError):  # noqa: N818 - asking is no error
    """What a row means must be asked; the message ends a Chinese sentence.

    Attributes:
        entry: what it may mean.
        only_the_table: whether nothing but mending the file answers it.
    """

    def __init__(self, sentence: str, entry: Entry | None = None, *, only_the_table: bool = False) -> None:
        super().__init__(sentence)
        self.entry = entry
        self.only_the_table = only_the_table


class Shelf:
    """The records of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.by_id: dict[int, Entry] = {}
        self.by_uuid: dict[str, Entry] = {}
        self.entries: list[Entry] = []
        self.rejected: set[str] = set()
        self.waiting: set[str] = set()
        self.in_file: dict[str, list[Entry]] = {}
        self.top: Entry | None = None
        self._by_key: list[dict[tuple[Any, ...], list[Entry]]] = [{} for _ in KEYS[sheet.key]]
        self._by_name: dict[str, list[Entry]] = {}

    def put(self, entry: Entry) -> None:
        """Let the entry be found."""
        self.entries.append(entry)
        if entry.id is not None:
            self.by_id[entry.id] = entry
            self.by_uuid[entry.uuid] = entry
        for (main, _), index in zip(KEYS[self.sheet.key], self._by_key, strict=True):
            index.setdefault(tuple(_plain(entry.values.get(n)) for n in main), []).append(entry)
        for name in names_of(self.sheet, entry.values):
            self._by_name.setdefault(name, []).append(entry)

    def same(self, values: dict[str, Any]) -> Entry | None:
        """The record these values mean by the sheet's keys; None where there is none yet.

        Raises:
            Unsure: one or several could be meant.
        """
        for (main, apart), index in zip(KEYS[self.sheet.key], self._by_key, strict=True):
            wanted = tuple(_plain(values.get(n)) for n in main)
            if wanted[0] is None or (self.sheet.key in WHOLE and None in wanted):
                continue
            found = [e for e in index.get(wanted, []) if not self._told_apart(e, values)]
            sides = [(e, list(self._sides(e, values, apart))) for e in found]
            close = [(e, _one_sided(compared)) for e, compared in sides if not _differ(compared)]
            proved = [e for e, unknown in close if not unknown]
            if len(proved) > 1:
                raise Unsure(f"已有 {len(proved)} 条同样的{self.sheet.record.noun}，分不清是哪一条。")
            if proved:
                return proved[0]
            if close:
                entry, unknown = close[0]
                labels = "、".join(f"“{self.sheet.column(n).label}”" for n in unknown)
                noun = self.sheet.record.noun
                raise Unsure(f"已有{noun}“{_called(entry)}”，{labels}只有一边填了，可能是同一条，请确认。", entry)
        return None

    def _told_apart(self, entry: Entry, values: dict[str, Any]) -> bool:
        """Whether both have a number of their own, as two notices of one day to two units have."""
        name = TOLD_APART_BY.get(self.sheet.key, "")
        kept, given = entry.values.get(name), values.get(name)
        return bool(kept and given and kept != given)

    def _sides(self, entry: Entry, values: dict[str, Any], names: Iterable[str]) -> Iterator[tuple[str, Any, Any]]:
        """Both values of these fields. A unit whose superior is not named stands below the office's own."""
        for name in names:
            kept, given = _plain(entry.values.get(name)), _plain(values.get(name))
            if name == "parent_id" and {id(kept), id(given)} == {id(None), id(self.top)}:
                kept = given = self.top
            yield name, kept, given

    def call(self, name: Any, entry: Entry) -> None:
        """Let the file's other rows mean this record by the name that the file gives it."""
        if name and entry not in self.in_file.setdefault(str(name), []):
            self.in_file[str(name)].append(entry)

    def named(self, text: str) -> list[Entry]:
        """Every entry other sheets may call so."""
        return self._by_name.get(text, [])

    def __iter__(self) -> Iterator[Entry]:
        """Every entry, kept ones first."""
        return iter(self.entries)


def names_of(sheet: Sheet, values: dict[str, Any]) -> list[str]:
    """What other sheets may call a record."""
    if sheet.key == "unit":
        above = values.get("parent_id")
        own = [values.get("name"), values.get("short_name"), *_former(values.get("former_names") or "")]
        if isinstance(above, Entry) and values.get("name"):
            own.append(f"{above.values.get('name', '')}{values['name']}")
    elif sheet.key == "site":
        unit = values.get("unit_id")
        own = [values.get("name")]
        if isinstance(unit, Entry) and values.get("name"):
            own.append(f"{unit.values.get('name', '')}{values['name']}")
    elif sheet.key == "team":
        number = values.get("number")
        own = [values.get("name"), str(number) if number else ""]
    else:
        columns = {c.name for c in sheet.columns}
        own = [values.get(n) for n in ("serial", "code", "name", "title") if n in columns]
    return list(dict.fromkeys(name for name in own if name))


def _former(text: str) -> list[str]:
    return [line.split("（")[0].split("(")[0].split()[0] for line in text.splitlines() if line.strip()]


def _plain(value: Any) -> Any:
    return None if value in ("", []) else value


def _differ(sides: Iterable[tuple[str, Any, Any]]) -> bool:
    return any(kept is not None and given is not None and kept != given for _, kept, given in sides)


def _one_sided(sides: Iterable[tuple[str, Any, Any]]) -> list[str]:
    """Names of what only one side knows. A code is only a label: it need not be known."""
    return [name for name, kept, given in sides if (kept is None) != (given is None) and name != "code"]


def _called(entry: Entry) -> str:
    return str(next((entry.values[n] for n in ("serial", "code", "name", "title") if entry.values.get(n)), ""))


def unlike(known: Any, given: Any) -> bool:
    """Whether a given value says something else than the known one; blanks and unseen characters aside."""
    if known == given or (_plain(known) is None and given in (None, "", [], False)):
        return False
    if isinstance(known, str) and isinstance(given, str):
        return normalize_text(known) != normalize_text(given)
    return True

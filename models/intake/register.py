"""What the office knows and what the workbook adds to it, found by natural keys and by name.

Everything is loaded in sets, once, so that a ledger of any length asks no question of the database row by row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.intake.layout import BY_NAME, SHEETS, Sheet, target_noun
from models.intake.workbook import Line
from models.records import Campaign, Office, Record, Term, fields_of
from models.records.fields import Field
from models.rules import dictionaries
from models.rules.entry import normalize_text

Key = tuple[tuple[str, ...], tuple[str, ...]]
"""What must be equal, and what may tell several such apart where both sides know it."""

KEYS: Final[dict[str, tuple[Key, ...]]] = {
    "单位": ((("name",), ("parent_id",)),),
    "点位": ((("name",), ("unit_id",)),),
    "督查组": ((("name",), ("campaign_id",)),),
    "成员": ((("team_id", "name"), ("unit_id",)),),
    "督查活动": ((("code",), ()), (("team_id", "starts_on", "unit_id"), ())),
    "走访点位": ((("inspection_id", "site_id", "on"), ()),),
    "督查问题": ((("serial",), ()), (("fact",), ("site_id", "unit_id", "found_on"))),
    "整改计划": ((("finding_id", "measures"), ()),),
    "整改反馈": ((("finding_id", "outcome", "measures", "finished_on"), ()),),
    "核查": ((("finding_id", "conclusion", "verified_on"), ()),),
    "问责案件": ((("code",), ()), (("title",), ("unit_id",)), (("fact",), ("unit_id",))),
    "责任人员": ((("case_id", "name"), ("unit_id",)),),
    "处理": ((("party_id", "measure", "decided_on"), ("detail",)),),
    "发文": ((("number",), ()), (("kind", "title"), ("dated_on",))),
}
NUMBERED: Final = frozenset({"serial", "code", "number"})
"""Keys that settle the matter: a record with a number of its own is never taken for one with another."""
_MORE: Final = {
    "督查问题": ("backfilled", "visit_id"),
    "整改反馈": ("round",),
    "核查": ("round",),
    "发文": ("historical",),
}


@dataclass(slots=True, eq=False)
class Entry:
    """One record, kept or to come; links between records hold entries until ids are known."""

    id: int | None
    values: dict[str, Any]
    line: Line | None = None


class Shelf:
    """The records of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.by_id: dict[int, Entry] = {}
        self.entries: list[Entry] = []
        self.rejected: set[str] = set()
        self._by_key: list[dict[tuple[Any, ...], list[Entry]]] = [{} for _ in KEYS[sheet.name]]
        self._by_name: dict[str, list[Entry]] = {}

    def put(self, entry: Entry) -> None:
        """Let the entry be found."""
        self.entries.append(entry)
        if entry.id is not None:
            self.by_id[entry.id] = entry
        for (main, _), index in zip(KEYS[self.sheet.name], self._by_key, strict=True):
            index.setdefault(tuple(_plain(entry.values.get(n)) for n in main), []).append(entry)
        for name in names_of(self.sheet, entry.values):
            self._by_name.setdefault(name, []).append(entry)

    def same(self, values: dict[str, Any]) -> Entry | None:
        """The record these values mean; None where there is none yet.

        Raises:
            ValueError: several could be meant.
        """
        for (main, apart), index in zip(KEYS[self.sheet.name], self._by_key, strict=True):
            if _plain(values.get(main[0])) is None:
                continue
            found = index.get(tuple(_plain(values.get(n)) for n in main), [])
            found = [e for e in found if all(_agree(e.values.get(n), values.get(n)) for n in apart)]
            if len(found) > 1:
                raise ValueError(f"已有 {len(found)} 条同样的{self.sheet.record.noun}，分不清是哪一条。")
            if found:
                return found[0]
            if main[0] in NUMBERED:
                return None
        return None

    def named(self, text: str) -> list[Entry]:
        """Every entry other sheets may call so."""
        return self._by_name.get(text, [])

    def __iter__(self) -> Iterator[Entry]:
        """Every entry, kept ones first."""
        return iter(self.entries)


def names_of(sheet: Sheet, values: dict[str, Any]) -> list[str]:
    """What other sheets may call a record."""
    if sheet.name == "单位":
        above = values.get("parent_id")
        own = [values.get("name"), values.get("short_name"), *_former(values.get("former_names") or "")]
        if isinstance(above, Entry) and values.get("name"):
            own.append(f"{above.values.get('name', '')}{values['name']}")
    elif sheet.name == "点位":
        unit = values.get("unit_id")
        own = [values.get("name")]
        if isinstance(unit, Entry) and values.get("name"):
            own.append(f"{unit.values.get('name', '')}{values['name']}")
    elif sheet.name == "督查组":
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


def _agree(known: Any, given: Any) -> bool:
    known, given = _plain(known), _plain(given)
    return known is None or given is None or known == given


def unlike(known: Any, given: Any) -> bool:
    """Whether a given value says something else than the known one; blanks and unseen characters aside."""
    if known == given or (_plain(known) is None and given in (None, "", [], False)):
        return False
    if isinstance(known, str) and isinstance(given, str):
        return normalize_text(known) != normalize_text(given)
    return True


@dataclass
class Register:
    """Every shelf, loaded when first asked for, and the office's dictionaries."""

    session: Session
    shelves: dict[str, Shelf] = field(default_factory=dict)
    new_terms: dict[str, list[str]] = field(default_factory=dict)
    _terms: dict[str, list[str]] = field(default_factory=dict)

    def shelf(self, name: str) -> Shelf:
        """The records of that sheet."""
        if name not in self.shelves:
            self.shelves[name] = self._load(BY_NAME[name])
        return self.shelves[name]

    def of_table(self, table: str) -> Shelf:
        """The records of that table."""
        return self.shelf(next(s.name for s in SHEETS if s.record.__tablename__ == table))

    def _load(self, sheet: Sheet) -> Shelf:
        shelf = Shelf(sheet)
        cls = sheet.record
        declared = fields_of(cls)
        names = [c.name for c in sheet.columns if c.name in declared] + list(_MORE.get(sheet.name, ()))
        columns = [cls.__table__.columns[n] for n in names]
        rows = self.session.execute(
            select(cls.__table__.columns["id"], *columns).where(cls.deleted_at.is_(None)).order_by(cls.id)
        ).all()
        links = {n: declared[n] for n in names if declared[n].target and declared[n].target != cls.__tablename__}
        own = [n for n in names if declared[n].target == cls.__tablename__]
        entries = [self._entry(row, names, links) for row in rows]
        by_id = {e.id: e for e in entries}
        for entry in entries:
            for name in own:
                entry.values[name] = by_id.get(entry.values[name])
            if sheet.name == "处理":
                entry.values["case_id"] = entry.values["party_id"].values["case_id"]
            shelf.put(entry)
        return shelf

    def _entry(self, row: Any, names: list[str], links: dict[str, Field]) -> Entry:
        values = dict(zip(names, row[1:], strict=True))
        for name, link in links.items():
            kept = values[name]
            if link.target in ("campaign", "visit") or not kept:
                continue
            shelf = self.of_table(link.target)
            found = [shelf.by_id[i] for i in (kept if link.kind == "refs" else [kept]) if i in shelf.by_id]
            values[name] = found if link.kind == "refs" else found[0] if found else None
        return Entry(row[0], values)

    def campaign(self, name: str = "") -> int | None:
        """The campaign of that name, or the current one.

        Raises:
            ValueError: there is none of that name.
        """
        query = select(Campaign.id).where(Campaign.deleted_at.is_(None))
        if not name:
            return self.session.scalars(query.where(Campaign.active.is_(True)).order_by(Campaign.id.desc())).first()
        found = self.session.scalars(query.where(Campaign.name == name)).first()
        if found is None:
            raise ValueError(f"没有“{name}”这个专项，请先在设置中添加。")
        return found

    def root(self) -> Entry | None:
        """The office's own unit."""
        id_ = self.session.scalars(select(Office.unit_id)).first()
        return self.shelf("单位").by_id.get(id_ or 0)

    def words(self, dictionary: str) -> list[str]:
        """The words of a dictionary, with those this workbook adds."""
        if dictionary not in self._terms:
            query = select(Term.name).where(Term.dictionary == dictionary, Term.deleted_at.is_(None))
            kept = list(self.session.scalars(query.order_by(Term.position, Term.id)))
            self._terms[dictionary] = kept or [t.name for t in dictionaries.terms() if t.dictionary == dictionary]
        return self._terms[dictionary]

    def add_word(self, dictionary: str, word: str) -> str:
        """Let the office's own dictionary grow by a word of the workbook."""
        self.words(dictionary).append(word)
        self.new_terms.setdefault(dictionary, []).append(word)
        return word

    def find(self, field_: Field, text: str, near: Iterable[Entry] = ()) -> Entry:
        """The record another sheet calls so; ``near`` narrows namesakes by the unit they belong to.

        Raises:
            ValueError: none, or several.
            KeyError: none, of a kind the workbook may add by the way (单位, 点位, 督查组).
        """
        shelf, noun = self.of_table(field_.target), target_noun(field_)
        found = list(dict.fromkeys(shelf.named(text)))
        close = [e for e in found if any(_related(e, unit) for unit in near)]
        if near and shelf.sheet.name == "点位":
            found = close
        found = close or found
        if len(found) > 1:
            exact = [e for e in found if e.values.get("name") == text]
            found = exact if len(exact) == 1 else found
        if len(found) > 1:
            raise ValueError(f"有 {len(found)} 个{noun}叫“{text}”，请在前面加上所属单位的名称。")
        if found:
            return found[0]
        if text in shelf.rejected:
            raise ValueError(f"所指的{noun}“{text}”没有通过检查，请先改正那一行。")
        if shelf.sheet.name in ("单位", "点位", "督查组"):
            raise KeyError(text)
        raise ValueError(f"没有找到{noun}“{text}”，请核对，或先填到“{shelf.sheet.name}”表。")


def _related(entry: Entry, unit: Entry) -> bool:
    """Whether a site lies in the unit, in one directly above it or in one directly below."""
    home = entry.values.get("unit_id")
    if not isinstance(home, Entry):
        return False
    return home is unit or home.values.get("parent_id") is unit or unit.values.get("parent_id") is home


def record_values(record: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    """The values with links as ids: what is written. A key that is no field of the record is left out."""
    declared = record.__table__.columns
    return {name: _ids(value) for name, value in values.items() if name in declared}


def _ids(value: Any) -> Any:
    if isinstance(value, Entry):
        return value.id
    if isinstance(value, list) and value and isinstance(value[0], Entry):
        return [entry.id for entry in value]
    return value

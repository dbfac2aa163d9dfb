"""What the office knows and what the workbook adds to it, found by natural keys and by name.

Everything is loaded in sets, once, so that a ledger of any length asks no question of the database row by row.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain import dictionaries
from models.intake.known_sheet import NUMBERED, Entry, Shelf, Unsure
from models.intake.sheets import BY_TABLE, Sheet, target_noun
from models.records import Campaign, Office, Record, Term, fields_of
from models.records.fields import Field

_MORE: Final = {
    "finding": ("backfilled", "visit_id"),
    "feedback": ("round",),
    "verification": ("round",),
    "document": ("historical",),
}


@dataclass
class Register:
    """Every shelf, loaded when first asked for, and the office's dictionaries.

    Attributes:
        trusting: whether numbers in the row that is being read are this office's own.
    """

    session: Session
    shelves: dict[str, Shelf] = field(default_factory=dict)
    new_terms: dict[str, list[str]] = field(default_factory=dict)
    trusting: bool = False
    _numbers: dict[str, set[str]] = field(default_factory=dict)
    _terms: dict[str, list[str]] = field(default_factory=dict)

    def shelf(self, name: str) -> Shelf:
        """The records of that sheet."""
        if name not in self.shelves:
            self.shelves[name] = self._load(BY_TABLE[name])
            if name == "unit":
                self.shelves[name].top = self.root()
        return self.shelves[name]

    def _load(self, sheet: Sheet) -> Shelf:
        shelf = Shelf(sheet)
        cls = sheet.record
        declared = fields_of(cls)
        names = [c.name for c in sheet.columns if c.name in declared] + list(_MORE.get(sheet.key, ()))
        columns = [cls.__table__.columns[n] for n in names]
        rows = self.session.execute(
            select(cls.__table__.columns["id"], cls.__table__.columns["uuid"], *columns)
            .where(cls.deleted_at.is_(None))
            .order_by(cls.id)
        ).all()
        links = {n: declared[n] for n in names if declared[n].target and declared[n].target != cls.__tablename__}
        own = [n for n in names if declared[n].target == cls.__tablename__]
        entries = [self._entry(row, names, links) for row in rows]
        by_id = {e.id: e for e in entries}
        for entry in entries:
            for name in own:
                entry.values[name] = by_id.get(entry.values[name])
            if sheet.key == "disposition":
                entry.values["case_id"] = entry.values["party_id"].values["case_id"]
            shelf.put(entry)
        return shelf

    def _entry(self, row: Any, names: list[str], links: dict[str, Field]) -> Entry:
        values = dict(zip(names, row[2:], strict=True))
        for name, link in links.items():
            kept = values[name]
            if link.target in ("campaign", "visit") or not kept:
                continue
            shelf = self.shelf(link.target)
            found = [shelf.by_id[i] for i in (kept if link.kind == "refs" else [kept]) if i in shelf.by_id]
            values[name] = found if link.kind == "refs" else found[0] if found else None
        return Entry(row[0], values, uuid=row[1])

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
        return self.shelf("unit").by_id.get(id_ or 0)

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

    def office(self) -> str:
        """This office's own identity; empty where there is none yet."""
        return self.session.scalars(select(Office.uuid)).first() or ""

    def numbers(self, name: str) -> set[str]:
        """Every number that a sheet's records have or had: one that was used is not given again."""
        if name not in self._numbers:
            column = BY_TABLE[name].record.__table__.columns[NUMBERED[name]]
            self._numbers[name] = set(self.session.scalars(select(column)))
        return self._numbers[name]

    def _numbered(self, shelf: Shelf, noun: str, text: str) -> Entry:
        """What the file itself calls so; else what is kept under that number, where it is this office's own."""
        found = shelf.in_file.get(text, [])
        if not found and text in shelf.waiting:
            raise Unsure(f"所指的{noun}“{text}”还没有确认，请先确认那一行。")
        if not found and text in shelf.rejected:
            raise ValueError(f"所指的{noun}“{text}”没有通过检查，请先改正那一行。")
        found = found or list(dict.fromkeys(shelf.named(text)))
        if len(found) > 1:
            raise ValueError(f"有 {len(found)} 个{noun}叫“{text}”，分不清是哪一个。")
        if not found:
            raise ValueError(f"没有找到{noun}“{text}”，请核对，或先填到“{shelf.sheet.name}”表。")
        (entry,) = found
        by_number = text == entry.values.get(NUMBERED[shelf.sheet.key])
        if by_number and not self.trusting and entry.id is not None and text not in shelf.in_file:
            raise Unsure(f"“{text}”在本机是另编的号，表里没有本机的标识，不能确认就是本机的这个{noun}。", entry)
        return entry

    def find(self, field_: Field, text: str, near: Iterable[Entry] = ()) -> Entry:
        """The record another sheet calls so; ``near`` narrows namesakes by the unit they belong to.

        Raises:
            ValueError: none, or several.
            Unsure: one, but only by a number that another office may have given as well.
            KeyError: none, of a kind the workbook may add by the way (单位, 点位, 督查组).
        """
        shelf, noun = self.shelf(field_.target), target_noun(field_)
        if shelf.sheet.key in NUMBERED:
            return self._numbered(shelf, noun, text)
        found = list(dict.fromkeys(shelf.named(text)))
        close = [e for e in found if any(_related(e, unit) for unit in near)]
        if near and shelf.sheet.key == "site":
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
        if shelf.sheet.key in ("unit", "site", "team"):
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

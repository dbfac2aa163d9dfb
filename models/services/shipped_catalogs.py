"""What the program ships for an office to edit, and how what an update adds reaches an office that exists.

Terms, phrases, measures and holidays are copied when the office begins; then they are its own. ``Office.settings``
keeps the keys of what was shipped so far. After an update only what was never shipped is added: what the office
edited, renamed or deleted stays as it is. A shipped measure that changes (a new article, another period) is renewed
value by value, where the office still has what was shipped before. ``data_packs`` brings a pack of laws by the same
rule. A phrase whose shipped wording changed is replaced where the office kept it word for word, else it is told.
"""

import datetime as dt
from typing import Any, Final

from sqlalchemy import select

from models.domain import dictionaries
from models.domain.cases import discipline
from models.domain.catalogs import catalog
from models.program import version
from models.queries import updates
from models.records import Holiday, Measure, Office, Phrase, Record, Term, UpdateNote
from models.services.unit_of_work import UnitOfWork, Workspace

SETTING: Final = "shipped"
BEFORE_IT_WAS_KEPT: Final = "shipped_1_0"
"""The catalog of keys that version 1.0 shipped, for a folder that does not keep them yet."""
REPLACED: Final = "replaced_phrases"
"""The catalog of shipped phrases whose wording has changed, with the wordings they had."""
KEYS: Final[dict[type[Record], tuple[str, ...]]] = {
    Term: ("dictionary", "name"),
    Phrase: ("document_kind", "slot", "name"),
    Measure: ("name",),
    Holiday: ("on",),
}
"""By which values a shipped row is known again."""
MEASURES: Final = "shipped_measures"
"""The setting that keeps the values of the measures as they were shipped."""
MEASURES_OF_1_0: Final = "measures_1_0"
"""The catalog of those of version 1.0, for a folder that does not keep them yet."""
_VALUES: Final = (
    "group", "form", "months", "months_entered", "deciders", "whom", "source", "certainty", "secondary",
)  # fmt: skip
_MOST_NAMED: Final = 6
"""As many names stand in a line of 更新说明."""

Row = dict[str, Any]


def seed(work: UnitOfWork, office: Office) -> None:
    """Give a new office its own copies of everything."""
    for cls, rows in shipped_rows().items():
        work.bulk_add(cls, list(rows.values()))
    _keep(work, office)


def bring(workspace: Workspace) -> None:
    """Add what an update ships for the first time and tell it in 更新说明; nothing where there is nothing new."""
    with workspace.reading() as session:
        office = session.scalars(select(Office)).first()
        if office is None or (known_keys(office) == _keys() and shipped_measures(office) == _measure_values()):
            return
    with workspace.writing("升级：增加随程序提供的内容") as work:
        office = work.session.scalars(select(Office)).one()
        lines = _replace_phrases(work, set(known_keys(office).get(REPLACED, ())))
        lines += [
            line for cls in KEYS if (line := _add_new(work, cls, set(known_keys(office).get(cls.__tablename__, ()))))
        ]
        lines += _renew_measures(work, shipped_measures(office))
        _keep(work, office)
        if lines:
            _tell(work, lines)


def _replace_phrases(work: UnitOfWork, done: set[str]) -> list[dict[str, str]]:
    """Put the new wording where the office kept the shipped one word for word; one it edited stays, and is told."""
    rows = shipped_rows()[Phrase]
    lines = []
    for key, old in catalog(REPLACED).items():
        if key in done or key not in rows:
            continue
        kind, slot, name = key.split("/")
        where = (Phrase.document_kind == kind, Phrase.slot == slot, Phrase.name == name, Phrase.deleted_at.is_(None))
        for one in work.session.scalars(select(Phrase).where(*where)).all():
            new = str(rows[key]["text"])
            if dictionaries.keyed(one.text) in map(dictionaries.keyed, old):
                work.set(one, text=new)
            elif dictionaries.keyed(one.text) != dictionaries.keyed(new):
                lines.append(_kept(one, new))
    return lines


def _kept(one: Phrase, new: str) -> dict[str, str]:
    why = f"新版本随程序的写法是：{new}"
    return {"name": f"常用语“{one.name}”", "old": "手工改过", "new": "保留", "why": why}


def _add_new(work: UnitOfWork, cls: type[Record], known: set[str]) -> dict[str, str] | None:
    """Add the rows of one table that were never shipped and that the office has not made itself."""
    own = {key_of(cls, {name: getattr(one, name) for name in KEYS[cls]}) for one in work.session.scalars(select(cls))}
    new = {key: row for key, row in shipped_rows()[cls].items() if key not in known | own}
    if not new:
        return None
    work.bulk_add(cls, [_beside_its_own(work, cls, row) for row in new.values()])
    names = [str(row["name"] if cls is not Holiday else row["on"]) for row in new.values()]
    added = f"增加 {len(names)} 条：{_some(names)}"
    return {"name": cls.noun, "old": "没有", "new": added, "why": "新版本随程序提供，本单位改过和删去的不变"}


def _renew_measures(work: UnitOfWork, before: dict[str, Row]) -> list[dict[str, str]]:
    """Give the office's measures the values that are shipped now, but for those it edited itself."""
    names, kept = [], []
    for row in work.session.scalars(select(Measure).where(Measure.deleted_at.is_(None))).all():
        old, new = before.get(row.name), _measure_values().get(row.name)
        if old is None or new is None:
            continue
        own = {name for name, value in old.items() if getattr(row, name) != value}
        renewed = {name: new[name] for name in _VALUES if name not in own and getattr(row, name) != new[name]}
        if renewed:
            work.set(row, **renewed)
            names.append(row.name)
        if any(new[name] != old.get(name) for name in own):
            kept.append(row.name)
    return [
        {"name": Measure.noun, "old": "原来的依据和期限", "new": f"{word} {len(some)} 条：{_some(some)}", "why": why}
        for word, some, why in (
            ("更新", names, "按法规更新依据、来源级别、期限和决定机关"),
            ("保留", kept, "本单位改过的不变，请与法规核对"),
        )
        if some
    ]


def _some(names: list[str]) -> str:
    return "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")


def shipped_measures(office: Office) -> dict[str, Row]:
    """The values of the measures that were shipped to this office last, by name."""
    found: dict[str, Row] | None = (office.settings or {}).get(MEASURES)
    if found is not None:
        return found
    return {row["name"]: {name: row[name] for name in _VALUES if name in row} for row in catalog(MEASURES_OF_1_0)}


def _measure_values() -> dict[str, Row]:
    return {one.name: _values(one) for one in discipline.measures()}


def _values(one: discipline.Measure) -> Row:
    row = _named(one, *_VALUES)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _beside_its_own(work: UnitOfWork, cls: type[Record], row: Row) -> Row:
    """A phrase is used by itself only where the office has none in its place."""
    if cls is not Phrase or not row["default"]:
        return row
    place = (Phrase.document_kind == row["document_kind"], Phrase.slot == row["slot"], Phrase.deleted_at.is_(None))
    taken = work.session.scalars(select(Phrase.id).where(*place).limit(1)).first() is not None
    return row | {"default": not taken}


def _tell(work: UnitOfWork, lines: list[dict[str, str]]) -> None:
    """Add to the note that nobody has seen yet, else leave one of its own."""
    note = updates.unseen(work.session)
    if note is None:
        work.session.add(UpdateNote(version=version(), at=work.workspace.now, lines=lines))
    else:
        note.lines = [*note.lines, *lines]


def _keep(work: UnitOfWork, office: Office) -> None:
    work.set(office, settings={**(office.settings or {}), SETTING: _keys(), MEASURES: _measure_values()})


def known_keys(office: Office) -> dict[str, list[str]]:
    """The keys that were shipped to this office so far, by table."""
    found: dict[str, list[str]] | None = (office.settings or {}).get(SETTING)
    return catalog(BEFORE_IT_WAS_KEPT) if found is None else found


def _keys() -> dict[str, list[str]]:
    found = {cls.__tablename__: sorted(rows) for cls, rows in shipped_rows().items()}
    return found | {REPLACED: sorted(catalog(REPLACED))}


def key_of(cls: type[Record], row: Row) -> str:
    """What a shipped row is known by."""
    return "/".join(str(row[name]) for name in KEYS[cls])


def shipped_rows() -> dict[type[Record], dict[str, Row]]:
    """Every shipped row by its key, in the order of the catalogs."""
    rows: dict[type[Record], list[Row]] = {
        Term: [_named(t, "dictionary", "name", "group", "position") for t in dictionaries.terms()],
        Phrase: _placed(dictionaries.phrases(), "document_kind", "slot", "name", "text", "default"),
        Measure: [
            {"name": one.name, **_values(one), "position": place} for place, one in enumerate(discipline.measures(), 1)
        ],
        Holiday: _holidays(),
    }
    return {cls: {key_of(cls, row): row for row in found} for cls, found in rows.items()}


def _named(row: Any, *names: str) -> Row:
    return {name: getattr(row, name) for name in names}


def _placed(rows: Any, *names: str) -> list[Row]:
    return [{**_named(row, *names), "position": place} for place, row in enumerate(rows, start=1)]


def _holidays() -> list[Row]:
    shipped = catalog("holidays")
    days = ((shipped["holidays"], False), (shipped["makeup"], True))
    return [
        {"on": dt.date.fromisoformat(day), "name": name, "works": works}
        for named_days, works in days
        for day, name in named_days.items()
    ]

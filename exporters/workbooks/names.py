"""Names of linked records as the import workbook knows them: unmistakable even where two share one."""

from collections import Counter
from functools import cached_property

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.records import AccountabilityCase, Campaign, Finding, Inspection, Member, Site, Team, Unit


class Names:
    """Looks ids up by table; each table is read once, when first asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tables: dict[str, dict[int, str]] = {}

    def of(self, table: str, id_: int | None) -> str:
        """The record's name; empty where there is none."""
        return self.table(table).get(id_ or 0, "")

    def several(self, table: str, ids: list[int] | None) -> str:
        """Names joined by 、, in the clerk's order."""
        return "、".join(name for id_ in ids or () if (name := self.of(table, id_)))

    def table(self, table: str) -> dict[int, str]:
        """Every name of a table by id."""
        if table not in self._tables:
            self._tables[table] = self._load(table)
        return self._tables[table]

    def _load(self, table: str) -> dict[int, str]:
        if table == "unit":
            return self._units
        if table == "site":
            rows = self._session.execute(select(Site.id, Site.name, Site.unit_id)).all()
            return _apart([(r[0], r[1], self._units.get(r[2] or 0, "")) for r in rows])
        return {id_: name or "" for id_, name in self._session.execute(_NAMED[table]).tuples()}

    @cached_property
    def _units(self) -> dict[int, str]:
        rows = self._session.execute(select(Unit.id, Unit.name, Unit.parent_id)).all()
        plain = {r[0]: r[1] for r in rows}
        return _apart([(r[0], r[1], plain.get(r[2] or 0, "")) for r in rows])


def _apart(rows: list[tuple[int, str, str]]) -> dict[int, str]:
    """Names; those that occur twice with what is above them in front."""
    times = Counter(name for _, name, _ in rows)
    return {id_: f"{above}{name}" if times[name] > 1 else name for id_, name, above in rows}


_NAMED: dict[str, Select[tuple[int, str]]] = {
    "team": select(Team.id, Team.name),
    "member": select(Member.id, Member.name),
    "inspection": select(Inspection.id, Inspection.code),
    "finding": select(Finding.id, Finding.serial),
    "accountability_case": select(AccountabilityCase.id, AccountabilityCase.code),
    "campaign": select(Campaign.id, Campaign.name),
}

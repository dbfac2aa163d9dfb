"""Which kept record a row is, by the rule of `models.domain.intake.identity`; what cannot be proved is asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final, Literal

from models.domain.findings.lifecycle import Status
from models.domain.intake import identity
from models.domain.intake.identity import Likeness, Proof
from models.intake.backfill import NOT_CLOSED
from models.intake.known_records import Register
from models.intake.known_sheet import Entry, Unsure
from models.intake.sources import Memory
from models.intake.workbook import Book, Line

Values = dict[str, Any]
Answer = Literal["new", "same"]
"""What the clerk says of a row in doubt: it is a record of its own, or the kept one that was named."""
REMEMBERED: Final = frozenset({"finding", "accountability_case", "inspection", "member"})
"""Sheets whose rows may be incomplete, so that only the source's memory knows them again."""
_MAY_BE_DRAFT: Final = (None, "", Status.DRAFT, NOT_CLOSED)
"""What a row without a unit may say of its status and be kept as a draft; any other asks whose it is."""
_MOST_COMPARED = 50
"""Kept findings of one place and day whose wordings are held against a row's."""


@dataclass
class Matcher:
    """Finds the record of each row, in the order of the file."""

    register: Register
    book: Book
    answers: Mapping[tuple[str, int], Answer]
    claimed: set[Entry] = field(default_factory=set)
    _claims: dict[Any, Entry] = field(default_factory=dict)
    _prepared: set[str] = field(default_factory=set)
    _office: str = ""
    _campaign: int | None = None
    _whole: dict[Any, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _nearly: dict[Any, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _cases: dict[Any, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.memory = Memory(self.register.session, self.book)
        self._office = self.register.office()
        self._campaign = self.register.campaign()

    def trusts_numbers(self, line: Line) -> bool:
        """Whether numbers in a row are this office's own: its template, its export, or the clerk says so."""
        ours = self._office and self._office in (line.office, self.book.office)
        return bool(ours) or self.answers.get(line.key) == "same"

    def claim(self, lines: Iterable[Line]) -> None:
        """Let rows that are proved by themselves have their records before any other row is compared with those."""
        for line in lines:
            if not line.record and not self.memory:
                continue
            entry = self._remembered(line)
            if entry is not None:
                self._claims[line.key, line.sheet.key] = entry
                self.claimed.add(entry)

    def by_mark(self, line: Line) -> Entry | None:
        """The record whose identity the row bears.

        Raises:
            Unsure: it bears one of this office, and that record is gone.
        """
        if not line.record or line.office != self._office or not self._office:
            return None
        found = self.register.shelf(line.sheet.key).by_uuid.get(line.record)
        if found is None and self.answers.get(line.key) != "new":
            raise Unsure(f"这条{line.sheet.record.noun}原在本机，已经删除。要重新登记，请确认为新记录。")
        return found

    def remembered(self, line: Line) -> Entry | None:
        """The record that this row became when the file was imported before, word for word."""
        return self._claims.get((line.key, line.sheet.key)) if line.parent is None else None

    def _remembered(self, line: Line) -> Entry | None:
        if line.parent is not None or line.sheet.key not in REMEMBERED:
            return None
        shelf = self.register.shelf(line.sheet.key)
        if line.record and line.office == self._office and line.record in shelf.by_uuid:
            self.claimed.add(shelf.by_uuid[line.record])
            return None
        return self.memory.take(line, shelf)

    def same(self, line: Line, values: Values) -> Entry | None:
        """The record that the row's values mean; None where there is none yet.

        Raises:
            Unsure: it cannot be proved, and the clerk has not said.
        """
        answer = self.answers.get(line.key)
        if answer == "new" and line.parent is None:
            return None
        try:
            return self._same(line.sheet.key, values)
        except Unsure as unsure:
            if answer == "same" and unsure.entry is not None:
                return unsure.entry
            raise

    def _same(self, sheet: str, values: Values) -> Entry | None:
        self._prepare(sheet)
        if sheet == "finding":
            return self._finding(values)
        if sheet == "accountability_case":
            return self._case(values)
        if sheet == "team":
            values = {"campaign_id": self._campaign, **values}
        return self.register.shelf(sheet).same(values)

    def _prepare(self, sheet: str) -> None:
        """Let kept records be found, once a row has to be compared with them."""
        if sheet not in self._prepared:
            self._prepared.add(sheet)
            for entry in self.register.shelf(sheet):
                if entry.line is None:
                    self._put(sheet, entry)

    def put(self, sheet: str, entry: Entry) -> None:
        """Let a new entry be found by later rows."""
        self._prepare(sheet)
        self._put(sheet, entry)

    def _put(self, sheet: str, entry: Entry) -> None:
        if sheet == "finding":
            self._put_finding(entry)
        elif sheet == "accountability_case":
            for word in _case(entry.values)[1:]:
                if word:
                    self._cases[word].append(entry)

    def _put_finding(self, entry: Entry) -> None:
        made = _finding(entry.values)
        if all(made):
            self._whole[made].append(entry)
        if entry.line is None:
            for key in _threes(made):
                self._nearly[key].append(entry)

    def _finding(self, values: Values) -> Entry | None:
        made = _finding(values)
        if made.unit is None and values.get("status") not in _MAY_BE_DRAFT:
            raise Unsure("没有“属地单位”和“行业主管部门”，不知道是哪个单位的问题，请在表里补上。")
        for entry in self._whole.get(made, ()) if all(made) else ():
            if identity.finding(_finding(entry.values), made, self._proof(entry)) is Likeness.SAME:
                return entry
        near = [e for key in _threes(made) for e in self._nearly.get(key, ())[:_MOST_COMPARED]]
        for entry in dict.fromkeys(near):
            if entry in self.claimed:
                continue
            if identity.finding(_finding(entry.values), made, self._proof(entry)) is Likeness.UNSURE:
                raise Unsure(_question("问题", entry, _finding(entry.values), made), entry)
        return None

    def _case(self, values: Values) -> Entry | None:
        made = _case(values)
        found = list(dict.fromkeys(e for word in made[1:] if word for e in self._cases.get(word, ())))
        likeness = {e: identity.case(_case(e.values), made, self._proof(e)) for e in found}
        proved = [e for e in found if likeness[e] is Likeness.SAME]
        if proved:
            return proved[0]
        for entry in found:
            if likeness[entry] is Likeness.UNSURE and entry not in self.claimed:
                raise Unsure(_question("案件", entry, _case(entry.values), made), entry)
        return None

    def _proof(self, entry: Entry) -> Proof:
        in_file = entry.line is not None
        return Proof(one_source=in_file or self.memory.knows(entry), one_file=in_file)


def _finding(values: Values) -> identity.Finding:
    """What makes up a finding; what it does not say itself, its place and its inspection say."""
    site, trip = _values(values.get("site_id")), _values(values.get("inspection_id"))
    unit = values.get("unit_id") or site.get("unit_id") or trip.get("unit_id") or values.get("department_id")
    day = values.get("found_on") or trip.get("starts_on")
    return identity.Finding(unit, values.get("site_id"), day, identity.plain_fact(values.get("fact") or ""))


def _case(values: Values) -> identity.Case:
    words = (identity.plain_fact(values.get(name) or "") for name in ("title", "fact"))
    return identity.Case(values.get("unit_id"), *words)


def _values(entry: Any) -> Values:
    return entry.values if isinstance(entry, Entry) else {}


def _threes(made: identity.Finding) -> Iterable[tuple[Any, ...]]:
    """Every three of the four, with their places, that are known."""
    known = [(place, value) for place, value in enumerate(made) if value]
    return combinations(known, 3)


_PARTS = {"unit": "属地", "place": "点位", "day": "日期", "fact": "事实", "title": "标题"}


def _question(noun: str, entry: Entry, kept: Any, given: Any) -> str:
    """What is asked of a row: what is equal, and what is not known to be."""
    names = kept._fields
    equal = "、".join(_PARTS[n] for n in names if getattr(kept, n) and getattr(kept, n) == getattr(given, n))
    rest = [n for n in names if not getattr(kept, n) or getattr(kept, n) != getattr(given, n)]
    unlike = "、".join(f"{_PARTS[n]}{_how(getattr(kept, n), getattr(given, n))}" for n in rest)
    called = entry.values.get("serial") or entry.values.get("code") or entry.values.get("title") or ""
    but = unlike or "但不是同一来源"
    return f"与已有{noun}“{called}”的{equal}相同，{but}，可能是同一条，请确认。"


def _how(kept: Any, given: Any) -> str:
    return "不同" if kept and given else "没有填" if not given else "原来没有填"

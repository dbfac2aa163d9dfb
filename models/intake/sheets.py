"""The sheets of the import workbook: which column is which field, and how sheets name each other.

The blank workbook is written from this table and filled ones are read by it, so the two cannot drift apart.
Which columns a sheet has, their headers, choices and limits come from the records' own fields.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from models.domain.text.entry import normalize_line
from models.records import (
    RECORDS,
    AccountabilityCase,
    Disposition,
    Document,
    Feedback,
    Finding,
    Inspection,
    Member,
    OpeningFigures,
    Party,
    Plan,
    Record,
    Site,
    Team,
    Unit,
    Verification,
    Visit,
    fields_of,
)
from models.records.fields import Absent, Field
from models.records.surfaces import in_ledger, on_sheet


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        name: attribute of the record it fills.
        label: its header.
        field: what the record says of it.
        required: a row without it is rejected.
        aliases: other headers it is known by in offices' own ledgers.
        choices: fixed words; empty where the dictionary ``field.term`` has them, or none are bound.
        help: how to fill it, in one sentence.
        retired: still read where an older workbook has it, and written in none.
    """

    name: str
    label: str
    field: Field
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    help: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook: the records of one class, one a row."""

    name: str
    record: type[Record]
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The table of its records, by which the program knows the sheet: its name is a clerk's word."""
        return str(self.record.__tablename__)

    @property
    def written(self) -> tuple[Column, ...]:
        """The columns a template or a ledger has."""
        return tuple(c for c in self.columns if not c.retired)

    def column(self, name: str) -> Column:
        """The column of that attribute."""
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A sheet whose every row tells several records: how a ledger the program exported is read back."""

    name: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    aliases: tuple[str, ...] = ()


_LINKS: Final = {
    "unit": "填“单位”表里的单位名称，重名时写成“上级单位名称+单位名称”",
    "site": "填“点位”表里的点位名称，重名时写成“属地单位名称+点位名称”",
    "team": "填“督查组”表里的组名",
    "member": "填“成员”表里的姓名，多人用顿号隔开",
    "inspection": "填“督查活动”表里的活动编号",
    "finding": "填“督查问题”表里的台账编号",
    "accountability_case": "填“问责案件”表里的案件编号或案件标题",
    "party": "填“责任人员”表里的姓名或单位名称",
    "campaign": "不填时用当前专项",
}
_KINDS: Final = {
    "day": "日期，如 2022-3-5",
    "moment": "日期和时间，如 2022-3-5 14:30",
    "number": "整数",
    "flag": "填“是”或“否”，不填为否",
    "choices": "可填多项，用顿号隔开",
}


def _sheet(
    name: str,
    record: type[Record],
    *,
    aliases: tuple[str, ...] = (),
    links: tuple[Column, ...] = (),
    soft: bool = False,
) -> Sheet:
    """A record's sheet.

    Args:
        name: what it is called.
        record: whose fields its columns are.
        aliases: other names of the sheet in offices' own workbooks.
        links: columns before its own that name a record further up.
        soft: its rows may be incomplete: a 补录 lists what it lacks, an answer's outcome tells what it needs.
    """
    return Sheet(name, record, (*links, *(_column(record, one, soft=soft) for one in on_sheet(record))), aliases)


def _column(record: type[Record], name: str, *, soft: bool = False) -> Column:
    field = fields_of(record)[name]
    said = field.sheet
    if isinstance(said, Absent):
        raise TypeError(f"{record.__tablename__}.{name} has no column in a workbook: {said.why}")
    label = said.label or field.label
    return Column(
        name, label, field, said.required or (field.required and not soft and not said.guessed),
        (*said.aliases, *(() if label == field.label else (field.label,))), said.words, _help(field, said.help),
        said.retired,
    )  # fmt: skip


def _help(field: Field, own: str) -> str:
    general = _LINKS.get(field.target, "") or _KINDS.get(field.kind, "")
    if field.kind == "refs" and field.target in ("unit", "finding"):
        general += "，多个用顿号隔开"
    limit = f"最多 {field.limit} 字" if field.kind == "text" else ""
    return "；".join(part for part in (own or field.help, general, limit) if part)


SHEETS: Final[tuple[Sheet, ...]] = (
    _sheet("单位", Unit),
    _sheet("点位", Site),
    _sheet("督查组", Team),
    _sheet("成员", Member, aliases=("督查组成员", "督查组名册")),
    _sheet("督查活动", Inspection, aliases=("督查",)),
    _sheet("走访点位", Visit, aliases=("走访",)),
    _sheet("督查问题", Finding, aliases=("问题", "问题台账", "问题清单"), soft=True),
    _sheet("整改计划", Plan),
    _sheet("整改反馈", Feedback, soft=True),
    _sheet("核查", Verification),
    _sheet("问责案件", AccountabilityCase, aliases=("案件",)),
    _sheet("责任人员", Party, aliases=("责任人",)),
    _sheet("处理", Disposition, aliases=("处理情况", "问责处理"), links=(_column(Party, "case_id"),)),
    _sheet("发文", Document, aliases=("发文登记", "发文登记簿")),
    _sheet("期初数", OpeningFigures, aliases=("期初",)),
)
"""In the order they are read: a sheet only names records of itself or of those before it."""

BY_TABLE: Final = {sheet.key: sheet for sheet in SHEETS}


def _ledger(name: str, *parts: str) -> Ledger:
    return Ledger(name, tuple((part, in_ledger(BY_TABLE[part].record)) for part in parts))


LEDGERS: Final[tuple[Ledger, ...]] = (
    _ledger("问题整改台账", "finding", "feedback", "verification"),
    _ledger("问责台账", "accountability_case", "party", "disposition"),
)
"""Ledgers the program exports and takes back in; a part is its sheet's columns under the same headers."""

LINK_OF_PART: Final = {
    "feedback": "finding_id", "verification": "finding_id", "party": "case_id", "disposition": "case_id",
}  # fmt: skip
"""The column by which a ledger's further parts name the record its first part tells."""

PARENTS: Final = frozenset({"party"})
"""Parts of a ledger that further parts of the same row belong to."""

UNREAD: Final = frozenset({"序号", "签章扫描件", "撤回、作废情况", "时限状态", "超期天数", "轮次", "填表说明"})
"""Headers of what is counted anew or only explained."""

EXPLANATION: Final = "说明"
CHOICES: Final = "选项"
"""Sheets of the workbook that hold no records."""


OFFICE_MARK: Final = "机构标识"
"""Header of the hidden column, and name of the hidden sheet, that say which office wrote the file."""
RECORD_MARK: Final = "记录标识"
"""Header of the hidden column that says which record of that office a row is."""


def part_column(sheet: Sheet, name: str) -> Column:
    """A sheet's column as part of a ledger: nothing is required, for a part may be missing."""
    return replace(sheet.column(name), required=False)


def target_noun(field: Field) -> str:
    """What the record a link points to is called."""
    return RECORDS[field.target].noun


def labels(columns: Iterable[Column]) -> dict[str, Column]:
    """Every header a column is known by, its own first; where two claim one, the earlier column has it."""
    columns = tuple(columns)
    known: dict[str, Column] = {}
    for column in columns:
        known.setdefault(squeezed(column.label), column)
    for column in columns:
        for alias in column.aliases:
            known.setdefault(squeezed(alias), column)
    return known


def squeezed(header: object) -> str:
    """A header without blanks, stars and remarks in brackets: “ 整改 时限* （必填）” → 整改时限."""
    text = normalize_line(str(header or "")).replace(" ", "")
    for left, right in ("（）", "()", "【】", "[]"):
        while left in text and right in text[text.index(left) :]:
            start = text.index(left)
            text = text[:start] + text[text.index(right, start) + 1 :]
    return text.strip("*＊※：:")

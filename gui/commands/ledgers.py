"""Commands that write ledgers and figures from the records as they stand, and the filters all papers share."""

from argparse import ArgumentTypeError
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gui.commands.command import Call, Command, argument, day, say
from models.errors import Refusal

# The window reads this table at start: nothing heavy may be imported before a command runs.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.queries.figures.scope import Scope

DAYS = (
    argument("--from", dest="from_", type=day, metavar="日期", help="从哪天起，按发现、走访的日期"),
    argument("--until", type=day, metavar="日期", help="到哪天止"),
)
NARROWING = (
    *DAYS,
    argument("--unit", action="append", default=[], metavar="单位", help="只写这个单位及其下级，可写多次"),
    argument("--team", action="append", default=[], metavar="督查组", help="只写这个督查组，可写多次"),
    argument("--campaign", metavar="专项", help="只写这个专项"),
)
OUT = "写到哪个文件"


def scope_of(session: "Session", call: Call) -> "Scope":
    """What the filters typed mean.

    Raises:
        Refusal: a name is not known, or the days are the wrong way round.
    """
    from models.queries.figures.scope import Scope

    given = call.given
    if given.from_ and given.until and given.until < given.from_:
        raise Refusal("“--until”早于“--from”，请核对。")
    return Scope(
        campaign_id=ids_of(session, "campaign", [given.campaign])[0] if getattr(given, "campaign", None) else None,
        from_=given.from_,
        until=given.until,
        unit_ids=ids_of(session, "unit", getattr(given, "unit", [])),
        team_ids=ids_of(session, "team", getattr(given, "team", [])),
    )


def ids_of(session: "Session", table: str, names: list[str]) -> tuple[int, ...]:
    """The ids of records by their names.

    Raises:
        Refusal: a name is not known, or several have it.
    """
    return tuple(_id(session, table, name) for name in names)


_KNOWN_BY = {
    "accountability_case": ("code", "title", "uuid"), "finding": ("serial", "uuid"), "inspection": ("code", "uuid"),
}  # fmt: skip
"""What a record is named by, where it is not its name."""


def _id(session: "Session", table: str, name: str) -> int:
    from sqlalchemy import or_, select

    from models.records import RECORDS

    cls: Any = RECORDS[table]
    known_by = _KNOWN_BY.get(table, ("name", "short_name"))
    columns = [getattr(cls, name) for name in known_by if name in cls.__table__.columns]
    found = session.scalars(select(cls.id).where(or_(*(c == name for c in columns)), cls.deleted_at.is_(None))).all()
    if len(found) != 1:
        many = f"有 {len(found)} 个" if found else "没有"
        raise Refusal(f"{many}叫“{name}”的{cls.noun}，请写全称。")
    return int(found[0])


def _kind(text: str) -> str:
    """A kind of ledger as typed, for argparse.

    Raises:
        argparse.ArgumentTypeError: there is none of that name.
    """
    from exporters.workbooks import kind_of  # of exporters, which come late

    try:
        # What is empty or holds half a character is refused with a sentence of its own.
        return kind_of(text).key if text.strip() and text.isprintable() else text
    except Refusal as refusal:
        raise ArgumentTypeError(refusal.sentence) from refusal


def _ledger(call: Call) -> None:
    from exporters.workbooks import kind_of, write_ledger

    kind, target = kind_of(call.given.kind), call.out(".xlsx")
    with call.workspace() as workspace, workspace.reading() as session:
        write_ledger(session, kind.key, target, scope_of(session, call), today=workspace.today)
    say(f"{kind.name}已写好：{target}")


def _statistics(call: Call) -> None:
    from models.queries.figures import statistics

    with call.workspace() as workspace, workspace.reading() as session:
        judged = call.given.as_of or workspace.today
        scope = replace(scope_of(session, call), as_of=call.given.as_of)
        if call.given.json:
            say(statistics.as_json(session, judged, scope))
            return
        figures = statistics.summary(session, judged, scope)
        for label, value in statistics.told(figures):
            rate = value is None or isinstance(value, float)
            say(f"{label}：{statistics.percent(value) if rate else value}")
        if opened := statistics.with_opening(figures.opening):
            say(f"以上总数{opened}。")
        for title in figures.opening.partly:
            say(f"{title}只有一部分在所选时段里，没有计入。")
        for bucket, count in figures.buckets.items():
            if bucket:
                say(f"{bucket}：{count}")


COMMANDS = (
    Command(
        "ledger",
        "写出一份台账（.xlsx）",
        _ledger,
        (
            argument("kind", type=_kind, metavar="台账", help="如 findings_ledger 或 问题整改台账"),
            argument("--out", required=True, metavar="文件.xlsx", help=OUT),
            *NARROWING,
        ),
    ),
    Command(
        "statistics",
        "统计一段时间的各项数字",
        _statistics,
        (
            *NARROWING,
            argument(
                "--as-of", type=day, metavar="日期", help="按这一天的情况统计：之后发现的不计，之后销号的算未整改"
            ),
            argument("--json", action="store_true", help="按 JSON 输出，供程序使用"),
        ),
    ),
)

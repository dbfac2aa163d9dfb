"""The lists: what each counts and looks up besides the columns its record declares; ``cells`` makes those."""

from functools import cache
from typing import Any, Final

from models.domain import dictionaries
from models.domain.cases.stages import ENDED, Stage
from models.domain.documents.states import DocumentState
from models.domain.findings.deadlines import LIGHTS, NEAR, OWED, Light
from models.domain.findings.lifecycle import ABOVE, SELF_FOUND, UNCOUNTED, Status
from models.paper.kinds import NAMES, SLOTS
from models.queries.facts.documents import SCAN
from models.queries.lists.cells import CLIP, TITLES, of_key, of_record, quoted, ranked, searched
from models.queries.lists.listing import Chip, Column, ListSpec, Total
from models.queries.lookups.undone_remnants import REMNANTS
from models.records import RECORDS, Record, fields_of

_LIMIT = f"CASE WHEN t.status = '{Status.SUSPENDED}' THEN coalesce(t.review_on, t.deadline) ELSE t.deadline END"
_OWED = f"t.status IN ({quoted(OWED)})"
_COUNTED = f"f.status NOT IN ({quoted(UNCOUNTED)})"
_LIGHT = (
    f"CASE WHEN NOT {_OWED} OR {_LIMIT} IS NULL THEN '' "
    + " ".join(f"WHEN {_LIMIT} <= :{last} THEN '{light}'" for light, last in LIGHTS)
    + " ELSE '' END"
)
"""``deadlines.light`` in SQL."""
OVERDUE: Final = f"({_LIGHT} = '{Light.RED}')"
NEARLY_DUE: Final = f"({_LIGHT} IN ({quoted(NEAR)}))"
_DAYS_OVER = f"CASE WHEN {OVERDUE} THEN CAST(julianday(:today) - julianday({_LIMIT}) AS INTEGER) END"


LIGHT: Final = Column(
    "light", "灯", _LIGHT, ranked(f"({_LIGHT})", [light for light, _ in LIGHTS]), _LIGHT, "values", 44, "center",
)  # fmt: skip


def _spec(cls: type[Record], columns: tuple[Column, ...], order: str, **more: Any) -> ListSpec:
    search = more.pop("search", searched(cls))
    if "campaign_id" in fields_of(cls):
        more.setdefault("campaign", "t.campaign_id")
    return ListSpec(cls.__tablename__, cls.noun, f'"{cls.__tablename__}"', columns, order, search, **more)


def _cls(table: str) -> type[Record]:
    return RECORDS[table]


def _status_column(name: str, label: str, raw: str, order: Any) -> Column:
    return Column(name, label, raw, ranked(raw, order), raw, "values", 96)


_CHIPPED = (Status.PENDING, Status.HANDED, Status.RECTIFYING, Status.VERIFYING, Status.CLOSED)
_OTHER = (Status.DRAFT, Status.RETURNED, Status.SUSPENDED, Status.REVOKED, Status.VOID)


def _status_chip(status: Status) -> Chip:
    note = "（不计入、不写入）" if status is Status.DRAFT else ""
    return Chip(status.name.lower(), status, f"t.status = '{status}'", always=status in _CHIPPED, note=note)


_SELF = f"(t.self_found OR coalesce(t.source_level, '') = '{SELF_FOUND}')"
_UNIT = "((SELECT o.role FROM office o ORDER BY o.id LIMIT 1) = 'unit')"
_FROM_ABOVE = f"coalesce(t.source_level, '') IN ({quoted(ABOVE)})"
_BOOKS: Final = (
    ("问题", f"CASE WHEN {_UNIT} THEN {_SELF} ELSE NOT {_SELF} AND NOT {_FROM_ABOVE} END"),
    ("上级反馈", f"CASE WHEN {_UNIT} THEN NOT {_SELF} ELSE NOT {_SELF} AND {_FROM_ABOVE} END"),
    ("单位自查", f"NOT {_UNIT} AND {_SELF}"),
)
"""``books.book_of`` in SQL: the totals of the ledger are told book by book, as every other figure is."""
TOTALS: Final = tuple(
    Total(label, f"t.count * (t.status NOT IN ({quoted(UNCOUNTED)}) AND ({book}))") for label, book in _BOOKS
)


@cache
def findings() -> ListSpec:
    """督查问题."""
    cls = _cls("finding")
    rounds = "(SELECT max(round) FROM feedback f WHERE f.finding_id = t.id AND f.deleted_at IS NULL)"
    own = (_status_column("status", "状态", "t.status", Status),)
    over = Column("days_over", "逾期天数", _DAYS_OVER, _DAYS_OVER, _DAYS_OVER, "number", 80, "right", shown=False)
    answered = Column("rounds", "反馈轮次", rounds, rounds, rounds, "number", 80, "right", shown=False)
    columns = of_record(cls, own, {"": (LIGHT,), "found_on": (over,), "requirement": (answered,)})
    chips = (
        *(_status_chip(s) for s in Status if s in _CHIPPED or s in _OTHER),
        Chip("near", "临期", NEARLY_DUE),
        Chip("overdue", "逾期", OVERDUE, always=True, urgent=True),
    )
    return _spec(
        cls, columns, "t.serial DESC, t.id DESC", chips=chips, index="finding_search",
        search=("t.serial", "t.fact", "t.requirement", "t.note"), totals=TOTALS,
    )  # fmt: skip


@cache
def teams() -> ListSpec:
    """督查组: the teams themselves."""
    cls = _cls("team")
    members = "(SELECT count(*) FROM member m WHERE m.team_id = t.id AND m.deleted_at IS NULL)"
    leader = (
        "(SELECT group_concat(m.name, '、') FROM member m WHERE m.team_id = t.id AND m.role = '组长'"
        " AND m.deleted_at IS NULL)"
    )
    led = Column("leader", "组长", leader, leader, leader, "text", 80)
    counted = Column("members", "成员数", members, members, members, "number", 72, "right")
    columns = of_record(cls, after={"name": (led, counted)})
    return _spec(cls, columns, "t.number IS NULL, t.number, t.id", chips=_CURRENT)


_CURRENT = (
    Chip("current", "进行中", "(t.ends_on IS NULL OR t.ends_on >= :today)", always=True),
    Chip("past", "已结束", "t.ends_on < :today", always=True),
)


@cache
def members() -> ListSpec:
    """成员."""
    cls = _cls("member")
    roles = ("组长", "常务副组长", "副组长", "联络员", "成员")
    columns = of_record(cls, (Column("role", "组内角色", "t.role", ranked("t.role", roles), "t.role", "values", 96),))
    chips = (
        Chip("on", "在岗", "(t.left_on IS NULL OR t.left_on >= :today)", always=True),
        Chip("off", "已离岗", "t.left_on < :today", always=True),
    )
    return _spec(cls, columns, f"t.team_id, {ranked('t.role', roles)}, t.id", chips=chips)


@cache
def shifts() -> ListSpec:
    """排班."""
    cls = _cls("shift")
    chips = (
        Chip("today", "今天", 't."on" = :today', always=True),
        Chip("ahead", "今天以后", 't."on" > :today', always=True),
        Chip("past", "以前", 't."on" < :today', always=True),
    )
    columns = of_record(cls)
    return _spec(cls, columns, 't."on" DESC, t.id DESC', chips=chips)


@cache
def inspections() -> ListSpec:
    """督查活动, with the three counts that differ: sites visited, sites with problems, problems."""
    cls = _cls("inspection")
    visits = "(SELECT count(*) FROM visit v WHERE v.inspection_id = t.id AND v.deleted_at IS NULL)"
    problems = "(SELECT total(f.count) FROM finding f WHERE f.inspection_id = t.id AND f.deleted_at IS NULL AND"
    problems = f"CAST({problems} {_COUNTED}) AS INTEGER)"
    visited = Column("visits", "走访点位", visits, visits, visits, "number", 80, "right")
    counted = Column("problems", "问题数", problems, problems, problems, "number", 72, "right")
    columns = of_record(cls, after={"kind": (visited, counted)})
    return _spec(cls, columns, "t.starts_on DESC, t.id DESC")


@cache
def visits() -> ListSpec:
    """走访点位."""
    cls = _cls("visit")
    problems = f"(SELECT count(*) FROM finding f WHERE f.visit_id = t.id AND f.deleted_at IS NULL AND {_COUNTED})"
    counted = Column("problems", "问题条数", problems, problems, problems, "number", 80, "right")
    columns = of_record(cls, after={"inspection_id": (counted,)})
    campaign = "(SELECT i.campaign_id FROM inspection i WHERE i.id = t.inspection_id)"
    return _spec(cls, columns, 't."on" DESC, t.id DESC', campaign=campaign)


@cache
def cases() -> ListSpec:
    """问责案件."""
    cls = _cls("accountability_case")
    own = "FROM party p WHERE p.case_id = t.id AND p.deleted_at IS NULL"
    parties = f"(SELECT group_concat(p.name, '、') {own})"
    measures = (
        "(SELECT group_concat(d.measure, '、') FROM disposition d JOIN party p ON p.id = d.party_id"
        " WHERE p.case_id = t.id AND p.deleted_at IS NULL AND d.deleted_at IS NULL)"
    )
    people = Column("parties", "责任人员", parties, parties, parties, "text", 140)
    dealt = Column("measures", "处理", measures, measures, measures, "text", 160)
    staged = _status_column("stage", "阶段", "t.stage", Stage)
    columns = of_record(cls, (staged,), {"unit_id": (people, dealt)})
    decided = quoted((Stage.DECIDED, Stage.EXECUTED))
    chips = (
        Chip("open", "办理中", f"t.stage NOT IN ({quoted(ENDED)})", always=True),
        Chip("ready", "已决定待通报", f"t.stage IN ({decided})", always=True),
        Chip("publicised", "已通报", f"t.stage = '{Stage.PUBLICISED}'", always=True),
        Chip("filed", "已归档", f"t.stage = '{Stage.FILED}'"),
        Chip("dropped", "不予问责", f"t.stage = '{Stage.DROPPED}'"),
    )
    return _spec(cls, columns, "t.id DESC", chips=chips, search=(*searched(cls), parties, measures))


@cache
def parties() -> ListSpec:
    """责任人员."""
    cls = _cls("party")
    columns = of_record(cls)
    return _spec(cls, columns, "t.case_id DESC, t.position, t.id")


@cache
def feedback() -> ListSpec:
    """整改反馈, each with the problem it answers."""
    cls = _cls("feedback")

    def of_finding(key: str, label: str, shown: str, width: int, *, sort: str = "", values: bool = False) -> Column:
        sql, order = (f"(SELECT {one} FROM finding f WHERE f.id = t.finding_id)" for one in (shown, sort or shown))
        return Column(key, label, sql, order, sql, "values" if values else "text", width)

    unit = "(SELECT {} FROM unit x WHERE x.id = f.unit_id)"
    status = "(SELECT f.status FROM finding f WHERE f.id = t.finding_id)"
    latest = "t.id = (SELECT max(l.id) FROM feedback l WHERE l.finding_id = t.finding_id AND l.deleted_at IS NULL)"
    facts = (
        of_finding("serial", "问题编号", "f.serial", 104),
        of_finding("unit", "属地", unit.format(TITLES["unit"]), 100, sort=unit.format("x.pinyin"), values=True),
        of_finding("fact", "问题事实", f"substr(f.fact, 1, {CLIP})", 220),
        of_finding("status", "问题状态", "f.status", 96, sort=ranked("f.status", Status), values=True),
    )
    columns = of_record(cls, after={"": facts[:2], "outcome": facts[2:3], "submitted_at": facts[3:]})
    chips = (
        Chip("waiting", "待核查", f"({status} = '{Status.VERIFYING}' AND {latest})", always=True),
        Chip("returned", "退回重改", f"({status} = '{Status.RETURNED}' AND {latest})", always=True),
        Chip("part", "未改到位", "t.outcome IN ('部分完成', '正在推进', '正在协调上级', '暂时无法整改')", always=True),
        Chip("objection", "异议", "t.outcome LIKE '异议%'"),
        Chip("unexpected", "非应报时上报", "t.unexpected = 1"),
    )
    search = (*searched(cls), *(c.sql for c in columns if c.key in ("serial", "unit", "fact")))
    campaign = "(SELECT f.campaign_id FROM finding f WHERE f.id = t.finding_id)"
    return _spec(cls, columns, "t.id DESC", chips=chips, search=search, campaign=campaign)


@cache
def units() -> ListSpec:
    """单位."""
    cls = _cls("unit")
    columns = of_record(cls)
    return _spec(cls, columns, "t.rank IS NULL, t.rank, t.pinyin, t.id")


@cache
def people() -> ListSpec:
    """人员."""
    cls = _cls("person")
    return _spec(cls, of_record(cls), "t.pinyin, t.id")


@cache
def sites() -> ListSpec:
    """点位."""
    cls = _cls("site")
    columns = of_record(cls)
    return _spec(cls, columns, "t.pinyin, t.id")


@cache
def campaigns() -> ListSpec:
    """专项."""
    cls = _cls("campaign")
    return _spec(cls, of_record(cls), "t.active DESC, t.id DESC")


@cache
def opening_figures() -> ListSpec:
    """期初数."""
    cls = _cls("opening_figures")
    return _spec(cls, of_record(cls), "t.starts_on DESC, t.id DESC")


@cache
def documents() -> ListSpec:
    """发文登记."""
    cls = _cls("document")
    scan = (
        "CASE WHEN EXISTS (SELECT 1 FROM attachment a WHERE a.owner_uuid = t.uuid AND a.deleted_at IS NULL"
        f" AND a.role = '{SCAN}') THEN '有' ELSE '' END"
    )
    scanned = Column("scan", "扫描件", scan, scan, scan, "values", 72, "center")
    columns = of_record(cls, (of_key(cls, "kind", NAMES, 96),), {"state": (scanned,)})
    chips = tuple(Chip(s, s, f"t.state = '{s}'", always=s != DocumentState.WITHDRAWN) for s in DocumentState)
    return _spec(cls, columns, "t.dated_on IS NULL DESC, t.dated_on DESC, t.id DESC", chips=chips)


@cache
def terms() -> ListSpec:
    """字典项."""
    cls = _cls("term")
    columns = of_record(cls, (of_key(cls, "dictionary", dictionaries.LABELS, 110),))
    return _spec(cls, columns, _BY_PLACE)


@cache
def measures() -> ListSpec:
    """处理措施目录."""
    cls = _cls("measure")
    columns = of_record(cls)
    return _spec(cls, columns, "t.position, t.id")


@cache
def phrases() -> ListSpec:
    """常用语."""
    cls = _cls("phrase")
    columns = of_record(cls, (of_key(cls, "document_kind", NAMES, 110), of_key(cls, "slot", SLOTS, 72)))
    return _spec(cls, columns, "t.document_kind, t.slot, t.id")


@cache
def holidays() -> ListSpec:
    """节假日."""
    return _spec(_cls("holiday"), of_record(_cls("holiday")), 't."on" DESC')


_BY_PLACE: Final = "t.dictionary, t.position IS NULL, t.position, t.id"


@cache
def changes() -> ListSpec:
    """操作日志, newest first."""
    nouns = " ".join(f"WHEN '{table}' THEN '{cls.noun}'" for table, cls in RECORDS.items())
    noun = f'CASE t."table" {nouns} END'
    labels = " ".join(f"WHEN '{table}' THEN {_label(cls)}" for table, cls in RECORDS.items())
    what = (
        "CASE WHEN t.before IS NULL THEN '新记录' ELSE (SELECT group_concat(l, '、') FROM (SELECT"
        f" CASE t.\"table\" {labels} END AS l FROM json_each(t.after) WHERE key NOT IN ('version', 'deleted_at'))) END"
    )
    columns = (
        Column("at", "时间", "substr(t.at, 1, 16)", "t.id", "t.at", "days", 140),
        Column("who", "操作人", "t.who", "t.who", "t.who", "values", 90),
        Column("deed", "做了什么", "t.deed", "t.deed", "t.deed", "text", 220),
        Column("noun", "记录种类", noun, noun, noun, "values", 100),
        Column("title", "记录", "t.title", "t.title", "t.title", "text", 180),
        Column("what", "改了哪些", what, what, what, "text", 260),
        Column("note", "说明", "t.note", "t.note", "t.note", "text", 160, shown=False),
    )
    return ListSpec(
        "change", "操作日志", '"change"', columns, "t.id DESC", ("t.who", "t.deed", "t.title", noun), live="1"
    )


def _label(cls: type[Record]) -> str:
    """What a record calls the field named by a ``key``."""
    known = " ".join(f"WHEN '{name}' THEN '{field.label}'" for name, field in fields_of(cls).items())
    return f"(CASE key {known} END)" if known else "NULL"


BIN_TABLES: Final = tuple(table for table in RECORDS if table not in ("draft", "sequence", "office"))
"""The tables whose records the recycle bin shows; a row's id is record id × 64 + place in this tuple."""


def bin_row(id_: int) -> tuple[str, int]:
    """Table and record id of a row of the recycle bin."""
    return BIN_TABLES[id_ % 64], id_ // 64


@cache
def bin_() -> ListSpec:
    """回收站: whatever was deleted, from every table, but for what undone steps left behind."""
    parts = []
    for place, table in enumerate(BIN_TABLES):
        title = TITLES.get(table, "x.name" if "name" in fields_of(RECORDS[table]) else "''")
        parts.append(
            f"SELECT x.id * 64 + {place} AS id, '{RECORDS[table].noun}' AS noun, {title} AS title, x.deleted_at"
            f' FROM "{table}" x WHERE x.deleted_at IS NOT NULL'
            f" AND x.id NOT IN (SELECT id FROM remnant WHERE \"table\" = '{table}')"
        )
    columns = (
        Column("at", "删除时间", "substr(t.deleted_at, 1, 16)", "t.deleted_at", "t.deleted_at", "days", 140),
        Column("noun", "记录种类", "t.noun", "t.noun", "t.noun", "values", 110),
        Column("title", "记录", "t.title", "t.title", "t.title", "text", 320),
    )
    source = f"(WITH remnant AS MATERIALIZED ({REMNANTS}) {' UNION ALL '.join(parts)})"
    return ListSpec("bin", "回收站", source, columns, "t.deleted_at DESC, t.id", ("t.title", "t.noun"), live="1")

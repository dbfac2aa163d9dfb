"""The schema of version 1.1, and older folders brought under its rules.

A person is named in a bulletin as the clerk says, and a decision may be known by its month only. 影响期满 is no
stage of a case any more. Drafts are not counted any more: what a unit found itself leaves 草稿 where it is
complete. Totals that change are kept in ``update_note`` and shown to the clerk once (更新说明).
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHO: Final = "程序升级"
"""Who is said to have made these changes; ``actions.undo`` knows them by it."""
_ALIVE = "SELECT {} FROM finding WHERE deleted_at IS NULL AND status NOT IN ({})"
_BEFORE, _NOW = "'作废', '撤销'", "'草稿', '作废', '撤销'"
_COMPLETE = (
    "status = '草稿' AND trim(fact) <> '' AND found_on IS NOT NULL AND (unit_id IS NOT NULL OR site_id IS NOT NULL)"
)


class Figure(NamedTuple):
    """A total that this update counts by another rule: its name, both queries, and why they differ."""

    name: str
    old: str
    new: str
    why: str


_OWN = (
    "(CASE WHEN (SELECT role FROM office ORDER BY id LIMIT 1) = 'unit' THEN self_found OR source_level = '乡自查'"
    " ELSE NOT self_found AND source_level NOT IN ('国家', '省', '市', '乡自查') END)"
)
_VISITED = "(SELECT site_id FROM visit WHERE deleted_at IS NULL AND site_id IS NOT NULL)"
_SEEN = (
    f"(site_id IN {_VISITED} OR NOT EXISTS {_VISITED}"
    " OR inspection_id IS NOT NULL OR team_id IS NOT NULL OR visit_id IS NOT NULL)"
)
_SOLVED = "coalesce(sum(CASE WHEN status = '已销号' THEN count ELSE min(solved_count, count) END), 0)"
_FOUND_THERE = (
    f"{_ALIVE.format('site_id', _NOW)} AND {_OWN} AND site_id IS NOT NULL"
    " AND (inspection_id IS NOT NULL OR team_id IS NOT NULL OR visit_id IS NOT NULL)"
)
_APART = "草稿不再计入，上级反馈和单位自查的另列"
FIGURES: Final = (
    *(
        Figure(name, _ALIVE.format(sql, _BEFORE), f"{_ALIVE.format(sql, _NOW)} AND {_OWN}{seen}", why)
        for name, sql, seen, why in (
            ("问题数", "coalesce(sum(count), 0)", "", _APART),
            ("已整改数", _SOLVED, "", _APART),
            ("问题点位数", "count(DISTINCT site_id)", f" AND {_SEEN}", f"{_APART}，只计走访过的点位"),
        )
    ),
    Figure(
        "走访点位数",
        f"SELECT count(DISTINCT site_id) FROM ({_VISITED[1:-1]})",
        f"SELECT CASE WHEN EXISTS {_VISITED} THEN (SELECT count(*) FROM ({_VISITED[1:-1]} UNION {_FOUND_THERE}))"
        " ELSE 0 END",
        "走访中发现问题的点位也算走访过",
    ),
    Figure("问题条数", _ALIVE.format("count(*)", _BEFORE), _ALIVE.format("count(*)", _NOW), "草稿不再计入"),
)
"""What 更新说明 compares, where old and new differ: the old one is asked before anything is moved."""


def upgrade() -> None:
    with op.batch_alter_table("disposition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decided_text", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("instruction", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("term", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("restored_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("done", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deciders", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("whom", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("certainty", sa.String(), server_default="", nullable=False))

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("short_title", sa.String(), server_default="", nullable=False))

    for table, names, days in (
        ("inspection", ("authority", "approver", "approval_number"), ("approved_on",)),
        ("campaign", ("legal_basis", "notice_issuer", "notice_type"), ()),
        ("document", ("approver",), ("approved_on",)),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in names:
                batch_op.add_column(sa.Column(name, sa.String(), server_default="", nullable=False))
            for name in days:
                batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))

    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mention", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ground", sa.String(), server_default="", nullable=False))
        # Nobody has agreed yet: who was not marked 隐去名字 in 1.0.0 was not asked either.
        batch_op.add_column(sa.Column("public_name", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.add_column(sa.Column("known_addressees", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("visit_limit", sa.Integer(), server_default="0", nullable=False))

    op.create_table(
        "update_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_note")),
    )

    _create_opening_figures()

    op.create_table(
        "imported_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("content", sa.String(length=32), nullable=False),
        sa.Column("record_uuid", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_row")),
    )
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_row_source"), ["source"], unique=False)

    connection = op.get_bind()
    old = [_number(connection, one.old) for one in FIGURES]
    lines = list(_move_expired_cases(connection))
    _move_own_drafts(connection)
    lines += _change_reminder(connection)
    new = [_number(connection, one.new) for one in FIGURES]
    compared = zip(FIGURES, old, new, strict=True)
    _write_note(connection, [*(_line(f.name, o, n, f.why) for f, o, n in compared if o != n), *lines])


_OPENING: Final = (
    "inspections", "sites_visited", "problem_sites", "problems", "solved", "from_above", "from_above_solved",
    "suggestions", "findings_bulletins", "accountability_bulletins", "source",
)  # fmt: skip


def _create_opening_figures() -> None:
    """期初数: the totals of before the office began."""
    op.create_table(
        "opening_figures",
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in _OPENING),
        sa.Column("includes_recorded", sa.Boolean(), nullable=False),
        sa.Column("not_double", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_opening_figures_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_opening_figures_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_figures")),
        sa.UniqueConstraint("uuid", name=op.f("uq_opening_figures_uuid")),
    )
    with op.batch_alter_table("opening_figures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_figures_campaign_id"), ["campaign_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opening_figures_unit_id"), ["unit_id"], unique=False)


def _line(name: str, old: object, new: object, why: str) -> dict[str, str]:
    return {"name": name, "old": str(old), "new": str(new), "why": why}


def _number(connection: sa.Connection, query: str) -> int:
    return int(connection.execute(sa.text(query)).scalar_one())


def _move_expired_cases(connection: sa.Connection) -> Iterable[dict[str, str]]:
    """影响期满 becomes 通报 where the case was publicised, else 宣布执行; the day the effects end is kept."""
    query = "SELECT id, uuid, title, version, publicised FROM accountability_case WHERE stage = '影响期满'"
    rows = [dict(row) for row in connection.execute(sa.text(query)).mappings()]
    moved = {True: "通报", False: "宣布执行"}
    changes = [(row, {"stage": "影响期满"}, {"stage": moved[bool(row["publicised"])]}) for row in rows]
    _change(connection, "accountability_case", "升级：案件不再设“影响期满”阶段", changes)
    if rows:
        told = sum(bool(row["publicised"]) for row in rows)
        counts = [f"{word} {n} 件" for word, n in (("通报", told), ("宣布执行", len(rows) - told)) if n]
        yield _line("案件阶段", f"影响期满 {len(rows)} 件", "、".join(counts), "影响期满改为到期提醒，不再是阶段")


def _move_own_drafts(connection: sa.Connection) -> None:
    """What a unit found itself and wrote down whole is 未整改, stored 待交办: nobody hands it over."""
    query = f"SELECT id, uuid, serial AS title, version FROM finding WHERE self_found AND {_COMPLETE}"
    rows = [dict(row) for row in connection.execute(sa.text(query)).mappings()]
    changes = [(row, {"status": "草稿"}, {"status": "待交办"}) for row in rows]
    _change(connection, "finding", "升级：自查问题由草稿改为未整改", changes)


_SILENT, _UNDONE = "仍未反馈整改结果", "尚未整改到位"
_SHIPPED = tuple(
    f"截至{{{until}}}，你单位承办的{{{count}}}个{{{campaign}}}问题已超过整改时限，{_SILENT}。现予催办。"
    for until, count, campaign in (("结束日期", "问题数", "专项名称"), ("until", "problem_count", "campaign"))
)
"""The lead as 1.0.0 shipped it, with its placeholders in Chinese and, before that, in English."""


def _change_reminder(connection: sa.Connection) -> Iterable[dict[str, str]]:
    """The lead of a 催办单 said 仍未反馈 of what was answered and returned; one the clerk edited is kept and told."""
    query = (
        "SELECT id, uuid, name AS title, version, text FROM phrase WHERE document_kind = 'reminder' AND slot = 'lead'"
    )
    rows = [dict(row) for row in connection.execute(sa.text(query)).mappings()]
    changes = [
        (row, {"text": row["text"]}, {"text": row["text"].replace(_SILENT, _UNDONE)})
        for row in rows
        if row["text"] in _SHIPPED
    ]
    _change(connection, "phrase", "升级：催办单开头不再写“仍未反馈”", changes)
    for row in rows:
        if row["text"] not in _SHIPPED and "未反馈" in row["text"]:
            yield _line(f"常用语“{row['title']}”", "手工改过", "保留", "催办单逐项写明反馈情况，请核对“未反馈”是否属实")


def _change(
    connection: sa.Connection,
    table: str,
    deed: str,
    changes: Iterable[tuple[Mapping[str, Any], Mapping[str, str], Mapping[str, str]]],
) -> None:
    """Write new values with the ``Change`` rows that tell of them, each a version of its own."""
    now = dt.datetime.now().replace(microsecond=0).isoformat(" ") + ".000000"
    operation = uuid.uuid4().hex
    for row, before, after in changes:
        version = row["version"] + 1
        sets = ", ".join(f"{name} = :{name}" for name in after)
        statement = f"UPDATE {table} SET {sets}, version = :version, updated_at = :now WHERE id = :id"
        connection.execute(sa.text(statement), {**after, "version": version, "now": now, "id": row["id"]})
        connection.execute(
            sa.text(
                'INSERT INTO change (at, operation, deed, who, "table", record_id, record_uuid, title, version,'
                " before, after, undoes, note) VALUES (:at, :operation, :deed, :who, :table, :record_id, :record_uuid,"
                " :title, :version, :before, :after, '', '')"
            ),
            {
                "at": now, "operation": operation, "deed": deed, "who": WHO, "table": table, "record_id": row["id"],
                "record_uuid": row["uuid"], "title": row["title"] or "", "version": version,
                "before": json.dumps({**before, "version": row["version"]}, ensure_ascii=False),
                "after": json.dumps({**after, "version": version}, ensure_ascii=False),
            },
        )  # fmt: skip


def _write_note(connection: sa.Connection, lines: list[dict[str, str]]) -> None:
    """Leave 更新说明 for the next start where there is something to say: totals, stages, drafts to decide on."""
    waiting = _number(connection, f"SELECT count(*) FROM finding WHERE deleted_at IS NULL AND {_COMPLETE}")
    if lines or waiting:
        now = dt.datetime.now().replace(microsecond=0).isoformat(" ") + ".000000"
        connection.execute(
            sa.text("INSERT INTO update_note (version, at, lines) VALUES ('1.1', :at, :lines)"),
            {"at": now, "lines": json.dumps(lines, ensure_ascii=False)},
        )

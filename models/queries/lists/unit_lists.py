"""The lists of an answering unit: what it was sent, what it found itself, and what it answered."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, Final

from models.domain.findings.lifecycle import Status
from models.domain.findings.unit_status import OWN, LocalStatus, told
from models.queries.lists import columns
from models.queries.lists.cells import of_field
from models.queries.lists.listing import Chip, Column, ListSpec
from models.records import RECORDS
from models.records.fields import ListColumn

_ORDER = (LocalStatus.RETURNED, LocalStatus.EMPTY, LocalStatus.WRITING, LocalStatus.SENT, LocalStatus.LEFT)
_OPEN = (LocalStatus.EMPTY, LocalStatus.WRITING, LocalStatus.RETURNED)
_OURS = f"t.local_status != '{LocalStatus.LEFT}'"
_SAID = {(local, status): told(local, status) for local in LocalStatus for status in Status}
_LOCAL = f"coalesce(nullif(t.local_status, ''), '{LocalStatus.EMPTY}')"
_STANDS = (
    "CASE "
    + " ".join(
        f"WHEN {_LOCAL} = '{local}' AND t.status = '{status}' THEN '{said}'"
        for (local, status), said in _SAID.items()
        if said != local
    )
    + f" ELSE {_LOCAL} END"
)
"""``unit_status.told`` in SQL."""
_RANK = f"CASE {_STANDS} " + " ".join(f"WHEN '{s}' THEN {n}" for n, s in enumerate(_ORDER)) + " ELSE 9 END"
_HIDDEN = frozenset({
    "team_id", "inspection_id", "publicised", "backfilled", "campaign_id", "note", "department_id", "fixed_on_spot",
})  # fmt: skip
_ANSWER = "CASE WHEN t.arrived THEN '县里已收到' WHEN t.sent_batch > 0 THEN '已上报' ELSE '未上报' END"


@cache
def received() -> ListSpec:
    """收到的问题: the county's, with where the answer stands; what needs a word first comes first."""
    county = columns.findings()
    local = Column("local_status", "填报状态", _STANDS, _RANK, _STANDS, "values", 88)
    kept = [one for one in county.columns if one.key not in _HIDDEN]
    status = next(replace(one, label="县里状态") for one in kept if one.key == "status")
    rest = [one for one in kept if one.key not in ("light", "serial", "status", "unit_id")]
    first = [one for one in kept if one.key in ("light", "serial")]
    returned = of_field(RECORDS["finding"], "returned_reason", ListColumn())
    chips = (
        *(Chip(s.name.lower(), str(s), f"{_STANDS} = '{s}'", always=s in _OPEN) for s in _ORDER[:4]),
        Chip("left", str(LocalStatus.LEFT), f"t.local_status = '{LocalStatus.LEFT}'"),
        Chip("near", "临期", f"({columns.NEARLY_DUE} AND {_OURS})"),
        Chip("overdue", "逾期", f"({columns.OVERDUE} AND {_OURS})", always=True, urgent=True),
    )
    return replace(
        county, noun="收到的问题", columns=(*first, local, status, *rest, returned), chips=chips,
        order=f"{_RANK}, t.deadline IS NULL, t.deadline, t.id DESC", campaign="",
        live="t.deleted_at IS NULL AND t.self_found = 0",
    )  # fmt: skip


_OWN_STATUS = "CASE t.status " + " ".join(f"WHEN '{s}' THEN '{said}'" for s, said in OWN.items()) + " ELSE t.status END"
_OWN: Final[dict[str, dict[str, Any]]] = {
    "serial": {"width": 124}, "status": {"sql": _OWN_STATUS, "match": _OWN_STATUS},
}  # fmt: skip
"""What the columns of a problem the unit found itself have otherwise."""


@cache
def own() -> ListSpec:
    """自查问题: what the unit found itself."""
    county = columns.findings()
    left_out = (*_HIDDEN, "light", "source_number", "source_level", "rounds")
    kept = tuple(replace(one, **_OWN.get(one.key, {})) for one in county.columns if one.key not in left_out)
    chips = (
        Chip("open", OWN[Status.PENDING], f"t.status != '{Status.CLOSED}'", always=True),
        Chip("closed", OWN[Status.CLOSED], f"t.status = '{Status.CLOSED}'", always=True),
    )
    live = "t.deleted_at IS NULL AND t.self_found = 1"
    return replace(county, noun="自查问题", columns=kept, chips=chips, campaign="", live=live)


@cache
def answered() -> ListSpec:
    """整改反馈 as the unit wrote it, with how far it has come."""
    county = columns.feedback()
    way = Column("way", "上报情况", _ANSWER, _ANSWER, _ANSWER, "values", 100)
    kept = tuple(one for one in county.columns if one.key not in ("unit", "on_behalf", "unexpected"))
    chips = (
        Chip("unsent", "未上报", "t.sent_batch = 0", always=True),
        Chip("sent", "已上报", "(t.sent_batch > 0 AND NOT t.arrived)", always=True),
        Chip("arrived", "县里已收到", "t.arrived", always=True),
    )
    theirs = "(SELECT f.self_found FROM finding f WHERE f.id = t.finding_id) = 0"
    return replace(
        county, columns=(kept[0], way, *kept[1:]), chips=chips, campaign="", live=f"t.deleted_at IS NULL AND {theirs}"
    )


SPECS: Final[dict[str, Callable[[], ListSpec]]] = {"received": received, "own": own, "answered": answered}
"""The lists of a unit by name; ``ListSpec.name`` stays their records' table."""

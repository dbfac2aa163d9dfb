"""How an office begins: 本机构, its campaign, and its own copies of what the program brings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.domain.text import guess
from models.errors import Refusal
from models.records import Campaign, Office, Unit
from models.records.base import new_uuid
from models.services import records, shipped_catalogs
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace

COUNTY_ROLE, UNIT_ROLE = "county", "unit"
DEFAULT_CAMPAIGN = "疫情防控"
_KINDS = {"街道": "街道", "镇": "乡镇", "乡": "乡镇"}


def found_office(workspace: Workspace, values: Mapping[str, Any], campaign: Mapping[str, Any] | str = "") -> ChangeSet:
    """Write 本机构 into an empty data folder with everything a new office starts from.

    Args:
        workspace: of the new data folder.
        values: the office's fields as the first-run page asks for them; ``role`` is county or unit.
        campaign: the first 专项, its name or its fields; empty is what the office's own name says.

    Raises:
        Refusal: the folder has an office already, or a field will not do.
    """
    with workspace.writing("建立本机构") as work:
        write_office(work, values, campaign)
    return work.done


def write_office(work: UnitOfWork, values: Mapping[str, Any], campaign: Mapping[str, Any] | str = "") -> Office:
    """``found_office`` inside a deed that does more."""
    if work.session.scalars(select(Office.id)).first() is not None:
        raise Refusal("这个数据文件夹里已有本机构的数据，请另选一个空文件夹。")
    if values.get("role") == COUNTY_ROLE and not values.get("county_name"):
        values = {**values, "county_name": guess.county_of(str(values.get("name", "")))}
    office = records.add(work, Office, {**values, "epoch": new_uuid(), "unit_id": _root(work, values).id})
    campaign = campaign or guess.campaign_of(str(values.get("name", ""))) or DEFAULT_CAMPAIGN
    first = {"name": campaign} if isinstance(campaign, str) else dict(campaign)
    records.add(work, Campaign, {"starts_on": work.workspace.today, **first, "active": True})
    shipped_catalogs.seed(work, office)
    return office


def know_addressee(workspace: Workspace, name: str) -> ChangeSet:
    """Let the check before issue know an organ the office writes to (常用主送)."""
    with workspace.writing(f"常用主送加入“{name}”") as work:
        office = work.session.scalars(select(Office)).one()
        known = [line for line in office.known_addressees.split("\n") if line.strip()]
        if name not in known:
            records.change(work, office, {"known_addressees": "\n".join([*known, name])})
    return work.done


def _root(work: UnitOfWork, values: Mapping[str, Any]) -> Unit:
    """The office's own unit: the county itself, or the township or department that answers."""
    if values.get("role") == UNIT_ROLE:
        name = str(values.get("short_name") or values.get("name", ""))
        kind = next((kind for mark, kind in _KINDS.items() if mark in name), "部门")
        return records.add(work, Unit, {"name": name, "kind": kind, "rank": 1})
    name = values.get("county_name") or values.get("name", "")
    return records.add(work, Unit, {"name": name, "kind": "县", "rank": 1})

"""制作乡镇安装盘: for each township a folder with the program, its first task package and its first answers.

What the county knows of a township is written into 首次运行.json, so that its clerk types nothing
and is paired from the first minute. The file carries the pairing key: who copies the folder can
forge (FORMAT.md, Threats), so the folders go out by hand.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.text.naming import free_name, safe_stem
from models.errors import Refusal
from models.exchange import build, pairing, sealing
from models.exchange.container import Progress
from models.exchange.manifest import Uuid
from models.records import Campaign, Office, Peer, Unit, fields_of
from models.services import office_setup, records
from models.services.unit_of_work import Workspace
from models.storage import durable_files

FIRST_RUN = "首次运行.json"
FORMAT = 1
MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class Folder:
    """One township's folder. ``task`` is None where nothing was handed to it yet."""

    unit: str
    path: Path
    task: Path | None


class County(msgspec.Struct, frozen=True):
    """Whom the township answers to, and the key they share."""

    uuid: Uuid
    name: str
    epoch: str
    pairing_id: Uuid
    key: str


class FirstRun(msgspec.Struct, frozen=True):
    """What a first run is answered with: the office's fields by name, the campaign, the county."""

    format: int
    office: dict[str, str]
    campaign: str
    county: County


def make(
    workspace: Workspace,
    target: Path,
    installers: Iterable[Path],
    guide: Path | None = None,
    progress: Progress | None = None,
    *,
    photos: bool = False,
) -> list[Folder]:
    """Write a folder for each township into ``target``; an older one of the same name stays beside it.

    With ``photos`` the task packages carry the findings' photos.

    Raises:
        Refusal: there is no township, or the disk cannot be written.
    """
    with workspace.reading() as session:
        townships = _townships(session)
    if not townships:
        raise Refusal("还没有乡镇或街道，请先在“资料”的“单位”里添加。")
    files = [*installers, *([guide] if guide else [])]
    made = []
    for done, unit in enumerate(townships, start=1):
        made.append(_folder(workspace, target, unit, files, photos=photos))
        if progress:
            progress(done, len(townships))
    return made


def _townships(session: Session) -> list[Unit]:
    alive = (Unit.kind.in_(("乡镇", "街道")), Unit.deleted_at.is_(None), Unit.closed_on.is_(None))
    return list(session.scalars(select(Unit).where(*alive).order_by(Unit.rank.is_(None), Unit.rank, Unit.id)))


def _folder(workspace: Workspace, target: Path, unit: Unit, files: list[Path], *, photos: bool) -> Folder:
    """Everything is written beside its place first, so that no half-filled folder is handed out."""
    scratch = target / f".{uuid4().hex[:8]}"
    try:
        scratch.mkdir(parents=True)
        for file in files:
            shutil.copyfile(file, scratch / file.name)
        answers = _answers(workspace, unit)
        (scratch / FIRST_RUN).write_bytes(msgspec.json.format(msgspec.json.encode(answers), indent=2))
        task = build.task(workspace, unit.id, scratch, photos=photos).path if _has_task(workspace, unit) else None
        place = target / free_name(safe_stem(unit.name), [one.name for one in target.iterdir()])
        durable_files.move(scratch, place)
    except OSError as error:
        raise Refusal(f"安装盘没有写成：{target}。请检查磁盘空间，确认 U 盘没有拔下、安装程序还在。") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Folder(unit.name, place, place / task.name if task else None)


def _has_task(workspace: Workspace, unit: Unit) -> bool:
    with workspace.reading() as session:
        return any(one.id == unit.id for one in build.units_with_tasks(session))


def _answers(workspace: Workspace, unit: Unit) -> FirstRun:
    with workspace.writing(f"为“{unit.name}”制作安装盘") as work:
        peer = pairing.peer_of_unit(work, unit)
        mine = pairing.me(work.session).office
        campaign = work.session.scalars(select(Campaign.name).where(Campaign.active, Campaign.deleted_at.is_(None)))
        county = County(mine.uuid, mine.name, mine.epoch, peer.uuid, sealing.to_text(pairing.key_of(peer)))
        return FirstRun(FORMAT, _office(mine, unit), campaign.first() or office_setup.DEFAULT_CAMPAIGN, county)


def _office(county: Office, unit: Unit) -> dict[str, str]:
    """The township's own office as far as the county knows it; its clerk may correct it later."""
    short = unit.short_name or unit.name
    full = unit.name if unit.name.startswith(county.county_name) else county.county_name + unit.name
    body = full if full.endswith(("政府", "办事处")) else full + ("办事处" if unit.kind == "街道" else "人民政府")
    return {
        "role": office_setup.UNIT_ROLE, "name": body, "short_name": short, "mark": body,
        "county_name": county.county_name,
        "number_code": f"{short[0]}政发", "printer": f"{short}党政办公室", "contact": unit.contact, "phone": unit.phone,
    }  # fmt: skip


def first_run_answers(path: Path) -> FirstRun:
    """The answers of a hand-out folder. ``path`` is the file, or the folder it lies in.

    Raises:
        Refusal: it is not there, damaged, or for a newer program.
    """
    file = path / FIRST_RUN if path.is_dir() else path
    sentence = f"“{file.name}”读不出来或已损坏，请向县里重新要一份，或在下面自己填写。"
    try:
        content = file.read_bytes() if file.stat().st_size <= MOST else b""
        answers = msgspec.json.decode(content, type=FirstRun)
        key = sealing.from_text(answers.county.key)
    except (OSError, ValueError, RecursionError, msgspec.DecodeError, sealing.Unsealed) as error:
        raise Refusal(sentence) from error
    if answers.format > FORMAT:
        raise Refusal(f"“{file.name}”由更新版本的督查通制作，请用同一文件夹里的安装程序安装后再运行。")
    if len(key) != sealing.KEY or answers.office.get("role") != office_setup.UNIT_ROLE:
        raise Refusal(sentence)
    return answers


def found(workspace: Workspace, answers: FirstRun) -> None:
    """Found the township's office from its answers, already paired with its county.

    Raises:
        Refusal: the folder has an office already, or a field will not do.
    """
    with workspace.writing("建立本机构") as work:
        office_setup.write_office(work, _known(answers.office), answers.campaign)
        county = answers.county
        values = {"name": county.name, "role": office_setup.COUNTY_ROLE, "key": sealing.from_text(county.key)}
        paired = {
            "office_uuid": county.uuid,
            "epoch": county.epoch,
            "paired_at": workspace.now,
            "uuid": county.pairing_id,
        }
        records.add(work, Peer, values | paired)


def _known(office: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in office.items() if name in fields_of(Office)}

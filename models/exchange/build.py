"""Making packages: the county's tasks, the unit's answers, and the receipts of both."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.domain.findings.lifecycle import Status
from models.domain.findings.unit_status import LocalStatus
from models.domain.text.file_names import mended, why_barred
from models.domain.text.naming import free_name, safe_stem
from models.errors import Refusal
from models.exchange import container, pairing
from models.exchange.container import SUFFIX, Evidence, Progress
from models.exchange.content import Ack, Content, encode
from models.exchange.manifest import Kind, Manifest
from models.exchange.rows import Writer, some
from models.records import (
    Attachment,
    Campaign,
    Extension,
    Feedback,
    Finding,
    Package,
    Peer,
    Plan,
    Record,
    Site,
    Unit,
    Verification,
)
from models.records.base import new_uuid
from models.services import unit_answers
from models.services.unit_of_work import UnitOfWork, Workspace
from models.storage import attachments
from models.storage.garbage_collection import uncollected

R = TypeVar("R", bound=Record)
NEEDS = "1.0.0"
"""The oldest program that can read what this one writes."""
NOT_YET = (Status.DRAFT, Status.PENDING)
ACKS = 50
"""How many of the last packages that came in are acknowledged in each that goes out."""


@dataclass(frozen=True, slots=True)
class Built:
    """A package that was written."""

    path: Path
    peer: str
    batch: int
    findings: int
    files: int
    left_out: tuple[str, ...] = ()
    """Names of files that do not travel: programs an older version once took in."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """Where a package goes and how it is locked."""

    target: Path
    passphrase: str = ""
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class _Load:
    """What goes into one package."""

    content: Content
    evidence: tuple[Evidence, ...]
    findings: tuple[str, ...]
    left_out: tuple[str, ...] = ()


@uncollected()
def task(
    workspace: Workspace,
    unit_id: int,
    target: Path,
    *,
    passphrase: str = "",
    photos: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Write one unit's task package (county). ``target`` is a file or an existing folder.

    Raises:
        Refusal: the target cannot be written, or nothing was ever handed to the unit.
    """
    with workspace.writing("制作任务包") as work:
        unit = work.get(Unit, unit_id)
        known = pairing.known_peer(work.session, unit_id)
        if not _was_handed(work.session, unit_id) and not (known and known.last_sent_batch):
            raise Refusal(f"“{unit.name}”还没有已交办的问题，不用发任务包。")
        peer = pairing.peer_of_unit(work, unit)
    with workspace.reading() as session:
        load = _task_load(workspace, session, unit, peer, photos=photos)
    return _write(workspace, peer, "task", load, _Errand(target, passphrase, progress))


def units_with_tasks(session: Session) -> list[Unit]:
    """Who gets a package at 一键全部: the units that problems were handed to, and those that were sent any before."""
    sent = (Peer.role == "unit", Peer.last_sent_batch > 0, Peer.deleted_at.is_(None))
    ids = set(session.scalars(select(Peer.unit_id).where(*sent)))
    for column in (Finding.unit_id, Finding.department_id):
        ids.update(session.scalars(select(column).where(*_SENT, column.is_not(None)).distinct()))
    return list(session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.rank.is_(None), Unit.rank, Unit.id)))


_SENT = (
    Finding.status.not_in(NOT_YET), Finding.deleted_at.is_(None), Finding.self_found.is_(False),
    or_(Finding.status != Status.VOID, Finding.handed_on.is_not(None)),
)  # fmt: skip
"""What a unit is told of: everything once handed over, the void with their final state."""


def handed(session: Session, unit_id: int) -> list[Finding]:
    """All that a unit was ever handed, oldest first."""
    return list(session.scalars(select(Finding).where(_answers(unit_id), *_SENT).order_by(Finding.id)))


def _was_handed(session: Session, unit_id: int) -> bool:
    return session.scalar(select(Finding.id).where(_answers(unit_id), *_SENT).limit(1)) is not None


def _answers(unit_id: int) -> ColumnElement[bool]:
    return or_(Finding.unit_id == unit_id, Finding.department_id == unit_id)


@uncollected()
def answer(workspace: Workspace, target: Path, *, passphrase: str = "", progress: Progress | None = None) -> Built:
    """Write the return package (unit): every feedback the county has not confirmed, with its evidence.

    Raises:
        Refusal: not paired yet, nothing to send, or the target cannot be written.
    """
    with workspace.writing("上报整改反馈") as work:
        peer = _county(work.session)
        waiting = [feedback for feedback in _unconfirmed(work.session) if not feedback.sent_batch]
        _refuse_bare(work.session, waiting)
        now, who = workspace.now, workspace.operator
        stamps = {f.id: {"submitted_at": now, "submitted_by": f.submitted_by or who} for f in waiting}
        work.bulk_set(Feedback, stamps)
    with workspace.reading() as session:
        load = _answer_load(workspace, session, peer)
        if not load.content.rows:
            raise Refusal("没有需要上报的内容。")
    return _write(workspace, peer, "return", load, _Errand(target, passphrase, progress))


def receipt(workspace: Workspace, peer_id: int, target: Path) -> Built:
    """Write a receipt: which of the peer's packages came in and what was taken from them."""
    with workspace.reading() as session:
        peer = session.get(Peer, peer_id)
        if peer is None:
            raise Refusal("找不到对方单位。")
        load = _Load(Content((), _held(session, peer), _acks(session, peer)), (), ())
    return _write(workspace, peer, "receipt", load, _Errand(target))


def _refuse_bare(session: Session, waiting: list[Feedback]) -> None:
    bare = unit_answers.unproven(session, waiting)
    if bare:
        ids = select(Finding.serial).where(Finding.id.in_([f.finding_id for f in bare[:5]])).order_by(Finding.serial)
        serials, more = "、".join(session.scalars(ids)), f"等 {len(bare)} 个问题" if len(bare) > 5 else ""
        raise Refusal(f"{serials}{more}填了“已整改”，但没有佐证附件。请添加附件，或填写“无佐证说明”后再上报。")


def _county(session: Session) -> Peer:
    peer = pairing.county(session)
    if peer is None:
        raise Refusal("还没有收到县级机构的任务包，不知道报给谁。请先导入任务包。")
    return peer


def _unconfirmed(session: Session) -> list[Feedback]:
    where = (Feedback.arrived.is_(False), Feedback.deleted_at.is_(None), Finding.self_found.is_(False))
    query = select(Feedback).join(Finding, Finding.id == Feedback.finding_id).where(*where)
    return list(session.scalars(query.order_by(Feedback.id)))


def _task_load(workspace: Workspace, session: Session, unit: Unit, peer: Peer, *, photos: bool) -> _Load:
    findings = handed(session, unit.id)
    uuids = tuple(f.uuid for f in findings)
    ids = [f.id for f in findings]
    rounds = _children(session, Verification, ids) + _children(session, Extension, ids)
    every = _files(session, uuids) if photos else []
    files = [file for file in every if not _why_barred(file)]
    rows = Writer(session).rows([*_named(session, findings), *findings, *rounds, *files])
    content = Content(tuple(rows), _held(session, peer), _acks(session, peer), unit.uuid)
    return _Load(content, _evidence(workspace, files), uuids, tuple(file.name for file in every if _why_barred(file)))


def _held(session: Session, peer: Peer) -> tuple[str, ...]:
    """The feedbacks of a unit's that are here, whatever package they came in."""
    theirs = (Feedback.origin == peer.office_uuid, Feedback.deleted_at.is_(None))
    return tuple(session.scalars(select(Feedback.uuid).where(*theirs))) if peer.role == "unit" else ()


def _named(session: Session, findings: Iterable[Finding]) -> list[Record]:
    """The campaigns, units and sites the findings name, parents before children."""
    findings = list(findings)
    sites = _by_ids(session, Site, {f.site_id for f in findings})
    named: list[Finding | Site] = [*findings, *sites]
    unit_ids = {i for one in named for i in (one.unit_id, one.department_id)}
    units = _by_ids(session, Unit, unit_ids)
    parents = _by_ids(session, Unit, {u.parent_id for u in units} - {u.id for u in units})
    return [*_by_ids(session, Campaign, {f.campaign_id for f in findings}), *parents, *units, *sites]


def _by_ids(session: Session, cls: type[R], ids: set[int | None]) -> list[R]:
    found: list[R] = []
    for handful in some(sorted(i for i in ids if i)):
        found += session.scalars(select(cls).where(cls.id.in_(handful)).order_by(cls.id))
    return found


def _children(session: Session, cls: type[Verification] | type[Extension], finding_ids: list[int]) -> list[Record]:
    found: list[Record] = []
    for handful in some(finding_ids):
        found += session.scalars(
            select(cls).where(cls.finding_id.in_(handful), cls.deleted_at.is_(None)).order_by(cls.id)
        )
    return found


def _files(session: Session, owners: Iterable[str]) -> list[Attachment]:
    found: list[Attachment] = []
    for handful in some(owners):
        where = (Attachment.owner_uuid.in_(handful), Attachment.deleted_at.is_(None))
        found += session.scalars(select(Attachment).where(*where).order_by(Attachment.id))
    return found


def _why_barred(file: Attachment) -> str:
    return why_barred(mended(file.name))


def _evidence(workspace: Workspace, files: Iterable[Attachment]) -> tuple[Evidence, ...]:
    """The bytes of the files, each once; one that is gone from this disk is flagged by the receiver."""
    names = {f.sha256: f.name for f in files}
    paths = {sha256: attachments.path_of(workspace.store.folder, sha256) for sha256 in names}
    return tuple(Evidence(sha256, path, names[sha256]) for sha256, path in sorted(paths.items()) if path.is_file())


def _answer_load(workspace: Workspace, session: Session, peer: Peer) -> _Load:
    feedbacks = _unconfirmed(session)
    theirs = Finding.self_found.is_(False)
    plans = session.scalars(select(Plan).join(Finding).where(theirs, Plan.deleted_at.is_(None)).order_by(Plan.id)).all()
    files = _files(session, (f.uuid for f in feedbacks))
    for file in files:
        if why := _why_barred(file):
            raise Refusal(f"附件“{file.name}”{why}，不能上报。请移除这个附件，改用图片或 PDF 后再上报。")
    rows = Writer(session).rows([*plans, *feedbacks, *files])
    content = Content(tuple(rows), (), _acks(session, peer))
    return _Load(content, _evidence(workspace, files), tuple(f.uuid for f in feedbacks))


def _acks(session: Session, peer: Peer) -> tuple[Ack, ...]:
    came = (
        Package.peer_id == peer.id, Package.direction == "received", Package.kind != "receipt",
        Package.deleted_at.is_(None),
    )  # fmt: skip
    last = session.scalars(select(Package).where(*came).order_by(Package.id.desc()).limit(ACKS))
    return tuple(Ack(p.uuid, p.batch, p.handled_at.isoformat() if p.handled_at else "") for p in last)


def _write(workspace: Workspace, peer: Peer, kind: Kind, load: _Load, errand: _Errand) -> Built:
    package_id, batch = new_uuid(), peer.last_sent_batch + 1
    with workspace.reading() as session:
        mine, receiver = pairing.me(session), pairing.receiver(session, peer)
    lock = pairing.lock_for(peer, package_id, errand.passphrase)
    manifest = Manifest(
        container.FORMAT, NEEDS, kind, package_id, peer.uuid, mine.party, receiver, batch, workspace.now, lock
    )
    path = errand.target
    if path.is_dir():
        unit = peer.name if mine.office.role == "county" else mine.office.name
        name = file_name(kind, unit, workspace.today, batch)
        path /= free_name(name, [one.name for one in path.iterdir()])
    key = container.package_key(lock, pairing.key_of(peer), package_id, errand.passphrase)
    records = encode(load.content)
    sha256 = container.write(path, manifest, key, records, evidence=load.evidence, progress=errand.progress)
    with workspace.writing(_DEEDS[kind].format(peer.name)) as work:
        _register(work, manifest, load, Package(sha256=sha256, file_name=path.name, peer_id=peer.id))
    findings = sum(row.table == "finding" for row in load.content.rows)
    return Built(path, peer.name, batch, findings, len(load.evidence), load.left_out)


_DEEDS = {"task": "发出任务包：{}", "return": "上报反馈包：{}", "receipt": "发出回执：{}"}
_NAMES = {"task": "任务包", "return": "整改反馈", "receipt": "回执"}


def file_name(kind: Kind, unit: str, day: dt.date, batch: int) -> str:
    """A name a person can tell apart, by the unit whichever way it goes: 任务包_柳河镇_2022-03-16_第3批.dct."""
    return f"{_NAMES[kind]}_{safe_stem(unit)}_{day.isoformat()}_第{batch}批{SUFFIX}"


def _register(work: UnitOfWork, manifest: Manifest, load: _Load, package: Package) -> None:
    work.set(work.get(Peer, package.peer_id or 0), last_sent_batch=manifest.batch)
    plans = {row.uuid: row.version for row in load.content.rows if row.table == "plan"}
    counted = {"rows": len(load.content.rows), "files": len(load.evidence)}
    summary = {"findings": list(load.findings), "plans": plans, **counted}
    work.set(package, uuid=manifest.id, kind=manifest.kind, direction="sent", batch=manifest.batch, summary=summary)
    package.made_at = manifest.made_at
    work.add(package)
    if manifest.kind == "return":
        _mark_sent(work, {r.uuid: r.version for r in load.content.rows if r.table == "feedback"}, manifest.batch)


def _mark_sent(work: UnitOfWork, sent: Mapping[str, int], batch: int) -> None:
    """Close the feedbacks that left; one that was edited while the package was written stays open."""
    feedbacks: dict[int, dict[str, int]] = {}
    findings: dict[int, dict[str, str]] = {}
    columns = (Feedback.id, Feedback.uuid, Feedback.version, Finding.id.label("finding_id"), Finding.local_status)
    query = select(*columns).join(Finding, Finding.id == Feedback.finding_id).where(Feedback.sent_batch == 0)
    for handful in some(sent):
        for row in work.session.execute(query.where(Feedback.uuid.in_(handful))):
            if row.version == sent[row.uuid]:
                feedbacks[row.id] = {"sent_batch": batch}
                if row.local_status == LocalStatus.WRITING:
                    findings[row.finding_id] = {"local_status": str(LocalStatus.SENT)}
    work.bulk_set(Feedback, feedbacks)
    work.bulk_set(Finding, findings)

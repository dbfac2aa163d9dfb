"""Making packages: the county's tasks, the unit's answers, and the receipts of both."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.actions.work import Desk, Work
from models.errors import Refusal
from models.exchange import container, pairing
from models.exchange.container import SUFFIX, Evidence, Kind, Manifest, Party, Progress
from models.exchange.content import Ack, Content, Row, Writer, encode
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
from models.rules.lifecycle import Status
from models.rules.local import LocalStatus
from models.rules.naming import safe_stem
from models.store import attachments

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


def task(
    desk: Desk,
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
    with desk.writing("制作任务包") as work:
        peer = pairing.peer_of_unit(work, work.get(Unit, unit_id))
    with desk.reading() as session:
        load = _task_load(desk, session, unit_id, peer, photos=photos)
        if not load.findings:
            raise Refusal(f"“{peer.name}”还没有已交办的问题，不用发任务包。")
    return _write(desk, peer, "task", load, _Errand(target, passphrase, progress))


def units_with_tasks(session: Session) -> list[Unit]:
    """The units that problems were handed to, in their order: who gets a package at 一键全部."""
    ids: set[int | None] = set()
    for column in (Finding.unit_id, Finding.department_id):
        where = (Finding.status.not_in(NOT_YET), Finding.deleted_at.is_(None), column.is_not(None))
        ids.update(session.scalars(select(column).where(*where).distinct()))
    return list(session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.rank.is_(None), Unit.rank, Unit.id)))


def answer(desk: Desk, target: Path, *, passphrase: str = "", progress: Progress | None = None) -> Built:
    """Write the return package (unit): every feedback the county has not confirmed, with its evidence.

    Raises:
        Refusal: not paired yet, nothing to send, or the target cannot be written.
    """
    with desk.writing("上报整改反馈") as work:
        peer = _county(work.session)
        waiting = _unconfirmed(work.session)
        for feedback in waiting:
            if not feedback.sent_batch:
                work.set(feedback, submitted_at=desk.now, submitted_by=feedback.submitted_by or desk.operator)
    with desk.reading() as session:
        load = _answer_load(desk, session, peer)
        if not load.content.rows:
            raise Refusal("没有需要上报的内容。")
    return _write(desk, peer, "return", load, _Errand(target, passphrase, progress))


def receipt(desk: Desk, peer_id: int, target: Path) -> Built:
    """Write a receipt: which of the peer's packages came in and what was taken from them."""
    with desk.reading() as session:
        peer = session.get(Peer, peer_id)
        if peer is None:
            raise Refusal("找不到对方单位。")
        load = _Load(Content(acks=_acks(session, peer)), (), ())
    return _write(desk, peer, "receipt", load, _Errand(target))


def _county(session: Session) -> Peer:
    peer = session.scalars(select(Peer).where(Peer.role == "county", Peer.deleted_at.is_(None))).first()
    if peer is None:
        raise Refusal("还没有收到县级机构的任务包，不知道报给谁。请先导入任务包。")
    return peer


def _unconfirmed(session: Session) -> list[Feedback]:
    where = (Feedback.arrived.is_(False), Feedback.deleted_at.is_(None), Finding.self_found.is_(False))
    query = select(Feedback).join(Finding, Finding.id == Feedback.finding_id).where(*where)
    return list(session.scalars(query.order_by(Feedback.id)))


def _task_load(desk: Desk, session: Session, unit_id: int, peer: Peer, *, photos: bool) -> _Load:
    sent_before = _sent_before(session, peer)
    theirs = or_(Finding.unit_id == unit_id, Finding.department_id == unit_id)
    query = select(Finding).where(theirs, Finding.status.not_in(NOT_YET), Finding.deleted_at.is_(None))
    findings = [
        f for f in session.scalars(query.order_by(Finding.id)) if f.status != Status.VOID or f.uuid in sent_before
    ]
    uuids = {f.uuid for f in findings}
    writer = Writer(session)
    ids = [f.id for f in findings]
    rounds = _children(session, Verification, ids) + _children(session, Extension, ids)
    files = _files(session, uuids) if photos else []
    rows = [writer.row(r) for r in (*_named(session, findings), *findings, *rounds, *files)]
    content = Content(tuple(rows), tuple(sorted(sent_before - uuids)), _acks(session, peer))
    return _Load(content, _evidence(desk, files), tuple(sorted(uuids)))


def _sent_before(session: Session, peer: Peer) -> set[str]:
    query = select(Package.summary).where(
        Package.peer_id == peer.id, Package.direction == "sent", Package.kind == "task"
    )
    return {uuid for summary in session.scalars(query) for uuid in summary.get("findings", ())}


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
    return list(session.scalars(select(cls).where(cls.id.in_(ids - {None})).order_by(cls.id)))


def _children(session: Session, cls: type[Verification] | type[Extension], finding_ids: list[int]) -> list[Record]:
    found: list[Record] = []
    for start in range(0, len(finding_ids), 500):
        where = cls.finding_id.in_(finding_ids[start : start + 500])
        found += session.scalars(select(cls).where(where, cls.deleted_at.is_(None)).order_by(cls.id))
    return found


def _files(session: Session, owners: Iterable[str]) -> list[Attachment]:
    wanted = sorted(owners)
    found: list[Attachment] = []
    for start in range(0, len(wanted), 500):
        where = (Attachment.owner_uuid.in_(wanted[start : start + 500]), Attachment.deleted_at.is_(None))
        found += session.scalars(select(Attachment).where(*where).order_by(Attachment.id))
    return found


def _evidence(desk: Desk, files: Iterable[Attachment]) -> tuple[Evidence, ...]:
    folder = desk.store.folder
    paths = {f.sha256: attachments.path_of(folder, f.sha256) for f in files}
    return tuple(Evidence(sha256, path) for sha256, path in sorted(paths.items()) if path.is_file())


def _answer_load(desk: Desk, session: Session, peer: Peer) -> _Load:
    feedbacks = _unconfirmed(session)
    theirs = Finding.self_found.is_(False)
    plans = session.scalars(select(Plan).join(Finding).where(theirs, Plan.deleted_at.is_(None)).order_by(Plan.id)).all()
    files = _files(session, {f.uuid for f in feedbacks})
    writer = Writer(session)
    rows: list[Row] = [writer.row(r) for r in (*plans, *feedbacks, *files)]
    return _Load(
        Content(tuple(rows), (), _acks(session, peer)), _evidence(desk, files), tuple(f.uuid for f in feedbacks)
    )


def _acks(session: Session, peer: Peer) -> tuple[Ack, ...]:
    query = select(Package).where(Package.peer_id == peer.id, Package.direction == "received")
    came = session.scalars(query.order_by(Package.id.desc()).limit(ACKS)).all()
    return tuple(
        Ack(
            p.uuid,
            p.batch,
            p.handled_at.isoformat() if p.handled_at else "",
            "已导入",
            tuple(p.summary.get("taken", ())),
        )
        for p in came
    )


def _write(desk: Desk, peer: Peer, kind: Kind, load: _Load, errand: _Errand) -> Built:
    package_id, batch = new_uuid(), peer.last_sent_batch + 1
    with desk.reading() as session:
        mine = pairing.me(session)
    lock = pairing.lock_for(peer, package_id, errand.passphrase)
    receiver = Party(peer.office_uuid, peer.name, peer.role, peer.epoch)
    manifest = Manifest(
        container.FORMAT, NEEDS, kind, package_id, peer.uuid, mine.party, receiver, batch, desk.now.isoformat(), lock
    )
    path = errand.target
    if path.is_dir():
        path /= file_name(kind, mine.office.name if kind == "return" else peer.name, desk.today, batch)
    key = container.package_key(lock, pairing.key_of(peer), package_id, errand.passphrase)
    records = encode(load.content)
    sha256 = container.write(path, manifest, key, records, evidence=load.evidence, progress=errand.progress)
    with desk.writing(_DEEDS[kind].format(peer.name)) as work:
        _register(work, manifest, load, Package(sha256=sha256, file_name=path.name, peer_id=peer.id))
    findings = sum(row.table == "finding" for row in load.content.rows)
    return Built(path, peer.name, batch, findings, len(load.evidence))


_DEEDS = {"task": "发出任务包：{}", "return": "上报反馈包：{}", "receipt": "发出回执：{}"}
_NAMES = {"task": "任务包", "return": "整改反馈", "receipt": "回执"}


def file_name(kind: Kind, whose: str, day: dt.date, batch: int) -> str:
    """A name a person can tell apart: 任务包_柳河镇_2022-03-16_第3批.dct."""
    return f"{_NAMES[kind]}_{safe_stem(whose)}_{day.isoformat()}_第{batch}批{SUFFIX}"


def _register(work: Work, manifest: Manifest, load: _Load, package: Package) -> None:
    work.set(work.get(Peer, package.peer_id or 0), last_sent_batch=manifest.batch)
    summary = {"findings": list(load.findings), "rows": len(load.content.rows), "files": len(load.evidence)}
    work.set(package, uuid=manifest.id, kind=manifest.kind, direction="sent", batch=manifest.batch, summary=summary)
    package.made_at = work.desk.now
    work.add(package)
    if manifest.kind == "return":
        for row in load.content.rows:
            _mark_sent(work, row, manifest.batch)


def _mark_sent(work: Work, row: Row, batch: int) -> None:
    if row.table != "feedback":
        return
    feedback = work.session.scalars(select(Feedback).where(Feedback.uuid == row.uuid)).one()
    if not feedback.sent_batch:
        work.set(feedback, sent_batch=batch)
    finding = work.get(Finding, feedback.finding_id or 0)
    if finding.local_status == LocalStatus.WRITING:
        work.set(finding, local_status=str(LocalStatus.SENT))

"""Taking a sorted package in: evidence first, then a backup, then one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select

from models.actions import findings, records
from models.actions.work import Desk, Work
from models.errors import Refusal
from models.exchange.container import Progress, damaged
from models.exchange.content import Ack, Reader, Row
from models.exchange.plan import Item, Plan
from models.records import RECORDS, Attachment, Feedback, Finding, Office, Package, Peer, Receipt, Record
from models.rules import local
from models.rules.lifecycle import Status
from models.rules.local import LocalStatus
from models.store import attachments, backup

Choice = Literal["ours", "theirs"]


@dataclass
class Taken:
    """What was taken in, for the summary and the receipt."""

    counts: dict[str, int]
    flagged: list[str] = field(default_factory=list)
    package_id: int = 0
    peer_id: int = 0


class _Stream:
    """Chunks as a readable file."""

    def __init__(self, chunks: object) -> None:
        self._chunks = iter(chunks)  # type: ignore[call-overload]

    def read(self, _size: int = -1) -> bytes:
        return next(self._chunks, b"")


def apply(
    desk: Desk, plan: Plan, decisions: Mapping[str, Choice] | None = None, progress: Progress | None = None
) -> Taken:
    """Take a package in. ``decisions`` say by UUID which side of a conflict holds; ours where silent.

    Raises:
        Refusal: its evidence is damaged or the disk is full; nothing was changed.
    """
    chosen = dict(decisions or {})
    _take_evidence(desk, plan, progress)
    backup.snapshot(desk.store.folder, "导入前", desk.now)
    with desk.writing(f"导入“{plan.manifest.sender.name}”的数据包") as work:
        return _Merge(work, plan, chosen).run()


def _take_evidence(desk: Desk, plan: Plan, progress: Progress | None) -> None:
    wanted = sorted(plan.opened.evidence)
    for done, sha256 in enumerate(wanted, start=1):
        if not attachments.path_of(desk.store.folder, sha256).is_file():
            kept, _size = attachments.put(desk.store.folder, _Stream(plan.opened.file(sha256)))  # type: ignore[arg-type]
            if kept != sha256:
                raise damaged(plan.opened.path)
        if progress:
            progress(done, len(wanted))


class _Merge:
    """One package's transaction."""

    def __init__(self, work: Work, plan: Plan, chosen: dict[str, Choice]) -> None:
        self._work = work
        self._plan = plan
        self._chosen = chosen
        self._reader = Reader(work.session)
        self._role = work.session.scalars(select(Office.role)).one()
        self._new: list[str] = []
        self._taken = Taken(plan.counts)

    def run(self) -> Taken:
        """Write everything; the caller commits."""
        peer = self._pair()
        evidence = [i.row for i in self._plan.items if i.row.table == "attachment"]
        by_owner: dict[str, int] = {}
        for row in evidence:
            by_owner[str(row.values["owner_uuid"])] = by_owner.get(str(row.values["owner_uuid"]), 0) + 1
        for item in self._plan.items:
            self._take(item, by_owner)
        for uuid in self._plan.content.left if self._plan.age != "older" else ():
            self._leave(uuid)
        for ack in self._plan.content.acks:
            self._confirm(ack, peer)
        self._register(peer)
        return self._taken

    def _pair(self) -> Peer:
        sender, peer = self._plan.manifest.sender, self._plan.peer
        if peer is None:
            values = {"name": sender.name, "role": "county", "key": self._plan.key}
            kept = self._work.add(Peer(**records.defaults(Peer) | values | {"uuid": self._plan.manifest.pairing_id}))
            office = self._work.session.scalars(select(Office)).one()
            self._work.set(office, settings={**office.settings, "county_peer": kept.uuid})
        else:
            kept = self._work.get(Peer, peer.id)
        changes: dict[str, object] = {
            "office_uuid": sender.uuid,
            "name": kept.name or sender.name,
            "key": self._plan.key,
        }
        if self._plan.age != "older":
            past = dict.fromkeys([*kept.settings.get("past_epochs", ()), *sender.past_epochs])
            if kept.epoch and kept.epoch != sender.epoch:
                past[kept.epoch] = None
            changes |= {"epoch": sender.epoch, "settings": {**kept.settings, "past_epochs": list(past)}}
        if kept.paired_at is None:
            changes["paired_at"] = self._work.desk.now
        batch = self._plan.manifest.batch
        newer = self._plan.age == "newer"
        changes["last_received_batch"] = batch if newer else max(kept.last_received_batch, batch)
        self._work.set(kept, **changes)
        return kept

    def _take(self, item: Item, evidence: dict[str, int]) -> None:
        row = item.row
        theirs = item.sort == "changed" or (item.sort == "conflicting" and self._chosen.get(row.uuid) == "theirs")
        if item.sort == "new":
            self._add(row, evidence.get(row.uuid, 0))
        elif theirs:
            local_record = self._reader.record(row.table, row.uuid)
            if local_record is not None:
                self._change(local_record, row)
        if self._role == "county" and item.sort != "foreign" and row.table == "feedback":
            self._new.append(row.uuid)

    def _add(self, row: Row, evidence: int) -> None:
        if self._reader.record(row.table, row.uuid) is not None:
            return
        values = self._reader.values(row)
        identity = {"uuid": row.uuid, "origin": row.origin, "base_version": row.version}
        if row.table == "feedback" and self._role == "county":
            self._feedback(values | identity | {"evidence": evidence})
            return
        if row.table == "attachment" and not self._has_bytes(row):
            self._taken.flagged.append(f"附件“{row.values.get('name')}”没有随包送到")
            return
        cls = RECORDS[row.table]
        record = cls(**records.defaults(cls) | values | identity)
        if isinstance(record, Finding):
            record.local_status = str(LocalStatus.EMPTY)
        self._work.add(record)

    def _has_bytes(self, row: Row) -> bool:
        sha256 = str(row.values.get("sha256"))
        return attachments.path_of(self._work.desk.store.folder, sha256).is_file()

    def _feedback(self, given: dict[str, object]) -> None:
        finding = self._work.get(Finding, int(str(given["finding_id"])))
        try:
            feedback = findings.take_feedback(self._work, finding, given, "unit")
        except Refusal as refusal:
            feedback = findings.write_feedback(self._work, finding, given, unexpected=True)
            self._taken.flagged.append(f"{finding.serial}：{refusal.sentence}已存下，未改变状态")
            return
        if feedback.unexpected:
            self._taken.flagged.append(f"{finding.serial}：现为“{finding.status}”，反馈已存下，未改变状态")

    def _change(self, record: Record, row: Row) -> None:
        before = getattr(record, "status", "")
        self._work.set(record, **self._reader.values(row), base_version=row.version)
        if isinstance(record, Finding) and before != record.status == Status.RETURNED:
            moved = local.moved(LocalStatus(record.local_status or LocalStatus.EMPTY), "returned")
            self._work.set(record, local_status=str(moved or LocalStatus.RETURNED))

    def _leave(self, uuid: str) -> None:
        record = self._reader.record("finding", uuid)
        if record is not None:
            self._work.set(record, local_status=str(LocalStatus.LEFT))

    def _confirm(self, ack: Ack, peer: Peer) -> None:
        sent = self._work.session.scalars(select(Package).where(Package.uuid == ack.package)).first()
        if sent is None or sent.peer_id != peer.id or sent.direction != "sent":
            return
        known = select(Receipt.id).where(Receipt.package_id == sent.id)
        if self._work.session.scalar(known) is None:
            values = {"package_id": sent.id, "peer_id": peer.id, "kind": ack.result, "received_at": self._work.desk.now}
            self._work.add(Receipt(**records.defaults(Receipt) | values | {"summary": {"at": ack.at}}))
        for uuid in ack.taken:
            feedback = self._reader.record("feedback", uuid)
            if isinstance(feedback, Feedback) and not feedback.arrived:
                self._work.set(feedback, arrived=True)

    def _register(self, peer: Peer) -> None:
        self._taken.peer_id = peer.id
        if self._plan.repeated:
            return
        manifest = self._plan.manifest
        package = Package(
            uuid=manifest.id, peer_id=peer.id, kind=manifest.kind, direction="received", batch=manifest.batch,
            sha256=self._plan.sha256, file_name=self._plan.opened.path.name, handled_at=self._work.desk.now,
            summary={"counts": self._plan.counts, "taken": self._new, "flagged": self._taken.flagged},
        )  # fmt: skip
        self._taken.package_id = self._work.add(package).id


def evidence_of(desk: Desk, feedback_uuid: str) -> list[Attachment]:
    """The files that came with a feedback."""
    with desk.reading() as session:
        where = (Attachment.owner_uuid == feedback_uuid, Attachment.deleted_at.is_(None))
        return list(session.scalars(select(Attachment).where(*where).order_by(Attachment.id)))

"""Taking a sorted package in: evidence first, then a backup, then one transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import select

from models.domain.findings.unit_status import LocalStatus
from models.errors import Refusal
from models.exchange import unit_state
from models.exchange.container import Progress, damaged
from models.exchange.content import TRAVELS, Ack, Row
from models.exchange.plan import Item, Plan
from models.exchange.rows import Reader, some
from models.records import RECORDS, Attachment, Finding, Office, Package, Peer, Receipt, Record
from models.records.base import new_uuid
from models.services import findings, records
from models.services.unit_of_work import UnitOfWork, Workspace
from models.storage import attachments, backup
from models.storage.garbage_collection import uncollected

Choice = Literal["ours", "theirs"]


@dataclass
class Taken:
    """What was taken in, for the summary: records by sort, and what the clerk should look at."""

    counts: dict[str, int]
    flagged: list[str] = field(default_factory=list)
    package_id: int = 0
    peer_id: int = 0


class _Stream:
    """Chunks as a readable file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def read(self, _size: int = -1) -> bytes:
        return next(self._chunks, b"")


@uncollected()
def apply(
    workspace: Workspace, plan: Plan, decisions: Mapping[str, Choice] | None = None, progress: Progress | None = None
) -> Taken:
    """Take a package in. ``decisions`` say by UUID which side of a conflict holds; ours where silent.

    Raises:
        Refusal: its evidence is damaged or the disk is full; nothing was changed.
    """
    meter = _Meter(progress, len(plan.opened.evidence) + len(plan.items))
    fresh: list[str] = []
    try:
        _take_evidence(workspace, plan, fresh, meter)
        backup.snapshot(workspace.store.folder, backup.BEFORE_IMPORT, workspace.now)
        with workspace.writing(f"导入“{plan.manifest.sender.name}”的数据包") as work:
            return _Merge(work, plan, dict(decisions or {}), meter).run()
    except BaseException:
        _drop_unused(workspace, fresh)
        raise


class _Meter:
    """Counts files and records alike."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def one_more(self) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)


def _take_evidence(workspace: Workspace, plan: Plan, fresh: list[str], meter: _Meter) -> None:
    folder = workspace.store.folder
    wanted = sorted(plan.opened.evidence - _barred(plan))
    missing = [sha256 for sha256 in wanted if not attachments.path_of(folder, sha256).is_file()]
    for _ in range(len(wanted) - len(missing)):
        meter.one_more()
    with plan.opened.files() as chunks_of, attachments.Batch(folder) as batch:

        def take(sha256: str) -> None:
            kept, _size = batch.put(_Stream(chunks_of(sha256)))  # type: ignore[arg-type]
            if kept != sha256:
                raise damaged(plan.opened.path)

        for _ in batch.at_once(take, missing):
            meter.one_more()
        fresh += missing
        batch.keep()


def _barred(plan: Plan) -> set[str]:
    """The files that only records name that are not taken in."""
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for item in plan.items:
        if item.row.table == "attachment":
            named[item.sort == "barred"].add(item.row.text("sha256"))
    return named[True] - named[False]


def _drop_unused(workspace: Workspace, fresh: list[str]) -> None:
    """Take away the files that came for nothing; what a record names stays, come what may."""
    with workspace.reading() as session:
        for handful in some(fresh):
            used = set(session.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(handful))))
            for sha256 in set(handful) - used:
                attachments.path_of(workspace.store.folder, sha256).unlink(missing_ok=True)


class _Merge:
    """One package's transaction."""

    def __init__(self, work: UnitOfWork, plan: Plan, chosen: dict[str, Choice], meter: _Meter) -> None:
        self._work = work
        self._plan = plan
        self._chosen = chosen
        self._meter = meter
        self._reader = Reader(work.session, plan.content.rows)
        self._office = work.session.scalars(select(Office)).one()
        files = (item.row for item in plan.items if item.row.table == "attachment" and item.sort != "barred")
        self._files = Counter(row.text("owner_uuid") for row in files)
        self._rounds = self._count_rounds()
        self._kept: dict[str, str] = {}
        self._taken = Taken(plan.counts)

    def _count_rounds(self) -> dict[int, int]:
        about = {i.row.text("finding_id") for i in self._plan.items if i.row.table == "feedback" and i.sort == "new"}
        known = (self._reader.record("finding", uuid) for uuid in about)
        return findings.rounds_of(self._work.session, [record.id for record in known if record is not None])

    def run(self) -> Taken:
        """Write everything; the caller commits."""
        for table in TRAVELS:
            with self._work.together():
                self._take([item for item in self._plan.items if item.row.table == table])
        peer = self._pair()
        if self._plan.age != "older":
            if self._office.role == "unit":
                self._stand()
            for ack in self._plan.content.acks:
                self._confirm(ack, peer)
        self._register(peer)
        return self._taken

    def _take(self, items: list[Item]) -> None:
        """The items of one table; what is plainly new goes in together."""
        plain: list[Row] = []
        for item in items:
            self._meter.one_more()
            if item.sort == "conflicting" and self._chosen.get(item.row.uuid) != "theirs":
                self._kept[item.row.uuid] = item.row.digest
            elif item.sort == "barred":
                self._taken.flagged.append(f"附件“{item.row.text('name')}”{item.why}，没有收下")
            elif item.sort in ("changed", "conflicting"):
                self._change(item)
            elif item.sort == "new" and self._is_plain(item.row):
                plain.append(item.row)
        self._add(plain)

    def _is_plain(self, row: Row) -> bool:
        """Whether a new row needs nothing but to be written down; what needs more is done here."""
        husk = self._reader.record(row.table, row.uuid)
        if row.table == "feedback" and self._office.role == "county":
            self._feedback(row, husk)
        elif row.table == "attachment" and not self._has_bytes(row):
            self._taken.flagged.append(f"附件“{row.text('name')}”没有随包送到")
        elif husk is not None:
            self._write(husk, row, deleted_at=None)
        elif row.table == "unit":
            self._add_one(row)
        else:
            return True
        return False

    def _add(self, rows: list[Row]) -> None:
        if not rows:
            return
        cls = RECORDS[rows[0].table]
        more = {"local_status": str(LocalStatus.EMPTY)} if cls is Finding else {}
        written = [self._reader.values(row) | _identity(row) | more for row in rows]
        for row, id_ in zip(rows, self._work.bulk_add(cls, written), strict=True):
            self._reader.know_id(row.table, row.uuid, id_)

    def _add_one(self, row: Row) -> None:
        """Units name each other, so that each must be known before the next."""
        cls = RECORDS[row.table]
        self._reader.know(self._work.add(cls(**records.defaults(cls) | self._reader.values(row) | _identity(row))))

    def _has_bytes(self, row: Row) -> bool:
        return attachments.path_of(self._work.workspace.store.folder, row.text("sha256")).is_file()

    def _feedback(self, row: Row, husk: Record | None) -> None:
        """A round of the unit's, through the same step as if it were typed here."""
        if husk is not None:  # An import that was undone: its remains keep their text, not their identity.
            self._work.set(husk, uuid=new_uuid())
            self._work.session.flush()
        given = self._reader.values(row) | _identity(row) | {"evidence": self._files[row.uuid]}
        finding = self._work.get(Finding, given["finding_id"])
        given["in_round"] = self._rounds[finding.id]
        unit = self._plan.peer.unit_id if self._plan.peer else None
        why = f"现为“{finding.status}”，"
        try:
            if unit in (finding.unit_id, finding.department_id):
                due = findings.take_feedback(self._work, finding, given, "unit")
            else:
                due, why = False, "已改派给其他单位，"
                findings.write_feedback(self._work, finding, given, unexpected=True)
        except Refusal as refusal:
            due, why = False, refusal.sentence
            findings.write_feedback(self._work, finding, given, unexpected=True)
        if not due:
            self._taken.flagged.append(f"{finding.serial}：{why}反馈已存下，未改变状态")

    def _change(self, item: Item) -> None:
        row = item.row
        record = self._work.get(RECORDS[row.table], item.local_id)
        if row.table == "plan" and record.uuid != row.uuid:
            self._work.set(record, deleted_at=self._work.workspace.now)
            self._add([row])
        else:
            self._write(record, row)

    def _write(self, record: Record, row: Row, **more: Any) -> None:
        self._work.set(record, **self._reader.values(row), **_identity(row), **more)
        self._reader.know(record)

    def _pair(self) -> Peer:
        """The sender as this office knows it from now on."""
        plan, sender = self._plan, self._plan.manifest.sender
        if plan.peer is None:
            values = {"name": sender.name, "role": sender.role, "uuid": plan.manifest.pairing_id}
            kept = self._work.add(Peer(**records.defaults(Peer) | values))
        else:
            kept = self._work.get(Peer, plan.peer.id)
        changes: dict[str, Any] = {"uuid": plan.manifest.pairing_id, "office_uuid": sender.uuid, "key": plan.key}
        settings = {**kept.settings, "kept": {**kept.settings.get("kept", {}), **self._kept}}
        if plan.age != "older":
            past = dict.fromkeys([*kept.settings.get("past_epochs", ()), *sender.past_epochs])
            changes["epoch"] = sender.epoch
            settings["past_epochs"] = [epoch for epoch in past if epoch != sender.epoch]
            changes["last_received_batch"] = self._batch(kept)
        if plan.age == "newer":
            settings["past_epochs"] = list(dict.fromkeys([*settings["past_epochs"], kept.epoch]))
            settings["renewed_at"] = self._work.workspace.now.isoformat()
        self._work.set(kept, **changes, settings=settings, paired_at=kept.paired_at or self._work.workspace.now)
        return kept

    def _batch(self, peer: Peer) -> int:
        """The newest package with records; receipts carry none and make nothing stale."""
        batch = 0 if self._plan.manifest.kind == "receipt" else self._plan.manifest.batch
        fresh = self._plan.age == "newer" or peer.uuid != self._plan.manifest.pairing_id
        return batch if fresh else max(peer.last_received_batch, batch)

    def _stand(self) -> None:
        content, work = self._plan.content, self._work
        work.session.flush()
        unit_state.confirm(work, content.held, renewed=self._plan.age == "newer")
        if self._plan.manifest.kind == "task" and not self._plan.stale:
            unit_state.settle(work, {row.uuid for row in content.rows if row.table == "finding"})

    def _confirm(self, ack: Ack, peer: Peer) -> None:
        """A receipt: the other side took one of our packages in."""
        session = self._work.session
        sent = session.scalars(select(Package).where(Package.uuid == ack.package)).first()
        if sent is None or sent.peer_id != peer.id or sent.direction != "sent":
            return
        if session.scalar(select(Receipt.id).where(Receipt.package_id == sent.id)) is None:
            values = {"package_id": sent.id, "peer_id": peer.id, "kind": "已导入", "summary": {"at": ack.at}}
            self._work.add(Receipt(**records.defaults(Receipt) | values | {"received_at": self._work.workspace.now}))

    def _register(self, peer: Peer) -> None:
        self._taken.peer_id = peer.id
        manifest = self._plan.manifest
        known = self._work.session.scalars(select(Package).where(Package.uuid == manifest.id)).first()
        package = known or Package(**records.defaults(Package) | {"uuid": manifest.id})
        if known is None or known.deleted_at is not None:
            self._work.set(
                package, peer_id=peer.id, kind=manifest.kind, direction="received", batch=manifest.batch,
                sha256=self._plan.opened.fingerprint, file_name=self._plan.opened.path.name, deleted_at=None,
                handled_at=self._work.workspace.now, made_at=manifest.made_at,
                summary={"counts": self._plan.counts, "flagged": self._taken.flagged},
            )  # fmt: skip
        self._taken.package_id = self._work.add(package).id


def _identity(row: Row) -> dict[str, Any]:
    return {"uuid": row.uuid, "origin": row.origin, "base_version": row.version}

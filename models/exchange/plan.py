"""What a package would do: every record sorted before anything is written."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.actions.work import Desk
from models.errors import Refusal
from models.exchange import container, pairing
from models.exchange.container import Manifest, Opened
from models.exchange.content import FROM_COUNTY, FROM_UNIT, Content, Reader, Row, Writer, decode
from models.queries import history
from models.records import RECORDS, Feedback, Finding, Package, Peer, Record, Transfer, fields_of

Sort = Literal["new", "changed", "same", "conflicting", "foreign"]
Age = Literal["present", "newer", "older"]
NAMES: dict[Sort, str] = {
    "new": "新增", "changed": "更新", "same": "相同", "conflicting": "冲突", "foreign": "不属于本单位",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which both sides disagree, in words."""

    label: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a package and what would become of it."""

    row: Row
    sort: Sort
    title: str
    why: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A package, opened and sorted. ``repeated`` says that it was taken in before."""

    opened: Opened
    content: Content
    peer: Peer | None
    key: bytes
    sha256: str
    repeated: bool
    age: Age
    items: tuple[Item, ...] = field(default=())

    @property
    def manifest(self) -> Manifest:
        """What the package says of itself."""
        return self.opened.manifest

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each sort."""
        counted = Counter(item.sort for item in self.items)
        return {sort: counted[sort] for sort in NAMES}


class WantsPairing(Refusal):
    """The county made a new key: the clerk confirms by telephone before it is believed."""


def read(desk: Desk, path: Path, *, passphrase: str = "", pair_anew: bool = False) -> Plan:
    """Open a package, prove it, and sort what it holds; writes nothing.

    Raises:
        WantsPairing: it carries another key than the one known; ask, then call with ``pair_anew``.
        Refusal: it is damaged, foreign, too new, tampered with, or the passphrase is wrong.
    """
    manifest = container.look(path)
    with desk.reading() as session:
        mine = pairing.me(session)
        peer = pairing.sender_of(session, manifest)
        pairing.check_addressed(mine, manifest, peer)
        opened, key = _open(path, manifest, peer, passphrase, pair_anew)
        content = _content(opened, mine.office.role)
        sha256 = _sha256(path)
        known = select(Package.id).where(Package.uuid == manifest.id, Package.direction == "received")
        repeated = session.scalar(known) is not None
        age = _age(manifest, peer)
        sorter = _Sorter(session, peer, age, mine.office.role, content)
        items = tuple(sorter.item(row) for row in content.rows)
    return Plan(opened, content, peer, key, sha256, repeated, age, items)


def _open(path: Path, manifest: Manifest, peer: Peer | None, passphrase: str, pair_anew: bool) -> tuple[Opened, bytes]:
    carried = None
    if peer is None or pair_anew:
        carried = container.pairing_key_in(path, manifest, passphrase)
        if carried is None:
            raise Refusal(f"“{path.name}”里没有配对信息，请对方重新制作任务包。")
        return container.open_with(path, carried, passphrase), carried
    key = pairing.key_of(peer)
    try:
        return container.open_with(path, key, passphrase), key
    except Refusal:
        if peer.role == "county" and manifest.lock.pairing:
            sentence = f"“{manifest.sender.name}”要求重新配对。请电话核实后再确认导入。"
            raise WantsPairing(sentence) from None
        raise


def _content(opened: Opened, role: str) -> Content:
    try:
        content = decode(opened.records())
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        raise container.damaged(opened.path) from error
    lawful = FROM_UNIT if role == "county" else FROM_COUNTY
    if any(row.table not in lawful for row in content.rows):
        raise container.damaged(opened.path)
    return content


def _sha256(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _age(manifest: Manifest, peer: Peer | None) -> Age:
    """Whether the sender has restored a backup since, or the package is from before it did."""
    if peer is None or not peer.epoch or peer.epoch == manifest.sender.epoch:
        return "present"
    past = peer.settings.get("past_epochs", ())
    return "older" if manifest.sender.epoch in past else "newer"


class _Sorter:
    """Sorts rows one by one against what this office holds."""

    def __init__(self, session: Session, peer: Peer | None, age: Age, role: str, content: Content) -> None:
        self._session = session
        self._peer = peer
        self._age = age
        self._role = role
        self._reader = Reader(session)
        self._writer = Writer(session)
        self._coming = {row.uuid for row in content.rows}

    def item(self, row: Row) -> Item:
        """The row with its sort."""
        why = self._foreign(row) if self._role == "county" else ""
        if why:
            return Item(row, "foreign", _title(row), why)
        local = self._reader.record(row.table, row.uuid)
        if local is None:
            return Item(row, "new", self._titled(row))
        differences = self._differences(row, self._writer.row(local))
        if not differences:
            return Item(row, "same", self._titled(row))
        return self._known(row, local, differences)

    def _known(self, row: Row, local: Record, differences: tuple[Difference, ...]) -> Item:
        if self._age == "older" or (self._age == "present" and row.version < local.base_version):
            return Item(row, "same", self._titled(row), "对方已有更新的内容，以更新的为准")
        if self._age == "newer" or row.version > local.base_version:
            if isinstance(local, Feedback) and self._role == "county":
                return Item(row, "conflicting", self._titled(row), "已收过的反馈内容不同", differences)
            return Item(row, "changed", self._titled(row), "", differences)
        return Item(row, "conflicting", self._titled(row), "同一版本内容不同", differences)

    def _foreign(self, row: Row) -> str:
        if row.table == "attachment":
            owner = str(row.values.get("owner_uuid"))
            known = owner in self._coming or self._reader.record("feedback", owner) is not None
            return "" if known else "附件所属的反馈不在本县"
        finding = self._reader.record("finding", str(row.values.get("finding_id")))
        if not isinstance(finding, Finding):
            return "问题不在本县台账"
        unit = self._peer.unit_id if self._peer else None
        if unit in (finding.unit_id, finding.department_id):
            return ""
        moved = select(Transfer.id).where(Transfer.finding_id == finding.id, Transfer.from_unit_id == unit)
        return "问题已改派给其他单位" if self._session.scalar(moved) else "问题不由该单位负责"

    def _differences(self, row: Row, mine: Row) -> tuple[Difference, ...]:
        declared = fields_of(RECORDS[row.table])
        found = []
        for name, theirs in row.values.items():
            ours = mine.values.get(name)
            if ours == theirs or name not in declared or self._unknown_here(name, theirs, row.table):
                continue
            shown = [self._shown(name, value, row.table) for value in (ours, theirs)]
            found.append(Difference(declared[name].label, *shown))
        return tuple(found)

    def _unknown_here(self, name: str, theirs: object, table: str) -> bool:
        """Whether a reference cannot be resolved here and so can be no difference."""
        declared = fields_of(RECORDS[table])[name]
        return declared.kind == "ref" and bool(theirs) and self._reader.id_of(declared.target, str(theirs)) is None

    def _shown(self, name: str, value: object, table: str) -> str:
        declared = fields_of(RECORDS[table])[name]
        if declared.kind == "ref":
            record = self._reader.record(declared.target, str(value)) if value else None
            return record.title if record else "（空）"
        return history.in_words(self._session, declared, value)

    def _titled(self, row: Row) -> str:
        finding = row.values.get("finding_id")
        record = self._reader.record("finding", str(finding)) if finding else None
        return f"{record.title} {RECORDS[row.table].noun}" if record else _title(row)


def _title(row: Row) -> str:
    name = next((str(row.values[n]) for n in ("serial", "name") if row.values.get(n)), "")
    return name or RECORDS[row.table].noun


def owed(session: Session, peer: Peer) -> int:
    """How many handed-over problems of a unit still wait for a feedback (谁还欠)."""
    theirs = or_(Finding.unit_id == peer.unit_id, Finding.department_id == peer.unit_id)
    where = (theirs, Finding.status.in_(("已交办", "整改中", "退回重改")), Finding.deleted_at.is_(None))
    return len(session.scalars(select(Finding.id).where(*where)).all())

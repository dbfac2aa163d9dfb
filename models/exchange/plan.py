"""What a package would do: every record sorted before anything is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.text.file_names import why_barred
from models.errors import Refusal
from models.exchange import container, pairing
from models.exchange.container import Opened
from models.exchange.content import Content, Row, decode
from models.exchange.manifest import Kind, Manifest
from models.exchange.pairing import Me
from models.exchange.rows import Reader, Writer, some
from models.queries.facts import history
from models.records import (  # fmt: skip
    RECORDS,
    Attachment,
    Campaign,
    Finding,
    Package,
    Peer,
    Record,
    Transfer,
    Unit,
    fields_of,
)
from models.records import Plan as UnitPlan
from models.services.unit_of_work import Workspace
from models.storage.garbage_collection import uncollected

Sort = Literal["new", "changed", "same", "conflicting", "foreign", "barred"]
Age = Literal["present", "newer", "older"]
NAMES: dict[Sort, str] = {
    "new": "新增", "changed": "更新", "same": "相同", "conflicting": "冲突", "foreign": "不属于本单位",
    "barred": "不收的附件",
}  # fmt: skip
LAWFUL: dict[str, tuple[Kind, ...]] = {"county": ("return", "receipt"), "unit": ("task", "receipt")}
"""By the role of who receives, the kinds of package it may be sent."""
MOMENTARY = {"feedback": frozenset({"submitted_at", "submitted_by"})}
"""Fields that make no difference by themselves: a package written twice stamps them twice."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which both sides disagree, in words."""

    label: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a package and what would become of it.

    ``local_id`` is the record here that it is held against, 0 for none.
    """

    row: Row
    sort: Sort
    title: str
    why: str = ""
    differences: tuple[Difference, ...] = ()
    local_id: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A package, opened and sorted.

    ``repeated`` says that it was taken in before; ``stale`` that a later one of the sender's was,
    so that only what is never rewritten (feedback, files) still counts.
    """

    opened: Opened
    content: Content
    peer: Peer | None
    key: bytes
    repeated: bool
    age: Age
    stale: bool
    items: tuple[Item, ...] = field(default=())

    @property
    def manifest(self) -> Manifest:
        """What the package says of itself."""
        return self.opened.manifest

    @property
    def counts(self) -> dict[str, int]:
        """How many records of each sort."""
        return counted(self.items)


def counted(items: Iterable[Item]) -> dict[str, int]:
    """How many there are of each sort; what is barred is named only where there is any."""
    found = Counter(item.sort for item in items)
    return {sort: found[sort] for sort in NAMES if sort != "barred" or found[sort]}


class WantsPairing(Refusal):
    """The county made a new key: the clerk confirms by telephone before it is believed."""


@uncollected()
def read(workspace: Workspace, path: Path, *, passphrase: str = "", pair_anew: bool = False) -> Plan:
    """Open a package, prove it, and sort what it holds; writes nothing.

    Raises:
        WantsPairing: it carries another key than the one known; ask, then call with ``pair_anew``.
        Refusal: it is damaged, foreign, too new, tampered with, or the passphrase is wrong.
    """
    manifest = container.look(path)
    with workspace.reading() as session:
        mine = pairing.me(session)
        peer = pairing.sender_of(session, mine, manifest)
        pairing.check_addressed(session, mine, manifest, peer)
        opened, key = _open(path, manifest, peer, passphrase, pair_anew)
        content = _content(opened, mine.office.role)
        known = (Package.uuid == manifest.id, Package.direction == "received", Package.deleted_at.is_(None))
        repeated = session.scalar(select(Package.id).where(*known)) is not None
        age = _age(manifest, peer)
        stale = age == "older" or (age == "present" and _overtaken(manifest, peer))
        plan = Plan(opened, content, peer, key, repeated, age, stale)
        items = _Sorter(session, mine, plan).items()
    return Plan(opened, content, peer, key, repeated, age, stale, items)


def _open(path: Path, manifest: Manifest, peer: Peer | None, passphrase: str, pair_anew: bool) -> tuple[Opened, bytes]:
    if peer is None or pair_anew:
        key = container.pairing_key_in(path, manifest, passphrase)
        if key is None:
            raise Refusal(f"“{path.name}”里没有配对信息，请县里“重新配对”后再发一次任务包。")
    else:
        key = pairing.key_of(peer)
    try:
        opened = container.open_with(path, key, passphrase)
    except Refusal:
        asks = peer is not None and peer.role == "county" and manifest.lock.pairing and not pair_anew
        if asks and container.pairing_key_in(path, manifest, passphrase) != key:
            sentence = f"“{pairing.spoken(manifest.sender.name)}”要求重新配对。请电话核实后再确认导入。"
            raise WantsPairing(sentence) from None
        raise
    if opened.manifest != manifest:
        raise container.damaged(path)
    return opened, key


def _content(opened: Opened, role: str) -> Content:
    try:
        content = decode(opened.records(), role)
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        raise container.damaged(opened.path) from error
    kind = opened.manifest.kind
    if kind not in LAWFUL[role] or (kind == "receipt" and content.rows):
        raise container.damaged(opened.path)
    return content


def _age(manifest: Manifest, peer: Peer | None) -> Age:
    """Whether the sender has restored a backup since, or the package is from before it did."""
    if peer is None or not peer.epoch or peer.epoch == manifest.sender.epoch:
        return "present"
    return "older" if manifest.sender.epoch in peer.settings.get("past_epochs", ()) else "newer"


def _overtaken(manifest: Manifest, peer: Peer | None) -> bool:
    """Whether a later package of this sender's was taken in; a new pairing counts anew."""
    same = peer is not None and peer.uuid == manifest.pairing_id
    return same and peer is not None and manifest.batch < peer.last_received_batch


class _Sorter:
    """Sorts rows against what this office holds.

    Who owns a field decides, not versions: the county's word on its fields and the unit's on its
    plans is what its latest package says. Feedback is never rewritten, so there, and where the
    county wrote a plan on the unit's behalf, the clerk decides.
    """

    def __init__(self, session: Session, mine: Me, plan: Plan) -> None:
        self._session = session
        self._mine = mine
        self._plan = plan
        self._rows = {(row.table, row.uuid): row for row in plan.content.rows}
        self._reader = Reader(session, plan.content.rows)
        self._kept = plan.peer.settings.get("kept", {}) if plan.peer else {}
        self._foreign: dict[tuple[str, str], str] = {}
        self._sent: set[str] | None = None
        self._on_behalf = self._plans_on_behalf() if mine.office.role == "county" else {}

    def items(self) -> tuple[Item, ...]:
        """Every row with its sort."""
        for key, row in self._rows.items():
            if why := self._why_foreign(row):
                self._foreign[key] = why
        partners = {row.uuid: self._partner(row) for row in self._rows.values()}
        known = Writer(self._session).rows(p for p in partners.values() if p is not None)
        ours = {(row.table, row.uuid): row for row in known}
        return tuple(self._item(row, partners[row.uuid], ours) for row in self._rows.values())

    def _item(self, row: Row, partner: Record | None, ours: dict[tuple[str, str], Row]) -> Item:
        title = self._title(row)
        if why := self._foreign.get((row.table, row.uuid)):
            return Item(row, "foreign", title, why)
        if row.table == "attachment" and (why := why_barred(row.text("name"))):
            return Item(row, "barred", title, why)
        if partner is None:
            skipped = self._plan.stale and row.table not in ("feedback", "attachment")
            return Item(row, "same", title, _LATER) if skipped else Item(row, "new", title)
        differences = self._differences(row, ours[row.table, partner.uuid])
        renamed = partner.uuid != row.uuid
        sort, why = self._clash(row, renamed=renamed) if differences or renamed else ("same", "")
        shown = () if sort == "same" else differences
        return Item(row, sort, title, why, shown, partner.id)

    def _clash(self, row: Row, *, renamed: bool) -> tuple[Sort, str]:
        """The sort of a row that says something else than what is here."""
        if self._plan.stale:
            return "same", _LATER
        if self._kept.get(row.uuid) == row.digest:
            return "same", "上次已决定保留本机内容"
        if row.table == "feedback":
            return "conflicting", "已收过的反馈内容不同"
        if row.table == "plan" and renamed:
            return "conflicting", "本县已代填整改计划"
        return "changed", "与本机已有的合为一条" if renamed else ""

    def _partner(self, row: Row) -> Record | None:
        """The record here that a row is held against: the same one, or one that stands for it."""
        found = self._reader.live(row.table, row.uuid)
        if found is not None or self._reader.record(row.table, row.uuid) is not None:
            return found
        if row.table == "plan":
            return self._on_behalf.get(row.text("finding_id"))
        if row.table == "unit" and row.uuid == self._plan.content.you:
            return self._session.get(Unit, self._mine.office.unit_id or 0)
        if row.table == "campaign":
            alike = (Campaign.name == row.text("name"), Campaign.base_version == 0)
            return self._session.scalars(select(Campaign).where(*alike, Campaign.deleted_at.is_(None))).first()
        return None

    def _plans_on_behalf(self) -> dict[str, UnitPlan]:
        """The plans the county itself wrote, by the UUID of their finding."""
        found: dict[str, UnitPlan] = {}
        wanted = {row.text("finding_id") for row in self._rows.values() if row.table == "plan"}
        query = select(Finding.uuid, UnitPlan).join(Finding, Finding.id == UnitPlan.finding_id)
        mine = (UnitPlan.base_version == 0, UnitPlan.deleted_at.is_(None))
        for handful in some(wanted):
            found.update(
                (uuid, plan) for uuid, plan in self._session.execute(query.where(*mine, Finding.uuid.in_(handful)))
            )
        return found

    def _why_foreign(self, row: Row) -> str:
        """Why a row is not this office's business; empty where it is."""
        if row.table == "attachment":
            return self._stray_file(row)
        if self._mine.office.role == "unit":
            own = self._reader.record(row.table, row.uuid)
            return "本单位自查的问题" if isinstance(own, Finding) and own.self_found else ""
        held = self._reader.record(row.table, row.uuid)
        if row.origin != self._plan.manifest.sender.uuid or (held is not None and held.origin != row.origin):
            return "不是该单位填写的"
        finding = self._reader.live("finding", row.text("finding_id"))
        if not isinstance(finding, Finding):
            return "问题不在本县台账"
        moved = held is not None and getattr(held, "finding_id", None) != finding.id
        unit = self._plan.peer.unit_id if self._plan.peer else None
        answers = unit in (finding.unit_id, finding.department_id) or finding.uuid in self._once_theirs(unit)
        return "" if answers and not moved else "问题不由该单位负责"

    def _stray_file(self, row: Row) -> str:
        table, owner = row.text("owner_table"), row.text("owner_uuid")
        held, sender = self._reader.live(table, owner), self._plan.manifest.sender
        theirs = held is not None and (sender.role == "county" or held.origin == sender.uuid)
        skipped = table == "finding" and self._plan.stale
        coming = (table, owner) in self._rows and (table, owner) not in self._foreign and not skipped
        if not theirs and not coming:
            return "附件所属的记录不在本机"
        known = self._reader.record("attachment", row.uuid)
        strange = isinstance(known, Attachment) and known.owner_uuid != owner
        return "附件属于别的记录" if strange else ""

    def _once_theirs(self, unit: int | None) -> set[str]:
        """The findings this unit was sent or answered for before they went to another."""
        if self._sent is None:
            moved = select(Finding.uuid).join(Transfer, Transfer.finding_id == Finding.id)
            self._sent = set(self._session.scalars(moved.where(Transfer.from_unit_id == unit)))
            sent = (Package.peer_id == (self._plan.peer.id if self._plan.peer else 0), Package.direction == "sent")
            for summary in self._session.scalars(select(Package.summary).where(*sent)):
                self._sent.update(summary.get("findings", ()))
        return self._sent

    def _differences(self, row: Row, mine: Row) -> tuple[Difference, ...]:
        declared = fields_of(RECORDS[row.table])
        found = []
        for name, theirs in row.values.items():
            ours = mine.values.get(name)
            if ours == theirs or name in MOMENTARY.get(row.table, ()) or self._unknown_here(row.table, name, theirs):
                continue
            shown = [self._shown(row.table, name, value) for value in (ours, theirs)]
            found.append(Difference(declared[name].label, *shown))
        return tuple(found)

    def _unknown_here(self, table: str, name: str, theirs: object) -> bool:
        """Whether a reference cannot be resolved here and so can be no difference."""
        declared = fields_of(RECORDS[table])[name]
        if declared.kind != "ref" or not theirs:
            return False
        return not self._reader.knows(declared.target, str(theirs)) and (declared.target, theirs) not in self._rows

    def _shown(self, table: str, name: str, value: object) -> str:
        declared = fields_of(RECORDS[table])[name]
        if declared.kind != "ref":
            return history.in_words(self._session, declared, value)
        record = self._reader.record(declared.target, str(value))
        coming = self._rows.get((declared.target, str(value)))
        return record.title if record else self._title(coming) if coming else "（空）"

    def _title(self, row: Row) -> str:
        noun = RECORDS[row.table].noun
        name = row.text("serial") or row.text("name")
        about = row.text("finding_id") or row.text("owner_uuid")
        record = self._reader.record("finding", about)
        coming = self._rows.get(("finding", about))
        finding = record.title if record else coming.text("serial") if coming else ""
        if not finding:
            return name or noun
        return f"{finding} {noun}" + (f"“{name}”" if name else "")


_LATER = "对方已有更新的内容，以更新的为准"

"""Who owes: by office on the other side, what was sent, opened, answered and is late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.domain.findings.lifecycle import AT_UNIT, ENDED, Status
from models.records import Extension, Feedback, Finding, Package, Peer, Plan, Receipt, Unit


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit, and how things stand with it.

    Attributes:
        peer_id: 0 while nothing was ever sent.
        sent_at: when the last task package was made.
        opened: whether a receipt for it came; None while nothing was sent.
        answered_at: when the last answer was taken in.
        owed: problems that wait for the unit's word.
        late: those of them past their deadline.
        unsent: those of them that were in no package yet, or were returned to the unit since the last one.
        advice: what to do about it; empty where nothing is.
    """

    unit_id: int
    unit: str
    peer_id: int
    sent_at: dt.datetime | None
    opened: bool | None
    answered_at: dt.datetime | None
    owed: int
    late: int
    unsent: int
    advice: str

    @property
    def resend(self) -> bool:
        """Whether a package should go out (again)."""
        return bool(self.advice)


def standings(session: Session, today: dt.date, *, patience: int = 3) -> list[UnitProgress]:
    """Every unit that was handed a problem, in the units' order.

    Args:
        session: to read with.
        today: the day deadlines are held against.
        patience: days a package may stay unopened before it counts as lost.
    """
    owed = _owed(session)
    peers = {p.unit_id: p for p in session.scalars(select(Peer).where(Peer.role == "unit", Peer.deleted_at.is_(None)))}
    ids = {i for i in (*owed, *(k for k, p in peers.items() if p.last_sent_batch)) if i}
    units = session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.rank.is_(None), Unit.rank, Unit.id))
    limits = (today, today - dt.timedelta(days=patience))
    return [_progress_of_unit(session, unit, peers.get(unit.id), owed.get(unit.id, []), limits) for unit in units]


@dataclass(frozen=True, slots=True)
class _Debt:
    """A problem a unit owes a word on; ``returned_at`` where its last answer went back."""

    uuid: str
    deadline: dt.date | None
    returned_at: dt.datetime | None

    def untold(self, sent: Package | None) -> bool:
        """Whether the unit cannot know of it by the last package."""
        if sent is None or self.uuid not in sent.summary.get("findings", ()):
            return True
        return self.returned_at is not None and sent.made_at is not None and self.returned_at > sent.made_at


def _owed(session: Session) -> dict[int, list[_Debt]]:
    """By unit, the problems it owes a word on."""
    found: dict[int, list[_Debt]] = {}
    where = (Finding.status.in_(AT_UNIT), Finding.deleted_at.is_(None), Finding.self_found.is_(False))
    columns = (
        Finding.uuid,
        Finding.deadline,
        Finding.status,
        Finding.updated_at,
        Finding.unit_id,
        Finding.department_id,
    )
    for uuid, deadline, status, written, *answering in session.execute(select(*columns).where(*where)):
        debt = _Debt(uuid, deadline, written if status == Status.RETURNED else None)
        for unit_id in {i for i in answering if i}:
            found.setdefault(unit_id, []).append(debt)
    return found


def _progress_of_unit(
    session: Session,
    unit: Unit,
    peer: Peer | None,
    owed: Sequence[_Debt],
    limits: tuple[dt.date, dt.date],
) -> UnitProgress:
    """``limits`` are today, and the day from before which an unopened package counts as lost."""
    sent = _last(session, peer, "sent")
    answered = _last(session, peer, "received")
    opened = bool(session.scalar(select(Receipt.id).where(Receipt.package_id == sent.id))) if sent else None
    late = sum(debt.deadline is not None and debt.deadline < limits[0] for debt in owed)
    unsent = sum(debt.untold(sent) for debt in owed)
    advice = _advice(peer, sent, unsent, opened=opened, lost=limits[1]) or _news(session, unit, sent)
    return UnitProgress(
        unit.id, unit.name, peer.id if peer else 0, sent.made_at if sent else None, opened,
        answered.handled_at if answered else None, len(owed), late, unsent, advice,
    )  # fmt: skip


def _last(session: Session, peer: Peer | None, direction: str) -> Package | None:
    if peer is None:
        return None
    kinds = ("task", "sheet") if direction == "sent" else ("return", "sheet")
    where = (Package.peer_id == peer.id, Package.direction == direction, Package.kind.in_(kinds))
    return session.scalars(
        select(Package).where(*where, Package.deleted_at.is_(None)).order_by(Package.id.desc())
    ).first()


def _advice(peer: Peer | None, sent: Package | None, unsent: int, *, opened: bool | None, lost: dt.date) -> str:
    if sent is None:
        return "还没有发过任务包" if unsent else ""
    renewed = (peer.settings.get("renewed_at") if peer else None) or ""
    if sent.made_at is not None and renewed > sent.made_at.isoformat():
        return "对方恢复过备份，请重发任务包"
    if unsent:
        return f"有 {unsent} 个问题还没有发出"
    if not opened and sent.made_at is not None and sent.made_at.date() <= lost:
        return "没有回执，可能没有收到，请重发"
    return ""


def _news(session: Session, unit: Unit, sent: Package | None) -> str:
    """What ended, or was given more time, since the last package: the unit still waits for a word on it."""
    if sent is None or sent.made_at is None:
        return ""
    theirs = or_(Finding.unit_id == unit.id, Finding.department_id == unit.id)
    alive = (Finding.deleted_at.is_(None), Finding.self_found.is_(False))
    query = select(func.count(Finding.id)).where(theirs, *alive)
    ended = session.scalar(
        query.where(Finding.status.in_(ENDED), Finding.updated_at > sent.made_at, Finding.handed_on.is_not(None))
    )
    if ended:
        return f"有 {ended} 个问题已有结果，还没有告知"
    longer = select(Extension.finding_id).where(Extension.deleted_at.is_(None), Extension.updated_at > sent.made_at)
    extended = session.scalar(query.where(Finding.status.in_(AT_UNIT), Finding.id.in_(longer)))
    return f"有 {extended} 个问题已延期，还没有告知" if extended else ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """At the unit: what has not reached the county for certain."""

    unsent: int
    unconfirmed: int
    last_sent_at: dt.datetime | None
    received: bool = True
    plans: int = 0


def waiting(session: Session) -> Waiting:
    """How many feedbacks and plans are still to be sent, and how many feedbacks were sent without a word back."""
    mine = (Feedback.deleted_at.is_(None), Feedback.arrived.is_(False), Finding.self_found.is_(False))
    query = select(func.count()).select_from(Feedback).join(Finding, Finding.id == Feedback.finding_id).where(*mine)
    sent = (Package.direction == "sent", Package.kind == "return", Package.deleted_at.is_(None))
    return Waiting(
        session.scalar(query.where(Feedback.sent_batch == 0)) or 0,
        session.scalar(query.where(Feedback.sent_batch > 0)) or 0,
        session.scalar(select(func.max(Package.made_at)).where(*sent)),
        session.scalar(select(Finding.id).where(Finding.self_found.is_(False)).limit(1)) is not None,
        _plans_unsent(session),
    )


def _plans_unsent(session: Session) -> int:
    """Plans that the last return package did not carry as they stand now."""
    sent = (Package.direction == "sent", Package.kind == "return", Package.deleted_at.is_(None))
    last = session.scalars(select(Package.summary).where(*sent).order_by(Package.id.desc())).first() or {}
    told = last.get("plans", {})
    mine = (Plan.deleted_at.is_(None), Finding.self_found.is_(False))
    query = select(Plan.uuid, Plan.version).join(Finding, Finding.id == Plan.finding_id).where(*mine)
    return sum(told.get(uuid) != version for uuid, version in session.execute(query))


def history(session: Session, peer_id: int) -> list[tuple[Package, bool]]:
    """A peer's packages, newest first, each with whether a receipt came for it."""
    packages = session.scalars(
        select(Package).where(Package.peer_id == peer_id, Package.deleted_at.is_(None)).order_by(Package.id.desc())
    ).all()
    receipts = set(session.scalars(select(Receipt.package_id).where(Receipt.peer_id == peer_id)))
    return [(package, package.id in receipts) for package in packages]

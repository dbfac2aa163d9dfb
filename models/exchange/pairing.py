"""Which offices know each other, and by which key.

The county makes a key for each answering unit. It travels in the county's packages until the
unit's first answer proves that it arrived; a passphrase told by phone can wrap it.
"""

import re
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import Refusal
from models.exchange import sealing
from models.exchange.manifest import Lock, Manifest, Party
from models.records import Office, Peer, Unit
from models.services import records
from models.services.unit_of_work import UnitOfWork, Workspace

_BODY = re.compile(r"(?<=.)(人民政府|办事处|党委|党工委|委员会)$")


@dataclass(frozen=True, slots=True)
class Me:
    """This office as the other end sees it."""

    office: Office

    @property
    def party(self) -> Party:
        """The office as a package's sender or receiver."""
        mine = self.office
        past = tuple(mine.settings.get("past_epochs", ()))
        return Party(mine.uuid, mine.name, mine.role, mine.epoch, past, mine.short_name)


def me(session: Session) -> Me:
    """This office.

    Raises:
        Refusal: the first-run page was not answered yet.
    """
    office = session.scalars(select(Office)).first()
    if office is None:
        raise Refusal("请先填写本机构信息，再收发数据包。")
    return Me(office)


def peer_of_unit(work: UnitOfWork, unit: Unit) -> Peer:
    """The peer of an answering unit; made with a fresh key the first time (county)."""
    peer = known_peer(work.session, unit.id)
    if peer is None:
        values = {"name": unit.name, "unit_id": unit.id, "role": "unit", "key": sealing.new_key()}
        peer = records.add(work, Peer, values)
    return peer


def known_peer(session: Session, unit_id: int) -> Peer | None:
    """The peer of an answering unit, None while nothing was ever made for it."""
    return session.scalars(select(Peer).where(Peer.unit_id == unit_id, Peer.deleted_at.is_(None))).first()


def county(session: Session) -> Peer | None:
    """The county this unit answers to, None before the first task package."""
    return session.scalars(select(Peer).where(Peer.role == "county", Peer.deleted_at.is_(None))).first()


def receiver(session: Session, peer: Peer) -> Party:
    """A peer as the receiver of a package, by both of the names it may call itself."""
    unit = session.get(Unit, peer.unit_id or 0)
    short = unit.short_name if unit else ""
    return Party(peer.office_uuid, peer.name, peer.role, peer.epoch, (), short)


def pair_anew(workspace: Workspace, peer_id: int) -> None:
    """Forget the old key and make another: the next package pairs again (重新配对)."""
    with workspace.writing("重新配对") as work:
        peer = work.get(Peer, peer_id)
        work.set(peer, key=sealing.new_key(), paired_at=None, office_uuid="", epoch="", last_received_batch=0)


def lock_for(peer: Peer, package_id: str, passphrase: str) -> Lock:
    """How the next package to a peer is locked; it carries the key while pairing is not proven."""
    salt, key = sealing.new_salt(), key_of(peer)
    lock = Lock(sealing.to_text(salt))
    if passphrase:
        lock = Lock(lock.salt, passphrase=True, n=sealing.SCRYPT["n"], r=sealing.SCRYPT["r"], p=sealing.SCRYPT["p"])
    if peer.paired_at is not None or peer.role == "county":
        return lock
    carried = key
    if passphrase:
        carried = sealing.seal(sealing.stretched(passphrase, salt, lock.n, lock.r, lock.p), key, package_id.encode())
    return replace(lock, pairing=sealing.to_text(carried), wrapped=bool(passphrase))


def key_of(peer: Peer) -> bytes:
    """The pairing key shared with a peer.

    Raises:
        Refusal: there is none yet.
    """
    if not peer.key:
        raise Refusal(f"与“{peer.name}”还没有配对，请先导入对方发来的数据包。")
    return peer.key


def sender_of(session: Session, mine: Me, manifest: Manifest) -> Peer | None:
    """The peer a package claims to come from; None when it is nobody's known here.

    A county that restored a backup from before it knew this unit is still the same county.
    """
    alive = Peer.deleted_at.is_(None)
    peer = session.scalars(select(Peer).where(Peer.uuid == manifest.pairing_id, alive)).first()
    if peer is None and mine.office.role == "unit":
        known = county(session)
        return known if known is not None and known.office_uuid == manifest.sender.uuid else None
    return peer


def check_addressed(session: Session, mine: Me, manifest: Manifest, peer: Peer | None) -> None:
    """Whether the package is for this office and from one it answers to.

    Raises:
        Refusal: it is another office's.
    """
    sender, whom = spoken(manifest.sender.name), spoken(manifest.receiver.name)
    wanted = "unit" if mine.office.role == "county" else "county"
    if manifest.sender.role != wanted or manifest.sender.uuid == mine.office.uuid:
        raise Refusal(f"这个数据包由“{sender}”发给“{whom}”，不是发给本单位的。")
    if not _is_addressed(mine, manifest.receiver):
        way_out = "请核对文件"
        if manifest.receiver.uuid:
            way_out = "如本单位已换电脑，请县里重新配对"
        elif county(session) is None:
            way_out = f"如“{whom}”就是本单位，请在“设置”里把单位简称改成它"
        raise Refusal(f"这个数据包是发给“{whom}”的，不是发给本单位的。{way_out}。")
    if peer is None and wanted == "unit":
        raise Refusal(f"“{sender}”不是本县配对的单位，没有导入。请核对文件，或给对方重新发任务包。")
    if peer is not None and peer.office_uuid not in ("", manifest.sender.uuid):
        raise Refusal(f"这个数据包自称来自“{sender}”，但与已配对的电脑不同。如已换电脑，请重新配对。")
    if peer is None and county(session) is not None:
        raise Refusal(f"本单位已与另一家县级机构配对，“{sender}”的数据包没有导入。")


def _is_addressed(mine: Me, receiver: Party) -> bool:
    """By its identity where that is known, else by either of its names, as two registers may write them."""
    if receiver.uuid:
        return receiver.uuid == mine.office.uuid
    own, county_name = mine.office, mine.office.county_name or ""
    names = {bare_name(one, county_name) for one in (own.name, own.short_name)}
    return bool(names & {bare_name(one, county_name) for one in (receiver.name, receiver.short_name)} - {""})


def bare_name(name: str, county_name: str) -> str:
    """An office's name without its county and without 人民政府 and the like: 云水县柳河镇人民政府 is 柳河镇."""
    plain = "".join(name.split()).removeprefix(county_name)
    return _BODY.sub("", plain.removeprefix(county_name[-1:]))


def spoken(name: str) -> str:
    """A name out of a file that is not proven yet, fit to stand in a sentence."""
    return " ".join("".join(c for c in name if c.isprintable()).split())[:40]

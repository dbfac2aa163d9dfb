"""What a package says of itself before it is opened: its ends, its lock, its members."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

Kind = Literal["task", "return", "receipt"]
Uuid = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Name = Annotated[str, msgspec.Meta(max_length=100)]
Number = Annotated[int, msgspec.Meta(ge=0, le=10**9)]
Text = Annotated[str, msgspec.Meta(max_length=1000)]
Moment = Annotated[dt.datetime, msgspec.Meta(tz=False)]


class Party(msgspec.Struct, frozen=True):
    """One end of a package. ``epoch`` changes when that office restored a backup."""

    uuid: Name = ""
    name: Name = ""
    role: Name = ""
    epoch: Name = ""
    past_epochs: tuple[Name, ...] = ()
    short_name: Name = ""


class Lock(msgspec.Struct, frozen=True):
    """How the package's key is come by.

    ``pairing`` is empty between paired offices. Before, it carries the pairing key: as it is
    when ``wrapped`` is False, sealed by the passphrase's key when True.
    """

    salt: Text
    passphrase: bool = False
    n: Number = 0
    r: Number = 0
    p: Number = 0
    pairing: Text = ""
    wrapped: bool = False


class Member(msgspec.Struct, frozen=True):
    """A sealed member: plain size in bytes, SHA-256 of the plain bytes."""

    name: Name
    size: Number
    sha256: Sha256


class Manifest(msgspec.Struct, frozen=True):
    """What a package says of itself, readable before it is opened, bound by its seal."""

    format: Number
    needs: Name
    kind: Kind
    id: Uuid
    pairing_id: Uuid
    sender: Party
    receiver: Party
    batch: Number
    made_at: Moment
    lock: Lock
    members: tuple[Member, ...] = ()

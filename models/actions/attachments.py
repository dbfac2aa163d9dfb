"""Files that belong to a record: evidence, site photos, signed scans."""

import datetime as dt
import hashlib
import io
import mimetypes
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import records
from models.actions.work import Desk, Done, Work
from models.errors import Refusal
from models.records import Attachment, Record
from models.store import attachments as files
from models.store import photos

LIMIT = 200 << 20
"""The largest file taken in, in bytes."""

Scale = Callable[[bytes], bytes]


def attach(
    desk: Desk,
    owner: Record,
    source: Path | bytes,
    name: str = "",
    *,
    role: str = "",
    taken_on: dt.date | None = None,
    description: str = "",
    scale: Scale | None = None,
) -> Done:
    """Keep a file and tie it to a record. A photo's position is taken out, its day is kept.

    ``scale`` makes a photo smaller before it is kept; the original's hash is noted either way.

    Raises:
        Refusal: the file cannot be read, is empty or too large, or the disk is full.
    """
    content, name = read(source, name)
    with desk.writing(f"添加附件“{name}”") as work:
        keep(work, owner, content, name, role=role, taken_on=taken_on, description=description, scale=scale)
    return work.done


def keep(
    work: Work,
    owner: Record,
    content: bytes,
    name: str,
    *,
    role: str = "",
    taken_on: dt.date | None = None,
    description: str = "",
    scale: Scale | None = None,
) -> Attachment:
    """``attach`` inside a deed that does more."""
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    original = hashlib.sha256(content).hexdigest()
    day = taken_on or photos.taken_on(content)
    if media_type.startswith("image/"):
        content = photos.without_position(scale(content) if scale else content)
    sha256, size = files.put(work.desk.store.folder, io.BytesIO(content))
    values = {
        "owner_table": owner.__tablename__, "owner_uuid": owner.uuid, "sha256": sha256, "original_sha256": original,
        "name": name, "media_type": media_type, "size": size, "taken_on": day, "role": role, "description": description,
    }  # fmt: skip
    return records.add(work, Attachment, values)


def of(session: Session, owners: Iterable[Record]) -> list[Attachment]:
    """The files of some records, in the order they were added."""
    uuids = [owner.uuid for owner in owners]
    query = select(Attachment).where(Attachment.owner_uuid.in_(uuids), Attachment.deleted_at.is_(None))
    return list(session.scalars(query.order_by(Attachment.id)))


def read(source: Path | bytes, name: str = "") -> tuple[bytes, str]:
    """A file's bytes and its name; bytes without a name are a pasted picture.

    Raises:
        Refusal: the file cannot be read, is empty or too large.
    """
    if isinstance(source, bytes):
        content, name = source, name or "粘贴的图片.png"
    else:
        name = name or source.name
        try:
            if source.stat().st_size > LIMIT:
                raise Refusal(f"“{name}”超过 200 MB，请压缩后再添加。")
            content = source.read_bytes()
        except OSError as error:
            raise Refusal(f"“{name}”读不出来，请确认文件还在、没有被其他程序打开。") from error
    if not content:
        raise Refusal(f"“{name}”是空文件，没有添加。")
    return content, name

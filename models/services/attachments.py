"""Files that belong to a record: evidence, site photos, signed scans."""

import datetime as dt
import hashlib
import io
import mimetypes
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.text import file_names
from models.errors import Refusal
from models.records import Attachment, Record
from models.services import records
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace
from models.storage import attachments as files
from models.storage import picture_metadata

LIMIT = 200 << 20
"""The largest file taken in, in bytes."""

Scale = Callable[[bytes], bytes]
"""Proves a picture by decoding it and makes it smaller where the office wants that.

Raises ``picture_metadata.PictureError``.
"""


def attach(
    workspace: Workspace,
    owner: Record,
    source: Path | bytes,
    name: str = "",
    *,
    role: str = "",
    taken_on: dt.date | None = None,
    description: str = "",
    scale: Scale | None = None,
) -> ChangeSet:
    """Keep a file and tie it to a record. A photo's position is taken out, its day is kept.

    ``scale`` makes a photo smaller before it is kept; the original's hash is noted either way.

    Raises:
        Refusal: the file cannot be read, is empty or too large, is a program or a picture that cannot be shown,
            or the disk is full.
    """
    content, name = read(source, name)
    shown = prepared(content, name, scale)
    with workspace.writing(f"添加附件“{shown.name}”") as work:
        keep(work, owner, shown, role=role, taken_on=taken_on, description=description)
    return work.done


def attach_all(workspace: Workspace, owner: Record, ready: Sequence["Prepared"], *, role: str = "") -> ChangeSet:
    """Keep several files at once, as one deed that is undone at once.

    Raises:
        Refusal: a name is too long, or the disk is full; none was kept.
    """
    deed = f"添加附件“{ready[0].name}”" if len(ready) == 1 else f"添加 {len(ready)} 个附件"
    with workspace.writing(deed) as work:
        for one in ready:
            keep(work, owner, one, role=role)
    return work.done


class Prepared(NamedTuple):
    """A file as it is kept: its own name and type, the original's hash, a photo's day."""

    content: bytes
    name: str
    media_type: str
    original_sha256: str
    taken_on: dt.date | None = None


def prepared(content: bytes, name: str, scale: Scale | None = None) -> Prepared:
    """A file made ready to be kept; needs no database, so that it may be done beside the screen's thread.

    A picture is what its bytes say; its position goes, its day is read before.

    Raises:
        Refusal: a program or a hidden one, a picture that is broken, too large, or of a format not shown.
    """
    name = file_names.mended(name)
    if why := file_names.why_barred(name, content):
        raise Refusal(f"“{name}”{why}，没有添加。请核实来源，改存为图片或 PDF 后再添加。")
    original = hashlib.sha256(content).hexdigest()
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if not picture_metadata.format_of(content) and not guessed.startswith("image/"):
        return Prepared(content, name, guessed, original)
    try:
        day = picture_metadata.taken_on(content)
        kept = picture_metadata.without_position(
            scale(picture_metadata.without_position(content)) if scale else content
        )
    except picture_metadata.PictureError as error:
        raise Refusal(_told(error, content, name)) from error
    before, after = picture_metadata.format_of(content), picture_metadata.format_of(kept)
    if before != after:
        name = f"{name.rpartition('.')[0] or name}.{picture_metadata.SUFFIXES[after]}"
    return Prepared(kept, name, picture_metadata.MEDIA_TYPES[after], original, day)


def _told(error: picture_metadata.PictureError, content: bytes, name: str) -> str:
    """What to do about a picture that cannot be kept."""
    kind = picture_metadata.format_of(content)
    if kind == "heic":
        way = "请在手机相机设置里选“兼容性最佳”，或另存为 JPG 后再添加。"
        return f"“{name}”是 HEIC 照片，这里不能显示，没有添加。{way}"
    if kind == "tiff":
        return f"“{name}”是 TIFF 图片，这里不能显示，没有添加。请另存为 JPG、PNG 或 PDF 后再添加。"
    if str(error) == "large":
        return f"“{name}”这张图片太大，没有添加。请缩小到 5000 万像素、64 MB 以内后再添加。"
    if not kind:
        return f"“{name}”不是能显示的图片，或已损坏，没有添加。请另存为 JPG 或 PNG 后再添加。"
    return f"“{name}”这张图片不完整或已损坏，没有添加。请重新拍摄、传送，或另存为 JPG 后再添加。"


def keep(
    work: UnitOfWork,
    owner: Record,
    file: Prepared,
    *,
    role: str = "",
    taken_on: dt.date | None = None,
    description: str = "",
) -> Attachment:
    """``attach`` inside a deed that does more."""
    sha256, size = files.put(work.workspace.store.folder, io.BytesIO(file.content))
    values = {
        "owner_table": owner.__tablename__, "owner_uuid": owner.uuid, "sha256": sha256, "size": size,
        "original_sha256": file.original_sha256, "name": file.name, "media_type": file.media_type,
        "taken_on": taken_on or file.taken_on, "role": role, "description": description,
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

"""What went out as Word, kept in the data folder: what comes back is held against the paper it was made from.

One small file for each paper, named by its token; the oldest go when there are too many.
"""

import datetime as dt
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from exporters.files import write_file
from models.errors import Refusal
from models.paper import marks
from models.paper.elements import Paper
from models.storage.attachments import path_of
from models.storage.connection import can_write
from models.storage.data_folder import DataFolder

FOLDER: Final = "sent"
MOST: Final = 300
"""Papers that are kept; an office sends out two hundred a year."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One paper that went out.

    Attributes:
        whole: the internal version.
        public: whether the public version went out.
        document: uuid of the draft or issued document; "" where there was none.
        options: what it was composed with.
    """

    whole: Paper
    public: bool = False
    document: str = ""
    options: dict[str, Any] = msgspec.field(default_factory=dict)


def export(
    folder: DataFolder, shown: Paper, target: Path, sent: Sent, *, stamp: str = "", at: dt.datetime | None = None
) -> None:
    """Write a paper as .docx or .pdf, and keep what it was made from for when it comes back.

    Args:
        folder: of the office's data.
        shown: the version that is written.
        target: the file to make or replace; its suffix says which.
        sent: the whole of it.
        stamp: as ``write_file`` has it.
        at: as ``write_file`` has it.

    Raises:
        Refusal: the file cannot be written there, or a picture's file is gone or damaged.
    """
    remember(folder, shown, sent)
    write_file(shown, target, partial(path_of, folder), stamp=stamp, at=at)


def remember(folder: DataFolder, shown: Paper, sent: Sent) -> None:
    """Keep what a Word document is made from; a folder that cannot be written to keeps nothing.

    Args:
        folder: of the office's data.
        shown: the version that is written.
        sent: the whole of it.
    """
    if not can_write(folder.root):
        return
    place = folder.root / FOLDER
    with suppress(OSError):
        place.mkdir(mode=0o700, exist_ok=True)
        target = place / f"{marks.token(shown)}.json"
        beside = target.with_suffix(f".{os.getpid()}.tmp")
        beside.write_bytes(msgspec.json.encode(sent))
        beside.replace(target)
        kept = sorted(place.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in kept[MOST:]:
            old.unlink(missing_ok=True)


def recall(folder: DataFolder, token: str) -> Sent:
    """The paper of that token.

    Raises:
        Refusal: it went out from elsewhere, or too long ago.
    """
    path = folder.root / FOLDER / f"{token}.json"
    try:
        if token.isalnum():
            return msgspec.json.decode(path.read_bytes(), type=Sent)
    except (OSError, msgspec.DecodeError):
        pass
    raise Refusal("这份文稿不是从本机的督查通导出的，或者导出的时间太久，不能取回；可以用“审读文稿”查看，或手工修改。")

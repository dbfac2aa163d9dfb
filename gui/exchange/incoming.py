"""收发: what comes in by a stick or a chat: what kind of file it is, what it holds, and taking it in."""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.core.context import Context
from models.errors import Refusal
from models.spreadsheets.kinds import is_overgrown

if TYPE_CHECKING:
    from models.exchange.merge import Taken
    from models.exchange.plan import Item, Plan
    from models.services.unit_of_work import Workspace

SUFFIX = ".dct"
BOOK = "xl/workbook.xml"
TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv")
"""Names of tables; where one cannot be read, the import says why: a password, an older format, damage."""
MOST_OF_BOOK = 1 << 20
SHEET_NAMES = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"')
KINDS = {"task": "任务包", "return": "整改反馈", "receipt": "回执", "sheet": "整改反馈表"}


@dataclass(frozen=True, slots=True)
class IncomingPackage:
    """A package or a filled sheet, opened and sorted, before anything is taken in."""

    path: Path
    kind: str
    sender: str
    about: str
    items: "tuple[Item, ...]"
    counts: Mapping[str, int]
    notes: tuple[str, ...]
    plan: Any


def wants_passphrase(path: Path) -> bool:
    """Whether a package was locked by a passphrase told by telephone.

    Raises:
        Refusal: it is no package.
    """
    from models.exchange import container

    return kind_of(path) == "package" and container.look(path).lock.passphrase


def open_package(
    workspace: "Workspace", path: Path, *, passphrase: str = "", pair_anew: bool = False
) -> IncomingPackage:
    """Open what came in and sort it; writes nothing.

    Raises:
        WantsPairing: ask, then call with ``pair_anew``.
        Refusal: it is damaged, foreign, too new, or the passphrase is wrong.
    """
    if kind_of(path) == "sheet":
        from models.exchange import answer_sheet

        sheet = answer_sheet.read(workspace, path)
        return IncomingPackage(path, "sheet", sheet.unit, path.name, sheet.items, sheet.counts, sheet.rejected, sheet)
    from models.exchange import plan

    found = plan.read(workspace, path, passphrase=passphrase, pair_anew=pair_anew)
    said = found.manifest
    files = "" if said.kind == "receipt" else f"，附件 {len(found.opened.evidence)} 个"
    about = f"第 {said.batch} 批，{said.made_at:%Y-%m-%d %H:%M} 制作{files}"
    return IncomingPackage(
        path, said.kind, said.sender.name, about, found.items, found.counts, tuple(_notes(found)), found
    )


_RECEIPT = {
    "unit": "对方已收到本县发出的任务包，收下后在“收发情况”里标明。",
    "county": "县里已收到本单位上报的反馈，收下后标为“县里已收到”。",
}
_STALE = {
    "unit": "对方后来的数据包已经导入，这里只取还没有收到的反馈和附件。",
    "county": "县里后来的任务包已经导入，以后来的为准。",
}
_RENEWED = {
    "unit": "对方恢复过备份，导入后请给对方重发一次任务包。",
    "county": "县里恢复过备份，导入后请再上报一次反馈。",
}
"""By the sender's role, what a clerk should know of a package before it is taken in."""


def _notes(found: "Plan") -> Iterator[str]:
    role = "county" if found.manifest.sender.role == "county" else "unit"
    if found.manifest.kind == "receipt":
        yield _RECEIPT[role]
    elif found.repeated:
        yield "这个数据包以前导入过，再导入一次也不会重复。"
    if found.stale and found.manifest.kind != "receipt":
        yield _STALE[role]
    if found.age == "newer":
        yield _RENEWED[role]


def take_in(
    workspace: "Workspace", parcel: IncomingPackage, decisions: Mapping[str, Any], progress: Callable[[int, int], None]
) -> "Taken":
    """Write what was previewed, in one transaction after a backup.

    Raises:
        Refusal: evidence is damaged or the disk is full; nothing was changed.
    """
    if parcel.kind == "sheet":
        from models.exchange import answer_sheet

        return answer_sheet.apply(workspace, parcel.plan, decisions)
    from models.exchange import merge

    return merge.apply(workspace, parcel.plan, decisions, progress)


def must_be_there(folder: Path) -> None:
    """A folder to write into.

    Raises:
        Refusal: it is gone, as a stick that was pulled.
    """
    if not folder.is_dir():
        raise Refusal(f"找不到文件夹：{folder}。请确认 U 盘没有拔下，或另选一个位置。")


def is_unit(context: Context) -> bool:
    """Whether this office answers to a county."""
    office = context.workspace.office()
    return office is not None and office.role == "unit"


def kind_of(path: Path) -> str:
    """What a file is by what it holds, not by its name: ``package``, filled ``sheet``, ``workbook``, "" for others.

    A package by its name counts as one even where it is damaged: its preview says what is wrong with it.
    """
    if path.suffix.lower() == SUFFIX:
        return "package"
    try:
        if path.is_file() and not is_overgrown(path):
            with zipfile.ZipFile(path) as archive:
                return _zipped_kind(archive)
    except (OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError):
        pass
    return "workbook" if path.is_file() and path.suffix.lower() in TABLES else ""


def _zipped_kind(archive: zipfile.ZipFile) -> str:
    from models.exchange import answer_sheet, container

    names = frozenset(archive.namelist())
    if BOOK in names:
        with archive.open(BOOK) as inside:
            sheets = SHEET_NAMES.findall(inside.read(MOST_OF_BOOK).decode("utf-8", "replace"))
        return "sheet" if answer_sheet.MARKS in sheets else "workbook"
    return "package" if {container.MANIFEST, container.SEAL} <= names else ""

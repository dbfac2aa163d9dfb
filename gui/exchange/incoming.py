"""收发: what comes in by a stick or a chat, whichever way it is handed to the window."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from gui.core.context import Context
from gui.core.error_reporting import refuse
from models.errors import Refusal
from models.spreadsheets.kinds import is_overgrown

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow
    from models.exchange.merge import Taken
    from models.exchange.plan import Item, Plan
    from models.services.unit_of_work import Workspace

SUFFIX = ".dct"
FILES = "数据包和反馈表 (*.dct *.xlsx);;所有文件 (*)"
BOOK = "xl/workbook.xml"
TABLES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv")
"""Names of tables; where one cannot be read, the import says why: a password, an older format, damage."""
MOST_OF_BOOK = 1 << 20
SHEET_NAMES = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"')
NO_USE = "不是数据包，也不是 Excel 表格，没有导入。照片和材料请拖到问题的“附件”里。"
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


def ask_and_take(window: "MainWindow") -> None:
    """Ask for packages and show what they would do."""
    assert window.context is not None
    start = str(window.context.state.folder("package"))
    names, _ = QFileDialog.getOpenFileNames(window, "选择要导入的数据包", start, FILES)
    if names:
        window.context.state.use_folder("package", Path(names[0]).parent)
        receive(window, [Path(name) for name in names])


def show(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Preview packages, one after the other."""
    from gui.exchange.preview import PackagePreview

    if window.context is not None and paths:
        PackagePreview(window.context, paths, window).exec()


def kind_of(path: Path) -> str:
    """What a file is by what it holds, not by its name: ``package``, filled ``sheet``, ``workbook``, "" for others.

    A package by its name counts as one even where it is damaged: its preview says what is wrong with it.
    """
    if path.suffix.lower() == SUFFIX:
        return "package"
    try:
        if not is_overgrown(path):
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


def receive(window: "MainWindow", paths: Iterable[Path]) -> None:
    """Take what was dropped or chosen where it belongs.

    Packages and filled sheets go to their preview, other workbooks to the import; anything else gets a sentence.
    """
    kinds = {path: kind_of(path) for path in paths}
    show(window, [path for path, kind in kinds.items() if kind in ("package", "sheet")])
    for path in (path for path, kind in kinds.items() if kind == "workbook"):
        _import(window, path)
    strangers = [path.name for path, kind in kinds.items() if not kind]
    if strangers:
        refuse(Refusal(f"“{'”“'.join(strangers[:3])}”{'等' if len(strangers) > 3 else ''}{NO_USE}"), window)


def _import(window: "MainWindow", path: Path) -> None:
    from gui.dialogs.import_workbook import ImportDialog

    assert window.context is not None
    if is_unit(window.context):
        refuse(Refusal(f"“{path.name}”是 Excel 表格。本单位只导入县里的任务包和回执（.dct 文件）。"), window)
    else:
        ImportDialog(window.context, path, window).exec()

"""收发: what comes in by a stick or a chat, whichever way it is handed to the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog

from gui.context import Context
from models.errors import Refusal

if TYPE_CHECKING:
    from gui.window import MainWindow
    from models.actions.work import Desk
    from models.exchange.merge import Taken
    from models.exchange.plan import Item

SUFFIX, SHEET = ".dct", ".xlsx"
FILES = "数据包和反馈表 (*.dct *.xlsx);;所有文件 (*)"
KINDS = {"task": "任务包", "return": "整改反馈", "receipt": "回执", "sheet": "整改反馈表"}


@dataclass(frozen=True, slots=True)
class Parcel:
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

    return path.suffix.lower() != SHEET and container.look(path).lock.passphrase


def open_parcel(desk: "Desk", path: Path, *, passphrase: str = "", pair_anew: bool = False) -> Parcel:
    """Open what came in and sort it; writes nothing.

    Raises:
        WantsPairing: ask, then call with ``pair_anew``.
        Refusal: it is damaged, foreign, too new, or the passphrase is wrong.
    """
    if path.suffix.lower() == SHEET:
        from models.exchange import answer_sheet

        sheet = answer_sheet.read(desk, path)
        return Parcel(path, "sheet", sheet.unit, path.name, sheet.items, sheet.counts, sheet.rejected, sheet)
    from models.exchange import plan

    found = plan.read(desk, path, passphrase=passphrase, pair_anew=pair_anew)
    said = found.manifest
    about = f"第 {said.batch} 批，{said.made_at[:16].replace('T', ' ')} 制作，附件 {len(found.opened.evidence)} 个"
    notes = []
    if found.repeated:
        notes.append("这个数据包以前导入过，再导入一次也不会重复。")
    if found.stale:
        notes.append("对方后来的数据包已经导入，这里只取还没有收到的反馈和附件。")
    if found.age == "newer":
        notes.append("对方恢复过备份，导入后请给对方重发一次任务包。")
    return Parcel(path, said.kind, said.sender.name, about, found.items, found.counts, tuple(notes), found)


def take_in(
    desk: "Desk", parcel: Parcel, decisions: Mapping[str, Any], progress: Callable[[int, int], None]
) -> "Taken":
    """Write what was previewed, in one transaction after a backup.

    Raises:
        Refusal: evidence is damaged or the disk is full; nothing was changed.
    """
    if parcel.kind == "sheet":
        from models.exchange import answer_sheet

        return answer_sheet.apply(desk, parcel.plan, decisions)
    from models.exchange import merge

    return merge.apply(desk, parcel.plan, decisions, progress)


def must_be_there(folder: Path) -> None:
    """A folder to write into.

    Raises:
        Refusal: it is gone, as a stick that was pulled.
    """
    if not folder.is_dir():
        raise Refusal(f"找不到文件夹：{folder}。请确认 U 盘没有拔下，或另选一个位置。")


def is_unit(context: Context) -> bool:
    """Whether this office answers to a county."""
    office = context.desk.office()
    return office is not None and office.role == "unit"


def ask_and_take(window: "MainWindow") -> None:
    """Ask for packages and show what they would do."""
    assert window.context is not None
    start = str(window.context.state.get("package.folder", str(Path.home())))
    names, _ = QFileDialog.getOpenFileNames(window, "选择要导入的数据包", start, FILES)
    if names:
        window.context.state.set("package.folder", str(Path(names[0]).parent))
        show(window, [Path(name) for name in names])


def show(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Preview packages, one after the other."""
    from gui.dialogs.package_preview import PackagePreview

    if window.context is not None and paths:
        PackagePreview(window.context, paths, window).exec()


def packages_in(data: QMimeData) -> list[Path]:
    """The packages among what was dropped."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == SUFFIX]

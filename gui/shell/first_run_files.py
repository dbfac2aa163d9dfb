"""What the county gave this unit: 首次运行.json with the first answers, and the task packages beside it.

The Windows installer copies them next to the program. A .deb cannot, so they are also looked for beside a
file the clerk opened by a double click, and on every stick that is plugged in.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from models.errors import Refusal
from models.exchange.handout import FIRST_RUN
from models.storage.data_folder import DataFolder

DEPTHS = ("", "*/", "*/*/")
"""On a stick the folder lies at its root, or in the folder the county made all of them in."""
REMOVABLE = ("/media", "/run/media", "/mnt")


def nearby(folder: DataFolder, opened: Iterable[Path] = ()) -> Path | None:
    """The answers beside an opened file, with the data, by the program, or where it was started."""
    program = Path(sys.executable).parent
    places = [*(path.parent for path in opened), folder.root, program / "首次运行", program, Path.cwd()]
    return next((place / FIRST_RUN for place in places if (place / FIRST_RUN).is_file()), None)


def on_sticks(roots: Iterable[Path] | None = None) -> Path | None:
    """The answers on the sticks that are plugged in.

    Raises:
        Refusal: they hold those of several units, and only the clerk knows which is meant.
    """
    found = [path for root in (sticks() if roots is None else roots) for path in _below(root)]
    if len(found) > 1:
        names = "、".join(sorted({path.parent.name for path in found})[:6])
        raise Refusal(f"U 盘上有几个单位的首次运行文件（{names}），请按“读取县里给的文件…”选本单位的。")
    return found[0] if found else None


def sticks() -> list[Path]:
    """Where sticks and further disks are mounted, never the disk the system is on."""
    system = QStorageInfo.root().rootPath()
    ready = [one.rootPath() for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady()]
    usual = sys.platform == "win32"
    return [Path(root) for root in ready if root != system and (usual or root.startswith(REMOVABLE))]


def _below(root: Path) -> list[Path]:
    try:
        return sorted({path for depth in DEPTHS for path in root.glob(depth + FIRST_RUN)})
    except OSError:  # pulled out meanwhile: nothing is on it any more
        return []


def packages(answers: Path) -> list[Path]:
    """The task packages that lie beside the answers."""
    return sorted(answers.parent.glob("*.dct"))

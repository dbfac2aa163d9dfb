"""What is written down when the program itself is at fault, so that it can be mended."""

import datetime as dt
import platform
import sys
import traceback
from pathlib import Path

from models.program import version
from models.store.folder import DataFolder


def report(error: BaseException) -> str:
    """The fault in full: when, on what system, and where in the program."""
    moment = dt.datetime.now().isoformat(timespec="seconds")
    system = f"督查通 {version()} / {platform.platform()} / Python {sys.version.split()[0]}"
    return f"{moment}\n{system}\n\n{''.join(traceback.format_exception(error))}"


def write(folder: DataFolder, error: BaseException) -> Path | None:
    """Keep a fault's report in the data folder's log; None where even that cannot be written."""
    path = folder.logs / f"fault-{dt.datetime.now():%Y%m%d-%H%M%S}.log"
    try:
        folder.logs.mkdir(parents=True, exist_ok=True)
        path.write_text(report(error), encoding="utf-8")
    except OSError:
        return None
    return path
